# The desk's screens in one language, for looking at.
now 2025-10-06T08:40-07:00
tap language-fr
shot fr-staff
key f1
shot fr-staff-guest
key f8
shot fr-staff-pin
pin 00000000
shot fr-staff-wrong
pin 37560152
shot fr-desk
tap key-m
tap key-a
tap key-r
shot fr-desk-touch
type t
shot fr-desk-found
key f1
shot fr-desk-person
tap badge
shot fr-desk-first-badge
tap print
expect printed 1
tap badge
shot fr-desk-badge
tap lost
expect printed 2
shot fr-desk-replaced
tap revoke
shot fr-desk-revoke
tap yes
tap back
type zzz
shot fr-desk-none
tap today
shot fr-desk-today
tap undo-0
shot fr-desk-undo
tap yes
tap back
tap late
type Zoë Coëlho
shot fr-desk-late
tap preview
shot fr-desk-late-badge
tap print
expect printed 3
shot fr-desk-late-code
tap back
key f1
tap correct
type -Anna
shot fr-desk-correct
tap send
shot fr-desk-corrected
tap badge
tap damaged
expect printed 4
shot fr-desk-spent
tap back
# a protected guest's own code, and nobody's
key f6
shot fr-desk-protocol
key escape
wait 101000
shot fr-desk-asking
