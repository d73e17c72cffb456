/* SPDX-License-Identifier: ISC */
#ifndef TOOLS_WEIGHTS_H
#define TOOLS_WEIGHTS_H

#include <stdio.h>

#include "knowledge/rule.h"

/*
 * Log-likelihood ratios out of labelled tables. Devices are counted, not rows: of
 * those that have the class and show the key, how many show the value; and of the
 * others. The estimate is
 *
 *	P(v|h) = (n(v,h) + a q(v)) / (N(h) + a),   a = 1, q(v) the share of v over all
 *
 * (the m-estimate; Cestnik, Estimating probabilities, ECAI 1990), so that what was
 * never seen gives no infinite ratio. Few devices show a value: then they only bound
 * what was assumed from documents, by the ends of each rate's interval (Wilson,
 *Probable inference, JASA 1927).
 */
struct tally {
	double yes, of_yes, no, of_no;
};

enum { MANY = 30 };

double tally_weight(const struct tally *);
/* The estimate, of models; of few no more than a thousand to one. */
double tally_models(const struct tally *);
/* The lowest and the highest weight that the intervals allow. */
void tally_bounds(const struct tally *, double *low, double *high);

/* A table with tabs; the texts live with the arena. */
struct lines {
	struct text *list;
	size_t n;
};
bool file_load(struct arena *, const char *file, struct text *);
bool lines_load(struct arena *, const char *file, struct lines *);
/* Field i of a line; empty when there is none. */
struct text field(struct text line, unsigned i);
FILE *open_new(const char *file);
bool close_new(FILE *, const char *file);

/* What is left out when something is learnt: see is_kept() of test/corpus/ua.awk. */
bool model_is_kept(struct text brand, struct text model, unsigned part);
enum { PARTS = 3, NO_PART = 99 };

/* models.c: android.tsv out of the labelled User-Agents, and rows of the folder. */
bool models_learn(struct knowledge *, const char *ua_table, const char *out,
    const char *folder, unsigned without);
/* written.c: whether a row is weighed there, by labelled models. */
bool is_of_models(const struct rule *);
/* rows.c: the weights of a table's rows, in place. */
bool rows_weigh(struct knowledge *, const char *examples, const char *folder,
    const char *without);
/* The groups that are left out stand in `without`, a bar before and behind each. */
bool is_left_out(struct text group, const char *without);
/* `says` with another weight for its n-th claim. */
char *put_weight(struct arena *, const char *says, size_t claim, double weight);
/* makers.c: the weights of oui.tsv, in place, by the vendors of a truth table. */
bool makers_weigh(struct knowledge *, const char *truth, const char *folder,
    const char *without);

#endif
