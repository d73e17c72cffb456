#!/usr/bin/env bash
# Who left: by a date in the roster, by an account that was closed, by being missing.
# Nothing is lost, nobody is left out silently, and what they have is told until it is
# handed in.
. "$(dirname "$0")/lib.sh"
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
story "$work/office.pcapng"
db=(--store "$work/i.db")
asked='2023-04-25 09:00'

person() { # ID: what the last `scan --json` says of the telephone of a person who left
	jq -c --arg id "$1" 'select(.event_type == "verdict" and .verdict.left == $id and
		.verdict.obligation == "stop-use" and ($id == "p08" or .verdict.object != "not-covered")) |
		[.verdict.person, .verdict.object, .verdict.state]' "$out"
}

# The directory of the house, as it was; p08 holds a telephone of her own, p04 one of the office.
interdict import --directive share/directives/iphone-2023.yaml --site $demo/site.yaml "${db[@]}" \
	$demo/people.csv $demo/custody.csv
interdict scan "${db[@]}" "$work/office.pcapng" --as-of "$asked" --quiet
cp "$work/i.db" "$work/before.db"

# --- Missing ---------------------------------------------------------------------------
grep -Ev '^p0[248],' $demo/people.csv >"$work/fewer.csv"
interdict import "${db[@]}" "$work/fewer.csv"
is "a roster that has fewer says nothing of the others" ended 0 '' '37 persons $'
interdict import --complete --dry-run --as-of '2023-04-24 09:00' "${db[@]}" "$work/fewer.csv"
is "who would leave" ended 0 '' 'p04 \(Дмитрий Орлов\) has left: 2023-04-24 .*not handed in: 10:94:bb:20:04:01, .*p08 .*Nothing was kept'
interdict people p04 "${db[@]}"
is "and has not" [ "$(grep -c left "$out")" = 0 ]
interdict import --complete --as-of '2023-04-24 09:00' "${db[@]}" "$work/fewer.csv"
is "with --complete they have left, each with what is not handed in" ended 0 '' \
	'p02 .* has left: 2023-04-24 .*; not handed in: 6c:2b:59:20:02:a0, Galaxy-S21-Marina p04 .*p08 .*; not handed in: Samira-iPhone $'
interdict import --complete --as-of '2023-04-25 09:00' "${db[@]}" "$work/fewer.csv"
is "who left once does not leave again" ended 0 '' '37 persons $'
interdict people "${db[@]}" --as-of "$asked"
is "people tells it" holds "$out" 'p08 +Samira Nouri: left on 2023-04-24; did not hand in Samira-iPhone '
interdict people p08 "${db[@]}" --json
is "with the date" [ "$(jq -r .person.left "$out")" = 2023-04-24T06:00:00.000000+00:00 ]
interdict scan --json "${db[@]}" --as-of "$asked"
is "the telephone of the office is in nobody's hands, and what was done with it stands" \
	[ "$(person p04)" = '[null,"covered","failed"]' ]
is "the other one went with its owner" [ "$(person p08)" = '[null,"not-covered","not-applicable"]' ]
is "what was handed in before is hers still" jq -e -s 'any(.[]; .event_type == "verdict" and .verdict.person == "p02" and
	.verdict.object == "covered")' "$out"
is "the summary counts it" [ "$(jq 'select(.event_type == "summary") | .summary.directives[0] |
	[.unknown_holder, .holder_left]' -c "$out")" = '[2,1]' ]
interdict scan "${db[@]}" --as-of "$asked"
is "and the table says so" ended 1 '' 'nobody: .*Дмитрий .*1 of a holder who left, and not handed in'
interdict scan --json "${db[@]}" --as-of '2023-04-23 09:00'
is "before that day all is as it was" [ "$(jq -s '[.[] | select(.event_type == "verdict" and .verdict.left != null)] | length' "$out")" = 0 ]
is "and they are judged" jq -e -s 'any(.[]; .event_type == "verdict" and .verdict.person == "p08" and .verdict.object == "covered")' "$out"
interdict scan "${db[@]}" --as-of '2023-04-26 09:00' --quiet
interdict status "${db[@]}" --as-of '2023-04-26 09:00'
is "with nothing that it does not know" [ "$(grep -c 'written down since' "$out")" = 0 ]
is "status tells what to do" holds "$out" '1 device of holders who left was not handed in'
interdict report --to "$work/report" --as-of '2023-04-26 09:00' "${db[@]}"
is "the page says it" grep -q 'nobody: Дмитрий Орлов left' "$work/report/report.html"
is "and CSV" grep -q ',p04.$' "$work/report/verdicts.csv"
interdict rebuild "${db[@]}"
is "a rebuild agrees" ended 0 '' 'is the same'
interdict verify "${db[@]}"
is "the ledger is whole" ended 0 '' 'whole'

# --- What is done about it -------------------------------------------------------------
interdict custody issue 02:00:5e:10:00:07 --person p04 --at 2023-04-28 "${db[@]}"
is "who left is given nothing without a warning" ended 0 "warning: 'p04' had left by then"
interdict custody hand-in 10:94:bb:20:04:01 --at 2023-04-27 "${db[@]}"
interdict status "${db[@]}" --as-of '2023-04-27 09:00'
is "status says that there is news" holds "$out" '2 entries were written down since that was judged: interdict scan --store'
interdict scan --json "${db[@]}" --as-of '2023-04-28 09:00'
is "handed in, it is nobody's no more" [ -z "$(person p04)" ]

# --- Back ------------------------------------------------------------------------------
interdict import --complete "${db[@]}" $demo/people.csv
is "a file that had its turn brings them back" ended 0 '' 'p02 \(Марина Лебедева\) is back p04 .* is back p08 '
is "as they were" diff <("$INTERDICT" people "${db[@]}" | sort | grep -v p04) \
	<("$INTERDICT" people --store "$work/before.db" | sort | grep -v p04)

# --- What --complete refuses -----------------------------------------------------------
lines=$("$INTERDICT" ledger "${db[@]}" | wc -l)
printf 'id,name\np01,A\n,B\n' >"$work/wrong.csv"
interdict import --complete "${db[@]}" "$work/wrong.csv"
is "a roster with a wrong line" ended 2 'has wrong lines, and --complete wants all who are there'
interdict import --complete "${db[@]}" "$work/fewer.csv" $demo/custody.csv
is "what is no roster" ended 2 'custody.csv has no persons'
is "and nothing of them is taken" [ "$("$INTERDICT" ledger "${db[@]}" | wc -l)" = "$lines" ]
interdict import --complete --dry-run --store "$work/none.db" "$work/fewer.csv"
is "a store that is not there" ended 2 'there is no store .*none.db' ''

# --- A date, and accounts --------------------------------------------------------------
printf 'id,name,groups,left\np05,林志遥,domestic-policy,2023-04-24\n' >"$work/dated.csv"
interdict import "${db[@]}" "$work/dated.csv"
is "a date in the roster is the last day" ended 0 '' 'p05 \(林志遥\) has left: 2023-04-24 23:59; not handed in: iPhone-Lin'
user() { # ID ACTIVE
	printf '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s","active":%s}' "$1" "$2"
}
printf '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Resources":[\n%s,\n%s,\n%s,\n%s]}\n' \
	"$(user p05 false)" "$(user p06 false)" "$(user gone false)" "$(user new true)" >"$work/scim.json"
touch -d '2023-04-26 10:00:00Z' "$work/scim.json"
interdict import "${db[@]}" "$work/scim.json"
is "who is not active has left, as of the file" ended 0 '' '4 persons p06 .* has left: 2023-04-26 .* 1 new to the roster had left already'
interdict people p06 "${db[@]}"
is "what the roster had of them stands" holds "$out" 'mail +haddad@office.example .*groups +domestic-policy .*roster +left'
interdict people p05 "${db[@]}" --json
is "a date that stands is not moved" [ "$(jq -r .person.left "$out")" = 2023-04-24T20:59:59.999999+00:00 ]
run "$INTERDICT" import "${db[@]}" --format scim - < <(cat "$work/scim.json"; echo)
is "of a list without a date it is not known" ended 1 'want --as-of' '3 wrong'
interdict verify "${db[@]}"
is "whole at the end" ended 0 '' 'whole'
finish
