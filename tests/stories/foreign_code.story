# Codes of something else: named, with what to show instead, and never shown themselves.
scan https://example.org/menu
expect trouble
expect text "This code is a web address"
expect text "this kiosk needs the code of your invitation or badge"
expect no text "example.org"
scan BEGIN:VCARD
expect text "Deze code is een visitekaartje"
scan M1PEETERS/ANNE        EABC123 BRUSFOUA 0951 279J001A0025 100
expect text "C’est une carte d’embarquement"
expect no text "PEETERS"
scan WIFI:T:WPA;S:Hotel Meridian;P:welcome1;;
expect text "Dieser Code ist für ein WLAN"
expect no text "welcome1"
scan BEGIN:VCALENDAR
expect text "This code is a calendar entry"
scan mailto:anne@example.org
expect text "This code is for a message or a call"
scan 4006381333931
expect text "This code is only a number"
scan hello
expect text "This code is not from this event"
expect printed 0
key f3
expect agenda
