#!/usr/bin/env bash
# run.sh SECONDS FUZZER...: runs each for so long, on what it found before (kept in
# build/corpus-fuzz/NAME) and on seeds of ours. Stops at the first finding, which is left
# in build/fuzz-NAME-*.
set -u
cd "$(dirname "$0")/../.." || exit 2
seconds=$1
shift
export UBSAN_OPTIONS=print_stacktrace=1

# Golden captures, orders and papers of ours; test/fuzz/seeds has crashers of old days.
seeds() {
	local to=$2

	[ -d "test/fuzz/seeds/$1" ] && cp -n test/fuzz/seeds/"$1"/* "$to"/
	case $1 in
	decoder)
		decoder_seeds "$to"
		;;
	capture)
		find test -name '*.pcap' -o -name '*.pcapng'
		;;
	directive | class | yaml)
		find share/directives test/directive -name '*.yaml' -o -name '*.in'
		;;
	site)
		find share test -name 'site*.yaml' -o -name '*holidays*'
		;;
	csv | people)
		find share test -name '*.csv'
		;;
	knowledge)
		find share/knowledge -name '*.tsv'
		;;
	zone)
		find /usr/share/zoneinfo/Europe -type f | head -20
		;;
	esac | while read -r f; do
		# Long inputs only slow the start.
		head -c 65536 "$f" >"$to/seed-$(printf %s "$f" | tr / _)"
	done
}

# What each decoder reads of its golden capture, behind the number of its row.
decoder_seeds() {
	local pcap name hex i=0

	for pcap in test/decode/*/*.pcap; do
		name=$(basename "$pcap" .pcap)
		od -An -v -tx1 -w1 "$pcap" |
		    gawk -v name="$name" -f test/fuzz/seeds.awk src/decode/decoders.tsv - |
		    while read -r hex; do
			i=$((i + 1))
			printf '%b' "$(printf %s "$hex" | sed 's/../\\x&/g')" >"$1/seed-$name-$i"
		done
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
