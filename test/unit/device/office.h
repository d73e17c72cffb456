/* SPDX-License-Identifier: ISC */
/* A register on the shipped knowledge, for tests of what it makes of facts. */
#ifndef TEST_DEVICE_OFFICE_H
#define TEST_DEVICE_OFFICE_H

#include <stdio.h>

#include "base/time.h"
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

static inline const struct device *
find(struct office *o, const char *a)
{
	return register_find(o->devices, address(a));
}

static const int64_t monday = INT64_C(1679904000) * SECOND;

/* The address is there for these hours of the week, and says this at their start. */
static inline void
says_for(struct office *o, const char *mac, enum fact_key key, const char *value,
    int from, int until)
{
	struct sighting s = { .time = monday + from * HOUR,
		.frame = (uint64_t)from,
		.src_mac = address(mac) };
	struct fact f = { .key = key,
		.value = text_of(value),
		.subject = s.src_mac,
		.seen = &s };
	struct presence p = { .mac = s.src_mac,
		.vlan = 20,
		.first = s.time,
		.last = monday + until * HOUR };

	register_fact(o->devices, &f);
	register_presence(o->devices, &p);
}
#endif
