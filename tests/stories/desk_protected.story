# The protocol's card finds whom it looks after, and prints her badge.
now 2025-10-06T08:40-07:00
scan ZQM10C0V0GDYYR46C08DKVHCPDXW07127RY1
pin 09535741
expect desk
type raphaelle lecoqueux
expect text "Raphaëlle Lecoqueux"
expect text "Protected"
tap row-0
expect desk-person
tap badge
tap print
expect printed 1
expect text "Lecoqueux"
expect no text "is on the way to the protocol desk"
