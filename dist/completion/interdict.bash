# SPDX-License-Identifier: ISC
# Completion of interdict for bash; written by tools/completions.sh.

_interdict()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local command=${COMP_WORDS[1]} options=
	COMPREPLY=()

	if ((COMP_CWORD == 1)); then
		mapfile -t COMPREPLY < <(compgen -W "scan explain new check facts identify accuracy decoders report verify ledger retain rebuild simulate status import people custody declare except notice replace submit dispose link unlink correct help --help --version" -- "$cur")
		return
	fi
	case $prev in
	--only)
		mapfile -t COMPREPLY < <(compgen -W "covered not-covered excepted undecided" -- "$cur")
		return ;;
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
	scan) options="--directive --list --site --roster --custody --statements --exceptions --links --corrections --as-of --interface --for --only --json --csv --html --explain --pseudonyms --store --by --quiet --help" ;;
	explain) options="--store --as-of --links --corrections --pseudonyms --json --help" ;;
	new)
		mapfile -t COMPREPLY < <(compgen -W "order site roster custody statements exceptions links corrections notice --json --help" -- "$cur")
		return ;;
	check) options="--json --quiet --site --help" ;;
	facts) options="--json --unique --list --interface --for --pseudonyms --help" ;;
	identify) options="--explain --json --help" ;;
	accuracy) options="--json --help" ;;
	decoders) options="--json --help" ;;
	report) options="--store --directive --as-of --to --force --contact --pseudonyms --withhold --by --json --help" ;;
	verify) options="--store --key --head --json --help" ;;
	ledger) options="--store --kind --from --head --pseudonyms --json --help" ;;
	retain) options="--store --at --dry-run --by --json --help" ;;
	rebuild) options="--store --json --help" ;;
	simulate) options="--at --last --directive --all --store --pseudonyms --json --help" ;;
	status) options="--store --as-of --pseudonyms --json --help" ;;
	import) options="--format --strict --zone --as-of --store --directive --site --by --complete --dry-run --json --list --help" ;;
	people) options="--as-of --store --pseudonyms --json --help" ;;
	custody) options="--person --type --ownership --receipt --pseudonyms --at --store --by --json --help" ;;
	declare) options="--at --store --by --json --help" ;;
	except) options="--person --device --ground --approver --mitigation --from --until --store --by --json --help" ;;
	notice) options="--person --template --to --at --store --by --json --help" ;;
	replace) options="--with --is --person --type --with-type --at --store --by --json --help" ;;
	submit) options="--to --file --device --at --store --by --json --help" ;;
	dispose) options="--how --to --examined --examiner --wiped --wiper --technique --tool --level --verified --certificate --person --type --at --store --by --json --help" ;;
	link) options="--reason --at --store --by --json --help" ;;
	unlink) options="--reason --at --store --by --json --help" ;;
	correct) options="--reason --type --at --store --by --json --help" ;;
	esac
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
	fi
}
complete -o default -F _interdict interdict
