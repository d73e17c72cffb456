/* SPDX-License-Identifier: ISC */
/*
 * The logs of Zeek, however they are written: documentation of Zeek 7, "Log Files" and
 * the scripts base/protocols/conn, dhcp, dns, http, ssl;
 * policy/protocols/conn/mac-logging, vlan-logging and known-hosts;
 * base/frameworks/software. JA3 and JA4 are fields that the packages of these names add
 * to ssl.log. What Zeek says of the version of TLS and of ALPN is what the server
 * chose: no fact of the client.
 */
#include "import/zeek.h"

#include <stdio.h>

#include "base/csv.h"
#include "import/hex.h"

const char *const zeek_names[ZEEK_FIELDS] = {
	[ZEEK_TS] = "ts",
	[ZEEK_PATH] = "_path",
	[ZEEK_ORIG_H] = "id.orig_h",
	[ZEEK_ORIG_P] = "id.orig_p",
	[ZEEK_RESP_H] = "id.resp_h",
	[ZEEK_RESP_P] = "id.resp_p",
	[ZEEK_PROTO] = "proto",
	[ZEEK_VLAN] = "vlan",
	[ZEEK_INNER_VLAN] = "inner_vlan",
	[ZEEK_ORIG_L2] = "orig_l2_addr",
	[ZEEK_RESP_L2] = "resp_l2_addr",
	[ZEEK_DURATION] = "duration",
	[ZEEK_CONN_STATE] = "conn_state",
	[ZEEK_LOCAL_ORIG] = "local_orig",
	[ZEEK_LOCAL_RESP] = "local_resp",
	[ZEEK_ORIG_PKTS] = "orig_pkts",
	[ZEEK_RESP_PKTS] = "resp_pkts",
	[ZEEK_MAC] = "mac",
	[ZEEK_HOST_NAME] = "host_name",
	[ZEEK_CLIENT_FQDN] = "client_fqdn",
	[ZEEK_REQUESTED] = "requested_addr",
	[ZEEK_ASSIGNED] = "assigned_addr",
	[ZEEK_LEASE] = "lease_time",
	[ZEEK_MSG_TYPES] = "msg_types",
	[ZEEK_CLIENT_SOFTWARE] = "client_software",
	[ZEEK_SERVER_ADDR] = "server_addr",
	[ZEEK_SERVER_NAME] = "server_name",
	[ZEEK_CIPHER] = "cipher",
	[ZEEK_JA3] = "ja3",
	[ZEEK_JA4] = "ja4",
	[ZEEK_METHOD] = "method",
	[ZEEK_HOST] = "host",
	[ZEEK_USER_AGENT] = "user_agent",
	[ZEEK_QUERY] = "query",
	[ZEEK_QTYPE_NAME] = "qtype_name",
	[ZEEK_AA] = "AA",
	[ZEEK_SOFTWARE_TYPE] = "software_type",
	[ZEEK_UNPARSED] = "unparsed_version",
};

static const char *const logs[ZEEK_LOGS] = {
	[ZEEK_CONN] = "conn",
	[ZEEK_DHCP] = "dhcp",
	[ZEEK_DNS] = "dns",
	[ZEEK_HTTP] = "http",
	[ZEEK_SSL] = "ssl",
	[ZEEK_SOFTWARE] = "software",
	[ZEEK_KNOWN_HOSTS] = "known_hosts",
};

enum zeek_log
zeek_log_find(struct text path)
{
	unsigned i = 0;

	while (i < ZEEK_LOGS && !text_is(path, logs[i]))
		i++;
	return (enum zeek_log)i;
}

static bool
has(const struct zeek *z, enum zeek_field f)
{
	return z->fields[f].len > 0;
}

enum zeek_log
zeek_log_guess(const struct zeek *z)
{
	if (has(z, ZEEK_PATH))
		return zeek_log_find(z->fields[ZEEK_PATH]);
	if (has(z, ZEEK_CONN_STATE))
		return ZEEK_CONN;
	if (has(z, ZEEK_SOFTWARE_TYPE))
		return ZEEK_SOFTWARE;
	if (has(z, ZEEK_MAC) &&
	    (has(z, ZEEK_ASSIGNED) || has(z, ZEEK_HOST_NAME) ||
	        has(z, ZEEK_REQUESTED) || has(z, ZEEK_SERVER_ADDR) ||
	        has(z, ZEEK_MSG_TYPES)))
		return ZEEK_DHCP;
	if (has(z, ZEEK_QUERY) || has(z, ZEEK_QTYPE_NAME))
		return ZEEK_DNS;
	if (has(z, ZEEK_METHOD) || has(z, ZEEK_USER_AGENT))
		return ZEEK_HTTP;
	if (has(z, ZEEK_SERVER_NAME) || has(z, ZEEK_CIPHER) || has(z, ZEEK_JA3))
		return ZEEK_SSL;
	if (has(z, ZEEK_HOST) && !has(z, ZEEK_ORIG_H))
		return ZEEK_KNOWN_HOSTS;
	return ZEEK_LOGS;
}

static bool
address(struct zeek *z, enum zeek_field f, struct addr *out)
{
	char quote[CSV_QUOTE];

	if (!has(z, f) || addr_of(z->fields[f], out))
		return true;
	return reader_wrong(z->r, 0, "%s: '%s' is no address", zeek_names[f],
	    csv_quote(z->fields[f], quote));
}

static uint64_t
number(const struct zeek *z, enum zeek_field f)
{
	unsigned long long n;

	return text_number(z->fields[f], &n) ? n : 0;
}

static uint8_t
proto(struct text name)
{
	return text_is(name, "tcp") ? 6
	    : text_is(name, "udp")  ? 17
	    : text_is(name, "icmp") ? 1
	                            : 0;
}

static bool
sighting(struct zeek *z)
{
	struct sighting *s = &z->r->seen;
	struct text ts = z->fields[ZEEK_TS];
	char quote[CSV_QUOTE];
	int64_t at;

	if (!when_epoch(ts, &at) && !when_iso(z->r, ts, true, &at))
		return reader_wrong(z->r, 0, "ts: '%s' is no time",
		    csv_quote(ts, quote));
	reader_at(z->r, at);
	if (!address(z, ZEEK_ORIG_H, &s->src_ip) ||
	    !address(z, ZEEK_RESP_H, &s->dst_ip) ||
	    !address(z, ZEEK_ORIG_L2, &s->src_mac) ||
	    !address(z, ZEEK_RESP_L2, &s->dst_mac))
		return false;
	s->src_port = (uint16_t)number(z, ZEEK_ORIG_P);
	s->dst_port = (uint16_t)number(z, ZEEK_RESP_P);
	s->proto = proto(z->fields[ZEEK_PROTO]);
	uint64_t vlan = number(z,
	    has(z, ZEEK_INNER_VLAN) ? ZEEK_INNER_VLAN : ZEEK_VLAN);
	s->vlan = vlan < 4096 ? (uint16_t)vlan : 0;
	return true;
}

/* Zeek knows which networks are its own, where somebody told it; else the private ones.
 * Those of the site and of the link are so in any case. */
static bool
is_local(const struct zeek *z, enum zeek_field f, struct addr ip)
{
	struct text t = z->fields[f];

	if (t.len == 0)
		return reader_is_ours(z->r, ip);
	return text_is(t, "T") || text_is(t, "true") || addr_is_link_local(ip) ||
	    reader_is_of_site(z->r, ip);
}

static void
conn(struct zeek *z)
{
	const struct sighting *s = &z->r->seen;
	uint64_t orig = number(z, ZEEK_ORIG_PKTS), resp = number(z, ZEEK_RESP_PKTS);
	int64_t lasted = 0;

	if (has(z, ZEEK_DURATION) && !when_epoch(z->fields[ZEEK_DURATION], &lasted)) {
		(void)reader_wrong(z->r, 0, "duration: '%s' is no number of seconds",
		    csv_quote(z->fields[ZEEK_DURATION], (char[CSV_QUOTE]){ 0 }));
		return;
	}
	int64_t to = s->time + lasted;
	if (is_local(z, ZEEK_LOCAL_ORIG, s->src_ip) && (orig > 0 || resp == 0))
		reader_there(z->r, s->src_mac, s->src_ip, s->time, to, orig);
	if (is_local(z, ZEEK_LOCAL_RESP, s->dst_ip) && resp > 0)
		reader_there(z->r, s->dst_mac, s->dst_ip, s->time, to, resp);
	reader_contacted(z->r);
}

/* Of the items of a set or vector. */
static bool
has_item(struct text list, const char *wanted)
{
	struct text item;

	while (text_split(&list, ',', &item))
		if (text_is(item, wanted))
			return true;
	return false;
}

static void
dhcp(struct zeek *z)
{
	struct addr mac = { 0 }, given = { 0 };
	struct text lease = z->fields[ZEEK_LEASE];

	if (!address(z, ZEEK_MAC, &mac) || !address(z, ZEEK_ASSIGNED, &given))
		return;
	reader_say(z->r, FACT_DHCP_HOSTNAME, mac, z->fields[ZEEK_HOST_NAME]);
	reader_say(z->r, FACT_DHCP_FQDN, mac, z->fields[ZEEK_CLIENT_FQDN]);
	reader_say(z->r, FACT_DHCP_VENDOR_CLASS, mac, z->fields[ZEEK_CLIENT_SOFTWARE]);
	reader_say(z->r, FACT_DHCP_REQUESTED_ADDRESS, mac, z->fields[ZEEK_REQUESTED]);
	reader_say(z->r, FACT_DHCP_SERVER, mac, z->fields[ZEEK_SERVER_ADDR]);
	lease.len = text_find(lease, '.', 0); /* an interval: 3600.000000 */
	/* An offer binds nothing. Zeek before 2.6 logged acknowledgements alone. */
	if (given.kind == ADDR_NONE ||
	    (has(z, ZEEK_MSG_TYPES) && !has_item(z->fields[ZEEK_MSG_TYPES], "ACK")))
		return;
	reader_bind_there(z->r, FACT_DHCP_ADDRESS, mac, given);
	reader_say(z->r, FACT_DHCP_LEASE_TIME, mac, lease);
}

/* _service._tcp.local, as a query of mDNS names what is looked for. */
static struct text
service(struct text name)
{
	static const struct text none = { "", 0 };

	if (text_ends(name, text_of(".local")))
		name.len -= 6;
	if (!text_ends(name, text_of("._tcp")) && !text_ends(name, text_of("._udp")))
		return none;
	size_t at = name.len - 5;
	while (at > 0 && name.s[at - 1] != '.')
		at--;
	return name.s[at] == '_' ? (struct text){ name.s + at, name.len - at } : none;
}

static void
dns(struct zeek *z)
{
	struct addr host = z->r->seen.src_ip;
	struct text query = z->fields[ZEEK_QUERY], aa = z->fields[ZEEK_AA];

	reader_sender_there(z->r);
	switch (z->r->seen.dst_port) {
	case 5353: /* an answer that nobody asked for is logged like a query */
		if (!text_is(aa, "T") && !text_is(aa, "true"))
			reader_say(z->r, FACT_MDNS_QUERY, host, service(query));
		break;
	case 5355:
		reader_say(z->r, FACT_LLMNR_QUERY, host, query);
		break;
	case 137:
		break;
	default:
		reader_say(z->r, FACT_DNS_QUERY, host, query);
	}
}

static void
http(struct zeek *z)
{
	reader_sender_there(z->r);
	reader_say(z->r, FACT_HTTP_HOST, z->r->seen.src_ip, z->fields[ZEEK_HOST]);
	reader_say(z->r, FACT_HTTP_USER_AGENT, z->r->seen.src_ip,
	    z->fields[ZEEK_USER_AGENT]);
}

static void
ssl(struct zeek *z)
{
	const struct sighting *s = &z->r->seen;
	char ip[ADDR_TEXT];
	struct text server = text_of(addr_print(s->dst_ip, ip));
	bool named = has(z, ZEEK_SERVER_NAME);

	reader_sender_there(z->r);
	reader_say(z->r, FACT_TLS_SNI, s->src_ip, z->fields[ZEEK_SERVER_NAME]);
	if (!named)
		reader_say(z->r, FACT_TLS_SERVER_ADDRESS, s->src_ip, server);
	reader_say(z->r, FACT_TLS_JA3, s->src_ip, z->fields[ZEEK_JA3]);
	reader_say(z->r, FACT_TLS_JA4, s->src_ip, z->fields[ZEEK_JA4]);
	if (s->dst_port == 853)
		reader_say(z->r, FACT_HIDDEN_DOT, s->src_ip,
		    named ? z->fields[ZEEK_SERVER_NAME] : server);
}

/* What a host runs: base/protocols/http, policy/protocols/dhcp/software. */
static void
software(struct zeek *z)
{
	static const struct {
		const char *type;
		enum fact_key key;
	} known[] = {
		{ "HTTP::BROWSER", FACT_HTTP_USER_AGENT },
		{ "HTTP::SERVER", FACT_HTTP_SERVER },
		{ "DHCP::CLIENT", FACT_DHCP_VENDOR_CLASS },
	};
	struct addr host = { 0 };

	if (!address(z, ZEEK_HOST, &host))
		return;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_is(z->fields[ZEEK_SOFTWARE_TYPE], known[i].type))
			reader_say(z->r, known[i].key, host, z->fields[ZEEK_UNPARSED]);
	reader_there(z->r, (struct addr){ 0 }, host, z->r->seen.time, z->r->seen.time,
	    0);
}

static void
known_hosts(struct zeek *z)
{
	struct addr host = { 0 };

	if (address(z, ZEEK_HOST, &host))
		reader_there(z->r, (struct addr){ 0 }, host, z->r->seen.time,
		    z->r->seen.time, 0);
}

void
zeek_line(struct zeek *z)
{
	static void (*const take[ZEEK_LOGS])(struct zeek *) = {
		[ZEEK_CONN] = conn,
		[ZEEK_DHCP] = dhcp,
		[ZEEK_DNS] = dns,
		[ZEEK_HTTP] = http,
		[ZEEK_SSL] = ssl,
		[ZEEK_SOFTWARE] = software,
		[ZEEK_KNOWN_HOSTS] = known_hosts,
	};

	if (z->log == ZEEK_LOGS) {
		z->r->counts->other++;
		return;
	}
	if (!sighting(z))
		return;
	z->r->counts->records++;
	take[z->log](z);
}
