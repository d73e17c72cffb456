/* SPDX-License-Identifier: ISC */
/* The two lists of an order that are checked as lists: obligations, enforcement. */
#include "directive/tree.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum { OBLIGATIONS_MAX = 1000 };

/* Below it a device is "undecided", and on that nobody is cut off. */
static const double decided = 0.9;

size_t
read_verbs(struct reader *r, const struct yaml *y, const char *what, int not_this,
    enum verb **out)
{
	bool seen[VERBS] = { false };
	size_t n = 0;

	if (!schema_sequence(&r->s, y, what))
		return 0;
	*out = arena_take(r->s.arena, (schema_count(y) + 1) * sizeof **out);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		int verb = schema_word(&r->s, item, what, verb_words, VERBS);
		if (verb < 0)
			continue;
		if (seen[verb])
			wrong(&r->s, item, "%s: '%s' stands twice", what,
			    verb_words[verb]);
		else if (verb == not_this)
			wrong(&r->s, item,
			    strcmp(what, "first") == 0
			        ? "%s: '%s' cannot come before itself"
			        : "%s: '%s' is the obligation's own verb",
			    what, verb_words[verb]);
		else
			(*out)[n++] = (enum verb)verb;
		seen[verb] = true;
	}
	if (y->first == NULL)
		wrong(&r->s, y, "%s: the list is empty", what);
	return n;
}

/* A point of time, or the word `table`. */
static void
read_by(struct reader *r, const struct yaml *y, struct obligation *o)
{
	o->by_table = y != NULL && y->kind == YAML_SCALAR &&
	    text_is(y->scalar, "table");
	if (!o->by_table)
		read_when(r, y, "by", true, &o->by);
	else if (r->d->table.list == NULL)
		wrong(&r->s, y, "by: the order has no table");
}

static void
read_repeat(struct reader *r, const struct yaml *y, struct obligation *o)
{
	static const char *const words[] = { "zero" };
	const struct yaml *until = yaml_get(y, "until");

	read_every(r, yaml_get(y, "every"), "every", &o->every);
	o->until_zero = schema_word(&r->s, until, "until", words, 1) == 0;
	if (until != NULL && yaml_get(y, "every") == NULL)
		wrong(&r->s, until,
		    "until: only what is repeated has an end: the key 'every' is "
		    "missing");
}

static void
check_clocks(struct reader *r, const struct yaml *y, const struct obligation *o)
{
	const char *key = o->by.given ? "by" : "before";
	const struct when *end = o->by.given ? &o->by : &o->before;
	int64_t from, to;

	if (yaml_get(y, "by") != NULL && yaml_get(y, "before") != NULL)
		wrong(&r->s, yaml_get(y, "before"),
		    "an obligation has 'by' or 'before', not both");
	if (when_both(r, &o->from, end, &from, &to) && from >= to)
		wrong(&r->s, yaml_get(y, key),
		    "%s: '%s' does not come after from: '%s'", key, end->written,
		    o->from.written);
	/* A draft may still wait for its dates. */
	if (o->modality == MODALITY_MUST && r->d->status != STATUS_DRAFT &&
	    yaml_get(y, "from") == NULL && yaml_get(y, "by") == NULL &&
	    yaml_get(y, "before") == NULL)
		doubtful(&r->s, y,
		    "'must' without from, by or before: it can never be overdue");
}

static bool
read_obligation(struct reader *r, const struct yaml *y, struct obligation *o)
{
	static const char *const keys[] = { "verb", "modality", "from", "before", "by",
		"every", "until", "how", "first", "with", "alternatives", "fields" };
	const struct yaml *fields = yaml_get(y, "fields");
	const struct yaml *with = yaml_get(y, "with");

	if (!schema_mapping(&r->s, y, "an obligation", keys, COUNT(keys)))
		return false;
	o->line = y->line;
	o->column = y->column;
	int verb = schema_word(&r->s, schema_need(&r->s, y, "an obligation", "verb"),
	    "verb", verb_words, VERBS);
	o->verb = verb >= 0 ? (enum verb)verb : VERB_REPORT;
	int modality = schema_word(&r->s,
	    schema_need(&r->s, y, "an obligation", "modality"), "modality",
	    modality_words, MODALITIES);
	o->modality = modality >= 0 ? (enum modality)modality : MODALITY_MAY;
	read_when(r, yaml_get(y, "from"), "from", false, &o->from);
	read_when(r, yaml_get(y, "before"), "before", false, &o->before);
	read_by(r, yaml_get(y, "by"), o);
	read_repeat(r, y, o);
	o->n_how = schema_texts(&r->s, yaml_get(y, "how"), "how", &o->how);
	o->n_first = read_verbs(r, yaml_get(y, "first"), "first", verb, &o->first);
	o->n_alternatives = read_verbs(r, yaml_get(y, "alternatives"), "alternatives",
	    verb, &o->alternatives);
	o->n_fields = schema_texts(&r->s, fields, "fields", &o->fields);
	if (fields != NULL && verb >= 0 && o->verb != VERB_REPORT &&
	    o->verb != VERB_PLAN && o->verb != VERB_ATTEST)
		wrong(&r->s, fields,
		    "fields: only 'report', 'plan' and 'attest' have them, not '%s'",
		    verb_words[verb]);
	o->with = read_class(r, with, "with");
	if (with != NULL && verb >= 0 && o->verb != VERB_REPLACE)
		wrong(&r->s, with, "with: only 'replace' has it, not '%s'",
		    verb_words[verb]);
	if (o->with != NULL && r->d->object != NULL &&
	    class_overlaps(o->with, r->d->object, NULL, 0))
		doubtful(&r->s, with,
		    "with: some devices that it allows are of the order's own object");
	check_clocks(r, y, o);
	return verb >= 0;
}

static bool
has_first(const struct obligation *o, enum verb verb)
{
	for (size_t i = 0; i < o->n_first; i++)
		if (o->first[i] == verb)
			return true;
	return false;
}

/* Which verb must wait for which, over all obligations; a ring is a mistake. */
static void
check_rings(struct reader *r, const struct yaml *y)
{
	bool waits[VERBS][VERBS] = { { false } };
	const struct directive *d = r->d;

	for (size_t i = 0; i < d->n_obligations; i++)
		for (int v = 0; v < VERBS; v++)
			if (has_first(&d->obligations[i], (enum verb)v))
				waits[d->obligations[i].verb][v] = true;
	for (int via = 0; via < VERBS; via++)
		for (int a = 0; a < VERBS; a++)
			for (int b = 0; b < VERBS; b++)
				if (waits[a][via] && waits[via][b])
					waits[a][b] = true;
	for (int a = 0; a < VERBS; a++)
		for (int b = a + 1; b < VERBS; b++)
			if (waits[a][b] && waits[b][a])
				wrong(&r->s, y,
				    "first: '%s' and '%s' each wait for the other",
				    verb_words[a], verb_words[b]);
}

static bool
stands_before(const struct directive *d, const struct obligation *o)
{
	for (size_t i = 0; i < d->n_obligations; i++) {
		const struct obligation *p = &d->obligations[i];
		if (p->verb == o->verb && when_same(&p->from, &o->from) &&
		    when_same(&p->by, &o->by) && when_same(&p->before, &o->before) &&
		    p->by_table == o->by_table && when_same(&p->every, &o->every))
			return true;
	}
	return false;
}

void
read_obligations(struct reader *r, const struct yaml *y)
{
	struct directive *d = r->d;

	if (!schema_sequence(&r->s, y, "obligations"))
		return;
	size_t count = schema_count(y);
	if (count == 0 || count > OBLIGATIONS_MAX) {
		wrong(&r->s, y, "obligations: want 1 to %d of them", OBLIGATIONS_MAX);
		return;
	}
	d->obligations = arena_take(r->s.arena, (count + 1) * sizeof *d->obligations);
	bool whole = true;
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		struct obligation *o = &d->obligations[d->n_obligations];
		if (!read_obligation(r, item, o)) {
			whole = false;
			continue;
		}
		if (stands_before(d, o))
			wrong(&r->s, item,
			    "the obligation '%s' with the same times stands twice",
			    verb_words[o->verb]);
		d->n_obligations++;
	}
	if (whole)
		check_rings(r, y);
}

static void
check_phase(struct reader *r, const struct yaml *y, const struct phase *p)
{
	const struct yaml *share = yaml_get(y, "at-least");
	const char *name = phase_words[p->what];

	if (p->from.trigger == TRIGGER_DISCOVERED)
		wrong(&r->s, yaml_get(y, "from"),
		    "from: a phase is of the whole order: it cannot hang on "
		    "'discovered'");
	if ((p->what == DO_BLOCK || p->what == DO_QUARANTINE) && share == NULL)
		wrong(&r->s, y,
		    "'%s' needs 'at-least': how sure one must be to cut off", name);
	if ((p->what == DO_BLOCK || p->what == DO_QUARANTINE) && p->at_least > 0 &&
	    p->at_least < decided)
		wrong(&r->s, share,
		    "at-least: '%s' never rests on less than 0.90, where a device is "
		    "undecided",
		    name);
	if ((p->what == DO_OBSERVE || p->what == DO_WARN) &&
	    yaml_get(y, "ceiling") != NULL)
		wrong(&r->s, yaml_get(y, "ceiling"),
		    "ceiling: '%s' cuts nobody off: it bounds portal, quarantine and "
		    "block",
		    name);
}

static void
check_after(struct reader *r, const struct yaml *y, const struct phase *last,
    const struct phase *p)
{
	int64_t before, now;

	if (when_both(r, &last->from, &p->from, &before, &now) && now <= before)
		wrong(&r->s, yaml_get(y, "from"),
		    "from: '%s' does not come after the phase before it, '%s'",
		    p->from.written, last->from.written);
	if (p->what < last->what)
		wrong(&r->s, yaml_get(y, "do"),
		    "do: '%s' is weaker than '%s' of the phase before it",
		    phase_words[p->what], phase_words[last->what]);
	if (p->what > last->what && p->at_least > 0 && p->at_least < last->at_least)
		wrong(&r->s, yaml_get(y, "at-least"),
		    "at-least: '%s' costs more than '%s' and cannot rest on less",
		    phase_words[p->what], phase_words[last->what]);
}

static bool
read_phase(struct reader *r, const struct yaml *y, struct phase *p)
{
	static const char *const keys[] = { "from", "do", "at-least", "families",
		"ceiling" };
	unsigned long long families = 0;

	if (!schema_mapping(&r->s, y, "a phase", keys, COUNT(keys)))
		return false;
	read_when(r, schema_need(&r->s, y, "a phase", "from"), "from", false, &p->from);
	int what = schema_word(&r->s, schema_need(&r->s, y, "a phase", "do"), "do",
	    phase_words, PHASE_DOS);
	p->what = what >= 0 ? (enum phase_do)what : DO_OBSERVE;
	if (!schema_share(&r->s, yaml_get(y, "at-least"), "at-least", &p->at_least))
		p->at_least = 0;
	if (schema_number(&r->s, yaml_get(y, "families"), "families", 1, 20, &families))
		p->families = (unsigned)families;
	read_ceiling(r, yaml_get(y, "ceiling"), &p->ceiling, &p->ceiling_unit);
	if (what >= 0)
		check_phase(r, y, p);
	return what >= 0;
}

void
read_enforcement(struct reader *r, const struct yaml *y)
{
	struct directive *d = r->d;
	const struct phase *last = NULL;

	if (!schema_sequence(&r->s, y, "enforcement"))
		return;
	if (y->first == NULL)
		wrong(&r->s, y, "enforcement: the list is empty");
	d->phases = arena_take(r->s.arena, (schema_count(y) + 1) * sizeof *d->phases);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		struct phase *p = &d->phases[d->n_phases];
		if (!read_phase(r, item, p))
			continue;
		if (last != NULL)
			check_after(r, item, last, p);
		last = p;
		d->n_phases++;
	}
}
