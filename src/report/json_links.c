/* SPDX-License-Identifier: ISC */
/* What makes a device one of several addresses, and what speaks for more of them. */
#include "report/json_parts.h"

static const char *const states[] = {
	[LINK_SAME] = "same",
	[LINK_SUGGESTED] = "suggested",
	[LINK_DIFFERENT] = "different",
};

static void
put_reason(struct json *j, const struct link_reason *r, const struct pseudonyms *p)
{
	json_open(j, '{');
	if (r->value.len > 0 && r->key != FACT_NONE) {
		json_key(j, "key");
		json_cstring(j, fact_name(r->key));
		if (r->key != FACT_DHCP_ADDRESS)
			json_value(j, r->key, r->value, p);
	}
	json_key(j, "weight");
	json_real(j, r->weight, 3);
	json_key(j, "text");
	json_cstring(j, r->words);
	json_close(j, '}');
}

/* Who said it and why is written by a person: under pseudonyms only the line stands. */
static void
put_told(struct json *j, const struct told_link *t, const struct pseudonyms *p)
{
	json_open(j, '{');
	if (p == NULL) {
		json_key(j, "by");
		json_cstring(j, t->by != NULL ? t->by : "");
		json_key(j, "reason");
		json_cstring(j, t->reason != NULL ? t->reason : "");
	}
	json_time(j, "date", t->date);
	json_key(j, "line");
	json_uint(j, t->line);
	json_close(j, '}');
}

static void
put_link(struct json *j, const struct link *l, const struct pseudonyms *p)
{
	json_open(j, '{');
	json_key(j, "addresses");
	json_open(j, '[');
	json_address(j, l->a, p);
	json_address(j, l->b, p);
	json_close(j, ']');
	json_key(j, "state");
	json_cstring(j, states[l->state]);
	json_key(j, "p");
	json_share(j, l->p);
	if (l->told != NULL) {
		json_key(j, "told");
		put_told(j, l->told, p);
	}
	json_key(j, "reasons");
	json_open(j, '[');
	for (size_t i = 0; i < l->n_reasons; i++)
		put_reason(j, &l->reasons[i], p);
	json_close(j, ']');
	json_close(j, '}');
}

void
json_links(struct json *j, const struct device *d, const struct pseudonyms *p)
{
	if (d->n_links == 0)
		return;
	json_key(j, "links");
	json_open(j, '[');
	for (size_t i = 0; i < d->n_links; i++)
		put_link(j, d->links[i], p);
	json_close(j, ']');
}
