# Foyer: the whole build. `make help` lists the words it knows.
#   CC=gcc|clang  MODE=release|debug|coverage  SAN=address|thread|(empty)  CROSS=aarch64-linux-gnu-  V=1
# Variants never mix: each has its own folder build/<cross><mode>-<san>.

ROOMS := firmware drivers kiosk hub
MODE  ?= release
SAN   ?=
CROSS ?=
V     ?=
ifeq ($(origin CC),default)
CC := $(CROSS)gcc
endif
CXX := $(CROSS)g++
AR  := $(CROSS)gcc-ar
PKG_CONFIG ?= pkg-config

B   := build/$(CROSS)$(notdir $(CC))-$(MODE)$(if $(SAN),-$(SAN))
BIN := build/$(CROSS)bin

# What a room may include and link, and the Debian libraries behind it. The hub draws badges but
# touches no cable: it links the drivers room without libusb and libevdev.
SEES_firmware := firmware
SEES_drivers  := drivers firmware
SEES_kiosk    := kiosk drivers firmware
SEES_hub      := hub drivers firmware
PKGS_firmware := libsodium sqlite3
PKGS_paper    := pangocairo librsvg-2.0 libqrencode libpng jansson
PKGS_drivers  := $(PKGS_firmware) $(PKGS_paper) libusb-1.0 libevdev
PKGS_kiosk    := $(PKGS_drivers) sdl2
PKGS_hub      := $(PKGS_firmware) $(PKGS_paper)
PKGS_tests    := $(PKGS_kiosk) cmocka

# A program is ROOM/NAME_main.c; everything else in a room goes into its archive.
PROGRAMS      := foyer foyer-kiosk foyer-print
MAIN_foyer       := hub/foyer_main
MAIN_foyer-kiosk := kiosk/kiosk_main
MAIN_foyer-print := drivers/print_main

WARN := -Wall -Wextra -Werror -Wshadow -Wvla -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wswitch-enum -Wundef -Wpointer-arith -Wwrite-strings
FLAGS_release  := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
FLAGS_debug    := -O1 -g -fno-omit-frame-pointer
FLAGS_coverage := -O0 -g --coverage
LINK_release   := -pie -Wl,-z,relro,-z,now
LINK_coverage  := --coverage
SANFLAGS := $(if $(filter address,$(SAN)),-fsanitize=address$(comma)undefined -fno-sanitize-recover=all)$(if \
	$(filter thread,$(SAN)),-fsanitize=thread)
comma := ,
CFLAGS_ALL := -std=c11 -D_GNU_SOURCE -DFOYER_SHARE='"$(SHARE)"' $(WARN) $(FLAGS_$(MODE)) $(SANFLAGS) -MMD -MP $(CFLAGS)
LINK_ALL   := $(LINK_$(MODE)) $(SANFLAGS) $(LDFLAGS) -pthread -lm
prefix ?= /usr
SHARE  ?= $(prefix)/share/foyer

ifdef CROSS
SYSROOT := $(CURDIR)/build/sysroot-arm64
export PKG_CONFIG_SYSROOT_DIR := $(SYSROOT)
export PKG_CONFIG_LIBDIR := $(SYSROOT)/usr/lib/aarch64-linux-gnu/pkgconfig:$(SYSROOT)/usr/share/pkgconfig
CFLAGS_ALL += --sysroot=$(SYSROOT)
LINK_ALL   += --sysroot=$(SYSROOT) -Wl,-rpath-link,$(SYSROOT)/usr/lib/aarch64-linux-gnu:$(SYSROOT)/lib/aarch64-linux-gnu
endif

quiet = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)

all: $(PROGRAMS:%=$(BIN)/%)
.PHONY: all
.SECONDARY:
.DELETE_ON_ERROR:

# Rebuild everything of a variant when its flags change.
$(B)/flags: FORCE
	@mkdir -p $(@D); echo '$(CC) $(CFLAGS_ALL) $(LINK_ALL)' | cmp -s - $@ || echo '$(CC) $(CFLAGS_ALL) $(LINK_ALL)' >$@
FORCE:

define ROOM
SRC_$(1) := $$(filter-out %_main.c,$$(wildcard $(1)/*.c $(1)/*/*.c))
CF_$(1)   = $$(SEES_$(1):%=-I%) $$(shell $$(PKG_CONFIG) --cflags $$(PKGS_$(1)))
LIBS_$(1) = $$(shell $$(PKG_CONFIG) --libs $$(PKGS_$(1)))
$(B)/$(1)/%.o: CFLAGS_ROOM = $$(CF_$(1):-I/%=-isystem /%)
$(B)/$(1).a: $$(SRC_$(1):%.c=$(B)/%.o)
	$$(call quiet,AR,$$@)rm -f $$@ && $(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call ROOM,$(r))))

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(CFLAGS_ALL) $(CFLAGS_ROOM) -c -o $@ $<

define PROGRAM
$(B)/bin/$(1): $(B)/$$(MAIN_$(1)).o $$(patsubst %,$(B)/%.a,$$(SEES_$$(firstword $$(subst /, ,$$(MAIN_$(1))))))
	@mkdir -p $$(@D)
	$$(call quiet,LINK,$$@)$(CC) -o $$@ $$^ $$(LIBS_$$(firstword $$(subst /, ,$$(MAIN_$(1))))) $(LINK_ALL)
endef
$(foreach p,$(PROGRAMS),$(eval $(call PROGRAM,$(p))))

$(BIN)/%: $(B)/bin/%
	@mkdir -p $(@D); cp -f $< $@

include tests/tests.mk
-include $(shell find $(B) -name '*.d' 2>/dev/null)
