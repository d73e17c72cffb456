/* SPDX-License-Identifier: ISC */
/*
 * All verdicts in a walk through the devices in parts, in each part order by order, so
 * that devices never stand in memory as a whole; nor verdicts, but those that are
 * listed.
 */
#include <stdlib.h>
#include <string.h>

#include "directive/verdict_case.h"

enum { PART = 1024 };

struct walk {
	struct judging common, *orders; /* one of each order, with all that is common */
	struct arena passing, own, gathered;
	verdict_take *take; /* may be NULL */
	void *state;
	struct listing *lists; /* by orders */
	struct lately said;
	struct subject subjects[PART];
};

static void
hand_over(void *state, size_t order, const struct verdict *v)
{
	struct walk *w = state;

	if (w->take != NULL)
		w->take(w->state, order, v);
	if (!w->orders[order].quiet) {
		struct verdict kept = *v;
		kept.handed = NULL;
		list_add(&w->lists[order], &kept);
	}
}

static void
part_forget(struct walk *w)
{
	register_forget(w->common.matter->devices);
	arena_reset(&w->gathered);
}

/* Who holds what must be known of all before any is judged. */
static void
hold_all(struct walk *w, size_t n)
{
	const struct case_file *m = w->common.matter;

	if (m->people == NULL || m->people->n_custody == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		struct subject s, *held;
		subject_gather(&w->common, &s, register_device(m->devices, i));
		if (s.holder != NULL) {
			held = arena_take(&w->own, sizeof *held);
			*held = s;
			held->number = i;
			held->device = NULL;
			held->hostnames = held->client_ids = NULL;
			held->n_hostnames = held->n_client_ids = 0;
			subject_hold(&w->common, held);
		}
		if (i % PART == PART - 1)
			part_forget(w);
	}
	part_forget(w);
}

static void
part_judge(struct walk *w, size_t first, size_t n)
{
	const struct case_file *m = w->common.matter;

	for (size_t i = 0; i < n; i++) {
		subject_gather(&w->common, &w->subjects[i],
		    register_device(m->devices, first + i));
		w->subjects[i].number = first + i;
	}
	for (size_t o = 0; o < m->n_directives; o++) {
		w->orders[o].n_subjects = n;
		devices_judge(&w->orders[o]);
	}
	part_forget(w);
}

/* One after the other, as they came; the lists are empty then. */
static void
lists_join(struct listing *lists, size_t n_orders, struct verdicts *out)
{
	size_t n = 0;

	for (size_t o = 0; o < n_orders; o++)
		n += lists[o].n;
	for (size_t o = 0; o < n_orders && out->n < n; o++) {
		if (lists[o].n == n) { /* all are of one */
			out->list = lists[o].list;
			out->n = n;
			return;
		}
		if (lists[o].n == 0)
			continue;
		if (out->list == NULL)
			out->list = must_alloc(n, sizeof *out->list);
		memcpy(out->list + out->n, lists[o].list,
		    lists[o].n * sizeof *out->list);
		out->n += lists[o].n;
		free(lists[o].list);
	}
}

/* What a verdict of a listed order consists of lives as long as the list. */
static void
orders_begin(struct walk *w, const bool *which, struct verdicts *out)
{
	const struct case_file *m = w->common.matter;

	w->orders = must_alloc(m->n_directives, sizeof *w->orders);
	for (size_t o = 0; o < m->n_directives; o++) {
		struct judging *j = &w->orders[o];
		*j = w->common;
		j->kept = &w->own;
		if (out != NULL && (which == NULL || which[o])) {
			j->quiet = false;
			j->said = &w->said;
			j->arena = j->kept = &out->arena;
		}
		order_begin(j, o);
	}
}

static void
walk_free(struct walk *w)
{
	free(w->orders);
	free(w->lists);
	free(w->common.of_person);
	arena_free(&w->passing);
	arena_free(&w->own);
	arena_free(&w->gathered);
	free(w);
}

/* `out` is NULL where nothing is listed. */
static void
walk(const struct case_file *m, const bool *which, verdict_take *take, void *state,
    struct verdicts *out)
{
	struct walk *w = must_alloc(1, sizeof *w);
	size_t n = m->n_directives > 0 ? register_count(m->devices) : 0;
	int64_t last;

	w->take = take;
	w->state = state;
	w->lists = must_alloc(m->n_directives, sizeof *w->lists);
	w->common = (struct judging){ .take = hand_over,
		.state = w,
		.arena = &w->passing,
		.kept = out != NULL ? &out->arena : &w->own,
		.gathered = &w->gathered,
		.subjects = w->subjects,
		.quiet = true };
	judging_begin(&w->common, m, register_last_time(m->devices));
	register_period(m->devices, &w->common.first_seen, &last);
	hold_all(w, n);
	orders_begin(w, which, out);
	for (size_t i = 0; i < n; i += PART)
		part_judge(w, i, n - i < PART ? n - i : PART);
	for (size_t o = 0; o < m->n_directives; o++) {
		persons_judge(&w->orders[o]);
		families_end(&w->orders[o]);
	}
	if (out != NULL)
		lists_join(w->lists, m->n_directives, out);
	walk_free(w);
}

void
judge_walk(const struct case_file *m, verdict_take *take, void *state)
{
	walk(m, NULL, take, state, NULL);
}

struct verdicts *
judge_some(const struct case_file *m, const bool *which, verdict_take *take,
    void *state)
{
	struct verdicts *out = must_alloc(1, sizeof *out);

	out->as_of = m->as_of;
	walk(m, which, take, state, out);
	return out;
}

struct verdicts *
judge(const struct case_file *m)
{
	return judge_some(m, NULL, NULL, NULL);
}
