/* SPDX-License-Identifier: ISC */
/* interdict new: templates that explain themselves, and that pass the checks. */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "cmd/letter.h"
#include "cmd/options.h"
#include "cmd/output.h"

static const char *const order_lines[] = {
	"# An order, to be filled in. Every key is explained in "
	"interdict-directive(5).",
	"# Check it with `interdict check FILE`: it tells every mistake and its place.",
	"",
	"directive: no-such-phones            # its id: a-z, 0-9, - _ .  Exceptions "
	"name it",
	"title: No such phones in official use",
	"status: draft                        # draft, in-force, suspended, revoked",
	"#supersedes: an-older-order          # its id",
	"",
	"# The zone of every date below. A date alone is its first moment under `from` "
	"and",
	"# `before`, and its last moment under `by`. A time may follow: 2026-04-01 "
	"09:00",
	"zone: Europe/Berlin",
	"",
	"authority:",
	"  issuer: The head of the house",
	"  instrument: circular 1/2026",
	"  #legal-basis: section 3 of the house rules",
	"  #url: https://example.org/circular-1",
	"  #language: en",
	"  issued: 2026-01-12                 # or `unknown`: then no clock may hang "
	"on it",
	"  effective: 2026-02-01",
	"  #reported: 2026-01-13              # when it became known otherwise",
	"  #listed: 2026-01-13                # when the things were put on a list",
	"",
	"# Every claim with its source. Reports repeat the grade: official-text,",
	"# official-statement, named-source, unnamed-report, internal.",
	"sources:",
	"  - claim: such phones may no longer be used for official business",
	"    source: circular 1/2026, paragraph 1",
	"    grade: official-text",
	"    #confirmed: yes                  # yes, no, denied: what the authority "
	"said when asked",
	"    #url: https://example.org/circular-1",
	"",
	"# Whom and where it binds. Left out: everybody, everywhere, whoever owns the "
	"thing.",
	"applies-to:",
	"  groups: [all-staff]                # of the roster",
	"  #not-groups: [press-office]",
	"  #persons: [p-017]                  # ids of the roster",
	"  #ranks: [director]",
	"  #sites: [headquarters]",
	"  #segments: [office]                # of site.yaml",
	"  ownership: [issued, personal]      # issued, personal, contractor",
	"",
	"# Which devices: vendor, kind, os, version, model, app, country, list; with",
	"#   is, is not, in [...], not in [...], and for version < <= > >=; and, or, "
	"not, ( ).",
	"# An expression with a bracket or a comma is quoted:",
	"#   object: \"vendor in [Hikvision, Dahua] and kind is camera\"",
	"object: vendor is Apple and kind is phone",
	"",
	"purpose: official                    # official, any, carry-in, connect-core, "
	"procure",
	"",
	"# What must be done. Verbs: cease-acquire, cease-deploy, disconnect, "
	"stop-use,",
	"# not-carry-in, identify, plan, notify, warn, block-install, block-traffic, "
	"remove,",
	"# replace, examine, wipe, dispose, attest, report.",
	"# Clocks: `from`, and `before` or `by`: a date, or an offset from a trigger, "
	"such as",
	"# `30 days after issued`, `1 business day after discovered` (issued, "
	"effective,",
	"# discovered, listed; hours, days, business days, weeks, months, years).",
	"obligations:",
	"  - verb: notify",
	"    from: issued",
	"    by: 10 business days after issued",
	"    modality: must                   # must, should, advised, may",
	"  - verb: stop-use",
	"    before: 2026-04-01               # from that day's first moment",
	"    modality: must",
	"  - verb: dispose",
	"    by: 2 months after effective",
	"    modality: should",
	"    how: [return, destroy]           # words of the house",
	"    first: [examine, wipe]           # what must be done before",
	"  - verb: replace",
	"    modality: may",
	"    with: kind is phone and vendor is not Apple",
	"  - verb: report",
	"    from: effective",
	"    every: 30 days",
	"    until: zero                      # until none is left",
	"    modality: must",
	"",
	"# Who may be excused, by whom, how long at most.",
	"exceptions:",
	"  grounds: [duty-abroad, accessibility]",
	"  approver-role: security-officer    # a role of the roster",
	"  longest: 30 days",
	"  #blanket: yes                      # one for a whole group is allowed",
	"",
	"# What the network does, and how sure it must be: observe, warn, portal, "
	"quarantine,",
	"# block. Each phase is at least as strict as the one before it.",
	"enforcement:",
	"  - {from: 2026-02-01, do: observe}",
	"  - {from: 2026-03-01, do: warn, at-least: 0.80}",
	"  - {from: 2026-04-01, do: block, at-least: 0.98, families: 2, ceiling: 20 "
	"per hour}",
	"",
	"report:",
	"  to-role: security-officer",
	"  every: week",
	"  nil-return: yes                    # \"none found\" is reported, too",
	NULL,
};

static const char *const site_lines[] = {
	"# The site: where official use happens, and what the sensor can see of it. "
	"Every",
	"# key is explained in interdict-site(5); `interdict check --site FILE` checks "
	"it.",
	"",
	"name: Headquarters",
	"zone: Europe/Berlin                  # of the dates in this file and in the "
	"papers",
	"",
	"# Networks. Who uses an official one uses his device officially; the others "
	"are for",
	"# guests. An address belongs to the smallest range that holds it.",
	"segments:",
	"  - name: office",
	"    official: yes",
	"    ranges: [10.1.0.0/16, 2001:db8:1::/48]",
	"    vlans: [10, 11]",
	"    ssids: [Office]",
	"  - name: lab",
	"    official: yes",
	"    ranges: [10.1.64.0/20]           # a range within that of `office`",
	"  - name: guests",
	"    official: no",
	"    ranges: [192.168.50.0/24]",
	"    ssids: [Guests]",
	"",
	"# Services whose use is official from any network. A name with a point in "
	"front is",
	"# the domain and all below it. Ports narrow the addresses; without them: any.",
	"services:",
	"  - name: mail",
	"    hosts: [mail.example.org, .intranet.example.org]",
	"  - name: files",
	"    addresses: [10.1.2.0/28]",
	"    ports: [445, 2049]",
	"",
	"# What a sensor sees, and since when. Where nothing was seen on a segment "
	"that is",
	"# not covered, nothing was proved. `since: never` says so in words.",
	"coverage:",
	"  - {segment: office, since: 2026-01-01}",
	"  - {segment: guests, since: 2026-02-10, until: 2026-03-31}",
	"  - {segment: lab, since: never}",
	"",
	"# Business days are those that are neither weekend nor holiday.",
	"weekend: [saturday, sunday]",
	"holidays: [2026-01-01, 2026-04-03, 2026-04-06]",
	"#holidays-file: holidays.txt         # beside this file: one date a line, # "
	"for words",
	"",
	"# How long what was heard is kept: what is older goes with the next scan or "
	"import",
	"# into the store, but for what a verdict rests on. See interdict-retain(1).",
	"retention: 180 days",
	"",
	"# Shares of the devices of this house, where they are known to differ from "
	"the",
	"# usual ones. They are printed in every report.",
	"#priors:",
	"#  vendor: {Apple: 0.35, Samsung: 0.20}",
	"#  kind: {phone: 0.40, computer: 0.45}",
	NULL,
};

static const char *const roster_lines[] = {
	"# The people of the house. UTF-8, one person a line, columns in any order.",
	"#   id      what the other papers call this person; never used again for "
	"another",
	"#   groups  any number, separated by ;   An order names groups, ranks and "
	"sites",
	"#   role    e.g. security-officer: who approves exceptions and receives "
	"reports",
	"#   left    the last day of somebody who left; the line stays, for what was "
	"then",
	"# Empty fields may stay empty; a field with a comma stands in \"quotes\". "
	"Lines that",
	"# begin with # are passed over.",
	"id,name,email,groups,role,rank,site,left",
	"p-001,Ada "
	"Example,ada@example.org,all-staff;directors,security-officer,director,"
	"headquarters,",
	"p-002,\"Example, Boris\",boris@example.org,all-staff,,clerk,headquarters,",
	NULL,
};

static const char *const custody_lines[] = {
	"# Who holds which device, and since when. One line an event, in the order of "
	"time.",
	"#   identifier, type  mac (52:54:00:12:34:56), serial, imei, hostname or "
	"client-id",
	"#   person            an id of the roster",
	"#   ownership         issued, personal or contractor",
	"#   from, until       dates; `until` is the last day, empty: still",
	"#   event             issued, handed-in, replaced, released or destroyed",
	"identifier,type,person,ownership,from,until,event",
	"3c:22:fb:12:34:56,mac,p-001,issued,2025-06-01,,issued",
	"Boris-Phone,hostname,p-002,personal,2025-09-15,,issued",
	NULL,
};

static const char *const statements_lines[] = {
	"# What persons declared. Traffic never overwrites a statement, nor a "
	"statement",
	"# traffic: a report shows both.",
	"#   person     an id of the roster",
	"#   statement  in their words; \"holds no X\" is a nil declaration",
	"#   date       when it was made",
	"#   by         who took it down",
	"person,statement,date,by",
	"p-002,holds no smartphone,2026-02-03,p-001",
	NULL,
};

static const char *const exceptions_lines[] = {
	"# Who is excused from an order. One that is outside the order's grounds, "
	"approver or",
	"# length is refused, with the reason.",
	"#   directive   the id of the order",
	"#   person      an id of the roster, or",
	"#   identifier  one device: a mac, serial, imei, hostname or client-id",
	"#   ground      one of the order's grounds",
	"#   approver    an id of the roster, whose role the order names",
	"#   mitigation  what is done instead",
	"#   from, until dates; `until` is the last day",
	"directive,person,identifier,ground,approver,mitigation,from,until",
	"no-such-phones,p-002,,duty-abroad,p-001,only with the travel phone's own "
	"SIM,2026-04-01,2026-04-20",
	NULL,
};

static const char *const links_lines[] = {
	"# Which addresses are one device, and which are two, by the word of a person: "
	"it "
	"stands",
	"# above what the program links by itself.",
	"#   address, other  MAC or IP addresses",
	"#   claim           same or different",
	"#   by              who says so",
	"#   date            since when it is said",
	"#   reason          why, in their words",
	"address,other,claim,by,date,reason",
	"02:00:5e:10:00:01,02:00:5e:10:00:02,same,p-001,2026-03-02,seen in hand at "
	"both "
	"addresses",
	NULL,
};

static const char *const corrections_lines[] = {
	"# What a device is, by the word of a person: shown beside what the wire says, "
	"and",
	"# labelled as told. Verdicts go by it.",
	"#   identifier  of the device, and its type: mac, hostname or client-id",
	"#   attribute   vendor, os, kind, version or model",
	"#   value       as share/knowledge/priors.tsv writes it",
	"#   by, date    who says so, since when",
	"#   reason      why, in their words",
	"identifier,type,attribute,value,by,date,reason",
	"02:00:5e:10:00:01,mac,kind,tablet,p-001,2026-03-02,looked at in the meeting "
	"room",
	NULL,
};

static const char *const names[] = { "order", "site", "roster", "custody", "statements",
	"exceptions", "links", "corrections", "notice" };
enum { TEMPLATES = sizeof names / sizeof names[0] };
static const char *const *const lines[TEMPLATES] = { order_lines, site_lines,
	roster_lines, custody_lines, statements_lines, exceptions_lines, links_lines,
	corrections_lines, letter_default };

static int
print_template(const char *name, const char *const *lines_of, bool json)
{
	struct writer out, text;
	struct json j = json_over(&out);

	writer_to_fd(&out, STDOUT_FILENO);
	writer_to_memory(&text);
	for (const char *const *line = lines_of; *line != NULL; line++)
		putf(&text, "%s\n", *line);
	if (json) {
		json_event(&j, "template", TIME_NONE);
		json_key(&j, "name");
		json_cstring(&j, name);
		json_key(&j, "text");
		json_string(&j, writer_text(&text));
		json_event_end(&j);
	} else {
		put_text(&out, writer_text(&text));
	}
	(void)writer_close(&text);
	return output_close("new", &out);
}

static int
print(const char *name, bool json)
{
	for (size_t i = 0; i < TEMPLATES; i++)
		if (strcmp(name, names[i]) == 0)
			return print_template(name, lines[i], json);
	const char *near = text_nearest(text_of(name), names, TEMPLATES);
	(void)fprintf(stderr, "interdict new: there is no template '%s'", name);
	if (near != NULL)
		(void)fprintf(stderr, "; did you mean %s?", near);
	(void)fputs("\n`interdict new --help` lists them.\n", stderr);
	return EXIT_BAD;
}

int
cmd_new(int argc, char **argv)
{
	bool json = false;
	const struct option_row rows[] = {
		{ "json", OPTION_FLAG, &json, NULL, "the template as a line of JSON" },
	};
	const struct command me = { "new",
		"order|site|roster|custody|statements|exceptions|links|corrections|"
		"notice",
		"Prints a commented template to fill in:\n\n"
		"  order       an order (directive)\n"
		"  site        site.yaml: networks, services, coverage\n"
		"  roster      roster.csv: the people\n"
		"  custody     custody.csv: who holds what\n"
		"  statements  statements.csv: what persons declared\n"
		"  exceptions  exceptions.csv: who is excused\n"
		"  links       links.csv: which addresses are one device\n"
		"  corrections corrections.csv: what devices are\n"
		"  notice      a text to the holders of devices\n",
		rows, sizeof rows / sizeof rows[0], NULL };
	struct words words = { 0 };
	int status;

	if (options_read(&me, argc, argv, &words, &status)) {
		status = EXIT_BAD;
		if (words.n == 1)
			status = print(words.list[0], json);
		else
			(void)fputs("interdict new: name one template\n"
			            "`interdict new --help` lists them.\n",
			    stderr);
	}
	words_free(&words);
	return status;
}
