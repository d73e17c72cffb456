/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_HIDDEN_H
#define DEVICE_HIDDEN_H

#include "device/device.h"

/*
 * Ways by which a device keeps from a listener which names it looks up or visits, or
 * with a tunnel whatever it does. It is no fault and speaks for no class; but what is
 * then not seen, was not absent.
 */
enum hidden {
	HIDDEN_DOH,   /* DNS over HTTPS, RFC 8484 */
	HIDDEN_DOT,   /* DNS over TLS, RFC 7858 */
	HIDDEN_DOQ,   /* DNS over QUIC, RFC 9250 */
	HIDDEN_ECH,   /* the name of a site inside an encrypted hello, RFC 9849 */
	HIDDEN_RELAY, /* iCloud Private Relay */
	HIDDEN_VPN,   /* WireGuard, OpenVPN, IPsec, SSTP */
	HIDDEN_WAYS
};

const char *hidden_word(enum hidden);  /* as in JSON and in knowledge: "doh" */
const char *hidden_about(enum hidden); /* "DNS over HTTPS" */

/* A bit a way, 1 << enum hidden: of what these rows say. */
unsigned rows_hide(const struct row *const *, size_t n);

/* How many devices of a settled register hide names in each way; in any at all. */
size_t register_hiding(const struct register_ *, size_t of[HIDDEN_WAYS]);
/* How many of its devices are known by private addresses of Bluetooth LE alone. */
size_t register_passing(const struct register_ *);

#endif
