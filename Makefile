# Foyer: the whole build. `make help` lists the words it knows.
#   CC=gcc|clang-14  MODE=release|debug|coverage  SAN=address|thread|fuzzer|(empty)  V=1
#   CROSS=aarch64-linux-gnu-  prefix=/usr  DESTDIR=  CFLAGS=  LDFLAGS=
# Variants never mix: each has its own folder build/<cross><compiler>-<mode>-<san>.

ROOMS  := firmware drivers kiosk hub
MODE   ?= release
SAN    ?=
CROSS  ?=
V      ?=
prefix ?= /usr
SHARE  ?= $(prefix)/share/foyer
ifeq ($(origin CC),default)
CC := $(CROSS)gcc
endif
# C++ is for libraries that have no C interface: one thin file each, by the compiler's other name.
CXX := $(patsubst gcc%,g++%,$(patsubst clang%,clang++%,$(notdir $(CC:$(CROSS)%=%))))
CXX := $(CROSS)$(CXX)
AR := $(CROSS)gcc-ar
PKG_CONFIG ?= pkg-config

B   := build/$(CROSS)$(notdir $(CC:$(CROSS)%=%))-$(MODE)$(SAN:%=-%)
# Only the plain build is copied to where the README says the programs are.
BIN := $(if $(filter release-$(CROSS)gcc-,$(MODE)-$(notdir $(CC))-$(SAN)),build/$(CROSS)bin,$(B)/bin)

# What a room may include and link, and the Debian libraries behind it. The hub draws badges but
# touches no cable: it links the drivers room without libusb and libevdev. Only programs of the
# drivers room look at foreign pictures: for all others the libraries of the eye are out of reach.
SEES_firmware := firmware
SEES_drivers  := drivers firmware
SEES_kiosk    := kiosk drivers firmware
SEES_hub      := hub drivers firmware
PKGS_firmware := libsodium sqlite3 libzstd libcurl libmicrohttpd
PKGS_paper    := pangocairo pangoft2 librsvg-2.0 expat libqrencode libpng jansson
PKGS_cable    := libusb-1.0 libevdev
PKGS_eye      := zbar zxing libjpeg libseccomp
PKGS_drivers  := $(PKGS_firmware) $(PKGS_paper) $(PKGS_cable) $(PKGS_eye)
PKGS_kiosk    := $(PKGS_firmware) $(PKGS_paper) $(PKGS_cable) sdl2
PKGS_hub      := $(PKGS_firmware) $(PKGS_paper) libpq

# A program's main is ROOM/NAME_main.c, all else in a room goes into its archive. The program is
# called foyer-NAME; hub/foyer_main.c is plain foyer.
MAINS      := $(wildcard $(ROOMS:%=%/*_main.c))
program     = $(patsubst foyer-foyer,foyer,foyer-$(patsubst %_main.c,%,$(notdir $(1))))
PROGRAMS   := $(foreach m,$(MAINS),$(call program,$(m)))
MANUALS    := $(patsubst %.scd,build/man/%,$(notdir $(wildcard $(ROOMS:%=%/*.scd))))

comma := ,
WARN  := -Wall -Wextra -Werror -Wshadow -Wvla -Wconversion -Wno-sign-conversion -Wundef \
	-Wswitch-enum -Wpointer-arith -Wwrite-strings -Wformat=2 -Wredundant-decls -Wcast-align -Walloca
WARN_C := -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
FLAGS_release  := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
FLAGS_debug    := -O1 -g -fno-omit-frame-pointer
FLAGS_coverage := -O0 -g --coverage
LINK_release   := -pie -Wl,-z,relro,-z,now
LINK_coverage  := --coverage
SAN_address    := -fsanitize=address,undefined -fno-sanitize-recover=all
SAN_thread     := -fsanitize=thread
SAN_fuzzer     := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
# Its check of C++ function types wants a runtime that comes with C++ programs only.
SAN_CC_fuzzer  := -fno-sanitize=function
LANGUAGE    = -std=c11 -D_GNU_SOURCE $(WARN) $(WARN_C)
LANGUAGE_CC = -std=c++17 -D_GNU_SOURCE $(WARN) -fno-rtti
CFLAGS_ANY  = $(FLAGS_$(MODE)) $(SAN_$(SAN)) $(INTO_SYSROOT) -MMD -MP $(CFLAGS)
CFLAGS_ALL  = $(LANGUAGE) $(CFLAGS_ANY)
CFLAGS_CC   = $(LANGUAGE_CC) $(CFLAGS_ANY) $(SAN_CC_$(SAN))
LINK_ALL    = $(LINK_$(MODE)) $(SAN_$(SAN)) $(INTO_SYSROOT) $(LINK_SYSROOT) -Wl,--as-needed $(LDFLAGS)
LIBS_ALL   := -pthread -lm -lstdc++

# Debian's arm64 libraries are unpacked into build/, never installed into this machine.
ifdef CROSS
SYSROOT := $(CURDIR)/build/sysroot-arm64
PKG_CONFIG := PKG_CONFIG_SYSROOT_DIR=$(SYSROOT) \
	PKG_CONFIG_LIBDIR=$(SYSROOT)/usr/lib/aarch64-linux-gnu/pkgconfig:$(SYSROOT)/usr/share/pkgconfig pkg-config
INTO_SYSROOT := --sysroot=$(SYSROOT)
LINK_SYSROOT := -Wl,-rpath-link,$(SYSROOT)/usr/lib/aarch64-linux-gnu:$(SYSROOT)/lib/aarch64-linux-gnu
endif

# Every processor, unless -j says otherwise; sub-makes share them.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

quiet = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)
pkg   = $(if $(strip $(2)),$(patsubst -I/%,-isystem /%,$(shell $(PKG_CONFIG) --$(1) $(2) || echo libraries-missing-run-make-setup)))

all: $(PROGRAMS:%=$(BIN)/%) ## build the programs into build/bin
.PHONY: all setup test check cross man install clean help FORCE
.SECONDARY:
.DELETE_ON_ERROR:
FORCE:

$(SYSROOT)/done: .ci/sysroot .ci/setup
	@.ci/sysroot $(@D)

# Rebuild everything of a variant when its flags change, and an archive when a file leaves its room.
remember = @mkdir -p $(@D); echo '$(1)' | cmp -s - $@ || echo '$(1)' >$@
$(B)/flags: FORCE $(if $(CROSS),$(SYSROOT)/done)
	$(call remember,$(CC) $(CFLAGS_ALL) $(CFLAGS_CC) $(LINK_ALL))
$(B)/%.list: FORCE
	$(call remember,$(SRC_$*))

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(CFLAGS_ALL) $(CFLAGS_ROOM) -c -o $@ $<
$(B)/%.o: %.cc $(B)/flags
	@mkdir -p $(@D)
	$(call quiet,CXX,$<)$(CXX) $(CFLAGS_CC) $(CFLAGS_ROOM) -c -o $@ $<

# Libraries are asked for once, by the first recipe that needs them.
define ROOM
SRC_$(1) := $$(filter-out %_main.c,$$(wildcard $(1)/*.c $(1)/*/*.c $(1)/*.cc))
CF_$(1)   = $$(eval CF_$(1) := $$(SEES_$(1):%=-I%) $$(call pkg,cflags,$$(PKGS_$(1))))$$(CF_$(1))
LIBS_$(1) = $$(eval LIBS_$(1) := $$(call pkg,libs,$$(PKGS_$(1))))$$(LIBS_$(1))
$(B)/$(1)/%.o: CFLAGS_ROOM = $$(CF_$(1))
$(B)/$(1).a: $$(addprefix $(B)/,$$(addsuffix .o,$$(basename $$(SRC_$(1))))) $(B)/$(1).list
	$$(call quiet,AR,$$@)rm -f $$@ && $(AR) rcs $$@ $$(filter %.o,$$^)
endef
$(foreach r,$(ROOMS),$(eval $(call ROOM,$(r))))

# $(1) room, $(2) name_main, $(3) program
define PROGRAM
PROGRAMS_$(1) += $(B)/bin/$(3)
$(B)/bin/$(3): $(B)/$(1)/$(2).o $$(SEES_$(1):%=$(B)/%.a)
	@mkdir -p $$(@D)
	$$(call quiet,LINK,$$@)$$(CC) $$(LINK_ALL) -o $$@ $$^ $$(LIBS_$(1)) $$(LIBS_ALL)
endef
$(foreach m,$(MAINS:%.c=%),$(eval $(call PROGRAM,$(patsubst %/,%,$(dir $(m))),$(notdir $(m)),$(call program,$(m).c))))

build/$(CROSS)bin/%: $(B)/bin/%
	@mkdir -p $(@D); cp -f $< $@

# The set-up: each purpose is looked at once, then again when the list of packages changes.
build/setup/%: .ci/setup
	@.ci/setup $* && mkdir -p $(@D) && touch $@
setup: $(addprefix build/setup/,build run test) ## install the Debian packages that are missing

test: setup ## everything a newcomer can check: set-up, build, all tests under ASan and UBSan
	@$(MAKE) --no-print-directory check MODE=debug SAN=$(if $(filter file,$(origin SAN)),address,$(SAN))

cross: build/setup/build build/setup/cross ## the programs for arm64, against libraries unpacked in build/
	@$(MAKE) --no-print-directory CROSS=aarch64-linux-gnu- all

man: $(MANUALS) ## the manual pages, into build/man
vpath %.scd $(ROOMS)
build/man/%: %.scd
	@mkdir -p $(@D); scdoc <$< >$@

install: all man ## DESTDIR=... prefix=/usr
	install -d $(DESTDIR)$(prefix)/bin $(DESTDIR)$(prefix)/share/man/man1
	$(if $(PROGRAMS),install $(PROGRAMS:%=$(BIN)/%) $(DESTDIR)$(prefix)/bin)
	$(if $(MANUALS),install -m644 $(MANUALS) $(DESTDIR)$(prefix)/share/man/man1)

clean: ## remove build/, the arm64 libraries excepted
	rm -rf $(filter-out build/sysroot-arm64,$(wildcard build/*))

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort | expand -t14

include tests/tests.mk tests/lint.mk $(wildcard $(ROOMS:%=%/*.mk))
-include $(shell find $(B) -name '*.d' 2>/dev/null)
