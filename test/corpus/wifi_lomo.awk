# wifi_lomo.awk: model, name, right OSes, right kinds, what it said, answer (JSON) -> how many
# are answered and how many rightly; a model weighs one, in parts for each signature.
# -v of=NAME, -v least=SHARE, -v right=SHARE; where these were not reached,
# -v os_least=SHARE, -v kind_least=SHARE and so on are held, and it is said
BEGIN { FS = "\t" }
function value(json, attribute,    at, s) {
	at = index(json, "\"" attribute "\":{\"value\":")
	if (at == 0)
		return ""
	s = substr(json, at + length(attribute) + 12)
	if (s !~ /^"/)
		return ""
	s = substr(s, 2)
	return substr(s, 1, index(s, "\"") - 1)
}
{ line[NR] = $0; n[$1]++ }
END {
	for (i = 1; i <= NR; i++) {
		split(line[i], f, "\t")
		for (a = 3; a <= 4; a++) {
			if (f[a] == "-")
				continue
			name = a == 3 ? "os" : "kind"
			w = 1 / n[f[1]]
			all[name] += w
			models[name, f[1]] = 1
			v = value(f[6], name)
			if (v == "")
				continue
			answered[name] += w
			if (index("|" f[a] "|", "|" v "|"))
				good[name] += w
			else if (wrong != "")
				print name, f[2] ": " v ", not " f[a] >wrong
		}
	}
	for (k = 1; k <= 2; k++) {
		name = k == 1 ? "os" : "kind"
		count = 0
		for (m in models)
			count += index(m, name SUBSEP) == 1
		share = all[name] ? answered[name] / all[name] : 0
		precise = answered[name] ? good[name] / answered[name] : 0
		l = name == "os" ? os_least : kind_least
		r = name == "os" ? os_right : kind_right
		l = l ? l : least
		r = r ? r : right
		printf "%s %s: %s of %d models: %.1f %% answered, want %.0f; %.1f %% of those right, want %.0f\n",
		    share >= l && precise >= r ? "ok" : "FAILED", of, name, count,
		    100 * share, 100 * l, 100 * precise, 100 * r
		if (share < least || precise < right)
			printf "# NOT REACHED: %s: %s: %.0f %% answered, %.0f %% of those right\n",
			    of, name, 100 * least, 100 * right
	}
}
