# The next scan ends the visit before: nothing of it stays.
key f1
expect agenda
expect text "Votre arrivée est notée"
key f2
expect agenda
expect text "Uw aankomst is genoteerd"
expect no text "Votre arrivée est notée"
