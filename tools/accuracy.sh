#!/usr/bin/env bash
# accuracy.sh: writes ACCURACY.md from the corpus. `make accuracy`; takes minutes.
set -eu
cd "$(dirname "$0")/.."
. test/corpus/common.sh
need_corpus accuracy
out=$WORK/accuracy
rm -rf "$out"
mkdir -p "$out"
table=$CORPUS/facts/ua.tsv

# of GROUPS: captures of truth.tsv whose repository is in the list (all when empty),
# judged with the knowledge of $INTERDICT_SHARE.
of() {
	ip_captures | gawk -F'\t' -v at="$CORPUS/pcap/" -v groups="$1" '
		ARGIND == 1 { known[$1] = 1; next }
		{ split($1, part, "/") }
		$1 in known && (groups == "" || index(groups, "|" part[1] "|")) {
			printf "%s%s%c", at, $1, 0 }' "$CORPUS/truth.tsv" - |
	    xargs -0 "$INTERDICT" accuracy "$CORPUS/truth.tsv" 2>>"$out/err"
}
# learnt NAME: a copy of share in which make weights has left something out.
learnt() {
	mkdir -p "$out/$1"
	cp -r share/knowledge "$out/$1/"
	WEIGHTS=build/release/weights EXAMPLES=$WORK/../weights/examples.tsv \
	    tools/weights.sh "$out/$1/knowledge" "$CORPUS"
}
# Three folds of repositories: no device, network or model of capture is in two.
folds() {
	gawk -F'\t' 'NR > 1 { split($1, p, "/"); if (!s[p[1]]++) print p[1] }' \
	    "$CORPUS/truth.tsv" | grep -v wifi_taxonomy | sort |
	    gawk '{ f = $0 ~ /nDPI/ ? 0 : $0 ~ /IoT_Sentinel/ ? 1 : 2
		g[f] = g[f] "|" $0 } END { for (i = 0; i < 3; i++) print g[i] "|" }'
}
ua() { # PART
	"$INTERDICT" identify - <"$out/uas" >"$out/ua.json" || : # one line is no text
	gawk -f test/corpus/ua.awk -v part="$1" -v fold="${2:-0}" "$out/rule" "$table" "$out/ua.json" |
	    sed 's/^[a-zA-Z]* ua: /    /'
}
gawk -f test/corpus/ua_rule.awk test/corpus/ua-words.tsv "$table" "$table" >"$out/rule"
tail -n +2 "$table" | cut -f1 | sed 's/^/http.user_agent=/' >"$out/uas"
[ -r build/weights/examples.tsv ] || tools/weights/examples.sh build/weights
{
cat tools/accuracy.head.md
echo "## Devices in captures, weights as shipped"
echo
of "" | sed 's/^/    /; s/ *$//'
echo
echo "## Devices in captures, cross-validated"
echo
echo "Each part is judged by weights that were counted without it."
i=0
folds | while read -r groups; do
	WITHOUT=$groups learnt "fold$i" >&2
	echo
	echo "### Without and then on $(echo "$groups" | tr '|' ' ' | sed 's/^ //; s/ $//')"
	echo
	INTERDICT_SHARE=$PWD/$out/fold$i of "$groups" | sed -n '1,/^$/p; /^attribute/,/^$/p; /ECE/p' |
	    sed 's/^/    /; s/ *$//'
	i=$((i + 1))
done
echo
echo "## User-Agents, of the labels that the string can prove"
echo
echo "Weights as shipped, learnt on the whole table:"
echo
ua all
echo
echo "Cross-validated: learnt without a third of the models, measured on that third:"
for part in 0 1 2; do
	UA_WITHOUT=$part learnt "ua$part" >&2
	echo
	INTERDICT_SHARE=$PWD/$out/ua$part ua kept $part
done
} >"$out/ACCURACY.md"
mv "$out/ACCURACY.md" ACCURACY.md

# The first table of it, for reports: they name what was measured.
{
	printf '# attribute\tdevices\tdecided\tright\tprecision\tlow\thigh\n'
	gawk -v OFS='\t' '/^## Devices in captures, weights as shipped/ { on = 1 }
		on && $1 == "attribute" { rows = 1; next }
		rows && NF == 0 { exit }
		rows { gsub(/[()]/, ""); print $1, $2, $3, $4, $6, $7, $9 }' ACCURACY.md
} >share/accuracy.tsv
