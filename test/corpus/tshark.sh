#!/usr/bin/env bash
# tshark.sh: the facts of every capture of the corpus, field by field against tshark's.
# tshark.tsv says what is compared with what, exceptions.tsv where they rightly differ.
# tshark's answers are kept in build/tshark-cache under a hash of all that they hang on.
# ONLY=WORD compares those captures alone whose path holds it (a regular expression).
. test/corpus/common.sh
CACHE=build/tshark-cache

need_corpus tshark
if ! command -v tshark >/dev/null; then
	echo "tshark: skipped: there is no tshark"
	echo "tshark: 0 passed, 0 failed"
	exit 0
fi
mkdir -p "$CACHE"

# Every field that the map names or an exception asks for, the number of the frame first.
fields=$WORK/tshark.fields
gawk -F'\t' '
	BEGIN { print "frame.number" }
	/^#/ { next }
	FILENAME ~ /exceptions/ {
		if (!sub(/^@/, "", $1))
			next
		$2 = ""
		$3 = $1
	}
	{
		gsub(/ == [^ \t]+/, "", $3)
		n = split($2 " " $3, word, /[][!&=+ ]+/)
		for (i = 1; i <= n; i++)
			if (word[i] ~ /^[a-z][A-Za-z0-9_.-]*$/ && !seen[word[i]]++)
				print word[i]
	}' $HERE/tshark.tsv $HERE/exceptions.tsv >"$fields"

# Reassembly as ours; HTTP is read when its head is there, whatever its body.
options="-n -o tcp.reassemble_out_of_order:TRUE -o http.desegment_body:FALSE"
wanted='arp or icmpv6.type in {133..136} or dhcp or dns or mdns or
    lldp or cdp or ssdp or llmnr or nbns or browser or smb.cmd == 0x73 or
    smb2.cmd in {0..1} or ntlmssp or mndp or snmp or sip or ssh.protocol or stun.att.software or
    wlan.fc.type_subtype in {0, 2, 4, 5, 8} or
    dhcpv6 or icmpv6.type in {131, 143} or igmp or eap or radius or
    btcommon.eir_ad.entry.length or
    tls.handshake.type == 1 or dtls.handshake.type == 1 or gquic.tag.sni or
    wg.type == 1 or openvpn.opcode in {7, 10} or isakmp or esp or
    http.host or http.user_agent or http.server or
    (tcp.analysis.retransmission and tcp.len > 0)'
recipe=$(tshark --version 2>/dev/null | head -1; echo "$options"; echo "$wanted"; cat "$fields")
recipe=$(printf '%s' "$recipe" | sha256sum | cut -c1-16)

list=$WORK/tshark.list
{ ip_captures; wifi_captures; } | grep -E "${ONLY:-.}" >"$list"
sed "s|^|$CORPUS/pcap/|" "$list" | tr '\n' '\0' | xargs -0 sha256sum |
    gawk -v dir="$CACHE/$recipe-" '{ print dir substr($1, 1, 32) }' >"$WORK/tshark.answers"
# tshark's answers into the cache. A damaged capture gives what it has.
rm -f "$CACHE"/*.part
paste "$WORK/tshark.answers" "$list" | sort -u -k1,1 |
    while IFS=$'\t' read -r answer capture; do
	[ -e "$answer" ] || printf '%s.part\t%s\n' "$answer" "$CORPUS/pcap/$capture"
    done >"$WORK/tshark.wanted"
if [ -s "$WORK/tshark.wanted" ]; then
	once=$WORK/tshark_once.so
	${CC:-cc} -shared -fPIC -o "$once" $HERE/tshark_once.c || exit 1
	mapfile -t e < <(sed 's/^/-e/' "$fields")
	# shellcheck disable=SC2086
	TSHARK_LIST=$WORK/tshark.wanted TSHARK_JOBS=$JOBS LD_PRELOAD=$once \
	    tshark -r /dev/null $options -Y "$wanted" -T fields -E aggregator=$'\036' "${e[@]}" \
	    2>/dev/null </dev/null
	for part in "$CACHE"/*.part; do mv "$part" "${part%.part}"; done
fi

each "$list" "$WORK/facts" facts --json | tee "$WORK/tshark.crashed"
paste "$list" "$WORK/tshark.answers" |
    gawk -F'\t' -v OFS='\t' -v at="$WORK/facts/" '{ print $1, $2, at NR ".json" }' \
    >"$WORK/tshark.pairs"

gawk -f $HERE/tshark.awk $HERE/tshark.tsv $HERE/exceptions.tsv "$fields" \
    "$WORK/tshark.pairs" >"$WORK/tshark.out"
status=$?
[ -n "${ONLY:-}" ] && sed -i '/no longer needed/d' "$WORK/tshark.out"
[ $status -gt 1 ] && echo "FAILED tshark: the comparison broke" >>"$WORK/tshark.out"
# A screen of differences is enough to start with; the file has them all.
grep '^  ' "$WORK/tshark.out" | head -"${SHOW:-40}"
grep -v '^  ' "$WORK/tshark.out"
failed=$(cat "$WORK/tshark.crashed" "$WORK/tshark.out" | grep -c '^FAILED')
[ "$failed" -gt 0 ] && echo "all differences: $WORK/tshark.out"
echo "tshark: $(grep -c '^ok' "$WORK/tshark.out") passed, $failed failed"
[ "$failed" -eq 0 ]
