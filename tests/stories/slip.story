# The agenda on paper.
key f2
expect agenda
tap print-agenda
expect done
expect printed 1
