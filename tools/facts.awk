# facts.tsv -> FACT(ENUM, "key", family, keep, "about")
BEGIN { FS = "\t" }
/^#/ || NF == 0 { next }
NF != 4 { print FILENAME ":" FNR ": want 4 fields" > "/dev/stderr"; exit 1 }
{
	name = toupper($1)
	gsub(/\./, "_", name)
	gsub(/"/, "\\\"", $4)
	printf "FACT(FACT_%s, \"%s\", \"%s\", KEEP_%s, \"%s\")\n", name, $1, $2, toupper($3), $4
}
