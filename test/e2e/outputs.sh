#!/usr/bin/env bash
# What scan writes: the page with its mode, whole or not at all; JSON Lines that keep to
# share/interdict.schema.json; CSV; the same bytes twice; --only; a full disk.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng
story "$capture"
schema=share/interdict.schema.json
html=$work/report.html

# --- The page ----------------------------------------------------------------------------
umask 000
interdict scan "$capture" "${papers[@]}" --html "$html"
is "a page beside the table" ended 1 '' '^SYNTHETIC: .*iphone-2023: .*Totals under iphone-2023'
is "is for its owner alone" [ "$(stat -c %a "$html")" = 600 ]
is "nothing else is left beside it" test ! -e "$html.new"
is "is whole" grep -q '</html>' "$html"
is "needs no script" sh -c "! grep -qiE '<script|javascript:|onload=' '$html'"
is "fetches nothing" sh -c "! grep -oiE '(src|href)=\"[^\"#]*\"' '$html' | grep -qvE '=\"(data:[^\"]*)?\"'"
cp "$out" "$work/table" && cp "$html" "$work/page"
chmod 644 "$html"
echo 'an older report' >"$html"
interdict scan "$capture" "${papers[@]}" --html "$html"
is "an older report is replaced" cmp "$work/page" "$html"
is "and is for its owner alone" [ "$(stat -c %a "$html")" = 600 ]
is "the same input and --as-of: the same table" cmp "$work/table" "$out"
umask 022

ln -s "$PWD/$work/elsewhere" "$work/link.html"
interdict scan "$capture" "${papers[@]}" --html "$work/link.html"
is "a link is replaced, not followed" test -f "$work/link.html" -a ! -L "$work/link.html" -a ! -e "$work/elsewhere"
mkdir "$work/folder"
interdict scan "$capture" "${papers[@]}" --html "$work/folder"
is "a folder is no report" ended 2 'cannot write .*folder: Is a directory'
interdict scan "$capture" "${papers[@]}" --html "$work/nowhere/report.html"
is "nor is a file in no folder" ended 2 'cannot write .*nowhere/report.html: No such file or directory'
interdict scan "$capture" "${papers[@]}" --html /dev/full
is "a device is written to, and its error said" ended 2 'cannot write /dev/full: No space left on device'
is "and is still that device" test -c /dev/full
run sh -c "'$INTERDICT' scan '$capture' --html /dev/stdout --json 2>&1 >/dev/null | head -c 100"
is "a page to the standard output" test -c /dev/null

# A full disk: a file system of 64 KiB in a mount namespace of its own.
mkdir "$work/small"
own=(unshare --mount)
[ "$(id -u)" -eq 0 ] || own=(unshare --user --map-root-user --mount)
if "${own[@]}" mount -t tmpfs -o size=64k none "$work/small" 2>"$work/why"; then
	run "${own[@]}" sh -c '
		small=$1 && shift && mount -t tmpfs -o size=64k none "$small" || exit 9
		echo "an older report" >"$small/report.html"
		"$@" --html "$small/report.html" >/dev/null
		status=$?
		ls "$small" && cat "$small/report.html" && exit $status' \
		sh "$work/small" "$INTERDICT" scan "$capture" "${papers[@]}"
	is "a full disk is said" ended 2 'cannot write .*small/report.html: No space left on device'
	is "and leaves the older report alone" [ "$(cat "$out")" = "report.html
an older report" ]
else
	skip "a full disk" "$(head -n 1 "$work/why")"
fi

# --- The other forms ---------------------------------------------------------------------
for form in --json --csv ''; do
	# shellcheck disable=SC2086 # '' is no argument
	run "$INTERDICT" scan "$capture" "${papers[@]}" $form >/dev/full </dev/null
	run sh -c '"$@" >/dev/full' sh "$INTERDICT" scan "$capture" "${papers[@]}" $form
	is "a full disk behind the standard output: ${form:-the table}" ended 2 'cannot write: No space left on device' ''
done
run sh -c '"$@" | head -n 1' sh "$INTERDICT" scan "$capture" "${papers[@]}" --json
is "a reader that goes away is no mistake" ended 0 '' '"event_type"'

interdict scan "$capture" "${papers[@]}" --json --explain
is "JSON Lines" ended 1 '' '"event_type":"verdict"'
cp "$out" "$work/answer.json"
interdict scan "$capture" "${papers[@]}" --json --explain
is "the same bytes twice: JSON" cmp "$work/answer.json" "$out"
interdict scan "$capture" "${papers[@]}" --csv
is "CSV" ended 1 '' '^as_of,directive,device,'
cp "$out" "$work/answer.csv"
interdict scan "$capture" "${papers[@]}" --csv
is "the same bytes twice: CSV" cmp "$work/answer.csv" "$out"
interdict facts --json "$capture"
cp "$out" "$work/facts.json"
interdict identify nonsense=1 2>/dev/null
printf 'nonsense\nmac=02:00:5e:00:00:01\n' | "$INTERDICT" identify - >"$work/identify.json"
"$INTERDICT" import --json --as-of 2023-04-01 test/import/*/*.in >"$work/import.json" 2>/dev/null

# Each line against the schema: the keys that must be and may be there, types, words.
cat >"$work/schema.jq" <<'END'
def at($s): if $s["$ref"] then $root[0]["$defs"][$s["$ref"] | ltrimstr("#/$defs/")] else $s end;
def typed($t): ($t == null) or (type == $t) or ($t == "integer" and type == "number" and . == floor)
	or (($t | type) == "array" and (. as $v | any($t[]; . as $one | $v | typed($one))));
def wrong($schema; $path):
	at($schema) as $s | . as $v |
	if $s.anyOf then if any($s.anyOf[]; . as $one | [$v | wrong($one; $path)] == []) then empty else "\($path): none of the forms" end
	elif typed($s.type) | not then "\($path): no \($s.type)"
	elif ($s | has("const")) and $v != $s.const then "\($path): not \($s.const)"
	elif $s.enum and all($s.enum[]; . != $v) then "\($path): \($v) is no word"
	elif $s.pattern and ($v | type == "string") and ($v | test($s.pattern) | not) then "\($path): \($v) against \($s.pattern)"
	elif ($s.minimum and $v < $s.minimum) or ($s.maximum and $v > $s.maximum) then "\($path): \($v) out of bounds"
	elif type == "object" then
		($s.required[]? | select(. as $k | $v | has($k) | not) | "\($path): no \(.)"),
		(keys[] as $k | if $s.properties[$k] then $v[$k] | wrong($s.properties[$k]; "\($path).\($k)")
			elif $s.additionalProperties == false then "\($path): \($k) is not in the schema" else empty end)
	elif type == "array" then to_entries[] | .key as $i | .value | wrong($s.items; "\($path)[\($i)]")
	else empty end;
. as $line | $root[0]["$defs"]["\(.event_type)_line"] as $s |
if $s then wrong($s; .event_type) else "no line is called \(.event_type)" end
END
for file in answer facts identify import; do
	run jq -r --slurpfile root $schema -f "$work/schema.jq" "$work/$file.json"
	is "each line of $file.json keeps to the schema" ended 0 '' ''
	is "each line of $file.json: nothing is wrong" test ! -s "$out"
done
for type in device verdict evidence summary; do
	is "scan --json --explain prints $type" grep -q "\"event_type\":\"$type\"" "$work/answer.json"
done
printf '%s\n' '{"event_type":"device","device":{"id":1}}' |
	jq -r --slurpfile root $schema -f "$work/schema.jq" >"$work/wrong"
is "the check of the schema can fail" grep -q 'device.device.id: no string' "$work/wrong"

# CSV: as many cells in each row, and a row a verdict and obligation.
awk -v RS='\r\n' '{
	gsub(/"([^"]|"")*"/, "x")
	n = gsub(/,/, ",")
	if (NR == 1) want = n
	else if (n != want) bad++
} END { print NR - 1, bad + 0 }' "$work/answer.csv" >"$work/rows"
want=$(jq -s 'map(select(.event_type == "verdict")) | length' "$work/answer.json")
hiding=$(jq -s 'map(select(.event_type == "device" and (.device.hidden | length) > 0)) | length' "$work/answer.json")
is "CSV says of the same devices that they hide names" [ "$(awk -v RS='\r\n' '{
	gsub(/"([^"]|"")*"/, "x")
	split($0, cell, ",")
	if (NR == 1)
		for (i in cell) if (cell[i] == "hidden") at = i
	if (NR > 1 && cell[at] != "") hides[cell[3]]
} END { print length(hides) }' "$work/answer.csv")" = "$hiding" ]
is "a row of CSV a verdict, all of one width" [ "$(cat "$work/rows")" = "$want 0" ]

# --- --only --------------------------------------------------------------------------------
for state in covered not-covered excepted undecided; do
	interdict scan "$capture" "${papers[@]}" --json --only $state
	is "--only $state answers" ended 1 '' '"event_type":"summary"'
	jq -r 'select(.event_type == "verdict") | .verdict | "\(.object) \(.state)"' "$out" | sort | uniq -c >"$work/only"
	case $state in
	undecided)
		jq -s 'map(select(.event_type == "verdict") | .verdict) | group_by([.device, .person]) | all(any(.object == "undecided" or .state == "undecided"))' "$out" >"$work/each"
		is "--only $state: of each something is" grep -q true "$work/each" ;;
	*) is "--only $state: nothing else" sh -c "! grep -vqE '^ *[0-9]+ $state ' '$work/only'" ;;
	esac
	is "--only $state: something" test -s "$work/only"
done
interdict scan "$capture" "${papers[@]}" --only undecided
undecided=$(sed -n 's/.*interdict explain \([0-9a-f:]*\) .*/\1/p' "$out")
is "one that is listed is offered to be explained" grep -q "^  $undecided .*undecided" "$out"
interdict scan "$capture" --only undecided
refused "without an order there is no state" '--only undecided is of an order: name one with --directive'
run sh -c "'$INTERDICT' scan - --quiet <'$capture'"
is "the standard input cannot be read again" ended 0 '' 'interdict explain ADDRESS CAPTURE'

interdict scan test/decode/sadp/sadp.pcap
is "whose clocks are meant is said" ended 0 '' '^ ?Devices \(1\), times in UTC'
interdict scan test/decode/sadp/sadp.pcap --site $demo/site.yaml
is "with a site its own" ended 0 '' '^ ?Devices \(1\), times in Europe/Moscow'

sed 's/^status: .*/status: draft/' share/directives/iphone-2023.yaml >"$work/draft.yaml"
interdict scan "$capture" --directive "$work/draft.yaml"
is "of a draft nothing is due, and that is said" ended 1 '' 'Its status is draft: nothing is due under it'
interdict scan "$capture" --directive "$work/draft.yaml" --store="$work/draft.db"
interdict status --store="$work/draft.db"
is "by status, too" ended 0 '' '\(draft\) nothing is due under it: it is not in force'

# --- What is on record as gone, and is there ---------------------------------------------------
grep -h '^10:94:bb:20:04:01' $demo/custody.csv | sed 's/,20[0-9-]*,,issued$/,2023-03-25,,destroyed/' |
	cat $demo/custody.csv - >"$work/custody.csv"
again=("${papers[@]/#$demo\/custody.csv/$work/custody.csv}")
interdict scan "$capture" "${again[@]}" --html "$html"
is "is told below the totals" ended 1 '' ' 1 on record as handed in, replaced, released or destroyed, and in use all the same'
is "and on the page" grep -q '<strong>1</strong> on record as handed in' "$html"

# --- On a terminal ---------------------------------------------------------------------------
on_terminal() { # COLUMNS TERM
	run script -qec "stty cols $1; TERM=$2 '$INTERDICT' scan --quiet '$capture' ${papers[*]@Q}" /dev/null
}
if command -v script >/dev/null; then
	on_terminal 80 xterm
	is "there are colours" grep -q $'\033' "$out"
	on_terminal 80 dumb
	is "not where they would be shown as they are" sh -c "! grep -q '$(printf '\033')' '$out'"
	is "a duty fits its column" sh -c "! grep -qE '^ +:' '$out'"
	is "and nothing is wider than the screen" test "$(wc -L <"$out")" -le 80
else
	skip terminal "there is no script(1)"
fi

# --- One row of knowledge speaks once, by the strongest of what it says ------------------------
printf '%s\n' 'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id' \
	'10.1.0.5,02:00:5e:10:00:09,,3600,1680343200,1,0,0,DCS-930LB,0,,0' >"$work/kea.csv"
printf '%s\n' 'identifier,type,attribute,value,by,date,reason' \
	'02:00:5e:10:00:09,mac,kind,router,p01,2023-03-01,looked at' >"$work/told.csv"
sed 's/^object:.*/object: vendor is D-Link and kind is not camera/; s/^purpose:.*/purpose: any/; /with:/d; /^  groups/d' \
	share/directives/iphone-2023.yaml >"$work/order.yaml"
interdict import --store="$work/row.db" --directive "$work/order.yaml" "$work/kea.csv" "$work/told.csv"
interdict scan --store="$work/row.db" --json
jq -r 'select(.event_type == "verdict").verdict | select(.obligation == "stop-use").reasons[]' "$out" >"$work/reasons"
is "a camera's name is told" grep -q 'speaks for it .*name/d-link-camera' "$work/reasons"
is "for or against, not both" test "$(grep -c 'name/d-link-camera' "$work/reasons")" = 1

# --- Exit status ---------------------------------------------------------------------------
interdict scan "$capture"
is "without an order nothing is covered" ended 0 '' 'DEVICE'
sed 's/^object: .*/object: vendor is Amazon and kind is phone/' share/directives/iphone-2023.yaml >"$work/other.yaml"
interdict scan "$capture" --directive "$work/other.yaml" --json
jq -e -s 'map(select(.event_type == "verdict") | .verdict.object) | all(. == "not-covered")' "$out" >/dev/null &&
	want=0 || want=1
is "the exit status is what the verdicts are" [ "$status" = $want ]

finish
