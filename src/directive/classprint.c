/* SPDX-License-Identifier: ISC */
#include "directive/classtree.h"

static void
put_value(struct writer *w, struct text v, bool version)
{
	bool bare = v.len > 0 && (version || !class_is_keyword(v));

	for (size_t i = 0; i < v.len && bare; i++)
		bare = (uint8_t)v.s[i] > 0x20 && strchr("()[],<>=!\"'", v.s[i]) == NULL;
	if (bare) {
		put_text(w, v);
		return;
	}
	char quote = text_find(v, '"', 0) < v.len ? '\'' : '"';
	put_char(w, quote);
	put_text(w, v);
	put_char(w, quote);
}

static void
put_test(struct writer *w, const struct class_part *e)
{
	bool version = e->attribute == CLASS_VERSION;

	put(w, class_attribute_names[e->attribute]);
	if (e->test == TEST_IN) {
		put(w, e->negated ? " not in [" : " in [");
		for (size_t i = 0; i < e->n; i++) {
			put(w, i > 0 ? ", " : "");
			put_value(w, e->values[i].text, version);
		}
		put_char(w, ']');
		return;
	}
	putf(w, " %s %s", class_test_words[e->test], e->negated ? "not " : "");
	put_value(w, e->values[0].text, version);
}

/* Parentheses where the part binds weaker than what stands around it. */
static void
put_part(struct writer *w, const struct class_part *e, enum class_node around)
{
	bool inner = e->node < around;

	if (e->node == CLASS_TEST) {
		put_test(w, e);
		return;
	}
	if (inner)
		put_char(w, '(');
	if (e->node == CLASS_NOT) {
		put(w, "not ");
		put_part(w, e->first, CLASS_NOT);
	}
	for (const struct class_part *m = e->first; e->node != CLASS_NOT && m != NULL;
	     m = m->next) {
		if (m != e->first)
			put(w, e->node == CLASS_OR ? " or " : " and ");
		put_part(w, m, e->node);
	}
	if (inner)
		put_char(w, ')');
}

void
class_print(const struct class *c, struct writer *w)
{
	put_part(w, c->root, CLASS_OR);
}

static bool
part_equal(const struct class_part *a, const struct class_part *b)
{
	if (a->node != b->node)
		return false;
	if (a->node == CLASS_TEST) {
		if (a->attribute != b->attribute || a->test != b->test ||
		    a->negated != b->negated || a->n != b->n)
			return false;
		for (size_t i = 0; i < a->n; i++)
			if (!text_equal_word(a->values[i].text, b->values[i].text))
				return false;
		return true;
	}
	const struct class_part *m = a->first, *n = b->first;
	for (; m != NULL && n != NULL; m = m->next, n = n->next)
		if (!part_equal(m, n))
			return false;
	return m == NULL && n == NULL;
}

bool
class_equal(const struct class *a, const struct class *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return part_equal(a->root, b->root);
}
