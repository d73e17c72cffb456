/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/sensor.h"
#include "cmd/veil.h"
#include "report/report.h"
#include "report/scrub.h"

/* Hashes of what was printed, for --unique: grows, and forgets nothing. */
struct seen {
	uint64_t *table; /* 0: free */
	size_t cap, n;
};

static bool
seen_add(struct seen *s, uint64_t hash)
{
	size_t i = hash & (s->cap - 1);

	while (s->table[i] != 0 && s->table[i] != hash)
		i = (i + 1) & (s->cap - 1);
	if (s->table[i] == hash)
		return false;
	s->table[i] = hash;
	s->n++;
	return true;
}

static bool
seen_first(struct seen *s, const struct fact *f)
{
	uint64_t hash = hash_bytes(&f->subject, sizeof f->subject, f->key);

	hash = hash_mix(hash, hash_bytes(f->value.s, f->value.len, hash)) | 1;
	if (s->n * 2 >= s->cap) {
		struct seen bigger = { .cap = s->cap > 0 ? s->cap * 2 : 4096 };
		bigger.table = must_alloc(bigger.cap, sizeof *bigger.table);
		for (size_t i = 0; i < s->cap; i++)
			if (s->table[i] != 0)
				(void)seen_add(&bigger, s->table[i]);
		free(s->table);
		*s = bigger;
	}
	return seen_add(s, hash);
}

struct printer {
	struct writer w;
	const struct sensor_job *job;
	bool json;
	struct seen unique;
	bool only_first;
	struct pseudonyms *pseudonyms; /* NULL: names stand as they are */
};

static const char *
decoder_name(uint16_t number)
{
	size_t n;
	const struct decoder *rows = decoders(&n);

	return number < n ? rows[number].name : "packet";
}

static void
print_text(struct printer *p, const struct fact *f, const char *capture)
{
	char when[TIME_TEXT], subject[ADDR_TEXT], name[64], other[64];
	const char *what = p->pseudonyms != NULL ? personal_kind(f->key, f->value)
	                                         : NULL;
	const char *who = addr_print(f->subject, subject);
	struct writer *w = &p->w;

	if (p->pseudonyms != NULL && f->subject.kind != ADDR_NONE)
		who = pseudonym(p->pseudonyms, addr_is_link(f->subject) ? "mac" : "ip",
		    text_of(subject), name);
	(void)time_print(f->seen->time, when);
	putf(w, "%.26s %s %llu %-17s %s ", when, capture,
	    (unsigned long long)f->seen->frame, who, fact_name(f->key));
	struct json j = json_over(w);
	if (what != NULL)
		json_cstring(&j, pseudonym(p->pseudonyms, what, f->value, other));
	else
		json_string(&j,
		    f->value); /* quoted: control characters stay harmless */
	put_char(w, '\n');
}

static void
take_fact(void *state, const struct fact *f)
{
	struct printer *p = state;
	const char *capture = p->job->interface;

	if (capture == NULL && f->seen->capture < p->job->n_captures)
		capture = p->job->captures[f->seen->capture];
	if (p->only_first && !seen_first(&p->unique, f))
		return;
	if (p->json)
		json_fact(&p->w, f, capture, decoder_name(f->decoder), p->pseudonyms);
	else
		print_text(p, f, capture);
	if (p->job->interface != NULL)
		(void)writer_flush(&p->w); /* somebody is watching */
	output_check("facts", &p->w);
}

static void
take_presence(void *state, const struct presence *p)
{
	(void)state;
	(void)p;
}

static int
list_keys(bool json)
{
	struct writer w;

	writer_to_fd(&w, STDOUT_FILENO);
	for (enum fact_key k = FACT_NONE + 1; k < FACT_KEYS; k++) {
		struct json j = json_over(&w);
		if (!json) {
			putf(&w, "%-24s %s\n", fact_name(k), fact_about(k));
			continue;
		}
		json_event(&j, "fact_key", TIME_NONE);
		json_key(&j, "key");
		json_cstring(&j, fact_name(k));
		json_key(&j, "family");
		json_cstring(&j, fact_family(k));
		json_key(&j, "about");
		json_cstring(&j, fact_about(k));
		json_event_end(&j);
	}
	return output_close("facts", &w);
}

static int
run(const struct sensor_job *job, bool json, bool unique, const char *keyfile)
{
	struct printer p = { .job = job, .json = json, .only_first = unique };
	struct sensor_taker taker = { .fact = take_fact,
		.presence = take_presence,
		.state = &p };
	struct sensor_result result = { 0 };
	struct err err;
	int status = EXIT_OK;

	if (!veil_key("facts", keyfile, &p.pseudonyms, &err)) {
		(void)fprintf(stderr, "interdict facts: %s\n", err.line);
		return EXIT_BAD;
	}
	writer_to_fd(&p.w, STDOUT_FILENO);
	if (sensor_run(job, &taker, &result, &err) != 0) {
		(void)fprintf(stderr, "interdict facts: %s\n", err.line);
		status = EXIT_BAD;
	}
	if (output_close("facts", &p.w) != EXIT_OK)
		status = EXIT_BAD;
	for (size_t i = 0; i < result.n_inputs; i++)
		if (result.inputs[i].damage[0] != '\0')
			(void)fprintf(stderr, "interdict facts: %s: %s\n",
			    result.inputs[i].name, result.inputs[i].damage);
	if (!sensor_read_something(&result))
		status = EXIT_BAD;
	sensor_result_free(&result);
	free(p.unique.table);
	pseudonyms_free(p.pseudonyms);
	return status;
}

int
cmd_facts(int argc, char **argv)
{
	bool json = false, unique = false, list = false;
	const char *interface = NULL, *duration = NULL, *pseudonyms = NULL;
	const struct option_row rows[] = {
		{ "json", OPTION_FLAG, &json, NULL,
		    "JSON Lines, as man interdict-json tells" },
		{ "unique", OPTION_FLAG, &unique, NULL,
		    "one for each subject, key and value" },
		{ "list", OPTION_FLAG, &list, NULL,
		    "the keys of facts, and what they mean" },
		{ "interface", OPTION_TEXT, &interface, "NAME",
		    "listen there instead" },
		{ "for", OPTION_TEXT, &duration, "TIME", "so long: 30s, 10m, 2h" },
		{ "pseudonyms", OPTION_TEXT, &pseudonyms, "KEYFILE",
		    "names, addresses, host names as keyed pseudonyms" },
	};
	const struct command me = { "facts", "[--json] [--unique] CAPTURE...",
		"Prints what the captures say of each address: one fact a line.\n"
		"A CAPTURE is pcap or pcapng, plain, .gz or .zst; - is standard input.",
		rows, sizeof rows / sizeof rows[0], NULL };
	struct words words = { 0 };
	struct err err;
	struct sensor_job job = { .every = true };
	int status;

	if (!options_read(&me, argc, argv, &words, &status)) {
		words_free(&words);
		return status;
	}
	job.captures = words.list;
	job.n_captures = words.n;
	job.interface = interface;
	if (list) {
		status = list_keys(json);
	} else if (!sensor_job_check(&job, duration, &err)) {
		(void)fprintf(stderr, "interdict facts: %s\n", err.line);
		status = EXIT_BAD;
	} else {
		status = run(&job, json, unique, pseudonyms);
	}
	words_free(&words);
	return status;
}
