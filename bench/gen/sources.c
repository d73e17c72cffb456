/* SPDX-License-Identifier: ISC */
/* The captures out of which others are made: their packets, hosts and stations. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "capture/capture.h"
#include "gen.h"

/* Of one capture so much is used; a pause in it counts as two seconds at most. */
enum { PACKETS_MAX = 2000, PAUSE_MAX = 2000000 };

struct host *
source_host(const struct source *s, bool v6, const uint8_t *addr)
{
	for (size_t i = 0; i < s->n_hosts; i++)
		if (s->hosts[i].v6 == v6 &&
		    memcmp(s->hosts[i].addr, addr, v6 ? 16 : 4) == 0)
			return &s->hosts[i];
	return NULL;
}

struct station *
source_station(const struct source *s, const uint8_t *mac)
{
	for (size_t i = 0; i < s->n_stations; i++)
		if (memcmp(s->stations[i].mac, mac, 6) == 0)
			return &s->stations[i];
	return NULL;
}

static struct host *
learn_host(struct source *s, bool v6, const uint8_t *addr)
{
	struct host *h = source_host(s, v6, addr);

	if (h != NULL)
		return h;
	s->hosts = must_grow(s->hosts, s->n_hosts + 1, sizeof *s->hosts);
	h = &s->hosts[s->n_hosts++];
	*h = (struct host){ .v6 = v6 };
	memcpy(h->addr, addr, v6 ? 16 : 4);
	return h;
}

static void
learn_station(struct source *s, const uint8_t *mac, const uint8_t *addr, size_t len)
{
	struct station *t = source_station(s, mac);
	size_t i = 0;

	if (t == NULL) {
		s->stations = must_grow(s->stations, s->n_stations + 1,
		    sizeof *s->stations);
		t = &s->stations[s->n_stations++];
		*t = (struct station){ 0 };
		memcpy(t->mac, mac, 6);
	}
	while (i < t->n && memcmp(t->addr[i], addr, len) != 0)
		i++;
	if (i < t->n)
		return;
	if (t->n == sizeof t->addr / sizeof t->addr[0])
		t->gateway = true;
	else
		memcpy(t->addr[t->n++], addr, len);
}

static bool
is_unicast(bool v6, const uint8_t *a)
{
	if (v6)
		return a[0] != 0xff && get32(a) != 0;
	return a[0] > 0 && a[0] < 224 && a[0] != 127;
}

static bool
is_private(bool v6, const uint8_t *a)
{
	if (v6)
		return (a[0] == 0xfe && (a[1] & 0xc0) == 0x80) || (a[0] & 0xfe) == 0xfc;
	return a[0] == 10 || (a[0] == 172 && a[1] >> 4 == 1) ||
	    (a[0] == 192 && a[1] == 168) || (a[0] == 169 && a[1] == 254);
}

/* Whoever has a private address or opens a connection is taken for a client. */
static void
learn_packet(struct source *s, const struct packet *p)
{
	struct layout l = layout_of(p->bytes, p->len);

	if (l.net == 0)
		return;
	const uint8_t *from = p->bytes + net_addr_at(&l);
	if (!is_unicast(l.v6, from))
		return;
	struct host *h = learn_host(s, l.v6, from);
	if (is_private(l.v6, from))
		h->client = true;
	if (l.transport > 0 && l.proto == PROTO_TCP && l.payload > 0 &&
	    (p->bytes[l.transport + 13] & (FLAG_SYN | FLAG_ACK)) == FLAG_SYN)
		h->client = true;
	if ((p->bytes[6] & 1) == 0)
		learn_station(s, p->bytes + 6, from, net_addr_len(&l));
}

static void
keep(struct source *s, const struct frame *f, int64_t *last)
{
	static const int64_t microsecond = 1000;
	int64_t pause = s->n == 0 ? 0 : f->time / microsecond - *last;
	size_t n = cur_left(&f->bytes);

	*last = f->time / microsecond;
	pause = pause < 0 ? 0 : pause > PAUSE_MAX ? PAUSE_MAX : pause;
	if (n < 14 || n > 65535)
		return;
	if (s->n % 64 == 0)
		s->packets = must_grow(s->packets, s->n + 64, sizeof *s->packets);
	struct packet *p = &s->packets[s->n];
	p->at = (s->n == 0 ? 0 : s->packets[s->n - 1].at) + pause;
	p->len = (uint32_t)n;
	p->wire = f->length < p->len ? p->len : f->length;
	p->bytes = must_alloc(n, 1);
	memcpy(p->bytes, f->bytes.at, n);
	s->n++;
}

static void
read_source(struct sources *all, const char *path)
{
	struct source s = { 0 };
	struct frame frame;
	struct err err;
	int64_t last = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct capture *cap = fd < 0 ? NULL : capture_open(fd, 0, &err);

	if (cap == NULL)
		return;
	while (s.n < PACKETS_MAX && capture_next(cap, &frame) == CAPTURE_FRAME)
		if (frame.link == LINK_ETHERNET)
			keep(&s, &frame, &last);
	capture_close(cap);
	for (size_t i = 0; i < s.n; i++)
		learn_packet(&s, &s.packets[i]);
	for (size_t i = 0; i < s.n_hosts; i++)
		if (s.hosts[i].client)
			s.hosts[i].index = s.clients++;
	if (s.n == 0)
		return;
	all->list = must_grow(all->list, all->n + 1, sizeof *all->list);
	all->list[all->n++] = s;
}

void
sources_read(struct sources *all, const char *list)
{
	FILE *f = fopen(list, "r");
	char path[4096];

	*all = (struct sources){ 0 };
	if (f == NULL) {
		perror(list);
		exit(2);
	}
	while (fgets(path, sizeof path, f) != NULL) {
		path[strcspn(path, "\n")] = '\0';
		read_source(all, path);
	}
	(void)fclose(f);
	if (all->n == 0) {
		(void)fprintf(stderr, "gen: nothing could be read of %s\n", list);
		exit(2);
	}
}
