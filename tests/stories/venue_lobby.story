# A morning in a hotel lobby: what comes next in San Francisco, page by page, language by language.
now 2025-10-06T08:40-07:00
expect lobby
expect text "08:40"
expect text "San Francisco"
expect text "Séance d'ouverture de la mission"
expect no text "Opening session of the mission"
shot venue-lobby
wait 10000
expect text "Openingszitting van de missie"
# Nobody is invited to what is not public.
expect no text "Prepara"
# A code shown to it is nobody's, and so is a finger.
scan ZQM1
expect lobby
expect silence
tap 100,100
expect lobby
expect silence
# The opening is over at 09:15.
now 2025-10-06T09:15-07:00
expect no text "mission"
# The last of the day ends at 21:30; then it is tomorrow's turn.
now 2025-10-06T21:30-07:00
expect text "7"
restart
expect lobby
