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
		bool code = before >= 'B' && before <= 'Z' &&
		    (before == 'D' || (rest.len > 0 && is_digit(rest.s[0])));
		/* HTV31, STV100; a phone with DTV receives television */
		if (!code && (rest.len == 0 || !is_letter(rest.s[0])))
			return true;
	}
	return has_word(ua, "STB");
}

static bool
is_inches(struct text t)
{
	static const char sizes[] =
	    "19 22 24 28 32 39 40 42 43 48 49 50 55 58 60 65 70 "
	    "75 77 82 83 85 86 98";

	for (size_t i = 0; t.len >= 2 && i + 1 < sizeof sizes; i += 3)
		if (memcmp(t.s, sizes + i, 2) == 0)
			return true;
	return false;
}

static size_t
capitals(struct text t, size_t at)
{
	size_t n = 0;

	while (at + n < t.len && t.s[at + n] >= 'A' && t.s[at + n] <= 'Z')
		n++;
	return n;
}

/*
 * The code of a set: its inches stand between capitals, then a number: 43UP50GU,
 * U65YQ2200, LT-43NF7021S, KTV-P50UHD02; or it says LED and then them.
 */
static bool
is_set_code(struct text t)
{
	size_t before = capitals(t, 0), at = before;

	if (at > 0 && at < t.len && t.s[at] == '-')
		at++;
	struct text rest = { t.s + at, t.len - at };
	if (before > 5 || rest.len < 3 || !is_inches(rest))
		return false;
	if (before >= 3 && memcmp(t.s + before - 3, "LED", 3) == 0)
		return true;
	size_t behind_them = capitals(rest, 2);
	if (behind_them < 1 || behind_them > 5)
		return false;
	if (before == 0)
		return 2 + behind_them < rest.len &&
		    (is_digit(rest.s[2 + behind_them]) ||
		        rest.s[2 + behind_them] == '-');
	return 3 + behind_them < rest.len && is_digit(rest.s[2 + behind_them]) &&
	    is_digit(rest.s[3 + behind_them]);
}

static bool
is_set(struct text model)
{
	for (size_t i = 0; i < model.len; i++)
		if ((i == 0 || model.s[i - 1] == ' ' || model.s[i - 1] == '_' ||
		        model.s[i - 1] == '-') &&
		    is_set_code((struct text){ model.s + i, model.len - i }))
			return true;
	return false;
}

/* The word at an end of a word of the text, as `Pad` in MediaPad: no letter behind. */
static bool
has_end(struct text t, const char *const ends[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (struct text rest = t; (rest = behind(rest, ends[i])).s != NULL;)
			if (rest.len == 0 || !is_letter(rest.s[0]))
				return true;
	return false;
}

/* `Tab` and `Pad` end names: MediaPad, HiPad, La Tab 72. */
static bool
is_tablet(struct text ua)
{
	static const char *const ends[] = { "Pad", "PAD", "Tab", "TAB", "Tablet",
		"TABLET", "tablet" };

	return has_end(ua, ends, sizeof ends / sizeof *ends);
}

static bool
is_phone(struct text ua)
{
	static const char *const ends[] = { "Phone", "PHONE", "phone" };

	return has_end(ua, ends, sizeof ends / sizeof *ends);
}

static bool
is_box(struct text ua)
{
	static const char *const ends[] = { "Box", "BOX", "box" };

	return has_end(ua, ends, sizeof ends / sizeof *ends);
}

/* Browsers of sets say so behind the comment too: Yandex's as `TV Safari`. */
static bool
is_tv_browser(struct text ua)
{
	return has(ua, "HbbTV") || has(ua, "SMART-TV") || has(ua, " TV Safari/") ||
	    has(ua, "TV Bro/") || has(ua, "IPTV") ||
	    (ua.len > 3 && memcmp(ua.s + ua.len - 3, " TV", 3) == 0);
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

	if (field.len < 2 || field.len > 40 || field.s[0] == '-' ||
	    memchr(field.s, '=', field.len) != NULL)
		return false; /* 2.1-update1 */
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (text_is(field, no[i]))
			return false;
	if (text_starts(field, text_of("rv:")) ||
	    text_starts(field, text_of("Build/")) ||
	    text_starts(field, text_of("API ")) || text_starts(field, text_of("Sdk:")))
		return false;
	if ((field.len == 5 && (field.s[2] == '-' || field.s[2] == '_')) ||
	    (field.len == 3 && field.s[2] == '-'))
		return false; /* a locale: en-us, fr- */
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
		static const char *const ends[] = { " Build", " AppleWebKit",
			" Release/", " Android/", "/1.0 " };
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
			const char *end = find(field, ends[i]);
			if (end != NULL)
				field.len = (size_t)(end - field.s);
		}
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
	if (is_tv(comment) || is_tv_browser(ua) || is_set(model))
		return "android-tv";
	if (is_tablet(comment))
		return "android-tablet";
	if (is_phone(comment))
		return "android-phone";
	if (is_box(comment))
		return "android-box";
	if (has(ua, "/apad"))
		return "android-apad";
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

/* The longest name of a maker with which t begins: `LAVA Iris`, `Meizu-M5`, `BlubooD2`.
 */
static size_t
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

static size_t
maker_named(struct knowledge *k, struct text model, struct made *out)
{
	unsigned at;
	size_t n = maker_begins(k, model, &at);

	if (n == 0)
		return 0;
	out->also = rules_best(k, KEY_UA_FORM, text_of("maker-named")).rule;
	out->vendor = k->values[ATTR_VENDOR][at];
	return out->also != NULL ? n : 0;
}

/* A build may begin with its maker's name: `S308 Build/CUBOT`, `Build/HUAWEIFIG-LA1`.
 */
static bool
maker_built(struct knowledge *k, struct text build, struct made *out)
{
	size_t n = build.len < NAME_LEN_MAX ? build.len : NAME_LEN_MAX;
	unsigned at;

	for (; n >= NAME_GLUED_MIN; n--)
		if (value_find(k, ATTR_VENDOR, (struct text){ build.s, n }, &at)) {
			out->vendor = k->values[ATTR_VENDOR][at];
			return true;
		}
	return false;
}

struct text
user_agent_series(struct text model, char buf[64])
{
	size_t n = 0;

	for (; n < model.len && n < 64; n++)
		buf[n] = model.s[n] == '_' || model.s[n] == '-' ? ' ' : model.s[n];
	return (struct text){ buf, n };
}

/* Of two rows that agree on the maker the counted one is the narrower. */
static bool
agree(const struct rule *counted, const struct rule *written)
{
	const struct claim *c = &counted->row.claims[0];
	const struct claim *w = &written->row.claims[0];

	if (c->attribute != ATTR_VENDOR || w->attribute != ATTR_VENDOR)
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (text_equal(w->values[i], c->values[0]))
			return true;
	return false;
}

/*
 * The row for a model: of the series that were counted, unless one that was written for
 * a longer beginning or a shape knows better. A maker's name that is longer than the
 * beginning stands before both, and one in the build before the mere shape.
 */
static void
android_maker(struct knowledge *k, struct text ua, struct text model, struct made *out)
{
	char plain[64];
	const struct rule *counted =
	    rules_best(k, KEY_ANDROID_SERIES, user_agent_series(model, plain)).rule;
	const struct rule *written = rules_best(k, KEY_ANDROID_MODEL, model).rule;
	bool shape = written == NULL || written->match == MATCH_PCRE;
	struct made named = { .also = NULL };
	size_t name = maker_named(k, model, &named);

	if (counted == NULL) {
		out->also = written;
	} else if (written == NULL) {
		out->also = counted;
	} else {
		bool brief = counted->pattern.len < (shape ? 5 : 3) ||
		    (!shape && written->pattern.len > counted->pattern.len);
		out->also = brief && !agree(counted, written) ? written : counted;
	}
	if (name > 0 && (counted == NULL || counted->pattern.len < name) && shape) {
		out->vendor = named.vendor;
		if (out->also == NULL)
			out->also = named.also;
		return;
	}
	if (!shape)
		return;
	if (maker_built(k, behind(ua, "Build/"), out)) {
		if (out->also == NULL)
			out->also =
			    rules_best(k, KEY_UA_FORM, text_of("maker-named")).rule;
		return;
	}
	const struct rule *built =
	    rules_best(k, KEY_ANDROID_MODEL, behind(ua, "Build/")).rule;
	if (built != NULL && built->match == MATCH_PREFIX && built->pattern.len >= 4)
		out->also = built;
}

/* An app has its own manner: `samsung SM-J260T1 M1AJQ; Android 8.1.0`. */
static struct text
model_anywhere(struct knowledge *k, struct text ua)
{
	static const char marks[] = " ;(/)";

	for (size_t i = 1; i < ua.len; i++) {
		struct text word = { ua.s + i, ua.len - i };
		if (strchr(marks, ua.s[i - 1]) == NULL || !is_letter(ua.s[i]))
			continue;
		const struct rule *r = rules_best(k, KEY_ANDROID_MODEL, word).rule;
		if (r == NULL || r->match != MATCH_PREFIX || r->pattern.len < 4)
			continue;
		for (word.len = 0; i + word.len < ua.len &&
		     (word.len < r->pattern.len ||
		         strchr(marks, word.s[word.len]) == NULL);)
			word.len++;
		return word;
	}
	return (struct text){ NULL, 0 };
}

static bool
android_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text version, model = user_agent_model(ua, &version);

	if (model.len == 0 && !text_starts(ua, text_of("Mozilla")))
		model = model_anywhere(k, ua);
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
