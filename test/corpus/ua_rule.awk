# ua_rule.awk: which labels of a table of User-Agents the string itself can prove.
#
#	gawk -f ua_rule.awk ua-words.tsv SERIES ua.tsv
#
# For each row of ua.tsv one line: its number and, for each of os, version, kind and
# brand, the answers that are right with a bar between; empty where the string proves
# none. SERIES is the table (that one, or a bigger one) from which series are known.
# The rule was fixed before anything was measured. A string proves
#
#   os       when it names the system (ua-words.tsv), or when the label's own word
#            stands in it (then ours for it, or "other"). Not proven: Macintosh in
#            Safari's form with 10_15, which an iPad sends too; systems that a
#            catalogue of models knows and the string does not name (Java ME, Opera TV).
#   version  its first number, when that stands behind the system's name, or Windows
#            NT stands for it. Not proven: what is frozen (Android 10; K, Mac OS X
#            10_15, NT 10.0, and iOS 18_6 or 18_7 where a browser of iOS says them).
#   kind     phone, tablet, computer or tv: when a word of the string says so in the
#            documented sense (iPhone; Mobile beside Android, as Chrome and Firefox
#            document it; Tablet, Pad, Tab; TV; a desktop system without a phone's
#            word), or when the model is of a series that is known to be so.
#   brand    of Android phones: when the string has the brand's name and no letter
#            before it, or when the model is of a series that is known to be so.
#
# A series is the beginning of a model as far as its first digit behind a letter
# (SM-G9 of SM-G991B). It is known for a kind or a brand when at least two other
# models of the table share it, and at least 95 in 100 of those others have that label.
# The shape of a model (AAA-AA9 of MAR-LX2) is one too, when at least ten share it.
BEGIN { FS = "\t"; OFS = "\t" }

ARGIND == 1 && /^#/ { next }
ARGIND == 1 && $1 == "os" { named[$2] = $3; means[$2] = $4; next }
ARGIND == 1 { also[$2] = also[$2] "|" $4; next }

ARGIND == 2 && FNR > 1 {
	count(series($1), tolower($4 "/" $5))
	count(shape($1), tolower($4 "/" $5))
	next
}
ARGIND == 2 { next }

FNR > 1 {
	print FNR, os($1, $2), version($1, $2, $3), kind($1, kind_of($6)), brand($1)
}

function count(s, pair) {
	if (s == "" || (s, pair) in counted)
		return
	counted[s, pair] = 1
	if ($4 != "")
		of_brand[s, plain($4)]++
	brands[s] += $4 != ""
	if (kind_of($6) != "")
		of_kind[s, kind_of($6)]++
	kinds[s] += kind_of($6) != ""
}

function plain(word) {
	word = tolower(word)
	gsub(/[^a-z0-9]/, "", word)
	return word
}

function kind_of(word) {
	return word ~ /^(smartphone|phablet|feature phone|phone)$/ ? "phone" \
	    : word == "tablet" || word == "tv" ? word \
	    : word == "desktop" ? "computer" : ""
}

# The model that an Android names: the first field behind the version that is no
# locale and no word of the form, up to its build.
function model(ua,    m, n, i, field) {
	if (!match(ua, /Android ?[-0-9.a-z]*; *([^)]*)/, m))
		return ""
	n = split(m[1], field, /; */)
	for (i = 1; i <= n; i++) {
		sub(/ +Build.*/, "", field[i])
		if (field[i] !~ /^([A-Za-z][A-Za-z]([-_][A-Za-z][A-Za-z])? ?|U|K|wv|Mobile|Tablet|rv:.*|Build.*|)$/)
			return field[i]
	}
	return ""
}

function series(ua,    m, s) {
	m = model(ua)
	if (!match(m, /^[0-9]*[^0-9]+[0-9]?/))
		return ""
	s = substr(m, 1, RLENGTH)
	return length(s) < 2 ? "" : tolower(s)
}

function shape(ua,    m) {
	m = model(ua)
	gsub(/[a-z]/, "a", m)
	gsub(/[A-Z]/, "A", m)
	gsub(/[0-9]/, "9", m)
	return m ~ /9/ ? "shape " m : ""
}

# Most of the models of the series besides the row's own have this label.
function is_known(s, label, counts, all, least,    n, mine) {
	mine = (s, tolower($4 "/" $5)) in counted
	n = all[s] - mine
	return s != "" && n >= least && counts[s, label] - mine >= 0.95 * n
}

function known(ua, label, counts, all) {
	return is_known(series(ua), label, counts, all, 2) ||
	    is_known(shape(ua), label, counts, all, 10)
}

function os(ua, label) {
	if (label == "" || macintosh_frozen(ua))
		return ""
	if (label in named)
		return ua ~ named[label] ? means[label] : ""
	if (index(tolower(ua), tolower(label)) > 0)
		return "other" (ua ~ /[Ll]inux|LINUX/ ? "|Linux" : "")
	return ""
}

function macintosh_frozen(ua) {
	return ua ~ /Macintosh; .*Mac OS X 10[_.]15/ && ua !~ /(Chrome|Firefox|Edg|OPR)\//
}

function frozen(ua) {
	return ua ~ /Android 10; K\)|Mac OS X 10[_.]15|Windows NT 10\.0/ ||
	    ua ~ /OS 18_[67]/ && ua ~ /AppleWebKit/
}

function version(ua, label, value,    first, name) {
	first = value
	sub(/[^0-9].*/, "", first)
	if (os(ua, label) == "" || frozen(ua))
		return ""
	if (label == "Windows")
		return value == "7" && ua ~ /NT 6\.1/ || value == "8" && ua ~ /NT 6\.2/ ||
		    value == "8.1" && ua ~ /NT 6\.3/ || value == "XP" && ua ~ /NT 5\.1/ ||
		    value == "Vista" && ua ~ /NT 6\.0/ ? value : ""
	if (first == "" || means[label] !~ /Android|iOS|watchOS|tvOS|macOS|HarmonyOS/)
		return ""
	name = label ~ /^(iOS|iPadOS)$/ ? "(OS|iOS|iPadOS|iPhone)" \
	    : label ~ /^Mac/ ? "(Mac OS X|macOS)" \
	    : means[label] ~ /Android/ ? "[Aa]ndroid" : named[label]
	return ua ~ name "[ /;,_-]?" first "([^0-9]|$)" ? first : ""
}

function kind(ua, label,    word) {
	if (label == "")
		return ""
	if (label == "phone")
		word = ua ~ /iPhone|Windows Phone|KAIOS|MIDP|BB10/ || phone_word(ua)
	else if (label == "tablet")
		word = ua ~ /iPad|[Tt]ablet|[ _-](Tab|Pad|TAB|PAD)([^a-z]|$)/
	else if (label == "tv")
		word = ua ~ /TV|[Bb][Rr][Aa][Vv][Ii][Aa]|NetCast|Web0S|AFT[A-Z]|Roku|CrKey/
	else
		word = ua ~ /Windows NT|Macintosh|X11;|CrOS/ &&
		    ua !~ /Phone|Xbox|Mobile|[Tt]ablet|Android|TV/ && !macintosh_frozen(ua)
	return word || known(ua, label, of_kind, kinds) ? label : ""
}

function phone_word(ua) {
	return ua ~ /Android/ && ua ~ /[ ;]Mobile[ ;)]/ && ua !~ /[Tt]ablet|TV/
}

function brand(ua,    word, at) {
	if ($4 == "" || kind_of($6) != "phone" || ua !~ /Android/)
		return ""
	word = tolower($4)
	at = index(tolower(ua), word)
	if (at > 0 && (at == 1 || substr(ua, at - 1, 1) !~ /[A-Za-z]/) ||
	    known(ua, plain($4), of_brand, brands))
		return $4 also[$4]
	return ""
}
