# The screen can be worked by keys alone.
key f4
expect agenda
key next
key enter
key escape
key next
