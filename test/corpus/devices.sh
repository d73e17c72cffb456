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

# Of wired devices whose system is known: how many are decided, and how many rightly.
# accuracy_of KEY: a figure of the attribute os on the line for all but tunnels.
accuracy_of() {
	grep '"of":"all but tunnels"' "$WORK/accuracy.json" |
	    sed -n "s/.*\"os\":{[^}]*\"$1\":\([0-9.]*\).*/\1/p"
}
ip_captures | gawk -F'\t' -v at="$CORPUS/pcap/" '
	FILENAME ~ /truth/ { known[$1] = 1; next }
	$1 in known { printf "%s%s%c", at, $1, 0 }' "$CORPUS/truth.tsv" - |
    xargs -0 "$INTERDICT" accuracy --json "$CORPUS/truth.tsv" >"$WORK/accuracy.json"
gawk -v n="$(accuracy_of devices)" -v decided="$(accuracy_of decided)" \
    -v right="$(accuracy_of right)" 'BEGIN {
	share = n > 0 ? decided / n : 0
	precision = decided > 0 ? right / decided : 0
	printf "%s accuracy: of %.1f wired devices %.1f %% are decided for their OS, want 60\n",
	    share >= 0.6 ? "ok" : "FAILED", n, 100 * share
	printf "%s accuracy: precision %.4f, want 0.97\n",
	    precision >= 0.97 ? "ok" : "FAILED", precision
}' >>"$WORK/devices.out"
cat "$WORK/devices.out"
failed=$(grep -c '^FAILED' "$WORK/devices.out")
echo "devices: $(grep -c '^ok' "$WORK/devices.out") passed, $failed failed"
[ "$failed" -eq 0 ]
