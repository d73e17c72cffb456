/* SPDX-License-Identifier: ISC */
#include "knowledge/knowledge.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/unset.h"
#include "knowledge/rule.h"

/* Of words that strangers send, so many are kept; the rest go unsaid. */
enum { NAMES_MAX = 64, WORDS_MAX = 1024 * 1024, PART_MOST = 64 * 1024 * 1024 };

struct text
intern(struct knowledge *k, struct text t)
{
	if (k->n_words * 2 >= k->cap_words) {
		size_t cap = k->cap_words > 0 ? k->cap_words * 2 : 1024;
		struct text *bigger = must_alloc(cap, sizeof *bigger);
		for (size_t i = 0; i < k->cap_words; i++) {
			struct text w = k->words[i];
			if (w.s == NULL)
				continue;
			size_t at = hash_bytes(w.s, w.len, 0) & (cap - 1);
			while (bigger[at].s != NULL)
				at = (at + 1) & (cap - 1);
			bigger[at] = w;
		}
		free(k->words);
		k->words = bigger;
		k->cap_words = cap;
	}
	if (t.len == 0)
		return (struct text){ "", 0 };
	size_t at = hash_bytes(t.s, t.len, 0) & (k->cap_words - 1);
	while (k->words[at].s != NULL) {
		if (text_equal(k->words[at], t))
			return k->words[at];
		at = (at + 1) & (k->cap_words - 1);
	}
	if (k->n_words >= WORDS_MAX)
		return (struct text){ "", 0 };
	k->words[at] = arena_text(&k->arena, t);
	k->n_words++;
	return k->words[at];
}

bool
value_find(const struct knowledge *k, enum attribute a, struct text t, unsigned *at)
{
	if (t.len == 0)
		return false;
	/* Asked for each value of each row at the start. */
	for (unsigned i = k->value_first[a][value_bucket(t)]; i > 0;
	     i = k->value_next[a][i - 1])
		if (text_equal_word(k->values[a][i - 1], t)) {
			*at = i - 1;
			return true;
		}
	return false;
}

static int
part_read(struct knowledge *k, const char *folder, const char *name, struct text *out,
    struct err *err)
{
	char path[4096];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	return file_text(&k->arena, path, PART_MOST, out, err);
}

static int
by_name(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The .tsv files of a folder that hold rules, by name. */
static int
names_read(struct knowledge *k, const char *folder, char *names[NAMES_MAX], size_t *n,
    struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	*n = 0;
	if (dir == NULL)
		return err_set(err, "%s: %s", folder, strerror(errno));
	while ((entry = readdir(dir)) != NULL && *n < NAMES_MAX) {
		struct text name = text_of(entry->d_name);
		if (text_ends(name, text_of(".tsv")) && name.s[0] != '.' &&
		    !text_is(name, "priors.tsv") && !text_is(name, "aliases.tsv"))
			names[(*n)++] = arena_string(&k->arena, name);
	}
	(void)closedir(dir);
	qsort(names, *n, sizeof *names, by_name);
	return 0;
}

static int
ids_check(const struct knowledge *k, struct err *err)
{
	size_t n = 0, cap = 64;

	for (size_t t = 0; t < k->n_tables; t++)
		n += k->tables[t].n;
	while (cap < n * 2)
		cap *= 2;
	const struct rule **seen = must_alloc(cap, sizeof *seen);
	int bad = 0;
	for (size_t t = 0; t < k->n_tables && bad == 0; t++)
		for (size_t i = 0; i < k->tables[t].n && bad == 0; i++) {
			const struct rule *r = k->tables[t].rules[i];
			size_t at = hash_bytes(r->row.id, strlen(r->row.id), 0) &
			    (cap - 1);
			while (seen[at] != NULL &&
			    strcmp(seen[at]->row.id, r->row.id) != 0)
				at = (at + 1) & (cap - 1);
			if (seen[at] != NULL)
				bad = err_set(err, "%s: line %u: the id '%s' is taken",
				    k->tables[t].name, r->line, r->row.id);
			seen[at] = r;
		}
	free(seen);
	return bad;
}

static int
load(struct knowledge *k, const char *folder, const char *oui, struct sha256 *sum,
    struct err *err)
{
	char *names[NAMES_MAX];
	struct text t;
	size_t n;

	if (part_read(k, folder, "priors.tsv", &t, err) != 0 ||
	    priors_read(k, "priors.tsv", t, err) != 0 ||
	    names_read(k, folder, names, &n, err) != 0)
		return -1;
	sha256_add(sum, t.s, t.len);
	for (size_t i = 0; i < n; i++) {
		if (part_read(k, folder, names[i], &t, err) != 0 ||
		    table_read(k, names[i], t, err) != 0)
			return -1;
		sha256_add(sum, t.s, t.len);
	}
	if (ids_check(k, err) != 0)
		return -1;
	if (oui != NULL) {
		k->oui = oui_load(oui, err);
		if (k->oui == NULL)
			return -1;
		uint64_t digest = oui_digest(k->oui);
		sha256_add(sum, &digest, sizeof digest);
	}
	rules_index(k);
	return 0;
}

struct knowledge *
knowledge_load(const char *folder, const char *oui, struct err *err)
{
	struct knowledge *k = must_alloc(1, sizeof *k);
	struct sha256 *sum = sha256_new();

	if (load(k, folder, oui, sum, err) != 0) {
		knowledge_free(k);
		k = NULL;
	} else {
		sha256_take(sum, k->digest);
	}
	sha256_free(sum);
	return k;
}

void
knowledge_free(struct knowledge *k)
{
	if (k == NULL)
		return;
	for (size_t t = 0; t < k->n_tables; t++) {
		for (size_t i = 0; i < k->tables[t].n; i++)
			pcre_free(k->tables[t].rules[i]->regex);
		free(k->tables[t].rules);
	}
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
		free(k->values[a]);
	rules_forget(k);
	oui_free(k->oui);
	free(k->hypotheses);
	free(k->words);
	free(k->networks);
	free(k->made);
	arena_free(&k->arena);
	free(k);
}

const char *
knowledge_date(const struct knowledge *k)
{
	return k->date;
}

const char *
knowledge_digest(const struct knowledge *k)
{
	return k->digest;
}

const struct hypothesis *
knowledge_hypotheses(const struct knowledge *k, size_t *n)
{
	*n = k->n_hypotheses;
	return k->hypotheses;
}

const struct text *
knowledge_values(const struct knowledge *k, enum attribute a, size_t *n)
{
	*n = a <= ATTR_KIND ? k->n_values[a] : 0;
	return a <= ATTR_KIND ? k->values[a] : NULL;
}

const struct prefix *
knowledge_networks(const struct knowledge *k, size_t *n)
{
	*n = k->n_networks;
	return k->networks;
}

bool
knowledge_set_prior(struct knowledge *k, enum attribute a, struct text value,
    double share)
{
	double within = 0, sum = 0;
	unsigned at;

	if (a > ATTR_KIND || !value_find(k, a, value, &at) || !(share > 0) ||
	    share >= 1)
		return false;
	for (size_t i = 0; i < k->n_hypotheses; i++) {
		sum += k->hypotheses[i].prior;
		within += k->hypotheses[i].at[a] == at ? k->hypotheses[i].prior : 0;
	}
	for (size_t i = 0; i < k->n_hypotheses; i++) {
		struct hypothesis *h = &k->hypotheses[i];
		h->prior *= h->at[a] == at ? share / within
		                           : (1 - share) / (sum - within);
		h->log_prior = log(h->prior);
	}
	return true;
}

/* What a rule says of this value: with the version or model that it carries. */
static const struct row *
row_of(struct knowledge *k, struct hit hit)
{
	const struct rule *r = hit.rule;
	struct made m = { .rule = r };
	size_t digits = 0;

	if (!r->version_is && !r->model_is)
		return &r->row;
	if (r->version_is) {
		while (digits < hit.rest.len &&
		    ((hit.rest.s[digits] >= '0' && hit.rest.s[digits] <= '9') ||
		        (hit.rest.s[digits] == '.' && digits > 0 &&
		            hit.rest.s[digits - 1] != '.')))
			digits++;
		while (digits > 0 && hit.rest.s[digits - 1] == '.')
			digits--;
		m.min = m.max = (struct text){ hit.rest.s, digits };
	}
	if (r->model_is && text_is_utf8(hit.rest))
		m.model = text_trim(hit.rest);
	return row_make(k, &m);
}

/*
 * A host's name with its domain (RFC 2132 3.14, RFC 4702, RFC 4704) is looked up by its
 * first label, which is the device's own, and only then as it stands.
 */
static size_t
named_match(struct knowledge *k, enum fact_key key, struct text value,
    struct hit hits[TABLES_MAX])
{
	struct text rest = value, label;
	size_t found = 0;

	if ((key == FACT_DHCP_HOSTNAME || key == FACT_DHCP_FQDN ||
	        key == FACT_DHCPV6_FQDN) &&
	    text_split(&rest, '.', &label) && label.len < value.len)
		found = rules_match(k, key, label, hits);
	return found > 0 ? found : rules_match(k, key, value, hits);
}

size_t
knowledge_match(struct knowledge *k, enum fact_key key, struct text value,
    const struct row *out[MATCHES_MAX])
{
	struct hit hits[TABLES_MAX] UNSET;
	size_t found = named_match(k, key, value, hits), n = 0;
	bool final = false;
	struct made made;

	for (size_t i = 0; i < found && n < MATCHES_MAX; i++) {
		final |= hits[i].rule->is_final;
		out[n++] = row_of(k, hits[i]);
	}
	if (key == FACT_HTTP_USER_AGENT && !final && n < MATCHES_MAX &&
	    user_agent_read(k, value, &made))
		out[n++] = row_make(k, &made);
	if (n < MATCHES_MAX && wps_read(k, key, value, &made))
		out[n++] = row_make(k, &made);
	if ((key == FACT_WIFI_SIGNATURE || key == FACT_WIFI_PROBE ||
	        key == FACT_WIFI_ASSOC) &&
	    n < MATCHES_MAX && (out[n] = wifi_read(k, key, value)) != NULL)
		n++;
	return n;
}

static void
hex_of(struct addr mac, char hex[12])
{
	for (int i = 0; i < 6; i++) {
		hex[i * 2] = "0123456789abcdef"[mac.b[i] >> 4];
		hex[i * 2 + 1] = "0123456789abcdef"[mac.b[i] & 15];
	}
}

/* The rule of an organisation, under the id of the block: oui/c4618b. */
static const struct row *
oui_row(struct knowledge *k, struct addr mac, unsigned digits, const struct rule *rule)
{
	char id[16] = "oui/";

	hex_of(mac, id + 4);
	struct made m = { .rule = rule,
		.model = { id, 4 + digits } }; /* the key under which it is kept */
	return row_make_named(k, &m);
}

/* The rule of a name in the registry, whose text stays where it is, or NULL. */
struct organised {
	const char *name;
	const struct rule *rule;
};

enum { ORGANISED = 1024 };

static const struct rule *
organisation_rule(struct knowledge *k, struct text name)
{
	if (k->organised == NULL)
		k->organised = arena_take(&k->arena, ORGANISED * sizeof *k->organised);
	struct organised *o =
	    &k->organised[hash_mix((uintptr_t)name.s, name.len) & (ORGANISED - 1)];
	if (o->name != name.s) {
		struct hit hit = rules_best(k, KEY_OUI_ORGANISATION, name);
		if (hit.rule == NULL)
			hit = rules_best(k, KEY_OUI_ORGANISATION, text_of("*"));
		*o = (struct organised){ name.s, hit.rule };
	}
	return o->rule;
}

size_t
knowledge_match_mac(struct knowledge *k, struct addr mac,
    const struct row *out[MATCHES_MAX])
{
	char hex[12];
	unsigned digits = 0;

	if (mac.kind != ADDR_MAC || addr_is_multicast(mac))
		return 0;
	hex_of(mac, hex);
	struct hit hit = rules_best(k, KEY_OUI_PREFIX, (struct text){ hex, 12 });
	if (hit.rule == NULL && addr_is_local_admin(mac))
		hit = rules_best(k, KEY_OUI_PREFIX, text_of("local"));
	if (hit.rule != NULL) {
		out[0] = &hit.rule->row;
		return 1;
	}
	if (k->oui == NULL)
		return 0;
	struct text name = oui_find(k->oui, mac, &digits);
	if (name.len == 0)
		return 0;
	const struct rule *rule = organisation_rule(k, name);
	if (rule == NULL)
		return 0;
	out[0] = oui_row(k, mac, digits, rule);
	return 1;
}

bool
knowledge_is_default_name(struct knowledge *k, struct text name)
{
	struct hit hits[TABLES_MAX] UNSET;
	size_t n = rules_match(k, FACT_DHCP_HOSTNAME, name, hits);

	for (size_t i = 0; i < n; i++)
		if (hits[i].rule->row.is_default)
			return true;
	return false;
}

bool
knowledge_has(const struct knowledge *k, enum fact_key key)
{
	switch (key) {
	case FACT_WIFI_PROBE:
	case FACT_WIFI_ASSOC:
		return key_set_has(&k->has, KEY_WIFI_KIN);
	case FACT_WIFI_WPS_MODEL:
	case FACT_WIFI_WPS_MANUFACTURER:
	case FACT_EAP_WPS_MODEL:
	case FACT_EAP_WPS_MANUFACTURER: /* wps_read() */
		return key_set_has(&k->has, KEY_UA_FORM);
	default:
		return key_set_has(&k->has, key);
	}
}
