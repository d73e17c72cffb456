#!/usr/bin/env bash
# wifi_captures.sh: of the labelled captures of the Wi-Fi taxonomy, a line each: name,
# signature (its last probe request and its last association request, as the authors'
# own program takes them), address of the client. For tools/wifi_weights.c.
CORPUS=${CORPUS:-../shared/corpus}
INTERDICT=${INTERDICT:-build/release/interdict}

# One of them is cut short at its end, which is said and does not matter.
"$INTERDICT" facts --json "$CORPUS"/pcap/NetworkDeviceTaxonomy+wifi_taxonomy/testdata/pcaps/*.pcap 2>/dev/null |
    gawk '
	function field(name,    s) {
		if (!match($0, "\"" name "\":\"([^\"\\\\]|\\\\.)*\""))
			return ""
		s = substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5)
		gsub(/\\"/, "\"", s)
		gsub(/\\\//, "/", s)
		return s
	}
	{
		key = field("key")
		if (key != "wifi.probe" && key != "wifi.assoc")
			next
		name = field("capture")
		sub(/.*\//, "", name)
		value[name, key] = field("value")
		if (key == "wifi.assoc")
			address[name] = field("subject")
	}
	END {
		for (name in address) {
			if (!((name, "wifi.probe") in value))
				continue
			label = name
			sub(/_(2\.4|5)GHz.*/, "", label)
			gsub(/_/, " ", label)
			print label "\twifi4|probe:" value[name, "wifi.probe"] "|assoc:" value[name, "wifi.assoc"] "\t" address[name]
		}
	}' | LC_ALL=C sort -u
