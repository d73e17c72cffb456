/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

/* Counts of questions, answers, authorities and additionals. */
#define RESPONSE(an, ar) "\0\0\x84\0\0\0\0" an "\0\0\0" ar
#define QUERY(qd, an, ns) "\0\0\0\0\0" qd "\0" an "\0" ns "\0\0"
#define TTL "\0\0\x11\x94"
#define AIRPLAY "\010_airplay\4_tcp\5local\0"
#define INFO "\014_device-info\4_tcp\5local\0"
/* Names in full: each is then read by itself. */
#define A(host_len, host, ip) host_len host "\5local\0\0\1\x80\1" TTL "\0\4" ip
#define OWN_A A("\3", "Mac", "\300\0\2\7")
#define PTR AIRPLAY "\0\014\0\1" TTL "\0\031\3Den" AIRPLAY
#define SRV "\3Den" AIRPLAY "\0\x21\x80\1" TTL "\0\021\0\0\0\0\x1b\x58\3Mac\5local\0"
#define TXT                                                                            \
	"\3Den" INFO "\0\020\x80\1" TTL "\0\050\024model=MacBookPro14,1\012osxvers=20" \
	"\7pk=abcd"

static const char announcement[] = RESPONSE("\3", "\1") PTR SRV TXT OWN_A;

TEST(an_announcement_tells_a_hosts_names_services_and_model)
{
	static struct heard h;

	hear(&h, mdns_decode, announcement, sizeof announcement - 1);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "mdns.service 192.0.2.7 _airplay._tcp\n"
	    "mdns.instance 192.0.2.7 Den\n"
	    "mdns.name 192.0.2.7 Mac\n"
	    "mdns.service 192.0.2.7 _device-info._tcp\n"
	    "mdns.txt 192.0.2.7 _device-info._tcp model=MacBookPro14,1\n"
	    "mdns.model 192.0.2.7 MacBookPro14,1\n"
	    "mdns.txt 192.0.2.7 _device-info._tcp osxvers=20\n"
	    "mdns.os_version 192.0.2.7 osxvers=20\n");
}

/* Announced by a host: _ipp of a queue of CUPS, _airplay of a set. */
#define IPP "\4_ipp\4_tcp\5local\0"
#define SRV_OF(type, rdlen) \
	"\3Den" type "\0\x21\x80\1" TTL "\0" rdlen "\0\0\0\0\x1b\x58\3Mac\5local\0"

TEST(a_queue_of_a_print_server_is_not_the_servers_model)
{
	static const char queue[] = RESPONSE("\2", "\1")
	    SRV_OF(IPP, "\021") "\3Den" IPP "\0\020\x80\1" TTL "\0\046"
	                        "\020ty=HP LaserJet 4\024rp=printers/LaserJet" OWN_A;
	static const char printer[] = RESPONSE("\2", "\1")
	    SRV_OF(IPP, "\021") "\3Den" IPP "\0\020\x80\1" TTL "\0\036"
	                        "\020ty=HP LaserJet 4\014rp=ipp/print" OWN_A;
	static struct heard h;

	hear(&h, mdns_decode, queue, sizeof queue - 1);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "mdns.service 192.0.2.7 _ipp._tcp\n") != NULL);
	OK(strstr(h.text, "HP") == NULL);
	hear(&h, mdns_decode, printer, sizeof printer - 1);
	OK(strstr(h.text, "mdns.model 192.0.2.7 HP LaserJet 4\n") != NULL);
}

TEST(who_made_a_receiver_is_said)
{
	static const char tv[] = RESPONSE("\2", "\1")
	    SRV_OF(AIRPLAY, "\021") "\3Den" AIRPLAY "\0\020\x80\1" TTL
	                            "\0\025\024manufacturer=Samsung" OWN_A;
	static struct heard h;

	hear(&h, mdns_decode, tv, sizeof tv - 1);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "mdns.manufacturer 192.0.2.7 Samsung\n") != NULL);
}

TEST(records_of_a_host_with_another_address_are_not_the_senders)
{
	static const char proxied[] = RESPONSE("\3", "\1")
	    PTR SRV TXT A("\3", "Mac", "\300\0\2\x63");
	static struct heard h;

	hear(&h, mdns_decode, proxied, sizeof proxied - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(without_an_address_the_sender_of_a_response_is_believed)
{
	static const char bare[] = RESPONSE("\2", "\0") SRV TXT;
	static struct heard h;

	hear(&h, mdns_decode, bare, sizeof bare - 1);
	OK(strstr(h.text, "mdns.name 192.0.2.7 Mac\n") != NULL);
	OK(strstr(h.text, "mdns.model 192.0.2.7 MacBookPro14,1\n") != NULL);
}

TEST(known_answers_of_a_query_are_never_read)
{
	static const char known[] = QUERY("\1", "\1", "\0") AIRPLAY "\0\014\0\1" TXT;
	static struct heard h;

	hear(&h, mdns_decode, known, sizeof known - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "mdns.query 192.0.2.7 _airplay._tcp\n");
}

TEST(a_probe_tells_the_name_that_its_sender_wants)
{
	static const char probe[] = QUERY("\1", "\0",
	    "\1") "\3Mac\5local\0\0\xff\x80\1" OWN_A;
	static struct heard h;

	hear(&h, mdns_decode, probe, sizeof probe - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "mdns.name 192.0.2.7 Mac\n");
}

TEST(a_goodbye_says_nothing)
{
	static const char bye[] = RESPONSE("\1",
	    "\0") "\3Mac\5local\0\0\1\x80\1\0\0\0\0\0\4\300\0\2\7";
	static struct heard h;

	hear(&h, mdns_decode, bye, sizeof bye - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(a_sleep_proxy_speaks_for_others_unless_an_address_proves_it)
{
	static const char proxy[] = RESPONSE("\2",
	    "\0") "\014_sleep-proxy\4_udp\5local\0\0\014\0\1" TTL
	          "\0\005\2TV\300\014" TXT;
	static struct heard h;

	hear(&h, mdns_decode, proxy, sizeof proxy - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(an_owner_option_of_another_station_silences_the_message)
{
	static const char asleep[] = RESPONSE("\1", "\1") TXT
	    "\0\0\x29\5\xa0\0\0\0\0\0\014\0\4\0\010\0\1\2\0\0\0\0\x63";
	static const char awake[] = RESPONSE("\1", "\1") TXT
	    "\0\0\x29\5\xa0\0\0\0\0\0\014\0\4\0\010\0\1\2\0\0\0\0\7";
	static struct heard h;

	hear(&h, mdns_decode, asleep, sizeof asleep - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
	hear(&h, mdns_decode, awake, sizeof awake - 1);
	OK(strstr(h.text, "mdns.model 192.0.2.7 MacBookPro14,1\n") != NULL);
}

TEST(names_that_hold_addresses_lose_them)
{
	static const char raop[] = RESPONSE("\2",
	    "\0") "\5_raop\4_tcp\5local\0\0\014\0\1" TTL
	          "\0\023\020020000000007@Den\300\014"
	          "\016_apple-mobdev2\4_tcp\5local\0\0\014\0\1" TTL "\0\6\3x@y\300\x3b";
	static struct heard h;

	hear(&h, mdns_decode, raop, sizeof raop - 1);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "mdns.service 192.0.2.7 _raop._tcp\n"
	    "mdns.instance 192.0.2.7 Den\n"
	    "mdns.service 192.0.2.7 _apple-mobdev2._tcp\n");
}

TEST(a_receivers_own_identifiers_are_said_and_tags_that_change_are_not)
{
	static const char receiver[] = RESPONSE("\1",
	    "\1") "\3Den" AIRPLAY "\0\020\x80\1" TTL
	          "\0\056\032deviceid=02:00:00:00:00:07\7pk=abcd\012rpBA=1:2:3" OWN_A;
	static const char link[] = RESPONSE("\1",
	    "\1") "\3Den"
	          "\017_companion-link\4_tcp\5local\0\0\020\x80\1" TTL
	          "\0\044\012rpHN=12345\012rpAD=12345\7pk=abcd\005rpVr=" OWN_A;
	static struct heard h;

	hear(&h, mdns_decode, receiver, sizeof receiver - 1);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "mdns.service 192.0.2.7 _airplay._tcp\n"
	    "mdns.instance 192.0.2.7 Den\n"
	    "mdns.device_id 192.0.2.7 deviceid=02:00:00:00:00:07\n"
	    "mdns.device_id 192.0.2.7 pk=abcd\n"
	    "mdns.name 192.0.2.7 Mac\n");
	hear(&h, mdns_decode, link, sizeof link - 1);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "mdns.service 192.0.2.7 _companion-link._tcp\n"
	    "mdns.instance 192.0.2.7 Den\n"
	    "mdns.name 192.0.2.7 Mac\n");
}

TEST(airtunes_metadata_types_are_no_model)
{
	static const char raop[] = RESPONSE("\1",
	    "\0") "\1a\5_raop\4_tcp\5local\0\0\020\0\1" TTL
	          "\0\030\010md=0,1,2\015am=AppleTV5,3\0";
	static struct heard h;

	hear(&h, mdns_decode, raop, sizeof raop - 1);
	OK(strstr(h.text, "mdns.model 192.0.2.7 AppleTV5,3\n") != NULL);
	OK(strstr(h.text, "mdns.model 192.0.2.7 0,1,2\n") == NULL);
}

TEST(a_response_from_another_port_is_ignored)
{
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.seen.src_port = 40000;
	hear_in(&h, mdns_decode, announcement, sizeof announcement - 1, &ctx);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(mdns_cut_anywhere_reads_only_what_is_there)
{
	struct context ctx = heard_context(NULL);

	cut_everywhere(mdns_decode, announcement, sizeof announcement - 1, &ctx, false);
}
