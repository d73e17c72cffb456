#!/usr/bin/env bash
# What an order wants handed over: met by what was submitted, each turn by its own, and
# failed when none came in time. BOD 17-01: a report within 30 days, a plan within 60,
# a report every 30 days from the 90th until none is left.
. "$(dirname "$0")/lib.sh"
orders=test/orders
db=(--store "$work/case.db")
order=share/directives/bod-17-01.yaml
sed "s,^zone: .*,$(grep '^zone:' $order)," $orders/site.yaml >"$work/site.yaml"
cat <(head -3 $orders/bod-17-01.story) $orders/head.story <(sed 1,3d $orders/bod-17-01.story) >"$work/story"
"$STORY" "$work/story" "$work/office.pcapng" >"$work/said"
interdict scan "$work/office.pcapng" --directive $order --site "$work/site.yaml" \
	--roster $orders/roster.csv --custody $orders/bod-17-01.custody.csv "${db[@]}" --quiet
is "the store begins" test $status -le 1

# VERB/N STATE [REASON] as of a time, for the computer that stays
judged() { # AS-OF VERB/N STATE [REASON]
	interdict scan "${db[@]}" --as-of "$1" --json
	jq -rs --arg verb "${2%/*}" --argjson n "${2#*/}" '
		(map(select(.device.macs[0]? == "6c:2b:59:00:00:01"))[0].device.id) as $id |
		[.[] | select(.verdict.device == $id and .verdict.obligation == $verb).verdict][$n - 1] |
		"\(.state) \(.reasons | join(" "))"' "$out" >"$work/verdict"
	grep -qE "^$3 .*${4:-}" "$work/verdict" || { cat "$work/verdict"; return 1; }
}
is "nothing is on record: nothing is known" judged '2017-11-01' report/1 undecided 'None is on record as submitted'
interdict submit bod-17-01 report --to CISA --file "$work/said" --at '2017-10-10 12:00' --by p5 "${db[@]}"
is "a report is submitted" ended 0 '' 'report under bod-17-01 was submitted to CISA on 2017-10-10 12:00'
is "with the digest of what was handed over" \
	grep -q "$(sha256sum "$work/said" | cut -c 1-64)" <("$INTERDICT" ledger "${db[@]}" --kind submission)
is "the report is met" judged '2017-11-01' report/1 met 'submitted on 2017-10-10 12:00'
is "not before it was submitted" judged '2017-10-09' report/1 due
is "the plan is another thing" judged '2017-12-01' plan/1 undecided
interdict submit bod-17-01 plan --at '2017-11-20' "${db[@]}"
is "a plan that came late is met, and late" judged '2017-12-01' plan/1 met 'done late: the deadline was 2017-11-12'
is "the reports that come again are due" judged '2017-12-01' report/2 due
is "and failed when none came" judged '2018-01-12' report/2 failed 'none came by 2018-01-11'
interdict submit bod-17-01 report --at '2017-12-20' "${db[@]}"
is "a turn that was kept leaves the next one due" judged '2018-01-12' report/2 due
interdict submit bod-17-01 report --at '2018-01-12' "${db[@]}"
is "and that is met by its own" judged '2018-01-13' report/2 met 'submitted on 2018-01-12'
interdict rebuild "${db[@]}"
is "a rebuild agrees" ended 0 '' 'is the same'

# --- Measures that no packet shows ------------------------------------------------------
cat >"$work/measures.yaml" <<'ORDER'
directive: measures
title: What is bought, installed, let through, kept up to date
status: in-force
zone: America/New_York
authority: {issuer: The agency, issued: 2017-09-13}
object: kind is computer
purpose: any
obligations:
  - {verb: cease-acquire, from: issued, modality: must}
  - {verb: block-install, from: issued, modality: must}
  - {verb: block-traffic, from: issued, modality: must}
  - {verb: update, by: 30 days after issued, modality: must}
ORDER
interdict import --directive "$work/measures.yaml" "${db[@]}"
measured() { # AS-OF VERB MAC: its state
	interdict scan "${db[@]}" --as-of "$1" --json
	jq -rs --arg verb "$2" --arg mac "$3" '(map(select(.device.macs[0]? == $mac))[0].device.id) as $id |
		.[] | select(.verdict.device == $id and .verdict.directive == "measures" and .verdict.obligation == $verb).verdict.state' "$out"
}
one=6c:2b:59:00:00:01
for verb in cease-acquire block-install block-traffic; do
	is "nothing is known of $verb" [ "$(measured 2017-11-01 $verb $one)" = undecided ]
	interdict submit measures $verb --at 2017-09-20 "${db[@]}"
	is "it is written down" ended 0 '' "$verb under measures is on record as done on 2017-09-20"
	is "and met by that" [ "$(measured 2017-11-01 $verb $one)" = met ]
done
interdict submit measures update --at 2017-10-01 "${db[@]}"
refused "an update of nothing" 'say with --device which'
interdict submit measures update --device $one --at 2017-10-01 "${db[@]}"
is "an update is of one device" ended 0 '' "$one"
is "which has it" [ "$(measured 2017-11-01 update $one)" = met ]
others=$(jq -rs '[.[] | select(.verdict.directive == "measures" and .verdict.obligation == "update" and .verdict.object == "covered").verdict.state] | sort | group_by(.) | map("\(.[0]) \(length)") | join(" ")' "$out")
is "and no other" grep -qE '^met 1 undecided [1-9]' <(echo "$others")

# --- Refused --------------------------------------------------------------------------
interdict submit bod-17-02 report "${db[@]}"
refused "an order that is not there" "no order 'bod-17-02'.*is 'bod-17-01' meant"
interdict submit bod-17-01 reprot "${db[@]}"
refused "what is none of the three" "'reprot' is not plan, attest, report, .*update; is 'report' meant"
interdict submit bod-17-01 report --file "$work/none" "${db[@]}"
refused "a file that is not there" 'none cannot be read'
interdict submit bod-17-01 report --at 2018-02-30 "${db[@]}"
refused "a day that does not exist" "2018-02-30' is no date"
finish
