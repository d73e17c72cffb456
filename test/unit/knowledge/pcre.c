/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "knowledge/rule.h"
#include "test.h"

static const char *const patterns[] = { "^iPhone", "^(?:iPad|iPod)[0-9]", "Mac|mac",
	"^a?b", "^a*", "^(ab)?c", "(?i)^abc", "(?i)galaxy", "\\bfoo\\b", "^x|y",
	"^x|^y", "^(x|y)$", "^\\^a", "a{0}b", "[^a]b", "^", "$", "^(?=b)b", "^.b",
	"c$" };

static struct bytes
bytes_of(struct text t)
{
	struct bytes b = { { 0 } };

	for (size_t i = 0; i < t.len; i++)
		b.bits[(uint8_t)t.s[i] / 64] |= UINT64_C(1) << (uint8_t)t.s[i] % 64;
	return b;
}

/* Words of up to eight letters out of those that the patterns are made of. */
static struct text
word(uint64_t *seed, char buf[8])
{
	static const char letters[] = "abcxyfoMiPhoneAB1^ ";
	size_t n = *seed % 9;

	for (size_t i = 0; i < n; i++) {
		*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
		buf[i] = letters[(*seed >> 33) % (sizeof letters - 1)];
	}
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
	*seed ^= *seed >> 29;
	return (struct text){ buf, n };
}

TEST(what_a_regular_expression_matches_is_never_filtered_out)
{
	uint64_t seed = 2023;
	size_t matched = 0, filtered = 0;

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct err err;
		struct pcre *p = pcre_new(text_of(patterns[i]), &err);
		if (!OK(p != NULL))
			continue;
		for (unsigned n = 0; n < 3000; n++) {
			char buf[8];
			struct text group, t = word(&seed, buf);
			struct bytes has = bytes_of(t);
			bool may = pcre_may_match(p, t, &has);
			bool is = pcre_match(p, t, &group);
			OK(may || !is);
			matched += is;
			filtered += !may;
		}
		pcre_free(p);
	}
	OK(matched > 1000);
	OK(filtered > 10000);
}
