# No network: nothing is missing.
network off
shot offline
key f1
expect agenda
network on
tap done
expect idle
