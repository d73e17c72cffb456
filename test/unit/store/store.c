/* SPDX-License-Identifier: ISC */
#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

static char folder[] = "/tmp/interdict-store-XXXXXX";
static char path[96];

static const char *
fresh(void)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal",
		".before-1" };
	char name[128];

	(void)strcpy(folder, "/tmp/interdict-store-XXXXXX");
	OK(mkdtemp(folder) != NULL);
	(void)snprintf(path, sizeof path, "%s/s.db", folder);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		(void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
		(void)unlink(name);
	}
	return path;
}

static void
clean(void)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char name[128];

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		(void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
		(void)unlink(name);
	}
	(void)rmdir(folder);
}

static int
append(struct store *s, const char *kind, const char *body, bool *added)
{
	struct err err;

	return store_append(s, 5, kind, "test", text_of(body), added, &err);
}

static int
count_entry(void *state, const struct entry *e, struct err *err)
{
	(void)err;
	(void)e;
	++*(unsigned *)state;
	return 0;
}

static void
never_wrong(void *state, uint64_t seq, const char *words)
{
	(void)state;
	(void)seq;
	(void)printf("\t%s\n", words);
}

static int
check_entry(void *state, const struct entry *e, struct err *err)
{
	(void)err;
	ledger_check_entry(state, e);
	return 0;
}

static uint64_t
mistakes(struct store *s)
{
	struct ledger_check *c = ledger_check_new(never_wrong, NULL);
	struct err err;

	OK(store_entries(s, NULL, 0, check_entry, c, &err) == 0);
	return ledger_check_end(c, NULL);
}

TEST(what_was_committed_is_there_when_the_store_is_opened_again)
{
	struct err err;
	unsigned n = 0;
	struct stat st;
	struct store *s = store_open(fresh(), STORE_MAKE, &err);

	OK(s != NULL);
	OK(stat(path, &st) == 0 && (st.st_mode & 077) == 0);
	OK(store_begin(s, &err) == 0 && append(s, "action", "{}", NULL) == 0);
	OK(store_commit(s, &err) == 0);
	OK(store_begin(s, &err) == 0 && append(s, "action", "{}", NULL) == 0);
	store_close(s); /* the second is not committed */
	s = store_open(path, STORE_READ, &err);
	OK(s != NULL);
	OK(store_entries(s, NULL, 0, count_entry, &n, &err) == 0 && n == 1);
	OK(mistakes(s) == 0);
	store_close(s);
	clean();
}

TEST(who_reads_sees_one_moment_whoever_writes_meanwhile)
{
	struct err err;
	unsigned n = 0, again = 0;
	struct store *s = store_open(fresh(), STORE_MAKE, &err);

	OK(store_begin(s, &err) == 0 && append(s, "action", "{}", NULL) == 0);
	OK(store_commit(s, &err) == 0);
	struct store *reading = store_open(path, STORE_READ, &err);
	OK(reading != NULL);
	OK(store_entries(reading, NULL, 0, count_entry, &n, &err) == 0 && n == 1);
	OK(store_begin(s, &err) == 0 && append(s, "action", "{}", NULL) == 0);
	OK(store_commit(s, &err) == 0);
	OK(store_entries(reading, NULL, 0, count_entry, &again, &err) == 0);
	EQ(again, 1);
	store_close(reading);
	store_close(s);
	clean();
}

TEST(a_paper_that_stands_is_not_written_again_and_a_changed_one_takes_its_place)
{
	struct err err;
	struct arena arena = { NULL, 0 };
	struct text text;
	bool added;
	struct store *s = store_open(fresh(), STORE_MAKE, &err);

	OK(store_begin(s, &err) == 0);
	OK(append(s, "site", "{\"id\":\"site\",\"text\":\"a\"}", &added) == 0 && added);
	OK(append(s, "site", "{\"id\":\"site\",\"text\":\"a\"}", &added) == 0 &&
	    !added);
	OK(append(s, "site", "{\"id\":\"site\",\"text\":\"b\"}", &added) == 0 && added);
	OK(store_commit(s, &err) == 0);
	OK(store_text(s, "site", "site", &arena, &text, &err) == 0 &&
	    text_is(text, "b"));
	OK(store_last(s) == 2);
	arena_free(&arena);
	store_close(s);
	clean();
}

TEST(a_body_of_any_text_comes_back_as_it_was)
{
	static const char *const values[] = { "plain", "\"quoted\" and \\",
		"Анна \xf0\x9f\x93\xb1", "a\nb\tc\r\x01", "=1+1",
		"'); DROP TABLE ledger; --" };
	struct arena arena = { NULL, 0 };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct pair_of_text p[] = { { "z", text_of(values[i]) },
			{ "a", text_of("first") } };
		struct writer w;
		writer_to_memory(&w);
		body_put(&w, p, 2);
		OK(text_starts(writer_text(&w), text_of("{\"a\":\"first\",\"z\":")));
		OK(text_is(body_get(writer_text(&w), "z", &arena), values[i]));
		OK(body_get(writer_text(&w), "b", &arena).s == NULL);
		(void)writer_close(&w);
	}
	arena_free(&arena);
}

static void
run_sql(const char *sql)
{
	sqlite3 *db = NULL;

	OK(sqlite3_open(path, &db) == SQLITE_OK);
	OK(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
	(void)sqlite3_close(db);
}

TEST(what_is_no_store_or_of_a_newer_program_is_refused_and_left_as_it_is)
{
	struct err err = { "" };
	FILE *f = fopen(fresh(), "w");

	OK(f != NULL && fputs("this is a letter, and no database at all\n", f) >= 0);
	OK(f != NULL && fclose(f) == 0);
	OK(store_open(path, STORE_MAKE, &err) == NULL);
	OK(strstr(err.line, "no store of interdict") != NULL);
	clean();
	(void)fresh();
	run_sql("CREATE TABLE t(a)");
	OK(store_open(path, STORE_MAKE, &err) == NULL);
	OK(strstr(err.line, "not a store of interdict") != NULL);
	clean();
	store_close(store_open(fresh(), STORE_MAKE, &err));
	run_sql("PRAGMA user_version = 99");
	OK(store_open(path, STORE_MAKE, &err) == NULL);
	OK(strstr(err.line, "newer interdict") != NULL);
	clean();
	OK(store_open("/nowhere/at/all.db", STORE_MAKE, &err) == NULL);
	OK(strstr(err.line, "No such file") != NULL);
	OK(store_open("/tmp/interdict-is-not-there.db", STORE_READ, &err) == NULL);
	OK(strstr(err.line, "there is no store") != NULL);
}

TEST(a_disk_that_is_full_takes_nothing_and_loses_nothing)
{
	struct rlimit was, small = { 64 * 1024, 64 * 1024 };
	struct err err = { "" };
	char big[4096];
	unsigned n = 0;
	struct store *s = store_open(fresh(), STORE_MAKE, &err);

	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	OK(store_begin(s, &err) == 0 && append(s, "action", "{}", NULL) == 0);
	OK(store_commit(s, &err) == 0);
	/* A file may not grow beyond: what a full disk is to SQLite (EFBIG, SIGXFSZ).
	 */
	(void)signal(SIGXFSZ, SIG_IGN);
	OK(getrlimit(RLIMIT_FSIZE, &was) == 0);
	small.rlim_max = was.rlim_max;
	OK(setrlimit(RLIMIT_FSIZE, &small) == 0);
	int failed = store_begin(s, &err);
	for (int i = 0; i < 200 && failed == 0; i++)
		failed = append(s, "action", big, NULL);
	failed = failed != 0 || store_commit(s, &err) != 0;
	OK(failed);
	OK(setrlimit(RLIMIT_FSIZE, &was) == 0);
	(void)signal(SIGXFSZ, SIG_DFL);
	store_undo(s);
	store_close(s);
	s = store_open(path, STORE_MAKE, &err);
	OK(s != NULL);
	OK(store_entries(s, NULL, 0, count_entry, &n, &err) == 0 && n == 1);
	OK(mistakes(s) == 0);
	store_close(s);
	clean();
}

/* Appends until it is killed; says each number when it is committed. */
__attribute__((noreturn)) static void
write_until_killed(int out)
{
	struct err err;
	struct store *s = store_open(path, STORE_MAKE, &err);
	uint64_t none = 0;

	if (write(out, &none, sizeof none) != sizeof none)
		_exit(2);
	for (unsigned n = 1; s != NULL; n++) {
		char body[48];
		uint64_t seq;
		(void)snprintf(body, sizeof body, "{\"n\":\"%u\"}", n);
		if (store_begin(s, &err) != 0 || append(s, "action", body, NULL) != 0 ||
		    store_commit(s, &err) != 0)
			_exit(3);
		seq = store_last(s);
		if (write(out, &seq, sizeof seq) != sizeof seq)
			_exit(4);
	}
	_exit(5);
}

TEST(a_process_that_is_killed_anywhere_loses_nothing_that_it_acknowledged)
{
	enum { KILLS = 200 };
	uint64_t acknowledged = 0;
	struct err err;

	(void)fresh();
	for (unsigned i = 0; i < KILLS; i++) {
		int pipes[2];
		uint64_t seq;
		struct timespec wait = { 0, (long)(i * 7919 % 20000) * 1000 };
		OK(pipe(pipes) == 0);
		pid_t child = fork();
		if (child == 0)
			write_until_killed(pipes[1]);
		(void)close(pipes[1]);
		if (i % 4 != 0) /* else it may be killed while it opens the store */
			OK(read(pipes[0], &seq, sizeof seq) == (ssize_t)sizeof seq);
		(void)nanosleep(&wait, NULL);
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
		while (read(pipes[0], &seq, sizeof seq) == (ssize_t)sizeof seq)
			acknowledged = seq > acknowledged ? seq : acknowledged;
		(void)close(pipes[0]);
		struct store *s = store_open(path, STORE_MAKE, &err);
		if (!OK(s != NULL))
			break;
		if (!OK(store_last(s) >= acknowledged))
			(void)printf("\tround %u\n", i);
		if (i % 50 == 0 || i + 1 == KILLS)
			OK(mistakes(s) == 0);
		store_close(s);
	}
	OK(acknowledged > 20);
	clean();
}
