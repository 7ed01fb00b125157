# Another language at one tap.
key f1
expect text "Votre arrivée est notée"
tap language-nl
expect text "Uw aankomst is genoteerd"
expect no text "Votre arrivée est notée"
