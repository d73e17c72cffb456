# decoders.tsv -> DECODER(name, ON_x, key, "source", "about"), sorted as written
BEGIN { FS = "\t" }
/^#/ || NF == 0 { next }
NF != 5 { print FILENAME ":" FNR ": want 5 fields" > "/dev/stderr"; exit 1 }
{
	gsub(/"/, "\\\"", $5)
	printf "DECODER(%s, ON_%s, %s, \"%s\", \"%s\")\n", $1, toupper($2), $3, $4, $5
}
