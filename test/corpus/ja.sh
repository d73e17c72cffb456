#!/usr/bin/env bash
# ja.sh: JA3, JA4 and server name of every hello (TLS, DTLS, QUIC) with a reference equal the reference.
# ja-wrong.tsv lists the references that are wrong, with the raw form that shows it.
. test/corpus/common.sh

need_corpus ja
# Captures by base name; arkime's references leave the ending out.
gawk -F'\t' '
	FNR == 1 { next }
	ARGIND == 1 { wanted[$1] = 1; next }
	{
		name = $1
		sub(/.*\//, "", name)
		bare = name
		sub(/\.p?cap(ng)?$/, "", bare)
		if (name in wanted || bare in wanted)
			print $1
	}' "$CORPUS/facts/ja.tsv" "$CORPUS/catalog.tsv" >"$WORK/ja.list"
each "$WORK/ja.list" "$WORK/ja" facts --json | tee "$WORK/ja.crashed"
gawk -f $HERE/ja.awk -v at="$WORK/ja/" \
    $HERE/ja-wrong.tsv "$CORPUS/facts/ja.tsv" "$WORK/ja.list" >"$WORK/ja.out"
[ $? -gt 1 ] && echo "FAILED ja: the comparison broke" >>"$WORK/ja.out"
grep -v '^ok' "$WORK/ja.out"
failed=$(cat "$WORK/ja.crashed" "$WORK/ja.out" | grep -c '^FAILED')
echo "ja: $(grep -c '^ok' "$WORK/ja.out") passed, $failed failed"
[ "$failed" -eq 0 ]
