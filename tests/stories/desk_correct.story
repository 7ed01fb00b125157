# With keys alone: a name is corrected before the first badge, and once more after it.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
type lacroisile
key enter
expect desk-person
tap correct
expect desk-correct
expect text "Isaure"
shot correct
key enter
type -Duval
expect text "Lacroisille-Duval"
tap preview
expect desk-badge
expect text "It prints exactly as you see it here."
shot correct-badge
tap back
expect desk-correct
expect text "Lacroisille-Duval"
tap preview
tap print
expect desk-person
expect printed 1
expect text "A correction was asked for"
tap correct
expect no text "Lacroisille-Duval"
tap function
tap key-a
tap key-done
tap preview
tap print
expect desk-person
expect printed 2
expect text "No. 2"
tap correct
type Anna
tap send
expect desk-person
expect printed 2
