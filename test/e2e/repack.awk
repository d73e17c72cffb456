# A pcap of little-endian microseconds, as `od -An -v -tu1` prints it, in another
# dress: `-v swap=1` in the other byte order, `-v nano=1` with nanoseconds, `-v
# modified=1` with the header of Alexey Kuznetzov's patch (its magic, and eight more
# bytes a frame). To be run by gawk -b. pcap(3PCAP), wiretap's libpcap.h.
{
	for (i = 1; i <= NF; i++)
		byte[n++] = $i
}

function number(at, size, value, k) {
	for (k = size - 1; k >= 0; k--)
		value = value * 256 + byte[at + k]
	return value
}

function put(value, size, k) {
	for (k = 0; k < size; k++)
		printf "%c", int(value / 256 ^ (swap ? size - 1 - k : k)) % 256
}

END {
	put(modified ? 0xa1b2cd34 : nano ? 0xa1b23c4d : 0xa1b2c3d4, 4)
	put(number(4, 2), 2)
	put(number(6, 2), 2)
	for (at = 8; at < 24; at += 4)
		put(number(at, 4), 4)
	while (at + 16 <= n) {
		put(number(at, 4), 4)
		put(number(at + 4, 4) * (nano ? 1000 : 1), 4)
		size = number(at + 8, 4)
		put(size, 4)
		put(number(at + 12, 4), 4)
		if (modified) { # interface, protocol, packet type, padding
			put(2, 4)
			put(8, 2)
			put(0, 2)
		}
		at += 16
		for (k = 0; k < size; k++)
			printf "%c", byte[at++]
	}
}
