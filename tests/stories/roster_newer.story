# A newer roster is taken between two guests: the one before is not disturbed.
key f1
expect agenda
roster newer.foyer
expect agenda
tap done
expect idle
key f2
expect agenda
