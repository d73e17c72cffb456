#compdef interdict
# SPDX-License-Identifier: ISC
# Completion of interdict for zsh: install as _interdict in a folder of $fpath.
# Written by tools/completions.sh.

_interdict() {
	local -a commands
	commands=(
		'scan:which devices a capture shows, and which of them the orders cover'
		'explain:why a device is taken for what it is, all evidence, for and against'
		'new:print a template of an order, a site, a roster … to fill in'
		'check:read orders strictly, print them, find conflicts'
		'facts:print what captures say, one fact a line'
		'identify:what a device is, from facts without a capture'
		'accuracy:how right it is, on labelled captures'
		'decoders:what can be heard, each protocol, its document, what it tells'
		'verify:whether the ledger of a store is whole'
		'ledger:what was written down, when and by whom'
		'rebuild:make all that is derived anew from facts and ledger'
		'simulate:who would be warned, cut off, excused at a time; on what evidence'
		'status:one screen, deadlines, counts, what a person must do next'
		'import:read logs, leases, inventories, rosters that are there already'
	)
	if ((CURRENT == 2)); then
		_describe command commands
		_arguments '--help[a short help]' '--version[the version]'
		return
	fi
	case $words[2] in
	scan)
		_arguments \
			'--directive[an order; may stand more than once]:file:_files' \
			'--list[what an order names]:file:_files' \
			'--site[segments, services, coverage, holidays]:file:_files' \
			'--roster[people CSV]:file:_files' \
			'--custody[who holds which device CSV]:file:_files' \
			'--statements[what people declared CSV]:file:_files' \
			'--exceptions[who is excused, until when CSV]:file:_files' \
			'--links[which addresses are one device, by persons CSV]:file:_files' \
			'--corrections[what devices are, by persons CSV]:file:_files' \
			'--as-of[judge as of then; default the last packet]:time:' \
			'--interface[listen there instead of reading captures]:interface:_net_interfaces' \
			'--for[so long 30s, 10m, 2h; else until Ctrl-C]:time:' \
			'--only[covered, not-covered, excepted or undecided]:state:(covered not-covered excepted undecided)' \
			'--json[JSON Lines interdict-json(5)]' \
			'--csv[CSV, one row a verdict]' \
			'--html[write the report for the authority there]:file:_files' \
			'--explain[every piece of evidence too]' \
			'--pseudonyms[replace names, addresses, host names]:file:_files' \
			'--store[keep all of it there, and judge all that is there]' \
			'--by[who writes it down, into a store]:name:' \
			'--quiet[no progress on the terminal]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	explain)
		_arguments \
			'--as-of[what was believed then (UTC); default the last packet]:time:' \
			'--links[which addresses are one device, by persons CSV]:file:_files' \
			'--corrections[what devices are, by persons CSV]:file:_files' \
			'--json[JSON Lines the device, then its evidence]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	new)
		_values template order site roster custody statements exceptions links corrections ;;
	check)
		_arguments \
			'--json[orders, mistakes and warnings as JSON Lines]' \
			'--quiet[print no order mistakes and warnings alone]' \
			'--site[check a site file, too]:site:' \
			'--help[a short help]' \
			'*:file:_files' ;;
	facts)
		_arguments \
			'--json[JSON Lines, as man interdict-json tells]' \
			'--unique[one for each subject, key and value]' \
			'--list[the keys of facts, and what they mean]' \
			'--interface[listen there instead]:interface:_net_interfaces' \
			'--for[so long 30s, 10m, 2h]:time:' \
			'--help[a short help]' \
			'*:file:_files' ;;
	identify)
		_arguments \
			'--explain[every piece of evidence too]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	accuracy)
		_arguments \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	decoders)
		_arguments \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	verify)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--key[the public key; default that beside the store]:file:_files' \
			'--head[heads that were kept elsewhere the end is held against them]:file:_files' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	ledger)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--kind[only these person, custody, verdict, notice …]:word:' \
			'--from[from this entry on]:n:' \
			'--head[the latest signed head alone keep it elsewhere]' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	rebuild)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	simulate)
		_arguments \
			'--at[at that time; default that of the last thing seen]:time:' \
			'--last[only devices that were seen so lately 30d]:time:' \
			'--directive[another wording of an order what would it change]:file:_files' \
			'--all[also those to whom nothing happens]' \
			'--store[which one; default interdict.db]' \
			'--json[JSON Lines, one a device]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	status)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--as-of[count the days from then; default now]:time:' \
			'--json[JSON Lines, one an order]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	import)
		_arguments \
			'--format[what the files are, instead of looking at them]:name:' \
			'--strict[the first wrong line is the last]' \
			'--zone[of times that have none Europe/Moscow (UTC)]:zone:_time_zone' \
			'--as-of[of rows that have no date (when the file was written)]:time:' \
			'--store[where it is kept; default interdict.db]' \
			'--directive[an order, into the store as well]:file:_files' \
			'--site[the site, likewise]:file:_files' \
			'--by[who writes it down]:name:' \
			'--dry-run[say what the files hold; keep nothing]' \
			'--json[each record, as JSON Lines; kept when a store is named]' \
			'--list[the formats]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	esac
}
_interdict "$@"
