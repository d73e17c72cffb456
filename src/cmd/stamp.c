/* SPDX-License-Identifier: ISC */
/* When, and by whom, something is written down. Nothing else asks for the time of day.
 */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/scan.h"

int64_t
time_now(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	unsigned long long seconds;
	struct timespec now;

	if (fixed != NULL && text_number(text_of(fixed), &seconds) &&
	    seconds < (unsigned long long)(INT64_MAX / SECOND))
		return (int64_t)seconds * SECOND;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * SECOND + now.tv_nsec;
}

const char *
actor_name(const char *by, struct arena *arena)
{
	const struct passwd *account;
	char number[24];

	if (by != NULL)
		return by;
	if ((account = getpwuid(getuid())) != NULL)
		return arena_string(arena, text_of(account->pw_name));
	(void)snprintf(number, sizeof number, "uid %lu", (unsigned long)getuid());
	return arena_string(arena, text_of(number));
}
