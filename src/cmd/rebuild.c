/* SPDX-License-Identifier: ISC */
/*
 * What is derived, made again from the facts and the ledger alone: and whether it is
 * what stood there before.
 */
#include <stdio.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "store/store.h"

/* As of when it was judged last, by what is there now. */
static int
rejudge(struct scan *s, size_t *changed, struct err *err)
{
	int64_t judged = store_judged(s->store);

	if (judged == TIME_NONE)
		return 0;
	if (!case_again(s, "rebuild", judged))
		return err_set(err, "what it holds could not be judged again");
	return verdicts_judge(s, changed, err);
}

static int
put_count(void *state, const char *directive, const char *word, uint64_t n,
    struct err *err)
{
	(void)err;
	putf(state, "%s %s %llu\n", directive, word, (unsigned long long)n);
	return 0;
}

/*
 * Judges anew; false when the same verdicts give other counts than those that stood
 * there. Where verdicts changed, so do the counts, and that is told.
 */
static bool
recount(struct scan *s, size_t *changed, int *failed, struct err *err)
{
	struct writer before, after;

	writer_to_memory(&before);
	writer_to_memory(&after);
	*failed = store_tally(s->store, put_count, &before, err) != 0 ||
	    rejudge(s, changed, err) != 0 ||
	    store_tally(s->store, put_count, &after, err) != 0;
	bool same = *changed > 0 ||
	    text_equal(writer_text(&before), writer_text(&after));
	(void)writer_close(&before);
	(void)writer_close(&after);
	return same;
}

static int
run(const char *file, bool json)
{
	struct scan s = { .store = case_store("rebuild", file, STORE_WRITE) };
	struct writer out;
	struct err err;
	char before[65], after[65];
	size_t changed = 0;
	bool same = true;

	if (s.store == NULL)
		return EXIT_BAD;
	int failed = store_rebuild(s.store, before, after, &err);
	if (!failed)
		same = recount(&s, &changed, &failed, &err) &&
		    text_equal(text_of(before), text_of(after));
	if (failed)
		(void)fprintf(stderr, "interdict rebuild: %s\n", err.line);
	writer_to_fd(&out, STDOUT_FILENO);
	if (!failed && json)
		putf(&out,
		    "{\"event_type\":\"rebuild\",\"rebuild\":{\"before\":\"%s\","
		    "\"after\":\"%s\",\"identical\":%s,\"verdicts_changed\":%zu}}\n",
		    before, after, same ? "true" : "false", changed);
	else if (!failed)
		putf(&out, "%s: %s; %zu verdicts changed\n", file,
		    same ? "what is derived was made again, and is the same"
		         : "what is derived was made again, and DIFFERS from what "
		           "stood there",
		    changed);
	scan_free(&s);
	if (output_close("rebuild", &out) != EXIT_OK || failed)
		return EXIT_BAD;
	return same ? EXIT_OK : EXIT_FOUND;
}

int
cmd_rebuild(int argc, char **argv)
{
	const char *store = NULL;
	bool json = false;
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "json", OPTION_FLAG, &json, NULL, "JSON Lines" },
	};
	const struct command me = { "rebuild", "[--store FILE.db]",
		"Throws away all that is derived from the facts and the ledger, makes "
		"it\n"
		"again, and says whether it is the same.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 it is the same; 1 it differs; 2 it cannot be read." };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 0)
			(void)fprintf(stderr, "interdict rebuild: what is '%s'?\n",
			    rest.list[0]);
		else
			status = run(store != NULL ? store : STORE_FILE, json);
	}
	words_free(&rest);
	return status;
}
