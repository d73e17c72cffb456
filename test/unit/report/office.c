/* SPDX-License-Identifier: ISC */
#include "office.h"

#include <stdio.h>
#include <stdlib.h>

static const char order_text[] =
    "directive: iphone-2023\n"
    "title: No iPhones in official use\n"
    "status: in-force\n"
    "zone: Europe/Moscow\n"
    "authority:\n"
    "  issuer: Presidential Administration\n"
    "  instrument: spoken order at a seminar\n"
    "  issued: unknown\n"
    "  reported: 2023-03-20\n"
    "sources:\n"
    "  - claim: officials of the domestic policy bloc must change their phones by 1 "
    "April\n"
    "    source: Kommersant, citing unidentified participants\n"
    "    grade: unnamed-report\n"
    "    confirmed: denied\n"
    "applies-to:\n"
    "  groups: [domestic-policy]\n"
    "  ownership: [issued, personal]\n"
    "object: vendor is Apple and kind is phone\n"
    "purpose: official\n"
    "obligations:\n"
    "  - verb: notify\n"
    "    from: 2023-03-20\n"
    "    modality: must\n"
    "  - verb: stop-use\n"
    "    before: 2023-04-01\n"
    "    modality: must\n"
    "  - verb: wipe\n"
    "    by: 2023-04-15\n"
    "    modality: must\n"
    "  - verb: dispose\n"
    "    by: 2023-04-01\n"
    "    modality: advised\n"
    "exceptions:\n"
    "  grounds: [duty-abroad]\n"
    "  approver-role: chief-of-staff\n"
    "  longest: 30 days\n"
    "report: {to-role: chief-of-staff, every: week, nil-return: yes}\n";

static const char *const groups[] = { "domestic-policy" };

static const struct person persons[OFFICE_PERSONS] = {
	{ .id = "p01",
	    .name = "Anna Petrova",
	    .email = "anna@office.example",
	    .role = "analyst",
	    .site = "Old Square" },
	{ .id = "p02",
	    .name = "\u0418\u0432\u0430\u043d "
	            "\u041a\u0443\u0437\u043d\u0435\u0446\u043e\u0432",
	    .email = "ivan@office.example",
	    .role = "adviser",
	    .site = "Old Square" },
	{ .id = "p03",
	    .name = "\u7530\u4e2d \u7f8e\u54b2",
	    .email = "tanaka@office.example",
	    .role = "liaison",
	    .site = "Annex" },
	{ .id = "p04",
	    .name = "Sergei Orlov",
	    .email = "orlov@office.example",
	    .role = "adviser",
	    .site = "Annex" },
	{ .id = "p05",
	    .name = "Olga Smirnova",
	    .email = "olga@office.example",
	    .role = "envoy",
	    .site = "Old Square" },
	{ .id = "p06",
	    .name = "=HYPERLINK(\"http://x\")",
	    .email = "p06@office.example",
	    .role = "analyst",
	    .site = "Annex" },
	{ .id = "p07",
	    .name = "Maria Belova",
	    .email = "maria@office.example",
	    .role = "chief-of-staff",
	    .site = "Old Square" },
	{ .id = "p08",
	    .name = "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f",
	    .email = "layla@office.example",
	    .role = "analyst",
	    .site = "Annex" },
	{ .id = "p09",
	    .name = "Dmitri Volkov",
	    .email = "volkov@office.example",
	    .role = "analyst",
	    .site = "Annex" },
};

/* What there is of each device; times are days of 2023 and hours in Moscow. */
struct made {
	uint8_t mac[6];
	int ip;
	const char *name, *vendor, *kind, *os, *version;
	double p;
	bool undecided;
	int first, last; /* days from 20 February */
	uint16_t vlan;
	int holder; /* from 1; 0: not known */
	enum object_state object;
	enum duty_state notify, stop, wipe, dispose;
};

static const struct made made[OFFICE_DEVICES] = {
	{ { 0x3c, 0x06, 0x30, 1, 2, 3 }, 21, "Anna-iPhone", "Apple", "phone", "iOS",
	    "16.3.1", 0.9934, false, 0, 41, 10, 1, COVERED, DUTY_MET, DUTY_FAILED,
	    DUTY_DUE, DUTY_DUE },
	{ { 0x3c, 0x06, 0x30, 1, 2, 4 }, 22, "iPhone", "Apple", "phone", "iOS", "16.4",
	    0.9712, false, 0, 38, 10, 2, COVERED, DUTY_MET, DUTY_MET, DUTY_DUE,
	    DUTY_MET },
	{ { 0x3c, 0x06, 0x30, 1, 2, 5 }, 23, "Tanaka-iPhone", "Apple", "phone", "iOS",
	    "15.7", 0.9856, false, 2, 31, 10, 3, COVERED, DUTY_MET, DUTY_MET, DUTY_MET,
	    DUTY_MET },
	{ { 0x9a, 0x11, 0x22, 7, 8, 9 }, 24, "iPhone", "Apple", "phone", "iOS", NULL,
	    0.9411, false, 10, 41, 10, 0, OBJECT_UNDECIDED, DUTY_UNDECIDED,
	    DUTY_UNDECIDED, DUTY_UNDECIDED, DUTY_UNDECIDED },
	{ { 0x9a, 0x11, 0x22, 7, 8, 10 }, 25, NULL, "Apple", "phone", NULL, NULL,
	    0.7102, true, 5, 40, 10, 4, OBJECT_UNDECIDED, DUTY_UNDECIDED,
	    DUTY_UNDECIDED, DUTY_UNDECIDED, DUTY_UNDECIDED },
	{ { 0x3c, 0x06, 0x30, 1, 2, 6 }, 26, "Olga-iPhone", "Apple", "phone", "iOS",
	    "16.4", 0.9899, false, 0, 41, 10, 5, EXCEPTED, DUTY_NOT_APPLICABLE,
	    DUTY_NOT_APPLICABLE, DUTY_NOT_APPLICABLE, DUTY_NOT_APPLICABLE },
	{ { 0x3c, 0x06, 0x30, 1, 2, 7 }, 27, "<script>alert(1)</script>\033[31m",
	    "Apple", "phone", "iOS", "16.2", 0.9920, false, 3, 41, 10, 6, COVERED,
	    DUTY_MET, DUTY_FAILED, DUTY_UNDECIDED, DUTY_DUE },
	{ { 0x3c, 0x06, 0x30, 1, 2, 8 }, 28, "iPad-Anna", "Apple", "tablet", "iPadOS",
	    "16.3", 0.9801, false, 0, 41, 10, 1, NOT_COVERED, 0, 0, 0, 0 },
	{ { 0x3c, 0x06, 0x30, 1, 2, 9 }, 29, "MacBook-Pro", "Apple", "computer",
	    "macOS", "13.2", 0.9950, false, 0, 41, 10, 2, NOT_COVERED, 0, 0, 0, 0 },
	{ { 0x00, 0x1b, 0xa9, 1, 1, 1 }, 30, "BRN001BA9010101", "Brother", "printer",
	    NULL, NULL, 0.9990, false, 0, 41, 10, 0, NOT_COVERED, 0, 0, 0, 0 },
	{ { 0x3c, 0x06, 0x30, 1, 2, 11 }, 31, "Maria-iPhone", "Apple", "phone", "iOS",
	    "16.1", 0.9788, false, 0, 40, 20, 7, COVERED, DUTY_MET, DUTY_MET, DUTY_MET,
	    DUTY_MET },
};

static int64_t
at(int day, int hour, int minute)
{
	return (days_from_civil(2023, 2, 20) + day) * DAY + (hour - 3) * HOUR +
	    minute * MINUTE;
}

static struct text
words(const char *s)
{
	return s == NULL ? (struct text){ NULL, 0 } : text_of(s);
}

static struct marginal
marginal(const char *value, double p, bool undecided)
{
	struct marginal m = { .leading = words(value), .leading_p = p, .p = p };

	if (!undecided)
		m.value = words(value);
	return m;
}

static void
stay_all_days(struct office *o, struct device *d, const struct made *m)
{
	d->stays = arena_take(&o->arena, 64 * sizeof *d->stays);
	for (int day = m->first; day <= m->last; day++) {
		/* 20 February was a Monday; only the last days have a weekend shift. */
		if (day % 7 >= 5 && day < 40)
			continue;
		d->stays[d->n_stays++] = (struct stay){ d->ips[0], m->vlan,
			at(day, 8, m->ip),
			day == 41 ? at(day, 8, 50) : at(day, 17, m->ip) };
	}
	d->first_seen = d->stays[0].first;
	d->last_seen = d->stays[d->n_stays - 1].last;
}

static struct device *
device_make(struct office *o, const struct made *m)
{
	struct device *d = arena_take(&o->arena, sizeof *d);

	(void)snprintf(d->id, sizeof d->id, "d-%016x",
	    0x1a2b3c00 + (unsigned)m->ip * 7919);
	d->macs = arena_take(&o->arena, sizeof *d->macs);
	d->ips = arena_take(&o->arena, sizeof *d->ips);
	d->n_macs = d->n_ips = 1;
	d->macs[0].kind = ADDR_MAC;
	memcpy(d->macs[0].b, m->mac, 6);
	d->ips[0] = (struct addr){ ADDR_IP4,
		{ 10, 1, m->vlan == 20 ? 2 : 1, (uint8_t)m->ip } };
	stay_all_days(o, d, m);
	d->belief.vendor = marginal(m->vendor, m->undecided ? 0.9990 : m->p, false);
	d->belief.kind = marginal(m->kind, m->p, m->undecided);
	d->belief.os = marginal(m->os, m->p, m->os == NULL);
	d->belief.version = marginal(m->version, m->p, m->version == NULL);
	if (m->name != NULL) {
		d->labels = arena_take(&o->arena, sizeof *d->labels);
		d->labels[d->n_labels++] = (struct label){ FACT_DHCP_HOSTNAME,
			text_of(m->name), d->first_seen, d->last_seen,
			strcmp(m->name, "iPhone") == 0 };
	}
	return d;
}

static const struct clocks no_clocks = { TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE };

static void
reason(struct office *o, struct reason **list, uint32_t *n, const char *words_)
{
	*list = arena_take(&o->arena, sizeof **list);
	(*list)->text = arena_string(&o->arena, text_of(words_));
	(*list)->evidence = UINT64_MAX;
	*n = 1;
}

static void
duties_make(struct office *o, struct verdict *v, const struct made *m)
{
	const enum duty_state states[4] = { m->notify, m->stop, m->wipe, m->dispose };
	const int64_t due[4] = { TIME_NONE, at(40, 0, 0), at(55, 0, 0) - 1,
		at(41, 0, 0) - 1 };

	v->n_duties = 4;
	v->duties = arena_take(&o->arena, 4 * sizeof *v->duties);
	for (size_t i = 0; i < 4; i++) {
		struct duty *d = &v->duties[i];
		d->obligation = &o->directive->obligations[i];
		d->state = states[i];
		d->due = due[i];
		d->failed_since = states[i] == DUTY_FAILED ? at(40, 8, m->ip)
		                                           : TIME_NONE;
		reason(o, &d->reasons, &d->n_reasons,
		    states[i] == DUTY_FAILED
		        ? "It was in official use after the deadline, first on "
		          "2023-04-01 08:21, segment office, last on 2023-04-02 08:50."
		        : states[i] == DUTY_MET
		        ? "It was not seen in official use since 2023-04-01 00:00."
		        : "Nothing is on record.");
	}
}

static void
verdict_make(struct office *o, const struct made *m)
{
	struct verdict *v = &o->verdicts.list[o->verdicts.n++];
	const struct device *d = device_make(o, m);

	*v = (struct verdict){ .directive = o->directive,
		.device = o->verdicts.n - 1,
		.handed = d,
		.first_seen = d->first_seen,
		.clocks = &no_clocks,
		.holder = m->holder == 0 ? NULL : &o->people.persons[m->holder - 1],
		.object = m->object,
		.p = strcmp(m->kind, "phone") == 0 ? m->p : 0.0021,
		.families = 3,
		.last_official = TIME_NONE };
	if (m->object == EXCEPTED)
		v->exception = &o->people.exceptions[0];
	if (m->holder == 6)
		v->denial = &o->people.statements[0];
	for (size_t i = 0; i < o->people.n_custody; i++)
		if (v->holder != NULL && o->people.custody[i].person == v->holder)
			v->custody = &o->people.custody[i];
	duties_make(o, v, m);
	reason(o, &v->reasons, &v->n_reasons,
	    v->object == COVERED
	        ? "It is what the order means (vendor is Apple and kind is phone): "
	          "probability over 0.99."
	        : "Whether the order covers this device is undecided: device "
	          "3c:06:30:01:02:03 of Anna Petrova answered for it.");
}

static void
persons_make(struct office *o)
{
	struct people *p = &o->people;

	p->zone = o->directive->zone;
	p->roster_file = "people.csv";
	p->custody_file = "custody.csv";
	p->persons = arena_take(&o->arena, sizeof persons);
	memcpy(p->persons, persons, sizeof persons);
	p->n_persons = OFFICE_PERSONS;
	for (size_t i = 0; i < OFFICE_PERSONS; i++) {
		p->persons[i].groups = arena_take(&o->arena, sizeof(char *));
		p->persons[i].groups[0] = groups[0];
		p->persons[i].n_groups = 1;
	}
	p->custody = arena_take(&o->arena, 8 * sizeof *p->custody);
	for (int i = 0; i < OFFICE_DEVICES; i++) {
		struct custody c = { .identifier = "3c:06:30:01:02:0b",
			.type = BY_MAC,
			.mac = { ADDR_MAC, { 0 } },
			.from = at(0, 0, 0),
			.until = TIME_NONE,
			.line = (unsigned)p->n_custody + 2 };
		if (made[i].holder == 0 || made[i].object != COVERED)
			continue;
		memcpy(c.mac.b, made[i].mac, 6);
		c.person = &p->persons[made[i].holder - 1];
		c.ownership = made[i].holder == 7 ? OWNED_PERSONAL : OWNED_ISSUED;
		c.event = made[i].holder == 7 ? CUSTODY_RELEASED
		    : made[i].holder == 3     ? CUSTODY_DESTROYED
		                              : CUSTODY_ISSUED;
		p->custody[p->n_custody++] = c;
	}
	p->statements = arena_take(&o->arena, sizeof *p->statements);
	p->statements[p->n_statements++] = (struct statement){ .person = &p->persons[5],
		.text = "holds no smartphone",
		.date = at(30, 12, 0),
		.by = "p06",
		.holds_none = true,
		.object = "smartphone",
		.line = 2 };
	p->exceptions = arena_take(&o->arena, sizeof *p->exceptions);
	p->exceptions[p->n_exceptions++] = (struct exception){
		.directive = "iphone-2023",
		.person = &p->persons[4],
		.ground = "duty-abroad",
		.mitigation = "no official mail on it; asked Anna Petrova",
		.approver = &p->persons[6],
		.approver_text = "Maria Belova",
		.from = at(30, 0, 0),
		.until = at(60, 0, 0) - 1,
		.line = 2
	};
}

static void
site_make(struct office *o)
{
	static struct prefix office_net = { { ADDR_IP4, { 10, 1, 1, 0 } }, 24 };
	static struct prefix guest_net = { { ADDR_IP4, { 10, 1, 2, 0 } }, 24 };
	static uint16_t vlans[] = { 10, 20, 30 };
	struct site *s = &o->site;

	s->name = "Office of Domestic Policy, Old Square";
	s->zone = o->directive->zone;
	s->segments = arena_take(&o->arena, 3 * sizeof *s->segments);
	s->n_segments = 3;
	s->segments[0] = (struct segment){ .name = "office",
		.official = true,
		.ranges = &office_net,
		.n_ranges = 1,
		.vlans = &vlans[0],
		.n_vlans = 1 };
	s->segments[1] = (struct segment){ .name = "guests",
		.ranges = &guest_net,
		.n_ranges = 1,
		.vlans = &vlans[1],
		.n_vlans = 1 };
	s->segments[2] = (struct segment){ .name = "annex",
		.official = true,
		.vlans = &vlans[2],
		.n_vlans = 1 };
	s->coverage = arena_take(&o->arena, 2 * sizeof *s->coverage);
	s->n_coverage = 2;
	s->coverage[0] = (struct coverage){ &s->segments[0], at(0, 0, 0), TIME_NONE };
	s->coverage[1] = (struct coverage){ &s->segments[1], at(0, 0, 0), TIME_NONE };
}

static void
verdicts_make(struct office *o)
{
	o->verdicts.as_of = at(41, 9, 0);
	o->verdicts.list = arena_take(&o->arena,
	    (OFFICE_DEVICES + 2) * sizeof *o->verdicts.list);
	for (size_t i = 0; i < OFFICE_DEVICES; i++)
		verdict_make(o, &made[i]);
	for (size_t i = 0; i < 2; i++) {
		struct verdict *v = &o->verdicts.list[o->verdicts.n++];
		*v = (struct verdict){ .directive = o->directive,
			.device = NO_DEVICE,
			.holder = &o->people.persons[7 + i],
			.first_seen = TIME_NONE,
			.clocks = &no_clocks,
			.object = OBJECT_UNDECIDED,
			.last_official = TIME_NONE };
		duties_make(o, v, &made[3]);
		reason(o, &v->reasons, &v->n_reasons,
		    "No device of the holder was seen.");
	}
}

struct office *
office_new(void)
{
	static const struct input inputs[] = { { .name = "office.pcapng",
	    .frames = 48211,
	    .bytes = 9183344,
	    .cut = 12,
	    .damage = "office.pcapng: cut at offset 9183344",
	    .digest = "5d41402abc4b2a76b9719d911017c592"
		      "5d41402abc4b2a76b9719d911017c592" } };
	static const struct blind_spot spots[] = {
		{ "The segment annex has no sensor: nothing there is seen." },
		{ "12 frames were cut by the snap length of 128 bytes; first messages "
		  "of "
		  "secured connections may be among them." },
	};
	struct office *o = must_alloc(1, sizeof *o);
	struct complaints wrong = { .n = 0 };

	o->directive = directive_parse("iphone-2023.yaml", text_of(order_text), &wrong);
	if (o->directive == NULL)
		FAULT(wrong.n > 0 ? wrong.list[0].text : "the order does not parse");
	complaints_free(&wrong);
	o->directives[0] = o->directive;
	persons_make(o);
	site_make(o);
	verdicts_make(o);
	o->matter = (struct case_file){ .directives = o->directives,
		.n_directives = 1,
		.people = &o->people,
		.site = &o->site,
		.as_of = at(41, 9, 0) };
	o->report = (struct report){ .matter = &o->matter,
		.verdicts = &o->verdicts,
		.inputs = inputs,
		.n_inputs = 1,
		.blind_spots = spots,
		.n_blind_spots = 2,
		.synthetic = true };
	return o;
}

void
office_free(struct office *o)
{
	directive_free(o->directive);
	arena_free(&o->arena);
	free(o);
}

const char *
office_print(struct office *o, void (*printer)(const struct report *, struct writer *))
{
	struct writer w;

	writer_to_memory(&w);
	printer(&o->report, &w);
	const char *s = arena_string(&o->arena, writer_text(&w));
	(void)writer_close(&w);
	return s;
}
