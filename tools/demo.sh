#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the bundled story: an office of forty people, made, not captured. Then
# the life of the order, from the day it arrives to the report, in a store.
set -eu
demo=share/demo
out=build/demo
interdict=build/release/interdict

mkdir -p $out
build/release/story $demo/office.story $out/office.pcapng
set -- $interdict scan $out/office.pcapng --directive share/directives/iphone-2023.yaml \
	--site $demo/site.yaml --roster $demo/people.csv --custody $demo/custody.csv \
	--statements $demo/statements.csv --exceptions $demo/exceptions.csv \
	--as-of '2023-04-02 09:00' --html $out/report.html
echo
echo "$ interdict scan $out/office.pcapng --directive share/directives/iphone-2023.yaml \\"
echo "    --site $demo/site.yaml --roster $demo/people.csv --custody $demo/custody.csv \\"
echo "    --statements $demo/statements.csv --exceptions $demo/exceptions.csv \\"
echo "    --as-of '2023-04-02 09:00' --html $out/report.html"
echo
status=0
"$@" || status=$?
# 1 is the answer "something is covered or undecided": that is the story.
test $status -le 1 || exit $status

# Some lines of what a command prints, by sed; its status 1 is an answer.
show() { # LINES COMMAND...
	lines=$1
	shift
	printf '\n$ interdict'
	for word in "$@"; do
		case $word in
		*' '*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	echo
	status=0
	$interdict "$@" >$out/said 2>&1 || status=$?
	sed -n "$lines" $out/said
	test $status -le 1 || exit $status
}
rm -rf $out/case.db* $out/notices $out/authority
store=--store=$out/case.db
told=f4:06:16:20:02:01
cat <<END

---- The life of the order, from its first day on, in a store ($out/case.db) ----
END
show p import $store --directive share/directives/iphone-2023.yaml --site $demo/site.yaml \
	$demo/people.csv $demo/custody.csv $demo/statements.csv $demo/exceptions.csv
show '/^Totals/,/^$/p' scan $store $out/office.pcapng --as-of '2023-03-20 09:00'
show p status $store --as-of '2023-03-20 09:00'
show 1p notice iphone-2023 $store --to $out/notices --at '2023-03-20 10:00'
show '/ held \|^  nothing\|evidence$/p' simulate $store --at '2023-04-01 00:00'
show p custody hand-in $told $store --at '2023-03-30 15:00' --receipt $out/receipt.html
show 1p replace $told --with 02:00:5e:10:00:99 --is 'vendor is Samsung and kind is phone' \
	$store --at '2023-03-30 15:10'
show 1p dispose $told --how release --to 'family of p02' --examined 2023-03-30 \
	--examiner 'R. Vogt' --wiped 2023-03-31 --wiper 'R. Vogt' --technique 'crypto erase' \
	--tool 'Settings, iOS 16' $store --at '2023-03-31 12:00' \
	--certificate $out/certificate.html
show '/^Totals/,/^$/p' scan $store --as-of '2023-04-02 09:00'
show p status $store --as-of '2023-04-02 09:00'
show p report $store --as-of '2023-04-22 09:00' --to $out/authority
show p verify report $out/authority --key $out/case.db.key.pub
show p verify $store
cat <<END

The report for the authority: $(pwd)/$out/authority/report.html
The page of the scan alone:   $(pwd)/$out/report.html
Everything above is synthetic: a story made into packets by test/story.

Next, with a capture of your own:
  $interdict facts FILE.pcapng                 what is said on that network
  $interdict scan FILE.pcapng                  which devices it shows
  $interdict new order > order.yaml            an order to fill in; then
  $interdict scan FILE.pcapng --directive order.yaml --html report.html
  $interdict explain ADDRESS FILE.pcapng       why it thinks so
  $interdict scan --store FILE.pcapng          the same, kept: see man interdict
END
