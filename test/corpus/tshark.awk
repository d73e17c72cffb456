# tshark.awk: facts of interdict against fields of tshark, by the rows of tshark.tsv.
# gawk -f tshark.awk MAP EXCEPTIONS FIELDS PAIRS; a line of PAIRS is capture, file with
# the answer of tshark, file with the facts. Prints differences, and a line a fact.
BEGIN {
	FS = "\t"
	while ("seq 0 255" | getline n) {
		byte[sprintf("%02x", n)] = sprintf("%c", n)
		decimal[sprintf("%02x", n)] = n
		code[sprintf("%c", n)] = n
	}
}

ARGIND < 4 && /^#/ { next }

ARGIND == 1 {
	if (NF != 5)
		stop("want 5 fields, not " NF)
	rows++
	fact[rows] = $1
	field[rows] = $2
	filter[rows] = $3
	form[rows] = $4
	compare[$1] = $5
	known[$1] = 1
	next
}

# capture (regular expression), fact, whose (interdict, tshark), value (the same), why
ARGIND == 2 {
	if (NF != 5)
		stop("want 5 fields, not " NF)
	exceptions++
	of_capture[exceptions] = $1
	of_fact[exceptions] = $2
	of_side[exceptions] = $3
	of_value[exceptions] = $4
	line_of[exceptions] = FNR
	next
}

ARGIND == 3 { column[$1] = FNR; next }

{
	delete theirs
	delete ours
	delete excused_frame
	read_tshark($2)
	read_facts($3)
	for (key in known)
		if (compare[key] != "each")
			judge_missing(key, $1)
	for (key in known)
		if (compare[key] != "all")
			judge_extra(key, $1)
}

END {
	for (i = 1; i <= exceptions; i++)
		if (!(i in used))
			print "  no longer needed: exception in line " line_of[i]
	for (i = 1; i <= rows; i++)
		if (!(fact[i] in told))
			tell(fact[i])
	exit failed > 0
}

function tell(key) {
	told[key] = 1
	if (bad[key] > 0) {
		failed++
		printf "FAILED %s: %d values differ, %d agree, %d excepted\n", key,
		    bad[key], good[key], excused[key]
	} else
		printf "ok %s: %d values agree, %d excepted\n", key, good[key],
		    excused[key]
}

function stop(why) {
	print FILENAME ":" FNR ": " why > "/dev/stderr"
	exit 2
}

# What tshark has and interdict has not, or not as often.
function judge_missing(key, capture,    at, there, here, base) {
	base = key
	sub(/@all$/, "", base)
	for (at in theirs[key]) {
		there = theirs[key][at]
		here = (base in ours) && (at in ours[base]) ? ours[base][at] : 0
		if (compare[key] != "same")
			there = there > 0
		if (here > there)
			here = there
		good[key] += here
		if (here < there)
			differ(key, capture, at, "tshark", there - here)
	}
}

# What interdict has and tshark has not.
function judge_extra(key, capture,    at, there, here) {
	for (at in ours[key]) {
		here = ours[key][at]
		there = (key in theirs) && (at in theirs[key]) ? theirs[key][at] : 0
		if (compare[key] != "same" && there > 0)
			there = here
		if (compare[key] == "each")
			good[key] += here < there ? here : there
		if (there < here)
			differ(key, capture, at, "interdict", here - there)
	}
}

function differ(key, capture, at, side, n,    i, part) {
	split(at, part, SUBSEP)
	for (i = 1; i <= exceptions; i++)
		if (excepts(i, key, capture, part[1], side, part[2])) {
			used[i] = 1
			excused[key] += n
			return
		}
	bad[key] += n
	printf "  %s frame %d: %s: only %s has: %s\n", capture, part[1], key, side, part[2]
}

function excepts(i, key, capture, frame, side, value) {
	if (key !~ of_fact[i] || side !~ of_side[i] || value !~ of_value[i])
		return 0
	if (of_capture[i] ~ /^@/)
		return (i, frame) in excused_frame
	return (capture " " frame) ~ of_capture[i]
}

function plain(s) {
	gsub(/[^ -~]+/, "?", s)
	return s
}

function add(set, key, frame, value) {
	if (value != "")
		set[key][frame, plain(value)]++
}

function read_facts(file,    line, m, key, value, frame) {
	while ((getline line <file) > 0) {
		if (!match(line, /"fact":\{"key":"([^"]*)","value(_hex)?":"(([^"\\]|\\.)*)"/, m))
			continue
		key = m[1]
		value = m[2] == "" ? unescape(m[3]) : from_hex(m[3])
		if (key == "mdns.txt") # the service before the pair is of another field
			sub(/^[^ ]+ /, "", value)
		match(line, /"frame":([0-9]+)/, m)
		frame = m[1]
		add(ours, key, frame, value)
		if (((key "@subject") in known) && match(line, /"subject":"([^"]*)"/, m))
			add(ours, key "@subject", frame, m[1])
	}
	close(file)
}

# JSON's escapes; what stands for a byte outside printable ASCII becomes one.
function unescape(s,    out, m) {
	if (index(s, "\\") == 0)
		return s
	while (match(s, /\\(u[0-9a-fA-F]{4}|.)/, m)) {
		out = out substr(s, 1, RSTART - 1)
		if (m[1] ~ /^u00[2-7]/)
			out = out byte[tolower(substr(m[1], 4))]
		else if (m[1] ~ /^["\\\/]$/)
			out = out m[1]
		else
			out = out "\001"
		s = substr(s, RSTART + RLENGTH)
	}
	return out s
}

function read_tshark(file,    line, i) {
	while ((getline line <file) > 0) {
		split(line, cell, "\t")
		for (i = 1; i <= exceptions; i++)
			if (of_capture[i] ~ /^@/ && all_hold(substr(of_capture[i], 2)))
				excused_frame[i, cell[1]] = 1
		for (i = 1; i <= rows; i++)
			if (all_hold(filter[i]))
				take(fact[i], field[i], form[i])
	}
	close(file)
}

# The values of a field in this frame into list; how many.
function values(name, list,    part, n, m, i, kinds, kind, at, found) {
	delete list
	if (match(name, /^(.*)\[(.*)=(.*)\]$/, part)) {
		n = split(cell[column[part[1]]], all_values, "\036")
		m = split(cell[column[part[2]]], kinds, "\036")
		for (i = 1; i <= m; i++) {
			if (has_no_fellow(part[2], kinds[i]))
				continue
			at++
			if (kinds[i] == part[3])
				list[++found] = all_values[at] == "<MISSING>" ? "" : all_values[at]
		}
		return found + 0
	}
	if ((m = split(name, part, /\+/)) > 1) {
		n = values(part[1], list)
		for (i = 2; i <= m; i++) {
			split(cell[column[part[i]]], all_values, "\036")
			for (at = 1; at <= n; at++)
				list[at] = list[at] "." all_values[at]
		}
		return n
	}
	if (!(name in column))
		stop("no field is called " name)
	return split(cell[column[name]], list, "\036")
}

function has_no_fellow(name, kind) {
	if (name == "dhcp.option.type")
		return kind == 0 || kind == 255
	return name == "dns.resp.type" && kind == 33
}

function all_hold(tests,    t, n, i) {
	n = split(tests, t, / *&& */)
	for (i = 1; i <= n; i++)
		if (!holds(t[i]))
			return 0
	return 1
}

function holds(test,    not, part, list, n, i) {
	not = sub(/^!/, "", test)
	split(test, part, / *== */)
	n = values(part[1], list)
	if (!(2 in part))
		return not ? n == 0 : n > 0
	for (i = 1; i <= n; i++)
		if (list[i] == part[2])
			return !not
	return not
}

function take(key, name, how,    list, n, i, one) {
	n = values(name, list)
	if (n == 0)
		return
	if (name ~ /^dhcp.option.value/) { # RFC 3396: one value in pieces
		for (i = 1; i <= n; i++)
			one = one list[i]
		add(theirs, key, cell[1], from_option(how, one))
	} else if (how == "first")
		add(theirs, key, cell[1], list[1])
	else if (how == "last")
		add(theirs, key, cell[1], list[n])
	else if (how == "digits-join" || how == "lines-join") {
		for (i = 1; i <= n; i++)
			one = how == "lines-join" ? one (i > 1 ? "\n" : "") list[i] :
			    one (i > 1 ? "," : "") substr(list[i], 3)
		add(theirs, key, cell[1], one)
	} else if (how == "join" || how == "codes") {
		for (i = 1; i <= n; i++)
			if (how == "join" || (list[i] != 0 && list[i] != 255))
				one = one (one == "" ? "" : ",") list[i]
		add(theirs, key, cell[1], one)
	} else if (how == "version") {
		one = 0
		for (i = 1; i <= n; i++)
			if (!is_grease(list[i]) && strtonum(list[i]) > one)
				one = strtonum(list[i])
		add(theirs, key, cell[1], sprintf("%04x", one))
	} else
		for (i = 1; i <= n; i++)
			add(theirs, key, cell[1], from_name(how, list[i]))
}

function from_name(how, s,    at, i) {
	if (how == "bare") # hexadecimal without its sign
		return sub(/^0x/, "", s) ? s : ""
	if (how == "ascii") { # Q043: what its four bytes spell
		for (i = 1; i <= length(s); i++)
			at = at sprintf("%02x", code[substr(s, i, 1)])
		return at
	}
	if (how == "unhex")
		sub(/^0x/, "", s)
	if (how == "decimal")
		s = strtonum(s) ""
	if (how == "domain") # tshark shows the root as a dot when it was sent
		sub(/\.$/, "", s)
	if (how == "local")
		return sub(/\.local$/, "", s) ? s : ""
	if (how == "service")
		return match(s, /(^|\.)(_[^.]+\._(tcp|udp))\.local$/, part_of) ? part_of[2] : ""
	if (how == "instance")
		return match(s, /^(.*[^.]|.*\\\.)\._[^.]+\._(tcp|udp)\.local$/, part_of) ? part_of[1] : ""
	if (how == "model") # the keys that are read, mdnstxt.c; the rest may follow a device
		return s ~ /^(model|am|md|rpMd|ty|osxvers|osvers|ov|fv|features|ci|product)=./ ? s : ""
	if (how == "host")
		return gensub(/^[a-z]+:\/\/([^@\/]*@)?(\[[^]]*\]|[^:\/]*).*/, "\\2", 1, s)
	if (how == "netbios")
		return match(s, /^(.*<[0-9a-f][0-9a-f]>)/, part_of) ? part_of[1] : s
	if (how == "digits") # 0x0102
		return substr(s, 3)
	if (how == "lines") # ends of lines as tshark spells them
		return gensub(/\\[nrt]/, "\n", "g", s)
	if (how == "unless-null")
		return s == "NULL" ? "" : s
	if (how == "network") # that is hidden when it is empty or zeros
		return s ~ /^(00)*$/ ? "" : string(s)
	if (how == "undashed")
		return gensub(/-/, "", "g", s)
	if (how == "trimmed")
		return trim(gensub(/(\\000)+$/, "", 1, s))
	if (how == "octets")
		return trim(string(s))
	if (how == "value")
		return sub(/^[^=]*=/, "", s) ? s : ""
	return s
}

function trim(s) {
	gsub(/^[ \t]+|[ \t\r]+$/, "", s)
	return s
}

function from_option(how, hex,    out, i, n, len) {
	if (how == "hex")
		return hex
	if (how == "string")
		return string(hex)
	if (how == "number")
		return hex == "" ? "" : strtonum("0x" hex)
	if (how == "address")
		return length(hex) == 8 ? decimals(hex, 2, ".") : ""
	if (how == "bytes")
		return decimals(hex, 2, ",")
	if (how == "words")
		return decimals(hex, 4, ",")
	if (how == "fqdn")
		return and(strtonum("0x" substr(hex, 1, 2)), 4) ? wire_name(substr(hex, 7)) :
		    string(substr(hex, 7))
	if (how == "classes")
		return classes(hex)
	if (how ~ /^relay/) {
		for (i = 1; i < length(hex); i += 4 + 2 * len) {
			n = decimal[substr(hex, i, 2)]
			len = decimal[substr(hex, i + 2, 2)]
			if (how == "relay" n)
				return substr(hex, i + 4, 2 * len)
		}
		return ""
	}
	stop("no form is called " how)
}

function decimals(hex, width, between,    out, i) {
	for (i = 1; i <= length(hex); i += width)
		out = out (i > 1 ? between : "") strtonum("0x" substr(hex, i, width))
	return out
}

function from_hex(hex,    out, i) {
	for (i = 1; i < length(hex); i += 2)
		out = out byte[substr(hex, i, 2)]
	return out
}

# Up to a NUL.
function string(hex,    out, i) {
	for (i = 1; i < length(hex) && substr(hex, i, 2) != "00"; i += 2)
		out = out byte[substr(hex, i, 2)]
	return out
}

function wire_name(hex,    out, i, len) {
	for (i = 1; i < length(hex); i += 2 + 2 * len) {
		len = decimal[substr(hex, i, 2)]
		if (len == 0)
			break
		out = out (out == "" ? "" : ".") from_hex(substr(hex, i + 2, 2 * len))
	}
	return out
}

# RFC 3004: texts behind a length each; or one bare text, as Windows sends it.
function classes(hex,    out, i, len) {
	for (i = 1; i < length(hex); i += 2 + 2 * len) {
		len = decimal[substr(hex, i, 2)]
		if (len == 0)
			return string(hex)
		out = out (out == "" ? "" : ",") string(substr(hex, i + 2, 2 * len))
	}
	return i == length(hex) + 1 ? out : string(hex)
}

# RFC 8701
function is_grease(hex,    m) {
	return match(hex, /^0x(.)a(.)a$/, m) && m[1] == m[2]
}
