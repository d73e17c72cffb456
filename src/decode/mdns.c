/* SPDX-License-Identifier: ISC */
/*
 * Multicast DNS and service discovery: a host's own names, services and models,
 * and the services it looks for. RFC 6762, RFC 6763; the EDNS0 owner option of
 * draft-cheshire-edns0-owner-option.
 *
 * Whose records are these? Those of a response (or of a probe's authority section)
 * whose host has the sender's address. The answers in a query are what the sender
 * knows of others (RFC 6762 section 7.1): they are never read. A sleep proxy
 * answers for hosts that sleep: from one, only records tied to its own address.
 */
#include "base/hash.h"
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/dnsname.h"
#include "decode/line.h"
#include "decode/mdnstxt.h"

enum { PORT = 5353, QR = 0x8000, OPCODE = 0x7800 };
enum { CLASS_IN = 1, CLASS_MASK = 0x7fff }; /* the top bit: flush, or unicast wanted */
enum { EDNS_OWNER = 4 };

enum type {
	TYPE_A = 1,
	TYPE_PTR = 12,
	TYPE_HINFO = 13,
	TYPE_TXT = 16,
	TYPE_AAAA = 28,
	TYPE_SRV = 33,
	TYPE_OPT = 41,
	TYPE_ANY = 255
};

/* Records over these are not looked at: no host sends so many in one message. */
enum { RECORDS_MAX = 96, QUESTIONS_MAX = 64, SAID_MAX = 64 };

struct record {
	uint16_t type;
	uint64_t owner, target; /* hashes of names; target of PTR and SRV */
	struct cursor name, rdata;
	bool mine; /* of an address: it is the sender's */
};

struct reading {
	const struct context *ctx;
	struct cursor message;
	struct record records[RECORDS_MAX];
	size_t n;
	bool query;
	bool proxy;   /* an address must prove what is the sender's */
	bool foreign; /* some address in it is not the sender's */
	bool silent;  /* all of it is another's */
	uint64_t said[SAID_MAX];
	size_t n_said;
};

/* Where in a name its service stands: `_airplay` and `_tcp`, and what is before. */
struct service {
	struct text first, protocol;
	struct text instance; /* the one label before it, when there is just one */
	bool subtype;
};

static struct dns_name
name_at(const struct reading *r, struct cursor c)
{
	struct dns_name name UNSET;

	if (!dns_name_read(&c, r->message, &name))
		name.len = 0;
	return name;
}

static bool
find_service(const struct dns_name *name, struct service *s)
{
	struct text label, before[3] = { { NULL, 0 } };
	size_t n = 0;

	/* Keeps the last three labels: before the service, and its two. */
	for (size_t at = 0; dns_name_label(name, &at, &label); n++) {
		before[0] = before[1];
		before[1] = before[2];
		before[2] = label;
		if (!text_is_word(label, "_tcp") && !text_is_word(label, "_udp"))
			continue;
		if (before[1].len < 2 || before[1].s[0] != '_')
			continue;
		*s = (struct service){ .first = before[1], .protocol = label };
		s->subtype = text_is_word(before[0], "_sub");
		if (n == 2 && !s->subtype)
			s->instance = before[0];
		return true;
	}
	return false;
}

/* RFC 6763 section 9: _services._dns-sd._udp asks which services there are. */
static bool
is_enumeration(const struct service *s)
{
	return text_is_word(s->first, "_dns-sd");
}

static void
put_service(struct line *l, const struct service *s)
{
	line_put(l, s->first);
	line_char(l, '.');
	line_put(l, s->protocol);
}

/* Says a value once a message. */
static void
say_once(struct reading *r, enum fact_key key, struct text value)
{
	uint64_t hash = hash_bytes(value.s, value.len, (uint64_t)key);

	if (value.len == 0)
		return;
	for (size_t i = 0; i < r->n_said; i++)
		if (r->said[i] == hash)
			return;
	if (r->n_said < SAID_MAX)
		r->said[r->n_said++] = hash;
	say(r->ctx, key, r->ctx->seen.src_ip, value);
}

/* A host's name, without the domain of RFC 6762 section 3. */
static void
say_host(struct reading *r, struct cursor at)
{
	static const struct text local = { ".local", 6 };
	struct dns_name name = name_at(r, at);
	char buf[4 * DNS_NAME_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);

	if (name.len == 0)
		return;
	dns_name_print(&name, &l);
	struct text t = line_text(&l);
	if (t.len > local.len) {
		struct text tail = { t.s + t.len - local.len, local.len };
		t.len -= text_equal_word(tail, local) ? local.len : 0;
	}
	say_once(r, FACT_MDNS_NAME, t);
}

/*
 * The instance as a person would read it. AirTunes puts the link-layer address in
 * front, `MAC@name`; Wi-Fi sync has nothing but addresses in it.
 */
static void
say_instance(struct reading *r, const struct service *s)
{
	struct text t = s->instance;

	if (text_is_word(s->first, "_apple-mobdev2"))
		return;
	if (text_is_word(s->first, "_raop")) {
		size_t at = text_find(t, '@', 0);
		if (at < t.len)
			t = (struct text){ t.s + at + 1, t.len - at - 1 };
	}
	say_once(r, FACT_MDNS_INSTANCE, t);
}

static bool
say_service(struct reading *r, struct cursor at, struct line *l)
{
	struct dns_name name = name_at(r, at);
	struct service s;

	if (!find_service(&name, &s) || is_enumeration(&s))
		return false;
	put_service(l, &s);
	say_once(r, FACT_MDNS_SERVICE, line_text(l));
	say_instance(r, &s);
	return true;
}

static bool
is_queue(struct cursor rdata)
{
	while (cur_left(&rdata) > 0)
		if (txt_is_queue(text_from(cur_block8(&rdata))))
			return true;
	return false;
}

/* RFC 6763 section 6: strings `key=value`, each behind a length. */
static void
say_txt(struct reading *r, struct text service, struct cursor rdata)
{
	if (is_queue(rdata))
		return;
	while (cur_left(&rdata) > 0) {
		char buf[VALUE_MAX] UNSET;
		struct line l = line_over(buf, sizeof buf);
		struct text pair = text_from(cur_block8(&rdata)), value;
		const struct txt_key *key = txt_key_find(service, pair, &value);
		if (key == NULL)
			continue;
		line_put(&l, service);
		line_char(&l, ' ');
		line_word(&l, key->name);
		line_char(&l, '=');
		line_put(&l, value);
		struct text whole = line_text(&l), own = whole;
		if (whole.len == 0)
			continue;
		own.s += service.len + 1;
		own.len -= service.len + 1;
		if (key->means == TXT_ID)
			say_once(r, FACT_MDNS_DEVICE_ID, own);
		else
			say_once(r, FACT_MDNS_TXT, whole);
		if (key->means == TXT_MODEL)
			say_once(r, FACT_MDNS_MODEL, value);
		if (key->means == TXT_MAKER)
			say_once(r, FACT_MDNS_MANUFACTURER, value);
		if (key->means == TXT_OS)
			say_once(r, FACT_MDNS_OS_VERSION, own);
	}
}

/* RFC 1035 section 3.3.2: two strings, CPU and operating system. */
static void
say_hinfo(struct reading *r, struct cursor rdata)
{
	char buf[2 * UINT8_MAX + 1];
	struct line l = line_over(buf, sizeof buf);

	line_put(&l, text_from(cur_block8(&rdata)));
	line_char(&l, ' ');
	line_put(&l, text_from(cur_block8(&rdata)));
	if (cur_ok(&rdata))
		say_once(r, FACT_MDNS_HINFO, text_trim(line_text(&l)));
}

enum whose { NOBODYS, OURS, OTHERS };

/* Whose host a name is by the addresses in the message. */
static enum whose
whose_host(const struct reading *r, uint64_t host)
{
	enum whose found = NOBODYS;

	for (size_t i = 0; i < r->n; i++) {
		const struct record *a = &r->records[i];
		if ((a->type != TYPE_A && a->type != TYPE_AAAA) || a->owner != host)
			continue;
		if (a->mine)
			return OURS;
		found = OTHERS;
	}
	return found;
}

/* Without an address to prove it, a name is the sender's unless something speaks
 * against that. */
static bool
host_is_own(const struct reading *r, uint64_t host)
{
	enum whose whose = whose_host(r, host);

	if (whose != NOBODYS)
		return whose == OURS;
	return !r->proxy && !r->foreign;
}

static bool
any_own_address(const struct reading *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->records[i].mine)
			return true;
	return false;
}

/* A service instance belongs to the host its SRV record names, if there is one. */
static bool
instance_is_own(const struct reading *r, uint64_t instance)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct record *srv = &r->records[i];
		if (srv->type == TYPE_SRV && srv->owner == instance)
			return host_is_own(r, srv->target);
	}
	return !r->foreign && (!r->proxy || any_own_address(r));
}

static struct cursor
srv_target(struct cursor rdata)
{
	cur_skip(&rdata, 3 * 2); /* priority, weight, port */
	return rdata;
}

static void
say_record(struct reading *r, const struct record *a)
{
	char buf[2 * DNS_NAME_MAX] UNSET;
	struct line service = line_over(buf, sizeof buf);

	switch ((enum type)a->type) {
	case TYPE_A:
	case TYPE_AAAA:
		if (host_is_own(r, a->owner))
			say_host(r, a->name);
		break;
	case TYPE_HINFO:
		if (host_is_own(r, a->owner))
			say_hinfo(r, a->rdata);
		break;
	case TYPE_SRV:
		if (host_is_own(r, a->target)) {
			say_host(r, srv_target(a->rdata));
			(void)say_service(r, a->name, &service);
		}
		break;
	case TYPE_PTR:
		if (instance_is_own(r, a->target))
			(void)say_service(r, a->rdata, &service);
		break;
	case TYPE_TXT:
		if (instance_is_own(r, a->owner) && say_service(r, a->name, &service))
			say_txt(r, line_text(&service), a->rdata);
		break;
	case TYPE_OPT:
	case TYPE_ANY:
		break;
	}
}

/*
 * The owner option names the host of which a sleep proxy speaks: its own address and
 * the one that wakes it. An iPad names its peer-to-peer interface as the first and
 * the one that it speaks from as the second (seen in May 2020).
 */
static void
read_edns(struct reading *r, struct cursor rdata)
{
	while (cur_left(&rdata) > 0) {
		uint16_t code = cur_u16(&rdata);
		struct cursor value = cur_block16(&rdata);
		if (code != EDNS_OWNER)
			continue;
		cur_skip(&value, 1 + 1); /* version, sequence */
		struct addr mac = addr_read(&value, ADDR_MAC);
		struct addr wakes = addr_read(&value, ADDR_MAC);
		struct addr from = r->ctx->seen.src_mac;
		if (mac.kind == ADDR_NONE)
			continue;
		if (from.kind == ADDR_NONE)
			r->proxy = true; /* cannot tell: take it for one */
		else if (!addr_equal(mac, from) && !addr_equal(wakes, from))
			r->silent = true;
	}
}

static bool
is_sleep_proxy(const struct dns_name *name)
{
	struct service s;

	return find_service(name, &s) && text_is_word(s.first, "_sleep-proxy");
}

static bool
is_own_address(const struct reading *r, const struct record *a)
{
	struct cursor rdata = a->rdata;
	struct addr ip = addr_read(&rdata, a->type == TYPE_A ? ADDR_IP4 : ADDR_IP6);

	return ip.kind != ADDR_NONE && addr_equal(ip, r->ctx->seen.src_ip);
}

static void
keep_record(struct reading *r, struct record a, const struct dns_name *owner)
{
	struct dns_name target UNSET;

	if (r->n == RECORDS_MAX)
		return;
	target.len = 0;
	a.owner = dns_name_hash(owner, 0);
	if (a.type == TYPE_PTR)
		target = name_at(r, a.rdata);
	else if (a.type == TYPE_SRV)
		target = name_at(r, srv_target(a.rdata));
	a.target = dns_name_hash(&target, 0);
	if (a.type == TYPE_A || a.type == TYPE_AAAA)
		a.mine = is_own_address(r, &a);
	if ((a.type == TYPE_PTR || a.type == TYPE_SRV) && is_sleep_proxy(owner))
		r->proxy = true;
	r->records[r->n++] = a;
}

/* False where the message ends amiss. */
static bool
read_section(struct reading *r, struct cursor *c, unsigned count, bool wanted)
{
	struct dns_name name UNSET;

	for (unsigned i = 0; i < count; i++) {
		struct record a = { .name = *c };
		if (!dns_name_read(c, r->message, &name))
			return false;
		a.type = cur_u16(c);
		uint16_t class = cur_u16(c) & CLASS_MASK;
		uint32_t ttl = cur_u32(c);
		a.rdata = cur_block16(c);
		if (!cur_ok(c))
			return false;
		if (a.type == TYPE_OPT)
			read_edns(r, a.rdata);
		else if (wanted && class == CLASS_IN && ttl > 0) /* 0: goodbye */
			keep_record(r, a, &name);
	}
	return true;
}

/* A service that is asked for by type; a question by name asks for one host's. */
static void
say_question(struct reading *r, const struct dns_name *name, uint16_t type)
{
	char buf[2 * DNS_NAME_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);
	struct service s;

	if (!r->query || (type != TYPE_PTR && type != TYPE_ANY) ||
	    !find_service(name, &s))
		return;
	if (is_enumeration(&s))
		line_word(&l, "_services._dns-sd._udp");
	else if (s.instance.len > 0)
		return;
	else
		put_service(&l, &s);
	say_once(r, FACT_MDNS_QUERY, line_text(&l));
}

static bool
read_questions(struct reading *r, struct cursor *c, unsigned count)
{
	struct dns_name name UNSET;

	for (unsigned i = 0; i < count; i++) {
		if (!dns_name_read(c, r->message, &name))
			return false;
		uint16_t type = cur_u16(c), class = cur_u16(c) & CLASS_MASK;
		if (!cur_ok(c))
			return false;
		if (i < QUESTIONS_MAX && (class == CLASS_IN || class == TYPE_ANY))
			say_question(r, &name, type);
	}
	return true;
}

static void
say_records(struct reading *r)
{
	struct record *a;

	for (size_t i = 0; i < r->n; i++) {
		a = &r->records[i];
		if (a->type != TYPE_A && a->type != TYPE_AAAA)
			continue;
		if (whose_host(r, a->owner) == OTHERS)
			r->foreign = true;
	}
	for (size_t i = 0; i < r->n && !r->silent; i++)
		say_record(r, &r->records[i]);
}

enum decoded
mdns_decode(struct cursor c, const struct context *ctx)
{
	struct reading r UNSET;

	r.ctx = ctx;
	r.message = c;
	r.n = r.n_said = 0;
	r.proxy = r.foreign = r.silent = false;
	cur_skip(&c, 2); /* id */
	uint16_t flags = cur_u16(&c);
	unsigned questions = cur_u16(&c), answers = cur_u16(&c);
	unsigned authority = cur_u16(&c), additional = cur_u16(&c);

	if (!cur_ok(&c))
		return DECODED_SHORT;
	r.query = (flags & QR) == 0;
	if ((flags & OPCODE) != 0)
		return DECODED_NOT_MINE;
	/* RFC 6762 section 6: a response from another port is to be ignored. */
	if (!r.query && ctx->seen.src_port != PORT)
		return DECODED_BAD;

	/* Of a query, the authority section alone: what a probe wants for itself. */
	bool whole = read_questions(&r, &c, questions) &&
	    read_section(&r, &c, answers, !r.query) &&
	    read_section(&r, &c, authority, r.query) &&
	    read_section(&r, &c, additional, !r.query);
	/* The address that would speak against it may be in the part that is lost. */
	r.proxy = r.proxy || !whole;
	say_records(&r);
	if (whole)
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}
