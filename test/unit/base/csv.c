/* SPDX-License-Identifier: ISC */
#include "base/csv.h"

#include "test.h"

static const struct csv_column columns[] = {
	{ "id", true },
	{ "name", false },
	{ "groups", false },
};

struct read {
	struct arena arena;
	struct csv csv;
	struct complaints complaints;
	struct writer said;
	bool whole;
};

static void
read_csv(struct read *r, const char *s)
{
	*r = (struct read){ 0 };
	r->whole = csv_read(&r->arena, "t.csv", text_of(s), columns, 3, &r->csv,
	    &r->complaints);
	writer_to_memory(&r->said);
	complaints_print(&r->complaints, &r->said);
	put_char(&r->said, '\0');
}

static void
drop(struct read *r)
{
	(void)writer_close(&r->said);
	complaints_free(&r->complaints);
	arena_free(&r->arena);
}

static void
refused(const char *input, const char *why)
{
	struct read r;

	read_csv(&r, input);
	OK(!r.whole);
	SAME(r.said.buf, why);
	drop(&r);
}

TEST(columns_come_in_any_order_and_cells_are_trimmed)
{
	struct read r;

	read_csv(&r, "\xef\xbb\xbf name , id\r\n\r\n# a word\r\n Ann , a1 \r\nBob,b2");
	OK(r.whole);
	EQ(r.csv.n, 2);
	OK(text_is(r.csv.rows[0].cells[0], "a1"));
	OK(text_is(r.csv.rows[0].cells[1], "Ann"));
	EQ(r.csv.rows[0].cells[2].len, 0);
	EQ(r.csv.rows[0].line, 4);
	EQ(r.csv.rows[0].columns[0], 8);
	OK(text_is(r.csv.rows[1].cells[0], "b2"));
	drop(&r);
}

TEST(a_quoted_cell_may_hold_commas_quotes_and_lines)
{
	struct read r;

	read_csv(&r, "id,name\na,\"O\"\"Hara, the\nsecond\"\nb,c\n");
	OK(r.whole);
	OK(text_is(r.csv.rows[0].cells[1], "O\"Hara, the\nsecond"));
	EQ(r.csv.rows[1].line, 4);
	drop(&r);
}

TEST(a_column_counts_characters_of_any_script)
{
	struct read r;

	read_csv(&r, "name,id\n\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd,\n");
	OK(!r.whole);
	SAME(r.said.buf, "t.csv: line 2, column 6: the cell of 'id' is empty\n");
	drop(&r);
}

TEST(an_unknown_column_is_refused_with_the_nearest_word)
{
	refused("id,nam,colour\n",
	    "t.csv: line 1, column 4: no column is called 'nam'; 'name' is near "
	    "(known: "
	    "id,name,groups)\n"
	    "t.csv: line 1, column 8: no column is called 'colour' (known: "
	    "id,name,groups)\n");
	refused("name\nAnn\n",
	    "t.csv: line 1, column 1: the column 'id' is missing (known: "
	    "id,name,groups)\n");
	refused("id,name,id\n",
	    "t.csv: line 1, column 9: the column 'id' stands here a second time\n");
}

TEST(another_separator_gets_a_hint)
{
	refused("id;name\na;b\n",
	    "t.csv: line 1, column 1: the cells are separated by semicolons: save the "
	    "file with commas between them (id,name,groups)\n");
	refused("id\tname\na\tb\n",
	    "t.csv: line 1, column 1: the cells are separated by tabs: save the file "
	    "with commas between them (id,name,groups)\n");
}

TEST(a_line_that_names_the_separator_is_no_header)
{
	static const char *const lines[] = { "sep=,\r\n", "SEP=,\n", "\"sep=,\"\n" };

	for (size_t i = 0; i < 3; i++) {
		struct read r;
		char input[64];
		(void)snprintf(input, sizeof input, "%sid,name\na,Ann\n", lines[i]);
		read_csv(&r, input);
		OK(r.whole);
		EQ(r.csv.n, 1);
		EQ(r.csv.rows[0].line, 3);
		drop(&r);
	}
	refused("sep=;\nid;name\n",
	    "t.csv: line 1, column 1: the cells are separated by semicolons: save the "
	    "file with commas between them (id,name,groups)\n");
}

TEST(bytes_that_are_no_text_are_refused_where_they_stand)
{
	refused("id\nab\xff\n",
	    "t.csv: line 2, column 3: the byte 0xff is no UTF-8: save the file as "
	    "UTF-8\n");
	refused("id\nab\x1b[2J\n",
	    "t.csv: line 2, column 3: a control character (0x1b)\n");
	refused("\xff\xfei",
	    "t.csv: line 1, column 1: this is UTF-16: save the file as UTF-8\n");
	refused("",
	    "t.csv: line 1, column 1: the file is empty: want a header line "
	    "(id,name,groups)\n");
}

TEST(every_mistake_of_a_file_is_told_in_one_run)
{
	refused("id,name\na\nb,c,d\n\"e,f\n",
	    "t.csv: line 2, column 1: 1 cell, where the header has 2 (a comma inside a "
	    "cell wants the cell in quotes)\n"
	    "t.csv: line 3, column 5: 3 cells, where the header has 2 (a comma inside "
	    "a "
	    "cell wants the cell in quotes)\n"
	    "t.csv: line 4, column 1: the quote that opens here is never closed\n");
	refused("id,name\na,b \"c\" d\ne,\"f\" g\n",
	    "t.csv: line 2, column 5: a quote inside a cell: put the whole cell in "
	    "quotes, and write this one twice\n"
	    "t.csv: line 3, column 7: want a comma or the end of the line after the "
	    "closing quote\n");
}

TEST(a_cell_for_output_is_no_formula)
{
	struct writer w;

	writer_to_memory(&w);
	csv_put(&w, text_of("=1+1"));
	put_char(&w, ',');
	csv_put(&w, text_of("-5.2"));
	put_char(&w, ',');
	csv_put(&w, text_of("a,\"b\""));
	put_char(&w, ',');
	csv_put(&w, text_of("plain"));
	put_char(&w, '\0');
	SAME(w.buf, "\"'=1+1\",-5.2,\"a,\"\"b\"\"\",plain");
	(void)writer_close(&w);
}
