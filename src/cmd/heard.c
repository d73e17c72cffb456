/* SPDX-License-Identifier: ISC */
/* A scan with a store: what was heard goes there, and what it holds is what is judged.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/blind.h"
#include "store/store.h"

/* What could not be seen, as lines; the rest of the matter says it anew each time. */
static const char *
blind_lines(struct scan *s)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < s->n_blind_spots; i++) {
		put(&w, s->blind_spots[i].text);
		put_char(&w, '\n');
	}
	const char *lines = arena_string(&s->arena, writer_text(&w));
	(void)writer_close(&w);
	return lines;
}

static int
write_input(struct scan *s, const struct input *in, const char *blind_words,
    uint32_t *number, struct err *err)
{
	struct stored_input row = { .name = in->name,
		.frames = in->frames,
		.bytes = in->bytes,
		.cut = in->cut,
		.dropped = in->dropped,
		.skipped = in->skipped,
		.damage = in->damage,
		.synthetic = s->synthetic,
		.added = time_now(),
		.blind = blind_words };
	struct pair_of_text body[] = { { "digest", text_of(in->digest) },
		{ "name", text_of(in->name) } };

	memcpy(row.digest, in->digest, sizeof row.digest);
	if (store_add_input(s->store, &row, err) != 0)
		return -1;
	*number = row.id;
	return store_append_pairs(s->store, row.added, "import", "sensor", body, 2,
	    NULL, err);
}

/* What was heard, into the store: all of it, or nothing. */
static int
write_heard(struct scan *s, struct err *err)
{
	uint32_t *numbers = must_alloc(s->n_inputs, sizeof *numbers);
	const char *lines = blind_lines(s);
	int failed = store_begin(s->store, err);

	for (size_t i = 0; i < s->n_inputs && failed == 0; i++)
		failed = write_input(s, &s->inputs[i], i == 0 ? lines : NULL,
		    &numbers[i], err);
	if (failed == 0)
		failed = store_keep(s->store, s->devices, numbers, s->n_inputs, err);
	free(numbers);
	if (failed == 0 && case_sign(s->store, err) == 0)
		return 0;
	store_undo(s->store);
	return -1;
}

/* The captures that the store does not have, by their bytes; each with its digest. */
struct news {
	struct words files;
	char (*digests)[65];
};

static bool
is_news(const struct scan *s, const struct news *new, const char *digest)
{
	for (size_t i = 0; i < new->files.n; i++)
		if (digest[0] != '\0' && strcmp(new->digests[i], digest) == 0)
			return false;
	return !store_has_input(s->store, digest);
}

static void
find_news(const struct scan *s, const struct sensor_job *job, struct news *new)
{
	*new = (struct news){ { must_alloc(job->n_captures + 1, sizeof(char *)), 0 },
		must_alloc(job->n_captures + 1, sizeof *new->digests) };
	for (size_t i = 0; i < job->n_captures; i++) {
		char *digest = new->digests[new->files.n];
		file_digest(job->captures[i], digest);
		if (is_news(s, new, digest))
			new->files.list[new->files.n++] = job->captures[i];
		else if (isatty(STDERR_FILENO))
			(void)fprintf(stderr, "interdict: %s is in %s already\n",
			    job->captures[i], store_path(s->store));
	}
}

static int
hear_new(struct scan *s, const struct sensor_job *job, struct err *err)
{
	struct sensor_job mine = *job;
	struct news new;
	int64_t as_of = s->as_of;
	int failed = 0;

	find_news(s, job, &new);
	mine.captures = new.files.list;
	mine.n_captures = new.files.n;
	s->as_of = TIME_NONE; /* the store takes everything */
	if (new.files.n > 0 || job->interface != NULL) {
		failed = scan_hear(s, &mine, err);
		for (size_t i = 0; i < s->n_inputs && i < new.files.n; i++)
			memcpy(s->inputs[i].digest, new.digests[i],
			    sizeof s->inputs[i].digest);
		failed = failed || write_heard(s, err) != 0;
	}
	s->as_of = as_of;
	free(new.files.list);
	free(new.digests);
	return failed ? -1 : 0;
}

/* What went by the site's limit, in all. */
struct gone {
	uint64_t facts, devices, seq;
	char before[16];
};

static uint64_t
count_of(struct text body, const char *key, struct arena *arena)
{
	unsigned long long n;

	return text_number(body_get(body, key, arena), &n) ? n : 0;
}

static int
add_gone(void *state, const struct entry *e, struct err *err)
{
	struct gone *g = state;
	struct arena arena = { NULL, 0 };
	struct text before = body_get(e->body, "id", &arena);

	(void)err;
	g->facts += count_of(e->body, "facts", &arena);
	g->devices += count_of(e->body, "devices", &arena);
	g->seq = e->seq;
	(void)snprintf(g->before, sizeof g->before, "%.*s",
	    (int)(before.len < 10 ? before.len : 10), before.s);
	arena_free(&arena);
	return 0;
}

/* It was seen once, and can be judged no more. */
static int
blind_gone(struct scan *s, struct err *err)
{
	struct gone g = { .facts = 0 };

	if (store_entries(s->store, "retention", 0, add_gone, &g, err) != 0)
		return -1;
	if (g.seq > 0)
		blind(s,
		    "What was heard before %s was removed by the site's limit (facts: "
		    "%llu), but for what verdicts rest on. Devices that no order "
		    "covered, and that were silent since: %llu; the ledger has what "
		    "was "
		    "believed of them (kind baseline; the last one to say so is entry "
		    "%llu).",
		    g.before, (unsigned long long)g.facts,
		    (unsigned long long)g.devices, (unsigned long long)g.seq);
	return 0;
}

int
scan_recall(struct scan *s, struct err *err)
{
	struct stored_input *list;

	register_free(s->devices);
	free(s->told_links);
	free(s->told);
	s->told_links = NULL;
	s->told = NULL;
	s->devices = register_new(s->knowledge, DEVICES_MAX);
	scan_tell(s);
	scan_want_hosts(s);
	blind_forget(s);
	free(s->inputs);
	s->inputs = NULL;
	s->n_inputs = 0;
	if (store_inputs(s->store, &s->arena, &list, &s->n_inputs, err) != 0 ||
	    store_recall(s->store, s->devices, s->as_of, err) != 0)
		return -1;
	s->inputs = must_alloc(s->n_inputs, sizeof *s->inputs);
	for (size_t i = 0; i < s->n_inputs; i++) {
		const struct stored_input *in = &list[i];
		s->inputs[i] = (struct input){ .name = in->name,
			.frames = in->frames,
			.bytes = in->bytes,
			.cut = in->cut,
			.dropped = in->dropped,
			.skipped = in->skipped,
			.damage = in->damage };
		memcpy(s->inputs[i].digest, in->digest, sizeof in->digest);
		s->synthetic |= in->synthetic;
		struct text rest = text_of(in->blind), line;
		while (text_split(&rest, '\n', &line))
			if (line.len > 0)
				blind(s, "%.*s", (int)line.len, line.s);
	}
	blind_segments(s);
	return blind_gone(s, err);
}

int
scan_store(struct scan *s, const struct sensor_job *job, struct err *err)
{
	if (hear_new(s, job, err) != 0 || scan_recall(s, err) != 0)
		return -1;
	scan_settle(s);
	return 0;
}

/* Knowledge, orders and people. */
static bool
case_matter(struct scan *s, const char *command)
{
	struct matter_files none = { .directives = NULL };
	struct err err;

	if (s->knowledge == NULL && (s->knowledge = share_knowledge(&err)) == NULL) {
		(void)fprintf(stderr, "interdict %s: %s\n", command, err.line);
		return false;
	}
	matter_forget(s);
	return matter_load(s, &none, "");
}

static bool
case_devices(struct scan *s, const char *command)
{
	struct sensor_job nothing = { .captures = NULL };
	struct err err;

	if (scan_store(s, &nothing, &err) == 0)
		return true;
	(void)fprintf(stderr, "interdict %s: %s\n", command, err.line);
	return false;
}

bool
case_recall(struct scan *s, const char *command, const char *file, const char *as_of,
    enum store_mode mode)
{
	struct err err;

	if ((s->store = case_store(command, file, mode)) == NULL ||
	    !case_matter(s, command))
		return false;
	if (scan_as_of(s, as_of, &err))
		return case_devices(s, command);
	(void)fprintf(stderr, "interdict %s: %s\n", command, err.line);
	return false;
}

bool
case_again(struct scan *s, const char *command, int64_t as_of)
{
	struct err err;

	if (!case_matter(s, command))
		return false;
	s->as_of = as_of;
	if (scan_recall(s, &err) != 0) {
		(void)fprintf(stderr, "interdict %s: %s\n", command, err.line);
		return false;
	}
	int64_t judged = store_judged(s->store);
	if (as_of == TIME_NONE && judged != TIME_NONE &&
	    judged > register_last_time(s->devices))
		s->as_of = judged;
	scan_settle(s);
	return true;
}
