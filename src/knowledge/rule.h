/* SPDX-License-Identifier: ISC */
#ifndef KNOWLEDGE_RULE_H
#define KNOWLEDGE_RULE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "knowledge/knowledge.h"

/*
 * A line of a table as it is matched. The keys are the facts', and some of the
 * tables' own: what a reader takes out of a value and looks up in turn.
 */
enum {
	KEY_OUI_ORGANISATION = FACT_KEYS, /* oui.organisation: as IEEE writes it */
	KEY_OUI_PREFIX,                   /* oui.prefix: hex digits, or "local" */
	KEY_APPLE_MODEL,                  /* apple.model: iPhone12,8 */
	KEY_ANDROID_MODEL,                /* android.model: SM-G991B */
	KEY_ANDROID_SERIES,  /* android.series: its beginning, as counted */
	KEY_ANDROID_MOBILE,  /* android.mobile: likewise, of browsers that say Mobile */
	KEY_DARWIN,          /* darwin.release: 24.6.0 */
	KEY_UA_FORM,         /* ua.form: words of user_agent.c */
	KEY_WIFI_KIN,        /* wifi.kin: traits of wifi_traits.h */
	KEY_WIFI_KIND_APPLE, /* wifi.kind-apple and so on, likewise */
	KEY_WIFI_KIND_ANDROID,
	KEY_WIFI_KIND_ELSE,
	KEYS
};

struct key_set {
	uint64_t bits[(KEYS + 63) / 64];
};

static inline bool
key_set_has(const struct key_set *s, unsigned key)
{
	return s->bits[key / 64] >> key % 64 & 1;
}

/* The first key of a set from `key` on, or KEYS. */
static inline unsigned
key_set_next(const struct key_set *s, unsigned key)
{
	while (key < KEYS) {
		uint64_t bits = s->bits[key / 64] >> key % 64;
		if (bits != 0)
			return key + (unsigned)__builtin_ctzll(bits);
		key = (key / 64 + 1) * 64;
	}
	return KEYS;
}

enum match_kind {
	MATCH_EXACT,       /* all of it; like prefix, suffix and token, in any case */
	MATCH_PREFIX,      /* its beginning */
	MATCH_SUFFIX,      /* a domain and those under it */
	MATCH_LIST_PREFIX, /* the first of a list with commas, whole items only */
	MATCH_TOKEN,       /* a run of letters and digits in it, whole */
	MATCH_WORD,        /* anywhere, with no letter or digit beside it */
	MATCH_PATTERN,     /* all of it: * any run, # digits, ? one byte */
	MATCH_PCRE,        /* a regular expression */
	MATCH_NET,         /* an address in a network: 192.0.2.0/24 */
	MATCH_TCP          /* a signature in p0f's notation, * for any field */
};

struct rule {
	struct row row;
	struct key_set keys;
	unsigned key; /* of the copy in the index: the one it stands under */
	enum match_kind match;
	uint16_t table;
	bool is_final;   /* of a User-Agent: the reader has nothing to add */
	bool version_is; /* version=*: the rest of the value is the version */
	bool model_is;   /* model=*: … is the model */
	struct text pattern, example, counterexample;
	struct pcre *regex;
	struct prefix *net; /* of MATCH_NET */
	struct text needs;  /* letters without which a regex cannot match */
	unsigned line;
	struct rule *next; /* in the index */
};

/* A list of keys as it was read, and the family of the first. */
struct keys {
	struct text names;
	struct key_set set;
	const char *family;
};

struct table {
	const char *name; /* dhcp.tsv */
	struct rule **rules;
	size_t n;
};

/* Reads one table; the text stays with the caller. -1 with the place in err. */
int table_read(struct knowledge *, const char *name, struct text, struct err *);
/* Reads priors.tsv: the taxonomy. Must come first. */
int priors_read(struct knowledge *, const char *name, struct text, struct err *);
/* Fills claim.holds of a row's claims, in their order. */
void claims_hold(struct knowledge *, struct claim *, size_t n);
/* `vendor=Apple:4.6 kind=phone:3.4`; -1 with what is wrong, without a place. */
int says_read(struct knowledge *, struct text, struct rule *, struct err *);

/* The most specific rule of each table; returns how many. */
enum { TABLES_MAX = 48 };
struct hit {
	const struct rule *rule;
	struct text rest; /* behind a prefix, or the first group of a regex */
};
size_t rules_match(struct knowledge *, unsigned key, struct text value,
    struct hit out[TABLES_MAX]);
/* Of those, the most specific of all; rule is NULL when there is none. */
struct hit rules_best(struct knowledge *, unsigned key, struct text value);
void rules_index(struct knowledge *);
void rules_forget(struct knowledge *);
bool rule_matches(const struct rule *, struct text value, struct text *rest);

/* A row that a rule and a value make together; kept with the knowledge. */
struct made {
	const struct rule *rule;
	const struct rule *also; /* its claims come on top, or NULL */
	struct text min, max;    /* of a version; empty: open */
	struct text model;
	struct text vendor; /* in place of that of the other rule */
};
const struct row *row_make(struct knowledge *, const struct made *);
/* The rule's own claims under another id: that in `model`. */
const struct row *row_make_named(struct knowledge *, const struct made *);

/* user_agent.c: the structure of a User-Agent; false when it says nothing. */
bool user_agent_read(struct knowledge *, struct text, struct made *);
/* Likewise of the maker and the model in a WPS element. */
bool wps_read(struct knowledge *, enum fact_key, struct text value, struct made *);
/* The model that an Android's names, and the version; empty where there is none. */
struct text user_agent_model(struct text ua, struct text *version);
/* As series are looked up: `Philips_S396`, `Philips-S396` and `Philips S396` are one.
 */
struct text user_agent_series(struct text model, char buf[64]);
/* Whether a browser says Mobile in it, as Chrome and Firefox document it for phones. */
bool user_agent_says_mobile(struct text ua);

/* wifi.c: what the traits of a probe, an association or both say together, or NULL. */
const struct row *wifi_read(struct knowledge *, enum fact_key, struct text value);

/* tcp.c: fields of p0f's notation, `*` in the pattern for any. */
bool tcp_matches(struct text pattern, struct text value);

/* pcre.c */
struct pcre *pcre_new(struct text pattern, struct err *);
/* False when the bytes of a value alone show that it cannot match. */
bool pcre_may_match(const struct pcre *, struct text, const struct bytes *has);
/* Likewise its first byte alone. */
bool pcre_may_begin(const struct pcre *, uint8_t first);
bool pcre_match(struct pcre *, struct text, struct text *group);
void pcre_free(struct pcre *);

/* oui.c */
struct oui;
struct oui *oui_load(const char *folder, struct err *);
void oui_free(struct oui *);
/* The organisation, and how many digits of the address its block has. */
struct text oui_find(const struct oui *, struct addr mac, unsigned *digits);
uint64_t oui_digest(const struct oui *);

/* A text kept with the knowledge, once. */
struct text intern(struct knowledge *, struct text);
bool value_find(const struct knowledge *, enum attribute, struct text, unsigned *at);

enum { VALUE_BUCKETS = 256 };

/* By length and first letter, in either case; of a text that is not empty. */
static inline unsigned
value_bucket(struct text t)
{
	return (unsigned)(t.len * 31 + ((unsigned char)t.s[0] | 0x20)) % VALUE_BUCKETS;
}

struct knowledge {
	struct arena arena;
	struct text *words; /* interned: an open table */
	size_t n_words, cap_words;
	struct hypothesis *hypotheses;
	size_t n_hypotheses, n_bits; /* n_bits: 64-bit words of a set */
	struct text *values[JOINT_ATTRIBUTES];
	size_t n_values[JOINT_ATTRIBUTES];
	/* Numbers of values and one, in chains by value_bucket(); 0: the end. */
	uint16_t value_first[JOINT_ATTRIBUTES][VALUE_BUCKETS];
	uint16_t value_next[JOINT_ATTRIBUTES][VALUES_MAX];
	uint64_t **is[JOINT_ATTRIBUTES]; /* the set of each value */
	struct table tables[TABLES_MAX];
	size_t n_tables;
	struct key_set has;      /* keys of all rules */
	struct prefix *networks; /* of rules of ip.contact */
	size_t n_networks;
	struct keys keys; /* while a table is read: those of the last row */
	struct index *index;
	struct oui *oui;
	struct organised *organised; /* by name in the registry, once asked */
	const struct row **made;     /* an open table by content */
	size_t n_made, cap_made;
	struct wifi_made *wifi; /* rows of signatures, an open table */
	size_t n_wifi;
	char date[16], digest[65];
};

#endif
