/* SPDX-License-Identifier: ISC */
/*
 * Detail files of FreeRADIUS, rlm_detail(5) of 3.2: a line with the date in the
 * server's zone, lines of a tab and `Attribute = value`, an empty line. The attribute
 * Timestamp, seconds since 1970, stands at the end unless somebody took it out; then
 * the zone must be told. Attributes: RFC 2865, 2866, 2869, 3162, 3580, 4372, and the
 * pairs by which AnyConnect and Aruba say what the device is (as
 * decode/radiusvendor.c).
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "decode/eap.h"
#include "decode/station.h"
#include "import/hex.h"

enum attribute {
	USER_NAME,
	CALLING,
	CALLED,
	FRAMED_IP,
	FRAMED_IP6,
	NAS_IP,
	NAS_IP6,
	NAS_ID,
	NAS_PORT,
	NAS_PORT_ID,
	NAS_PORT_TYPE,
	CONNECT_INFO,
	CUI,
	SESSION,
	STATUS,
	TIMESTAMP,
	ESSID,
	DEVICE_TYPE,
	PLATFORM,
	PLATFORM_VERSION,
	ATTRIBUTES
};

static const struct {
	const char *name;
	enum fact_key key;
} known[ATTRIBUTES] = {
	[USER_NAME] = { "User-Name", FACT_NONE },
	[CALLING] = { "Calling-Station-Id", FACT_RADIUS_CALLING_STATION_ID },
	[CALLED] = { "Called-Station-Id", FACT_RADIUS_CALLED_STATION_ID },
	[FRAMED_IP] = { "Framed-IP-Address", FACT_NONE },
	[FRAMED_IP6] = { "Framed-IPv6-Address", FACT_NONE },
	[NAS_IP] = { "NAS-IP-Address", FACT_RADIUS_NAS_ADDRESS },
	[NAS_IP6] = { "NAS-IPv6-Address", FACT_RADIUS_NAS_ADDRESS },
	[NAS_ID] = { "NAS-Identifier", FACT_RADIUS_NAS_IDENTIFIER },
	[NAS_PORT] = { "NAS-Port", FACT_RADIUS_NAS_PORT },
	[NAS_PORT_ID] = { "NAS-Port-Id", FACT_RADIUS_NAS_PORT_ID },
	[NAS_PORT_TYPE] = { "NAS-Port-Type", FACT_NONE },
	[CONNECT_INFO] = { "Connect-Info", FACT_RADIUS_CONNECT_INFO },
	[CUI] = { "Chargeable-User-Identity", FACT_RADIUS_CHARGEABLE_USER_IDENTITY },
	[SESSION] = { "Acct-Session-Id", FACT_RADIUS_SESSION },
	[STATUS] = { "Acct-Status-Type", FACT_NONE },
	[TIMESTAMP] = { "Timestamp", FACT_NONE },
	[ESSID] = { "Aruba-Essid-Name", FACT_NONE },
	[DEVICE_TYPE] = { "Aruba-Device-Type", FACT_RADIUS_DEVICE_TYPE },
	[PLATFORM] = { NULL, FACT_RADIUS_DEVICE_PLATFORM },
	[PLATFORM_VERSION] = { NULL, FACT_RADIUS_DEVICE_VERSION },
};

struct detail {
	struct reader *r;
	struct arena arena; /* of the record: it spans lines */
	uint64_t line;      /* where it begins; 0: none is open */
	int64_t at;         /* by its first line */
	struct text values[ATTRIBUTES];
	bool bad;
	bool stamped; /* records before it had a Timestamp */
};

/* `"…"` with \" \\ \ooo undone, or a word as it stands. */
static struct text
value(struct detail *d, struct text t)
{
	if (t.len < 2 || t.s[0] != '"' || t.s[t.len - 1] != '"')
		return arena_text(&d->arena, t);
	char *to = arena_take(&d->arena, t.len);
	size_t n = 0;
	for (size_t i = 1; i + 1 < t.len; i++) {
		if (t.s[i] != '\\' || i + 2 >= t.len) {
			to[n++] = t.s[i];
			continue;
		}
		unsigned octal = 0, digits = 0;
		while (digits < 3 && i + 2 < t.len && t.s[i + 1] >= '0' &&
		    t.s[i + 1] <= '7') {
			octal = octal * 8 + (unsigned)(t.s[++i] - '0');
			digits++;
		}
		to[n++] = digits > 0 ? (char)octal : t.s[++i];
	}
	return (struct text){ to, n };
}

static void
pair(struct detail *d, struct text pair_value)
{
	static const struct {
		const char *begins;
		enum attribute a;
	} pairs[] = {
		{ "mdm-tlv=device-type=", DEVICE_TYPE },
		{ "mdm-tlv=device-platform=", PLATFORM },
		{ "mdm-tlv=device-platform-version=", PLATFORM_VERSION },
		{ "mdm-tlv=device-mac=", CALLING },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct text begins = text_of(pairs[i].begins);
		if (text_starts(pair_value, begins))
			d->values[pairs[i].a] = (struct text){
				pair_value.s + begins.len, pair_value.len - begins.len
			};
	}
}

/* A tab, `Name = value`; also `:=`, `+=`, and a tag behind a colon. */
static void
attribute(struct detail *d)
{
	struct text t = text_trim(d->r->line);
	size_t end = text_find(t, ' ', 0);
	struct text name = { t.s, end };

	size_t equals = text_find(t, '=', end);
	if (end == t.len || equals == t.len || equals > end + 2) {
		d->bad = true;
		(void)reader_wrong(d->r, 0, "want a tab and Attribute = value");
		return;
	}
	struct text v = value(d,
	    text_trim((struct text){ t.s + equals + 1, t.len - equals - 1 }));
	name.len = text_find(name, ':', 0);
	if (text_is_word(name, "Cisco-AVPair")) {
		pair(d, v);
		return;
	}
	for (unsigned a = 0; a < ATTRIBUTES; a++)
		if (known[a].name != NULL && text_is_word(name, known[a].name))
			d->values[a] = v;
}

static const char *const months[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
	"Aug", "Sep", "Oct", "Nov", "Dec" };

/* `Tue Mar 28 09:12:03 2023`, as ctime(3) has it. */
static bool
ctime_read(struct text t, struct civil *c)
{
	struct text words[6], rest = t, word;
	unsigned long long day, year;
	size_t n = 0;
	char buf[32];
	bool timed;
	unsigned m = 0;

	while (text_split(&rest, ' ', &word) && n < 6)
		if (word.len > 0)
			words[n++] = word;
	if (n != 5 || !text_number(words[2], &day) || !text_number(words[4], &year) ||
	    day > 31 || year > 9999 || words[3].len != 8)
		return false;
	while (m < 12 && !text_is(words[1], months[m]))
		m++;
	(void)snprintf(buf, sizeof buf, "%04u-%02u-%02u %.8s", (unsigned)year, m + 1,
	    (unsigned)day, words[3].s);
	return m < 12 && civil_parse(text_of(buf), c, &timed);
}

static const struct {
	const char *word, *number;
} port_types[] = { { "Virtual", "5" }, { "Ethernet", "15" },
	{ "Wireless-802.11", "19" }, { "Async", "0" } },
  status_types[] = { { "Start", "1" }, { "Stop", "2" }, { "Interim-Update", "3" },
	  { "Alive", "3" }, { "Accounting-On", "7" }, { "Accounting-Off", "8" } };

static struct text
number_of(struct text t, bool port)
{
	unsigned long long n;
	size_t most = port ? sizeof port_types / sizeof *port_types
	                   : sizeof status_types / sizeof *status_types;

	if (text_number(t, &n))
		return t;
	for (size_t i = 0; i < most; i++)
		if (text_is_word(t, port ? port_types[i].word : status_types[i].word))
			return text_of(
			    port ? port_types[i].number : status_types[i].number);
	return (struct text){ "", 0 };
}

/* NAS-Port-Type, or 0. */
static uint32_t
port_type(const struct detail *d)
{
	unsigned long long n;

	return text_number(number_of(d->values[NAS_PORT_TYPE], true), &n) ? (uint32_t)n
	                                                                  : 0;
}

static struct text
ssid(const struct detail *d)
{
	return d->values[ESSID].len > 0 ? d->values[ESSID]
	                                : station_ssid(d->values[CALLED], port_type(d));
}

static void
say_record(struct detail *d, struct addr who, struct addr ip, struct addr ip6)
{
	struct reader *r = d->r;
	struct text user = d->values[USER_NAME];

	reader_say(r,
	    eap_is_anonymous(user) ? FACT_RADIUS_ANONYMOUS_USER_NAME
	                           : FACT_RADIUS_USER_NAME,
	    who, user);
	for (unsigned a = 0; a < ATTRIBUTES; a++)
		if (known[a].key != FACT_NONE)
			reader_say(r, known[a].key, who, d->values[a]);
	reader_say(r, FACT_RADIUS_SSID, who, ssid(d));
	reader_say(r, FACT_RADIUS_NAS_PORT_TYPE, who,
	    number_of(d->values[NAS_PORT_TYPE], true));
	reader_say(r, FACT_RADIUS_STATUS, who, number_of(d->values[STATUS], false));
	reader_bind_there(r, FACT_RADIUS_ADDRESS, who, ip);
	reader_bind_there(r, FACT_RADIUS_ADDRESS, who, ip6);
}

/* Of the station that calls; else, as from a VPN, of the address that it was given. */
static void
finish(struct detail *d)
{
	struct reader *r = d->r;
	struct addr ip = { 0 }, ip6 = { 0 };
	uint64_t now = r->number;

	if (d->line == 0)
		return;
	d->stamped |= d->values[TIMESTAMP].len > 0;
	if (d->values[TIMESTAMP].len > 0 && !when_epoch(d->values[TIMESTAMP], &d->at)) {
		d->bad = true;
		(void)reader_wrong_at(r, d->line, 0,
		    "Timestamp is no number of seconds");
	}
	if (!d->bad) {
		struct addr mac = station_caller(d->values[CALLING], port_type(d));
		(void)addr_parse(d->values[FRAMED_IP], &ip);
		(void)addr_parse(d->values[FRAMED_IP6], &ip6);
		struct addr who = mac.kind != ADDR_NONE ? mac
		    : ip.kind == ADDR_IP4               ? ip
		                                        : ip6;
		r->number = d->line;
		reader_at(r, d->at);
		if (who.kind == ADDR_NONE) {
			r->counts->other++;
		} else {
			r->counts->records++;
			say_record(d, who, ip, ip6);
		}
		r->number = now;
	}
	memset(d->values, 0, sizeof d->values);
	d->line = 0;
	arena_reset(&d->arena);
}

static void
begin(struct detail *d)
{
	struct civil c;
	char quote[CSV_QUOTE];

	finish(d);
	d->line = d->r->number;
	d->bad = false;
	if (ctime_read(d->r->line, &c)) {
		d->at = d->r->options->zone != NULL
		    ? zone_to_utc(d->r->options->zone, &c)
		    : civil_to_utc(&c);
		return;
	}
	d->bad = true;
	(void)reader_wrong(d->r, 1, "'%s' is no date like Tue Mar 28 09:12:03 2023",
	    csv_quote(d->r->line, quote));
}

bool
import_freeradius_detail_is(struct text head)
{
	struct text line = { head.s, text_find(head, '\n', 0) };
	struct text rest = { head.s + line.len, head.len - line.len };
	struct civil c;

	return ctime_read(text_trim(line), &c) && rest.len > 2 && rest.s[1] == '\t';
}

void
import_freeradius_detail_read(struct reader *r)
{
	struct detail d = { .r = r };

	while (reader_line(r)) {
		struct text t = text_trim(r->line);
		if (t.len == 0)
			finish(&d);
		else if (reader_is_cut(r))
			d.bad |= r->line.s[0] == '\t';
		else if (r->line.s[0] != '\t' && r->line.s[0] != ' ')
			begin(&d);
		else if (d.line == 0)
			(void)reader_wrong(r, 0, "an attribute before the date");
		else
			attribute(&d);
	}
	if (r->counts->stopped)
		d.line = 0;
	/* The last record of a cut file lost its end, where its time stands. */
	if (d.line != 0 && d.stamped && !d.bad && d.values[TIMESTAMP].len == 0) {
		d.bad = true;
		(void)reader_wrong_at(r, d.line, 0,
		    "the file ends within the record that begins here");
	}
	finish(&d);
	arena_free(&d.arena);
}
