# The fault comes between preview and tap.
key f1
tap print-badge
expect preview
printer paper-out
tap yes
expect trouble
expect printed 0
