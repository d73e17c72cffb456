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
		'report:the signed report to the authority, out of a store'
		'verify:whether the ledger of a store, or a report, is whole'
		'ledger:what was written down, when and by whom'
		'retain:remove what is older than the site lets it be kept'
		'rebuild:make all that is derived anew from facts and ledger'
		'simulate:who would be warned, cut off, excused at a time; on what evidence'
		'status:one screen, deadlines, counts, what a person must do next'
		'import:read logs, leases, inventories, rosters that are there already'
		'people:who there is, what each holds, declared, was told, is excused from'
		'custody:who holds which device, issue, hand in, release, with a receipt'
		'declare:write down what a person declares, such as holding no smartphone'
		'except:excuse a person or a device from an order, as far as it allows'
		'notice:tell the holders, texts to send, and who has seen them'
		'replace:write down what was given instead of a device'
		'submit:write down that a plan, an attestation or a report was handed over'
		'dispose:destroy, return or release a device, with a certificate'
		'link:say that two addresses are one device'
		'unlink:say that two addresses are two devices'
		'correct:say what a device is'
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
			'--store[of what a store has, instead of captures; default interdict.db]' \
			'--as-of[what was believed then (UTC, or by the stores site); default the last packet]:time:' \
			'--links[which addresses are one device, by persons CSV]:file:_files' \
			'--corrections[what devices are, by persons CSV]:file:_files' \
			'--pseudonyms[names, addresses, host names as keyed pseudonyms]:file:_files' \
			'--json[JSON Lines the device, then its evidence]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	new)
		_values template order site roster custody statements exceptions links corrections notice ;;
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
			'--pseudonyms[names, addresses, host names as keyed pseudonyms]:file:_files' \
			'--help[a short help]' \
			'*:file:_files' ;;
	identify)
		_arguments \
			'--explain[every piece of evidence too]' \
			'--json[JSON Lines said or not, that is the form]' \
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
	report)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--directive[of this order alone; default all of the store]:id:' \
			'--as-of[as of then; default the last packet]:time:' \
			'--to[the folder to make]:file:_files' \
			'--force[in the place of a report that is there]' \
			'--contact[whom the authority may ask, for the head of the page]:text:' \
			'--pseudonyms[replace names, addresses, host names]:file:_files' \
			'--withhold[names of sites and segments too; without a key, the stores]' \
			'--by[who files it]:name:' \
			'--json[say what was written as JSON]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	verify)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--key[the public key; default that beside the store, or in the report]:file:_files' \
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
			'--pseudonyms[persons and devices as keyed pseudonyms]:file:_files' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	retain)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--at[from when the limit is counted back; default now]:time:' \
			'--dry-run[say what would be removed; remove nothing]' \
			'--by[who removes it]:name:' \
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
			'--pseudonyms[persons, devices, addresses as keyed pseudonyms]:file:_files' \
			'--json[JSON Lines, one a device]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	status)
		_arguments \
			'--store[which one; default interdict.db]' \
			'--as-of[count the days from then; default now]:time:' \
			'--pseudonyms[persons and devices as keyed pseudonyms]:file:_files' \
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
			'--complete[of rosters who is in the store and not in them has left]' \
			'--dry-run[say what the files hold; keep nothing]' \
			'--json[each record, as JSON Lines; kept when a store is named]' \
			'--list[the formats]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	people)
		_arguments \
			'--as-of[what held good then; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--pseudonyms[persons and devices as keyed pseudonyms]:file:_files' \
			'--json[JSON Lines, one a person]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	custody)
		_arguments \
			'--person[who holds, or held it]:id:' \
			'--type[mac, serial, imei, hostname or client-id]:word:' \
			'--ownership[issued, personal or contractor]:word:' \
			'--receipt[a page that both sign, HTML]:file:_files' \
			'--pseudonyms[of the list persons and devices as keyed pseudonyms]:file:_files' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	declare)
		_arguments \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	except)
		_arguments \
			'--person[whom it excuses, or]:id:' \
			'--device[the one device that it excuses]:identifier:' \
			'--ground[one of the orders]:word:' \
			'--approver[who approved it the order says who may]:id:' \
			'--mitigation[what is done instead]:text:' \
			'--from[its beginning; default now]:time:' \
			'--until[its last day]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	notice)
		_arguments \
			'--person[tell this one alone]:id:' \
			'--template[your text interdict new notice]:file:_files' \
			'--to[write the texts there, and record them as sent]:file:_files' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	replace)
		_arguments \
			'--with[what was given instead]:identifier:' \
			'--is[what that is, where no sensor saw it]:class:' \
			'--person[the holder; default by custody]:id:' \
			'--type[mac, serial, imei, hostname or client-id]:word:' \
			'--with-type[the same, of what was given]:word:' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	submit)
		_arguments \
			'--to[who took it]:whom:' \
			'--file[what was handed over its digest is written down]:file:_files' \
			'--device[which device has its update]:identifier:' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	dispose)
		_arguments \
			'--how[destroy, return or release]:word:' \
			'--to[the recipient "family of p07", a firm]:name:' \
			'--examined[it was examined then,]:date:' \
			'--examiner[by whom]:name:' \
			'--wiped[it was wiped then,]:date:' \
			'--wiper[by whom,]:name:' \
			'--technique[how "factory reset with crypto erase"]:text:' \
			'--tool[with what, and its version]:text:' \
			'--level[clear, purge or destroy; default purge]:word:' \
			'--verified[how that was checked, and by whom]:text:' \
			'--certificate[a page to sign, HTML]:file:_files' \
			'--person[who held it; default by custody]:id:' \
			'--type[mac, serial, imei, hostname or client-id]:word:' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	link)
		_arguments \
			'--reason[why, in your words]:text:' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	unlink)
		_arguments \
			'--reason[why, in your words]:text:' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	correct)
		_arguments \
			'--reason[why, in your words]:text:' \
			'--type[mac, hostname or client-id; default by its looks]:word:' \
			'--at[when it happened; default now]:time:' \
			'--store[which one; default interdict.db]' \
			'--by[who writes it down; default the account]:name:' \
			'--json[JSON Lines]' \
			'--help[a short help]' \
			'*:file:_files' ;;
	esac
}
_interdict "$@"
