/* SPDX-License-Identifier: ISC */
#include "ledger/ledger.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

enum { ENTRIES = 9 };

struct chain {
	struct entry e[ENTRIES + 1];
	size_t n;
	struct head head;
	struct signer key;
	char bodies[ENTRIES + 1][32];
	char said[1024]; /* what was wrong, one a line */
};

static void
link_up(struct chain *c)
{
	for (size_t i = 0; i < c->n; i++) {
		memset(c->e[i].before, 0, LEDGER_HASH);
		if (i > 0)
			memcpy(c->e[i].before, c->e[i - 1].hash, LEDGER_HASH);
		entry_hash(&c->e[i], c->e[i].hash);
	}
}

static void
make(struct chain *c)
{
	memset(c, 0, sizeof *c);
	c->n = ENTRIES;
	for (size_t i = 0; i < ENTRIES; i++) {
		(void)snprintf(c->bodies[i], sizeof c->bodies[i], "{\"id\":\"%zu\"}",
		    i);
		c->e[i] = (struct entry){ i + 1, (int64_t)i, text_of("person"),
			text_of("somebody"), text_of(c->bodies[i]), { 0 }, { 0 } };
	}
	link_up(c);
	OK(sodium_init() >= 0);
	(void)crypto_sign_keypair(c->key.public_key, c->key.secret);
	c->head.seq = ENTRIES;
	memcpy(c->head.hash, c->e[ENTRIES - 1].hash, LEDGER_HASH);
	head_sign(&c->key, 77, &c->head);
}

static void
note(void *state, uint64_t seq, const char *words)
{
	char *said = state;

	(void)seq;
	(void)snprintf(said + strlen(said), 1024 - strlen(said), "%s\n", words);
}

static uint64_t
check(struct chain *c)
{
	struct ledger_check *k = ledger_check_new(note, c->said);

	c->said[0] = '\0';
	for (size_t i = 0; i < c->n; i++)
		ledger_check_entry(k, &c->e[i]);
	ledger_check_head(k, &c->head, c->key.public_key);
	return ledger_check_end(k, NULL);
}

TEST(a_whole_ledger_has_no_mistake)
{
	struct chain c;

	make(&c);
	OK(check(&c) == 0);
}

TEST(a_changed_field_of_any_entry_is_found_and_named)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		struct chain c;
		char want[64];
		make(&c);
		c.e[i].actor = text_of("somebody else");
		(void)snprintf(want, sizeof want, "entry %zu was changed", i + 1);
		OK(check(&c) > 0);
		OK(strstr(c.said, want) != NULL);
	}
}

TEST(a_removed_entry_is_found_and_named)
{
	for (size_t i = 0; i + 1 < ENTRIES; i++) {
		struct chain c;
		char want[64];
		make(&c);
		memmove(&c.e[i], &c.e[i + 1], (ENTRIES - i - 1) * sizeof c.e[0]);
		c.n--;
		(void)snprintf(want, sizeof want, "entry %zu was removed", i + 1);
		OK(check(&c) > 0);
		OK(strstr(c.said, want) != NULL);
	}
}

TEST(two_entries_that_changed_places_are_found_and_named)
{
	struct chain c;

	make(&c);
	struct entry kept = c.e[3];
	c.e[3] = c.e[4];
	c.e[4] = kept;
	c.e[3].seq = 4;
	c.e[4].seq = 5;
	OK(check(&c) > 0);
	OK(strstr(c.said, "entry 4 was moved here: it was entry 5") != NULL);
	OK(strstr(c.said, "entry 5 was moved here: it was entry 4") != NULL);
}

TEST(an_entry_that_was_put_between_two_is_found)
{
	struct chain c;

	make(&c);
	memmove(&c.e[5], &c.e[4], (ENTRIES - 4) * sizeof c.e[0]);
	c.n++;
	for (size_t i = 5; i < c.n; i++)
		c.e[i].seq = i + 1;
	OK(check(&c) > 0);
}

TEST(an_end_that_was_cut_off_is_found_by_the_head_that_was_signed)
{
	struct chain c;

	make(&c);
	c.n -= 2;
	OK(check(&c) == 1);
	OK(strstr(c.said, "the end was cut off") != NULL);
}

TEST(a_chain_that_was_written_anew_is_found_by_the_head)
{
	struct chain c;

	make(&c);
	c.e[2].actor = text_of("nobody");
	link_up(&c);
	OK(check(&c) == 1);
	OK(strstr(c.said, "written anew") != NULL);
}

TEST(a_head_of_another_key_is_refused)
{
	struct chain c;
	struct signer other;

	make(&c);
	(void)crypto_sign_keypair(other.public_key, other.secret);
	head_sign(&other, 77, &c.head);
	OK(check(&c) == 1);
	OK(strstr(c.said, "is not signed by this key") != NULL);
}

TEST(a_head_is_printed_and_read_back)
{
	struct chain c;
	struct head back;
	struct writer w;

	make(&c);
	writer_to_memory(&w);
	head_put(&w, &c.head);
	OK(head_parse(writer_text(&w), &back));
	OK(memcmp(&back, &c.head, sizeof back) == 0);
	OK(!head_parse(text_of("interdict-head 1 9 77 00 00"), &back));
	OK(!head_parse(text_of(""), &back));
	(void)writer_close(&w);
}

TEST(a_key_is_made_once_and_one_that_others_may_read_is_refused)
{
	char folder[] = "/tmp/interdict-key-XXXXXX", file[64], public_file[64];
	struct signer a, b;
	uint8_t key[LEDGER_PUBLIC];
	struct stat st;
	struct err err;

	OK(mkdtemp(folder) != NULL);
	(void)snprintf(file, sizeof file, "%s/key", folder);
	(void)snprintf(public_file, sizeof public_file, "%s/key.pub", folder);
	OK(signer_load(file, false, &a, &err) != 0);
	OK(signer_load(file, true, &a, &err) == 0);
	OK(stat(file, &st) == 0 && (st.st_mode & 0777) == 0600);
	OK(signer_load(file, true, &b, &err) == 0);
	OK(memcmp(&a, &b, sizeof a) == 0);
	OK(public_load(public_file, key, &err) == 0);
	OK(memcmp(key, a.public_key, sizeof key) == 0);
	OK(public_load(file, key, &err) != 0);
	OK(chmod(file, 0640) == 0);
	OK(signer_load(file, true, &b, &err) != 0);
	OK(strstr(err.line, "chmod 600") != NULL);
	(void)unlink(file);
	(void)unlink(public_file);
	(void)rmdir(folder);
}
