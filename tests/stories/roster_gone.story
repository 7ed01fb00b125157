# The file goes away in mid-run: the one in use stays.
roster no-such-file.foyer
key f1
expect agenda
