# ua.awk: gawk -f ua.awk -v part=all RULE TABLE ANSWERS: how many of the labels that a
# string proves (RULE: what ua_rule.awk prints of TABLE) `interdict identify -` answers
# rightly (ANSWERS: a line a row). Undecided counts as missed. part=kept counts the
# third of the models that is kept apart when something is learnt, part=learnt the rest.
# -v floor=ACCURACY.md fails what is below what that file says of all; -v show=brand prints
# what is missed. The aims are 0.99 for os, 0.97 for version and kind, 0.90 for brand.
BEGIN {
	FS = "\t"
	while (floor != "" && (getline line <floor) > 0)
		if (match(line, /^ *([a-z]+) \(all\): .* right = ([0-9.]+),/, m))
			aim[m[1]] = m[2]
}

ARGIND == 1 { os[$1] = $2; version[$1] = $3; kind[$1] = $4; brand[$1] = $5; next }
ARGIND == 2 { label[FNR] = $1; kept[FNR] = is_kept(tolower($4 "/" $5)); next }

{
	row = FNR + 1
	if (part == "kept" && !kept[row] || part == "learnt" && kept[row])
		next
	judge("os", os[row], value("os"))
	judge("kind", kind[row], value("kind") == "feature-phone" ? "phone" : value("kind"))
	judge("brand", brand[row], value("vendor"))
	if (version[row] != "")
		judge("version", version[row], version[row] + 0 > 0 ? first(version[row]) \
		    : value("version"))
}

END {
	split("os version kind brand", list, " ")
	for (i = 1; i <= 4; i++) {
		w = list[i]
		share = n[w] > 0 ? right[w] / n[w] : 1
		printf "%s ua: %s (%s): %d of %d right = %.4f, wrong %d, undecided %d\n",
		    share < aim[w] - 0.0001 ? "FAILED" : "ok", w, part, right[w], n[w],
		    share, n[w] - right[w] - none[w], none[w]
	}
}

# The same in tools/ua_models.c: by a sum over the bytes, so that a model is in one part.
function is_kept(pair,    i, sum) {
	sum = 0
	for (i = 1; i <= length(pair); i++)
		sum = (sum * 31 + ord[substr(pair, i, 1)]) % 65521
	return sum % 3 == fold + 0
}
BEGIN {
	for (i = 0; i < 256; i++)
		ord[sprintf("%c", i)] = i
}

function value(attribute,    m) {
	return match($0, "\"" attribute "\":\\{\"value\":\"([^\"]*)\"", m) ? m[1] : ""
}

# The first number of a decided version, where both ends of it have the same.
function first(word,    m, decimal) {
	if (!match($0, /"version":\{"value":"[^"]*","min":"([0-9]+)[^"]*","max":"([0-9]+)[^"]*"/, m))
		return ""
	if (word ~ /\./)
		return match($0, /"version":\{"value":"([^"]*)"/, decimal) ? decimal[1] : ""
	return m[1] == m[2] ? m[1] : "between"
}

function plain(word) {
	word = tolower(word)
	gsub(/[^a-z0-9]/, "", word)
	return word
}

function judge(what, answers, said,    list, i, k, ok) {
	if (answers == "")
		return
	n[what]++
	if (said == "")
		none[what]++
	k = split(answers, list, "|")
	for (i = 1; i <= k; i++)
		ok = ok || plain(list[i]) == plain(said)
	right[what] += ok
	if (!ok && show == what)
		print "  " (said == "" ? "undecided" : said) "; want " answers ": " label[row]
}
