/* SPDX-License-Identifier: ISC */
/*
 * OCSF (schema.ocsf.io, 1.9.0) as JSON Lines: Device Inventory Info (5001) for each
 * device, Compliance Finding (2003) for each verdict; in a brief report not for those
 * that an order does not cover, of which nothing was found; and one, of the type
 * exception or disposal and without a device, for each row of the registers. Under
 * pseudonyms, addresses are left out: what stands for one is no address, and the types
 * of OCSF want one.
 */
#include <string.h>

#include "base/digest.h"
#include "report/json_parts.h"
#include "report/registers.h"
#include "report/view.h"

enum { CLASS_DEVICE = 5001, CLASS_FINDING = 2003 };
enum { CATEGORY_DISCOVERY = 5, CATEGORY_FINDINGS = 2 };
enum { ACTIVITY_CREATE = 1, ACTIVITY_COLLECT = 2 };
enum { INFORMATIONAL = 1, LOW = 2, MEDIUM = 3, HIGH = 4 };
enum { STATUS_UNKNOWN = 0, STATUS_PASS = 1, STATUS_WARNING = 2, STATUS_FAIL = 3 };
enum { NUMBER_UNKNOWN = 0, NUMBER_OTHER = 99 };
enum { JA4_OF_CLIENT = 1, EVIDENCES_MOST = 12, FINDINGS_EVIDENCED = 5000 };

struct numbered {
	const char *word;
	unsigned number;
	const char *caption;
};

/* `device.type_id` with the caption that `device.type` has to be beside it; what has no
 * number of its own is Other, under its own name. */
static const struct numbered kinds[] = { { "server", 1, "Server" },
	{ "tablet", 4, "Tablet" }, { "phone", 5, "Mobile" },
	{ "feature-phone", 5, "Mobile" }, { "camera", 7, "IOT" }, { "iot", 7, "IOT" },
	{ "speaker", 7, "IOT" }, { "tv", 7, "IOT" }, { "watch", 7, "IOT" },
	{ "wearable", 7, "IOT" }, { "switch", 10, "Switch" },
	{ "router", 12, "Router" } };
static const struct numbered systems[] = { { "Windows", 100, "Windows" },
	{ "Linux", 200, "Linux" }, { "Android", 201, "Android" },
	{ "macOS", 300, "macOS" }, { "iOS", 301, "iOS" }, { "iPadOS", 302, "iPadOS" } };

static const struct numbered *
find_number(const struct numbered *list, size_t n, struct text word)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(word, list[i].word))
			return &list[i];
	return NULL;
}

/* The number of a word, and its caption in words. */
static void
put_type(struct view *v, struct json *j, const struct numbered *list, size_t n,
    struct text word)
{
	const struct numbered *one = find_number(list, n, word);

	json_key_uint(j, "type_id",
	    one != NULL        ? one->number
	        : word.len > 0 ? NUMBER_OTHER
	                       : NUMBER_UNKNOWN);
	if (word.len > 0)
		json_key_string(j, "type",
		    one != NULL ? one->caption : spell_text(v, word));
}

static uint64_t
milliseconds(int64_t at)
{
	return at > 0 ? (uint64_t)(at / (SECOND / 1000)) : 0;
}

static void
put_base(struct json *j, const struct view *v, unsigned class, unsigned category,
    unsigned activity, unsigned severity)
{
	json_key_uint(j, "activity_id", activity);
	json_key_uint(j, "category_uid", category);
	json_key_uint(j, "class_uid", class);
	json_key_uint(j, "type_uid", class * UINT64_C(100) + activity);
	json_key_uint(j, "severity_id", severity);
	json_key_uint(j, "time", milliseconds(v->report.matter->as_of));
	json_key(j, "metadata");
	json_open(j, '{');
	json_key_string(j, "version", "1.9.0");
	json_key(j, "product");
	json_open(j, '{');
	json_key_string(j, "name", "interdict");
	json_key_string(j, "vendor_name", "interdict");
	json_key_string(j, "version", VERSION);
	json_close(j, '}');
	if (class == CLASS_FINDING) {
		json_key(j, "profiles");
		json_open(j, '[');
		json_cstring(j, "host");
		json_close(j, ']');
	}
	json_close(j, '}');
}

static void
put_os(struct view *v, struct json *j, const struct belief *b)
{
	const char *version = spell_version(v, b);

	if (b->os.value.len == 0)
		return;
	json_key(j, "os");
	json_open(j, '{');
	json_key_string(j, "name", spell_text(v, b->os.value));
	put_type(v, j, systems, sizeof systems / sizeof *systems, b->os.value);
	if (version[0] != '\0')
		json_key_string(j, "version", version);
	json_close(j, '}');
}

static void
put_person(struct view *v, struct json *j, const char *key, const struct person *p)
{
	json_key(j, key);
	json_open(j, '{');
	json_key_string(j, "uid", spell_person_id(v, p));
	json_key_string(j, "name", spell_person(v, p));
	json_close(j, '}');
}

static void
put_addresses(struct view *v, struct json *j, const struct device *d)
{
	if (v->report.pseudonyms != NULL)
		return;
	if (d->n_macs > 0)
		json_key_string(j, "mac", spell_addr(v, d->macs[0]));
	if (d->n_ips > 0)
		json_key_string(j, "ip", spell_addr(v, d->ips[0]));
}

static void
put_device(struct view *v, struct json *j, const struct device *d)
{
	const struct belief *b = &d->belief;

	json_key(j, "device");
	json_open(j, '{');
	json_key_string(j, "uid", spell_device(v, d));
	put_type(v, j, kinds, sizeof kinds / sizeof *kinds, b->kind.value);
	json_key_string(j, "desc", spell_what(v, d));
	put_addresses(v, j, d);
	put_os(v, j, b);
	if (b->vendor.value.len > 0)
		json_key_string(j, "vendor_name", spell_text(v, b->vendor.value));
	if (b->model.value.len > 0)
		json_key_string(j, "model", spell_text(v, b->model.value));
	if (d->first_seen > 0)
		json_key_uint(j, "first_seen_time", milliseconds(d->first_seen));
	if (last_seen(v, d) > 0)
		json_key_uint(j, "last_seen_time", milliseconds(last_seen(v, d)));
}

/* Who has it, and whether it is in order: undecided is neither. */
static void
put_compliant(struct view *v, struct json *j, size_t number)
{
	const struct verdict *list = v->report.verdicts->list, *held = NULL;
	enum standing worst = view_standing(v, number);

	if (v->begin[number] == v->begin[number + 1])
		return;
	for (size_t i = v->begin[number]; i < v->begin[number + 1]; i++)
		if (list[v->of_device[i]].holder != NULL)
			held = &list[v->of_device[i]];
	if (held != NULL)
		put_person(v, j, "owner", held->holder);
	if (held != NULL && held->custody != NULL) {
		json_key(j, "is_personal");
		json_bool(j, held->custody->ownership == OWNED_PERSONAL);
	}
	if (worst != STANDS_UNDECIDED && worst != STANDS_DUE) {
		json_key(j, "is_compliant");
		json_bool(j, worst != STANDS_FAILED);
	}
}

static void
device_line(struct view *v, struct writer *w, size_t number)
{
	struct json j = json_over(w);

	json_open(&j, '{');
	put_base(&j, v, CLASS_DEVICE, CATEGORY_DISCOVERY, ACTIVITY_COLLECT,
	    INFORMATIONAL);
	put_device(v, &j, view_device(v, number));
	put_compliant(v, &j, number);
	json_close(&j, '}');
	json_close(&j, '}');
	json_line(&j);
}

static unsigned
status_of(enum standing s)
{
	static const unsigned numbers[STANDINGS] = { STATUS_FAIL, STATUS_WARNING,
		STATUS_UNKNOWN, STATUS_PASS, STATUS_WARNING, NUMBER_OTHER };

	return numbers[s];
}

/* The caption of its number; of Other, our own word. */
static const char *
status_word(enum standing s)
{
	static const char *const captions[] = { [STATUS_UNKNOWN] = "Unknown",
		[STATUS_PASS] = "Pass",
		[STATUS_WARNING] = "Warning",
		[STATUS_FAIL] = "Fail" };
	unsigned status = status_of(s);

	return status == NUMBER_OTHER ? standing_name(s) : captions[status];
}

static unsigned
severity_of(enum standing s)
{
	static const unsigned numbers[STANDINGS] = { HIGH, MEDIUM, MEDIUM,
		INFORMATIONAL, LOW, INFORMATIONAL };

	return numbers[s];
}

static void
put_compliance(struct view *v, struct json *j, const struct verdict *verdict)
{
	const struct duty *urgent = verdict_urgent(verdict);
	enum standing s = verdict_standing(verdict);

	json_key(j, "compliance");
	json_open(j, '{');
	json_key_uint(j, "status_id", status_of(s));
	json_key_string(j, "status", status_word(s));
	json_key(j, "standards");
	json_open(j, '[');
	json_cstring(j, verdict->directive->id);
	json_close(j, ']');
	if (urgent != NULL)
		json_key_string(j, "control", verb_name(urgent->obligation->verb));
	json_key(j, "requirements");
	json_open(j, '[');
	for (size_t i = 0; i < verdict->n_duties; i++)
		json_cstring(j,
		    spell(v, "%s: %s", verb_name(verdict->duties[i].obligation->verb),
		        duty_state_name(verdict->duties[i].state)));
	json_close(j, ']');
	json_key(j, "status_details");
	json_open(j, '[');
	for (size_t i = 0; i < verdict->n_reasons; i++)
		json_cstring(j, spell_words(v, verdict->reasons[i].text));
	json_close(j, ']');
	json_close(j, '}');
}

/* The same name in every report: of the order, and of the device or person. */
static void
put_finding(struct view *v, struct json *j, const struct verdict *verdict)
{
	const struct device *d = view_device(v, verdict->device);
	const char *of = d != NULL ? spell_device(v, d)
	                           : spell_person_id(v, verdict->holder);
	const char *name = spell(v, "%s/%s", verdict->directive->id, of);
	char uuid[UUID_TEXT];

	json_key(j, "finding_info");
	json_open(j, '{');
	json_key_string(j, "uid", uuid_of(name, strlen(name), uuid));
	json_key_string(j, "title",
	    spell(v, "%s under %s: %s",
	        d != NULL ? spell_what(v, d) : "Nothing seen of a person",
	        verdict->directive->id, standing_name(verdict_standing(verdict))));
	json_close(j, '}');
	if (d != NULL) {
		put_device(v, j, d);
		json_close(j, '}');
		return;
	}
	json_key(j, "resources");
	json_open(j, '[');
	json_open(j, '{');
	json_key_string(j, "type", "person");
	json_key_string(j, "uid", of);
	json_close(j, '}');
	json_close(j, ']');
}

struct evidences {
	struct view *v;
	struct json *j;
	size_t n;
};

/*
 * What the belief rests on: a constraint wants one of a list of members, of which
 * `data`, whose form is free, says what a fact says. That of a TLS hello is a JA4, too.
 */
static void
put_evidence(void *state, const struct said *s)
{
	struct evidences *all = state;
	const struct evidence *e = s->evidence;
	struct json *j = all->j;

	if (e == NULL || !s->counted || all->n == EVIDENCES_MOST)
		return;
	if (all->n++ == 0) {
		json_key(j, "evidences");
		json_open(j, '[');
	}
	const char *value = spell_value(all->v, e->key, e->value);
	json_open(j, '{');
	json_key_string(j, "name", fact_name(e->key));
	json_key_string(j, "uid", s->row->id);
	json_key(j, "data");
	json_open(j, '{');
	json_key_string(j, "value", value);
	json_key_string(j, "attribute", attribute_name(s->claim->attribute));
	json_key(j, "weight");
	json_real(j, s->weight, 3);
	json_key_string(j, "family", s->row->family);
	json_key_uint(j, "count", e->count);
	json_close(j, '}');
	if (e->key == FACT_TLS_JA4) {
		json_key(j, "ja4_fingerprint_list");
		json_open(j, '[');
		json_open(j, '{');
		json_key_uint(j, "type_id", JA4_OF_CLIENT);
		json_key_string(j, "value", value);
		json_close(j, '}');
		json_close(j, ']');
	}
	json_close(j, '}');
}

static void
put_evidences(struct view *v, struct json *j, const struct verdict *verdict)
{
	const struct case_file *c = v->report.matter;
	struct evidences all = { v, j, 0 };

	if (c->knowledge != NULL)
		belief_explain(c->knowledge, view_device(v, verdict->device), c->as_of,
		    put_evidence, &all);
	if (all.n > 0)
		json_close(j, ']');
}

/* `evidenced` counts those that have any: of a hundred thousand not each has. */
static void
finding_line(struct view *v, struct writer *w, const struct verdict *verdict,
    size_t *evidenced)
{
	struct json j = json_over(w);
	enum standing s = verdict_standing(verdict);

	json_open(&j, '{');
	put_base(&j, v, CLASS_FINDING, CATEGORY_FINDINGS, ACTIVITY_CREATE,
	    severity_of(s));
	put_finding(v, &j, verdict);
	put_compliance(v, &j, verdict);
	if (verdict->device != NO_DEVICE && verdict->object != NOT_COVERED &&
	    (*evidenced)++ < FINDINGS_EVIDENCED)
		put_evidences(v, &j, verdict);
	json_key(&j, "unmapped");
	json_open(&j, '{');
	json_key_string(&j, "object", object_state_name(verdict->object));
	json_key_string(&j, "standing", standing_name(s));
	if (verdict->device != NO_DEVICE) {
		json_key(&j, "p");
		json_real(&j, verdict->p, 4);
	}
	json_key_string(&j, "holder",
	    verdict->holder == NULL ? NULL : spell_person_id(v, verdict->holder));
	if (verdict_left(verdict) != NULL)
		json_key_string(&j, "left", spell_person_id(v, verdict_left(verdict)));
	json_close(&j, '}');
	json_close(&j, '}');
	json_line(&j);
}

struct register_lines {
	struct view *v;
	struct writer *w;
	const char *type, *title; /* the cell that the title tells */
};

static void
put_resource(struct json *j, const char *type, const char *uid)
{
	if (uid == NULL)
		return;
	json_open(j, '{');
	json_key_string(j, "type", type);
	json_key_string(j, "uid", uid);
	json_close(j, '}');
}

/* Whom and what a row is about; a blanket exception is about nobody by name. */
static void
put_resources(struct json *j, const struct register_row *r)
{
	const char *person = register_cell(r, "person");
	const char *identifier = register_cell(r, "identifier");

	if (person == NULL && identifier == NULL)
		return;
	json_key(j, "resources");
	json_open(j, '[');
	put_resource(j, "person", person);
	put_resource(j, "device", identifier);
	json_close(j, ']');
}

/* A disposal stands for no order of its own: it is under all of the report. */
static void
put_register_compliance(struct view *v, struct json *j, const struct register_row *r,
    bool disposal)
{
	const struct case_file *c = v->report.matter;

	json_key(j, "compliance");
	json_open(j, '{');
	json_key_uint(j, "status_id", disposal ? STATUS_PASS : NUMBER_OTHER);
	json_key_string(j, "status", disposal ? "Pass" : register_cell(r, "state"));
	json_key(j, "standards");
	json_open(j, '[');
	if (!disposal)
		json_cstring(j, register_cell(r, "directive"));
	for (size_t i = 0; disposal && i < c->n_directives; i++)
		json_cstring(j, c->directives[i]->id);
	json_close(j, ']');
	json_close(j, '}');
}

static void
register_line(void *state, const struct register_row *r)
{
	const struct register_lines *l = state;
	struct json j = json_over(l->w);
	const char *seed = l->type;
	char uuid[UUID_TEXT];

	for (size_t i = 0; i < r->n; i++)
		if (r->cells[i].value != NULL && strcmp(r->cells[i].name, "state") != 0)
			seed = spell(l->v, "%s/%s", seed, r->cells[i].value);
	json_open(&j, '{');
	put_base(&j, l->v, CLASS_FINDING, CATEGORY_FINDINGS, ACTIVITY_CREATE,
	    INFORMATIONAL);
	json_key(&j, "finding_info");
	json_open(&j, '{');
	json_key_string(&j, "uid", uuid_of(seed, strlen(seed), uuid));
	json_key_string(&j, "title",
	    spell(l->v, "%s: %s", l->type, register_cell(r, l->title)));
	json_key(&j, "types");
	json_open(&j, '[');
	json_cstring(&j, l->type);
	json_close(&j, ']');
	json_close(&j, '}');
	put_register_compliance(l->v, &j, r, strcmp(l->type, "disposal") == 0);
	put_resources(&j, r);
	json_key(&j, "unmapped");
	json_open(&j, '{');
	for (size_t i = 0; i < r->n; i++)
		json_key_string(&j, r->cells[i].name, r->cells[i].value);
	json_close(&j, '}');
	json_close(&j, '}');
	json_line(&j);
}

static void
register_lines(struct view *v, struct writer *w)
{
	struct register_lines l = { v, w, "exception", "ground" };

	(void)exceptions_each(v, NULL, register_line, &l);
	l.type = "disposal";
	l.title = "certificate";
	(void)disposals_each(v, register_line, &l);
}

void
report_ocsf(const struct report *r, struct writer *w)
{
	struct view *v = view_new(r);
	struct arena kept = view_lines_begin(v);
	size_t evidenced = 0;

	for (size_t i = 0; i < v->n_devices; i++) {
		device_line(v, w, i);
		view_line_done(v);
		view_walked(v);
	}
	for (size_t i = 0; i < v->report.verdicts->n; i++) {
		const struct verdict *verdict = &v->report.verdicts->list[i];
		if (v->report.brief && verdict->object == NOT_COVERED)
			continue;
		finding_line(v, w, verdict, &evidenced);
		view_line_done(v);
	}
	view_lines_end(v, kept);
	register_lines(v, w);
	view_free(v);
}
