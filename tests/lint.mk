# What is asked of the source itself, without running it. Each answer is kept in build/lint until
# its file or the rules change.

L       := build/lint
SOURCES := $(wildcard $(ROOMS:%=%/*.c) $(ROOMS:%=%/*/*.c))
HEADERS := $(wildcard $(ROOMS:%=%/*.h) $(ROOMS:%=%/*/*.h) tests/*.h tests/help/*.h)
STYLED  := $(SOURCES) $(wildcard $(ROOMS:%=%/*.cc)) $(HEADERS) $(wildcard tests/*.c tests/help/*.c)

format: build/setup/lint ## lay out every C file by .clang-format
	@clang-format-14 -i $(STYLED)
format-check: build/setup/lint ## is every C file laid out so?
	@for f in $(STYLED); do clang-format-14 $$f | cmp -s - $$f || { echo "$$f: make format would change it"; bad=1; }; done; [ -z "$$bad" ]

# Each header alone, with both compilers and no more than its room may see.
define LINTROOM
$(L)/$(1)/%.h.ok: $(1)/%.h $$(HEADERS)
	@mkdir -p $$(@D)
	$$(call quiet,HEAD,$$<)for cc in gcc clang-14; do $$$$cc $$(LANGUAGE) $$(CF_$(1)) -fsyntax-only -x c -include $$< /dev/null || exit; done
	@touch $$@
$(L)/$(1)/%.tidy: $(1)/%.c $$(HEADERS) .clang-tidy
	@mkdir -p $$(@D)
	$$(call quiet,TIDY,$$<)clang-tidy-14 --quiet $$< -- $$(LANGUAGE) $$(CF_$(1)) 2>$$@.log || { cat $$@.log; exit 1; }
	@touch $$@
endef
SEES_tests := tests tests/help $(ROOMS)
CF_tests_h  = $(SEES_tests:%=-I%) $(CF_kiosk) $(CF_tests)
$(foreach r,$(ROOMS),$(eval $(call LINTROOM,$(r))))
$(L)/tests/%.h.ok: tests/%.h $(HEADERS)
	@mkdir -p $(@D)
	$(call quiet,HEAD,$<)for cc in gcc clang-14; do $$cc $(LANGUAGE) $(CF_tests_h) -fsyntax-only -x c -include $< /dev/null || exit; done
	@touch $@

headers: setup build/setup/lint ## compile every header alone
	@$(MAKE) --no-print-directory -k headers-run
tidy: setup build/setup/lint ## clang-tidy over every room; a warning is an error
	@$(MAKE) --no-print-directory -k tidy-run
headers-run: $(HEADERS:%=$(L)/%.ok)
tidy-run: $(SOURCES:%.c=$(L)/%.tidy)
headers-run tidy-run:
	@:

cppcheck: build/setup/lint ## cppcheck over every room
	@cppcheck -j2 --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingInclude --suppress=missingIncludeSystem $(patsubst %,--suppress=comparePointers:%,$(shell grep -l incbin $(SOURCES))) $(ROOMS:%=-I%) $(SOURCES)

# The pure modules ask nothing of the world: no memory, no clock, no file, no print.
PURE   := $(wildcard $(patsubst %,firmware/%.c,roster_read roster_find roster_keys roster_public roster_visit visit token code_text manifest paper protocol run signed_code staff staff_badge late asked throttle door) \
	drivers/lang_*.c drivers/wedge.c drivers/draw.c kiosk/screens/*.c \
	$(patsubst %,kiosk/%.c,accents app app_desk app_door app_job app_network app_staff app_venue app_view changes changes_file gate gate_words signs staff_words entry field form fold_letters fold_text foreign guest ics keyboard keyboard_view keypad layout rows typed_visit \
	search search_find search_match search_order search_particles text ui venue venue_take venue_view venue_words viewfinder when words))
IMPURE := malloc|calloc|realloc|free|strdup|clock_.*|time|gettimeofday|open|fopen|read|write|fread|fwrite|v?f?printf|puts|fputs|putchar|log_line|getenv
pure: setup ## does a pure module call memory, clock, file or print?
	@$(MAKE) --no-print-directory MODE=release SAN= pure-run
pure-run: $(PURE:%.c=$(B)/%.o)
	@! nm -uA $^ | grep -E ' U (__)?($(IMPURE))(_chk)?$$'
.PHONY: format format-check headers headers-run tidy tidy-run cppcheck pure pure-run
