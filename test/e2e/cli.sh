#!/usr/bin/env bash
# The command line: help, mistakes and what is said of them, templates, and that
# --help, the manual and the shells' completions agree.
. "$(dirname "$0")/lib.sh"
capture=$work/office.pcapng
story "$capture"
commands=$(awk -F'\t' '!/^#/ && $2 == "yes" { print $1 }' src/cmd/commands.tsv)

# --- Help -------------------------------------------------------------------------
interdict --help
is "--help lists the commands" ended 0 '' 'usage: interdict COMMAND'
for command in $commands; do
	is "--help names $command" grep -qE "^  $command " "$out"
done
interdict help scan
is "help COMMAND is its --help" ended 0 '' '^usage: interdict scan '
interdict help scna
refused "help for a command that is none" "no command is called 'scna'; did you mean scan"
for word in -h help; do
	interdict $word
	is "$word is --help" ended 0 '' 'usage: interdict COMMAND'
done
interdict --version
is "--version prints one line" ended 0 '' '^interdict [0-9]+\.[0-9]+\.[0-9]+ ?$'
interdict
refused "without a command the commands are listed" 'usage: interdict COMMAND.* scan '
for command in $commands; do
	interdict "$command" --help
	is "$command --help" ended 0 '' "^usage: interdict $command .* --help "
done

# --- Help, the manual, the completions: the same options ------------------------------
options() { # COMMAND: as --help prints them
	"$INTERDICT" "$1" --help </dev/null | grep -oE '^  --[a-z-]+' | tr -d ' ' | LC_ALL=C sort
}

in_manual() { # COMMAND
	sed -n 's/^\.It Fl Fl \([a-z-]*\).*/--\1/p' "man/interdict-$1.1" | LC_ALL=C sort
}

in_bash() { # COMMAND
	bash -c '. dist/completion/interdict.bash
		COMP_WORDS=(interdict "$1" --) COMP_CWORD=2
		_interdict && printf "%s\n" "${COMPREPLY[@]}"' bash "$1" | LC_ALL=C sort
}

in_zsh() { # COMMAND
	awk -v command="$1" '
		/^\t[a-z|]*\)$/ { sub(/\)/, ""); mine = ("|" substr($0, 2) "|") ~ ("\\|" command "\\|") }
		mine { while (match($0, /--[a-z-]+/)) {
			print substr($0, RSTART, RLENGTH)
			$0 = substr($0, RSTART + RLENGTH) } }' dist/completion/interdict.zsh | LC_ALL=C sort
}

in_fish() { # COMMAND
	awk -v command="$1" '
		/-l help/ { print "--help" }
		/__interdict_is/ && match($0, /\047__interdict_is[^\047]*\047/) {
			words = " " substr($0, RSTART + 16, RLENGTH - 17) " "
			if (index(words, " " command " ") && match($0, / -l [a-z-]+/))
				print "--" substr($0, RSTART + 4, RLENGTH - 4)
		}' dist/completion/interdict.fish | LC_ALL=C sort
}

for command in $commands; do
	options "$command" >"$work/options"
	for where in manual bash zsh fish; do
		# where templates are completed there are no other options to offer
		[ "$command/$where" = new/zsh ] && continue
		"in_$where" "$command" | grep -e -- >"$work/$where"
		is "$command: the options of --help are those of $where" diff "$work/options" "$work/$where"
	done
done
for shell in bash zsh fish; do
	if command -v $shell >/dev/null; then
		is "$shell reads its completion" $shell -n dist/completion/interdict.$shell
	fi
done
for page in man/*; do
	mandoc -Tlint "$page" 2>&1 | grep -vE 'referenced manual not found|outdated mandoc.db' >"$work/lint"
	is "mandoc has nothing against $page" test ! -s "$work/lint"
done

# --- make install: it works wherever it lies --------------------------------------------
if [ "$(basename "$(dirname "$INTERDICT")")" = check ]; then
	run env -u MAKEFLAGS -u MFLAGS make -s install VARIANT=check "DESTDIR=$PWD/$work/root" PREFIX=/opt/interdict
	is "make install" ended 0 ''
	installed=$work/root/opt/interdict
	for file in bin/interdict share/interdict/knowledge/oui.tsv share/interdict/directives/iphone-2023.yaml \
		share/interdict/interdict.schema.json share/man/man1/interdict-scan.1 share/man/man5/interdict-json.5; do
		is "make install brings $file" test -f "$installed/$file"
	done
	run "$installed/bin/interdict" identify dhcp.hostname=Lucas-iPhone </dev/null
	is "what is installed finds its knowledge" ended 0 '' '"value":"phone"'
fi

# --- README: what it says the demonstration prints --------------------------------------
mkdir -p "$work/demo/build/demo"
ln -s "$PWD/share" "$work/demo/share"
cp "$capture" "$work/demo/build/demo/office.pcapng"
run sh -c 'cd "$1" && shift && exec "$@"' sh "$work/demo" "$INTERDICT" scan build/demo/office.pcapng \
	"${papers[@]}" --html report.html </dev/null
is "the demonstration" ended 1 '' 'SYNTHETIC'
sed -n '/<!-- demo: begin/,/<!-- demo: end/p' README.md | sed '1,2d' | head -n -2 >"$work/readme"
is "README shows what it prints" diff "$work/readme" "$out"

# --- What nobody meant to write ---------------------------------------------------
interdict scna
refused "the nearest command" "no command is called 'scna'; did you mean scan\?"
interdict scan --diretive x "$capture"
refused "the nearest option" 'no option is called --diretive; did you mean --directive\?'
interdict scan --jsn=x "$capture"
refused "the nearest option, with a value" 'no option is called --jsn; did you mean --json\?'
for command in $commands; do
	interdict "$command" --no-such-thing
	refused "$command: an unknown option" "^interdict $command: no option is called --no-such-thing"
	interdict "$command" -j
	refused "$command: an unknown short option" "^interdict $command: no option is called -j "
done
for command in scan explain new check facts identify accuracy; do
	interdict "$command"
	refused "$command wants words" "^interdict $command: (name|want) "
done
interdict scan --json=1 "$capture"
refused "a flag with a value" '^interdict scan: --json takes no value'
interdict scan "$capture" --as-of
refused "an option without its value" '--as-of wants a value: TIME'
interdict scan "$capture" --only covered --only undecided
refused "an option twice" '--only is given twice'
interdict scan "$capture" --json --csv
refused "two forms at once" '--json or --csv, not both'
for command in scan facts; do
	interdict $command "$capture" --interface lo
	refused "$command: a capture and an interface" "^interdict $command: a capture or --interface, not both"
	interdict $command "$capture" --for 10m
	refused "$command: --for without an interface" "^interdict $command: --for goes with --interface"
	for time in 10 10q -1s m '' 0s 99999999999999h; do
		interdict $command --interface lo --for "$time"
		refused "$command: --for '$time'" "--for '$time' is no duration: write 30s, 10m or 2h"
	done
done
interdict check share/demo/site.yaml
refused "check of a site, and nothing else" '^share/demo/site.yaml: this is a site file: interdict check --site share/demo/site.yaml $'
interdict scan --json --as-of '2023-04-02 09:00' "$capture"
jq -r 'select(.event_type == "summary") | .timestamp' "$out" >"$work/own"
interdict scan --json --as-of "$(cat "$work/own")" "$capture"
is "--as-of takes a time of its own JSON" [ "$(jq -r 'select(.event_type == "summary") | .timestamp' "$out")" = "$(cat "$work/own")" ]
for time in yesterday 2023-02-30 2023-04-02T25:00 '2023-04-02 09:00 x' 2023-4-2 '' 20230402; do
	interdict scan "$capture" --as-of "$time"
	refused "--as-of '$time'" "'$time' is no time: write '2023-04-02 09:00'"
	interdict explain --as-of "$time" 8e:41:c7:03:00:11 "$capture"
	refused "explain --as-of '$time'" "'$time' is no time: write '2023-04-02 09:00'"
done
interdict scan "$capture" --only coverd
refused "--only with a wrong word" '--only coverd: want covered, not-covered, excepted, undecided; did you mean covered\?'
interdict decoders arp
refused "a word too much: decoders" 'interdict decoders: takes no words'
interdict new order site
refused "a word too much: new" 'interdict new: name one template'
interdict new ordr
refused "new: the nearest template" "there is no template 'ordr'; did you mean order\?"
interdict identify - mac=00:00:5e:00:53:01
refused "identify: facts and -" 'interdict identify: want facts or -, not both'
interdict explain nobody "$capture"
refused "explain: no address" "'nobody' is no address: write a MAC"
interdict explain 10:94:bb:20:04:01 "$capture"
is "explain: a phone's address of a kind that computers have speaks against it" \
	grep -q 'kind computer or ' <(sed '1,/^Against/d' "$out")
interdict explain 8c:16:45:20:13:a0 "$capture"
is "explain: of several behind one address nothing speaks for the whole" ended 0 '' \
	'Several devices behind this address.*For one of them or another'
is "explain: nor against it" [ "$(grep -c '^Against' "$out")" = 0 ]
interdict explain 00:00:5e:00:53:01 "$capture"
is "explain: an address that nobody has" ended 1 'no device has the address 00:00:5e:00:53:01' ''
interdict scan --json -- -strange-name.pcap
refused "after -- everything is a capture" 'cannot open -strange-name.pcap: No such file'

finish
