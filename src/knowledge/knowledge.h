/* SPDX-License-Identifier: ISC */
#ifndef KNOWLEDGE_KNOWLEDGE_H
#define KNOWLEDGE_KNOWLEDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/text.h"
#include "fact/fact.h"

/*
 * What is known of the world: the tables of share/knowledge, each row with an
 * id, a source and a licence. A fact that a row matches becomes evidence.
 */
enum attribute {
	ATTR_VENDOR,
	ATTR_OS,
	ATTR_KIND,
	ATTR_VERSION,
	ATTR_MODEL,
	ATTR_APP,
	ATTR_HIDDEN /* what the device keeps from us: a word of hidden.h; no weight */
};
enum { ATTRIBUTES = ATTR_HIDDEN + 1, JOINT_ATTRIBUTES = ATTR_KIND + 1 };

const char *attribute_name(enum attribute);
bool attribute_find(struct text, enum attribute *);

/*
 * One claim of a row: that the attribute has one of these values (or lies in
 * this range of versions), with a log-likelihood ratio (natural, signed; it is
 * that of the claim given what the row's earlier claims already say: vendor
 * first, then OS, then kind).
 */
struct claim {
	enum attribute attribute;
	const struct text *values; /* as the world writes them: Apple, iOS, phone */
	size_t n;
	const struct text *given; /* of a version: only of these OSes */
	size_t n_given;           /* 0: of any */
	const char *min, *max; /* ATTR_VERSION: NULL is open; inclusive of all below */
	double weight;
	/* A bit a hypothesis: it is so, and so are the row's earlier claims. */
	const uint64_t *holds; /* NULL for what is not of the joint */
	const uint64_t *asked; /* where the earlier claims are so; NULL: everywhere */
};

struct row {
	const char *id; /* stable: dhcp.parameters/apple-ios-17 */
	const char *source, *licence;
	const char *family; /* of evidence, from facts.tsv unless the row says */
	const struct claim *claims;
	size_t n_claims;
	bool is_default; /* a host name of this form is a maker's default */
	bool is_virtual; /* a link-layer address of this form is a virtual machine's */
	bool is_sum;     /* of many traits: it proves no second device */
	bool is_whole;   /* of all the traits together: no sum adds to it */
};

/* A point of the taxonomy with its share of the devices of an organisation. */
struct hypothesis {
	struct text vendor, os, kind; /* "other" for none of the named */
	double prior, log_prior;
	uint16_t at[JOINT_ATTRIBUTES]; /* places in knowledge_values() */
};

struct knowledge;

/* Loads the folder, and Debian's OUI registry when oui is not NULL. */
struct knowledge *knowledge_load(const char *folder, const char *oui, struct err *);
void knowledge_free(struct knowledge *);
/* Date of the newest table, and a digest of all of them, for the report. */
const char *knowledge_date(const struct knowledge *);
const char *knowledge_digest(const struct knowledge *);
const struct hypothesis *knowledge_hypotheses(const struct knowledge *, size_t *n);
/* The words of an attribute of the joint, at most VALUES_MAX, as priors.tsv has them.
 */
const struct text *knowledge_values(const struct knowledge *, enum attribute,
    size_t *n);
/* Networks of which it says something: whoever contacts them says ip.contact. */
const struct prefix *knowledge_networks(const struct knowledge *, size_t *n);
/*
 * Sets the share of one word ("vendor", "Apple") as a site knows it; the shares
 * within it and without it keep their proportions. False when there is no such
 * word or the share is not between 0 and 1.
 */
bool knowledge_set_prior(struct knowledge *, enum attribute, struct text value,
    double share);

enum { MATCHES_MAX = 8, VALUES_MAX = 1024 };

/*
 * The rows that match a value; the most specific of each table only. Pointers
 * live as long as the knowledge. Values computed on the way (a model out of a
 * User-Agent, a version out of a Darwin number) are interned there too.
 */
size_t knowledge_match(struct knowledge *, enum fact_key, struct text value,
    const struct row *out[MATCHES_MAX]);
/* True when some row is about this fact, or is made of it. */
bool knowledge_has(const struct knowledge *, enum fact_key);
/* The rows for a link-layer address: its OUI, or that it is locally administered. */
size_t knowledge_match_mac(struct knowledge *, struct addr mac,
    const struct row *out[MATCHES_MAX]);
/* True when a host name is a maker's default ("iPhone", "android-1a2b…"). */
bool knowledge_is_default_name(struct knowledge *, struct text);

#endif
