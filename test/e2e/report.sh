#!/usr/bin/env bash
# The report out of a store: its files say the same numbers, the same bytes twice, nothing
# personal under pseudonyms; verified by the folder alone, and whatever is done to it is named.
. "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1700000000
capture=$work/office.pcapng store=$work/office.db
story "$capture"
words=(--store="$store")
report() { # OPTION...
	interdict report "${words[@]}" "$@"
}
check() { # WORD...
	interdict verify report "$@"
}

# --- A store with nothing to report ----------------------------------------------------------
report --to "$work/none"
refused "a store that is not there" 'office.db'
interdict scan "$capture" "${words[@]}" "${papers[@]}" --quiet
is "the office is in the store" test "$status" -eq 1
report
refused "a report must have a place" 'name a folder with --to'
report --directive nobody --to "$work/none"
refused "an order that the store does not have" "no order called 'nobody'"
report --to "$work/no/such/folder"
refused "a place that is not there" 'cannot make a folder beside'
is "and nothing is left of these" test ! -e "$work/none" -a ! -e "$work/no"

# --- The files, and that they agree ----------------------------------------------------------
report --as-of '2023-03-28 09:00' --to "$work/before"
is "a first report" ended 0 '' '11 found: 0 removed, 10 remaining, 1 excepted; 2 undecided'
report --as-of '2023-04-02 09:00' --directive iphone-2023 --to "$work/now" --contact 'Desk <desk@office.example>' --json
is "a second one" ended 0 ''
jq -S '.report.directives[0] | del(.directive)' "$out" >"$work/said"
is "ten files" [ "$(ls "$work/now" | wc -l)" -eq 10 ]
is "for its owner alone" [ "$(stat -c %a "$work/now" "$work/now"/* | sort -u | tr '\n' ' ')" = '600 700 ' ]

jq -S 'select(.event_type == "summary") | .summary.directives[0].outcome' "$work/now/report.jsonl" >"$work/n.jsonl"
jq -S '."assessment-results".results[0].props | map({(.name): (.value | tonumber)}) | add' "$work/now/oscal.json" >"$work/n.oscal"
sed -n 's|.*<th scope="row">\([a-z, ]*\)</th><td class="num" data-is="Now">\([0-9]*\)</td>.*|\1\t\2|p' "$work/now/report.html" |
	jq -RnS '[inputs | split("\t") | {(.[0] | sub("persons, nothing seen"; "persons_without")): (.[1] | tonumber)}] | add' >"$work/n.html"
for form in jsonl oscal html; do
	is "the numbers of $form are those that were said" diff "$work/said" "$work/n.$form"
done
number() { # NAME
	jq ".$1" "$work/said"
}
findings() { # STATUS...
	jq -s --argjson of "[$1]" 'map(select(.class_uid == 2003 and .device != null and
		(.compliance.status_id as $s | $of | index($s)))) | length' "$work/now/ocsf.jsonl"
}
is "OCSF: as many failed" [ "$(findings 3)" = "$(number failed)" ]
is "OCSF: as many due or excepted" [ "$(findings 2)" = $(($(number due) + $(number excepted))) ]
is "OCSF: as many undecided" [ "$(findings 0)" = "$(number undecided)" ]
is "OCSF: a line a device" [ "$(jq -s 'map(select(.class_uid == 5001)) | length' "$work/now/ocsf.jsonl")" = "$(number seen)" ]
# Cells may hold commas and lines: object stands between the device's version and p.
is "CSV: as many found" [ "$(tr -d '\r' <"$work/now/verdicts.csv" | grep -E ',(covered|excepted),[01]\.[0-9]{4},' | cut -d, -f3 | sort -u | wc -l)" = "$(number found)" ]
for register in exception disposal; do
	jq -r "select(.event_type == \"${register}_entry\") | .${register}_entry | [.[] | . // \"\"] | @csv" "$work/now/report.jsonl" | tr -d '"' >"$work/register"
	is "the register of ${register}s is the same in JSON Lines and CSV" \
	    diff "$work/register" <(tail -n +2 "$work/now/${register}s.csv" | tr -d '\r"')
	is "and in OCSF" diff "$work/register" <(jq -r "select(.finding_info.types == [\"$register\"]) |
		.unmapped | [.[] | . // \"\"] | @csv" "$work/now/ocsf.jsonl" | tr -d '"')
	jq -r "select(.event_type == \"${register}_entry\") | .${register}_entry | [.[] | select(.)] | @csv" "$work/now/report.jsonl" >"$work/register"
	is "and in OSCAL" diff "$work/register" <(jq -r '."assessment-results".results[] | .risks[]?, .observations[] |
		select(.title | startswith("'"${register^}"': ")) | [.props[].value] | @csv' "$work/now/oscal.json")
done
is "as is that of the page" [ "$(sed -n '/Every exception on record/,/<\/table>/p' "$work/now/report.html" | grep -c '<tr><th scope="row">')" = \
    "$(tail -n +2 "$work/now/exceptions.csv" | wc -l)" ]
is "which has something" test "$(wc -l <"$work/now/exceptions.csv")" -gt 1
is "found is the sum of what became of them" [ "$(number found)" = $(($(number removed) + $(number remaining) + $(number excepted))) ]

evidence=$(jq -s 'map(select(.class_uid == 2003 and .device != null)) |
	[map(select(.evidences)) | length,
	 (map(.evidences[]? | select((.data | type) != "object" or .uid == null or .name == null)) | length),
	 (map(select(.evidences and .unmapped.object == "not-covered")) | length)]' -c "$work/now/ocsf.jsonl")
is "OCSF: what is covered, excepted or undecided has evidence, whole" [ "$evidence" = "[$(($(number found) + 3)),0,0]" ]
is "OCSF: a JA4 is one of OCSF's" [ "$(jq -r '.evidences[]? | select(.name == "tls.ja4") | .ja4_fingerprint_list[0] | "\(.type_id) \(.value)"' "$work/now/ocsf.jsonl" | grep -cvE '^1 [tqd][0-9]{2}[di][0-9]{4}[a-z0-9]{2}_[0-9a-f]{12}_[0-9a-f]{12}$')" = 0 ]
is "OSCAL: each UUID once" [ "$(jq -r '.. | objects | .uuid? // empty' "$work/now/oscal.json" | sort | uniq -d | wc -l)" = 0 ]
is "OSCAL: every reference leads somewhere" [ "$(jq -r '[.. | objects | .uuid? // empty] as $all |
	.. | objects | (."observation-uuid"?, ."subject-uuid"?, (.href? // "" | select(startswith("#"))[1:])) // empty |
	select(. as $one | $all | index([$one]) | not)' "$work/now/oscal.json" | wc -l)" = 0 ]
is "OSCAL: nothing is null or an empty list" [ "$(jq '[.. | select(. == null or . == [])] | length' "$work/now/oscal.json")" = 0 ]
is "OSCAL: strings have no blanks around them" [ "$(jq -r '.. | objects | .value? // empty | select(test("^\\S(.*\\S)?$") | not)' "$work/now/oscal.json" | wc -l)" = 0 ]
has() { # SENTENCE WORDS: on the page
	is "$1" grep -qF -- "$2" "$work/now/report.html"
}
has "the hash of the order's text" "$(sha256sum <share/directives/iphone-2023.yaml | cut -d' ' -f1)"
has "the contact, escaped" 'Desk &lt;desk@office.example&gt;'
has "the signer" "$(sed 's/.* //' "$store.key.pub")"
has "what changed since the last report" 'The last report was as of 2023-03-28'
has "its digest" "$(sha256sum <"$work/before/manifest.json" | cut -d' ' -f1)"
has "the measured accuracy" 'Measured accuracy'
has "the burn-down with its baseline" 'baseline'
has "the register of exceptions" 'Register of exceptions'
has "what became of devices" 'Replacement and disposal'
has "blind spots" 'Coverage and blind spots'
has "sources with their grades" 'unnamed-report'
is "the first page has none before it" grep -qF 'No earlier report' "$work/before/report.html"

# --- The same bytes, and the ledger ----------------------------------------------------------
report --as-of '2023-04-02 09:00' --directive iphone-2023 --to "$work/again" --contact 'Desk <desk@office.example>'
is "the same store and time, the same bytes" diff -r "$work/now" "$work/again"
interdict ledger "${words[@]}" --kind report --json
is "each report once in the ledger" [ "$(jq -s length "$out")" = 2 ]
is "with its digest" [ "$(jq -r '.ledger.body.manifest' "$out" | tail -n 1)" = "$(sha256sum <"$work/now/manifest.json" | cut -d' ' -f1)" ]
is "and its counts" [ "$(jq -r '.ledger.body.found' "$out" | tail -n 1)" = "$(number found)" ]
interdict verify "${words[@]}"
is "the ledger is whole and signed to its end" ended 0 '' 'signed heads: whole $'

# --- Verification ----------------------------------------------------------------------------
key=$work/signer.pub
cp "$store.key.pub" "$key"
check "$work/now"
is "by the key in the folder" ended 0 '' 'whole: 7 files as of 2023-04-02T06:00Z.*The key is the report.s own'
check "$work/now" --key "$key"
is "by a key that came another way" ended 0 '' 'whole: 7 files'
check "$work/now" --key "$key" --json
is "as JSON" [ "$(jq -c '.report_check | [.files, .key_given, .whole]' "$out")" = '[7,true,true]' ]

spoil() { # FILE: one byte of it becomes another
	local size
	size=$(stat -c %s "$work/bad/$1")
	printf '\001' | dd of="$work/bad/$1" bs=1 seek=$((size / 2)) conv=notrunc status=none
}
fresh() {
	rm -rf "$work/bad"
	cp -r "$work/now" "$work/bad"
}
data='report.html verdicts.csv exceptions.csv disposals.csv report.jsonl ocsf.jsonl oscal.json'
for file in $data; do
	fresh
	spoil "$file"
	check "$work/bad" --key "$key"
	is "one byte of $file" ended 1 '' "bad/$file: it was changed: its SHA-256"
	is "and of nothing else" [ "$(grep -c ': it' "$out")" = 1 ]
done
for file in $data; do
	rm "$work/bad/$file"
done
check "$work/bad" --key "$key"
for file in $data; do
	is "$file taken away" ended 1 '' "bad/$file: it is missing"
done
for file in manifest.json manifest.sig manifest.pub; do
	fresh
	spoil $file
	check "$work/bad" --key "$key"
	is "one byte of $file" ended 1 '' "bad/manifest.*NOT whole"
	rm "$work/bad/$file"
	check "$work/bad" --key "$key"
	is "$file taken away" ended 1 '' "bad/$file: it is missing"
done
fresh
echo '<p>more' >>"$work/bad/report.html"
check "$work/bad"
is "a longer page" ended 1 '' 'report.html: it was changed: [0-9]* bytes, the manifest says'
fresh
touch "$work/bad/annex.html"
ln -sf /dev/zero "$work/bad/oscal.json"
check "$work/bad"
is "a file more" ended 1 '' 'annex.html: it was added'
is "a link is no file of a report" holds "$out" 'oscal.json: it cannot be read'
# Whoever has no key of the signer's can make a folder of one piece, signed by another.
fresh
cp "$work/before/manifest.json" "$work/bad/"
check "$work/bad" --key "$key"
is "the manifest of another report" ended 1 '' 'manifest.json: it is not what this key has signed'
sed "s/ [0-9a-f]*\$/ $(printf '%064d' 0 | tr 0 5)/" "$key" >"$work/other.pub"
check "$work/now" --key "$work/other.pub"
is "another's key" ended 1 '' 'manifest.pub: it is not the key.*manifest.json: it is not what this key has signed'
check "$work/nowhere"
refused "a folder that is not there" 'nowhere'
check "$work/now" --key "$work/nowhere"
refused "a key that is not there" 'nowhere'
check
refused "no folder" 'name one folder'

# --- What is in the place already ------------------------------------------------------------
report --as-of '2023-04-02 09:00' --to "$work/before"
refused "a report that is there" '--force puts this one in its place'
mkdir "$work/theirs"
echo mine >"$work/theirs/notes"
report --to "$work/theirs" --force
refused "a folder of somebody's own, whatever was asked" 'holds files that are no report'
is "which stays" grep -q mine "$work/theirs/notes"

# --- What a report that was killed leaves ---------------------------------------------------
mkdir -m 700 "$work/later.unfinished-aB3dE6" "$work/later.unfinished-notours" "$work/later.unfinished-theirs"
touch "$work/later.unfinished-aB3dE6/report.html" "$work/later.unfinished-theirs/letter"
mkdir "$work/later.unfinished-busy00"
flock "$work/later.unfinished-busy00" sleep 60 &
writer=$!
until ! flock -n "$work/later.unfinished-busy00" true; do sleep 0.1; done
report --as-of '2023-04-02 09:00' --to "$work/later"
is "a report where another was killed" ended 0 ''
is "removes what that one left" test ! -e "$work/later.unfinished-aB3dE6"
is "but nothing that is not a report's" test -e "$work/later.unfinished-theirs/letter" -a -d "$work/later.unfinished-notours"
is "nor what somebody still writes" test -d "$work/later.unfinished-busy00"
kill $writer
rm -r "$work"/later.unfinished-*
( # It is killed as soon as its folder is there.
	"$INTERDICT" report "${words[@]}" --as-of '2023-04-02 09:00' --to "$work/killed" >/dev/null 2>&1 &
	until [ -n "$(find "$work" -maxdepth 1 -name 'killed.unfinished-*')" ] || ! kill -0 $! 2>/dev/null; do :; done
	kill -9 $! 2>/dev/null
	wait
) 2>/dev/null
is "one that was killed is whole or not there" test ! -e "$work/killed" -o -e "$work/killed/manifest.pub"
interdict verify "${words[@]}"
is "and the ledger is whole" ended 0 '' 'whole'
report --as-of '2023-04-02 09:00' --to "$work/killed" --force
is "the next one is written, and nothing is left" test "$status" -eq 0 -a -z "$(find "$work" -maxdepth 1 -name 'killed.unfinished-*')"

# --- Nothing personal ------------------------------------------------------------------------
head -c 32 /dev/urandom >"$work/hide" && chmod 600 "$work/hide"
report --as-of '2023-04-02 09:00' --to "$work/before" --force --pseudonyms "$work/hide"
is "another takes its place, under pseudonyms" ended 0 ''
report --as-of '2023-04-02 09:00' --to "$work/withheld" --withhold
is "and one that withholds places" ended 0 ''
is "nothing is left beside them" [ "$(find "$work" -maxdepth 1 -name '*.unfinished-*' -type d | wc -l)" = 0 ]
{
	awk -F, 'NR > 1 { print $2; print $3; n = split($2, part, " "); for (i = 1; i <= n; i++) print part[i] }' $demo/people.csv
	awk -F, 'NR > 1 { print $1 }' $demo/custody.csv
	jq -r 'select(.event_type == "device") | .device | .macs[], .ips[], .id' "$work/now/report.jsonl"
} | awk '(length($0) > 3 || /[^ -~]/) && !/^(iPhone|iPad|build|mail)$/' | LC_ALL=C sort -u >"$work/secrets"
leaks() { # FILE...: secrets that stand there as whole words
	LC_ALL=C.UTF-8 grep -howFf "$work/secrets" "$@" | LC_ALL=C sort -u | head -n 5
}
is "there is something to hide" test "$(wc -l <"$work/secrets")" -gt 200 -a -n "$(leaks "$work/now"/*)"
for folder in before withheld; do
	for file in "$work/$folder"/*; do
		is "nothing personal in $folder/$(basename "$file")" [ "$(leaks "$file")" = "" ]
	done
	check "$work/$folder" --key "$key"
	is "it is verified too: $folder" ended 0 ''
done
# The words of a sentence or a cell; the capture is called office too.
places='(segment |[>;] ?)(office|guest|servers|mail)([.,;<]|$)'
is "names of segments stand in a plain report" grep -qE "$places" "$work/now/report.html"
is "and in none that withholds" [ "$(grep -hoE "$places" "$work/withheld"/* | head -n 3)" = "" ]
is "nor their addresses" [ "$(grep -c 'withheld</span>' "$work/withheld/report.html")" = 3 ]

finish
