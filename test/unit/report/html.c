/* SPDX-License-Identifier: ISC */
#include "report/html.h"

#include <string.h>

#include "office.h"
#include "test.h"

static size_t
times(const char *in, const char *what)
{
	size_t n = 0;

	for (const char *s = strstr(in, what); s != NULL; s = strstr(s + 1, what))
		n++;
	return n;
}

TEST(a_page_has_no_script_and_asks_nobody_for_anything)
{
	struct office *o = office_new();
	const char *page = office_print(o, report_html);

	OK(strncmp(page, "<!DOCTYPE html>\n<html lang=\"en\">", 31) == 0);
	OK(strstr(page, "<script") == NULL);
	OK(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;\xef\xbf\xbd[31m") !=
	    NULL);
	OK(strstr(page, "src=") == NULL && strstr(page, "@import") == NULL &&
	    strstr(page, "url(") == NULL && strstr(page, "href=\"http") == NULL);
	OK(strstr(page, "default-src &#39;none&#39;") != NULL);
	office_free(o);
}

TEST(what_a_page_opens_it_closes)
{
	static const char *const tags[] = { "table", "tr", "td", "th", "section",
		"article", "div", "dl", "dd", "dt", "ul", "ol", "li", "span", "p",
		"svg", "figure", "figcaption", "caption", "thead", "tbody", "bdi",
		"code", "q", "main", "header", "nav", "a", "strong", "style", "h1",
		"h2", "h3", "h4" };
	struct office *o = office_new();
	const char *page = office_print(o, report_html);
	char open[16], attr[16], close[16];

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		(void)snprintf(open, sizeof open, "<%s>", tags[i]);
		(void)snprintf(attr, sizeof attr, "<%s ", tags[i]);
		(void)snprintf(close, sizeof close, "</%s>", tags[i]);
		if (!EQ(times(page, open) + times(page, attr), times(page, close)))
			SAME(tags[i], "balanced");
	}
	EQ(times(page, "<table"), times(page, "<caption>"));
	office_free(o);
}

TEST(every_link_of_a_page_has_its_target)
{
	struct office *o = office_new();
	const char *page = office_print(o, report_html);
	char target[80];

	for (const char *s = strstr(page, "href=\"#"); s != NULL;
	     s = strstr(s + 1, "href=\"#")) {
		(void)snprintf(target, sizeof target, "id=\"%.*s\"",
		    (int)strcspn(s + 7, "\""), s + 7);
		if (!EQ(times(page, target), 1))
			SAME(target, "there once");
	}
	office_free(o);
}

TEST(coverage_comes_before_the_numbers_in_detail_and_undecided_has_its_line)
{
	struct office *o = office_new();
	const char *page = office_print(o, report_html);
	const char *coverage = strstr(page, "<section id=\"coverage\">");
	const char *order = strstr(page, "<section id=\"order-1\">");

	OK(coverage != NULL && order != NULL && coverage < order);
	OK(strstr(page,
	       "<tr class=\"apart\"><th scope=\"row\"><span class=\"st "
	       "undecided\">") != NULL);
	OK(strstr(page, "Synthetic.") != NULL);
	OK(strstr(page, "<q>holds no smartphone</q>") != NULL);
	office_free(o);
}

TEST(nothing_covered_and_nothing_undecided_is_a_nil_return)
{
	struct office *o = office_new();

	for (size_t i = 0; i < o->verdicts.n; i++)
		o->verdicts.list[i].object = NOT_COVERED;
	OK(strstr(office_print(o, report_html), "Nil return.") != NULL);
	office_free(o);
}

TEST(a_piece_of_evidence_is_told_down_to_frame_and_row)
{
	struct office *o = office_new();
	struct text apple = text_of("Apple");
	struct claim claim = { .attribute = ATTR_VENDOR, .values = &apple, .n = 1 };
	struct row row = { .id = "dhcp.parameters/apple", .family = "dhcp" };
	struct evidence e = { .key = FACT_DHCP_PARAMETERS,
		.value = text_of("1,121,3,6"),
		.count = 3,
		.where = { .frame = 118 } };
	struct said said = { &e, 0, &row, &claim, -1.25, false, false };
	struct writer w;
	struct page page = { view_new(&o->report), &w };

	writer_to_memory(&w);
	html_said(&page, &said);
	const char *s = arena_string(&o->arena, writer_text(&w));
	OK(strstr(s, "office.pcapng, frame 118") != NULL);
	OK(strstr(s,
	       "\xe2\x88\x92"
	       "1.25") != NULL);
	OK(strstr(s, "dhcp, not counted") != NULL);
	OK(strstr(s, "dhcp.parameters/apple") != NULL);
	(void)writer_close(&w);
	view_free(page.v);
	office_free(o);
}
