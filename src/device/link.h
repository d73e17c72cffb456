/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_LINK_H
#define DEVICE_LINK_H

#include "device/register.h"

/*
 * What the files of linking share. A clue is a value that may tell one device from
 * all others, in one spelling: two addresses that give the same may be one device.
 */
enum clue_kind {
	CLUE_DUID,      /* of DHCPv6 or of a DHCP client id: of an installed system */
	CLUE_CLIENT_ID, /* another DHCP client id than one's own address */
	CLUE_DEVICE_ID, /* that a device announces of itself */
	CLUE_MACHINE,   /* an account of a machine in 802.1X */
	CLUE_ADDRESS,   /* an IP address behind a router, leased to a MAC */
	CLUE_NAME,      /* of the host, and no maker's default */
	CLUE_ACCOUNT,   /* of a person in 802.1X */
	CLUE_INSTANCE,  /* of a service */
	CLUE_SIGNATURE, /* of the radio: it tells models, not devices */
	CLUE_KINDS
};

struct clue {
	enum clue_kind kind;
	enum fact_key key;
	struct text text;  /* in one spelling */
	struct text value; /* as it was said */
	uint32_t group;
	bool is_defended; /* a name that its protocol leaves to one host of a link */
	int64_t first, last;
};

/* Of the group: its clues, and when it was in use. */
struct linked {
	uint32_t clues, n_clues;    /* into linking.by_group */
	struct span_of_time *spans; /* by time; made when first asked for */
	size_t n_spans;
	bool is_shared; /* by several machines, by turns */
	bool is_told;   /* of a root: a person says that it is not another */
	uint32_t parent, next, last; /* union-find; members of a cluster as a list */
};

/* The clues of one kind and text: who gave them, and what that makes of them. */
struct rivals {
	size_t alike;    /* addresses that gave the clue */
	bool known;      /* what follows was found out */
	bool not_unique; /* two devices gave it at one time */
	bool is_cloned;  /* more at one time than a machine has interfaces */
};

struct clue_run {
	uint32_t start, n;
	int64_t first, last; /* when it was said, by anybody */
	struct rivals rivals;
};

/* A link by the numbers of its groups. */
struct found {
	uint32_t a, b;
	struct link link;
};

struct linking {
	struct register_ *r;
	struct arena arena; /* until the linking is done */
	struct clue *clues; /* by kind, text, then time of the group */
	size_t n_clues, cap_clues;
	struct clue_run *runs;
	uint32_t *run_of; /* of each clue */
	size_t n_runs;
	uint32_t *by_group; /* numbers of clues, group by group */
	struct linked *groups;
	struct found *links; /* what persons say of two first */
	size_t n_links, cap_links, n_told;
};

/* clue.c */
void clues_gather(struct linking *);
/* Whether a clue of this kind is shared by several interfaces of one machine. */
bool clue_is_strong(enum clue_kind);
/* Natural logarithm of the likelihood ratio when it is nobody else's. */
double clue_weight(enum clue_kind);

/* linktold.c: gives out what persons say of two groups, which stands above the rest. */
void told_take(struct linking *,
    void (*take)(struct linking *, uint32_t a, uint32_t b, const struct told_link *));

/* linktake.c: makes one group of each cluster, and gives the links out. */
void clusters_take(struct linking *);

/* linkscore.c: what two groups have in common, and what speaks against it. */
enum { LINK_REASONS = 16 }; /* all that may be said of one link */
struct score {
	double weight;
	struct link_reason reasons[LINK_REASONS];
	size_t n;
	bool is_named; /* a name is all: no identifier of the hardware or its system */
	bool is_copy;  /* a disk is all that may be the same */
};

void link_score(struct linking *, uint32_t a, uint32_t b, struct score *);
/* What speaks for it is no more than what a copy, or a namesake, would say as well. */
void score_cap(struct score *, const char *words);
/* Whether the evidence of the two decides that they are different things. */
bool are_different_things(const struct linking *, uint32_t a, uint32_t b);
/* Finds out about a run anew: links that were made since excuse what was at once. */
void rivals_find(struct linking *, struct clue_run *);
uint32_t cluster_of(struct linking *, uint32_t group);

/* linktime.c: whether two groups were in use at one time. */
bool groups_overlap(struct linking *, uint32_t a, uint32_t b);
/* The same, on one VLAN. */
bool groups_meet(const struct linking *, uint32_t a, uint32_t b);
/* How many that gave the clue were in use at one instant; shared ones aside. */
unsigned most_at_once(struct linking *, const struct clue_run *);
/* Whether the one was still said when the other was said first. */
bool runs_meet(const struct linking *, uint32_t a, uint32_t b);

/* linkapart.c: what tells two machines apart. */
enum apart { NOT_APART, IN_SUCCESSION, BY_TURNS };

/* The group's clue of this run, or NULL. */
const struct clue *same_clue(const struct linking *, uint32_t group, uint32_t run);
/* Both gave clues of this kind and fact, and none that is the same. */
enum apart groups_differ(const struct linking *, uint32_t a, uint32_t b,
    enum clue_kind);
/* The address is one that its maker gave it. */
bool is_burned_in(const struct linking *, uint32_t group);
/*
 * Two that keep at one time a name which a link leaves to one host: of a machine the
 * radio, whose address may change, and another interface.
 */
bool are_interfaces(struct linking *, const struct clue *, const struct clue *);
/*
 * A DUID that was made at an interface which is none of those that give it, though they
 * all have the address which they were made with: of a third, or of another machine
 * whose disk was copied.
 */
bool duid_is_of_another(const struct linking *, uint32_t run);
bool are_two_machines(struct linking *, uint32_t a, uint32_t b);
/* Marks the addresses that several machines use by turns. */
void shared_find(struct linking *);

#endif
