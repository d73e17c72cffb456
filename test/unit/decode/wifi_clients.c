/* SPDX-License-Identifier: ISC */
#include "decode/wifi_clients.h"

#include <string.h>

#include "test.h"

static struct addr
client(unsigned n)
{
	return (struct addr){ ADDR_MAC,
		{ 2, 0, 0, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n } };
}

static struct text
keep(struct wifi_clients *t, unsigned n, enum wifi_half which, const char *half)
{
	bool fresh;

	return wifi_clients_keep(t, client(n), which, text_of(half), &fresh);
}

TEST(each_half_of_a_signature_gives_the_other)
{
	struct wifi_clients *t = wifi_clients_new(0);
	bool fresh = false;

	EQ(keep(t, 1, WIFI_PROBE, "0,1").len, 0);
	OK(text_is(keep(t, 1, WIFI_ASSOC, "0,1,48"), "0,1"));
	EQ(keep(t, 2, WIFI_ASSOC, "0").len, 0); /* another's is none of its own */
	(void)wifi_clients_keep(t, client(1), WIFI_PROBE, text_of("0,1"), &fresh);
	OK(!fresh);
	(void)wifi_clients_keep(t, client(1), WIFI_PROBE, text_of("0,1,3"), &fresh);
	OK(fresh);
	OK(text_is(keep(t, 1, WIFI_ASSOC, "0,1,48"), "0,1,3"));
	EQ(wifi_clients_evicted(t), 0);
	wifi_clients_free(t);
}

TEST(a_half_too_long_to_keep_leaves_the_last)
{
	static char big[WIFI_HALF_MAX + 2];
	struct wifi_clients *t = wifi_clients_new(0);

	memset(big, '1', sizeof big - 1);
	(void)keep(t, 1, WIFI_PROBE, "0");
	(void)keep(t, 1, WIFI_PROBE, big);
	OK(text_is(keep(t, 1, WIFI_ASSOC, "1"), "0"));
	wifi_clients_free(t);
}

enum { PLACES = 4096, MANY = 3 * PLACES };

TEST(clients_that_go_with_half_a_signature_are_counted)
{
	struct wifi_clients *t = wifi_clients_new(0);
	unsigned kept = 0;

	for (unsigned n = 0; n < MANY; n++)
		(void)keep(t, n, WIFI_PROBE, "0,1");
	uint64_t gone = wifi_clients_evicted(t);
	OK(gone >= MANY - PLACES && gone < MANY);
	/* The last one is there, and it is not the table's order that says who stays.
	 */
	OK(text_is(keep(t, MANY - 1, WIFI_ASSOC, "1"), "0,1"));
	wifi_clients_free(t);
	t = wifi_clients_new(0);
	for (unsigned n = 0; n < PLACES / 2; n++)
		(void)keep(t, n, WIFI_PROBE, "0,1");
	gone = wifi_clients_evicted(t);
	for (unsigned n = 0; n < PLACES / 2; n++)
		kept += keep(t, n, WIFI_ASSOC, "1").len > 0;
	OK(gone < PLACES / 4);
	OK(kept > PLACES / 4);
	wifi_clients_free(t);
}

TEST(clients_that_go_whole_are_not_counted)
{
	struct wifi_clients *t = wifi_clients_new(0);

	for (unsigned n = 0; n < MANY; n++) {
		(void)keep(t, n, WIFI_PROBE, "0,1");
		(void)keep(t, n, WIFI_ASSOC, "0,1,48");
	}
	EQ(wifi_clients_evicted(t), 0);
	wifi_clients_free(t);
}
