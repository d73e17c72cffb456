/* SPDX-License-Identifier: ISC */
/* How each thing is said: the same words on the terminal and on the page. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "device/hidden.h"
#include "report/unicode.h"
#include "report/view.h"

/* A clean copy that lives as long as the view. */
static const char *
keep(struct view *v, struct text t)
{
	v->scratch.len = 0;
	put_clean(&v->scratch, t);
	return arena_string(&v->arena, writer_text(&v->scratch));
}

const char *
spell(struct view *v, const char *format, ...)
{
	char few[256];
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(few, sizeof few, format, args);
	char *line = arena_take(&v->arena, (size_t)(n < 0 ? 0 : n) + 1);
	if (n >= (int)sizeof few)
		(void)vsnprintf(line, (size_t)n + 1, format, again);
	else if (n > 0)
		memcpy(line, few, (size_t)n);
	va_end(again);
	va_end(args);
	return line;
}

static const char *
hidden(struct view *v, const char *what, struct text name)
{
	char buf[64];

	return keep(v, text_of(pseudonym(v->report.pseudonyms, what, name, buf)));
}

const char *
spell_words(struct view *v, const char *words)
{
	struct writer w;

	if (words == NULL)
		return "";
	if (v->scrub == NULL)
		return keep(v, text_of(words));
	writer_to_memory(&w);
	scrub_put(v->scrub, &w, text_of(words));
	const char *kept = keep(v, writer_text(&w));
	(void)writer_close(&w);
	return kept;
}

const char *
spell_person(struct view *v, const struct person *p)
{
	if (p == NULL)
		return "unknown holder";
	if (v->report.pseudonyms != NULL)
		return hidden(v, "person", text_of(p->id));
	return keep(v,
	    text_of(p->name != NULL && p->name[0] != '\0' ? p->name : p->id));
}

const char *
spell_person_id(struct view *v, const struct person *p)
{
	if (v->report.pseudonyms != NULL)
		return hidden(v, "person", text_of(p->id));
	return keep(v, text_of(p->id));
}

const char *
spell_somebody(struct view *v, const char *name)
{
	const struct people *people = v->report.matter->people;

	if (name == NULL || name[0] == '\0')
		return "";
	if (v->report.pseudonyms == NULL)
		return keep(v, text_of(name));
	for (size_t i = 0; people != NULL && i < people->n_persons; i++) {
		const struct person *p = &people->persons[i];
		if (strcmp(p->id, name) == 0 ||
		    (p->name != NULL && strcmp(p->name, name) == 0))
			return hidden(v, "person", text_of(p->id));
	}
	return hidden(v, "person", text_of(name));
}

const char *
spell_addr(struct view *v, struct addr a)
{
	char buf[ADDR_TEXT];
	struct text printed = text_of(addr_print(a, buf));

	if (v->report.pseudonyms != NULL)
		return hidden(v, addr_is_link(a) ? "mac" : "ip", printed);
	return keep(v, printed);
}

const char *
spell_device(struct view *v, const struct device *d)
{
	/* Its words outlive the device, which a walk forgets. */
	return v->report.pseudonyms != NULL ? hidden(v, "d", text_of(d->id))
	                                    : arena_string(&v->arena, text_of(d->id));
}

const char *
spell_device_id(struct view *v, size_t number)
{
	struct device named;

	if (v->devices != NULL)
		return spell_device(v, v->devices[number]);
	register_id(v->report.matter->devices, number, named.id);
	return spell_device(v, &named);
}

const char *
spell_place(struct view *v, const char *name)
{
	if (v->report.withhold && v->report.pseudonyms != NULL)
		return hidden(v, "place", text_of(name));
	return spell_words(v, name);
}

const char *
spell_text(struct view *v, struct text t)
{
	return keep(v, t);
}

/* The value of a fact: names and identifiers of devices are personal. */
const char *
spell_value(struct view *v, enum fact_key key, struct text value)
{
	const char *what = personal_kind(key, value);
	struct writer w;

	if (v->report.pseudonyms == NULL)
		return keep(v, value);
	if (what != NULL)
		return hidden(v, what, value);
	writer_to_memory(&w);
	scrub_put(v->scrub, &w, value);
	const char *kept = keep(v, writer_text(&w));
	(void)writer_close(&w);
	return kept;
}

const char *
spell_where(struct view *v, const struct evidence *e)
{
	const struct report *r = &v->report;
	const char *place = r->heard_by != NULL ? r->heard_by(e->decoder).place
	                                        : "frame";
	bool known = e->where.capture < r->n_inputs;

	return spell(v, "%s%s%s %llu", known ? r->inputs[e->where.capture].name : "",
	    known ? ", " : "", place, (unsigned long long)e->where.frame);
}

const char *
spell_identifier(struct view *v, const char *identifier)
{
	struct addr a;

	if (identifier == NULL)
		return "";
	if (addr_parse(text_of(identifier), &a))
		return spell_addr(v, a);
	if (v->report.pseudonyms != NULL)
		return hidden(v, "id", text_of(identifier));
	return keep(v, text_of(identifier));
}

const char *
spell_custody(struct view *v, const struct custody *c)
{
	if (c->type == BY_HOSTNAME && v->report.pseudonyms != NULL)
		return hidden(v, "host", text_of(c->identifier));
	return spell_identifier(v, c->identifier);
}

const char *
spell_holder(struct view *v, const struct verdict *verdict)
{
	if (verdict->holder != NULL || verdict_left(verdict) == NULL)
		return spell_person(v, verdict->holder);
	return spell(v, "nobody: %s left", spell_person(v, verdict_left(verdict)));
}

static void
version_put(struct writer *w, const struct version *version)
{
	for (unsigned i = 0; i < version->n && i < 4; i++)
		putf(w, "%s%u", i > 0 ? "." : "", version->part[i]);
}

/* "16.3", "16.0 to 16.3", "16.0 or later"; "" when nothing is known. */
const char *
spell_version(struct view *v, const struct belief *b)
{
	const struct version *min = &b->range.min, *max = &b->range.max;
	struct writer w;

	if (b->version.value.len > 0)
		return keep(v, b->version.value);
	if (min->n == 0 && max->n == 0)
		return "";
	writer_to_memory(&w);
	version_put(&w, min);
	if (min->n > 0 && max->n == 0)
		put(&w, " or later");
	else if (max->n > 0 && (min->n != max->n || version_order(min, max) != 0))
		put(&w, min->n > 0 ? " to " : "up to ");
	if (max->n > 0 && (min->n != max->n || version_order(min, max) != 0))
		version_put(&w, max);
	const char *kept = keep(v, writer_text(&w));
	(void)writer_close(&w);
	return kept;
}

/* A guess that is worth a word: more likely than not. */
static bool
guessed(const struct marginal *m)
{
	return m->value.len == 0 && m->leading.len > 0 && m->leading_p >= 0.5;
}

static void
what_put(struct writer *w, const struct belief *b)
{
	if (b->vendor.value.len > 0)
		put_text(w, b->vendor.value);
	else if (guessed(&b->vendor)) {
		put_text(w, b->vendor.leading);
		put_char(w, '?');
	} else {
		put(w, "maker undecided");
	}
	if (b->kind.value.len > 0) {
		put(w, b->vendor.value.len > 0 ? " " : ", ");
		put_text(w, b->kind.value);
	} else if (guessed(&b->kind)) {
		put(w, ", ");
		put_text(w, b->kind.leading);
		put_char(w, '?');
	} else {
		put(w, ", kind undecided");
	}
}

/* Of several behind one address each, in the order of the evidence. */
static const char *
several_what(struct view *v, const struct belief *b)
{
	const char *all = spell(v, "%zu devices behind one address: ", b->n_members);

	for (size_t i = 0; i < b->n_members; i++) {
		struct device one = { .belief = b->members[i].belief };
		all = spell(v, "%s%s%s", all, i > 0 ? " / " : "", spell_what(v, &one));
	}
	return all;
}

/* "told: kind tablet, os iPadOS", behind what the wire says. */
static const char *
told_what(struct view *v, const struct device *d)
{
	const char *all = "";

	for (size_t i = 0; i < d->n_told; i++)
		all = spell(v, "%s%s%s %s", all,
		    i > 0 ? ", " : "; told: ", attribute_name(d->told[i]->attribute),
		    spell_text(v, d->told[i]->value));
	return all;
}

const char *
spell_what(struct view *v, const struct device *d)
{
	const struct belief *b = &d->belief;

	if (b->n_members > 0)
		return spell(v, "%s%s", several_what(v, b), told_what(v, d));
	const char *version = spell_version(v, b);
	struct writer w;

	writer_to_memory(&w);
	what_put(&w, b);
	if (b->os.value.len > 0) {
		put(&w, ", ");
		put_text(&w, b->os.value);
		if (version[0] != '\0') {
			put_char(&w, ' ');
			put(&w, version);
		}
	}
	if (b->conflict)
		put(&w, "; its evidence conflicts");
	put(&w, told_what(v, d));
	const char *kept = keep(v, writer_text(&w));
	(void)writer_close(&w);
	return kept;
}

const char *
spell_hidden(struct view *v, const struct device *d)
{
	unsigned hides = d->hides;
	bool first = true;
	struct writer w;

	writer_to_memory(&w);
	for (unsigned way = 0; way < HIDDEN_WAYS; way++) {
		if ((hides >> way & 1) == 0)
			continue;
		putf(&w, "%s%s", first ? "" : ", ", hidden_about((enum hidden)way));
		first = false;
	}
	const char *kept = keep(v, writer_text(&w));
	(void)writer_close(&w);
	return kept;
}

double
how_surely(const struct device *d)
{
	const struct marginal *parts[] = { &d->belief.vendor, &d->belief.kind };
	double least = 1;

	for (size_t i = 0; i < d->belief.n_members; i++) {
		struct device one = { .belief = d->belief.members[i].belief };
		double p = how_surely(&one);
		least = p < least ? p : least;
	}
	for (size_t i = 0; i < 2 && d->belief.n_members == 0; i++) {
		double p = parts[i]->value.len > 0 ? parts[i]->p : parts[i]->leading_p;
		if (p < least)
			least = p;
	}
	return least;
}

const char *
spell_p(struct view *v, double p)
{
	return p >= 0.995 ? ">0.99" : p < 0.005 ? "<0.01" : spell(v, "%.2f", p);
}

int64_t
last_seen(const struct view *v, const struct device *d)
{
	int64_t as_of = v->report.matter->as_of, last = TIME_NONE;

	if (d->last_seen <= as_of)
		return d->last_seen;
	for (size_t i = 0; i < d->n_stays; i++) {
		const struct stay *s = &d->stays[i];
		int64_t at = s->last < as_of ? s->last : as_of;
		if (s->first <= as_of && at > last)
			last = at;
	}
	return last;
}

/* "2023-04-01 09:00", of which a day is the beginning: two for each device listed. */
static const char *
spell_civil(struct view *v, const struct zone *zone, int64_t at, size_t len)
{
	/* No time at all has no local one: west of Greenwich it lies before all times.
	 */
	struct civil c = zone_from_utc(zone, at == TIME_NONE ? 0 : at);
	int parts[] = { c.year / 100, c.year % 100, c.month, c.day, c.hour, c.minute };
	static const char after[] = "\0-- :";
	char all[24];
	size_t n = 0;

	if (at == TIME_NONE)
		return "";
	if (c.year < 0 || c.year > 9999)
		return spell(v, "%04d-%02d-%02d", c.year, c.month, c.day);
	for (size_t i = 0; i < 6; i++) {
		all[n++] = (char)('0' + parts[i] / 10 % 10);
		all[n++] = (char)('0' + parts[i] % 10);
		if (i > 0 && i < 5)
			all[n++] = after[i];
	}
	return arena_string(&v->arena, (struct text){ all, len });
}

const char *
spell_time(struct view *v, const struct zone *zone, int64_t at)
{
	return spell_civil(v, zone, at, 16);
}

const char *
spell_day(struct view *v, const struct zone *zone, int64_t at)
{
	return spell_civil(v, zone, at, 10);
}

const char *
spell_instant(struct view *v, const struct zone *zone, int64_t at)
{
	char buf[TIME_TEXT];

	if (at == TIME_NONE)
		return "";
	if (zone == NULL)
		return spell(v, "%s UTC", spell_time(v, NULL, at));
	return spell(v, "%s (%s)", zone_print(zone, at, buf), zone_name(zone));
}

const char *
spell_due(struct view *v, const struct directive *d, const struct duty *duty)
{
	const struct obligation *o = duty->obligation;
	bool by = o->by.given || o->by_table;
	const char *word = o->before.given ? "before"
	    : by || o->every.given         ? "by" /* the end of a turn */
	                                   : "from";

	if (duty->due == TIME_NONE)
		return "";
	struct civil c = zone_from_utc(d->zone, duty->due);
	bool whole = by && !o->before.given
	    ? c.hour == 23 && c.minute == 59
	    : c.hour == 0 && c.minute == 0 && c.second == 0;
	return spell(v, "%s %s", word,
	    whole ? spell_day(v, d->zone, duty->due)
	          : spell_time(v, d->zone, duty->due));
}
