# What lets a board's user open printers and scanners without being root.
RULES := $(wildcard drivers/*.rules)

install: install-rules
install-rules:
	install -d $(DESTDIR)$(prefix)/lib/udev/rules.d
	install -m644 $(RULES) $(DESTDIR)$(prefix)/lib/udev/rules.d
.PHONY: install-rules
