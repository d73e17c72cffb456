/* SPDX-License-Identifier: ISC */
/*
 * Belief: one joint distribution over (vendor, OS, kind).
 *
 *	log p(h) = log prior(h) + sum over families, sum over attributes of s(h)
 *
 * Evidence of one family is not independent, so a family answers each question
 * (which vendor, given that which OS, given that which kind) once, by its
 * strongest claim. A claim counts for h when h is so, and when h is all that the
 * row said before: `kind=phone` of an iPhone's row is no word for a Samsung.
 *
 * Claims of one family on one attribute may be nested: a captive-portal check says
 * Apple (weight 6.9), a Darwin number macOS or iOS, a User-Agent iOS (4.6). Taking
 * the maximum for each h alone would lose what the narrow one tells between
 * siblings whenever the broad one is stronger. So a broad claim counts for h only
 * by as much as it exceeds the narrower claims within it that leave h out:
 *
 *	s(h) = max over c that hold for h of
 *	       ( w(c) - max of w(c') over c' strictly within c that h is not in )
 *
 * Rows differ in what they say before: a platform of CDP says Cisco and then switch, a
 * banner Cisco, IOS and then switch or router. So c' is within c as well when it is so
 * where c asks at all, and then it leaves out those h of which c' asks, too.
 *
 * Then no family gives an answer more than its strongest claim, the narrow claim
 * keeps its whole weight against its siblings, and claims that exclude each other
 * both stand.
 *
 * The cap: once in a thousand a family is taken to be wrong altogether (forged, or
 * heard for another device), and then it says nothing of this one. So its likelihood
 *
 *	f(h) = (1 - e) * exp(s(h)) / sum over g of P(g) exp(s(g)) + e,  e = 1/1000
 *
 * is never below a thousandth of what the families together expect, and a family
 * alone makes no answer surer than 0.999. What a rare maker's own name says is not
 * lost under the share of the common ones, as it is where each ratio is cut at 1000.
 *
 * When one family says within a day what cannot be true of one thing (the
 * User-Agents of an iPhone and of Windows), several things are behind one address:
 * several.c parts what was heard, and each has a belief of its own.
 */
#include "device/belief.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/unset.h"
#include "device/score.h"

static const double most = 13.815511;  /* of a claim: ln 1000000 */
static const double capped = 6.907755; /* of a family: ln 1000 */
static const double wrong = 1e-3;
static const double strong = 2.995732; /* ln 20 */

static unsigned
days_between(int64_t last, int64_t until)
{
	if (until == TIME_NONE || last == TIME_NONE || last >= until)
		return 0;
	int64_t days = (until / 2 - last / 2) / (DAY / 2);
	return days > 36500 ? 36500 : (unsigned)days;
}

struct age
heard_age(int64_t last, int64_t seen, int64_t as_of)
{
	return (struct age){ days_between(last, as_of),
		days_between(last, seen < as_of ? seen : as_of) };
}

double
claim_weight(const struct claim *c, struct age age)
{
	static const double half_life[ATTRIBUTES] = {
		[ATTR_VENDOR] = 90,
		[ATTR_OS] = 90,
		[ATTR_KIND] = 90,
		[ATTR_VERSION] = 14,
		[ATTR_MODEL] = 90,
		[ATTR_APP] = 7,
		[ATTR_HIDDEN] = 7,
	};
	unsigned days = c->attribute == ATTR_VERSION || c->attribute == ATTR_APP
	    ? age.runs
	    : age.is;
	double w = days == 0
	    ? c->weight
	    : c->weight * exp2(-(double)days / half_life[c->attribute]);

	return w > most ? most : w < -most ? -most : w;
}

/* Rows made from one rule share its id: then what they claim tells them apart. */
static int
row_order(const struct row *a, const struct row *b)
{
	int order = a == b ? 0 : strcmp(a->family, b->family);

	if (order == 0 && a != b)
		order = strcmp(a->id, b->id);
	if (order == 0 && a->n_claims != b->n_claims)
		order = a->n_claims < b->n_claims ? -1 : 1;
	for (size_t i = 0; a != b && order == 0 && i < a->n_claims; i++) {
		const struct claim *x = &a->claims[i], *y = &b->claims[i];
		order = x->attribute != y->attribute
		    ? (x->attribute < y->attribute ? -1 : 1)
		    : text_order(x->min, y->min);
		if (order == 0)
			order = text_order(x->max, y->max);
		if (order == 0 && x->n > 0 && y->n > 0)
			order = strcmp(x->values[0].s, y->values[0].s);
	}
	return order;
}

static int
heard_order(const void *left, const void *right)
{
	const struct heard *a = left, *b = right;
	int order = row_order(a->row, b->row);

	if (order == 0)
		order = a->is_forwarded - b->is_forwarded;
	if (order == 0)
		order = (a->age.runs > b->age.runs) - (a->age.runs < b->age.runs);
	if (order == 0)
		order = (a->age.is > b->age.is) - (a->age.is < b->age.is);
	if (order == 0)
		order = (a->last > b->last) - (a->last < b->last);
	return order != 0 ? order : (a->first > b->first) - (a->first < b->first);
}

static bool
share_values(const struct claim *a, const struct claim *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (values_have(b->values, b->n, a->values[i]))
			return true;
	return false;
}

static const struct claim *
claim_of(const struct row *row, enum attribute a)
{
	for (size_t i = 0; i < row->n_claims; i++)
		if (row->claims[i].attribute == a)
			return &row->claims[i];
	return NULL;
}

/* Whether the interface is known to be of a maker that the row does not name. */
static bool
is_of_another(const struct claim *maker, const struct heard *list, size_t n)
{
	for (size_t i = 0; maker != NULL && i < n; i++) {
		const struct claim *c = strcmp(list[i].row->family, "oui") == 0
		    ? claim_of(list[i].row, ATTR_VENDOR)
		    : NULL;
		if (c != NULL && c->weight >= strong && !share_values(c, maker))
			return true;
	}
	return false;
}

/*
 * Traits are summed where nobody knows the whole. Where a row does, they are in it. But
 * makers buy the same radios: when the interface is another maker's than the row's, it
 * is a model that the table does not hold, of which only the traits tell.
 */
static size_t
drop_sums(struct heard *list, size_t n)
{
	const struct row *whole = NULL;
	size_t known = 0, kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!list[i].row->is_whole ||
		    !is_of_another(claim_of(list[i].row, ATTR_VENDOR), list, n))
			list[known++] = list[i];
	for (size_t i = 0; i < known; i++)
		if (list[i].row->is_whole && claim_of(list[i].row, ATTR_KIND) != NULL)
			whole = list[i].row;
	for (size_t i = 0; i < known; i++)
		if (whole == NULL || !list[i].row->is_sum ||
		    strcmp(list[i].row->family, whole->family) != 0)
			list[kept++] = list[i];
	return kept;
}

size_t
heard_sort(struct heard *list, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(list, n, sizeof *list, heard_order);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || list[kept - 1].row != list[i].row ||
		    list[kept - 1].is_forwarded != list[i].is_forwarded)
			list[kept++] = list[i]; /* the youngest of each */
	return drop_sums(list, kept);
}

/* The claims of a family on one attribute. */
static void
ask_all(struct question *q, const struct heard *list, size_t n, enum attribute a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < list[i].row->n_claims && !list[i].is_past; c++) {
			const struct claim *claim = &list[i].row->claims[c];
			if (claim->attribute == a)
				question_ask(q, claim,
				    claim_weight(claim, list[i].age));
		}
}

/* Hypotheses that differ in their prior alone score alike: few values, many times. */
enum { MEMO = 64 };
struct memo {
	double of[MEMO], is[MEMO];
	double (*f)(double);
};

static struct memo
memo_over(double (*f)(double))
{
	struct memo m = { .f = f };

	for (size_t i = 0; i < MEMO; i++)
		m.of[i] = (double)NAN; /* equals nothing */
	return m;
}

static double
memo_get(struct memo *m, double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	size_t i = (bits * UINT64_C(0x9e3779b97f4a7c15)) >> 58;
	if (!(m->of[i] >= x && m->of[i] <= x)) {
		m->of[i] = x;
		m->is[i] = m->f(x);
	}
	return m->is[i];
}

/* Adds log f(h). */
static void
add_capped(const struct hypothesis *h, double *own, double *p, size_t n)
{
	struct memo e = memo_over(exp), l = memo_over(log);
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		own[i] = memo_get(&e, own[i]);
		sum += h[i].prior * own[i];
	}
	double scale = (1 - wrong) / sum;
	for (size_t i = 0; i < n; i++)
		p[i] += memo_get(&l, own[i] * scale + wrong);
}

/*
 * Adds what one family, a run of the list, says. `own` has room for it alone: it is
 * needed only where the sum may be beyond the cap.
 */
static void
family_weigh(const struct heard *list, size_t n, const struct hypothesis *h, double *p,
    double *own, size_t n_p)
{
	size_t words = (n_p + 63) / 64;
	struct question q[JOINT_ATTRIBUTES] = { { .words = words }, { .words = words },
		{ .words = words } };
	double all = 0;

	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++) {
		double high = 0, low = 0;
		ask_all(&q[a], list, n, (enum attribute)a);
		for (size_t i = 0; i < q[a].n; i++) {
			high = q[a].weight[i] > high ? q[a].weight[i] : high;
			low = q[a].weight[i] < low ? q[a].weight[i] : low;
		}
		all += high - low;
	}
	bool small = all <= capped;
	if (!small)
		memset(own, 0, n_p * sizeof *own);
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
		if (q[a].n > 0)
			question_answer(&q[a], small ? p : own, n_p);
	if (!small)
		add_capped(h, own, p, n_p);
}

/* The posterior from the prior and the sum of what was said. */
static void
softmax(const struct hypothesis *h, double *p, size_t n)
{
	struct memo e = memo_over(exp);
	double top = p[0], sum = 0;

	for (size_t i = 1; i < n; i++)
		if (p[i] > top)
			top = p[i];
	for (size_t i = 0; i < n; i++) {
		/* e^-40 is nothing beside the leading one. */
		p[i] = p[i] - top < -40 ? 0 : h[i].prior * memo_get(&e, p[i] - top);
		sum += p[i];
	}
	for (size_t i = 0; i < n; i++)
		p[i] *= 1 / sum;
}

static void
marginal(struct knowledge *k, enum attribute a, const double *share,
    struct marginal *out)
{
	size_t n, best = 0;
	const struct text *values = knowledge_values(k, a, &n);

	for (size_t i = 1; i < n; i++)
		if (share[i] > share[best])
			best = i;
	out->leading = values[best];
	out->leading_p = share[best] > 1 ? 1 : share[best];
	out->p = out->leading_p;
	if (out->p >= DECIDED_AT)
		out->value = values[best];
}

static void
marginals(struct knowledge *k, const struct hypothesis *h, struct belief *b)
{
	double share[JOINT_ATTRIBUTES][VALUES_MAX];

	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++) {
		size_t n;
		(void)knowledge_values(k, (enum attribute)a, &n);
		memset(share[a], 0, n * sizeof share[a][0]);
	}
	for (size_t i = 0; i < b->n; i++)
		if (b->p[i] > 0)
			for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
				share[a][h[i].at[a]] += b->p[i];
	marginal(k, ATTR_VENDOR, share[ATTR_VENDOR], &b->vendor);
	marginal(k, ATTR_OS, share[ATTR_OS], &b->os);
	marginal(k, ATTR_KIND, share[ATTR_KIND], &b->kind);
}

void
belief_marginals(struct knowledge *k, struct belief *b)
{
	size_t n;

	b->vendor = b->os = b->kind = (struct marginal){ .p = 0 };
	marginals(k, knowledge_hypotheses(k, &n), b);
}

bool
rows_exclude(const struct heard *x, const struct heard *y)
{
	for (size_t i = 0; i < x->row->n_claims; i++)
		for (size_t j = 0; j < y->row->n_claims; j++) {
			const struct claim *a = &x->row->claims[i];
			const struct claim *b = &y->row->claims[j];
			if (a->attribute <= ATTR_KIND && a->attribute == b->attribute &&
			    claim_weight(a, x->age) >= strong &&
			    claim_weight(b, y->age) >= strong && !share_values(a, b))
				return true;
		}
	return false;
}

/* Names that were looked up and the maker of an interface prove no second device. */
bool
tells_siblings(const struct heard *x)
{
	return !x->row->is_sum && !x->is_past && strcmp(x->row->family, "names") != 0 &&
	    strcmp(x->row->family, "oui") != 0;
}

static bool
within_a_day(const struct heard *x, const struct heard *y)
{
	return x->first / 2 - DAY / 2 <= y->last / 2 &&
	    y->first / 2 - DAY / 2 <= x->last / 2;
}

/* One string has one speaker, whatever it names: Silk says Android beside its own. */
static bool
same_fact(const struct heard *x, const struct heard *y)
{
	return x->key != FACT_NONE && x->key == y->key && x->value.len > 0 &&
	    text_equal(x->value, y->value);
}

bool
rows_oppose(const struct heard *x, const struct heard *y)
{
	return tells_siblings(x) && x->row != y->row && rows_exclude(x, y) &&
	    !same_fact(x, y);
}

bool
rows_clash(const struct heard *x, const struct heard *y)
{
	return strcmp(x->row->family, y->row->family) == 0 && within_a_day(x, y) &&
	    rows_oppose(x, y);
}

static void
weigh(struct knowledge *k, const struct heard *list, size_t n, double *p, double *own)
{
	size_t n_p, end;
	const struct hypothesis *h = knowledge_hypotheses(k, &n_p);

	memset(p, 0, n_p * sizeof *p);
	for (size_t i = 0; i < n; i = end) {
		end = i + 1;
		while (
		    end < n && strcmp(list[end].row->family, list[i].row->family) == 0)
			end++;
		family_weigh(list + i, end - i, h, p, own, n_p);
	}
	softmax(h, p, n_p);
}

/* Hypotheses for which there is room on the stack: more than we ship. */
enum { OWN_FEW = 4096 };

void
belief_from(struct knowledge *k, const struct heard *list, size_t n, double *p,
    struct belief *out)
{
	size_t n_p;
	const struct hypothesis *h = knowledge_hypotheses(k, &n_p);
	double few[OWN_FEW] UNSET;
	double *own = n_p > OWN_FEW ? must_alloc(n_p, sizeof *own) : few;

	*out = (struct belief){ .p = p, .n = n_p };
	weigh(k, list, n, p, own);
	marginals(k, h, out);
	belief_version(list, n, out);
	belief_model(list, n, out);
	if (own != few)
		free(own);
}

bool
heard_conflict(const struct heard *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!tells_siblings(&list[i]))
			continue;
		for (size_t j = i + 1; j < n; j++)
			if (tells_siblings(&list[j]) && list[i].row != list[j].row &&
			    rows_exclude(&list[i], &list[j]) &&
			    strcmp(list[i].row->family, list[j].row->family) != 0)
				return true;
	}
	return false;
}

/* The rows of the evidence, and of the link-layer address, in one list. */
static size_t
gather(struct knowledge *k, const struct evidence *e, size_t n, const struct addr *mac,
    int64_t as_of, struct heard *out)
{
	const struct row *rows[MATCHES_MAX];
	size_t found = 0, of_mac = mac != NULL ? knowledge_match_mac(k, *mac, rows) : 0;
	int64_t seen = TIME_NONE;

	for (size_t i = 0; i < n; i++)
		if (e[i].last > seen)
			seen = e[i].last;
	for (size_t i = 0; i < of_mac; i++)
		out[found++] = (struct heard){ .row = rows[i],
			.first = as_of,
			.last = as_of };
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < e[i].n_rows; r++)
			out[found++] = (struct heard){ .row = e[i].rows[r],
				.age = heard_age(e[i].last, seen, as_of),
				.first = e[i].first,
				.last = e[i].last,
				.key = e[i].key,
				.value = e[i].value };
	return found;
}

/* Of each part its own belief, which belongs to the caller like the whole. */
static void
believe_parts(struct knowledge *k, const struct part *parts, size_t n,
    struct belief *out)
{
	struct member *members = must_alloc(n, sizeof *members);
	size_t n_p;

	(void)knowledge_hypotheses(k, &n_p);
	for (size_t i = 0; i < n; i++) {
		struct belief b;
		belief_from(k, parts[i].list, parts[i].n,
		    must_alloc(n_p, sizeof(double)), &b);
		b.conflict = heard_conflict(parts[i].list, parts[i].n);
		part_member(&parts[i], &b, &members[i]);
	}
	*out = (struct belief){ 0 };
	members_join(members, n, out);
}

void
belief_of_heard(struct knowledge *k, struct heard *list, size_t n, double *p,
    struct belief *out)
{
	struct part parts[PARTS_MAX];
	size_t n_p;

	(void)knowledge_hypotheses(k, &n_p);
	n = heard_sort(list, n);
	heard_supersede(list, n);
	size_t n_parts = heard_parts(list, n, parts);
	if (n_parts > 1) {
		believe_parts(k, parts, n_parts, out);
	} else {
		belief_from(k, list, n, p != NULL ? p : must_alloc(n_p, sizeof(double)),
		    out);
		out->conflict = heard_conflict(list, n);
	}
	parts_free(parts, n_parts);
}

void
belief_compute(struct knowledge *k, const struct evidence *e, size_t n,
    const struct addr *mac, int64_t as_of, struct belief *out)
{
	struct heard few[64] = { { 0 } }, *list = few;
	size_t room = MATCHES_MAX;

	for (size_t i = 0; i < n; i++)
		room += e[i].n_rows;
	if (room > sizeof few / sizeof *few)
		list = must_alloc(room, sizeof *list);
	size_t found = gather(k, e, n, mac, as_of, list);
	belief_of_heard(k, list, found, NULL, out);
	if (list != few)
		free(list);
}

void
members_free(struct belief *b)
{
	for (size_t i = 0; i < b->n_members; i++)
		free(b->members[i].belief.p);
	free((void *)(uintptr_t)b->members);
	b->members = NULL;
	b->n_members = 0;
}

void
belief_free(struct belief *b)
{
	members_free(b);
	free(b->p);
	*b = (struct belief){ 0 };
}
