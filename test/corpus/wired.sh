#!/usr/bin/env bash
# wired.sh: of the devices of labelled captures, how many are answered and how many
# rightly: what is aimed at, and no worse than ACCURACY.md has.
. test/corpus/common.sh

need_corpus wired
ip_captures | gawk -F'\t' -v at="$CORPUS/pcap/" '
	ARGIND == 1 { known[$1] = 1; next }
	$1 in known { printf "%s%s%c", at, $1, 0 }' "$CORPUS/truth.tsv" - |
    xargs -0 "$INTERDICT" accuracy "$CORPUS/truth.tsv" >"$WORK/wired.txt" 2>"$WORK/wired.err"
gawk -f $HERE/wired.awk ACCURACY.md "$WORK/wired.txt" >"$WORK/wired.out" ||
    echo "FAILED wired: the comparison broke" >>"$WORK/wired.out"
cat "$WORK/wired.out"
failed=$(grep -c '^FAILED' "$WORK/wired.out")
echo "wired: $(grep -c '^ok' "$WORK/wired.out") passed, $failed failed"
[ "$failed" -eq 0 ]
