# A protected guest is sent to the desk: no name, no day, no badge.
key f6
expect trouble
expect no text "Votre arrivée est notée"
expect printed 0
