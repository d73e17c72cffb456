/* SPDX-License-Identifier: ISC */
/*
 * IPsec: who begins to agree on keys with whom, IKE (RFC 7296, RFC 2408), and packets
 * of the tunnel, ESP (RFC 4303); both in UDP (RFC 3948) and TCP (RFC 9329). What goes
 * through the tunnel is not seen. L2TP over IPsec looks the same from outside.
 *
 * A phone that calls over Wi-Fi has a tunnel to its operator, for its calls alone: one
 * to a gateway of a mobile network (epdg.h) is not said.
 */
#include "decode/decode.h"
#include "decode/epdg.h"

enum { PORT_NAT = 4500, HEADER = 28, INITIATOR = 0x08, SPI_RESERVED = 255 };

/* Of a tunnel's packets these are enough: the first, and each sixteenth after it. */
enum { EACH = 16 };

static enum decoded
say_tunnel(const struct context *ctx)
{
	if (!epdg_is(ctx->epdgs, ctx->seen.dst_ip) &&
	    !epdg_is(ctx->epdgs, ctx->seen.src_ip))
		say_peer(ctx, FACT_HIDDEN_IPSEC);
	return DECODED;
}

/* RFC 7296 section 3.1; in version 1 the bit is nothing, and the first message alone
 * has no cookie of the other end (RFC 2408 section 3.1). */
static enum decoded
read_ike(struct cursor c, const struct context *ctx)
{
	size_t all = cur_left(&c);
	uint64_t initiator = (uint64_t)cur_u32(&c) << 32 | cur_u32(&c);
	uint64_t responder = (uint64_t)cur_u32(&c) << 32 | cur_u32(&c);

	cur_skip(&c, 1); /* next payload */
	unsigned version = cur_u8(&c) >> 4;
	cur_skip(&c, 1); /* exchange */
	uint8_t flags = cur_u8(&c);
	cur_skip(&c, 4); /* message */
	size_t length = cur_u32(&c);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (initiator == 0 || (version != 1 && version != 2) || length < HEADER)
		return DECODED_NOT_MINE;
	if (length > all && !ctx->cut)
		return DECODED_BAD;
	if (version == 2 ? (flags & INITIATOR) != 0 : responder == 0)
		return say_tunnel(ctx);
	return DECODED;
}

enum decoded
esp_decode(struct cursor c, const struct context *ctx)
{
	uint32_t spi = cur_u32(&c), number = cur_u32(&c);

	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (spi <= SPI_RESERVED)
		return DECODED_NOT_MINE;
	return number % EACH == 1 ? say_tunnel(ctx) : DECODED;
}

/*
 * RFC 3948 section 2: four zeros before IKE, else an SPI. Any program may have got this
 * port for its own end, so ESP is that which goes to it, and is as long as RFC 4303
 * section 2.4 wants; WireGuard, which some have here, begins as no SPI by chance does.
 */
static enum decoded
read_nat(struct cursor c, const struct context *ctx)
{
	struct cursor start = c;
	uint32_t spi = cur_u32(&c);

	if (spi == 0 && cur_ok(&c))
		return read_ike(c, ctx);
	if (ctx->seen.dst_port != PORT_NAT || cur_left(&start) % 4 != 0 ||
	    (spi & 0x00ffffff) == 0)
		return DECODED_NOT_MINE;
	return esp_decode(start, ctx);
}

enum decoded
ike_decode(struct cursor c, const struct context *ctx)
{
	if (ctx->seen.dst_port == PORT_NAT || ctx->seen.src_port == PORT_NAT)
		return read_nat(c, ctx);
	return read_ike(c, ctx);
}

/* RFC 9329 section 4: whoever opens the connection says so. */
enum decoded
ike_tcp_decode(struct cursor c, const struct context *ctx)
{
	static const struct text prefix = { "IKETCP", 6 };

	return text_starts(text_from(c), prefix) ? say_tunnel(ctx) : DECODED_NOT_MINE;
}
