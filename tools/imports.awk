# imports.tsv -> IMPORT(IMPORT_x, function, "name", asks for a zone, "recognised", "source", "gives")
BEGIN { FS = "\t" }
/^#/ || NF == 0 { next }
NF != 5 { print FILENAME ":" FNR ": want 5 fields" > "/dev/stderr"; exit 1 }
{
	function_name = $1
	gsub(/-/, "_", function_name)
	for (i = 3; i <= 5; i++)
		gsub(/"/, "\\\"", $i)
	printf "IMPORT(IMPORT_%s, %s, \"%s\", %s, \"%s\", \"%s\", \"%s\")\n",
	    toupper(function_name), function_name, $1, $2 == "asked" ? "true" : "false", $3, $4, $5
}
