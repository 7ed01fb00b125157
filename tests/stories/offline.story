# The cable is pulled and plugged in again: nothing is missing for a guest, and staff see what waits.
now 2025-10-06T08:40-07:00
network on
expect idle
expect text "En ligne"
expect no text "à transmettre"
shot online
network off
undelivered 12
wait 1504000
expect text "12 événements à transmettre · serveur joint il y a 25 minutes"
shot offline-fr
wait 8000
expect text "12 meldingen te versturen"
shot offline-nl
wait 8000
expect text "12 Meldungen zu übermitteln"
shot offline-de
wait 8000
expect text "12 events to deliver · hub heard 25 minutes ago"
shot offline-en
key f1
expect agenda
tap done
expect idle
restart
wait 32000
expect text "12 events to deliver"
network on
undelivered 0
expect text "Connected"
expect no text "to deliver"
shot online-again
