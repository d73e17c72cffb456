/* SPDX-License-Identifier: ISC */
/*
 * The structure of a User-Agent (RFC 9110, 10.1.5): which form it has, and in it
 * the version and the model that the client names. What a form is worth, the rows
 * `ua.form` of ua.tsv say; models are looked up in `apple.model`, `android.model`,
 * Darwin's numbers in `darwin.release`.
 *
 * What is frozen is not believed: Safari on iOS 26 says `CPU iPhone OS 18_6` or
 * `18_7` whatever it runs, macOS stops at `10_15_7`, Chrome at `Android 10; K`.
 */
#include "knowledge/user_agent.h"

struct text
ua_version_at(struct text t)
{
	size_t n = 0;

	while (n < t.len && n < 24 &&
	    (is_digit(t.s[n]) ||
	        ((t.s[n] == '.' || t.s[n] == '_') && n > 0 && n + 1 < t.len &&
	            is_digit(t.s[n + 1]))))
		n++;
	return (struct text){ t.s, n };
}

struct text
ua_dotted(struct text v, unsigned parts, char buf[32])
{
	size_t n = 0;

	for (; n < v.len && n < 31; n++) {
		buf[n] = v.s[n] == '_' ? '.' : v.s[n];
		if (buf[n] == '.' && --parts == 0)
			break;
	}
	return (struct text){ buf, n };
}

unsigned
ua_major(struct text v)
{
	unsigned n = 0;

	for (size_t i = 0; i < v.len && i < 5 && is_digit(v.s[i]); i++)
		n = n * 10 + (unsigned)(v.s[i] - '0');
	return n;
}

bool
ua_form(struct knowledge *k, const char *name, struct made *out)
{
	struct hit hit = rules_best(k, KEY_UA_FORM, text_of(name));

	*out = (struct made){ .rule = hit.rule };
	return hit.rule != NULL;
}

void
ua_set_version(struct knowledge *k, struct made *m, struct text v, unsigned parts)
{
	char buf[32];

	m->min = m->max = intern(k, ua_dotted(v, parts, buf));
}

static bool
windows_read(struct knowledge *k, struct text ua, struct made *out)
{
	static const struct {
		const char *nt, *min, *max;
	} names[] = {
		{ "10.0", "10", "11" },
		{ "6.3", "8.1", "8.1" },
		{ "6.2", "8", "8" },
		{ "6.1", "7", "7" },
	};
	struct text nt = ua_version_at(behind(ua, "Windows NT "));
	bool browser = has(ua, "Mozilla/") || has(ua, "Opera/");

	if (!ua_form(k,
	        has(ua, "Xbox") ? "xbox"
	            : browser   ? "windows-browser"
	                        : "windows",
	        out))
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_is(nt, names[i].nt)) {
			out->min = text_of(names[i].min);
			out->max = text_of(names[i].max);
		}
	return true;
}

/* The word with no letter before it and none behind. */
static bool
has_word(struct text t, const char *word)
{
	size_t n = strlen(word);

	for (struct text rest = t; (rest = behind(rest, word)).s != NULL;)
		if ((rest.s - n == t.s || !is_letter(rest.s[-(ptrdiff_t)n - 1])) &&
		    (rest.len == 0 || !is_letter(rest.s[0])))
			return true;
	return false;
}

/* A set with a screen across the room says so in one of these words. */
static bool
is_tv(struct text ua)
{
	static const char *const marks[] = { "SmartTV", "Smart-TV", "SMART-TV", "HbbTV",
		"HBBTV", "GoogleTV", "AndroidTV", "MiTV", "NETTV", "Web0S", "BRAVIA",
		"CE-HTML", "NETRANGEMMH", "OMI/", "Opera TV", "InettvBrowser",
		"VSTVB" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (has(ua, marks[i]))
			return true;
	for (struct text rest = ua; (rest = behind(rest, "TV")).s != NULL;) {
		char before = rest.s - 2 > ua.s ? rest.s[-3] : ' ';
		bool code = before >= 'B' && before <= 'Z'; /* HTV31, STV100 */
		if (!code && (rest.len == 0 || !is_letter(rest.s[0])))
			return true;
	}
	return has_word(ua, "STB");
}

/* Models of sets begin with their inches (43UP50GU), or say LED and then those. */
static bool
is_set(struct text model)
{
	struct text led = behind(model, "LED");
	size_t i = 2;

	if (led.len > 0 && is_digit(led.s[0]))
		return true;
	if (model.len < 4 || !is_digit(model.s[0]) || !is_digit(model.s[1]) ||
	    model.s[0] < '1' || (model.s[0] == '1' && model.s[1] != '9'))
		return false;
	while (i < model.len && i < 7 && model.s[i] >= 'A' && model.s[i] <= 'Z')
		i++;
	return i > 2 && i < model.len && (is_digit(model.s[i]) || model.s[i] == '-');
}

/* `Tab` and `Pad` end names: MediaPad, HiPad, La Tab 72. */
static bool
is_tablet(struct text ua)
{
	static const char *const ends[] = { "Pad", "PAD", "Tab", "TAB", "Tablet",
		"TABLET", "tablet" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		for (struct text rest = ua; (rest = behind(rest, ends[i])).s != NULL;)
			if (rest.len == 0 || !is_letter(rest.s[0]))
				return true;
	return false;
}

/* What names Linux and no system that stands on it. */
static bool
linux_read(struct knowledge *k, struct text ua, struct made *out)
{
	bool linux_named = has_word(ua, "Linux") || has_word(ua, "linux") ||
	    has_word(ua, "LINUX");
	bool tv = is_tv(ua);

	if (!linux_named)
		return tv && ua_form(k, "tv", out);
	return ua_form(k,
	    tv                   ? "linux-tv"
	        : has(ua, "X11") ? "linux-desktop"
	                         : "linux",
	    out);
}

/* The fields of a comment, `;` or `,` between; words that name no model go by. */
static bool
is_model(struct text field)
{
	static const char *const no[] = { "wv", "U", "Mobile", "Tablet", "K", "arm",
		"arm_64", "aarch64", "arm64", "x86", "x86_64", "Linux", "TV", "Android",
		"Generic", "Unspecified Device" };

	if (field.len < 2 || field.len > 40 || memchr(field.s, '=', field.len) != NULL)
		return false;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (text_is(field, no[i]))
			return false;
	if (text_starts(field, text_of("rv:")) ||
	    text_starts(field, text_of("Build/")) ||
	    text_starts(field, text_of("API ")) || text_starts(field, text_of("Sdk:")))
		return false;
	if (field.len == 5 && (field.s[2] == '-' || field.s[2] == '_'))
		return false; /* a locale: en-us */
	return !(field.len == 2 && field.s[0] >= 'a' && field.s[0] <= 'z');
}

/* To the bracket that ends it: `Android 9; Moto G (7) Build/OPPS28)` has its own. */
static size_t
comment_end(struct text t)
{
	unsigned depth = 0;

	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == '(')
			depth++;
		else if (t.s[i] == ')' && depth-- == 0)
			return i;
	}
	return t.len;
}

static struct text
android_model(struct text comment)
{
	struct text field, model = { NULL, 0 };

	comment.len = comment_end(comment);
	while (text_split(&comment, ';', &field)) {
		field = text_trim(field);
		if (text_starts(field, text_of("Manufacturer:")))
			continue;
		if (text_starts(field, text_of("Model: ")))
			field = (struct text){ field.s + 7, field.len - 7 };
		const char *end = find(field, " Build");
		if (end == NULL)
			end = find(field, " AppleWebKit");
		if (end != NULL)
			field.len = (size_t)(end - field.s);
		if (is_model(field)) {
			model = field;
			break;
		}
	}
	return model;
}

/* Instagram 7.1.1 Android (19/4.4.2; 480dpi; 1080x1920; samsung; GT-I9505; …) */
static struct text
instagram_model(struct text ua, struct text *version)
{
	struct text comment = behind(ua, "Android ("), field, last = { NULL, 0 };
	int at = 0;

	comment.len = text_find(comment, ')', 0);
	while (comment.s != NULL && text_split(&comment, ';', &field) && at < 5) {
		field = text_trim(field);
		size_t slash = text_find(field, '/', 0);
		if (at == 0 && slash < field.len)
			*version = ua_version_at((
			    struct text){ field.s + slash + 1, field.len - slash - 1 });
		if (at++ == 4)
			last = field;
	}
	return last;
}

/* Which form an Android's has: by the words of its own comment, then `Mobile`. */
static const char *
android_form(struct text ua, struct text comment, struct text model)
{
	bool mobile = has(ua, " Mobile") || has(ua, "; Mobile;");
	bool browser = has(ua, "Mozilla/5.0");

	if (has(ua, "HarmonyOS"))
		return mobile ? "harmony-mobile" : "harmony";
	if (is_tv(comment) || has(ua, "HbbTV") || has(ua, "SMART-TV") || is_set(model))
		return "android-tv";
	if (is_tablet(comment))
		return "android-tablet";
	return !browser            ? "android"
	    : mobile               ? "android-mobile"
	    : has(comment, "; wv") ? "android-view"
	                           : "android-large";
}

struct text
user_agent_model(struct text ua, struct text *version)
{
	struct text rest = behind(ua, "Android"), model;

	*version = (struct text){ NULL, 0 };
	while (
	    rest.len > 0 && (rest.s[0] == ' ' || rest.s[0] == '/' || rest.s[0] == '-'))
		rest = (struct text){ rest.s + 1, rest.len - 1 };
	if (rest.len > 0 && rest.s[0] == '(')
		return instagram_model(ua, version);
	if (text_starts(rest, text_of("10; K)")))
		return (struct text){ NULL, 0 }; /* Chrome's, whatever it runs on */
	*version = ua_version_at(rest);
	rest = (struct text){ rest.s + version->len, rest.len - version->len };
	model = android_model(rest);
	if (has(rest, " Device/")) { /* WhatsApp/2.17 Android/6.0 Device/Meizu-M5 */
		model = behind(rest, " Device/");
		model.len = text_find(model, ' ', 0);
	}
	if (model.len < 2 && !text_starts(ua, text_of("Mozilla")) &&
	    !text_starts(ua, text_of("Dalvik")) && has(ua, " Release/")) {
		model = ua; /* OPPO_R823T/1.0 Linux/3.4.0 Android/4.2.1 Release/12.24 */
		model.len = text_find(ua, '/', 0);
	}
	return model.len > 1 ? model : (struct text){ NULL, 0 };
}

/* What stands behind the system's name, to the end of its comment. */
static struct text
android_comment(struct text ua)
{
	struct text rest = behind(ua, "Android");

	if (rest.len > 1 && rest.s[1] == '(')
		rest = (struct text){ rest.s + 2, rest.len - 2 };
	rest.len = comment_end(rest);
	return rest;
}

/* A model that begins with the name of a maker: `LAVA Iris`, `Meizu-M5`. */
static bool
maker_named(struct knowledge *k, struct text model, struct made *out)
{
	size_t n = 0;
	unsigned at;

	while (n < model.len && model.s[n] != ' ' && model.s[n] != '_' &&
	    model.s[n] != '-' && model.s[n] != '/')
		n++;
	if (n < 2 || !value_find(k, ATTR_VENDOR, (struct text){ model.s, n }, &at))
		return false;
	out->also = rules_best(k, KEY_UA_FORM, text_of("maker-named")).rule;
	out->vendor = k->values[ATTR_VENDOR][at];
	return out->also != NULL;
}

/*
 * The row for a model: of the series that were counted, unless one that was written for
 * a longer beginning, or the maker's name in it, knows better. A maker that stands in
 * the build only counts before the mere shape of the model.
 */
static void
android_maker(struct knowledge *k, struct text ua, struct text model, struct made *out)
{
	const struct rule *counted = rules_best(k, KEY_ANDROID_SERIES, model).rule;
	const struct rule *written = rules_best(k, KEY_ANDROID_MODEL, model).rule;
	bool shape = written == NULL || written->match == MATCH_PCRE;
	bool brief = counted == NULL || counted->pattern.len < 3;

	if (counted != NULL && counted->row.claims[0].attribute == ATTR_KIND && shape) {
		bool named = maker_named(k, model, out);
		out->also = counted; /* what makers share tells the kind alone */
		if (named || written == NULL)
			return;
	}
	out->also = counted;
	if (!brief && (shape || written->pattern.len <= counted->pattern.len))
		return;
	out->also = written;
	if (!shape || maker_named(k, model, out))
		return;
	const struct rule *built =
	    rules_best(k, KEY_ANDROID_MODEL, behind(ua, "Build/")).rule;
	if (built != NULL && built->match == MATCH_PREFIX && built->pattern.len >= 4)
		out->also = built;
	else if (written == NULL)
		out->also = counted;
}

static bool
android_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text version, model = user_agent_model(ua, &version);

	if (!ua_form(k, android_form(ua, android_comment(ua), model), out))
		return false;
	if (version.len > 0 && !has(ua, "HarmonyOS"))
		ua_set_version(k, out, version, 3);
	android_maker(k, ua, model, out);
	if (model.len > 0 && text_is_utf8(model))
		out->model = model;
	return true;
}

bool
user_agent_read(struct knowledge *k, struct text ua, struct made *out)
{
	if (ua.len < 4 || ua.len > 2048)
		return false;
	if (has(ua, "Windows NT ") || has(ua, "Windows 9") || has(ua, "Win9") ||
	    has(ua, "WinNT") || has(ua, "Windows XP") || has(ua, "(Windows;"))
		return windows_read(k, ua, out);
	if (has(ua, "CFNetwork/"))
		return cfnetwork_read(k, ua, out);
	if (has(ua, "Android") && !has(ua, "like Android"))
		return android_read(k, ua, out);
	if (has(ua, "iPhone") || has(ua, "iPad") || has(ua, "iPod") || has(ua, "iOS") ||
	    has(ua, "model/") || has(ua, "server-bag ["))
		if (ios_read(k, ua, out))
			return true;
	if (has(ua, "Macintosh;"))
		return mac_read(k, ua, out);
	if (has_word(ua, "android"))
		return ua_form(k, "android", out);
	return linux_read(k, ua, out);
}
