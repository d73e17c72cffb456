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

/* What names Linux and no system that stands on it. */
static bool
linux_read(struct knowledge *k, struct text ua, struct made *out)
{
	bool linux_named = ua_has_word(ua, "Linux") || ua_has_word(ua, "linux") ||
	    ua_has_word(ua, "LINUX");
	bool tv = ua_says_tv(ua);

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
		"Generic", "Unspecified Device", "HarmonyOS", "gzip" };

	if (field.len < 2 || field.len > 40 || strchr("-#", field.s[0]) != NULL ||
	    memchr(field.s, '=', field.len) != NULL)
		return false; /* 2.1-update1, 14#S918BXXS3BXD1#34 */
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (text_is(field, no[i]))
			return false;
	if (text_starts(field, text_of("rv:")) ||
	    text_starts(field, text_of("Build/")) ||
	    text_starts(field, text_of("Opera Mini/")) ||
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

/* As Chrome and Firefox document it; apps that say it in their comment do likewise. */
bool
user_agent_says_mobile(struct text ua)
{
	return (has(ua, "Mozilla/5.0") && has(ua, " Mobile")) ||
	    has(ua, " Mobile Safari") || has(ua, "; Mobile;");
}

/* Boxes and sets that browse without a word of theirs are mostly Android 6 to 10. */
static bool
few_sets(struct text comment)
{
	struct text version = behind(comment, " ");
	unsigned major = ua_major(ua_version_at(
	    comment.len > 0 && is_digit(comment.s[0]) ? comment : version));

	return major > 0 && (major < 6 || major > 10);
}

/* Which form an Android's has: by the words of its own comment, then `Mobile`. */
static const char *
android_form(struct text ua, struct text comment, struct text model)
{
	bool mobile = user_agent_says_mobile(ua), view = has(comment, "; wv");

	if (has(ua, "HarmonyOS"))
		return mobile ? "harmony-mobile" : "harmony";
	if (ua_says_tv(comment) || ua_is_tv_browser(ua))
		return "android-tv";
	if (ua_is_set(model))
		return "android-set";
	if (ua_says_tablet(comment))
		return "android-tablet";
	if (ua_says_phone(comment))
		return "android-phone";
	if (ua_says_box(comment, mobile))
		return "android-box";
	if (has(ua, "/apad"))
		return "android-apad";
	if (mobile)
		return view ? "android-mobile-view" : "android-mobile";
	return !has(ua, "Mozilla/5.0") ? "android"
	    : view                     ? "android-view"
	    : few_sets(comment)        ? "android-large-few-sets"
	                               : "android-large";
}

/* Outlook-Android/2.0: behind a name that ends so stands a version of the app. */
static bool
is_apps(struct text ua, struct text rest)
{
	const char *at = rest.s - strlen("Android");

	return at > ua.s && rest.len > 0 && rest.s[0] == '/' &&
	    (at[-1] == '-' || at[-1] == '_' || is_letter(at[-1]));
}

/*
 * What stands behind the system's name: in a comment, where that is what it is, and
 * else the first, which may be an app's (`AndroidDownloadManager/10 (Linux; U; …`).
 */
static struct text
behind_android(struct text ua)
{
	for (struct text rest = ua; (rest = behind(rest, "Android")).s != NULL;) {
		const char *at = rest.s - strlen("Android");
		if (at > ua.s + 1 && (at[-1] == '(' || memcmp(at - 2, "; ", 2) == 0))
			return rest;
	}
	return behind(ua, "Android");
}

struct text
user_agent_model(struct text ua, struct text *version)
{
	struct text rest = behind_android(ua), model;
	bool apps = rest.s != NULL && is_apps(ua, rest);

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
	*version = apps ? (struct text){ NULL, 0 } : ua_version_of_level(*version);
	if (text_starts(rest, text_of(" (")))
		rest = (struct text){ rest.s + 2, rest.len - 2 };
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
	struct text rest = behind_android(ua);

	if (rest.len > 1 && rest.s[1] == '(')
		rest = (struct text){ rest.s + 2, rest.len - 2 };
	rest.len = comment_end(rest);
	return rest;
}

/* Samsung's browsers and carriers put its name before its codes: SAMSUNG-SM-J327AZ. */
static struct text
without_samsung(struct text model)
{
	static const char *const codes[] = { "SM-", "GT-", "SGH-", "SCH-", "SPH-",
		"SHV-" };

	if (model.len <= 8 || strncasecmp(model.s, "samsung", 7) != 0 ||
	    is_letter(model.s[7]))
		return model;
	struct text rest = { model.s + 8, model.len - 8 };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (text_starts(rest, text_of(codes[i])))
			return rest;
	return model;
}

struct text
user_agent_series(struct text model, char buf[64])
{
	size_t n = 0;

	model = without_samsung(model);

	for (; n < model.len && n < 64; n++)
		buf[n] = model.s[n] == '_' || model.s[n] == '-' ? ' ' : model.s[n];
	return (struct text){ buf, n };
}

/* Whether the maker that the narrow row names is among the broad one's. */
static bool
agree(const struct rule *narrow, const struct rule *broad)
{
	const struct claim *n = &narrow->row.claims[0];
	const struct claim *b = &broad->row.claims[0];

	if (n->attribute != ATTR_VENDOR || b->attribute != ATTR_VENDOR)
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (text_equal(b->values[i], n->values[0]))
			return true;
	return false;
}

/* Where a line's own strings with Mobile were counted, the form says it no second time.
 */
static void
mobile_counted(struct knowledge *k, struct text model, struct made *out)
{
	static const char form[] = "ua.form/android-mobile";
	char plain[64];
	const struct rule *said =
	    rules_best(k, KEY_ANDROID_MOBILE, user_agent_series(model, plain)).rule;

	if (said == NULL || !text_equal(said->pattern, out->also->pattern) ||
	    strncmp(out->rule->row.id, form, sizeof form - 1) != 0)
		return;
	out->rule = rules_best(k, KEY_UA_FORM, text_of("android")).rule;
	out->also = said;
}

static const struct claim *
kind_of(const struct rule *r)
{
	for (size_t i = 0; i < r->row.n_claims; i++)
		if (r->row.claims[i].attribute == ATTR_KIND)
			return &r->row.claims[i];
	return NULL;
}

/* Whether a maker's document says of the same maker and kind what few models bear out.
 */
static bool
is_surer(const struct rule *written, const struct rule *counted)
{
	const struct claim *w = kind_of(written), *c = kind_of(counted);

	return w != NULL && c != NULL && w->n == 1 && c->n == 1 &&
	    text_equal(w->values[0], c->values[0]) && w->weight > c->weight &&
	    written->row.claims[0].n == 1 &&
	    written->row.claims[0].weight >= counted->row.claims[0].weight &&
	    agree(counted, written);
}

/* The row that says of a maker's name, wherever it stands, what it is worth. */
static const struct rule *
named_form(struct knowledge *k)
{
	return rules_best(k, KEY_UA_FORM, text_of("maker-named")).rule;
}

/* Whether a shape is surer of another kind than what a beginning of few letters says.
 */
static bool
is_otherwise(const struct rule *written, const struct rule *counted)
{
	const struct claim *w = kind_of(written), *c = kind_of(counted);

	return w != NULL && c != NULL && w->n == 1 && c->n == 1 &&
	    !text_equal(w->values[0], c->values[0]) && w->weight > c->weight;
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
		bool better = (brief && !agree(counted, written)) ||
		    (brief && is_otherwise(written, counted)) ||
		    is_surer(written, counted) ||
		    written->match == MATCH_EXACT; /* Pixel C */
		out->also = better ? written : counted;
	}
	if (maker_listed(k, ua, out)) {
		if (out->also == NULL)
			out->also = named_form(k);
		return;
	}
	if (name > 0 && (counted == NULL || counted->pattern.len < name) && shape) {
		out->vendor = named.vendor;
		if (out->also == NULL)
			out->also = named.also;
		return;
	}
	if (out->also == counted && counted != NULL && user_agent_says_mobile(ua))
		mobile_counted(k, model, out);
	if (!shape)
		return;
	if (maker_built(k, behind(ua, "Build/"), out)) {
		if (out->also == NULL)
			out->also = named_form(k);
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
	if (has(ua, "HarmonyOS") && out->also != NULL && !agree(out->also, out->rule)) {
		out->also = NULL; /* a line that another maker has too */
		out->vendor.len = 0;
	}
	if (model.len > 0 && text_is_utf8(model))
		out->model = model;
	return true;
}

/* AOSP's wpa_supplicant writes ro.product.manufacturer into the WPS element. */
static bool
wps_maker(struct knowledge *k, struct text name, struct made *out)
{
	const struct rule *form = rules_best(k, KEY_UA_FORM, text_of("wps-maker")).rule;
	unsigned at;

	if (text_is_word(name, "LGE"))
		name.len = 2;
	if (form == NULL || maker_begins(k, name, &at) == 0)
		return false;
	*out = (struct made){ .rule = form,
		.also = form,
		.vendor = k->values[ATTR_VENDOR][at] };
	return true;
}

/*
 * It writes ro.product.model there too, which its browsers say as well; so what is
 * known of a line of models applies, if it is a clear one; else a maker's name alone.
 */
static bool
wps_model(struct knowledge *k, struct text model, struct made *out)
{
	char plain[64];

	if (model.len < 4 || !text_is_utf8(model))
		return false;
	struct text series = user_agent_series(model, plain);
	if (has(model, "outer") || /* Mi Router 4A */
	    !ua_line_is_clear(k, model, series))
		return wps_maker(k, model, out);
	if (!ua_form(k, "wps-model", out))
		return false;
	android_maker(k, (struct text){ "", 0 }, model, out);
	out->model = model;
	return out->also != NULL;
}

bool
wps_read(struct knowledge *k, enum fact_key key, struct text value, struct made *out)
{
	switch (key) {
	case FACT_WIFI_WPS_MODEL:
	case FACT_EAP_WPS_MODEL:
		return wps_model(k, value, out);
	case FACT_WIFI_WPS_MANUFACTURER:
	case FACT_EAP_WPS_MANUFACTURER:
		return wps_maker(k, value, out);
	default:
		return false;
	}
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
	if (has(ua, "Macintosh;") || mac_is_named(ua))
		return mac_read(k, ua, out);
	if (ua_has_word(ua, "android"))
		return ua_form(k, "android", out);
	return linux_read(k, ua, out);
}
