/* SPDX-License-Identifier: ISC */
#include "base/lately.h"

#include <stdio.h>

#include "test.h"

TEST(what_is_said_again_is_kept_once_and_what_is_not_is_kept_too)
{
	static struct lately l;
	struct arena a = { NULL, 0 };
	char words[32];
	size_t wrong = 0;

	const char *first = lately_string(&l, &a,
	    text_of("Seen on the guest network."));
	SAME(first, "Seen on the guest network.");
	OK(lately_string(&l, &a, text_of("Seen on the guest network.")) == first);
	OK(lately_string(&l, &a, text_of("Seen on the guest")) != first);
	SAME(lately_string(&l, &a, (struct text){ first, 4 }), "Seen");
	SAME(lately_string(&l, &a, text_of("")), "");
	/* More than it has places for: each text is right all the same. */
	for (unsigned i = 0; i < 3 * LATELY; i++) {
		(void)snprintf(words, sizeof words, "sentence %u", i);
		const char *kept = lately_string(&l, &a, text_of(words));
		wrong += strcmp(kept, words) != 0;
	}
	EQ(wrong, 0);
	SAME(first, "Seen on the guest network.");
	arena_free(&a);
}
