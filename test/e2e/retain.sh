#!/usr/bin/env bash
# Retention: what is older than the site's limit goes, what a verdict rests on stays, and
# nothing that stays is judged otherwise.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng
db=$work/case.db
export SOURCE_DATE_EPOCH=1690000000
story "$capture"
unset 'papers[-1]' 'papers[-1]' # the time is the last packet's
sed 's/^retention: .*/retention: 2 weeks/' $demo/site.yaml >"$work/short.yaml"
short=("${papers[@]/#$demo\/site.yaml/$work/short.yaml}")
sql() { sqlite3 "$db" "$1"; }
keep() { # FILE ID: what all but the one that is forgotten are, and how they are judged
	jq -c --arg gone "$2" 'select(.device.id != $gone and .verdict.device != $gone) |
		(.verdict // empty | del(.p, .reasons)),
		(.device // empty | [.id, .macs, .first_seen, .last_seen, .vendor.value,
			.os.value, .kind.value, .version.value, .model.value, .several])' "$1"
}

# --- As it was before -----------------------------------------------------------------
interdict scan "${papers[@]}" --store "$db" --json "$capture"
cp "$out" "$work/before"
is "a limit that nothing is older than removes nothing" \
	test -z "$("$INTERDICT" ledger --store "$db" --kind retention)"
rm -f "$db"*
interdict scan "${short[@]}" --store "$db" --json "$capture"
is "what is older than the limit is removed, and said" \
	ended 1 'heard before 2023-04-09 was removed.*1 device forgotten'
interdict ledger --store "$db" --kind baseline --json
gone=$(jq -r .ledger.body.id "$out")
is "the ledger has what was believed of the one that is forgotten" \
	test "$(jq -r '.ledger.body | "\(.vendor) \(.kind)"' "$out" | tr -d '0-9.')" = 'Samsung  phone '
is "as the scan before had it" test "$(jq -r --arg gone "$gone" \
	'select(.event_type == "device" and .device.id == $gone) | .device.kind.value' "$work/before")" = phone
interdict scan --store "$db" --json
cp "$out" "$work/after"
is "all others are judged, and taken for, what they were" \
	cmp <(keep "$work/before" "$gone") <(keep "$work/after" "$gone")
is "the forgotten one is there no more" \
	test "$(jq -c --arg gone "$gone" 'select(.device.id == $gone)' "$work/after" | wc -l)" = 0
is "and the blind spots tell it" grep -q 'heard before 2023-04-09 was removed' "$work/after"
interdict rebuild --store "$db"
is "a rebuild agrees" ended 0 '' 'is the same; 0 verdicts changed'
interdict verify --store "$db"
is "the ledger is whole" ended 0 '' whole

# Times of a lease are those of its end: an hour before, it was given out.
old_lease() { # LAST BYTE OF THE ADDRESSES
	printf '%s\n' address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id \
		"192.0.2.$1,00:00:5e:00:53:0$1,,3600,1680000000,1,0,0,late-$1,0,,0" >"$work/late$1.csv"
}
old_lease 7
is "that the limit was applied is written down" \
	test "$(sql "SELECT value LIKE '19456 %' FROM meta WHERE key='retained'")" = 1
interdict import --store "$db" "$work/late7.csv"
is "what comes later and is older goes at once" \
	ended 0 'heard before 2023-04-09 was removed'
is "and nothing of it is left" test "$(sql "SELECT count(*) FROM value WHERE value='late-7'")" = 0

# --- What is left ---------------------------------------------------------------------
mac=$(jq -r --arg gone "$gone" 'select(.event_type == "device" and .device.id == $gone) |
	.device.macs[0]' "$work/before" | tr -d :)
is "its address is in the file no more" \
	test "$(xxd -p -c 0 "$db" | tr -d '\n' | grep -c "01$mac")" = 0
is "which had it before" test -n "$mac"
standing=$(jq -r 'select(.event_type == "verdict") | select(.verdict.object != "not-covered") |
	.verdict.device // empty' "$work/after" | sort -u)
old=$(jq -rn --arg list "$standing" '$list | split("\n") | length')
is "devices with a verdict that stands keep all" test "$(sql 'SELECT count(DISTINCT endpoint)
	FROM fact WHERE day < 19456')" -ge "$old"
is "older facts than before are fewer" test "$(sql 'SELECT count(*) FROM fact WHERE day < 19456')" -lt 3000

# --- By hand --------------------------------------------------------------------------
state=$(sql .dump | sha256sum)
interdict retain --store "$db" --at '2023-04-23 20:00'
is "once more there is nothing to do" ended 0 '' 'nothing that may go is older'
interdict retain --store "$db" --at '2024-01-01' --dry-run --json
is "tried only" test "$(jq -r '.retention | "\(.dry_run) \(.before)"' "$out")" = \
	'true 2023-12-17T00:00:00.000000+00:00'
is "nothing changes" test "$state" = "$(sql .dump | sha256sum)"
interdict retain --store "$db" --at '2024-01-01' --by somebody
is "later more goes" ended 0 '' 'forgotten'
is "and somebody did it" \
	grep -q somebody <("$INTERDICT" ledger --store "$db" --kind baseline)
interdict scan --store "$db" --json
is "covered devices are judged as they were" cmp \
	<(jq -c 'select(.verdict.object == "covered") | .verdict | [.device, .obligation, .state, .failed_since]' "$work/before") \
	<(jq -c 'select(.verdict.object == "covered") | .verdict | [.device, .obligation, .state, .failed_since]' "$out")
interdict rebuild --store "$db"
is "a rebuild agrees still" ended 0 '' 'is the same; 0 verdicts changed'

# --- Without an order, without a limit, without sense -----------------------------------
rm -f "$db"*
interdict scan --site "$work/short.yaml" --store "$db" "$capture"
is "without an order nothing has to stay" test "$(sql 'SELECT count(*) FROM fact WHERE day < 19456')" = 0
rm -f "$db"*
interdict retain --store "$db"
is "there must be a store" ended 2 'there is no store'
interdict scan --store "$db" "$capture"
interdict retain --store "$db"
is "and a limit" ended 2 'the site says no limit: write `retention: 180 days`'
sed 's/^retention: .*/retention: 3 fortnights/' $demo/site.yaml >"$work/wrong.yaml"
interdict check --site "$work/wrong.yaml"
is "a limit without sense is named with its place" \
	ended 2 "wrong.yaml: line [0-9]+, column 12: .*want a number.*not '3 fortnights'"
finish
