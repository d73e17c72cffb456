/* SPDX-License-Identifier: ISC */
/* The words of a User-Agent that say of themselves what kind of thing it is. */
#include "knowledge/user_agent.h"

/* The word with no letter before it and none behind. */
bool
ua_has_word(struct text t, const char *word)
{
	size_t n = strlen(word);

	for (struct text rest = t; (rest = behind(rest, word)).s != NULL;)
		if ((rest.s - n == t.s || !is_letter(rest.s[-(ptrdiff_t)n - 1])) &&
		    (rest.len == 0 || !is_letter(rest.s[0])))
			return true;
	return false;
}

/* A set with a screen across the room says so in one of these words. */
bool
ua_says_tv(struct text ua)
{
	static const char *const marks[] = { "SmartTV", "Smart-TV", "SMART-TV", "HbbTV",
		"HBBTV", "GoogleTV", "AndroidTV", "MiTV", "NETTV", "Web0S", "BRAVIA",
		"CE-HTML", "NETRANGEMMH", "OMI/", "Opera TV", "InettvBrowser", "VSTVB",
		"smarttv_", "(DTV)" };

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
	return ua_has_word(ua, "STB");
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
 * U65YQ2200, LT-43NF7021S, TD55UFBHV1, KTV-P50UHD02; or it says LED and then them.
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
	if (3 + behind_them > rest.len)
		return false;
	char next = rest.s[2 + behind_them];
	return behind_them >= 3 ? is_digit(next) || next == '-'
	                        : is_digit(next) && 3 + behind_them < rest.len &&
	        is_digit(rest.s[3 + behind_them]);
}

bool
ua_is_set(struct text model)
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
bool
ua_says_tablet(struct text ua)
{
	static const char *const ends[] = { "Pad", "PAD", "Tab", "TAB", "Tablet",
		"TABLET", "tablet" };

	return has_end(ua, ends, sizeof ends / sizeof *ends);
}

bool
ua_says_phone(struct text ua)
{
	static const char *const ends[] = { "Phone", "PHONE", "phone" };

	return has_end(ua, ends, sizeof ends / sizeof *ends);
}

/*
 * A word of its own, or what a capital sets off from one (SberBox, MINIBOX). Other
 * names end like it: Openbox is a set, Turbox is no set, and there `Mobile` decides.
 */
bool
ua_says_box(struct text ua, bool mobile)
{
	static const char *const ends[] = { "Box", "BOX" };

	if (has_end(ua, ends, sizeof ends / sizeof *ends))
		return true;
	for (struct text rest = ua; (rest = behind(rest, "box")).s != NULL;) {
		const char *word = rest.s - strlen("box");
		if ((rest.len == 0 || !is_letter(rest.s[0])) &&
		    (!mobile || word == ua.s || !is_letter(word[-1])))
			return true;
	}
	return false;
}

/* Browsers of sets say so behind the comment too: Yandex's as `TV Safari`. */
bool
ua_is_tv_browser(struct text ua)
{
	return has(ua, "HbbTV") || has(ua, "SMART-TV") || has(ua, " TV Safari/") ||
	    has(ua, " OMI/") || /* Opera's for sets, since called Vewd */
	    has(ua, "TV Bro/") || has(ua, "IPTV") ||
	    (ua.len > 3 && memcmp(ua.s + ua.len - 3, " TV", 3) == 0);
}

/*
 * Spotify/8.6.98 Android/31 (SM-G986B): the level of its API, which has one version
 * (developer.android.com, uses-sdk); no version was as high as the first of these.
 */
struct text
ua_version_of_level(struct text v)
{
	static const char *const versions[] = { "4.4", "4.4", "5.0", "5.1", "6.0",
		"7.0", "7.1", "8.0", "8.1", "9", "10", "11", "12", "12", "13", "14",
		"15", "16" };
	enum { FIRST = 19 };
	size_t n = ua_major(v) - FIRST;

	if (ua_major(v) < FIRST || text_find(v, '.', 0) < v.len)
		return v;
	return n < sizeof versions / sizeof *versions ? text_of(versions[n])
	                                              : (struct text){ NULL, 0 };
}
