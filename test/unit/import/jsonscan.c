/* SPDX-License-Identifier: ISC */
/* The scanner against jansson: on every line of the golden inputs, and on broken ones.
 */
#include "import/jsonscan.h"

#include <glob.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/eve.h"
#include "import/zeek.h"
#include "test.h"

struct set {
	const char *const *paths;
	size_t n;
	char between; /* of the parts of a path; '\0': a path is one key */
};

static json_t *
at(json_t *root, const char *path, char between)
{
	char part[128];

	while (between != '\0' && strchr(path, between) != NULL) {
		size_t n = (size_t)(strchr(path, between) - path);
		(void)snprintf(part, sizeof part, "%.*s", (int)n, path);
		root = json_object_get(root, part);
		path += n + 1;
	}
	return json_object_get(root, path);
}

/* Whether a pick is what jansson has there. */
static bool
same(struct arena *a, const struct pick *p, json_t *j)
{
	struct text t = pick_text(a, p);
	json_error_t error;

	if (p->type == PICK_NONE || j == NULL)
		return p->type == PICK_NONE && j == NULL;
	switch (json_typeof(j)) {
	case JSON_STRING:
		return p->type == PICK_STRING && json_string_length(j) == t.len &&
		    memcmp(json_string_value(j), t.s, t.len) == 0;
	case JSON_INTEGER:
	case JSON_REAL:
		return p->type == PICK_NUMBER &&
		    strtod(arena_string(a, t), NULL) == json_number_value(j);
	case JSON_TRUE:
		return p->type == PICK_TRUE;
	case JSON_FALSE:
		return p->type == PICK_FALSE;
	case JSON_NULL:
		return p->type == PICK_NULL;
	case JSON_OBJECT:
	case JSON_ARRAY:
		break;
	}
	json_t *again = json_loadb(p->raw.s, p->raw.len, 0, &error);
	bool equal = json_equal(again, j) &&
	    p->type == (json_is_array(j) ? PICK_ARRAY : PICK_OBJECT);
	json_decref(again);
	return equal;
}

/* An array element by element. */
static bool
same_elements(struct arena *a, const struct pick *p, const json_t *j)
{
	struct text rest = p->raw;
	struct pick one;
	size_t n = 0;

	while (scan_each(&rest, &one))
		if (!same(a, &one, json_array_get(j, n++)))
			return false;
	return n == json_array_size(j);
}

/* True when both say the same of this line; *good: that it is an object. */
static bool
agree(const struct set *set, const struct scan_keys *keys, struct text line, bool *good)
{
	struct pick picks[SCAN_KEYS];
	struct scan_error error;
	struct arena a = { 0 };
	json_error_t why;

	*good = scan_object(keys, line, picks, &error);
	json_t *root = json_loadb(line.s, line.len, 0, &why);
	bool fine = true, object = json_is_object(root);
	if (*good != object) {
		/* numbers are not converted, and depth is bounded: as the header says
		 */
		fine = (*good && root == NULL &&
		           json_error_code(&why) == json_error_numeric_overflow) ||
		    (object && strcmp(error.what, "too deeply nested") == 0);
	} else if (object) {
		for (size_t i = 0; i < set->n && fine; i++) {
			json_t *j = at(root, set->paths[i], set->between);
			fine = same(&a, &picks[i], j) &&
			    (picks[i].type != PICK_ARRAY ||
			        same_elements(&a, &picks[i], j));
		}
	}
	json_decref(root);
	arena_free(&a);
	return fine;
}

static struct text
read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *s = malloc(1 << 20);
	struct text t = { s, f != NULL && s != NULL ? fread(s, 1, 1 << 20, f) : 0 };

	if (f != NULL)
		(void)fclose(f);
	return t;
}

static uint64_t
next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	return *seed ^= *seed << 17;
}

/* What is put in anywhere: what JSON is made of, and what it is not. */
static const char *const pieces[] = { "\"", "\\", "{", "}", "[", "]", ",", ":",
	"\\u0041", "\\ud83d\\ude00", "\\ud800", "\\u0000", "\xc3\xa9", "\xff", "\t",
	" ", "null", "-0", "1e5", "01", "true", "\"tls\":{}", "\"event_type\":1,",
	"\"s\\u006ei\":\"x\"", "\x01", "\\/", "[[[[", "" };

static struct text
mutate(struct text line, uint64_t *seed, char *to, size_t most)
{
	size_t cut = next(seed) % (line.len + 1), drop = next(seed) % 4;
	const char *piece = pieces[next(seed) % (sizeof pieces / sizeof *pieces)];
	size_t n = strlen(piece);

	if (drop > line.len - cut)
		drop = line.len - cut;
	if (line.len + n > most)
		return line;
	memcpy(to, line.s, cut);
	memcpy(to + cut, piece, n);
	memcpy(to + cut + n, line.s + cut + drop, line.len - cut - drop);
	return (struct text){ to, line.len - drop + n };
}

enum { ROUNDS = 400, MOST = 64 * 1024 };

/* Every line of a file, as it is and broken in ROUNDS ways. */
static void
check_file(const char *path, const struct set *set, size_t *objects)
{
	struct scan_keys *keys = scan_keys_new(set->paths, set->n);
	struct text whole = read_file(path), rest = whole, line;
	char *buf = malloc(MOST);
	uint64_t seed = 42;
	bool good;

	while (text_split(&rest, '\n', &line)) {
		if (!OK(agree(set, keys, line, &good)))
			(void)printf("    %s: %.*s\n", path, (int)line.len, line.s);
		*objects += good;
		for (unsigned i = 0; i < ROUNDS && line.len > 0; i++) {
			struct text broken = mutate(line, &seed, buf, MOST);
			if (!OK(agree(set, keys, broken, &good))) {
				(void)printf("    %s: %.*s\n", path, (int)broken.len,
				    broken.s);
				break;
			}
		}
	}
	free(buf);
	free((void *)(uintptr_t)whole.s);
	scan_keys_free(keys);
}

TEST(the_scanner_picks_what_jansson_has_on_every_line_also_broken_ones)
{
	static const struct set eve = { eve_paths, EVE_KEYS, '/' };
	static const struct set zeek = { zeek_names, ZEEK_FIELDS, '\0' };
	size_t objects = 0;
	glob_t g;

	EQ(glob("test/import/*/*.in", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++)
		check_file(g.gl_pathv[i],
		    strstr(g.gl_pathv[i], "zeek") != NULL ? &zeek : &eve, &objects);
	OK(objects >= 28);
	globfree(&g);
}

static const char *const some[] = { "a", "b/c", "b/d/e", "list" };

static enum pick_type
type_of(const char *json, size_t key)
{
	struct scan_keys *keys = scan_keys_new(some, 4);
	struct pick picks[4];
	struct scan_error error;
	bool good = scan_object(keys, text_of(json), picks, &error);

	scan_keys_free(keys);
	return good ? picks[key].type : PICK_NONE;
}

TEST(the_last_of_two_keys_counts_also_when_it_is_an_object)
{
	EQ(type_of("{\"a\":1,\"a\":\"x\"}", 0), PICK_STRING);
	EQ(type_of("{\"b\":{\"c\":1,\"d\":{\"e\":1}},\"b\":{}}", 1), PICK_NONE);
	EQ(type_of("{\"b\":{\"c\":1,\"d\":{\"e\":1}},\"b\":{}}", 2), PICK_NONE);
	EQ(type_of("{\"b\":{\"c\":1},\"b\":{\"c\":null}}", 1), PICK_NULL);
	EQ(type_of("{\"b\":{\"c\":1},\"b\":7}", 1), PICK_NONE);
}

TEST(an_error_has_its_place)
{
	struct scan_keys *keys = scan_keys_new(some, 4);
	struct pick picks[4];
	struct scan_error error;

	OK(!scan_object(keys, text_of("{\"a\":tru}"), picks, &error));
	EQ(error.at, 5);
	SAME(error.what, "want a value");
	OK(!scan_object(keys, text_of("{\"a\":1} x"), picks, &error));
	EQ(error.at, 8);
	OK(!scan_object(keys, text_of(""), picks, &error));
	OK(!scan_object(keys, text_of("[1]"), picks, &error));
	scan_keys_free(keys);
}
