# A roster of another event comes in mid-run.
roster other.foyer
key f1
expect agenda
