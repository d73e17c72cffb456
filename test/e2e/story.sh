#!/usr/bin/env bash
# The demonstration ends as its story says: each device and person of
# test/story/office.expected.tsv, kind, object and stop-use, judged by the program.
set -u
INTERDICT=${INTERDICT:-build/check/interdict}
STORY=${STORY:-build/check/story}
demo=share/demo
work=build/check/e2e
mkdir -p $work
"$STORY" $demo/office.story $work/office.pcapng >/dev/null || exit 1
"$INTERDICT" scan $work/office.pcapng --directive share/directives/iphone-2023.yaml \
	--site $demo/site.yaml --roster $demo/people.csv --custody $demo/custody.csv \
	--statements $demo/statements.csv --exceptions $demo/exceptions.csv \
	--as-of '2023-04-02 09:00' --json >$work/office.json 2>$work/office.err
status=$?
if [ $status -ne 1 ]; then
	cat $work/office.err
	echo "FAILED scan of the story: exit status $status, want 1"
	echo "story-scan: 0 passed, 1 failed"
	exit 1
fi
jq -r 'select(.event_type == "device") | .device as $d | $d.macs[]? |
	[., $d.id, $d.kind.value // ""] | @tsv' $work/office.json >$work/devices.tsv
jq -r 'select(.event_type == "verdict" and .verdict.obligation == "stop-use") | .verdict |
	[.device // ("person " + .person), .object, .state, .person // "-"] | @tsv' \
	$work/office.json >$work/verdicts.tsv
# The phone whose address goes round is one device with three of them, each link with
# its reason; the laptop whose line was shared is two, each told by itself.
{
	jq -r 'select(.event_type == "device" and (.device.macs | length) > 1) | .device |
		[.macs[0], (.macs | length), (.links | length),
		 ([.links[] | select(.state == "same" and .p >= 0.95 and .reasons[0].key == "dhcp.hostname")] | length)] | @tsv' \
		$work/office.json
	jq -r 'select(.event_type == "device" and .device.several) | .device |
		[.macs[0], .kind.value // "-", ([.members[] | .vendor.value + " " + .kind.value] | sort | join(", "))] | @tsv' \
		$work/office.json
} >$work/links.tsv
cat >$work/links.want <<'END'
5e:20:c9:15:00:82	3	2	2
8c:16:45:20:13:a0	-	Apple phone, Lenovo computer
END
if cmp -s $work/links.want $work/links.tsv; then
	links=1
else
	links=0
	diff $work/links.want $work/links.tsv
fi
awk -F'\t' -v links=$links -v blind="$(jq -r '.summary.blind_spots[]?' $work/office.json)" -v devices=$work/devices.tsv -v verdicts=$work/verdicts.tsv '
BEGIN {
	while ((getline < devices) > 0) { id[$1] = $2; kind[$1] = $3 }
	while ((getline < verdicts) > 0) { object[$1] = $2; state[$1] = $3; holder[$1] = $4 }
}
/^#/ { next }
{
	key = $2 == "-" ? "person " $1 : id[$2]
	got = ($2 == "-" ? "" : kind[$2]) "\t" object[key] "\t" state[key] "\t" ($2 == "-" ? $1 : holder[key])
	want = $4 "\t" $5 "\t" $6 "\t" $1
	if (got == want) passed++
	else { failed++; print "FAILED " $3 " (" $2 "): got [" got "] want [" want "]: " $7 }
}
END {
	if (blind == "No sensor sees the segment servers: nothing there is known.") passed++
	else { failed++; print "FAILED blind spots: " blind }
	if (links) passed++
	else { failed++; print "FAILED links and several devices" }
	print "story-scan: " passed + 0 " passed, " failed + 0 " failed"
	exit failed > 0
}
' test/story/office.expected.tsv
