# What the organiser tells the desk stands on the person's page and nowhere else; and the next name typed takes
# the place of the last.
now 2025-10-06T08:40-07:00
key f8
pin 37560152
expect desk
type coppiet
expect text "Fien Coppietersen"
expect no text "Arrives one day late"
key enter
expect desk-person
expect text "Note for the desk"
expect text "Arrives one day late"
shot note
key escape
expect desk
expect text "Fien Coppietersen"
expect no text "Arrives one day late"
type urbain
expect no text "Coppietersen"
expect text "Urbainville"
scan https://example.org
expect desk
expect text "This code is a web address"
type v
expect no text "This code is a web address"
expect text "Urbainville"
# A badge waits for paper while its page is open, and the page says when it has come.
key enter
expect desk-person
tap badge
printer paper-out
tap print
expect text "Put in a new roll; it then goes on by itself."
key escape
expect desk-person
expect text "The badge waits; back at the search it is given up."
printer ok
expect printed 1
expect text "The badge is printed."
expect no text "No badge yet"
expect text "Replacement badge"
