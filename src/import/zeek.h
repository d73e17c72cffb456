/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_ZEEK_H
#define IMPORT_ZEEK_H

#include "import/reader.h"

/* The fields of Zeek's logs that somebody reads, in the order of zeek_names. */
enum zeek_field {
	ZEEK_TS,
	ZEEK_PATH,
	ZEEK_ORIG_H,
	ZEEK_ORIG_P,
	ZEEK_RESP_H,
	ZEEK_RESP_P,
	ZEEK_PROTO,
	ZEEK_VLAN,
	ZEEK_INNER_VLAN,
	ZEEK_ORIG_L2,
	ZEEK_RESP_L2,
	ZEEK_DURATION,
	ZEEK_CONN_STATE,
	ZEEK_LOCAL_ORIG,
	ZEEK_LOCAL_RESP,
	ZEEK_ORIG_PKTS,
	ZEEK_RESP_PKTS,
	ZEEK_MAC,
	ZEEK_HOST_NAME,
	ZEEK_CLIENT_FQDN,
	ZEEK_REQUESTED,
	ZEEK_ASSIGNED,
	ZEEK_LEASE,
	ZEEK_MSG_TYPES,
	ZEEK_CLIENT_SOFTWARE,
	ZEEK_SERVER_ADDR,
	ZEEK_SERVER_NAME,
	ZEEK_CIPHER,
	ZEEK_JA3,
	ZEEK_JA4,
	ZEEK_METHOD,
	ZEEK_HOST,
	ZEEK_USER_AGENT,
	ZEEK_QUERY,
	ZEEK_QTYPE_NAME,
	ZEEK_AA,
	ZEEK_SOFTWARE_TYPE,
	ZEEK_UNPARSED,
	ZEEK_FIELDS
};

extern const char *const zeek_names[ZEEK_FIELDS];

enum zeek_log {
	ZEEK_CONN,
	ZEEK_DHCP,
	ZEEK_DNS,
	ZEEK_HTTP,
	ZEEK_SSL,
	ZEEK_SOFTWARE,
	ZEEK_KNOWN_HOSTS,
	ZEEK_LOGS /* another one */
};

/* One line: its fields, empty when they are unset. */
struct zeek {
	struct reader *r;
	enum zeek_log log;
	struct text fields[ZEEK_FIELDS];
};

enum zeek_log zeek_log_find(struct text path);
/* By the fields that a line has, where it does not say of which log it is. */
enum zeek_log zeek_log_guess(const struct zeek *);
/* Says what the line says. */
void zeek_line(struct zeek *);

#endif
