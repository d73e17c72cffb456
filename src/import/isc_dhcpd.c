/* SPDX-License-Identifier: ISC */
/*
 * dhcpd.leases(5) of ISC DHCP 4.4, and dhcp-eval(5) for `set`. A block a lease, a
 * statement a line, as dhcpd writes it; the file is a journal, so that an address comes
 * again with each renewal. Times are UTC, or `epoch N` with `db-time-format local`. An
 * option 60 is there when the configuration keeps it: set vendor-class-identifier =
 * option vendor-class-identifier.
 */
#include "base/csv.h"
#include "import/hex.h"

struct lease {
	uint64_t line; /* where it begins; 0: none is open */
	struct addr ip, mac;
	int64_t starts, cltt;
	struct text hostname, uid, vendor, state;
};

struct dhcpd {
	struct reader *r;
	struct arena arena; /* of the block: it spans lines */
	struct lease lease;
	struct text duid; /* of the ia-na block around it, in hexadecimal */
	uint64_t ia_line; /* where that begins; 0: none is open */
	unsigned depth;   /* inside a block of which nothing is read */
	uint64_t other_line;
	bool bad; /* a statement of this lease was wrong */
};

enum { WORDS = 8 };

/*
 * The words of a statement; strings without their quotes, escapes undone (\ooo, \",
 * \\). 0 when a string does not end.
 */
static size_t
split(struct dhcpd *d, struct text line, struct text words[WORDS])
{
	size_t n = 0, i = 0;

	while (i < line.len && n < WORDS) {
		if (strchr(" \t;", line.s[i]) != NULL) {
			i++;
			continue;
		}
		if (line.s[i] != '"') {
			size_t from = i;
			while (i < line.len && strchr(" \t;", line.s[i]) == NULL)
				i++;
			words[n++] = (struct text){ line.s + from, i - from };
			continue;
		}
		char *to = arena_take(&d->arena, line.len - i + 1);
		size_t len = 0;
		for (i++; i < line.len && line.s[i] != '"'; i++) {
			if (line.s[i] != '\\' || i + 1 == line.len) {
				to[len++] = line.s[i];
				continue;
			}
			unsigned octal = 0, digits = 0;
			while (digits < 3 && i + 1 < line.len && line.s[i + 1] >= '0' &&
			    line.s[i + 1] <= '7') {
				octal = octal * 8 + (unsigned)(line.s[++i] - '0');
				digits++;
			}
			to[len++] = digits > 0 ? (char)octal : line.s[++i];
		}
		if (i == line.len)
			return 0;
		i++;
		words[n++] = (struct text){ to, len };
	}
	return n;
}

/* `2 2023/03/28 09:12:03`, `epoch 1679994723`, `never`. */
static bool
when(const struct text *words, size_t n, int64_t *at)
{
	char buf[19];
	struct civil c;
	bool timed;

	*at = TIME_NONE;
	if (n >= 1 && text_is(words[0], "never"))
		return true;
	if (n >= 2 && text_is(words[0], "epoch"))
		return when_epoch(words[1], at);
	if (n < 3 || words[1].len != 10 || words[2].len != 8)
		return false;
	memcpy(buf, words[1].s, 10);
	buf[10] = ' ';
	memcpy(buf + 11, words[2].s, 8);
	if (buf[4] != '/' || buf[7] != '/')
		return false;
	buf[4] = buf[7] = '-';
	if (!civil_parse((struct text){ buf, sizeof buf }, &c, &timed))
		return false;
	*at = civil_to_utc(&c);
	return true;
}

static void
wrong(struct dhcpd *d, const char *want)
{
	char quote[CSV_QUOTE];

	d->bad = true;
	(void)reader_wrong(d->r, 0, "'%s': want %s",
	    csv_quote(text_trim(d->r->line), quote), want);
}

static struct text
kept(struct dhcpd *d, struct text t)
{
	return arena_text(&d->arena, t);
}

static void
statement(struct dhcpd *d, const struct text *w, size_t n)
{
	struct lease *l = &d->lease;

	if (text_is(w[0], "starts") || text_is(w[0], "cltt")) {
		if (!when(w + 1, n - 1,
		        text_is(w[0], "starts") ? &l->starts : &l->cltt))
			wrong(d, "a time like 2 2023/03/28 09:12:03");
	} else if (text_is(w[0], "hardware") && n >= 3) {
		if (text_is(w[1], "ethernet") &&
		    (!addr_parse(w[2], &l->mac) || l->mac.kind != ADDR_MAC))
			wrong(d, "a link-layer address");
	} else if (text_is(w[0], "binding") && n >= 3) {
		l->state = kept(d, w[2]);
	} else if (text_is(w[0], "client-hostname") && n >= 2) {
		l->hostname = kept(d, w[1]);
	} else if (text_is(w[0], "uid") && n >= 2) {
		l->uid = kept(d, w[1]);
	} else if (text_is(w[0], "set") && n >= 4 &&
	    text_is(w[1], "vendor-class-identifier")) {
		l->vendor = kept(d, w[3]);
	}
}

/* A lease that nobody holds any more was held when it began. */
static bool
was_held(struct text state)
{
	return state.len == 0 || text_is(state, "active") ||
	    text_is(state, "expired") || text_is(state, "released") ||
	    text_is(state, "free");
}

static void
finish(struct dhcpd *d, bool six)
{
	struct reader *r = d->r;
	struct lease *l = &d->lease;
	int64_t at = l->cltt != TIME_NONE ? l->cltt : l->starts;

	if (six && l->mac.kind == ADDR_NONE)
		l->mac = duid_mac(d->duid);
	if (d->bad)
		return; /* said already */
	if (at == TIME_NONE || l->mac.kind == ADDR_NONE || !was_held(l->state)) {
		r->counts->other++;
		return;
	}
	reader_at(r, at);
	r->seen.frame = l->line;
	r->counts->records++;
	reader_bind_there(r, six ? FACT_DHCPV6_ADDRESS : FACT_DHCP_ADDRESS, l->mac,
	    l->ip);
	reader_say(r, six ? FACT_DHCPV6_FQDN : FACT_DHCP_HOSTNAME, l->mac, l->hostname);
	reader_say(r, FACT_DHCP_VENDOR_CLASS, l->mac, l->vendor);
	if (six)
		reader_say(r, FACT_DHCPV6_DUID, l->mac, d->duid);
	else
		reader_say(r, FACT_DHCP_CLIENT_ID, l->mac, hex_of(r, l->uid));
}

/* `lease 192.0.2.7 {` and `iaaddr 2001:db8::7 {`. */
static void
open_lease(struct dhcpd *d, struct text address)
{
	d->bad = false;
	d->lease = (struct lease){ .line = d->r->number,
		.starts = TIME_NONE,
		.cltt = d->ia_line != 0 ? d->lease.cltt : TIME_NONE };
	if (!addr_parse(address, &d->lease.ip))
		wrong(d, "an address");
}

/* `ia-na "IAID and DUID" {`: the DUID begins behind four bytes. */
static void
open_ia(struct dhcpd *d, struct text id)
{
	d->ia_line = d->r->number;
	d->lease = (struct lease){ .starts = TIME_NONE, .cltt = TIME_NONE };
	d->bad = false;
	d->duid = (struct text){ "", 0 };
	if (id.len < 4)
		wrong(d, "an IAID and a DUID in quotes");
	else
		d->duid = kept(d, hex_of(d->r, (struct text){ id.s + 4, id.len - 4 }));
}

static void
close_block(struct dhcpd *d)
{
	if (d->depth > 0) {
		d->depth--;
	} else if (d->lease.line != 0) {
		finish(d, d->ia_line != 0);
		d->lease.line = 0;
		if (d->ia_line == 0)
			arena_reset(&d->arena);
	} else if (d->ia_line != 0) {
		d->ia_line = 0;
		arena_reset(&d->arena);
	} else {
		(void)reader_wrong(d->r, 0, "a closing brace without an opening one");
	}
}

/* What begins at the margin is in no block: one before it was cut. */
static void
give_up(struct dhcpd *d)
{
	uint64_t open = d->depth > 0 ? d->other_line
	    : d->lease.line != 0     ? d->lease.line
	                             : d->ia_line;

	if (open != 0)
		(void)reader_wrong_at(d->r, open, 0,
		    "the block that begins here is never closed");
	d->lease.line = d->ia_line = 0;
	d->depth = 0;
}

static void
line(struct dhcpd *d)
{
	struct text t = text_trim(d->r->line), words[WORDS] = { { "", 0 } };

	if (t.len == 0 || t.s[0] == '#')
		return;
	size_t n = split(d, t, words);
	bool opens = t.s[t.len - 1] == '{';
	if (opens && n > 1 && t.s == d->r->line.s && text_is(words[0], "lease"))
		give_up(d);
	if (n == 0 || (opens && n < 2)) {
		d->bad = true;
		(void)reader_wrong(d->r, 0,
		    n == 0 ? "a quote that is never closed"
		           : "want a word before the brace");
		d->depth += opens;
	} else if (t.s[0] == '}') {
		close_block(d);
	} else if (!opens) {
		if (d->depth == 0 && (d->lease.line != 0 || d->ia_line != 0))
			statement(d, words, n);
	} else if (d->depth == 0 && d->lease.line == 0 &&
	    ((d->ia_line == 0 && text_is(words[0], "lease")) ||
	        (d->ia_line != 0 && text_is(words[0], "iaaddr")))) {
		open_lease(d, words[1]);
	} else if (d->depth == 0 && d->ia_line == 0 && d->lease.line == 0 &&
	    (text_is(words[0], "ia-na") || text_is(words[0], "ia-ta"))) {
		open_ia(d, words[1]);
	} else {
		d->depth++; /* failover, host, group, ia-pd: nothing for us */
		d->other_line = d->r->number;
	}
}

bool
import_isc_dhcpd_is(struct text head)
{
	struct text rest = head, t;

	while (text_split(&rest, '\n', &t)) {
		if (memmem(t.s, t.len, "dhcpd.leases(5)", 15) != NULL)
			return true;
		t = text_trim(t);
		if (t.len == 0 || t.s[0] == '#' ||
		    text_starts(t, text_of("server-duid ")) ||
		    text_starts(t, text_of("authoring-byte-order ")))
			continue;
		return (text_starts(t, text_of("lease ")) ||
		           text_starts(t, text_of("ia-na ")) ||
		           text_starts(t, text_of("ia-ta ")) ||
		           text_starts(t, text_of("ia-pd ")) ||
		           text_starts(t, text_of("failover peer "))) &&
		    t.s[t.len - 1] == '{';
	}
	return false;
}

void
import_isc_dhcpd_read(struct reader *r)
{
	struct dhcpd d = { .r = r };

	while (reader_line(r))
		line(&d);
	if (!r->counts->stopped)
		give_up(&d);
	arena_free(&d.arena);
}
