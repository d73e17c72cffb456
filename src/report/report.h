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

struct report {
	const struct case_file *matter;
	const struct verdicts *verdicts;
	const struct input *inputs;
	size_t n_inputs;
	const struct blind_spot *blind_spots;
	size_t n_blind_spots;
	const char *(*decoder_name)(unsigned); /* by row of decoders.tsv; may be NULL */
	const struct pseudonyms *pseudonyms;
	enum only only;
	bool explain;   /* evidence too */
	bool page;      /* the HTML is written as well */
	bool synthetic; /* the capture says that it is made, not seen */
	bool colour;    /* of the terminal */
	unsigned width; /* of the terminal, in columns */
};

void report_text(const struct report *, struct writer *);
void report_json(const struct report *, struct writer *);
void report_csv(const struct report *, struct writer *);
void report_html(const struct report *, struct writer *);
/* One device with every piece of evidence, for and against. */
void report_explain(const struct report *, const struct device *, struct writer *);
void report_explain_json(const struct report *, const struct device *, struct writer *);

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
struct pseudonyms *pseudonyms_load(const char *keyfile, struct err *);
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
