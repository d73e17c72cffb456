#!/usr/bin/env bash
# store.sh DIR N...: what a store costs that holds N devices and half as many people
# under five orders, out of DIR/scale-N.pcap; the goals are those of 100,000 devices and
# 50,000 people. A report of a million devices under one order is 5 GB: with
# BENCH_SIZE=full alone.
set -u
AT=build/release
DIR=$1
shift
orders="bod-17-01 iphone-2023 m-23-13 section-889 smartphones-standing"
results=$DIR/store.tsv
: >"$results"

measure() { # DEVICES WHAT COMMAND...
	local n=$1 what=$2
	shift 2
	# shellcheck disable=SC2046
	set -- $("$AT/cpu" "$@")
	if [ "$4" -gt 1 ]; then
		echo "bench: $what of $n ends with $4" >&2
		return 1
	fi
	printf '%s\t%s\t%s\t%s\n' "$what" "$n" "$(($1 + $2))" "$(($3 / 1024))" >>"$results"
}

roster() { # N
	awk -v n="$1" 'BEGIN {
		print "id,name,email,groups,role,rank,site"
		for (i = 0; i < n; i++)
			printf "p%d,Person %d,p%d@example.org,domestic-policy;staff,adviser,3,main\n", i, i, i
	}'
}

# Each lease says three facts: whose address it is, a client id, a host name.
leases() { # FACTS
	awk -v n="$1" 'BEGIN {
		print "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id"
		for (i = 0; i * 3 < n; i++) {
			a = int(i / 65536); b = int(i / 256) % 256; c = i % 256
			mac = sprintf("02:00:00:%02x:%02x:%02x", a, b, c)
			printf "10.%d.%d.%d,%s,01:%s,3600,%d,1,0,0,host-%d,0,,0\n", a, b, c, mac, mac, 1750000000 + i % 86400, i
		}
	}'
}

one() { # N
	local n=$1 db=$DIR/store-$1.db given=()
	rm -rf "$db"* "$DIR/report-$n"
	for order in $orders; do
		given+=(--directive "share/directives/$order.yaml")
	done
	roster $((n / 2)) >"$DIR/roster.csv"
	measure "$n" roster "$AT/interdict" import --store "$db" "$DIR/roster.csv" || return
	measure "$n" scan "$AT/interdict" scan --quiet --store "$db" "${given[@]}" "$DIR/scale-$n.pcap" || return
	measure "$n" judge "$AT/interdict" simulate --json --store "$db"
	measure "$n" again "$AT/interdict" scan --quiet --store "$db"
	measure "$n" status "$AT/interdict" status --store "$db"
	measure "$n" verify "$AT/interdict" verify --store "$db"
	[ "$n" -gt 100000 ] && [ "${BENCH_SIZE:-}" != full ] && return
	measure "$n" report "$AT/interdict" report --store "$db" --directive iphone-2023 --to "$DIR/report-$n"
	rm -rf "$DIR/report-$n"
}

for n in "$@"; do
	one "$n"
	rm -rf "$DIR/store-$n.db"*
done
leases 1000000 >"$DIR/leases.csv"
rm -f "$DIR/leases.db"*
measure 1000000 facts "$AT/interdict" import --store "$DIR/leases.db" "$DIR/leases.csv"
rm -f "$DIR/leases"*

printf '\nstore: devices, half as many people, five orders; CPU seconds, peak MB of memory\n'
awk -F'\t' -v sizes="$*" '
	{ time[$1, $2] = $3 / 1e6; peak[$1, $2] = $4; have[$1, $2] = 1 }
	END {
		columns = split(sizes, n, " ")
		printf "  %-27s", ""
		for (i = 1; i <= columns; i++)
			printf " %19d", n[i]
		print "   goal at 100,000"
		row("roster", "import of the roster", "")
		row("scan", "scan --store of a capture", "")
		row("judge", "all judged anew: simulate", "2 s, 200 MB")
		row("again", "and written: scan --store", "")
		row("report", "report of one order", "5 s, 200 MB")
		row("status", "status", "0.2 s, 200 MB")
		row("verify", "verify", "")
		printf "  %-27s %19s   goal 20 s\n", "import of 1,000,000 facts", cell("facts", 1000000)
	}
	function cell(what, size) {
		if (!have[what, size])
			return "-"
		return sprintf("%.2f s %5d MB", time[what, size], peak[what, size])
	}
	function row(what, words, goal,   i) {
		printf "  %-27s", words
		for (i = 1; i <= columns; i++)
			printf " %19s", cell(what, n[i])
		print "   " goal
	}' "$results"
