/* SPDX-License-Identifier: ISC */
#include "device/hidden.h"
#include "directive/foresee.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"

enum { DEVICES = 4 };

/* A small office: an order, a site, papers, and some devices of it. */
struct office {
	struct knowledge *knowledge;
	struct directive directive, *order;
	struct obligation obligations[4];
	const char *groups[1], *grounds[1], *how[2];
	enum verb first[2];
	struct complaints complaints;
	struct arena arena;
	struct site site;
	struct segment segments[3];
	struct prefix ranges[2];
	struct coverage coverage[2];
	struct calendar calendar;
	struct people *people;
	struct device devices[DEVICES];
	const struct device *list[DEVICES];
	struct addr macs[DEVICES];
	struct stay stays[DEVICES][2];
	size_t n_devices;
	int64_t last_packet;
	struct case_file matter;
	struct verdicts *verdicts;
};

static int64_t
at(int month, int day, int hour)
{
	return days_from_civil(2023, month, day) * DAY + hour * HOUR;
}

static void
set_order(struct office *o)
{
	struct directive *d = &o->directive;

	d->id = "iphone-2023";
	d->status = STATUS_IN_FORCE;
	d->zone = zone_find(text_of("UTC"));
	d->authority.issued = d->authority.effective = d->authority.listed = TIME_NONE;
	d->authority.reported = at(3, 20, 0);
	o->groups[0] = "domestic-policy";
	d->applies_to.groups = o->groups;
	d->applies_to.n_groups = 1;
	d->applies_to.ownership[OWNED_ISSUED] =
	    d->applies_to.ownership[OWNED_PERSONAL] = true;
	d->object_text = "vendor is Apple and kind is phone";
	d->object = class_parse(&o->arena, text_of(d->object_text), "t.yaml", 1, 1,
	    &o->complaints);
	d->purpose = PURPOSE_OFFICIAL;
	o->grounds[0] = "duty-abroad";
	d->exceptions.grounds = o->grounds;
	d->exceptions.n_grounds = 1;
	d->exceptions.approver_role = "chief-of-staff";
	d->exceptions.longest = 30;
	d->exceptions.longest_unit = UNIT_DAYS;
	d->exceptions.given = true;
	o->obligations[0] = (struct obligation){ .verb = VERB_STOP_USE,
		.before = { .given = true, .at = at(4, 1, 0) } };
	o->how[0] = "destroy";
	o->how[1] = "release-to-family";
	o->obligations[1] = (struct obligation){ .verb = VERB_DISPOSE,
		.by = { .given = true, .at = at(4, 1, 0) },
		.modality = MODALITY_ADVISED,
		.how = o->how,
		.n_how = 2 };
	o->obligations[2] = (struct obligation){ .verb = VERB_REPLACE,
		.modality = MODALITY_MAY };
	o->obligations[3] = (struct obligation){ .verb = VERB_NOTIFY,
		.from = { .given = true, .at = at(3, 20, 0) } };
	d->obligations = o->obligations;
	d->n_obligations = 4;
	o->order = d;
	o->matter.directives = &o->order;
	o->matter.n_directives = 1;
}

static void
set_site(struct office *o)
{
	static const char *const ranges[] = { "10.1.0.0/16", "10.9.0.0/16" };

	for (size_t i = 0; i < 2; i++) {
		OK(prefix_parse(text_of(ranges[i]), &o->ranges[i]));
		o->segments[i] = (struct segment){ .name = i == 0 ? "office" : "guest",
			.official = i == 0,
			.ranges = &o->ranges[i],
			.n_ranges = 1 };
		o->coverage[i] = (struct coverage){ .segment = &o->segments[i],
			.since = at(3, 1, 0),
			.until = TIME_NONE };
	}
	o->calendar.weekend = 0x60;
	o->site = (struct site){ .segments = o->segments,
		.n_segments = 2,
		.coverage = o->coverage,
		.n_coverage = 2,
		.calendar = &o->calendar,
		.zone = o->directive.zone };
	o->matter.site = &o->site;
}

static void
set_people(struct office *o, const char *custody, const char *statements,
    const char *exceptions)
{
	static const char roster[] = "id,name,groups,role\n"
	                             "ann,Ann,domestic-policy,\n"
	                             "bob,Bob,press,\n"
	                             "eve,Eve,,chief-of-staff\n";
	struct papers papers = { .roster = { "r.csv", text_of(roster) } };

	if (custody != NULL)
		papers.custody = (struct paper){ "c.csv", text_of(custody) };
	if (statements != NULL)
		papers.statements = (struct paper){ "s.csv", text_of(statements) };
	if (exceptions != NULL)
		papers.exceptions = (struct paper){ "e.csv", text_of(exceptions) };
	o->people = people_read(&papers, o->directive.zone, &o->complaints);
	OK(o->people != NULL);
	o->matter.people = o->people;
}

/* The records that only a store keeps; any may be NULL. */
static void
set_records(struct office *o, const char *custody, const char *notices,
    const char *examinations, const char *wipings)
{
	static const char roster[] = "id,name,groups,role\nann,Ann,domestic-policy,\n";
	struct papers papers = { .roster = { "r.csv", text_of(roster) },
		.custody = { "c.csv", text_of(custody) } };

	if (notices != NULL)
		papers.notices = (struct paper){ "n.csv", text_of(notices) };
	if (examinations != NULL)
		papers.examinations = (struct paper){ "x.csv", text_of(examinations) };
	if (wipings != NULL)
		papers.wipings = (struct paper){ "w.csv", text_of(wipings) };
	o->people = people_read(&papers, o->directive.zone, &o->complaints);
	OK(o->people != NULL);
	o->matter.people = o->people;
}

static void
open_office(struct office *o)
{
	struct err e;

	*o = (struct office){ 0 };
	o->knowledge = knowledge_load("share/knowledge", NULL, &e);
	OK(o->knowledge != NULL);
	o->matter.knowledge = o->knowledge;
	o->matter.as_of = o->last_packet = at(4, 2, 9);
	set_order(o);
	set_site(o);
}

/* A device with all of its belief on one vendor and kind; it is not yet anywhere. */
static struct device *
add_device(struct office *o, const char *vendor, const char *kind)
{
	struct device *d = &o->devices[o->n_devices];
	size_t n, found = 0;
	const struct hypothesis *h = knowledge_hypotheses(o->knowledge, &n);

	o->macs[o->n_devices] = (struct addr){ ADDR_MAC,
		{ 0x52, 0x54, 0, 0, 0, (uint8_t)o->n_devices } };
	d->macs = &o->macs[o->n_devices];
	d->n_macs = 1;
	d->stays = o->stays[o->n_devices];
	d->belief.p = must_alloc(n, sizeof *d->belief.p);
	d->belief.n = n;
	while (found < n &&
	    !(text_is(h[found].vendor, vendor) && text_is(h[found].kind, kind)))
		found++;
	if (OK(found < n))
		d->belief.p[found] = 1;
	d->belief.vendor.value = text_of(vendor);
	d->belief.kind.value = text_of(kind);
	d->first_seen = INT64_MAX;
	d->last_seen = INT64_MIN;
	o->list[o->n_devices++] = d;
	return d;
}

static void
stay(struct device *d, const char *ip, int64_t first, int64_t last)
{
	struct stay *s = &d->stays[d->n_stays++];

	OK(addr_parse(text_of(ip), &s->ip));
	s->first = first;
	s->last = last;
	d->first_seen = first < d->first_seen ? first : d->first_seen;
	d->last_seen = last > d->last_seen ? last : d->last_seen;
}

static const struct verdict *
verdict_of(struct office *o, size_t i)
{
	if (o->verdicts == NULL)
		o->verdicts = judge_devices(&o->matter, o->list, o->n_devices,
		    o->last_packet);
	return &o->verdicts->list[i];
}

/* Whether one of the reasons holds the words. */
static bool
says(const struct reason *r, size_t n, const char *words)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(r[i].text, words) != NULL)
			return true;
	for (size_t i = 0; i < n; i++)
		(void)printf("\t%s\n", r[i].text);
	return false;
}

static void
close_office(struct office *o)
{
	verdicts_free(o->verdicts);
	people_free(o->people);
	for (size_t i = 0; i < o->n_devices; i++)
		free(o->devices[i].belief.p);
	complaints_free(&o->complaints);
	arena_free(&o->arena);
	knowledge_free(o->knowledge);
}

#define CUSTODY "identifier,type,person,ownership,from,until,event\n"
#define ANN_HOLDS CUSTODY "52:54:00:00:00:00,mac,ann,issued,2023-01-10,,issued\n"
#define EXCEPTION "directive,person,identifier,ground,approver,mitigation,from,until\n"

TEST(a_phone_in_the_office_after_the_day_has_failed)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	stay(d, "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	stay(d, "10.1.0.5", at(4, 1, 11), at(4, 1, 12));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	OK(v->in_scope && v->holder == person_find(o.people, text_of("ann")));
	EQ(v->use, USE_OFFICIAL);
	EQ(v->last_official, at(4, 1, 12));
	EQ(v->duties[0].state, DUTY_FAILED);
	EQ(v->duties[0].due, at(4, 1, 0));
	EQ(v->duties[0].failed_since, at(4, 1, 11));
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons, "2023-04-01 11:00 UTC"));
	EQ(v->duties[1].state, DUTY_DUE);
	EQ(v->duties[2].state, DUTY_NOT_APPLICABLE);
	EQ(v->duties[3].state, DUTY_UNDECIDED);
	OK(says(v->duties[3].reasons, v->duties[3].n_reasons,
	    "No notice is on record"));
	OK(says(v->reasons, v->n_reasons, "cannot be read off packets"));
	EQ(o.verdicts->n, 1);
	close_office(&o);
}

TEST(of_several_behind_one_address_each_is_judged_and_no_mixture)
{
	struct office o;
	struct member members[2];

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	struct device *pc = add_device(&o, "Dell", "computer");
	stay(d, "10.1.0.5", at(3, 25, 8), at(4, 1, 17));
	o.n_devices = 1;
	members[0] = (struct member){ .belief = d->belief };
	members[1] = (struct member){ .belief = pc->belief };
	struct belief whole = { .several = true, .members = members, .n_members = 2 };
	struct belief kept = d->belief;
	d->belief = whole;
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, OBJECT_UNDECIDED);
	OK(v->p > 0.99); /* of the one most like it */
	EQ(v->duties[0].state, DUTY_UNDECIDED);
	OK(says(v->reasons, v->n_reasons, "several devices are behind this address"));
	/* Where all are of the class, the address is. */
	members[1].belief = kept;
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	EQ(verdict_of(&o, 0)->object, COVERED);
	d->belief = kept;
	free(pc->belief.p);
	close_office(&o);
}

TEST(what_a_person_says_decides_and_is_labelled_as_told)
{
	struct office o;
	struct told told = { .attribute = ATTR_KIND,
		.value = text_of("tablet"),
		.line = 7 };
	const struct told *list[1] = { &told };

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	struct device *pad = add_device(&o, "Apple", "tablet");
	stay(d, "10.1.0.5", at(3, 25, 8), at(4, 1, 17));
	o.n_devices = 1;
	d->told = list;
	d->n_told = 1;
	d->asserted = &pad->belief;
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, NOT_COVERED);
	OK(says(v->reasons, v->n_reasons, "Told, not inferred: its kind is tablet"));
	OK(says(v->reasons, v->n_reasons, "the wire says that it is phone"));
	SAME(d->belief.kind.value.s, "phone");
	free(pad->belief.p);
	close_office(&o);
}

TEST(a_stay_over_midnight_fails_at_midnight)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 31, 22), at(4, 1, 1));
	EQ(verdict_of(&o, 0)->duties[0].failed_since, at(4, 1, 0));
	close_office(&o);
}

TEST(before_the_day_use_is_due_to_stop)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	o.matter.as_of = at(3, 28, 9);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->duties[0].state, DUTY_DUE);
	EQ(v->duties[0].failed_since, TIME_NONE);
	EQ(v->last_official, at(3, 28, 9));
	close_office(&o);
}

TEST(silence_is_met_only_where_somebody_listened)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	EQ(verdict_of(&o, 0)->duties[0].state, DUTY_MET);
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	o.coverage[0].until = at(4, 1, 10);
	const struct duty *duty = &verdict_of(&o, 0)->duties[0];
	EQ(duty->state, DUTY_UNDECIDED);
	OK(says(duty->reasons, duty->n_reasons,
	    "The segment office has had no sensor since 2023-04-01 10:00 UTC."));
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	o.coverage[0].until = TIME_NONE;
	o.last_packet = at(3, 31, 0);
	duty = &verdict_of(&o, 0)->duties[0];
	EQ(duty->state, DUTY_UNDECIDED);
	OK(says(duty->reasons, duty->n_reasons, "No capture that was read"));
	close_office(&o);
}

TEST(silence_is_not_met_while_nobody_listens_on_another_official_segment)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	o.segments[2] = (struct segment){ .name = "lab", .official = true };
	o.site.n_segments = 3;
	const struct duty *duty = &verdict_of(&o, 0)->duties[0];
	EQ(duty->state, DUTY_UNDECIDED);
	OK(says(duty->reasons, duty->n_reasons, "The segment lab has no sensor"));
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	o.segments[2].official = false;
	EQ(verdict_of(&o, 0)->duties[0].state, DUTY_MET);
	close_office(&o);
}

TEST(who_was_seen_and_nothing_says_where_is_not_met)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	stay(d, "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	d->last_seen = at(4, 1, 9); /* by a log that knows no frames */
	const struct duty *duty = &verdict_of(&o, 0)->duties[0];
	EQ(duty->state, DUTY_UNDECIDED);
	OK(says(duty->reasons, duty->n_reasons, "nothing says on which segment"));
	close_office(&o);
}

TEST(without_a_site_file_use_is_not_known)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	o.matter.site = NULL;
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	EQ(v->use, USE_UNKNOWN);
	EQ(v->duties[0].state, DUTY_UNDECIDED);
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons, "there is no site file"));
	OK(says(v->reasons, v->n_reasons, "there is no site file"));
	close_office(&o);
}

TEST(only_custody_joins_a_device_to_a_holder)
{
	struct office o;
	struct label label = { .key = FACT_DHCP_HOSTNAME,
		.value = { "ann-iphone", 10 } };

	open_office(&o);
	set_people(&o, CUSTODY "other,hostname,ann,issued,2023-01-10,,issued\n", NULL,
	    NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	stay(d, "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	d->labels = &label;
	d->n_labels = 1;
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, OBJECT_UNDECIDED);
	OK(v->holder == NULL && !v->scope_known);
	OK(says(v->reasons, v->n_reasons, "A host name alone proves no holder"));
	EQ(v->duties[0].state, DUTY_UNDECIDED);
	EQ(o.verdicts->n, 2); /* and Ann, of whom nothing was seen */
	OK(v[1].device == NO_DEVICE &&
	    v[1].holder == person_find(o.people, text_of("ann")));
	EQ(v[1].duties[0].state, DUTY_UNDECIDED);
	OK(says(v[1].duties[0].reasons, v[1].duties[0].n_reasons,
	    "1 device without a known holder"));
	close_office(&o);
}

TEST(a_visitor_on_the_guest_network_is_not_covered)
{
	struct office o;

	open_office(&o);
	set_people(&o, NULL, NULL, NULL);
	stay(add_device(&o, "Apple", "phone"), "10.9.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, NOT_COVERED);
	EQ(v->use, USE_GUEST);
	OK(says(v->reasons, v->n_reasons, "on guest segments only"));
	close_office(&o);
}

TEST(an_order_for_everybody_covers_a_phone_of_nobody_known)
{
	struct office o;

	open_office(&o);
	set_people(&o, NULL, NULL, NULL);
	o.directive.applies_to.n_groups = 0;
	o.directive.applies_to.all = true;
	o.directive.applies_to.ownership[OWNED_CONTRACTOR] = true;
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	EQ(v->duties[0].state, DUTY_FAILED);
	EQ(o.verdicts->n, 4); /* and the three of whom nothing was seen */
	close_office(&o);
}

TEST(others_than_the_order_means_are_not_covered)
{
	struct office o;

	open_office(&o);
	set_people(&o,
	    ANN_HOLDS "52:54:00:00:00:01,mac,bob,issued,2023-01-10,,issued\n"
	              "52:54:00:00:00:02,mac,ann,contractor,2023-01-10,,issued\n",
	    NULL, NULL);
	stay(add_device(&o, "Apple", "tablet"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	stay(add_device(&o, "Apple", "phone"), "10.1.0.6", at(4, 1, 8), at(4, 1, 17));
	stay(add_device(&o, "Apple", "phone"), "10.1.0.7", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	for (size_t i = 0; i < 3; i++) {
		EQ(v[i].object, NOT_COVERED);
		EQ(v[i].duties[0].state, DUTY_NOT_APPLICABLE);
	}
	OK(says(v[0].reasons, v[0].n_reasons, "It is not what the order means"));
	OK(says(v[1].reasons, v[1].n_reasons, "it is for the groups domestic-policy"));
	OK(says(v[2].reasons, v[2].n_reasons, "kind of property (contractor)"));
	close_office(&o);
}

TEST(an_exception_excuses_until_its_end)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL,
	    EXCEPTION "iphone-2023,ann,,duty-abroad,eve,,2023-03-27,2023-04-20\n");
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, EXCEPTED);
	OK(v->exception == &o.people->exceptions[0]);
	EQ(v->duties[0].state, DUTY_NOT_APPLICABLE);
	OK(says(v->reasons, v->n_reasons,
	    "Excepted until 2023-04-20 23:59 UTC on the ground duty-abroad"));
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	/* What was done while it was good is no failure afterwards. */
	o.matter.as_of = o.last_packet = at(4, 22, 9);
	v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	EQ(v->duties[0].state, DUTY_MET);
	OK(says(v->reasons, v->n_reasons, "ended on 2023-04-20"));
	close_office(&o);
}

TEST(an_exception_that_the_order_does_not_allow_is_refused)
{
	struct office o;
	struct writer w;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL,
	    EXCEPTION "iphone-2023,ann,,holiday,eve,,2023-03-27,2023-04-20\n"
	              "iphone-2023,ann,,duty-abroad,bob,,2023-03-27,2023-04-20\n"
	              "iphone-2023,ann,,duty-abroad,eve,,2023-03-27,2023-05-20\n"
	              "iphone-2023,ann,,duty-abroad,,,2023-03-27,2023-04-20\n"
	              "iphone-2023,,,duty-abroad,eve,,2023-03-27,2023-04-20\n"
	              "iphone-2022,ann,,duty-abroad,eve,,2023-03-27,2023-04-20\n");
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	OK(says(v->reasons, v->n_reasons,
	    "(e.csv, line 2) is refused: ground 'holiday' is none of the order's: "
	    "duty-abroad."));
	exceptions_check(&o.matter, &o.complaints);
	EQ(o.complaints.errors, 5);
	writer_to_memory(&w);
	complaints_print(&o.complaints, &w);
	put_char(&w, '\0');
	SAME(w.buf,
	    "e.csv: line 2, column 18: exception from iphone-2023 refused: ground "
	    "'holiday' is none of the order's: duty-abroad\n"
	    "e.csv: line 3, column 30: exception from iphone-2023 refused: its "
	    "approver "
	    "has no role in the roster, and the order wants chief-of-staff\n"
	    "e.csv: line 4, column 46: exception from iphone-2023 refused: it is "
	    "longer "
	    "than the 30 days that the order allows: until 2023-04-25 23:59 UTC at the "
	    "latest\n"
	    "e.csv: line 5, column 30: exception from iphone-2023 refused: nobody "
	    "approved it; the order wants somebody with the role chief-of-staff\n"
	    "e.csv: line 6, column 1: exception from iphone-2023 refused: it names "
	    "neither a "
	    "person "
	    "nor an identifier, and the order allows no exceptions for all\n"
	    "e.csv: line 7, column 1: warning: no order 'iphone-2022' is judged here; "
	    "is "
	    "'iphone-2023' meant?\n");
	(void)writer_close(&w);
	close_office(&o);
}

/* From the day on the network cuts off. */
static void
set_block(struct office *o)
{
	static struct phase block = { .what = DO_BLOCK };

	block.from = (struct when){ .given = true, .at = at(4, 1, 0) };
	o->directive.phases = &block;
	o->directive.n_phases = 1;
}

TEST(what_is_destroyed_is_not_cut_off_unless_it_is_seen)
{
	struct office o;
	const char *why;

	open_office(&o);
	set_block(&o);
	set_people(&o,
	    CUSTODY "52:54:00:00:00:00,mac,ann,issued,2022-01-10,2023-03-29,issued\n"
	            "52:54:00:00:00:00,mac,ann,issued,2023-03-30,,destroyed\n",
	    NULL, NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	stay(d, "10.1.0.5", at(3, 28, 8), at(3, 30, 9));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	EQ(verdict_foresee(v, &why), FORESEE_NOTHING);
	SAME(why, "It was destroyed.");
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	stay(d, "10.1.0.5", at(4, 1, 18), at(4, 1, 19));
	OK(foreseen_cuts_off(verdict_foresee(verdict_of(&o, 0), &why)));
	OK(strstr(why, "seen after custody says") != NULL);
	close_office(&o);
}

TEST(a_released_phone_is_fine_as_a_guest_and_failed_in_the_office)
{
	struct office o;
	const char *why;

	open_office(&o);
	set_block(&o);
	set_people(&o,
	    CUSTODY "52:54:00:00:00:00,mac,ann,personal,2022-01-10,2023-03-29,issued\n"
	            "52:54:00:00:00:00,mac,ann,personal,2023-03-30,,released\n",
	    NULL, NULL);
	struct device *d = add_device(&o, "Apple", "phone");
	stay(d, "10.9.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	EQ(v->duties[0].state, DUTY_MET);
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons,
	    "seen on guest segments only, last on 2023-04-01 17:00 UTC"));
	EQ(v->duties[1].state, DUTY_MET);
	EQ(verdict_foresee(v, &why), FORESEE_NOTHING);
	OK(strstr(why, "seen since on guest segments only") != NULL);
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	stay(d, "10.1.0.5", at(4, 1, 18), at(4, 1, 19));
	v = verdict_of(&o, 0);
	EQ(v->duties[0].state, DUTY_FAILED);
	OK(foreseen_cuts_off(verdict_foresee(v, &why)));
	OK(strstr(why, "released, and is in use again") != NULL);
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons,
	    "Custody says that it was released on 2023-03-30 00:00 UTC (c.csv, line "
	    "3)."));
	close_office(&o);
}

TEST(a_guest_that_hides_names_may_have_used_a_service_known_by_name)
{
	static const char *host = ".example.org";
	struct service mail = { .name = "mail", .hosts = &host, .n_hosts = 1 };
	struct prefix net;
	struct office o;

	open_office(&o);
	set_people(&o,
	    CUSTODY "52:54:00:00:00:00,mac,ann,personal,2022-01-10,2023-03-29,issued\n"
	            "52:54:00:00:00:00,mac,ann,personal,2023-03-30,,released\n",
	    NULL, NULL);
	o.site.services = &mail;
	o.site.n_services = 1;
	struct device *d = add_device(&o, "Apple", "phone");
	stay(d, "10.9.0.5", at(4, 1, 8), at(4, 1, 17));
	EQ(verdict_of(&o, 0)->duties[0].state, DUTY_MET);
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	d->hides = 1U << HIDDEN_DOH;
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->duties[0].state, DUTY_UNDECIDED);
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons,
	    "It hides the names that it looks up (DNS over HTTPS)"));
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	OK(prefix_parse(text_of("198.51.100.0/24"), &net));
	mail.nets = &net; /* then its use is seen by its address */
	mail.n_nets = 1;
	EQ(verdict_of(&o, 0)->duties[0].state, DUTY_MET);
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	d->hides |= 1U << HIDDEN_VPN; /* unless that is in a tunnel, too */
	v = verdict_of(&o, 0);
	EQ(v->duties[0].state, DUTY_UNDECIDED);
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons,
	    "It hides what it does (DNS over HTTPS, VPN tunnels)"));
	close_office(&o);
}

TEST(what_must_come_first_and_is_on_no_record_leaves_disposal_open)
{
	struct office o;

	open_office(&o);
	set_people(&o,
	    CUSTODY "52:54:00:00:00:00,mac,ann,issued,2023-03-30,,destroyed\n", NULL,
	    NULL);
	o.first[0] = VERB_EXAMINE;
	o.obligations[1].first = o.first;
	o.obligations[1].n_first = 1;
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	const struct duty *duty = &verdict_of(&o, 0)->duties[1];
	EQ(duty->state, DUTY_UNDECIDED);
	OK(says(duty->reasons, duty->n_reasons, "The order wants examine first"));
	close_office(&o);
}

TEST(what_is_seen_after_it_was_destroyed_was_not)
{
	struct office o;

	for (int day = 30; day <= 31; day++) {
		open_office(&o);
		set_people(&o,
		    CUSTODY "52:54:00:00:00:00,mac,ann,issued,2023-03-30,,destroyed\n",
		    NULL, NULL);
		stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8),
		    at(3, day, 17));
		const struct duty *duty = &verdict_of(&o, 0)->duties[1];
		EQ(duty->state, day == 30 ? DUTY_MET : DUTY_UNDECIDED);
		OK(day == 30 ||
		    says(duty->reasons, duty->n_reasons,
		        "It was seen after that, last on 2023-03-31 17:00 UTC"));
		close_office(&o);
	}
}

/* Due again and again until none is left: what is back is left. */
TEST(what_was_destroyed_and_is_seen_counts_among_those_that_are_left)
{
	struct office o;

	for (int day = 30; day <= 31; day++) {
		open_office(&o);
		o.obligations[3] = (struct obligation){ .verb = VERB_REPORT,
			.from = { .given = true, .at = at(3, 20, 0) },
			.every = { .given = true,
			    .n = 30,
			    .unit = UNIT_DAYS,
			    .written = "30 days" },
			.until_zero = true };
		set_people(&o,
		    CUSTODY "52:54:00:00:00:00,mac,ann,issued,2023-03-30,,destroyed\n",
		    NULL, NULL);
		stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8),
		    at(3, day, 17));
		const struct duty *duty = &verdict_of(&o, 0)->duties[3];
		EQ(duty->state, day == 30 ? DUTY_NOT_APPLICABLE : DUTY_DUE);
		EQ(says(duty->reasons, duty->n_reasons, "It counts no more"),
		    day == 30);
		close_office(&o);
	}
}

#define NOTICE "id,directive,person,identifier,sent,seen,acknowledged\n"
#define DONE "identifier,type,date,by"
#define ANN_S "52:54:00:00:00:00"

TEST(a_notice_on_record_meets_the_duty_to_tell)
{
	struct office o;

	open_office(&o);
	set_records(&o, ANN_HOLDS,
	    NOTICE "n-1,iphone-2023,ann," ANN_S ",2023-03-21,,2023-03-22\n", NULL,
	    NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	const struct duty *duty = &verdict_of(&o, 0)->duties[3];
	EQ(duty->state, DUTY_MET);
	EQ(duty->met_at, at(3, 21, 0));
	OK(says(duty->reasons, duty->n_reasons,
	    "sent on 2023-03-21 00:00 UTC, and acknowledged on 2023-03-22 00:00 UTC "
	    "(n.csv, line 2)"));
	close_office(&o);
}

TEST(a_notice_of_another_order_tells_nobody_of_this_one)
{
	struct office o;

	open_office(&o);
	set_records(&o, ANN_HOLDS, NOTICE "n-1,another,ann," ANN_S ",2023-03-21,,\n",
	    NULL, NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	OK(verdict_of(&o, 0)->duties[3].state != DUTY_MET);
	close_office(&o);
}

TEST(where_notices_are_kept_a_holder_without_one_was_not_told_in_time)
{
	struct office o;

	open_office(&o);
	o.obligations[3].by = o.obligations[3].from;
	o.obligations[3].from.given = false;
	set_records(&o, ANN_HOLDS, NOTICE "n-1,another,ann," ANN_S ",2023-03-21,,\n",
	    NULL, NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	const struct duty *duty = &verdict_of(&o, 0)->duties[3];
	EQ(duty->state, DUTY_FAILED);
	OK(says(duty->reasons, duty->n_reasons, "none to its holder by"));
	close_office(&o);
}

TEST(what_must_come_first_is_proven_by_a_record_before_it_went)
{
	static const char gone[] = CUSTODY ANN_S
	    ",mac,ann,issued,2023-03-30,,destroyed\n";
	struct office o;

	for (int late = 0; late < 2; late++) {
		open_office(&o);
		set_records(&o, gone, NULL,
		    late == 0 ? DONE "\n" ANN_S ",mac,2023-03-29,R\n"
		              : DONE "\n" ANN_S ",mac,2023-03-31,R\n",
		    DONE ",technique,level\n" ANN_S ",mac,2023-03-29,R,reset,purge\n");
		o.first[0] = VERB_EXAMINE;
		o.first[1] = VERB_WIPE;
		o.obligations[1].first = o.first;
		o.obligations[1].n_first = 2;
		stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8),
		    at(3, 25, 17));
		const struct duty *duty = &verdict_of(&o, 0)->duties[1];
		if (late == 0) {
			EQ(duty->state, DUTY_MET);
			OK(says(duty->reasons, duty->n_reasons,
			    "Its wiping on 2023-03-29 00:00 UTC is on record "
			    "(w.csv, line 2)"));
		} else {
			OK(duty->state != DUTY_MET);
		}
		close_office(&o);
	}
}

TEST(a_must_of_custody_fails_when_the_record_still_has_the_holder)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	o.obligations[1].modality = MODALITY_MUST;
	o.matter.as_of = o.last_packet = at(4, 3, 9);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	EQ(verdict_of(&o, 0)->duties[1].state, DUTY_FAILED);
	close_office(&o);
}

TEST(an_offer_is_met_by_another_thing_issued)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS "x,hostname,ann,issued,2023-03-28,,issued\n", NULL,
	    NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	const struct duty *duty = &verdict_of(&o, 0)->duties[2];
	EQ(duty->state, DUTY_MET);
	OK(says(duty->reasons, duty->n_reasons,
	    "Another thing was issued to the holder on 2023-03-28 00:00 UTC (c.csv, "
	    "line "
	    "3)"));
	close_office(&o);
}

TEST(a_declaration_and_a_sighting_stand_side_by_side)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS,
	    "person,statement,date,by\nann,holds no smartphone,2023-03-22,form\n",
	    NULL);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(3, 25, 8), at(3, 25, 17));
	const struct verdict *v = verdict_of(&o, 0);
	OK(v->denial == &o.people->statements[0]);
	OK(says(v->reasons, v->n_reasons, "Two statements stand side by side"));
	EQ(v->object, COVERED);
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	o.people->statements[0].object = "iPad";
	OK(verdict_of(&o, 0)->denial == NULL);
	close_office(&o);
}

TEST(what_a_person_declared_is_told_though_nothing_was_seen)
{
	struct office o;

	open_office(&o);
	set_people(&o, CUSTODY,
	    "person,statement,date,by\nann,holds no smartphone,2023-03-22,form\n"
	    "ann,holds no iPhone,2023-05-01,form\n",
	    NULL);
	const struct verdict *v = verdict_of(&o, 0);
	OK(v->device == NO_DEVICE &&
	    v->holder == person_find(o.people, text_of("ann")));
	OK(v->denial == &o.people->statements[0]); /* the other is of a later day */
	OK(says(v->reasons, v->n_reasons,
	    "Declared on 2023-03-22 00:00 UTC to hold no smartphone"));
	close_office(&o);
}

TEST(an_order_that_is_not_in_force_asks_nothing)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	o.directive.status = STATUS_SUSPENDED;
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->object, COVERED);
	EQ(v->duties[0].state, DUTY_NOT_APPLICABLE);
	OK(says(v->duties[0].reasons, v->duties[0].n_reasons,
	    "The order is suspended"));
	close_office(&o);
}

TEST(reasons_name_no_person_and_no_address)
{
	struct office o;

	open_office(&o);
	set_people(&o, ANN_HOLDS,
	    "person,statement,date,by\nann,holds no smartphone,2023-03-22,form\n",
	    EXCEPTION "iphone-2023,ann,,holiday,eve,,2023-03-27,2023-04-20\n");
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	for (size_t i = 0; i < v->n_reasons; i++) {
		OK(strstr(v->reasons[i].text, "Ann") == NULL);
		OK(strstr(v->reasons[i].text, "52:54") == NULL);
		OK(strstr(v->reasons[i].text, "10.1.0.5") == NULL);
	}
	close_office(&o);
}

/* Warned on the second day, failed on 1 April: the life of an order in five times. */
TEST(a_verdict_keeps_the_times_of_its_life)
{
	struct office o;
	struct notice notices[] = { { .directive = "iphone-2023",
		                        .identifier = "52:54:00:00:00:00",
		                        .sent = at(3, 21, 9),
		                        .seen = TIME_NONE,
		                        .acknowledged = TIME_NONE,
		                        .line = 7 },
		{ .directive = "iphone-2023",
		    .identifier = "52:54:00:00:00:00",
		    .sent = at(3, 19, 9),
		    .seen = TIME_NONE,
		    .acknowledged = TIME_NONE } };

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL, NULL);
	o.people->notices = notices;
	o.people->n_notices = 2;
	o.people->notices_file = "notices";
	o.matter.as_of = o.last_packet = at(4, 3, 9);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	const struct verdict *v = verdict_of(&o, 0);
	EQ(v->first_seen, at(4, 1, 8));
	EQ(v->clocks->first_failed, at(4, 1, 8));
	EQ(v->clocks->warned, at(3, 21, 9)); /* the other is older than the order */
	EQ(v->clocks->due, at(4, 1, 0));
	EQ(v->clocks->met, TIME_NONE);
	EQ(v->duties[3].state, DUTY_MET);
	EQ(v->duties[3].met_at, at(3, 21, 9));
	OK(says(v->duties[3].reasons, v->duties[3].n_reasons,
	    "A notice was sent on 2023-03-21 09:00 UTC (notices, line 7)"));
	close_office(&o);
}

TEST(the_exception_that_ends_first_is_the_next)
{
	struct office o;
	size_t n;

	open_office(&o);
	set_people(&o, ANN_HOLDS, NULL,
	    EXCEPTION "iphone-2023,ann,,duty-abroad,eve,,2023-03-27,2023-04-20\n");
	o.matter.as_of = o.last_packet = at(4, 3, 9);
	stay(add_device(&o, "Apple", "phone"), "10.1.0.5", at(4, 1, 8), at(4, 1, 17));
	(void)verdict_of(&o, 0);
	const struct exception *next = exceptions_next(o.verdicts, o.order, &n);
	OK(next == &o.people->exceptions[0]);
	EQ(n, 1);
	verdicts_free(o.verdicts);
	o.verdicts = NULL;
	o.matter.as_of = o.last_packet = at(4, 21, 9);
	EQ(verdict_of(&o, 0)->object, COVERED); /* it has ended by itself */
	OK(exceptions_next(o.verdicts, o.order, &n) == NULL);
	close_office(&o);
}
