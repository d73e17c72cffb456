# examples.awk: see examples.sh. Files: aliases, truth, the list of captures.
BEGIN { FS = OFS = "\t" }

ARGIND == 1 { if (!/^#/) means[$1, $2] = $3; next }

ARGIND == 2 {
	if (FNR > 1) {
		key = $1 SUBSEP tolower($3)
		vendor[key] = word("vendor", $7)
		os[key] = word("os", $4)
		kind[key] = word("kind", $6)
		# Virtual and emulated machines have no maker worth counting.
		if (("address", tolower(substr($3, 1, 8))) in means)
			vendor[key] = ""
	}
	next
}

ARGIND == 3 { read($1, at FNR ".json"); next }

function word(attribute, w) {
	return (attribute, w) in means ? means[attribute, w] : w
}

function text_of(line, key,    m) {
	return match(line, "\"" key "\":\"([^\"]*)\"", m) ? m[1] : ""
}

# A value as it was: JSON's escapes undone; such with control characters go by.
function unescape(s) {
	if (s ~ /\\[^"\\\/]/)
		return ""
	gsub(/\\"/, "\"", s)
	gsub(/\\\//, "/", s)
	gsub(/\\\\/, "\\", s)
	return s
}

function read(capture, file,    line, m, who, i, key, value, owner, fact) {
	split(capture, owner, "/")
	while ((getline line <file) > 0) {
		if (line !~ /"event_type":"fact"/ ||
		    !match(line, /"fact":\{"key":"([^"]*)","value":"(([^"\\]|\\.)*)"/, m))
			continue
		fact = m[1]
		value = unescape(m[2])
		who[1] = text_of(line, "subject")
		who[2] = text_of(line, "src_ip")
		who[3] = text_of(line, "src_mac")
		for (i = 1; i <= 3 && value != ""; i++) {
			key = capture SUBSEP tolower(who[i])
			if (who[i] != "" && key in kind) {
				print owner[1], tolower(who[i]), fact, value,
				    vendor[key], os[key], kind[key]
				break
			}
		}
	}
	close(file)
}
