/* SPDX-License-Identifier: ISC */
/* The scanner of JSON, held against jansson. */
#include <jansson.h>
#include <string.h>

#include "import/eve.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct scan_keys *keys;
	struct pick picks[EVE_KEYS], one;
	struct scan_error error;
	struct arena arena = { 0 };
	json_error_t why;

	if (keys == NULL)
		keys = scan_keys_new(eve_paths, EVE_KEYS);
	bool good = scan_object(keys, (struct text){ (const char *)bytes, n }, picks,
	    &error);
	json_t *root = json_loadb((const char *)bytes, n, 0, &why);
	if (good && !json_is_object(root) &&
	    json_error_code(&why) != json_error_numeric_overflow)
		__builtin_trap();
	/* jansson 2.14 swallows a NUL behind a number: its stream has 0 for "go on" */
	if (!good && json_is_object(root) && memchr(bytes, '\0', n) == NULL &&
	    strcmp(error.what, "too deeply nested") != 0)
		__builtin_trap();
	for (unsigned i = 0; good && i < EVE_KEYS; i++) {
		struct text rest = picks[i].raw;
		(void)pick_text(&arena, &picks[i]);
		while (picks[i].type == PICK_ARRAY && scan_each(&rest, &one))
			(void)pick_text(&arena, &one);
	}
	if (good && json_is_object(root)) {
		const char *type = json_string_value(
		    json_object_get(root, "event_type"));
		struct text t = pick_text(&arena, &picks[EVE_TYPE]);
		if ((type != NULL) != (picks[EVE_TYPE].type == PICK_STRING) ||
		    (type != NULL &&
		        (strlen(type) != t.len || memcmp(type, t.s, t.len) != 0)))
			__builtin_trap();
	}
	json_decref(root);
	arena_free(&arena);
	return 0;
}
