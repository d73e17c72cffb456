#!/usr/bin/env bash
# golden.sh [--write NAME]: facts of test/decode/NAME/*.pcap against *.facts.
# With --write, rewrites the golden files of that name; read the diff.
set -u
cd "$(dirname "$0")/.." || exit 2
INTERDICT=${INTERDICT:-build/check/interdict}
write='' name='*'
[ "${1:-}" = --write ] && write=yes name=${2:?golden: name a decoder}
passed=0 failed=0
for pcap in test/decode/$name/*.pcap; do
	[ -e "$pcap" ] || continue
	golden=${pcap%.pcap}.facts
	if [ -n "$write" ]; then
		"$INTERDICT" facts --json "$pcap" >"$golden" && echo "wrote $golden"
		continue
	fi
	if "$INTERDICT" facts --json "$pcap" 2>&1 | diff -u "$golden" - ; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $pcap: if the change is meant, make golden T=$(basename "$(dirname "$pcap")")"
	fi
done
[ -n "$write" ] || echo "golden: $passed passed, $failed failed"
exit $((failed > 0))
