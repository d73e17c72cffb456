/* SPDX-License-Identifier: ISC */
/*
 * Events `mdns` of Suricata 8 (rust/src/mdns/log.rs): RFC 6762, RFC 6763. The same
 * rules as in decode/mdns.c: the answers in a query are of others, and a response is
 * the sender's own unless an address in it says otherwise. Only that the owner of a
 * record is known by its name as it was written, where a dot inside a label looks like
 * any other.
 */
#include "decode/mdnstxt.h"
#include "import/eve.h"

enum { RECORDS_MOST = 96 };

struct answers {
	struct pick records[RECORDS_MOST][DNS_KEYS];
	size_t n;
	bool mine, foreign, proxy;
};

static struct text
without_local(struct text name)
{
	static const struct text local = { ".local", 6 };

	if (name.len > local.len &&
	    text_equal_word((struct text){ name.s + name.len - local.len, local.len },
	        local))
		name.len -= local.len;
	return name;
}

/* INSTANCE._service._tcp.local: where the service begins, or false. */
static bool
service_of(struct text name, struct text *instance, struct text *service)
{
	struct text t = without_local(name);
	size_t at = t.len;

	if (t.len < 8 ||
	    (!text_ends(t, text_of("._tcp")) && !text_ends(t, text_of("._udp"))))
		return false;
	at -= 5;
	while (at > 0 && t.s[at - 1] != '.')
		at--;
	if (t.s[at] != '_')
		return false;
	*service = (struct text){ t.s + at, t.len - at };
	*instance = (struct text){ t.s, at > 0 ? at - 1 : 0 };
	return true;
}

static struct text
field(struct eve *e, const struct pick record[DNS_KEYS], enum dns_key key)
{
	return pick_text(&e->r->arena, &record[key]);
}

/* Of the family of the sender's address: whether it is that one. */
static void
weigh_address(struct eve *e, struct answers *a, const struct pick record[DNS_KEYS])
{
	struct addr ip, sender = e->r->seen.src_ip;
	enum dns_key key = record[DNS_A].type != PICK_NONE ? DNS_A : DNS_AAAA;

	if (!addr_parse(field(e, record, key), &ip) || ip.kind != sender.kind)
		return;
	*(addr_equal(ip, sender) ? &a->mine : &a->foreign) = true;
}

static void
collect(struct eve *e, struct answers *a, enum eve_key list)
{
	struct text rest = e->picks[list].raw;
	struct scan_error error;
	struct pick one;

	if (e->picks[list].type != PICK_ARRAY)
		return;
	while (a->n < RECORDS_MOST && scan_each(&rest, &one)) {
		if (!scan_object(e->records, one.raw, a->records[a->n], &error))
			continue;
		a->proxy |= a->records[a->n][DNS_OPT].type == PICK_ARRAY;
		weigh_address(e, a, a->records[a->n++]);
	}
}

/* A host is the sender's when an address says so, or when none says anything. */
static bool
is_own(struct eve *e, const struct answers *a, struct text host)
{
	if (!a->foreign && !a->proxy)
		return true;
	for (size_t i = 0; i < a->n; i++) {
		struct addr ip;
		const struct pick *r = a->records[i];
		if (text_equal_word(field(e, r, DNS_RRNAME), host) &&
		    addr_parse(field(e, r,
		                   r[DNS_A].type != PICK_NONE ? DNS_A : DNS_AAAA),
		        &ip) &&
		    addr_equal(ip, e->r->seen.src_ip))
			return true;
	}
	return false;
}

/* AirTunes puts the link-layer address in front, MAC@name; Wi-Fi sync has only those.
 */
static void
say_instance(struct eve *e, struct text service, struct text instance)
{
	if (text_starts(service, text_of("_apple-mobdev2.")) || instance.len == 0 ||
	    instance.s[0] == '_')
		return;
	if (text_starts(service, text_of("_raop."))) {
		size_t at = text_find(instance, '@', 0);
		if (at < instance.len)
			instance = (struct text){ instance.s + at + 1,
				instance.len - at - 1 };
	}
	reader_say(e->r, FACT_MDNS_INSTANCE, e->r->seen.src_ip, instance);
}

static void
say_service(struct eve *e, struct text name)
{
	struct text instance, service;

	/* RFC 6763 section 9: the list of all services is none */
	if (!service_of(name, &instance, &service) || text_is(service, "_dns-sd._udp"))
		return;
	reader_say(e->r, FACT_MDNS_SERVICE, e->r->seen.src_ip, service);
	say_instance(e, service, instance);
}

static void
say_pair(struct eve *e, struct text service, struct text pair)
{
	struct text value;
	const struct txt_key *key = txt_key_find(service, pair, &value);
	struct addr host = e->r->seen.src_ip;
	struct writer w;

	if (key == NULL)
		return;
	writer_to_memory(&w);
	put_text(&w, service);
	put_char(&w, ' ');
	put(&w, key->name);
	put_char(&w, '=');
	put_text(&w, value);
	struct text whole = arena_text(&e->r->arena, writer_text(&w));
	struct text own = { whole.s + service.len + 1, whole.len - service.len - 1 };
	(void)writer_close(&w);
	reader_say(e->r, key->means == TXT_ID ? FACT_MDNS_DEVICE_ID : FACT_MDNS_TXT,
	    host, key->means == TXT_ID ? own : whole);
	if (key->means == TXT_MODEL)
		reader_say(e->r, FACT_MDNS_MODEL, host, value);
	if (key->means == TXT_MAKER)
		reader_say(e->r, FACT_MDNS_MANUFACTURER, host, value);
	if (key->means == TXT_OS)
		reader_say(e->r, FACT_MDNS_OS_VERSION, host, own);
}

static void
say_txt(struct eve *e, const struct pick record[DNS_KEYS])
{
	struct text instance, service, rest = record[DNS_TXT].raw;
	struct pick pair;

	if (record[DNS_TXT].type != PICK_ARRAY ||
	    !service_of(field(e, record, DNS_RRNAME), &instance, &service))
		return;
	struct text all = rest;
	while (scan_each(&all, &pair))
		if (txt_is_queue(pick_text(&e->r->arena, &pair)))
			return;
	while (scan_each(&rest, &pair))
		say_pair(e, service, pick_text(&e->r->arena, &pair));
}

static void
say_record(struct eve *e, const struct answers *a, const struct pick record[DNS_KEYS])
{
	struct text name = field(e, record, DNS_RRNAME);
	struct text target = field(e, record, DNS_SRV);
	struct addr host = e->r->seen.src_ip, ip;

	if (record[DNS_A].type != PICK_NONE || record[DNS_AAAA].type != PICK_NONE) {
		enum dns_key key = record[DNS_A].type != PICK_NONE ? DNS_A : DNS_AAAA;
		if (addr_parse(field(e, record, key), &ip) && addr_equal(ip, host))
			reader_say(e->r, FACT_MDNS_NAME, host, without_local(name));
		return;
	}
	if (target.len > 0 && is_own(e, a, target)) {
		reader_say(e->r, FACT_MDNS_NAME, host, without_local(target));
		say_service(e, name);
	}
	if (a->foreign || a->proxy)
		return; /* of PTR and TXT nobody says here whose they are */
	if (record[DNS_PTR].type == PICK_STRING)
		say_service(e, field(e, record, DNS_PTR));
	say_txt(e, record);
}

static void
say_queries(struct eve *e)
{
	struct text rest = e->picks[EVE_MDNS_QUERIES].raw, instance, service;
	struct pick one, record[DNS_KEYS];
	struct scan_error error;

	if (e->picks[EVE_MDNS_QUERIES].type != PICK_ARRAY)
		return;
	while (scan_each(&rest, &one))
		if (scan_object(e->records, one.raw, record, &error) &&
		    service_of(field(e, record, DNS_RRNAME), &instance, &service) &&
		    !text_is(service, "_dns-sd._udp"))
			reader_say(e->r, FACT_MDNS_QUERY, e->r->seen.src_ip, service);
}

void
eve_mdns(struct eve *e)
{
	struct answers *a;

	if (text_is(eve_text(e, EVE_MDNS_TYPE), "request")) {
		say_queries(e);
		return;
	}
	a = arena_take(&e->r->arena, sizeof *a);
	collect(e, a, EVE_MDNS_ANSWERS);
	collect(e, a, EVE_MDNS_ADDITIONALS);
	if (a->foreign && !a->mine)
		return; /* a reflector's: all of it is of others */
	for (size_t i = 0; i < a->n; i++)
		say_record(e, a, a->records[i]);
}
