#!/usr/bin/env bash
# ua.sh: how many User-Agents are read rightly, of the labels that the string can prove
# (ua_rule.awk says which), and that it is no fewer than ACCURACY.md has. SHOW=os, version, kind or brand prints what is missed.
. test/corpus/common.sh

need_corpus ua
table=$CORPUS/facts/ua.tsv
gawk -f $HERE/ua_rule.awk $HERE/ua-words.tsv "$table" "$table" >"$WORK/ua.rule"
tail -n +2 "$table" | cut -f1 | sed 's/^/http.user_agent=/' |
    "$INTERDICT" identify - >"$WORK/ua.json"
gawk -f $HERE/ua.awk -v part="${PART:-all}" -v show="$SHOW" -v floor=ACCURACY.md "$WORK/ua.rule" "$table" \
    "$WORK/ua.json" >"$WORK/ua.out" ||
    echo "FAILED ua: the comparison broke" >>"$WORK/ua.out"
[ "$(wc -l <"$WORK/ua.json")" -eq "$(tail -n +2 "$table" | wc -l)" ] ||
    echo "FAILED ua: identify did not answer every line" >>"$WORK/ua.out"
cat "$WORK/ua.out"
failed=$(grep -c '^FAILED' "$WORK/ua.out")
echo "ua: $(grep -c '^ok' "$WORK/ua.out") passed, $failed failed"
[ "$failed" -eq 0 ]
