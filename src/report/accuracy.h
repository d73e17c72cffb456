/* SPDX-License-Identifier: ISC */
#ifndef REPORT_ACCURACY_H
#define REPORT_ACCURACY_H

#include "base/arena.h"
#include "base/err.h"
#include "base/writer.h"
#include "device/device.h"

/*
 * How right the beliefs are, against a table of what is known: capture, addr_type,
 * address, os_family, os_version, kind, vendor, model, evidence, certainty, with a
 * tab between; an empty cell is not known. A device that stands in n of the captures
 * judged weighs 1/n in each; one that was not found there is undecided.
 */
enum { SCORED = ATTR_MODEL + 1 }; /* vendor, os, kind, version, model */

struct truth_row {
	struct text capture; /* the path, from its end */
	struct addr address;
	struct text value[SCORED];
	bool scored[SCORED]; /* known, and no row of the aliases says otherwise */
	bool tunnel;
	double weight;
	/* What was believed: */
	bool judged;                /* its capture was */
	bool found;                 /* the register had a device of this address */
	struct text answer[SCORED]; /* empty: undecided */
	struct text leading[SCORED];
	double p[SCORED]; /* of the leading one, in the table's words */
};

struct alias {
	struct text attribute, word, means;
};

struct truth_table {
	struct arena arena;
	struct truth_row *rows;
	size_t n;
	struct alias *aliases;
	size_t n_aliases;
};

/* Both with the file and line of what is wrong. The texts are copied. */
int aliases_read(struct truth_table *, const char *file, struct text, struct err *);
int truth_read(struct truth_table *, const char *file, struct text, struct err *);
void truth_free(struct truth_table *);

/* Notes what a register believes of the rows of one capture; returns how many. */
size_t truth_ask(struct truth_table *, const char *capture, const struct register_ *,
    const struct knowledge *);
/* Whether an answer stands for a word of the table, by the aliases. */
bool truth_right(const struct truth_table *, enum attribute, struct text word,
    struct text answer);

enum { BINS = 10 };

struct score {
	double n, decided, right, undecided; /* weights of devices */
};

struct bin {
	double n, p, right; /* weight, sum of p, weight of the right */
	size_t devices;
};

/* One answer of one device, for what chance does to an ECE. */
struct sample {
	struct addr device;
	double p, weight;
	bool right;
};

/* 95 in 100 draws from the devices are within; exact: were every p true. */
struct drawn {
	double low, high, exact_mean, exact_high;
};

/* How often the answers that say p are right: of an attribute, or of all together. */
struct calibration {
	struct bin bins[BINS];
	double brier, ece;
	struct sample *samples;
	size_t n_samples;
	struct drawn drawn;
};
enum { ALL_ANSWERS = JOINT_ATTRIBUTES, CALIBRATIONS };

struct class_score {
	enum attribute attribute;
	struct text word;
	double n, named, right, undecided; /* named: answered with this class */
};

struct accuracy {
	struct score total[SCORED];
	struct calibration calibration[CALIBRATIONS];
	struct class_score *classes;
	size_t n_classes;
	size_t rows, judged, found;
	double false_iphones, iphones;
};

/* Of the rows that are not tunnels, or of those that are. */
void accuracy_count(struct truth_table *, bool tunnels, struct accuracy *);
void accuracy_free(struct accuracy *);
void ece_drawn(struct sample *, size_t n, struct drawn *);
/* The interval of Wilson (1927) for `right` of n at 95 %. */
void wilson(double right, double n, double *low, double *high);

void accuracy_text(const struct accuracy *, const char *title, struct writer *);
void accuracy_json(const struct accuracy *, const char *title, struct writer *);

#endif
