# Time alone makes no noise; an unanswered guest is asked, and then forgotten.
wait 3600000
expect idle
expect silence
key f1
expect agenda
wait 300000
expect idle
wait 10000
expect silence
