/* SPDX-License-Identifier: ISC */
/*
 * EVE JSON of Suricata: one event a line. Suricata User Guide 8.0, section "Eve JSON
 * Format"; where that is silent, etc/schema.json and the loggers of its source
 * (rust/src/dhcp/logger.rs, rust/src/mdns/log.rs). Of DHCP the list of parameters is
 * not taken: Suricata writes only the eight of them that it has names for, so that the
 * fingerprint is gone. What a client says of itself stands in requests, which are
 * logged with `extended: yes`.
 */
#include "import/eve.h"

#include <stdio.h>

#include "base/csv.h"
#include "import/hex.h"

const char *const eve_paths[EVE_KEYS] = {
	[EVE_TIMESTAMP] = "timestamp",
	[EVE_TYPE] = "event_type",
	[EVE_SRC_IP] = "src_ip",
	[EVE_SRC_PORT] = "src_port",
	[EVE_DEST_IP] = "dest_ip",
	[EVE_DEST_PORT] = "dest_port",
	[EVE_PROTO] = "proto",
	[EVE_VLAN] = "vlan",
	[EVE_IP_V] = "ip_v",
	[EVE_SRC_MAC] = "ether/src_mac",
	[EVE_DEST_MAC] = "ether/dest_mac",
	[EVE_SRC_MACS] = "ether/src_macs",
	[EVE_DEST_MACS] = "ether/dest_macs",
	[EVE_DHCP_TYPE] = "dhcp/type",
	[EVE_DHCP_CLIENT_MAC] = "dhcp/client_mac",
	[EVE_DHCP_ASSIGNED] = "dhcp/assigned_ip",
	[EVE_DHCP_KIND] = "dhcp/dhcp_type",
	[EVE_DHCP_REQUESTED] = "dhcp/requested_ip",
	[EVE_DHCP_HOSTNAME] = "dhcp/hostname",
	[EVE_DHCP_CLIENT_ID] = "dhcp/client_id",
	[EVE_DHCP_VENDOR] = "dhcp/vendor_class_identifier",
	[EVE_DHCP_LEASE] = "dhcp/lease_time",
	[EVE_TLS_SNI] = "tls/sni",
	[EVE_TLS_JA3] = "tls/ja3/hash",
	[EVE_TLS_JA3_FULL] = "tls/ja3/string",
	[EVE_TLS_JA4] = "tls/ja4",
	[EVE_TLS_ALPNS] = "tls/client_alpns",
	[EVE_TLS_VERSION] = "tls/version",
	[EVE_QUIC_VERSION] = "quic/version",
	[EVE_QUIC_SNI] = "quic/sni",
	[EVE_QUIC_UA] = "quic/ua",
	[EVE_QUIC_JA3] = "quic/ja3/hash",
	[EVE_QUIC_JA3_FULL] = "quic/ja3/string",
	[EVE_QUIC_JA4] = "quic/ja4",
	[EVE_HTTP_HOST] = "http/hostname",
	[EVE_HTTP_UA] = "http/http_user_agent",
	[EVE_HTTP_SERVER] = "http/server",
	[EVE_DNS_TYPE] = "dns/type",
	[EVE_DNS_RRNAME] = "dns/rrname",
	[EVE_DNS_QUERIES] = "dns/queries",
	[EVE_MDNS_TYPE] = "mdns/type",
	[EVE_MDNS_QUERIES] = "mdns/queries",
	[EVE_MDNS_ANSWERS] = "mdns/answers",
	[EVE_MDNS_ADDITIONALS] = "mdns/additionals",
	[EVE_ARP_SRC_MAC] = "arp/src_mac",
	[EVE_ARP_SRC_IP] = "arp/src_ip",
	[EVE_FLOW_START] = "flow/start",
	[EVE_FLOW_END] = "flow/end",
	[EVE_FLOW_TO_SERVER] = "flow/pkts_toserver",
	[EVE_FLOW_TO_CLIENT] = "flow/pkts_toclient",
};

static const char *const record_paths[DNS_KEYS] = {
	[DNS_RRNAME] = "rrname",
	[DNS_A] = "a",
	[DNS_AAAA] = "aaaa",
	[DNS_PTR] = "ptr",
	[DNS_SRV] = "srv/name",
	[DNS_TXT] = "txt",
	[DNS_OPT] = "opt",
};

struct text
eve_text(struct eve *e, enum eve_key key)
{
	return pick_text(&e->r->arena, &e->picks[key]);
}

static void
say(struct eve *e, enum fact_key key, struct addr subject, enum eve_key value)
{
	if (e->picks[value].type != PICK_NONE)
		reader_say(e->r, key, subject, eve_text(e, value));
}

static bool
address(struct eve *e, enum eve_key key, struct addr *out)
{
	char quote[CSV_QUOTE];
	const struct pick *p = &e->picks[key];

	if (p->type == PICK_NONE || p->raw.len == 0)
		return true;
	if (p->type == PICK_STRING && addr_of(p->raw, out))
		return true;
	return reader_wrong(e->r, 0, "%s: '%s' is no address", eve_paths[key],
	    csv_quote(p->raw, quote));
}

/* The one address of a list of them: with more it is known of none. */
static struct addr
only_mac(struct eve *e, enum eve_key one, enum eve_key list)
{
	struct addr mac = { 0 }, none = { 0 };
	struct text rest = e->picks[list].raw;
	struct pick p;

	if (e->picks[one].type == PICK_STRING)
		return addr_parse(e->picks[one].raw, &mac) && mac.kind == ADDR_MAC
		    ? mac
		    : none;
	if (e->picks[list].type != PICK_ARRAY || !scan_each(&rest, &p) ||
	    !addr_parse(p.raw, &mac) || mac.kind != ADDR_MAC || scan_each(&rest, &p))
		return none;
	return mac;
}

static uint64_t
whole(const struct pick *p)
{
	unsigned long long n;

	return p->type == PICK_NUMBER && text_number(p->raw, &n) ? n : 0;
}

static uint8_t
proto(struct text name)
{
	static const struct {
		const char *name;
		uint8_t number;
	} known[] = { { "TCP", 6 }, { "UDP", 17 }, { "ICMP", 1 }, { "IPv6-ICMP", 58 },
		{ "SCTP", 132 } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_is_word(name, known[i].name))
			return known[i].number;
	return 0;
}

/* The innermost of `"vlan":[10,20]`, as everywhere here. */
static uint16_t
vlan(struct eve *e)
{
	struct text rest = e->picks[EVE_VLAN].raw;
	struct pick p = e->picks[EVE_VLAN];
	uint64_t n = whole(&p);

	if (p.type == PICK_ARRAY)
		while (scan_each(&rest, &p))
			n = whole(&p);
	return n < 4096 ? (uint16_t)n : 0;
}

static bool
when(struct eve *e, enum eve_key key, int64_t *at)
{
	char quote[CSV_QUOTE];
	struct text t = eve_text(e, key);

	if (e->picks[key].type == PICK_STRING && when_iso(e->r, t, true, at))
		return true;
	return reader_wrong(e->r, 0, "%s: '%s' is no time", eve_paths[key],
	    csv_quote(t, quote));
}

static bool
sighting(struct eve *e)
{
	struct sighting *s = &e->r->seen;
	int64_t at;

	if (!when(e, EVE_TIMESTAMP, &at))
		return false;
	reader_at(e->r, at);
	if (!address(e, EVE_SRC_IP, &s->src_ip) || !address(e, EVE_DEST_IP, &s->dst_ip))
		return false;
	s->src_port = (uint16_t)whole(&e->picks[EVE_SRC_PORT]);
	s->dst_port = (uint16_t)whole(&e->picks[EVE_DEST_PORT]);
	s->proto = proto(e->picks[EVE_PROTO].raw);
	s->src_mac = only_mac(e, EVE_SRC_MAC, EVE_SRC_MACS);
	s->dst_mac = only_mac(e, EVE_DEST_MAC, EVE_DEST_MACS);
	if (e->picks[EVE_VLAN].type != PICK_NONE)
		s->vlan = vlan(e);
	return true;
}

static const char *const dhcp_types[] = { NULL, "discover", "offer", "request",
	"decline", "ack", "nak", "release", "inform" };

static void
dhcp(struct eve *e)
{
	struct addr client = { 0 }, given = { 0 };
	struct text kind = eve_text(e, EVE_DHCP_KIND);

	if (!address(e, EVE_DHCP_CLIENT_MAC, &client) ||
	    !address(e, EVE_DHCP_ASSIGNED, &given))
		return;
	for (unsigned i = 1; i < sizeof dhcp_types / sizeof *dhcp_types; i++) {
		char number = (char)('0' + i);
		if (text_is(kind, dhcp_types[i]))
			reader_say(e->r, FACT_DHCP_MESSAGE_TYPE, client,
			    (struct text){ &number, 1 });
	}
	if (e->picks[EVE_DHCP_CLIENT_ID].type == PICK_STRING)
		reader_say(e->r, FACT_DHCP_CLIENT_ID, client,
		    hex_bare(e->r, eve_text(e, EVE_DHCP_CLIENT_ID)));
	if (text_is(eve_text(e, EVE_DHCP_TYPE), "request")) {
		say(e, FACT_DHCP_HOSTNAME, client, EVE_DHCP_HOSTNAME);
		say(e, FACT_DHCP_VENDOR_CLASS, client, EVE_DHCP_VENDOR);
		say(e, FACT_DHCP_REQUESTED_ADDRESS, client, EVE_DHCP_REQUESTED);
	} else if (text_is(kind, "ack")) {
		reader_bind_there(e->r, FACT_DHCP_ADDRESS, client, given);
		say(e, FACT_DHCP_LEASE_TIME, client, EVE_DHCP_LEASE);
	}
}

/* A server of encrypted DNS: its name, else its address. */
static void
say_hidden(struct eve *e, enum fact_key key, enum eve_key name)
{
	char ip[ADDR_TEXT];

	if (e->r->seen.dst_port != 853)
		return;
	if (e->picks[name].type == PICK_STRING)
		say(e, key, e->r->seen.src_ip, name);
	else
		reader_say(e->r, key, e->r->seen.src_ip,
		    text_of(addr_print(e->r->seen.dst_ip, ip)));
}

static void
say_alpns(struct eve *e, struct addr client)
{
	struct text rest = e->picks[EVE_TLS_ALPNS].raw;
	struct writer w;
	struct pick p;

	if (e->picks[EVE_TLS_ALPNS].type != PICK_ARRAY)
		return;
	writer_to_memory(&w);
	while (scan_each(&rest, &p)) {
		put(&w, w.len > 0 ? "," : "");
		put_text(&w, pick_text(&e->r->arena, &p));
	}
	reader_say(e->r, FACT_TLS_ALPN, client, writer_text(&w));
	(void)writer_close(&w);
}

static void
tls(struct eve *e)
{
	struct addr client = e->r->seen.src_ip;
	char ip[ADDR_TEXT];

	say(e, FACT_TLS_SNI, client, EVE_TLS_SNI);
	if (e->picks[EVE_TLS_SNI].type == PICK_NONE &&
	    e->picks[EVE_TLS_VERSION].type != PICK_NONE)
		reader_say(e->r, FACT_TLS_SERVER_ADDRESS, client,
		    text_of(addr_print(e->r->seen.dst_ip, ip)));
	say(e, FACT_TLS_JA3, client, EVE_TLS_JA3);
	say(e, FACT_TLS_JA3_FULL, client, EVE_TLS_JA3_FULL);
	say(e, FACT_TLS_JA4, client, EVE_TLS_JA4);
	say_alpns(e, client);
	say_hidden(e, FACT_HIDDEN_DOT, EVE_TLS_SNI);
}

/* What a ClientHello says: of the server's packets there are events, too. */
static bool
is_hello(const struct eve *e)
{
	static const enum eve_key keys[] = { EVE_QUIC_SNI, EVE_QUIC_UA, EVE_QUIC_JA3,
		EVE_QUIC_JA4 };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (e->picks[keys[i]].type != PICK_NONE)
			return true;
	return false;
}

/* Suricata writes versions by their names; RFC 9000 section 15, RFC 9369. */
static void
quic(struct eve *e)
{
	struct addr client = e->r->seen.src_ip;
	struct text version = eve_text(e, EVE_QUIC_VERSION);

	if (!is_hello(e))
		return;
	if (text_is(version, "1"))
		reader_say(e->r, FACT_QUIC_VERSION, client, text_of("00000001"));
	else if (text_is(version, "2"))
		reader_say(e->r, FACT_QUIC_VERSION, client, text_of("6b3343cf"));
	say(e, FACT_TLS_SNI, client, EVE_QUIC_SNI);
	say(e, FACT_QUIC_USER_AGENT, client, EVE_QUIC_UA);
	say(e, FACT_TLS_JA3, client, EVE_QUIC_JA3);
	say(e, FACT_TLS_JA3_FULL, client, EVE_QUIC_JA3_FULL);
	say(e, FACT_TLS_JA4, client, EVE_QUIC_JA4);
	say_hidden(e, FACT_HIDDEN_DOQ, EVE_QUIC_SNI);
}

static void
http(struct eve *e)
{
	say(e, FACT_HTTP_HOST, e->r->seen.src_ip, EVE_HTTP_HOST);
	say(e, FACT_HTTP_USER_AGENT, e->r->seen.src_ip, EVE_HTTP_UA);
	say(e, FACT_HTTP_SERVER, e->r->seen.dst_ip, EVE_HTTP_SERVER);
}

/* Version 2 has one name a line, version 3 (Suricata 8) a list of them. */
static void
dns(struct eve *e)
{
	struct text type = eve_text(e, EVE_DNS_TYPE),
	            rest = e->picks[EVE_DNS_QUERIES].raw;
	struct pick one, record[DNS_KEYS];
	struct scan_error error;

	if (!text_is(type, "query") && !text_is(type, "request"))
		return;
	reader_sender_there(e->r);
	say(e, FACT_DNS_QUERY, e->r->seen.src_ip, EVE_DNS_RRNAME);
	if (e->picks[EVE_DNS_QUERIES].type != PICK_ARRAY)
		return;
	while (scan_each(&rest, &one))
		if (scan_object(e->records, one.raw, record, &error))
			reader_say(e->r, FACT_DNS_QUERY, e->r->seen.src_ip,
			    pick_text(&e->r->arena, &record[DNS_RRNAME]));
}

static void
arp(struct eve *e)
{
	struct addr mac = { 0 }, ip = { 0 };

	if (address(e, EVE_ARP_SRC_MAC, &mac) && address(e, EVE_ARP_SRC_IP, &ip))
		reader_bind_there(e->r, FACT_ARP_ADDRESS, mac, ip);
}

/* Both ends were there if both spoke; the Internet's addresses are nobody's here, but
 * for those of the site. */
static void
flow(struct eve *e)
{
	const struct sighting *s = &e->r->seen;
	uint64_t to_server = whole(&e->picks[EVE_FLOW_TO_SERVER]);
	uint64_t to_client = whole(&e->picks[EVE_FLOW_TO_CLIENT]);
	int64_t from, to = s->time;

	if (!when(e, EVE_FLOW_START, &from) ||
	    (e->picks[EVE_FLOW_END].type != PICK_NONE && !when(e, EVE_FLOW_END, &to)))
		return;
	if (to_server > 0 && reader_is_ours(e->r, s->src_ip))
		reader_there(e->r, s->src_mac, s->src_ip, from, to, to_server);
	if (to_client > 0 && reader_is_ours(e->r, s->dst_ip))
		reader_there(e->r, s->dst_mac, s->dst_ip, from, to, to_client);
	reader_contacted(e->r);
}

/*
 * `sent`: whoever is src_ip sent it, and so was there; a flow tells that itself.
 * `turned`: src_ip is the client whichever packet ended the transaction, but before
 * Suricata 8, which writes ip_v, src_mac was who sent that packet: the server as often
 * (issue 6405 of Suricata). Of those the link-layer addresses are not taken.
 */
static const struct {
	const char *type;
	void (*take)(struct eve *);
	bool sent, turned;
} events[] = { { "flow", flow, false, false }, { "dns", dns, false, true },
	{ "tls", tls, true, true }, { "http", http, true, true },
	{ "quic", quic, true, false }, { "mdns", eve_mdns, true, false },
	{ "dhcp", dhcp, false, false }, { "arp", arp, false, false } };

enum { EVENTS = sizeof events / sizeof *events };

static void
line(struct eve *e)
{
	struct scan_error error;
	unsigned i = 0;

	if (!scan_object(e->keys, e->r->line, e->picks, &error)) {
		(void)reader_wrong(e->r, error.at + 1, "%s", error.what);
		return;
	}
	if (e->picks[EVE_TYPE].type != PICK_STRING) {
		(void)reader_wrong(e->r, 0,
		    "no \"event_type\": want an event of Suricata");
		return;
	}
	struct text type = e->picks[EVE_TYPE].raw;
	while (i < EVENTS && !text_is(type, events[i].type))
		i++;
	if (i == EVENTS) {
		e->r->counts->other++; /* stats, alert, fileinfo, … */
		return;
	}
	if (!sighting(e))
		return;
	if (events[i].turned && e->picks[EVE_IP_V].type == PICK_NONE)
		e->r->seen.src_mac = e->r->seen.dst_mac = (struct addr){ 0 };
	e->r->counts->records++;
	if (events[i].sent)
		reader_sender_there(e->r);
	events[i].take(e);
}

bool
import_suricata_eve_is(struct text head)
{
	struct text rest = head, first;

	while (text_split(&rest, '\n', &first)) {
		first = text_trim(first);
		if (first.len > 0)
			break;
	}
	if (first.len == 0 || first.s[0] != '{')
		return false;
	return memmem(first.s, first.len, "\"event_type\"", 12) != NULL &&
	    memmem(first.s, first.len, "\"timestamp\"", 11) != NULL;
}

void
import_suricata_eve_read(struct reader *r)
{
	struct eve e = { .r = r,
		.keys = scan_keys_new(eve_paths, EVE_KEYS),
		.records = scan_keys_new(record_paths, DNS_KEYS) };

	while (reader_line(r))
		if (r->line.len > 0)
			line(&e);
	scan_keys_free(e.keys);
	scan_keys_free(e.records);
}
