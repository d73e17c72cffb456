/* SPDX-License-Identifier: ISC */
/* Rows of knowledge from anywhere, then the real ones against any value. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "knowledge/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct knowledge *
real(void)
{
	static struct knowledge *k; /* loaded once: it is what is matched against */
	struct err err;

	if (k == NULL)
		k = knowledge_load("share/knowledge", NULL, &err);
	if (k == NULL)
		abort();
	return k;
}

/* The first byte says which table the text is, the rest is its text. */
static void
load(struct text t)
{
	static const char priors[] =
	    "# vendor\tos\tkind\tprior\tsource\n"
	    "Apple\tiOS\tphone\t1\tx\nother\tother\tother\t1\tx\n";
	struct knowledge *k = must_alloc(1, sizeof *k);
	struct err err;
	bool good;

	if (t.len > 0 && (t.s[0] & 1))
		good = priors_read(k, "priors.tsv", t, &err) == 0;
	else
		good = priors_read(k, "priors.tsv", text_of(priors), &err) == 0 &&
		    table_read(k, "table.tsv", t, &err) == 0;
	if (good)
		rules_index(k);
	knowledge_free(k);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const struct row *rows[MATCHES_MAX];
	struct addr mac = { .kind = ADDR_MAC };

	if (n == 0)
		return 0;
	struct text t = { (const char *)bytes + 1, n - 1 };
	if (bytes[0] >= 0xc0) {
		load(t);
		return 0;
	}
	enum fact_key key = (enum fact_key)(1 + bytes[0] % (FACT_KEYS - 1));
	size_t found = knowledge_match(real(), key, t, rows);
	for (size_t i = 0; i < found; i++)
		if (rows[i]->id == NULL)
			abort();
	(void)knowledge_is_default_name(real(), t);
	memcpy(mac.b, bytes, n < 6 ? n : 6);
	(void)knowledge_match_mac(real(), mac, rows);
	return 0;
}
