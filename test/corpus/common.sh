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

# Captures in which IP may be, as paths below $CORPUS/pcap. Those of 802.11 have
# their decoders yet to come.
ip_captures() {
	gawk -F'\t' 'NR > 1 && $7 !~ /DLT127|802\.11/ { print $1 }' \
	    "$CORPUS/catalog.tsv"
}

# facts_of NUMBER FILE: the facts of one capture into $WORK/facts/NUMBER.json, and
# its status beside. Exported, for xargs.
facts_of() {
	"$INTERDICT" facts --json "$2" \
	    >"$WORK/facts/$1.json" 2>"$WORK/facts/$1.err" </dev/null
	echo $? >"$WORK/facts/$1.status"
}

# all_facts LIST: the facts of every capture of a list of paths below pcap, each in
# a run of its own; line N of the list gives facts/N.json. A run that was killed or
# found a fault of its own is told on stdout, as `FAILED facts: ...`.
all_facts() {
	mkdir -p "$WORK/facts"
	export -f facts_of
	gawk -v at="$CORPUS/pcap/" '{ printf "%d%c%s%s%c", NR, 0, at, $0, 0 }' "$1" |
	    xargs -0 -n 2 -P "$JOBS" bash -c 'facts_of "$1" "$2"' facts
	gawk -v work="$WORK/facts/" '{
		status = "none"
		getline status <(work NR ".status")
		if (status !~ /^[012]$/)
			print "FAILED facts: " $0 ": exit status " status
	}' "$1"
}
