/* SPDX-License-Identifier: ISC */
/* An honest list of what could not be seen. */
#include "cmd/blind.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/writer.h"
#include "device/hidden.h"

void
blind(struct scan *s, const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		FAULT("out of memory");
	va_end(args);
	s->blind_spots = must_grow(s->blind_spots, s->n_blind_spots + 1,
	    sizeof *s->blind_spots);
	s->blind_spots[s->n_blind_spots++] = (struct blind_spot){ text };
}

void
blind_input(struct scan *s, const struct sensor_input *in)
{
	if (in->unreadable)
		blind(s, "Nothing of %s could be read: %s.", in->name, in->damage);
	else if (in->damage[0] != '\0')
		blind(s, "%s is damaged: %s; everything before that is used.", in->name,
		    in->damage);
	else if (in->frames == 0)
		blind(s, "%s holds not one frame: nothing is known from it.", in->name);
	if (in->cut > 0)
		blind(s,
		    "%llu of %llu frames of %s are shorter than they were on the wire "
		    "(snap length %u): what they said further on is not seen.",
		    (unsigned long long)in->cut, (unsigned long long)in->frames,
		    in->name, in->snaplen);
	if (in->dropped > 0)
		blind(s, "%llu frames of %s were dropped before they could be read.",
		    (unsigned long long)in->dropped, in->name);
	if (in->skipped > 0)
		blind(s, "%llu frames of %s stand in blocks that cannot be read.",
		    (unsigned long long)in->skipped, in->name);
}

void
blind_counts(struct scan *s, const struct decode_counts *c)
{
	const struct {
		uint64_t n;
		const char *words;
	} counts[] = {
		{ c->hello_cut,
		    "first messages of connections (TLS hellos, HTTP requests) were "
		    "cut by the snap length and could not be read" },
		{ c->wifi_protected,
		    "frames of 802.11 are encrypted: what they carry is not seen" },
		{ c->wifi_bad, "frames of 802.11 were received with errors" },
		{ c->clients_evicted,
		    "clients of 802.11 were dropped from a full table before their "
		    "signature was whole" },
		{ c->bluetooth,
		    "frames of Bluetooth are no advertisements, and were not read" },
		{ c->link_unknown, "frames are of a link type that is not known" },
		{ c->fragments_lost, "fragmented datagrams could not be put together" },
		{ c->flows_evicted,
		    "connections were dropped from a full table while they could "
		    "still have said something" },
		{ register_evicted(s->devices),
		    "addresses were dropped from a full register" },
	};

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (counts[i].n > 0)
			blind(s, "%llu %s.", (unsigned long long)counts[i].n,
			    counts[i].words);
}

void
blind_hidden(struct scan *s)
{
	size_t of[HIDDEN_WAYS], any = register_hiding(s->devices, of);
	struct writer ways;

	if (any == 0)
		return;
	writer_to_memory(&ways);
	for (unsigned way = 0; way < HIDDEN_WAYS; way++)
		putf(&ways, "%s%s %zu", way > 0 ? ", " : "",
		    hidden_about((enum hidden)way), of[way]);
	blind(s,
	    "Devices that hide names which they look up or visit: %zu (%.*s). That a "
	    "name was not seen of them proves nothing, and of one in a VPN nothing "
	    "else "
	    "either.",
	    any, (int)ways.len, ways.buf);
	(void)writer_close(&ways);
}

/* Volume 3 part C, table A.1: a private address lasts 15 minutes unless told else. */
void
blind_passing(struct scan *s)
{
	size_t n = register_passing(s->devices);

	if (n > 1)
		blind(s,
		    "Devices known by a Bluetooth address that lasts about a quarter "
		    "of an hour: %zu. They may be fewer, each counted once for every "
		    "address that it had.",
		    n);
}

void
blind_segments(struct scan *s)
{
	for (size_t i = 0; s->site != NULL && i < s->site->n_segments; i++) {
		const struct segment *segment = &s->site->segments[i];
		if (!site_is_watched(s->site, segment))
			blind(s,
			    "No sensor sees the segment %s: nothing there is known.",
			    segment->name);
	}
}

void
blind_forget(struct scan *s)
{
	for (size_t i = 0; i < s->n_blind_spots; i++)
		free((void *)(uintptr_t)s->blind_spots[i].text);
	free(s->blind_spots);
	s->blind_spots = NULL;
	s->n_blind_spots = 0;
}
