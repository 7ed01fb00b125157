# A damaged file comes in mid-run: the one in use stays.
roster damaged.foyer
key f1
expect agenda
