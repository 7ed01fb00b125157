# With a finger alone.
now 2025-10-06T08:40-07:00
key f8
tap pin-3
tap pin-7
tap pin-5
tap pin-6
tap pin-0
tap pin-1
tap pin-5
tap pin-1
tap pin-erase
tap pin-2
expect text "OK"
tap pin-enter
expect desk
tap key-l
tap key-a
tap key-c
tap key-r
tap key-o
tap row-0
expect desk-person
expect text "Isaure Lacroisille"
tap back
expect desk
tap lock
expect staff
