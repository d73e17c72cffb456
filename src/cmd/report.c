/* SPDX-License-Identifier: ISC */
/* The report to the authority: a folder of files that say the same, signed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/bundle.h"
#include "cmd/cmd.h"
#include "cmd/filed.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "cmd/veil.h"

enum { PATH_MOST = 4200, TABLE_MOST = 1 << 16 };

struct choices {
	const char *store, *directive, *as_of, *to, *pseudonyms, *contact, *by;
	bool withhold, force, json;
};

struct filed {
	const struct choices *choices;
	struct scan scan;
	struct case_file matter;
	struct verdicts *verdicts; /* of the orders asked for */
	struct measured *measured;
	size_t n_measured;
	struct report report;
	struct summary summary;
	struct filing filing;
	struct signer key;
	struct pseudonyms *pseudonyms;
	struct bundle bundle;
	char manifest[SHA256_TEXT];
};

static int
load_key(struct filed *f, struct err *err)
{
	char path[PATH_MOST], hex[LEDGER_HEX];

	if (snprintf(path, sizeof path, "%s.key", store_path(f->scan.store)) >=
	    (int)sizeof path)
		return err_set(err, "the name of the store is too long");
	if (signer_load(path, true, &f->key, err) != 0)
		return -1;
	(void)snprintf(f->filing.signer, sizeof f->filing.signer, "%s",
	    hex_print(f->key.public_key, LEDGER_PUBLIC, hex));
	return 0;
}

/* What withholds without a key of its own has one of the store's: the same each time,
 * and only who has the store's can undo it. */
static int
load_pseudonyms(struct filed *f, struct err *err)
{
	static const char words[] = "interdict: names withheld in reports";
	char hex[SHA256_TEXT];
	uint8_t key[32];

	if (!veil_key("report", f->choices->pseudonyms, &f->pseudonyms, err))
		return -1;
	if (f->pseudonyms != NULL || !f->choices->withhold)
		return 0;
	struct sha256 *sum = sha256_new();
	sha256_add(sum, words, sizeof words);
	sha256_add(sum, f->key.secret, sizeof f->key.secret);
	sha256_take(sum, hex);
	sha256_free(sum);
	if (hex_parse(text_of(hex), key, sizeof key))
		f->pseudonyms = pseudonyms_of(key);
	explicit_bzero(hex, sizeof hex);
	explicit_bzero(key, sizeof key);
	return 0;
}

/* Of the one order that was asked for, or of all. */
static int
choose(struct filed *f, struct err *err)
{
	const char *id = f->choices->directive;
	size_t i = 0;

	if (f->matter.n_directives == 0)
		return err_set(err,
		    "%s has no order: give one with `interdict scan --store "
		    "--directive FILE`",
		    store_path(f->scan.store));
	if (id == NULL)
		return 0;
	while (
	    i < f->matter.n_directives && strcmp(f->matter.directives[i]->id, id) != 0)
		i++;
	if (i == f->matter.n_directives)
		return err_set(err, "%s has no order called '%s'",
		    store_path(f->scan.store), id);
	f->matter.directives += i;
	f->matter.n_directives = 1;
	return 0;
}

/* All orders are judged and written down; those that are reported on are listed. */
static int
list_verdicts(struct filed *f, struct err *err)
{
	const struct scan *s = &f->scan;
	bool *which = must_alloc(s->n_directives, sizeof *which);

	for (size_t i = 0; i < f->matter.n_directives; i++)
		which[(size_t)(f->matter.directives - s->directives) + i] = true;
	f->verdicts = verdicts_list(&f->scan, which, err);
	free(which);
	return f->verdicts != NULL ? 0 : -1;
}

/* How right the answers were, as was measured; a copy without the table says nothing.
 */
static void
load_measured(struct filed *f)
{
	struct complaints wrong = { 0 };
	struct arena *arena = &f->scan.arena;
	char path[SHARE_PATH];
	struct measured *rows = NULL;
	struct text rest, line, cell;
	size_t n = 0;

	if (file_read(arena, share_path("accuracy.tsv", path), TABLE_MOST, &rest,
	        &wrong))
		while (text_split(&rest, '\n', &line)) {
			size_t k = 0;
			if (line.len == 0 || line.s[0] == '#')
				continue;
			rows = must_grow(rows, n + 1, sizeof *rows);
			for (; k < MEASURED_CELLS && text_split(&line, '\t', &cell);
			     k++)
				rows[n].cells[k] = arena_string(arena, cell);
			n += k == MEASURED_CELLS;
		}
	complaints_free(&wrong);
	f->measured = rows;
	f->n_measured = n;
}

static int
load_past(struct filed *f, struct err *err)
{
	size_t n = f->matter.n_directives;
	struct past_report *before = arena_take(&f->scan.arena, n * sizeof *before);

	for (size_t i = 0; i < n; i++)
		if (filed_before(f->scan.store, f->matter.directives[i]->id,
		        f->matter.as_of, &before[i], err) != 0)
			return -1;
	f->filing.before = before;
	f->filing.contact = f->choices->contact;
	return filed_head(f->scan.store, &f->filing, err);
}

/* The report model: what every file is printed from. */
static int
make_report(struct filed *f, struct err *err)
{
	if (f->scan.as_of == TIME_NONE)
		return err_set(err,
		    "%s has heard nothing yet: name the time with --as-of",
		    store_path(f->scan.store));
	f->matter = scan_case(&f->scan);
	if (choose(f, err) != 0 || list_verdicts(f, err) != 0 ||
	    load_key(f, err) != 0 || load_pseudonyms(f, err) != 0 ||
	    load_past(f, err) != 0)
		return -1;
	load_measured(f);
	f->report = scan_report(&f->scan, &f->matter);
	f->report.verdicts = f->verdicts;
	f->report.filing = &f->filing;
	f->report.pseudonyms = f->pseudonyms;
	f->report.withhold = f->choices->withhold;
	f->report.page = true;
	f->report.brief = true;
	f->report.measured = f->measured;
	f->report.n_measured = f->n_measured;
	f->summary = summarise(&f->scan.arena, &f->report);
	view_share(&f->report);
	return 0;
}

static int
write_manifest(struct filed *f, struct err *err)
{
	uint8_t signature[LEDGER_SIGNATURE];
	char hex[LEDGER_HEX];
	struct writer w, line;

	writer_to_memory(&w);
	writer_to_memory(&line);
	manifest_print(&f->report, f->bundle.files, f->bundle.n, &w);
	sha256_hex(w.buf, w.len, f->manifest);
	sign_bytes(&f->key, writer_text(&w), signature);
	int failed = bundle_write(&f->bundle, MANIFEST_FILE, writer_text(&w), err);
	putf(&line, "%s\n", hex_print(signature, sizeof signature, hex));
	failed = failed != 0 ||
	    bundle_write(&f->bundle, MANIFEST_SIGNATURE, writer_text(&line), err) != 0;
	line.len = 0;
	public_put(&line, f->key.public_key);
	failed = failed ||
	    bundle_write(&f->bundle, MANIFEST_KEY, writer_text(&line), err) != 0;
	(void)writer_close(&line);
	(void)writer_close(&w);
	return failed ? -1 : 0;
}

static int
write_files(struct filed *f, struct err *err)
{
	static const struct {
		const char *name;
		bundle_printer *print;
	} files[] = { { "report.html", report_html }, { "verdicts.csv", report_csv },
		{ "exceptions.csv", report_exceptions_csv },
		{ "disposals.csv", report_disposals_csv },
		{ "report.jsonl", report_json }, { "ocsf.jsonl", report_ocsf },
		{ "oscal.json", report_oscal } };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (bundle_print(&f->bundle, files[i].name, files[i].print, &f->report,
		        err) != 0)
			return -1;
	return write_manifest(f, err);
}

/* The folder and the entry of the ledger: both, or neither. */
static int
file_report(struct filed *f, struct err *err)
{
	const char *actor = actor_name(f->choices->by, &f->scan.arena);
	struct store *store = f->scan.store;

	bool good = write_files(f, err) == 0 && store_begin(store, err) == 0;
	if (good) {
		good = filed_record(store, &f->report, &f->summary, f->manifest, actor,
		           time_now(), err) == 0 &&
		    bundle_place(&f->bundle, err) == 0 && case_sign(store, err) == 0;
		if (!good)
			store_undo(store);
	}
	return good ? 0 : -1;
}

static void
say_json(const struct filed *f, struct writer *w)
{
	struct json j = json_over(w);

	json_event(&j, "report", f->matter.as_of);
	json_key(&j, "to");
	json_cstring(&j, f->bundle.to);
	json_key(&j, "manifest");
	json_cstring(&j, f->manifest);
	json_key(&j, "signer");
	json_cstring(&j, f->filing.signer);
	json_key(&j, "directives");
	json_open(&j, '[');
	for (size_t i = 0; i < f->summary.n; i++) {
		json_open(&j, '{');
		json_key(&j, "directive");
		json_cstring(&j, f->summary.tallies[i].directive->id);
		for (enum outcome c = 0; c < COUNTS; c++) {
			json_key(&j, outcome_name(c));
			json_uint(&j, f->summary.tallies[i].counts[c]);
		}
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_event_end(&j);
}

static void
say_text(const struct filed *f, struct writer *w)
{
	char when[TIME_TEXT];

	putf(w, "%s: report as of %.16sZ, %zu files and their manifest %s\n",
	    f->bundle.to, time_print(f->matter.as_of, when), f->bundle.n, f->manifest);
	for (size_t i = 0; i < f->summary.n; i++) {
		const struct tally *t = &f->summary.tallies[i];
		putf(w,
		    "  %s: %zu found: %zu removed, %zu remaining, %zu excepted; "
		    "%zu undecided\n",
		    t->directive->id, t->counts[COUNT_FOUND], t->counts[COUNT_REMOVED],
		    t->counts[COUNT_REMAINING], t->counts[COUNT_EXCEPTED],
		    t->counts[COUNT_UNDECIDED]);
	}
	putf(w, "  signed by %s\n", f->filing.signer);
}

static int
tell_filed(const struct filed *f)
{
	struct writer w;

	writer_to_fd(&w, STDOUT_FILENO);
	if (f->choices->json)
		say_json(f, &w);
	else
		say_text(f, &w);
	return output_close("report", &w);
}

static int
run(const struct choices *c)
{
	struct filed f = { .choices = c, .bundle = { .folder = -1 } };
	const char *store = c->store != NULL ? c->store : STORE_FILE;
	int status = EXIT_BAD;
	struct err err;

	/* The place first: that it is taken is known at once. */
	if (bundle_begin(&f.bundle, c->to, c->force, &err) != 0) {
		(void)fprintf(stderr, "interdict report: %s\n", err.line);
		return EXIT_BAD;
	}
	if (case_recall(&f.scan, "report", store, c->as_of, STORE_WRITE)) {
		bool good = make_report(&f, &err) == 0 && file_report(&f, &err) == 0;
		bundle_end(&f.bundle, good);
		if (good)
			status = tell_filed(&f);
		else
			(void)fprintf(stderr, "interdict report: %s\n", err.line);
	}
	bundle_end(&f.bundle, false);
	explicit_bzero(&f.key, sizeof f.key);
	view_unshare(&f.report);
	free(f.measured);
	pseudonyms_free(f.pseudonyms);
	verdicts_free(f.verdicts);
	scan_free(&f.scan);
	return status;
}

int
cmd_report(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "directive", OPTION_TEXT, &c.directive, "ID",
		    "of this order alone; default: all of the store" },
		{ "as-of", OPTION_TEXT, &c.as_of, "TIME",
		    "as of then; default: the last packet" },
		{ "to", OPTION_TEXT, &c.to, "DIR", "the folder to make" },
		{ "force", OPTION_FLAG, &c.force, NULL,
		    "in the place of a report that is there" },
		{ "contact", OPTION_TEXT, &c.contact, "TEXT",
		    "whom the authority may ask, for the head of the page" },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "replace names, addresses, host names" },
		{ "withhold", OPTION_FLAG, &c.withhold, NULL,
		    "names of sites and segments too; without a key, the store's" },
		{ "by", OPTION_TEXT, &c.by, "NAME", "who files it" },
		{ "json", OPTION_FLAG, &c.json, NULL, "say what was written as JSON" },
	};
	const struct command me = { "report",
		"[--store FILE.db] [--directive ID] [--as-of TIME] --to DIR",
		"Writes the report to the authority out of a store: a page, CSV, JSON "
		"Lines,\n"
		"OCSF and OSCAL, with a manifest that is signed.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 it is written; 2 it is not, and nothing is.\n"
		"To check it elsewhere: interdict verify report DIR --key FILE" };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 0)
			(void)fprintf(stderr, "interdict report: what is '%s'?\n",
			    rest.list[0]);
		else if (c.to == NULL)
			(void)fputs("interdict report: name a folder with --to\n",
			    stderr);
		else
			status = run(&c);
	}
	words_free(&rest);
	return status;
}
