# interdict: the whole build. `make demo` and `make check` need nothing else.
VERSION := 0.1.0
VARIANT ?= release
PREFIX  ?= /usr/local
B       := build/$(VARIANT)
CLANG   := $(if $(findstring clang,$(CC)),y)

LIBS := yaml-0.1 jansson zlib libzstd libcrypto libsodium libseccomp libpcre2-8 sqlite3
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
# For its warnings alone: they come before anything is made faster.
FLAGS.clang   := -O0 -fPIE
LINK.clang    := -pie
FLAGS.analyze := -O1
FLAGS.cover   := -O0 --coverage
LINK.cover    := --coverage
FLAGS.fuzz    := $(SANE) -fsanitize=fuzzer-no-link
LINK.release  := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code \
	$(if $(CLANG),,-flto=auto)
# What every frame and fact runs through is optimised as one piece.
HOT           := $(patsubst %,src/%/%,base fact proc capture decode knowledge device) src/cmd/sensor%
HOT.release   := $(if $(CLANG),,-flto)
LINK.check    := $(SANE)
LINK.fuzz     := $(SANE)

ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DSHARE='"$(PREFIX)/share/interdict"' \
	-Isrc -Itest -I$(B) -g $(WARN) $(FLAGS.$(VARIANT)) $(shell pkg-config --cflags $(LIBS)) \
	-MMD -MP $(CFLAGS)
ALL_LIBS = $(shell pkg-config --libs $(LIBS)) -lm

GEN  := $(B)/facts.inc $(B)/decoders.inc $(B)/commands.inc $(B)/imports.inc
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
$(B)/weights: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tools/weights/*.c))) $(OBJ)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/replay: $(B)/test/e2e/replay.o $(filter $(B)/src/base/% $(B)/src/capture/% $(B)/src/fact/%,$(OBJ))
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/wifi_weights: $(B)/tools/wifi_weights.o $(B)/tools/wifi_documents.o $(B)/tools/wifi_table.o $(B)/src/knowledge/wifi_traits.o $(filter $(B)/src/base/%,$(OBJ))
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/story: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard test/story/*.c))) $(filter $(B)/src/base/%,$(OBJ))
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/gen: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard bench/gen/*.c))) $(filter $(B)/src/base/% $(B)/src/capture/%,$(OBJ))
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/decoders: $(B)/bench/decoders.o $(OBJ)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/floor $(B)/cpu $(B)/logs: $(B)/%: $(B)/bench/%.o
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs jansson)
$(B)/fuzz/%: $(B)/test/fuzz/%.o $(OBJ)
	@mkdir -p $(@D)
	$(Q)echo "  LD $@"; $(CC) $(LINK.$(VARIANT)) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/facts.inc: src/fact/facts.tsv tools/facts.awk
$(B)/decoders.inc: src/decode/decoders.tsv tools/decoders.awk
$(B)/commands.inc: src/cmd/commands.tsv tools/commands.awk
$(B)/imports.inc: src/import/imports.tsv tools/imports.awk
$(GEN):
	@mkdir -p $(@D)
	$(Q)awk -f $(filter %.awk,$^) $(filter %.tsv,$^) > $@.tmp && mv $@.tmp $@
$(B)/%.o: %.c Makefile | $(GEN)
	@mkdir -p $(@D)
	$(Q)echo "  CC $<"; $(CC) $(ALL_CFLAGS) $(if $(filter $(HOT),$<),$(HOT.$(VARIANT))) -c -o $@ $<

FUZZERS := $(patsubst test/fuzz/%.c,build/fuzz/fuzz/%,$(wildcard test/fuzz/*.c))
# As many compilers as there are processors, unless somebody said how many.
AGAIN    = +@$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

demo:
	@tools/install-deps.sh build
	$(AGAIN) VARIANT=release build/release/interdict build/release/story
	@tools/demo.sh
check:
	@tools/install-deps.sh check
	$(AGAIN) VARIANT=check $(addprefix build/check/,interdict unit story replay mutate)
	$(AGAIN) VARIANT=release $(addprefix build/release/,interdict wifi_weights)
	@test/run.sh
unit:
	$(AGAIN) VARIANT=check build/check/unit build/check/interdict
	@build/check/unit $(T)
golden:
	$(AGAIN) VARIANT=check build/check/interdict
	@test/golden.sh --write $(T)
fuzz:
	$(AGAIN) CC=clang VARIANT=fuzz $(FUZZERS)
	@test/fuzz/run.sh $(or $(FUZZ_SECONDS),60) $(FUZZERS)
bench:
	@tools/install-deps.sh bench
	$(AGAIN) VARIANT=release $(addprefix build/release/,interdict story gen floor cpu decoders logs)
	@bench/run.sh
weights:
	$(AGAIN) VARIANT=release all build/release/weights
	@tools/weights.sh
accuracy:
	$(AGAIN) VARIANT=release all build/release/weights
	@tools/accuracy.sh
ci: lint
	$(AGAIN) CC=clang VARIANT=clang CFLAGS=-Werror all
	$(AGAIN) CFLAGS=-Werror all
	$(AGAIN) CFLAGS=-Werror check
# share/knowledge/wifi.tsv anew, from the labelled signatures of the corpus.
wifi-weights:
	$(AGAIN) VARIANT=release $(addprefix build/release/,interdict wifi_weights)
	@tools/wifi_weights.sh build/release/wifi_weights
layers:
	$(Q)awk -f tools/layers.awk src/LAYERS $(wildcard src/*/*.[ch])
tidy:
	clang-format -i $(wildcard tools/*/*.[ch] src/*.c src/*/*.[ch] test/*.[ch] test/*/*.c test/*/*/*.[ch] bench/*.c bench/*/*.[ch])
# A store or a private key never goes into the repository: tests and trials leave such files.
lint: layers
	$(Q)! git ls-files 2>/dev/null | grep -E '\.(db|db-wal|db-shm|key|key\.pub)$$' || { echo "lint: a store or a key is in the repository: git rm --cached it"; exit 1; }
	$(Q)clang-format --dry-run -Werror $(wildcard tools/*/*.[ch] src/*.c src/*/*.[ch] test/*.[ch] test/*/*.c test/*/*/*.[ch] bench/*.c bench/*/*.[ch])
analyze:
	$(AGAIN) VARIANT=analyze CFLAGS=-fanalyzer all
cover:
	$(AGAIN) VARIANT=cover build/cover/unit && build/cover/unit && gcov -n -o build/cover/src build/cover/src/*/*.gcda
install: all
	install -D -m 755 $(B)/interdict $(DESTDIR)$(PREFIX)/bin/interdict
	for f in $$(find share/knowledge share/directives share/*.json share/*.tsv -type f); do \
		install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/interdict/$${f#share/}; done
	for f in man/*.[15]; do install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/man/man$${f##*.}/$${f##*/}; done
	install -D -m 644 dist/completion/interdict.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/interdict
	install -D -m 644 dist/completion/interdict.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_interdict
	install -D -m 644 dist/completion/interdict.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/interdict.fish
clean:
	rm -rf build
.PHONY: all demo check unit golden fuzz bench weights wifi-weights accuracy ci layers lint tidy analyze cover install clean
.SECONDARY:
-include $(shell find $(B)/src $(B)/test $(B)/bench $(B)/tools -name "*.d" 2>/dev/null)
