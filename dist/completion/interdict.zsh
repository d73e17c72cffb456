#compdef interdict
# SPDX-License-Identifier: ISC
# Completion of interdict for zsh: install as _interdict in a folder of $fpath.
# The commands are those of src/cmd/commands.tsv.

_interdict() {
	local -a commands
	commands=(
		'scan:devices, verdicts and a report from captures'
		'explain:the evidence for and against what is believed of a device'
		'facts:what each frame says of an address'
		'identify:identify devices from facts, without a capture'
		'check:read an order and complain of every mistake'
		'new:print a commented template'
		'accuracy:how often the identification is right'
		'decoders:the protocols that are read'
	)
	if ((CURRENT == 2)); then
		_describe command commands
		_arguments '--help[a short help]' '--version[the version]'
		return
	fi
	case $words[2] in
	scan)
		_arguments \
			'*--directive[an order]:order:_files -g "*.yaml"' \
			'--site[segments, services, coverage]:site:_files -g "*.yaml"' \
			'--roster[persons]:table:_files -g "*.csv"' \
			'--custody[who holds what]:table:_files -g "*.csv"' \
			'--statements[what persons declared]:table:_files -g "*.csv"' \
			'*--list[what an order names]:NAME=FILE: ' \
			'--exceptions[who is excused]:table:_files -g "*.csv"' \
			'--links[which addresses are one device]:table:_files -g "*.csv"' \
			'--corrections[what devices are]:table:_files -g "*.csv"' \
			'--as-of[the time asked about]:date and time:' \
			'--only[show only these]:state:(covered not-covered excepted undecided)' \
			'--json[JSON Lines]' \
			'--csv[CSV]' \
			'--html[also write a page]:page:_files' \
			'--explain[evidence too]' \
			'--pseudonyms[replace names]:key file:_files' \
			'--interface[listen]:interface:_net_interfaces' \
			'--for[how long to listen]:duration:' \
			'--quiet[no progress on the terminal]' \
			'--help[a short help]' \
			'*:capture:_files' ;;
	explain)
		_arguments '--json[JSON Lines]' '--as-of[the time asked about]:time:' \
			'--links[which addresses are one device]:table:_files -g "*.csv"' \
			'--corrections[what devices are]:table:_files -g "*.csv"' \
			'--help[a short help]' '2:address:' '*:capture:_files' ;;
	facts)
		_arguments '--json[JSON Lines]' '--unique[each once]' \
			'--list[the keys]' \
			'--interface[listen]:interface:_net_interfaces' \
			'--for[how long to listen]:duration:' '--help[a short help]' '*:capture:_files' ;;
	new)
		_values template order site roster custody statements exceptions links corrections ;;
	check)
		_arguments '--json[JSON Lines]' '--quiet[print no order]' \
			'--site[a site file]:site:_files' '--help[a short help]' \
			'*:order:_files -g "*.yaml"' ;;
	accuracy)
		_arguments '--json[JSON Lines]' '--help[a short help]' '*:file:_files' ;;
	decoders)
		_arguments '--json[JSON Lines]' '--help[a short help]' ;;
	identify)
		_arguments '--explain[evidence too]' '--help[a short help]' ;;
	esac
}
_interdict "$@"
