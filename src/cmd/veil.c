/* SPDX-License-Identifier: ISC */
#include "cmd/veil.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "report/scrub.h"

struct veil {
	const struct pseudonyms *key;
	struct scrub *words;
	struct arena kept;  /* what the words stand on */
	struct arena entry; /* of the entry at hand */
};

/* What the value of a field is; of those that are not named it is free text. */
enum what { FREE, PLAIN, PERSON, THING, DEVICE };

static const struct {
	const char *field;
	enum what what;
} fields[] = { { "person", PERSON }, { "approver", PERSON }, { "by", PERSON },
	{ "email", PERSON }, { "to", PERSON }, { "identifier", THING },
	{ "with", THING }, { "address", THING }, { "other", THING },
	{ "serial", THING }, { "imei", THING }, { "mac", THING }, { "device", DEVICE },
	{ "before", DEVICE }, { "type", PLAIN }, { "with-type", PLAIN },
	{ "event", PLAIN }, { "ownership", PLAIN }, { "from", PLAIN },
	{ "until", PLAIN }, { "date", PLAIN }, { "sent", PLAIN }, { "seen", PLAIN },
	{ "acknowledged", PLAIN }, { "how", PLAIN }, { "level", PLAIN },
	{ "is", PLAIN }, { "digest", PLAIN }, { "manifest", PLAIN },
	{ "directive", PLAIN }, { "object", PLAIN }, { "as_of", PLAIN },
	{ "format", PLAIN }, { "claim", PLAIN }, { "attribute", PLAIN } };

static enum what
what_of(struct text kind, const char *field)
{
	if (strcmp(field, "id") == 0)
		return text_is(kind, "person")  ? PERSON
		    : text_is(kind, "baseline") ? DEVICE
		    : text_is(kind, "item")     ? THING
		                                : FREE;
	if (strcmp(field, "name") == 0)
		return text_is(kind, "person") ? PERSON
		    : text_is(kind, "item")    ? THING
		                               : FREE;
	/* of a notice: the SHA-256 of what was said */
	if (strcmp(field, "text") == 0 && text_is(kind, "notice"))
		return PLAIN;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(fields[i].field, field) == 0)
			return fields[i].what;
	return FREE;
}

bool
veil_key(const char *command, const char *keyfile, struct pseudonyms **key,
    struct err *err)
{
	bool exposed = false;

	*key = NULL;
	if (keyfile == NULL)
		return true;
	*key = pseudonyms_load(keyfile, &exposed, err);
	if (*key != NULL && exposed)
		(void)fprintf(stderr,
		    "interdict %s: warning: %s: others may read this key, and so find "
		    "the names again; `chmod 600 %s` ends that\n",
		    command, keyfile, keyfile);
	return *key != NULL;
}

struct veil *
veil_new(const struct pseudonyms *key)
{
	struct veil *v = must_alloc(1, sizeof *v);

	v->key = key;
	v->words = scrub_empty(key);
	return v;
}

void
veil_free(struct veil *v)
{
	if (v == NULL)
		return;
	scrub_free(v->words);
	arena_free(&v->kept);
	arena_free(&v->entry);
	free(v);
}

/* Under one spelling, as devices have it; else as the papers call it. */
static const char *
thing_kind(struct veil *v, struct text body, const char *field, struct text *value)
{
	const char *type = strcmp(field, "with") == 0 ? "with-type" : "type";
	char printed[ADDR_TEXT];
	struct addr a;

	if (addr_parse(*value, &a)) {
		*value = arena_text(&v->kept, text_of(addr_print(a, printed)));
		return addr_is_link(a) ? "mac" : "ip";
	}
	return text_is(body_get(body, type, &v->entry), "hostname") ? "host" : "id";
}

void
veil_learn(struct veil *v, const struct entry *e)
{
	struct text rest = e->body, id = { NULL, 0 };
	struct pair_of_text p;

	if (text_is(e->kind, "person"))
		id = arena_text(&v->kept, body_get(e->body, "id", &v->entry));
	while (body_next(&rest, &v->entry, &p)) {
		enum what what = what_of(e->kind, p.key);
		if (what == FREE || what == PLAIN)
			continue;
		struct text word = arena_text(&v->kept, p.value), of = word;
		if (what == PERSON && id.len > 0)
			scrub_add_person(v->words, word, id);
		else if (what == THING) {
			const char *kind = thing_kind(v, e->body, p.key, &of);
			scrub_add(v->words, kind, word, of);
		} else if (what == DEVICE)
			scrub_add(v->words, "d", word, of);
	}
	arena_reset(&v->entry);
}

/* All of the value stands for somebody or something. */
static void
put_whole(struct veil *v, struct writer *w, const struct entry *e,
    const struct pair_of_text *p, enum what what)
{
	struct text of = p->value;
	char buf[64];

	if (scrub_knows(v->words, p->value))
		scrub_put(v->words, w, p->value);
	else
		put(w,
		    pseudonym(v->key,
		        what == PERSON       ? "person"
		            : what == DEVICE ? "d"
		                             : thing_kind(v, e->body, p->key, &of),
		        of, buf));
}

void
veil_body(struct veil *v, struct writer *out, const struct entry *e)
{
	struct json j = json_over(out);
	struct text rest = e->body;
	struct pair_of_text p;

	json_open(&j, '{');
	while (body_next(&rest, &v->entry, &p)) {
		enum what what = what_of(e->kind, p.key);
		struct writer w;
		writer_to_memory(&w);
		if (what == PLAIN)
			put_text(&w, p.value);
		else if (what == FREE)
			scrub_put(v->words, &w, p.value);
		else
			put_whole(v, &w, e, &p, what);
		json_key(&j, p.key);
		json_string(&j, writer_text(&w));
		(void)writer_close(&w);
	}
	json_close(&j, '}');
	arena_reset(&v->entry);
}

const char *
veil_actor(struct veil *v, struct text actor, char buf[64])
{
	/* the program itself */
	return text_is(actor, "judge") ? pseudonym(NULL, "person", actor, buf)
	                               : pseudonym(v->key, "person", actor, buf);
}
