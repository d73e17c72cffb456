#!/usr/bin/env bash
# golden.sh [--write NAME]: facts of test/decode/NAME/*.pcap against *.facts, and records
# of test/import/NAME/*.in against *.out. With --write, rewrites the golden files of that
# name; read the diff.
set -u
cd "$(dirname "$0")/.." || exit 2
INTERDICT=${INTERDICT:-build/check/interdict}
write='' name='*'
[ "${1:-}" = --write ] && write=yes name=${2:?golden: name a decoder or a format}
passed=0 failed=0
# golden GOLDEN NAME COMMAND...
golden() {
	local golden=$1 of=$2
	shift 2
	if [ -n "$write" ]; then
		"$@" >"$golden" 2>&1
		echo "wrote $golden"
	elif "$@" 2>&1 | diff -u "$golden" -; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $golden: if the change is meant, make golden T=$of"
	fi
}
for pcap in test/decode/$name/*.pcap; do
	[ -e "$pcap" ] || continue
	golden "${pcap%.pcap}.facts" "$(basename "$(dirname "$pcap")")" \
	    "$INTERDICT" facts --json "$pcap"
done
# Times without a zone are Moscow's here, so that a reader which forgets to ask shows.
for in in test/import/$name/*.in; do
	[ -e "$in" ] || continue
	golden "${in%.in}.out" "$(basename "$(dirname "$in")")" \
	    "$INTERDICT" import --json --zone Europe/Moscow --as-of 2023-04-01 "$in"
done
[ -n "$write" ] || echo "golden: $passed passed, $failed failed"
exit $((failed > 0))
