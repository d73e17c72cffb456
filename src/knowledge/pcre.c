/* SPDX-License-Identifier: ISC */
/* Regular expressions of rows: PCRE2, compiled once, with its JIT. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "knowledge/rule.h"

struct pcre {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

/* What one match may cost: a value from the wire must not stall us. */
enum { MATCH_LIMIT = 20000, DEPTH_LIMIT = 1000 };

struct pcre *
pcre_new(struct text pattern, struct err *err)
{
	int code;
	size_t at;
	struct pcre *p = must_alloc(1, sizeof *p);

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
	(void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (p->data == NULL || p->limits == NULL)
		FAULT("out of memory");
	(void)pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	return p;
}

bool
pcre_match(const struct pcre *p, struct text t, struct text *group)
{
	int n = pcre2_match(p->code, (PCRE2_SPTR)(t.len > 0 ? t.s : ""), t.len, 0, 0,
	    p->data, p->limits);

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
