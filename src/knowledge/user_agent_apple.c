/* SPDX-License-Identifier: ISC */
/*
 * User-Agents of Apple's systems: what names an iPhone or its siblings, CFNetwork with
 * Darwin's number, and Macintosh, which an iPad says too.
 */
#include "knowledge/user_agent.h"

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

/* An iPad ran iOS to 12 and runs iPadOS from 13 on, by whatever name. */
static const char *
ipad_form(unsigned version)
{
	return version == 0 ? "ipad" : version < 13 ? "ipad-ios" : "ipad-os";
}

/*
 * Exchange ActiveSync writes the comma as C, and the letter of the build as two digits:
 * Apple-iPhone6C2/1201.405 is iPhone6,2 with 12A405. Until iOS 18 (22A) the first
 * number of a build is the version's and four.
 */
static bool
activesync_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text name = behind(ua, "Apple-"), build;
	char model[16];
	size_t n = 0;

	if (!text_starts(ua, text_of("Apple-")))
		return false;
	while (n < name.len && n < sizeof model - 1 && name.s[n] != '/') {
		bool comma = name.s[n] == 'C' && n > 0 && is_digit(name.s[n - 1]);
		model[n] = comma ? ',' : name.s[n];
		n++;
	}
	if (name.len < n + 5)
		return false;
	build = (struct text){ name.s + n + 1, name.len - n - 1 };
	struct text said = apple_model((struct text){ model, n });
	if (said.len != n || !ua_form(k, "apple-model", out))
		return false;
	unsigned major = ua_major((struct text){ build.s, 2 }), v = 0;
	if (major >= 10 && major <= 22)
		v = major - 4;
	if (text_starts(said, text_of("iPad"))) {
		if (!ua_form(k, ipad_form(v), out))
			return false;
		out->model = intern(k, said);
	} else {
		set_model(k, out, intern(k, said));
		if (out->also == NULL)
			return false;
	}
	const char digits[] = { (char)('0' + v / 10), (char)('0' + v % 10), '\0' };
	if (v > 0)
		out->min = out->max = intern(k, text_of(digits + (v < 10)));
	return true;
}

/*
 * iOS 26 freezes the token at 18_6 or 18_7 and tells the truth in `Version/`; an
 * app's web view sends no `Version/`, and is 18 or 26 and later.
 */
static void
ios_version(struct knowledge *k, struct made *m, struct text ua)
{
	static const char *const marks[] = { "CPU iPhone OS ", "CPU OS ", "CPU iOS ",
		"iPhone OS ", "iPad; iOS ", "; iOS ", "iOS/", "FBSV/", "iPhone_OS/",
		"iPadOS ", "iPhone OS,", "OS=iOS;OSVer=", "Watch OS,", "watchOS/",
		"macOS,", "Mac OS X,", "iTunes-iPhone/", "iTunes-iPad/",
		"iTunes-iPod/" };
	struct text token = { NULL, 0 };
	struct text safari = ua_version_at(behind(ua, " Version/"));

	for (size_t i = 0; i < sizeof marks / sizeof *marks && token.len == 0; i++) {
		token = behind(ua, marks[i]);
		size_t at = token.s != NULL
		    ? (size_t)(token.s - ua.s) - strlen(marks[i])
		    : 0;
		if (at > 0 && marks[i][3] == '/' &&
		    (is_letter(ua.s[at - 1]) || strchr("-_", ua.s[at - 1]) != NULL))
			token.len = 0; /* Outlook-iOS/723.prod.iphone: the app's own */
		while (token.len > 0 && token.s[0] == ' ')
			token = (struct text){ token.s + 1, token.len - 1 };
		token = ua_version_at(token);
	}
	bool frozen = token.len >= 4 && strncmp(token.s, "18", 2) == 0 &&
	    (token.s[3] == '6' || token.s[3] == '7');
	if (ua_major(safari) >= 26) {
		ua_set_version(k, m, safari, 2);
	} else if (frozen && safari.len > 0) {
		ua_set_version(k, m, safari, 1);
	} else if (frozen && has(ua, "AppleWebKit")) {
		m->min = intern(k, text_of("18.6"));
	} else if (token.len > 0) {
		ua_set_version(k, m, token, 4);
	}
}

/*
 * An iPad's model says no more than the form and the version do together, so no row of
 * it stands beside.
 */
static bool
ipad_read(struct knowledge *k, struct text ua, struct text model, struct made *out)
{
	struct made m = { .rule = NULL };

	ios_version(k, &m, ua);
	if (!ua_form(k, ipad_form(ua_major(m.min)), out))
		return false;
	out->min = m.min;
	out->max = m.max;
	if (model.s != NULL)
		out->model = intern(k, model);
	return true;
}

/* An app's manner of its own: Podbean/iOS 5.2, Outlook-iOS/665.prod.iphone. */
static bool
app_read(struct knowledge *k, struct text ua, struct made *out)
{
	bool phone = has(ua, "iPhone") && !has(ua, "like iPhone");
	bool named = phone || ua_has_word(ua, "iOS") || has(ua, "; iPh OS ");

	if (!named || !ua_form(k, phone ? "iphone" : "ios-app", out))
		return false;
	ios_version(k, out, ua);
	return true;
}

bool
ios_read(struct knowledge *k, struct text ua, struct made *out)
{
	static const struct {
		const char *mark, *form;
	} forms[] = {
		{ "(iPhone;", "iphone" },
		{ "(iPhone ", "iphone" },
		{ "(iPod;", "ipod" },
		{ "(iPod touch;", "ipod" },
		{ "CPU iPhone OS ", "iphone-os" },
		{ "; iPhone OS", "iphone-os" },
		{ "; iOS ", "ios-app" },
		{ " iOS/", "ios-app" },
		{ "(iOS;", "ios-app" },
		{ "(iPhone/", "iphone" },
		{ " for iPhone", "iphone" },
		{ " iPhone App", "iphone" },
		{ "-iOS/", "ios-app" },
		{ "[iPhone OS,", "iphone-os" },
		{ " iPhone_OS/", "iphone" },
		{ " iPhone/", "iphone" },
		{ "Model=iPhone", "iphone" },
	};
	struct text model = apple_model(ua);

	if (activesync_read(k, ua, out))
		return true;
	if (ua_has_word(ua, "iPad") || has(ua, "iPadOS") ||
	    (model.s != NULL && text_starts(model, text_of("iPad"))))
		return ipad_read(k, ua, model, out);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (has(ua, forms[i].mark)) {
			if (!ua_form(k, forms[i].form, out))
				return false;
			ios_version(k, out, ua);
			set_model(k, out, model);
			return true;
		}
	if (model.s == NULL)
		return app_read(k, ua, out);
	if (!ua_form(k, "apple-model", out))
		return false;
	set_model(k, out, model);
	if (out->also == NULL)
		return false;
	ios_version(k, out, ua);
	return true;
}

/*
 * Darwin's number where no row has it: since iOS 26 and macOS 26 (Darwin 25) all of
 * Apple's systems share one, which from 27 on is Darwin's own. So it is read by its
 * form, and the row's id says that it was.
 */
static bool
darwin_newer(struct knowledge *k, struct text darwin, struct made *out)
{
	unsigned n = ua_major(darwin);
	struct made m;

	if (n < 25 || n > 99 || !ua_form(k, "darwin-by-its-form", &m))
		return false;
	const char version[] = { (char)('0' + (n == 25 ? 26 : n) / 10),
		(char)('0' + (n == 25 ? 26 : n) % 10), '\0' };
	*out = m;
	out->min = out->max = intern(k, text_of(version));
	return true;
}

/* Foo/1.0 CFNetwork/1496.0.7 Darwin/23.5.0 [(x86_64)] */
static bool
darwin_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text darwin = ua_version_at(behind(ua, "Darwin/"));
	bool mac = has(ua, "(x86_64)") || has(ua, "(i386)") || has(ua, "(MacBook") ||
	    has(ua, "(iMac") || has(ua, "(Mac") || has(ua, "(Power%20Mac");
	bool phone = has(ua, "(iPhone") && !mac; /* that of the app's own comment */
	bool ios = has(ua, "iPhone") || has(ua, "iPad");
	bool older = ua_major(darwin) < 19; /* iOS 13 and iPadOS began with it */
	const struct rule *known = darwin.len > 0
	    ? rules_best(k, KEY_DARWIN, darwin).rule
	    : NULL;

	if (known == NULL && !mac && !ios && darwin_newer(k, darwin, out))
		return true;
	if (!ua_form(k,
	        mac                ? "cfnetwork-mac"
	            : phone        ? "iphone"
	            : ios && older ? "cfnetwork-ios12"
	            : ios          ? "cfnetwork-ios"
	                           : "cfnetwork",
	        out))
		return false;
	if (has(ua, "(iPhone iOS/")) /* of a kernel that several versions have, one */
		ios_version(k, out, ua);
	if (out->min.len == 0)
		out->also = known;
	return true;
}

/* An app that names its model says more than the kernel's number. */
bool
cfnetwork_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text model = apple_model(ua);

	if (model.s != NULL && ua_form(k, "cfnetwork", out)) {
		set_model(k, out, model);
		if (out->also != NULL) {
			ios_version(k, out, ua);
			return true;
		}
	}
	return darwin_read(k, ua, out);
}

/* `Mac OS X` where nothing is like it: iPhones and Windows Phones say that they are. */
bool
mac_is_named(struct text ua)
{
	return ua_has_word(ua, "macOS") || ua_has_word(ua, "Mac_PowerPC") ||
	    (has(ua, "Mac OS X") && !has(ua, "like "));
}

/*
 * An iPad's Safari says Macintosh too, since iPadOS 13 and with the version frozen
 * at 10_15_7; what is older than 10.15 (or says `U;`, as nobody has since 2011), or
 * another browser's, is a Mac.
 */
bool
mac_read(struct knowledge *k, struct text ua, struct made *out)
{
	struct text token = ua_version_at(behind(ua, "Mac OS X "));
	/* Safari's form is WebKit's; an app that says no more of it is on a Mac. */
	bool other = has(ua, "Chrome/") || has(ua, "Firefox/") ||
	    !has(ua, "AppleWebKit");
	char buf[32];
	struct text v = ua_dotted(token, 2, buf);
	bool old = v.len > 3 && strncmp(v.s, "10.", 3) == 0 &&
	    ua_major((struct text){ v.s + 3, v.len - 3 }) < 15;
	/* WebKit puts it into the name of iOS's views, that of computers' sites too. */
	bool view = has(ua, "AppleWebKit") && has(ua, " Mobile/");

	if (has(ua, "HTC"))
		return false;
	if (has(ua, "CriOS/") || has(ua, "FxiOS/") || has(ua, "EdgiOS/") || view)
		return ua_form(k, "macintosh-ios", out);
	if (has(ua, "PPC") || has(ua, "Macintosh; U;"))
		old = true;
	if (!ua_form(k,
	        old         ? "macintosh-old"
	            : other ? "macintosh-browser"
	                    : "macintosh",
	        out))
		return false;
	if (old && token.len > 0)
		ua_set_version(k, out, token, 3);
	return true;
}
