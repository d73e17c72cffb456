# table.awk: one capture's rows of results.tsv (capture, who, packets, microseconds of
# user and of system time, KiB, status) as a table of medians and ratios.
BEGIN { FS = "\t" }

$1 == name {
	if (!($2 in rounds))
		order[++peers] = $2
	n = ++rounds[$2]
	all[$2, n] = 1000 * ($4 + $5) / $3
	user[$2, n] = 1000 * $4 / $3
	if ($6 > peak[$2])
		peak[$2] = $6
	# scan ends with 1 when a device is covered or undecided.
	if ($7 > 1 || $7 == 1 && $2 != "interdict")
		status[$2] = $7
}

END {
	printf "\n%s: %d packets\n", name, packets
	printf "  %-10s %12s %10s %9s %9s %9s\n", "", "ns/packet", "(user)", "x floor", "x p0f", "peak MB"
	for (i = 1; i <= peers; i++) {
		who = order[i]
		cost = median(all, who)
		printf "  %-10s %12.0f %10.0f %9s %9s %9.0f%s\n", who, cost, median(user, who),
		    ratio(cost, "floor"), ratio(cost, "p0f"), peak[who] / 1024,
		    (who in status) ? "  ended with status " status[who] : ""
	}
}

function ratio(cost, to) {
	return (to in rounds) ? sprintf("%.2f", cost / median(all, to)) : "-"
}

function median(of, who,    i, j, n, t, v) {
	n = rounds[who]
	for (i = 1; i <= n; i++)
		v[i] = of[who, i]
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
			t = v[j]
			v[j] = v[j - 1]
			v[j - 1] = t
		}
	return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}
