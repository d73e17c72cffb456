/* SPDX-License-Identifier: ISC */
/*
 * Which rules a value matches. Whole values, prefixes, suffixes, list prefixes and
 * tokens are looked up in one hash table; only words, patterns, regular
 * expressions and signatures are tried one by one, behind their first byte.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/unset.h"
#include "knowledge/rule.h"

enum { FOLDED_MAX = 512, TOKENS_MAX = 64, PAIRS = 1024, MAYBE = 1 << 18, FIRSTS = 32 };

struct tries {
	struct rule **rules;
	size_t n;
};

struct index {
	struct rule **slots;
	size_t cap;
	uint64_t *maybe; /* a bit of MAYBE for each hash: most look-ups find nothing */
	/* For each key: lengths of its prefixes (bit: length modulo 64), apart by their
	 * first byte modulo FIRSTS … */
	uint64_t prefix[KEYS][FIRSTS], list[KEYS];
	size_t longest[KEYS]; /* of them */
	bool exact[KEYS], suffix[KEYS], token[KEYS];
	struct tries tries[KEYS]; /* … and what must be tried in turn */
	struct tries
	    *by_first[KEYS]; /* of them by the value's first byte, once asked */
};

static char
fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes over 0x7f are parts of letters, but for those of a character beside them. */
static bool
in_word(char c)
{
	return (c >= '0' && c <= '9') || (fold(c) >= 'a' && fold(c) <= 'z') ||
	    (unsigned char)c >= 0x80;
}

/*
 * The bytes of a character that stands beside words though it is over 0x7f: signs,
 * quotation marks, dashes, and the scripts that write without blanks (from U+3000 on:
 * 太郎のiPhone). 0 for letters that words are made of. Three bytes can be read.
 */
static size_t
beside(const char *s)
{
	unsigned char c = (unsigned char)s[0];

	if (c == 0xc2) /* U+0080 to U+00BF, of which ª, µ and º are letters */
		return strchr("\xaa\xb5\xba", s[1]) != NULL ? 0 : 2;
	return c < 0xe2 ? 0 : c < 0xf0 ? 3 : 4;
}

static uint64_t
hash_of(unsigned key, enum match_kind match, struct text t)
{
	return hash_bytes(t.s, t.len, (uint64_t)key << 8 | match);
}

/*
 * The longest run of letters outside all brackets that a regular expression must
 * find, in one without alternatives outside brackets.
 */
static struct text
needs_of(struct text p)
{
	struct text best = { p.s, 0 };
	size_t start = 0, depth = 0;

	for (size_t i = 0; i <= p.len; i++) {
		char c = i < p.len ? p.s[i] : '$';
		if (in_word(c) && depth == 0)
			continue;
		/* What a quantifier makes optional is not needed. */
		size_t end = i - (i > start && strchr("*?{", c) != NULL);
		if (depth == 0 && end - start > best.len)
			best = (struct text){ p.s + start, end - start };
		if (c == '|' && depth == 0)
			return (struct text){ p.s, 0 };
		if (c == '\\')
			i++; /* an escape is no literal of its own */
		depth += c == '(' || c == '[' || c == '{';
		depth -= depth > 0 && (c == ')' || c == ']' || c == '}');
		start = i + 1;
	}
	return best;
}

static bool
is_hashed(enum match_kind match)
{
	return match <= MATCH_TOKEN;
}

static void
place(struct index *x, unsigned key, struct rule *r, struct rule *copy)
{
	uint64_t hash = hash_of(key, r->match, r->pattern);
	size_t at = hash & (x->cap - 1), bit = hash >> 32 & (MAYBE - 1);

	x->maybe[bit / 64] |= UINT64_C(1) << bit % 64;
	*copy = *r;
	copy->key = key;
	copy->next = x->slots[at];
	x->slots[at] = copy;
}

static void
note(struct index *x, unsigned key, const struct rule *r)
{
	uint64_t bit = UINT64_C(1) << (r->pattern.len & 63);

	if ((r->match == MATCH_PREFIX || r->match == MATCH_LIST_PREFIX) &&
	    r->pattern.len > x->longest[key])
		x->longest[key] = r->pattern.len;
	switch (r->match) {
	case MATCH_EXACT:
		x->exact[key] = true;
		break;
	case MATCH_PREFIX:
		if (r->pattern.len > 0)
			x->prefix[key][(uint8_t)r->pattern.s[0] % FIRSTS] |= bit;
		break;
	case MATCH_LIST_PREFIX:
		x->list[key] |= bit;
		break;
	case MATCH_SUFFIX:
		x->suffix[key] = true;
		break;
	case MATCH_TOKEN:
		x->token[key] = true;
		break;
	case MATCH_WORD:
	case MATCH_PATTERN:
	case MATCH_PCRE:
	case MATCH_NET:
	case MATCH_TCP:
		break;
	}
}

static void
add_network(struct knowledge *k, const struct rule *r)
{
	if ((k->n_networks & (k->n_networks - 1)) == 0)
		k->networks = must_grow(k->networks,
		    k->n_networks > 0 ? k->n_networks * 2 : 1, sizeof *k->networks);
	k->networks[k->n_networks++] = *r->net;
}

static void
index_rule(struct knowledge *k, struct index *x, struct rule *r)
{
	for (unsigned key = key_set_next(&r->keys, 1); key < KEYS;
	     key = key_set_next(&r->keys, key + 1)) {
		note(x, key, r);
		if (is_hashed(r->match)) {
			place(x, key, r, arena_take(&k->arena, sizeof *r));
			continue;
		}
		if (r->match == MATCH_NET && key == FACT_IP_CONTACT)
			add_network(k, r);
		struct tries *t = &x->tries[key];
		if ((t->n & (t->n - 1)) == 0) /* room is a power of two */
			t->rules = must_grow(t->rules, t->n > 0 ? t->n * 2 : 1,
			    sizeof(struct rule *));
		t->rules[t->n++] = r;
	}
	/* Where case does not count, no letter is needed. */
	if (r->match == MATCH_PCRE && !text_starts(r->pattern, text_of("(?i)")))
		r->needs = needs_of(r->pattern);
}

/* Later tables may only add: the index is built once, when all are read. */
void
rules_index(struct knowledge *k)
{
	struct index *x = arena_take(&k->arena, sizeof *x);
	size_t n = 0;

	for (size_t t = 0; t < k->n_tables; t++)
		n += k->tables[t].n;
	for (x->cap = 64; x->cap < n * 4; x->cap *= 2)
		;
	x->slots = arena_take(&k->arena, x->cap * sizeof *x->slots);
	x->maybe = arena_take(&k->arena, MAYBE / 8);
	for (size_t t = 0; t < k->n_tables; t++)
		for (size_t i = 0; i < k->tables[t].n; i++)
			index_rule(k, x, k->tables[t].rules[i]);
	k->index = x;
}

void
rules_forget(struct knowledge *k)
{
	for (unsigned key = 1; k->index != NULL && key < KEYS; key++)
		free(k->index->tries[key].rules);
}

/* How much of a value a rule names: first by the way it matches, then by length. */
static int
specific(const struct rule *r)
{
	static const int rank[] = {
		[MATCH_EXACT] = 6,
		[MATCH_PATTERN] = 5,
		[MATCH_PCRE] = 5,
		[MATCH_TCP] = 5,
		[MATCH_NET] = 4,
		[MATCH_PREFIX] = 4,
		[MATCH_SUFFIX] = 4,
		[MATCH_LIST_PREFIX] = 4,
		[MATCH_WORD] = 3,
		[MATCH_TOKEN] = 2,
	};
	int length = (int)(r->pattern.len > 1000 ? 1000 : r->pattern.len);

	if (r->match == MATCH_TCP) {
		length = 1000;
		for (size_t i = 0; i < r->pattern.len; i++)
			length -= r->pattern.s[i] == '*' ? 50
			    : r->pattern.s[i] == '|'     ? 1
			                                 : 0;
	}
	return (r->is_final ? 8 : 0) * 1024 + rank[r->match] * 1024 + length;
}

struct found {
	struct hit *hits;
	size_t n;
};

static void
take(struct found *f, const struct rule *r, struct text rest)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct rule *had = f->hits[i].rule;
		if (had->table != r->table)
			continue;
		int better = specific(r) - specific(had);
		if (better > 0 || (better == 0 && strcmp(r->row.id, had->row.id) < 0))
			f->hits[i] = (struct hit){ r, rest };
		return;
	}
	if (f->n < TABLES_MAX)
		f->hits[f->n++] = (struct hit){ r, rest };
}

static void
look(const struct index *x, unsigned key, enum match_kind match, struct text t,
    struct text rest, struct found *f)
{
	uint64_t hash = hash_of(key, match, t);
	size_t bit = hash >> 32 & (MAYBE - 1);

	if ((x->maybe[bit / 64] >> bit % 64 & 1) == 0)
		return;
	for (const struct rule *r = x->slots[hash & (x->cap - 1)]; r != NULL;
	     r = r->next)
		if (r->key == key && r->match == match && text_equal(r->pattern, t))
			take(f, r, rest);
}

static void
look_prefixes(const struct index *x, unsigned key, struct text folded,
    struct text value, struct found *f)
{
	size_t most = folded.len < x->longest[key] ? folded.len : x->longest[key];
	uint64_t lengths = x->prefix[key][(uint8_t)folded.s[0] % FIRSTS];

	for (size_t len = 1; len <= most && lengths != 0; len++)
		if (lengths >> (len & 63) & 1)
			look(x, key, MATCH_PREFIX, (struct text){ folded.s, len },
			    (struct text){ value.s + len, value.len - len }, f);
}

static void
look_lists(const struct index *x, unsigned key, struct text t, struct found *f)
{
	for (size_t len = 0; len <= t.len && len <= x->longest[key]; len++)
		if ((len == t.len || t.s[len] == ',') &&
		    (x->list[key] >> (len & 63) & 1))
			look(x, key, MATCH_LIST_PREFIX, (struct text){ t.s, len },
			    (struct text){ "", 0 }, f);
}

static void
look_suffixes(const struct index *x, unsigned key, struct text t, struct found *f)
{
	for (size_t at = 0; at < t.len; at = text_find(t, '.', at) + 1)
		look(x, key, MATCH_SUFFIX, (struct text){ t.s + at, t.len - at },
		    (struct text){ "", 0 }, f);
}

static void
look_tokens(const struct index *x, unsigned key, struct text t, struct found *f)
{
	size_t at = 0, tokens = 0;

	while (at < t.len && tokens++ < TOKENS_MAX) {
		size_t end = at;
		while (end < t.len && in_word(t.s[end]) && beside(t.s + end) == 0)
			end++;
		if (end > at)
			look(x, key, MATCH_TOKEN, (struct text){ t.s + at, end - at },
			    (struct text){ "", 0 }, f);
		size_t skip = end < t.len ? beside(t.s + end) : 0;
		at = end + (skip > 0 ? skip : 1);
	}
}

static bool
word_matches(struct text word, struct text t)
{
	for (size_t at = 0; at + word.len <= t.len; at++) {
		const char *hit = memmem(t.s + at, t.len - at, word.s, word.len);
		if (hit == NULL)
			return false;
		at = (size_t)(hit - t.s);
		size_t end = at + word.len;
		if ((at == 0 || !in_word(t.s[at - 1]) || !in_word(word.s[0])) &&
		    (end == t.len || !in_word(t.s[end]) ||
		        !in_word(word.s[word.len - 1])))
			return true;
	}
	return false;
}

/* `*` any run, `#` one digit or more, `?` one byte. Backs up to the last star. */
static bool
pattern_matches(struct text p, struct text t)
{
	size_t i = 0, j = 0, star = SIZE_MAX, mark = 0;

	while (j < t.len) {
		if (i < p.len && p.s[i] == '*') {
			star = i++;
			mark = j;
		} else if (i < p.len && p.s[i] == '#' && is_digit(t.s[j])) {
			while (j < t.len && is_digit(t.s[j]))
				j++;
			i++;
		} else if (i < p.len && p.s[i] != '#' &&
		    (p.s[i] == '?' || p.s[i] == t.s[j])) {
			i++;
			j++;
		} else if (star != SIZE_MAX) {
			i = star + 1;
			j = ++mark;
		} else {
			return false;
		}
	}
	while (i < p.len && p.s[i] == '*')
		i++;
	return i == p.len;
}

/* Which pairs of bytes a value has: most words need not be looked for. */
struct pairs {
	uint64_t has[PAIRS / 64];
	struct bytes bytes;
};

static unsigned
pair(const char *s)
{
	return ((unsigned char)s[0] * 31u + (unsigned char)s[1]) % PAIRS;
}

static void
pairs_of(struct text t, struct pairs *p)
{
	memset(p, 0, sizeof *p);
	for (size_t i = 0; i + 1 < t.len; i++)
		p->has[pair(t.s + i) / 64] |= UINT64_C(1) << pair(t.s + i) % 64;
	for (size_t i = 0; i < t.len; i++)
		bytes_add(&p->bytes, (uint8_t)t.s[i]);
}

static bool
may_have(const struct pairs *p, struct text word)
{
	for (size_t i = 0; i + 1 < word.len && i < 6; i++)
		if (!(p->has[pair(word.s + i) / 64] >> pair(word.s + i) % 64 & 1))
			return false;
	return true;
}

bool
rule_matches(const struct rule *r, struct text t, struct text *rest)
{
	struct addr a;

	*rest = (struct text){ "", 0 };
	switch (r->match) {
	case MATCH_WORD:
		return word_matches(r->pattern, t);
	case MATCH_PATTERN:
		return pattern_matches(r->pattern, t);
	case MATCH_PCRE:
		return pcre_match(r->regex, t, rest);
	case MATCH_NET:
		return addr_parse(t, &a) && prefix_has(r->net, a);
	case MATCH_TCP:
		return tcp_matches(r->pattern, t);
	case MATCH_EXACT:
	case MATCH_PREFIX:
	case MATCH_SUFFIX:
	case MATCH_LIST_PREFIX:
	case MATCH_TOKEN:
		break;
	}
	return false;
}

static bool
may_match(const struct rule *r, struct text t, const struct pairs *pairs)
{
	if (r->match == MATCH_WORD)
		return may_have(pairs, r->pattern);
	if (r->needs.len > 1 && !may_have(pairs, r->needs))
		return false;
	return r->match != MATCH_PCRE || pcre_may_match(r->regex, t, &pairs->bytes);
}

static bool
may_begin(const struct rule *r, uint8_t first)
{
	char c = r->pattern.s[0];

	if (r->match == MATCH_PATTERN)
		return c == '*' || c == '#' || c == '?' || (uint8_t)c == first;
	return r->match != MATCH_PCRE || pcre_may_begin(r->regex, first);
}

/* What must be tried of a value with this first byte. */
static const struct tries *
tries_of(struct knowledge *k, unsigned key, uint8_t first)
{
	struct index *x = k->index;
	const struct tries *all = &x->tries[key];

	if (all->n == 0)
		return all;
	if (x->by_first[key] == NULL)
		x->by_first[key] = arena_take(&k->arena, 256 * sizeof *all);
	struct tries *t = &x->by_first[key][first];
	if (t->rules == NULL) {
		t->rules = arena_take(&k->arena, all->n * sizeof(struct rule *));
		for (size_t i = 0; i < all->n; i++)
			if (may_begin(all->rules[i], first))
				t->rules[t->n++] = all->rules[i];
	}
	return t;
}

size_t
rules_match(struct knowledge *k, unsigned key, struct text value,
    struct hit out[TABLES_MAX])
{
	const struct index *x = k->index;
	struct found f = { out, 0 };
	char buf[FOLDED_MAX + 4] UNSET;
	size_t n = value.len < FOLDED_MAX ? value.len : FOLDED_MAX;
	struct text folded = { buf, n };
	bool whole = n == value.len;
	struct pairs pairs UNSET;

	if (x == NULL || key >= KEYS || value.len == 0)
		return 0;
	for (size_t i = 0; i < n; i++)
		buf[i] = fold(value.s[i]);
	memset(buf + n, 0, 4);
	if (x->exact[key] && whole)
		look(x, key, MATCH_EXACT, folded, (struct text){ "", 0 }, &f);
	look_prefixes(x, key, folded, value, &f);
	if (x->list[key] != 0 && whole)
		look_lists(x, key, folded, &f);
	if (x->suffix[key] && whole)
		look_suffixes(x, key, folded, &f);
	if (x->token[key])
		look_tokens(x, key, folded, &f);
	const struct tries *tries = tries_of(k, key, (uint8_t)value.s[0]);
	if (tries->n > 0)
		pairs_of(value, &pairs);
	for (size_t i = 0; i < tries->n; i++) {
		struct text rest;
		const struct rule *r = tries->rules[i];
		if (may_match(r, value, &pairs) && rule_matches(r, value, &rest))
			take(&f, r, rest);
	}
	return f.n;
}

struct hit
rules_best(struct knowledge *k, unsigned key, struct text value)
{
	struct hit hits[TABLES_MAX] UNSET;
	size_t n = rules_match(k, key, value, hits), best = 0;

	if (n == 0)
		return (struct hit){ NULL, { "", 0 } };
	for (size_t i = 1; i < n; i++)
		if (specific(hits[i].rule) > specific(hits[best].rule))
			best = i;
	return hits[best];
}
