/* SPDX-License-Identifier: ISC */
/* An honest list of what could not be seen. */
#include "cmd/blind.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
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
	if (c->hello_cut > 0)
		blind(s,
		    "%llu first messages of connections (TLS hellos, HTTP requests) "
		    "were "
		    "cut by the snap length and could not be read.",
		    (unsigned long long)c->hello_cut);
	if (c->wifi_protected > 0)
		blind(s,
		    "%llu frames of 802.11 are encrypted: what they carry is not "
		    "seen.",
		    (unsigned long long)c->wifi_protected);
	if (c->wifi_bad > 0)
		blind(s, "%llu frames of 802.11 were received with errors.",
		    (unsigned long long)c->wifi_bad);
	if (c->clients_evicted > 0)
		blind(s,
		    "%llu clients of 802.11 were dropped from a full table before "
		    "their signature was whole.",
		    (unsigned long long)c->clients_evicted);
	if (c->bluetooth > 0)
		blind(s,
		    "%llu frames of Bluetooth are no advertisements, and were not "
		    "read.",
		    (unsigned long long)c->bluetooth);
	if (c->link_unknown > 0)
		blind(s, "%llu frames are of a link type that is not known.",
		    (unsigned long long)c->link_unknown);
	if (c->fragments_lost > 0)
		blind(s, "%llu fragmented datagrams could not be put together.",
		    (unsigned long long)c->fragments_lost);
	if (c->flows_evicted > 0)
		blind(s,
		    "%llu connections were dropped from a full table while they "
		    "could still have said something.",
		    (unsigned long long)c->flows_evicted);
	uint64_t evicted = register_evicted(s->devices);
	if (evicted > 0)
		blind(s, "%llu addresses were dropped from a full register.",
		    (unsigned long long)evicted);
}

void
blind_hidden(struct scan *s)
{
	size_t of[HIDDEN_WAYS], any = register_hiding(s->devices, of);

	if (any == 0)
		return;
	blind(s,
	    "Devices that hide names which they look up or visit: %zu (%s %zu, %s %zu, "
	    "%s %zu, %s %zu, %s %zu). That a name was not seen of them proves nothing.",
	    any, hidden_about(HIDDEN_DOH), of[HIDDEN_DOH], hidden_about(HIDDEN_DOT),
	    of[HIDDEN_DOT], hidden_about(HIDDEN_DOQ), of[HIDDEN_DOQ],
	    hidden_about(HIDDEN_ECH), of[HIDDEN_ECH], hidden_about(HIDDEN_RELAY),
	    of[HIDDEN_RELAY]);
}

void
blind_segments(struct scan *s)
{
	for (size_t i = 0; s->site != NULL && i < s->site->n_segments; i++) {
		const struct segment *segment = &s->site->segments[i];
		bool seen = false;
		for (size_t c = 0; c < s->site->n_coverage; c++)
			seen |= s->site->coverage[c].segment == segment &&
			    s->site->coverage[c].since != TIME_NONE;
		if (!seen)
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
