# A late guest, once by touch alone and once with keys: her badge is printed at once, and so is another for
# the one that was lost.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
expect desk
tap late
expect desk-late
tap key-z
tap key-o
tap key-e
tap key-accents
tap swap-ë
expect text "Zoë|"
shot late-typing
tap organisation
tap key-v
tap key-r
tap key-t
tap key-done
tap role-4
tap speaks-3
shot late
tap preview
expect desk-badge
expect text "Zoë"
shot late-badge
tap print
expect desk-person
expect printed 1
expect text "The badge is printed."
expect text "The guest's own code"
shot late-code
tap badge
expect text "Replacement badge"
tap lost
expect desk-person
expect printed 2
expect text "Badge printed · No. 2, 08:40, here"
tap back
expect desk
tap late
type Åse Ødegård
key enter
type NRK
expect text "NRK"
tap preview
key escape
expect desk-late
tap back
expect desk
expect printed 2
