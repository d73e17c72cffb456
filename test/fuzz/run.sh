#!/usr/bin/env bash
# run.sh SECONDS FUZZER...: runs each for so long, on what it found before (kept in
# build/corpus-fuzz/NAME) and on seeds of ours (test/fuzz/seeds/NAME, golden captures,
# texts). Stops at the first finding, which is left in build/fuzz-NAME-*.
set -u
cd "$(dirname "$0")/../.." || exit 2
seconds=$1
shift
export UBSAN_OPTIONS=print_stacktrace=1

# Seeds by what a target reads: captures, orders, papers. Data of others is not among
# them; the crashers of old days are in test/fuzz/seeds.
seeds() {
	local to=$2

	[ -d "test/fuzz/seeds/$1" ] && cp -n test/fuzz/seeds/"$1"/* "$to"/
	case $1 in
	capture* | decode* | frame*)
		find test -name '*.pcap' -o -name '*.pcapng' -o -name '*.gz' -o -name '*.zst'
		;;
	*yaml* | *directive* | *order* | *site* | *class*)
		find share test -name '*.yaml' -o -name '*.yaml.in' -o -name '*.in'
		;;
	*csv* | *people* | *roster*)
		find share test -name '*.csv'
		;;
	*knowledge*)
		find share/knowledge -name '*.tsv'
		;;
	esac 2>/dev/null | while read -r f; do
		# Long inputs only slow the start.
		head -c 65536 "$f" >"$to/seed-$(printf %s "$f" | tr / _)"
	done
}

passed=0
failed=0
for fuzzer; do
	name=$(basename "$fuzzer")
	corpus=build/corpus-fuzz/$name
	mkdir -p "$corpus"
	seeds "$name" "$corpus"
	if "$fuzzer" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
	    -print_final_stats=1 -artifact_prefix="build/fuzz-$name-" "$corpus" \
	    >"build/fuzz-$name.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok fuzz $name: $(awk '
		    /number_of_executed_units/ { print $2 }' "build/fuzz-$name.log") cases," \
		    "$(find "$corpus" -type f | wc -l) kept"
	else
		failed=$((failed + 1))
		echo "FAILED fuzz $name: build/fuzz-$name.log ends:"
		grep -E 'SUMMARY|ERROR|runtime error|artifact|Test unit' "build/fuzz-$name.log" |
		    sed 's/^/  /'
		break
	fi
done
echo "fuzz: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
