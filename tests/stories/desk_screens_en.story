# The desk's screens in one language, for looking at.
now 2025-10-06T08:40-07:00
tap language-en
shot en-staff
key f1
shot en-staff-guest
key f8
shot en-staff-pin
pin 00000000
shot en-staff-wrong
pin 37560152
shot en-desk
tap key-m
tap key-a
tap key-r
shot en-desk-touch
type t
shot en-desk-found
key f1
shot en-desk-person
tap badge
shot en-desk-first-badge
tap print
expect printed 1
tap badge
shot en-desk-badge
tap lost
expect printed 2
shot en-desk-replaced
tap revoke
shot en-desk-revoke
tap yes
tap back
type zzz
shot en-desk-none
tap today
shot en-desk-today
tap undo-0
shot en-desk-undo
tap yes
tap back
tap late
type Zoë Coëlho
shot en-desk-late
tap preview
shot en-desk-late-badge
tap print
expect printed 3
shot en-desk-late-code
tap back
key f1
tap correct
type -Anna
shot en-desk-correct
tap send
shot en-desk-corrected
tap badge
tap damaged
expect printed 4
shot en-desk-spent
tap back
# a protected guest's own code, and nobody's
key f6
shot en-desk-protocol
key escape
wait 101000
shot en-desk-asking
