# A morning at a door, played with the codes of tests/door_codes: F1 and F2 are badges of people who
# are booked, F3 and F4 of some who are not, F5 is a protected guest's, F6 an invitation, F7 the card of a
# steward and nothing more, F8 one that has no right for doors.
now 2025-10-06T08:10-07:00
expect door
expect text "This door is not open yet"
expect text "Cette porte n’est pas encore ouverte"
shot door-closed
key f1
expect door
# A card without the right opens nothing.
key f8
expect staff
expect no text "Which activity"
wait 16000
expect door
key f7
expect staff
pin 31772754
expect door-choose
expect text "Whatever comes next here"
expect text "Opening session of the mission"
shot door-choose
tap choose-1
expect door
expect text "0 of 560 inside"
# After a restart somebody with a card has to say again what the door is for.
restart
expect door
expect text "This door is not open yet"
key f7
pin 31772754
expect door-choose
tap choose-0
expect door
expect text "0 of 560 inside"
expect text "33 still missing"
shot door
# Green, then she is inside, then she leaves.
key f1
expect door-answer
expect text "Enter"
expect text "On the list"
expect text "1 of 560 inside"
shot door-green
key f1
expect text "Already inside"
shot door-inside
tap left
expect text "The guest has left"
expect text "0 of 560 inside"
shot door-left
# The last is taken back.
key f2
expect text "Enter"
tap done
expect door
expect text "1 of 560 inside"
tap undo
expect door
expect text "0 of 560 inside"
# Against the light only with a card, and this one is still unlocked.
key f3
expect text "No booking, but there are free places"
shot door-seats
tap let-in
expect text "Staff have let this guest in"
expect text "1 of 560 inside"
shot door-let-in
# Once let in is not let in twice.
key f3
expect text "Already inside"
# The card shown again locks.
tap done
key f7
expect door
key f3
expect text "show a staff card"
tap done
# A card lets in whoever was refused before it was shown.
key f4
expect text "To let the guest in all the same, show a staff card."
shot door-refused
key f7
expect staff
pin 31772754
expect door-answer
tap let-in
expect text "Staff have let this guest in"
expect text "2 of 560 inside"
# Nobody protected is named.
key f5
expect text "Expected by the protocol desk"
expect text "No name is shown here."
shot door-protocol
# Neither an invitation nor a torn code opens a door.
key f6
expect text "This code opens no door"
shot door-unknown
scan ZQM1040G00820C20A1G7104GM2RC1M70ZX26
expect trouble
wait 31000
expect door
wait 120000
# Who is missing, by name, while a card is unlocked.
key f7
pin 31772754
expect door-choose
tap missing
expect door-missing
expect text "31 still missing"
shot door-missing
wait 121000
expect door
# Going out.
tap out
expect text "Show your badge as you leave"
shot door-out
key f3
expect text "Goodbye"
expect text "1 of 560 inside"
key f1
expect text "Was not seen going in"
tap done
tap out
# What is not written down is not green.
disk full
key f2
expect text "We cannot save this"
expect no text "Enter"
shot door-unsaved
tap done
disk ok
# A newer list: the door goes on.
roster newer.foyer
expect door
expect text "Opening session of the mission"
key f2
expect text "Enter"
# The next activity here comes by itself.
now 2025-10-06T09:20-07:00
wait 31000
expect door
expect text "Networking lunch by sector"
expect text "Doors open at 12:00."
shot door-early
key f1
expect text "Too early"
