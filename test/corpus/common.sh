# Sourced by the tests against the corpus, which are run from the top of the
# repository. CORPUS and INTERDICT may name another place and another program.
CORPUS=${CORPUS:-../shared/corpus}
INTERDICT=${INTERDICT:-build/release/interdict}
HERE=test/corpus
WORK=build/corpus
JOBS=$(nproc 2>/dev/null || echo 2)
export LC_ALL=C CORPUS INTERDICT WORK

# need_corpus NAME: ends the test, with a word, where there is nothing to test on.
need_corpus() {
	if [ ! -r "$CORPUS/catalog.tsv" ]; then
		echo "$1: skipped: the corpus is not there ($CORPUS)"
		echo "$1: 0 passed, 0 failed"
		exit 0
	fi
	if [ ! -x "$INTERDICT" ]; then
		echo "$1: FAILED: there is no $INTERDICT; run make first"
		echo "$1: 0 passed, 1 failed"
		exit 1
	fi
	mkdir -p "$WORK"
}

# Captures in which IP may be, as paths below $CORPUS/pcap; those of 802.11 apart.
ip_captures() {
	gawk -F'\t' 'NR > 1 && $7 !~ /DLT127|802\.11/ { print $1 }' \
	    "$CORPUS/catalog.tsv"
}

# Captures of 802.11, small ones and few: all but those of the taxonomy, which are a
# thousand of one kind, and of these each fortieth.
wifi_captures() {
	gawk -F'\t' 'NR > 1 && $7 ~ /DLT127|802\.11/ && $1 !~ /tcpdump\/tests/ &&
	    ($1 !~ /taxonomy/ || n++ % 40 == 0) { print $1 }' "$CORPUS/catalog.tsv"
}

# one NUMBER FILE: `interdict facts` or what $DO says of one capture into
# $INTO/NUMBER.json, and its status beside. Exported, for xargs.
one() {
	# shellcheck disable=SC2086
	"$INTERDICT" ${DO:-facts --json} "$2" \
	    >"$INTO/$1.json" 2>"$INTO/$1.err" </dev/null
	echo $? >"$INTO/$1.status"
}
export -f one

# each LIST FOLDER [COMMAND ...]: `interdict COMMAND` on every capture of a list of
# paths below pcap, each in a run of its own; line N of the list gives N.json in
# FOLDER. A run that was killed is told on stdout, as `FAILED facts: ...`.
each() {
	local list=$1

	export INTO=$2 DO=${*:3}
	rm -rf "$INTO"
	mkdir -p "$INTO"
	gawk -v at="$CORPUS/pcap/" '{ printf "%d%c%s%s%c", NR, 0, at, $0, 0 }' "$list" |
	    xargs -0 -r -n 2 -P "$JOBS" bash -c 'one "$1" "$2"' one
	gawk -v into="$INTO/" -v what="${3:-facts}" '{
		status = "none"
		getline status <(into NR ".status")
		if (status !~ /^[012]$/)
			print "FAILED " what ": " $0 ": exit status " status
	}' "$list"
}
