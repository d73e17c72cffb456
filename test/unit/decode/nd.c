/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

#define HOST "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\7"
#define MAC "\2\0\0\0\0\7"

/* Solicitation for fe80::7, with the sender's link-layer address. */
static const char solicitation[] = "\207\0\0\0\0\0\0\0" HOST "\1\1" MAC;
/* Duplicate address detection has no option (RFC 4862 5.4.2). */
static const char dad[] = "\207\0\0\0\0\0\0\0" HOST;
static const char advertisement[] = "\210\0\0\0\x60\0\0\0" HOST "\2\1" MAC;
static const char router[] = "\206\0\0\0\x40\0\x07\x08\0\0\0\0\0\0\0\0\1\1" MAC;
/* An option of length zero would never end. */
static const char endless[] = "\207\0\0\0\0\0\0\0" HOST "\1\0" MAC;

static struct context
from(const char *ip)
{
	struct context ctx = heard_context(NULL);

	ctx.seen.src_ip = addr_of(ip);
	return ctx;
}

TEST(a_solicitation_binds_its_sender_not_its_target)
{
	static struct heard h;
	struct context ctx = from("2001:db8::9");

	hear_in(&h, nd_decode, solicitation, sizeof solicitation - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text, "nd.address 02:00:00:00:00:07 2001:db8::9\n");
}

TEST(duplicate_detection_claims_the_target_for_the_frames_sender)
{
	static struct heard h;
	struct context ctx = from("::");

	hear_in(&h, nd_decode, dad, sizeof dad - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text, "nd.address 02:00:00:00:00:07 fe80::7\n");
}

TEST(an_advertisement_binds_its_target_and_a_router_binds_itself)
{
	static struct heard h;
	struct context ctx = from("2001:db8::9");

	hear_in(&h, nd_decode, advertisement, sizeof advertisement - 1, &ctx);
	SAME(h.text, "nd.address 02:00:00:00:00:07 fe80::7\n");
	hear_in(&h, nd_decode, router, sizeof router - 1, &ctx);
	SAME(h.text,
	    "nd.address 02:00:00:00:00:07 2001:db8::9\n"
	    "nd.router 02:00:00:00:00:07 ra 64 - 1800\n");
}

TEST(neighbour_discovery_through_a_router_is_refused)
{
	static struct heard h;
	struct context ctx = from("2001:db8::9");

	ctx.seen.ttl = 254;
	hear_in(&h, nd_decode, solicitation, sizeof solicitation - 1, &ctx);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(an_nd_option_of_length_zero_ends_the_message)
{
	static struct heard h;
	struct context ctx = from("2001:db8::9");

	hear_in(&h, nd_decode, endless, sizeof endless - 1, &ctx);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(nd_cut_anywhere_says_nothing_false)
{
	struct context ctx = from("2001:db8::9");

	cut_everywhere(nd_decode, advertisement, sizeof advertisement - 1, &ctx, false);
	cut_everywhere(nd_decode, router, sizeof router - 1, &ctx, false);
}
