#!/usr/bin/env bash
# Every command of commands.tsv with --json: each line is one of the JSON Schema, its
# event type stands in interdict-json(5), and no form of the schema is one that nobody
# prints. The schema is read by schema.jq, which knows as much of JSON Schema as it uses.
. "$(dirname "$0")/lib.sh"
# What leaks the unit tests look for; here it would be a third of the time.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
schema=share/interdict.schema.json
page=man/interdict-json.5
story "$work/office.pcapng"
db=(--store "$work/i.db")
phone=10:94:bb:20:04:01
declare -A ran_with_json
: >"$work/all.jsonl"

says() { # COMMAND WORD...: its lines are right
	ran_with_json[$1]=1
	interdict "$@" --json
	if [ "$status" -gt 2 ] || [ ! -s "$out" ]; then
		fail "$1: no answer"
		return
	fi
	cat "$out" >>"$work/all.jsonl"
	jq -r --argjson schema "$(<$schema)" -f test/e2e/schema.jq "$out" >"$work/wrong" 2>&1
	is "$*: as the schema has it" diff /dev/null "$work/wrong"
}

says scan --quiet "${db[@]}" "${papers[@]}" "$work/office.pcapng"
says explain $phone "$work/office.pcapng"
says new order
says check share/directives/*.yaml
printf 'directive: x\nobject: vendr is Apple\n' >"$work/wrong.yaml"
says check "$work/wrong.yaml"
says facts "$work/office.pcapng" --unique
says facts --list
says identify 'dhcp.parameters=1,121,3,6,15' 'dhcp.hostname=Lucas-iPhone' --explain
printf 'dhcp.hostname=x\nno such thing\n' >"$work/lines"
run "$INTERDICT" identify - --json <"$work/lines"
cat "$out" >>"$work/all.jsonl"
says decoders
says import --list
for paper in people custody statements exceptions; do
	says import "$demo/$paper.csv" --dry-run --zone UTC
done
"$INTERDICT" import --store "$work/left.db" "$demo/people.csv" >/dev/null
grep -v '^p16,' "$demo/people.csv" >"$work/fewer.csv"
says import --complete --store "$work/left.db" "$work/fewer.csv"
for paper in links corrections; do
	"$INTERDICT" new $paper >"$work/$paper.csv"
	says import "$work/$paper.csv" --dry-run --zone UTC
done
for file in test/import/zeek-tsv/*.in test/import/jamf/*.in; do
	says import "$file" --dry-run --zone UTC
done
says notice iphone-2023 "${db[@]}"
says notice iphone-2023 --person p04 --to "$work/letters" --at 2023-03-25 "${db[@]}"
says except iphone-2023 --person p04 --ground duty-abroad --approver p01 --from 2023-04-02 --until 2023-04-12 "${db[@]}"
says declare p17 'holds no smartphone' "${db[@]}"
says custody hand-in $phone --at 2023-03-30 "${db[@]}"
says custody "${db[@]}"
says replace $phone --with 02:00:5e:10:00:99 --is 'vendor is Samsung and kind is phone' --at 2023-03-30 "${db[@]}"
says dispose $phone --how destroy --to Ltd --examined 2023-03-30 --examiner R --wiped 2023-03-30 --wiper R \
	--technique T --at 2023-03-31 "${db[@]}"
says unlink 5e:20:c9:15:00:82 b6:f9:57:22:b9:84 --reason 'two telephones' --at 2023-03-20 "${db[@]}"
says link 5e:20:c9:15:00:82 b6:f9:57:22:b9:84 --reason 'looked again' --at 2023-03-21 "${db[@]}"
says correct $phone kind phone --reason 'looked at' "${db[@]}"
says people "${db[@]}"
says people p04 "${db[@]}"
says status "${db[@]}"
says simulate --at '2023-04-01 00:00' "${db[@]}"
sed 's/kind is phone$/kind is tablet/' share/directives/iphone-2023.yaml >"$work/other.yaml"
says simulate --at '2023-04-01 00:00' --directive "$work/other.yaml" "${db[@]}"
says scan "${db[@]}" --as-of '2023-04-02 09:00' # with the registers
says report --as-of '2023-04-02 09:00' --to "$work/report" "${db[@]}"
jq -r --argjson schema "$(<$schema)" -f test/e2e/schema.jq "$work/report/report.jsonl" >"$work/wrong" 2>&1
is "the report's own lines too" diff /dev/null "$work/wrong"
says submit iphone-2023 report --to Authority --file "$work/report/manifest.json" "${db[@]}"
says verify report "$work/report"
rm "$work/report/oscal.json"
says verify report "$work/report"
says ledger "${db[@]}"
says ledger --head "${db[@]}"
says verify "${db[@]}"
# The head says entry 1: what it signed is not there.
"$INTERDICT" ledger --head "${db[@]}" | awk '{ $3 = 1 } 1' >"$work/head"
says verify --head "$work/head" "${db[@]}"
says rebuild "${db[@]}"
says retain --at 2023-04-20 --dry-run "${db[@]}"
printf '%s\t' capture addr_type address os_family os_version kind vendor model evidence >"$work/truth"
printf 'certainty\noffice.pcapng\tmac\t%s\tiOS\t\tphone\tApple\t\tstory\thigh\n' $phone >>"$work/truth"
says accuracy "$work/truth" "$work/office.pcapng"

while IFS=$'\t' read -r command shown _; do
	[ "$shown" = yes ] || continue
	is "$command was asked" [ -n "${ran_with_json[$command]:-}" ]
done < <(sed '/^#/d; /^name/d' src/cmd/commands.tsv)
jq -r .event_type "$work/all.jsonl" | sort -u >"$work/types"
sed -n 's/^\.Ss //p' "$page" | tr -d ',' | tr ' ' '\n' | sort -u >"$work/headings"
while read -r type; do
	is "interdict-json(5) tells of $type" grep -qx -- "$type" "$work/headings"
done <"$work/types"
jq -r '.oneOf[]."$ref" | ltrimstr("#/$defs/") | rtrimstr("_line")' $schema | sort >"$work/forms"
is "each form of the schema is one that was printed" diff /dev/null \
	<(comm -23 "$work/forms" "$work/types")
is "and the validator can tell a mistake" [ "$(jq -r --argjson schema "$(<$schema)" -f test/e2e/schema.jq <<'LINES' | wc -l
{"event_type":"head","head":{"seq":-1,"hash":"x","more":1}}
{"event_type":"none"}
LINES
)" -ge 5 ]
finish
