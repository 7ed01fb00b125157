# A desk opens to a card and its PIN, and to nothing else.
now 2025-10-06T08:40-07:00
expect staff
expect text "Show your staff card"
key f1
expect staff
expect text "This desk is locked"
expect no text "Isaure"
# a code of another event
scan hello
expect trouble
tap done
expect staff
key f8
expect staff
expect text "Enter your PIN"
pin 00000000
expect text "This PIN was wrong."
expect text "4 tries are left."
pin 37560152
expect desk
expect text "120 people in the list"
# shown again, it locks
key f8
expect staff
expect text "Show your staff card"
