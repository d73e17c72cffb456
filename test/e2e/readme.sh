#!/usr/bin/env bash
# "From an order on paper to a signed report" in README.md, as it stands there.
. "$(dirname "$0")/lib.sh"
desk=$work/desk
mkdir -p "$desk/build/demo"
story "$desk/build/demo/office.pcapng"
ln -s "$PWD/share" "$desk/share"
printf '#!/bin/sh\nexec %q "$@"\n' "$INTERDICT" >"$desk/interdict"
chmod +x "$desk/interdict"
sed -n '/^<!-- paper: begin/,/^<!-- paper: end/p' README.md | sed '/^<!--/d; /^```/d' |
	sed -e ':a' -e '/\\$/N; s/\\\n *//; ta' >"$work/commands"
is "README has the commands" test "$(grep -c '^interdict' "$work/commands")" -gt 15
while read -r command; do
	case $command in '' | '#'*) continue ;; esac
	run bash -c "cd $desk && PATH=.:\$PATH && $command" </dev/null
	# 1 is an answer: something is covered or undecided
	case $command in
	'interdict scan'*) is "$command" test "$status" -le 1 ;;
	*) is "$command" ended 0 '' ;;
	esac
done <"$work/commands"
is "the ledger is whole at the end" ended 0 '' 'whole'
for page in receipt.html certificate.html authority/report.html; do
	is "$page is there" test -s "$desk/$page"
done
is "eleven letters" [ "$(ls "$desk/letters" | wc -l)" = 11 ]
finish
