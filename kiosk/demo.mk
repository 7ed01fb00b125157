# make demo: a whole visit from nothing. With a display the kiosk opens in a window; without one the
# same visit is played as a story, and its pictures and the badge are named.

DEMO := build/demo
DEMO_NOW := 2025-10-06T08:40-07:00
DEMO_KIOSK = $(BIN)/foyer-kiosk --roster $(DEMO)/roster.foyer --now $(DEMO_NOW) \
	--printer file:$(DEMO)/printer.bin

demo: setup ## install what is missing, build, invent an event, and play a guest's visit
	@$(MAKE) --no-print-directory demo-run MODE=release SAN=
demo-run: $(DEMO)/demo-codes
	@rm -rf $(DEMO)/printer.bin $(DEMO)/shots $(DEMO)/badge.png $(DEMO)/board
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "F1 to F8, the buttons on the right, or a pasted code play the scanner. Close the window to end."; \
		$(DEMO_KIOSK) --data $(DEMO)/board --trust $(DEMO)/event/keys/root.pub --window; \
	else $(MAKE) --no-print-directory demo-story; fi
demo-story:
	@$(DEMO_KIOSK) --trust $(DEMO)/event/keys/root.pub --story tests/stories/visit.story --shots $(DEMO)/shots
	@head -1 $(DEMO)/demo-codes | cut -d' ' -f1 | $(DEMO_KIOSK) --trust $(DEMO)/event/keys/root.pub \
		--badge - -o $(DEMO)/badge.png
	@echo "A guest's visit, without a display:"
	@ls -d $(DEMO)/shots/*.png | sed 's/^/  screen   /'
	@echo "  badge    $(DEMO)/badge.png"
	@echo "  printer  $(DEMO)/printer.bin (the bytes a USB printer would get)"
$(DEMO)/demo-codes: $(PROGRAMS:%=$(BIN)/%) tests/demo_codes
	@rm -rf $(DEMO); mkdir -p $(DEMO)
	@$(BIN)/foyer demo $(DEMO)/event
	@$(BIN)/foyer check $(DEMO)/event
	@$(BIN)/foyer build $(DEMO)/event -o $(DEMO)/roster.foyer
	@tests/demo_codes $(BIN)/foyer $(DEMO)/event >$@
.PHONY: demo demo-run demo-story
