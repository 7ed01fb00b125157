# What a venue screen of the demo shows on Monday morning: what runs, what comes next, what leaves.
now 2025-10-06T09:40:20-07:00
shot screen
