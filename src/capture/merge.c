/* SPDX-License-Identifier: ISC */
/*
 * Several captures in the order of their times: a heap of their next frames. The
 * frames of one capture stay in its order, even where their times do not.
 */
#include "capture/capture.h"

#include <stdlib.h>

struct head {
	struct capture *from;
	struct frame next;
	size_t rank; /* in the order given */
};

struct merge {
	struct head *heap;
	size_t n;
	bool given; /* the frame of heap[0] is with the caller */
};

static bool
before(const struct head *a, const struct head *b)
{
	if (a->next.time != b->next.time)
		return a->next.time < b->next.time;
	return a->rank < b->rank;
}

/* Lets the head at `at` sink to its place. */
static void
sink(struct merge *m, size_t at)
{
	struct head head = m->heap[at];

	for (size_t child; (child = 2 * at + 1) < m->n; at = child) {
		if (child + 1 < m->n && before(&m->heap[child + 1], &m->heap[child]))
			child++;
		if (!before(&m->heap[child], &head))
			break;
		m->heap[at] = m->heap[child];
	}
	m->heap[at] = head;
}

struct merge *
merge_new(struct capture *const *captures, size_t n)
{
	struct merge *m = must_alloc(1, sizeof *m);

	m->heap = must_alloc(n, sizeof *m->heap);
	for (size_t i = 0; i < n; i++) {
		struct head head = { captures[i], { { 0 }, 0, 0, 0, 0, 0 }, i };
		if (n == 1 || capture_next(head.from, &head.next) == CAPTURE_FRAME)
			m->heap[m->n++] = head;
	}
	for (size_t i = m->n / 2; i-- > 0;)
		sink(m, i);
	m->given = n == 1; /* one capture passes through */
	return m;
}

bool
merge_next(struct merge *m, struct frame *frame)
{
	while (m->n > 0) {
		struct head *top = m->heap;
		if (m->given) {
			if (m->n == 1)
				return capture_next(top->from, frame) == CAPTURE_FRAME;
			if (capture_next(top->from, &top->next) != CAPTURE_FRAME)
				*top = m->heap[--m->n];
			m->given = false;
			sink(m, 0);
			continue;
		}
		m->given = true;
		*frame = top->next;
		return true;
	}
	return false;
}

void
merge_free(struct merge *m)
{
	if (m == NULL)
		return;
	free(m->heap);
	free(m);
}
