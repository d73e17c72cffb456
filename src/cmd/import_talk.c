/* SPDX-License-Identifier: ISC */
/* Configuration and complaints between parent and reader, both directions of each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/import.h"

enum { FILES_MOST = 100000, RANGES_MOST = 1 << 17 };

void
reader_config_write(struct writer *w, const struct reader_config *c)
{
	put_u32(w, c->n);
	put_u8(w, (uint8_t)c->format);
	put_u8(w, c->strict);
	put_u8(w, c->every);
	put_block16(w, c->zone);
	put_block16(w, c->papers_zone);
	for (uint32_t i = 0; i < c->n; i++)
		put_u64(w, (uint64_t)c->as_of[i]);
	put_u32(w, (uint32_t)c->n_own);
	for (size_t i = 0; i < c->n_own; i++) {
		char net[ADDR_TEXT], range[ADDR_TEXT + 4];
		(void)snprintf(range, sizeof range, "%s/%u",
		    addr_print(c->own[i].net, net), (unsigned)c->own[i].bits);
		put_block16(w, text_of(range));
	}
	servers_write(w, &c->servers);
}

static bool
ranges_read(struct cursor *c, struct reader_config *out)
{
	out->n_own = cur_u32(c);
	if (!cur_ok(c) || out->n_own > RANGES_MOST)
		return false;
	out->own = must_alloc(out->n_own, sizeof *out->own);
	for (size_t i = 0; i < out->n_own; i++)
		if (!prefix_parse(text_from(cur_block16(c)), &out->own[i]))
			return false;
	return cur_ok(c);
}

bool
reader_config_read(struct cursor *c, struct reader_config *out)
{
	*out = (struct reader_config){ .n = cur_u32(c) };
	uint8_t format = cur_u8(c);
	out->strict = cur_u8(c) != 0;
	out->every = cur_u8(c) != 0;
	out->zone = text_from(cur_block16(c));
	out->papers_zone = text_from(cur_block16(c));
	if (!cur_ok(c) || format > IMPORT_UNKNOWN || out->n > FILES_MOST)
		return false;
	out->format = (enum import_format)format;
	out->as_of = must_alloc(out->n, sizeof *out->as_of);
	for (uint32_t i = 0; i < out->n; i++)
		out->as_of[i] = (int64_t)cur_u64(c);
	return ranges_read(c, out) && servers_read(c, &out->servers);
}

void
reader_config_free(struct reader_config *c)
{
	free(c->as_of);
	free(c->own);
	servers_free(&c->servers);
	c->as_of = NULL;
	c->own = NULL;
}

void
import_wrong_write(struct writer *w, const struct import_wrong *wrong)
{
	put_u32(w, wrong->file);
	put_u64(w, wrong->line);
	put_u64(w, wrong->column);
	put_block16(w, text_of(wrong->text));
}

bool
import_wrong_read(struct cursor *c, struct import_wrong *wrong, char buf[WRONG_TEXT])
{
	*wrong = (struct import_wrong){ .file = cur_u32(c) };
	wrong->line = cur_u64(c);
	wrong->column = cur_u64(c);
	struct text t = text_from(cur_block16(c));
	if (!cur_ok(c) || t.len >= WRONG_TEXT)
		return false;
	for (size_t i = 0; i < t.len; i++)
		buf[i] = (uint8_t)t.s[i] < ' ' || t.s[i] == 0x7f ? ' ' : t.s[i];
	buf[t.len] = '\0';
	wrong->text = buf;
	return true;
}
