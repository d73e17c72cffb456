/* SPDX-License-Identifier: ISC */
/*
 * Zeek's logs as JSON (LogAscii::use_json, or a package that streams them): an object a
 * line, fields by their names with the dots in them. Some writers add "_path"; else the
 * fields say of which log a line is.
 */
#include "import/jsonscan.h"
#include "import/zeek.h"

/* A set or vector, as in Zeek's own form of its logs: commas between its elements. */
static struct text
joined(struct reader *r, struct text array)
{
	struct pick one;
	struct writer w;

	writer_to_memory(&w);
	while (scan_each(&array, &one)) {
		put(&w, w.len > 0 ? "," : "");
		put_text(&w, pick_text(&r->arena, &one));
	}
	struct text all = arena_text(&r->arena, writer_text(&w));
	(void)writer_close(&w);
	return all;
}

static struct text
value(struct reader *r, const struct pick *p)
{

	switch (p->type) {
	case PICK_TRUE:
		return text_of("T");
	case PICK_FALSE:
		return text_of("F");
	case PICK_ARRAY:
		return joined(r, p->raw);
	default:
		return pick_text(&r->arena, p);
	}
}

/* An object with these words in its first line. */
static bool
first_line_has(struct text head, const char *const *words, size_t n)
{
	struct text rest = head, line;

	while (text_split(&rest, '\n', &line)) {
		line = text_trim(line);
		if (line.len > 0)
			break;
	}
	if (line.len == 0 || line.s[0] != '{')
		return false;
	for (size_t i = 0; i < n; i++)
		if (memmem(line.s, line.len, words[i], strlen(words[i])) == NULL)
			return false;
	return true;
}

bool
import_zeek_json_is(struct text head)
{
	static const char *const ts[] = { "\"ts\":" };
	static const char *const any[] = { "\"_path\":", "\"id.orig_h\":", "\"uids\":",
		"\"host\":" };

	if (head.len == 0 || !first_line_has(head, ts, 1))
		return false;
	for (size_t i = 0; i < sizeof any / sizeof *any; i++)
		if (first_line_has(head, &any[i], 1))
			return true;
	return false;
}

void
import_zeek_json_read(struct reader *r)
{
	struct scan_keys *keys = scan_keys_new(zeek_names, ZEEK_FIELDS);
	struct pick picks[ZEEK_FIELDS];
	struct scan_error error;
	struct zeek z = { .r = r };

	while (reader_line(r)) {
		if (r->line.len == 0)
			continue;
		if (!scan_object(keys, r->line, picks, &error)) {
			(void)reader_wrong(r, error.at + 1, "%s", error.what);
			continue;
		}
		for (unsigned f = 0; f < ZEEK_FIELDS; f++)
			z.fields[f] = value(r, &picks[f]);
		z.log = zeek_log_guess(&z);
		zeek_line(&z);
	}
	scan_keys_free(keys);
}
