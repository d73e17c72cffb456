#!/usr/bin/env bash
# Rows and files agree: each decoder and each format has its file and its golden pair, each command
# its file, its page and its place in the completions; HACKING names what exists.
set -u
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0
want() { # FILE WHY
	if [ -e "$1" ]; then passed=$((passed + 1)); else
		failed=$((failed + 1)); echo "FAILED $1 is not there: $2"; fi
}
for name in $(awk -F'\t' '!/^#/ && NF {print $1}' src/decode/decoders.tsv | sort -u); do
	file=$(grep -l "^${name}_decode(" src/decode/*.c | head -1)
	want "${file:-src/decode/$name.c}" "a row of decoders.tsv"
	for pair in test/decode/"$name"/*.pcap; do want "${pair%.pcap}.facts" "golden facts of $name"; done
done
for file in src/decode/*.c; do
	for name in $(sed -n 's/^\([a-z0-9_]*\)_decode(.*/\1/p' "$file"); do
		if grep -q "^$name	" src/decode/decoders.tsv; then passed=$((passed + 1)); else
			failed=$((failed + 1)); echo "FAILED $file: $name has no row in decoders.tsv"; fi
	done
done
for name in $(awk -F'\t' '!/^#/ && NF {print $1}' src/import/imports.tsv); do
	function=${name//-/_}
	if grep -qE "^import_${function}_read\(|^PAPER\($function," src/import/*.c; then passed=$((passed + 1)); else
		failed=$((failed + 1)); echo "FAILED no import_${function}_read in src/import"; fi
	for pair in test/import/"$name"/*.in; do want "${pair%.in}.out" "golden records of $name"; done
	if grep -q "$name" man/interdict-import.1; then passed=$((passed + 1)); else
		failed=$((failed + 1)); echo "FAILED man/interdict-import.1 does not tell of $name"; fi
done
while IFS=$'\t' read -r name show _; do
	case $name in ''|'#'*) continue ;; esac
	if ! grep -qs "^cmd_$name(" src/cmd/*.c; then
		failed=$((failed + 1)); echo "FAILED no cmd_$name in src/cmd"; fi
	[ "$show" = yes ] || continue
	want "man/interdict-$name.1" "a row of commands.tsv"
	for shell in dist/completion/*; do
		if grep -q "\b$name\b" "$shell"; then passed=$((passed + 1)); else
			failed=$((failed + 1)); echo "FAILED $shell does not know $name"; fi
	done
done <src/cmd/commands.tsv
for path in $(grep -o '`\(src\|test\|tools\|share\|man\)/[a-zA-Z0-9_/.-]*`' HACKING.md | tr -d '`' | grep -v NAME | sort -u); do
	want "$path" "HACKING.md names it"
done
# An outsider must be able to look up what a row rests on.
private=$(grep -lE '	[^	]*(KNOWLEDGE|find_string|corpus README|\.\./shared)' share/knowledge/*.tsv)
if [ -z "$private" ]; then passed=$((passed + 1)); else
	failed=$((failed + 1)); echo "FAILED $private: a source that only this house can read"; fi
echo "rows: $passed passed, $failed failed"
exit $((failed > 0))
