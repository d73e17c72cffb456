/* SPDX-License-Identifier: ISC */
/* The judge: each order on each device, and on those of whom nothing was seen. */
#include "directive/verdict_case.h"

#include <stdlib.h>

const char *
object_state_name(enum object_state s)
{
	static const char *const names[] = {
		[NOT_COVERED] = "not-covered",
		[COVERED] = "covered",
		[EXCEPTED] = "excepted",
		[OBJECT_UNDECIDED] = "undecided",
	};

	return names[s];
}

const char *
duty_state_name(enum duty_state s)
{
	static const char *const names[] = {
		[DUTY_NOT_APPLICABLE] = "not-applicable",
		[DUTY_MET] = "met",
		[DUTY_DUE] = "due",
		[DUTY_FAILED] = "failed",
		[DUTY_UNDECIDED] = "undecided",
	};

	return names[s];
}

struct verdict
verdict_new(const struct judging *j)
{
	return (struct verdict){ .directive = j->directive,
		.phase = j->phase,
		.device = NO_DEVICE };
}

/* A verdict that nobody keeps is over when it was taken. */
void
verdict_give(struct judging *j, const struct verdict *v)
{
	j->take(j->state, j->order, v);
	if (j->quiet)
		arena_reset(j->arena);
	if (v->handed != NULL && v->handed->of != NULL)
		register_forget_evidence(v->handed->of);
}

/* The duties of all devices that the order does not cover are one and the same. */
static void
no_duties(struct judging *j)
{
	const struct directive *d = j->directive;
	struct reason *reason = arena_take(j->kept, sizeof *reason);

	reason->text = arena_string(j->kept, text_of(no_duty_reason(j)));
	reason->evidence = UINT64_MAX;
	j->no_duties = arena_take(j->kept, d->n_obligations * sizeof *j->no_duties);
	for (size_t i = 0; i < d->n_obligations; i++) {
		struct duty *duty = &j->no_duties[i];
		duty->obligation = &d->obligations[i];
		duty->state = DUTY_NOT_APPLICABLE;
		duty->due = obligation_due(duty->obligation, d, j->calendar, TIME_NONE);
		duty->failed_since = duty->met_at = TIME_NONE;
		duty->reasons = reason;
		duty->n_reasons = 1;
	}
}

static void
give_no_duties(const struct judging *j, struct verdict *v)
{
	v->duties = j->no_duties;
	v->n_duties = (uint32_t)j->directive->n_obligations;
	clocks_set(j, v, NULL);
}

/* The reason of most verdicts, made once for each hundredth of probability. */
static void
not_object(struct judging *j, struct verdict *v, const struct class_answer *answer)
{
	double p = answer->p;
	size_t at = p > 0 ? (size_t)(p * 100 + 0.5) : 0;
	struct reason *r = &j->not_object[at < NOT_OBJECTS ? at : NOT_OBJECTS - 1];
	struct arena *usual = j->arena;
	struct telling t = { .n = 0 };
	char buf[16];

	if (r->text == NULL && !j->quiet) {
		j->arena = j->kept;
		because(j, &t,
		    "It is not what the order means (%s): probability %s%s%s.",
		    j->directive->object_text, p_text(p, buf),
		    answer->because != NULL ? "; " : "",
		    answer->because != NULL ? answer->because : "");
		j->arena = usual;
		*r = t.list[0];
	}
	v->reasons = r;
	v->n_reasons = !j->quiet;
	give_no_duties(j, v);
}

static const struct marginal *
marginal_of(const struct belief *b, enum attribute a)
{
	const struct marginal *const all[ATTRIBUTES] = {
		[ATTR_VENDOR] = &b->vendor,
		[ATTR_OS] = &b->os,
		[ATTR_KIND] = &b->kind,
		[ATTR_VERSION] = &b->version,
		[ATTR_MODEL] = &b->model,
	};

	return all[a];
}

/* What a person says that it is, beside what the wire says. */
static void
tell_told(const struct judging *j, const struct device *d, struct telling *t)
{
	for (size_t i = 0; i < d->n_told; i++) {
		const struct told *one = d->told[i];
		const struct marginal *m = marginal_of(&d->belief, one->attribute);
		because(j, t,
		    "Told, not inferred: its %s is %.*s (%s, line %u); the wire "
		    "%s%.*s.",
		    attribute_name(one->attribute), (int)one->value.len, one->value.s,
		    j->matter->people != NULL ? j->matter->people->corrections_file
		                              : "corrections",
		    one->line,
		    m == NULL || m->value.len == 0 ? "leaves that undecided"
		        : text_equal_word(m->value, one->value) ? "says the same"
		                                                : "says that it is ",
		    m == NULL || m->value.len == 0 ||
		            text_equal_word(m->value, one->value)
		        ? 0
		        : (int)m->value.len,
		    m == NULL ? "" : m->value.s);
	}
}

static void
tell_object(struct judging *j, struct verdict *v, const struct class_answer *answer,
    struct telling *t)
{
	char buf[16];

	tell_told(j, v->handed, t);
	if (answer->truth == TRUE_)
		because(j, t, "It is what the order means (%s): probability %s%s%s.",
		    j->directive->object_text, p_text(answer->p, buf),
		    answer->because != NULL ? "; " : "",
		    answer->because != NULL ? answer->because : "");
	else
		because(j, t,
		    "Whether it is what the order means (%s) is undecided: probability "
		    "%s%s%s.",
		    j->directive->object_text, p_text(answer->p, buf),
		    answer->because != NULL ? "; " : "",
		    answer->because != NULL ? answer->because : "");
	v->families = families_tell(j, v->handed, t);
	if (j->directive->n_not_covered > 0)
		because(j, t,
		    "What the order leaves out (%s) cannot be told apart on the wire.",
		    list_text(j, j->directive->not_covered,
		        j->directive->n_not_covered));
}

static const char *
property(const struct custody *c)
{
	switch (c->ownership) {
	case OWNED_ISSUED:
		return "issued property";
	case OWNED_PERSONAL:
		return "personal property";
	case OWNED_CONTRACTOR:
		return "a contractor's property";
	}
	return "";
}

static void
tell_custody(const struct judging *j, const struct subject *s, struct telling *t)
{
	const struct custody *c = s->custody;
	const char *file = j->matter->people != NULL ? j->matter->people->custody_file
	                                             : "";
	char from[TIME_TEXT], until[TIME_TEXT];

	if (c == NULL)
		return;
	if (c->type == BY_SERIAL || c->type == BY_IMEI)
		because(j, t,
		    "Custody knows it by its %s, which an inventory has for its "
		    "address.",
		    c->type == BY_SERIAL ? "serial number" : "IMEI");
	if (s->left != NULL)
		because(j, t,
		    "The holder had it since %s (%s, line %u, %s) and left on %s (%s, "
		    "line %u); no record says that it was handed in.",
		    at_text(j, c->from, from), file, c->line, property(c),
		    at_text(j, s->left->left, until), j->matter->people->roster_file,
		    s->left->line);
	else if (s->custody_is_over)
		because(j, t,
		    "The holder had it from %s until %s (%s, line %u); who has it now "
		    "is "
		    "not known.",
		    at_text(j, c->from, from), at_text(j, c->until, until), file,
		    c->line);
	else if (c->event == CUSTODY_ISSUED)
		because(j, t, "The holder has it since %s (%s, line %u, %s).",
		    at_text(j, c->from, from), file, c->line, property(c));
	else
		custody_history(j, s, t);
}

static void
tell_use(const struct judging *j, const struct subject *s, struct telling *t)
{
	char buf[TIME_TEXT];

	if (j->directive->purpose != PURPOSE_OFFICIAL)
		return;
	switch (s->use) {
	case USE_OFFICIAL:
		because(j, t, "Last official use: %s, %s %s.",
		    at_text(j, s->last_official, buf),
		    s->official_service ? "service" : "segment", s->official_name);
		break;
	case USE_GUEST:
		because(j, t, "It was seen on guest segments only.");
		break;
	case USE_UNKNOWN:
		because(j, t,
		    j->matter->site == NULL
		        ? "Whether it was in official use is undecided: there is no "
		          "site "
		          "file that names official segments and services."
		        : "Whether it was in official use is undecided: its address is "
		          "in "
		          "no segment that the site file names.");
		break;
	case USE_NONE:
		because(j, t, "It was seen on no segment.");
		break;
	}
	because_text(t, j->official_words);
}

/* Of a visitor: seen as a guest only, and nobody of the order is known to hold it. */
static bool
is_guest_only(const struct judging *j, const struct subject *s)
{
	return j->directive->purpose == PURPOSE_OFFICIAL && s->use == USE_GUEST &&
	    (s->holder == NULL || s->custody_is_over);
}

static void
decide(struct judging *j, struct verdict *v, const struct subject *s, enum truth object,
    enum truth scope, struct excuses *excuses, struct telling *t)
{
	v->in_scope = scope == TRUE_;
	v->scope_known = scope != UNDECIDED;
	if (scope != FALSE_ && !is_guest_only(j, s))
		excuses_gather(j, s, s->holder, excuses, t);
	if (scope == FALSE_) {
		v->object = NOT_COVERED;
	} else if (is_guest_only(j, s)) {
		v->object = NOT_COVERED;
		because(j, t,
		    "The order is on official use: on guest segments only, and held "
		    "by nobody known, it is not covered.");
	} else if (scope == TRUE_ && excuses->now != NULL) {
		v->object = EXCEPTED;
		v->exception = excuses->now;
	} else {
		v->object = object == TRUE_ && scope == TRUE_ ? COVERED
		                                              : OBJECT_UNDECIDED;
	}
}

/* Of the class it is not, by what a person says: that is told with it. */
static void
not_told_object(struct judging *j, struct verdict *v, const struct subject *s,
    const struct class_answer *answer)
{
	enum truth in = scope_of_device(j, s, NULL);
	struct telling t = { .n = 0 };
	char buf[16];

	v->in_scope = in == TRUE_;
	v->scope_known = in != UNDECIDED;
	tell_told(j, s->device, &t);
	because(j, &t, "It is not what the order means (%s): probability %s.",
	    j->directive->object_text, p_text(answer->p, buf));
	v->reasons = telling_end(j, &t, &v->n_reasons);
	give_no_duties(j, v);
}

static void
device_judge(struct judging *j, const struct subject *s, struct verdict *v)
{
	struct class_answer answer = class_announce(j->directive->object, s->device,
	    j->matter->knowledge, &j->data, j->matter->as_of);
	struct telling t = { .n = 0 };
	struct excuses excuses = { .n = 0 };

	v->device = s->number;
	v->handed = s->device;
	v->holder = s->holder;
	v->custody = s->custody;
	v->p = answer.p;
	v->use = s->use;
	v->last_official = s->last_official;
	if (answer.truth == FALSE_ && s->device->n_told == 0) {
		enum truth in = scope_of_device(j, s, NULL);
		v->in_scope = in == TRUE_;
		v->scope_known = in != UNDECIDED;
		not_object(j, v, &answer);
		return;
	}
	if (answer.truth == FALSE_) {
		not_told_object(j, v, s, &answer);
		return;
	}
	tell_object(j, v, &answer, &t);
	tell_custody(j, s, &t);
	enum truth scope = scope_of_device(j, s, &t);
	tell_use(j, s, &t);
	decide(j, v, s, answer.truth, scope, &excuses, &t);
	if (scope != FALSE_)
		v->denial = denial_of(j, s, &t);
	if (s->holder == NULL && v->object != NOT_COVERED)
		j->n_unclaimed++;
	v->reasons = telling_end(j, &t, &v->n_reasons);
	if (v->object == NOT_COVERED || j->directive->status != STATUS_IN_FORCE)
		give_no_duties(j, v);
	else
		duties_judge(j, v, s, &excuses);
}

void
order_begin(struct judging *j, size_t order)
{
	const struct directive *d = j->matter->directives[order];
	size_t n;
	const struct hypothesis *all = knowledge_hypotheses(j->matter->knowledge, &n);

	j->order = order;
	j->directive = d;
	j->phase = directive_phase(d, j->calendar, j->matter->as_of);
	j->data = (struct class_data){ d->affiliates, d->n_affiliates, j->matter->lists,
		j->matter->n_lists, j->matter->as_of, NULL };
	j->data.cases = class_cases_new(j->kept, d->object, all, n, &j->data);
	j->not_object = arena_take(j->kept, NOT_OBJECTS * sizeof *j->not_object);
	j->n_unclaimed = 0;
	families_begin(j);
	notices_begin(j);
	no_duties(j);
	excuses_blankets(j);
}

void
devices_judge(struct judging *j)
{
	for (size_t i = 0; i < j->n_subjects; i++) {
		struct verdict v = verdict_new(j);
		device_judge(j, &j->subjects[i], &v);
		verdict_give(j, &v);
	}
}

void
judging_begin(struct judging *j, const struct case_file *m, int64_t last_packet)
{
	static const struct calendar usual = { .weekend = 0x60 };
	static const char words[] =
	    "Official use means use of the segments and services that the site file "
	    "names "
	    "as official; what a device was used for cannot be read off packets.";

	j->matter = m;
	j->calendar = m->site != NULL && m->site->calendar != NULL ? m->site->calendar
	                                                           : &usual;
	j->official_words = arena_string(j->kept, text_of(words));
	j->last_packet = last_packet;
	j->first_seen = TIME_NONE;
	j->of_person = must_alloc(m->people == NULL ? 0 : m->people->n_persons,
	    sizeof(struct subject *));
}

void
list_add(struct listing *l, const struct verdict *v)
{
	if (l->n == l->cap) {
		l->cap = l->cap > 0 ? l->cap + l->cap / 2 : 256;
		l->list = must_grow(l->list, l->cap, sizeof *l->list);
	}
	l->list[l->n++] = *v;
}

static void
take_all(void *state, size_t order, const struct verdict *v)
{
	(void)order;
	list_add(state, v);
}

struct verdicts *
judge_devices(const struct case_file *m, const struct device *const *devices, size_t n,
    int64_t last_packet)
{
	struct verdicts *out = must_alloc(1, sizeof *out);
	struct listing list = { NULL, 0, 0 };
	struct lately said = { .at = { { NULL, 0 } } };
	struct judging j = { .take = take_all,
		.said = &said,
		.state = &list,
		.arena = &out->arena,
		.kept = &out->arena,
		.gathered = &out->arena };

	out->as_of = m->as_of;
	judging_begin(&j, m, last_packet);
	j.subjects = must_alloc(n, sizeof *j.subjects);
	if (m->n_directives > 0)
		subjects_gather(&j, devices, n);
	for (size_t i = 0; i < m->n_directives; i++) {
		order_begin(&j, i);
		devices_judge(&j);
		persons_judge(&j);
	}
	families_end(&j);
	out->list = list.list;
	out->n = list.n;
	free(j.subjects);
	free(j.of_person);
	return out;
}

void
verdicts_free(struct verdicts *v)
{
	if (v == NULL)
		return;
	arena_free(&v->arena);
	free(v->list);
	free(v);
}
