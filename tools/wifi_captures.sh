#!/usr/bin/env bash
# wifi_captures.sh: of the labelled captures of the Wi-Fi taxonomy, a line each: name,
# signature (its last probe request and its last association request, as the authors'
# own program takes them), address of the client, and all that the client said, as
# `interdict identify` takes it, but with semicolons where that wants tabs. For
# tools/wifi_weights.c and test/corpus/wifi_lomo.sh.
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
		name = field("capture")
		sub(/.*\//, "", name)
		who = field("subject")
		said = key "=" field("value")
		if (said !~ /[;\\]/ && !((name, who, said) in had)) {
			had[name, who, said] = 1
			facts[name, who] = facts[name, who] ";" said
		}
		if (key != "wifi.probe" && key != "wifi.assoc")
			next
		value[name, key] = field("value")
		if (key == "wifi.assoc")
			address[name] = who
	}
	END {
		for (name in address) {
			if (!((name, "wifi.probe") in value))
				continue
			# longer than a sensor keeps: zeros, read as elements
			if (length(value[name, "wifi.probe"]) > 512)
				continue
			label = name
			sub(/_(2\.4|5)GHz.*/, "", label)
			gsub(/_/, " ", label)
			print label "\twifi4|probe:" value[name, "wifi.probe"] "|assoc:" value[name, "wifi.assoc"] "\t" address[name] "\tmac=" address[name] facts[name, address[name]]
		}
	}' | LC_ALL=C sort | LC_ALL=C sort -s -u -t '	' -k1,3
