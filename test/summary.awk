# summary.awk: adds up the lines `NAME: N passed, N failed` of a log, and what was
# skipped. A log without any such line is a failure: something broke before.
match($0, /^[a-z0-9_.\/ -]+: [0-9]+ passed, [0-9]+ failed/) {
	parts++
	line = $0
	sub(/^[^:]*: /, "", line)
	split(line, word, " ")
	passed += word[1]
	failed += word[3]
	if (word[3] > 0)
		print "failed in: " $0
}
/^[a-z0-9_.\/ -]+: skipped: / { print }
END {
	if (parts == 0 || status > 0 && failed == 0) {
		print parts + 0 " parts told what passed; exit status " status + 0
		failed++
	}
	print passed + 0 " passed, " failed + 0 " failed"
	exit failed > 0
}
