/* SPDX-License-Identifier: ISC */
#include "base/lately.h"

#include "base/hash.h"

const char *
lately_string(struct lately *l, struct arena *a, struct text t)
{
	struct text *place = &l->at[hash_bytes(t.s, t.len, 0) % LATELY];

	if (place->s == NULL || !text_equal(*place, t))
		*place = (struct text){ arena_string(a, t), t.len };
	return place->s;
}
