# The second scan says that the badge is out, and prints nothing.
key f1
tap print-badge
tap yes
expect done
tap done
key f1
expect agenda
tap print-badge
expect trouble
shot printed-already
expect printed 1
