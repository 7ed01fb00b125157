# The arrival counts without a badge; the badge comes when the printer is ready again.
printer cover-open
key f1
expect agenda
tap print-badge
expect preview
tap yes
expect trouble
shot cover-open
expect printed 0
printer ok
expect preview
tap yes
expect done
expect printed 1
