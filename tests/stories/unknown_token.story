# A well-formed code that this list does not know; then the next guest is welcome.
scan ZQM1040G00820C20A1G7104GM2RC1M70ZX25
expect trouble
shot unknown
expect printed 0
key f1
expect agenda
