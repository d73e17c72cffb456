#!/usr/bin/env bash
# wifi.sh: the signature of each labelled capture of 802.11 against the table of the
# Wi-Fi taxonomy: a row that has it must have its name, but for wifi-names.tsv; and as
# many captures must be found in the table as were when every signature was checked
# against an independent reading of the bytes.
. test/corpus/common.sh

need_corpus wifi
tools/wifi_captures.sh >"$WORK/wifi.captures"
gawk -F'\t' '
	FILENAME ~ /names/ { if (!/^#/) right[$1, $2] = 1; next }
	FILENAME ~ /facts/ {
		if (FNR == 1)
			next
		s = $1
		sub(/\|(os|oui|name):.*/, "", s)
		name = $2 ($3 != "" ? " " : "") $3
		row[s] = row[s] "\t" name
		rows += !(s in had)
		had[s] = 1
		next
	}
	!($2 in row) { none++; next }
	{
		seen[$2] = 1
		n = split(substr(row[$2], 2), list, "\t")
		same = 0
		for (i = 1; i <= n; i++)
			same += list[i] == $1 || ($1, list[i]) in right
		if (same)
			print "ok " $1
		else
			print "FAILED " $1 ": the table calls it" row[$2]
	}
	END {
		found = length(seen)
		printf "%s of %d signatures of the table %d are those of a capture, want 255\n",
		    found >= 255 ? "ok" : "FAILED", rows, found
		printf "# %d captures have a signature that the table does not hold\n", none
	}' $HERE/wifi-names.tsv "$CORPUS/facts/wifi.tsv" "$WORK/wifi.captures" >"$WORK/wifi.out"
grep -v '^ok [^o]' "$WORK/wifi.out"
failed=$(grep -c '^FAILED' "$WORK/wifi.out")
echo "wifi: $(grep -c '^ok' "$WORK/wifi.out") passed, $failed failed"
[ "$failed" -eq 0 ]
