# Revoking asks first, and can be undone.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
type lacro
tap row-0
tap badge
tap print
expect printed 1
tap revoke
expect text "Revoke this badge?"
tap no
expect text "Badge printed"
expect no text "Badge revoked"
tap revoke
tap yes
expect text "Badge revoked"
tap back
tap today
expect desk-today
tap undo-0
expect text "Undo this?"
tap no
tap undo-0
tap yes
expect text "Undone"
tap back
tap row-0
expect no text "Badge revoked"
