/* SPDX-License-Identifier: ISC */
/* What only a store keeps: notices, examinations, wipings, disposals, replacements. */
#include "people/people.h"

#include "test.h"

static const char roster[] = "id,name\nann,Ann Example\nbob,Bob Example\n";

enum record { NOTICES, EXAMINATIONS, WIPINGS, DISPOSALS, REPLACEMENTS, RECORDS };

struct read {
	struct people *people;
	struct complaints complaints;
	struct writer said;
};

static void
read_records(struct read *r, const char *const text[RECORDS])
{
	struct papers papers = { .roster = { "r.csv", text_of(roster) } };
	struct paper *kinds[RECORDS] = { &papers.notices, &papers.examinations,
		&papers.wipings, &papers.disposals, &papers.replacements };

	*r = (struct read){ 0 };
	for (size_t i = 0; i < RECORDS; i++)
		if (text[i] != NULL)
			*kinds[i] = (struct paper){ "x.csv", text_of(text[i]) };
	r->people = people_read(&papers, NULL, &r->complaints);
	writer_to_memory(&r->said);
	complaints_print(&r->complaints, &r->said);
	put_char(&r->said, '\0');
}

static void
drop(struct read *r)
{
	people_free(r->people);
	(void)writer_close(&r->said);
	complaints_free(&r->complaints);
}

/* One record, with its header, and what is said of it; "" when it is good. */
static void
says(enum record kind, const char *text, const char *what)
{
	const char *all[RECORDS] = { NULL };
	struct read r;

	all[kind] = text;
	read_records(&r, all);
	SAME(r.said.buf, what);
	drop(&r);
}

static int64_t
day(int month, int d)
{
	return days_from_civil(2023, month, d) * DAY;
}

#define NOTICE "id,directive,person,identifier,sent,seen,acknowledged\n"

TEST(a_notice_is_sent_before_it_is_seen)
{
	says(NOTICES, NOTICE "n-1,o,ann,02:00:5e:10:00:01,2023-03-20,,\n", "");
	says(NOTICES, NOTICE "n-1,o,ann,02:00:5e:10:00:01,2023-03-20,2023-03-19,\n",
	    "x.csv: line 2, column 40: seen on 2023-03-19, before it was sent on "
	    "2023-03-20\n");
	says(NOTICES, NOTICE "n-1,o,kim,02:00:5e:10:00:01,2023-03-20,,\n",
	    "x.csv: line 2, column 7: the roster has no person 'kim'\n");
	says(NOTICES, NOTICE "n-1,o,ann,02:00:5e:10:00:01,2023-03-32,,\n",
	    "x.csv: line 2, column 29: '2023-03-32' is no date (want one like "
	    "2023-03-28 or 2023-03-28 14:30)\n");
}

TEST(the_notices_of_a_person_stand_in_their_order)
{
	const char *text[RECORDS] = { NOTICE
		"n-1,o,ann,02:00:5e:10:00:01,2023-03-20,2023-03-21,2023-03-22\n"
		"n-2,o,bob,02:00:5e:10:00:02,2023-03-20,,\n"
		"n-3,p,ann,02:00:5e:10:00:01,2023-03-23,,\n" };
	struct read r;

	read_records(&r, text);
	SAME(r.said.buf, "");
	const struct notice *n = person_find(r.people, text_of("ann"))->notices;
	SAME(n->id, "n-1");
	EQ(n->acknowledged, day(3, 22));
	SAME(n->next_of_person->id, "n-3");
	EQ(n->next_of_person->seen, TIME_NONE);
	OK(n->next_of_person->next_of_person == NULL);
	drop(&r);
}

#define DONE "identifier,type,date,by"

TEST(each_kind_of_deed_has_its_own_columns)
{
	says(EXAMINATIONS, DONE "\n02:00:5e:10:00:01,mac,2023-03-20,R\n", "");
	says(EXAMINATIONS, DONE ",tool\n02:00:5e:10:00:01,mac,2023-03-20,R,x\n",
	    "x.csv: line 2, column 36: an examination has no 'tool'\n");
	says(WIPINGS, DONE "\n02:00:5e:10:00:01,mac,2023-03-20,R\n",
	    "x.csv: line 2: a wiping wants 'level'\n"
	    "x.csv: line 2: a wiping wants 'technique'\n");
	says(WIPINGS,
	    DONE ",technique,level\n02:00:5e:10:00:01,mac,2023-03-20,R,reset,purge\n",
	    "");
	says(WIPINGS,
	    DONE ",technique,level\n02:00:5e:10:00:01,mac,2023-03-20,R,reset,purg\n",
	    "x.csv: line 2, column 42: 'purg' is none of clear, purge or destroy; is "
	    "'purge' meant?\n");
	says(DISPOSALS, DONE ",id,how,to\nSN1,serial,2023-03-20,R,d-1,burn,Ltd\n",
	    "x.csv: line 2, column 29: 'burn' is none of destroy, return or release\n");
	says(DISPOSALS, DONE ",id,how\nSN1,serial,2023-03-20,R,d-1,destroy\n",
	    "x.csv: line 2: a disposal wants 'to'\n");
	says(REPLACEMENTS, DONE ",person,with\nSN1,serial,2023-03-20,R,ann,SN2\n",
	    "x.csv: line 2: a replacement wants 'with-type'\n");
	says(REPLACEMENTS,
	    DONE ",person,with,with-type\nSN1,serial,2023-03-20,R,ann,zz,mac\n",
	    "x.csv: line 2, column 29: 'zz' is no MAC address (want one like "
	    "52:54:00:12:34:56)\n");
}

TEST(the_deeds_of_a_thing_are_found_by_time_whatever_their_kind)
{
	const char *text[RECORDS] = {
		[EXAMINATIONS] = DONE "\n02:00:5E:10:00:01,mac,2023-03-20,R\n"
		                      "02:00:5e:10:00:02,mac,2023-03-20,R\n",
		[WIPINGS] = DONE ",technique,level\n"
		                 "02:00:5e:10:00:01,mac,2023-03-19,R,reset,clear\n",
		[DISPOSALS] = DONE ",id,how,to\n"
		                   "02-00-5e-10-00-01,mac,2023-03-21,R,d-1,destroy,L\n",
		[REPLACEMENTS] = DONE ",person,with,with-type,is\n"
		                      "02:00:5e:10:00:01,mac,2023-03-18,R,ann,SN2,"
		                      "serial,kind is phone\n",
	};
	static const enum deed_kind wanted[] = { DEED_REPLACEMENT, DEED_WIPING,
		DEED_EXAMINATION, DEED_DISPOSAL };
	struct read r;
	struct addr mac;
	size_t n = 0;

	read_records(&r, text);
	SAME(r.said.buf, "");
	OK(addr_parse(text_of("02:00:5e:10:00:01"), &mac));
	for (const struct deed *d = deeds_of_mac(r.people, mac); d != NULL;
	     d = d->next_of_thing, n++)
		if (OK(n < 4))
			EQ(d->kind, wanted[n]);
	EQ(n, 4);
	const struct deed *gave = deed_that_gave(r.people, BY_SERIAL, text_of("SN2"));
	SAME(gave != NULL ? gave->is : "", "kind is phone");
	OK(deed_that_gave(r.people, BY_SERIAL, text_of("SN3")) == NULL);
	OK(deeds_of_name(r.people, BY_SERIAL, text_of("SN2")) == NULL);
	drop(&r);
}
