/* SPDX-License-Identifier: ISC */
/*
 * The run of a scan: knowledge, the sensor, the register, and an honest list of
 * what could not be seen.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/time.h"
#include "device/hidden.h"
#include "cmd/captures.h"
#include "cmd/options.h"
#include "cmd/scan.h"
#include "import/import.h"
#include "store/store.h"

enum { DEVICES_MAX = 1 << 22 };

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

/* What came after the time asked about is not known at that time. */
static void
take_fact(void *state, const struct fact *f)
{
	const struct scan *s = state;

	if (s->as_of == TIME_NONE || f->seen->time <= s->as_of)
		register_fact(s->devices, f);
}

static void
take_presence(void *state, const struct presence *p)
{
	const struct scan *s = state;
	struct presence then = *p;

	if (s->as_of != TIME_NONE && then.last > s->as_of)
		then.last = s->as_of;
	if (then.first <= then.last)
		register_presence(s->devices, &then);
}

static void
facts_next(void *state, const struct fact *f, size_t n)
{
	register_expect(((const struct scan *)state)->devices, f, n);
}

static void
presences_next(void *state, const struct presence *p, size_t n)
{
	register_expect_presences(((const struct scan *)state)->devices, p, n);
}

bool
scan_as_of(struct scan *s, const char *as_of, struct err *err)
{
	struct civil at;
	bool timed;

	s->as_of = TIME_NONE;
	if (as_of == NULL)
		return true;
	if (!civil_parse(text_of(as_of), &at, &timed)) {
		(void)err_set(err, "--as-of '%s' is no time: write '2023-04-02 09:00'",
		    as_of);
		return false;
	}
	s->as_of = zone_to_utc(s->zone, &at);
	return true;
}

static const char *
decoder_name(unsigned number)
{
	size_t n;
	const struct decoder *rows = decoders(&n);
	const struct import_row *log = NULL;

	if ((number & IMPORT_DECODER) != 0)
		log = import_row(
		    (enum import_format)(number & ~(unsigned)IMPORT_DECODER));
	return log != NULL ? log->name : number < n ? rows[number].name : "packet";
}

struct report
scan_report(const struct scan *s, const struct case_file *matter)
{
	return (struct report){ .matter = matter,
		.inputs = s->inputs,
		.n_inputs = s->n_inputs,
		.blind_spots = s->blind_spots,
		.n_blind_spots = s->n_blind_spots,
		.decoder_name = decoder_name,
		.synthetic = s->synthetic,
		.width = 100 };
}

static void PRINTF_LIKE(2, 3) blind(struct scan *s, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		FAULT("out of memory");
	va_end(args);
	s->blind_spots = must_grow(s->blind_spots, s->n_blind_spots + 1,
	    sizeof *s->blind_spots);
	s->blind_spots[s->n_blind_spots++] = (struct blind_spot){ text };
}

static void
blind_input(struct scan *s, const struct sensor_input *in)
{
	if (in->unreadable)
		blind(s, "Nothing of %s could be read: %s.", in->name, in->damage);
	else if (in->damage[0] != '\0')
		blind(s, "%s is damaged: %s; everything before that is used.", in->name,
		    in->damage);
	if (in->cut > 0)
		blind(s,
		    "%llu of %llu frames of %s are shorter than they were on the wire "
		    "(snap length %u): what they said further on is not seen.",
		    (unsigned long long)in->cut, (unsigned long long)in->frames,
		    in->name, in->snaplen);
	if (in->dropped > 0)
		blind(s, "%llu frames of %s were dropped before they could be read.",
		    (unsigned long long)in->dropped, in->name);
	if (in->skipped > 0)
		blind(s, "%llu frames of %s stand in blocks that cannot be read.",
		    (unsigned long long)in->skipped, in->name);
}

static void
blind_counts(struct scan *s, const struct decode_counts *c)
{
	if (c->hello_cut > 0)
		blind(s,
		    "%llu first messages of connections (TLS hellos, HTTP requests) "
		    "were "
		    "cut by the snap length and could not be read.",
		    (unsigned long long)c->hello_cut);
	if (c->wifi_protected > 0)
		blind(s,
		    "%llu frames of 802.11 are encrypted: what they carry is not "
		    "seen.",
		    (unsigned long long)c->wifi_protected);
	if (c->wifi_bad > 0)
		blind(s, "%llu frames of 802.11 were received with errors.",
		    (unsigned long long)c->wifi_bad);
	if (c->clients_evicted > 0)
		blind(s,
		    "%llu clients of 802.11 were dropped from a full table before "
		    "their signature was whole.",
		    (unsigned long long)c->clients_evicted);
	if (c->bluetooth > 0)
		blind(s,
		    "%llu frames of Bluetooth are no advertisements, and were not "
		    "read.",
		    (unsigned long long)c->bluetooth);
	if (c->link_unknown > 0)
		blind(s, "%llu frames are of a link type that is not known.",
		    (unsigned long long)c->link_unknown);
	if (c->fragments_lost > 0)
		blind(s, "%llu fragmented datagrams could not be put together.",
		    (unsigned long long)c->fragments_lost);
	if (c->flows_evicted > 0)
		blind(s,
		    "%llu connections were dropped from a full table while they "
		    "could still have said something.",
		    (unsigned long long)c->flows_evicted);
	uint64_t evicted = register_evicted(s->devices);
	if (evicted > 0)
		blind(s, "%llu addresses were dropped from a full register.",
		    (unsigned long long)evicted);
}

/* Devices that keep from us what they look up or visit, by the way they do it. */
static void
blind_hidden(struct scan *s)
{
	size_t of[HIDDEN_WAYS], any = register_hiding(s->devices, of);

	if (any == 0)
		return;
	blind(s,
	    "Devices that hide names which they look up or visit: %zu (%s %zu, %s %zu, "
	    "%s %zu, %s %zu, %s %zu). That a name was not seen of them proves nothing.",
	    any, hidden_about(HIDDEN_DOH), of[HIDDEN_DOH], hidden_about(HIDDEN_DOT),
	    of[HIDDEN_DOT], hidden_about(HIDDEN_DOQ), of[HIDDEN_DOQ],
	    hidden_about(HIDDEN_ECH), of[HIDDEN_ECH], hidden_about(HIDDEN_RELAY),
	    of[HIDDEN_RELAY]);
}

/* Segments of the site that no sensor ever saw. */
static void
blind_segments(struct scan *s)
{
	for (size_t i = 0; s->site != NULL && i < s->site->n_segments; i++) {
		const struct segment *segment = &s->site->segments[i];
		bool seen = false;
		for (size_t c = 0; c < s->site->n_coverage; c++)
			seen |= s->site->coverage[c].segment == segment &&
			    s->site->coverage[c].since != TIME_NONE;
		if (!seen)
			blind(s,
			    "No sensor sees the segment %s: nothing there is known.",
			    segment->name);
	}
}

static void
take_inputs(struct scan *s)
{
	const struct sensor_result *r = &s->seen;

	s->n_inputs = r->n_inputs;
	s->inputs = must_alloc(r->n_inputs, sizeof *s->inputs);
	for (size_t i = 0; i < r->n_inputs; i++) {
		const struct sensor_input *in = &r->inputs[i];
		s->inputs[i] = (struct input){ .name = in->name,
			.frames = in->frames,
			.bytes = in->bytes,
			.cut = in->cut,
			.dropped = in->dropped,
			.skipped = in->skipped,
			.damage = in->damage[0] != '\0' ? in->damage : NULL };
		s->synthetic |= in->synthetic;
		if (in->damage[0] != '\0')
			(void)fprintf(stderr, "interdict: %s: %s\n", in->name,
			    in->damage);
		blind_input(s, in);
	}
	blind_counts(s, &r->counts);
	if (!r->sandbox_whole)
		blind(s,
		    "The process that read the captures was shut in by these alone: "
		    "%s.",
		    r->sandbox);
}

/* Services by address, for the sensor; by name, for the register. */
static struct service_want *
want_services(struct scan *s, size_t *n)
{
	struct service_want *want = NULL;

	*n = 0;
	if (s->site == NULL)
		return NULL;
	for (size_t i = 0; i < s->site->n_services; i++) {
		const struct service *v = &s->site->services[i];
		for (size_t h = 0; h < v->n_hosts; h++)
			register_want_host(s->devices, text_of(v->hosts[h]));
		for (size_t a = 0; a < v->n_nets; a++)
			for (size_t p = 0; p < (v->n_ports > 0 ? v->n_ports : 1); p++) {
				want = must_grow(want, *n + 1, sizeof *want);
				want[(*n)++] = (struct service_want){ .net = v->nets[a],
					.port = v->n_ports > 0 ? v->ports[p] : 0 };
			}
	}
	return want;
}

void
file_digest(const char *file, char out[65])
{
	static const size_t block = 256 * 1024;
	struct stat st;

	out[0] = '\0';
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		struct sha256 *sum = sha256_new();
		uint8_t *bytes = must_alloc(block, 1);
		ssize_t got;
		while ((got = read(fd, bytes, block)) > 0)
			sha256_add(sum, bytes, (size_t)got);
		sha256_take(sum, out);
		free(bytes);
		sha256_free(sum);
	}
	if (fd >= 0)
		(void)close(fd);
}

/* So that the report can say which bytes it stands on. */
static void
digest_inputs(struct scan *s)
{
	for (size_t i = 0; i < s->n_inputs; i++)
		file_digest(s->inputs[i].name, s->inputs[i].digest);
}

/* What the register has a use for: the rest need not even be made. */
static struct fact_set
wanted_facts(const struct knowledge *k)
{
	struct fact_set wanted = { { 0 } };

	for (unsigned key = 1; key < FACT_KEYS; key++) {
		enum fact_keep keep = fact_keep((enum fact_key)key);
		if (keep != KEEP_SHOW &&
		    (keep != KEEP_MATCH || knowledge_has(k, (enum fact_key)key)))
			fact_set_add(&wanted, (enum fact_key)key);
	}
	/* Hosts of official services. */
	fact_set_add(&wanted, FACT_TLS_SNI);
	fact_set_add(&wanted, FACT_HTTP_HOST);
	fact_set_add(&wanted, FACT_DNS_QUERY);
	return wanted;
}

/* Runs the sensor into a new register. */
static int
hear(struct scan *s, const struct sensor_job *job, bool digests, struct err *err)
{
	struct sensor_job mine = *job;

	s->devices = register_new(s->knowledge, DEVICES_MAX);
	if (s->store != NULL)
		register_by_day(s->devices);
	scan_tell(s);
	struct sensor_taker taker = { take_fact, take_presence, s, facts_next,
		presences_next };
	struct service_want *want = want_services(s, &mine.n_services);
	mine.services = want;
	mine.wanted = wanted_facts(s->knowledge);
	int failed = sensor_run(&mine, &taker, &s->seen, err);
	free(want);
	if (failed)
		return -1;
	take_inputs(s);
	if (digests)
		digest_inputs(s);
	if (!sensor_read_something(&s->seen))
		return err_set(err, "nothing could be read");
	return 0;
}

static void
settle(struct scan *s)
{
	if (s->as_of == TIME_NONE)
		s->as_of = register_last_time(s->devices);
	register_settle(s->devices, s->as_of);
	blind_hidden(s);
}

int
scan_run(struct scan *s, const struct sensor_job *job, bool digests, struct err *err)
{
	if (hear(s, job, digests, err) != 0)
		return -1;
	blind_segments(s);
	settle(s);
	return 0;
}

static void
forget_blind(struct scan *s)
{
	for (size_t i = 0; i < s->n_blind_spots; i++)
		free((void *)(uintptr_t)s->blind_spots[i].text);
	free(s->blind_spots);
	s->blind_spots = NULL;
	s->n_blind_spots = 0;
}

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
	struct writer w;

	memcpy(row.digest, in->digest, sizeof row.digest);
	if (store_add_input(s->store, &row, err) != 0)
		return -1;
	*number = row.id;
	writer_to_memory(&w);
	body_put(&w, body, 2);
	int failed = store_append(s->store, row.added, "import", "sensor",
	    writer_text(&w), NULL, err);
	(void)writer_close(&w);
	return failed;
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
	if (failed == 0)
		return store_commit(s->store, err);
	store_undo(s->store);
	return -1;
}

/* Hears those captures alone that the store does not have: by their bytes. */
static int
hear_new(struct scan *s, const struct sensor_job *job, struct err *err)
{
	struct sensor_job mine = *job;
	struct words new = { NULL, 0 };
	char digest[65];
	int64_t as_of = s->as_of;

	for (size_t i = 0; i < job->n_captures; i++) {
		file_digest(job->captures[i], digest);
		if (!store_has_input(s->store, digest)) {
			new.list = must_grow(new.list, new.n + 1, sizeof *new.list);
			new.list[new.n++] = job->captures[i];
		} else if (isatty(STDERR_FILENO)) {
			(void)fprintf(stderr, "interdict: %s is in %s already\n",
			    job->captures[i], store_path(s->store));
		}
	}
	mine.captures = new.list;
	mine.n_captures = new.n;
	s->as_of = TIME_NONE; /* the store takes everything */
	int failed = 0;
	if (new.n > 0 || job->interface != NULL)
		failed = hear(s, &mine, true, err) != 0 || write_heard(s, err) != 0;
	s->as_of = as_of;
	free(new.list);
	return failed ? -1 : 0;
}

static int
recall(struct scan *s, struct err *err)
{
	struct stored_input *list;

	register_free(s->devices);
	free(s->told_links);
	free(s->told);
	s->told_links = NULL;
	s->told = NULL;
	s->devices = register_new(s->knowledge, DEVICES_MAX);
	scan_tell(s);
	size_t n_services;
	free(want_services(s, &n_services));
	forget_blind(s);
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
	return 0;
}

int
scan_store(struct scan *s, const struct sensor_job *job, struct err *err)
{
	if (hear_new(s, job, err) != 0 || recall(s, err) != 0)
		return -1;
	settle(s);
	return 0;
}

int
scan_captures(const char *const *paths, size_t n, struct register_ *r, struct err *err)
{
	struct scan s = { .devices = r, .as_of = TIME_NONE };
	struct sensor_job job = { .captures = paths, .n_captures = n };
	struct sensor_taker taker = { take_fact, take_presence, &s, facts_next,
		presences_next };
	int failed = sensor_run(&job, &taker, &s.seen, err);

	if (!failed && !sensor_read_something(&s.seen))
		failed = err_set(err, "%s: %s", paths[0],
		    s.seen.n_inputs > 0 ? s.seen.inputs[0].damage : "nothing in it");
	sensor_result_free(&s.seen);
	return failed;
}

void
scan_free(struct scan *s)
{
	matter_forget(s);
	for (size_t i = 0; i < s->n_blind_spots; i++)
		free((void *)(uintptr_t)s->blind_spots[i].text);
	free(s->blind_spots);
	free(s->inputs);
	sensor_result_free(&s->seen);
	register_free(s->devices);
	free(s->told_links);
	free(s->told);
	knowledge_free(s->knowledge);
	store_close(s->store);
	arena_free(&s->arena);
	zones_free();
}
