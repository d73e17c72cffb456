/* SPDX-License-Identifier: ISC */
/* Scores beliefs against what is known: pure functions of the table. */
#include "report/accuracy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	CAPTURE,
	TYPE,
	ADDRESS,
	OS,
	VERSION_,
	KIND,
	VENDOR,
	MODEL,
	EVIDENCE,
	CERTAINTY,
	COLUMNS
};

static const char *const columns[COLUMNS] = { "capture", "addr_type", "address",
	"os_family", "os_version", "kind", "vendor", "model", "evidence", "certainty" };

static const int column_of[SCORED] = {
	[ATTR_VENDOR] = VENDOR,
	[ATTR_OS] = OS,
	[ATTR_KIND] = KIND,
	[ATTR_VERSION] = VERSION_,
	[ATTR_MODEL] = MODEL,
};

/* The next line that is no note, without its CR; false at the end. */
static bool
next_line(struct text *rest, struct text *line, unsigned *number)
{
	while (text_split(rest, '\n', line)) {
		(*number)++;
		if (line->len > 0 && line->s[line->len - 1] == '\r')
			line->len--;
		if (line->len > 0 && !text_starts(*line, text_of("##")))
			return true;
	}
	return false;
}

int
aliases_read(struct truth_table *t, const char *file, struct text text, struct err *err)
{
	struct text line, field[4];
	unsigned number = 0;

	if (!next_line(&text, &line, &number) || !text_starts(line, text_of("# ")))
		return err_set(err, "%s: the first line must name the columns", file);
	while (next_line(&text, &line, &number)) {
		size_t n = 0;
		while (n < 4 && text_split(&line, '\t', &field[n]))
			n++;
		if (n < 4 || line.s != NULL)
			return err_set(err, "%s: line %u: want 4 fields", file, number);
		if ((t->n_aliases & (t->n_aliases - 1)) == 0)
			t->aliases = must_grow(t->aliases,
			    t->n_aliases > 0 ? t->n_aliases * 2 : 1,
			    sizeof *t->aliases);
		t->aliases[t->n_aliases++] = (struct alias){
			arena_text(&t->arena, field[0]),
			arena_text(&t->arena, field[1]), arena_text(&t->arena, field[2])
		};
	}
	return 0;
}

static bool
listed(struct text list, struct text word)
{
	struct text one;

	while (text_split(&list, '|', &one))
		if (text_equal_word(one, word))
			return true;
	return false;
}

/* What the aliases take out of the score. */
static void
leave_out(const struct truth_table *t, struct truth_row *row, struct text address)
{
	for (size_t i = 0; i < t->n_aliases; i++) {
		const struct alias *a = &t->aliases[i];
		if (text_is(a->attribute, "tunnel"))
			row->tunnel |= memmem(row->capture.s, row->capture.len,
			                   a->word.s, a->word.len) != NULL;
		if (!text_is(a->attribute, "address") || !text_starts(address, a->word))
			continue;
		for (unsigned s = 0; s < SCORED; s++)
			if (listed(a->means,
			        text_of(attribute_name((enum attribute)s))))
				row->scored[s] = false;
	}
	row->scored[ATTR_VERSION] &= row->scored[ATTR_OS];
}

static int
row_read(struct truth_table *t, struct text line, struct err *err)
{
	struct text field[COLUMNS];
	size_t n = 0;

	while (n < COLUMNS && text_split(&line, '\t', &field[n]))
		n++;
	if (n < COLUMNS || line.s != NULL)
		return err_set(err, "want %d fields, with a tab between", COLUMNS);
	if ((t->n & (t->n - 1)) == 0)
		t->rows = must_grow(t->rows, t->n > 0 ? t->n * 2 : 1, sizeof *t->rows);
	struct truth_row *row = &t->rows[t->n++];
	*row = (struct truth_row){ .weight = 1 };
	if (!addr_parse(field[ADDRESS], &row->address))
		return err_set(err, "'%.*s' is no address", (int)field[ADDRESS].len,
		    field[ADDRESS].s);
	row->capture = arena_text(&t->arena, field[CAPTURE]);
	for (unsigned a = 0; a < SCORED; a++) {
		row->value[a] = arena_text(&t->arena, text_trim(field[column_of[a]]));
		row->scored[a] = row->value[a].len > 0;
	}
	leave_out(t, row, field[ADDRESS]);
	return 0;
}

static int
row_order(const void *left, const void *right)
{
	const struct truth_row *a = *(const struct truth_row *const *)left;
	const struct truth_row *b = *(const struct truth_row *const *)right;

	return addr_order(a->address, b->address);
}

int
truth_read(struct truth_table *t, const char *file, struct text text, struct err *err)
{
	struct text line, field;
	unsigned number = 0;

	if (!next_line(&text, &line, &number))
		return err_set(err, "%s: the file is empty", file);
	if (text_starts(line, text_of("# ")))
		line = (struct text){ line.s + 2, line.len - 2 };
	for (int i = 0; i < COLUMNS; i++)
		if (!text_split(&line, '\t', &field) || !text_is(field, columns[i]))
			return err_set(err, "%s: line 1: column %d is not called '%s'",
			    file, i + 1, columns[i]);
	while (next_line(&text, &line, &number))
		if (row_read(t, line, err) != 0)
			return err_before(err, "%s: line %u", file, number);
	return 0;
}

void
truth_free(struct truth_table *t)
{
	free(t->rows);
	free(t->aliases);
	arena_free(&t->arena);
	*t = (struct truth_table){ 0 };
}

static bool
ends_path(struct text path, struct text end)
{
	return text_ends(path, end) &&
	    (path.len == end.len || path.s[path.len - end.len - 1] == '/');
}

/* 10.2 of 10.2.1, and the other way round: by whole parts. */
static bool
version_right(struct text word, struct text answer)
{
	struct text shorter = word.len < answer.len ? word : answer;
	struct text longer = word.len < answer.len ? answer : word;

	return shorter.len > 0 && text_starts(longer, shorter) &&
	    (shorter.len == longer.len || longer.s[shorter.len] == '.' ||
	        longer.s[shorter.len] == ' ');
}

bool
truth_right(const struct truth_table *t, enum attribute a, struct text word,
    struct text answer)
{
	struct text name = text_of(attribute_name(a));

	if (text_equal_word(word, answer) ||
	    (a == ATTR_VERSION && version_right(word, answer)) ||
	    (a == ATTR_MODEL && text_starts(answer, word)))
		return true;
	for (size_t i = 0; i < t->n_aliases; i++) {
		const struct alias *alias = &t->aliases[i];
		bool same = a == ATTR_VERSION ? text_starts(word, alias->word)
		                              : text_equal_word(alias->word, word);
		if (text_equal(alias->attribute, name) && same &&
		    listed(alias->means, answer))
			return true;
	}
	return false;
}

/* What a belief gives to each value of an attribute. */
struct shares {
	const struct text *values;
	size_t n;
	double of[VALUES_MAX];
};

static bool
shares_of(const struct knowledge *k, const struct belief *b, enum attribute a,
    struct shares *out)
{
	size_t n;
	const struct hypothesis *h = knowledge_hypotheses(k, &n);

	*out = (struct shares){ .n = 0 };
	out->values = knowledge_values(k, a, &out->n);
	if (b->p == NULL || b->n != n)
		return false; /* several devices: no joint */
	for (size_t i = 0; i < n; i++)
		out->of[h[i].at[a]] += b->p[i];
	return true;
}

/*
 * How sure the leading answer is in the table's words: a word of it may stand for
 * several of ours (computer: computer or server), and who leads with one of them is as
 * sure of that word as of all of them together. A wrong answer is as sure as of the
 * widest word that it could have been.
 */
static double
word_p(const struct truth_table *t, const struct truth_row *r, enum attribute a,
    const struct shares *s)
{
	double own = 0, widest = r->p[a];
	bool right = truth_right(t, a, r->value[a], r->leading[a]);

	for (size_t v = 0; v < s->n; v++)
		own += truth_right(t, a, r->value[a], s->values[v]) ? s->of[v] : 0;
	for (size_t i = 0; i < t->n_aliases; i++) {
		const struct alias *alias = &t->aliases[i];
		double sum = 0;
		if (!text_equal(alias->attribute, text_of(attribute_name(a))) ||
		    !listed(alias->means, r->leading[a]))
			continue;
		for (size_t v = 0; v < s->n; v++)
			sum += listed(alias->means, s->values[v]) ? s->of[v] : 0;
		widest = sum > widest ? sum : widest;
	}
	double p = right ? own : widest;
	return p > 1 ? 1 : p;
}

static void
note(struct truth_table *t, struct truth_row *row, const struct device *d,
    const struct knowledge *k)
{
	const struct marginal *m[SCORED] = {
		[ATTR_VENDOR] = &d->belief.vendor,
		[ATTR_OS] = &d->belief.os,
		[ATTR_KIND] = &d->belief.kind,
		[ATTR_VERSION] = &d->belief.version,
		[ATTR_MODEL] = &d->belief.model,
	};

	row->found = true;
	for (unsigned a = 0; a < SCORED; a++) {
		row->answer[a] = arena_text(&t->arena, m[a]->value);
		row->leading[a] = arena_text(&t->arena, m[a]->leading);
		row->p[a] = m[a]->leading_p;
		struct shares s;
		if (a < JOINT_ATTRIBUTES && row->scored[a] &&
		    shares_of(k, &d->belief, (enum attribute)a, &s))
			row->p[a] = word_p(t, row, (enum attribute)a, &s);
	}
}

size_t
truth_ask(struct truth_table *t, const char *capture, const struct register_ *r,
    const struct knowledge *k)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct truth_row *row = &t->rows[i];
		if (!ends_path(text_of(capture), row->capture))
			continue;
		n++;
		row->judged = true;
		const struct device *d = register_find(r, row->address);
		if (d != NULL)
			note(t, row, d, k);
	}
	return n;
}

void
wilson(double right, double n, double *low, double *high)
{
	const double z = 1.959964;

	*low = 0;
	*high = 1;
	if (!(n > 0))
		return;
	double p = right / n, middle = p + z * z / (2 * n);
	double width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	double under = 1 + z * z / n;
	*low = (middle - width) / under;
	*high = (middle + width) / under;
	if (*low < 0)
		*low = 0;
	if (*high > 1)
		*high = 1;
}

static struct class_score *
class_of(struct accuracy *a, enum attribute attribute, struct text word)
{
	for (size_t i = 0; i < a->n_classes; i++)
		if (a->classes[i].attribute == attribute &&
		    text_equal_word(a->classes[i].word, word))
			return &a->classes[i];
	if ((a->n_classes & (a->n_classes - 1)) == 0)
		a->classes = must_grow(a->classes,
		    a->n_classes > 0 ? a->n_classes * 2 : 1, sizeof *a->classes);
	a->classes[a->n_classes] = (struct class_score){ .attribute = attribute,
		.word = word };
	return &a->classes[a->n_classes++];
}

/*
 * A wrong answer is counted against the class that it names, under the answer's own
 * word; a right one under the table's.
 */
static void
count_class(const struct truth_table *t, struct accuracy *a, const struct truth_row *r,
    enum attribute at)
{
	bool right = truth_right(t, at, r->value[at], r->answer[at]);
	struct class_score *c = class_of(a, at, r->value[at]);

	c->n += r->weight;
	if (r->answer[at].len == 0) {
		c->undecided += r->weight;
	} else if (right) {
		c->named += r->weight;
		c->right += r->weight;
	} else {
		c = class_of(a, at, r->answer[at]);
		c->named += r->weight;
	}
}

static void
count_answer(struct calibration *c, const struct truth_row *r, double p, bool right)
{
	int i = (int)(p * BINS);
	struct bin *bin = &c->bins[i >= BINS ? BINS - 1 : i < 0 ? 0 : i];

	bin->n += r->weight;
	bin->p += r->weight * p;
	bin->right += right ? r->weight : 0;
	bin->devices++;
	c->brier += r->weight * (p - right) * (p - right);
	size_t n = c->n_samples++;
	if ((n & (n - 1)) == 0)
		c->samples = must_grow(c->samples, n > 0 ? n * 2 : 1,
		    sizeof *c->samples);
	c->samples[n] = (struct sample){ r->address, p, r->weight, right };
}

static void
count_iphone(struct accuracy *a, const struct truth_row *r)
{
	bool called = text_is(r->answer[ATTR_VENDOR], "Apple") &&
	    text_is(r->answer[ATTR_KIND], "phone");
	bool is = text_is(r->value[ATTR_KIND], "phone") &&
	    (text_is(r->value[ATTR_VENDOR], "Apple") ||
	        text_is(r->value[ATTR_OS], "iOS"));

	if (called && is)
		a->iphones += r->weight;
	/* Of unknown kind it may be one: neither right nor wrong. */
	else if (called &&
	    (r->value[ATTR_KIND].len > 0 ||
	        (r->value[ATTR_VENDOR].len > 0 &&
	            !text_is(r->value[ATTR_VENDOR], "Apple"))))
		a->false_iphones += r->weight;
}

static int
class_order(const void *left, const void *right)
{
	const struct class_score *a = left, *b = right;

	if (a->attribute != b->attribute)
		return a->attribute < b->attribute ? -1 : 1;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	size_t n = a->word.len < b->word.len ? a->word.len : b->word.len;
	int order = memcmp(a->word.s, b->word.s, n);
	return order != 0 ? order
	                  : (a->word.len > b->word.len) - (a->word.len < b->word.len);
}

static void
finish(struct accuracy *a)
{
	for (unsigned at = 0; at < CALIBRATIONS; at++) {
		struct calibration *c = &a->calibration[at];
		double n = 0;
		for (int i = 0; i < BINS; i++)
			n += c->bins[i].n;
		for (int i = 0; i < BINS && n > 0; i++)
			c->ece += fabs(c->bins[i].right - c->bins[i].p) / n;
		if (n > 0)
			c->brier /= n;
		ece_drawn(c->samples, c->n_samples, &c->drawn);
	}
	if (a->n_classes > 1)
		qsort(a->classes, a->n_classes, sizeof *a->classes, class_order);
}

/* One device may stand in tens of captures. */
static void
weigh(struct truth_table *t)
{
	struct truth_row **by = must_alloc(t->n, sizeof *by);
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i].judged)
			by[n++] = &t->rows[i];
	if (n > 1)
		qsort(by, n, sizeof *by, row_order);
	for (size_t i = 0, end; i < n; i = end) {
		end = i + 1;
		while (end < n && addr_equal(by[end]->address, by[i]->address))
			end++;
		for (size_t j = i; j < end; j++)
			by[j]->weight = 1.0 / (double)(end - i);
	}
	free(by);
}

static void
count_row(const struct truth_table *t, struct accuracy *a, const struct truth_row *r)
{
	for (unsigned at = 0; at < SCORED; at++) {
		struct score *s = &a->total[at];
		bool decided = r->answer[at].len > 0;
		enum attribute attribute = (enum attribute)at;
		if (!r->scored[at])
			continue;
		s->n += r->weight;
		s->decided += decided ? r->weight : 0;
		s->undecided += decided ? 0 : r->weight;
		if (decided && truth_right(t, attribute, r->value[at], r->answer[at]))
			s->right += r->weight;
		if (at >= JOINT_ATTRIBUTES)
			continue;
		count_class(t, a, r, attribute);
		if (!r->found)
			continue;
		bool right = truth_right(t, attribute, r->value[at], r->leading[at]);
		count_answer(&a->calibration[at], r, r->p[at], right);
		count_answer(&a->calibration[ALL_ANSWERS], r, r->p[at], right);
	}
}

void
accuracy_count(struct truth_table *t, bool tunnels, struct accuracy *a)
{
	*a = (struct accuracy){ .rows = 0 };
	weigh(t);
	for (size_t i = 0; i < t->n; i++) {
		const struct truth_row *r = &t->rows[i];
		if (r->tunnel != tunnels)
			continue;
		a->rows++;
		a->judged += r->judged;
		a->found += r->found;
		if (r->judged) {
			count_iphone(a, r);
			count_row(t, a, r);
		}
	}
	finish(a);
}

void
accuracy_free(struct accuracy *a)
{
	free(a->classes);
	for (unsigned at = 0; at < CALIBRATIONS; at++)
		free(a->calibration[at].samples);
	*a = (struct accuracy){ .rows = 0 };
}
