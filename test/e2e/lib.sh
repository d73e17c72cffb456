# Sourced by the tests beside it: runs the program, holds what comes out against what
# was wanted, and counts. Everything is left in build/check/e2e/NAME to be looked at.
# shellcheck shell=bash disable=SC2034 # what the tests use
set -u
INTERDICT=$(realpath "${INTERDICT:-build/check/interdict}")
STORY=${STORY:-build/check/story}
name=$(basename "$0" .sh)
work=build/check/e2e/$name
rm -rf "$work"
mkdir -p "$work"
out=$work/stdout err=$work/stderr status=0 ran='' passed=0 failed=0
demo=share/demo
papers=(--directive share/directives/iphone-2023.yaml --site $demo/site.yaml
	--roster $demo/people.csv --custody $demo/custody.csv
	--statements $demo/statements.csv --exceptions $demo/exceptions.csv
	--as-of '2023-04-02 09:00')

story() { # FILE: the capture of the demonstration
	"$STORY" $demo/office.story "$1" >/dev/null || {
		echo "$name: 0 passed, 1 failed"
		exit 1
	}
}

run() { # COMMAND...: keeps what it prints and how it ends
	ran=$*
	"$@" >"$out" 2>"$err"
	status=$?
}

interdict() { # ARGUMENT...
	run "$INTERDICT" "$@" </dev/null
}

pass() {
	passed=$((passed + 1))
}

fail() { # SENTENCE
	failed=$((failed + 1))
	echo "FAILED $1"
	echo "    after: ${ran:0:300}"
	echo "    exit status $status; stderr:"
	head -n 5 "$err" | cut -c 1-300 | sed 's/^/    /'
}

is() { # SENTENCE COMMAND...: holds when the command succeeds
	local sentence=$1
	shift
	if "$@" >"$work/why" 2>&1; then
		pass
	else
		fail "$sentence"
		head -n 10 "$work/why" | cut -c 1-300 | sed 's/^/    /'
	fi
}

# How the last run ended, and what it said on stderr and printed on stdout; the
# texts are extended regular expressions, '' for nothing at all.
ended() { # STATUS ON-STDERR [ON-STDOUT]
	[ "$status" -eq "$1" ] && holds "$err" "$2" && { [ $# -lt 3 ] || holds "$out" "$3"; }
}

holds() { # FILE REGEX
	if [ -z "$2" ]; then
		[ ! -s "$1" ]
	else
		# words are wrapped at the width of the terminal
		tr -s '\n ' ' ' <"$1" | grep -qE -- "$2"
	fi
}

refused() { # SENTENCE ON-STDERR: bad usage or input, and no answer
	is "$1" ended 2 "$2" ''
}

skip() { # WHAT WHY
	echo "$name $1: skipped: $2"
}

finish() {
	echo "$name: $passed passed, $failed failed"
	exit $((failed > 0))
}
