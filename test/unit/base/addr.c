/* SPDX-License-Identifier: ISC */
#include "base/addr.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "test.h"

TEST(an_address_is_printed_as_the_library_prints_it_and_read_back)
{
	for (unsigned i = 0; i < 256; i++) {
		struct addr ip = { ADDR_IP4,
			{ (uint8_t)i, (uint8_t)(255 - i), (uint8_t)(i * 7), 9 } };
		struct addr mac = { ADDR_MAC,
			{ (uint8_t)i, 0, (uint8_t)(i * 3), 0xff, 16, 15 } };
		struct addr back;
		char buf[ADDR_TEXT], want[ADDR_TEXT];
		(void)inet_ntop(AF_INET, ip.b, want, sizeof want);
		OK(strcmp(addr_print(ip, buf), want) == 0);
		OK(addr_parse(text_of(buf), &back) && addr_equal(ip, back));
		(void)snprintf(want, sizeof want, "%02x:00:%02x:ff:10:0f", i,
		    i * 3 & 0xff);
		OK(strcmp(addr_print(mac, buf), want) == 0);
		OK(addr_parse(text_of(buf), &back) && addr_equal(mac, back));
	}
}
