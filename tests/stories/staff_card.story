# A staff card opens nothing here.
key f8
expect trouble
expect printed 0
tap done
expect idle
