# A whole visit: scan, agenda, preview, badge; then the same code again.
now 2025-10-06T08:40-07:00
expect idle
shot idle
key f1
expect agenda
expect printed 0
shot agenda
tap print-badge
expect preview
shot preview
tap yes
expect done
expect printed 1
shot done
tap done
expect idle
expect printed 1
