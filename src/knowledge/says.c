/* SPDX-License-Identifier: ISC */
/*
 * What a row says:
 *
 *	says   := word { " " word }
 *	word   := "default" | "final" | "virtual" | claim
 *	claim  := ATTRIBUTE ["@" values] "=" values ":" WEIGHT | ATTRIBUTE "=*"
 *	values := value { "|" value };  value := WORD | '"' anything '"'
 *
 * A version has MIN..MAX (either may be missing) or one VERSION for its values,
 * and after `@` the OSes under which it holds. `version=*` and `model=*` take the
 * value's own text. Claims stand in the order of the attributes; a second one on an
 * attribute is given the first (`os=Linux|Android:3.9 os=Android:1.6`). Weights are
 * natural logarithms, at most ln 1000000 either way.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "knowledge/rule.h"

enum { CLAIMS_MAX = 16, LISTED_MAX = 32 };

/* A family is capped when it is weighed; this is against a slip of the pen. */
static const double most = 13.8156;

static const char *const names[ATTRIBUTES] = { "vendor", "os", "kind", "version",
	"model", "app", "hidden" };

const char *
attribute_name(enum attribute a)
{
	return names[a];
}

bool
attribute_find(struct text t, enum attribute *out)
{
	for (unsigned i = 0; i < ATTRIBUTES; i++)
		if (text_is_word(t, names[i])) {
			*out = (enum attribute)i;
			return true;
		}
	return false;
}

/* Up to a blank outside quotes. */
static bool
next_word(struct text *rest, struct text *word)
{
	bool quoted = false;
	size_t i;

	while (rest->len > 0 && rest->s[0] == ' ') {
		rest->s++;
		rest->len--;
	}
	for (i = 0; i < rest->len && (quoted || rest->s[i] != ' '); i++)
		if (rest->s[i] == '"')
			quoted = !quoted;
	*word = (struct text){ rest->s, i };
	rest->s += i;
	rest->len -= i;
	return i > 0;
}

static int
values_read(struct knowledge *k, struct text t, const struct text **out, size_t *n,
    struct err *err)
{
	struct text list[LISTED_MAX], one;

	*n = 0;
	while (text_split(&t, '|', &one)) {
		if (one.len >= 2 && one.s[0] == '"' && one.s[one.len - 1] == '"')
			one = (struct text){ one.s + 1, one.len - 2 };
		if (one.len == 0 || memchr(one.s, '"', one.len) != NULL)
			return err_set(err, "a value is empty or wrongly quoted");
		if (*n == LISTED_MAX)
			return err_set(err, "more than %d values", LISTED_MAX);
		list[(*n)++] = intern(k, one);
	}
	struct text *kept = arena_take(&k->arena, *n * sizeof *kept);
	memcpy(kept, list, *n * sizeof *kept);
	*out = kept;
	return 0;
}

static int
weight_read(struct text t, double *out, struct err *err)
{
	char digits[16], *end;

	if (t.len == 0 || t.len >= sizeof digits)
		return err_set(err, "the weight '%.*s' is not a number", (int)t.len,
		    t.s);
	memcpy(digits, t.s, t.len);
	digits[t.len] = '\0';
	*out = strtod(digits, &end);
	if (*end != '\0' || !isfinite(*out) || strpbrk(digits, "xXnN") != NULL)
		return err_set(err, "the weight '%s' is not a number", digits);
	if (fabs(*out) > most)
		return err_set(err, "the weight %s is beyond ln 1000000", digits);
	return 0;
}

static bool
is_version(struct text t)
{
	bool digit = false;

	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == '.' && digit)
			digit = false;
		else if (t.s[i] >= '0' && t.s[i] <= '9')
			digit = true;
		else
			return false;
	}
	return digit;
}

static int
range_read(struct knowledge *k, struct text t, struct claim *c, struct err *err)
{
	struct text min = t, max = t;

	for (size_t i = 0; i + 1 < t.len; i++)
		if (t.s[i] == '.' && t.s[i + 1] == '.') {
			min = (struct text){ t.s, i };
			max = (struct text){ t.s + i + 2, t.len - i - 2 };
			break;
		}
	if ((min.len > 0 && !is_version(min)) || (max.len > 0 && !is_version(max)) ||
	    min.len + max.len == 0)
		return err_set(err, "'%.*s' is no version, nor MIN..MAX", (int)t.len,
		    t.s);
	c->min = min.len > 0 ? intern(k, min).s : NULL;
	c->max = max.len > 0 ? intern(k, max).s : NULL;
	return 0;
}

static int
values_known(const struct knowledge *k, enum attribute a, const struct text *values,
    size_t n, struct err *err)
{
	unsigned at;

	for (size_t i = 0; i < n; i++)
		if (!value_find(k, a, values[i], &at))
			return err_set(err, "priors.tsv has no %s '%s'", names[a],
			    values[i].s);
	return 0;
}

/* What stands right of the `=` and its weight. */
static int
value_read(struct knowledge *k, struct text right, struct claim *c, struct err *err)
{
	size_t colon = right.len;

	while (colon > 0 && right.s[colon - 1] != ':' && right.s[colon - 1] != '"')
		colon--;
	if (colon == 0 || right.s[colon - 1] != ':')
		return err_set(err, "the claim '%s=%.*s' has no weight",
		    names[c->attribute], (int)right.len, right.s);
	struct text weight = { right.s + colon, right.len - colon };
	struct text value = { right.s, colon - 1 };
	if (weight_read(weight, &c->weight, err) != 0)
		return -1;
	if (c->attribute == ATTR_VERSION)
		return range_read(k, value, c, err);
	if (values_read(k, value, &c->values, &c->n, err) != 0)
		return -1;
	return c->attribute > ATTR_KIND
	    ? 0
	    : values_known(k, c->attribute, c->values, c->n, err);
}

static int
claim_read(struct knowledge *k, struct text word, struct rule *r, struct claim *c,
    bool *made, struct err *err)
{
	size_t equal = text_find(word, '=', 0);
	struct text left = { word.s, equal }, given = { NULL, 0 };
	size_t at = text_find(left, '@', 0);

	if (equal == word.len)
		return err_set(err, "'%.*s' is no claim", (int)word.len, word.s);
	if (at < left.len) {
		given = (struct text){ left.s + at + 1, left.len - at - 1 };
		left.len = at;
	}
	if (!attribute_find(left, &c->attribute))
		return err_set(err, "no attribute is called '%.*s'", (int)left.len,
		    left.s);
	struct text right = { word.s + equal + 1, word.len - equal - 1 };
	*made = text_is(right, "*");
	if (*made && c->attribute != ATTR_VERSION && c->attribute != ATTR_MODEL)
		return err_set(err, "only a version or a model can be '*'");
	if (*made) {
		r->version_is |= c->attribute == ATTR_VERSION;
		r->model_is |= c->attribute == ATTR_MODEL;
		return 0;
	}
	if (given.s != NULL &&
	    (c->attribute != ATTR_VERSION ||
	        values_read(k, given, &c->given, &c->n_given, err) != 0 ||
	        values_known(k, ATTR_OS, c->given, c->n_given, err) != 0))
		return c->attribute == ATTR_VERSION
		    ? -1
		    : err_set(err, "only a version is given under an OS");
	return value_read(k, right, c, err);
}

/* Its claims only go into sums; where those hold is for the sum to find. */
static bool
is_trait(const struct rule *r)
{
	for (unsigned key = KEY_WIFI_KIN; key <= KEY_WIFI_KIND_ELSE; key++)
		if (key_set_has(&r->keys, key))
			return true;
	return false;
}

int
says_read(struct knowledge *k, struct text t, struct rule *r, struct err *err)
{
	struct claim claims[CLAIMS_MAX] = { 0 };
	struct text word;
	size_t n = 0;

	while (next_word(&t, &word)) {
		bool made = false;
		if (text_is(word, "default")) {
			r->row.is_default = true;
			continue;
		}
		if (text_is(word, "virtual")) {
			r->row.is_virtual = true;
			continue;
		}
		if (text_is(word, "final")) {
			r->is_final = true;
			continue;
		}
		if (n == CLAIMS_MAX)
			return err_set(err, "more than %d claims", CLAIMS_MAX);
		if (claim_read(k, word, r, &claims[n], &made, err) != 0)
			return -1;
		if (made) {
			memset(&claims[n], 0, sizeof claims[n]);
			continue;
		}
		if (n > 0 && claims[n].attribute < claims[n - 1].attribute)
			return err_set(err, "the claim on %s stands behind that on %s",
			    names[claims[n].attribute], names[claims[n - 1].attribute]);
		n++;
	}
	struct claim *kept = arena_take(&k->arena, n * sizeof *kept);
	memcpy(kept, claims, n * sizeof *kept);
	if (!is_trait(r))
		claims_hold(k, kept, n);
	r->row.claims = kept;
	r->row.n_claims = n;
	return 0;
}
