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
			'--directive[  --directive FILE        an order; may stand more than once]:file:_files' \
			'--site[  --site FILE             segments, services, coverage, holidays]:file:_files' \
			'--roster[  --roster FILE           people CSV]:file:_files' \
			'--custody[  --custody FILE          who holds which device CSV]:file:_files' \
			'--statements[  --statements FILE       what people declared CSV]:file:_files' \
			'--exceptions[  --exceptions FILE       who is excused, until when CSV]:file:_files' \
			'--links[  --links FILE            which addresses are one device, by persons CSV]:file:_files' \
			'--corrections[  --corrections FILE      what devices are, by persons CSV]:file:_files' \
			'--as-of[  --as-of TIME            judge as of then; default the last packet]:time:' \
			'--interface[  --interface NAME        listen there instead of reading captures]:interface:_net_interfaces' \
			'--for[  --for TIME              so long 30s, 0m, 2h; else until Ctrl-C]:time:' \
			'--only[  --only STATE            covered, not-covered, excepted or undecided]:state:(covered not-covered excepted undecided)' \
			'--json[  --json                  JSON Lines, as man interdict-json tells]' \
			'--csv[  --csv                   CSV, one row a verdict]' \
			'--html[  --html FILE             write the report for the authority there]:file:_files' \
			'--explain[  --explain               every piece of evidence too]' \
			'--pseudonyms[  --pseudonyms KEYFILE    replace names, addresses, host names]:file:_files' \
			'--store[  --store FILE.db       keep all of it there, and judge all that is there]' \
			'--by[  --by NAME               with --store who writes it down]:name:' \
			'--quiet[  --quiet                 no progress on the terminal]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	explain)
		_arguments \
			'--as-of[  --as-of TIME            what was believed then (UTC); default the last packet]:time:' \
			'--links[  --links FILE            which addresses are one device, by persons CSV]:file:_files' \
			'--corrections[  --corrections FILE      what devices are, by persons CSV]:file:_files' \
			'--json[  --json                  JSON Lines the device, then its evidence]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	new)
		_values template order site roster custody statements exceptions links corrections ;;
	check)
		_arguments \
			'--json[  --json                  orders, mistakes and warnings as JSON Lines]' \
			'--quiet[  --quiet                 print no order mistakes and warnings alone]' \
			'--site[  --site SITE             check a site file, too]:site:' \
			'--help[a short help]' \
			'*:file:_files' ;;
	facts)
		_arguments \
			'--json[  --json                  JSON Lines, as man interdict-json tells]' \
			'--unique[  --unique                one for each subject, key and value]' \
			'--list[  --list                  the keys of facts, and what they mean]' \
			'--interface[  --interface NAME        listen there instead]:interface:_net_interfaces' \
			'--for[  --for TIME              so long 30s, 0m, 2h]:time:' \
			'--help[a short help]' \
			'*:file:_files' ;;
	identify)
		_arguments \
			'--explain[  --explain               every piece of evidence too]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	accuracy)
		_arguments \
			'--json[  --json                  JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	decoders)
		_arguments \
			'--json[  --json                  JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	verify)
		_arguments \
			'--store[  --store FILE.db       which one; default interdict.db]' \
			'--key[  --key FILE              the public key; default that beside the store]:file:_files' \
			'--head[  --head FILE             heads that were kept elsewhere the end is held against them]:file:_files' \
			'--json[  --json                  JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	ledger)
		_arguments \
			'--store[  --store FILE.db       which one; default interdict.db]' \
			'--kind[  --kind WORD             only these person, custody, verdict, notice …]:word:' \
			'--from[  --from N                from this entry on]:n:' \
			'--head[  --head                  the latest signed head alone keep it elsewhere]' \
			'--json[  --json                  JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	rebuild)
		_arguments \
			'--store[  --store FILE.db       which one; default interdict.db]' \
			'--json[  --json                  JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	simulate)
		_arguments \
			'--at[  --at TIME               at that time; default that of the last thing seen]:time:' \
			'--last[  --last TIME             only devices that were seen so lately 30d]:time:' \
			'--directive[  --directive FILE        another wording of an order what would it change]:file:_files' \
			'--all[  --all                   also those to whom nothing happens]' \
			'--store[  --store FILE.db       which one; default interdict.db]' \
			'--json[  --json                  JSON Lines, one a device]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	status)
		_arguments \
			'--store[  --store FILE.db       which one; default interdict.db]' \
			'--as-of[  --as-of TIME            count the days from then; default now]:time:' \
			'--json[  --json                  JSON Lines, one an order]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	import)
		_arguments \
			'--format[  --format NAME           what the files are, instead of looking at them]:name:' \
			'--strict[  --strict                the first wrong line is the last]' \
			'--zone[  --zone ZONE             of times that have none Europe/Moscow (UTC)]:zone:_time_zone' \
			'--as-of[  --as-of TIME            of rows that have no date (when the file was written)]:time:' \
			'--store[  --store FILE.db       where it is kept; default interdict.db]' \
			'--directive[  --directive FILE        an order, into the store as well]:file:_files' \
			'--site[  --site FILE             the site, likewise]:file:_files' \
			'--by[  --by NAME               who writes it down]:name:' \
			'--dry-run[  --dry-run               say what the files hold; keep nothing]' \
			'--json[  --json                  each record, as JSON Lines; kept with --store alone]' \
			'--list[  --list                  the formats]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	esac
}
_interdict "$@"
