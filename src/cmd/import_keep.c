/* SPDX-License-Identifier: ISC */
#include "cmd/import_keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "cmd/import_left.h"
#include "cmd/import_mail.h"
#include "store/store.h"

struct kept_row {
	enum import_paper kind;
	uint32_t file;
	uint64_t line;
	struct text person; /* whom it names, empty for nobody */
	struct text body;
};

struct keeper {
	struct scan *scan;
	struct arena arena;
	const char *actor;
	int64_t now; /* of who is missing: since when they are */
	struct register_ *devices;
	char (*digests)[65]; /* of the job's files */
	struct kept_row *rows;
	size_t n, cap;
	struct leavers leavers;
	struct mails mails; /* read when a holder is named by one */
	bool mails_read;
};

struct keeper *
keeper_new(struct scan *s, const char *actor, int64_t now)
{
	struct keeper *k = must_alloc(1, sizeof *k);

	k->scan = s;
	k->actor = actor;
	k->now = now;
	k->devices = register_new(s->knowledge, DEVICES_MAX);
	register_by_day(k->devices);
	leavers_begin(&k->leavers, &k->arena);
	k->mails.arena = &k->arena;
	return k;
}

void
keeper_free(struct keeper *k)
{
	if (k == NULL)
		return;
	register_free(k->devices);
	leavers_end(&k->leavers);
	mails_end(&k->mails);
	free(k->digests);
	free(k->rows);
	arena_free(&k->arena);
	free(k);
}

void
keeper_leave_out(struct keeper *k, struct import_job *job)
{
	const struct store *s = k->scan->store;
	size_t kept = 0;

	k->digests = must_alloc(job->n + 1, sizeof *k->digests);
	for (size_t i = 0; i < job->n; i++) {
		file_digest(job->files[i], k->digests[kept]);
		/* A roster that had its turn and is complete now says something new. */
		if (!job->complete && store_has_input(k->scan->store, k->digests[kept]))
			(void)fprintf(stderr, "%s: is in %s already\n", job->files[i],
			    store_path(s));
		else
			job->files[kept++] = job->files[i];
	}
	job->n = kept;
}

void
keeper_fact(struct keeper *k, const struct fact *f)
{
	register_fact(k->devices, f);
}

void
keeper_presence(struct keeper *k, const struct presence *p)
{
	register_presence(k->devices, p);
}

void
keeper_row(struct keeper *k, const struct paper_row *row)
{
	const char *names[PAPER_CELLS];
	struct pair_of_text pairs[PAPER_CELLS];
	size_t n = paper_columns(row->kind, names);
	struct writer w;

	for (size_t i = 0; i < n; i++)
		pairs[i] = (struct pair_of_text){ names[i], row->cells[i] };
	writer_to_memory(&w);
	body_put(&w, pairs, n);
	if (k->n == k->cap) {
		k->cap = k->cap > 0 ? k->cap * 2 : 256;
		k->rows = must_grow(k->rows, k->cap, sizeof *k->rows);
	}
	struct kept_row *kept = &k->rows[k->n++];
	*kept = (struct kept_row){ row->kind, row->file, row->line, { "", 0 },
		arena_text(&k->arena, writer_text(&w)) };
	(void)writer_close(&w);
	if (row->kind == PAPER_PERSON)
		leavers_given(&k->leavers, row->cells[PERSON_ID]);
	if (row->kind == PAPER_CUSTODY)
		kept->person = arena_text(&k->arena, row->cells[CUSTODY_PERSON]);
}

/* Its custody is of somebody whom the roster does not have: said, and passed over. */
static int
pass_over(const struct kept_row *r, const struct import_job *job,
    struct import_counts *counts, const struct import_sink *to, struct err *err)
{
	char words[WRONG_TEXT];
	struct import_wrong wrong = { r->file, r->line, 0, words };

	(void)snprintf(words, sizeof words,
	    "it is held by '%.*s', whom no roster has by that id or as the only one of "
	    "that mail address: import the roster first",
	    (int)(r->person.len < 100 ? r->person.len : 100), r->person.s);
	to->wrong(to->state, &wrong);
	counts[r->file].wrong++;
	return job->strict ? err_set(err, "--strict: a row that cannot be taken") : 0;
}

static int
write_row(struct keeper *k, const struct kept_row *r, bool is_account, struct err *err)
{
	struct text body = r->kind == PAPER_PERSON
	    ? leavers_row(&k->leavers, r->body, is_account)
	    : r->body;

	if (body.s == NULL)
		return 0;
	return store_append(k->scan->store, time_now(), paper_name(r->kind), k->actor,
	    body, NULL, err);
}

static int
take_mail(void *state, const char *id, struct text body, struct err *err)
{
	(void)id;
	(void)err;
	mails_add(state, body);
	return 0;
}

static int
read_mails(struct keeper *k, struct err *err)
{
	if (k->mails_read)
		return 0;
	k->mails_read = true;
	for (size_t i = 0; i < k->n; i++)
		if (k->rows[i].kind == PAPER_PERSON)
			mails_add(&k->mails, k->rows[i].body);
	return store_live(k->scan->store, "person", take_mail, &k->mails, err);
}

/* The row of an inventory, of the person whose mail address it names. */
static int
name_holder(struct keeper *k, struct kept_row *r, struct err *err)
{
	struct pair_of_text pairs[PAPER_CELLS];
	struct text rest = r->body, id;
	struct writer w;
	size_t n = 0;

	if (read_mails(k, err) != 0)
		return -1;
	if ((id = mails_id(&k->mails, r->person)).s == NULL)
		return 0;
	while (n < PAPER_CELLS && body_next(&rest, &k->arena, &pairs[n])) {
		if (strcmp(pairs[n].key, "person") == 0)
			pairs[n].value = id;
		n++;
	}
	writer_to_memory(&w);
	body_put(&w, pairs, n);
	r->body = arena_text(&k->arena, writer_text(&w));
	r->person = id;
	(void)writer_close(&w);
	return 0;
}

static int
write_rows(struct keeper *k, const struct import_job *job, struct import_counts *counts,
    const struct import_sink *to, struct err *err)
{
	if (leavers_recall(&k->leavers, k->scan->store, err) != 0)
		return -1;
	for (size_t i = 0; i < k->n; i++) {
		struct kept_row *r = &k->rows[i];
		bool named = r->person.len > 0 && leavers_any(&k->leavers);
		if (named && !leavers_know(&k->leavers, r->person) &&
		    counts[r->file].format != IMPORT_CUSTODY &&
		    name_holder(k, r, err) != 0)
			return -1;
		if (named && !leavers_know(&k->leavers, r->person)) {
			if (pass_over(r, job, counts, to, err) != 0)
				return -1;
			continue;
		}
		if (write_row(k, r, counts[r->file].format != IMPORT_ROSTER, err) != 0)
			return -1;
	}
	return 0;
}

/* Half a roster would make leavers of the other half. */
static int
write_leavers(struct keeper *k, const struct import_job *job,
    const struct import_counts *counts, struct err *err)
{
	if (!job->complete)
		return 0;
	for (size_t i = 0; i < job->n; i++) {
		const struct import_counts *c = &counts[i];
		if (c->wrong > 0 || c->stopped)
			return err_set(err,
			    "%s has wrong lines, and --complete wants all who are "
			    "there: nothing was taken",
			    job->files[i]);
		if (c->rows[PAPER_PERSON] == 0)
			return err_set(err,
			    "%s has no persons, and --complete wants rosters alone: "
			    "nothing was taken",
			    job->files[i]);
	}
	if (!matter_recall(k->scan))
		return err_set(err, "nothing was taken");
	int failed = leavers_complete(&k->leavers, k->scan, k->now, k->actor, err);
	matter_forget(k->scan);
	return failed;
}

/*
 * What a store has is left out the next time: a file whose rows were not all taken
 * comes again, when the roster or the right format is there. Rows say the same twice;
 * what was heard would count twice, and is never taken again.
 */
static bool
is_had(const struct import_counts *c)
{
	return c->facts + c->presences > 0 || (c->wrong == 0 && !c->stopped);
}

static int
write_inputs(struct keeper *k, const struct import_job *job,
    const struct import_counts *counts, uint32_t *numbers, struct err *err)
{
	for (size_t i = 0; i < job->n; i++) {
		const struct import_row *row = import_row(counts[i].format);
		struct stored_input in = { .name = job->files[i],
			/* Papers are read once too, and are no traffic. */
			.frames = counts[i].facts > 0 ? counts[i].lines : 0,
			.bytes = counts[i].bytes,
			.skipped = counts[i].wrong,
			.added = time_now() };
		struct pair_of_text body[] = { { "digest", { "", 0 } },
			{ "format", text_of(row != NULL ? row->name : "") },
			{ "name", text_of(job->files[i]) } };
		if (!is_had(&counts[i]) ||
		    store_has_input(k->scan->store, k->digests[i]))
			continue;
		memcpy(in.digest, k->digests[i], sizeof in.digest);
		body[0].value = text_of(in.digest);
		if (store_add_input(k->scan->store, &in, err) != 0)
			return -1;
		numbers[i] = in.id;
		if (store_append_pairs(k->scan->store, in.added, "import", k->actor,
		        body, 3, NULL, err) != 0)
			return -1;
	}
	return 0;
}

int
keeper_write(struct keeper *k, const struct import_job *job,
    struct import_counts *counts, const struct import_sink *to, struct err *err)
{
	struct store *s = k->scan->store;
	uint32_t *numbers = must_alloc(job->n, sizeof *numbers);
	int failed = store_begin(s, err) != 0 ||
	    write_rows(k, job, counts, to, err) != 0 ||
	    write_leavers(k, job, counts, err) != 0 ||
	    write_inputs(k, job, counts, numbers, err) != 0 ||
	    store_keep(s, k->devices, numbers, job->n, err) != 0;

	free(numbers);
	/* What stands there now must be right as a whole, or none of it is taken. */
	if (!failed && !matter_recall(k->scan))
		failed = err_set(err,
		             "with these rows the papers contradict themselves: "
		             "nothing was taken") != 0;
	if (!failed && !job->dry)
		failed = case_sign(s, err) != 0;
	if (failed || job->dry)
		store_undo(s);
	return failed ? -1 : 0;
}

void
keeper_tell(const struct keeper *k, struct writer *w, bool json)
{
	leavers_tell(&k->leavers, k->scan, k->now, w, json);
}
