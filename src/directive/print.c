/* SPDX-License-Identifier: ISC */
/* An order as YAML in its one canonical form; comments of the file are not kept. */
#include "directive/tree.h"

static void
put_pair(struct writer *w, const char *indent, const char *key, const char *value)
{
	if (value == NULL)
		return;
	putf(w, "%s%s: ", indent, key);
	yaml_put(w, text_of(value), false);
	put_char(w, '\n');
}

static void
put_texts(struct writer *w, const char *indent, const char *key, const char **list,
    size_t n)
{
	if (n == 0)
		return;
	putf(w, "%s%s: [", indent, key);
	for (size_t i = 0; i < n; i++) {
		put(w, i > 0 ? ", " : "");
		yaml_put(w, text_of(list[i]), true);
	}
	put(w, "]\n");
}

static void
put_class(struct writer *w, const char *indent, const char *key, const struct class *c)
{
	struct writer text;

	if (c == NULL)
		return;
	writer_to_memory(&text);
	class_print(c, &text);
	putf(w, "%s%s: ", indent, key);
	/* As if within brackets: one with a list is quoted, so that nobody has to know.
	 */
	yaml_put(w, writer_text(&text), true);
	put_char(w, '\n');
	(void)writer_close(&text);
}

static void
put_authority_date(struct writer *w, const struct zone *z, const char *key, int64_t at,
    bool unknown)
{
	if (at == TIME_NONE && !unknown)
		return;
	putf(w, "  %s: ", key);
	if (at == TIME_NONE)
		put(w, "unknown");
	else
		put_date(w, z, at);
	put_char(w, '\n');
}

static void
put_authority(struct writer *w, const struct directive *d)
{
	put(w, "authority:\n");
	put_pair(w, "  ", "issuer", d->authority.issuer);
	put_pair(w, "  ", "instrument", d->authority.instrument);
	put_pair(w, "  ", "legal-basis", d->authority.legal_basis);
	put_pair(w, "  ", "url", d->authority.url);
	put_pair(w, "  ", "language", d->authority.language);
	put_authority_date(w, d->zone, "issued", d->authority.issued,
	    d->authority.issued_unknown);
	put_authority_date(w, d->zone, "effective", d->authority.effective,
	    d->authority.effective_unknown);
	put_authority_date(w, d->zone, "reported", d->authority.reported,
	    d->authority.reported_unknown);
	put_authority_date(w, d->zone, "listed", d->authority.listed,
	    d->authority.listed_unknown);
}

static void
put_sources(struct writer *w, const struct directive *d)
{
	if (d->n_sources > 0)
		put(w, "sources:\n");
	for (size_t i = 0; i < d->n_sources; i++) {
		const struct source *s = &d->sources[i];
		put_pair(w, "  - ", "claim", s->claim);
		put_pair(w, "    ", "source", s->source);
		put_pair(w, "    ", "url", s->url);
		put_pair(w, "    ", "grade", grade_words[s->grade]);
		/* Written plain: the word is the schema's, not a text. */
		if (s->confirmed != CONFIRMED_NOT_SAID)
			putf(w, "    confirmed: %s\n", confirmed_words[s->confirmed]);
	}
}

static void
put_when(struct writer *w, const char *indent, const char *key, const struct when *when)
{
	if (when->given)
		putf(w, "%s%s: %s\n", indent, key, when->written);
}

static void
put_scope(struct writer *w, const struct directive *d)
{
	const bool *owned = d->applies_to.ownership;
	bool anybodys = owned[0] && owned[1] && owned[2];

	if (d->applies_to.all && anybodys && d->applies_to.n_not_groups == 0 &&
	    d->applies_to.n_sites == 0 && d->applies_to.n_segments == 0 &&
	    d->applies_to.n_ssids == 0 && !d->applies_to.from.given &&
	    !d->applies_to.until.given)
		return;
	put(w, "applies-to:\n");
#define LIST(key, member) \
	put_texts(w, "  ", key, d->applies_to.member, d->applies_to.n_##member)
	LIST("groups", groups);
	LIST("not-groups", not_groups);
	LIST("persons", persons);
	LIST("ranks", ranks);
	LIST("sites", sites);
	LIST("segments", segments);
	LIST("ssids", ssids);
#undef LIST
	put_when(w, "  ", "from", &d->applies_to.from);
	put_when(w, "  ", "until", &d->applies_to.until);
	const char *list[OWNERSHIPS];
	size_t n = 0;
	for (size_t i = 0; i < OWNERSHIPS && !anybodys; i++)
		if (owned[i])
			list[n++] = ownership_words[i];
	put_texts(w, "  ", "ownership", list, n);
}

static void
put_verbs(struct writer *w, const char *key, const enum verb *list, size_t n)
{
	const char *words[VERBS];

	for (size_t i = 0; i < n; i++)
		words[i] = verb_words[list[i]];
	put_texts(w, "    ", key, words, n);
}

static void
put_obligation(struct writer *w, const struct obligation *o)
{
	put_pair(w, "  - ", "verb", verb_words[o->verb]);
	put_when(w, "    ", "from", &o->from);
	put_when(w, "    ", "before", &o->before);
	put_when(w, "    ", "by", &o->by);
	if (o->by_table)
		put(w, "    by: table\n");
	put_when(w, "    ", "every", &o->every);
	if (o->until_zero)
		put(w, "    until: zero\n");
	put_pair(w, "    ", "modality", modality_words[o->modality]);
	put_verbs(w, "alternatives", o->alternatives, o->n_alternatives);
	put_texts(w, "    ", "how", o->how, o->n_how);
	put_texts(w, "    ", "fields", o->fields, o->n_fields);
	put_verbs(w, "first", o->first, o->n_first);
	put_class(w, "    ", "with", o->with);
}

static void
put_affiliates(struct writer *w, const struct directive *d)
{
	if (d->n_affiliates > 0)
		put(w, "affiliates:\n");
	for (size_t i = 0; i < d->n_affiliates; i++) {
		put_pair(w, "  - ", "vendor", d->affiliates[i].vendor);
		put_pair(w, "    ", "name", d->affiliates[i].name);
		put_when(w, "    ", "from", &d->written[i].from);
		put_when(w, "    ", "until", &d->written[i].until);
	}
}

static void
put_table_row(struct writer *w, const struct directive *d, const struct risk *row)
{
	put(w, "    - {when: [");
	for (size_t i = 0; i < d->table.n_variables; i++) {
		put(w, i > 0 ? ", " : "");
		yaml_put(w, text_of(d->table.variables[i].values[row->when[i]]), true);
	}
	putf(w, "], within: %s",
	    row->within.given ? row->within.written : "next upgrade");
	for (size_t i = 0; i < row->n_also; i++)
		putf(w, "%s%s", i == 0 ? ", also: [" : ", ", verb_words[row->also[i]]);
	put(w, row->n_also > 0 ? "]}\n" : "}\n");
}

static void
put_deadlines(struct writer *w, const struct directive *d)
{
	if (d->table.list == NULL)
		return;
	put(w, "table:\n");
	put_pair(w, "  ", "list", d->table.list);
	put(w, "  variables:\n");
	for (size_t i = 0; i < d->table.n_variables; i++) {
		const struct variable *v = &d->table.variables[i];
		put_pair(w, "    - ", "name", v->name);
		put_texts(w, "      ", "values", v->values, v->n);
		if (v->has_unknown)
			put_pair(w, "      ", "unknown", v->values[v->unknown]);
	}
	put(w, "  rows:\n");
	for (size_t i = 0; i < d->table.n_rows; i++)
		put_table_row(w, d, &d->table.rows[i]);
}

static void
put_exceptions(struct writer *w, const struct directive *d)
{
	if (!d->exceptions.given)
		return;
	put(w, "exceptions:\n");
	put_texts(w, "  ", "grounds", d->exceptions.grounds, d->exceptions.n_grounds);
	put_pair(w, "  ", "approver-role", d->exceptions.approver_role);
	if (d->exceptions.longest > 0) {
		put(w, "  longest: ");
		put_every(w, d->exceptions.longest, d->exceptions.longest_unit);
		put_char(w, '\n');
	}
	if (d->exceptions.blanket)
		put(w, "  blanket: yes\n");
}

static void
put_phase(struct writer *w, const struct phase *p)
{
	/* Within braces a time of day is quoted for its colon. */
	const char *quote = strchr(p->from.written, ':') != NULL ? "\"" : "";
	putf(w, "  - {from: %s%s%s, do: %s", quote, p->from.written, quote,
	    phase_words[p->what]);
	if (p->at_least > 0) {
		put(w, ", at-least: ");
		put_share(w, p->at_least);
	}
	if (p->families > 0)
		putf(w, ", families: %u", p->families);
	if (p->ceiling > 0)
		putf(w, ", ceiling: %u per %s", p->ceiling,
		    p->ceiling_unit == UNIT_HOURS ? "hour" : "day");
	put(w, "}\n");
}

static void
put_report(struct writer *w, const struct directive *d)
{
	if (!d->report.given)
		return;
	put(w, "report:\n");
	put_pair(w, "  ", "to-role", d->report.to_role);
	put_pair(w, "  ", "every", d->report.every_text);
	if (d->report.nil_return)
		put(w, "  nil-return: yes\n");
}

void
directive_print(const struct directive *d, struct writer *w)
{
	put_pair(w, "", "directive", d->id);
	put_pair(w, "", "title", d->title);
	put_pair(w, "", "status", status_words[d->status]);
	put_pair(w, "", "supersedes", d->supersedes);
	put_pair(w, "", "zone", zone_name(d->zone));
	put_authority(w, d);
	put_sources(w, d);
	put_scope(w, d);
	put_class(w, "", "object", d->object);
	put_texts(w, "", "not-covered", d->not_covered, d->n_not_covered);
	put_affiliates(w, d);
	put_deadlines(w, d);
	put_pair(w, "", "purpose", purpose_words[d->purpose]);
	put(w, "obligations:\n");
	for (size_t i = 0; i < d->n_obligations; i++)
		put_obligation(w, &d->obligations[i]);
	put_exceptions(w, d);
	if (d->n_phases > 0)
		put(w, "enforcement:\n");
	for (size_t i = 0; i < d->n_phases; i++)
		put_phase(w, &d->phases[i]);
	put_report(w, d);
}
