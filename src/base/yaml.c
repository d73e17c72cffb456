/* SPDX-License-Identifier: ISC */
/* Reads YAML 1.1 with libyaml into a tree whose every node knows its place. */
#include "base/yaml.h"

#include <stdlib.h>
#include <yaml.h>

enum {
	BYTES_MAX = 1024 * 1024,
	LEVELS_MAX = 32,
	NODES_MAX = 100000,
	CATALOGUE = 32 /* a catalogue may be so many times as large */
};

/* A mapping or sequence that is being filled. */
struct level {
	struct yaml *node, **tail;
	size_t n;
	bool has_key; /* a mapping's key was read, its value was not */
	struct text key;
	unsigned key_line, key_column;
};

struct builder {
	struct arena *arena;
	const char *file;
	struct complaints *to;
	struct text source;
	struct yaml *root;
	struct level levels[LEVELS_MAX];
	unsigned depth;
	size_t nodes;
	unsigned times; /* of the usual limits */
};

static unsigned
from_one(size_t n)
{
	return n < BYTES_MAX * CATALOGUE * 2 ? (unsigned)n + 1 : 0;
}

/* Characters that libyaml's reader takes (YAML 1.1, section 5.1), and a tab. */
static bool
is_printable(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0x7f) ||
	    c == 0x85 || (c >= 0xa0 && c <= 0xfffd && c != 0xfeff) || c >= 0x10000;
}

/* The next character of well-formed UTF-8. */
static uint32_t
next_character(struct text t, size_t *at)
{
	uint8_t c = (uint8_t)t.s[(*at)++];
	unsigned more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
	uint32_t value = more == 0 ? c : c & (0x3fU >> more);

	for (; more > 0 && *at < t.len; more--)
		value = value << 6 | ((uint8_t)t.s[(*at)++] & 0x3f);
	return value;
}

static size_t
character_length(struct text t, size_t at)
{
	size_t most = t.len - at < 4 ? t.len - at : 4;

	for (size_t n = 1; n <= most; n++)
		if (text_is_utf8((struct text){ t.s + at, n }))
			return n;
	return 0;
}

/* Complains of the first byte that is no text, with its place. */
static bool
is_readable(struct builder *b, struct text t)
{
	unsigned line = 1, column = 1;

	for (size_t i = 0; i < t.len;) {
		size_t start = i;
		if (character_length(t, i) == 0) {
			complain(b->to, b->file, line, column,
			    "byte 0x%02x is no UTF-8: save the file as UTF-8",
			    (uint8_t)t.s[i]);
			return false;
		}
		uint32_t c = next_character(t, &i);
		if (!is_printable(c)) {
			complain(b->to, b->file, line, column,
			    c == 0 ? "a NUL byte: this is no text"
			           : "character U+%04X has no place in a text",
			    (unsigned)c);
			return false;
		}
		column++;
		if (c == '\n' && t.s[start] == '\n') {
			line++;
			column = 1;
		}
	}
	return true;
}

static bool
is_text(struct builder *b, struct text t)
{
	if (t.len > (size_t)BYTES_MAX * b->times) {
		complain(b->to, b->file, 0, 0, "is larger than %u MiB", b->times);
		return false;
	}
	if (text_is_other(t) != NULL) {
		complain(b->to, b->file, 1, 1, "is %s", text_is_other(t));
		return false;
	}
	if (text_starts(t, text_of("\xef\xbb\xbf"))) {
		complain(b->to, b->file, 1, 1,
		    "begins with a byte-order mark: save the file as UTF-8 without "
		    "one");
		return false;
	}
	return is_readable(b, t);
}

static struct yaml *
new_node(struct builder *b, enum yaml_kind kind, const yaml_event_t *e)
{
	struct yaml *y = arena_take(b->arena, sizeof *y);

	y->kind = kind;
	y->line = from_one(e->start_mark.line);
	y->column = from_one(e->start_mark.column);
	b->nodes++;
	return y;
}

static void
attach(struct builder *b, struct yaml *y)
{
	if (b->depth == 0) {
		b->root = y;
		return;
	}
	struct level *l = &b->levels[b->depth - 1];
	if (l->node->kind == YAML_MAPPING) {
		y->key = l->key;
		y->key_line = l->key_line;
		y->key_column = l->key_column;
		l->has_key = false;
	}
	*l->tail = y;
	l->tail = &y->next;
	l->n++;
}

static int
by_key(const void *left, const void *right)
{
	const struct yaml *a = *(struct yaml *const *)left;
	const struct yaml *b = *(struct yaml *const *)right;
	size_t n = a->key.len < b->key.len ? a->key.len : b->key.len;
	int order = n > 0 ? memcmp(a->key.s, b->key.s, n) : 0;

	if (order == 0)
		order = (a->key.len > b->key.len) - (a->key.len < b->key.len);
	if (order == 0)
		order = (a->key_line > b->key_line) - (a->key_line < b->key_line);
	return order != 0
	    ? order
	    : (a->key_column > b->key_column) - (a->key_column < b->key_column);
}

static void
refuse_doubles(struct builder *b, const struct level *l)
{
	struct yaml **sorted;
	size_t n = 0;

	if (l->node->kind != YAML_MAPPING || l->n < 2)
		return;
	sorted = must_alloc(l->n, sizeof(struct yaml *));
	for (struct yaml *y = l->node->first; y != NULL; y = y->next)
		sorted[n++] = y;
	qsort(sorted, n, sizeof(struct yaml *), by_key);
	for (size_t i = 1; i < n && b->to->errors < YAML_MISTAKES; i++)
		if (text_equal(sorted[i]->key, sorted[i - 1]->key))
			complain(b->to, b->file, sorted[i]->key_line,
			    sorted[i]->key_column,
			    "the key '%.*s' stands twice, first in line %u",
			    (int)sorted[i]->key.len, sorted[i]->key.s,
			    sorted[i - 1]->key_line);
	free(sorted);
}

static bool
expects_key(const struct builder *b)
{
	const struct level *l = b->depth > 0 ? &b->levels[b->depth - 1] : NULL;

	return l != NULL && l->node->kind == YAML_MAPPING && !l->has_key;
}

static bool
open_level(struct builder *b, enum yaml_kind kind, const yaml_event_t *e)
{
	unsigned line = from_one(e->start_mark.line);
	unsigned column = from_one(e->start_mark.column);

	if (expects_key(b)) {
		complain(b->to, b->file, line, column,
		    "want a word as the key, not a %s",
		    kind == YAML_MAPPING ? "mapping" : "list");
		return false;
	}
	if (b->depth == LEVELS_MAX) {
		complain(b->to, b->file, line, column,
		    "is nested deeper than %d levels", LEVELS_MAX);
		return false;
	}
	struct yaml *y = new_node(b, kind, e);
	attach(b, y);
	b->levels[b->depth++] = (struct level){ .node = y, .tail = &y->first };
	return true;
}

static size_t
characters(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		n += ((uint8_t)t.s[i] & 0xc0) != 0x80;
	return n;
}

static void
add_scalar(struct builder *b, const yaml_event_t *e)
{
	struct text t = { (const char *)e->data.scalar.value, e->data.scalar.length };
	bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	bool quoted = e->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
	    e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;

	t = arena_text(b->arena, t);
	if (expects_key(b)) {
		struct level *l = &b->levels[b->depth - 1];
		l->has_key = true;
		l->key = t;
		l->key_line = from_one(e->start_mark.line);
		l->key_column = from_one(e->start_mark.column);
		b->nodes++;
		return;
	}
	struct yaml *y = new_node(b, YAML_SCALAR, e);
	y->scalar = t;
	y->quoted = !plain;
	size_t span = e->end_mark.index - e->start_mark.index;
	if ((plain || quoted) && e->start_mark.line == e->end_mark.line &&
	    span == characters(t) + (quoted ? 2 : 0))
		y->text_column = y->column + quoted;
	attach(b, y);
}

/* Anchors and tags would give a value a meaning that the schema cannot see. */
static void
refuse_marks(struct builder *b, const yaml_event_t *e, const void *anchor,
    const void *tag)
{
	unsigned line = from_one(e->start_mark.line);
	unsigned column = from_one(e->start_mark.column);

	if (anchor != NULL)
		complain(b->to, b->file, line, column,
		    "anchors (&%s) are not used here: quote a text that begins with "
		    "'&'",
		    (const char *)anchor);
	if (tag != NULL)
		complain(b->to, b->file, line, column,
		    "tags (%s) are not used here: quote a text that begins with '!'",
		    (const char *)tag);
}

static void
add_alias(struct builder *b, const yaml_event_t *e)
{
	struct yaml *y = new_node(b, YAML_SCALAR, e);

	complain(b->to, b->file, y->line, y->column,
	    "aliases (*%s) are not used here: quote a text that begins with '*'",
	    (const char *)e->data.alias.anchor);
	y->bad = true;
	y->scalar = text_of("");
	if (expects_key(b)) {
		struct level *l = &b->levels[b->depth - 1];
		l->has_key = true;
		l->key = y->scalar;
		l->key_line = y->line;
		l->key_column = y->column;
	} else {
		attach(b, y);
	}
}

/* One event into the tree; false when reading must stop. */
static bool
take(struct builder *b, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (b->root == NULL)
			return true;
		complain(b->to, b->file, from_one(e->start_mark.line),
		    from_one(e->start_mark.column),
		    "a second document: one file holds one");
		return false;
	case YAML_SCALAR_EVENT:
		refuse_marks(b, e, e->data.scalar.anchor, e->data.scalar.tag);
		add_scalar(b, e);
		break;
	case YAML_ALIAS_EVENT:
		add_alias(b, e);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_marks(b, e, e->data.sequence_start.anchor,
		    e->data.sequence_start.tag);
		return open_level(b, YAML_SEQUENCE, e);
	case YAML_MAPPING_START_EVENT:
		refuse_marks(b, e, e->data.mapping_start.anchor,
		    e->data.mapping_start.tag);
		return open_level(b, YAML_MAPPING, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		refuse_doubles(b, &b->levels[--b->depth]);
		break;
	default:
		break;
	}
	bool fits = b->nodes <= (size_t)NODES_MAX * b->times;
	if (!fits)
		complain(b->to, b->file, from_one(e->start_mark.line),
		    from_one(e->start_mark.column), "has more than %u00,000 values",
		    b->times);
	return fits;
}

/* The byte at a place that libyaml counts in characters. */
static char
byte_at(struct text t, size_t index)
{
	for (size_t i = 0; i < t.len; i++)
		if (((uint8_t)t.s[i] & 0xc0) != 0x80 && index-- == 0)
			return t.s[i];
	return '\0';
}

static void
syntax_error(struct builder *b, const yaml_parser_t *p)
{
	const char *problem = p->problem != NULL ? p->problem : "cannot be read";
	const char *hint = "";
	char at = byte_at(b->source, p->problem_mark.index);

	if (p->error == YAML_MEMORY_ERROR)
		FAULT("out of memory");
	if (at == '\t')
		hint = ": a tab cannot indent, use blanks";
	else if (strstr(problem, "mapping values are not allowed") != NULL)
		hint = ": a text that holds ': ' is quoted, and keys of one mapping "
		       "begin in one column";
	else if (strstr(problem, "cannot start any token") != NULL)
		hint = ": quote a text that begins with this character";
	else if (strstr(problem, "expected key") != NULL ||
	    strstr(problem, "expected <block end>") != NULL)
		hint = ": the indentation fits nothing above";
	complain(b->to, b->file, from_one(p->problem_mark.line),
	    from_one(p->problem_mark.column), "not YAML: %s%s%s%s", problem,
	    p->context != NULL ? " " : "", p->context != NULL ? p->context : "", hint);
}

static bool
read_events(struct builder *b, yaml_parser_t *p)
{
	for (bool more = true; more;) {
		yaml_event_t e;
		if (!yaml_parser_parse(p, &e)) {
			syntax_error(b, p);
			return false;
		}
		bool ok = take(b, &e);
		more = e.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&e);
		if (!ok)
			return false;
	}
	return true;
}

static const struct yaml *
read_text(struct arena *arena, const char *file, struct text t, unsigned times,
    struct complaints *to)
{
	struct builder b = { .arena = arena,
		.file = file,
		.to = to,
		.source = t,
		.times = times };
	yaml_parser_t p;

	if (!is_text(&b, t))
		return NULL;
	if (!yaml_parser_initialize(&p))
		FAULT("out of memory");
	yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p, (const unsigned char *)t.s, t.len);
	bool ok = read_events(&b, &p);
	yaml_parser_delete(&p);
	if (ok && b.root == NULL)
		complain(to, file, 1, 1, "is empty");
	return ok ? b.root : NULL;
}

const struct yaml *
yaml_read(struct arena *arena, const char *file, struct text t, struct complaints *to)
{
	return read_text(arena, file, t, 1, to);
}

const struct yaml *
yaml_read_catalogue(struct arena *arena, const char *file, struct text t,
    struct complaints *to)
{
	return read_text(arena, file, t, CATALOGUE, to);
}

const struct yaml *
yaml_get(const struct yaml *mapping, const char *key)
{
	if (mapping == NULL || mapping->kind != YAML_MAPPING)
		return NULL;
	for (const struct yaml *y = mapping->first; y != NULL; y = y->next)
		if (text_is(y->key, key))
			return y;
	return NULL;
}

static bool
is_one_of(struct text word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(word, words[i]))
			return true;
	return false;
}

void
yaml_known(const struct yaml *mapping, const char *file, const char *what,
    const char *const *keys, size_t n, struct complaints *to)
{
	for (const struct yaml *y = mapping->first; y != NULL; y = y->next) {
		if (is_one_of(y->key, keys, n) || to->errors >= YAML_MISTAKES)
			continue;
		const char *nearest = text_nearest(y->key, keys, n);
		int len = y->key.len < 80 ? (int)y->key.len : 80;
		if (nearest != NULL)
			complain(to, file, y->key_line, y->key_column,
			    "%s has no key '%.*s': do you mean '%s'?", what, len,
			    y->key.s, nearest);
		else
			complain(to, file, y->key_line, y->key_column,
			    "%s has no key '%.*s'", what, len, y->key.s);
	}
}

/* Words that other readers of YAML take for something else than a text. */
static bool
is_loaded_word(struct text t)
{
	static const char *const words[] = { "null", "~", "true", "false", "yes", "no",
		"on", "off", "y", "n", ".nan", ".inf", "-.inf", "=", "<<" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (text_is_word(t, words[i]))
			return true;
	if (strchr("+-.0123456789", t.s[0]) == NULL)
		return false;
	for (size_t i = 0; i < t.len; i++)
		if (strchr("+-.0123456789_:eExX", t.s[i]) == NULL)
			return false;
	return true;
}

static bool
is_plain(struct text t, bool flow)
{
	if (t.len == 0 || t.s[0] == ' ' || t.s[t.len - 1] == ' ' ||
	    strchr("-?:,[]{}#&*!|>'\"%@`", t.s[0]) != NULL || is_loaded_word(t) ||
	    text_starts(t, text_of("...")))
		return false;
	for (size_t i = 0; i < t.len; i++) {
		char c = t.s[i], next = i + 1 < t.len ? t.s[i + 1] : ' ';
		if ((uint8_t)c < 0x20 || (flow && strchr("[]{},", c) != NULL))
			return false;
		if (c == ':' && (next == ' ' || flow))
			return false;
		if (c == ' ' && next == '#')
			return false;
	}
	return true;
}

void
yaml_put(struct writer *w, struct text t, bool flow)
{
	if (is_plain(t, flow)) {
		put_text(w, t);
		return;
	}
	bool single = text_find(t, '"', 0) < t.len || text_find(t, '\\', 0) < t.len;
	put_char(w, single ? '\'' : '"');
	for (size_t i = 0; i < t.len; i++) {
		if (single && t.s[i] == '\'')
			put_char(w, '\'');
		put_char(w, t.s[i]);
	}
	put_char(w, single ? '\'' : '"');
}
