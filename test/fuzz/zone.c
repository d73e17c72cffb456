/* SPDX-License-Identifier: ISC */
/* A zone file that is accepted answers for any time. */
#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const int years[] = { 1700, 1969, 2023, 2050, 2200 };
	struct zone *z = zone_read("fuzz", (struct text){ (const char *)bytes, n });
	char buf[TIME_TEXT];

	for (size_t i = 0; z != NULL && i < sizeof years / sizeof years[0]; i++) {
		struct civil c = { .year = years[i], .month = 3, .day = 26, .hour = 2 };
		int64_t at = zone_to_utc(z, &c);
		(void)zone_print(z, at, buf);
		(void)zone_shows(z, &c);
		(void)zone_day_end(z, &c);
		(void)zone_add(z, NULL, at, 100, UNIT_MONTHS);
	}
	zone_free(z);
	return 0;
}
