/* SPDX-License-Identifier: ISC */
/* Regular expressions of rows: PCRE2, compiled once, with its JIT. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "knowledge/rule.h"

struct pcre {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	/* Compiled to machine code: its own entry is called. Most are never matched. */
	bool jit, jit_tried;
	/* What a value must have to be worth a match; see pcre_may_match(). */
	bool anchored, is_filtered;
	uint8_t first[32]; /* bytes that it may begin with, one bit each */
	int last;          /* a byte that it must have, or -1 */
	size_t least;      /* how long it must be */
};

/* What one match may cost: a value from the wire must not stall us. */
enum { MATCH_LIMIT = 20000, DEPTH_LIMIT = 1000 };

static uint32_t
other_case(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? c ^ 0x20 : c;
}

/* Where a regular expression that begins with ^ has no alternative beside that. */
static bool
is_anchored(struct text p)
{
	size_t depth = 0;

	if (p.len < 2 || p.s[0] != '^')
		return false;
	for (size_t i = 1; i < p.len; i++) {
		if (p.s[i] == '\\')
			i++;
		else if (p.s[i] == '(')
			depth++;
		else if (p.s[i] == ')' && depth > 0)
			depth--;
		else if (p.s[i] == '|' && depth == 0)
			return false;
	}
	return strchr("*?{+", p.s[1]) == NULL;
}

static void
allow(uint8_t first[32], uint32_t c)
{
	first[c / 8 & 31] |= (uint8_t)(1U << c % 8);
}

/*
 * What PCRE2 has found out of a pattern when it compiled it. It does not look for the
 * first byte of an anchored one, so that is compiled once more without its anchor.
 * Whether a byte counts in both cases is not told: so it does.
 */
static void
filter(struct pcre *p, struct text pattern)
{
	const uint8_t *bits = NULL;
	uint32_t type = 0, c = 0, least = 0;
	size_t at;
	int code;

	p->anchored = is_anchored(pattern);
	pcre2_code *twin = pcre2_compile((PCRE2_SPTR)pattern.s + p->anchored,
	    pattern.len - p->anchored, PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF, &code,
	    &at, NULL);
	if (twin == NULL)
		return;
	(void)pcre2_pattern_info(twin, PCRE2_INFO_FIRSTBITMAP, &bits);
	(void)pcre2_pattern_info(twin, PCRE2_INFO_FIRSTCODETYPE, &type);
	(void)pcre2_pattern_info(twin, PCRE2_INFO_FIRSTCODEUNIT, &c);
	p->is_filtered = bits != NULL || type == 1;
	if (bits != NULL)
		memcpy(p->first, bits, sizeof p->first);
	if (type == 1) {
		allow(p->first, c);
		allow(p->first, other_case(c));
	}
	(void)pcre2_pattern_info(twin, PCRE2_INFO_LASTCODETYPE, &type);
	if (type == 1) {
		(void)pcre2_pattern_info(twin, PCRE2_INFO_LASTCODEUNIT, &c);
		p->last = (int)c;
	}
	if (pcre2_pattern_info(twin, PCRE2_INFO_MINLENGTH, &least) == 0)
		p->least = least;
	pcre2_code_free(twin);
}

struct pcre *
pcre_new(struct text pattern, struct err *err)
{
	int code;
	size_t at;
	struct pcre *p = must_alloc(1, sizeof *p);

	p->last = -1;
	p->code = pcre2_compile((PCRE2_SPTR)pattern.s, pattern.len,
	    PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF, &code, &at, NULL);
	if (p->code == NULL) {
		PCRE2_UCHAR words[128] = { 0 };
		(void)pcre2_get_error_message(code, words, sizeof words);
		(void)err_set(err,
		    "the regular expression is wrong at character %zu: %s", at + 1,
		    (const char *)words);
		free(p);
		return NULL;
	}
	p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (p->data == NULL || p->limits == NULL)
		FAULT("out of memory");
	(void)pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	filter(p, pattern);
	return p;
}

bool
pcre_may_begin(const struct pcre *p, uint8_t first)
{
	return !p->is_filtered || !p->anchored ||
	    (p->first[first / 8] >> first % 8 & 1);
}

bool
pcre_may_match(const struct pcre *p, struct text t, const struct bytes *has)
{
	if (t.len < p->least)
		return false;
	if (p->last >= 0 && !bytes_has(has, (uint8_t)p->last) &&
	    !bytes_has(has, (uint8_t)other_case((uint32_t)p->last)))
		return false;
	if (!p->is_filtered || p->anchored)
		return true;
	for (size_t i = 0; i < sizeof p->first; i++)
		if ((p->first[i] & (uint8_t)(has->bits[i / 8] >> i % 8 * 8)) != 0)
			return true;
	return false;
}

bool
pcre_match(struct pcre *p, struct text t, struct text *group)
{
	PCRE2_SPTR s = (PCRE2_SPTR)(t.len > 0 ? t.s : "");

	if (!p->jit_tried)
		p->jit = pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0;
	p->jit_tried = true;
	int n = p->jit ? pcre2_jit_match(p->code, s, t.len, 0, 0, p->data, p->limits)
	               : pcre2_match(p->code, s, t.len, 0, 0, p->data, p->limits);

	*group = (struct text){ "", 0 };
	if (n < 1)
		return false;
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(p->data);
	if (n > 1 && ends[2] != PCRE2_UNSET && ends[2] <= ends[3])
		*group = (struct text){ t.s + ends[2], ends[3] - ends[2] };
	return true;
}

void
pcre_free(struct pcre *p)
{
	if (p == NULL)
		return;
	pcre2_code_free(p->code);
	pcre2_match_data_free(p->data);
	pcre2_match_context_free(p->limits);
	free(p);
}
