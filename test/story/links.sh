#!/bin/sh
# SPDX-License-Identifier: ISC
# One device, many addresses: of the pairs of addresses that become one device at most
# one in a thousand is wrong, and of those whose device gives a stable clue nine in ten
# are found, in a generated office whose phones change their addresses (crowd.awk).
# usage: links.sh STORY-PROGRAM INTERDICT (from the top of the tree)
set -eu

story=${1:-build/release/story}
interdict=${2:-build/release/interdict}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0
failed=0

holds()
{
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "links.sh: not so: $what" >&2
	fi
}

radius=0
"$interdict" decoders | grep -q '^radius' && radius=1
merged=0 wrong=0 stable=0 linked=0
for seed in 7 20230401; do
	awk -v devices=1000 -v "seed=$seed" -f test/story/crowd.awk >"$dir/crowd.story"
	"$story" "$dir/crowd.story" "$dir/crowd.pcapng" "$dir/truth.tsv" >/dev/null
	"$interdict" scan --json "$dir/crowd.pcapng" >"$dir/crowd.json"
	jq -r 'select(.event_type == "device") | .device | .id as $id | .macs[] |
		[$id, .] | @tsv' "$dir/crowd.json" >"$dir/macs.tsv"
	awk -v "radius=$radius" -f test/story/links.awk "$dir/truth.tsv" "$dir/macs.tsv" >"$dir/out"
	# shellcheck disable=SC2034 # the last is to be read by people
	read -r w m s l _ <"$dir/out"
	wrong=$((wrong + w)) merged=$((merged + m)) stable=$((stable + s)) linked=$((linked + l))
	# Suggestions change nothing: who gives an account alone stays as many devices.
	jq -e -s 'all(.[] | select(.event_type == "device") | .device | .links[]? ;
		(.state == "same") == (.p >= 0.95) and .p >= 0.7)' "$dir/crowd.json" >"$dir/states"
	holds "seed $seed: every link has its score and state" grep -q true "$dir/states"
done
echo "links: $linked of $stable pairs with a stable clue, $wrong of $merged wrong"
holds "at most one merged pair in a thousand is wrong" test $((wrong * 1000)) -le "$merged"
holds "nine of ten pairs with a stable clue are linked" test $((linked * 10)) -ge $((stable * 9))
holds "there were enough of both" test "$stable" -ge 2000 -a "$merged" -ge 2000
echo "$passed passed, $failed failed"
test $failed = 0
