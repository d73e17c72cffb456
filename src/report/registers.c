/* SPDX-License-Identifier: ISC */
#include "report/registers.h"

#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "report/json_parts.h"

static void
cell(struct register_row *r, const char *name, const char *value)
{
	r->cells[r->n].name = name;
	r->cells[r->n].value = value != NULL && value[0] != '\0' ? value : NULL;
	r->n++;
}

static void
cell_time(struct view *v, struct register_row *r, const char *name, int64_t at)
{
	char time[TIME_TEXT];

	cell(r, name, at == TIME_NONE ? NULL : spell(v, "%s", time_print(at, time)));
}

const char *
exception_state(const struct view *v, const struct exception *e)
{
	int64_t as_of = v->report.matter->as_of;

	if (e->from != TIME_NONE && as_of < e->from)
		return "not begun";
	if (e->until != TIME_NONE && as_of > e->until)
		return "ended";
	return v->in_force[e - v->report.matter->people->exceptions]
	    ? "in force"
	    : "no device rests on it";
}

bool
exception_is_of(const struct exception *e, const struct directive *d)
{
	return e->directive != NULL && strcmp(e->directive, d->id) == 0;
}

const struct deed *
deed_before(const struct people *p, const struct deed *disposal, enum deed_kind kind)
{
	const struct deed *found = NULL,
	                  *d = disposal->type == BY_MAC
	    ? deeds_of_mac(p, disposal->mac)
	    : deeds_of_name(p, disposal->type, text_of(disposal->identifier));

	for (; d != NULL && d->date <= disposal->date; d = d->next_of_thing)
		if (d->kind == kind)
			found = d;
	return found;
}

bool
is_disposal(const struct view *v, const struct deed *d)
{
	return d->kind == DEED_DISPOSAL && d->date <= v->report.matter->as_of;
}

static struct register_row
exception_row(struct view *v, const struct exception *e)
{
	struct register_row r = { .n = 0 };

	cell(&r, "directive", e->directive);
	cell(&r, "person", e->person != NULL ? spell_person_id(v, e->person) : NULL);
	cell(&r, "identifier", spell_identifier(v, e->identifier));
	cell(&r, "ground", spell_words(v, e->ground));
	cell(&r, "approver",
	    e->approver != NULL ? spell_person_id(v, e->approver)
	                        : spell_somebody(v, e->approver_text));
	cell(&r, "mitigation", spell_words(v, e->mitigation));
	cell_time(v, &r, "from", e->from);
	cell_time(v, &r, "until", e->until);
	cell(&r, "state", exception_state(v, e));
	return r;
}

static struct register_row
disposal_row(struct view *v, const struct deed *d)
{
	const struct people *p = v->report.matter->people;
	const struct deed *examined = deed_before(p, d, DEED_EXAMINATION);
	const struct deed *wiped = deed_before(p, d, DEED_WIPING);
	struct custody thing = { .identifier = d->identifier, .type = d->type };
	struct register_row r = { .n = 0 };

	cell(&r, "certificate", d->id);
	cell(&r, "identifier", spell_custody(v, &thing));
	cell(&r, "type", identifier_type_name(d->type));
	cell(&r, "person", d->person != NULL ? spell_person_id(v, d->person) : NULL);
	cell(&r, "how", d->how);
	cell(&r, "to", spell_somebody(v, d->to));
	cell_time(v, &r, "date", d->date);
	cell_time(v, &r, "examined", examined != NULL ? examined->date : TIME_NONE);
	cell(&r, "examiner", examined != NULL ? spell_somebody(v, examined->by) : NULL);
	cell_time(v, &r, "wiped", wiped != NULL ? wiped->date : TIME_NONE);
	cell(&r, "wiper", wiped != NULL ? spell_somebody(v, wiped->by) : NULL);
	cell(&r, "technique", wiped != NULL ? spell_words(v, wiped->technique) : NULL);
	cell(&r, "tool", wiped != NULL ? spell_words(v, wiped->tool) : NULL);
	cell(&r, "level", wiped != NULL ? wiped->level : NULL);
	return r;
}

const char *
register_cell(const struct register_row *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->cells[i].name, name) == 0)
			return r->cells[i].value;
	FAULT("a register has no such column");
}

static size_t
exceptions_of(struct view *v, const struct directive *d, register_take *take,
    void *state)
{
	const struct people *p = v->report.matter->people;
	size_t n = 0;

	for (size_t i = 0; p != NULL && i < p->n_exceptions; i++) {
		if (!exception_is_of(&p->exceptions[i], d))
			continue;
		n++;
		if (take == NULL)
			continue;
		struct register_row r = exception_row(v, &p->exceptions[i]);
		take(state, &r);
	}
	return n;
}

size_t
exceptions_each(struct view *v, const struct directive *d, register_take *take,
    void *state)
{
	const struct case_file *c = v->report.matter;
	size_t n = 0;

	if (d != NULL)
		return exceptions_of(v, d, take, state);
	for (size_t k = 0; k < c->n_directives; k++)
		n += exceptions_of(v, c->directives[k], take, state);
	return n;
}

size_t
disposals_each(struct view *v, register_take *take, void *state)
{
	const struct people *p = v->report.matter->people;
	size_t n = 0;

	for (size_t i = 0; p != NULL && i < p->n_deeds; i++) {
		if (!is_disposal(v, &p->deeds[i]))
			continue;
		n++;
		if (take == NULL)
			continue;
		struct register_row r = disposal_row(v, &p->deeds[i]);
		take(state, &r);
	}
	return n;
}

struct lines {
	struct writer *w;
	const char *type;
	int64_t at;
};

static void
row_json(void *state, const struct register_row *r)
{
	const struct lines *l = state;
	struct json j = json_over(l->w);

	json_event(&j, l->type, l->at);
	for (size_t i = 0; i < r->n; i++)
		json_key_string(&j, r->cells[i].name, r->cells[i].value);
	json_event_end(&j);
}

static void
row_csv(void *state, const struct register_row *r)
{
	struct writer *w = ((const struct lines *)state)->w;

	for (size_t i = 0; i < r->n; i++) {
		put(w, i > 0 ? "," : "");
		csv_put(w, text_of(r->cells[i].value != NULL ? r->cells[i].value : ""));
	}
	put(w, "\r\n");
}

void
registers_json(struct view *v, struct writer *w)
{
	struct lines l = { w, "exception_entry", v->report.matter->as_of };

	(void)exceptions_each(v, NULL, row_json, &l);
	l.type = "disposal_entry";
	(void)disposals_each(v, row_json, &l);
}

void
report_exceptions_csv(const struct report *r, struct writer *w)
{
	struct view *v = view_new(r);
	struct lines l = { .w = w };

	put(w,
	    "directive,person,identifier,ground,approver,mitigation,from,until,"
	    "state\r\n");
	(void)exceptions_each(v, NULL, row_csv, &l);
	view_free(v);
}

void
report_disposals_csv(const struct report *r, struct writer *w)
{
	struct view *v = view_new(r);
	struct lines l = { .w = w };

	put(w,
	    "certificate,identifier,type,person,how,to,date,examined,examiner,"
	    "wiped,wiper,technique,tool,level\r\n");
	(void)disposals_each(v, row_csv, &l);
	view_free(v);
}
