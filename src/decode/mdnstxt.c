/* SPDX-License-Identifier: ISC */
#include "decode/mdnstxt.h"

static const struct txt_key keys[] = {
	{ "model", TXT_MODEL, NULL },        /* _device-info, _airplay */
	{ "am", TXT_MODEL, NULL },           /* _raop */
	{ "md", TXT_MODEL, "_raop._tcp" },   /* _hap, _googlecast; there: metadata */
	{ "rpMd", TXT_MODEL, NULL },         /* _companion-link */
	{ "ty", TXT_MODEL, NULL },           /* _ipp, _printer, _uscan */
	{ "manufacturer", TXT_MAKER, NULL }, /* _airplay */
	{ "vendor", TXT_MAKER, NULL },       /* Synology's _http */
	{ "osxvers", TXT_OS, NULL },         /* _device-info: Darwin's major */
	{ "osvers", TXT_OS, NULL },          /* _airplay */
	{ "ov", TXT_OS, NULL },              /* _raop */
	{ "srcvers", TXT_CLASS, NULL },      /* _airplay */
	{ "vs", TXT_CLASS, NULL },           /* _raop */
	{ "fv", TXT_CLASS, NULL },           /* _airplay, _raop: firmware */
	{ "features", TXT_CLASS, NULL },     /* _airplay */
	{ "rpFl", TXT_CLASS, NULL },         /* _companion-link */
	{ "rpVr", TXT_CLASS, NULL },         /* _companion-link */
	{ "ff", TXT_CLASS, NULL },           /* _hap */
	{ "ci", TXT_CLASS, NULL },           /* _hap: category of accessory */
	{ "product", TXT_CLASS, NULL },      /* _ipp */
	{ "usb_MFG", TXT_CLASS, NULL },      /* _ipp */
	{ "usb_MDL", TXT_CLASS, NULL },      /* _ipp */
	{ "deviceid", TXT_ID, NULL }, /* _airplay: a link-layer address of its own */
	{ "pk", TXT_ID, NULL },       /* _airplay, _raop: its public key */
	{ "psi", TXT_ID, NULL },      /* _airplay: its public identifier */
};

static bool
is_airplay(struct text service)
{
	return text_is_word(service, "_airplay._tcp") ||
	    text_is_word(service, "_raop._tcp");
}

const struct txt_key *
txt_key_find(struct text service, struct text pair, struct text *value)
{
	size_t equals = text_find(pair, '=', 0);
	struct text word = { pair.s, equals };

	if (equals + 1 >= pair.len) /* no value, or an empty one */
		return NULL;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		const struct txt_key *key = &keys[i];
		if (!text_is_word(word, key->name))
			continue;
		if (key->means == TXT_ID && !is_airplay(service))
			return NULL;
		if (key->not_in != NULL && text_is_word(service, key->not_in))
			return NULL;
		*value = (struct text){ pair.s + equals + 1, pair.len - equals - 1 };
		return key;
	}
	return NULL;
}

bool
txt_is_queue(struct text pair)
{
	static const struct text printers = { "rp=printers/", 12 };
	static const struct text classes = { "rp=classes/", 11 };

	return text_starts(pair, printers) || text_starts(pair, classes);
}
