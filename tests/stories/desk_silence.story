# Two minutes without a hand lock the desk, whatever stood there.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
type lacro
tap row-0
expect desk-person
wait 99000
expect desk-person
expect text "Isaure"
wait 2000
expect text "This desk locks in"
expect no text "Isaure"
tap yes
expect text "Isaure"
wait 101000
wait 19900
expect staff
expect no text "Isaure"
key f8
expect text "Enter your PIN"
wait 61000
expect text "Show your staff card"
