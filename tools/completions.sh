#!/usr/bin/env bash
# SPDX-License-Identifier: ISC
# Writes dist/completion/* from what the program says of itself: its commands and their
# options are those of --help. usage: tools/completions.sh [PROGRAM]
set -eu
program=${1:-build/release/interdict}
to=dist/completion
commands=$(awk -F'\t' '!/^#/ && $2 == "yes" { print $1 }' src/cmd/commands.tsv)
about() { awk -F'\t' -v c="$1" '$1 == c { print $3 }' src/cmd/commands.tsv; }
# NAME<tab>VALUE<tab>ABOUT of each option, without --help
options() {
	"$program" "$1" --help </dev/null | awk '
		/^  --/ && $1 != "--help" {
			# a value stands one blank behind its name, what it is about two
			valued = match($0, /^  --[a-z-]+ [^ ]+  /)
			line = $0
			if (valued)
				sub(/^  --[a-z-]+ [^ ]+ +/, "", line)
			else
				sub(/^  --[a-z-]+ +/, "", line)
			printf "%s\t%s\t%s\n", substr($1, 3), valued ? $2 : "", line
		}'
}
templates="order site roster custody statements exceptions links corrections"
if "$program" new notice >/dev/null 2>&1; then
	templates="$templates notice"
fi
only="covered not-covered excepted undecided"

{
	cat <<'END'
# SPDX-License-Identifier: ISC
# Completion of interdict for bash; written by tools/completions.sh.

_interdict()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local command=${COMP_WORDS[1]} options=
	COMPREPLY=()

	if ((COMP_CWORD == 1)); then
END
	printf '\t\tmapfile -t COMPREPLY < <(compgen -W "%s help --help --version" -- "$cur")\n' \
		"$(echo $commands)"
	cat <<END
		return
	fi
	case \$prev in
	--only)
		mapfile -t COMPREPLY < <(compgen -W "$only" -- "\$cur")
		return ;;
END
	cat <<'END'
	--interface)
		mapfile -t COMPREPLY < <(compgen -W \
			"$(command ls /sys/class/net 2>/dev/null)" -- "$cur")
		return ;;
	--format)
		mapfile -t COMPREPLY < <(compgen -W "$(interdict import --list --json \
			2>/dev/null | sed 's/.*"name":"\([^"]*\)".*/\1/')" -- "$cur")
		return ;;
	--as-of|--for|--zone|--at|--last|--from|--until)
		return ;;
	esac
	case $command in
END
	for c in $commands; do
		if [ "$c" = new ]; then
			printf '\tnew)\n\t\tmapfile -t COMPREPLY < <(compgen -W "%s --json --help" -- "$cur")\n\t\treturn ;;\n' "$templates"
			continue
		fi
		printf '\t%s) options="' "$c"
		options "$c" | awk -F'\t' '{ printf "--%s ", $1 }'
		printf -- '--help" ;;\n'
	done
	cat <<'END'
	esac
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
	fi
}
complete -o default -F _interdict interdict
END
} >"$to/interdict.bash"

{
	cat <<'END'
#compdef interdict
# SPDX-License-Identifier: ISC
# Completion of interdict for zsh: install as _interdict in a folder of $fpath.
# Written by tools/completions.sh.

_interdict() {
	local -a commands
	commands=(
END
	for c in $commands; do
		printf "\t\t'%s:%s'\n" "$c" "$(about "$c" | sed 's/:/,/g')"
	done
	cat <<'END'
	)
	if ((CURRENT == 2)); then
		_describe command commands
		_arguments '--help[a short help]' '--version[the version]'
		return
	fi
	case $words[2] in
END
	for c in $commands; do
		printf '\t%s)\n' "$c"
		if [ "$c" = new ]; then
			printf '\t\t_values template %s ;;\n' "$templates"
			continue
		fi
		printf '\t\t_arguments \\\n'
		options "$c" | awk -F'\t' -v only="$only" '{
			gsub(/[\[\]:\047]/, "", $3)
			line = "--" $1 "[" $3 "]"
			if ($2 != "" && $2 !~ /^\[/) {
				what = $1 == "only" ? "state:(" only ")" : \
				    $1 == "interface" ? "interface:_net_interfaces" : \
				    $1 == "zone" ? "zone:_time_zone" : \
				    $2 ~ /FILE|DIR/ ? "file:_files" : tolower($2) ":"
				line = line ":" what
			}
			printf "\t\t\t\047%s\047 \\\n", line
		}'
		printf "\t\t\t'--help[a short help]' \\\\\n\t\t\t'*:file:_files' ;;\n"
	done
	printf '\tesac\n}\n_interdict "$@"\n'
} >"$to/interdict.zsh"

{
	cat <<'END'
# SPDX-License-Identifier: ISC
# Completion of interdict for fish; written by tools/completions.sh.

function __interdict_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv
end

complete -c interdict -n __fish_use_subcommand -f
complete -c interdict -n __fish_use_subcommand -l version -d 'the version'
END
	for c in $commands; do
		printf "complete -c interdict -n __fish_use_subcommand -a %s -d '%s'\n" "$c" \
			"$(about "$c")"
	done
	printf "complete -c interdict -l help -d 'a short help'\n\n"
	for c in $commands; do
		if [ "$c" = new ]; then
			printf "complete -c interdict -n '__interdict_is new' -x -a '%s'\n" "$templates"
		fi
		options "$c" | awk -F'\t' -v c="$c" -v only="$only" '{
			gsub(/\047/, "", $3)
			how = $2 == "" || $2 ~ /^\[/ ? "" : $2 ~ /FILE|DIR/ ? " -r" : " -x"
			if ($1 == "only") how = " -x -a \047" only "\047"
			if ($1 == "interface")
				how = " -x -a \047(command ls /sys/class/net 2>/dev/null)\047"
			printf "complete -c interdict -n \047__interdict_is %s\047 -l %s%s -d \047%s\047\n", \
			    c, $1, how, $3
		}'
	done
} >"$to/interdict.fish"
