/* SPDX-License-Identifier: ISC */
#ifndef CAPTURE_FRAME_H
#define CAPTURE_FRAME_H

#include <stdint.h>

#include "base/cursor.h"

/* Link types by their number at tcpdump.org/linktypes.html. */
enum link_type {
	LINK_NULL = 0,
	LINK_ETHERNET = 1,
	LINK_PPP = 9,
	LINK_PPP_HDLC = 50,
	LINK_RAW_BSD = 12, /* DLT_RAW of some systems; 14 on OpenBSD */
	LINK_RAW_OPENBSD = 14,
	LINK_RAW = 101,
	LINK_IEEE802_11 = 105,
	LINK_LOOP = 108,
	LINK_LINUX_SLL = 113,
	LINK_IEEE802_11_PRISM = 119,
	LINK_IEEE802_11_RADIOTAP = 127,
	LINK_IEEE802_11_AVS = 163,
	LINK_PPI = 192,
	LINK_BLUETOOTH_HCI_H4 = 187,
	LINK_BLUETOOTH_HCI_H4_WITH_PHDR = 201,
	LINK_IPV4 = 228,
	LINK_IPV6 = 229,
	LINK_BLUETOOTH_LE_LL = 251,
	LINK_BLUETOOTH_LINUX_MONITOR = 254,
	LINK_BLUETOOTH_LE_LL_WITH_PHDR = 256,
	LINK_NORDIC_BLE = 272,
	LINK_LINUX_SLL2 = 276
};

/* Bytes from a link, with the time and place at which they were seen. */
struct frame {
	struct cursor bytes; /* as captured; a view, valid until the next frame */
	uint32_t length;     /* on the wire: more than captured when it was cut */
	uint32_t link;       /* enum link_type, or a number not named there */
	uint32_t capture;    /* which file or interface, from 0 */
	uint64_t number;     /* in that file, from 1 */
	int64_t time;        /* from 1970 to 2106 in every frame of a file */
};

#endif
