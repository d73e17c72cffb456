/* SPDX-License-Identifier: ISC */
/*
 * How a device went: destroyed, returned or released, to whom; what had to be done
 * before by the orders; and its certificate, with the fields of NIST SP 800-88.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/page.h"
#include "report/view.h"

struct choices {
	struct event_options o;
	const char *how, *to, *type, *person, *certificate;
	const char *examined, *examiner;
	const char *wiped, *wiper, *technique, *tool, *level, *verified;
};

static const struct way {
	const char *word, *event, *title;
	enum custody_event custody;
} ways[] = {
	{ "destroy", "destroyed", "Certificate of destruction", CUSTODY_DESTROYED },
	{ "return", "handed-in", "Certificate of return", CUSTODY_HANDED_IN },
	{ "release", "released", "Certificate of sanitisation and release",
	    CUSTODY_RELEASED },
};
enum { WAYS = sizeof ways / sizeof *ways };

struct disposal {
	struct event e;
	const struct choices *c;
	const struct way *way;
	const char *identifier, *type_name, *id, *ownership, *what;
	enum identifier_type type;
	const struct person *person;
	const struct custody *held; /* the row that says so, of a linked name too */
	const struct deed *examined, *wiped; /* by an earlier record */
	const struct deed *same;             /* the disposal is on record already */
	int64_t at, examined_at, wiped_at;   /* TIME_NONE: not at all */
};

static const struct way *
find_way(const char *how)
{
	const char *words[WAYS], *near;

	for (size_t i = 0; i < WAYS; i++) {
		words[i] = ways[i].word;
		if (strcmp(how, words[i]) == 0)
			return &ways[i];
	}
	near = text_nearest(text_of(how), words, WAYS);
	(void)fprintf(stderr,
	    "interdict dispose: --how %s: want destroy, return or release%s%s%s\n", how,
	    near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	return NULL;
}

/* Said once more, so that its certificate is printed again under the same number. */
static const struct deed *
same_disposal(const struct disposal *d)
{
	const struct deed *last = event_deed(&d->e, d->identifier, d->type,
	    DEED_DISPOSAL, d->at);

	return last != NULL && last->date == d->at && last->id != NULL &&
	        strcmp(last->how, d->way->word) == 0 && strcmp(last->to, d->c->to) == 0
	    ? last
	    : NULL;
}

/* When it was done: as said now, else by an earlier record. False: no date at all. */
static bool
done_at(struct disposal *d, const char *option, const char *said,
    const struct deed *record, int64_t *at)
{
	*at = record != NULL ? record->date : TIME_NONE;
	if (said == NULL)
		return true;
	if (!event_date(&d->e, option, said, at))
		return false;
	if (*at <= d->at)
		return true;
	(void)event_refuse(&d->e, "%s %s is after the device went (%s)", option, said,
	    d->e.at);
	return false;
}

static bool
gather(struct disposal *d)
{
	const struct choices *c = d->c;
	struct event *e = &d->e;

	if (!event_identifier(e, d->identifier, c->type, &d->type) ||
	    !event_instant(e, &d->at))
		return false;
	d->type_name = identifier_type_name(d->type);
	if (!event_holding(e, d->identifier, d->type, d->at, c->person, &d->held))
		return false;
	const struct custody *held = d->held;
	const char *person = c->person != NULL ? c->person
	    : held != NULL                     ? held->person->id
	                                       : NULL;
	if (person == NULL) {
		(void)event_refuse(e,
		    "custody does not know '%s': say --person: who held it",
		    d->identifier);
		return false;
	}
	d->same = same_disposal(d);
	if (d->same == NULL && held != NULL && held->event == CUSTODY_DESTROYED) {
		(void)event_refuse(e, "by custody '%s' is destroyed already",
		    d->identifier);
		return false;
	}
	d->ownership = held != NULL ? ownership_name(held->ownership) : "issued";
	d->examined = event_deed(e, d->identifier, d->type, DEED_EXAMINATION, d->at);
	d->wiped = event_deed(e, d->identifier, d->type, DEED_WIPING, d->at);
	return (d->person = event_person(e, person)) != NULL &&
	    done_at(d, "--examined", c->examined, d->examined, &d->examined_at) &&
	    done_at(d, "--wiped", c->wiped, d->wiped, &d->wiped_at);
}

static bool
orders_allow(struct disposal *d)
{
	struct case_file matter = scan_case(&d->e.scan);
	const struct going going = { d->identifier, d->type, d->way->custody,
		d->way->word, d->examined_at, d->wiped_at };
	bool good = orders_let_go(&d->e, &going);
	const struct device *device = event_device(&d->e, d->identifier, d->type);

	if (device != NULL) {
		struct report report = scan_report(&d->e.scan, &matter);
		struct view *v = view_new(&report);
		d->what = event_text(&d->e, "%s", spell_what(v, device));
		view_free(v);
	}
	return good;
}

static void
add_row(struct disposal *d, const char *identifier, enum identifier_type type)
{
	struct pair_of_text custody[] = { { "identifier", text_of(identifier) },
		{ "type", text_of(identifier_type_name(type)) },
		{ "person", text_of(d->person->id) },
		{ "ownership", text_of(d->ownership) }, { "from", text_of(d->e.at) },
		{ "event", text_of(d->way->event) } };

	event_add(&d->e, "custody", custody, 6);
}

/*
 * Under the name by which custody knows it, so that its history has an end; and under
 * the one that was given, unless what is seen has both.
 */
static void
add_custody(struct disposal *d)
{
	const struct custody *c = d->held;
	bool other = c != NULL &&
	    (c->type != d->type ||
	        !event_same_name(c->identifier, d->identifier, c->type));

	if (other)
		add_row(d, c->identifier, c->type);
	if (!other || c->type == BY_SERIAL || c->type == BY_IMEI)
		add_row(d, d->identifier, d->type);
}

static void
add_deeds(struct disposal *d)
{
	const struct choices *c = d->c;
	struct event *e = &d->e;
	struct pair_of_text examined[] = { { "identifier", text_of(d->identifier) },
		{ "type", text_of(d->type_name) },
		{ "date", event_option(c->examined) },
		{ "by", event_option(c->examiner) } };
	struct pair_of_text wiped[] = { { "identifier", text_of(d->identifier) },
		{ "type", text_of(d->type_name) }, { "date", event_option(c->wiped) },
		{ "by", event_option(c->wiper) },
		{ "technique", event_option(c->technique) },
		{ "tool", event_option(c->tool) },
		{ "level", text_of(c->level != NULL ? c->level : "purge") },
		{ "verified", event_option(c->verified) } };

	if (c->examined != NULL)
		event_add(e, "examination", examined, 4);
	if (c->wiped != NULL)
		event_add(e, "wiping", wiped, 8);
	d->id = d->same != NULL
	    ? d->same->id
	    : event_text(e, "disposal-%llu",
	          (unsigned long long)store_last(e->scan.store) + 1);
	struct pair_of_text disposal[] = { { "id", text_of(d->id) },
		{ "identifier", text_of(d->identifier) },
		{ "type", text_of(d->type_name) }, { "date", text_of(e->at) },
		{ "by", text_of(e->by) }, { "person", text_of(d->person->id) },
		{ "how", text_of(d->way->word) }, { "to", text_of(c->to) } };
	event_add(e, "disposal", disposal, 8);
	add_custody(d);
}

/* An empty line is filled in by hand. */
static const char *
or_blank(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : "\u2026\u2026\u2026\u2026\u2026\u2026";
}

static const char *
who_when(struct disposal *d, const char *by, const char *said,
    const struct deed *record, int64_t at)
{
	char when[TIME_TEXT];

	if (at == TIME_NONE)
		return "not done";
	by = said != NULL || record == NULL ? by : record->by;
	(void)event_when(&d->e, at, when);
	/* What is dated by its day stands so. */
	if (strcmp(when + 10, " 00:00:00") == 0)
		when[10] = '\0';
	return event_text(&d->e, "%s, by %s", when, or_blank(by));
}

static const char *
wiping(const struct disposal *d, const char *said, const char *recorded)
{
	if (d->wiped_at == TIME_NONE)
		return d->way->custody == CUSTODY_DESTROYED ? "" : "none";
	return or_blank(d->c->wiped != NULL ? said : recorded);
}

static void
write_certificate(struct disposal *d)
{
	const struct choices *c = d->c;
	const struct deed *w = d->wiped;
	struct written written;
	struct event *e = &d->e;
	const char *level = wiping(d, c->level != NULL ? c->level : "purge",
	    w != NULL ? w->level : NULL);
	const struct term terms[] = { { "Certificate", d->id },
		{ "Device", d->identifier }, { "Identified by", d->type_name },
		{ "Make and model", or_blank(d->what) },
		{ "Serial number",
		    or_blank(d->type == BY_SERIAL ? d->identifier : NULL) },
		{ "Media type", or_blank(NULL) },
		{ "Holder before",
		    event_text(e, "%s (%s)", d->person->name, d->person->id) },
		{ "Ownership", d->ownership },
		{ "Examined",
		    who_when(d, c->examiner, c->examined, d->examined,
		        d->examined_at) },
		{ "Sanitised", who_when(d, c->wiper, c->wiped, w, d->wiped_at) },
		{ "Category (NIST SP 800-88)",
		    d->way->custody != CUSTODY_DESTROYED ? level
		        : d->wiped_at == TIME_NONE
		        ? "destroy"
		        : event_text(e, "%s, then destroy", level) },
		{ "Technique",
		    wiping(d, c->technique, w != NULL ? w->technique : NULL) },
		{ "Tool and version", wiping(d, c->tool, w != NULL ? w->tool : NULL) },
		{ "Verified, how and by whom",
		    wiping(d, c->verified, w != NULL ? w->verified : NULL) },
		{ "Activation lock removed", "\u2610 yes  \u2610 no  \u2610 has none" },
		{ "Removed from management",
		    "\u2610 yes  \u2610 no  \u2610 was in none" },
		{ "What happened", d->way->event }, { "Destination", c->to },
		{ "When", e->at }, { "Written down by", e->by } };

	if (event_written(e, "disposal", &written))
		page_write(e, c->certificate, d->way->title,
		    "Fields of the certificate of sanitisation in NIST SP 800-88. What "
		    "is left blank is filled in by hand.",
		    terms, sizeof terms / sizeof *terms, &written, "Performed by",
		    d->way->custody == CUSTODY_DESTROYED ? "Witnessed by"
		                                         : "Received by");
}

static int
run(const struct choices *c, const struct way *way, const char *identifier)
{
	struct disposal d = { .c = c, .way = way, .identifier = identifier };
	int status = EXIT_BAD;

	if (event_begin(&d.e, "dispose", &c->o, true) && gather(&d) &&
	    orders_allow(&d)) {
		add_deeds(&d);
		if (c->certificate != NULL)
			write_certificate(&d);
		status = event_end(&d.e,
		    event_text(&d.e, "%s: %s is %s, to %s.", d.id, identifier,
		        way->event, c->to));
	}
	event_drop(&d.e);
	return status;
}

/* What belongs together is given together. */
static const char *
missing(const struct choices *c, const struct words *rest)
{
	if (rest->n != 1)
		return "name one device";
	if (c->how == NULL)
		return "say --how: destroy, return or release";
	if (c->to == NULL)
		return "say --to: who receives it, or who destroyed it";
	if ((c->examined == NULL) != (c->examiner == NULL))
		return "--examined DATE and --examiner NAME go together";
	if ((c->wiped == NULL) != (c->wiper == NULL) ||
	    (c->wiped == NULL) != (c->technique == NULL))
		return "--wiped DATE, --wiper NAME and --technique TEXT go together";
	if (c->wiped == NULL && (c->tool || c->level || c->verified))
		return "--tool, --level and --verified are of a wiping: say --wiped";
	return NULL;
}

int
cmd_dispose(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct way *way;
	const char *lacks;
	const struct option_row rows[] = {
		{ "how", OPTION_TEXT, &c.how, "WORD", "destroy, return or release" },
		{ "to", OPTION_TEXT, &c.to, "NAME",
		    "the recipient: \"family of p07\", a firm" },
		{ "examined", OPTION_TEXT, &c.examined, "DATE",
		    "it was examined then," },
		{ "examiner", OPTION_TEXT, &c.examiner, "NAME", "by whom" },
		{ "wiped", OPTION_TEXT, &c.wiped, "DATE", "it was wiped then," },
		{ "wiper", OPTION_TEXT, &c.wiper, "NAME", "by whom," },
		{ "technique", OPTION_TEXT, &c.technique, "TEXT",
		    "how: \"factory reset with crypto erase\"" },
		{ "tool", OPTION_TEXT, &c.tool, "TEXT", "with what, and its version" },
		{ "level", OPTION_TEXT, &c.level, "WORD",
		    "clear, purge or destroy; default: purge" },
		{ "verified", OPTION_TEXT, &c.verified, "TEXT",
		    "how that was checked, and by whom" },
		{ "certificate", OPTION_TEXT, &c.certificate, "FILE",
		    "a page to sign, HTML" },
		{ "person", OPTION_TEXT, &c.person, "ID",
		    "who held it; default: by custody" },
		{ "type", OPTION_TEXT, &c.type, "WORD",
		    "mac, serial, imei, hostname or client-id" },
		EVENT_OPTIONS(c.o),
	};
	const struct command me = { "dispose",
		"IDENTIFIER --how destroy|return|release --to NAME",
		"Writes down how a device went. What an order wants first (examine, "
		"wipe) must be\non record or said here, in that order; else it is "
		"refused.",
		rows, sizeof rows / sizeof rows[0], NULL };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if ((lacks = missing(&c, &rest)) != NULL)
			(void)fprintf(stderr, "interdict dispose: %s\n", lacks);
		else if ((way = find_way(c.how)) != NULL)
			status = run(&c, way, rest.list[0]);
	}
	words_free(&rest);
	return status;
}
