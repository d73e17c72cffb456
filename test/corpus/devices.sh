#!/usr/bin/env bash
# devices.sh: what captures of real devices must be taken for, and what never; and what
# the order against iPhones then says. devices.tsv has the claims.
. test/corpus/common.sh

need_corpus devices
# Every capture of which something is proven, and those of the claims.
gawk -F'\t' '
	/^#/ || (FILENAME ~ /truth|catalog/ && FNR == 1) { next }
	FILENAME ~ /truth/ { wanted[$1] = 1; next }
	FILENAME ~ /devices/ { claim[$1] = 1; next }
	{
		for (c in claim)
			if ($1 ~ c)
				wanted[$1] = 1
		if ($1 in wanted)
			print $1
	}' "$CORPUS/truth.tsv" $HERE/devices.tsv "$CORPUS/catalog.tsv" >"$WORK/devices.list"
each "$WORK/devices.list" "$WORK/devices" scan --json --directive \
    share/directives/iphone-2023.yaml >"$WORK/devices.out"
gawk -f $HERE/devices.awk -v at="$WORK/devices/" $HERE/devices.tsv "$CORPUS/truth.tsv" \
    "$WORK/devices.list" >>"$WORK/devices.out"
[ $? -gt 1 ] && echo "FAILED devices: the comparison broke" >>"$WORK/devices.out"
cat "$WORK/devices.out"
failed=$(grep -c '^FAILED' "$WORK/devices.out")
echo "devices: $(grep -c '^ok' "$WORK/devices.out") passed, $failed failed"
[ "$failed" -eq 0 ]
