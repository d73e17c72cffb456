/* SPDX-License-Identifier: ISC */
/* Removes from a store what is older than the site's limit. */
#include <stdio.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/retention.h"

struct choices {
	const char *store, *at, *by;
	bool dry, json;
};

static void
put_json(struct writer *w, const struct retention_result *r, bool dry)
{
	const struct {
		const char *key;
		uint64_t n;
	} counts[] = { { "facts", r->removed.facts }, { "stays", r->removed.stays },
		{ "addresses", r->removed.addresses }, { "devices", r->forgotten },
		{ "kept", r->kept } };
	char text[TIME_TEXT];
	struct json j = json_over(w);

	json_event(&j, "retention", TIME_NONE);
	json_key(&j, "before");
	json_cstring(&j, time_print(r->day * DAY, text));
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		json_key(&j, counts[i].key);
		json_uint(&j, counts[i].n);
	}
	json_key(&j, "dry_run");
	json_bool(&j, dry);
	json_event_end(&j);
}

static int
refuse(const char *line)
{
	(void)fprintf(stderr, "interdict retain: %s\n", line);
	return EXIT_BAD;
}

static int
print(const struct choices *c, const struct scan *s, const struct retention_result *r)
{
	const struct retained *n = &r->removed;
	struct writer w;

	writer_to_fd(&w, STDOUT_FILENO);
	if (c->json)
		put_json(&w, r, c->dry);
	else if (n->facts + n->stays + n->addresses > 0)
		retention_tell(&w, s, r, c->dry);
	else
		putf(&w, "%s: nothing that may go is older than the site's limit\n",
		    store_path(s->store));
	return output_close("retain", &w);
}

static int
apply(const struct choices *c, struct scan *s)
{
	struct retention_result result;
	struct err err;
	int64_t judged = s->as_of, at = time_now();

	if (s->site == NULL || s->site->retention == 0)
		return refuse(
		    "the site says no limit: write `retention: 180 days` into "
		    "site.yaml, and give it to the store (scan or import, "
		    "--site FILE)");
	if (c->at != NULL) {
		if (!scan_as_of(s, c->at, &err))
			return refuse(err.line);
		at = s->as_of;
		s->as_of = judged;
	}
	if (retention_apply(s, at, actor_name(c->by, &s->arena), c->dry, &result,
	        &err) != 0)
		return refuse(err.line);
	return print(c, s, &result);
}

static int
run(const struct choices *c)
{
	struct scan s = { .as_of = TIME_NONE };
	const char *file = c->store != NULL ? c->store : STORE_FILE;
	int status = EXIT_BAD;

	if (case_recall(&s, "retain", file, NULL, STORE_WRITE))
		status = apply(c, &s);
	scan_free(&s);
	return status;
}

int
cmd_retain(int argc, char **argv)
{
	struct choices c = { .store = NULL };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "at", OPTION_TEXT, &c.at, "TIME",
		    "from when the limit is counted back; default: now" },
		{ "dry-run", OPTION_FLAG, &c.dry, NULL,
		    "say what would be removed; remove nothing" },
		{ "by", OPTION_TEXT, &c.by, "NAME", "who removes it" },
		{ "json", OPTION_FLAG, &c.json, NULL, "JSON Lines" },
	};
	const struct command me = { "retain",
		"[--store FILE.db] [--at TIME] [--dry-run]",
		"Removes what was heard longer ago than the site's limit (`retention` "
		"in\n"
		"site.yaml), but for what a verdict rests on while it stands.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 done, or nothing to do; 2 nothing was changed." };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 0)
			(void)fprintf(stderr, "interdict retain: what is '%s'?\n",
			    rest.list[0]);
		else
			status = run(&c);
	}
	words_free(&rest);
	return status;
}
