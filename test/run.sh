#!/usr/bin/env bash
# Every test of `make check`, each with its own line `NAME: N passed, N failed`; the
# last line is the sum. A part that dies without such a line counts as failed.
set -u
cd "$(dirname "$0")/.." || exit 2
export INTERDICT=${INTERDICT:-build/check/interdict}
log=build/check/log
: >"$log"
part() { # NAME COMMAND...
	local name=$1 out
	shift
	out=build/check/log.part
	"$@" >"$out" 2>&1
	local status=$?
	# The unit runner says `N passed, N failed` without a name.
	sed "s/^\([0-9]* passed, [0-9]* failed\)/$name: \1/" "$out" | tee -a "$log"
	grep -qE "([0-9]+ passed, [0-9]+ failed|: skipped: )" "$out" ||
		echo "$name: 0 passed, 1 failed" | tee -a "$log"
	[ $status -eq 0 ] || grep -qE ' [1-9][0-9]* failed' "$out" ||
		echo "$name: 0 passed, 1 failed" | tee -a "$log"
}
part layers sh -c 'make -s layers && echo "layers: 1 passed, 0 failed"'
part rows tools/rows.sh
part unit env INTERDICT_MUTATIONS=50000 build/check/unit
part golden test/golden.sh
for script in test/directive/run.sh test/e2e/*.sh; do
	[ -x "$script" ] && part "$(basename "$script" .sh)" "$script"
done
part story test/story/check.sh build/check/story
part links test/story/links.sh build/check/story build/check/interdict
for script in tshark ja mutate; do
	[ -x test/corpus/$script.sh ] && part "$script" test/corpus/$script.sh
done
# How right it is, of the program as it is used: a thousand runs, slow under sanitizers.
for script in devices wired ua wifi wifi_lomo; do
	[ -x test/corpus/$script.sh ] &&
	    part "$script" env INTERDICT=build/release/interdict test/corpus/$script.sh
done
awk -v status=0 -f test/summary.awk "$log"
