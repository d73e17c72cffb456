/* SPDX-License-Identifier: ISC */
/* Whether a ledger is whole: row by row, and against the heads that were signed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "cmd/verify_report.h"
#include "store/store.h"

enum { HEAD_MOST = 4096, PATH_MOST = 4200 };

struct choices {
	const char *store, *key;
	struct words heads;
	bool json;
};

struct verifying {
	struct store *store;
	struct ledger_check *check;
	struct writer out;
	const uint8_t *key;
	uint64_t heads, signed_to;
	bool json;
};

static void
wrong(void *state, uint64_t seq, const char *words)
{
	struct verifying *v = state;

	if (!v->json) {
		putf(&v->out, "%s: %s\n", store_path(v->store), words);
		return;
	}
	struct json j = json_over(&v->out);
	json_event(&j, "ledger_error", TIME_NONE);
	json_key(&j, "seq");
	json_uint(&j, seq);
	json_key(&j, "words");
	json_cstring(&j, words);
	json_event_end(&j);
}

static int
take_entry(void *state, const struct entry *e, struct err *err)
{
	(void)err;
	ledger_check_entry(((struct verifying *)state)->check, e);
	return 0;
}

static int
take_head(void *state, const struct head *h, struct err *err)
{
	struct verifying *v = state;

	(void)err;
	ledger_check_head(v->check, h, v->key);
	v->heads++;
	if (h->seq > v->signed_to)
		v->signed_to = h->seq;
	return 0;
}

/* Heads that somebody kept: lines of `interdict ledger --head`. */
static int
take_kept(struct verifying *v, const char *file, struct err *err)
{
	struct complaints c = { 0 };
	struct arena arena = { NULL, 0 };
	struct text rest, line;
	struct head h;
	int failed = 0;
	unsigned n = 0;

	if (!file_read(&arena, file, HEAD_MOST, &rest, &c))
		failed = err_set(err, "%s: %s", file, c.list[0].text);
	while (!failed && text_split(&rest, '\n', &line)) {
		n++;
		if (text_trim(line).len == 0)
			continue;
		if (!head_parse(line, &h))
			failed = err_set(err, "%s: line %u is no head of a ledger",
			    file, n);
		else
			failed = take_head(v, &h, err);
	}
	complaints_free(&c);
	arena_free(&arena);
	return failed;
}

static int
public_key(const struct choices *c, const char *store, uint8_t key[LEDGER_PUBLIC],
    struct err *err)
{
	char path[PATH_MOST];

	if (c->key != NULL)
		return public_load(c->key, key, err);
	(void)snprintf(path, sizeof path, "%s.key.pub", store);
	if (public_load(path, key, err) == 0)
		return 0;
	return err_before(err, "whose key? name one with --key");
}

/*
 * Entries and the head that signs them are written in one transaction: a whole chain
 * without a head at its end is somebody's who does not have the key.
 */
static uint64_t
unsigned_end(struct verifying *v, uint64_t entries)
{
	char words[160];

	(void)snprintf(words, sizeof words,
	    "no head signs the entries %llu to %llu: they were written anew, or the "
	    "head was removed",
	    (unsigned long long)v->signed_to + 1, (unsigned long long)entries);
	wrong(v, v->signed_to + 1, words);
	return 1;
}

static void
say_whole(struct verifying *v, uint64_t entries, uint64_t mistakes)
{
	if (v->json) {
		struct json j = json_over(&v->out);
		json_event(&j, "ledger", TIME_NONE);
		json_key(&j, "entries");
		json_uint(&j, entries);
		json_key(&j, "heads");
		json_uint(&j, v->heads);
		json_key(&j, "signed_to");
		json_uint(&j, v->signed_to);
		json_key(&j, "whole");
		json_bool(&j, mistakes == 0);
		json_event_end(&j);
		return;
	}
	putf(&v->out, "%s: %llu entries, %llu signed heads: %s\n", store_path(v->store),
	    (unsigned long long)entries, (unsigned long long)v->heads,
	    mistakes == 0 ? "whole" : "NOT whole");
}

static int
run(const struct choices *c)
{
	struct verifying v = { .json = c->json };
	uint8_t key[LEDGER_PUBLIC];
	uint64_t entries = 0, mistakes = 0;
	struct err err;
	int failed;

	if ((v.store = case_store("verify", c->store != NULL ? c->store : STORE_FILE,
	         STORE_READ)) == NULL)
		return EXIT_BAD;
	writer_to_fd(&v.out, STDOUT_FILENO);
	failed = public_key(c, store_path(v.store), key, &err);
	v.key = key;
	if (!failed) {
		v.check = ledger_check_new(wrong, &v);
		failed = store_entries(v.store, NULL, (uint64_t)INT64_MIN, take_entry,
		             &v, &err) != 0 ||
		    store_heads(v.store, take_head, &v, &err) != 0;
		for (size_t i = 0; i < c->heads.n && !failed; i++)
			failed = take_kept(&v, c->heads.list[i], &err);
		mistakes = ledger_check_end(v.check, &entries);
		if (!failed && mistakes == 0 && v.signed_to < entries)
			mistakes += unsigned_end(&v, entries);
	}
	if (failed)
		(void)fprintf(stderr, "interdict verify: %s\n", err.line);
	else
		say_whole(&v, entries, mistakes);
	store_close(v.store);
	if (output_close("verify", &v.out) != EXIT_OK || failed)
		return EXIT_BAD;
	return mistakes > 0 ? EXIT_FOUND : EXIT_OK;
}

/* Without words the ledger; `report DIR` is another thing. */
static int
choose(const struct choices *c, const struct words *rest)
{
	if (rest->n == 0)
		return run(c);
	if (strcmp(rest->list[0], "report") != 0) {
		(void)fprintf(stderr, "interdict verify: what is '%s'?\n",
		    rest->list[0]);
		return EXIT_BAD;
	}
	if (rest->n != 2 || c->store != NULL || c->heads.n > 0) {
		(void)fputs("interdict verify report: name one folder, and no store\n",
		    stderr);
		return EXIT_BAD;
	}
	return verify_report(rest->list[1], c->key, c->json);
}

int
cmd_verify(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "key", OPTION_TEXT, &c.key, "FILE",
		    "the public key; default: that beside the store, or in the "
		    "report" },
		{ "head", OPTION_LIST, &c.heads, "FILE",
		    "heads that were kept elsewhere: the end is held against them" },
		{ "json", OPTION_FLAG, &c.json, NULL, "JSON Lines" },
	};
	const struct command me = { "verify",
		"[--store FILE.db] [--key FILE] [--head FILE]\n"
		"       interdict verify report DIR [--key FILE]",
		"Goes through the ledger of a store: says which entry was changed, "
		"removed,\n"
		"inserted or moved, and whether its end was cut off. Or through a "
		"report, by\n"
		"its folder alone: which file was changed, taken away or added.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 it is whole; 1 it is not; 2 it cannot be read." };
	int status;

	if (options_read(&me, argc, argv, &rest, &status))
		status = choose(&c, &rest);
	words_free(&rest);
	words_free(&c.heads);
	return status;
}
