/* SPDX-License-Identifier: ISC */
/* What one User-Agent proves of its device, by its structure, and what it does not. */
#include "base/time.h"
#include "device/device.h"
#include "device/version.h"
#include "test.h"

static const struct {
	const char *ua, *vendor, *os, *kind; /* NULL: undecided */
} said[] = {
	{ "Apple-iPhone6C2/1201.405", "Apple", "iOS", "phone" },
	{ "Apple-iPad4C7/1201.365", "Apple", "iOS", "tablet" },
	{ "AndroidDownloadManager/10 (Linux; U; Android 10; TECNO KD7 "
	  "Build/QP1A.190711)",
	    "Tecno", "Android", "phone" },
	{ "Mozilla/5.0 (Linux; Android 9; SM-T113N) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) "
	  "Chrome/96.0.4664.45 Mobile Safari/537.36",
	    "Samsung", "Android", "tablet" },
	{ "Mozilla/5.0 (Linux; U; Android 4.0.3; en-us; Sony Tablet S Build/TISU0124) "
	  "AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Safari/534.30",
	    "Sony", "Android", "tablet" },
	{ "Mozilla/5.0 (Linux; Android 9; AFTKADE001) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) Silk/128.5.4 like Chrome/128.0.6613.194 Safari/537.36",
	    "Amazon", "Fire OS", "tv" },
	{ "Mozilla/5.0 (Tablet; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) "
	  "Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1",
	    "Huawei", "HarmonyOS", "tablet" },
	{ "Mozilla/5.0 (X11; Linux aarch64) AppleWebKit/537.36 (KHTML, like Gecko) "
	  "Chrome/90.0.4430.225 Safari/537.36 CrKey/1.56.500000 "
	  "DeviceType/SmartSpeaker",
	    "Google", "other", "speaker" },
	{ "Mozilla/5.0 (X11; FreeBSD amd64; rv:25.0) Gecko/20100101 Firefox/25.0",
	    "other", "FreeBSD", "computer" },
	/* apps name the system in their own manner */
	{ "Podbean/iOS (http://podbean.com) 5.2.0 - 19c4ff292bd09cd2ccbad22cc6755a45",
	    "Apple", "iOS", "phone" },
	{ "Outlook-iOS/665.29827.prod.iphone (2.63.0)", "Apple", "iOS", "phone" },
	{ "Spotify/8.6.98.900 Android/31 (SM-G986B)", "Samsung", "Android", "phone" },
	{ "Spotify/120800923 OSX_ARM64/OS X 14.2.0 [arm 2]", "Apple", "macOS",
	    "computer" },
	{ "iTunes-AppleTV/12.7.0 (4; 32GB; dt:174)", "Apple", "tvOS", "tv" },
	{ "AppleCoreMedia/1.0.0.18R590 (Apple Watch; U; CPU OS 7_1 like Mac OS X; "
	  "it_it)",
	    "Apple", "watchOS", "watch" },
	{ "com.apple.trustd/2.1", "Apple", NULL, NULL },
	{ "SAMSUNG-GT-E2252/E2252XXLK1 NetFront/4.1 Profile/MIDP-2.0 "
	  "Configuration/CLDC-1.1",
	    "Samsung", "other", "feature-phone" },
	{ "Mozilla/5.0 (Linux; Tizen 2.3; SAMSUNG SM-Z130H) AppleWebKit/537.3 (KHTML, "
	  "like Gecko) SamsungBrowser/1.0 Mobile Safari/537.3",
	    "Samsung", "Tizen", "phone" },
	{ "Mozilla/5.0 (Fuchsia) AppleWebKit/537.36 (KHTML, like Gecko) "
	  "Chrome/120.0.0.0 Safari/537.36 CrKey/1.56.500000 DeviceType/SmartSpeaker",
	    "Google", "other", "speaker" },
	/* a view of iOS that asks for the site of computers; no Mac says Mobile */
	{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
	  "(KHTML, "
	  "like Gecko) Mobile/15E148",
	    "Apple", NULL, NULL },
	{ "ReadKit/2.4.0 (Mac OS X Version 10.9.2 (Build 13C64))", "Apple", "macOS",
	    "computer" },
	{ "Instagram 27.0.0.7.97 Android (23/6.0; 320dpi; 720x1280; Vanzo/DOOGEE; "
	  "X10S; X10S; mt6580; ru_RU)",
	    "Doogee", "Android", NULL },
	/* no car: a maker of no Androids names none */
	{ "Mozilla/5.0 (Linux; Android 7.0; Tesla L7.1 Build/NRD90M) "
	  "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/68.0.3440.91 Mobile "
	  "Safari/537.36",
	    "ComTrade Tesla", "Android", "phone" },
	/* AEO and two letters are Amazon's */
	{ "Mozilla/5.0 (Linux; Android 13; AEOP513) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) Chrome/114.0.0.0 Mobile Safari/537.36",
	    "Benco", "Android", "phone" },
	{ "Mozilla/5.0 (Linux; Android 11; SM-F926B) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) Chrome/93.0.4577.82 Safari/537.36",
	    "Samsung", "Android", "phone" },
	{ "Mozilla/5.0 (X11; U; Gentoo x86_64; de-DE) Firefox/26.0", NULL, NULL,
	    "computer" },
	/* frozen: what it runs on, and of iPadOS even that it is a Mac, is not said */
	{ "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
	  "Chrome/131.0.0.0 Mobile Safari/537.36",
	    NULL, "Android", "phone" },
	{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
	  "(KHTML, "
	  "like Gecko) Version/17.4 Safari/605.1.15",
	    "Apple", NULL, NULL },
	/* names end in box that are no boxes, and of some nobody but `Mobile` tells */
	{ "Mozilla/5.0 (Linux; Android 7.0; Turbox_S3) AppleWebKit/537.36 (KHTML, like "
	  "Gecko) Chrome/77.0.3865.92 Mobile Safari/537.36",
	    NULL, "Android", "phone" },
	{ "Mozilla/5.0 (Linux; arm; Android 9; SberBox) AppleWebKit/537.36 (KHTML, "
	  "like Gecko) Chrome/104.0.5112.124 SA/3 Mobile Safari/537.36",
	    "Sber", "Android", "tv" },
	{ "curl/7.88.1", NULL, NULL, NULL },
};

static const struct {
	enum fact_key key;
	const char *value, *vendor, *os, *kind;
} wps[] = {
	{ FACT_WIFI_WPS_MODEL, "SM-G900V", "Samsung", "Android", "phone" },
	{ FACT_WIFI_WPS_MODEL, "Nexus 9", NULL, "Android", "tablet" },
	/* a line of Androids begins likewise */
	{ FACT_WIFI_WPS_MODEL, "HP Officejet 4500", "HP", NULL, NULL },
	{ FACT_WIFI_WPS_MODEL, "Archer C7", NULL, NULL, NULL },
	{ FACT_WIFI_WPS_MODEL, "DSL-2640", NULL, NULL, NULL },
	{ FACT_WIFI_WPS_MODEL, "DCP-L2550DW", NULL, NULL, NULL },
	{ FACT_WIFI_WPS_MODEL, "Mi Router 4A", NULL, NULL, NULL },
	{ FACT_WIFI_WPS_MODEL, "OpenWrt", NULL, NULL, NULL },
	{ FACT_WIFI_WPS_MODEL, "ALCATEL ONE TOUCH 6012X", "Alcatel", "Android",
	    "phone" },
	{ FACT_WIFI_WPS_MODEL, "Micromax A106", "Micromax", "Android", "phone" },
	{ FACT_WIFI_WPS_MANUFACTURER, "LGE", "LG", NULL, NULL },
	{ FACT_WIFI_WPS_MANUFACTURER, "Broadcom", NULL, NULL, NULL },
};

/* What version it names; NULL where none is the system's. */
static const struct {
	const char *ua, *min, *max;
} versions[] = {
	{ "Spotify/8.6.98.900 Android/31 (SM-G986B)", "12", "12" },
	{ "Outlook-Android/2.0", NULL, NULL },
	{ "Outlook-iOS/723.4106529.prod.iphone (4.2420.0)", NULL, NULL },
	{ "WhatsApp/2.11.112 Android/4.2.1 Device/asus-ASUS", "4.2.1", "4.2.1" },
	{ "iTunes-iPhone/12.4.1 (4; 64GB)", "12.4.1", "12.4.1" },
	{ "server-bag [Watch OS,7.0.1,18R395,Watch6,3]", "7.0.1", "7.0.1" },
	{ "server-bag [Mac OS X,10.14.6,18G8022,MacBookPro15,4]", "10.14.6",
	    "10.14.6" },
	/* the last kernel of a line is that of its later updates too */
	{ "App/1 CFNetwork/1410.1 Darwin/22.6.0 (iPhone)", "16.6", "16.7" },
	{ "App/1 CFNetwork/1410.1 Darwin/22.6.0 (iPhone iOS/16.6)", "16.6", "16.6" },
};

static void
expect(struct knowledge *k, enum fact_key key, const char *value,
    const char *const want[3])
{
	struct register_ *devices = register_new(k, 10);
	struct addr mac = { .kind = ADDR_NONE };

	OK(addr_parse(text_of("02:00:00:00:00:01"), &mac));
	struct sighting s = { .time = INT64_C(1679904000) * SECOND,
		.frame = 1,
		.src_mac = mac,
		.dst_port = 80 };
	struct fact f = { .key = key,
		.value = text_of(value),
		.subject = mac,
		.seen = &s };
	register_fact(devices, &f);
	register_settle(devices, TIME_NONE);
	const struct device *d = register_find(devices, mac);
	if (!OK(d != NULL && !d->belief.several))
		return;
	const struct text got[] = { d->belief.vendor.value, d->belief.os.value,
		d->belief.kind.value };
	for (int i = 0; i < 3; i++)
		if (want[i] == NULL)
			OK(got[i].len == 0);
		else
			SAME(got[i].s, want[i]);
	register_free(devices);
}

TEST(a_user_agent_is_read_by_its_structure)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	OK(k != NULL);
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *const want[] = { said[i].vendor, said[i].os, said[i].kind };
		expect(k, FACT_HTTP_USER_AGENT, said[i].ua, want);
	}
	knowledge_free(k);
}

TEST(a_version_is_that_of_the_system)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);
	struct addr mac = { .kind = ADDR_NONE };

	OK(k != NULL);
	OK(addr_parse(text_of("02:00:00:00:00:01"), &mac));
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		struct register_ *devices = register_new(k, 10);
		struct sighting s = { .time = INT64_C(1679904000) * SECOND,
			.frame = 1,
			.src_mac = mac };
		struct fact f = { .key = FACT_HTTP_USER_AGENT,
			.value = text_of(versions[i].ua),
			.subject = mac,
			.seen = &s };
		register_fact(devices, &f);
		register_settle(devices, TIME_NONE);
		const struct device *d = register_find(devices, mac);
		OK(d != NULL);
		struct version min = { .n = 0 }, max = { .n = 0 };
		if (versions[i].min != NULL) {
			OK(version_parse(text_of(versions[i].min), &min));
			OK(version_parse(text_of(versions[i].max), &max));
		}
		OK(d->belief.range.min.n == min.n &&
		    version_order(&d->belief.range.min, &min) == 0);
		OK(d->belief.range.max.n == max.n &&
		    version_order(&d->belief.range.max, &max) == 0);
		register_free(devices);
	}
	knowledge_free(k);
}

TEST(a_makers_name_before_a_wps_model_tells_the_maker_alone)
{
	static const char *const models[] = { "Huawei HG8245", "Samsung SCX-3400",
		"Sony BDP-S1500" }; /* a router, a printer, a player */
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	OK(k != NULL);
	for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
		const struct row *rows[MATCHES_MAX];
		size_t n = knowledge_match(k, FACT_WIFI_WPS_MODEL, text_of(models[i]),
		    rows);
		OK(n > 0);
		for (size_t r = 0; r < n; r++)
			for (size_t c = 0; c < rows[r]->n_claims; c++)
				EQ(rows[r]->claims[c].attribute, ATTR_VENDOR);
	}
	knowledge_free(k);
}

TEST(a_wps_element_names_a_maker_and_a_line_of_models)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	OK(k != NULL);
	for (size_t i = 0; i < sizeof wps / sizeof *wps; i++) {
		const char *const want[] = { wps[i].vendor, wps[i].os, wps[i].kind };
		expect(k, wps[i].key, wps[i].value, want);
	}
	knowledge_free(k);
}
