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
	quic)
		quic_seeds "$to"
		;;
	directive | class | yaml)
		find share/directives test/directive -name '*.yaml' -o -name '*.in'
		;;
	site)
		find share test -name 'site*.yaml' -o -name '*holidays*'
		;;
	list)
		find share test -name '*.csv' -o -name 'kev.json'
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

# Hellos of the golden captures in a CRYPTO frame of version 1, whole and in two pieces
# that come in the wrong order; and datagrams that are not sealed.
quic_seeds() {
	local hex i=0 half

	row_seeds quic test/decode/tls/tls.pcap | while read -r hex; do
		hex=${hex:2}
		i=$((i + 1))
		half=$((${#hex} / 4))
		bytes "000600$(varint $((${#hex} / 2)))$hex" >"$1/seed-whole-$i"
		bytes "0006$(varint $half)$(varint $((${#hex} / 2 - half)))${hex:half * 2}ff0600$(
		    varint $half)${hex:0:half * 2}" >"$1/seed-halves-$i"
	done
	for i in 1 2; do
		hex=$(od -An -v -tx1 test/decode/gquic/gquic.pcap | tr -d ' \n' |
		    grep -o "$([ $i = 1 ] && echo 09636964 || echo c3513034).*")
		bytes "80$hex" >"$1/seed-clear-$i"
	done
}

# varint N: of two bytes, as RFC 9000 section 16 has them.
varint() {
	printf '%04x' $((0x4000 + $1))
}

bytes() {
	printf '%b' "$(printf %s "$1" | sed 's/../\\x&/g')"
}

# row_seeds NAME PCAP: what the decoder reads of this capture, a line of hex a frame.
row_seeds() {
	od -An -v -tx1 -w1 "$2" |
	    gawk -v name="$1" -f test/fuzz/seeds.awk src/decode/decoders.tsv -
}

# What each decoder reads of its golden capture, behind the number of its row.
decoder_seeds() {
	local pcap name hex i=0

	for pcap in test/decode/*/*.pcap; do
		name=$(basename "$pcap" .pcap)
		row_seeds "$name" "$pcap"
		[ "$name" = tls ] && row_seeds quic "$pcap"
	done | while read -r hex; do
		i=$((i + 1))
		bytes "$hex" >"$1/seed-$i"
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
