/* SPDX-License-Identifier: ISC */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "site/site.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct complaints c = { 0 };
	struct addr ip = { 0 };
	struct site *site = site_parse("fuzz", (struct text){ (const char *)bytes, n },
	    &c);

	if (site == NULL && c.errors == 0)
		abort();
	if (site != NULL) {
		(void)addr_parse(text_of("10.1.2.3"), &ip);
		const struct segment *s = site_segment(site, ip, 10);
		(void)site_covered(site, s, 0, 365 * DAY);
		(void)site_host_is_official(site, text_of("mail.example.org"), NULL);
		(void)site_service(site, ip, 443);
	}
	site_free(site);
	complaints_free(&c);
	return 0;
}
