/* SPDX-License-Identifier: ISC */
/* The run of a scan: knowledge, the sensor, the register. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/time.h"
#include "cmd/blind.h"
#include "cmd/captures.h"
#include "cmd/options.h"
#include "cmd/scan.h"
#include "import/import.h"
#include "store/store.h"

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
	s->as_of = TIME_NONE;
	if (as_of == NULL || zone_moment(s->zone, text_of(as_of), &s->as_of))
		return true;
	(void)err_set(err, "'%s' is no time: write '2023-04-02 09:00'", as_of);
	return false;
}

static struct hearer
heard_by(unsigned number)
{
	size_t n;
	const struct decoder *rows = decoders(&n);
	const struct import_row *log = NULL;

	if ((number & IMPORT_DECODER) != 0)
		log = import_row(
		    (enum import_format)(number & ~(unsigned)IMPORT_DECODER));
	if (log != NULL)
		return (struct hearer){ log->name, "line" };
	return (struct hearer){ number < n ? rows[number].name : "packet", "frame" };
}

struct report
scan_report(const struct scan *s, const struct case_file *matter)
{
	return (struct report){ .matter = matter,
		.inputs = s->inputs,
		.n_inputs = s->n_inputs,
		.store = s->store != NULL ? store_path(s->store) : NULL,
		.blind_spots = s->blind_spots,
		.n_blind_spots = s->n_blind_spots,
		.heard_by = heard_by,
		.synthetic = s->synthetic,
		.width = 100 };
}

static void
take_inputs(struct scan *s, bool live)
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
		else if (in->frames == 0 && !live)
			(void)fprintf(stderr, "interdict: %s: not one frame in it\n",
			    in->name);
		blind_input(s, in);
	}
	blind_counts(s, &r->counts);
	if (!r->sandbox_whole)
		blind(s,
		    "The process that read the captures was shut in by these alone: "
		    "%s.",
		    r->sandbox);
}

void
scan_want_hosts(struct scan *s)
{
	for (size_t i = 0; s->site != NULL && i < s->site->n_services; i++)
		for (size_t h = 0; h < s->site->services[i].n_hosts; h++)
			register_want_host(s->devices,
			    text_of(s->site->services[i].hosts[h]));
}

static void
add_service(struct servers *to, const struct service *v)
{
	for (size_t a = 0; a < v->n_nets; a++)
		for (size_t p = 0; p < (v->n_ports > 0 ? v->n_ports : 1); p++)
			servers_add(to,
			    (struct server){ .net = v->nets[a],
			        .port = v->n_ports > 0 ? v->ports[p] : 0,
			        .said = FACT_IP_SERVICE });
}

struct servers
scan_servers(const struct scan *s)
{
	struct servers all = { NULL, 0 };
	size_t n;
	const struct prefix *nets = knowledge_networks(s->knowledge, &n);

	for (size_t i = 0; s->site != NULL && i < s->site->n_services; i++)
		add_service(&all, &s->site->services[i]);
	for (size_t i = 0; i < n; i++)
		servers_add(&all,
		    (struct server){ .net = nets[i], .said = FACT_IP_CONTACT });
	return all;
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

int
scan_hear(struct scan *s, const struct sensor_job *job, struct err *err)
{
	struct sensor_job mine = *job;

	s->devices = register_new(s->knowledge, DEVICES_MAX);
	if (s->store != NULL)
		register_by_day(s->devices);
	scan_tell(s);
	struct sensor_taker taker = { take_fact, take_presence, s, facts_next,
		presences_next };
	scan_want_hosts(s);
	mine.servers = scan_servers(s);
	mine.wanted = wanted_facts(s->knowledge);
	int failed = sensor_run(&mine, &taker, &s->seen, err);
	servers_free(&mine.servers);
	if (failed)
		return -1;
	take_inputs(s, job->interface != NULL);
	if (!sensor_read_something(&s->seen))
		return err_set(err, "nothing could be read");
	return 0;
}

void
scan_settle(struct scan *s)
{
	if (s->as_of == TIME_NONE)
		s->as_of = register_last_time(s->devices);
	register_learnt(s->devices);
	register_settle(s->devices, s->as_of);
	blind_hidden(s);
	blind_passing(s);
}

int
scan_run(struct scan *s, const struct sensor_job *job, bool digests, struct err *err)
{
	if (scan_hear(s, job, err) != 0)
		return -1;
	if (digests)
		digest_inputs(s);
	blind_segments(s);
	scan_settle(s);
	told_unseen(s);
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
	blind_forget(s);
	free(s->inputs);
	sensor_result_free(&s->seen);
	register_free(s->devices);
	free(s->told_links);
	free(s->told);
	knowledge_free(s->knowledge);
	store_close(s->store);
	arena_free(&s->texts);
	arena_free(&s->arena);
	zones_free();
}
