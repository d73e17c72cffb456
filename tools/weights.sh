#!/usr/bin/env bash
# weights.sh: the weights of share/knowledge, counted from labelled tables. `make weights`.
# Those of 802.11 are `make wifi-weights`.
#   tools/weights.sh [FOLDER [FACTS]]: of another copy of share/knowledge, another corpus
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
folder=${1:-share/knowledge}
corpus=${2:-../shared/corpus}
program=${WEIGHTS:-build/release/weights}
if [ ! -r "$corpus/facts/ua.tsv" ]; then
	echo "weights: skipped: the corpus is not there ($corpus)"
	exit 0
fi
# sorted FILE: the notes first, as they stand, then the rows bytewise.
sorted() {
	{ grep '^#' "$1"; grep -v '^#' "$1" | sort; } >"$1.sorted"
	mv "$1.sorted" "$1"
}
"$program" models "$folder" "$corpus/facts/ua.tsv" "$folder/android.tsv" ${UA_WITHOUT:+"$UA_WITHOUT"}
sorted "$folder/android.tsv"

# What devices in captures show of each row; EXAMPLES names what examples.sh made before,
# WITHOUT the groups to leave out.
examples=${EXAMPLES:-build/weights/examples.tsv}
if [ -z "${EXAMPLES:-}" ]; then
	tools/weights/examples.sh build/weights
fi
"$program" rows "$folder" "$examples" ${WITHOUT:+"$WITHOUT"}
"$program" makers "$folder" "$corpus/truth.tsv" ${WITHOUT:+"$WITHOUT"}
for table in "$folder"/*.tsv; do
	case $table in */priors.tsv | */aliases.tsv | */wifi.tsv) ;; *) sorted "$table" ;; esac
done
