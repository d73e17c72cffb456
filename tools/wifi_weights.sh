#!/usr/bin/env bash
# wifi_weights.sh PROGRAM: writes share/knowledge/wifi.tsv from the corpus; the same
# corpus, the same bytes. `make wifi-weights` calls it.
set -eu
cd "$(dirname "$0")/.."
corpus=${CORPUS:-../shared/corpus}
captures=$(mktemp)
rows=$(mktemp)
trap 'rm -f "$captures" "$rows"' EXIT
tools/wifi_captures.sh >"$captures"
"$1" tools/wifi_labels.tsv tools/wifi_documents.tsv "$corpus/facts/wifi.tsv" "$captures" >"$rows"
{
	printf '# id\tkey\tmatch\tpattern\tsays\tfamily\tsource\tlicence\texample\tcounterexample\n'
	printf '## 2026-11-25 Written by tools/wifi_weights.c, which says what the weights are. Counts are of models.\n'
	LC_ALL=C sort "$rows"
} >share/knowledge/wifi.tsv
