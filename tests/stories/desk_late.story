# A late guest, once by touch alone and once with keys: her badge is printed at once.
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
expect printed 1
expect text "The badge is printed."
tap done
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
expect printed 1
