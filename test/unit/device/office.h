/* SPDX-License-Identifier: ISC */
/* A register on the shipped knowledge, for tests of what it makes of facts. */
#ifndef TEST_DEVICE_OFFICE_H
#define TEST_DEVICE_OFFICE_H

#include <stdio.h>

#include "device/device.h"
#include "test.h"

struct office {
	struct knowledge *knowledge;
	struct register_ *devices;
};

static inline struct office
open_office(void)
{
	struct err err = { "" };
	struct office o = { knowledge_load("share/knowledge", NULL, &err), NULL };

	if (!OK(o.knowledge != NULL))
		(void)printf("\t%s\n", err.line);
	o.devices = register_new(o.knowledge, 1000);
	return o;
}

static inline void
close_office(struct office *o)
{
	register_free(o->devices);
	knowledge_free(o->knowledge);
}

/* None of an empty string. */
static inline struct addr
address(const char *s)
{
	struct addr a = { .kind = ADDR_NONE };

	if (*s != '\0')
		OK(addr_parse(text_of(s), &a));
	return a;
}
#endif
