/* SPDX-License-Identifier: ISC */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "office.h"
#include "report/burndown.h"
#include "report/table.h"
#include "report/unicode.h"
#include "test.h"

TEST(the_columns_of_a_character_are_those_of_a_terminal)
{
	EQ(text_columns(text_of("Anna")), 4);
	EQ(text_columns(text_of("\u7530\u4e2d")), 4);
	EQ(text_columns(text_of("e\u0301")), 1);
	EQ(text_columns(text_of("\U0001f4f1")), 2);
	EQ(text_columns(text_of("\xff")), 1);
}

TEST(what_steers_a_terminal_is_not_repeated)
{
	struct writer w;

	writer_to_memory(&w);
	put_clean(&w, (struct text){ "a\033[31m\x9b\0b\tc\u202ed\xc2\x9b", 16 });
	put_char(&w, '\0');
	SAME(w.buf,
	    "a\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd"
	    "b c\xef\xbf\xbd"
	    "d"
	    "\xef\xbf\xbd");
	(void)writer_close(&w);
}

TEST(a_table_is_never_wider_than_its_screen)
{
	static const unsigned wide[] = { 80, 90, 100, 120, 200 };
	struct office *o = office_new();

	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
		o->report.width = wide[i];
		struct text rest = text_of(office_print(o, report_text)), line;
		while (text_split(&rest, '\n', &line))
			if (!OK(text_columns(line) <= wide[i]))
				SAME(arena_string(&o->arena, line),
				    "within the screen");
	}
	office_free(o);
}

TEST(no_control_character_reaches_the_terminal_and_colour_only_when_asked)
{
	struct office *o = office_new();

	OK(strchr(office_print(o, report_text), '\033') == NULL);
	o->report.colour = true;
	const char *all = office_print(o, report_text);
	OK(strstr(all, "\033[1;31mFAILED (2)\033[0m") != NULL);
	office_free(o);
}

TEST(failed_comes_first_and_undecided_is_a_line_of_the_totals)
{
	struct office *o = office_new();
	const char *all = office_print(o, report_text);
	const char *failed = strstr(all, "FAILED (2)"), *due = strstr(all, "DUE (1)");
	const char *undecided = strstr(all, "UNDECIDED (2)");

	OK(failed != NULL && due != NULL && undecided != NULL);
	OK(failed < due && due < undecided);
	OK(strstr(all, "        2  undecided: 2 whether covered, 0 whether met\n") !=
	    NULL);
	OK(strstr(all,
	       "Not covered (3): tablet\u00a01, computer\u00a01, printer\u00a01.") !=
	    NULL);
	OK(strstr(all, "as of 2023-04-02 09:00 MSK (Europe/Moscow)") != NULL);
	office_free(o);
}

TEST(only_narrows_what_is_listed_and_not_what_is_counted)
{
	struct office *o = office_new();

	o->report.only = ONLY_NOT_COVERED;
	const char *all = office_print(o, report_text);
	OK(strstr(all, "NOT COVERED (3)") != NULL && strstr(all, "FAILED (") == NULL);
	OK(strstr(all, "       11  devices judged, 5 of them covered") != NULL);
	office_free(o);
}

/* Each line of JSON Lines; returns how many were of this type. */
static size_t
lines_of(struct office *o, const char *type, json_t **last)
{
	struct text rest = text_of(office_print(o, report_json)), line;
	size_t n = 0;

	while (text_split(&rest, '\n', &line) && line.len > 0) {
		json_t *j = json_loadb(line.s, line.len, JSON_REJECT_DUPLICATES, NULL);
		const char *is = json_string_value(json_object_get(j, "event_type"));
		if (!OK(j != NULL && is != NULL))
			break;
		n += strcmp(is, type) == 0;
		json_decref(*last);
		*last = j;
	}
	return n;
}

TEST(a_verdict_line_is_one_order_device_and_obligation)
{
	struct office *o = office_new();
	json_t *last = NULL;

	EQ(lines_of(o, "verdict", &last), (OFFICE_DEVICES + 2) * 4);
	SAME(json_string_value(json_object_get(last, "event_type")), "summary");
	json_decref(last);
	const char *all = office_print(o, report_json);
	OK(strstr(all,
	       "{\"timestamp\":\"2023-04-02T06:00:00.000000+00:00\",\"event_type\":"
	       "\"verdict\",\"verdict\":{\"directive\":\"iphone-2023\",\"device\":\"d-"
	       "000000001a2dc59b\",\"person\":\"p01\",\"object\":\"covered\",\"p\":0."
	       "9934,"
	       "\"obligation\":\"stop-use\",\"state\":\"failed\",\"due\":\"2023-03-"
	       "31T21:00:"
	       "00.000000+00:00\",\"failed_since\":\"2023-04-01T05:21:00.000000+00:"
	       "00\","
	       "\"phase\":null,\"reasons\":[") != NULL);
	OK(strstr(all,
	       "\"device\":null,\"person\":\"p08\",\"object\":\"undecided\","
	       "\"p\":null") != NULL);
	office_free(o);
}

TEST(a_cell_of_csv_is_no_formula)
{
	struct office *o = office_new();
	const char *all = office_print(o, report_csv);

	OK(strstr(all, ",\"'=HYPERLINK(\"\"http://x\"\")\",") != NULL);
	OK(strstr(all, "\r\n") != NULL);
	office_free(o);
}

TEST(the_same_case_gives_the_same_bytes)
{
	void (*const printers[])(const struct report *,
	    struct writer *) = { report_text, report_json, report_csv, report_html };
	struct office *a = office_new(), *b = office_new();

	for (size_t i = 0; i < 4; i++)
		OK(strcmp(office_print(a, printers[i]), office_print(b, printers[i])) ==
		    0);
	office_free(a);
	office_free(b);
}

TEST(a_burn_down_counts_covered_devices_in_official_use)
{
	struct office *o = office_new();
	struct view *v = view_new(&o->report);
	struct burndown b;

	burndown_make(v, &v->summary.tallies[0], &b);
	EQ(b.n, 42);
	EQ(b.baseline, 4); /* the released one was on the guests' segment only */
	EQ(b.seen[0], 2);
	EQ(b.still[5], 4); /* a Saturday: nobody is seen, and nobody has stopped */
	EQ(b.seen[5], 0);
	EQ(b.still[40], 2);
	EQ(b.deadline, v->report.verdicts->list[0].duties[1].due);
	view_free(v);
	office_free(o);
}

TEST(a_fact_on_the_wire_is_a_line_of_the_contract)
{
	struct sighting s = { .time = 1679994723123456789,
		.frame = 7,
		.src_port = 68,
		.dst_port = 67,
		.proto = 17,
		.src_mac = { ADDR_MAC, { 0x3c, 6, 0x30, 1, 2, 3 } },
		.dst_mac = { ADDR_MAC, { 255, 255, 255, 255, 255, 255 } },
		.src_ip = { ADDR_IP4, { 0 } },
		.dst_ip = { ADDR_IP4, { 255, 255, 255, 255 } } };
	struct fact f = { FACT_DHCP_HOSTNAME, text_of("a\"b"), s.src_mac, 0, &s };
	struct writer w;

	writer_to_memory(&w);
	json_fact(&w, &f, "x.pcap", "dhcp4", NULL);
	put_char(&w, '\0');
	SAME(w.buf,
	    "{\"timestamp\":\"2023-03-28T09:12:03.123456+00:00\",\"event_type\":"
	    "\"fact\","
	    "\"src_ip\":\"0.0.0.0\",\"src_port\":68,\"dest_ip\":\"255.255.255.255\","
	    "\"dest_port\":67,\"proto\":\"UDP\",\"ether\":{\"src_mac\":"
	    "\"3c:06:30:01:02:03\",\"dest_mac\":\"ff:ff:ff:ff:ff:ff\"},\"capture\":"
	    "\"x.pcap\",\"frame\":7,\"fact\":{\"key\":\"dhcp.hostname\",\"value\":"
	    "\"a\\\"b\",\"decoder\":\"dhcp4\",\"subject\":\"3c:06:30:01:02:03\"}}\n");
	w.len = 0;
	f.value = (struct text){ "\xff\x01", 2 };
	json_fact(&w, &f, "x.pcap", "dhcp4", NULL);
	put_char(&w, '\0');
	OK(strstr(w.buf, "\"value_hex\":\"ff01\"") != NULL);
	(void)writer_close(&w);
}
