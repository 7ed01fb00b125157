# The catalogues: compiled once, then part of the program (kiosk/catalogues.c).

CATALOGUES := $(patsubst kiosk/po/%.po,build/mo/%.mo,$(wildcard kiosk/po/*.po))
SAYING     := kiosk/app.c kiosk/when.c kiosk/ui.c kiosk/entry.c kiosk/app_view.c kiosk/gate_words.c kiosk/app_network.c kiosk/venue_words.c kiosk/signs.c kiosk/press_page.c kiosk/keyboard_view.c kiosk/keypad.c kiosk/app_staff.c kiosk/app_alarm.c kiosk/staff_words.c $(wildcard kiosk/screens/*.c)

build/mo/%.mo: kiosk/po/%.po
	@mkdir -p $(@D)
	@! grep -n -A3 '^#, fuzzy' $< # would silently stay English
	$(call quiet,WORDS,$@)msgfmt --check-format --check-domain --no-hash --endianness=little -o $@ $<
$(B)/kiosk/catalogues.o: $(CATALOGUES)

words: ## gather the texts of the screens into kiosk/po; translate what is new by hand
	@xgettext --no-wrap --language=C --from-code=UTF-8 --keyword --keyword=say:2 --keyword=say_into:3 \
		--keyword=say_many:2,3 --keyword=signs_add:3,4 --keyword=line_count:3,4 --keyword=ui_say:2 --keyword=N_ --no-location --sort-output --omit-header \
		-o kiosk/po/foyer.pot $(sort $(SAYING))
	@for po in $(wildcard kiosk/po/*.po); do \
		msgmerge --quiet --no-wrap --update --backup=none --no-fuzzy-matching --sort-output $$po kiosk/po/foyer.pot; done
.PHONY: words
