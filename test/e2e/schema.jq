# A line of JSON Lines against share/interdict.schema.json (given as $schema), as far as
# that file uses JSON Schema 2020-12. Prints what is wrong, each with where; nothing when
# all is right. A line goes by its event_type: so a mistake is told of that line's form.
def type_is($t): type as $is | . as $v |
	any($t | if type == "array" then .[] else . end; if . == "integer" then $is == "number" and $v == ($v | floor) else . == $is end);
def known: ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "const", "pattern",
	"minimum", "maximum", "anyOf", "oneOf", "$ref", "description", "format"];
def wrong($s; $at):
	. as $v |
	(($s | keys) - known | if length > 0 then error("the validator does not know \(.)") else empty end),
	(if $s["$ref"] then wrong($schema["$defs"][$s["$ref"] | ltrimstr("#/$defs/")] // error("no \($s["$ref"])"); $at) else empty end),
	(if $s.type and (type_is($s.type) | not) then "\($at): \(tojson | .[0:60]) is no \($s.type)" else empty end),
	(if ($s | has("const")) and $s.const != $v then "\($at): want \($s.const)" else empty end),
	(if $s.enum and ($s.enum | index([$v]) | not) then "\($at): \(tojson) is none of \($s.enum | tojson | .[0:120])" else empty end),
	(if type == "string" and $s.pattern and (test($s.pattern) | not) then "\($at): \(tojson) is not like \($s.pattern)" else empty end),
	(if type == "number" and $s.minimum and . < $s.minimum then "\($at): \(.) is less than \($s.minimum)" else empty end),
	(if type == "number" and $s.maximum and . > $s.maximum then "\($at): \(.) is more than \($s.maximum)" else empty end),
	(if type == "array" and $s.minItems and length < $s.minItems then "\($at): too few" else empty end),
	(if type == "array" and $s.maxItems and length > $s.maxItems then "\($at): too many" else empty end),
	(if type == "array" and $s.items then range(length) as $i | .[$i] | wrong($s.items; "\($at)[\($i)]") else empty end),
	(if type == "object" then
		(($s.required // [])[] | select(. as $k | $v | has($k) | not) | "\($at): no \(.)"),
		(keys[] as $k | if $s.properties[$k] then .[$k] | wrong($s.properties[$k]; "\($at).\($k)")
		elif $s.additionalProperties == false then "\($at): nobody knows \($k)"
		elif ($s.additionalProperties | type) == "object" then .[$k] | wrong($s.additionalProperties; "\($at).\($k)")
		else empty end)
	else empty end),
	(if $s.anyOf then [$s.anyOf[] as $one | $v | [wrong($one; $at)]] | if any(length == 0) then empty else min_by(length)[] end else empty end),
	(if $s.oneOf then [$s.oneOf[] as $one | $v | [wrong($one; $at)]] | if map(select(length == 0)) | length == 1 then empty else "\($at): fits \(map(select(length == 0)) | length) forms of \(length), not one: \(min_by(length) | .[0:3] | tojson)" end else empty end);
(.event_type // "nothing") as $type | $schema["$defs"]["\($type)_line"] as $form |
if $form then wrong($form; $type)
else "no form for the event type \($type)" end
