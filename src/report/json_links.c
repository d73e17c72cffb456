/* SPDX-License-Identifier: ISC */
/* Several addresses of one device, and several devices of one address. */
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
put_word(struct json *j, const char *by, const char *reason, int64_t date,
    unsigned line, const struct pseudonyms *p)
{
	if (p == NULL) {
		json_key(j, "by");
		json_cstring(j, by != NULL ? by : "");
		json_key(j, "reason");
		json_cstring(j, reason != NULL ? reason : "");
	}
	json_time(j, "date", date);
	json_key(j, "line");
	json_uint(j, line);
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
		json_open(j, '{');
		put_word(j, l->told->by, l->told->reason, l->told->date, l->told->line,
		    p);
		json_close(j, '}');
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

static void
put_member(struct json *j, const struct member *m, const struct pseudonyms *p)
{
	json_open(j, '{');
	json_marginals(j, &m->belief);
	json_key(j, "because");
	json_open(j, '{');
	if (m->key != FACT_NONE) {
		json_key(j, "key");
		json_cstring(j, fact_name(m->key));
		json_value(j, m->key, m->value, p);
	}
	json_time(j, "first_seen", m->first);
	json_time(j, "last_seen", m->last);
	json_key(j, "text");
	json_cstring(j, m->words);
	json_close(j, '}');
	json_close(j, '}');
}

void
json_members(struct json *j, const struct belief *b, const struct pseudonyms *p)
{
	if (b->n_members == 0)
		return;
	json_key(j, "members");
	json_open(j, '[');
	for (size_t i = 0; i < b->n_members; i++)
		put_member(j, &b->members[i], p);
	json_close(j, ']');
}

void
json_told(struct json *j, const struct device *d, const struct pseudonyms *p)
{
	if (d->n_told == 0)
		return;
	json_key(j, "told");
	json_open(j, '[');
	for (size_t i = 0; i < d->n_told; i++) {
		const struct told *t = d->told[i];
		json_open(j, '{');
		json_key(j, "attribute");
		json_cstring(j, attribute_name(t->attribute));
		json_key(j, "value");
		json_string(j, t->value);
		put_word(j, t->by, t->reason, t->date, t->line, p);
		json_close(j, '}');
	}
	json_close(j, ']');
}
