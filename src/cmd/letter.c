/* SPDX-License-Identifier: ISC */
/* Texts to the holders of devices, from a template of the site. */
#include "cmd/letter.h"

#include <stdio.h>

#include "report/unicode.h"

static const char *const places[LETTER_PLACES] = {
	[LETTER_NAME] = "name",
	[LETTER_PERSON] = "person",
	[LETTER_DEVICE] = "device",
	[LETTER_WHAT] = "what",
	[LETTER_TITLE] = "title",
	[LETTER_DIRECTIVE] = "directive",
	[LETTER_ISSUER] = "issuer",
	[LETTER_INSTRUMENT] = "instrument",
	[LETTER_VERB] = "verb",
	[LETTER_DUE] = "due",
	[LETTER_TODAY] = "today",
};

const char *const letter_default[] = {
	"# A notice to the holder of a device: `interdict notice ORDER --template FILE "
	"--to DIR`",
	"# fills it in once for each holder who was not told yet. Lines that begin "
	"with "
	"# are",
	"# left out. Two braces {{ make one.",
	"#   {name} {person}          the holder, and the id in the roster",
	"#   {device} {what}          its identifier in custody, and what it is "
	"believed "
	"to be",
	"#   {title} {directive}      the order and its id",
	"#   {issuer} {instrument}    who gave it, in which document",
	"#   {verb} {due}             what must be done, and until when",
	"#   {today}                  the date of the notice",
	"{today}",
	"",
	"To {name}",
	"",
	"{title}",
	"",
	"By our records you hold the device {device} ({what}). It falls under the "
	"order",
	"{directive} of {issuer}.",
	"",
	"What it asks of you: {verb}, {due}.",
	"",
	"If this is not your device, or not such a device, say so: the record can be "
	"corrected.",
	NULL,
};

/* The place that begins at a brace; LETTER_PLACES: none is called so. */
static size_t
place_at(struct text t, size_t brace, struct text *name)
{
	size_t end = text_find(t, '}', brace);

	*name = (struct text){ t.s + brace + 1, end - brace - 1 };
	if (end == t.len || text_find(*name, '\n', 0) < name->len)
		return LETTER_PLACES;
	for (size_t i = 0; i < LETTER_PLACES; i++)
		if (text_is(*name, places[i]))
			return i;
	return LETTER_PLACES;
}

/* The next line without its end; false when nothing is left. */
static bool
next_line(struct text *rest, struct text *line)
{
	return text_split(rest, '\n', line);
}

static unsigned
column_of(struct text line, size_t i)
{
	unsigned column = 1;

	for (size_t k = 0; k < i; k++)
		column += ((unsigned char)line.s[k] & 0xc0) != 0x80;
	return column;
}

static void
check_place(const char *file, unsigned n, struct text line, size_t i,
    struct complaints *wrong)
{
	unsigned column = column_of(line, i);
	struct text name;

	if (place_at(line, i, &name) < LETTER_PLACES)
		return;
	if (text_find(line, '}', i) == line.len) {
		complain(wrong, file, n, column,
		    "this brace is not closed; `{{` makes a brace");
		return;
	}
	name.len = name.len < 40 ? name.len : 40;
	const char *near = text_nearest(name, places, LETTER_PLACES);
	complain(wrong, file, n, column,
	    "nothing is called {%.*s}%s%s%s; `{{` makes a brace", (int)name.len, name.s,
	    near != NULL ? "; is {" : "", near != NULL ? near : "",
	    near != NULL ? "} meant?" : "");
}

bool
letter_check(const char *file, struct text t, struct complaints *wrong)
{
	size_t errors = wrong->errors;
	struct text line;

	if (!text_is_utf8(t))
		complain(wrong, file, 0, 0, "it is not UTF-8");
	for (unsigned n = 1; next_line(&t, &line); n++) {
		if (line.len > 0 && line.s[0] == '#')
			continue;
		for (size_t i = text_find(line, '{', 0); i < line.len;
		     i = text_find(line, '{', i + 1)) {
			if (i + 1 < line.len && line.s[i + 1] == '{')
				i++;
			else
				check_place(file, n, line, i, wrong);
		}
	}
	return wrong->errors == errors;
}

static void
put_line(struct writer *w, struct text line, const char *const *values)
{
	struct text name;

	for (size_t i = 0; i < line.len; i++) {
		if (line.s[i] != '{') {
			put_char(w, line.s[i]);
		} else if (i + 1 < line.len && line.s[i + 1] == '{') {
			put_char(w, line.s[i++]);
		} else {
			size_t place = place_at(line, i, &name);
			if (place < LETTER_PLACES && values[place] != NULL)
				put_clean(w, text_of(values[place]));
			i += name.len + 1;
		}
	}
	put_char(w, '\n');
}

void
letter_put(struct writer *w, struct text t, const char *const values[LETTER_PLACES])
{
	struct text line;

	if (t.len > 0 && t.s[t.len - 1] == '\n')
		t.len--;
	while (next_line(&t, &line))
		if (line.len == 0 || line.s[0] != '#')
			put_line(w, line, values);
}
