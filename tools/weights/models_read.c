/* SPDX-License-Identifier: ISC */
/* The labelled models of a table of User-Agents: what each calls itself, and its label.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "models.h"

static const struct {
	const char *label, *kind;
} kinds[] = {
	{ "smartphone", "phone" },
	{ "phablet", "phone" },
	{ "tablet", "tablet" },
	{ "tv", "tv" },
	{ "wearable", "watch" },
	{ "smart speaker", "speaker" },
	{ "console", "console" },
	{ "portable media player", "media-player" },
	{ "car browser", "vehicle" },
};

static struct text
plain(struct arena *a, struct text t)
{
	char *s = arena_string(a, t);
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		if (isalnum((unsigned char)t.s[i]))
			s[n++] = (char)tolower((unsigned char)t.s[i]);
	return (struct text){ s, n };
}

/* Makers that the table knows by another name. */
static struct text
maker(struct text brand)
{
	static const char *const also[][2] = { { "Alcatel One Touch", "Alcatel" },
		{ "POCO", "Xiaomi" }, { "RIM", "BlackBerry" }, { "Redmi", "Xiaomi" },
		{ "Sony Ericsson", "Sony" }, { "SonyEricsson", "Sony" },
		{ "Tecno Mobile", "Tecno" } };

	for (size_t i = 0; i < sizeof also / sizeof *also; i++)
		if (text_is_word(brand, also[i][0]))
			return text_of(also[i][1]);
	return brand;
}

/* The vendor's place; that of "other" for those who are not of the taxonomy. */
static unsigned
vendor_of(struct learning *l, struct text brand)
{
	struct text want = plain(&l->arena, maker(brand));
	unsigned other = NONE;

	for (unsigned i = 0; i < l->k->n_values[ATTR_VENDOR]; i++) {
		struct text have = plain(&l->arena, l->k->values[ATTR_VENDOR][i]);
		if (text_equal(have, want))
			return i;
		if (text_is(have, "other"))
			other = i;
	}
	return other;
}

static unsigned
kind_of(const struct learning *l, struct text label)
{
	unsigned at;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_is(label, kinds[i].label) &&
		    value_find(l->k, ATTR_KIND, text_of(kinds[i].kind), &at))
			return at;
	return NONE;
}

static uint64_t
digest(struct text brand, struct text model)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < brand.len + 1 + model.len; i++) {
		char c = i < brand.len ? brand.s[i]
		    : i == brand.len   ? '/'
		                       : model.s[i - brand.len - 1];
		h = (h ^ (uint64_t)tolower((unsigned char)c)) * UINT64_C(1099511628211);
	}
	return h;
}

bool
model_is_kept(struct text brand, struct text model, unsigned part)
{
	unsigned sum = 0;

	for (size_t i = 0; i < brand.len + 1 + model.len; i++) {
		char c = i < brand.len ? brand.s[i]
		    : i == brand.len   ? '/'
		                       : model.s[i - brand.len - 1];
		sum = (sum * 31 + (unsigned char)tolower((unsigned char)c)) % 65521;
	}
	return sum % PARTS == part;
}

static int
model_order(const void *left, const void *right)
{
	const struct model *a = left, *b = right;
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.s, b->name.s, n);

	if (order == 0)
		order = (a->name.len > b->name.len) - (a->name.len < b->name.len);
	if (order == 0)
		order = (a->device > b->device) - (a->device < b->device);
	return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

void
models_read(struct learning *l, const struct lines *t, unsigned without)
{
	l->models = must_alloc(t->n, sizeof *l->models);
	for (size_t i = 1; i < t->n; i++) {
		struct text ua = field(t->list[i], 0), brand = field(t->list[i], 3);
		struct text model = field(t->list[i], 4), version;
		struct text name = user_agent_model(ua, &version);
		if (name.len < BEGINNING_MIN || brand.len == 0 || !text_is_utf8(name) ||
		    text_is_word(brand, "Unknown") || text_is_word(brand, "sprd") ||
		    text_is_word(brand, "alps") || model_is_kept(brand, model, without))
			continue;
		char plain[64];
		struct text said = arena_text(&l->arena, name);
		name = user_agent_series(name, plain);
		char *folded = arena_string(&l->arena, name);
		for (char *c = folded; *c != '\0'; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c - 'A' + 'a');
		l->models[l->n++] = (struct model){ { folded, name.len }, said,
			digest(brand, model),
			digest(maker(brand), (struct text){ NULL, 0 }),
			(uint16_t)vendor_of(l, brand),
			(uint16_t)kind_of(l, field(t->list[i], 5)),
			user_agent_says_mobile(ua) };
	}
	qsort(l->models, l->n, sizeof *l->models, model_order);
}
