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
	frame)
		frame_seeds "$to"
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
	import)
		import_seeds "$to"
		;;
	jsonscan)
		jsonscan_seeds "$to"
		;;
	zone)
		find /usr/share/zoneinfo/Europe -type f | head -20
		;;
	esac | while read -r f; do
		# Long inputs only slow the start.
		head -c 65536 "$f" >"$to/seed-$(printf %s "$f" | tr / _)"
	done
}

# Golden inputs behind the number of their format.
import_seeds() {
	local number=0 name _

	while IFS=$'\t' read -r name _; do
		case $name in '' | '#'*) continue ;; esac
		for f in test/import/"$name"/*.in; do
			{
				bytes "$(printf %02x $number)"
				cat "$f"
			} >"$1/seed-$name-$(basename "$f")"
		done
		number=$((number + 1))
	done <src/import/imports.tsv
}

# Their lines, where they are JSON.
jsonscan_seeds() {
	local line i=0

	cat test/import/suricata-eve/*.in test/import/zeek-json/*.in | tr -d '\0' |
	    while IFS= read -r line; do
		i=$((i + 1))
		printf %s "$line" >"$1/seed-$i"
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

# The frames of each golden capture, as frame.c wants them.
frame_seeds() {
	local pcap i=0

	for pcap in test/decode/*/*.pcap; do
		i=$((i + 1))
		bytes "$(od -An -v -tx1 -w1 "$pcap" | gawk '
		    { b[n++] = $1 }
		    function little(i) { return strtonum("0x" b[i + 3] b[i + 2] b[i + 1] b[i]) }
		    END {
			split("1 0 101 105 113 119 127 163 192 201 251 256 272 276", link, " ")
			for (k in link)
				if (link[k] == little(20))
					printf "%02x", k - 1
			for (at = 24; at + 16 <= n; at = end) {
				end = at + 16 + little(at + 8)
				printf "%04x", end - at - 16
				for (i = at + 16; i < end; i++)
					printf "%s", b[i]
			}
		    }')" >"$1/seed-$i"
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
