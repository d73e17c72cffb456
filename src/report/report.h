/* SPDX-License-Identifier: ISC */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "directive/verdict.h"

/*
 * One report model, several printers that all say the same. Everything is
 * borrowed from the case; the printers change nothing.
 */
enum only { ONLY_ALL, ONLY_COVERED, ONLY_NOT_COVERED, ONLY_EXCEPTED, ONLY_UNDECIDED };

/* What was looked at: one for each capture or interface. */
struct input {
	const char *name; /* as named on the command line */
	uint64_t frames, bytes, cut, dropped, skipped;
	const char *damage; /* a line, or NULL */
	char digest[65];    /* SHA-256 of the file, "" for a live interface */
};

struct blind_spot {
	const char *text; /* a whole sentence */
};

struct pseudonyms; /* NULL: names stand as they are */

/*
 * What an authority counts under one order; every printer and the ledger have these.
 * found = removed + remaining + excepted; the undecided are in none of them but, where
 * a device is covered and its duties are undecided, in `remaining`.
 */
enum outcome {
	COUNT_SEEN,      /* devices judged */
	COUNT_FOUND,     /* of the order's object and scope, excepted ones too */
	COUNT_REMOVED,   /* of these: out of use, by what was seen or by custody */
	COUNT_REPLACED,  /* of these: something else was given instead */
	COUNT_REMAINING, /* of these: not known to be out of use */
	COUNT_EXCEPTED,
	COUNT_UNDECIDED, /* whether covered, or whether a duty was met */
	COUNT_FAILED,
	COUNT_DUE,
	COUNT_MET,
	COUNT_PERSONS_WITHOUT, /* in scope, and nothing seen of them */
	COUNTS
};
const char *outcome_name(enum outcome); /* "found", "persons_without" … */

/* The report before this one, under the same order. */
struct past_report {
	int64_t as_of;     /* TIME_NONE: there was none */
	char manifest[65]; /* SHA-256 of its manifest */
	uint64_t counts[COUNTS];
};

/* A report that is filed: what it says of its store, and of the one before. */
struct filing {
	uint64_t ledger_seq; /* the latest entry that is no report; 0: none */
	char ledger_hash[65];
	char signer[65];                  /* the public key, hexadecimal */
	const char *contact;              /* of whom to ask, or NULL */
	const struct past_report *before; /* one for each order of the case */
};

/* A row of share/accuracy.tsv: how right the answers were, on labelled captures. */
enum { MEASURED_CELLS = 7 };
struct measured {
	const char *cells[MEASURED_CELLS]; /* attribute, devices, decided, right,
	                                      precision, low, high */
};

/* What read a fact: a decoder, out of a frame; a format of logs, out of a line. */
struct hearer {
	const char *name, *place; /* "dhcp4", "frame"; "zeek", "line" */
};

struct view;
struct report {
	const struct case_file *matter;
	const struct verdicts *verdicts;
	const struct input *inputs;
	size_t n_inputs;
	const char *store; /* its file, when it came out of one; else NULL */
	const struct blind_spot *blind_spots;
	size_t n_blind_spots;
	struct hearer (*heard_by)(unsigned decoder); /* may be NULL */
	const struct pseudonyms *pseudonyms;
	const struct filing *filing; /* NULL: it is not filed */
	const struct measured *measured;
	size_t n_measured;
	enum only only;
	bool withhold;     /* names of sites and segments too; with pseudonyms */
	bool explain;      /* evidence too */
	bool brief;        /* what does not apply has no line of its own */
	bool page;         /* the HTML is written as well */
	bool live;         /* heard on an interface: its packets are kept nowhere */
	bool synthetic;    /* the capture says that it is made, not seen */
	bool colour;       /* of the terminal */
	unsigned width;    /* of the terminal, in columns */
	struct view *view; /* how the printers walk it, once made for all; or NULL */
};

/* For several printers of one report, which is whole by then. */
void view_share(struct report *);
void view_unshare(struct report *);

void report_text(const struct report *, struct writer *);
void report_json(const struct report *, struct writer *);
void report_csv(const struct report *, struct writer *);
/* The registers, each a table of its own. */
void report_exceptions_csv(const struct report *, struct writer *);
void report_disposals_csv(const struct report *, struct writer *);
void report_html(const struct report *, struct writer *);
/* OCSF as JSON Lines: 5001 a device, 2003 a verdict. */
void report_ocsf(const struct report *, struct writer *);
/* OSCAL assessment results 1.2.2. */
void report_oscal(const struct report *, struct writer *);
/* One device, by its number, with every piece of evidence, for and against. */
void report_explain(const struct report *, size_t device, struct writer *);
void report_explain_json(const struct report *, size_t device, struct writer *);

/* One line of the contract each; shared by scan, explain, identify and facts. */
void json_device(struct writer *, const struct device *, const struct pseudonyms *);
void json_fact(struct writer *, const struct fact *, const char *capture,
    const char *decoder, const struct pseudonyms *);
void json_evidence(struct writer *, const struct device *, const struct said *,
    const char *capture, const char *decoder, const struct pseudonyms *);

/*
 * Keyed pseudonyms: HMAC-SHA-256 of the name under the key of a file (32 bytes or
 * more, mode 0600), so that they are the same in every report. NULL with err.
 */
struct pseudonyms *pseudonyms_load(const char *keyfile, bool *exposed, struct err *);
/* The same of a key that is at hand: 32 bytes. */
struct pseudonyms *pseudonyms_of(const unsigned char key[32]);
void pseudonyms_free(struct pseudonyms *);
/*
 * A printed form for the name: "person-7f3a9c21". `what` keeps the kinds apart:
 * "person" (of the id in the roster), "mac", "ip", "host", "id" (a client id, serial
 * number …) and "d" (a device's id, which is a plain hash of its address otherwise).
 * With p NULL it is the name itself, cut at 63 bytes: print longer ones yourself.
 */
const char *pseudonym(const struct pseudonyms *, const char *what, struct text name,
    char buf[64]);

#endif
