# A guest's invitation or badge opens her page; what was replaced says so.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
key f1
expect desk-person
expect text "Not arrived yet"
tap arrived
expect text "Arrived: 08:40, here"
key f2
expect desk-person
key f7
expect desk-person
tap badge
tap print
expect printed 1
tap badge
tap damaged
expect printed 2
key f7
expect desk-person
expect text "The code that was shown is void"
expect text "No. 2"
key escape
expect desk
