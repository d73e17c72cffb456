/* SPDX-License-Identifier: ISC */
#ifndef CAPTURE_LIVE_H
#define CAPTURE_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "capture/frame.h"

/*
 * A live interface: AF_PACKET with a TPACKET_V3 ring and a classic BPF filter in
 * the kernel. Opening needs CAP_NET_RAW; reading needs nothing, so the ring may
 * be opened in one process and read in another that has no right left.
 */
struct live;

/* The socket with its ring set up, promiscuous; or -1 with err. */
int live_socket(const char *interface, struct err *);
/* Maps the ring of such a socket; takes fd over. */
struct live *live_open(int fd, uint32_t index, struct err *);
/*
 * The next frame: 1; 0 when none came within timeout_ms; -1 on an error or when
 * the interface is gone.
 */
int live_next(struct live *, struct frame *, int timeout_ms, struct err *);
/*
 * No more than the kernel has seen by now: live_next gives what of it is in the ring
 * still, also in a block that is not full, and then 0.
 */
void live_stop(struct live *);
/*
 * Frames that the kernel saw and dropped since the opening; once it is stopped, until
 * then, and those that could not be got count as dropped.
 */
void live_counts(struct live *, uint64_t *seen, uint64_t *dropped);
void live_close(struct live *);

#endif
