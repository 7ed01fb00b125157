# Half a code.
scan ZQM1040G00820C20A1G7
expect trouble
key f2
expect agenda
