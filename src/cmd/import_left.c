/* SPDX-License-Identifier: ISC */
/* Who left, and who is back: by dates, by accounts that were closed, by absence. */
#include "cmd/import_left.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/time.h"
#include "import/import.h"
#include "report/json_parts.h"
#include "report/unicode.h"

struct leaver {
	struct text id;
	struct text body; /* in the store; s NULL: the store does not have them */
	bool given;       /* by a row of the import */
	bool changed;     /* there is, or no more, a date of leaving */
};

static const char key[] = "left";

void
leavers_begin(struct leavers *l, struct arena *arena)
{
	*l = (struct leavers){ .arena = arena };
}

void
leavers_end(struct leavers *l)
{
	slots_free(&l->by_id);
	free(l->list);
}

static uint64_t
id_hash(struct text id)
{
	return hash_bytes(id.s, id.len, 0x9d);
}

static struct leaver *
find(const struct leavers *l, struct text id)
{
	size_t at;
	uint64_t hash = id_hash(id);

	for (uint32_t i = slots_first(&l->by_id, hash, &at); i != SLOT_NONE;
	     i = slots_next(&l->by_id, hash, &at))
		if (text_equal(l->list[i].id, id))
			return &l->list[i];
	return NULL;
}

static struct leaver *
place(struct leavers *l, struct text id)
{
	struct leaver *found = find(l, id);

	if (found != NULL)
		return found;
	if (l->n == l->cap) {
		l->cap = l->cap > 0 ? l->cap * 2 : 256;
		l->list = must_grow(l->list, l->cap, sizeof *l->list);
	}
	l->list[l->n] = (struct leaver){ .id = arena_text(l->arena, id) };
	slots_add(&l->by_id, id_hash(id), (uint32_t)l->n);
	return &l->list[l->n++];
}

void
leavers_given(struct leavers *l, struct text id)
{
	place(l, id)->given = true;
}

static int
take(void *state, const char *id, struct text body, struct err *err)
{
	struct leavers *l = state;

	(void)err;
	place(l, text_of(id))->body = arena_text(l->arena, body);
	return 0;
}

int
leavers_recall(struct leavers *l, struct store *s, struct err *err)
{
	return store_live(s, "person", take, l, err);
}

bool
leavers_any(const struct leavers *l)
{
	return l->n > 0;
}

bool
leavers_know(const struct leavers *l, struct text id)
{
	return find(l, id) != NULL;
}

/* A body with another date of leaving. */
static struct text
with_date(struct leavers *l, struct text body, struct text date)
{
	struct pair_of_text pairs[PAPER_CELLS + 1], p;
	size_t n = 0;
	struct writer w;

	while (n < PAPER_CELLS && body_next(&body, l->arena, &p))
		if (strcmp(p.key, key) != 0)
			pairs[n++] = p;
	pairs[n++] = (struct pair_of_text){ key, date };
	writer_to_memory(&w);
	body_put(&w, pairs, n);
	struct text all = arena_text(l->arena, writer_text(&w));
	(void)writer_close(&w);
	return all;
}

struct text
leavers_row(struct leavers *l, struct text body, bool is_account)
{
	struct leaver *one = find(l, body_get(body, "id", l->arena));
	struct text date = body_get(body, key, l->arena), had;

	if (one == NULL || one->body.s == NULL) {
		l->others += date.len > 0;
		return body;
	}
	had = body_get(one->body, key, l->arena);
	if (is_account && date.len > 0) {
		if (had.len > 0)
			return (struct text){ NULL, 0 };
		body = with_date(l, one->body, date);
	}
	one->changed = (had.len > 0) != (date.len > 0);
	one->body = body;
	return body;
}

int
leavers_complete(struct leavers *l, struct scan *s, int64_t now, const char *actor,
    struct err *err)
{
	char when[TIME_TEXT];
	struct text date = text_of(zone_stamp(s->zone, now, when));

	for (size_t i = 0; i < l->n; i++) {
		struct leaver *one = &l->list[i];
		const struct person *p = s->people != NULL
		    ? person_find(s->people, one->id)
		    : NULL;
		if (one->given || one->body.s == NULL || p == NULL ||
		    person_has_left(p, now))
			continue;
		one->body = with_date(l, one->body, date);
		one->changed = true;
		if (store_append(s->store, time_now(), "person", actor, one->body, NULL,
		        err) != 0)
			return -1;
	}
	return 0;
}

static void
tell_json(const struct person *p, int64_t now, struct writer *w)
{
	struct json j = json_over(w);
	char when[TIME_TEXT];

	json_event(&j, "roster_change", now);
	json_key_string(&j, "person", p->id);
	json_key_string(&j, "name", p->name);
	json_key_string(&j, "left",
	    p->left == TIME_NONE ? NULL : time_print(p->left, when));
	json_key(&j, "not_handed_in");
	json_open(&j, '[');
	for (const struct custody *c = p->custody; c != NULL; c = c->next_of_person)
		if (p->left != TIME_NONE && custody_is_held(c, now))
			json_cstring(&j, c->identifier);
	json_close(&j, ']');
	json_event_end(&j);
}

static void
tell_text(const struct scan *s, const struct person *p, int64_t now, struct writer *w)
{
	char buf[TIME_TEXT];
	bool any = false;

	put_clean(w, text_of(p->id));
	if (strcmp(p->id, p->name) != 0) {
		put(w, " (");
		put_clean(w, text_of(p->name));
		put_char(w, ')');
	}
	if (p->left == TIME_NONE) {
		put(w, " is back\n");
		return;
	}
	putf(w, " %s %.16s", p->left <= now ? "has left:" : "leaves:",
	    s->zone != NULL ? zone_print(s->zone, p->left, buf)
	                    : time_print(p->left, buf));
	for (const struct custody *c = p->custody; c != NULL; c = c->next_of_person)
		if (custody_is_held(c, now)) {
			put(w, any ? ", " : "; not handed in: ");
			put_clean(w, text_of(c->identifier));
			any = true;
		}
	put_char(w, '\n');
}

void
leavers_tell(const struct leavers *l, const struct scan *s, int64_t now,
    struct writer *w, bool json)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct person *p = l->list[i].changed && s->people != NULL
		    ? person_find(s->people, l->list[i].id)
		    : NULL;
		if (p == NULL)
			continue;
		if (json)
			tell_json(p, now, w);
		else
			tell_text(s, p, now, w);
	}
	if (!json && l->others > 0)
		putf(w, "%" PRIu64 " new to the roster had left already\n", l->others);
}
