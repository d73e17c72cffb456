/* SPDX-License-Identifier: ISC */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cursor.h"
#include "capture/frame.h"
#include "fact/fact.h"
#include "fact/server.h"

/*
 * frame -> facts. decode_frame() walks link, tunnel, network and transport
 * headers to the innermost packet, and hands what it carries to the decoders of
 * decoders.tsv. State (fragments, streams, addresses seen) lives in struct
 * decode, in tables of a fixed capacity that evict and count.
 */
enum decoded {
	DECODED,         /* read to its end */
	DECODED_SHORT,   /* more bytes were needed: of a stream, wait for them */
	DECODED_BAD,     /* against its standard */
	DECODED_NOT_MINE /* another protocol */
};

/* A message of a stream is offered up to this length, and never beyond it. */
enum { STREAM_MAX = 32 * 1024 };

struct decode_cache; /* decode/cache.h */
struct wifi_clients; /* decode/wifi_clients.h */
struct epdgs;        /* decode/epdg.h */

/* What a decoder of a stream leaves of what it was offered, when that was DECODED. */
struct stream_rest {
	size_t unread; /* bytes at its end: they are offered again with what follows */
	uint32_t skip; /* bytes that follow and say nothing: the rest of a body */
	bool inside;   /* what comes then is still of this message: the next chunk */
};

/* Of a body that is longer than this nobody waits for the end. */
enum { SKIP_MAX = 1 << 30 };

/*
 * What a decoder is given beside its bytes, and where its facts go. A decoder
 * that has read something calls say() with the address it speaks of.
 */
struct context {
	struct sighting seen;
	/* the innermost IP packet, from its first byte; empty without one */
	struct cursor ip;
	struct decode_cache *cache;   /* digests of hellos seen before; may be NULL */
	struct wifi_clients *clients; /* whose signature is half known; may be NULL */
	struct epdgs *epdgs;          /* gateways of mobile networks; may be NULL */
	uint32_t version;             /* of QUIC */
	bool cut;                 /* the capture cut this frame: short is our doing */
	struct stream_rest *rest; /* of a stream; may be NULL */
	bool inside;            /* of a stream: the bytes go on where `rest` said so */
	uint16_t decoder;       /* the row that runs, set by the caller */
	struct fact_set wanted; /* by anybody */
	const struct fact_sink *out;
};

/* False for a fact that costs something to make and that nobody asked for. */
static inline bool
wants(const struct context *ctx, enum fact_key key)
{
	return fact_set_has(&ctx->wanted, key);
}

/* Not said: what nobody wants, empty values, values over VALUE_MAX, a subject that is
 * no address. */
enum { VALUE_MAX = 4096 };
void say(const struct context *, enum fact_key, struct addr subject, struct text value);
void say_bytes(const struct context *, enum fact_key, struct addr subject,
    struct cursor);
/* Of the sender, the address of the other end. */
void say_peer(const struct context *, enum fact_key);

/* How a row of decoders.tsv is reached; `key` is an ethertype, protocol or port. */
enum carrier {
	ON_ETHER,  /* the bytes behind an ethertype */
	ON_SNAP,   /* behind IEEE 802.2 SNAP of a maker's own: its OUI, whose first byte
	            * is 0, and the protocol in 16 bits each */
	ON_IP,     /* the payload of an IP packet of protocol key */
	ON_ICMP6,  /* an ICMPv6 message of type key */
	ON_UDP,    /* a datagram from or to port key; 0: any, if transport.c knows
	            * its first bytes */
	ON_TCP,    /* the header of each segment with SYN set */
	ON_STREAM, /* the start of a message in one direction of a TCP connection
	            * from or to port key, offered by its first bytes; 0: any */
	ON_TEXT,   /* the same of any port, where it begins with a capital letter or an
	            * empty line: before ON_STREAM, and for what goes on inside */
	ON_DTLS,   /* a record of a DTLS handshake, on any UDP port; its hello whole */
	ON_QUIC,   /* the start of what a QUIC client says in its Initial packets, out
	            * of their protection and frames; any port */
	ON_WIFI,   /* an 802.11 management frame, from its frame control; key 0 */
	ON_BLE     /* what a Bluetooth LE device advertises; its address is src_mac */
};

typedef enum decoded (*decoder_fn)(struct cursor, const struct context *);

struct decoder {
	const char *name;
	enum carrier on;
	uint32_t key;
	const char *source, *about;
	decoder_fn decode;
};

/* The rows, in the order of decoders.tsv. */
const struct decoder *decoders(size_t *n);

#define DECODER(name, on, key, source, about) \
	enum decoded name##_decode(struct cursor, const struct context *);
#include "decoders.inc"
#undef DECODER

struct decode;

struct decode_options {
	const struct servers *servers; /* kept; NULL: none */
	struct fact_set wanted;        /* facts to say; empty: all of them */
	size_t max_addresses, max_flows, max_fragments; /* 0: the default */
};

struct decode *decode_new(const struct decode_options *); /* NULL: the defaults */
void decode_free(struct decode *);

/*
 * Everything that the frame says goes to `out`; presence of addresses goes to
 * `was`, once an hour of capture time for each, when the frame's time says that
 * the hour is over.
 */
struct presence_sink {
	void (*take)(void *state, const struct presence *);
	void *state;
};

void decode_frame(struct decode *, const struct frame *, const struct fact_sink *out,
    const struct presence_sink *was);
/* At the end of the input: the presences that are still open. */
void decode_finish(struct decode *, const struct presence_sink *was);

/* What was seen but could not be read: the report's blind spots. */
struct decode_counts {
	uint64_t frames;
	uint64_t link_unknown;    /* frames of a link type without a decoder */
	uint64_t bluetooth;       /* of what is no advertisement */
	uint64_t wifi_protected;  /* 802.11 frames that carry something encrypted */
	uint64_t wifi_bad;        /* received with errors, or behind a broken header */
	uint64_t clients_evicted; /* of 802.11, with half a signature */
	uint64_t bad, shorted;    /* decoders' verdicts */
	uint64_t hello_cut;       /* ClientHellos cut by the snap length */
	uint64_t fragments_lost, flows_evicted, addresses_evicted;
	uint64_t tunnelled; /* packets taken out of a tunnel */
};

struct decode_counts decode_counts(const struct decode *);

#endif
