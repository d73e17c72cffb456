/* SPDX-License-Identifier: ISC */
/* Persons of whom nothing was seen, and declarations beside what was seen. */
#include "directive/verdict_case.h"

#include "base/hash.h"

/* What the words of a nil declaration mean; other words are kept, not judged. */
static const struct denied {
	const char *word;
	const char *vendor; /* NULL: any */
	const char *kind;   /* NULL: any */
} denied_words[] = {
	{ "smartphone", NULL, "phone" },
	{ "phone", NULL, "phone" },
	{ "mobile phone", NULL, "phone" },
	{ "mobile", NULL, "phone" },
	{ "cell phone", NULL, "phone" },
	{ "iphone", "Apple", "phone" },
	{ "apple phone", "Apple", "phone" },
	{ "ipad", "Apple", "tablet" },
	{ "tablet", NULL, "tablet" },
	{ "mac", "Apple", "computer" },
	{ "computer", NULL, "computer" },
	{ "laptop", NULL, "computer" },
	{ "watch", NULL, "watch" },
	{ "camera", NULL, "camera" },
	{ "apple device", "Apple", NULL },
	{ "device", NULL, NULL },
	{ "device of any kind", NULL, NULL },
};

static const struct denied *
denied_by(const char *object)
{
	struct text t = text_of(object);

	if (t.len > 1 && (t.s[t.len - 1] == 's' || t.s[t.len - 1] == 'S') &&
	    !text_is_word(t, "watches"))
		t.len--;
	for (size_t i = 0; i < sizeof denied_words / sizeof *denied_words; i++)
		if (text_is_word(t, denied_words[i].word))
			return &denied_words[i];
	return NULL;
}

/* Whether the device is decided to be what the declaration denies. */
static bool
is_denied(const struct denied *what, const struct device *d)
{
	return what != NULL &&
	    (what->vendor == NULL ||
	        text_is_word(d->belief.vendor.value, what->vendor)) &&
	    (what->kind == NULL || text_is_word(d->belief.kind.value, what->kind));
}

/*
 * The latest declaration of the holder that what was seen since speaks against.
 * Both are told, and neither decides about the other.
 */
const struct statement *
denial_of(const struct judging *j, const struct subject *s, struct telling *t)
{
	const struct statement *found = NULL;
	const struct device *d = s->device;
	char on[TIME_TEXT], first[TIME_TEXT], last[TIME_TEXT];

	if (s->holder == NULL || s->custody_is_over ||
	    s->custody->event != CUSTODY_ISSUED)
		return NULL;
	for (const struct statement *one = s->holder->statements; one != NULL;
	     one = one->next_of_person)
		if (one->holds_none && one->date <= j->matter->as_of &&
		    is_denied(denied_by(one->object), d))
			found = one;
	if (found == NULL)
		return NULL;
	const char *file = j->matter->people->statements_file;
	if (s->last_seen < found->date) {
		because(j, t,
		    "The holder declared to hold no %s on %s (%s, line %u); this "
		    "device "
		    "was last seen before, on %s.",
		    found->object, at_text(j, found->date, on), file, found->line,
		    at_text(j, s->last_seen, last));
		return NULL;
	}
	because(j, t,
	    "Two statements stand side by side: on %s the holder declared to hold no "
	    "%s "
	    "(%s, line %u); and this device, which custody says is the holder's (%s, "
	    "line "
	    "%u), was seen from %s to %s.",
	    at_text(j, found->date, on), found->object, file, found->line,
	    j->matter->people->custody_file, s->custody->line,
	    at_text(j, d->first_seen, first), at_text(j, s->last_seen, last));
	return found;
}

static void
tell_papers(const struct judging *j, const struct person *p, struct telling *t)
{
	const struct people *people = j->matter->people;
	int64_t as_of = j->matter->as_of;
	char buf[TIME_TEXT];

	for (const struct custody *c = p->custody; c != NULL; c = c->next_of_person)
		if (c->from <= as_of && (c->until == TIME_NONE || c->until >= as_of))
			because(j, t,
			    "Custody says: %s on %s (%s, line %u); that thing was "
			    "not seen.",
			    custody_event_name(c->event), at_text(j, c->from, buf),
			    people->custody_file, c->line);
	for (const struct statement *s = p->statements; s != NULL;
	     s = s->next_of_person) {
		if (s->date > as_of)
			continue;
		if (s->holds_none)
			because(j, t, "Declared on %s to hold no %s (%s, line %u).",
			    at_text(j, s->date, buf), s->object,
			    people->statements_file, s->line);
		else
			because(j, t, "Made a statement on %s (%s, line %u).",
			    at_text(j, s->date, buf), people->statements_file, s->line);
	}
}

/* What a person said last, of whom nothing was seen that could speak against it. */
static const struct statement *
last_statement(const struct judging *j, const struct person *p)
{
	const struct statement *last = NULL;

	for (const struct statement *s = p->statements; s != NULL;
	     s = s->next_of_person)
		if (s->date <= j->matter->as_of &&
		    (last == NULL || s->date >= last->date))
			last = s;
	return last;
}

static enum use_kind
kind_of(const struct directive *d)
{
	return d->purpose == PURPOSE_OFFICIAL    ? USE_OF_OFFICIAL
	    : d->purpose == PURPOSE_CONNECT_CORE ? USE_OF_CORE
	                                         : USE_OF_ANY;
}

/* Nothing seen is proof only where all was watched and nothing is unclaimed. */
static void
unseen_use(struct judging *j, struct duty *duty, struct telling *t)
{
	duty->state = DUTY_UNDECIDED;
	if (duty->due == TIME_NONE) {
		because(j, t, "Nothing was seen of this person.");
		return;
	}
	if (j->matter->as_of < duty->due) {
		duty->state = DUTY_DUE;
		because(j, t, "Nothing was seen of this person so far.");
		return;
	}
	because(j, t, "Nothing was seen of this person since the deadline.");
	if (j->n_unclaimed > 0)
		because(j, t,
		    "%zu device%s without a known holder may be of the kind that the "
		    "order means; any of them may be this person's.",
		    j->n_unclaimed, j->n_unclaimed == 1 ? "" : "s");
	bool watched = watched_since(j, kind_of(j->directive), duty->due, t);
	if (watched && j->n_unclaimed == 0) {
		duty->state = DUTY_MET;
		duty->met_at = duty->due;
	}
}

static void
unseen_notice(struct judging *j, const struct person *p, struct duty *duty,
    struct telling *t)
{
	const struct notice *n = notice_of(j, NULL, p);
	char buf[TIME_TEXT];

	duty->state = n != NULL ? DUTY_MET : DUTY_UNDECIDED;
	duty->met_at = n != NULL ? n->sent : TIME_NONE;
	if (n != NULL)
		because(j, t, "A notice is on record, of %s (line %u).",
		    at_text(j, n->sent, buf), n->line);
	else
		because(j, t, "No notice is on record.");
}

static void
unseen_duty(struct judging *j, const struct person *p, struct duty *duty,
    struct telling *t)
{
	enum modality m = duty->obligation->modality;

	switch (duty->obligation->verb) {
	case VERB_STOP_USE:
	case VERB_DISCONNECT:
	case VERB_NOT_CARRY_IN:
		unseen_use(j, duty, t);
		break;
	case VERB_NOTIFY:
	case VERB_WARN:
		unseen_notice(j, p, duty, t);
		break;
	default:
		duty->state = DUTY_NOT_APPLICABLE;
		because(j, t, "No device of this person was seen.");
	}
	if (m == MODALITY_MAY && duty->state != DUTY_MET)
		duty->state = DUTY_NOT_APPLICABLE;
}

static void
person_duties(struct judging *j, struct verdict *v)
{
	const struct directive *d = j->directive;
	bool binds = d->status == STATUS_IN_FORCE;

	v->n_duties = (uint32_t)d->n_obligations;
	v->duties = arena_take(j->arena, v->n_duties * sizeof *v->duties);
	for (size_t i = 0; i < v->n_duties; i++) {
		struct duty *duty = duty_begin(j, v, i, TIME_NONE);
		struct telling t = { .n = 0 };
		if (!binds)
			because(j, &t, "%s", no_duty_reason(j));
		else if (v->object == EXCEPTED)
			say_excepted(j, v, &t);
		else
			unseen_duty(j, v->holder, duty, &t);
		duty->reasons = telling_end(j, &t, &duty->n_reasons);
	}
	clocks_set(j, v, NULL);
}

/* False when the order does not apply to the person. */
static bool
person_judge(struct judging *j, const struct person *p, struct verdict *v)
{
	struct telling t = { .n = 0 };
	struct excuses excuses;
	enum truth in = scope_of_person(j, p, &t);

	if (in == FALSE_)
		return false;
	*v = verdict_new(j);
	v->holder = p;
	v->in_scope = in == TRUE_;
	v->scope_known = in != UNDECIDED;
	v->object = OBJECT_UNDECIDED;
	v->last_official = TIME_NONE;
	v->denial = last_statement(j, p);
	because(j, &t,
	    "No device that custody joins to this person was seen; that is no proof "
	    "that there is none.");
	excuses_gather(j, NULL, p, &excuses, &t);
	tell_papers(j, p, &t);
	if (in == TRUE_ && excuses.now != NULL) {
		v->object = EXCEPTED;
		v->exception = excuses.now;
	}
	v->reasons = telling_end(j, &t, &v->n_reasons);
	person_duties(j, v);
	return true;
}

/* Persons of whom no paper says anything are alike where the roster says the same. */
enum { ALIKE = 64 };
struct alike {
	const struct person *of; /* NULL: none yet */
	struct verdict verdict;
	bool applies;
};

static bool
has_papers(const struct person *p)
{
	return p->custody != NULL || p->statements != NULL || p->exceptions != NULL ||
	    p->notices != NULL;
}

static bool
is_named(const struct directive *d, const struct person *p)
{
	for (size_t i = 0; i < d->applies_to.n_persons; i++)
		if (strcmp(d->applies_to.persons[i], p->id) == 0)
			return true;
	return false;
}

static uint64_t
roster_hash(const struct person *p)
{
	uint64_t h = p->n_groups;

	for (size_t i = 0; i < p->n_groups; i++)
		h = hash_bytes(p->groups[i], strlen(p->groups[i]), h);
	if (p->rank != NULL)
		h = hash_bytes(p->rank, strlen(p->rank), h);
	return p->site != NULL ? hash_bytes(p->site, strlen(p->site), h) : h;
}

static bool
same_word(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
is_like(const struct person *a, const struct person *b)
{
	if (a->n_groups != b->n_groups || (a->line == 0) != (b->line == 0) ||
	    !same_word(a->rank, b->rank) || !same_word(a->site, b->site))
		return false;
	for (size_t i = 0; i < a->n_groups; i++)
		if (strcmp(a->groups[i], b->groups[i]) != 0)
			return false;
	return true;
}

/* What was judged of one that is alike, in the name of this one. */
static bool
like_another(struct judging *j, const struct person *p, struct alike *all,
    struct verdict *v)
{
	struct alike *one = &all[roster_hash(p) % ALIKE];
	struct arena *usual = j->arena;

	if (one->of == NULL || !is_like(one->of, p)) {
		j->arena = j->kept; /* its reasons are those of all */
		one->of = p;
		one->applies = person_judge(j, p, &one->verdict);
		j->arena = usual;
	}
	*v = one->verdict;
	v->holder = p;
	return one->applies;
}

void
persons_judge(struct judging *j)
{
	const struct people *p = j->matter->people;
	const struct directive *d = j->directive;
	struct alike all[ALIKE] = { { .of = NULL } };
	bool of_places = d->applies_to.all &&
	    d->applies_to.n_segments + d->applies_to.n_ssids > 0;

	for (size_t i = 0; p != NULL && !of_places && i < p->n_persons; i++) {
		const struct person *one = &p->persons[i];
		struct verdict v;
		if (j->of_person[i] != NULL || person_has_left(one, j->matter->as_of))
			continue;
		if (has_papers(one) || is_named(d, one) ? person_judge(j, one, &v)
		                                        : like_another(j, one, all, &v))
			verdict_give(j, &v);
	}
}
