# SPDX-License-Identifier: ISC
# How right the links are: macs.tsv (device id, MAC) against the truth of the story.
# A device gives a stable clue when its host name is no maker's default and no other
# device has it, or it has an identifier that no other has (`radius` counts accounts of
# machines only where the program hears RADIUS). Prints: wrong merged stable linked, as
# pairs of addresses.
BEGIN { FS = "\t" }
FILENAME ~ /truth/ {
	if (!($1 in whose)) {
		whose[$1] = $2
		if (!($2 in host)) {
			host[$2] = $3; id[$2] = $4; account[$2] = $5
			names[$3]++
			if ($4 != "") ids[$4]++
		}
	}
	next
}
{ of[$1] = of[$1] " " $2; seen[$2] = $1 }
function default_name(n) { return n ~ /^(iPhone|iPad|Galaxy-S21|Pixel-7|Redmi-Note-10-Pro|ubuntu)?$/ }
function stable(d) {
	return (!default_name(host[d]) && names[host[d]] == 1) || (id[d] != "" && ids[id[d]] == 1) || (radius && account[d] ~ /^host\//)
}
END {
	for (d in of) {
		n = split(of[d], m, " ")
		for (i = 1; i <= n; i++)
			for (j = i + 1; j <= n; j++) {
				merged++
				if (whose[m[i]] != whose[m[j]]) {
					wrong++
					print "wrong: " m[i] " of " whose[m[i]] " and " m[j] " of " whose[m[j]] > "/dev/stderr"
				}
			}
	}
	for (a in seen)
		if (a in whose)
			mine[whose[a]] = mine[whose[a]] " " a
	for (d in mine) {
		n = split(mine[d], m, " ")
		for (i = 1; i <= n; i++)
			for (j = i + 1; j <= n; j++) {
				all++
				together = seen[m[i]] == seen[m[j]]
				if (stable(d)) {
					pairs++
					linked += together
					if (!together && verbose)
						print "missed: " m[i] " and " m[j] " of " d ", named " host[d] > "/dev/stderr"
				} else
					unclued += together
			}
	}
	print wrong + 0, merged + 0, pairs + 0, linked + 0, all + 0, unclued + 0
}
