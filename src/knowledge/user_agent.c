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
#include <string.h>

#include "knowledge/rule.h"

static const char *
find(struct text t, const char *what)
{
	return t.len > 0 ? memmem(t.s, t.len, what, strlen(what)) : NULL;
}

static bool
has(struct text t, const char *what)
{
	return find(t, what) != NULL;
}

/* What stands behind `what`, or an empty text. */
static struct text
behind(struct text t, const char *what)
{
	const char *hit = find(t, what);

	if (hit == NULL)
		return (struct text){ NULL, 0 };
	hit += strlen(what);
	return (struct text){ hit, (size_t)(t.s + t.len - hit) };
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits with points (or underscores) between, at the start of t. */
static struct text
version_at(struct text t)
{
	size_t n = 0;

	while (n < t.len && n < 24 &&
	    (is_digit(t.s[n]) ||
	        ((t.s[n] == '.' || t.s[n] == '_') && n > 0 && n + 1 < t.len &&
	            is_digit(t.s[n + 1]))))
		n++;
	return (struct text){ t.s, n };
}

/* With points, in buf; at most `parts` of them. */
static struct text
dotted(struct text v, unsigned parts, char buf[32])
{
	size_t n = 0;

	for (; n < v.len && n < 31; n++) {
		buf[n] = v.s[n] == '_' ? '.' : v.s[n];
		if (buf[n] == '.' && --parts == 0)
			break;
	}
	return (struct text){ buf, n };
}

static unsigned
major(struct text v)
{
	unsigned n = 0;

	for (size_t i = 0; i < v.len && i < 5 && is_digit(v.s[i]); i++)
		n = n * 10 + (unsigned)(v.s[i] - '0');
	return n;
}

static bool
form(struct knowledge *k, const char *name, struct made *out)
{
	struct hit hit = rules_best(k, KEY_UA_FORM, text_of(name));

	*out = (struct made){ .rule = hit.rule };
	return hit.rule != NULL;
}

static void
set_version(struct knowledge *k, struct made *m, struct text v, unsigned parts)
{
	char buf[32];

	m->min = m->max = intern(k, dotted(v, parts, buf));
}

/* iPhone12,8: letters, digits, a comma, digits. */
static struct text
apple_model(struct text t)
{
	static const char *const lines[] = { "iPhone", "iPad", "iPod", "Watch",
		"AppleTV", "AudioAccessory", "MacBookPro", "MacBookAir", "MacBook",
		"Macmini", "iMacPro", "iMac", "MacPro", "RealityDevice", "Mac" };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		for (struct text rest = behind(t, lines[i]); rest.s != NULL;
		     rest = behind(rest, lines[i])) {
			size_t n = 0, comma;
			while (n < rest.len && n < 3 && is_digit(rest.s[n]))
				n++;
			comma = n;
			if (n == 0 || n == rest.len || rest.s[n] != ',')
				continue;
			for (n++; n < rest.len && n < comma + 4 && is_digit(rest.s[n]);)
				n++;
			if (n > comma + 1)
				return (struct text){ rest.s - strlen(lines[i]),
					strlen(lines[i]) + n };
		}
	return (struct text){ NULL, 0 };
}

static void
set_model(struct knowledge *k, struct made *m, struct text model)
{
	struct hit hit = rules_best(k, KEY_APPLE_MODEL, model);

	if (hit.rule == NULL)
		return;
	m->also = hit.rule;
	m->model = intern(k, model);
}

/*
 * iOS 26 freezes the token at 18_6 or 18_7 and tells the truth in `Version/`; an
 * app's web view sends no `Version/`, and is 18 or 26 and later.
 */
static void
ios_version(struct knowledge *k, struct made *m, struct text ua)
{
	static const char *const marks[] = { "CPU iPhone OS ", "CPU OS ", "iPhone OS ",
		"iPad; iOS ", "; iOS ", "iOS/", "FBSV/", "iPhone_OS/", "iPadOS ",
		"iPhone OS," };
	struct text token = { NULL, 0 };
	struct text safari = version_at(behind(ua, " Version/"));

	for (size_t i = 0; i < sizeof marks / sizeof *marks && token.len == 0; i++) {
		token = behind(ua, marks[i]);
		while (token.len > 0 && token.s[0] == ' ')
			token = (struct text){ token.s + 1, token.len - 1 };
		token = version_at(token);
	}
	bool frozen = token.len >= 4 && strncmp(token.s, "18", 2) == 0 &&
	    (token.s[3] == '6' || token.s[3] == '7');
	if (major(safari) >= 26) {
		set_version(k, m, safari, 2);
	} else if (frozen && safari.len > 0) {
		set_version(k, m, safari, 1);
	} else if (frozen && has(ua, "AppleWebKit")) {
		m->min = intern(k, text_of("18.6"));
	} else if (token.len > 0) {
		set_version(k, m, token, 4);
	}
}

static bool
ios_read(struct knowledge *k, struct text ua, struct made *out)
{
	static const struct {
		const char *mark, *form;
	} forms[] = {
		{ "(iPhone;", "iphone" },
		{ "(iPhone ", "iphone" },
		{ "(iPod;", "ipod" },
		{ "(iPod touch;", "ipod" },
		{ "(iPad;", "ipad" },
		{ "CPU iPhone OS ", "iphone-os" },
		{ "; iPhone OS ", "iphone-os" },
		{ "; iOS ", "ios-app" },
		{ " iOS/", "ios-app" },
		{ "[iPhone OS,", "iphone-os" },
	};
	struct text model = apple_model(ua);

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (has(ua, forms[i].mark)) {
			if (!form(k, forms[i].form, out))
				return false;
			ios_version(k, out, ua);
			set_model(k, out, model);
			return true;
		}
	if (model.s == NULL || !form(k, "apple-model", out))
		return false;
	set_model(k, out, model);
	if (out->also == NULL)
		return false;
	ios_version(k, out, ua);
	return true;
}

/* Foo/1.0 CFNetwork/1496.0.7 Darwin/23.5.0 [(x86_64)] */
static bool
darwin_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text darwin = version_at(behind(ua, "Darwin/"));
	bool mac = has(ua, "(x86_64)") || has(ua, "(i386)") || has(ua, "(MacBook") ||
	    has(ua, "(iMac") || has(ua, "(Mac");

	if (!has(ua, "CFNetwork/") ||
	    !form(k, mac ? "cfnetwork-mac" : "cfnetwork", out))
		return false;
	if (darwin.len > 0)
		out->also = rules_best(k, KEY_DARWIN, darwin).rule;
	return true;
}

/* An app that names its model says more than the kernel's number. */
static bool
cfnetwork_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text model = apple_model(ua);

	if (model.s != NULL && form(k, "cfnetwork", out)) {
		set_model(k, out, model);
		if (out->also != NULL) {
			ios_version(k, out, ua);
			return true;
		}
	}
	return darwin_read(k, ua, out);
}

/*
 * An iPad's Safari says Macintosh too, since iPadOS 13 and with the version frozen
 * at 10_15_7; what is older than 10.15 (or says `U;`, as nobody has since 2011), or
 * another browser's, is a Mac.
 */
static bool
mac_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text token = version_at(behind(ua, "Mac OS X "));
	bool other = has(ua, "Chrome/") || has(ua, "Firefox/");
	char buf[32];
	struct text v = dotted(token, 2, buf);
	bool old = v.len > 3 && strncmp(v.s, "10.", 3) == 0 &&
	    major((struct text){ v.s + 3, v.len - 3 }) < 15;

	if (has(ua, "HTC"))
		return false;
	if (has(ua, "CriOS/") || has(ua, "FxiOS/") || has(ua, "EdgiOS/"))
		return form(k, "macintosh-ios", out);
	if (has(ua, "PPC") || has(ua, "Macintosh; U;"))
		old = true;
	if (!form(k,
	        old         ? "macintosh-old"
	            : other ? "macintosh-browser"
	                    : "macintosh",
	        out))
		return false;
	if (old && token.len > 0)
		set_version(k, out, token, 3);
	return true;
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
	struct text nt = version_at(behind(ua, "Windows NT "));

	if (!form(k, has(ua, "Xbox") ? "xbox" : "windows", out))
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_is(nt, names[i].nt)) {
			out->min = text_of(names[i].min);
			out->max = text_of(names[i].max);
		}
	return true;
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
	if (text_starts(field, text_of("rv:")) || text_starts(field, text_of("Build/")))
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
		const char *build = find(field, " Build");
		if (build != NULL)
			field.len = (size_t)(build - field.s);
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
			*version = version_at((
			    struct text){ field.s + slash + 1, field.len - slash - 1 });
		if (at++ == 4)
			last = field;
	}
	return last;
}

static bool
android_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text rest = behind(ua, "Android"), version, model;

	while (rest.len > 0 && (rest.s[0] == ' ' || rest.s[0] == '/'))
		rest = (struct text){ rest.s + 1, rest.len - 1 };
	version = version_at(rest);
	bool frozen = text_starts(rest, text_of("10; K)"));
	if (rest.len > 0 && rest.s[0] == '(') {
		model = instagram_model(ua, &version);
	} else {
		rest = (struct text){ rest.s + version.len, rest.len - version.len };
		model = android_model(rest);
	}
	bool mobile = has(ua, " Mobile") || has(ua, "; Mobile;");
	bool browser = has(ua, "Mozilla/5.0");
	if (!form(k,
	        !browser     ? "android"
	            : mobile ? "android-mobile"
	                     : "android-large",
	        out))
		return false;
	if (!frozen && version.len > 0)
		set_version(k, out, version, 3);
	if (model.len > 1) {
		out->also = rules_best(k, KEY_ANDROID_MODEL, model).rule;
		if (text_is_utf8(model))
			out->model = model;
	}
	return true;
}

bool
user_agent_read(struct knowledge *k, struct text ua, struct made *out)
{
	if (ua.len < 4 || ua.len > 2048)
		return false;
	if (has(ua, "Windows NT "))
		return windows_read(k, ua, out);
	if (has(ua, "CFNetwork/"))
		return cfnetwork_read(k, ua, out);
	if (has(ua, "Android"))
		return android_read(k, ua, out);
	if (has(ua, "iPhone") || has(ua, "iPad") || has(ua, "iPod") ||
	    has(ua, " iOS") || has(ua, "model/") || has(ua, "server-bag ["))
		if (ios_read(k, ua, out))
			return true;
	if (has(ua, "Macintosh;"))
		return mac_read(k, ua, out);
	return false;
}
