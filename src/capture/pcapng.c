/* SPDX-License-Identifier: ISC */
/*
 * pcapng: draft-ietf-opsawg-pcapng. Sections in either byte order, each with its own
 * interfaces. Which blocks have a frame number is as tshark counts.
 */
#include "capture/window.h"

#include "base/time.h"

enum block_type {
	BLOCK_INTERFACE = 1,
	BLOCK_PACKET = 2, /* obsolete: section A.1 */
	BLOCK_SIMPLE_PACKET = 3,
	BLOCK_STATISTICS = 5,
	BLOCK_ENHANCED_PACKET = 6,
	BLOCK_JOURNAL = 9,
	BLOCK_SYSDIG_EVENT = 0x204,
	BLOCK_SYSDIG_EVENT_V2 = 0x216,
	BLOCK_SYSDIG_EVENT_V2_LARGE = 0x221,
	BLOCK_CUSTOM = 0x0bad,
	BLOCK_CUSTOM_NO_COPY = 0x40000bad
};

/* The same in both byte orders; the order is told by the word after the length. */
#define BLOCK_SECTION UINT32_C(0x0a0d0d0a)
#define BYTE_ORDER_MAGIC UINT32_C(0x1a2b3c4d)

enum option_type {
	OPTION_END = 0,
	OPTION_COMMENT = 1,
	OPTION_FRAME_DROPS = 4,    /* of an enhanced packet block */
	OPTION_RECEIVER_DROPS = 5, /* of a statistics block … */
	OPTION_SYSTEM_DROPS = 7,   /* … too */
	OPTION_RESOLUTION = 9,     /* of an interface description … */
	OPTION_OFFSET = 14         /* … too */
};

enum {
	LEAST = 12, /* type, length, and the length again */
	SECTION_LEAST = 28
};

bool
pcapng_is(struct cursor first)
{
	return cur_u32(&first) == BLOCK_SECTION;
}

/* The next option; false at the end of them. */
static bool
next_option(struct cursor *options, bool big, uint16_t *type, struct cursor *value)
{
	if (cur_left(options) < 4)
		return false;
	*type = half(options, big);
	size_t n = half(options, big);
	*value = cur_take(options, n);
	if (*type == OPTION_END || !cur_ok(options))
		return false;
	size_t padding = -n & 3;
	cur_skip(options, padding < cur_left(options) ? padding : cur_left(options));
	return true;
}

static uint64_t
wide(struct cursor *c, bool big)
{
	return big ? cur_u64(c) : cur_u64le(c);
}

/* if_tsresol: 10^-n, or 2^-n with the highest bit set. */
static void
set_resolution(struct interface *i, uint8_t resolution)
{
	uint64_t power = 1;
	unsigned n = resolution & 0x7f;

	i->multiple = i->divide = 0;
	i->bits = (uint8_t)n;
	if (resolution & 0x80)
		return;
	for (unsigned k = n < 9 ? n : 9; k < 9; k++)
		power *= 10;
	if (n <= 9) {
		i->multiple = power;
		return;
	}
	for (unsigned k = 9; k < n && k < 28; k++)
		power *= 10;
	/* finer still, and 64 bits do not hold more than a nanosecond */
	i->divide = n > 28 ? UINT64_MAX : power;
}

/* False when the time is outside of what a frame can have. */
static bool
frame_time(const struct interface *i, uint64_t units, int64_t *time)
{
	__extension__ typedef __int128 wide_time;
	wide_time t;

	if (i->multiple > 0)
		t = (wide_time)units * (wide_time)i->multiple;
	else if (i->divide > 0)
		t = units / i->divide;
	else
		t = ((wide_time)units * SECOND) >> i->bits;
	t += (wide_time)i->offset * SECOND;
	if (t < 0 || t >= TIME_MOST)
		return false;
	*time = (int64_t)t;
	return true;
}

static enum capture_state
bad_block(struct capture *c, uint64_t offset, const char *what)
{
	return capture_damaged(c, "%s, in the block at offset %s (after frame %s)",
	    what, capture_digits(offset).text, capture_digits(c->number).text);
}

static void
close_section(struct capture *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->dropped_before += interface_dropped(&c->interfaces[i]);
	c->n = 0;
}

static enum capture_state
add_interface(struct capture *c, struct cursor body, uint64_t offset)
{
	struct interface i = { .multiple = 1000 };
	struct cursor value;
	uint16_t type;

	i.link = capture_link(half(&body, c->big));
	cur_skip(&body, 2);
	i.snaplen = word(&body, c->big);
	if (!cur_ok(&body))
		return bad_block(c, offset, "an interface that is not described");
	if (c->n == INTERFACES_MOST)
		return bad_block(c, offset, "more than 65,536 interfaces");
	while (next_option(&body, c->big, &type, &value)) {
		if (type == OPTION_RESOLUTION && cur_left(&value) == 1)
			set_resolution(&i, cur_u8(&value));
		else if (type == OPTION_OFFSET && cur_left(&value) == 8)
			i.offset = (int64_t)wide(&value, c->big);
	}
	if (c->n == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 8;
		c->interfaces = must_grow(c->interfaces, c->room, sizeof i);
	}
	c->interfaces[c->n++] = i;
	capture_snaplen(c, i.snaplen);
	return CAPTURE_FRAME;
}

static void
take_statistics(struct capture *c, struct cursor body)
{
	uint32_t id = word(&body, c->big);
	uint64_t dropped = 0;
	struct cursor value;
	uint16_t type;

	cur_skip(&body, 8);
	while (next_option(&body, c->big, &type, &value))
		if (type == OPTION_RECEIVER_DROPS || type == OPTION_SYSTEM_DROPS)
			dropped += wide(&value, c->big);
	if (id < c->n)
		c->interfaces[id].dropped_in_statistics = dropped;
}

/* A frame in whichever of the three blocks, as they are read. */
struct packet {
	uint32_t interface, captured, length;
	uint64_t units;
	bool timed;
};

static struct packet
read_packet(struct capture *c, uint32_t type, struct cursor *body)
{
	struct packet p = { .timed = type != BLOCK_SIMPLE_PACKET };

	if (type == BLOCK_ENHANCED_PACKET) {
		p.interface = word(body, c->big);
	} else if (type == BLOCK_PACKET) {
		p.interface = half(body, c->big);
		uint16_t drops = half(body, c->big);
		if (p.interface < c->n && drops != UINT16_MAX)
			c->interfaces[p.interface].dropped_in_frames += drops;
	}
	if (p.timed) {
		p.units = (uint64_t)word(body, c->big) << 32;
		p.units |= word(body, c->big);
		p.captured = word(body, c->big);
		p.length = word(body, c->big);
		return p;
	}
	/* section 4.4: cut by the first interface's snap length alone */
	p.captured = p.length = word(body, c->big);
	if (c->n > 0 && c->interfaces[0].snaplen > 0 &&
	    p.captured > c->interfaces[0].snaplen)
		p.captured = c->interfaces[0].snaplen;
	return p;
}

static void
take_drops(struct capture *c, struct interface *i, struct cursor options)
{
	struct cursor value;
	uint16_t type;

	while (next_option(&options, c->big, &type, &value))
		if (type == OPTION_FRAME_DROPS)
			i->dropped_in_frames += wide(&value, c->big);
}

/* CAPTURE_END: a frame of an interface that was never described; it is passed over. */
static enum capture_state
take_packet(struct capture *c, uint32_t type, struct cursor body, uint64_t offset,
    struct frame *frame)
{
	struct packet p = read_packet(c, type, &body);
	struct cursor bytes = cur_take(&body, p.captured);

	if (!cur_ok(&body))
		return bad_block(c, offset, "a frame longer than its block");
	c->number++;
	if (p.interface >= c->n) {
		c->counts.skipped++;
		return CAPTURE_END;
	}
	struct interface *i = &c->interfaces[p.interface];
	if (!p.timed || !frame_time(i, p.units, &c->time))
		c->counts.untimed++;
	size_t padding = -(size_t)p.captured & 3;
	if (type == BLOCK_ENHANCED_PACKET && cur_left(&body) >= padding + 4) {
		cur_skip(&body, padding);
		take_drops(c, i, body);
	}
	*frame = (struct frame){ bytes, p.length, i->link, c->index, c->number,
		c->time };
	c->counts.frames++;
	c->counts.bytes += p.captured;
	c->counts.cut += p.captured < p.length;
	return CAPTURE_FRAME;
}

static bool
holds_packet(uint32_t type)
{
	return type == BLOCK_ENHANCED_PACKET || type == BLOCK_SIMPLE_PACKET ||
	    type == BLOCK_PACKET;
}

/* Blocks that tshark numbers, and from which nothing here is read. */
static bool
has_number(uint32_t type)
{
	return type == BLOCK_JOURNAL || type == BLOCK_CUSTOM ||
	    type == BLOCK_CUSTOM_NO_COPY || type == BLOCK_SYSDIG_EVENT ||
	    type == BLOCK_SYSDIG_EVENT_V2 || type == BLOCK_SYSDIG_EVENT_V2_LARGE;
}

/* A block's type and size at the window's front; section headers set the order. */
struct block {
	uint64_t offset;
	uint32_t type, length;
	size_t padded; /* some writers forget the padding in the length, never in the
	                  file */
};

static enum capture_state
next_block(struct capture *c, struct block *b)
{
	b->offset = window_offset(c);
	if (!window_holds(c, LEAST)) {
		struct cursor peek = c->window;
		return capture_ended(c, b->offset, holds_packet(word(&peek, c->big)));
	}
	struct cursor header = c->window;
	header.end = header.at + LEAST;
	b->type = word(&header, c->big);
	struct cursor order = header;
	cur_skip(&order, 4);
	uint32_t magic = cur_u32(&order);
	if (b->type == BLOCK_SECTION) {
		if (magic != BYTE_ORDER_MAGIC &&
		    magic != __builtin_bswap32(BYTE_ORDER_MAGIC))
			return bad_block(c, b->offset, "no byte order");
		c->big = magic == BYTE_ORDER_MAGIC;
	}
	b->length = word(&header, c->big);
	b->padded = ((size_t)b->length + 3) & ~(size_t)3;
	if (b->length < (b->type == BLOCK_SECTION ? SECTION_LEAST : LEAST))
		return bad_block(c, b->offset, "a length too short for a block");
	return CAPTURE_FRAME;
}

static enum capture_state
pass_block(struct capture *c, const struct block *b)
{
	if (!window_pass(c, b->padded - 4) || !window_holds(c, 4))
		return capture_ended(c, b->offset, false);
	if (word(&c->window, c->big) != b->length)
		return bad_block(c, b->offset, "two lengths that differ");
	if (has_number(b->type)) {
		c->number++;
		c->counts.skipped++;
	}
	return CAPTURE_FRAME;
}

/* The body of a block that is wanted whole. */
static enum capture_state
hold_block(struct capture *c, const struct block *b, struct cursor *body)
{
	if (b->padded > RECORD_MOST)
		return bad_block(c, b->offset, "a length beyond all measure");
	if (!window_holds(c, b->padded))
		return capture_ended(c, b->offset, holds_packet(b->type));
	struct cursor block = cur_take(&c->window, b->padded);
	cur_skip(&block, 8);
	*body = cur_take(&block, b->padded - LEAST);
	if (word(&block, c->big) != b->length)
		return bad_block(c, b->offset, "two lengths that differ");
	return CAPTURE_FRAME;
}

/* Section 4.1: the version is 1.0; 1.2 was written by some and means the same. */
static enum capture_state
begin_section(struct capture *c, struct cursor body, uint64_t offset)
{
	struct cursor value;
	uint16_t type;

	cur_skip(&body, 4);
	if (half(&body, c->big) != 1)
		return bad_block(c, offset, "a version other than 1");
	cur_skip(&body, 2 + 8); /* minor version, section length */
	while (next_option(&body, c->big, &type, &value))
		if (type == OPTION_COMMENT &&
		    text_starts(text_from(value), text_of("synthetic")))
			c->counts.synthetic = true;
	close_section(c);
	return CAPTURE_FRAME;
}

static enum capture_state
pcapng_next(struct capture *c, struct frame *frame)
{
	for (;;) {
		struct block b;
		struct cursor body;
		enum capture_state state = next_block(c, &b);
		if (state != CAPTURE_FRAME)
			return state;
		bool packet = holds_packet(b.type);
		if (!packet && b.type != BLOCK_SECTION && b.type != BLOCK_INTERFACE &&
		    b.type != BLOCK_STATISTICS) {
			if (pass_block(c, &b) != CAPTURE_FRAME)
				return c->state;
			continue;
		}
		state = hold_block(c, &b, &body);
		if (state != CAPTURE_FRAME)
			return state;
		if (packet) {
			state = take_packet(c, b.type, body, b.offset, frame);
			if (state != CAPTURE_END)
				return state;
		} else if (b.type == BLOCK_STATISTICS) {
			take_statistics(c, body);
		} else if (b.type == BLOCK_INTERFACE) {
			state = add_interface(c, body, b.offset);
		} else {
			state = begin_section(c, body, b.offset);
		}
		if (state == CAPTURE_DAMAGED)
			return state;
	}
}

enum capture_state
pcapng_begin(struct capture *c)
{
	struct block b;
	struct cursor body;
	enum capture_state state = next_block(c, &b);

	c->next = pcapng_next;
	if (state == CAPTURE_FRAME)
		state = hold_block(c, &b, &body);
	if (state == CAPTURE_FRAME)
		state = begin_section(c, body, b.offset);
	if (state == CAPTURE_END)
		return capture_damaged(c, "a pcapng file without its first block");
	return state;
}
