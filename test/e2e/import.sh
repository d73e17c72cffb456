#!/usr/bin/env bash
# import: the command around the readers: what it is told, what it answers, how it ends.
# What the readers make of their formats is in test/import, which golden.sh runs.
. "$(dirname "$0")/lib.sh"
eve=test/import/suricata-eve/events.in

# --- What it answers -------------------------------------------------------------------
interdict import --dry-run $eve
is "a line a file" ended 0 '' '^[^ ]*events.in: suricata-eve, 16 lines, 15 records, [0-9]+ facts, 4 presences, 1 of no use here $'
interdict import --dry-run --json --as-of 2023-04-01 $eve
cp "$out" "$work/once"
interdict import --dry-run --json --as-of 2023-04-01 $eve
is "the same bytes twice" cmp "$work/once" "$out"
run "$INTERDICT" import --dry-run --json - <$eve
sed 's#test/import/suricata-eve/events.in#-#' "$work/once" >"$work/want"
is "standard input" cmp "$work/want" "$out"
gzip -c $eve >"$work/eve.gz"
interdict import --dry-run --json "$work/eve.gz"
sed "s#test/import/suricata-eve/events.in#$work/eve.gz#" "$work/once" >"$work/want"
is "gzip" cmp "$work/want" "$out"
head -c 900 "$work/eve.gz" >"$work/cut.gz"
interdict import --dry-run "$work/cut.gz"
is "cut gzip is said to be cut" ended 2 'cut.gz: .*the gzip data is cut' 'not read to its end'
interdict import --dry-run $eve test/import/kea4/leases.in test/import/roster/roster.in
is "several files, and wrong lines among them" ended 1 'leases.in: line 7, column 1: ' 'kea4, .* 4 wrong .*roster, '
for i in $(seq 50); do echo "nonsense $i"; done | cat $eve - >"$work/many"
interdict import --dry-run "$work/many"
is "of many wrong lines twenty are named" [ "$(grep -c 'want an object' "$err")" = 20 ]
is "and all are counted" grep -q '50 wrong lines, of which 20 are named' "$err"

printf '{"count":1,"data":[{"id":"7","name":"Anna","site":"hq"}]}\n' >"$work/api.json"
interdict import --dry-run "$work/api.json"
is "JSON that nobody knows is no table" ended 2 '^[^ ]*: line 1: of no known format: it begins with ' 'no known format'

# --- Facts go on as they would from a capture --------------------------------------------
interdict import --dry-run --json $eve
is "knowledge knows what a log says" [ "$(jq -r 'select(.fact.subject == "00:00:5e:00:53:07") |
	"\(.fact.key)=\(.fact.value)"' "$out" | grep vendor_class | tr '\n' '\0' |
	xargs -0 "$INTERDICT" identify | jq -r .device.os.value)" = Android ]
interdict import --dry-run --json test/import/intune/export.in
is "and what an inventory says" [ "$(jq -r 'select(.fact.subject == "00:00:5e:00:53:07") |
	"\(.fact.key)=\(.fact.value)"' "$out" | tr '\n' '\0' |
	xargs -0 "$INTERDICT" identify | jq -r .device.kind.value)" = phone ]

# --- Strictness ------------------------------------------------------------------------
interdict import --dry-run --strict test/import/kea4/leases.in $eve
is "--strict ends at the first wrong line" ended 2 'leases.in: line 7, column 1: .*--strict ends here' 'not read to its end'
is "and names no second one" [ "$(grep -c 'line [0-9]' "$err")" = 1 ]
interdict import --dry-run --strict $eve
is "--strict with nothing wrong" ended 0 '' 'suricata-eve'

# --- Times -----------------------------------------------------------------------------
printf 'Sun Mar 26 02:30:00 2023\n\tUser-Name = "a"\n\tCalling-Station-Id = "00:00:5e:00:53:07"\n' >"$work/detail"
interdict import --dry-run --json --zone Europe/Berlin "$work/detail"
is "a time that daylight saving skips is the first after it" grep -q '"timestamp":"2023-03-26T01:00:00' "$out"
printf 'Sun Oct 29 02:30:00 2023\n\tUser-Name = "a"\n\tCalling-Station-Id = "00:00:5e:00:53:07"\n' >"$work/detail"
interdict import --dry-run --json --zone Europe/Berlin "$work/detail"
is "one that it repeats is the first" grep -q '"timestamp":"2023-10-29T00:30:00' "$out"
interdict import --dry-run --json "$work/detail"
is "without a zone it is UTC" grep -q '"timestamp":"2023-10-29T02:30:00' "$out"
touch -d '2023-03-30 10:00:00Z' "$work/leases"
printf '4102444800 00:00:5e:00:53:08 192.0.2.8 * *\n' >"$work/leases"
touch -d '2023-03-30 10:00:00Z' "$work/leases"
interdict import --dry-run --json "$work/leases"
is "what has no date is of the time of its file" grep -q '"timestamp":"2023-03-30T10:00:00' "$out"

# --- Usage -----------------------------------------------------------------------------
interdict import
refused "no file" 'name a file, or --list'
interdict import --dry-run --format suricata $eve
refused "no such format" "no format is called 'suricata'"
interdict import --dry-run --format zeek-tvs $eve
refused "one that is near" "is 'zeek-tsv' meant"
interdict import --dry-run --zone Europe/Moskow $eve
refused "no such zone" "no zone is called 'Europe/Moskow'; is 'Europe/Moscow' meant"
interdict import --dry-run --as-of 2023-02-30 $eve
refused "no such day" "'2023-02-30' is no date"
interdict import --dry-run "$work/none"
is "no such file" ended 2 'cannot open .*none: No such file' ''
interdict import --dry-run "$work"
is "a folder" ended 2 'is a folder' ''
: >"$work/empty"
interdict import --dry-run "$work/empty"
is "an empty file" ended 2 'empty: the file is empty' 'no known format, 0 lines'
printf 'a b c\n' >"$work/stranger"
interdict import --dry-run "$work/stranger"
is "a file of no known format" ended 2 "of no known format: it begins with 'a b c'" 'no known format'
interdict import --list
is "--list has every format" [ "$(grep -vc '^ ' "$out")" = "$(grep -vc '^#' src/import/imports.tsv)" ]
interdict import --list --json
is "and as JSON" jq -se 'map(.format.name) | index("suricata-eve") and index("corrections")' "$out"

# --- The reader dies ---------------------------------------------------------------------
mkfifo "$work/pipe"
"$INTERDICT" import --dry-run "$work/pipe" >"$out" 2>"$err" &
pid=$!
exec 9>"$work/pipe"
cat $eve >&9
ran="import $work/pipe; kill -9 of the reader"
reader=
for _ in $(seq 100); do
	read -r reader _ <"/proc/$pid/task/$pid/children" && [ -n "$reader" ] && break
	sleep 0.05
done
kill -KILL "$reader"
wait "$pid"
status=$?
exec 9>&-
is "a reader that is killed is an error" ended 2 'the reader was killed by signal 9'
# Hundreds of rows: the reader, shut in, sorts them.
{
	echo identifier,type,person,ownership,from,until,event
	for i in {1..400}; do
		printf '02:00:5e:10:%02x:%02x,mac,p%s,issued,2023-01-02,,issued\n' $((i / 256)) $((i % 256)) $i
	done
} >"$work/many.csv"
interdict import --dry-run "$work/many.csv"
is "a custody of hundreds" ended 0 '' '400 rows of custody'
# --- Addresses of the Internet that are the site's ------------------------------------------
flow() { # SOURCE DESTINATION
	printf '{"timestamp":"2025-02-03T08:00:03.1+0000","event_type":"flow","src_ip":"%s","dest_ip":"%s","proto":"TCP","flow":{"pkts_toserver":5,"pkts_toclient":5,"start":"2025-02-03T07:59:03.1+0000","end":"2025-02-03T08:00:00.0+0000"}}\n' "$1" "$2"
}
{
	flow 203.0.113.50 198.51.100.7
	flow 198.51.100.9 203.0.113.52
} >"$work/campus.json"
printf 'name: Campus\nzone: UTC\nsegments:\n  - {name: hall, official: yes, ranges: [203.0.113.0/24]}\n' >"$work/campus.yaml"
interdict import --store="$work/nowhere.db" "$work/campus.json"
is "no host of the Internet is said to have been here" ended 0 '' '2 records$|2 records '
interdict import --store="$work/campus.db" --site "$work/campus.yaml" "$work/campus.json"
is "those of the site are" ended 0 '' '2 presences'

# --- Custody by a number that only an inventory knows ------------------------------------
printf '{"timestamp":"2023-04-02T08:00:00.0+0000","event_type":"http","src_ip":"10.20.1.9","dest_ip":"198.51.100.7","proto":"TCP","ether":{"src_mac":"02:00:5e:10:00:09","dest_mac":"00:00:5e:00:01:01"},"http":{"http_user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 16_3_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.3 Mobile/15E148 Safari/604.1"}}\n' >"$work/phone.json"
printf 'Device ID,Device name,Serial number,Wi-Fi MAC,Manufacturer,Model,OS,Primary user UPN,Enrollment date\n1,x,SER77,02:00:5e:10:00:09,Apple,iPhone 12,iOS,p08,2022-01-01 00:00:00\n' >"$work/intune.csv"
interdict import --store "$work/number.db" --directive share/directives/iphone-2023.yaml --site $demo/site.yaml $demo/people.csv "$work/intune.csv" "$work/phone.json"
is "all of it is taken" ended 0 '' '1 row of custody'
interdict custody --store "$work/number.db" --json
is "at the instant that the export says" [ "$(jq -r .timestamp "$out")" = 2022-01-01T00:00:00.000000+00:00 ]
interdict scan --store "$work/number.db" --json --as-of '2023-04-02 12:00'
is "joins the device and its holder, and the reasons say how" jq -e -s 'any(.[]; .event_type == "verdict" and .verdict.person == "p08"
	and .verdict.object == "covered" and (.verdict.reasons | join(" ") | test("serial number, which an inventory has")))' "$out"
sed -i 's/,p08,/,NOURI@office.example,/' "$work/intune.csv"
interdict import --store "$work/mail.db" --directive share/directives/iphone-2023.yaml --site $demo/site.yaml $demo/people.csv "$work/intune.csv" "$work/phone.json"
is "an account is the person whose mail address it is" ended 0 '' '1 row of custody'
interdict scan --store "$work/mail.db" --json --as-of '2023-04-02 12:00'
is "and joins the same" jq -e -s 'any(.[]; .event_type == "verdict" and .verdict.person == "p08" and .verdict.object == "covered")' "$out"
sed 's/^\(p09,[^,]*\),[^,]*/\1,Nouri@office.example/' $demo/people.csv >"$work/two.csv"
interdict import --store "$work/two.db" "$work/two.csv" "$work/intune.csv"
is "an address that two have is nobody's" ended 1 'NOURI@office.example., whom no roster has .* the only one of that mail address' '1 wrong'
interdict import --store "$work/later.db" $demo/people.csv
interdict import --store "$work/later.db" "$work/intune.csv"
is "the roster may have come before" ended 0 '' '1 row of custody'
sed 's/p08/nouri@office.example/' >"$work/custody.csv" <<'CUSTODY'
identifier,type,person,ownership,from,until,event
02:00:5e:10:00:09,mac,p08,issued,2022-01-01,,issued
CUSTODY
interdict import --store "$work/later.db" "$work/custody.csv"
is "custody names persons by id" ended 1 'nouri@office.example., whom no roster has' '1 wrong'

# --- What a line of a log proves, for a person who asks ------------------------------------
seen() { # TIME VERSION: a browser of an iPhone
	printf '{"timestamp":"%s.0+0000","event_type":"http","src_ip":"10.20.1.9","dest_ip":"198.51.100.7","proto":"TCP","http":{"http_user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS %s like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%s Mobile/15E148 Safari/604.1"}}\n' "$1" "${2/./_}" "$2"
}
{
	seen 2023-03-01T08:00:00 16.3
	seen 2023-09-25T08:00:00 17.0
} >"$work/browser.json"
interdict import --store "$work/browser.db" "$work/browser.json"
interdict explain 10.20.1.9 --store "$work/browser.db"
is "what one line says stands together, and why below it" [ "$(sed -n '/^For/,/^Against/p' "$out" | cut -c 1-29)" = 'For
  + 4.60  vendor Apple
  + 4.60  os iOS
  + 4.60  kind phone
  + 3.00  version 17.0
          because http.user_a
          seen in build/check
          row ua.form/iphone 

Against' ]
is "a log has lines, not frames" grep -q 'seen in [^ ]*/browser.json, line 2, 2023-09-25 08:00; decoder suricata-eve$' "$out"
is "the version before it" grep -q '^  before   16.3, last heard 2023-03-01 08:00$' "$out"
is "what was superseded stands apart, and why" ended 0 '' 'Heard as well, and not counted'
is "and with what it began" grep -Eq '^  kind     phone, p 0\.99[0-9]*, at first 0\.[0-9]{4}$' "$out"

# --- Servers that are known by their addresses: an app's, the site's -----------------------
contact() { # SOURCE DESTINATION PORT PROTO
	printf '{"timestamp":"2025-02-03T08:00:03.1+0000","event_type":"flow","src_ip":"%s","dest_ip":"%s","dest_port":%s,"proto":"%s","flow":{"pkts_toserver":5,"pkts_toclient":5,"start":"2025-02-03T07:59:03.1+0000","end":"2025-02-03T08:00:00.0+0000"}}\n' "$@"
}
{
	contact 10.20.1.9 149.154.167.51 443 TCP
	contact 10.20.1.10 91.108.8.8 529 UDP
	contact 10.20.1.11 192.0.2.80 443 TCP
	contact 10.20.1.12 198.51.100.7 443 TCP
} >"$work/contacts.json"
{
	printf '#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\torig_pkts\tresp_pkts\n'
	printf '1738569543.1\tC1\t10.20.1.13\t50000\t149.154.167.51\t443\ttcp\t5\t5\n'
} >"$work/conn.log"
printf 'name: House\nzone: UTC\nsegments:\n  - {name: all, official: yes, ranges: [10.20.0.0/16]}\nservices:\n  - {name: registry, addresses: [192.0.2.80], ports: [443]}\n' >"$work/house.yaml"
interdict import --json --store "$work/contacts.db" --site "$work/house.yaml" "$work/contacts.json" "$work/conn.log"
is "a service of the site is known by its address in a log of flows" [ "$(jq -r 'select(.fact.key == "ip.service") | .src_ip + " " + .fact.value' "$out")" = '10.20.1.11 192.0.2.80:443/tcp' ]
interdict scan --store "$work/contacts.db" --json
app_of() { jq -c "select(.event_type == \"device\" and (.device.ips | index(\"$1\"))) | [.device.apps[]?.name]" "$out"; }
is "an app by the network that it contacts" [ "$(app_of 10.20.1.9)" = '["Telegram"]' ]
is "and by its calls" [ "$(app_of 10.20.1.10)" = '["Telegram"]' ]
is "in Zeek's log as well" [ "$(app_of 10.20.1.13)" = '["Telegram"]' ]
is "and of no other" [ "$(app_of 10.20.1.12)" = '[]' ]
interdict explain 10.20.1.9 --store "$work/contacts.db"
is "with the network's own list as the source" ended 0 '' 'core.telegram.org/resources/cidr.txt'
is "once is once" grep -q 'its service was contacted once' "$out"
interdict import --store "$work/contacts.db" $demo/people.csv
interdict scan --store "$work/contacts.db" --html "$work/inputs.html"
is "a paper among the inputs is no traffic, a log has its lines" [ "$(grep -o '<bdi>[^<]*</bdi></th><td class="num" data-is="Frames, lines">[^<]*' "$work/inputs.html" | sed 's/.*\/\([a-z.]*\)<.*>/\1 /' | sort | tr '\n' ';')" = 'conn.log 4;contacts.json 4;people.csv no traffic;' ]
finish
