# A keyboard and Enter are as good as a scanner.
type ZQM1040G00820C20A1G7104GM2RC1M70ZX25
expect idle
key enter
expect trouble
