/* SPDX-License-Identifier: ISC */
/* The ledger as it stands, for reading; and its signed head, for keeping elsewhere. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/event.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "cmd/veil.h"
#include "report/unicode.h"
#include "store/store.h"

struct choices {
	const char *store, *kind, *from, *pseudonyms;
	bool json, head;
};

struct listing {
	struct writer out;
	struct veil *veil; /* NULL: names stand as they are */
	bool json;
};

/* The body is JSON already. */
void
entry_json(struct writer *w, const struct entry *e, bool hashed)
{
	char hex[LEDGER_HEX];
	struct json j = json_over(w);

	json_event(&j, "ledger", e->time);
	json_key(&j, "seq");
	json_uint(&j, e->seq);
	json_key(&j, "kind");
	json_string(&j, e->kind);
	json_key(&j, "actor");
	json_string(&j, e->actor);
	json_key(&j, "hash");
	json_cstring(&j, hashed ? hex_print(e->hash, LEDGER_HASH, hex) : NULL);
	json_key(&j, "body");
	json_raw(&j, e->body);
	json_event_end(&j);
}

static int
take_entry(void *state, const struct entry *e, struct err *err)
{
	struct listing *l = state;
	struct entry shown = *e;
	char when[TIME_TEXT], actor[64];
	struct writer body;

	(void)err;
	writer_to_memory(&body);
	if (l->veil != NULL) {
		veil_body(l->veil, &body, e);
		shown.body = writer_text(&body);
		shown.actor = text_of(veil_actor(l->veil, e->actor, actor));
	}
	if (l->json) {
		/* whoever guesses a name could try it against the hash */
		entry_json(&l->out, &shown, l->veil == NULL);
	} else {
		putf(&l->out, "%6llu  %.19sZ  %-11.*s  ", (unsigned long long)e->seq,
		    time_print(e->time, when), (int)e->kind.len, e->kind.s);
		put_clean(&l->out, shown.actor);
		put(&l->out, "  ");
		put_clean(&l->out, shown.body);
		put_char(&l->out, '\n');
	}
	(void)writer_close(&body);
	output_check("ledger", &l->out);
	return 0;
}

static int
learn(void *state, const struct entry *e, struct err *err)
{
	struct listing *l = state;

	(void)err;
	veil_learn(l->veil, e);
	return 0;
}

static int
say_entries(struct store *s, const struct choices *c, unsigned long long from,
    struct listing *l, struct err *err)
{
	struct pseudonyms *key = NULL;
	int failed = 0;

	if (!veil_key("ledger", c->pseudonyms, &key, err))
		return -1;
	if (key != NULL) {
		l->veil = veil_new(key);
		failed = store_entries(s, NULL, 0, learn, l, err);
	}
	if (!failed)
		failed = store_entries(s, c->kind, from, take_entry, l, err);
	veil_free(l->veil);
	pseudonyms_free(key);
	return failed;
}

static int
latest(void *state, const struct head *h, struct err *err)
{
	(void)err;
	*(struct head *)state = *h;
	return 0;
}

static void
head_json(const struct head *h, struct writer *w)
{
	struct json j = json_over(w);
	char hex[LEDGER_HEX];
	struct writer line;

	writer_to_memory(&line);
	head_put(&line, h);
	json_event(&j, "head", h->time);
	json_key(&j, "seq");
	json_uint(&j, h->seq);
	json_key(&j, "hash");
	json_cstring(&j, hex_print(h->hash, LEDGER_HASH, hex));
	json_key(&j, "line");
	json_string(&j, text_trim(writer_text(&line)));
	json_event_end(&j);
	(void)writer_close(&line);
}

static int
say_head(struct store *s, bool json, struct writer *w, struct err *err)
{
	struct head h = { .seq = 0 };

	if (store_heads(s, latest, &h, err) != 0)
		return -1;
	if (h.seq == 0)
		return err_set(err, "%s has no signed head yet", store_path(s));
	if (json)
		head_json(&h, w);
	else
		head_put(w, &h);
	return 0;
}

static int
run(const struct choices *c)
{
	struct listing l = { .json = c->json };
	unsigned long long from = 0;
	struct err err;
	struct store *s;

	if (c->from != NULL && !text_number(text_of(c->from), &from)) {
		(void)fprintf(stderr, "interdict ledger: --from %s is no number\n",
		    c->from);
		return EXIT_BAD;
	}
	if ((s = case_store("ledger", c->store != NULL ? c->store : STORE_FILE,
	         STORE_READ)) == NULL)
		return EXIT_BAD;
	writer_to_fd(&l.out, STDOUT_FILENO);
	int failed = c->head ? say_head(s, c->json, &l.out, &err)
	                     : say_entries(s, c, from, &l, &err);
	if (failed)
		(void)fprintf(stderr, "interdict ledger: %s\n", err.line);
	store_close(s);
	return output_close("ledger", &l.out) != EXIT_OK || failed ? EXIT_BAD : EXIT_OK;
}

int
cmd_ledger(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "kind", OPTION_TEXT, &c.kind, "WORD",
		    "only these: person, custody, verdict, notice …" },
		{ "from", OPTION_TEXT, &c.from, "N", "from this entry on" },
		{ "head", OPTION_FLAG, &c.head, NULL,
		    "the latest signed head alone: keep it elsewhere" },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "persons and devices as keyed pseudonyms" },
		{ "json", OPTION_FLAG, &c.json, NULL, "JSON Lines" },
	};
	const struct command me = { "ledger",
		"[--store FILE.db] [--kind WORD] [--from N]",
		"Prints the ledger: what was written down, when, and by whom.", rows,
		sizeof rows / sizeof rows[0],
		"`interdict ledger --head > HEAD`, kept by somebody else, proves later "
		"that nothing\nwas cut off: `interdict verify --head HEAD`." };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 0)
			(void)fprintf(stderr, "interdict ledger: what is '%s'?\n",
			    rest.list[0]);
		else
			status = run(&c);
	}
	words_free(&rest);
	return status;
}
