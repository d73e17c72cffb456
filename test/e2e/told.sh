#!/usr/bin/env bash
# What persons say of addresses and devices: their word stands above the machine's, is
# shown as told, and is read as strictly as the other papers.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng
story "$capture"

device_of() { # MAC FILTER: of the device that has it
	jq -r --arg mac "$1" "select(.event_type == \"device\" and (.device.macs | index(\$mac))) | .device | $2" "$out"
}
verdict_of() { # DEVICE FILTER
	jq -r --arg id "$1" "select(.event_type == \"verdict\" and .verdict.device == \$id and .verdict.obligation == \"stop-use\") | .verdict | $2" "$out"
}

# --- Links --------------------------------------------------------------------------
wang=5e:20:c9:15:00:82
interdict scan "${papers[@]}" --json "$capture"
third=$(device_of $wang '.macs[2]')
printf 'address,other,claim,by,date,reason\n%s,%s,different,Orlov,2023-03-20,two telephones\n%s,6c:2b:59:20:02:a0,same,Orlov,2023-03-20,one desk\n' \
	"$wang" "$third" "4e:9a:66:00:00:61" >"$work/links.csv"
interdict scan "${papers[@]}" --links "$work/links.csv" --json "$capture"
is "who are told apart are two" test "$(device_of $wang '.macs | index("'"$third"'")')" = null
is "and the word stands at both" test "$(device_of "$third" '[.links[] | select(.state == "different" and .told.by == "Orlov")] | length')" = 1
is "who are told to be one are one" test "$(device_of 4e:9a:66:00:00:61 '.macs | index("6c:2b:59:20:02:a0") != null')" = true
interdict scan --links "$work/links.csv" "$capture"
is "the text says whose word it is" ended 0 '' 'Orlov says so, on 2023-03-20 \(links file, line 3\): one desk' 
interdict explain --links "$work/links.csv" $wang "$capture"
is "explain shows each link with its reasons" ended 0 '' 'are two devices.*dhcp.hostname is Shufen-iPhone'

printf 'address,other,claim,by,date,reason\n%s,%s,different,Orlov,2023-03-20,two telephones\n%s,02:00:5e:10:77:77,same,Orlov,2023-03-20,mistyped\n' \
	"$wang" "$third" "$wang" >"$work/mistyped.csv"
interdict scan --links "$work/mistyped.csv" "$capture"
is "an address that nobody has is told of" grep -q 'mistyped.csv: line 3: nobody with the address 02:00:5e:10:77:77 was seen$' "$err"
interdict scan --links "$work/links.csv" "$capture"
is "and none that somebody has" test ! -s "$err"

# --- Corrections --------------------------------------------------------------------
ryabov=94:bf:2d:20:12:01
printf 'identifier,type,attribute,value,by,date,reason\n%s,mac,kind,phone,Chernov,2023-03-28,looked at\nSamira-iPhone,hostname,kind,tablet,Chernov,2023-03-28,\n' \
	$ryabov >"$work/corrections.csv"
interdict scan "${papers[@]}" --corrections "$work/corrections.csv" --json "$capture"
id=$(device_of $ryabov .id)
is "what the wire says stays" test "$(device_of $ryabov .kind.value)" = null
is "what is told stands beside it" test "$(device_of $ryabov '.told[0] | .attribute + " " + .value + " " + .by')" = "kind phone Chernov"
is "the verdict goes by it" test "$(verdict_of "$id" .object)" = covered
is "and says so" test "$(verdict_of "$id" '[.reasons[] | select((.text? // .) | tostring | contains("Told, not inferred: its kind is phone"))] | length')" = 1
id=$(device_of b6:18:5c:08:00:41 .id)
is "a person may say what it is not" test "$(verdict_of "$id" .object)" = not-covered
interdict scan --corrections "$work/corrections.csv" --as-of '2023-03-25 09:00' --json "$capture"
is "what is told later is not known before" test "$(device_of $ryabov '.told // "none"')" = none
head -c 32 /dev/urandom >"$work/key"
chmod 600 "$work/key"
interdict scan "${papers[@]}" --corrections "$work/corrections.csv" --links "$work/links.csv" \
	--pseudonyms "$work/key" --json "$capture"
is "under pseudonyms no word of a person is printed" test "$(grep -c 'Chernov\|Orlov\|looked at\|one desk' "$out")" = 0

# --- Mistakes, and templates --------------------------------------------------------
printf 'identifier,type,attribute,value,by,date,reason\n%s,mac,kind,fone,Chernov,2023-03-28,\n' $ryabov >"$work/bad.csv"
interdict scan --corrections "$work/bad.csv" "$capture"
refused "a word that nobody knows" "bad.csv: line 2, column 28: no kind is called 'fone'; is 'phone' meant\?"
interdict explain --links "$work/corrections.csv" $wang "$capture"
refused "another paper" "corrections.csv: line 1"
for paper in links corrections; do
	interdict new $paper
	cp "$out" "$work/new.csv"
	interdict scan --$paper "$work/new.csv" "$capture"
	is "the template of $paper is right as it stands" test $status -le 1
done
finish
