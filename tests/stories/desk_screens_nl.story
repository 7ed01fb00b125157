# The desk's screens in one language, for looking at.
now 2025-10-06T08:40-07:00
tap language-nl
shot nl-staff
key f1
shot nl-staff-guest
key f8
shot nl-staff-pin
pin 00000000
shot nl-staff-wrong
pin 37560152
shot nl-desk
tap key-m
tap key-a
tap key-r
shot nl-desk-touch
type t
shot nl-desk-found
key f1
shot nl-desk-person
tap badge
shot nl-desk-first-badge
tap print
expect printed 1
tap badge
shot nl-desk-badge
tap lost
expect printed 2
shot nl-desk-replaced
tap revoke
shot nl-desk-revoke
tap yes
tap back
type zzz
shot nl-desk-none
tap today
shot nl-desk-today
tap undo-0
shot nl-desk-undo
tap yes
tap back
tap late
type Zoë Coëlho
shot nl-desk-late
tap preview
shot nl-desk-late-badge
tap print
expect printed 3
shot nl-desk-late-code
tap back
key f1
tap correct
type -Anna
shot nl-desk-correct
tap send
shot nl-desk-corrected
tap badge
tap damaged
expect printed 4
shot nl-desk-spent
tap back
# a protected guest's own code, and nobody's
key f6
shot nl-desk-protocol
key escape
wait 101000
shot nl-desk-asking
