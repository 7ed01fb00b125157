# After the power was gone nothing is printed by itself, and what was printed is known.
key f1
tap print-badge
tap yes
expect printed 1
restart
expect idle
expect silence
wait 60000
expect printed 1
key f1
tap print-badge
expect trouble
expect printed 1
