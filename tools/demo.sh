#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the bundled story: an office of forty people, made, not captured.
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
cat <<END

The report for the authority: $(pwd)/$out/report.html
Everything above is synthetic: a story made into packets by test/story.

Next, with a capture of your own:
  $interdict facts FILE.pcapng                 what is said on that network
  $interdict scan FILE.pcapng                  which devices it shows
  $interdict new order > order.yaml            an order to fill in; then
  $interdict scan FILE.pcapng --directive order.yaml --html report.html
  $interdict explain ADDRESS FILE.pcapng       why it thinks so
END
