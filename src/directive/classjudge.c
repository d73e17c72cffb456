/* SPDX-License-Identifier: ISC */
/* What a class expression says of a device, and of two orders. */
#include "directive/classtree.h"

#include <stdlib.h>

#include "base/hash.h"
#include "device/hidden.h"

static enum truth
truth_not(enum truth t)
{
	return t == UNDECIDED ? UNDECIDED : t == TRUE_ ? FALSE_ : TRUE_;
}

static struct text
word_of(const struct hypothesis *h, enum class_attribute a)
{
	return a == CLASS_VENDOR ? h->vendor : a == CLASS_OS ? h->os : h->kind;
}

static bool
is_in_taxonomy(const struct view *v, enum class_attribute a, struct text value)
{
	for (size_t i = 0; i < v->n; i++)
		if (text_equal_word(word_of(&v->all[i], a), value))
			return true;
	return false;
}

/* Whether the vendor of the case is one whose name counts as the vendor's own. */
static bool
is_affiliate(const struct view *v, struct text vendor)
{
	for (size_t i = 0; v->data != NULL && i < v->data->n_affiliates; i++) {
		const struct affiliate *a = &v->data->affiliates[i];
		if (text_is_word(vendor, a->vendor) &&
		    text_is_word(v->word[CLASS_VENDOR], a->name) &&
		    (a->from == TIME_NONE || a->from <= v->data->at) &&
		    (a->until == TIME_NONE || v->data->at <= a->until))
			return true;
	}
	return false;
}

/* A value that the taxonomy does not name may be what its "other" is. */
enum truth
view_word_is(const struct view *v, enum class_attribute a, struct text value)
{
	if (a == CLASS_VENDOR && is_affiliate(v, value))
		return TRUE_;
	if (text_equal_word(v->word[a], value))
		return TRUE_;
	if (text_is(v->word[a], "other") && v->n > 0 && !is_in_taxonomy(v, a, value))
		return UNDECIDED;
	return FALSE_;
}

enum truth
view_model_is(const struct view *v, struct text value)
{
	if (v->device == NULL)
		return v->word[CLASS_MODEL].len == 0               ? UNDECIDED
		    : text_equal_word(v->word[CLASS_MODEL], value) ? TRUE_
		                                                   : FALSE_;
	const struct text *known = &v->device->belief.model.value;
	if (known->len == 0)
		return UNDECIDED;
	return text_equal_word(*known, value) ? TRUE_ : FALSE_;
}

enum truth
view_version_is(const struct view *v, const char *op, const struct version *version)
{
	if (v->device == NULL)
		return UNDECIDED;
	return version_compare(&v->device->belief.range, op, version);
}

static bool
row_names_app(const struct row *row, struct text app)
{
	for (size_t i = 0; i < row->n_claims; i++) {
		const struct claim *c = &row->claims[i];
		if (c->attribute != ATTR_APP || c->weight <= 0)
			continue;
		for (size_t j = 0; j < c->n; j++)
			if (text_equal_word(c->values[j], app))
				return true;
	}
	return false;
}

/*
 * Whether the device was seen contacting the service: what was not seen was not, but
 * of a device that hides the names which it looks up or visits.
 */
enum truth
view_app_is(const struct view *v, struct text app)
{
	const struct device *d = v->device;

	if (d == NULL)
		return UNDECIDED;
	for (size_t i = 0; i < d->n_apps; i++)
		if (text_equal_word(d->apps[i].name, app))
			return TRUE_;
	if (d->of == NULL || d->more_apps) {
		size_t n;
		const struct evidence *e = device_evidence(d, &n);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < e[i].n_rows; j++)
				if (row_names_app(e[i].rows[j], app))
					return TRUE_;
	}
	return d->hides != 0 ? UNDECIDED : FALSE_;
}

static enum truth
value_is(struct view *v, const struct class_part *e, const struct class_value *value)
{
	if (v->by_nature && e->attribute >= CLASS_APP)
		return FALSE_;
	switch (e->attribute) {
	case CLASS_VENDOR:
	case CLASS_KIND:
	case CLASS_OS:
		return view_word_is(v, e->attribute, value->text);
	case CLASS_VERSION:
		return view_version_is(v,
		    e->test == TEST_IN ? "is" : class_test_words[e->test],
		    &value->version);
	case CLASS_MODEL:
		return view_model_is(v, value->text);
	case CLASS_APP:
		return view_app_is(v, value->text);
	case CLASS_COUNTRY:
		return view_of_country(v, value->text);
	case CLASS_APP_COUNTRY:
		return view_of_app_country(v, value->text);
	case CLASS_LIST:
		return view_on_list(v, value->text);
	}
	return UNDECIDED;
}

static enum truth
test_holds(struct view *v, const struct class_part *e)
{
	enum truth any = FALSE_;

	for (size_t i = 0; i < e->n && any != TRUE_; i++) {
		enum truth one = value_is(v, e, &e->values[i]);
		any = one == FALSE_ ? any : one;
	}
	if (any == UNDECIDED)
		v->missing[e->attribute] = true;
	return e->negated ? truth_not(any) : any;
}

/* Kleene's logic; the depth is the parser's, at most CLASS_LEVELS twice over. */
static enum truth
part_holds(struct view *v, const struct class_part *e)
{
	if (e->node == CLASS_TEST)
		return test_holds(v, e);
	if (e->node == CLASS_NOT)
		return truth_not(part_holds(v, e->first));
	enum truth ends = e->node == CLASS_OR ? TRUE_ : FALSE_;
	enum truth all = truth_not(ends);
	for (const struct class_part *m = e->first; m != NULL; m = m->next) {
		enum truth one = part_holds(v, m);
		if (one == ends)
			return ends;
		if (one == UNDECIDED)
			all = UNDECIDED;
	}
	return all;
}

static void
set_hypothesis(struct view *v, const struct hypothesis *h)
{
	v->word[CLASS_VENDOR] = h->vendor;
	v->word[CLASS_OS] = h->os;
	v->word[CLASS_KIND] = h->kind;
}

static const char *
why_undecided(const struct view *v)
{
	static const char *const why[CLASS_ATTRIBUTES] = {
		[CLASS_VENDOR] =
		    "a vendor of the order is not one that the knowledge names",
		[CLASS_KIND] =
		    "a kind of the order is not one that the knowledge names",
		[CLASS_OS] = "an OS of the order is not one that the knowledge names",
		[CLASS_VERSION] = "its version is not known well enough",
		[CLASS_MODEL] = "its model is not known",
		[CLASS_APP] = "it hides names, and none of those seen is the app's",
		[CLASS_COUNTRY] = "no list of makers by country was given",
		[CLASS_APP_COUNTRY] = "no list of apps by country was given",
		[CLASS_LIST] = "the list of the order was not given",
	};

	if (v->why != NULL)
		return v->why;
	for (size_t i = 0; i < CLASS_ATTRIBUTES; i++)
		if (v->missing[i] && why[i] != NULL)
			return why[i];
	return "the evidence does not decide what it is";
}

enum { GROUPS_MOST = 64, TESTS_MOST = 64, APPS_MOST = 16, GIVEN = 8192 };

/* The answer for a belief that devices share, and what the tests on apps say. */
struct given {
	const double *p; /* of the belief; NULL: none yet */
	uint32_t apps;
	struct class_answer answer;
};

struct class_cases {
	const struct class *of;
	uint8_t *group; /* of each hypothesis */
	const struct hypothesis *first[GROUPS_MOST];
	size_t n, n_groups;
	const struct class_part *apps[APPS_MOST];
	size_t n_apps;
	struct given *given; /* GIVEN of them; NULL: an answer hangs on more */
};

/* The tests of an expression by what they look at. */
struct tests {
	const struct class_part *words[TESTS_MOST], *apps[APPS_MOST];
	size_t n_words, n_apps;
	bool looks_further; /* some look at more of a device than its belief and apps */
};

/* False when the words of the joint are looked at by others as well. */
static bool
tests_gather(const struct class_part *e, struct tests *t)
{
	for (const struct class_part *m = e->first; m != NULL; m = m->next)
		if (!tests_gather(m, t))
			return false;
	if (e->node != CLASS_TEST)
		return true;
	switch (e->attribute) {
	case CLASS_VENDOR:
	case CLASS_KIND:
	case CLASS_OS:
		if (t->n_words == TESTS_MOST)
			return false;
		t->words[t->n_words++] = e;
		return true;
	case CLASS_VERSION:
	case CLASS_MODEL:
		return true; /* in the belief, whatever it is */
	case CLASS_APP:
		if (t->n_apps < APPS_MOST)
			t->apps[t->n_apps++] = e;
		else
			t->looks_further = true;
		return true;
	case CLASS_APP_COUNTRY:
		t->looks_further = true;
		return true;
	case CLASS_COUNTRY:
	case CLASS_LIST:
		break;
	}
	return false;
}

struct class_cases *
class_cases_new(struct arena *arena, const struct class *c,
    const struct hypothesis *all, size_t n, const struct class_data *data)
{
	struct tests tests = { .n_words = 0 };
	uint8_t told[GROUPS_MOST][TESTS_MOST], now[TESTS_MOST];
	struct class_cases *cases = arena_take(arena, sizeof *cases);
	struct view v = { .all = all, .n = n, .data = data };

	if (!tests_gather(c->root, &tests))
		return NULL;
	cases->of = c;
	cases->n = n;
	cases->group = arena_take(arena, n);
	for (size_t i = 0; i < n; i++) {
		size_t g = 0;
		set_hypothesis(&v, &all[i]);
		for (size_t t = 0; t < tests.n_words; t++)
			now[t] = (uint8_t)test_holds(&v, tests.words[t]);
		while (g < cases->n_groups && memcmp(told[g], now, tests.n_words) != 0)
			g++;
		if (g == GROUPS_MOST)
			return NULL;
		if (g == cases->n_groups) {
			memcpy(told[g], now, tests.n_words);
			cases->first[cases->n_groups++] = &all[i];
		}
		cases->group[i] = (uint8_t)g;
	}
	memcpy(cases->apps, tests.apps, sizeof cases->apps);
	cases->n_apps = tests.n_apps;
	if (!tests.looks_further)
		cases->given = arena_take(arena, GIVEN * sizeof *cases->given);
	return cases;
}

/* What is found while the cases of the joint are gone through. */
struct finding {
	double sure, possible, likeliest;
	const char *why; /* of the likeliest case that is not decided */
};

/* A case that is believed by `p` in all, and of which one hypothesis is by `most`. */
static void
weigh_case(const struct class *c, struct view *v, const struct hypothesis *h, double p,
    double most, struct finding *f)
{
	set_hypothesis(v, h);
	v->why = NULL;
	enum truth t = part_holds(v, c->root);
	if (t == UNDECIDED && most > f->likeliest) {
		f->likeliest = most;
		f->why = v->why;
	}
	f->sure += t == TRUE_ ? p : 0;
	f->possible += t != FALSE_ ? p : 0;
}

static void
weigh_groups(const struct class *c, struct view *v, const double *p, struct finding *f)
{
	const struct class_cases *cases = v->data->cases;
	double sum[GROUPS_MOST] = { 0 }, most[GROUPS_MOST] = { 0 };

	for (size_t i = 0; i < cases->n; i++) {
		size_t g = cases->group[i];
		sum[g] += p[i];
		most[g] = p[i] > most[g] ? p[i] : most[g];
	}
	for (size_t g = 0; g < cases->n_groups; g++)
		weigh_case(c, v, cases->first[g], sum[g], most[g], f);
}

static struct class_answer
judge_one(const struct class *c, struct view *v, const struct belief *b)
{
	struct finding f = { 0, 0, 0, NULL };
	size_t n = b->n < v->n ? b->n : v->n;

	/* Where lists are asked, what is next to impossible is not looked up. */
	double least = v->data != NULL && v->data->n_lists > 0 ? 1e-9 : 0;
	if (v->data != NULL && v->data->cases != NULL && v->data->cases->of == c &&
	    v->data->cases->n == n)
		weigh_groups(c, v, b->p, &f);
	else
		for (size_t i = 0; i < n; i++)
			if (b->p[i] >= least)
				weigh_case(c, v, &v->all[i], b->p[i], b->p[i], &f);
	v->why = f.why;
	struct class_answer a = { UNDECIDED, (f.sure + f.possible) / 2, NULL };
	if (n == 0)
		a.p = 0.5; /* nothing is believed of it at all */
	else if (f.sure >= 0.9)
		a.truth = TRUE_;
	else if (f.possible <= 0.1)
		a.truth = FALSE_;
	if (a.truth == UNDECIDED) {
		/* Only when what is missing could have decided it is it the reason. */
		if (f.possible - f.sure < 0.05) {
			memset(v->missing, 0, sizeof v->missing);
			v->why = NULL;
		}
		a.because = why_undecided(v);
	}
	return a;
}

/*
 * Of several behind one address each is judged by itself. All alike decide for the
 * address; when one is of the class and another is not, nothing is decided, and the
 * probability is that of the one most like it. What a person says of the device is
 * of one of them, nobody knows which: it is one more.
 */
static struct class_answer
judge_several(const struct class *c, struct view *v, const struct belief *b)
{
	struct class_answer all = { UNDECIDED, 0, NULL };

	size_t n = b->n_members + (v->device->asserted != NULL);

	for (size_t i = 0; i < n; i++) {
		struct device one = *v->device;
		struct view mine = { .all = v->all,
			.n = v->n,
			.device = &one,
			.data = v->data };
		one.belief = i < b->n_members ? b->members[i].belief
		                              : *v->device->asserted;
		struct class_answer a = judge_one(c, &mine, &one.belief);
		if (i == 0)
			all.truth = a.truth;
		else if (a.truth != all.truth)
			all.truth = UNDECIDED;
		if (i == 0 || (all.truth == TRUE_ ? a.p < all.p : a.p > all.p))
			all.p = a.p;
	}
	if (all.truth == UNDECIDED)
		all.because = "several devices are behind this address, and not all of "
		              "them are the same";
	return all;
}

/* Of many devices the same was heard: what was answered for one goes for all. */
static struct class_answer
judge_shared(const struct class *c, struct view *v, const struct belief *b)
{
	struct class_cases *cases = v->data != NULL ? v->data->cases : NULL;
	struct view aside = *v;
	uint32_t apps = 0;

	if (!b->is_shared || cases == NULL || cases->of != c || cases->given == NULL)
		return judge_one(c, v, b);
	for (size_t i = 0; i < cases->n_apps; i++)
		apps = apps << 2 | test_holds(&aside, cases->apps[i]);
	struct given *g = &cases->given[hash_mix((uintptr_t)b->p, apps) % GIVEN];
	if (g->p != b->p || g->apps != apps)
		*g = (struct given){ b->p, apps, judge_one(c, v, b) };
	return g->answer;
}

struct class_answer
class_judge(const struct class *c, const struct device *device, struct knowledge *k,
    const struct class_data *data)
{
	struct view v = { .device = device, .data = data };

	v.all = knowledge_hypotheses(k, &v.n);
	if (device->belief.n_members > 0)
		return judge_several(c, &v, &device->belief);
	if (device->asserted == NULL)
		return judge_shared(c, &v, &device->belief);
	struct device told = *device;
	told.belief = *device->asserted;
	v.device = &told;
	return judge_one(c, &v, &told.belief);
}

/* The words that two expressions name of one attribute, and one that they do not. */
struct words {
	struct text *list;
	size_t n, cap;
};

static void
collect(const struct class_part *e, struct words words[CLASS_ATTRIBUTES])
{
	for (const struct class_part *m = e->first; m != NULL; m = m->next)
		collect(m, words);
	if (e->node != CLASS_TEST)
		return;
	struct words *w = &words[e->attribute];
	for (size_t i = 0; i < e->n; i++) {
		if (w->n == w->cap) {
			w->cap = w->cap > 0 ? w->cap * 2 : 8;
			w->list = must_grow(w->list, w->cap, sizeof *w->list);
		}
		w->list[w->n++] = e->values[i].text;
	}
}

struct pair {
	const struct class *a, *b; /* a NULL: any device */
	bool b_fails;              /* looks for a device of a that is not of b */
	bool by_nature;
};

static bool
is_case(const struct pair *p, struct view *v)
{
	if (p->a != NULL && part_holds(v, p->a->root) == FALSE_)
		return false;
	enum truth b = part_holds(v, p->b->root);
	return b != (p->b_fails ? TRUE_ : FALSE_);
}

enum { STEPS_MAX = 1000000 };

/*
 * Tries every pairing of the words named, and of one that nobody can name: two
 * expressions cannot tell more cases apart. When there are too many: perhaps.
 */
static bool
has_case_of_words(const struct pair *p)
{
	static const enum class_attribute tried[] = { CLASS_VENDOR, CLASS_KIND,
		CLASS_OS, CLASS_MODEL };
	struct words words[CLASS_ATTRIBUTES] = { 0 };
	size_t cases = 1, all = 1;

	if (p->a != NULL)
		collect(p->a->root, words);
	collect(p->b->root, words);
	for (size_t i = 0; i < CLASS_ATTRIBUTES; i++)
		all += words[i].n;
	for (size_t i = 0; i < 4 && cases <= STEPS_MAX; i++)
		cases *= words[tried[i]].n + 1;
	bool found = cases > STEPS_MAX / all;
	for (size_t n = 0; n < cases && !found; n++) {
		struct view v = { .by_nature = p->by_nature };
		size_t rest = n;
		for (size_t i = 0; i < 4; i++) {
			const struct words *w = &words[tried[i]];
			size_t at = rest % (w->n + 1);
			rest /= w->n + 1;
			v.word[tried[i]] = at < w->n ? w->list[at] : text_of("\n");
		}
		found = is_case(p, &v);
	}
	for (size_t i = 0; i < CLASS_ATTRIBUTES; i++)
		free(words[i].list);
	return found;
}

static bool
has_case(const struct pair *p, const struct hypothesis *all, size_t n)
{
	if (n == 0)
		return has_case_of_words(p);
	for (size_t i = 0; i < n; i++) {
		struct view v = { .all = all, .n = n, .by_nature = p->by_nature };
		set_hypothesis(&v, &all[i]);
		if (is_case(p, &v))
			return true;
	}
	return false;
}

bool
class_overlaps(const struct class *a, const struct class *b,
    const struct hypothesis *all, size_t n)
{
	return has_case(&(struct pair){ a, b, false, false }, all, n);
}

bool
class_within(const struct class *a, const struct class *b, const struct hypothesis *all,
    size_t n)
{
	return !has_case(&(struct pair){ a, b, true, false }, all, n);
}

bool
class_is_everything(const struct class *c)
{
	return !has_case(&(struct pair){ NULL, c, true, false }, NULL, 0);
}

bool
class_overlaps_by_nature(const struct class *a, const struct class *b,
    const struct hypothesis *all, size_t n)
{
	return has_case(&(struct pair){ a, b, false, true }, all, n);
}
