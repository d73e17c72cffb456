/* SPDX-License-Identifier: ISC */
/*
 * Lease files of Kea's memfile back end: Kea Administrator Reference Manual, "Memfile
 * Basic Storage for Leases"; the columns are those of
 * src/lib/dhcpsrv/csv_lease_file4.cc and csv_lease_file6.cc, which grew over the
 * versions, so they are found by name. Each line is a state of a lease at the time
 * `expire` less `valid_lifetime`; the last line of an address counts for Kea, and each
 * of them for us: it was true then. A comma in a value is written &#x2c.
 */
#include "base/csv.h"
#include "import/hex.h"

enum field {
	ADDRESS,
	HWADDR,
	CLIENT_ID,
	DUID,
	LIFETIME,
	EXPIRE,
	HOSTNAME,
	STATE,
	LEASE_TYPE,
	PREFIX_LEN,
	FIELDS
};

static const char *const names[FIELDS] = { "address", "hwaddr", "client_id", "duid",
	"valid_lifetime", "expire", "hostname", "state", "lease_type", "prefix_len" };

enum { COLUMNS_MOST = 64, STATE_DEFAULT = 0, LEASE_PREFIX = 2 };

struct kea {
	struct reader *r;
	bool six;
	uint8_t column[COLUMNS_MOST];
	size_t n;
	struct text cells[FIELDS];
};

static bool
header(struct kea *k)
{
	struct text rest = k->r->line, name;
	bool seen[FIELDS + 1] = { false };

	for (k->n = 0; text_split(&rest, ',', &name) && k->n < COLUMNS_MOST; k->n++) {
		unsigned f = 0;
		while (f < FIELDS && !text_is(name, names[f]))
			f++;
		k->column[k->n] = (uint8_t)f;
		seen[f] = true;
	}
	enum field who = k->six ? DUID : HWADDR;
	if (seen[ADDRESS] && seen[who] && seen[LIFETIME] && seen[EXPIRE])
		return true;
	return reader_wrong(k->r, 0, "want the header of Kea: address,%s,…",
	    names[who]);
}

/* "&#x2c" and its like: two digits. */
static struct text
unescape(struct reader *r, struct text t)
{
	if (memmem(t.s, t.len, "&#x", 3) == NULL)
		return t;
	char *to = arena_take(&r->arena, t.len);
	size_t n = 0;
	for (size_t i = 0; i < t.len; i++) {
		char hex[3] = "";
		if (t.len - i >= 5 && memcmp(t.s + i, "&#x", 3) == 0)
			memcpy(hex, t.s + i + 3, 2);
		if (strspn(hex, "0123456789abcdefABCDEF") == 2) {
			unsigned high = (unsigned)(hex[0] & 15) +
			    (hex[0] > '9' ? 9 : 0);
			unsigned low = (unsigned)(hex[1] & 15) + (hex[1] > '9' ? 9 : 0);
			to[n++] = (char)(high << 4 | low);
			i += 4;
		} else {
			to[n++] = t.s[i];
		}
	}
	return (struct text){ to, n };
}

static bool
cells(struct kea *k)
{
	struct text rest = k->r->line, cell;
	size_t n = 0;

	for (unsigned f = 0; f < FIELDS; f++)
		k->cells[f] = (struct text){ "", 0 };
	for (;; n++) {
		size_t end = text_find(rest, ',', 0);
		cell = (struct text){ rest.s, end };
		if (n < k->n && k->column[n] != FIELDS)
			k->cells[k->column[n]] = cell;
		if (end == rest.len)
			break;
		rest = (struct text){ rest.s + end + 1, rest.len - end - 1 };
	}
	/* lines of an older Kea may be shorter than the header of a newer one */
	if (n + 1 <= k->n && k->cells[EXPIRE].len > 0)
		return true;
	return reader_wrong(k->r, 0, "%zu cells, where the header has %zu", n + 1,
	    k->n);
}

/* Kea notes the link-layer address when it could find it out; else the DUID may tell.
 */
static struct addr
client(struct kea *k)
{
	struct addr mac = { 0 };

	if (k->cells[HWADDR].len > 0 && addr_parse(k->cells[HWADDR], &mac))
		return mac;
	return duid_mac(hex_bare(k->r, k->cells[DUID]));
}

static void
lease(struct kea *k)
{
	struct addr ip = { 0 }, mac = client(k);
	unsigned long long lifetime = 0, state = 0, type = 0, length = 128;
	char quote[CSV_QUOTE];
	struct reader *r = k->r;
	int64_t expire;

	if (!addr_parse(k->cells[ADDRESS], &ip) ||
	    ip.kind != (k->six ? ADDR_IP6 : ADDR_IP4)) {
		(void)reader_wrong(r, 1, "'%s' is no address",
		    csv_quote(k->cells[ADDRESS], quote));
		return;
	}
	if (!text_number(k->cells[LIFETIME], &lifetime) || lifetime > UINT32_MAX ||
	    !when_epoch(k->cells[EXPIRE], &expire)) {
		(void)reader_wrong(r, 0,
		    "'%s' is no time of expiry, or '%s' no lifetime",
		    csv_quote(k->cells[EXPIRE], quote),
		    csv_quote(k->cells[LIFETIME], (char[CSV_QUOTE]){ 0 }));
		return;
	}
	(void)text_number(k->cells[STATE], &state);
	(void)text_number(k->cells[LEASE_TYPE], &type);
	(void)text_number(k->cells[PREFIX_LEN], &length);
	if (lifetime == 0 || state != STATE_DEFAULT || mac.kind != ADDR_MAC) {
		r->counts
		    ->other++; /* deleted, declined, reclaimed; or of nobody known */
		return;
	}
	reader_at(r, expire - (int64_t)lifetime * SECOND);
	r->counts->records++;
	struct text name = unescape(r, k->cells[HOSTNAME]);
	if (name.len > 0 && name.s[name.len - 1] == '.')
		name.len--;
	if (!k->six || (type != LEASE_PREFIX && length == 128))
		reader_bind_there(r, k->six ? FACT_DHCPV6_ADDRESS : FACT_DHCP_ADDRESS,
		    mac, ip);
	if (k->six) {
		reader_say(r, FACT_DHCPV6_FQDN, mac, name);
		reader_say(r, FACT_DHCPV6_DUID, mac, hex_bare(r, k->cells[DUID]));
	} else {
		reader_say(r, FACT_DHCP_HOSTNAME, mac, name);
		reader_say(r, FACT_DHCP_CLIENT_ID, mac,
		    hex_bare(r, k->cells[CLIENT_ID]));
	}
}

static void
read_leases(struct reader *r, bool six)
{
	struct kea k = { .r = r, .six = six };

	while (reader_line(r)) {
		if (r->line.len == 0 || r->line.s[0] == '#' || reader_is_cut(r))
			continue;
		/* lease files put behind each other have their headers each */
		if (text_starts(r->line, text_of("address,"))) {
			if (!header(&k))
				k.n = 0;
		} else if (k.n == 0) {
			(void)reader_wrong(r, 0, "a lease before the header");
		} else if (cells(&k)) {
			lease(&k);
		}
	}
}

bool
import_kea4_is(struct text head)
{
	return text_starts(head, text_of("address,hwaddr,client_id,"));
}

bool
import_kea6_is(struct text head)
{
	return text_starts(head, text_of("address,duid,"));
}

void
import_kea4_read(struct reader *r)
{
	read_leases(r, false);
}

void
import_kea6_read(struct reader *r)
{
	read_leases(r, true);
}
