/* SPDX-License-Identifier: ISC */
/* JSON Lines: devices, verdicts, evidence, the summary; see interdict-json(5). */
#include "base/json.h"

#include <string.h>

#include "base/time.h"
#include "report/json_parts.h"
#include "report/registers.h"
#include "report/view.h"

static struct json
line_open(struct writer *w, int64_t at, const char *type)
{
	struct json j = json_over(w);
	char time[TIME_TEXT];

	json_open(&j, '{');
	json_key(&j, "timestamp");
	json_cstring(&j, at == TIME_NONE ? NULL : time_print(at, time));
	json_key(&j, "event_type");
	json_cstring(&j, type);
	json_key(&j, type);
	json_open(&j, '{');
	return j;
}

void
json_key_string(struct json *j, const char *key, const char *value)
{
	json_key(j, key);
	json_cstring(j, value);
}

void
json_key_uint(struct json *j, const char *key, uint64_t n)
{
	json_key(j, key);
	json_uint(j, n);
}

static void
key_time(struct json *j, const char *key, int64_t at)
{
	char time[TIME_TEXT];

	json_key_string(j, key, at == TIME_NONE ? NULL : time_print(at, time));
}

static void
reasons(struct view *v, struct json *j, const struct verdict *verdict,
    const struct duty *d)
{
	for (size_t i = 0; i < verdict->n_reasons; i++)
		json_cstring(j, spell_words(v, verdict->reasons[i].text));
	for (size_t i = 0; d != NULL && i < d->n_reasons; i++)
		if (!verdict_says(verdict, d->reasons[i].text))
			json_cstring(j, spell_words(v, d->reasons[i].text));
}

static void
clocks(struct json *j, const struct verdict *v)
{
	const struct clocks *c = v->clocks;

	json_key(j, "clocks");
	json_open(j, '{');
	key_time(j, "first_seen", v->first_seen);
	key_time(j, "first_failed", c->first_failed);
	key_time(j, "warned", c->warned);
	key_time(j, "due", c->due);
	key_time(j, "met", c->met);
	json_close(j, '}');
}

/*
 * One duty of a verdict; d is NULL for an order without obligations, or where none of
 * them has a line of its own.
 */
static void
verdict_line(struct view *v, struct writer *w, const struct verdict *verdict,
    const struct duty *d)
{
	struct json j = line_open(w, v->report.matter->as_of, "verdict");

	json_key_string(&j, "directive", verdict->directive->id);
	json_key_string(&j, "device",
	    verdict->device == NO_DEVICE ? NULL : spell_device_id(v, verdict->device));
	json_key_string(&j, "person",
	    verdict->holder == NULL ? NULL : spell_person_id(v, verdict->holder));
	json_key_string(&j, "object", object_state_name(verdict->object));
	json_key(&j, "p");
	if (verdict->device == NO_DEVICE)
		json_null(&j);
	else
		json_real(&j, verdict->p, 4);
	json_key_string(&j, "obligation",
	    d == NULL ? NULL : verb_name(d->obligation->verb));
	json_key_string(&j, "state", verdict_state(verdict, d));
	key_time(&j, "due", d == NULL ? TIME_NONE : d->due);
	key_time(&j, "failed_since", d == NULL ? TIME_NONE : d->failed_since);
	json_key_string(&j, "phase",
	    verdict->phase == NULL ? NULL : phase_name(verdict->phase->what));
	json_key(&j, "reasons");
	json_open(&j, '[');
	reasons(v, &j, verdict, d);
	json_close(&j, ']');
	key_time(&j, "met_at", d == NULL ? TIME_NONE : d->met_at);
	clocks(&j, verdict);
	if (verdict_left(verdict) != NULL)
		json_key_string(&j, "left", spell_person_id(v, verdict_left(verdict)));
	json_event_end(&j);
}

static void
verdict_lines(struct view *v, struct writer *w)
{
	struct arena kept = view_lines_begin(v);

	for (size_t i = 0; i < v->report.verdicts->n; i++) {
		const struct verdict *verdict = &v->report.verdicts->list[i];
		if (!verdict_shown(verdict, v->report.only))
			continue;
		size_t lines = 0;
		for (size_t k = 0; k < verdict->n_duties; k++)
			if (duty_has_line(v, &verdict->duties[k])) {
				verdict_line(v, w, verdict, &verdict->duties[k]);
				lines++;
			}
		if (lines == 0)
			verdict_line(v, w, verdict, NULL);
		view_line_done(v);
	}
	view_lines_end(v, kept);
}

struct telling {
	const struct report *report;
	struct writer *to;
	const struct device *device;
};

static void
evidence_line(void *state, const struct said *said)
{
	const struct telling *t = state;
	const struct evidence *e = said->evidence;
	const char *capture = NULL, *decoder = NULL;

	if (e != NULL && e->where.capture < t->report->n_inputs)
		capture = t->report->inputs[e->where.capture].name;
	if (e != NULL && t->report->heard_by != NULL)
		decoder = t->report->heard_by(e->decoder).name;
	json_evidence(t->to, t->device, said, capture, decoder, t->report->pseudonyms);
}

void
report_explain_json(const struct report *r, size_t device, struct writer *w)
{
	const struct device *d = register_device(r->matter->devices, device);
	struct telling t = { r, w, d };

	json_device(w, d, r->pseudonyms);
	belief_explain(r->matter->knowledge, d, r->matter->as_of, evidence_line, &t);
}

static bool
device_shown(const struct view *v, size_t device)
{
	if (v->report.only == ONLY_ALL)
		return true;
	for (size_t i = v->begin[device]; i < v->begin[device + 1]; i++)
		if (verdict_shown(&v->report.verdicts->list[v->of_device[i]],
		        v->report.only))
			return true;
	return false;
}

static void
device_lines(struct view *v, struct writer *w)
{
	const struct case_file *c = v->report.matter;

	for (size_t i = 0; i < v->n_devices; i++) {
		struct telling t = { &v->report, w, NULL };
		if (!device_shown(v, i))
			continue;
		t.device = view_device(v, i);
		json_device(w, t.device, v->report.pseudonyms);
		if (v->report.explain && c->knowledge != NULL)
			belief_explain(c->knowledge, t.device, c->as_of, evidence_line,
			    &t);
		view_walked(v);
	}
}

static void
duties_object(struct json *j, const struct tally *t)
{
	json_key(j, "obligations");
	json_open(j, '[');
	for (size_t i = 0; i < t->directive->n_obligations; i++) {
		json_open(j, '{');
		json_key_string(j, "obligation",
		    verb_name(t->directive->obligations[i].verb));
		for (enum duty_state s = DUTY_MET; s <= DUTY_UNDECIDED; s++)
			json_key_uint(j, duty_state_name(s), t->duties[i][s]);
		json_key_uint(j, duty_state_name(DUTY_NOT_APPLICABLE),
		    t->duties[i][DUTY_NOT_APPLICABLE]);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
tally_object(struct json *j, const struct tally *t)
{
	json_open(j, '{');
	json_key_string(j, "directive", t->directive->id);
	json_key_string(j, "digest", t->directive->digest);
	json_key_string(j, "status", status_name(t->directive->status));
	json_key(j, "devices");
	json_open(j, '{');
	for (enum object_state s = NOT_COVERED; s <= OBJECT_UNDECIDED; s++)
		json_key_uint(j, object_state_name(s), t->devices[s]);
	json_close(j, '}');
	json_key(j, "covered");
	json_open(j, '{');
	json_key_uint(j, "failed", t->standing[STANDS_FAILED]);
	json_key_uint(j, "due", t->standing[STANDS_DUE]);
	json_key_uint(j, "met", t->standing[STANDS_MET]);
	json_key_uint(j, "undecided",
	    t->standing[STANDS_UNDECIDED] - t->devices[OBJECT_UNDECIDED]);
	json_close(j, '}');
	json_key(j, "outcome");
	json_open(j, '{');
	for (enum outcome c = 0; c < COUNTS; c++)
		json_key_uint(j, outcome_name(c), t->counts[c]);
	json_close(j, '}');
	json_key_uint(j, "unknown_holder", t->unknown_holder);
	json_key_uint(j, "holder_left", t->holder_left);
	json_key(j, "persons");
	json_open(j, '{');
	json_key_uint(j, "with_covered_device", t->persons_holding);
	json_key_uint(j, "without_device", t->persons_without);
	json_key_uint(j, "contradicted", t->persons_contradicted);
	json_close(j, '}');
	duties_object(j, t);
	json_close(j, '}');
}

static void
input_object(struct json *j, const struct input *in)
{
	json_open(j, '{');
	json_key_string(j, "capture", in->name);
	json_key_uint(j, "frames", in->frames);
	json_key_uint(j, "bytes", in->bytes);
	json_key_uint(j, "cut", in->cut);
	json_key_uint(j, "dropped", in->dropped);
	json_key_uint(j, "skipped", in->skipped);
	json_key_string(j, "damage", in->damage);
	json_key_string(j, "sha256", in->digest[0] == '\0' ? NULL : in->digest);
	json_close(j, '}');
}

static void
summary_line(struct view *v, struct writer *w)
{
	const struct report *r = &v->report;
	const struct knowledge *known = r->matter->knowledge;
	struct json j = line_open(w, r->matter->as_of, "summary");

	key_time(&j, "as_of", r->matter->as_of);
	json_key_uint(&j, "devices", v->n_devices);
	json_key(&j, "directives");
	json_open(&j, '[');
	for (size_t i = 0; i < v->summary.n; i++)
		tally_object(&j, &v->summary.tallies[i]);
	json_close(&j, ']');
	json_key(&j, "inputs");
	json_open(&j, '[');
	for (size_t i = 0; i < r->n_inputs; i++)
		input_object(&j, &r->inputs[i]);
	json_close(&j, ']');
	json_key(&j, "blind_spots");
	json_open(&j, '[');
	for (size_t i = 0; i < r->n_blind_spots; i++)
		json_cstring(&j, spell_words(v, r->blind_spots[i].text));
	json_close(&j, ']');
	json_key(&j, "knowledge");
	json_open(&j, '{');
	json_key_string(&j, "date", known == NULL ? NULL : knowledge_date(known));
	json_key_string(&j, "digest", known == NULL ? NULL : knowledge_digest(known));
	json_close(&j, '}');
	json_key(&j, "synthetic");
	json_bool(&j, r->synthetic);
	json_key(&j, "pseudonyms");
	json_bool(&j, r->pseudonyms != NULL);
	json_event_end(&j);
}

void
report_json(const struct report *r, struct writer *w)
{
	struct view *v = view_new(r);

	device_lines(v, w);
	verdict_lines(v, w);
	registers_json(v, w);
	summary_line(v, w);
	view_free(v);
}
