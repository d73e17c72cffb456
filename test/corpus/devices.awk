# devices.awk: gawk -f devices.awk -v at=FOLDER CLAIMS TRUTH LIST; FOLDER has N.json, what
# scan says of the capture in line N of LIST.
BEGIN { FS = "\t" }

ARGIND == 1 && !/^#/ {
	claims++
	where[claims] = $1
	address[claims] = $2
	claim[claims] = $3
	next
}

ARGIND == 2 && FNR > 1 && is_no_iphone() {
	others++
	other[$1, tolower($3)] = $5 == "" ? $4 " " $6 " " $7 : $4 " " $5 " " $6
	next
}

ARGIND == 3 {
	read($1, at FNR ".json")
	for (i = 1; i <= claims; i++)
		if ($1 ~ where[i])
			judge(i, $1)
	judge_others($1)
	judge_order($1)
}

END {
	for (i = 1; i <= claims; i++)
		if (!(i in judged))
			print "  not in this corpus: " where[i]
	if (false_ones == 0)
		print "ok none of " others_seen " devices that are no iPhone is called one"
	if (order_wrong == 0)
		print "ok the order covers none of the devices that are no iPhone, and all" \
		    " of its " order_verdicts " verdicts on them are not-covered or undecided"
	exit failed > 0
}

# Something proves that it is none: its kind, its maker or its system.
function is_no_iphone() {
	return ($6 != "" && $6 != "phone") || ($7 != "" && $7 !~ /^Apple/) ||
	    ($4 != "" && $4 !~ /^iOS/)
}

function text_of(line, key,    m) {
	return match(line, "\"" key "\":\"([^\"]*)\"", m) ? m[1] : ""
}

# The decided value of an attribute, "" when it is undecided.
function value_of(line, attribute,    m) {
	return match(line, "\"" attribute "\":\\{\"value\":\"([^\"]*)\"", m) ? m[1] : ""
}

function read(capture, file,    line, id, list, n, i, m) {
	delete vendor
	delete kind
	delete id_of
	delete object
	delete p_object
	devices = 0
	while ((getline line <file) > 0) {
		if (line ~ /"event_type":"device"/) {
			id = text_of(line, "id")
			ids[++devices] = id
			vendor[id] = value_of(line, "vendor")
			kind[id] = value_of(line, "kind")
			match(line, /"macs":\[([^\]]*)\],"ips":\[([^\]]*)\]/, m)
			n = split(m[1] "," m[2], list, ",")
			for (i = 1; i <= n; i++) {
				gsub(/"/, "", list[i])
				id_of[tolower(list[i])] = id
			}
		} else if (line ~ /"event_type":"verdict"/) {
			match(line, /"device":"([^"]*)"/, m)
			id = m[1]
			object[id] = text_of(line, "object")
			if (match(line, /"p":([0-9.]+)/, m))
				p_object[id] = m[1]
		}
	}
	close(file)
}

function is_iphone(id) {
	return vendor[id] == "Apple" && kind[id] == "phone"
}

function what(id) {
	return (vendor[id] == "" ? "vendor undecided" : vendor[id]) ", " \
	    (kind[id] == "" ? "kind undecided" : kind[id])
}

function say(good, text) {
	print (good ? "ok " : "FAILED ") text
	if (!good)
		failed++
}

function judge(i, capture,    id, j, found) {
	judged[i] = 1
	if (address[i] == "*") {
		for (j = 1; j <= devices; j++)
			if (is_iphone(ids[j]) || claim[i] == "no-phone" && kind[ids[j]] == "phone")
				found = ids[j]
		say(claim[i] == "iphone" ? found != "" : found == "",
		    capture ": want " claim[i] ", a phone is " (found == "" ? "none" : found))
		if (claim[i] == "iphone" && found != "")
			judge_iphone(capture, found)
		return
	}
	id = id_of[address[i]]
	if (id == "") {
		say(0, capture " " address[i] ": no such device")
		return
	}
	if (claim[i] == "iphone") {
		say(is_iphone(id), capture " " address[i] ": want an iPhone: " what(id))
		judge_iphone(capture, id)
	} else if (claim[i] == "no-phone")
		say(kind[id] != "phone", capture " " address[i] ": want no phone: " what(id))
	else
		say(vendor[id] == "Apple" && kind[id] == "", capture " " address[i] \
		    ": want Apple, kind undecided: " what(id))
}

# Without a roster nobody knows the holder: the order may stay undecided on it, but
# says that the device is what it means.
function judge_iphone(capture, id) {
	say((object[id] == "covered" || object[id] == "undecided") && p_object[id] >= 0.9,
	    capture " " id ": the order says " object[id] ", p " p_object[id])
}

function judge_others(capture,    key, part, id) {
	for (key in other) {
		split(key, part, SUBSEP)
		if (part[1] != capture || !(part[2] in id_of))
			continue
		others_seen++
		id = id_of[part[2]]
		if (is_iphone(id)) {
			false_ones++
			say(0, capture " " part[2] ": called an iPhone, is " other[key])
		}
	}
}

function judge_order(capture,    key, part, id) {
	for (key in other) {
		split(key, part, SUBSEP)
		if (part[1] != capture || !(part[2] in id_of))
			continue
		id = id_of[part[2]]
		order_verdicts++
		if (object[id] == "covered") {
			order_wrong++
			say(0, capture " " part[2] ": covered by the order, is " other[key])
		}
	}
}
