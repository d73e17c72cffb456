/* SPDX-License-Identifier: ISC */
/*
 * One screen: how long to each deadline, how many stand where, what is not seen, what
 * a person must do next. It judges nothing: the counts are those of the last time.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "cmd/veil.h"
#include "store/store.h"

enum { ROWS_MOST = 512, NEXT_DAYS = 30 };

struct count {
	const char *directive, *word;
	uint64_t n;
};

struct screen {
	struct pseudonyms *pseudonyms; /* NULL: names stand as they are */
	struct scan scan;
	int64_t now, judged;
	uint64_t unjudged; /* entries of the ledger since then */
	struct count rows[ROWS_MOST];
	size_t n_rows;
	struct writer out;
	bool json;
};

static int
take(void *state, const char *directive, const char *word, uint64_t n, struct err *err)
{
	struct screen *s = state;

	(void)err;
	if (s->n_rows < ROWS_MOST)
		s->rows[s->n_rows++] = (struct count){ arena_string(&s->scan.arena,
			                                   text_of(directive)),
			arena_string(&s->scan.arena, text_of(word)), n };
	return 0;
}

static uint64_t
count(const struct screen *s, const char *directive, const char *word)
{
	for (size_t i = 0; i < s->n_rows; i++)
		if (strcmp(s->rows[i].directive, directive) == 0 &&
		    strcmp(s->rows[i].word, word) == 0)
			return s->rows[i].n;
	return 0;
}

/* Of all duties in this state. */
static uint64_t
duties(const struct screen *s, const char *directive, const char *state)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->n_rows; i++)
		if (strcmp(s->rows[i].directive, directive) == 0 &&
		    text_starts(text_of(s->rows[i].word), text_of("duty ")) &&
		    text_ends(text_of(s->rows[i].word), text_of(state)))
			n += s->rows[i].n;
	return n;
}

static const char *
day_text(const struct directive *d, int64_t at, char buf[32])
{
	struct civil c = zone_from_utc(d->zone, at);

	(void)snprintf(buf, 32, "%04d-%02d-%02d", c.year, c.month, c.day);
	return buf;
}

static int64_t
due_of(const struct screen *s, const struct directive *d, const struct obligation *o)
{
	const struct calendar *c = s->scan.site != NULL ? s->scan.site->calendar : NULL;
	unsigned turn;

	return obligation_next(o, d, c, TIME_NONE, s->now, &turn);
}

/* It begins, and no date ends it: nothing is late. */
static bool
only_begins(const struct obligation *o)
{
	return o->from.given && !o->before.given && !o->by.given && !o->every.given;
}

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void
deadline_text(struct screen *s, const struct directive *d, const struct obligation *o)
{
	int64_t due = due_of(s, d, o), left = due - s->now;
	char day[32];

	if (due == TIME_NONE)
		return;
	putf(&s->out, "  %-13s %-8s %s  ", verb_name(o->verb),
	    modality_name(o->modality), day_text(d, due, day));
	if (only_begins(o) && left < 0) {
		put(&s->out, "since then\n");
		return;
	}
	const char *unit = left >= DAY || left <= -DAY ? "day" : "hour";
	int64_t n = (left < 0 ? -left : left) / (unit[0] == 'd' ? DAY : HOUR);
	putf(&s->out, "%s%" PRId64 " %s%s%s%s\n", left >= 0 ? "in " : "", n, unit,
	    plural((uint64_t)n), left >= 0 ? "" : " ago",
	    o->every.given ? ", and again after that" : "");
}

static const struct {
	const char *word, *shown;
} states[] = {
	{ "device covered", "covered" },
	{ "device undecided", "undecided" },
	{ "device excepted", "excepted" },
	{ "device not-covered", "not covered" },
};
static const char *const duty_states[] = { "failed", "due", "undecided", "met" };

static void
order_text(struct screen *s, const struct directive *d)
{
	bool first = true;

	putf(&s->out, "\n%s: %s (%s)\n", d->id, d->title != NULL ? d->title : "",
	    status_name(d->status));
	if (d->status != STATUS_IN_FORCE)
		put(&s->out, "  nothing is due under it: it is not in force\n");
	for (size_t i = 0; i < d->n_obligations; i++)
		deadline_text(s, d, &d->obligations[i]);
	put(&s->out, "  devices: ");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		putf(&s->out, "%s%" PRIu64 " %s", first ? "" : ", ",
		    count(s, d->id, states[i].word), states[i].shown);
		first = false;
	}
	uint64_t unseen = count(s, d->id, "person undecided");
	putf(&s->out, ", %" PRIu64 " person%s of whom nothing was seen", unseen,
	    plural(unseen));
	put(&s->out, "\n  duties:  ");
	for (size_t i = 0; i < 4; i++)
		putf(&s->out, "%s%" PRIu64 " %s", i > 0 ? ", " : "",
		    duties(s, d->id, duty_states[i]), duty_states[i]);
	put_char(&s->out, '\n');
}

static int
by_end(const void *left, const void *right)
{
	const struct exception *a = *(const struct exception *const *)left;
	const struct exception *b = *(const struct exception *const *)right;

	if (a->until != b->until)
		return a->until < b->until ? -1 : 1;
	return (a > b) - (a < b);
}

static void
put_expiring(struct screen *s, const struct exception *e)
{
	const char *who = e->person != NULL ? e->person->id
	    : e->identifier != NULL         ? e->identifier
	                                    : "everybody";
	const struct directive *order = NULL;
	char name[64], day[32], when[TIME_TEXT];

	if (s->pseudonyms != NULL && (e->person != NULL || e->identifier != NULL))
		who = pseudonym(s->pseudonyms, e->person != NULL ? "person" : "id",
		    text_of(who), name);
	for (size_t i = 0; i < s->scan.n_directives; i++)
		if (strcmp(s->scan.directives[i]->id, e->directive) == 0)
			order = s->scan.directives[i];
	putf(&s->out, "  the exception of %s under %s ends on %.10s\n", who,
	    e->directive,
	    order != NULL ? day_text(order, e->until, day)
	                  : time_print(e->until, when));
}

/* Exceptions that end soon, the next first: then the device counts like any other. */
static void
expiring(struct screen *s)
{
	const struct people *p = s->scan.people;
	size_t n = 0, most = p != NULL ? p->n_exceptions : 0;
	const struct exception **soon = must_alloc(most, sizeof *soon);

	for (size_t i = 0; i < most; i++) {
		const struct exception *e = &p->exceptions[i];
		int64_t left = e->until - s->now;
		if (e->until != TIME_NONE && left >= 0 && left <= NEXT_DAYS * DAY)
			soon[n++] = e;
	}
	qsort(soon, n, sizeof(const struct exception *), by_end);
	for (size_t i = 0; i < n; i++)
		put_expiring(s, soon[i]);
	free(soon);
}

static void
gaps(struct screen *s)
{
	const struct site *site = s->scan.site;

	for (size_t i = 0; site != NULL && i < site->n_segments; i++)
		if (!site_is_watched(site, &site->segments[i]))
			putf(&s->out, "  no sensor sees the segment %s\n",
			    site->segments[i].name);
	if (site == NULL)
		put(&s->out,
		    "  no site file: which segments are official is not known "
		    "(interdict new site)\n");
}

/* What came due since it was judged: the counts do not know whether it was done. */
static size_t
passed_since(const struct screen *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->scan.n_directives; i++) {
		const struct directive *d = s->scan.directives[i];
		for (size_t k = 0; k < d->n_obligations; k++) {
			const struct obligation *o = &d->obligations[k];
			int64_t due = due_of(s, d, o);
			n += d->status == STATUS_IN_FORCE && !only_begins(o) &&
			    due != TIME_NONE && due >= s->judged && due <= s->now;
		}
	}
	return n;
}

/* A step that is a command on this store. */
static void
put_step(struct screen *s, const char *command, const char *rest)
{
	const char *file = store_path(s->scan.store);
	bool usual = strcmp(file, STORE_FILE) == 0;

	putf(&s->out, ": interdict %s --store%s%s%s\n", command, usual ? "" : "=",
	    usual ? "" : file, rest);
}

static void
put_scan(struct screen *s, const char *rest)
{
	put_step(s, "scan", rest);
}

enum { HAS_NOTICE = 1 };

static int
is_of_order(void *state, const char *id, struct text body, struct err *err)
{
	struct arena arena = { NULL, 0 };
	bool is = text_is(body_get(body, "directive", &arena),
	    *(const char *const *)state);

	(void)id;
	(void)err;
	arena_free(&arena);
	return is ? HAS_NOTICE : 0;
}

/* Orders that cover somebody's devices, and of which nobody was told. */
static void
untold(struct screen *s)
{
	struct err err;

	for (size_t i = 0; i < s->scan.n_directives; i++) {
		const struct directive *d = s->scan.directives[i];
		const char *order = d->id;
		char command[128];
		if (d->status != STATUS_IN_FORCE ||
		    count(s, d->id, "device covered") == 0 ||
		    store_live(s->scan.store, "notice", is_of_order, &order, &err) != 0)
			continue;
		(void)snprintf(command, sizeof command, "notice %s", d->id);
		putf(&s->out, "  nobody was told of %s", d->id);
		put_step(s, command, "");
	}
}

/* In the order in which somebody should do them. */
static void
next_steps(struct screen *s)
{
	uint64_t failed = 0, undecided = 0, unseen = 0, left = 0;
	size_t passed = s->judged != TIME_NONE ? passed_since(s) : 0;

	for (size_t i = 0; i < s->scan.n_directives; i++) {
		const char *id = s->scan.directives[i]->id;
		failed += duties(s, id, "failed");
		undecided += count(s, id, "device undecided");
		unseen += count(s, id, "person undecided");
		left += count(s, id, "device left behind");
	}
	put(&s->out, "\nNext\n");
	if (s->scan.n_directives == 0) {
		put(&s->out, "  give an order");
		put_scan(s, " --directive FILE");
	}
	if (s->judged == TIME_NONE) {
		put(&s->out, "  nothing was judged yet");
		put_scan(s, " CAPTURE");
	}
	if (s->judged != TIME_NONE && s->unjudged > 0) {
		putf(&s->out, "  %" PRIu64 " entr%s written down since that was judged",
		    s->unjudged, s->unjudged == 1 ? "y was" : "ies were");
		put_scan(s, "");
	}
	if (passed > 0) {
		putf(&s->out, "  %zu deadline%s passed since that was judged", passed,
		    passed == 1 ? "" : "s");
		put_scan(s, " CAPTURE");
	}
	if (failed > 0) {
		putf(&s->out, "  %" PRIu64 " dut%s failed", failed,
		    failed == 1 ? "y" : "ies");
		put_scan(s, " --only covered");
	}
	if (undecided > 0) {
		putf(&s->out, "  %" PRIu64 " device%s undecided", undecided,
		    undecided == 1 ? " is" : "s are");
		put_scan(s, " --only undecided");
	}
	untold(s);
	if (left > 0)
		putf(&s->out,
		    "  %" PRIu64 " device%s of holders who left %s not handed in: "
		    "interdict people, then interdict custody hand-in\n",
		    left, plural(left), left == 1 ? "was" : "were");
	if (unseen > 0)
		putf(&s->out,
		    "  ask %" PRIu64 " person%s of whom no device was seen: "
		    "interdict declare\n",
		    unseen, plural(unseen));
	expiring(s);
	gaps(s);
}

static void
put_text_all(struct screen *s)
{
	char when[TIME_TEXT];

	putf(&s->out, "%s: ", store_path(s->scan.store));
	if (s->judged == TIME_NONE)
		put(&s->out, "nothing judged yet\n");
	else
		putf(&s->out, "judged as of %s\n",
		    zone_print(s->scan.zone, s->judged, when));
	for (size_t i = 0; i < s->scan.n_directives; i++)
		order_text(s, s->scan.directives[i]);
	next_steps(s);
}

static void
put_json_order(struct screen *s, const struct directive *d)
{
	struct json j = json_over(&s->out);
	char when[TIME_TEXT];

	json_event(&j, "status", s->now);
	json_key(&j, "directive");
	json_cstring(&j, d->id);
	json_key(&j, "judged");
	json_cstring(&j, s->judged == TIME_NONE ? NULL : time_print(s->judged, when));
	json_key(&j, "unjudged");
	json_uint(&j, s->unjudged);
	json_key(&j, "deadlines");
	json_open(&j, '[');
	for (size_t i = 0; i < d->n_obligations; i++) {
		int64_t due = due_of(s, d, &d->obligations[i]);
		json_open(&j, '{');
		json_key(&j, "verb");
		json_cstring(&j, verb_name(d->obligations[i].verb));
		json_key(&j, "due");
		json_cstring(&j, due == TIME_NONE ? NULL : time_print(due, when));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_key(&j, "counts");
	json_open(&j, '{');
	for (size_t i = 0; i < s->n_rows; i++)
		if (strcmp(s->rows[i].directive, d->id) == 0) {
			json_key(&j, s->rows[i].word);
			json_uint(&j, s->rows[i].n);
		}
	json_close(&j, '}');
	json_event_end(&j);
}

static int
run(const char *file, const char *as_of, const char *keyfile, bool json)
{
	struct screen s = { .json = json };
	struct err err = { "" };
	int status = EXIT_BAD;

	if ((s.scan.store = case_store("status", file, STORE_READ)) == NULL)
		return EXIT_BAD;
	if (!veil_key("status", keyfile, &s.pseudonyms, &err) ||
	    !matter_glance(&s.scan) || !scan_as_of(&s.scan, as_of, &err) ||
	    store_tally(s.scan.store, take, &s, &err) != 0) {
		if (err.line[0] != '\0')
			(void)fprintf(stderr, "interdict status: %s\n", err.line);
		pseudonyms_free(s.pseudonyms);
		scan_free(&s.scan);
		return EXIT_BAD;
	}
	s.now = as_of != NULL ? s.scan.as_of : time_now();
	s.judged = store_judged(s.scan.store);
	s.unjudged = store_unjudged(s.scan.store);
	writer_to_fd(&s.out, STDOUT_FILENO);
	for (size_t i = 0; json && i < s.scan.n_directives; i++)
		put_json_order(&s, s.scan.directives[i]);
	if (!json)
		put_text_all(&s);
	status = output_close("status", &s.out);
	pseudonyms_free(s.pseudonyms);
	scan_free(&s.scan);
	return status;
}

int
cmd_status(int argc, char **argv)
{
	const char *store = NULL, *as_of = NULL, *pseudonyms = NULL;
	bool json = false;
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "as-of", OPTION_TEXT, &as_of, "TIME",
		    "count the days from then; default: now" },
		{ "pseudonyms", OPTION_TEXT, &pseudonyms, "KEYFILE",
		    "persons and devices as keyed pseudonyms" },
		{ "json", OPTION_FLAG, &json, NULL, "JSON Lines, one an order" },
	};
	const struct command me = { "status", "[--store FILE.db]",
		"One screen: days to each deadline, how many stand where, what no "
		"sensor\n"
		"sees, what a person must do next.",
		rows, sizeof rows / sizeof rows[0], NULL };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 0)
			(void)fprintf(stderr, "interdict status: what is '%s'?\n",
			    rest.list[0]);
		else
			status = run(store != NULL ? store : STORE_FILE, as_of,
			    pseudonyms, json);
	}
	words_free(&rest);
	return status;
}
