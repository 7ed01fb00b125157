# Five wrong PINs, and the right one has to wait, also after the power was gone.
now 2025-10-06T08:40-07:00
key f8
pin 00000000
pin 00000001
pin 00000002
pin 00000003
expect text "1 try is left."
pin 00000004
expect text "The next try is possible in 0:30"
wait 10000
expect text "0:20"
pin 37560152
expect staff
restart
key f8
expect text "The next try is possible in"
pin 37560152
expect staff
wait 31000
pin 00000005
expect text "1:00"
wait 30000
key f8
wait 31000
pin 37560152
expect desk
