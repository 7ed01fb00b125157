# The hub says nothing for days: amber first, then the day is withheld; an arrival counts all the same.
# A board that was never enrolled has no lease.
now 2025-10-06T08:40-07:00
lease 719
key f1
expect agenda
tap language-en
expect no text "may be out of date"
tap done
wait 60000
key f1
expect agenda
tap language-en
expect text "This programme may be out of date."
shot amber-en
tap language-fr
expect text "Ce programme n’est peut-être plus à jour."
shot amber-fr
tap language-nl
shot amber-nl
tap language-de
shot amber-de
tap done
lease 5760
key f2
expect agenda
expect no text "09:"
tap language-en
expect text "show your programme"
shot withheld-en
tap language-fr
shot withheld-fr
tap language-nl
shot withheld-nl
tap language-de
shot withheld-de
tap language-en
tap print-badge
expect preview
tap yes
expect done
expect printed 1
tap done
network on
key f1
expect agenda
expect no text "may be out of date"
tap done
board new
lease 99999
key f1
expect agenda
tap language-en
expect no text "may be out of date"
