/* SPDX-License-Identifier: ISC */
/* story STORY OUT.pcapng [TRUTH.tsv]: plays a story in words into a synthetic capture.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "story/play.h"

#define COMMENT "synthetic: made by interdict's story generator from %s, seed %llu"

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static int
write_out(const struct story *s, struct film *film, const char *path, struct err *err)
{
	char comment[512];
	struct writer out;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0)
		return err_set(err, "%s: %s", path, strerror(errno));
	(void)snprintf(comment, sizeof comment, COMMENT, base_name(s->file),
	    (unsigned long long)s->seed);
	writer_to_fd(&out, fd);
	film_write(film, &out, comment);
	int error = writer_close(&out);
	(void)close(fd);
	return error != 0 ? err_set(err, "%s: %s", path, strerror(error)) : 0;
}

/*
 * What was true: each address in use, whose it was, and what its device gives that
 * tells it from all others.
 */
static int
write_truth(const struct story *s, const char *path, struct err *err)
{
	FILE *f = fopen(path, "w");
	char mac[ADDR_TEXT];

	if (f == NULL)
		return err_set(err, "%s: %s", path, strerror(errno));
	for (size_t i = 0; i < s->n_plans; i++) {
		const struct plan *p = &s->plans[i];
		const struct player *who = p->player;
		struct addr last = { .kind = ADDR_NONE };
		for (int64_t day = p->first_day; day <= p->last_day; day++) {
			struct addr now = mac_of(s, who, p, day);
			if (p->behind != NULL || p->place->unseen ||
			    addr_equal(now, last))
				continue;
			last = now;
			(void)fprintf(f, "%s\t%.*s\t%.*s\t%.*s\t%.*s\n",
			    addr_print(now, mac), (int)who->name.len, who->name.s,
			    (int)who->host.len, who->host.s, (int)who->client_id.len,
			    who->client_id.s, (int)who->account.len, who->account.s);
		}
	}
	return fclose(f) == 0 ? 0 : err_set(err, "%s: %s", path, strerror(errno));
}

int
main(int argc, char **argv)
{
	static struct story s;
	struct film film;
	struct err err = { "" };
	const char *folder = getenv("STORY_TRAITS");

	if (argc != 3 && argc != 4) {
		(void)fputs("usage: story STORY OUT.pcapng [TRUTH.tsv]\n"
		            "STORY_TRAITS names the folder of traits.tsv and "
		            "hellos.tsv (test/story).\n",
		    stderr);
		return 2;
	}
	film_new(&film);
	int status = traits_load(&s.arena, folder != NULL ? folder : "test/story",
	    &s.traits, &err);
	if (status == 0)
		status = story_read(&s, argv[1], &err);
	if (status == 0) {
		play(&s, &film);
		status = write_out(&s, &film, argv[2], &err);
	}
	if (status == 0 && argc == 4)
		status = write_truth(&s, argv[3], &err);
	if (status != 0)
		(void)fprintf(stderr, "story: %s\n", err.line);
	else
		(void)printf("%s: %zu frames, synthetic, seed %llu\n", argv[2], film.n,
		    (unsigned long long)s.seed);
	film_free(&film);
	arena_free(&s.arena);
	return status == 0 ? 0 : 2;
}
