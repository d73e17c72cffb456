# commands.tsv -> COMMAND(name, shown, "about")
BEGIN { FS = "\t" }
/^#/ || NF == 0 { next }
NF != 3 { print FILENAME ":" FNR ": want 3 fields" > "/dev/stderr"; exit 1 }
{ printf "COMMAND(%s, %s, \"%s\")\n", $1, $2 == "yes" ? "true" : "false", $3 }
