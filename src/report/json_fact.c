/* SPDX-License-Identifier: ISC */
/* One fact on the wire as a line of the JSON contract. */
#include <stdio.h>

#include "report/json_parts.h"
#include "report/scrub.h"

void
json_addr(struct json *j, const char *key, struct addr a, const struct pseudonyms *p)
{
	char printed[ADDR_TEXT], buf[64];

	if (a.kind == ADDR_NONE)
		return;
	json_key(j, key);
	json_cstring(j,
	    pseudonym(p, addr_is_link(a) ? "mac" : "ip",
	        text_of(addr_print(a, printed)), buf));
}

/* EVE's names of the protocols that carry facts; others go by their number. */
static const char *
proto_name(uint8_t proto, char buf[4])
{
	switch (proto) {
	case 1:
		return "ICMP";
	case 2:
		return "IGMP";
	case 6:
		return "TCP";
	case 17:
		return "UDP";
	case 58:
		return "IPv6-ICMP";
	case 132:
		return "SCTP";
	}
	(void)snprintf(buf, 4, "%u", proto);
	return buf;
}

void
json_sighting(struct json *j, const struct sighting *s, const char *capture,
    const struct pseudonyms *p)
{
	bool ports = s->proto == 6 || s->proto == 17 || s->proto == 132;
	char number[4];

	json_addr(j, "src_ip", s->src_ip, p);
	if (ports) {
		json_key(j, "src_port");
		json_uint(j, s->src_port);
	}
	json_addr(j, "dest_ip", s->dst_ip, p);
	if (ports) {
		json_key(j, "dest_port");
		json_uint(j, s->dst_port);
	}
	if (s->proto != 0 || s->src_ip.kind != ADDR_NONE) {
		json_key(j, "proto");
		json_cstring(j, proto_name(s->proto, number));
	}
	if (s->src_mac.kind != ADDR_NONE || s->dst_mac.kind != ADDR_NONE) {
		json_key(j, "ether");
		json_open(j, '{');
		json_addr(j, "src_mac", s->src_mac, p);
		json_addr(j, "dest_mac", s->dst_mac, p);
		json_close(j, '}');
	}
	if (capture != NULL) {
		json_key(j, "capture");
		json_cstring(j, capture);
	}
	json_key(j, "frame");
	json_uint(j, s->frame);
}

void
json_value(struct json *j, enum fact_key key, struct text value,
    const struct pseudonyms *p)
{
	const char *what = p == NULL ? NULL : personal_kind(key, value);
	char buf[64];

	if (what != NULL) {
		json_key(j, "value");
		json_cstring(j, pseudonym(p, what, value, buf));
	} else if (text_is_utf8(value)) {
		json_key(j, "value");
		json_string(j, value);
	} else {
		struct writer hex;
		writer_to_memory(&hex);
		put_hex(&hex, value);
		json_key(j, "value_hex");
		json_string(j, writer_text(&hex));
		(void)writer_close(&hex);
	}
}

void
json_fact(struct writer *w, const struct fact *f, const char *capture,
    const char *decoder, const struct pseudonyms *p)
{
	struct json j = json_over(w);
	char time[TIME_TEXT];

	json_open(&j, '{');
	json_key(&j, "timestamp");
	json_cstring(&j, time_print(f->seen->time, time));
	json_key(&j, "event_type");
	json_cstring(&j, "fact");
	json_sighting(&j, f->seen, capture, p);
	json_key(&j, "fact");
	json_open(&j, '{');
	json_key(&j, "key");
	json_cstring(&j, fact_name(f->key));
	json_value(&j, f->key, f->value, p);
	json_key(&j, "decoder");
	json_cstring(&j, decoder);
	if (f->subject.kind != ADDR_NONE)
		json_addr(&j, "subject", f->subject, p);
	else {
		json_key(&j, "subject");
		json_null(&j);
	}
	json_event_end(&j);
}
