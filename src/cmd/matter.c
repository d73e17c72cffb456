/* SPDX-License-Identifier: ISC */
/* The matter: orders, site and papers, from files or from the store, or both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/time.h"
#include "cmd/scan.h"
#include "store/store.h"

enum { TEXT_MOST = 1 << 20, PAPER_MOST = 64 << 20, KEY_PATH = 4200 };

struct case_file
scan_case(const struct scan *s)
{
	return (struct case_file){ .directives = s->directives,
		.n_directives = s->n_directives,
		.devices = s->devices,
		.knowledge = s->knowledge,
		.people = s->people,
		.site = s->site,
		.as_of = s->as_of,
		.lists = s->lists,
		.n_lists = s->n_lists };
}

struct store *
case_store(const char *command, const char *file, enum store_mode mode)
{
	struct err err;
	struct store *s = store_open(file, mode, &err);

	if (s == NULL)
		(void)fprintf(stderr, "interdict %s: %s\n", command, err.line);
	return s;
}

int
case_sign(struct store *s, struct err *err)
{
	char path[KEY_PATH];
	struct signer key;

	if (snprintf(path, sizeof path, "%s.key", store_path(s)) >= (int)sizeof path)
		return err_set(err, "the name of the store is too long");
	if (signer_load(path, true, &key, err) != 0 ||
	    store_sign(s, &key, time_now(), err) != 0)
		return -1;
	explicit_bzero(&key, sizeof key);
	return store_commit(s, err);
}

/* What the site knows better of its own devices than the table of priors. */
static void
set_priors(struct scan *s, struct complaints *wrong)
{
	for (size_t i = 0; i < s->site->n_priors; i++) {
		const struct prior_override *p = &s->site->priors[i];
		enum attribute attribute;
		if (!attribute_find(text_of(p->attribute), &attribute) ||
		    !knowledge_set_prior(s->knowledge, attribute, text_of(p->value),
		        p->share))
			complain(wrong, s->site->file, 0, 0,
			    "priors: no %s is called '%s'; share/knowledge/priors.tsv "
			    "has "
			    "the words",
			    p->attribute, p->value);
	}
}

static void
add_directive(struct scan *s, struct directive *d)
{
	if (d == NULL)
		return;
	s->directives = must_grow(s->directives, s->n_directives + 1,
	    sizeof(struct directive *));
	s->directives[s->n_directives++] = d;
}

static void
find_zone(struct scan *s)
{
	s->zone = s->site != NULL ? s->site->zone
	    : s->n_directives > 0 ? s->directives[0]->zone
	                          : zone_find(text_of("UTC"));
}

static void
load_files(struct scan *s, const struct matter_files *f, struct complaints *wrong)
{
	if (f->site != NULL)
		s->site = site_load(f->site, wrong);
	for (size_t i = 0; i < f->n_directives; i++)
		add_directive(s, directive_load(f->directives[i], wrong));
	find_zone(s);
	lists_load(s, &f->lists, wrong);
}

/* Orders and the site, as they were given: into the ledger. */
static int
write_texts(struct scan *s, const struct matter_files *f, const char *actor,
    struct complaints *wrong, struct err *err)
{
	struct text text;

	for (size_t i = 0; i < f->n_directives; i++) {
		const char *file = f->directives[i];
		if (!file_read(&s->arena, file, TEXT_MOST, &text, wrong))
			continue;
		struct directive *d = directive_parse(file, text, wrong);
		int failed = d == NULL ? 0
		                       : store_keep_text(s->store, "directive", d->id,
		                             text, time_now(), actor, NULL, err);
		directive_free(d);
		if (failed)
			return -1;
	}
	if (f->site == NULL || !file_read(&s->arena, f->site, TEXT_MOST, &text, wrong))
		return 0;
	struct site *site = site_parse(f->site, text, wrong);
	int failed = site == NULL ? 0
	                          : store_keep_text(s->store, "site", "site", text,
	                                time_now(), actor, NULL, err);
	site_free(site);
	return failed;
}

/* Leaves the texts of the papers beside their names. */
static int
write_papers(struct scan *s, struct papers *given, const char *actor,
    struct complaints *wrong, struct err *err)
{
	struct paper *each = &given->roster;

	for (unsigned i = 0; i < KINDS_GIVEN; i++) {
		if (each[i].file == NULL ||
		    !file_read(&s->arena, each[i].file, PAPER_MOST, &each[i].text,
		        wrong))
			continue;
		if (store_paper(s->store, (enum paper_kind)i, &each[i], time_now(),
		        actor, &s->arena, wrong, err) < 0 &&
		    wrong->errors == 0)
			return -1;
	}
	return 0;
}

static int
texts_back(struct scan *s, struct complaints *wrong, struct err *err)
{
	const char **ids;
	struct text text;
	size_t n;
	char name[KEY_PATH];

	if (store_text(s->store, "site", "site", &s->arena, &text, err) != 0 ||
	    store_keys(s->store, "directive", &s->arena, &ids, &n, err) != 0)
		return -1;
	(void)snprintf(name, sizeof name, "%s (site)", store_path(s->store));
	if (text.len > 0)
		s->site = site_parse(arena_string(&s->arena, text_of(name)), text,
		    wrong);
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(name, sizeof name, "%s (directive %.200s)",
		    store_path(s->store), ids[i]);
		if (store_text(s->store, "directive", ids[i], &s->arena, &text, err) !=
		    0)
			return -1;
		add_directive(s,
		    directive_parse(arena_string(&s->arena, text_of(name)), text,
		        wrong));
	}
	find_zone(s);
	return 0;
}

static int
read_back(struct scan *s, struct papers *papers, struct complaints *wrong,
    struct err *err)
{
	if (texts_back(s, wrong, err) != 0 || lists_recall(s, wrong, err) != 0)
		return -1;
	return store_papers(s->store, papers, &s->arena, &s->texts, err);
}

/* The exceptions alone of all papers: their persons are ids. */
static int
glance_back(struct scan *s, struct papers *papers, struct complaints *wrong,
    struct err *err)
{
	if (texts_back(s, wrong, err) != 0)
		return -1;
	return store_paper_back(s->store, KIND_EXCEPTION, &papers->exceptions,
	    &s->arena, &s->texts, err);
}

static int
places_back(struct scan *s, struct papers *papers, struct complaints *wrong,
    struct err *err)
{
	(void)papers;
	return texts_back(s, wrong, err);
}

/* A warning was told when the paper came: not each time that the store gives it. */
static void
drop_cautions(const char *store, struct complaints *wrong)
{
	size_t kept = 0, len = strlen(store);

	for (size_t i = 0; i < wrong->n; i++) {
		struct complaint *c = &wrong->list[i];
		if (c->warning && strncmp(c->file, store, len) == 0 &&
		    c->file[len] == ' ')
			complaint_free(c);
		else
			wrong->list[kept++] = *c;
	}
	wrong->n = kept;
}

static void
load_people(struct scan *s, struct papers *papers, struct complaints *wrong)
{
	if (papers_any(papers))
		s->people = s->store != NULL ? people_read(papers, s->zone, wrong)
		                             : people_load(papers, s->zone, wrong);
	if (s->store != NULL && !s->all_warnings)
		drop_cautions(store_path(s->store), wrong);
}

/* What each of them must know of the others. */
static void
check(struct scan *s, struct complaints *wrong)
{
	size_t n_all;
	const struct hypothesis *all = knowledge_hypotheses(s->knowledge, &n_all);

	if (s->site != NULL)
		set_priors(s, wrong);
	lists_compare(s);
	corrections_check(s, wrong);
	for (size_t i = 0; i < s->n_directives; i++)
		directive_check_words(s->directives[i], all, n_all, wrong);
	if (s->n_directives > 1 && wrong->errors == 0)
		(void)directives_conflicts(s->directives, s->n_directives, all, n_all,
		    wrong);
	struct case_file matter = scan_case(s);
	if (wrong->errors == 0) {
		lists_check(&matter, wrong);
		exceptions_check(&matter, wrong);
	}
}

/*
 * What was given, beside what the store has of the other kinds: so that mistakes are
 * told by the lines of the files they stand in. The persons are those of both.
 */
static int
check_given(struct scan *s, struct papers *given, struct complaints *wrong,
    struct err *err)
{
	const struct papers roster = { .roster = given->roster };

	given->roster = (struct paper){ .file = NULL };
	int failed = matter_read(s, given, wrong, err);
	if (!failed && papers_any(&roster))
		people_free(people_read(&roster, s->zone, wrong));
	matter_forget(s);
	return failed;
}

/* Writes what is given, and takes everything back: in one transaction. */
static int
load_store(struct scan *s, const struct matter_files *f, const char *actor,
    struct complaints *wrong, struct err *err)
{
	struct papers papers = { .roster = { .file = NULL } }, from = f->papers;
	bool given = f->n_directives > 0 || f->site != NULL || f->lists.n > 0 ||
	    papers_any(&f->papers);

	if (given &&
	    (store_begin(s->store, err) != 0 ||
	        write_texts(s, f, actor, wrong, err) != 0 ||
	        lists_keep(s, &f->lists, actor, wrong, err) != 0 ||
	        write_papers(s, &from, actor, wrong, err) != 0))
		return -1;
	if (papers_any(&from) && check_given(s, &from, wrong, err) != 0)
		return -1;
	if (wrong->errors > 0)
		return 0;
	if (matter_read(s, &papers, wrong, err) != 0)
		return -1;
	if (!given || wrong->errors > 0)
		return 0;
	return case_sign(s->store, err);
}

bool
matter_load(struct scan *s, const struct matter_files *f, const char *actor)
{
	struct complaints wrong = { 0 };
	struct err err = { "" };
	struct papers papers = f->papers;
	struct writer w;
	int failed = 0;

	writer_to_fd(&w, STDERR_FILENO);
	if (s->store != NULL) {
		failed = load_store(s, f, actor, &wrong, &err);
		arena_free(&s->texts);
	} else {
		load_files(s, f, &wrong);
		load_people(s, &papers, &wrong);
		check(s, &wrong);
	}
	complaints_print(&wrong, &w);
	if (failed)
		putf(&w, "interdict: %s\n", err.line);
	bool good = !failed && wrong.errors == 0;
	if (!good && s->store != NULL)
		store_undo(s->store);
	complaints_free(&wrong);
	(void)writer_close(&w);
	return good;
}

int
matter_read(struct scan *s, struct papers *papers, struct complaints *wrong,
    struct err *err)
{
	if (read_back(s, papers, wrong, err) != 0)
		return -1;
	load_people(s, papers, wrong);
	check(s, wrong);
	return 0;
}

void
matter_forget(struct scan *s)
{
	for (size_t i = 0; i < s->n_directives; i++)
		directive_free(s->directives[i]);
	free(s->directives);
	lists_forget(s);
	people_free(s->people);
	site_free(s->site);
	s->directives = NULL;
	s->n_directives = 0;
	s->people = NULL;
	s->site = NULL;
}

static bool
recall(struct scan *s,
    int (*back)(struct scan *, struct papers *, struct complaints *, struct err *))
{
	struct complaints wrong = { 0 };
	struct papers papers = { .roster = { .file = NULL } };
	struct err err = { "" };
	struct writer w;

	int failed = back(s, &papers, &wrong, &err);
	if (!failed)
		load_people(s, &papers, &wrong);
	arena_free(&s->texts);
	writer_to_fd(&w, STDERR_FILENO);
	complaints_print(&wrong, &w);
	if (failed)
		putf(&w, "interdict: %s\n", err.line);
	bool good = !failed && wrong.errors == 0;
	complaints_free(&wrong);
	(void)writer_close(&w);
	return good;
}

bool
matter_recall(struct scan *s)
{
	return recall(s, read_back);
}

bool
matter_glance(struct scan *s)
{
	return recall(s, glance_back);
}

bool
matter_places(struct scan *s)
{
	return recall(s, places_back);
}
