/* SPDX-License-Identifier: ISC */
/* A device and its evidence as lines of JSON: the contract with other programs. */
#include <stdio.h>

#include "base/time.h"
#include "device/hidden.h"
#include "report/json_parts.h"

void
json_time(struct json *j, const char *key, int64_t at)
{
	char text[TIME_TEXT];

	json_key(j, key);
	if (at == TIME_NONE)
		json_null(j);
	else
		json_cstring(j, time_print(at, text));
}

void
json_address(struct json *j, struct addr a, const struct pseudonyms *p)
{
	char text[ADDR_TEXT], buf[64];

	(void)addr_print(a, text);
	json_cstring(j,
	    p == NULL
	        ? text
	        : pseudonym(p, addr_is_link(a) ? "mac" : "ip", text_of(text), buf));
}

/* The id is a plain hash of an address, which anybody could try out. */
static void
put_id(struct json *j, const char *key, const struct device *d,
    const struct pseudonyms *p)
{
	char buf[64];

	json_key(j, key);
	json_cstring(j, pseudonym(p, "d", text_of(d->id), buf));
}

static void
put_addresses(struct json *j, const char *key, const struct addr *a, size_t n,
    const struct pseudonyms *p)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		json_address(j, a[i], p);
	json_close(j, ']');
}

static void
put_version(struct json *j, const char *key, const struct version *v)
{
	char text[64];
	size_t n = 0;

	json_key(j, key);
	if (v->n == 0) {
		json_null(j);
		return;
	}
	for (unsigned i = 0; i < v->n && n < sizeof text; i++) {
		int more = snprintf(text + n, sizeof text - n, "%s%u", i > 0 ? "." : "",
		    v->part[i]);
		n += more > 0 ? (size_t)more : 0;
	}
	json_string(j, (struct text){ text, n });
}

/* A probability with four digits; for millions of them, without printf. */
void
json_share(struct json *j, double p)
{
	unsigned n = p <= 0 ? 0 : p >= 1 ? 10000 : (unsigned)(p * 10000 + 0.5);
	char text[6] = { (char)('0' + n / 10000), '.' };

	for (unsigned i = 5, rest = n % 10000; i > 1; i--, rest /= 10)
		text[i] = (char)('0' + rest % 10);
	j->after_key = false;
	put_bytes(j->to, text, sizeof text);
}

/* Undecided: value is null, and the best guess stands under `leading`. */
static void
put_marginal(struct json *j, const char *key, const struct marginal *m,
    const struct version_range *range)
{
	bool decided = m->value.len > 0;

	json_key(j, key);
	json_open(j, '{');
	json_key(j, "value");
	if (decided)
		json_string(j, m->value);
	else
		json_null(j);
	if (range != NULL) {
		put_version(j, "min", &range->min);
		put_version(j, "max", &range->max);
	}
	json_key(j, "p");
	json_share(j, m->p);
	if (!decided && m->leading.len > 0) {
		json_key(j, "leading");
		json_open(j, '{');
		json_key(j, "value");
		json_string(j, m->leading);
		json_key(j, "p");
		json_share(j, m->leading_p);
		json_close(j, '}');
	}
	json_close(j, '}');
}

/* Ways by which names are kept from us: what is not seen then proves nothing. */
static void
put_hidden(struct json *j, unsigned hides)
{
	json_key(j, "hidden");
	json_open(j, '[');
	for (unsigned way = 0; way < HIDDEN_WAYS; way++)
		if ((hides >> way & 1) != 0)
			json_cstring(j, hidden_word((enum hidden)way));
	json_close(j, ']');
}

void
json_marginals(struct json *j, const struct belief *b)
{
	put_marginal(j, "vendor", &b->vendor, NULL);
	put_marginal(j, "os", &b->os, NULL);
	put_marginal(j, "kind", &b->kind, NULL);
	put_marginal(j, "version", &b->version, &b->range);
	put_marginal(j, "model", &b->model, NULL);
}

/* Versions that were replaced, the latest first. */
static void
put_past(struct json *j, const struct device *d)
{
	if (d->n_past == 0)
		return;
	json_key(j, "earlier_versions");
	json_open(j, '[');
	for (size_t i = 0; i < d->n_past; i++) {
		const struct past *p = &d->past[i];
		json_open(j, '{');
		json_key(j, "min");
		p->min != NULL ? json_cstring(j, p->min) : json_null(j);
		json_key(j, "max");
		p->max != NULL ? json_cstring(j, p->max) : json_null(j);
		json_time(j, "last_seen", p->last);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* What it contacted the services of, which does not say that it has the app. */
static void
put_apps(struct json *j, const struct device *d)
{
	if (d->n_apps == 0)
		return;
	json_key(j, "apps");
	json_open(j, '[');
	for (size_t i = 0; i < d->n_apps; i++) {
		const struct app *a = &d->apps[i];
		json_open(j, '{');
		json_key(j, "name");
		json_string(j, a->name);
		json_key(j, "evidence");
		json_cstring(j, a->speaks ? "named-itself" : "contacted-service");
		json_time(j, "first_seen", a->first);
		json_time(j, "last_seen", a->last);
		json_key(j, "contacts");
		json_uint(j, a->contacts);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
json_device(struct writer *w, const struct device *d, const struct pseudonyms *p)
{
	struct json j = json_over(w);
	const struct belief *b = &d->belief;

	json_open(&j, '{');
	if (d->last_seen != TIME_NONE)
		json_time(&j, "timestamp", d->last_seen);
	json_key(&j, "event_type");
	json_cstring(&j, "device");
	json_key(&j, "device");
	json_open(&j, '{');
	put_id(&j, "id", d, p);
	put_addresses(&j, "macs", d->macs, d->n_macs, p);
	put_addresses(&j, "ips", d->ips, d->n_ips, p);
	json_time(&j, "first_seen", d->first_seen);
	json_time(&j, "last_seen", d->last_seen);
	json_marginals(&j, b);
	json_key(&j, "several");
	json_bool(&j, b->several);
	put_hidden(&j, d->hides);
	json_key(&j, "conflict");
	json_bool(&j, b->conflict);
	put_past(&j, d);
	put_apps(&j, d);
	json_members(&j, b, p);
	json_told(&j, d, p);
	json_links(&j, d, p);
	json_event_end(&j);
}

/* `vendor is Apple`, `version is 17..18`: what a claim says, in words. */
static void
put_says(struct json *j, const struct claim *c)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < c->n; i++) {
		if (i > 0)
			put_char(&w, '|');
		put_text(&w, c->values[i]);
	}
	if (c->attribute == ATTR_VERSION) {
		put(&w, c->min != NULL ? c->min : "");
		if (c->min == NULL || c->max == NULL ||
		    !text_is(text_of(c->min), c->max))
			putf(&w, "..%s", c->max != NULL ? c->max : "");
	}
	json_string(j, writer_text(&w));
	(void)writer_close(&w);
}

static void
put_fact(struct json *j, const struct evidence *e, const char *decoder,
    const struct pseudonyms *p)
{
	json_open(j, '{');
	json_key(j, "key");
	json_cstring(j, fact_name(e->key));
	json_value(j, e->key, e->value, p);
	if (decoder != NULL) {
		json_key(j, "decoder");
		json_cstring(j, decoder);
	}
	json_key(j, "count");
	json_uint(j, e->count);
	json_close(j, '}');
}

void
json_evidence(struct writer *w, const struct device *d, const struct said *s,
    const char *capture, const char *decoder, const struct pseudonyms *p)
{
	struct json j = json_over(w);
	const struct evidence *e = s->evidence;

	json_open(&j, '{');
	if (e != NULL && e->first != TIME_NONE)
		json_time(&j, "timestamp", e->first);
	json_key(&j, "event_type");
	json_cstring(&j, "evidence");
	if (e != NULL && e->where.frame > 0)
		json_sighting(&j, &e->where, capture, p);
	json_key(&j, "evidence");
	json_open(&j, '{');
	put_id(&j, "device", d, p);
	json_key(&j, "fact");
	if (e != NULL) {
		put_fact(&j, e, decoder, p);
	} else if (d->n_macs > 0) {
		json_open(&j, '{');
		json_key(&j, "key");
		json_cstring(&j, "mac");
		json_key(&j, "value");
		json_address(&j, d->macs[s->mac], p);
		json_close(&j, '}');
	} else {
		json_null(&j);
	}
	json_key(&j, "attribute");
	json_cstring(&j, attribute_name(s->claim->attribute));
	json_key(&j, "says");
	put_says(&j, s->claim);
	json_key(&j, "weight");
	json_real(&j, s->weight, 3);
	json_key(&j, "family");
	json_cstring(&j, s->row->family);
	json_key(&j, "row");
	json_cstring(&j, s->row->id);
	json_key(&j, "counted");
	json_bool(&j, s->counted);
	json_event_end(&j);
}
