# A new board: its code, four words to compare, its name; later it is withdrawn.
now 2025-10-06T08:40-07:00
board new
expect idle
expect text "Borne non enregistrée"
shot new
scan ZQM10W3GE1R70W3GE1W0ZGPVN6810000E1R70W3GE1R7144GJ289144GJ289144GJ28915839SB80000000MD1T78W1T5WQK2C1E60Q30BHJ78W30E1GHJW0
expect trouble
expect text "One moment"
shot code-wait
answer taken
expect text "This code was accepted"
words babo dufa kina rosa
expect text "babo dufa kina rosa"
expect text "Personnel : comparez"
shot enrolling
wait 600000
expect text "babo dufa kina rosa"
board enrolled
expect text "This kiosk is enrolled"
shot enrolled
wait 31000
expect idle
board revoked
wait 32000
expect text "Dieses Terminal ist gesperrt"
shot revoked
