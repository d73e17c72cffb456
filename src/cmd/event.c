/* SPDX-License-Identifier: ISC */
/* One thing that a person writes down: added, read back, signed; or not at all. */
#include "cmd/event.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "report/unicode.h"

int
event_refuse(const struct event *e, const char *format, ...)
{
	va_list args;

	(void)fprintf(stderr, "interdict %s: ", e->command);
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	return EXIT_BAD;
}

const char *
event_text(struct event *e, const char *format, ...)
{
	char text[2048];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return arena_string(&e->scan.arena, text_of(text));
}

const char *
event_when(const struct event *e, int64_t at, char buf[TIME_TEXT])
{
	return zone_stamp(e->scan.zone, at, buf);
}

bool
event_date(const struct event *e, const char *option, const char *text, int64_t *at)
{
	if (zone_moment(e->scan.zone, text_of(text), at))
		return true;
	(void)event_refuse(e,
	    "%s '%.60s' is no date (want one like 2023-03-28 or 2023-03-28 14:30)",
	    option, text);
	return false;
}

bool
event_instant(struct event *e, int64_t *at)
{
	return event_date(e, "--at", e->at, at);
}

static bool
open_alone(struct event *e)
{
	struct complaints wrong = { 0 };
	struct papers papers = { .roster = { .file = NULL } };
	struct err err = { "" };
	struct writer w;

	if ((e->scan.store = case_store(e->command, e->options->store, STORE_WRITE)) ==
	    NULL)
		return false;
	int failed = store_begin(e->scan.store, &err) != 0 ||
	    (e->scan.knowledge = share_knowledge(&err)) == NULL ||
	    matter_read(&e->scan, &papers, &wrong, &err) != 0;
	if (failed)
		(void)event_refuse(e, "%s", err.line);
	writer_to_fd(&w, STDERR_FILENO);
	if (wrong.errors > 0)
		complaints_print(&wrong, &w);
	(void)writer_close(&w);
	failed |= wrong.errors > 0;
	complaints_free(&wrong);
	return !failed;
}

static bool
open_with_devices(struct event *e)
{
	struct err err;

	if (!case_recall(&e->scan, e->command, e->options->store, e->options->at,
	        STORE_WRITE))
		return false;
	if (store_begin(e->scan.store, &err) == 0)
		return true;
	(void)event_refuse(e, "%s", err.line);
	return false;
}

bool
event_begin(struct event *e, const char *command, const struct event_options *o,
    bool devices)
{
	static struct event_options filled;
	char when[TIME_TEXT];
	int64_t at;

	filled = *o;
	if (filled.store == NULL)
		filled.store = STORE_FILE;
	*e = (struct event){ .command = command, .options = &filled };
	e->now = time_now();
	if (filled.at != NULL && !event_date(e, "--at", filled.at, &at))
		return false;
	if (!(devices ? open_with_devices(e) : open_alone(e)))
		return false;
	e->by = actor_name(filled.by, &e->scan.arena);
	e->first = store_last(e->scan.store) + 1;
	if (filled.at == NULL)
		e->at = event_text(e, "%s", event_when(e, e->now, when));
	else
		e->at = filled.at;
	return event_instant(e, &at);
}

enum { VALUE_MOST = 4096 };

/* A line of a paper is one line: so its last one is what was added. */
static bool
is_one_line(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.s[i] < ' ' || t.s[i] == 0x7f)
			return false;
	return text_is_utf8(t);
}

void
event_add(struct event *e, const char *kind, struct pair_of_text *pairs, size_t n)
{
	struct err err;
	struct writer w;
	bool added;

	for (size_t i = 0; i < n && !e->failed; i++) {
		if (pairs[i].value.len > VALUE_MOST)
			(void)event_refuse(e, "the %s is longer than %d bytes",
			    pairs[i].key, VALUE_MOST);
		else if (!is_one_line(pairs[i].value))
			(void)event_refuse(e,
			    "the %s has control characters in it, or is not UTF-8",
			    pairs[i].key);
		else
			continue;
		e->failed = true;
	}
	if (e->failed)
		return;
	writer_to_memory(&w);
	body_put(&w, pairs, n);
	struct text body = arena_text(&e->scan.arena, writer_text(&w));
	(void)writer_close(&w);
	int failed = store_append(e->scan.store, e->now, kind, e->by, body, &added,
	    &err);
	if (failed) {
		(void)event_refuse(e, "%s", err.line);
		e->failed = true;
		return;
	}
	e->added += added;
	e->known += !added;
	size_t k = 0;
	while (k < e->n_kinds && strcmp(e->kinds[k], kind) != 0)
		k++;
	if (k == EVENT_ENTRIES)
		return;
	e->n_kinds = k == e->n_kinds ? k + 1 : e->n_kinds;
	e->kinds[k] = kind;
	e->bodies[k] = body;
}

/* Whether a complaint is of the last line of a paper that this event added to. */
static bool
is_own(const struct event *e, const struct papers *papers, const struct complaint *c)
{
	const struct paper *each = &papers->roster;

	for (size_t p = 0; p < PAPERS_ALL; p++) {
		unsigned lines = 0;
		if (each[p].file == NULL || strcmp(each[p].file, c->file) != 0)
			continue;
		for (size_t i = 0; i < each[p].text.len; i++)
			lines += each[p].text.s[i] == '\n';
		for (size_t k = 0; k < e->n_kinds; k++)
			if (text_ends(text_of(c->file),
			        text_of(event_text((struct event *)(uintptr_t)e, "(%s)",
			            e->kinds[k]))))
				return c->line == lines;
	}
	return false;
}

static void
tell(const struct event *e, const struct papers *papers, struct complaints *wrong)
{
	struct complaints others = { 0 };
	struct writer w;

	for (size_t i = 0; i < wrong->n; i++) {
		const struct complaint *c = &wrong->list[i];
		if (is_own(e, papers, c))
			(void)event_refuse(e, "%s%s", c->warning ? "warning: " : "",
			    c->text);
		else if (!c->warning)
			complain(&others, c->file, c->line, c->column, "%s", c->text);
	}
	writer_to_fd(&w, STDERR_FILENO);
	complaints_print(&others, &w);
	(void)writer_close(&w);
	complaints_free(&others);
}

/* All of the store once more, with this event in it. */
static bool
read_again(struct event *e)
{
	struct scan after = { .store = e->scan.store,
		.knowledge = e->scan.knowledge,
		.all_warnings = true };
	struct papers papers = { .roster = { .file = NULL } };
	struct complaints wrong = { 0 };
	struct err err;

	int failed = matter_read(&after, &papers, &wrong, &err);
	if (failed)
		(void)event_refuse(e, "%s", err.line);
	else
		tell(e, &papers, &wrong);
	bool good = !failed && wrong.errors == 0;
	if (!failed && !good)
		(void)event_refuse(e, "nothing was written down");
	complaints_free(&wrong);
	matter_forget(&after);
	arena_free(&after.texts);
	arena_free(&after.arena);
	return good;
}

struct printing {
	struct writer w;
	bool json;
};

static int
print_entry(void *state, const struct entry *entry, struct err *err)
{
	struct printing *p = state;
	char hex[LEDGER_HEX];

	(void)err;
	if (p->json) {
		entry_json(&p->w, entry, true);
		return 0;
	}
	putf(&p->w, "Written down as entry %llu (%.*s), hash %s.\n",
	    (unsigned long long)entry->seq, (int)entry->kind.len, entry->kind.s,
	    hex_print(entry->hash, LEDGER_HASH, hex));
	return 0;
}

static int
print_all(struct event *e, const char *sentence)
{
	struct printing p = { .json = e->options->json };
	struct err err;

	writer_to_fd(&p.w, STDOUT_FILENO);
	if (sentence != NULL && !p.json) {
		put_clean(&p.w, text_of(sentence));
		put_char(&p.w, '\n');
	}
	int failed = store_entries(e->scan.store, NULL, e->first, print_entry, &p,
	    &err);
	if (failed)
		(void)event_refuse(e, "%s", err.line);
	else if (e->added == 0 && !p.json)
		put(&p.w, "That stands in the ledger already: nothing was added.\n");
	return output_close(e->command, &p.w) != EXIT_OK || failed ? EXIT_BAD : EXIT_OK;
}

/* What was written down stays so, whatever becomes of its page. */
static int
place_page(struct event *e)
{
	if (!e->has_page)
		return EXIT_OK;
	e->has_page = false;
	if (file_place(e->command, &e->page) == EXIT_OK)
		return EXIT_OK;
	return event_refuse(e,
	    "it is written down all the same: the same command with --at '%s' prints "
	    "the page again",
	    e->at);
}

int
event_end(struct event *e, const char *sentence)
{
	struct err err;

	if (e->failed || !read_again(e)) {
		store_undo(e->scan.store);
		return EXIT_BAD;
	}
	if (case_sign(e->scan.store, &err) != 0) {
		store_undo(e->scan.store);
		return event_refuse(e, "%s", err.line);
	}
	int placed = place_page(e);
	int printed = print_all(e, sentence);
	return placed == EXIT_OK ? printed : placed;
}

void
event_drop(struct event *e)
{
	if (e->has_page)
		file_forget(&e->page);
	e->has_page = false;
	scan_free(&e->scan);
}

struct wanted {
	struct event *event;
	struct text body;
	struct written *found;
};

static int
take_written(void *state, const struct entry *entry, struct err *err)
{
	struct wanted *w = state;

	(void)err;
	if (!text_equal(entry->body, w->body))
		return 0;
	*w->found = (struct written){ .seq = entry->seq,
		.time = entry->time,
		.actor = arena_string(&w->event->scan.arena, entry->actor) };
	(void)hex_print(entry->hash, LEDGER_HASH, w->found->hash);
	return 0;
}

bool
event_written(struct event *e, const char *kind, struct written *found)
{
	struct wanted w = { .event = e, .found = found };
	struct err err = { "the entry is not in the ledger" };

	*found = (struct written){ .seq = 0 };
	if (e->failed)
		return false;
	for (size_t k = 0; k < e->n_kinds; k++)
		if (strcmp(e->kinds[k], kind) == 0)
			w.body = e->bodies[k];
	if (store_entries(e->scan.store, kind, 0, take_written, &w, &err) == 0 &&
	    found->seq > 0)
		return true;
	e->failed = true;
	(void)event_refuse(e, "%s", err.line);
	return false;
}
