/* SPDX-License-Identifier: ISC */
#include "decode/eap.h"
#include "unit/decode/heard.h"

TEST(an_identity_that_everybody_uses_joins_nobody)
{
	OK(eap_is_anonymous(text_of("")));
	OK(eap_is_anonymous(text_of("@example.com")));
	OK(eap_is_anonymous(text_of("Anonymous@example.com")));
	OK(!eap_is_anonymous(text_of("ann@example.com")));
	OK(!eap_is_anonymous(text_of("anonymouse@example.com")));
}

TEST(the_identity_is_of_the_supplicant_that_sends_it)
{
	static struct heard h;

	hear(&h, eapol_decode, "\1\0\0\x08\2\1\0\x08\1ann", 12);
	EQ(h.how, DECODED);
	SAME(h.text, "eap.identity 02:00:00:00:00:07 ann\n");
	/* What the other side asks says nothing of it. */
	hear(&h, eapol_decode, "\1\0\0\x08\1\1\0\x08\1ann", 12);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(an_encrypted_or_cut_identity_is_not_said)
{
	static struct heard h;

	hear(&h, eapol_decode, "\1\0\0\x08\2\1\0\x08\1\0nn", 12);
	EQ(h.how, DECODED);
	SAME(h.text, "");
	hear(&h, eapol_decode, "\1\0\0\x08\2\1\0\x09\1ann", 12);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(eapol_cut_anywhere_says_nothing_false)
{
	struct context ctx = heard_context(NULL);

	cut_everywhere(eapol_decode, "\1\0\0\x08\2\1\0\x08\1ann", 12, &ctx, true);
}
