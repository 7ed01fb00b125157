# With keys alone: a badge without invitation, then another for the one that was lost.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
expect desk
type lacroisile
key down
key enter
expect desk-person
expect text "Isaure Lacroisille"
expect text "Not arrived yet"
expect text "No badge yet"
tap badge
expect desk-badge
expect text "It prints exactly as you see it here."
tap print
expect desk-person
expect printed 1
expect text "Arrived: 08:40, here"
expect text "Badge printed, 08:40, here"
tap badge
expect text "Choose why."
tap lost
expect desk-person
expect printed 2
expect text "Badge printed · No. 2, 08:40, here"
key escape
expect desk
tap today
expect desk-today
expect text "Badge replaced · Lost"
expect no text "PIN"
