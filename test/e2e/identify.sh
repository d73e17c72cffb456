#!/usr/bin/env bash
# identify: facts as arguments, and the stream: one answer a line, in order, whatever
# the line is; at once when nobody says more.
. "$(dirname "$0")/lib.sh"

identify() { # FILE: as a stream
	run "$INTERDICT" identify - <"$1"
}

# --- Facts as arguments ----------------------------------------------------------------
interdict identify 'dhcp.parameters=1,121,3,6,15' 'dhcp.hostname=Lucas-iPhone' 'mac=d2:6f:03:05:00:21'
is "facts as arguments" ended 0 '' '"event_type":"device"'
is "one line" [ "$(wc -l <"$out")" = 1 ]
is "the device of scan, each key of it" jq -e '.device | keys == (["id","macs","ips",
	"first_seen","last_seen","vendor","os","kind","version","model","several","hidden","conflict"] | sort)' "$out"
is "a name of its own tells the kind" [ "$(jq -r .device.kind.value "$out")" = phone ]
is "and the vendor" [ "$(jq -r .device.vendor.value "$out")" = Apple ]
cp "$out" "$work/once"
interdict identify 'mac=d2:6f:03:05:00:21' 'dhcp.hostname=Lucas-iPhone' 'dhcp.parameters=1,121,3,6,15'
is "in any order the same" cmp "$work/once" "$out"
interdict identify 'dhcp.hostname=a=b'
is "the first = splits" ended 0 '' '"event_type":"device"'
interdict identify 'dhcp.hostnam=x'
refused "a fact that nobody knows" "no fact is called 'dhcp.hostnam'"
interdict identify 'dhcp.hostname'
refused "no value" "'dhcp.hostname' is not key=value"
interdict identify 'mac=10.0.0.1'
refused "an IP address for a MAC" "'10.0.0.1' is no MAC address"

# --- Strings of which no row holds more than a part ------------------------------------
# What is read from the structure of a User-Agent: models that nobody makes.
while IFS='|' read -r want ua; do
	interdict identify "http.user_agent=$ua"
	is "$want: $ua" [ "$(jq -r ".device.${want%% *}.value" "$out")" = "${want#* }" ]
done <<'END'
kind tv|Mozilla/5.0 (Linux; Android 11; Q55ZZ7000 Build/X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Safari/537.36
kind tv|Mozilla/5.0 (Linux; Android 11; Nobody W1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/99.0 TV Safari/537.36
kind tablet|Mozilla/5.0 (Linux; Android 12; XyzPad 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Safari/537.36
kind phone|Mozilla/5.0 (Linux; Android 12; Xyz Smartphone 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36
vendor Sharp|Mozilla/5.0 (Linux; Android 12; SHG99) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36
vendor Huawei|Mozilla/5.0 (Linux; Android 9; QQQ-LX9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36
vendor Doogee|Mozilla/5.0 (Linux; Android 12; DoogeeQ99) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36
vendor Cubot|Mozilla/5.0 (Linux; Android 9; ZZQ9 Build/CUBOT) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Mobile Safari/537.36
vendor Nokia|Mozilla/5.0 (Windows Phone 10.0; Android 4.2.1; NOKIA; Lumia 9999) AppleWebKit/537.36 (KHTML, like Gecko)
END

# What one message says of itself, and what it does not.
while IFS='|' read -r want facts; do
	IFS='@' read -ra list <<<"$facts"
	interdict identify "${list[@]}"
	is "$want: $facts" [ "$(jq -r ".device.${want%% *}.value" "$out")" = "${want#* }" ]
done <<'END'
vendor Hikvision|mac=28:57:be:00:00:01@upnp.manufacturer=HIKVISION
vendor Samsung|mac=02:00:5e:00:00:01@mdns.service=_airplay._tcp@mdns.txt=_airplay._tcp model=UQ55Q80T@mdns.manufacturer=Samsung
vendor Apple|mdns.service=_airplay._tcp@mdns.model=AppleTV14,1@mdns.txt=_airplay._tcp model=AppleTV14,1
os macOS|dhcp.parameters=1,121,3,6,15,108,114,119,162,252,95,44,46
model FortiGate-60F|mac=00:09:0f:00:00:01@snmp.sys_descr=FortiGate-60F v7.0.5,build0304,220208 (GA)
version 7.0.5|mac=00:09:0f:00:00:01@lldp.system_description=FortiGate-60F v7.0.5,build0304,220208 (GA)
model cisco WS-C2960X-24TS-L|cdp.platform=cisco WS-C2960X-24TS-L
model Archer C7|upnp.manufacturer=TP-LINK@upnp.model=Archer C7
model null|http.user_agent=Dalvik/2.1.0 (Linux; U; Android 14; SM-S928B Build/U)@http.user_agent=Dalvik/2.1.0 (Linux; U; Android 14; SM-A536B Build/U)
kind phone|dhcp.hostname=iPhone@dhcp.parameters=1,121,3,6,15,108,114,119,162,252@http.user_agent=Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15
kind console|mac=00:50:f2:00:00:01@dhcp.parameters=1,3,6,15,31,33,43,44,46,47,119,121,249,252@dhcp.vendor_class=MSFT 5.0 XBOX
os null|http.user_agent=Mozilla/5.0 (iPhone; CPU iPhone OS 8_1 like Mac OS X) AppleWebKit/600.1.4 (KHTML, like Gecko) Version/8.0 Mobile/12B410 Safari/600.1.4 (Applebot/0.1; +http://www.apple.com/go/applebot)
kind null|mac=60:8b:0e:00:00:01@dhcp.hostname=MacBook-Pro@dhcp.parameters=1,121,3,6,15,108,114,119,162,252,95,44,46@http.user_agent=Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1
END

# --- The stream ------------------------------------------------------------------------
# Line N is of the address whose last bytes are N; every tenth is wrong in its own way.
awk 'BEGIN {
	OFS = "\t"
	for (n = 1; n <= 20000; n++) {
		mac = sprintf("mac=02:00:5e:%02x:%02x:%02x", int(n / 65536), int(n / 256) % 256, n % 256)
		if (n % 10 == 0) {
			k = n / 10 % 7
			print k == 0 ? "" : k == 1 ? "nonsense" : k == 2 ? mac "\tdhcp.hostname=a\\qb" : \
			    k == 3 ? mac "\t\tdhcp.hostname=x" : k == 4 ? "no.such=1" : \
			    k == 5 ? "mac=nobody" : mac "\tdhcp.hostname="
		} else if (n % 3 == 0) {
			print mac, "dhcp.hostname=Lucas-iPhone", "dhcp.parameters=1,121,3,6,15"
		} else {
			print mac, "dhcp.hostname=tab\\there\\\\and\\nnewline=equals"
		}
	}
}' >"$work/lines"
identify "$work/lines"
is "a stream with bad lines ends with 2" [ "$status" = 2 ]
is "exactly one answer a line" [ "$(wc -l <"$out")" = 20000 ]
jq -r 'if .event_type == "error" then "error \(.error.line)" else "device \(.device.macs[0])" end' "$out" >"$work/got"
awk -F'\t' '{ if (NR % 10 == 0) print "error " NR; else { sub(/^mac=/, "", $1); print "device " $1 } }' \
	"$work/lines" >"$work/want"
is "in their order, bad ones answered by error objects" cmp "$work/want" "$work/got"
is "each error says what is wrong" jq -se 'map(select(.event_type == "error") | .error.text) | all(length > 10)' "$out"
for what in "'' is not key=value" "'nonsense' is not key=value" "a backslash stands before neither t, n nor another" \
	"no fact is called 'no.such'" "'nobody' is no MAC address" "dhcp.hostname has no value"; do
	is "an error object: $what" grep -qF "$what" "$out"
done
grep -v -n '^$' "$work/lines" | awk -F: '$1 % 10 { sub(/^[0-9]*:/, ""); print }' >"$work/good"
identify "$work/good"
is "a stream of good lines ends with 0" ended 0 '' '.'
is "one answer a line of these" [ "$(wc -l <"$out")" = 18000 ]

interdict identify dhcp.hostnam=x
is "the nearest fact is named" ended 2 "no fact is called 'dhcp.hostnam': do you mean 'dhcp.hostname'" ''

# Escapes: the value is what they stand for.
printf 'dhcp.vendor_class=MSFT 5.0\n' >"$work/plain"
printf 'dhcp.vendor_class=MSFT 5.0\tdhcp.hostname=back\\\\slash\\tand tab\n' >"$work/escaped"
run "$INTERDICT" identify --explain - <"$work/escaped"
is "escapes are undone" ended 0 '' '"event_type":"device"'
interdict identify --explain 'dhcp.vendor_class=MSFT 5.0' "dhcp.hostname=back\\slash	and tab"
run sh -c "'$INTERDICT' identify - <'$work/escaped' | jq -r .device.id"
id=$(cat "$out")
interdict identify 'dhcp.vendor_class=MSFT 5.0' "dhcp.hostname=back\\slash	and tab"
is "an escaped value is the same device as the value itself" [ "$(jq -r .device.id "$out")" = "$id" ]

# Ends of lines and of the stream.
printf 'dhcp.hostname=Lucas-iPhone\r\ndhcp.hostname=Lucas-iPhone' >"$work/ends"
identify "$work/ends"
is "CR LF, and a last line without an end" ended 0 '' '.'
is "are two lines that say the same" [ "$(wc -l <"$out") $(sort -u "$out" | wc -l)" = "2 1" ]
: >"$work/none"
identify "$work/none"
is "no line, no answer" ended 0 '' ''
is "nothing at all" test ! -s "$out"
{
	head -c 3000000 /dev/zero | tr '\0' x
	printf '\ndhcp.hostname=Lucas-iPhone\n'
} >"$work/long"
identify "$work/long"
is "a line that is too long is one error" [ "$(jq -r .event_type "$out" | tr '\n' ' ')" = "error device " ]
printf 'dhcp.hostname=\377\376-iPhone\tmac=02:00:5e:00:00:01\n' >"$work/latin"
identify "$work/latin"
is "bytes that are no UTF-8 are a line like others" ended 0 '' '"event_type":"device"'
is "and its answer is JSON" jq -e .device.id "$out"

# The answer to a line does not wait for the next one.
coproc TALK { "$INTERDICT" identify - 2>"$err"; }
ran="identify - with a line at a time"
for n in 1 2 3; do
	echo "mac=02:00:5e:00:00:0$n" >&"${TALK[1]}"
	line=
	read -r -t 20 line <&"${TALK[0]}"
	is "line $n is answered before the next is there" grep -q "02:00:5e:00:00:0$n" <<<"$line"
done
exec {TALK[1]}>&-
wait "$TALK_PID" 2>/dev/null

finish
