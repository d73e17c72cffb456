#!/usr/bin/env bash
# The store from outside: what is in it is judged as a direct scan judges, twice is once,
# the ledger is whole and shows what was done to it, and nothing is half taken.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng
db=$work/case.db
export SOURCE_DATE_EPOCH=1680000000
story "$capture"
unset 'papers[-1]' 'papers[-1]' # the time is each test's own

# Papers are named by the store instead of their files; all the rest is the same.
plain() { # FILE: only a store digests its captures, as a report does
	sed -E "s#share/demo/[a-z]*\.csv##g; s#[^ \"(]*\.db \([a-z]*\)##g; s#\"(digest|sha256)\":(\"[0-9a-f]*\"|null)##g" "$1"
}
same_as_scan() { # AS-OF
	rm -f "$db"*
	interdict scan "${papers[@]}" --as-of "$1" --json "$capture"
	plain "$out" >"$work/direct"
	interdict scan "${papers[@]}" --as-of "$1" --json --store "$db" "$capture"
	plain "$out" >"$work/stored"
	[ -s "$work/direct" ] && cmp -s "$work/direct" "$work/stored"
}
for time in '2023-03-20 09:00' '2023-04-02 03:00' '2023-05-01 00:00'; do
	is "a store is judged as a direct scan is, as of $time" same_as_scan "$time"
done

# --- Twice is once ------------------------------------------------------------------
entries() { "$INTERDICT" ledger --store "$db" | wc -l; }
dump() { "$INTERDICT" ledger --store "$db" --json | sha256sum; }
before=$(dump)
interdict scan "${papers[@]}" --as-of '2023-05-01 00:00' --json --store "$db" "$capture"
plain "$out" >"$work/again"
is "the same capture and papers again change nothing" test "$before" = "$(dump)"
is "nor what is judged" cmp -s "$work/stored" "$work/again"
interdict scan --store "$db" --as-of '2023-05-01 00:00' --json
plain "$out" >"$work/again"
is "without files the store alone is judged" cmp -s "$work/stored" "$work/again"

# --- Mistakes in papers that are given ------------------------------------------------
printf 'identifier,type,person,ownership,from,until,event\n%s\n%s\n%s\n' \
	52:54:00:00,mac,p01,issued,2023-01-01,,issued 123456789012345,imei,nobody,issued,2023-01-01,,issued \
	sn-7,serial,p01,,2023-01-01,,issued >"$work/wrong.csv"
interdict scan --store "$db" --custody "$work/wrong.csv"
is "mistakes have the lines of the file that was given" ended 2 \
	'wrong\.csv: line 2, column 1: .52:54:00:00. is no MAC'
is "and all of them are told" test "$(grep -c 'wrong\.csv: line [0-9]*, column' "$err")" -eq "$(wc -l <"$err")"
is "an unknown person among them" grep -q "line 3, column 22: the roster has no person 'nobody'" "$err"
is "and an empty cell" grep -q "line 4, column 17: the cell of 'ownership' is empty" "$err"
is "none of the file was taken" test "$before" = "$(dump)"
sed -i '2d; 4d; s/nobody/p01/' "$work/wrong.csv"
cp "$db" "$work/warned.db"
cp "$db.key" "$work/warned.db.key"
cp "$db.key.pub" "$work/warned.db.key.pub"
interdict scan --store "$work/warned.db" --custody "$work/wrong.csv"
is "a warning does not keep a paper out" test "$status" -le 1
is "it is told when the paper comes" grep -q 'wrong\.csv: line 2, column 1: warning: the check digit' "$err"
interdict scan --store "$work/warned.db"
is "and not each time that the store is read" test "$(grep -c warning "$err")" -eq 0

# --- The ledger ---------------------------------------------------------------------
interdict verify --store "$db"
is "the ledger is whole" ended 0 '' 'whole'
interdict verify --store "$db" --json
is "and says so as JSON" test "$(jq -r .ledger.whole "$out")" = true
interdict rebuild --store "$db"
is "what is derived is the same when made anew" ended 0 '' 'is the same; 0 verdicts changed'
early=$work/early.db
interdict scan "${papers[@]}" --as-of '2023-04-02 03:00' --json --store "$early" "$capture"
interdict rebuild --store "$early"
is "also as of a time before the last packet" ended 0 '' 'is the same; 0 verdicts changed'
interdict scan --store "$work/twice.db" "$capture" "$capture"
is "a capture named twice is heard once" \
	test "$(sqlite3 "$work/twice.db" 'SELECT count(*) FROM input')" = 1
interdict ledger --store "$db" --head
cp "$out" "$work/head"
is "the key is its owner's alone" test "$(stat -c %a "$db.key")" = 600
spoil() { # SQL: in a copy
	rm -f "$work/bad.db"*
	cp "$db" "$work/bad.db"
	cp "$db.key.pub" "$work/bad.db.key.pub"
	sqlite3 "$work/bad.db" "$1"
	interdict verify --store "$work/bad.db"
}
if command -v sqlite3 >/dev/null; then
	spoil "UPDATE ledger SET body=replace(body,'issued','personal') WHERE seq=50"
	is "a changed entry is named" ended 1 '' 'entry 50 was changed'
	spoil "DELETE FROM ledger WHERE seq=20"
	is "a removed entry is named" ended 1 '' 'entry 20 was removed'
	spoil "UPDATE ledger SET seq=-1 WHERE seq=30; UPDATE ledger SET seq=30 WHERE seq=31; UPDATE ledger SET seq=31 WHERE seq=-1"
	is "entries that changed places are named" ended 1 '' 'entry 30 was moved here: it was entry 31'
	spoil "DELETE FROM ledger WHERE seq>90"
	is "an end that was cut off is found" ended 1 '' 'the end was cut off'
	spoil "DELETE FROM head"
	is "a chain without its heads is nobody's" ended 1 '' 'no head signs the entries 1 to'
	spoil "DELETE FROM head WHERE seq=(SELECT max(seq) FROM head)"
	is "nor is an end without its own" ended 1 '' 'no head signs the entries'
	spoil "INSERT INTO ledger SELECT -5,time,kind,actor,body,before,hash FROM ledger WHERE seq=50"
	is "an entry before the first is found" ended 1 '' 'inserted before the first: its number is -5'
	first='(SELECT min(seq) FROM head)'
	spoil "DELETE FROM ledger WHERE seq>$first; DELETE FROM head WHERE seq>$first"
	is "cut off with the heads of its end it looks whole" ended 0 '' 'whole'
	interdict verify --store "$work/bad.db" --head "$work/head"
	is "but not to who kept one" ended 1 '' 'the end was cut off'
	spoil "UPDATE tally SET n=n+1"
	cp -p "$db.key" "$work/bad.db.key"
	interdict rebuild --store "$work/bad.db"
	is "counts that were changed are found when they are made anew" ended 1 '' 'DIFFERS from what stood there; 0 verdicts changed'
	spoil "PRAGMA user_version=77"
	is "a store of a newer program is refused" ended 2 'newer interdict' ''
fi

# --- Nothing is half taken ----------------------------------------------------------
before=$(dump)
printf 'identifier,type,person,ownership,from,until,event\n00:00:5e:00:53:01,mac,nobody,issued,2023-01-01,,issued\n' >"$work/bad.csv"
interdict scan --store "$db" --custody "$work/bad.csv"
is "custody of somebody unknown is refused" ended 2 'nobody' ''
is "and nothing of it is kept" test "$before" = "$(dump)"
printf 'this is no store, it is a letter that somebody wrote\n' >"$work/letter.db"
interdict scan --store "$work/letter.db" "$capture"
is "a file that is none is refused" ended 2 'no store of interdict' ''
is "and left as it is" grep -q 'a letter' "$work/letter.db"
interdict status --store "$work/none.db"
is "a store that is not there is not made by asking" ended 2 'there is no store' ''
for asked in "report --to $work/none" rebuild scan retain 'simulate --at 2023-04-01' \
	'notice iphone-2023' 'declare p01 x'; do
	# shellcheck disable=SC2086 # words
	interdict $asked --store="$work/none.db"
	refused "${asked%% *}: nor by this, of a name that is misspelt" 'there is no store .*none.db'
done
is "and there is none" test -z "$(find "$work" -name 'none*')"
for i in 1 2 3 4 5 6; do
	"$INTERDICT" scan --quiet --store="$work/race.db" test/decode/sadp/sadp.pcap \
		>/dev/null 2>"$work/race.$i" &
done
wait
is "who begins it at one time with others waits for them" test -z "$(cat "$work"/race.[1-6] | grep -v 'already$')"

# --- A copy on a medium that nothing can be written to ---------------------------------
mkdir "$work/medium"
own=(unshare --mount)
[ "$(id -u)" -eq 0 ] || own=(unshare --user --map-root-user --mount)
if "${own[@]}" mount -t tmpfs none "$work/medium" 2>"$work/why"; then
	run "${own[@]}" sh -c '
		mount -t tmpfs none "$1" && cp "$2" "$1/a 50%?#.db" && cp "$2.key.pub" "$1/a 50%?#.db.key.pub" &&
		mount -o remount,ro "$1" || exit 9
		"$3" status --store "$1/a 50%?#.db" && "$3" verify --store "$1/a 50%?#.db" && ls "$1" | wc -l' \
		sh "$work/medium" "$db" "$INTERDICT"
	is "is read as it stands" ended 0 '' 'Next.* whole 2 *$'
else
	skip "a read-only medium" "$(head -n 1 "$work/why")"
fi

# --- Kill it anywhere -----------------------------------------------------------------
for n in $(seq 4); do
	rm -f "$work"/killed.db*
	"$INTERDICT" scan "${papers[@]}" --store "$work/killed.db" "$capture" >/dev/null 2>&1 &
	sleep "0.$(printf %02d $((n * 18)))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	[ -s "$work/killed.db" ] || continue
	"$INTERDICT" scan "${papers[@]}" --as-of '2023-05-01 00:00' --json --store "$work/killed.db" "$capture" >"$out" 2>"$err"
	plain "$out" | sed 's/killed.db/case.db/g' >"$work/again"
	cmp -s "$work/stored" "$work/again" || break
done
is "a scan that was killed anywhere and run again gives the same" test "$n" = 4

# --- Logs beside captures: an address changed hands next to one that is linked -------
interdict import --store "$work/logs.db" test/import/suricata-eve/events.in test/import/kea4/leases.in \
	test/import/intune/export.in test/import/zeek-tsv/logs.in
is "logs go into a store, wrong lines named" ended 1 "is no address" 'suricata-eve'
interdict verify --store "$work/logs.db"
is "whose ledger is whole" ended 0 '' 'whole'
before=$("$INTERDICT" scan --store "$work/logs.db" --json | sha256sum)
interdict import --store "$work/logs.db" test/import/suricata-eve/events.in
is "importing twice changes nothing" test "$before" = "$("$INTERDICT" scan --store "$work/logs.db" --json | sha256sum)"

# --- One word of a telephone with a private address is one family of evidence -----------
printf '{"timestamp":"2023-04-02T08:00:00.0+0000","event_type":"http","src_ip":"10.20.1.9","dest_ip":"198.51.100.7","proto":"TCP","ip_v":4,"ether":{"src_mac":"02:00:5e:10:00:09","dest_mac":"00:00:5e:00:01:01"},"http":{"http_user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 16_3_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.3 Mobile/15E148 Safari/604.1"}}\n' >"$work/one.json"
printf 'identifier,type,person,ownership,from,event\n02:00:5e:10:00:09,mac,p05,personal,2022-01-01,issued\n' >"$work/one.csv"
sed 's/at-least: 0.98, families: 2/at-least: 0.90/' share/directives/iphone-2023.yaml >"$work/one.yaml"
interdict import --store "$work/one.db" --directive "$work/one.yaml" --site $demo/site.yaml $demo/people.csv "$work/one.csv" "$work/one.json"
interdict simulate --store "$work/one.db" --at '2023-04-02 12:00'
is "to cut it off for that is weak" ended 1 '' '1 family; WEAK'

# --- simulate, status -----------------------------------------------------------------
interdict simulate --store "$db" --at '2023-03-28 09:00'
is "before the day they would be warned, by the clocks of the order" ended 0 '' \
	'iphone-2023 at 2023-03-28 09:00 MSK: warn'
is "and nobody is cut off" test "$(grep -c ' block ' "$out")" = 0
interdict simulate --store "$db" --at '2023-04-02 09:00'
is "after it they are cut off" ended 0 '' 'block +p >0.99, 7 families'
is "one is excused" grep -q 'excused' "$out"
is "and what is undecided is held for a person" grep -q 'held .*undecided: nobody is cut off' "$out"
sed 's/families: 2, //; s/grounds: \[duty-abroad\]/grounds: [other]/' share/directives/iphone-2023.yaml >"$work/new.yaml"
interdict simulate --store "$db" --at '2023-04-02 09:00' --directive "$work/new.yaml"
is "another wording is held against it" grep -q 'what the new iphone-2023 would change' "$out"
interdict simulate --store "$db" --at '2023-04-02 09:00' --json
is "as JSON" test "$(jq -s '[.[] | select(.simulation.does == "block")] | length' "$out")" -ge 5
interdict scan --store "$db"
is "what is next in a store is its report" holds "$out" "interdict report --to DIR --store=$db writes the signed report"
interdict status --store "$db" --as-of '2023-03-25 10:00'
is "status counts the days" ended 0 '' 'stop-use +must +2023-04-01 in 6 days'
is "by the clocks of the site" grep -q 'judged as of 2023-05-01 00:00 MSK$' "$out"
is "and says what is next" grep -q '^Next' "$out"
is "in this store" grep -q "undecided: interdict scan --store=$db --only undecided" "$out"
interdict simulate --store "$db" --at '2023-04-31'
refused "a day that is none" "'2023-04-31' is no time: write"

# --- The evidence out of a store --------------------------------------------------------
interdict explain 10:94:bb:20:04:01 "$capture" --as-of '2023-05-01 00:00' --json
jq -c 'select(.event_type == "evidence") | del(.capture)' "$out" >"$work/direct"
interdict explain 10:94:bb:20:04:01 --store "$db" --as-of '2023-05-01 00:00' --json
jq -c 'select(.event_type == "evidence") | del(.capture)' "$out" >"$work/stored"
is "is that of a capture" cmp "$work/direct" "$work/stored"
is "and there is some" test -s "$work/stored"
interdict explain 10:94:bb:20:04:01 --store "$db" "$capture"
is "captures or a store" ended 2 'name an address, then captures or --store'

# --- What readers leave beside it -------------------------------------------------------
: >"$work/one.db-wal"
for command in status verify ledger people custody simulate; do
	interdict $command --store "$work/one.db"
	is "$command leaves nothing beside the store" [ -z "$(ls "$work"/one.db-* 2>/dev/null)" ]
done

# --- Orders that contradict each other, given together with papers --------------------------
interdict scan --store "$work/both.db" "${papers[@]}" --directive share/directives/section-889.yaml --quiet "$capture"
is "are told by their names" ended 1 "both.db \(directive iphone-2023\): line [0-9]+.*conflict: .*'section-889'"
finish
