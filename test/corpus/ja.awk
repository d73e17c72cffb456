# ja.awk: gawk -f ja.awk -v at=FOLDER WRONG REFERENCES LIST; FOLDER has N.json, the facts
# of the capture in line N of LIST.
BEGIN { FS = "\t" }

ARGIND == 1 && !/^#/ {
	id = $1 SUBSEP $2 SUBSEP $3 SUBSEP $4 SUBSEP $5
	wrong[id, $6, $7] = $8
}

ARGIND == 2 && FNR > 1 {
	rows++
	capture[rows] = $1
	from = canonical($3)
	to = canonical($5)
	flow[rows] = from SUBSEP $4 SUBSEP to SUBSEP $6
	back[rows] = to SUBSEP $6 SUBSEP from SUBSEP $4
	ja3[rows] = $7
	ja4[rows] = $8
	ja4_r[rows] = $9
	sni[rows] = $10
}

ARGIND == 3 {
	name = $1
	sub(/.*\//, "", name)
	present[name] = 1
	read(name, at FNR ".json")
	if (sub(/\.p?cap(ng)?$/, "", name)) {
		present[name] = 1
		read(name, at FNR ".json")
	}
}

END {
	for (i = 1; i <= rows; i++) {
		if (!(capture[i] in present)) {
			absent++
			continue
		}
		judge(i, "ja3", ja3[i], "ja3_full")
		judge(i, "ja4", ja4[i], "ja4_r")
		judge(i, "ja4_r", ja4_r[i], "ja4_r")
		judge(i, "sni", sni[i], "sni")
	}
	if (absent)
		print "  " absent " references are of captures that are not in this corpus"
	exit failed > 0
}

# RFC 5952 section 4.2.2: one group of zeros is not written as `::`.
function canonical(ip,    part) {
	if (split(ip, part, ":") == 8)
		sub(/::/, ":0:", ip)
	return ip
}

function field(line, key,    m) {
	return match(line, "\"" key "\":\"?([^\",}]*)", m) ? m[1] : ""
}

function read(name, file,    line, m, id) {
	while ((getline line <file) > 0) {
		if (!match(line, /"key":"tls\.(ja[^"]*|sni)","value":"([^"]*)"/, m))
			continue
		id = name SUBSEP field(line, "src_ip") SUBSEP field(line, "src_port") SUBSEP \
		    field(line, "dest_ip") SUBSEP field(line, "dest_port")
		has[id, m[1], m[2]] = 1
		seen[id, m[1]] = seen[id, m[1]] " " m[2]
	}
	close(file)
}

# A hello may come more than once on a connection: one that fits is enough.
# nDPI names a flow by its first packet in the capture, which may be the server's.
function judge(i, kind, reference, raw,    id, what, shown) {
	if (reference == "")
		return
	id = capture[i] SUBSEP flow[i]
	if (!((id, "ja3") in seen) && (capture[i] SUBSEP back[i], "ja3") in seen)
		id = capture[i] SUBSEP back[i]
	what = id " " kind
	gsub(SUBSEP, " ", what)
	if ((id, kind, reference) in wrong) {
		shown = (id, raw, wrong[id, kind, reference]) in has
		if (shown && !((id, kind, reference) in has))
			print "ok " what ": the reference is wrong, as listed"
		else {
			failed++
			print "FAILED " what ": the row of ja-wrong.tsv does not hold"
		}
	} else if ((id, kind, reference) in has)
		print "ok " what
	else {
		failed++
		print "FAILED " what ": reference " reference " ours" \
		    (((id, kind) in seen) ? seen[id, kind] : ": none") \
		    " raw" seen[id, raw]
	}
}
