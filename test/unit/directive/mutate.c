/* SPDX-License-Identifier: ISC */
/*
 * Orders made by seeded mutation of the examples: each is accepted and printed back
 * to the same tree, or refused with a position. INTERDICT_MUTATIONS says how many.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "directive/directive.h"
#include "site/site.h"
#include "test.h"

enum { SEEDS_MAX = 32, ROOM = 16384, FEW = 1000 };

struct mutant {
	uint64_t random;
	char text[ROOM];
	size_t len;
};

static uint64_t
next(struct mutant *m)
{
	m->random ^= m->random << 13;
	m->random ^= m->random >> 7;
	m->random ^= m->random << 17;
	return m->random;
}

static size_t
below(struct mutant *m, size_t n)
{
	return n > 0 ? (size_t)(next(m) % n) : 0;
}

/* Replaces n bytes at `at` by others, as far as there is room. */
static void
splice(struct mutant *m, size_t at, size_t n, const char *by, size_t len)
{
	if (m->len - n + len > ROOM)
		return;
	memmove(m->text + at + len, m->text + at + n, m->len - at - n);
	memmove(m->text + at, by, len);
	m->len = m->len - n + len;
}

/* Where the line around a place begins, and its length with its end. */
static size_t
line_at(const struct mutant *m, size_t at, size_t *len)
{
	size_t end = at;

	while (at > 0 && m->text[at - 1] != '\n')
		at--;
	while (end < m->len && m->text[end] != '\n')
		end++;
	*len = end - at + (end < m->len);
	return at;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-';
}

static size_t
word_at(const struct mutant *m, size_t at, size_t *len)
{
	while (at < m->len && !is_word(m->text[at]))
		at++;
	size_t end = at;
	while (end < m->len && is_word(m->text[end]) && end - at < 60)
		end++;
	*len = end - at;
	return at;
}

static void
flip(struct mutant *m)
{
	size_t at = below(m, m->len);

	if (m->len > 0)
		m->text[at] = (char)(m->text[at] ^ (1 << below(m, 8)));
}

static void
move_line(struct mutant *m)
{
	char line[256];
	size_t len, at = line_at(m, below(m, m->len), &len);

	if (len > sizeof line)
		return;
	memcpy(line, m->text + at, len);
	if (below(m, 2) == 0)
		splice(m, at, len, "", 0);
	at = line_at(m, below(m, m->len), &(size_t){ 0 });
	splice(m, at, 0, line, len);
}

static void
delete_line(struct mutant *m)
{
	size_t len, at = line_at(m, below(m, m->len), &len);

	splice(m, at, len, "", 0);
}

static void
swap_words(struct mutant *m)
{
	char word[64];
	size_t len, other, at = word_at(m, below(m, m->len), &len);

	memcpy(word, m->text + at, len);
	at = word_at(m, below(m, m->len), &other);
	splice(m, at, other, word, len);
}

static void
change_number(struct mutant *m)
{
	char number[24];
	size_t at = below(m, m->len);

	while (at < m->len && !(m->text[at] >= '0' && m->text[at] <= '9'))
		at++;
	int n = snprintf(number, sizeof number, "%zu",
	    below(m, 3) == 0 ? next(m) : below(m, 100));
	if (at < m->len)
		splice(m, at, 1, number, (size_t)n);
}

static void
put_piece(struct mutant *m)
{
	static const char *const pieces[] = { "unknown", "yes", "[", "]", "{", "}",
		": ", ", ", "#", "\"", "'", "\n", "  ", "- ", "not ", " or ", "(", ")",
		"version < 3", "30 days after issued",
		"1 business day after discovered", "\t", "|\n", ">\n", "\xd0\x96",
		"\\x00", "\\N", "\\uFEFF", "2023-03-26 02:30", "T09:00:00.123", "!",
		"&a ", "*a", "Europe/Berlin", "America/Sao_Paulo", "0.999999",
		"effective", "table", "next upgrade", "alternatives: [wipe]",
		"also: [examine]", "fields: [brand]" };
	const char *piece = pieces[below(m, sizeof pieces / sizeof pieces[0])];

	splice(m, below(m, m->len), 0, piece, strlen(piece));
}

static void
mutate(struct mutant *m)
{
	static void (*const ways[])(struct mutant *) = { flip, move_line, delete_line,
		swap_words, change_number, put_piece };

	for (size_t n = 1 + below(m, 4); n > 0; n--)
		ways[below(m, sizeof ways / sizeof ways[0])](m);
}

static bool
all_have_places(const struct complaints *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].line == 0)
			return false;
	return c->errors > 0;
}

/* An accepted order: printed, read again, equal, and printed the same. */
static bool
survives(const struct directive *d)
{
	struct complaints c = { 0 };
	struct writer once, twice;
	bool same = false;

	writer_to_memory(&once);
	writer_to_memory(&twice);
	directive_print(d, &once);
	struct directive *again = directive_parse("printed", writer_text(&once), &c);
	if (again != NULL) {
		directive_print(again, &twice);
		same = directive_equal(d, again) &&
		    text_equal(writer_text(&once), writer_text(&twice));
	}
	directive_free(again);
	complaints_free(&c);
	(void)writer_close(&once);
	(void)writer_close(&twice);
	return same;
}

static bool
order_holds(const struct mutant *m, size_t *accepted)
{
	struct complaints c = { 0 };
	struct directive *d = directive_parse("mutant",
	    (struct text){ m->text, m->len }, &c);
	bool held = d != NULL ? survives(d) : all_have_places(&c);

	*accepted += d != NULL;
	directive_free(d);
	complaints_free(&c);
	return held;
}

static bool
site_holds(const struct mutant *m, size_t *accepted)
{
	struct complaints c = { 0 };
	struct site *site = site_parse("mutant", (struct text){ m->text, m->len }, &c);
	bool held = site != NULL || all_have_places(&c);

	*accepted += site != NULL;
	site_free(site);
	complaints_free(&c);
	return held;
}

struct seeds {
	struct arena arena;
	struct text list[SEEDS_MAX];
	size_t n;
};

static void
gather(struct seeds *s, const char *pattern)
{
	struct complaints c = { 0 };
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc && s->n < SEEDS_MAX; i++)
		if (file_read(&s->arena, found.gl_pathv[i], ROOM / 2, &s->list[s->n],
		        &c))
			s->n++;
	globfree(&found);
	complaints_free(&c);
}

static void
run(struct seeds *seeds, bool (*holds)(const struct mutant *, size_t *), size_t count)
{
	static struct mutant m;
	size_t accepted = 0, broken = 0;

	if (!OK(seeds->n > 0))
		return;
	for (size_t i = 0; i < count && broken < 3; i++) {
		const struct text seed = seeds->list[i % seeds->n];
		m.random = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
		memcpy(m.text, seed.s, seed.len);
		m.len = seed.len;
		mutate(&m);
		if (!OK(holds(&m, &accepted))) {
			(void)printf("mutation %zu:\n%.*s\n", i, (int)m.len, m.text);
			broken++;
		}
	}
	OK(accepted > 0 && accepted < count);
	arena_free(&seeds->arena);
}

static size_t
how_many(void)
{
	const char *text = getenv("INTERDICT_MUTATIONS");
	unsigned long long n;

	return text != NULL && text_number(text_of(text), &n) ? (size_t)n : FEW;
}

TEST(mutated_orders_are_printed_back_the_same_or_refused_with_a_position)
{
	struct seeds seeds = { 0 };

	gather(&seeds, "share/directives/*.yaml");
	gather(&seeds, "test/directive/*.out");
	run(&seeds, order_holds, how_many());
}

TEST(mutated_sites_are_taken_or_refused_with_a_position)
{
	struct seeds seeds = { 0 };

	gather(&seeds, "test/directive/site/good.in");
	gather(&seeds, "share/demo/site.yaml");
	run(&seeds, site_holds, how_many() / 5);
}
