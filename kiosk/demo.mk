# make demo: a whole visit from nothing, with a hub and a board's agent. With a display the kiosk opens
# in a window; without one the visit is played as a story, and its pictures and the badge are named.
# The screen lives on the first morning of the invented mission, and its list is from that morning;
# hub and agent go by the real clock, and so do the times of the events that they keep.

DEMO := build/demo
DEMO_NOW := 2025-10-06T08:40-07:00
DEMO_BUILT := 1759756500

demo: setup ## install what is missing, build, invent an event, and play a guest's visit
	@$(MAKE) --no-print-directory demo-run MODE=release SAN=
demo-run: $(DEMO)/demo-codes
	@tests/demo_run $(BIN) $(DEMO) $(DEMO_NOW)
$(DEMO)/demo-codes: $(PROGRAMS:%=$(BIN)/%) tests/demo_codes
	@rm -rf $(DEMO); mkdir -p $(DEMO)
	@$(BIN)/foyer demo $(DEMO)/event
	@$(BIN)/foyer check $(DEMO)/event
	@SOURCE_DATE_EPOCH=$(DEMO_BUILT) $(BIN)/foyer build $(DEMO)/event
	@tests/demo_codes $(BIN)/foyer $(DEMO)/event >$@
.PHONY: demo demo-run
