#!/usr/bin/env bash
# Captures as they come: byte orders, clocks, sections, compression, pipes, several at
# once; cut, damaged, empty, or no captures at all. What is read, what is said of the
# rest, and how the program ends.
. "$(dirname "$0")/lib.sh"
golden=test/decode/dhcp4/dhcp4.pcap
frames=$(capinfos -Mrc "$golden" 2>/dev/null | awk 'END { print $NF }')

# What is said, by whom and in which frame, but not in which file.
sayings() {
	jq -c '[.timestamp, .frame, .fact]' "$out" | LC_ALL=C sort
}

interdict facts --json "$golden"
is "the golden capture is read" ended 0 '' '"event_type":"fact"'
sayings >"$work/want"

same() { # SENTENCE FILE: reads like the golden capture
	interdict facts --json "$2"
	sayings >"$work/got"
	is "$1" ended 0 '' '"event_type":"fact"'
	is "$1: the same facts" diff "$work/want" "$work/got"
}

summary() { # FILTER: of the last scan, for jq
	jq -r "select(.event_type == \"summary\") | .summary | $1" "$out"
}

# --- Kinds of files ------------------------------------------------------------------
for dress in swap nano modified swap,nano swap,modified; do
	options=
	for word in ${dress//,/ }; do options+=" -v $word=1"; done
	# shellcheck disable=SC2086 # several options
	od -An -v -tu1 "$golden" | LC_ALL=C gawk -b $options -f test/e2e/repack.awk >"$work/$dress.pcap"
	same "pcap, $dress" "$work/$dress.pcap"
done
is "pcap in the other order begins otherwise" [ "$(od -An -tx1 -N4 "$work/swap,nano.pcap")" = " a1 b2 3c 4d" ]
editcap -F pcapng "$golden" "$work/dhcp.pcapng"
same pcapng "$work/dhcp.pcapng"
gzip -c "$golden" >"$work/dhcp.pcap.gz"
same "gzip" "$work/dhcp.pcap.gz"
zstd -q -c "$golden" >"$work/dhcp.pcap.zst"
same "zstd" "$work/dhcp.pcap.zst"
cp "$work/dhcp.pcap.gz" "$work/gzip-by-another-name.pcap"
same "gzip is known by its bytes, not its name" "$work/gzip-by-another-name.pcap"
gzip -c "$work/dhcp.pcapng" >"$work/dhcp.pcapng.gz"
same "pcapng in gzip" "$work/dhcp.pcapng.gz"

for file in "$golden" "$work/dhcp.pcapng.gz" "$work/dhcp.pcap.zst"; do
	run sh -c "cat '$file' | '$INTERDICT' facts --json -"
	sayings >"$work/got"
	is "a pipe: $file" ended 0 '' '"capture":"-"'
	is "a pipe gives the same facts: $file" diff "$work/want" "$work/got"
done

# Two sections, of two writers: the second has its own interfaces, the frames go on.
cat "$work/dhcp.pcapng" "$work/dhcp.pcapng" >"$work/sections.pcapng"
interdict facts --json "$work/sections.pcapng"
is "pcapng of two sections" ended 0 '' '.'
is "the second section says it again" [ "$(jq -s '[.[] | .fact] | length' "$out")" = $((2 * $(wc -l <"$work/want"))) ]
is "its frames are counted on" [ "$(jq -s 'map(.frame) | max' "$out")" -gt "$frames" ]

# --- Several files, in the order of time ---------------------------------------------
editcap -t 3600 "$golden" "$work/later.pcap"
editcap -t 1800 -F pcapng "$golden" "$work/between.pcapng"
interdict facts --json "$work/later.pcap" "$golden" "$work/between.pcapng"
is "several files" ended 0 '' '.'
is "come in the order of time" jq -se 'map(.timestamp) | . == sort' "$out"
is "each under its name" [ "$(jq -r .capture "$out" | sort -u | wc -l)" = 3 ]
interdict scan --json "$work/later.pcap" "$golden"
jq -c 'select(.event_type == "device") | .device' "$out" >"$work/want.devices"
interdict scan --json "$golden" "$work/later.pcap"
jq -c 'select(.event_type == "device") | .device' "$out" >"$work/got.devices"
is "their order on the command line changes no device" diff "$work/want.devices" "$work/got.devices"

interdict scan test/decode/ble/ble.pcap
is "addresses that pass are no crowd" holds "$out" 'Bluetooth address that lasts about a quarter of an hour: 2\.'

# --- Cut and damaged -------------------------------------------------------------------
one_line() { # REGEX: stderr is this one line
	[ "$(wc -l <"$err")" = 1 ] && holds "$err" "$1"
}

size=$(stat -c %s "$golden")
head -c $((size - 5)) "$golden" >"$work/cut.pcap"
interdict scan --json "$work/cut.pcap"
is "a cut file is read" ended 0 'cut.pcap' '"event_type":"summary"'
is "one line says where it was cut" one_line 'cut\.pcap: .*cut.* offset [0-9,]+'
is "all before the cut is used" [ "$(summary '.inputs[0].frames')" = $((frames - 1)) ]
is "and the cut is a blind spot" holds "$out" "is damaged: .*; everything before that is used"

{
	head -c $((size / 2)) "$golden"
	head -c 4000 /dev/zero | tr '\0' '\377'
} >"$work/damaged.pcap"
interdict scan --json "$work/damaged.pcap"
is "a damaged file is read" ended 0 'damaged.pcap' '"event_type":"summary"'
is "one line says where it is damaged" one_line 'damaged\.pcap: .* offset [0-9,]+'
is "what was before is used" test "$(summary '.inputs[0].frames')" -gt 0

story "$work/office.pcapng"
gzip -1 -c "$work/office.pcapng" >"$work/office.pcapng.gz"
zstd -q -c "$work/office.pcapng" >"$work/office.pcapng.zst"
for packed in gz zst; do
	size=$(stat -c %s "$work/office.pcapng.$packed")
	head -c $((size / 2)) "$work/office.pcapng.$packed" >"$work/half.$packed"
	interdict scan --json "$work/half.$packed"
	is "half of a .$packed is read" ended 0 "half.$packed" '"event_type":"summary"'
	is "one line says where the .$packed was cut" one_line "half\.$packed: the [a-z]+ data is cut, at offset [0-9,]+ of what it unpacks to"
	is "what was before is used" test "$(summary '.devices')" -gt 10
	head -c 30 "$work/office.pcapng.$packed" >"$work/start.$packed"
	interdict scan "$work/start.$packed"
	refused "the first bytes of a .$packed" "start\.$packed: the [a-z]+ data is cut, at offset 0 of what it unpacks to"
done
head -c 3 "$work/office.pcapng.gz" >"$work/three.gz"
interdict scan "$work/three.gz"
refused "three bytes of a .gz" 'three\.gz: the gzip data is cut, at offset 0 of what it unpacks to'
{
	cat "$work/dhcp.pcapng"
	printf 'this is no block of pcapng, whatever it is'
} >"$work/tail.pcapng"
interdict scan --json "$work/tail.pcapng"
is "a pcapng with a tail is read" ended 0 'tail.pcapng' '"event_type":"summary"'
is "one line says where its tail begins" one_line 'tail\.pcapng: .* offset [0-9,]+'
is "all before the tail is used" [ "$(summary '.inputs[0].frames')" = "$frames" ]

# The snap length cut every frame: said once.
editcap -s 60 "$golden" "$work/snap.pcap"
interdict scan --json "$work/snap.pcap"
is "a snap length that cuts" ended 0 '' "frames of $work/snap.pcap are shorter than they were on the wire"
is "is said once" [ "$(summary '.blind_spots[]' | grep -c 'shorter than they were')" = 1 ]

# --- No captures -----------------------------------------------------------------------
: >"$work/empty"
interdict scan "$work/empty"
refused "an empty file" 'empty: .*empty'
echo 'a letter, not a capture' >"$work/letter.txt"
interdict scan "$work/letter.txt"
refused "a text" 'letter\.txt: .*(no|not a) capture'
interdict scan /dev/null
refused "/dev/null" '/dev/null: '
interdict scan "$work"
refused "a folder" 'is a folder; name the captures in it'
interdict scan "$work/nowhere.pcap"
refused "a file that is not there" 'cannot open .*nowhere\.pcap: No such file'
cp "$golden" "$work/secret.pcap"
chmod 0 "$work/secret.pcap"
nobody=() # root may read everything
[ "$(id -u)" -ne 0 ] || nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
if "${nobody[@]}" "$INTERDICT" --version >"$work/why" 2>&1; then
	run "${nobody[@]}" "$INTERDICT" scan "$work/secret.pcap" </dev/null
	refused "a file that may not be read" 'cannot open .*secret\.pcap: Permission denied'
else
	skip "a file that may not be read" "$(head -n 1 "$work/why")"
fi
head -c 24 "$golden" >"$work/nothing.pcap"
interdict scan --json "$work/nothing.pcap"
is "a capture without frames is no mistake, and is told" ended 0 'nothing.pcap: not one frame' '"devices":0'
interdict scan "$work/nothing.pcap"
is "nothing can be explained of it" ended 0 'not one frame' 'No device to show.*holds not one frame[^N]*$'
interdict scan "$work/nothing.pcap" --directive share/directives/iphone-2023.yaml
refused "nothing seen is no answer to an order" 'nothing.pcap: not one frame .*no time to judge by: name one with --as-of'
interdict scan "$work/nothing.pcap" --directive share/directives/iphone-2023.yaml --as-of 2023-04-02
is "with a time it is one" ended 0 'not one frame' 'as of 2023-04-02'
interdict scan --json "$work/letter.txt" "$golden"
is "beside one that can be read, no capture is a blind spot" ended 0 'letter\.txt: ' 'Nothing of .*letter\.txt could be read'
is "said in one line" one_line 'letter\.txt: '
interdict facts "$work/letter.txt"
refused "facts of no capture" 'letter\.txt: '
interdict explain 00:00:5e:00:53:01 "$work/letter.txt"
refused "explain of no capture" 'letter\.txt: '

# --- The sensor dies -------------------------------------------------------------------
mkfifo "$work/pipe"
"$INTERDICT" scan --json --html "$work/none.html" --directive share/directives/iphone-2023.yaml \
	"$work/pipe" </dev/null >"$out" 2>"$err" &
pid=$!
ran="scan $work/pipe; kill -9 of the sensor"
exec 3>"$work/pipe"
cat "$work/dhcp.pcapng" >&3
for _ in $(seq 100); do
	read -r sensor _ <"/proc/$pid/task/$pid/children" && break
	sleep 0.1
done
sleep 0.5
kill -KILL "$sensor"
wait $pid
status=$?
exec 3>&-
refused "a sensor that is killed" '^interdict scan: the sensor was killed by signal 9 \(Killed\) $'
is "no report is left" test ! -e "$work/none.html" -a ! -e "$work/none.html.new"

finish
