# SPDX-License-Identifier: ISC
# Completion of interdict for bash. The commands are those of src/cmd/commands.tsv.

_interdict()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local command=${COMP_WORDS[1]} options=
	COMPREPLY=()

	if ((COMP_CWORD == 1)); then
		mapfile -t COMPREPLY < <(compgen -W "scan explain facts identify check \
			new accuracy decoders help --help --version" -- "$cur")
		return
	fi
	case $prev in
	--only)
		mapfile -t COMPREPLY < <(compgen -W "covered not-covered excepted \
			undecided" -- "$cur")
		return ;;
	--interface)
		mapfile -t COMPREPLY < <(compgen -W \
			"$(command ls /sys/class/net 2>/dev/null)" -- "$cur")
		return ;;
	--as-of|--for)
		return ;;
	esac
	case $command in
	scan)
		options="--directive --site --roster --custody --statements
			--exceptions --list --links --corrections --as-of --only --json --csv --html --explain
			--pseudonyms --interface --for --quiet --help" ;;
	explain) options="--json --as-of --links --corrections --help" ;;
	facts) options="--json --unique --list --interface --for --help" ;;
	identify) options="--explain --help" ;;
	accuracy|decoders) options="--json --help" ;;
	check) options="--json --quiet --site --help" ;;
	new)
		mapfile -t COMPREPLY < <(compgen -W "order site roster custody \
			statements exceptions links corrections --help" -- "$cur")
		return ;;
	esac
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
	fi
}
complete -o default -F _interdict interdict
