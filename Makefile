# interdict: the whole build. `make demo` and `make check` need nothing else.
VERSION := 0.1.0
VARIANT ?= release
PREFIX  ?= /usr/local
B       := build/$(VARIANT)
CLANG   := $(if $(findstring clang,$(CC)),y)

LIBS := yaml-0.1 jansson zlib libzstd libcrypto libsodium libseccomp libpcre2-8
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla -Wundef \
	-Wcast-qual -Wwrite-strings -Wpointer-arith -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wnull-dereference \
	-Wimplicit-fallthrough -Wdouble-promotion \
	$(if $(CLANG),,-Wlogical-op -Wduplicated-cond -Wjump-misses-init)
HARD := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE \
	$(if $(filter x86_64,$(shell uname -m)),-fcf-protection=full) \
	$(if $(CLANG),,-ftrivial-auto-var-init=zero)
SANE := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS.release := -O2 $(HARD)
FLAGS.check   := $(SANE)
FLAGS.clang   := $(FLAGS.release)
LINK.clang    := -pie
FLAGS.fuzz    := $(SANE) -fsanitize=fuzzer-no-link
LINK.release  := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
LINK.check    := $(SANE)
LINK.fuzz     := $(SANE)

ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DSHARE='"$(PREFIX)/share/interdict"' \
	-Isrc -Itest -I$(B) -g $(WARN) $(FLAGS.$(VARIANT)) $(shell pkg-config --cflags $(LIBS)) \
	-MMD -MP $(CFLAGS)
ALL_LIBS = $(shell pkg-config --libs $(LIBS)) -lm

GEN  := $(B)/facts.inc $(B)/decoders.inc $(B)/commands.inc
SRC  := $(sort $(wildcard src/*/*.c))
OBJ  := $(SRC:%.c=$(B)/%.o)
UNIT := $(patsubst %.c,$(B)/%.o,$(sort test/main.c $(wildcard test/unit/*/*.c)))

Q := $(if $(V),,@)
all: $(B)/interdict
$(B)/interdict: $(B)/src/main.o $(OBJ)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/unit: $(UNIT) $(OBJ)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/mutate: $(B)/test/corpus/mutate.o $(OBJ)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/story: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard test/story/*.c))) $(filter $(B)/src/base/%,$(OBJ))
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/fuzz/%: $(B)/test/fuzz/%.o $(OBJ)
	@mkdir -p $(@D)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/facts.inc: src/fact/facts.tsv tools/facts.awk
$(B)/decoders.inc: src/decode/decoders.tsv tools/decoders.awk
$(B)/commands.inc: src/cmd/commands.tsv tools/commands.awk
$(GEN):
	@mkdir -p $(@D)
	$(Q)awk -f $(filter %.awk,$^) $(filter %.tsv,$^) > $@.tmp && mv $@.tmp $@
$(B)/%.o: %.c Makefile | $(GEN)
	@mkdir -p $(@D)
	$(Q)echo "  CC $<"; $(CC) $(ALL_CFLAGS) -c -o $@ $<

FUZZERS := $(patsubst test/fuzz/%.c,build/fuzz/fuzz/%,$(wildcard test/fuzz/*.c))
fuzz:
	@$(MAKE) --no-print-directory CC=clang VARIANT=fuzz $(FUZZERS)
	test/fuzz/run.sh $(or $(FUZZ_SECONDS),60) $(FUZZERS)

unit:
	@$(MAKE) --no-print-directory VARIANT=check build/check/unit build/check/interdict
	build/check/unit $(T)
check: unit layers
ci: lint
	$(MAKE) --no-print-directory CC=clang VARIANT=clang CFLAGS=-Werror all
	$(MAKE) --no-print-directory CFLAGS=-Werror all
	$(MAKE) --no-print-directory CFLAGS=-Werror check
layers:
	$(Q)awk -f tools/layers.awk src/LAYERS $(wildcard src/*/*.[ch])
tidy:
	clang-format -i $(wildcard src/*.c src/*/*.[ch] test/*.[ch] test/*/*.c test/*/*/*.[ch])
lint: layers
	$(Q)clang-format --dry-run -Werror $(wildcard src/*.c src/*/*.[ch] test/*.[ch] test/*/*.c test/*/*/*.[ch])
clean:
	rm -rf build
.PHONY: all unit check ci fuzz layers tidy lint clean
.SECONDARY:
-include $(OBJ:.o=.d) $(UNIT:.o=.d) $(B)/src/main.d
