# The standard badge templates: drawn into the archive, installed for designers to start from.
BADGES := $(wildcard drivers/badges/*.svg)
$(B)/drivers/badge_standard.o: $(BADGES)

install: install-badges
install-badges:
	install -d $(DESTDIR)$(SHARE)/badges
	install -m644 $(BADGES) $(DESTDIR)$(SHARE)/badges
.PHONY: install-badges
