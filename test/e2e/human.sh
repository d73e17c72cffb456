#!/usr/bin/env bash
# What a person writes down: every command's good path, every refusal with its reason and
# remedy, and that a refusal leaves the store as it was.
. "$(dirname "$0")/lib.sh"
story "$work/office.pcapng"
db=(--store "$work/i.db")
phone=10:94:bb:20:04:01 pavel=c4:2a:d0:20:07:01
# Here it is the commands that say where Pavel's telephone went.
grep -v "$pavel.*released" $demo/custody.csv >"$work/custody.csv"
papers=("${papers[@]/#$demo\/custody.csv/$work/custody.csv}")
unset "papers[-1]" "papers[-1]"
interdict scan "${db[@]}" --quiet "${papers[@]}" \
	--as-of '2023-04-01 00:00' "$work/office.pcapng"
is "the store begins" test $status -le 1
interdict status "${db[@]}" --as-of '2023-04-02 09:00'
is "what passed since it was judged was not judged" ended 0 '' \
	"2 deadlines passed since that was judged: interdict scan --store=$work/i.db CAPTURE"
is "and that nobody was told" holds "$out" "nobody was told of iphone-2023: interdict notice iphone-2023 --store=$work/i.db"
entries() {
	"$INTERDICT" ledger "${db[@]}" | wc -l
}
stays() { # SENTENCE ON-STDERR: refused, and nothing was added
	refused "$1" "$2"
	is "$1: the ledger stays as it was" [ "$(entries)" = "$had" ]
}

# --- Notices --------------------------------------------------------------------------
interdict notice iphone-2023 --person p04 "${db[@]}"
is "a text to look at" ended 0 '' 'stop-use, before 2023-04-01.*Not sent: --to DIR'
had=$(entries)
interdict notice iphone-2023 --person p04 --json "${db[@]}"
is "the same as JSON" [ "$(jq -r '.notice | .directive + " " + .person' "$out")" = 'iphone-2023 p04' ]
printf 'To {name}: {devise}\n' >"$work/letter"
interdict notice iphone-2023 --template "$work/letter" "${db[@]}"
stays "a template with a word that nobody knows" "letter: line 1, column 12.*devise.*device"
interdict notice iphone-2023 --to "$work/no/such" "${db[@]}"
stays "a folder that cannot be made" 'cannot make the folder'
interdict notice iphone-2022 "${db[@]}"
stays "an order that is not there" "no order 'iphone-2022' is in the store; is 'iphone-2023' meant"
interdict notice kaspersky "${db[@]}"
stays "nor one like it" "no order 'kaspersky' is in the store: it has iphone-2023"
interdict notice acknowledged notice-7 "${db[@]}"
stays "a notice that was not sent" "no notice 'notice-7' was sent: .interdict people ID. lists them"
interdict notice iphone-2023 --person p04 --at 2023-03-25 --to "$work/out" "${db[@]}"
is "a notice is sent" ended 0 '' '\(notice\)'
id=$(basename "$work"/out/*-p04.txt -p04.txt)
interdict status "${db[@]}"
is "then somebody was told" sh -c "! grep -q 'nobody was told' '$out'"
interdict notice iphone-2023 --person p04 --at 2023-03-26 --to "$work/out" "${db[@]}"
is "nobody is told twice" ended 0 '' 'Everybody who holds such a device was told'
interdict notice iphone-2023 --person p17 --to "$work/out" "${db[@]}"
is "who holds none is not told" ended 0 '' 'p17 is not known to hold a device that iphone-2023 covers; of [0-9]* it is undecided'
interdict notice acknowledged "${db[@]}"
refused "which one was acknowledged" 'name an order; or seen or acknowledged, and a notice'
interdict notice seen "$id" --at '2023-03-25 18:00' "${db[@]}"
is "seen" ended 0 '' 'was seen by p04'
interdict notice acknowledged "$id" --at 2023-03-26 "${db[@]}"
is "acknowledged" ended 0 '' 'acknowledged by p04'
interdict people p04 "${db[@]}"
is "the history has all three" ended 0 '' "$id sent for $phone.*$id seen.*$id acknowledged"
had=$(entries)
interdict notice acknowledged "$id" --at 2023-03-20 "${db[@]}"
stays "acknowledged before it was sent" 'acknowledged on 2023-03-20, before it was sent on 2023-03-25'

# --- Exceptions -----------------------------------------------------------------------
except() { # OPTION...
	interdict except iphone-2023 --ground duty-abroad "$@" "${db[@]}"
}
month=(--from 2023-04-02 --until 2023-04-12)
interdict except iphone-2023 --person p04 --ground tourism --approver p01 "${month[@]}" "${db[@]}"
stays "a ground that the order has not" "ground 'tourism' is none of the order's: duty-abroad.*nothing was written down"
except --person p04 --approver p01 --from 2023-04-02 --until 2023-08-01
stays "too long" 'longer than the 30 days that the order allows: until 2023-05-01 23:59 MSK at the latest'
except --person p04 --approver p01 --from 2023-04-02
stays "without an end" 'it has no end; the longest that the order allows is 30 days'
except --person p04 --approver p02 "${month[@]}"
stays "an approver who may not" 'its approver has the role adviser, and the order wants chief-of-staff'
except --person p04 "${month[@]}"
stays "no approver" 'nobody approved it; the order wants somebody with the role chief-of-staff'
except --person p04 --approver Vogt "${month[@]}"
stays "an approver whom nobody knows" 'its approver is not in the roster'
except --approver p01 "${month[@]}"
stays "one for everybody" 'neither a person nor an identifier, and the order allows no exceptions for all'
except --person p04 --device $phone --approver p01 "${month[@]}"
stays "a person and a device" '--person or --device, not both'
except --person p44 --approver p01 "${month[@]}"
stays "somebody who is not there" "no person 'p44'; is 'p04' meant"
except --person p04 --approver p01 --from 2023-02-30 --until 2023-04-12
stays "a day that is none" "'2023-02-30' is no date \(want one like"
except --person p04 --approver p01 --from 2023-04-12 --until 2023-04-02
stays "an end before the beginning" 'it ends on 2023-04-02, before it begins on 2023-04-12'
except --person p04 --approver p01 "${month[@]}" --mitigation $'two\nlines'
stays "a line end in a text" 'the mitigation has control characters'
except --person p04 --approver p01 "${month[@]}" --mitigation $'\xe9t\xe9'
stays "a text that is not UTF-8" 'the mitigation has control characters in it, or is not UTF-8'
except --person p04 --approver p01 "${month[@]}" --mitigation 'no mail on it'
is "a good one" ended 0 '' 'p04 is excused from iphone-2023 on the ground duty-abroad until 2023-04-12'
is "is one entry" [ "$(entries)" = $((had + 1)) ]
except --person p04 --approver p01 "${month[@]}" --mitigation 'no mail on it'
is "twice is once" ended 0 '' 'stands in the ledger already: nothing was added'
standing() { # AS-OF MAC OBLIGATION FILTER: of the verdict on the device that has it
	"$INTERDICT" scan "${db[@]}" --as-of "$1" --json --quiet 2>"$err" >"$work/scan.json"
	jq -rs --arg mac "$2" --arg verb "$3" '(map(select(.event_type == "device" and (.device.macs | index($mac))))[0].device.id) as $id |
		map(select(.event_type == "verdict" and .verdict.device == $id and .verdict.obligation == $verb))[0].verdict | '"$4" "$work/scan.json"
}
is "it excuses while it lasts" [ "$(standing '2023-04-05 12:00' $phone stop-use .object)" = excepted ]
interdict scan "${db[@]}" --as-of '2023-04-05 12:00' --quiet
is "what ends next is said" ended 1 '' 'The next exception to end: Дмитрий Орлов, on 2023-04-12 \(duty-abroad\); 2 in force'
is "and ends by itself" [ "$(standing '2023-04-13 12:00' $phone stop-use '.object + " " + .state')" = 'covered failed' ]
interdict people "${db[@]}" --as-of 2023-04-12
is "on its last day it holds" ended 0 '' 'Орлов:[^;]*;[^;]*; told 1 time; excused from iphone-2023 '
interdict people "${db[@]}" --as-of 2023-04-13
is "on the next it does not" ended 0 '' 'Орлов:[^;]*;[^;]*; told 1 time p05'

# --- Replacements ---------------------------------------------------------------------
had=$(entries)
replace() { # OPTION...
	interdict replace $phone --at '2023-03-30 10:00' "$@" "${db[@]}"
}
replace
stays "instead of what is said, not with what" 'say --with: what was given instead'
replace --with $phone
stays "the same thing" 'cannot be given instead of itself'
replace --with 02:00:5e:10:00:99 --is 'vendr is Samsung'
stays "a word that no class has" "--is: line 1, column 1.*do you mean 'vendor'"
interdict replace 02:00:5e:10:00:01 --with 02:00:5e:10:00:99 "${db[@]}"
stays "nobody knows who held it" "custody does not know '02:00:5e:10:00:01': say --person: who held it"
replace --with 02:00:5e:10:00:98 --is 'vendor is Apple and kind is phone'
is "what the order does not allow is written down, and said" ended 1 'iphone-2023 wants instead: kind is phone and vendor is not Apple; this is none.*does not fulfil' 'entry'
# The duty is of whoever has stopped; before that nothing was given instead.
is "and does not fulfil it" [ "$(standing '2023-03-31 12:00' $phone replace .state)" != met ]
replace --with 02:00:5e:10:00:97
is "what nobody knows is written down, and asked for" ended 1 'whether this is one is not known: say so with --is' 'entry'
replace --with 02:00:5e:10:00:99 --is 'vendor is Samsung and kind is phone'
is "a good one" ended 0 '' 'p04 was given 02:00:5e:10:00:99 instead of'
is "fulfils it" [ "$(standing '2023-03-31 12:00' $phone replace .state)" = met ]
interdict custody --person p04 "${db[@]}"
is "custody follows" ended 0 '' "replaced .*$phone.*issued .*02:00:5e:10:00:99"

# --- Disposals ------------------------------------------------------------------------
had=$(entries)
dispose() { # OPTION...
	interdict dispose $phone --at 2023-03-31 "$@" "${db[@]}"
}
examined=(--examined 2023-03-30 --examiner 'R. Vogt')
wiped=(--wiped 2023-03-30 --wiper 'R. Vogt' --technique 'factory reset')
dispose --to family
stays "how it went is wanted" 'say --how: destroy, return or release'
dispose --how burn --to family
stays "a way that is none" '--how burn: want destroy, return or release'
dispose --how release
stays "to whom is wanted" 'say --to: who receives it'
dispose --how release --to family
stays "examined first" 'iphone-2023 wants it examined first: say --examined DATE --examiner NAME.*wiped first'
dispose --how release --to family "${examined[@]}"
stays "wiped first" 'iphone-2023 wants it wiped first: say --wiped DATE --wiper NAME --technique TEXT'
dispose --how release --to family "${examined[@]}" --wiped 2023-03-29 --wiper R --technique T
stays "in that order" 'wiped before it was examined: nothing was left to examine'
dispose --how release --to family --examined 2023-04-30 --examiner R "${wiped[@]}"
stays "before it went" '--examined 2023-04-30 is after the device went'
dispose --how release --to family --examined 2023-03-30
stays "who examined it" '--examined DATE and --examiner NAME go together'
dispose --how release --to family "${examined[@]}" "${wiped[@]}" --level cleer
stays "a level of NIST SP 800-88" "'cleer' is none of clear, purge or destroy; is 'clear' meant"
interdict dispose Nobody-iPhone --type hostname --how destroy --to Ltd "${examined[@]}" "${wiped[@]}" "${db[@]}"
stays "a thing that nobody had" "custody does not know 'Nobody-iPhone': say --person"
interdict dispose AB12CD --how destroy --to Ltd "${db[@]}"
stays "what kind of a number it is" "Say --type serial or --type hostname"
interdict custody release $phone --at 2023-03-31 "${db[@]}"
stays "custody asks for the same" 'iphone-2023 wants it examined first: `interdict dispose` writes it down with --examined'
interdict custody destroy $phone --at 2023-03-31 "${db[@]}"
stays "of what is destroyed, too" 'wants it wiped first: `interdict dispose` writes it down with --wiped'
# What custody knows by a host name, named by its address; then by a serial number, too.
cp "$work/i.db" "$work/linked.db"
cp "$work/i.db.key" "$work/linked.db.key"
linked=(--store "$work/linked.db")
samira=b6:18:5c:08:00:41
interdict dispose $samira --at 2023-03-31 --how destroy --to Ltd "${examined[@]}" "${wiped[@]}" \
	--certificate "$work/destroyed.html" "${linked[@]}"
is "the holder is found by the name that custody has" ended 0 "p08 has it, by custody of the hostname 'Samira-iPhone', which this device calls itself" "$samira is destroyed"
is "the certificate has the category of the wiping, as the register has it" grep -q 'purge, then destroy' "$work/destroyed.html"
interdict custody --person p08 "${linked[@]}"
is "whose history has an end" holds "$out" '2023-03-31 destroyed personal hostname Samira-iPhone Samira'
cp "$work/i.db" "$work/linked.db"
printf 'Device ID,Device name,Serial number,Wi-Fi MAC,Manufacturer,Model,OS,Primary user UPN\n1,x,SER77,%s,Apple,iPhone 12,iOS,\n' $samira >"$work/intune.csv"
interdict import "$work/intune.csv" --as-of 2023-03-20 "${linked[@]}"
interdict custody issue SER77 --type serial --person p10 --at 2023-03-01 "${linked[@]}"
interdict dispose $samira --at 2023-03-31 --how destroy --to Ltd "${examined[@]}" "${wiped[@]}" "${linked[@]}"
is "where two may have it, it asks" ended 2 "custody knows the device of '$samira' as .*Samira-iPhone' of p08, and as serial 'SER77' of p10: say --person|as serial 'SER77' of p10, and as .*: say --person" ''
interdict dispose $samira --person p10 --at 2023-03-31 --how destroy --to Ltd "${examined[@]}" "${wiped[@]}" "${linked[@]}"
is "and takes the word for it" ended 0 "p10 has it, by custody of the serial 'SER77', which an inventory has"
interdict custody --person p10 "${linked[@]}"
is "then what the network sees is gone as well" holds "$out" "destroyed .*mac +$samira .*destroyed .*serial +SER77|destroyed .*serial +SER77 .*destroyed .*mac +$samira"
interdict dispose Nobodys-Phone --type hostname --at 2023-03-31 --how destroy --to Ltd "${examined[@]}" "${wiped[@]}" "${linked[@]}"
is "what nothing links is asked for as before" ended 2 "custody does not know 'Nobodys-Phone': say --person"
release=(--how release --to 'family of p04' "${examined[@]}" "${wiped[@]}")
dispose "${release[@]}" --certificate "$work/no/c.html"
stays "a certificate that cannot be written" 'cannot write .*c.html.*nothing was written down'
mkdir "$work/taken.html"
dispose "${release[@]}" --certificate "$work/taken.html"
stays "nor over a folder" 'taken.html.*nothing was written down'
is "nothing is left of either" [ "$(find "$work" -name '*.new' | wc -l)" = 0 ]
dispose "${release[@]}" --certificate "$work/c.html"
is "released to the family" ended 0 '' 'disposal-[0-9]*: 10:94:bb:20:04:01 is released, to family of p04'
number=$(grep -o 'disposal-[0-9]*' "$out" | head -n 1)
for field in 'NIST SP 800-88' "$number" 'R. Vogt' 'factory reset' 'family of p04' '(p04)' 'Apple phone'; do
	is "the certificate: $field" grep -qF "$field" "$work/c.html"
done
had=$(entries)
dispose "${release[@]}" --certificate "$work/again.html"
is "the same once more prints it anew, under its number" ended 0 '' "$number: .*nothing was added"
is "the same sheet" cmp "$work/c.html" "$work/again.html"
interdict report "${db[@]}" --as-of '2023-04-22 09:00' --to "$work/report"
is "the report's register has the number" grep -q "Register of disposals.*" "$work/report/report.html"
is "and what was done before" grep -q "scope=\"row\">$number</th>.*family of p04.*by <bdi>R. Vogt</bdi>.*purge: factory reset" \
	<(tr -d '\n' <"$work/report/report.html")
disposal() { # FORM FILTER: the row of the only disposal in that form
	is "as has that of $1" grep -Eq '^disposal-[0-9]+,.*,release,' \
		<(jq -r "$2 | @csv" "$work/report/$1" | tr -d '"')
}
disposal ocsf.jsonl 'select(.finding_info.types == ["disposal"]) | .unmapped | [.[]]'
disposal oscal.json '."assessment-results".results[0].observations[] | select(.methods == ["EXAMINE"]) | [.props[].value]'
interdict dispose Lucas-iPhone --at '2023-03-31 12:00' --how release --to 'family of p03' "${examined[@]}" "${wiped[@]}" "${db[@]}"
is "another, by its host name" ended 0 '' 'Lucas-iPhone is released'
interdict dispose $pavel --at '2023-03-31 12:00' --how release --to 'family of p07' "${examined[@]}" "${wiped[@]}" "${db[@]}"
is "and one by its address" ended 0 '' "$pavel is released"
reasons=$(standing '2023-04-10 09:00' $pavel stop-use '.state + " " + (.reasons | join(" "))')
is "seen again as a guest: no violation, and said so" holds <(echo "$reasons") 'released on 2023-03-31.*seen on guest segments only, last on 2023-04-08 14:00 MSK, which is no official use'
is "no violation" [ "${reasons%% *}" != failed ]
reasons=$(standing '2023-04-10 09:00' 8e:41:c7:03:00:11 stop-use '.state + " " + (.reasons | join(" "))')
is "seen again on an official segment: a violation" [ "${reasons%% *}" = failed ]
is "with its history" holds <(echo "$reasons") 'released on 2023-03-31.*examination on.*wiping on.*disposal on 2023-03-31.*official use after the deadline, first on 2023-04-01 11:20 MSK, segment office'
interdict dispose $phone --at '2023-04-01 10:00' --how destroy --to Ltd --examined 2023-03-30 --examiner R "${db[@]}"
is "what was wiped before needs not be said again" ended 0 '' 'is destroyed'
had=$(entries)
interdict dispose $phone --at '2023-04-02 10:00' --how release --to family "${db[@]}"
stays "what is destroyed is not given away" "by custody '$phone' is destroyed already"

# --- Custody, statements, links, corrections ------------------------------------------
interdict custody issue SN12 --person p02 "${db[@]}"
stays "what kind of a number, again" "is 'SN12' a serial number or a host name"
interdict custody issue SN12 --type seral --person p02 "${db[@]}"
stays "a kind that is none" "want mac, serial, imei, hostname or client-id; is 'serial' meant"
interdict custody isue SN12 --person p02 "${db[@]}"
stays "an event that is none" "'isue' is none of issue.*is 'issue' meant"
interdict custody issue SN12 --type serial "${db[@]}"
stays "to whom" 'say --person: to whom it is issued'
interdict custody hand-in SN12 --type serial "${db[@]}"
stays "from whom" "custody does not know 'SN12': say --person: who held it"
interdict custody issue SN12 --type serial --person p02 --ownership hers "${db[@]}"
stays "whose it is" "'hers'"
hand=(custody issue SN12 --type serial --person p02 --at '2023-03-01 09:00')
interdict "${hand[@]}" --receipt "$work/no/r.html" "${db[@]}"
stays "a receipt that cannot be written" 'cannot write .*r.html.*nothing was written down'
interdict "${hand[@]}" --receipt "$work/r.html" "${db[@]}"
is "a device is issued" ended 0 '' 'SN12 is issued: Марина Лебедева \(p02\)'
interdict "${hand[@]}" --receipt "$work/r2.html" "${db[@]}"
is "its receipt is printed again" cmp "$work/r.html" "$work/r2.html"
for field in 'Received by' 'SN12' '(p02)' 'Entry [0-9]* of the ledger'; do
	is "the receipt: $field" grep -q -- "$field" "$work/r.html"
done
interdict custody hand-in SN12 --at 2023-03-02 --json "${db[@]}"
is "custody knows the kind and the holder" [ "$(jq -r '.ledger.body | .type + " " + .person + " " + .event' "$out")" = 'serial p02 handed-in' ]
interdict custody hand-in SN13 --type serial --person p02 --at 2023-03-02 "${db[@]}"
interdict custody issue SN13 --type serial --person p02 --at 2023-03-01 --ownership personal "${db[@]}"
interdict custody hand-in SN13 --person p03 --at '2023-03-01 12:00' "${db[@]}"
is "a warning about what is written down is told" ended 0 "warning: by line [0-9]+ not this person but 'p02' held it then"
had=$(entries)
interdict declare p99 'holds no smartphone' "${db[@]}"
stays "who declares it" "no person 'p99'; is 'p09' meant"
interdict declare p17 '' "${db[@]}"
stays "what is declared" "'statement' is empty"
interdict declare p17 'holds no smartphone' --at 2023-04-31 "${db[@]}"
stays "on a day that is none" "'2023-04-31' is no date"
interdict declare p17 "$(printf 'x%.0s' {1..70000})" "${db[@]}"
stays "a very long one" 'the statement is longer than 4096 bytes'
interdict declare p17 'holds no smartphone' --at 2023-03-22 "${db[@]}"
is "a nil declaration" ended 0 '' 'p17 declared: holds no smartphone'
interdict scan "${db[@]}" --as-of '2023-04-02 09:00' --quiet
is "stands beside what was seen" ended 1 '' 'Ольга Данилова declared: holds no smartphone'
had=$(entries)
interdict link $phone $phone --reason x "${db[@]}"
stays "one address twice" 'it is the same address twice'
interdict link $phone zz --reason x "${db[@]}"
stays "what is no address" "'zz' is no address of a device"
interdict link $phone $pavel --reason '' "${db[@]}"
stays "without a reason" 'say --reason: why you know it'
interdict unlink 5e:20:c9:15:00:82 b6:f9:57:22:b9:84 --at 2023-03-20 --reason 'two telephones' "${db[@]}"
is "two devices" ended 0 '' 'are told to be two devices'
macs() {
	"$INTERDICT" scan "${db[@]}" --as-of '2023-04-02 09:00' --json --quiet 2>"$err" |
		jq -r 'select(.event_type == "device" and (.device.macs | index("5e:20:c9:15:00:82"))) | .device.macs | length'
}
apart=$(macs)
interdict link 5e:20:c9:15:00:82 b6:f9:57:22:b9:84 --at 2023-03-21 --reason 'looked again' "${db[@]}"
is "one device" ended 0 '' 'are told to be one device'
is "the latest word counts" test "$(macs)" -gt "$apart"
had=$(entries)
correct() { # ATTRIBUTE VALUE
	interdict correct 94:bf:2d:20:12:01 "$1" "$2" --reason 'looked at' "${db[@]}" --at 2023-03-20
}
correct kind fone
stays "a kind that nobody knows" "no kind is called 'fone'; is 'phone' meant"
correct kindd phone
stays "an attribute that is none" "none of vendor, os, kind, version or model; is 'kind' meant"
correct version 16.x
stays "a version that is none" "'16.x' is no version"
interdict correct 94:bf:2d:20:12:01 kind tablet "${db[@]}"
stays "how one knows" 'say --reason: how you know it'
correct kind tablet
is "what it is" ended 0 '' 'its kind is tablet'
is "verdicts go by it" [ "$(standing '2023-04-02 09:00' 94:bf:2d:20:12:01 stop-use .object)" = not-covered ]

# --- All of it -----------------------------------------------------------------------
interdict people p04 "${db[@]}"
is "one person's history" ended 0 '' 'notice.*exception.*iphone-2023 duty-abroad'
had=$(entries)
interdict people p4 "${db[@]}"
stays "nobody of that name" "no person 'p4'; is 'p04' meant"
interdict people --store "$work/none.db"
refused "no store" 'none.db'
interdict declare p04 x --store "$work/none.db"
refused "no store to write to" "there is no store .*none.db: .interdict scan --store. or .interdict import. make one"
interdict verify "${db[@]}"
is "the ledger is whole" ended 0 '' 'whole'
interdict rebuild "${db[@]}"
is "and all that is derived follows from it" ended 0 '' 'is the same'
finish
