# A code of something else.
scan https://example.org/menu
expect trouble
key f3
expect agenda
