/* SPDX-License-Identifier: ISC */
/*
 * All verdicts without a list of them: a walk through the devices in parts, in each
 * part order by order, so that neither devices nor verdicts stand in memory as a whole.
 */
#include <stdlib.h>

#include "directive/verdict_case.h"

enum { PART = 1024 };

struct walk {
	struct judging common, *orders; /* one of each order, with all that is common */
	struct arena passing, own, gathered;
	struct subject subjects[PART];
};

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

	for (size_t i = 0; i < n; i++)
		subject_gather(&w->common, &w->subjects[i],
		    register_device(m->devices, first + i));
	for (size_t o = 0; o < m->n_directives; o++) {
		w->orders[o].n_subjects = n;
		devices_judge(&w->orders[o]);
	}
	part_forget(w);
}

void
judge_walk(const struct case_file *m, verdict_take *take, void *state)
{
	struct walk *w = must_alloc(1, sizeof *w);
	size_t n = m->n_directives > 0 ? register_count(m->devices) : 0;

	w->common = (struct judging){ .take = take,
		.state = state,
		.arena = &w->passing,
		.kept = &w->own,
		.gathered = &w->gathered,
		.subjects = w->subjects,
		.quiet = true };
	judging_begin(&w->common, m, register_last_time(m->devices));
	w->common.first_seen = register_first_time(m->devices);
	hold_all(w, n);
	w->orders = must_alloc(m->n_directives, sizeof *w->orders);
	for (size_t o = 0; o < m->n_directives; o++) {
		w->orders[o] = w->common;
		order_begin(&w->orders[o], o);
	}
	for (size_t i = 0; i < n; i += PART)
		part_judge(w, i, n - i < PART ? n - i : PART);
	for (size_t o = 0; o < m->n_directives; o++) {
		persons_judge(&w->orders[o]);
		families_end(&w->orders[o]);
	}
	free(w->orders);
	free(w->common.of_person);
	arena_free(&w->passing);
	arena_free(&w->own);
	arena_free(&w->gathered);
	free(w);
}
