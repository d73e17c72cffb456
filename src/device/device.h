/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_DEVICE_H
#define DEVICE_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "device/version.h"
#include "fact/fact.h"
#include "knowledge/knowledge.h"

/*
 * A device is one physical thing: its addresses over time, its names, what is
 * believed of it and why. It begins as one link-layer address, or as one IP address
 * behind a router; links join several of them.
 */

/* A fact that counts for a device: folded over its repetitions. */
struct evidence {
	enum fact_key key;
	uint32_t count;
	struct text value;
	const struct row *const *rows; /* that it matched; may be none for a name */
	int64_t first, last;
	struct sighting where; /* of the first */
	uint16_t decoder, n_rows;
};

/* One attribute of a belief: its marginal. */
struct marginal {
	struct text value; /* empty when undecided */
	double p;          /* of value */
	struct text leading;
	double leading_p; /* of the best guess, decided or not */
};

/* p of each hypothesis of knowledge_hypotheses(), in its order; they sum to 1. */
struct belief {
	double *p;
	size_t n;
	struct marginal vendor, os, kind, model;
	struct marginal version; /* value: one version when the range is one */
	struct version_range range;
	/*
	 * Several things behind one address: what contradicts itself is never mixed.
	 * Each is then a member with a belief of its own; the whole has no joint (n is
	 * 0), and of an attribute only what all members agree on.
	 */
	bool several;
	const struct member *members;
	size_t n_members; /* 0, or at least two */
	/* Two families speak for siblings: shown, and no proof of several. */
	bool conflict;
	/*
	 * All devices of which the same was heard have this `p`, with the model and the
	 * version that go with it, until the register settles again.
	 */
	bool is_shared;
};

/* One of several, and what tells it from the others. */
struct member {
	struct belief belief;
	enum fact_key key; /* FACT_NONE: the words alone */
	struct text value;
	int64_t first, last;
	const char *words; /* a whole sentence without names or addresses */
};

/* A version that was replaced: what was known of it, and when it was last heard. */
struct past {
	const char *min, *max; /* NULL is open */
	int64_t last;
};

/* A time during which an address of the device was active somewhere. */
struct stay {
	struct addr ip; /* may be none */
	uint16_t vlan;
	int64_t first, last;
};

/*
 * An app as far as the wire shows it. To contact the service of one is not to have
 * it: a page that embeds it does the same. Only what says its name itself, as in a
 * User-Agent, is there.
 */
struct app {
	struct text name;
	int64_t first, last; /* of either */
	uint32_t contacts;   /* how often its service was looked up or spoken to */
	bool speaks;         /* it named itself */
};

/* A name or identifier that may join a person: where it came from. */
struct label {
	enum fact_key key;
	struct text value;
	int64_t first, last;
	bool is_default; /* a maker's default name: joins nobody */
};

/*
 * A link: the claim that two addresses are one device, with its score, its reasons
 * and who made it. At LINK_SURE the machine takes it, from LINK_LIKELY on it is
 * shown as a suggestion that changes nothing, below it is not shown. What a person
 * says (--links) stands above all that.
 */
#define LINK_SURE 0.95
#define LINK_LIKELY 0.7

enum link_state {
	LINK_SAME,      /* taken: the two are one device here */
	LINK_SUGGESTED, /* likely, not taken */
	LINK_DIFFERENT  /* a person says that they are two */
};

struct link_reason {
	enum fact_key key; /* of what both say, FACT_NONE where words tell it all */
	struct text value; /* of that fact, as the earlier one said it */
	const char *words; /* whole sentence without names or addresses */
	double weight;     /* natural logarithm of the likelihood ratio */
};

struct told_link {
	struct addr a, b;
	bool same;
	const char *by, *reason; /* may be NULL */
	int64_t date;
	unsigned line; /* of the file */
};

struct link {
	struct addr a, b; /* a was there first */
	double p;         /* of one device; 1 or 0 when told */
	enum link_state state;
	const struct told_link *told; /* the person's word, NULL: the machine's */
	const struct link_reason *reasons;
	size_t n_reasons;
};

/*
 * What a person says that a device is (--corrections): told, not inferred. It stands
 * beside what the wire says, and neither overwrites the other.
 */
enum told_of { TOLD_OF_MAC, TOLD_OF_NAME, TOLD_OF_ID };

struct told {
	enum told_of of;
	struct addr mac;
	struct text identifier; /* a host name, or a client id in bare hexadecimal */
	enum attribute attribute;
	struct text value;
	const char *by, *reason; /* may be NULL */
	int64_t date;
	unsigned line; /* of the file */
};

struct register_;
struct group;

enum { DEVICE_ID = 20 };
struct device {
	char id[DEVICE_ID]; /* "d-" and 16 hex digits, derived from its earliest address
	                     */
	struct addr *macs, *ips;
	size_t n_macs, n_ips;
	int64_t first_seen, last_seen;
	bool is_router;
	unsigned hides;     /* names from a listener; bits of device/hidden.h */
	struct stay *stays; /* by time */
	size_t n_stays;
	struct label *labels;
	size_t n_labels;
	/* Use of official services: ip.service facts and names, as evidence. */
	struct evidence *uses;
	size_t n_uses;
	/* That made it one of several addresses, and what speaks for more of them. */
	const struct link *const *links;
	size_t n_links;
	struct belief belief; /* by the wire alone */
	struct app *apps;     /* by name */
	size_t n_apps;
	bool more_apps;    /* its evidence names others, which are not among these */
	struct past *past; /* earlier versions of its OS, the latest first */
	size_t n_past;
	/* What persons say, of each attribute the latest; and the belief with that. */
	const struct told *const *told;
	size_t n_told;
	const struct belief *asserted; /* NULL: nothing is told */
	/* When that was last said which was not said for longest; INT64_MAX: nothing.
	 */
	int64_t silent_since;
	/* device_evidence() has it; of a device of a register it is made when asked. */
	struct evidence *evidence;
	size_t n_evidence;
	struct register_ *of; /* with its group; NULL when it is of none */
	struct group *group;
};

/*
 * What was said of a device and is matched by knowledge, by key and value. Lives as
 * long as the device, or until evidence is forgotten.
 */
const struct evidence *device_evidence(const struct device *, size_t *n);

struct register_ *register_new(struct knowledge *, size_t max_devices);
void register_free(struct register_ *);
void register_fact(struct register_ *, const struct fact *);
void register_presence(struct register_ *, const struct presence *);
/*
 * What is about to be learnt: fetches what that will touch, for so many at most. It
 * changes nothing, and may be left out.
 */
enum { REGISTER_EXPECT = 32 };
void register_expect(const struct register_ *, const struct fact *, size_t n);
void register_expect_presences(const struct register_ *, const struct presence *,
    size_t n);

/*
 * Names (tls.sni, http.host, dns.query) that the register must keep as use of an
 * official service although no knowledge row matches: exact or as a suffix.
 */
void register_want_host(struct register_ *, struct text host);

/* A person's word on what a device is, likewise. */
void register_tell(struct register_ *, const struct told *);
/* A person's word on two addresses, for the next settling; it outlives the register. */
void register_tell_link(struct register_ *, const struct told_link *);

/*
 * Groups what was learned into devices, links them, and computes each belief as of a
 * time: a pure function of the evidence and that time. May be called again.
 */
void register_settle(struct register_ *, int64_t as_of);
size_t register_count(const struct register_ *);
/* Sorted by first address; pointers live until the next settle, or forget. */
const struct device *register_device(const struct register_ *, size_t i);
/* Which of them a device of a register is, and its id without making it. */
size_t device_number(const struct device *);
void register_id(const struct register_ *, size_t i, char id[DEVICE_ID]);
/* How many links a device has, without making it. */
size_t register_links(const struct register_ *, size_t i);
/*
 * Gives the memory of all devices back, which are made anew when somebody asks again:
 * for a walk through more of them than should be in memory at once.
 */
void register_forget(const struct register_ *);
/* A step of such a walk is done, and nobody has one any more: forgets all of many. */
void register_walked(const struct register_ *);
/* The same of their evidence alone: it is the greater part of a device. */
void register_forget_evidence(const struct register_ *);
/* The device that has this address, or NULL; of an IP that moved, the last one. */
const struct device *register_find(const struct register_ *, struct addr);
int64_t register_last_time(const struct register_ *);
/* When the first of all devices was first seen, and the last; TIME_NONE without any. */
void register_period(const struct register_ *, int64_t *first, int64_t *last);
/*
 * Nothing more will be learnt: gives back what only learning needs. To learn after that
 * is a fault of the program.
 */
void register_learnt(struct register_ *);
size_t register_bytes(const struct register_ *);
uint64_t register_evicted(const struct register_ *);

/*
 * The belief alone, for `identify`: from pieces of evidence without a register.
 * The result's arrays belong to the caller: belief_free().
 */
void belief_compute(struct knowledge *, const struct evidence *, size_t n,
    const struct addr *mac, int64_t as_of, struct belief *out);
void belief_free(struct belief *);

/*
 * What was believed of a device of a register, of one thing, at an instant: of what had
 * been heard by then. Unless it `fades`, what the device is counts as if all of it had
 * been heard just then. belief_free() takes it.
 */
void device_belief_at(const struct device *, int64_t at, bool fades,
    struct belief *out);
/* Whether any of its evidence fades by then; else it is all the same. */
bool device_fades(const struct device *, int64_t as_of);

/* What one piece of evidence says, for explain: each claim and its weight now. */
struct said {
	const struct evidence *evidence; /* NULL: the link-layer address itself, */
	size_t mac;                      /* by its number in the device */
	const struct row *row;
	const struct claim *claim;
	double weight; /* after decay; before the family's rule */
	bool is_past;  /* it had ended when another came that excludes it */
	bool counted;  /* it is not, and the strongest of its family */
};

/* Calls back for each claim, for and against, strongest first. */
void belief_explain(struct knowledge *, const struct device *, int64_t as_of,
    void (*tell)(void *, const struct said *), void *state);

#endif
