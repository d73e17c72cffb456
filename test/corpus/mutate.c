/* SPDX-License-Identifier: ISC */
/*
 * mutate FOLDER SEED COUNT: every file below FOLDER whole, then COUNT of them cut
 * at random places and with random bytes changed, through capture and decode. To
 * be run with sanitizers. The cases run in one child, so that a case that kills it
 * is named and the next ones still run.
 * mutate FOLDER SEED COUNT CASE: this case alone and in this process.
 */
#include <ftw.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "capture/capture.h"
#include "decode/decode.h"

enum { FAILURES_MAX = 20, SECONDS_MAX = 30, CHANGES_MAX = 48 };

/* The files, in the order of their names: the same cases on every machine. */
static struct {
	char **path;
	size_t n;
} files;

struct outcome {
	uint64_t frames, facts, sum;
	bool bad;
};

/* What the child tells its parent. */
struct progress {
	uint64_t next; /* the case that runs, or is to run */
	uint64_t failed;
	uint64_t frames, facts;
};

static uint64_t
draw(uint64_t *state)
{
	*state += UINT64_C(0x9e3779b97f4a7c15);
	return hash_mix(*state, UINT64_C(0x94d049bb133111eb));
}

static size_t
draw_below(uint64_t *state, size_t n)
{
	return n == 0 ? 0 : (size_t)(draw(state) % n);
}

static int
remember(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)where;
	if (type != FTW_F || st->st_size == 0)
		return 0;
	char **more = realloc(files.path, (files.n + 1) * sizeof *more);
	if (more == NULL)
		return -1;
	files.path = more;
	files.path[files.n] = strdup(path);
	return files.path[files.n++] == NULL ? -1 : 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static uint8_t *
read_whole(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct stat st;

	if (f == NULL || fstat(fileno(f), &st) != 0) {
		perror(path);
		exit(2);
	}
	uint8_t *bytes = malloc((size_t)st.st_size);
	if (bytes == NULL) {
		perror("malloc");
		exit(2);
	}
	*n = fread(bytes, 1, (size_t)st.st_size, f);
	(void)fclose(f);
	return bytes;
}

/* A byte of an edge, one with a bit turned, or any. */
static uint8_t
spoil(uint8_t byte, uint64_t how)
{
	static const uint8_t edges[] = { 0, 1, 0x7f, 0x80, 0xfe, 0xff };
	uint64_t which = how >> 8;

	if (how % 3 == 0)
		return edges[which % sizeof edges];
	if (how % 3 == 1)
		return (uint8_t)(byte ^ 1U << which % 8);
	return (uint8_t)which;
}

/* Cut in half of the cases, changed in most: where, how often, to what is drawn. */
static size_t
mutate(uint8_t *bytes, size_t n, uint64_t *state)
{
	size_t changes = draw_below(state, CHANGES_MAX);

	if (draw(state) % 2 == 0)
		n = 1 + draw_below(state, n);
	else if (changes == 0)
		changes = 1;
	/* Half of the time all near one place: a frame that is wrong in many ways. */
	size_t from = 0, reach = n;
	if (draw(state) % 2 == 0 && n > 256) {
		from = draw_below(state, n - 256);
		reach = 256;
	}
	for (size_t i = 0; i < changes; i++) {
		size_t at = from + draw_below(state, reach);
		bytes[at] = spoil(bytes[at], draw(state));
	}
	return n;
}

/* Reads every byte of a fact, and asks that it survives the way to the register. */
static void
take_fact(void *state, const struct fact *f)
{
	struct outcome *o = state;
	struct writer w;
	struct fact back;
	struct sighting seen;

	o->facts++;
	for (size_t i = 0; i < f->value.len; i++)
		o->sum += (unsigned char)f->value.s[i];
	writer_to_memory(&w);
	sighting_write(&w, f->seen);
	fact_write(&w, f);
	struct cursor c = cur_over(w.buf, w.len);
	if (!sighting_read(&c, &seen) || !fact_read(&c, &back, &seen) ||
	    cur_left(&c) != 0 || back.key != f->key ||
	    !text_equal(back.value, f->value) ||
	    !addr_equal(back.subject, f->subject)) {
		(void)printf("  a fact does not survive: %s\n", fact_name(f->key));
		o->bad = true;
	}
	(void)writer_close(&w);
}

static void
take_presence(void *state, const struct presence *p)
{
	struct outcome *o = state;

	o->sum += p->packets;
	o->bad = o->bad || p->last < p->first;
}

static void
decode_all(struct capture *cap, const struct decode_options *options, struct outcome *o)
{
	struct decode *d = decode_new(options);
	struct fact_sink facts = { .take = take_fact, .state = o };
	struct presence_sink was = { take_presence, o };
	struct frame frame;
	enum capture_state state;

	while ((state = capture_next(cap, &frame)) == CAPTURE_FRAME) {
		o->frames++;
		decode_frame(d, &frame, &facts, &was);
	}
	decode_finish(d, &was);
	o->sum += decode_counts(d).bad;
	decode_free(d);
	if ((state == CAPTURE_DAMAGED) != (capture_damage(cap) != NULL)) {
		(void)printf("  damage without a word, or a word without damage\n");
		o->bad = true;
	}
	if (capture_counts(cap).frames != o->frames) {
		(void)printf("  the capture miscounts its frames\n");
		o->bad = true;
	}
}

/* Through a descriptor, as the sensor is given one. */
static void
run(const uint8_t *bytes, size_t n, const struct decode_options *options,
    struct outcome *o)
{
	int fd = memfd_create("case", MFD_CLOEXEC);
	struct err err;

	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		perror("memfd_create");
		exit(2);
	}
	struct capture *cap = capture_open(fd, 0, &err);
	if (cap == NULL)
		return;
	decode_all(cap, options, o);
	capture_close(cap);
}

/*
 * The first cases are the files as they are, in tables that hold what is in them; the
 * small tables of the others evict all the time. (The usual ones are 50 MB, which the
 * sanitizer writes anew for each case.)
 */
static struct outcome
run_case(uint64_t number, uint64_t seed, bool tell)
{
	static const struct decode_options small = {
		.max_addresses = 64,
		.max_flows = 64,
		.max_fragments = 16,
	};
	static const struct decode_options usual = { .max_flows = 256 };
	uint64_t state = hash_mix(seed, number);
	bool whole = number < files.n;
	size_t n, which = whole ? (size_t)number : draw_below(&state, files.n);
	uint8_t *bytes = read_whole(files.path[which], &n);
	struct outcome o = { 0 };

	if (!whole)
		n = mutate(bytes, n, &state);
	if (tell)
		(void)printf("case %" PRIu64 ": %s, %s, %zu bytes\n", number,
		    files.path[which], whole ? "whole" : "mutated", n);
	run(bytes, n, whole ? &usual : &small, &o);
	free(bytes);
	return o;
}

static void
run_from(struct progress *p, uint64_t seed, uint64_t end)
{
	for (; p->next < end; p->next++) {
		(void)alarm(SECONDS_MAX);
		struct outcome o = run_case(p->next, seed, false);
		p->frames += o.frames;
		p->facts += o.facts;
		if (o.bad) {
			p->failed++;
			(void)run_case(p->next, seed, true);
		}
	}
	exit(0); /* and not _exit: the leak check runs at exit */
}

/* Runs all cases, in a new child after each that killed one. */
static void
run_all(struct progress *p, uint64_t seed, uint64_t end)
{
	while (p->failed < FAILURES_MAX) {
		int status;
		(void)fflush(stdout);
		pid_t pid = fork();
		if (pid == 0)
			run_from(p, seed, end);
		if (pid < 0 || waitpid(pid, &status, 0) != pid) {
			perror("fork");
			exit(2);
		}
		if (status == 0)
			return;
		p->failed++;
		if (p->next == end) {
			(void)printf("FAILED mutate: something leaked\n");
			return;
		}
		(void)printf("FAILED mutate: case %" PRIu64 " of seed %" PRIu64
		             " (%s)\n",
		    p->next, seed,
		    WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM
		        ? "took too long"
		        : "killed the process");
		p->next++;
	}
}

int
main(int argc, char **argv)
{
	if (argc < 4 || nftw(argv[1], remember, 16, FTW_PHYS) != 0 || files.n == 0) {
		(void)fprintf(stderr, "usage: mutate FOLDER SEED COUNT [CASE]\n");
		return 2;
	}
	qsort(files.path, files.n, sizeof *files.path, by_name);
	uint64_t seed = strtoull(argv[2], NULL, 10);
	uint64_t end = files.n + strtoull(argv[3], NULL, 10);

	if (argc > 4) {
		struct outcome o = run_case(strtoull(argv[4], NULL, 10), seed, true);
		return o.bad;
	}
	struct progress *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED) {
		perror("mmap");
		return 2;
	}
	time_t start = time(NULL);
	run_all(p, seed, end);
	(void)printf("mutate: seed %" PRIu64 ": %zu captures whole, %" PRIu64
	             " mutated; %" PRIu64 " frames, %" PRIu64 " facts, %ld s\n",
	    seed, files.n, end - files.n, p->frames, p->facts,
	    (long)(time(NULL) - start));
	(void)printf("mutate: %" PRIu64 " passed, %" PRIu64 " failed\n",
	    p->next - p->failed, p->failed);
	return p->failed > 0;
}
