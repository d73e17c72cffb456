/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_EVE_H
#define IMPORT_EVE_H

#include "import/jsonscan.h"
#include "import/reader.h"

/* The keys of an EVE line that somebody reads, in the order of eve_paths. */
enum eve_key {
	EVE_TIMESTAMP,
	EVE_TYPE,
	EVE_SRC_IP,
	EVE_SRC_PORT,
	EVE_DEST_IP,
	EVE_DEST_PORT,
	EVE_PROTO,
	EVE_VLAN,
	EVE_IP_V,
	EVE_SRC_MAC,
	EVE_DEST_MAC,
	EVE_SRC_MACS,
	EVE_DEST_MACS,
	EVE_DHCP_TYPE,
	EVE_DHCP_CLIENT_MAC,
	EVE_DHCP_ASSIGNED,
	EVE_DHCP_KIND,
	EVE_DHCP_REQUESTED,
	EVE_DHCP_HOSTNAME,
	EVE_DHCP_CLIENT_ID,
	EVE_DHCP_VENDOR,
	EVE_DHCP_LEASE,
	EVE_TLS_SNI,
	EVE_TLS_JA3,
	EVE_TLS_JA3_FULL,
	EVE_TLS_JA4,
	EVE_TLS_ALPNS,
	EVE_TLS_VERSION,
	EVE_QUIC_VERSION,
	EVE_QUIC_SNI,
	EVE_QUIC_UA,
	EVE_QUIC_JA3,
	EVE_QUIC_JA3_FULL,
	EVE_QUIC_JA4,
	EVE_HTTP_HOST,
	EVE_HTTP_UA,
	EVE_HTTP_SERVER,
	EVE_DNS_TYPE,
	EVE_DNS_RRNAME,
	EVE_DNS_QUERIES,
	EVE_MDNS_TYPE,
	EVE_MDNS_QUERIES,
	EVE_MDNS_ANSWERS,
	EVE_MDNS_ADDITIONALS,
	EVE_ARP_SRC_MAC,
	EVE_ARP_SRC_IP,
	EVE_FLOW_START,
	EVE_FLOW_END,
	EVE_FLOW_TO_SERVER,
	EVE_FLOW_TO_CLIENT,
	EVE_KEYS
};

extern const char *const eve_paths[EVE_KEYS];

/* The records of an array of DNS: a name and what it is said to be. */
enum dns_key {
	DNS_RRNAME,
	DNS_A,
	DNS_AAAA,
	DNS_PTR,
	DNS_SRV,
	DNS_TXT,
	DNS_OPT,
	DNS_KEYS
};

struct eve {
	struct reader *r;
	struct scan_keys *keys, *records;
	struct pick picks[EVE_KEYS];
};

struct text eve_text(struct eve *, enum eve_key);
/* eve_mdns.c */
void eve_mdns(struct eve *);

#endif
