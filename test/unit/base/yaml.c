/* SPDX-License-Identifier: ISC */
#include "base/yaml.h"

#include <stdlib.h>

#include "test.h"

static struct arena arena;
static char said[4096];

/* Reads; what it complains of stands in said. */
static const struct yaml *
read_text(struct text t)
{
	struct complaints c = { 0 };
	struct writer w;

	arena_free(&arena);
	const struct yaml *y = yaml_read(&arena, "f", t, &c);
	writer_to_memory(&w);
	complaints_print(&c, &w);
	size_t n = w.len < sizeof said - 1 ? w.len : sizeof said - 1;
	if (n > 0)
		memcpy(said, w.buf, n);
	said[n] = '\0';
	(void)writer_close(&w);
	complaints_free(&c);
	return y;
}

static const struct yaml *
read_yaml(const char *text)
{
	return read_text(text_of(text));
}

TEST(each_value_knows_its_place)
{
	const struct yaml *y = read_yaml("a: x\nb:\n  - \"\xd0\x9a\" \n  - {k: v}\n");
	const struct yaml *b = yaml_get(y, "b");

	SAME(said, "");
	if (!OK(b != NULL && b->kind == YAML_SEQUENCE))
		return;
	EQ(b->key_line, 2);
	EQ(b->first->line, 3);
	EQ(b->first->column, 5);
	EQ(b->first->text_column, 6);
	OK(text_is(b->first->scalar, "\xd0\x9a"));
	const struct yaml *k = yaml_get(b->first->next, "k");
	EQ(k->key_column, 6);
	EQ(k->column, 9);
	arena_free(&arena);
}

TEST(a_scalar_that_is_folded_or_escaped_has_no_columns_inside)
{
	const struct yaml *y = read_yaml("a: \"x\\ty\"\nb: >\n  x\n  y\nc: x\n  y\n");

	EQ(yaml_get(y, "a")->text_column, 0);
	EQ(yaml_get(y, "b")->text_column, 0);
	EQ(yaml_get(y, "c")->text_column, 0);
	arena_free(&arena);
}

TEST(what_is_no_text_is_refused_with_the_reason)
{
	OK(read_text((struct text){ "a: \0", 4 }) == NULL);
	SAME(said, "f: line 1, column 4: a NUL byte: this is no text\n");
	OK(read_yaml("a: b\nc: \xff\n") == NULL);
	SAME(said,
	    "f: line 2, column 4: byte 0xff is no UTF-8: save the file as UTF-8\n");
	OK(read_yaml("\xef\xbb\xbf"
	             "a: b\n") == NULL);
	SAME(said,
	    "f: line 1, column 1: begins with a byte-order mark: save the file as "
	    "UTF-8 without one\n");
	OK(read_yaml("\xff\xfe"
	             "a") == NULL);
	SAME(said, "f: line 1, column 1: is UTF-16: save the file as UTF-8\n");
	OK(read_yaml("# nothing\n") == NULL);
	SAME(said, "f: line 1, column 1: is empty\n");
	OK(read_yaml("a:\n\tb: c\n") == NULL);
	SAME(said,
	    "f: line 2, column 1: not YAML: found character that cannot start any "
	    "token "
	    "while scanning for the next token: a tab cannot indent, use blanks\n");
	arena_free(&arena);
}

TEST(a_key_twice_is_told_with_both_places)
{
	OK(read_yaml("a: 1\nb: 2\na: 3\n") != NULL);
	SAME(said, "f: line 3, column 1: the key 'a' stands twice, first in line 1\n");
	OK(read_yaml("- a\n- a\n") != NULL);
	SAME(said, "");
	arena_free(&arena);
}

TEST(anchors_aliases_tags_and_second_documents_are_refused)
{
	(void)read_yaml("a: &x 1\nb: *x\nc: !!int 3\n");
	OK(strstr(said, "line 1, column 4: anchors (&x)") != NULL);
	OK(strstr(said, "line 2, column 4: aliases (*x)") != NULL);
	OK(strstr(said, "line 3, column 4: tags (tag:yaml.org,2002:int)") != NULL);
	OK(read_yaml("a: 1\n---\nb: 2\n") == NULL);
	SAME(said, "f: line 2, column 1: a second document: one file holds one\n");
	arena_free(&arena);
}

TEST(nesting_and_size_have_a_limit)
{
	char deep[200];

	memset(deep, '[', 100);
	memset(deep + 100, ']', 99);
	deep[199] = '\0';
	OK(read_yaml(deep) == NULL);
	SAME(said, "f: line 1, column 33: is nested deeper than 32 levels\n");
	size_t n = 1024 * 1024 + 1;
	char *large = must_alloc(n, 1);
	memset(large, ' ', n);
	OK(read_text((struct text){ large, n }) == NULL);
	SAME(said, "f: is larger than 1 MiB\n");
	free(large);
	arena_free(&arena);
}

TEST(what_is_put_reads_back_the_same)
{
	static const char *const texts[] = { "plain words", "yes", "", "a: b", "a:b",
		"#x", "x #y", "it's", "say \"so\"", "'", "-", "- a", "[a]", "a, b",
		"1.5", "back\\", "end:", "\xd0\x9a", "@x", "null", "~", "%a", "a{b}",
		"it's \"so\": #1" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		for (int flow = 0; flow < 2; flow++) {
			struct writer w;
			writer_to_memory(&w);
			put(&w, flow ? "[" : "k: ");
			yaml_put(&w, text_of(texts[i]), flow);
			put(&w, flow ? "]\n" : "\n");
			const struct yaml *y = read_text(writer_text(&w));
			SAME(said, "");
			OK(y != NULL && text_is(y->first->scalar, texts[i]) &&
			    y->first->next == NULL);
			(void)writer_close(&w);
		}
	arena_free(&arena);
}
