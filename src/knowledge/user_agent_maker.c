/* SPDX-License-Identifier: ISC */
/* The makers' names in a User-Agent: in the model, in the build, in a field of its own.
 */
#include "knowledge/user_agent.h"

/* What ends a maker's name in a model: a blank, a digit, a capital behind a small
 * letter. */
static bool
name_ends(struct text t, size_t n)
{
	if (n >= t.len || !is_letter(t.s[n]))
		return true;
	return t.s[n] <= 'Z' && t.s[n - 1] >= 'a';
}

enum { NAME_LEN_MAX = 20, NAME_GLUED_MIN = 4 };

/* Tesla's cars and Axis's cameras give no Android its name; other makers' models do. */
static bool
makes_androids(const struct knowledge *k, unsigned vendor)
{
	for (size_t i = 0; i < k->n_hypotheses; i++)
		if (k->hypotheses[i].at[ATTR_VENDOR] == vendor &&
		    (text_is(k->hypotheses[i].os, "Android") ||
		        text_is(k->hypotheses[i].os, "Fire OS") ||
		        text_is(k->hypotheses[i].os, "HarmonyOS")))
			return true;
	return false;
}

static bool
makes_androids_only(const struct knowledge *k, struct text maker)
{
	for (size_t i = 0; i < k->n_hypotheses; i++)
		if (text_equal(k->hypotheses[i].vendor, maker) &&
		    !text_is(k->hypotheses[i].os, "Android"))
			return false;
	return true;
}

/* The longest name of a maker with which t begins: `LAVA Iris`, `Meizu-M5`, `BlubooD2`.
 */
size_t
maker_begins(struct knowledge *k, struct text t, unsigned *at)
{
	size_t n = t.len < NAME_LEN_MAX ? t.len : NAME_LEN_MAX;

	for (; n >= 2; n--) {
		bool glued = n < t.len && (is_letter(t.s[n]) || is_digit(t.s[n]));
		if (name_ends(t, n) && (!glued || n >= NAME_GLUED_MIN) &&
		    value_find(k, ATTR_VENDOR, (struct text){ t.s, n }, at))
			return n;
	}
	return 0;
}

size_t
maker_named(struct knowledge *k, struct text model, struct made *out)
{
	unsigned at;
	size_t n = maker_begins(k, model, &at);

	if (n == 0 || !makes_androids(k, at))
		return 0;
	out->also = rules_best(k, KEY_UA_FORM, text_of("maker-named")).rule;
	out->vendor = k->values[ATTR_VENDOR][at];
	return out->also != NULL ? n : 0;
}

/* A build may begin with its maker's name: `S308 Build/CUBOT`, `Build/HUAWEIFIG-LA1`.
 */
bool
maker_built(struct knowledge *k, struct text build, struct made *out)
{
	size_t n = build.len < NAME_LEN_MAX ? build.len : NAME_LEN_MAX;
	unsigned at;

	for (; n >= NAME_GLUED_MIN; n--)
		if (value_find(k, ATTR_VENDOR, (struct text){ build.s, n }, &at) &&
		    makes_androids(k, at)) {
			out->vendor = k->values[ATTR_VENDOR][at];
			return true;
		}
	return false;
}

/*
 * Instagram writes Android's Build fields: Android (23/6.0; 480dpi; 1080x1920;
 * Xiaomi/POCO; M2010J19CG; citrus; qcom; …), the maker and, where it differs, the
 * brand.
 */
bool
maker_listed(struct knowledge *k, struct text ua, struct made *out)
{
	struct text comment = behind(ua, "Android ("), field = { NULL, 0 };
	unsigned at;

	if (!has(comment, "dpi;"))
		return false;
	for (int i = 0; i < 4; i++)
		if (!text_split(&comment, ';', &field))
			return false;
	struct text maker = text_trim(field), brand = behind(maker, "/");
	size_t n = brand.len > 0 ? maker_begins(k, brand, &at) : 0;
	if (n == 0 || !makes_androids(k, at))
		n = maker_begins(k, maker, &at);
	if (n == 0 || !makes_androids(k, at))
		return false;
	out->vendor = k->values[ATTR_VENDOR][at];
	return true;
}

/* The maker of a line that is its name and no more, so that all that it makes begins
 * so; NULL without a line, or of another. */
static struct text
maker_by_name(const struct rule *line, struct text series)
{
	if (line == NULL)
		return (struct text){ NULL, 0 };
	const struct claim *c = &line->row.claims[0];
	struct text maker = c->n > 0 ? c->values[0] : (struct text){ "", 0 };
	struct text begin = { series.s, maker.len };
	bool is = c->attribute == ATTR_VENDOR && line->pattern.len <= maker.len &&
	    series.len >= maker.len && text_equal_word(begin, maker);

	return is ? maker : (struct text){ NULL, 0 };
}

/*
 * Routers and printers look like lines of Androids that a few letters or a mere shape
 * make out, or the half of a word: Archer C7, DSL-2640, DCP-L2550DW, E5573, OpenWrt.
 * The maker's name tells the maker: Huawei HG8245.
 */
bool
ua_line_is_clear(struct knowledge *k, struct text model, struct text series)
{
	const struct rule *written = rules_best(k, KEY_ANDROID_MODEL, model).rule;
	const struct rule *counted = rules_best(k, KEY_ANDROID_SERIES, series).rule;
	const double sure = 6.9;
	struct text by_count = maker_by_name(counted, series);
	struct text by_word = maker_by_name(written, series);
	struct text maker = by_word.s != NULL ? by_word : by_count;
	if (maker.s != NULL && makes_androids_only(k, maker))
		return true;
	/* What is a name alone gives way to the other. */
	written = by_word.s != NULL ? NULL : written;
	counted = by_count.s != NULL ? NULL : counted;
	if (written != NULL)
		return written->match == MATCH_PCRE
		    ? written->row.claims[0].weight >= sure
		    : written->pattern.len >= 3;
	if (counted == NULL || counted->pattern.len < 4)
		return false;
	size_t end = counted->pattern.len;
	return end >= series.len || !is_letter(series.s[end - 1]) ||
	    !is_letter(series.s[end]);
}
