/* SPDX-License-Identifier: ISC */
/*
 * The lease file of dnsmasq(8): a lease a line, its expiry in seconds since 1970 (0:
 * never), the link-layer address or IAID, the address, the name or *, the client id or
 * *; behind a line `duid …` those of DHCPv6, with the client's DUID at the end
 * (lease.c, lease_update_file). When a lease began is not written: what it says is
 * dated at the time of the file, or at the expiry when that was earlier.
 */
#include "base/csv.h"
#include "import/hex.h"

enum { EXPIRY, WHO, ADDRESS, NAME, ID, FIELDS };

/* "06-aa:bb:…" is an address of another hardware type than Ethernet's. */
static bool
is_mac(struct text t, struct addr *mac)
{
	return t.len == 17 && t.s[2] == ':' && addr_parse(t, mac) &&
	    mac->kind == ADDR_MAC;
}

static bool
is_set(struct text t)
{
	return t.len > 0 && !text_is(t, "*");
}

static void
lease(struct reader *r, const struct text f[FIELDS])
{
	struct addr ip = { 0 }, mac = { 0 };
	int64_t expiry, at = r->options->as_of;
	char quote[CSV_QUOTE];

	if (!when_epoch(f[EXPIRY], &expiry)) {
		(void)reader_wrong(r, 1, "'%s' is no time of expiry",
		    csv_quote(f[EXPIRY], quote));
		return;
	}
	if (!addr_parse(f[ADDRESS], &ip) ||
	    (ip.kind != ADDR_IP4 && ip.kind != ADDR_IP6)) {
		(void)reader_wrong(r, 0, "'%s' is no address",
		    csv_quote(f[ADDRESS], quote));
		return;
	}
	if (expiry > 0 && (at == TIME_NONE || expiry < at))
		at = expiry;
	struct text id = is_set(f[ID]) ? hex_bare(r, f[ID]) : (struct text){ "", 0 };
	bool six = ip.kind == ADDR_IP6;
	if (six)
		mac = duid_mac(id);
	else if (!is_mac(f[WHO], &mac))
		mac = (struct addr){ 0 };
	if (mac.kind == ADDR_NONE || at == TIME_NONE) {
		r->counts->other++;
		return;
	}
	reader_at(r, at);
	r->counts->records++;
	reader_bind(r, six ? FACT_DHCPV6_ADDRESS : FACT_DHCP_ADDRESS, mac, ip);
	if (is_set(f[NAME]))
		reader_say(r, six ? FACT_DHCPV6_FQDN : FACT_DHCP_HOSTNAME, mac,
		    f[NAME]);
	reader_say(r, six ? FACT_DHCPV6_DUID : FACT_DHCP_CLIENT_ID, mac, id);
}

static size_t
split(struct text line, struct text f[FIELDS])
{
	struct text rest = line, word;
	size_t n = 0;

	while (text_split(&rest, ' ', &word)) {
		if (word.len == 0)
			continue;
		if (n == FIELDS)
			return FIELDS + 1;
		f[n++] = word;
	}
	return n;
}

bool
import_dnsmasq_is(struct text head)
{
	struct text f[FIELDS], line = { head.s, text_find(head, '\n', 0) };
	struct addr a;
	int64_t at;

	line = text_trim(line);
	if (text_starts(line, text_of("duid ")))
		return true;
	return split(line, f) == FIELDS && when_epoch(f[EXPIRY], &at) &&
	    addr_parse(f[ADDRESS], &a) && (a.kind == ADDR_IP4 || a.kind == ADDR_IP6);
}

void
import_dnsmasq_read(struct reader *r)
{
	struct text f[FIELDS];

	while (reader_line(r)) {
		struct text line = text_trim(r->line);
		if (line.len == 0 || text_starts(line, text_of("duid ")) ||
		    reader_is_cut(r))
			continue;
		size_t n = split(line, f);
		if (n == FIELDS)
			lease(r, f);
		else
			(void)reader_wrong(r, 0,
			    "want five words: expiry, link-layer address, address, "
			    "name, client id");
	}
}
