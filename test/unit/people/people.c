/* SPDX-License-Identifier: ISC */
#include "people/people.h"

#include "test.h"

static const char roster_text[] =
    "id,name,email,groups,role,rank,site\n"
    "ivanov,\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd\xd0\xbe"
    "\xd0\xb2,i@example.org,domestic-policy; night,,colonel,hq\n"
    "petrova,Anna Petrova,,,chief-of-staff,,hq\n";

struct read {
	struct people *people;
	struct complaints complaints;
	struct writer said;
};

static void
read_papers(struct read *r, const char *roster, const char *custody,
    const char *statements, const char *exceptions)
{
	struct papers papers = { 0 };

	*r = (struct read){ 0 };
	if (roster != NULL)
		papers.roster = (struct paper){ "r.csv", text_of(roster) };
	if (custody != NULL)
		papers.custody = (struct paper){ "c.csv", text_of(custody) };
	if (statements != NULL)
		papers.statements = (struct paper){ "s.csv", text_of(statements) };
	if (exceptions != NULL)
		papers.exceptions = (struct paper){ "e.csv", text_of(exceptions) };
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

/* Custody rows under the header, and what is said of them; "" when they are good. */
static void
custody_says(const char *rows, const char *what)
{
	struct read r;
	struct writer w;

	writer_to_memory(&w);
	put(&w, "identifier,type,person,ownership,from,until,event\n");
	put(&w, rows);
	put_char(&w, '\0');
	read_papers(&r, roster_text, w.buf, NULL, NULL);
	SAME(r.said.buf, what);
	drop(&r);
	(void)writer_close(&w);
}

static int64_t
day(int year, int month, int d)
{
	return days_from_civil(year, month, d) * DAY;
}

TEST(a_roster_has_names_in_any_script_and_groups)
{
	struct read r;

	read_papers(&r, roster_text, NULL, NULL, NULL);
	if (OK(r.people != NULL)) {
		const struct person *p = person_find(r.people, text_of("ivanov"));
		OK(p != NULL && person_in_group(p, text_of("night")));
		OK(p != NULL && !person_in_group(p, text_of("nigh")));
		EQ(p != NULL ? p->n_groups : 0, 2);
		EQ(p != NULL ? p->line : 0, 2);
		p = person_find(r.people, text_of("petrova"));
		SAME(p != NULL ? p->role : NULL, "chief-of-staff");
		OK(p != NULL && p->email == NULL);
		OK(person_find(r.people, text_of("Ivanov")) == NULL);
	}
	drop(&r);
}

TEST(an_id_that_stands_twice_is_refused)
{
	struct read r;

	read_papers(&r, "id,name\na,A\nb,B\na,C\n", NULL, NULL, NULL);
	OK(r.people == NULL);
	SAME(r.said.buf,
	    "r.csv: line 4, column 1: the id 'a' stands on line 2 already\n");
	drop(&r);
}

TEST(custody_is_the_latest_row_that_has_begun)
{
	struct read r;
	struct addr mac;
	struct text name = text_of("IVAN-phone.");
	struct text id = text_of("0152540012aa01");

	read_papers(&r, roster_text,
	    "identifier,type,person,ownership,from,until,event\n"
	    "52:54:00:12:34:56,mac,ivanov,issued,2023-01-10,2023-03-01,issued\n"
	    "52-54-00-12-34-56,mac,petrova,issued,2023-03-01,,issued\n"
	    "5254.0012.3456,mac,petrova,issued,2023-03-30 14:30,,released\n"
	    "ivan-phone,hostname,ivanov,personal,2023-02-01,,issued\n"
	    "01:52:54:00:12:aa:01,client-id,ivanov,contractor,2023-02-01,,issued\n",
	    NULL, NULL);
	OK(addr_parse(text_of("52:54:00:12:34:56"), &mac));
	if (OK(r.people != NULL)) {
		const struct people *p = r.people;
		const struct custody *c;
		OK(custody_at(p, &mac, 1, NULL, 0, NULL, 0, day(2023, 1, 9)) == NULL);
		c = custody_at(p, &mac, 1, NULL, 0, NULL, 0, day(2023, 1, 10));
		SAME(c != NULL ? c->person->id : NULL, "ivanov");
		EQ(c != NULL ? c->until : 0, day(2023, 3, 2) - 1);
		c = custody_at(p, &mac, 1, NULL, 0, NULL, 0, day(2023, 3, 1));
		SAME(c != NULL ? c->person->id : NULL, "petrova");
		c = custody_at(p, &mac, 1, &name, 1, NULL, 0, day(2023, 4, 1));
		EQ(c != NULL ? c->event : 0, CUSTODY_RELEASED);
		c = custody_at(p, NULL, 0, &name, 1, NULL, 0, day(2023, 4, 1));
		EQ(c != NULL ? c->ownership : 0, OWNED_PERSONAL);
		c = custody_at(p, NULL, 0, NULL, 0, &id, 1, day(2023, 4, 1));
		EQ(c != NULL ? c->ownership : 0, OWNED_CONTRACTOR);
		c = person_find(p, text_of("ivanov"))->custody;
		EQ(c != NULL ? c->line : 0, 2);
		OK(c != NULL && c->next_of_thing != NULL);
		OK(c != NULL && c->next_of_person->next_of_person != NULL);
	}
	drop(&r);
}

TEST(two_holders_at_the_same_time_are_refused)
{
	custody_says("a-phone,hostname,ivanov,issued,2023-01-10,,issued\n"
	             "a-phone,hostname,petrova,issued,2023-02-10,,issued\n",
	    "c.csv: line 3, column 18: two holders at the same time: by line 2 "
	    "'ivanov' "
	    "holds it already, and no row ends that before\n");
	custody_says("a-phone,hostname,ivanov,issued,2023-01-10,2023-02-10,issued\n"
	             "A-PHONE,hostname,petrova,issued,2023-02-10,,issued\n",
	    "");
	custody_says("a-phone,hostname,ivanov,issued,2023-01-10,,issued\n"
	             "a-phone,hostname,ivanov,issued,2023-02-01,,handed-in\n"
	             "a-phone,hostname,petrova,issued,2023-02-10,,issued\n",
	    "");
	custody_says("a-phone,hostname,petrova,issued,2023-02-10,,issued\n"
	             "a-phone,hostname,ivanov,issued,2023-01-10,2023-02-11,issued\n",
	    "c.csv: line 2, column 18: two holders at the same time: by line 3 "
	    "'ivanov' "
	    "holds it already, and no row ends that before\n");
}

TEST(nothing_happens_to_what_was_destroyed)
{
	custody_says("S1,serial,ivanov,issued,2023-01-10,,destroyed\n"
	             "s1,serial,petrova,issued,2023-02-10,,issued\n",
	    "c.csv: line 3, column 38: issued, after line 2 says that it was "
	    "destroyed\n");
	custody_says("S1,serial,ivanov,issued,2023-01-10,,destroyed\n"
	             "S1,serial,ivanov,issued,2023-02-10,,handed-in\n",
	    "c.csv: line 3, column 37: handed-in, after line 2 says that it was "
	    "destroyed\n");
	custody_says("S1,serial,ivanov,issued,2023-01-10,,issued\n"
	             "S1,serial,petrova,issued,2023-02-10,,handed-in\n",
	    "c.csv: line 3, column 11: warning: by line 2 not this person but 'ivanov' "
	    "held it then\n");
}

TEST(every_mistake_of_a_custody_row_is_told)
{
	custody_says("52:54:00:12:34,mac,ivanof,isued,2023-02-30,2023-01-01,lost\n",
	    "c.csv: line 2, column 1: '52:54:00:12:34' is no MAC address (want one "
	    "like "
	    "52:54:00:12:34:56)\n"
	    "c.csv: line 2, column 20: the roster has no person 'ivanof'; is 'ivanov' "
	    "meant?\n"
	    "c.csv: line 2, column 27: 'isued' is none of issued, personal or "
	    "contractor; is 'issued' meant?\n"
	    "c.csv: line 2, column 33: '2023-02-30' is no date (want one like "
	    "2023-03-28 or 2023-03-28 14:30)\n"
	    "c.csv: line 2, column 55: 'lost' is none of issued, handed-in, replaced, "
	    "released or destroyed\n");
	custody_says("zz,client-id,Anna Petrova,issued,2023-02-03,2023-01-01,issued\n"
	             "12345,imei,ivanov,issued,2023-02-03,9999-12-31,issued\n"
	             "490154203237519,imei,ivanov,issued,2023-02-03,,issued\n"
	             "490154203237518,imei,ivanov,issued,2023-02-03,,issued\n"
	             "ff:ff:ff:ff:ff:ff,mac,ivanov,issued,2023-02-03,,\n",
	    "c.csv: line 2, column 1: 'zz' is no client id (want hexadecimal, as in "
	    "01:52:54:00:12:34:56)\n"
	    "c.csv: line 2, column 14: the roster has no person 'Anna Petrova'; is "
	    "'petrova' meant?\n"
	    "c.csv: line 2, column 45: it ends on 2023-01-01, before it begins on "
	    "2023-02-03\n"
	    "c.csv: line 3, column 1: '12345' is no IMEI (want 15 digits)\n"
	    "c.csv: line 3, column 37: '9999-12-31' is no date (want one like "
	    "2023-03-28 "
	    "or 2023-03-28 14:30, or an empty cell when there is no such day)\n"
	    "c.csv: line 4, column 1: warning: the check digit of the IMEI "
	    "'490154203237519' is wrong\n"
	    "c.csv: line 6, column 1: 'ff:ff:ff:ff:ff:ff' is no address of a single "
	    "device\n"
	    "c.csv: line 6, column 49: the cell of 'event' is empty\n");
}

TEST(a_nil_declaration_is_read_and_other_statements_are_kept)
{
	struct read r;

	read_papers(&r, roster_text, NULL,
	    "person,statement,date,by\n"
	    "ivanov,holds no smartphone,2023-03-22,clerk\n"
	    "ivanov,I own no iPhone.,2023-03-21,\n"
	    "petrova,Holds none,2023-03-21,\n"
	    "petrova,holds nothing of note,2023-03-21,\n",
	    NULL);
	if (OK(r.people != NULL)) {
		const struct statement *s = r.people->statements;
		OK(s[0].holds_none && s[1].holds_none && s[2].holds_none);
		OK(!s[3].holds_none);
		SAME(s[0].object, "smartphone");
		SAME(s[1].object, "iPhone");
		SAME(s[2].object, "device");
		SAME(s[0].text, "holds no smartphone");
		SAME(s[0].by, "clerk");
		EQ(s[0].date, day(2023, 3, 22));
		OK(s[0].person->statements == &s[1] && s[1].next_of_person == &s[0]);
	}
	drop(&r);
}

TEST(an_exception_finds_its_person_thing_and_approver)
{
	struct read r;
	struct addr mac;

	read_papers(&r, roster_text, NULL, NULL,
	    "directive,person,identifier,ground,approver,mitigation,from,until\n"
	    "iphone-2023,ivanov,,duty-abroad,petrova,,2023-03-20,2023-04-10\n"
	    "iphone-2023,,52:54:00:12:34:56,duty-abroad,Anna Petrova,no "
	    "mail,2023-03-20,\n"
	    "iphone-2023,ivanov,Phone-1,duty-abroad,the boss,,2023-03-20 10:00,\n");
	OK(addr_parse(text_of("52:54:00:12:34:56"), &mac));
	if (OK(r.people != NULL)) {
		const struct people *p = r.people;
		const struct exception *e = p->exceptions;
		const struct person *petrova = person_find(p, text_of("petrova"));
		OK(e[0].approver == petrova && e[1].approver == petrova);
		OK(e[2].approver == NULL);
		SAME(e[2].approver_text, "the boss");
		EQ(e[0].until, day(2023, 4, 11) - 1);
		EQ(e[1].until, TIME_NONE);
		EQ(e[2].from, day(2023, 3, 20) + 10 * HOUR);
		OK(exceptions_of_mac(p, mac) == &e[1]);
		OK(exceptions_of_name(p, text_of("phone-1")) == &e[2]);
		OK(e[0].person->exceptions == &e[0] && e[0].next_of_person == &e[2]);
		EQ(e[0].ground_column, 21);
	}
	drop(&r);
}

TEST(without_a_roster_persons_come_by_their_id)
{
	struct read r;

	read_papers(&r, NULL,
	    "identifier,type,person,ownership,from,until,event\n"
	    "x,hostname,ivanov,issued,2023-01-10,,issued\n",
	    "person,statement,date,by\nsidorov,holds none,2023-01-01,\n", NULL);
	if (OK(r.people != NULL)) {
		EQ(r.people->n_persons, 2);
		SAME(r.people->custody[0].person->name, "ivanov");
		EQ(r.people->custody[0].person->line, 0);
	}
	drop(&r);
}

TEST(a_roster_that_cannot_be_read_is_one_mistake_not_many)
{
	struct read r;

	read_papers(&r, "id;name\na;b\n",
	    "identifier,type,person,ownership,from,until,event\n"
	    "x,hostname,ivanov,issued,2023-01-10,,issued\n",
	    NULL, NULL);
	OK(r.people == NULL);
	EQ(r.complaints.n, 1);
	drop(&r);
}

/* Link rows under the header, or corrections, and what is said of them. */
static void
words_say(bool links, const char *rows, const char *what)
{
	struct complaints complaints = { 0 };
	struct papers papers = { .roster = { .file = NULL } };
	struct writer w, said;

	writer_to_memory(&w);
	writer_to_memory(&said);
	put(&w,
	    links ? "address,other,claim,by,date,reason\n"
	          : "identifier,type,attribute,value,by,date,reason\n");
	put(&w, rows);
	*(links ? &papers.links
	        : &papers.corrections) = (struct paper){ links ? "l.csv" : "k.csv",
		writer_text(&w) };
	struct people *p = people_read(&papers, NULL, &complaints);
	OK((p != NULL) == (what[0] == '\0' || strstr(what, "warning: ") != NULL));
	complaints_print(&complaints, &said);
	put_char(&said, '\0');
	SAME(said.buf, what);
	people_free(p);
	complaints_free(&complaints);
	(void)writer_close(&said);
	(void)writer_close(&w);
}

TEST(links_are_two_addresses_and_a_word)
{
	words_say(true,
	    "02:00:00:00:00:01,10.0.0.7,same,Ann,2023-03-01,\n"
	    "02:00:00:00:00:01,02-00-00-00-00-02,different,Ann,2023-03-01,why\n",
	    "");
	words_say(true, "02:00:00:00:00:01,phone,same,Ann,2023-03-01,\n",
	    "l.csv: line 2, column 19: 'phone' is no address of a device (want a MAC "
	    "or "
	    "an IP address)\n");
	words_say(true, "02:00:00:00:00:01,02:00:00:00:00:01,same,Ann,2023-03-01,\n",
	    "l.csv: line 2, column 19: it is the same address twice\n");
	words_say(true,
	    "02:00:00:00:00:01,10.0.0.7,same,Ann,2023-03-01,\n"
	    "10.0.0.7,02:00:00:00:00:01,different,Ann,2023-03-01,\n",
	    "l.csv: line 3, column 28: line 2 says the contrary of the same two "
	    "addresses "
	    "at the same time: the later word counts, so date it\n");
	words_say(true, "02:00:00:00:00:01,10.0.0.7,maybe,Ann,2023-03-01,\n",
	    "l.csv: line 2, column 28: 'maybe' is none of different or same\n");
	words_say(true,
	    "02:00:00:00:00:01,02:00:00:00:00:02,same,Ann,2023-03-01,\n"
	    "02:00:00:00:00:03,02:00:00:00:00:01,different,Ann,2023-03-01,\n"
	    "02:00:00:00:00:03,02:00:00:00:00:02,same,Ann,2023-03-01,\n",
	    "l.csv: line 3, column 37: warning: other rows make one device of these "
	    "two addresses by way of a third: so they are told\n");
	words_say(true, /* a later word opens the chain */
	    "02:00:00:00:00:01,02:00:00:00:00:02,same,Ann,2023-03-01,\n"
	    "02:00:00:00:00:03,02:00:00:00:00:01,different,Ann,2023-03-01,\n"
	    "02:00:00:00:00:03,02:00:00:00:00:02,same,Ann,2023-03-01,\n"
	    "02:00:00:00:00:02,02:00:00:00:00:03,different,Ann,2023-03-02,\n",
	    "");
}

TEST(corrections_name_a_device_that_the_wire_shows)
{
	words_say(false,
	    "02:00:00:00:00:01,mac,kind,tablet,Ann,2023-03-01,\n"
	    "Anns-iPad,hostname,version,17.4,Ann,2023-03-01,seen in hand\n",
	    "");
	words_say(false,
	    "02:00:00:00:00:01,mac,kind,tablet,Ann,2023-03-01,\n"
	    "0200.0000.0001,mac,vendor,Apple,Ann,2023-03-01,\n"
	    "0200.0000.0001,mac,kind,phone,Ben,2023-03-01,\n"
	    "02-00-00-00-00-01,mac,kind,phone,Ben,2023-03-02,\n",
	    "k.csv: line 4, column 25: warning: line 2 has another kind of the same "
	    "device at the same time: this line counts, unless you date one later\n");
	words_say(false, "DX3QK0YN,serial,kind,tablet,Ann,2023-03-01,\n",
	    "k.csv: line 2, column 10: no serial is seen on a network: name the device "
	    "by "
	    "its mac, hostname or client-id\n");
	words_say(false, "Anns-iPad,hostname,colour,red,Ann,2023-03-01,\n",
	    "k.csv: line 2, column 20: 'colour' is none of vendor, os, kind, version "
	    "or "
	    "model\n");
}
