# A badge opens its day, and prints no badge.
key f7
expect agenda
expect no text "Imprimer mon badge"
expect printed 0
