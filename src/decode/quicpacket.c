/* SPDX-License-Identifier: ISC */
#include "decode/quicpacket.h"

#include "decode/varint.h"

/* The salts of the drafts are those of draft-ietf-quic-tls section 5.2. */
#define SALT_22                                                                \
	"\x7f\xbc\xdb\x0e\x7c\x66\xbb\xe9\x19\x3a\x96\xcd\x21\x51\x9e\xbd\x7a" \
	"\x02\x64\x4a"
#define SALT_23                                                                \
	"\xc3\xee\xf7\x12\xc7\x2e\xbb\x5a\x11\xa7\xd2\x43\x2b\xb4\x63\x65\xbe" \
	"\xf9\xf5\x02"
#define SALT_29                                                                \
	"\xaf\xbf\xec\x28\x99\x93\xd2\x4c\x9e\x97\x86\xf1\x9c\x61\x11\xe0\x43" \
	"\x90\xa8\x99"
#define SALT_1                                                                 \
	"\x38\x76\x2c\xf7\xf5\x59\x34\xb3\x4d\x17\x9a\xe6\xa4\xc8\x0c\xad\xcc" \
	"\xbb\x7f\x0a"
/* RFC 9369 section 3.3.1 */
#define SALT_2                                                                 \
	"\x0d\xed\xe3\xde\xf7\x00\xa6\xdb\x81\x93\x81\xbe\x6e\x26\x9d\xcb\xf9" \
	"\xbd\x2e\xd9"
/* Google's, as its public sources and every reader of them have them. */
#define SALT_Q050                                                              \
	"\x50\x45\x74\xef\xd0\x66\xfe\x2f\x9d\x94\x5c\xfc\xdb\xd3\xa7\xf0\xd3" \
	"\xb5\x6b\x45"
#define SALT_T050                                                              \
	"\x7f\xf5\x79\xe5\xac\xd0\x72\x91\x55\x80\x30\x4c\x43\xa2\x36\x7c\x60" \
	"\x48\x83\x10"
#define SALT_T051                                                              \
	"\x7a\x4e\xde\xf4\xe7\xcc\xee\x5f\xa4\x50\x6c\x19\x12\x4f\xc8\xcc\xda" \
	"\x6e\x03\x3d"

/* The likely ones first. mvfst is Facebook's, after drafts 22 and 27. */
static const struct quic_version versions[] = {
	{ 0x00000001, 0x00000001, QUIC_IETF, SALT_1 },
	{ 0x6b3343cf, 0x6b3343cf, QUIC_TWO, SALT_2 },
	{ 0xff00001d, 0xff000020, QUIC_IETF, SALT_29 },
	{ 0xff000021, 0xff000022, QUIC_IETF, SALT_1 },
	{ 0xff000017, 0xff00001c, QUIC_IETF, SALT_23 },
	{ 0xff000016, 0xff000016, QUIC_IETF, SALT_22 },
	{ 0xfaceb001, 0xfaceb001, QUIC_IETF, SALT_22 },
	{ 0xfaceb002, 0xfaceb002, QUIC_IETF, SALT_23 },
	{ 0x51303530, 0x51303530, QUIC_SEALED, SALT_Q050 },
	{ 0x54303530, 0x54303530, QUIC_SEALED, SALT_T050 },
	{ 0x54303531, 0x54303531, QUIC_SEALED, SALT_T051 },
	{ 0x51303436, 0x51303436, QUIC_LONG_CLEAR, NULL },
	{ 0x51303339, 0x51303339, QUIC_CLEAR, NULL }, /* Q039 */
	{ 0x51303430, 0x51303433, QUIC_CLEAR, NULL }, /* Q040 to Q043 */
	{ 0x51303234, 0x51303238, QUIC_CLEAR, NULL }, /* Q024 to Q028 */
	{ 0x51303330, 0x51303337, QUIC_CLEAR, NULL }, /* Q030 to Q037 */
};

const struct quic_version *
quic_version_find(uint32_t version)
{
	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
		if (version >= versions[i].first && version <= versions[i].last)
			return &versions[i];
	return NULL;
}

/* The hash of the packet's bytes that stands in place of a seal. */
enum { CLEAR_HASH = 12 };

/* RFC 9000 section 17.2; the length of packets but Retry is told. */
static bool
read_long(struct cursor *c, struct quic_packet *p, unsigned type)
{
	enum { INITIAL, RETRY = 3 };
	/* RFC 9369 section 3.2 turns the types by one. */
	unsigned as_one = p->row->dialect == QUIC_TWO ? (type + 3) & 3 : type;
	struct cursor start = *c;

	p->dcid = cur_block8(c);
	(void)cur_block8(c); /* the source's id */
	if (as_one == RETRY || cur_left(&p->dcid) > QUIC_CID_MAX)
		return false;
	p->initial = as_one == INITIAL;
	if (p->initial)
		(void)cur_block_varint(c); /* token */
	uint64_t length = cur_varint(c);
	if (!cur_ok(c))
		return false;
	p->cut = length > cur_left(c);
	p->body = cur_take(c, p->cut ? cur_left(c) : (size_t)length);
	p->whole = (struct cursor){ start.at, p->body.end, false };
	return true;
}

/* Two nibbles for the lengths of the ids, 3 less than they are; 0 stands for none. */
static bool
read_long_clear(struct cursor *c, struct quic_packet *p, uint8_t flags)
{
	uint8_t lengths = cur_u8(c);
	unsigned to = lengths >> 4, from = lengths & 15;

	p->dcid = cur_take(c, to > 0 ? to + 3u : 0);
	cur_skip(c, from > 0 ? from + 3u : 0);
	cur_skip(c, (flags & 3u) + 1 + CLEAR_HASH);
	p->initial = true;
	p->body = cur_rest(c);
	return cur_ok(&p->body);
}

/* Public flags, an id of 8 bytes, the version, the number of the packet. */
static bool
read_clear(struct cursor *c, struct quic_packet *p, uint8_t flags)
{
	static const uint8_t number[] = { 1, 2, 4, 6 };

	cur_skip(c, number[flags >> 4 & 3] + (size_t)CLEAR_HASH);
	if (p->version < 0x51303334) /* before Q034: private flags */
		cur_skip(c, 1);
	p->initial = true;
	p->body = cur_rest(c);
	return cur_ok(&p->body);
}

bool
quic_packet_next(struct cursor *c, struct quic_packet *p)
{
	struct cursor start = *c;
	uint8_t flags = cur_u8(c);

	*p = (struct quic_packet){ .version = 0 };
	if ((flags & 0x80) == 0) {
		if ((flags & 0xc9) != 0x09)
			return false;
		p->dcid = cur_take(c, 8);
	}
	p->version = cur_u32(c);
	p->row = quic_version_find(p->version);
	if (p->row == NULL)
		return false;
	if ((flags & 0x80) == 0)
		return p->row->dialect == QUIC_CLEAR && read_clear(c, p, flags);
	if (p->row->dialect == QUIC_CLEAR)
		return false;
	if (p->row->dialect == QUIC_LONG_CLEAR)
		return read_long_clear(c, p, flags);
	if (!read_long(c, p, flags >> 4 & 3))
		return false;
	p->whole.at = start.at;
	return true;
}
