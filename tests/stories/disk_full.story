# No promise without a commit: no tick, no badge. When there is room again all goes on.
disk full
key f1
expect trouble
shot disk-full
expect printed 0
tap done
disk ok
key f1
expect agenda
tap print-badge
tap yes
expect done
expect printed 1
