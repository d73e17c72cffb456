#!/usr/bin/env bash
# run.sh [NAME]: each order of share/directives against a story. NAME.story is played
# behind head.story; NAME.tsv says, for a time and a device or person, what the order's
# text requires, with the clause or the secondary source that says so:
#
#   as-of  who  obligation  object  state  due  reasons  clause
#
# who: an address, `person ID`; `text` or `html` for a line of that report; `refused` for
# what the exceptions are refused with. obligation:
# a verb, `verb/N` for the Nth of an order with the same verb. due, reasons: extended
# regular expressions; `-` for none asked. `#> OPTION...` adds options of the scan, its
# files beside the table; `#> force` judges a draft as if it were in force,
# `#> order NAME` and `#> story NAME` take another's, `#> edit SED` changes the order.
set -u
cd "$(dirname "$0")/../.." || exit 2
INTERDICT=$(realpath "${INTERDICT:-build/check/interdict}")
STORY=$(realpath "${STORY:-build/check/story}")
here=test/orders
work=build/check/orders
passed=0 failed=0
lanes=$(nproc 2>/dev/null || echo 2)
# What leaks the unit tests and the others look for; here it would be a third of the time.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
declare -A verdict
rm -rf "$work"
mkdir -p "$work"

fail() { # SENTENCE
	failed=$((failed + 1))
	echo "FAILED $1"
}

scan() { # AS-OF FORM OUT: of the order at hand; the page comes with the text
	local form=(--json)
	[ "$2" = text ] && form=(--html "${3%text}html")
	COLUMNS=200 "$INTERDICT" scan "$work/$name.pcapng" --directive "$work/$name.yaml" \
		--site "$work/$name.site" --roster $here/roster.csv "${options[@]}" \
		--as-of "$1" --quiet "${form[@]}" >"$3" 2>"$3.err"
	[ $? -le 1 ] && return
	head -5 "$3.err"
	fail "$name as of $1: the scan says it cannot"
	return 1
}

# What the exceptions are refused with.
refusal() { # AS-OF
	"$INTERDICT" scan "$work/$name.pcapng" --directive "$work/$name.yaml" \
		--roster $here/roster.csv "${options[@]}" --as-of "$1" --quiet 2>&1 >"$work/none" | tr '\n' ' '
}

# One line a verdict: time, who, verb/N, object, state, due, reasons.
verdicts() { # AS-OF JSON
	local key value
	while IFS=$'\x1f' read -r key value; do
		verdict[$1 $key]=$value
	done < <(jq -rs '
	(map(select(.event_type == "device").device | . as $d | .macs[]? | {key: $d.id, value: .})
	 | from_entries) as $mac |
	[.[] | select(.event_type == "verdict").verdict] |
	group_by([.device, .person // ""])[] | reduce .[] as $v ({n: {}, out: []};
		(.n[$v.obligation] // 0) as $k | .n[$v.obligation] = $k + 1 |
		.out += [[(if $v.device then $mac[$v.device] else "person " + ($v.person // "") end)
		          + " " + $v.obligation + "/" + ($k + 1 | tostring), $v.object, $v.state,
		          $v.due // "-", ($v.reasons | join(" ")) + " clocks " + ($v.clocks | tojson)]]) |
	.out[] | join("\u001f")' "$2")
}

matches() { # TEXT REGEX
	[ "$2" = - ] || [[ $1 =~ $2 ]]
}

expect() { # WHO OBLIGATION OBJECT STATE DUE REASONS CLAUSE
	local verb=$2 line got
	[[ $verb == */* ]] || verb=$verb/1
	line=${verdict["$as_of $1 $verb"]:-}
	IFS=$'\x1f' read -r -a got <<<"$line"
	if [ -n "$line" ] && matches "${got[0]}" "^($3)\$" && matches "${got[1]}" "^($4)\$" &&
		matches "${got[2]}" "$5" && matches "${got[3]}" "$6"; then
		passed=$((passed + 1))
	else
		fail "$name as of $as_of: $1 $verb: want [$3 $4 $5 $6] by $7"
		echo "    got [${line:-no such verdict}]" | tr '\037' ' ' | cut -c 1-900
	fi
}

one_order() {
	local order=$name story=$here/$name.story row who obligation object state due reasons clause
	options=()
	local force=cat
	while read -r row; do
		case $row in
		'#> force') force='sed s/^status:.*/status:in-force/' ;;
		'#> refused') ;;
		'#> edit '*) force="sed ${row#'#> edit '}" ;; # its blanks are @
		'#> order '*) order=${row#'#> order '} ;;
		'#> story '*) story=$here/${row#'#> story '}.story ;;
		'#> '*)
			read -r -a more <<<"${row#'#> '}"
			options+=("${more[@]//@/$here/}")
			;;
		esac
	done <"$here/$name.tsv"
	# shellcheck disable=SC2086 # a command and its words
	$force "share/directives/$order.yaml" | sed 's/^status:in/status: in/; s/:@/: /; /^object/s/@/ /g' >"$work/$name.yaml"
	sed "s,^zone: .*,$(grep '^zone:' "$work/$name.yaml")," $here/site.yaml >"$work/$name.site"
	sed -n '1,3p' "$story" | cat - $here/head.story <(sed 1,3d "$story") >"$work/$name.story"
	"$STORY" "$work/$name.story" "$work/$name.pcapng" >"$work/$name.said" 2>&1 || {
		cat "$work/$name.said"
		fail "$name: the story is not played"
		return
	}
	while IFS=$'\t' read -r as_of who obligation object state due reasons clause; do
		[[ -z $as_of || $as_of == '#'* ]] && continue
		[ -n "$clause" ] || fail "$name: a row without a clause: $as_of $who $obligation"
		local kind=json out
		[[ $who == text || $who == html ]] && kind=text
		[ "$who" = refused ] && kind=refused
		out="$work/$name.${as_of//[: ]/-}.$kind"
		if [ ! -e "$out" ]; then
			case $kind in
			refused) refusal "$as_of" >"$out" ;;
			text) scan "$as_of" text "$out" || return ;;
			json) scan "$as_of" json "$out" && verdicts "$as_of" "$out" || return ;;
			esac
		fi
		[ "$who" = html ] && out=${out%text}html
		if [ $kind = json ]; then
			expect "$who" "$obligation" "$object" "$state" "$due" "$reasons" "$clause"
		elif tr -s '\n ' ' ' <"$out" | grep -qE -- "$reasons"; then
			passed=$((passed + 1))
		else
			fail "$name as of $as_of: no line of $who has [$reasons] ($clause)"
			head -c 600 "$out"
		fi
	done <"$here/$name.tsv"
}

for table in $here/${1:-*}.tsv; do
	name=$(basename "$table" .tsv)
	while [ "$(jobs -rp | wc -l)" -ge "$lanes" ]; do
		wait -n
	done
	{
		one_order
		echo "$passed $failed" >"$work/$name.count"
	} >"$work/$name.out" 2>&1 &
done
wait
for table in $here/${1:-*}.tsv; do
	name=$(basename "$table" .tsv)
	cat "$work/$name.out"
	read -r good bad <"$work/$name.count"
	passed=$((passed + good)) failed=$((failed + bad))
done
for order in share/directives/*.yaml; do
	[ $# -gt 0 ] || grep -qsE "" "$here/$(basename "$order" .yaml).tsv" ||
		fail "$order has no story"
done
echo "orders: $passed passed, $failed failed"
exit $((failed > 0))
