# Tests, benches, fuzzers and coverage.
# tests/<room>_<module>.c is one program: its prefix chooses what it may see and link. A test that
# wants more Debian libraries says so here with its name; tests/help/*.c are shared fakes.
# tests/<room>_<module>.sh is a test of whole programs. T=kiosk_screens runs one. In $FOYER_BIN a test
# finds the programs of its own variant; with FOYER_GOLDEN=write it rewrites what it expects.

TEST_PKGS_drivers_usb := umockdev-1.0 glib-2.0
TEST_PKGS_drivers_camera := umockdev-1.0 glib-2.0
TEST_PKGS_drivers_usb_faults := umockdev-1.0 glib-2.0
TEST_PKGS_drivers_stress := libjpeg
TEST_PKGS_drivers_rectify := libjpeg
TEST_PKGS_bench_scan := zbar zxing libjpeg
TEST_PKGS_bench_scan_live := zbar zxing libjpeg
TEST_PKGS_kiosk_window := x11
TEST_PKGS_fuzz_list := cmocka
TEST_PKGS_fuzz_picture := zbar zxing libjpeg
TEST_PKGS_fuzz_y4m := libjpeg
TEST_PKGS_fuzz_rectify := zxing
TEST_PKGS_fuzz_v4l2 := libjpeg

T         ?= *
TEST_NAMES := $(sort $(wildcard $(ROOMS:%=tests/%_$(T).c) $(ROOMS:%=tests/%_$(T).sh) tests/$(T).c tests/$(T).sh))
TEST_NAMES := $(filter $(ROOMS:%=tests/%_%),$(TEST_NAMES))
TEST_PROGRAMS := $(patsubst tests/%.c,$(B)/tests/%,$(filter %.c,$(TEST_NAMES)))
TEST_SCRIPTS  := $(filter %.sh,$(TEST_NAMES))
# A guest's visit needs an organiser's files: tests of the kiosk, and scripts, find every program.
PROGRAMS_kiosk = $(PROGRAMS:%=$(B)/bin/%)

CF_tests = $(eval CF_tests := $(call pkg,cflags,cmocka $(foreach v,$(filter TEST_PKGS_%,$(.VARIABLES)),$($v))))$(CF_tests)

# Helpers link by need from one archive, so they may speak of any room.
$(B)/tests/help/%.o: CFLAGS_ROOM = -Itests $(ROOMS:%=-I%) $(foreach r,kiosk hub,$(filter-out -I%,$(CF_$(r)))) $(CF_tests)
$(B)/tests/help.a: $(patsubst %.c,$(B)/%.o,$(wildcard tests/help/*.c))
	$(call quiet,AR,$@)mkdir -p $(@D) && rm -f $@ && $(AR) rcs $@ $^

define TESTROOM
$(B)/tests/$(1)_%.o: CFLAGS_ROOM = -Itests -Itests/help $$(CF_$(1)) $$(CF_tests)
$(filter $(B)/tests/$(1)_%,$(TEST_PROGRAMS)): $(B)/tests/%: $(B)/tests/%.o $(B)/tests/help.a $$(SEES_$(1):%=$(B)/%.a) | $$(PROGRAMS_$(1))
	$$(call quiet,LINK,$$@)$$(CC) $$(LINK_ALL) -o $$@ $$^ $$(LIBS_$(1)) $$(call pkg,libs,cmocka $$(TEST_PKGS_$$*)) $$(LIBS_ALL)
endef
$(foreach r,$(ROOMS),$(eval $(call TESTROOM,$(r))))

# Real boards and real hubs.
$(B)/tests/hub_partition $(B)/tests/hub_agent $(B)/tests/hub_agent_kill9 $(B)/tests/hub_agent_runs $(B)/tests/hub_emergency $(B)/tests/hub_wipe: | $(PROGRAMS_kiosk)

# What boards leave behind is looked for in the programs that boards get.
$(B)/tests/hub_stolen: | released
released:
	@$(MAKE) --no-print-directory MODE=release SAN= all
.PHONY: released

check: $(TEST_PROGRAMS) $(if $(TEST_SCRIPTS),$(PROGRAMS_kiosk)) ## run the tests of this variant [T=name]
	@FOYER_BIN=$(CURDIR)/$(B)/bin tests/run $(TEST_PROGRAMS) $(TEST_SCRIPTS)

golden: ## rewrite the expected files of tests/golden; read the difference before you commit it
	@FOYER_GOLDEN=write $(MAKE) --no-print-directory check MODE=debug SAN=address
	@git --no-pager diff --stat -- tests/golden

# A real kernel's cameras. Not part of the tests: it fetches a kernel.
$(B)/tests/camera_sender.o: CFLAGS_ROOM = -Itests -Itests/help $(CF_drivers)
$(B)/tests/camera_sender: $(B)/tests/camera_sender.o $(B)/tests/help.a $(SEES_drivers:%=$(B)/%.a)
	$(call quiet,LINK,$@)$(CC) $(LINK_ALL) -o $@ $^ $(LIBS_drivers) $(LIBS_ALL)
camera-guest: setup build/setup/guest $(B)/bin/foyer-scan $(B)/tests/camera_sender ## foyer-scan and a camera of Debian's kernel, in QEMU
	@tests/camera_guest $(B)/bin/foyer-scan $(B)/tests/camera_sender
.PHONY: camera-guest

# Benches and fuzzers see every room.
ALL_ROOMS := hub kiosk drivers firmware
BENCH := $(patsubst %.c,$(B)/%,$(wildcard tests/bench*.c))
FUZZ  := $(patsubst tests/fuzz_%.c,%,$(wildcard tests/fuzz_*.c))
F       ?=
SECONDS ?= 10
$(B)/tests/bench%.o $(B)/tests/fuzz_%.o: CFLAGS_ROOM = -Itests -Itests/help $(ALL_ROOMS:%=-I%) $(CF_kiosk) $(filter-out -I%,$(CF_hub)) $(CF_tests)
$(B)/tests/bench% $(B)/tests/fuzz_%: LIBS_TEST = $(LIBS_kiosk) $(LIBS_hub) $(call pkg,libs,$(TEST_PKGS_$(@F))) $(LIBS_ALL)
$(BENCH): %: %.o $(B)/tests/help.a $(ALL_ROOMS:%=$(B)/%.a) | $(PROGRAMS_kiosk)
	$(call quiet,LINK,$@)$(CC) $(LINK_ALL) -o $@ $^ $(LIBS_TEST)
$(FUZZ:%=$(B)/tests/fuzz_%): %: %.o $(B)/tests/help.a $(ALL_ROOMS:%=$(B)/%.a)
	$(call quiet,LINK,$@)$(CC) -fsanitize=fuzzer $(LINK_ALL) -o $@ $^ $(LIBS_TEST)

bench: setup build/setup/bench ## measure: one table, one run, release build
	@$(MAKE) --no-print-directory MODE=release SAN= bench-run
bench-hub: setup build/setup/bench ## the hub alone: events, boards, patches to them, beside its limits
	@$(MAKE) --no-print-directory MODE=release SAN= bench-run BENCH='$$(B)/tests/bench_hub'
bench-scan: setup build/setup/bench ## the camera's eye beside the libraries in it [CORPUS=folder FRAMES=4 PARTS="live photographs nothing stress"]
	@$(MAKE) --no-print-directory MODE=release SAN= bench-scan-run
# FRAMES=20 is the whole stress set and every picture without a code; 4 is a fifth of both.
CORPUS ?= build/corpus
FRAMES ?= 4
PARTS  ?= live photographs nothing stress
bench-scan-run: $(B)/tests/bench_scan $(B)/tests/bench_scan_live
	@$(if $(filter live,$(PARTS)),$(B)/tests/bench_scan_live)
	@$(B)/tests/bench_scan $(CORPUS) $(FRAMES) "$(PARTS)"
bench-run: $(BENCH)
	@for b in $(filter-out %/bench_scan %/bench_scan_live,$(BENCH)); do FOYER_BIN=$(CURDIR)/$(B)/bin $$b || exit; done

# What pixels are compared with teaches a fuzzer nothing, and to trace it takes two thirds of the time.
$(patsubst %.c,$(B)/%.o,$(wildcard $(addprefix drivers/,finder.c grid*.c soft_*.c regions.c luma*.c))): \
	private SAN_fuzzer += -fno-sanitize-coverage=trace-cmp

fuzz: build/setup/build build/setup/test build/setup/fuzz ## F=name SECONDS=10: attack one parser
	@$(MAKE) --no-print-directory CC=clang-14 MODE=debug SAN=fuzzer fuzz-run-$(F)
fuzz-all: build/setup/build build/setup/test build/setup/fuzz ## every fuzzer for SECONDS
	@$(MAKE) --no-print-directory CC=clang-14 MODE=debug SAN=fuzzer fuzz-run
fuzz-run: $(FUZZ:%=fuzz-run-%)
fuzz-run-%: $(B)/tests/fuzz_%
	@mkdir -p build/fuzz/$*
	@$< -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2048 -artifact_prefix=build/fuzz/$*- build/fuzz/$* \
		$(wildcard tests/corpus/$*) >build/fuzz/$*.log 2>&1 || { tail -40 build/fuzz/$*.log; exit 1; }
	@echo "fuzz $*: $$(sed -n 's/^Done //p' build/fuzz/$*.log), no fault"

coverage: setup build/setup/coverage ## lines reached by the tests, a figure a room and a file
	@$(MAKE) --no-print-directory MODE=coverage SAN= coverage-run
coverage-run: coverage-clean
	@$(MAKE) --no-print-directory check
	@gcovr -r . --object-directory $(B) $(ROOMS:%=-f '%/') -e '.*_main\.c' --csv -o $(B)/lines.csv $(B) && tests/lines $(B)/lines.csv
coverage-clean:
	@[ ! -d $(B) ] || find $(B) -name '*.gcda' -delete
.PHONY: golden bench-run bench-scan-run fuzz fuzz-all fuzz-run coverage-run coverage-clean
