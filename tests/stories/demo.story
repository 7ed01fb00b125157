# make demo without a display: a whole visit, then one with the network cable pulled. A real hub and
# a real agent are there; the numbers below are theirs.
now 2025-10-06T08:40-07:00
network on
expect idle
shot 1-online
key f1
expect agenda
shot 2-agenda
tap print-badge
expect preview
shot 3-preview
tap yes
expect done
expect printed 1
shot 4-done
tap done
undelivered 0
network off
key f2
expect agenda
tap print-badge
tap yes
expect printed 2
tap done
undelivered 5
expect idle
shot 5-network-pulled
network on
undelivered 0
expect idle
shot 6-network-back
