#!/usr/bin/env bash
# Every test of `make check`, each with its own line `NAME: N passed, N failed`; the
# last line is the sum. A part that dies without such a line counts as failed. As many
# parts run at a time as there are processors: each has its own files and namespaces.
set -u
cd "$(dirname "$0")/.." || exit 2
export INTERDICT=${INTERDICT:-build/check/interdict}
log=build/check/log
parts=build/check/parts
lanes=$(nproc 2>/dev/null || echo 2)
: >"$log"
rm -rf "$parts"
mkdir -p "$parts"

run_part() { # NAME COMMAND...
	local name=$1 out=$parts/$1 begun=$SECONDS status
	shift
	"$@" >"$out.said" 2>&1
	status=$?
	# The unit runner says `N passed, N failed` without a name.
	sed "s/^\([0-9]* passed, [0-9]* failed\)/$name: \1/" "$out.said" >"$out.out"
	grep -qE "([0-9]+ passed, [0-9]+ failed|: skipped: )" "$out.said" ||
		echo "$name: 0 passed, 1 failed" >>"$out.out"
	[ $status -eq 0 ] || grep -qE ' [1-9][0-9]* failed' "$out.said" ||
		echo "$name: 0 passed, 1 failed" >>"$out.out"
	# One write, so that two parts that end together do not mix their lines.
	cat "$out.out" >>"$log"
	{
		cat "$out.out"
		echo "  ($name took $((SECONDS - begun)) s)"
	} >"$out.tell"
	cat "$out.tell"
}
part() {
	while [ "$(jobs -rp | wc -l)" -ge "$lanes" ]; do
		wait -n
	done
	run_part "$@" &
}
corpus() { # SCRIPT [COMMAND...]: a part when the script is there
	[ -x "test/corpus/$1.sh" ] && part "$1" "${@:2}" "test/corpus/$1.sh"
}

# The longest first, so that none of them runs alone at the end. How right the program
# is, is asked of it as it is used: thousands of runs, slow under sanitizers, under
# which `mutate` reads every capture.
corpus tshark env INTERDICT=build/release/interdict
corpus devices env INTERDICT=build/release/interdict
corpus mutate
part unit env INTERDICT_MUTATIONS=50000 build/check/unit
corpus ja env INTERDICT=build/release/interdict
for script in wired ua wifi wifi_lomo; do
	corpus $script env INTERDICT=build/release/interdict
done
for folder in directive orders; do
	[ -x test/$folder/run.sh ] && part $folder test/$folder/run.sh
done
# Hundreds of short runs are asked of the program as it is used; json.sh runs each of
# these commands under sanitizers.
quick=' human bad readme '
for script in test/e2e/*.sh; do
	name=$(basename "$script" .sh)
	program=$INTERDICT
	[[ $quick = *" $name "* ]] && program=build/release/interdict
	[ -x "$script" ] && part "$name" env INTERDICT="$program" "$script"
done
part story test/story/check.sh build/check/story
part links test/story/links.sh build/check/story build/check/interdict
part golden test/golden.sh
part rows tools/rows.sh
part layers sh -c 'make -s layers && echo "layers: 1 passed, 0 failed"'
wait
awk -v status=0 -f test/summary.awk "$log"
