# A day in front of Room 1 of the Bayline Center.
now 2025-10-06T09:00:20-07:00
expect room
expect text "Room 1"
expect text "Bayline Conference Center"
expect text "In 30 minutes"
expect text "Trustworthy artificial intelligence"
expect text "Saoirse Ramaswamy-Holt"
shot venue-room
wait 40000
expect text "In 29 minutes"
now 2025-10-06T09:30-07:00
expect text "90 minutes left"
expect text "Small satellites for big questions"
expect text "14:00"
expect text "Next"
now 2025-10-06T10:59-07:00
expect text "1 minute left"
now 2025-10-06T15:30-07:00
expect text "Nothing more takes place here today."
expect text "08:45"
expect text "Tomorrow"
expect text "Paperless ports"
now 2025-10-09T09:00-07:00
expect text "Nothing more takes place here."
now 2025-10-12T09:00-07:00
expect text "The event is over."
