/* SPDX-License-Identifier: ISC */
#ifndef DECODE_WIFI_CLIENTS_H
#define DECODE_WIFI_CLIENTS_H

#include "base/addr.h"
#include "base/text.h"

/*
 * The two halves of a client's signature, by its address, until both are there. A
 * table of a fixed size: the longest silent of a few places goes out for a newcomer.
 */
struct wifi_clients;

/* For so many at the most, rounded down; 0: the default. */
struct wifi_clients *wifi_clients_new(size_t most);
void wifi_clients_free(struct wifi_clients *);

enum wifi_half { WIFI_PROBE, WIFI_ASSOC };
enum { WIFI_HALF_MAX = 512 }; /* a longer one is not kept */

/*
 * Keeps this half as the client's last, and gives its other half as it is kept, or an
 * empty text. `fresh` tells that the client's last one was another, or none.
 */
struct text wifi_clients_keep(struct wifi_clients *, struct addr client, enum wifi_half,
    struct text half, bool *fresh);
/* Clients that went out with one half alone. */
uint64_t wifi_clients_evicted(const struct wifi_clients *);

#endif
