#!/usr/bin/env bash
# Bad input of every kind gives a clear error and loses nothing: files, imports, dates,
# papers that contradict themselves, a store that is damaged, newer, or on a full disk.
# After each the ledger is what it was.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng db=$work/i.db
story "$capture"
interdict scan --store "$db" --quiet "${papers[@]}" "$capture"
is "the store begins" test "$status" -le 1
dump() { # Verdicts follow: as of when the store was asked last.
	"$INTERDICT" ledger --store "$db" | awk '$3 != "verdict"' | sha256sum
}
had=$(dump)
bad() { # SENTENCE STATUS ON-STDERR WORD...: and nothing has changed
	local sentence=$1 want=$2 say=$3
	shift 3
	interdict "$@"
	is "$sentence" ended "$want" "$say"
	is "$sentence: nothing has changed" [ "$(dump)" = "$had" ]
	is "$sentence: in few words" test "$(wc -c <"$err")" -lt 4000
}
import() { # SENTENCE STATUS ON-STDERR FILE OPTION...
	bad "$1" "$2" "$3" import --store "$db" "${@:4}"
}
many() { # N TEXT
	head -c "$1" /dev/zero | sed "s/\x00/$2/g"
}
file=$work/f
put() { # FORMAT ARGUMENT...: for printf
	# shellcheck disable=SC2059 # the format is the test's
	printf "$@" >"$file"
}

# --- Encodings ------------------------------------------------------------------------
put 'id,name\np50,Jos\xe9\n'
import "Latin-1" 2 'f: line 2, column 8: the byte 0xe9 is no UTF-8: save the file as UTF-8' "$file"
put '\xff\xfei\0d\0,\0n\0a\0m\0e\0\n\0'
import "UTF-16" 2 'f: this is UTF-16: save the file as UTF-8' "$file"
put 'id,name\np50,a\0b\n'
import "a zero byte" 2 'line 2, column 6: a control character \(0x00\)' "$file"
put 'id,name\np50,\xed\xa0\x80\n'
import "half a surrogate" 2 'line 2, column 5: the byte 0xed is no UTF-8' "$file"
put 'directive: caf\xe9\n'
bad "an order in Latin-1" 2 'f: line 1' check "$file"
printf 'identifier,attribute\n' | iconv -t UTF-16LE 2>/dev/null >"$file"
bad "a paper in UTF-16" 2 'f:' scan "$capture" --corrections "$file"

# --- Sizes and depths -----------------------------------------------------------------
{ printf 'id,name\np50,'; many 3000000 x; } >"$file"
import "a field of three megabytes" 1 'line 2: the name of this person has 3000000 bytes: more than 4096' "$file"
{ printf 'id,name\np50,"'; many 3000000 x; } >"$file"
import "a quote that is never closed" 1 'line 2, column 5: the quote that opens here is never closed' "$file"
{ printf 'id'; many 100000 ,; echo; } >"$file"
import "a hundred thousand columns" 2 'f: line 1' --format roster "$file"
{ many 100000 '['; many 100000 ']'; } >"$file"
import "a hundred thousand brackets" 2 'f: line 1: of no known format' "$file"
{ printf '{"event_type":"dhcp","timestamp":"2023-03-01T00:00:00.000000+0000","dhcp":'; many 100000 '{"a":'; echo 1; } >"$file"
import "EVE, nested" 1 'line 1, column [0-9]*: too deeply nested' "$file"
{ printf '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Resources":[{"userName":'; many 100000 '['; } >"$file"
import "SCIM, nested" 2 'line 1: too deeply nested' --format scim "$file"
{ printf 'x: '; many 100000 '['; } >"$file"
bad "an order of brackets" 2 'line 1, column [0-9]*: is nested deeper than 32 levels' check "$file"
sed "s/^object: .*/object: $(many 2000 '(')kind is phone$(many 2000 ')')/" share/directives/iphone-2023.yaml >"$file"
bad "a class of parentheses" 2 'line [0-9]*, column [0-9]*: .*(deep|nested)' check "$file"
{ printf 'title: '; many 2000000 x; } >"$file"
bad "an order of two megabytes" 2 'f: is larger than 1048576 bytes' check "$file"
put 'a: &a [x]\nb: *a\n'
bad "an order with aliases" 2 'line 1' check "$file"
: >"$file"
import "an empty file" 2 'f: the file is empty' "$file"
bad "an empty capture" 2 'it has not one byte' scan "$file"
# --- Files of another kind, where a text is wanted ---------------------------------------
other() { # SENTENCE WHAT FILE: as a roster, an order, a file to import
	bad "$1 as a roster" 2 "line 1, column 1: this is $2" scan "$capture" --roster "$3"
	bad "$1 as an order" 2 "line 1, column 1: is $2" check "$3"
	[ "$2" = 'packed by gzip' ] || import "$1 to import" 2 "f: this is $2" "$3"
}
bad "a large capture as an order" 2 'pcapng: is a capture of packets' check "$capture"
head -c 4000 "$capture" >"$file"
other "a capture" 'a capture of packets: .interdict scan. reads it' "$file"
gzip -c $demo/people.csv >"$file"
other "gzip" 'packed by gzip' "$file"
printf 'PK\003\004people.xml' >"$file"
other "a spreadsheet" 'a spreadsheet or an archive \(ZIP\): export it as CSV' "$file"
printf '\377\001\002\200 nothing that is known\n' >"$file"
import "bytes that are nothing known" 2 'f: line 1: of no known format, and no text in UTF-8' "$file"
is "and are not sent to the terminal" sh -c "! LC_ALL=C grep -q '$(printf '\377')' '$err'"
: >"$file"
bad "an empty order" 2 'f:' check "$file"
bad "a folder" 2 'is a folder; name the files in it' import --store "$db" "$work"
bad "no file" 2 'cannot open .*nowhere' import --store "$db" "$work/nowhere"

# --- Dates ----------------------------------------------------------------------------
custody() { # ROW
	put 'identifier,type,person,ownership,from,until,event\n%s\n' "$1"
}
custody 'SN1,serial,p02,issued,2023-02-30,,issued'
import "the 30th of February" 1 "line 2, column 23: '2023-02-30' is no date" "$file"
custody 'SN1,serial,p02,issued,2023-02-03 24:30,,issued'
import "half past twenty-four" 1 "'2023-02-03 24:30' is no date" "$file"
custody 'SN1,serial,p02,issued,02/03/2023,,issued'
import "the month first" 1 "'02/03/2023' is no date \(want one like 2023-03-28" "$file"
custody 'SN1,serial,p02,issued,19999-02-03,,issued'
import "a year of five digits" 1 'is no date' "$file"
custody 'SN1,serial,p02,issued,2023-03-02,2023-03-01,issued'
import "an end before the beginning" 1 'line 2' "$file"
for time in 2023-02-29 yesterday 2023-13-01 9999-12-31 0000-01-01 1e9; do
	bad "as of $time" 2 "'$time'" scan --store "$db" --as-of "$time"
done
bad "a zone that is none" 2 "Europe/Berlim" import --store "$db" --zone Europe/Berlim "$capture"
# Clocks: what stands in the hour that is left out is when the clock goes on; what
# stands in the hour that comes twice is its first time.
printf 'name: x\nzone: Europe/Berlin\n' >"$work/site.yaml"
printf 'id,name\np50,a\n' >"$work/one.csv"
put 'identifier,type,person,ownership,from,until,event\n%s\n%s\n' 'SN1,serial,p50,issued,2023-03-26 02:30,,issued' \
	'SN2,serial,p50,issued,2023-10-29 02:30,,issued'
interdict import --store "$work/clock.db" --site "$work/site.yaml" "$work/one.csv" "$file"
is "clocks that change are no mistake" ended 0 ''
interdict custody --store "$work/clock.db" --json
is "and each time is one instant" [ "$(jq -r .timestamp "$out" | tr '\n' ' ')" = '2023-03-26T01:00:00.000000+00:00 2023-10-29T00:30:00.000000+00:00 ' ]

# --- What contradicts itself ----------------------------------------------------------
put 'id,name\np50,a\np50,b\n'
interdict import --store "$work/clock.db" "$file"
is "one id twice" ended 1 "line 3, column 1: the id 'p50' stands on line 2 already"
put 'id,name,id\np50,a,p51\n'
import "one column twice" 2 "line 1, column 9: the column 'id' stands here a second time" "$file"
put 'id,nam\np50,a\n'
import "a column that nobody knows" 2 "column 'nam'|no column is called 'nam'" --format roster "$file"
put 'identifier,type,person,ownership,from,until,event\n%s\n%s\n' SNQ,serial,p02,issued,2023-02-03,,issued SNQ,serial,p03,issued,2023-02-03,,issued
bad "two hold one thing" 2 "two holders at the same time: by line 2 'p02' holds it already" scan "$capture" \
	--roster $demo/people.csv --custody "$file"
put 'directive: x\ndirective: y\n'
bad "one key twice" 2 "line 2" check "$file"
bad "one order twice" 2 'iphone-2023' check share/directives/iphone-2023.yaml share/directives/iphone-2023.yaml
custody 'SNX,serial,p77,issued,2023-02-03,,issued'
interdict import --store "$work/clock.db" "$file"
is "custody of somebody unknown is named and counted" ended 1 "line 2: it is held by 'p77', whom no roster has by that id or as the only one of that mail address: import the roster first" '1 wrong'
printf 'id,name\np77,b\n' >"$work/two.csv"
interdict import --store "$work/clock.db" "$work/two.csv"
interdict import --store "$work/clock.db" "$file"
is "and taken when the roster has been" ended 0 '' '1 row of custody'
interdict import --store "$work/clock.db" "$file"
is "but then no second time" ended 0 'is in .*clock.db already' ''
printf 'id,name\np78,c\n' >"$work/three.csv"
interdict import --store "$work/clock.db" --format custody "$work/three.csv"
is "the wrong format" ended 2 'the column .identifier. is missing'
interdict import --store "$work/clock.db" "$work/three.csv"
is "does not stand in the way of the right one" ended 0 '' '1 person'

# --- A disk that fills: files may grow to so many KiB, and a write says so -------------
trap '' XFSZ
small() { # KIB WORD...
	(ulimit -f "$1" && shift && exec "$INTERDICT" "$@") </dev/null
}
run small 4 declare p04 x --store "$db"
is "no room for an entry" ended 2 'i.db cannot be read or written|cannot write' ''
is "loses nothing" [ "$(dump)" = "$had" ]
run small 40 scan --store "$db" "$capture" --as-of '2023-04-20 09:00' --quiet
is "no room for verdicts" test "$status" -le 2
run small 100 report --store "$db" --to "$work/report" --as-of '2023-04-02 09:00'
is "no room for a report" ended 2 'cannot write .*report.html' ''
is "leaves no half of one" [ "$(find "$work" -maxdepth 1 -name 'report*' | wc -l)" = 0 ]
run small 100 scan "$capture" --html "$work/page.html" --quiet
is "no room for a page" ended 2 'cannot write .*page.html'
is "nor half a page" [ "$(find "$work" -maxdepth 1 -name 'page*' | wc -l)" = 0 ]
interdict custody issue SN1 --type serial --person p02 --receipt /dev/full --store "$db"
is "no room for a receipt" ended 2 'cannot write /dev/full: No space left.*nothing was written down' ''
run small 64 scan --store "$work/new.db" "$capture" --quiet
is "no room for a store" ended 2 'new.db cannot be read or written'
interdict scan --store "$work/new.db" "$capture" --quiet
is "which begins when there is" test "$status" -le 1
run bash -c "$(printf '%q ' "$INTERDICT" new order) >/dev/full"
is "an answer that cannot be written" ended 2 'cannot write: No space left'
interdict verify --store "$db"
is "the ledger is whole" ended 0 '' 'whole'
trap - XFSZ

# --- The store ------------------------------------------------------------------------
copy() {
	rm -rf "$work/w.db"*
	cp "$db" "$work/w.db"
	cp "$db.key" "$work/w.db.key"
	cp "$db.key.pub" "$work/w.db.key.pub"
}
store=(--store "$work/w.db")
copy
# The version of a database's user: four bytes at 60.
printf '\0\0\0\143' | dd of="$work/w.db" bs=1 seek=60 conv=notrunc status=none
cp "$work/w.db" "$work/newer"
for words in status people 'scan' 'declare p04 x' "import $work/one.csv" 'report --to none' rebuild; do
	# shellcheck disable=SC2086 # words
	interdict $words "${store[@]}"
	refused "a newer store: ${words%% *}" 'was written by a newer interdict \(its version is 99, this one knows [0-9]*\): use that one; nothing was changed'
done
is "and nothing was" cmp "$work/w.db" "$work/newer"
copy
head -c 100000 "$db" >"$work/w.db"
interdict status "${store[@]}"
refused "a store that was cut" 'is damaged .*take a copy of it'
copy
head -c 9000 /dev/urandom >"$work/w.db"
interdict declare p04 x "${store[@]}"
refused "what is no database" 'is no store of interdict, and no database'
rm -rf "$work/w.db"
mkdir "$work/w.db"
interdict scan "${store[@]}" "$capture"
refused "a folder" 'w.db cannot be opened to be written: Is a directory'
interdict status --store "$work/none.db"
refused "no store" 'none.db'
copy
rm "$work/w.db.key"
interdict declare p04 x "${store[@]}"
refused "a key that is gone is not replaced in silence" 'w.db.key is gone, and its public half is there: put it back'
is "its public half stays" cmp "$db.key.pub" "$work/w.db.key.pub"
copy
chmod 644 "$work/w.db.key"
interdict declare p04 x "${store[@]}"
refused "a key that others may read" 'may be read by others \(mode 644\): chmod 600 it'
copy
echo junk >"$work/w.db.key"
chmod 600 "$work/w.db.key"
interdict declare p04 x "${store[@]}"
refused "what is no key" 'w.db.key is no secret key of interdict'
is "and of all this the store knows nothing" [ "$(dump)" = "$had" ]
finish
