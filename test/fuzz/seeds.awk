# seeds.awk: what a decoder reads, out of the golden capture of its name, a line of hex a
# frame: the number of its row of decoders.tsv first, as the fuzz target wants it.
# What QUIC carries is sealed in its own capture: its seeds are the hellos of the capture
# of TLS, out of their record, and a CHLO from where it begins.
# od -An -v -tx1 -w1 PCAP | gawk -v name=NAME -f seeds.awk decoders.tsv -
FILENAME ~ /tsv$/ {
	if (/^#/ || NF == 0)
		next
	if ($1 == name && !(name in row)) {
		row[name] = rows
		on = $2
	}
	rows++
	next
}

{ byte[n++] = $1 }

END {
	for (at = 24; at + 16 <= n; at += 16 + len) {
		len = little(at + 8)
		seed(at + 16, at + 16 + len)
	}
}

# Where the hello begins in a packet of IPv4; `end` when it has none.
function hello(at, end,    i) {
	if (byte[at + 9] == "06") {
		i = at + 20 + int(value(at + 32) / 16) * 4
		return byte[i] == "16" ? i + 5 : end
	}
	for (i = at; i + 4 < end; i++)
		if (byte[i] byte[i + 1] byte[i + 2] byte[i + 3] == "43484c4f")
			return i
	return end
}

function little(i) {
	return strtonum("0x" byte[i + 3] byte[i + 2] byte[i + 1] byte[i])
}

function value(i) {
	return strtonum("0x" byte[i])
}

# Ethernet, perhaps with a tag, and IP, perhaps with a hop-by-hop header: so golden frames
# are. Of Bluetooth, what stands before the advertisement is as long as two addresses.
function seed(at, end,    hex, hop) {
	at += 12
	if (byte[at] byte[at + 1] == "8100")
		at += 4
	if (on != "ble")
		at += 2
	if (on == "snap")
		at += 8
	if (on == "quic")
		at = hello(at, end)
	if (on == "ip" || on == "icmp6" || on == "udp" || on == "dtls" || on == "stream" || on == "text") {
		hop = byte[at] ~ /^6/ && byte[at + 6] == "00"
		at += substr(byte[at], 1, 1) == "6" ? 40 : value(at) % 16 * 4
		if (hop)
			at += (value(at + 1) + 1) * 8
		if (on == "udp" || on == "dtls")
			at += 8
		if (on == "stream" || on == "text")
			at += int(value(at + 12) / 16) * 4
	}
	if (at >= end)
		return
	hex = sprintf("%02x", row[name])
	for (; at < end; at++)
		hex = hex byte[at]
	print hex
}
