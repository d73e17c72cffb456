# wired.awk: the first table of ACCURACY.md, and what `interdict accuracy` prints: the
# same lines. Rounding may cost a tenth of a device, a thousandth of an ECE.
FNR == 1 { part = ARGIND == 1 ? "was" : "is"; table = ARGIND == 2 }
/^ *all but tunnels:/ { table = 1 }
# Then those in tunnels, or the folds.
/^ *in tunnels:/ { nextfile }
!table { next }

/iPhones so called:/ { iphones[part] = $4; no_iphones[part] = $6 }

$1 ~ /^(vendor|os|kind|version|model)$/ && $2 ~ /^[0-9.]+$/ {
	devices[part, $1] = $2
	decided[part, $1] = $3
	right[part, $1] = $4
}

$2 == "Brier" { ece[part, substr($1, 1, length($1) - 1)] = $5 }
/^ *all answers: Brier/ { ece[part, "all"] = $6 }

function judge(ok, what) {
	print (ok ? "ok" : "FAILED") " wired: " what
}

# Of those asked `share` at least are answered, and of the answers `precision` right.
function aim(name, share, precision,    n, answered, p) {
	n = devices["is", name]
	answered = n > 0 ? decided["is", name] / n : 0
	p = decided["is", name] > 0 ? right["is", name] / decided["is", name] : 0
	judge(answered >= share, sprintf("%s: %.3f answered, want %.2f", name, answered,
	    share))
	judge(p >= precision, sprintf("%s: %.3f of them right, want %.2f", name, p,
	    precision))
}

END {
	aim("os", 0.75, 0.98)
	aim("kind", 0.60, 0.97)
	judge(no_iphones["is"] == 0, "no false iPhone")
	judge(iphones["is"] + 0.1 > iphones["was"], "iPhones: " iphones["is"])
	n = split("vendor os kind version model", names, " ")
	for (i = 1; i <= n; i++) {
		a = names[i]
		had = (("was", a) in right)
		judge(had && right["is", a] + 0.1 > right["was", a],
		    a ": " right["is", a] " right, ACCURACY.md has " right["was", a])
		wrong = decided["is", a] - right["is", a]
		judge(had && wrong < decided["was", a] - right["was", a] + 0.1,
		    a ": " wrong " wrong")
	}
	judge((("is", "all") in ece) && ece["is", "all"] <= 0.05,
	    "all answers: ECE " ece["is", "all"] ", want 0.05")
	for (i = 1; i <= 3; i++)
		judge((("was", names[i]) in ece) &&
		    ece["is", names[i]] < ece["was", names[i]] + 0.001,
		    names[i] ": ECE " ece["is", names[i]] ", ACCURACY.md has " \
		    ece["was", names[i]])
}
