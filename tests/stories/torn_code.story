# A misread: the check sum does not hold.
scan ZQM1040G00820C20A1G7104GM2RC1M70ZX20
expect trouble
key f2
expect agenda
