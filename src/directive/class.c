/* SPDX-License-Identifier: ISC */
/* The parser of class expressions. One function a grammar rule. */
#include "directive/classtree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { ERRORS_MAX = 50, SHOWN = 60 };

const char *const class_attribute_names[CLASS_ATTRIBUTES] = { "vendor", "kind", "os",
	"version", "model", "app", "country", "app-country", "list" };
const char *const class_test_words[] = { "is", "in", "<", "<=", ">", ">=" };
static const char *const keywords[] = { "and", "or", "not", "is", "in" };

enum token { END, WORD, QUOTED, MARK };

struct parser {
	struct arena *arena;
	const char *file;
	unsigned line, column; /* of the first character; column 0: not known */
	struct complaints *to;
	struct text all;
	size_t at; /* the byte after the token */
	enum token kind;
	struct text token; /* without quotes */
	size_t start;
	unsigned depth;
	unsigned errors;
	bool stopped;
};

bool
class_is_keyword(struct text t)
{
	for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
		if (text_is_word(t, keywords[i]))
			return true;
	return false;
}

static unsigned
column_of(const struct parser *p, size_t at)
{
	unsigned n = p->column;

	if (n == 0)
		return 0;
	for (size_t i = 0; i < at; i++)
		n += ((uint8_t)p->all.s[i] & 0xc0) != 0x80;
	return n;
}

/* Complains at a byte of the text; NULL, so that a rule can return it. */
static void *fail_at(struct parser *, size_t, const char *, ...) PRINTF_LIKE(3, 4);

static void *
fail_at(struct parser *p, size_t at, const char *format, ...)
{
	char line[400];
	va_list args;

	p->errors++;
	if (p->errors > ERRORS_MAX)
		return NULL;
	va_start(args, format);
	(void)vsnprintf(line, sizeof line, format, args);
	va_end(args);
	complain(p->to, p->file, p->line, column_of(p, at), "%s", line);
	return NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
read_quoted(struct parser *p, char quote)
{
	size_t close = text_find(p->all, quote, p->at + 1);

	p->kind = QUOTED;
	p->token = (struct text){ p->all.s + p->at + 1, close - p->at - 1 };
	if (close == p->all.len) {
		(void)fail_at(p, p->at, "a quote is opened here and never closed");
		p->at = close;
		return;
	}
	for (size_t i = 0; i < p->token.len; i++)
		if ((uint8_t)p->token.s[i] < 0x20 || p->token.s[i] == 0x7f) {
			(void)fail_at(p, p->at, "a quoted value stands in one line");
			break;
		}
	p->at = close + 1;
}

/* Moves to the next token. */
static void
advance(struct parser *p)
{
	while (p->at < p->all.len && is_blank(p->all.s[p->at]))
		p->at++;
	p->start = p->at;
	if (p->at == p->all.len) {
		p->kind = END;
		p->token = (struct text){ p->all.s + p->at, 0 };
		return;
	}
	char c = p->all.s[p->at];
	if (c == '"' || c == '\'') {
		read_quoted(p, c);
		return;
	}
	p->kind = MARK;
	if (strchr("()[],<>=!", c) != NULL) {
		bool two = (c == '<' || c == '>' || c == '=' || c == '!') &&
		    p->at + 1 < p->all.len && p->all.s[p->at + 1] == '=';
		p->token = (struct text){ p->all.s + p->at, two ? 2 : 1 };
		p->at += p->token.len;
		return;
	}
	p->kind = WORD;
	while (p->at < p->all.len && !is_blank(p->all.s[p->at]) &&
	    strchr("()[],<>=!\"'", p->all.s[p->at]) == NULL)
		p->at++;
	p->token = (struct text){ p->all.s + p->start, p->at - p->start };
}

static bool
is(const struct parser *p, const char *word)
{
	return (p->kind == WORD || p->kind == MARK) && text_is_word(p->token, word);
}

static bool
accept(struct parser *p, const char *word)
{
	bool yes = is(p, word);

	if (yes)
		advance(p);
	return yes;
}

/* What stands there, for a message; cut between characters. */
static const char *
here(const struct parser *p, char buf[SHOWN + 8])
{
	size_t n = p->token.len < SHOWN ? p->token.len : SHOWN;

	while (n > 0 && n < p->token.len && ((uint8_t)p->token.s[n] & 0xc0) == 0x80)
		n--;
	if (p->kind == END)
		return "the end";
	(void)snprintf(buf, SHOWN + 8, "'%.*s'", (int)n, p->token.s);
	return buf;
}

/* After a mistake: on to where the next test may begin. */
static struct class_part *
skip_test(struct parser *p)
{
	unsigned open = 0;

	while (p->kind != END) {
		if (open == 0 && (is(p, "and") || is(p, "or") || is(p, ")")))
			break;
		open += is(p, "(") || is(p, "[");
		open -= open > 0 && (is(p, ")") || is(p, "]"));
		advance(p);
	}
	return NULL;
}

static struct class_part *
new_part(struct parser *p, enum class_node node)
{
	struct class_part *e = arena_take(p->arena, sizeof *e);

	e->node = node;
	return e;
}

/* A value: a word or a text in quotes; in a list the grammar's words are values too. */
static bool
parse_value(struct parser *p, enum class_attribute attribute, bool in_list,
    struct class_value *out)
{
	char buf[SHOWN + 8];
	const char *after = class_attribute_names[attribute];

	if (p->kind != WORD && p->kind != QUOTED)
		return fail_at(p, p->start, "want a value for '%s', not %s", after,
		           here(p, buf)) != NULL;
	if (p->kind == WORD && !in_list && class_is_keyword(p->token))
		return fail_at(p, p->start,
		           "want a value for '%s', not %s (as a value it stands in "
		           "quotes)",
		           after, here(p, buf)) != NULL;
	out->text = text_trim(p->token);
	out->column = column_of(p, p->start);
	if (out->text.len == 0)
		(void)fail_at(p, p->start, "an empty value is none");
	else if (attribute == CLASS_VERSION && !version_parse(out->text, &out->version))
		(void)fail_at(p, p->start,
		    "want a version of numbers with points, such as 16.4, not %s",
		    here(p, buf));
	out->text = arena_text(p->arena, out->text);
	advance(p);
	return true;
}

static int
by_value(const void *left, const void *right)
{
	const struct class_value *a = *(struct class_value *const *)left;
	const struct class_value *b = *(struct class_value *const *)right;
	size_t n = a->text.len < b->text.len ? a->text.len : b->text.len;
	int order = n > 0 ? strncasecmp(a->text.s, b->text.s, n) : 0;

	return order != 0 ? order
	                  : (a->text.len > b->text.len) - (a->text.len < b->text.len);
}

static void
refuse_doubles(struct parser *p, const struct class_part *e, size_t start)
{
	struct class_value **sorted = must_alloc(e->n, sizeof(struct class_value *));

	for (size_t i = 0; i < e->n; i++)
		sorted[i] = &e->values[i];
	qsort(sorted, e->n, sizeof(struct class_value *), by_value);
	for (size_t i = 1; i < e->n; i++)
		if (text_equal_word(sorted[i]->text, sorted[i - 1]->text)) {
			(void)fail_at(p, start, "'%.*s' stands twice in the list",
			    sorted[i]->text.len < SHOWN ? (int)sorted[i]->text.len
			                                : SHOWN,
			    sorted[i]->text.s);
			break;
		}
	free(sorted);
}

/* list := "[" VALUE { "," VALUE } "]" */
static struct class_part *
parse_list(struct parser *p, struct class_part *e)
{
	size_t start = p->start, cap = 1;
	char buf[SHOWN + 8];

	if (!accept(p, "["))
		return fail_at(p, p->start, "want '[' after 'in', not %s",
		    here(p, buf));
	for (size_t i = start; i < p->all.len && p->all.s[i] != ']'; i++)
		cap += p->all.s[i] == ',';
	e->values = arena_take(p->arena, cap * sizeof *e->values);
	do {
		struct class_value v = { .column = 0 };
		if (!parse_value(p, e->attribute, true, &v))
			return NULL;
		if (e->n < cap)
			e->values[e->n++] = v;
	} while (accept(p, ","));
	if (!accept(p, "]"))
		return fail_at(p, p->start, "want ',' or ']' in the list, not %s",
		    here(p, buf));
	refuse_doubles(p, e, start);
	return e;
}

static struct class_part *
parse_order(struct parser *p, struct class_part *e)
{
	for (int op = TEST_BELOW; op <= TEST_AT_LEAST; op++)
		if (is(p, class_test_words[op]))
			e->test = (enum class_test)op;
	if (e->attribute != CLASS_VERSION)
		(void)fail_at(p, p->start,
		    "only 'version' has an order: want 'is' or 'in' after '%s'",
		    class_attribute_names[e->attribute]);
	advance(p);
	e->values = arena_take(p->arena, sizeof *e->values);
	e->n = 1;
	return parse_value(p, e->attribute, false, e->values) ? e : NULL;
}

/* What may follow an attribute, said with the word that was perhaps meant. */
static struct class_part *
want_test(struct parser *p, enum class_attribute attribute)
{
	static const char *const words[] = { "is", "in", "not" };
	char buf[SHOWN + 8];
	const char *near = p->kind == WORD ? text_nearest(p->token, words, 3) : NULL;
	const char *list = attribute == CLASS_VERSION
	    ? "'is', 'is not', 'in', 'not in', '<', '<=', '>' or '>='"
	    : "'is', 'is not', 'in' or 'not in'";

	if (is(p, "=") || is(p, "=="))
		near = "is";
	if (is(p, "!="))
		near = "is not";
	return fail_at(p, p->start, "want %s after '%s', not %s%s%s%s", list,
	    class_attribute_names[attribute], here(p, buf),
	    near != NULL ? ": do you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?" : "");
}

/* test := ATTRIBUTE ( "is" ["not"] VALUE | ["not"] "in" list | ORDER VERSION ) */
static struct class_part *
parse_test(struct parser *p)
{
	struct class_part *e = new_part(p, CLASS_TEST);
	char buf[SHOWN + 8];
	size_t a = 0;

	while (a < CLASS_ATTRIBUTES && !is(p, class_attribute_names[a]))
		a++;
	if (a == CLASS_ATTRIBUTES) {
		const char *near = p->kind == WORD && !class_is_keyword(p->token)
		    ? text_nearest(p->token, class_attribute_names, CLASS_ATTRIBUTES)
		    : NULL;
		return fail_at(p, p->start,
		    "want vendor, kind, os, version, model, app, country, app-country "
		    "or list, not %s%s%s%s",
		    here(p, buf), near != NULL ? ": do you mean '" : "",
		    near != NULL ? near : "", near != NULL ? "'?" : "");
	}
	e->attribute = (enum class_attribute)a;
	advance(p);
	if (is(p, "<") || is(p, "<=") || is(p, ">") || is(p, ">="))
		return parse_order(p, e);
	if (accept(p, "is")) {
		e->test = TEST_IS;
		e->negated = accept(p, "not");
		e->values = arena_take(p->arena, sizeof *e->values);
		e->n = 1;
		return parse_value(p, e->attribute, false, e->values) ? e : NULL;
	}
	e->test = TEST_IN;
	e->negated = accept(p, "not");
	if (!accept(p, "in"))
		return want_test(p, e->attribute);
	return parse_list(p, e);
}

static struct class_part *parse_any(struct parser *);

/* not := "not" not | "(" any ")" | test */
static struct class_part *
parse_not(struct parser *p)
{
	char buf[SHOWN + 8];
	struct class_part *e, *inner;

	if (p->depth == CLASS_LEVELS) {
		if (!p->stopped)
			(void)fail_at(p, p->start, "is nested deeper than %d levels",
			    CLASS_LEVELS);
		p->stopped = true;
		p->at = p->all.len;
		advance(p);
		return NULL;
	}
	p->depth++;
	if (accept(p, "not")) {
		e = new_part(p, CLASS_NOT);
		inner = parse_not(p);
		e->first = inner;
		e = inner != NULL ? e : NULL;
	} else if (is(p, "(")) {
		size_t open = p->start;
		advance(p);
		e = parse_any(p);
		if (!accept(p, ")") && !p->stopped) {
			e = p->kind == END
			    ? fail_at(p, open, "'(' is never closed")
			    : fail_at(p, p->start, "want 'and', 'or' or ')', not %s",
			          here(p, buf));
			(void)skip_test(p);
			(void)accept(p, ")");
		}
	} else {
		e = parse_test(p);
		if (e == NULL)
			(void)skip_test(p);
	}
	p->depth--;
	return e;
}

/* Parts of one kind in one list: `a or (b or c)` is `a or b or c`. */
static void
append(struct class_part *list, struct class_part ***tail, struct class_part *part)
{
	if (part == NULL)
		return;
	**tail = part->node == list->node ? part->first : part;
	while (**tail != NULL)
		*tail = &(**tail)->next;
}

static struct class_part *
parse_series(struct parser *p, enum class_node node, const char *word,
    struct class_part *(*member)(struct parser *))
{
	struct class_part *list = new_part(p, node), **tail = &list->first;

	do
		append(list, &tail, member(p));
	while (accept(p, word));
	bool one = list->first != NULL && list->first->next == NULL;
	return one ? list->first : list->first == NULL ? NULL : list;
}

/* all := not { "and" not } */
static struct class_part *
parse_all(struct parser *p)
{
	return parse_series(p, CLASS_AND, "and", parse_not);
}

/* any := all { "or" all } */
static struct class_part *
parse_any(struct parser *p)
{
	return parse_series(p, CLASS_OR, "or", parse_all);
}

const struct class *
class_parse(struct arena *arena, struct text t, const char *file, unsigned line,
    unsigned column, struct complaints *to)
{
	struct parser p = { .arena = arena,
		.file = file,
		.line = line,
		.column = column,
		.to = to,
		.all = t };
	char buf[SHOWN + 8];

	if (t.len > CLASS_BYTES) {
		complain(to, file, line, column,
		    "the expression is longer than %d bytes", CLASS_BYTES);
		return NULL;
	}
	if (!text_is_utf8(t)) {
		complain(to, file, line, column, "the expression is no UTF-8");
		return NULL;
	}
	struct class *c = arena_take(arena, sizeof *c);
	c->line = line;
	advance(&p);
	for (;;) {
		c->root = parse_any(&p);
		if (p.kind == END || p.errors > ERRORS_MAX)
			break;
		(void)fail_at(&p, p.start, "want 'and', 'or' or the end, not %s",
		    here(&p, buf));
		(void)skip_test(&p);
		while (accept(&p, ")") || accept(&p, "and") || accept(&p, "or"))
			;
		if (p.kind == END)
			break;
	}
	return p.errors == 0 ? c : NULL;
}
