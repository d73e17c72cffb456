#!/usr/bin/env bash
# examples.sh FOLDER: labelled values of devices out of the corpus, one a line, into
# FOLDER/examples.tsv: group, device, key, value, vendor, os, kind: what the captures of
# truth.tsv show of a device that it knows. Lists of fingerprints are none of it: they
# have a line a value, and say nothing of how many devices send it. A group is what must
# not be parted: captures of one repository are of few networks.
set -eu
into=$1
. test/corpus/common.sh
need_corpus examples
mkdir -p "$into"
# The aliases say which words are ours; the most of the captures are 802.11.
ip_captures | gawk -F'\t' 'ARGIND == 1 { known[$1] = 1; next } $1 in known' \
    "$CORPUS/truth.tsv" - >"$into/captures"
each "$into/captures" "$into/facts" facts --json >&2
gawk -f tools/weights/examples.awk -v at="$into/facts/" share/knowledge/aliases.tsv \
    "$CORPUS/truth.tsv" "$into/captures" |
    sort -u >"$into/examples.tsv"
