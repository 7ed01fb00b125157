# What a card has no right for is not offered; who is protected is not found.
now 2025-10-06T08:40-07:00
scan ZQM10C0ZG16WGTXG4WZXC2033ZDBP2DZ1CK0
pin 32413084
expect desk
type raphaelle lecoqueux
expect text "Nobody is found"
key escape
type lacro
tap row-0
expect desk-person
expect text "Print the badge"
expect no text "Revoke the badge"
# a protected guest's own code
key f6
expect desk
expect text "This person is looked after by the protocol desk"
expect no text "Lecoqueux"
