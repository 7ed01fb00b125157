# Tests: tests/<room>_<module>.c is one program; its prefix chooses what it may see and link.
# `make test` runs them under ASan and UBSan; T=kiosk_screens runs one.

T ?= *
TEST_SRC := $(wildcard $(foreach r,$(ROOMS),tests/$(r)_$(T).c)) $(wildcard tests/$(T).c)
TEST_SRC := $(filter-out tests/fuzz% tests/bench%,$(sort $(filter $(ROOMS:%=tests/%_%),$(TEST_SRC))))
TESTS := $(TEST_SRC:tests/%.c=$(B)/tests/%)
TEST_HELP := $(patsubst %.c,$(B)/%.o,$(wildcard tests/help/*.c))

define TESTROOM
$(B)/tests/$(1)_%.o: CFLAGS_ROOM = -Itests $$(CF_$(1):-I/%=-isystem /%) $$(shell $$(PKG_CONFIG) --cflags $$(PKGS_tests))
$(B)/tests/$(1)_%: $(B)/tests/$(1)_%.o $(TEST_HELP) $$(patsubst %,$(B)/%.a,$$(SEES_$(1)))
	$$(call quiet,LINK,$$@)$(CC) -o $$@ $$^ $$(LIBS_$(1)) $$(shell $$(PKG_CONFIG) --libs cmocka $$(TEST_PKGS_$$(*))) $(LINK_ALL)
endef
$(foreach r,$(ROOMS),$(eval $(call TESTROOM,$(r))))
$(B)/tests/help/%.o: CFLAGS_ROOM = -Itests $(SEES_hub:%=-I%)

check: $(TESTS)
	@tests/run $(TESTS)
.PHONY: check
