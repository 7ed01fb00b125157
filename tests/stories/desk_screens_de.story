# The desk's screens in one language, for looking at.
now 2025-10-06T08:40-07:00
tap language-de
shot de-staff
key f1
shot de-staff-guest
key f8
shot de-staff-pin
pin 00000000
shot de-staff-wrong
pin 37560152
shot de-desk
tap key-m
tap key-a
tap key-r
shot de-desk-touch
type t
shot de-desk-found
key f1
shot de-desk-person
tap badge
shot de-desk-first-badge
tap print
expect printed 1
tap badge
shot de-desk-badge
tap lost
expect printed 2
shot de-desk-replaced
tap revoke
shot de-desk-revoke
tap yes
tap back
type zzz
shot de-desk-none
tap today
shot de-desk-today
tap undo-0
shot de-desk-undo
tap yes
tap back
tap late
type Zoë Coëlho
shot de-desk-late
tap preview
shot de-desk-late-badge
tap print
expect printed 3
shot de-desk-late-code
tap back
key f1
tap correct
type -Anna
shot de-desk-correct
tap send
shot de-desk-corrected
tap badge
tap damaged
expect printed 4
shot de-desk-spent
tap back
# a protected guest's own code, and nobody's
key f6
shot de-desk-protocol
key escape
wait 101000
shot de-desk-asking
