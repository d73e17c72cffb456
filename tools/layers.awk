# LAYERS says, for each folder of src, whose headers it may include besides its
# own. A name must stand on a line above the one that uses it: so no cycles.
FILENAME ~ /LAYERS$/ {
	sub(/:/, "", $1)
	may[$1, $1] = known[$1] = 1
	for (i = 2; i <= NF; i++) {
		may[$1, $i] = 1
		if (!($i in known))
			bad = say(FNR, $1 " names " $i ", which is not above it")
	}
	next
}
FNR == 1 {
	split(FILENAME, part, "/")
	mine = part[2]
	if (!(mine in known))
		bad = say(FNR, "the folder " mine " is not in LAYERS")
}
/^#include "[a-z]+\// {
	split($2, path, /["\/]/)
	if (!((mine, path[2]) in may))
		bad = say(FNR, mine " may not include " path[2])
}
function say(line, what) { print FILENAME ":" line ": " what; return 1 }
END { exit bad }
