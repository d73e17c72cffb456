/* SPDX-License-Identifier: ISC */
/*
 * OSCAL assessment results 1.2.2 (NIST): a result for each order, its obligations the
 * controls. A device that is covered, excepted or undecided is an inventory item with
 * an observation; each obligation has a finding, which is satisfied only when nothing
 * is failed, due or undecided. An exception is a risk that was accepted until its
 * deadline; a disposal, which is of no one order, an observation of the first result.
 * The UUIDs are of the report's own words (version 5).
 */
#include <string.h>

#include "base/digest.h"
#include "report/json_parts.h"
#include "report/registers.h"
#include "report/view.h"

#define NAMES "https://interdict.example/ns/oscal"

struct results {
	struct view *v;
	struct json j;
	const char *seed; /* what makes the UUIDs of this report its own */
	size_t rows;      /* of the register of exceptions */
};

/* A UUID of a thing within this report. */
static void
put_uuid(struct results *r, const char *key, const char *kind, const char *name)
{
	const char *all = spell(r->v, "%s %s %s", r->seed, kind, name);
	char uuid[UUID_TEXT];

	json_key_string(&r->j, key, uuid_of(all, strlen(all), uuid));
}

/*
 * An instant. Of the patterns that OSCAL's JSON schemas have had for one, the narrower
 * wants no fraction that ends in a zero.
 */
static const char *
instant(struct results *r, const char *time)
{
	const char *dot = strchr(time, '.');
	size_t digits = dot == NULL ? 0 : strspn(dot + 1, "0123456789"), kept = digits;

	if (dot == NULL)
		return time;
	while (kept > 0 && dot[kept] == '0')
		kept--;
	return spell(r->v, "%.*s%s", (int)(dot - time) + (kept > 0) + (int)kept, time,
	    dot + 1 + digits);
}

static void
put_time(struct results *r, const char *key, int64_t at)
{
	char time[TIME_TEXT];

	json_key_string(&r->j, key, instant(r, time_print(at, time)));
}

static void
put_property(struct results *r, const char *name, const char *value)
{
	if (value[0] == '\0')
		return;
	json_open(&r->j, '{');
	json_key_string(&r->j, "name", name);
	json_key_string(&r->j, "ns", NAMES);
	json_key_string(&r->j, "value", value);
	json_close(&r->j, '}');
}

/* A string of OSCAL is one line, without blanks around it. */
static const char *
one_line(struct results *r, const char *words)
{
	struct text t = text_trim(text_of(words));
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < t.len; i++)
		put_char(&w, t.s[i] == '\n' || t.s[i] == '\r' ? ' ' : t.s[i]);
	const char *line = spell_text(r->v, writer_text(&w));
	(void)writer_close(&w);
	return line;
}

static void
put_cells(struct results *r, const struct register_row *row)
{
	json_key(&r->j, "props");
	json_open(&r->j, '[');
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].value != NULL)
			put_property(r, row->cells[i].name,
			    one_line(r, row->cells[i].value));
	json_close(&r->j, ']');
}

static const char *
row_subject(const struct register_row *row)
{
	const char *person = register_cell(row, "person");
	const char *identifier = register_cell(row, "identifier");

	return identifier != NULL ? identifier
	    : person != NULL      ? person
	                          : "all whom it covers";
}

static void
put_exception(void *state, const struct register_row *row)
{
	struct results *r = state;
	const char *until = register_cell(row, "until");
	const char *mitigation = register_cell(row, "mitigation");
	const char *ground = one_line(r, register_cell(row, "ground"));
	bool ended = strcmp(register_cell(row, "state"), "ended") == 0;

	json_open(&r->j, '{');
	put_uuid(r, "uuid", "exception",
	    spell(r->v, "%s %zu", register_cell(row, "directive"), r->rows++));
	json_key_string(&r->j, "title", spell(r->v, "Exception: %s", ground));
	json_key_string(&r->j, "description",
	    spell(r->v, "%s is excused from %s (%s).", row_subject(row),
	        register_cell(row, "directive"), register_cell(row, "state")));
	json_key_string(&r->j, "statement",
	    mitigation != NULL ? mitigation : "No mitigation is on record.");
	put_cells(r, row);
	json_key_string(&r->j, "status", ended ? "closed" : "deviation-approved");
	if (until != NULL)
		json_key_string(&r->j, "deadline", instant(r, until));
	json_close(&r->j, '}');
}

static void
put_disposal(void *state, const struct register_row *row)
{
	struct results *r = state;
	const char *certificate = register_cell(row, "certificate");
	const char *to = register_cell(row, "to");

	json_open(&r->j, '{');
	put_uuid(r, "uuid", "disposal", certificate);
	json_key_string(&r->j, "title", spell(r->v, "Disposal: %s", certificate));
	json_key_string(&r->j, "description",
	    spell(r->v, "%s: %s, to %s.", row_subject(row), register_cell(row, "how"),
	        to != NULL ? to : "nobody named"));
	put_cells(r, row);
	json_key(&r->j, "methods");
	json_open(&r->j, '[');
	json_cstring(&r->j, "EXAMINE");
	json_close(&r->j, ']');
	json_key(&r->j, "types");
	json_open(&r->j, '[');
	json_cstring(&r->j, "mitigation");
	json_close(&r->j, ']');
	json_key_string(&r->j, "collected", instant(r, register_cell(row, "date")));
	json_close(&r->j, '}');
}

/* A token of OSCAL: a letter or `_`, then letters, digits, `.`, `-`, `_`. */
static const char *
control_name(struct results *r, const struct directive *d, size_t obligation)
{
	char token[160];
	size_t n = 0;

	token[n++] = '_';
	for (const char *s = d->id; *s != '\0' && n < 100; s++) {
		bool fits = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
		    (*s >= '0' && *s <= '9') || *s == '-' || *s == '.';
		token[n++] = *s;
		if (!fits)
			token[n - 1] = '_';
	}
	token[n] = '\0';
	return spell(r->v, "%s.%s-%zu", token + (token[1] > '9' ? 1 : 0),
	    verb_name(d->obligations[obligation].verb), obligation + 1);
}

static const char *
subject_of(struct results *r, const struct verdict *v)
{
	return spell(r->v, "%s/%s", v->directive->id,
	    v->device != NO_DEVICE ? spell_device_id(r->v, v->device)
	                           : spell_person_id(r->v, v->holder));
}

static bool
is_told(const struct verdict *v)
{
	return v->object != NOT_COVERED;
}

static void
put_observation(struct results *r, const struct verdict *v)
{
	const char *subject = subject_of(r, v);
	const struct device *d = view_device(r->v, v->device);
	const char *what = d == NULL ? "no device seen" : spell_what(r->v, d);
	int64_t seen = d == NULL ? TIME_NONE : last_seen(r->v, d);

	json_open(&r->j, '{');
	put_uuid(r, "uuid", "observation", subject);
	json_key_string(&r->j, "title",
	    spell(r->v, "%s: %s", subject, standing_name(verdict_standing(v))));
	json_key_string(&r->j, "description",
	    spell(r->v, "%s; %s.", what, object_state_name(v->object)));
	json_key(&r->j, "props");
	json_open(&r->j, '[');
	put_property(r, "object", object_state_name(v->object));
	put_property(r, "standing", standing_name(verdict_standing(v)));
	if (v->device != NO_DEVICE)
		put_property(r, "probability", spell(r->v, "%.4f", v->p));
	if (v->holder != NULL)
		put_property(r, "holder", spell_person_id(r->v, v->holder));
	if (verdict_left(v) != NULL)
		put_property(r, "left", spell_person_id(r->v, verdict_left(v)));
	json_close(&r->j, ']');
	json_key(&r->j, "methods");
	json_open(&r->j, '[');
	json_cstring(&r->j, "TEST");
	if (v->denial != NULL)
		json_cstring(&r->j, "INTERVIEW");
	json_close(&r->j, ']');
	if (v->device != NO_DEVICE) {
		json_key(&r->j, "subjects");
		json_open(&r->j, '[');
		json_open(&r->j, '{');
		put_uuid(r, "subject-uuid", "item", subject);
		json_key_string(&r->j, "type", "inventory-item");
		json_close(&r->j, '}');
		json_close(&r->j, ']');
	}
	put_time(r, "collected", seen == TIME_NONE ? r->v->report.matter->as_of : seen);
	json_close(&r->j, '}');
}

static void
put_item(struct results *r, const struct verdict *v)
{
	const struct device *d = view_device(r->v, v->device);
	const struct belief *b = &d->belief;

	json_open(&r->j, '{');
	put_uuid(r, "uuid", "item", subject_of(r, v));
	json_key_string(&r->j, "description", spell_what(r->v, d));
	json_key(&r->j, "props");
	json_open(&r->j, '[');
	put_property(r, "device", spell_device(r->v, d));
	put_property(r, "vendor", spell_text(r->v, b->vendor.value));
	put_property(r, "kind", spell_text(r->v, b->kind.value));
	put_property(r, "os", spell_text(r->v, b->os.value));
	json_close(&r->j, ']');
	json_close(&r->j, '}');
}

/* Those of an order that are told, with a device or at all; NULL counts them. */
static size_t
each(struct results *r, const struct tally *t, bool devices,
    void (*put_one)(struct results *, const struct verdict *))
{
	const struct verdict *list = r->v->report.verdicts->list;
	struct arena kept = view_lines_begin(r->v);
	size_t n = 0;

	for (size_t i = t->first; i < t->first + t->n; i++) {
		if (!is_told(&list[i]) || (devices && list[i].device == NO_DEVICE))
			continue;
		n++;
		if (put_one == NULL)
			continue;
		put_one(r, &list[i]);
		view_line_done(r->v);
	}
	view_lines_end(r->v, kept);
	return n;
}

static void
put_controls(struct results *r, const struct tally *t)
{
	json_key(&r->j, "reviewed-controls");
	json_open(&r->j, '{');
	json_key(&r->j, "control-selections");
	json_open(&r->j, '[');
	json_open(&r->j, '{');
	json_key_string(&r->j, "description",
	    spell(r->v, "The obligations of the order %s.", t->directive->id));
	if (t->directive->n_obligations > 0) {
		json_key(&r->j, "include-controls");
		json_open(&r->j, '[');
		for (size_t i = 0; i < t->directive->n_obligations; i++) {
			json_open(&r->j, '{');
			json_key_string(&r->j, "control-id",
			    control_name(r, t->directive, i));
			json_close(&r->j, '}');
		}
		json_close(&r->j, ']');
	}
	json_close(&r->j, '}');
	json_close(&r->j, ']');
	json_close(&r->j, '}');
}

/* The observations that a finding rests on: where the duty has a state at all. */
static void
put_related(struct results *r, const struct tally *t, size_t obligation)
{
	const struct verdict *list = r->v->report.verdicts->list;
	struct arena kept = view_lines_begin(r->v);
	size_t n = 0;

	for (size_t i = t->first; i < t->first + t->n; i++) {
		const struct verdict *v = &list[i];
		if (!is_told(v) || v->device == NO_DEVICE || obligation >= v->n_duties)
			continue;
		if (n++ == 0) {
			json_key(&r->j, "related-observations");
			json_open(&r->j, '[');
		}
		json_open(&r->j, '{');
		put_uuid(r, "observation-uuid", "observation", subject_of(r, v));
		json_close(&r->j, '}');
		view_line_done(r->v);
	}
	view_lines_end(r->v, kept);
	if (n > 0)
		json_close(&r->j, ']');
}

static void
put_target(struct results *r, const struct tally *t, size_t obligation)
{
	const size_t *n = t->duties[obligation];
	bool open = n[DUTY_DUE] > 0 || n[DUTY_UNDECIDED] > 0 ||
	    t->devices[OBJECT_UNDECIDED] > 0;
	const char *reason = n[DUTY_FAILED] > 0 ? "fail" : open ? "other" : "pass";

	json_key(&r->j, "target");
	json_open(&r->j, '{');
	json_key_string(&r->j, "type", "objective-id");
	json_key_string(&r->j, "target-id", control_name(r, t->directive, obligation));
	json_key(&r->j, "status");
	json_open(&r->j, '{');
	json_key_string(&r->j, "state",
	    n[DUTY_FAILED] > 0 || open ? "not-satisfied" : "satisfied");
	json_key_string(&r->j, "reason", reason);
	json_close(&r->j, '}');
	json_close(&r->j, '}');
}

static void
put_finding(struct results *r, const struct tally *t, size_t obligation)
{
	const char *name = control_name(r, t->directive, obligation);
	const size_t *n = t->duties[obligation];

	json_open(&r->j, '{');
	put_uuid(r, "uuid", "finding", name);
	json_key_string(&r->j, "title", name);
	json_key_string(&r->j, "description",
	    spell(r->v,
	        "%s: %zu failed, %zu due, %zu met, %zu undecided; of %zu more it is "
	        "undecided whether they are covered.",
	        verb_name(t->directive->obligations[obligation].verb), n[DUTY_FAILED],
	        n[DUTY_DUE], n[DUTY_MET], n[DUTY_UNDECIDED],
	        t->devices[OBJECT_UNDECIDED]));
	put_target(r, t, obligation);
	put_related(r, t, obligation);
	json_close(&r->j, '}');
}

static void
put_observations(struct results *r, const struct tally *t)
{
	bool first = t == r->v->summary.tallies;

	if (each(r, t, false, NULL) == 0 &&
	    (!first || disposals_each(r->v, NULL, NULL) == 0))
		return;
	json_key(&r->j, "observations");
	json_open(&r->j, '[');
	(void)each(r, t, false, put_observation);
	if (first)
		(void)disposals_each(r->v, put_disposal, r);
	json_close(&r->j, ']');
}

static void
put_lists(struct results *r, const struct tally *t)
{
	if (each(r, t, true, NULL) > 0) {
		json_key(&r->j, "local-definitions");
		json_open(&r->j, '{');
		json_key(&r->j, "inventory-items");
		json_open(&r->j, '[');
		(void)each(r, t, true, put_item);
		json_close(&r->j, ']');
		json_close(&r->j, '}');
	}
	put_controls(r, t);
	put_observations(r, t);
	if (exceptions_each(r->v, t->directive, NULL, NULL) > 0) {
		json_key(&r->j, "risks");
		json_open(&r->j, '[');
		(void)exceptions_each(r->v, t->directive, put_exception, r);
		json_close(&r->j, ']');
	}
	if (t->directive->n_obligations == 0)
		return;
	json_key(&r->j, "findings");
	json_open(&r->j, '[');
	for (size_t i = 0; i < t->directive->n_obligations; i++)
		put_finding(r, t, i);
	json_close(&r->j, ']');
}

static void
put_result(struct results *r, const struct tally *t, int64_t start)
{
	const struct directive *d = t->directive;

	json_open(&r->j, '{');
	put_uuid(r, "uuid", "result", d->id);
	json_key_string(&r->j, "title",
	    d->title != NULL ? spell_words(r->v, d->title) : d->id);
	json_key_string(&r->j, "description",
	    spell(r->v,
	        "Devices seen: %zu; covered %zu, excepted %zu, not covered %zu, "
	        "undecided whether covered %zu.",
	        t->counts[COUNT_SEEN], t->devices[COVERED], t->devices[EXCEPTED],
	        t->devices[NOT_COVERED], t->devices[OBJECT_UNDECIDED]));
	put_time(r, "start", start);
	put_time(r, "end", r->v->report.matter->as_of);
	json_key(&r->j, "props");
	json_open(&r->j, '[');
	for (enum outcome c = 0; c < COUNTS; c++)
		put_property(r, outcome_name(c), spell(r->v, "%zu", t->counts[c]));
	json_close(&r->j, ']');
	put_lists(r, t);
	json_close(&r->j, '}');
}

/* The orders, by the hash of their text: what the results were assessed against. */
static void
put_orders(struct results *r)
{
	json_key(&r->j, "back-matter");
	json_open(&r->j, '{');
	json_key(&r->j, "resources");
	json_open(&r->j, '[');
	for (size_t i = 0; i < r->v->summary.n; i++) {
		const struct directive *d = r->v->summary.tallies[i].directive;
		json_open(&r->j, '{');
		put_uuid(r, "uuid", "order", d->id);
		json_key_string(&r->j, "title", d->id);
		json_key(&r->j, "rlinks");
		json_open(&r->j, '[');
		json_open(&r->j, '{');
		json_key_string(&r->j, "href",
		    spell(r->v, "urn:interdict:directive:%s", d->id));
		json_key(&r->j, "hashes");
		json_open(&r->j, '[');
		json_open(&r->j, '{');
		json_key_string(&r->j, "algorithm", "SHA-256");
		json_key_string(&r->j, "value", d->digest);
		json_close(&r->j, '}');
		json_close(&r->j, ']');
		json_close(&r->j, '}');
		json_close(&r->j, ']');
		json_close(&r->j, '}');
	}
	json_close(&r->j, ']');
	json_close(&r->j, '}');
}

static void
put_head(struct results *r)
{
	const struct site *site = r->v->report.matter->site;
	const char *first = spell(r->v, "%s order %s", r->seed,
	    r->v->summary.tallies[0].directive->id);
	char uuid[UUID_TEXT];

	put_uuid(r, "uuid", "report", "");
	json_key(&r->j, "metadata");
	json_open(&r->j, '{');
	json_key_string(&r->j, "title",
	    spell(r->v, "Report%s%s", site != NULL && site->name != NULL ? " of " : "",
	        site != NULL && site->name != NULL ? site->name : ""));
	put_time(r, "last-modified", r->v->report.matter->as_of);
	json_key_string(&r->j, "version", VERSION);
	json_key_string(&r->j, "oscal-version", "1.2.2");
	json_close(&r->j, '}');
	json_key(&r->j, "import-ap");
	json_open(&r->j, '{');
	json_key_string(&r->j, "href",
	    spell(r->v, "#%s", uuid_of(first, strlen(first), uuid)));
	json_close(&r->j, '}');
}

/* An order must be there: results without one are none. */
void
report_oscal(const struct report *report, struct writer *w)
{
	struct view *v = view_new(report);
	struct results r = { v, json_over(w), "", 0 };
	char when[TIME_TEXT];

	if (v->summary.n == 0)
		FAULT("assessment results without an order");
	r.seed = spell(v, "%s", time_print(report->matter->as_of, when));
	for (size_t i = 0; i < v->summary.n; i++)
		r.seed = spell(v, "%s %s", r.seed,
		    v->summary.tallies[i].directive->digest);
	int64_t start = v->first_seen == TIME_NONE ||
	        v->first_seen > report->matter->as_of
	    ? report->matter->as_of
	    : v->first_seen;
	json_open(&r.j, '{');
	json_key(&r.j, "assessment-results");
	json_open(&r.j, '{');
	put_head(&r);
	json_key(&r.j, "results");
	json_open(&r.j, '[');
	for (size_t i = 0; i < v->summary.n; i++)
		put_result(&r, &v->summary.tallies[i], start);
	json_close(&r.j, ']');
	put_orders(&r);
	json_close(&r.j, '}');
	json_close(&r.j, '}');
	json_line(&r.j);
	view_free(v);
}
