# A finger outside every button does nothing.
key f1
expect agenda
tap 1,1
expect agenda
expect silence
