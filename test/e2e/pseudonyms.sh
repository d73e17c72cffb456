#!/usr/bin/env bash
# --pseudonyms: no name, mail address, MAC, IP, host name of the demonstration in any form
# of the answer; the same pseudonyms in each form and each run, others under another key.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng
story "$capture"
head -c 32 /dev/urandom >"$work/key" && chmod 600 "$work/key"
head -c 32 /dev/urandom >"$work/other" && chmod 600 "$work/other"

# --- Everything that must not be there: the papers', and what the capture says ---------------
{
	awk -F, 'NR > 1 { print $2; print $3; n = split($2, part, " "); for (i = 1; i <= n; i++) print part[i] }' $demo/people.csv
	awk -F, 'NR > 1 { print $1 }' $demo/custody.csv
	interdict scan "$capture" --json
	jq -r 'select(.event_type == "device") | .device | .macs[], .ips[], .id' "$out"
	interdict facts --json --unique "$capture"
	jq -r '.fact | select(.key == ("dhcp.hostname", "dhcp.fqdn", "mdns.name", "mdns.instance")) | .value' "$out"
	sed -n 's/.*, named \([^,.]*\).*/\1/p; s/.*, called "\([^"]*\)".*/\1/p' $demo/office.story
} |
	# Short ones and these are words of the language too: mail on a phone, the folder build.
	awk '(length($0) > 3 || /[^ -~]/) && !/^(iPhone|iPad|build|mail)$/' | LC_ALL=C sort -u >"$work/secrets"
is "there is something to hide" test "$(wc -l <"$work/secrets")" -gt 200

leaks() { # FILE: a secret that stands in it as a whole word
	LC_ALL=C.UTF-8 grep -owFf "$work/secrets" "$1" | LC_ALL=C sort | uniq -c | sort -rn | head -n 5
}

scan() { # KEY NAME [OPTION...]: into NAME.table, .json, .csv and .html
	local key=$1 to=$work/$2
	shift 2
	interdict scan "$capture" "${papers[@]}" --pseudonyms "$key" --html "$to.html" "$@"
	cp "$out" "$to.table"
	interdict scan "$capture" "${papers[@]}" --pseudonyms "$key" --json --explain "$@"
	cp "$out" "$to.json"
	interdict scan "$capture" "${papers[@]}" --pseudonyms "$key" --csv "$@"
	cp "$out" "$to.csv"
}

interdict scan "$capture" "${papers[@]}" --json --explain
cp "$out" "$work/plain.json"
is "without the option they are there" test -n "$(leaks "$work/plain.json")"

scan "$work/key" one
for form in table json csv html; do
	is "the $form is written" test -s "$work/one.$form"
	is "nothing personal in the $form" [ "$(leaks "$work/one.$form")" = "" ]
done
scan "$work/key" two
for form in table json csv html; do
	is "the same twice: $form" cmp "$work/one.$form" "$work/two.$form"
done

# The same person and device under the same pseudonym in each form.
pseudonyms() { # FILE KIND
	grep -oE "\b$2-[0-9a-f]{8,16}\b" "$1" | LC_ALL=C sort -u
}
for kind in person d; do
	pseudonyms "$work/one.csv" $kind >"$work/csv-$kind"
	is "the CSV names some: $kind" test -s "$work/csv-$kind"
	for form in json html; do
		pseudonyms "$work/one.$form" $kind >"$work/$form-$kind"
		is "those of the CSV are those of the $form: $kind" [ "$(comm -23 "$work/csv-$kind" "$work/$form-$kind")" = "" ]
	done
done
# Another capture's report under the same key names the same devices the same.
editcap -r "$capture" "$work/first.pcapng" 1-2000 2>/dev/null || head -c 500000 "$capture" >"$work/first.pcapng"
interdict scan "$work/first.pcapng" --json --pseudonyms "$work/key"
jq -r 'select(.event_type == "device") | .device.macs[]' "$out" | LC_ALL=C sort -u >"$work/some"
jq -r 'select(.event_type == "device") | .device.macs[]' "$work/one.json" | LC_ALL=C sort -u >"$work/all"
is "another report under the key uses the same pseudonyms" test -s "$work/some" -a "$(comm -23 "$work/some" "$work/all")" = ""

scan "$work/other" other
for kind in person mac d; do
	pseudonyms "$work/one.json" $kind >"$work/ours"
	pseudonyms "$work/other.json" $kind >"$work/theirs"
	is "another key, other pseudonyms: $kind" [ "$(comm -12 "$work/ours" "$work/theirs")" = "" ]
	is "and as many: $kind" [ "$(wc -l <"$work/ours")" = "$(wc -l <"$work/theirs")" ]
done
# Nothing but the names is another: verdicts and sums are those of the plain answer.
sums() {
	jq -c 'select(.event_type == "summary") | .summary | [.devices, (.directives | map(del(.digest)))]' "$1"
	jq -r 'select(.event_type == "verdict") | .verdict | "\(.object) \(.obligation) \(.state) \(.p)"' "$1" | sort | uniq -c
}
sums "$work/plain.json" >"$work/plain.sums"
sums "$work/one.json" >"$work/one.sums"
is "verdicts and sums are the same" diff "$work/plain.sums" "$work/one.sums"
is "the answer says that these are pseudonyms" [ "$(jq -r 'select(.event_type == "summary") | .summary.pseudonyms' "$work/one.json")" = true ]

# --- Keys that are none ----------------------------------------------------------------------
interdict scan "$capture" --pseudonyms "$work/nowhere"
refused "a key that is not there" 'nowhere: No such file or directory'
echo short >"$work/short" && chmod 600 "$work/short"
interdict scan "$capture" --pseudonyms "$work/short"
refused "a key that is too short" 'short: a key has 32 to 4096 bytes'
interdict scan "$work/no-capture" --pseudonyms "$work/nowhere" --store "$work/none.db"
is "and that is known before anything is read" test ! -e "$work/none.db"
chmod 644 "$work/other"
interdict scan "$capture" --pseudonyms "$work/other"
is "a key that others may read is warned of" ended 0 'warning: .*other: others may read this key.*chmod 600'

# --- The other commands that print what devices say -----------------------------------------
interdict facts "$capture" --pseudonyms "$work/key"
is "nothing personal in the facts" [ "$(leaks "$out")" = "" ]
is "which are there" test "$(wc -l <"$out")" -gt 1000
interdict facts "$capture" --pseudonyms "$work/key" --json
is "nor as JSON" [ "$(leaks "$out")" = "" ]
interdict explain 10:94:bb:20:04:01 "$capture" --pseudonyms "$work/key"
is "nothing personal in what explains a device" [ "$(leaks "$out")" = "" ]
is "which has the pseudonym of the report" grep -qFf <(pseudonyms "$work/one.csv" d) "$out"
interdict explain 10:94:bb:20:04:01 "$capture" --pseudonyms "$work/key" --json
is "nor as JSON" [ "$(leaks "$out")" = "" ]
interdict scan "$capture" "${papers[@]}" --store "$work/case.db" --quiet
interdict simulate --store "$work/case.db" --at '2023-04-02' --all --pseudonyms "$work/key"
is "nothing personal in what is simulated" [ "$(leaks "$out")" = "" ]
is "which has the pseudonyms of the report" grep -qFf <(pseudonyms "$work/one.csv" person) "$out"
interdict simulate --store "$work/case.db" --at '2023-04-02' --all --json --pseudonyms "$work/key"
is "nor as JSON" [ "$(leaks "$out")" = "" ]
interdict status --store "$work/case.db" --as-of '2023-04-02' --pseudonyms "$work/key"
is "nothing personal on the screen" [ "$(leaks "$out")" = "" ]
interdict people --store "$work/case.db" --as-of '2023-04-02' --pseudonyms "$work/key"
is "nothing personal in the roster" [ "$(leaks "$out")" = "" ]
is "which has the pseudonyms of the report" grep -qFf <(pseudonyms "$work/one.csv" person) "$out"
interdict people p06 --store "$work/case.db" --pseudonyms "$work/key"
is "nor in one person's history" [ "$(leaks "$out")" = "" ]
interdict people --store "$work/case.db" --json --pseudonyms "$work/key"
is "nor as JSON" [ "$(leaks "$out")" = "" ]
for form in '' --json; do
	# shellcheck disable=SC2086 # '' is no argument
	interdict custody --store "$work/case.db" --pseudonyms "$work/key" $form
	is "nor in custody, ${form:-as text}" [ "$(leaks "$out")" = "" ]
	is "which has the pseudonyms of the report" grep -qFf <(pseudonyms "$work/one.csv" person) "$out"
done
interdict custody hand-in Lucas-iPhone --store "$work/case.db" --pseudonyms "$work/key"
refused "what is written down names whom it means" '--pseudonyms is for the list alone'
interdict ledger --store "$work/case.db" --pseudonyms "$work/key"
grep -v '  directive  \|  site  ' "$out" >"$work/ledger" # the texts of an order and a site
is "nothing personal in the ledger" [ "$(leaks "$work/ledger")" = "" ]
is "which has the pseudonyms of the report" grep -qFf <(pseudonyms "$work/one.csv" person) "$out"
interdict ledger --store "$work/case.db" --json --pseudonyms "$work/key"
is "nor a hash, against which a name could be tried" \
    jq -es 'all(.ledger.hash == null)' "$out"
interdict status --store "$work/case.db" --as-of '2023-04-02' --pseudonyms "$work/key"
is "where an exception ends" grep -q 'the exception of person-[0-9a-f]* under' "$out"

# --- Of more devices than a walk through all of them keeps ----------------------------------
awk 'BEGIN {
	print "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id"
	for (i = 0; i < 3000; i++)
		printf "10.0.%d.%d,02:00:00:00:%02x:%02x,,3600,1750003600,1,0,0,%s-%d,0,,0\n",
		    i / 256, i % 256, i / 256, i % 256, i % 2 ? "iPhone" : "host", i
}' >"$work/leases.csv"
interdict import --store "$work/many.db" "$work/leases.csv"
interdict explain 02:00:00:00:00:07 --store "$work/many.db"
sed -n '/^  vendor/,/^  model/p' "$out" >"$work/believed"
is "something is believed" grep -q Apple "$work/believed"
interdict explain 02:00:00:00:00:07 --store "$work/many.db" --pseudonyms "$work/key"
is "the same under pseudonyms" cmp "$work/believed" <(sed -n '/^  vendor/,/^  model/p' "$out")
finish
