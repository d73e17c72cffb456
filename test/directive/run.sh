#!/usr/bin/env bash
# run.sh [--write NAME]: orders (here) and sites (in site/) against their golden files.
# NAME.in with NAME.out is accepted and printed so, and what was printed prints the
# same again; with NAME.err it is refused so. The templates and examples are accepted.
set -u
cd "$(dirname "$0")" || exit 2
INTERDICT=$(realpath "../../${INTERDICT:-build/check/interdict}")
passed=0 failed=0
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# Without the knowledge, whose words change more often than these files.
share=$(realpath ../../share)
export INTERDICT_SHARE=$tmp
pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	echo "FAILED $1: if the change is meant, test/directive/run.sh --write NAME"
}
check() { # FILE: status, stdout and stderr into $tmp
	local option=''
	case $1 in site/*) option=--site ;; esac
	"$INTERDICT" check $option "$1" >"$tmp/out" 2>"$tmp/err"
	status=$?
}
same() { diff -u "$1" "$2"; }

if [ "${1:-}" = --write ]; then
	for in in ${2:?run.sh: name a golden pair}.in; do
		check "$in"
		rm -f "${in%.in}.out" "${in%.in}.err"
		[ $status -eq 0 ] && cp "$tmp/out" "${in%.in}.out"
		[ -s "$tmp/err" ] && cp "$tmp/err" "${in%.in}.err"
		echo "wrote $in: status $status"
	done
	exit 0
fi
for in in *.in site/*.in; do
	check "$in"
	name=${in%.in}
	: >"$tmp/none"
	out=$tmp/none err=$tmp/none
	[ -e "$name.out" ] && out=$name.out
	[ -e "$name.err" ] && err=$name.err
	[ -e "$name.out" ] && want=0 || want=2
	if [ $status -ne $want ]; then
		echo "$in: status $status, want $want"
		fail "$in"
	elif same "$out" "$tmp/out" && same "$err" "$tmp/err"; then
		pass
	else
		fail "$in"
	fi
	if [ $status -eq 0 ] && [ "${in#site/}" = "$in" ]; then
		cp "$tmp/out" "$tmp/again.yaml"
		check "$tmp/again.yaml"
		same "$tmp/again.yaml" "$tmp/out" && pass || fail "$in printed"
	fi
done
for order in ../../share/directives/*.yaml; do
	check "$order"
	[ $status -eq 0 ] && [ ! -s "$tmp/err" ] && pass || fail "$order"
done
"$INTERDICT" new order >"$tmp/order" && check "$tmp/order"
[ $status -eq 0 ] && [ ! -s "$tmp/err" ] && pass || fail "new order"
"$INTERDICT" new site >"$tmp/site" &&
	"$INTERDICT" check --site "$tmp/site" >"$tmp/out" 2>"$tmp/err" &&
	[ ! -s "$tmp/err" ] && pass || fail "new site"
"$INTERDICT" check --quiet ../../share/directives/iphone-2023.yaml \
    ../../share/directives/smartphones-standing.yaml 2>"$tmp/err"
[ $? -eq 1 ] && same conflict.txt "$tmp/err" && pass || fail conflict
# All of them, with the knowledge: what it cannot name, and where they contradict.
INTERDICT_SHARE=$share "$INTERDICT" check --quiet ../../share/directives/*.yaml 2>"$tmp/err"
[ $? -eq 1 ] && same conflicts.txt "$tmp/err" && pass || fail 'conflicts with knowledge'
sed 's/is Apple/is Appel/' iphone-2023.in >"$tmp/appel.yaml"
INTERDICT_SHARE=$share "$INTERDICT" check --quiet "$tmp/appel.yaml" 2>"$tmp/err"
[ $? -eq 0 ] && grep -q "warning: the knowledge has no vendor 'Appel'.*'Apple'" "$tmp/err" &&
	pass || fail 'a word that the knowledge lacks'
sed "s/^object: .*/object: vendor in ['ZTE Corporation', 'Hangzhou Hikvision Digital Technology Company', ZTEhnik]/" \
	iphone-2023.in >"$tmp/names.yaml"
sed -i "s/^object: \(.*\)/object: \"\1\"/" "$tmp/names.yaml"
INTERDICT_SHARE=$share "$INTERDICT" check --quiet "$tmp/names.yaml" 2>"$tmp/err"
[ $? -eq 0 ] && grep -q "'ZTE Corporation'.*do you mean 'ZTE'?" "$tmp/err" &&
	grep -q "'Hangzhou Hikvision .*do you mean 'Hikvision'?" "$tmp/err" &&
	! grep -q "'ZTEhnik'.*'ZTE'" "$tmp/err" &&
	pass || fail 'a maker as an order writes it out'
sed 's/kind is phone/kind is fone/' iphone-2023.in >"$tmp/fone.yaml"
INTERDICT_SHARE=$share "$INTERDICT" check --quiet "$tmp/fone.yaml" 2>"$tmp/err"
[ $? -eq 2 ] && grep -q "line [0-9]*, column [0-9]*: the knowledge has no kind 'fone'.*'phone'" "$tmp/err" &&
	pass || fail 'a kind that there is not'
"$INTERDICT" check . 2>"$tmp/err"
[ $? -eq 2 ] && grep -q 'is a directory' "$tmp/err" && pass || fail 'a directory'
"$INTERDICT" check "$tmp/none.yaml" 2>"$tmp/err"
[ $? -eq 2 ] && grep -q 'No such file' "$tmp/err" && pass || fail 'no file'
"$INTERDICT" check "$INTERDICT" 2>"$tmp/err"
[ $? -eq 2 ] && grep -qE 'NUL byte|no UTF-8|larger' "$tmp/err" && pass || fail 'a binary file'
"$INTERDICT" check --json structure.in >"$tmp/out"
[ $? -eq 2 ] && grep -q '^{"event_type":"complaint","complaint":{"file":"structure.in","line":' \
    "$tmp/out" && pass || fail '--json'
echo "directive: $passed passed, $failed failed"
exit $((failed > 0))
