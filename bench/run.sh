#!/usr/bin/env bash
# run.sh: what a packet costs, and how much memory is used, beside the bare floor and
# beside peers of Debian, all in one run with the rounds of all of them interleaved; and
# what a megabyte of logs costs to import, beside jq, awk and a reader by jansson.
# BENCH_SIZE: small, moderate (default) or full; BENCH_ROUNDS: 5; BENCH_ONLY: some of
# "interdict facts floor p0f ndpi tshark", or "import" for the logs alone, or "store" for
# what a store costs (bench/store.sh; BENCH_STORES: devices, "10000 100000 1000000");
# CORPUS: where real captures are.
set -u
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C
CORPUS=${CORPUS:-../shared/corpus}
AT=build/release
DIR=build/bench
ROUNDS=${BENCH_ROUNDS:-5}
ONLY=${BENCH_ONLY:-floor p0f interdict facts ndpi tshark}
SLICE=20000

case ${BENCH_SIZE:-moderate} in
small) mix=60000000/600 bulk=40000000/60 hosts="1000 10000" logs=20000000 stores="1000 10000" ;;
moderate) mix=300000000/3000 bulk=200000000/300 hosts="10000 100000" logs=200000000 stores="10000 100000 1000000" ;;
full) mix=2090000000/20000 bulk=1040000000/1500 hosts="10000 100000 1000000" logs=1000000000 stores="10000 100000 1000000" ;;
*)
	echo "bench: BENCH_SIZE is small, moderate or full" >&2
	exit 2
	;;
esac
stores=${BENCH_STORES:-$stores}
mkdir -p "$DIR"

# --- Logs ------------------------------------------------------------------------------
# jq picks what we pick; awk counts one field, which is the least that it can do.
log_command() { # WHO FILE
	case $1 in
	interdict) echo "$AT/interdict import $2" ;;
	records) echo "$AT/interdict import --json $2" ;;
	jansson) [ "$2" = "$DIR/eve.json" ] && echo "$AT/logs jansson $2" ;;
	jq)
		[ "$2" = "$DIR/eve.json" ] && command -v jq >/dev/null && echo "jq -c" \
		    "[.timestamp,.event_type,.src_ip,.dest_ip,.dns.rrname,.tls.sni,.tls.ja3.hash,.tls.ja4,.http.hostname,.http.http_user_agent,.flow.start]" \
		    "$2"
		;;
	mawk | gawk)
		command -v "$1" >/dev/null || return
		case $2 in
		*.json) echo "$1 -F\"sni\":\" NF>1{n++}END{print(n)} $2" ;;
		*) echo "$1 -F\\t {s+=length(\$10)}END{print(s)} $2" ;;
		esac
		;;
	esac
}

bench_logs() {
	local file who line size round

	"$AT/logs" eve "$logs" >"$DIR/eve.json"
	"$AT/logs" zeek "$logs" >"$DIR/zeek.log"
	: >"$DIR/logs.tsv"
	for file in "$DIR/eve.json" "$DIR/zeek.log"; do
		size=$(stat -c %s "$file")
		for round in $(seq "$ROUNDS"); do
			for who in interdict records jansson jq mawk gawk; do
				[ "$round" -gt 1 ] && [ "$who" = jq ] && continue
				line=$(log_command "$who" "$file")
				[ -n "$line" ] || continue
				# shellcheck disable=SC2086
				set -- $("$AT/cpu" $line)
				printf '%s\t%s\t%s\t%s\n' "$(basename "$file")" "$who" \
				    "$(awk -v s="$size" -v u="$1" -v y="$2" 'BEGIN { printf "%.0f", s / (u + y) }')" \
				    "$(($3 / 1024))" >>"$DIR/logs.tsv"
			done
		done
	done
	printf '\nimport: MB of logs a second of CPU, the median of %s rounds (jq once)\n' "$ROUNDS"
	sort -t"$(printf '\t')" -k1,1 -k2,2 -k3,3n "$DIR/logs.tsv" | awk -F'\t' '
		$1 "\t" $2 != last { if (n) show(); last = $1 "\t" $2; n = 0 }
		{ v[++n] = $3; peak = $4 }
		END { show() }
		function show(   part) {
			split(last, part, "\t")
			printf "  %-10s %-10s %6d MB/s %6d MB of memory\n", part[1], part[2], v[int((n + 1) / 2)], peak
		}'
	echo "  interdict: a shut-in reader and the parent that takes the records; records: all of them as JSON Lines"
}

[ "${BENCH_ONLY:-}" = store ] || bench_logs
[ "${BENCH_ONLY:-}" = import ] && exit 0

# --- Captures --------------------------------------------------------------------------
# Real captures where there are some; else the story of the demo, which is synthetic.
sources() {
	if [ -r "$CORPUS/catalog.tsv" ]; then
		awk -F'\t' -v at="$CORPUS/pcap/" '
			NR > 1 && $7 == "ETHERNET" && $1 !~ /denial6|smurf|spray|flood|fuzz|tcpdump/ {
				print at $1
			}' "$CORPUS/catalog.tsv" | sort >"$DIR/list"
		echo "sources: $(wc -l <"$DIR/list") real captures of $CORPUS"
		return
	fi
	find build share -name '*.pcapng' -path '*demo*' | sort >"$DIR/list"
	if [ ! -s "$DIR/list" ]; then
		"$AT/story" share/demo/office.story "$DIR/office.pcapng" &&
		    echo "$DIR/office.pcapng" >"$DIR/list"
	fi
	echo "sources: no corpus at $CORPUS, so the synthetic story of the demo"
}

# make_one NAME MODE ARGUMENT...: a capture, unless it is there already.
make_one() {
	local name=$1 mode=$2 tag
	shift 2
	tag=$(printf '%s ' "$mode" "$@" "$(cksum <"$DIR/list")" "$(cksum <"$AT/gen")")
	[ -s "$DIR/$name.pcap" ] && [ "$(cat "$DIR/$name.made" 2>/dev/null)" = "$tag" ] && return
	"$AT/gen" "$mode" "$DIR/list" "$DIR/$name.pcap" "$@" 2>&1 | sed "s|^|made |"
	printf %s "$tag" >"$DIR/$name.made"
}

bench_store() {
	local n
	for n in $stores; do
		make_one "scale-$n" scale "$n"
	done
	# shellcheck disable=SC2086
	bench/store.sh "$DIR" $stores
}

sources
if [ "${BENCH_ONLY:-}" = store ]; then
	bench_store
	exit
fi
make_one mix mix "${mix%/*}" "${mix#*/}"
make_one bulk bulk "${bulk%/*}" "${bulk#*/}"
captures="mix bulk"
for n in $hosts; do
	make_one "scale-$n" scale "$n"
	captures="$captures scale-$n"
done

# The command line of a peer on a capture; nothing when it cannot or should not run.
command_of() {
	case $1 in
	floor) echo "$AT/floor $2" ;;
	interdict) echo "$AT/interdict scan $2" ;;
	facts) echo "$AT/interdict facts --json $2" ;;
	p0f) command -v p0f >/dev/null && echo "p0f -r $2" ;;
	ndpi)
		# Its flow trees degenerate: a million hosts do not end.
		case $2 in *scale-1000000*) return ;; esac
		command -v ndpiReader >/dev/null && echo "ndpiReader -q -i $2"
		;;
	tshark)
		case $2 in *scale*) return ;; esac
		command -v tshark >/dev/null &&
		    echo "tshark -n -r $2 -c $SLICE -T fields -e frame.number -e dhcp.option.value" \
		        "-e dns.qry.name -e tls.handshake.ja3 -e tls.handshake.extensions_server_name" \
		        "-e http.host -e http.user_agent -e http.server -e arp.src.proto_ipv4"
		;;
	esac
}

results=$DIR/results.tsv
: >"$results"
for name in $captures; do
	file=$DIR/$name.pcap
	packets=$("$AT/floor" "$file" | awk '{ print $1 }')
	for round in $(seq "$ROUNDS"); do
		for who in $ONLY; do
			[ "$who" = tshark ] && [ "$round" -gt 1 ] && continue
			line=$(command_of "$who" "$file")
			[ -n "$line" ] || continue
			# shellcheck disable=SC2086
			set -- $("$AT/cpu" $line)
			n=$packets
			[ "$who" = tshark ] && [ "$n" -gt "$SLICE" ] && n=$SLICE
			printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "$who" "$n" "$@" >>"$results"
		done
	done
	awk -v name="$name" -v packets="$packets" -f bench/table.awk "$results"
done
printf '\ndecoders: CPU time a message, the quickest of 5 rounds\n'
"$AT/decoders" "$DIR/mix.pcap" test/decode/*/*.pcap
echo "CPU time is user and system of the whole process tree, the median of $ROUNDS rounds;"
echo "trust the ratios, and differences above 15 %. tshark read the first $SLICE packets."
bench_store
