/* SPDX-License-Identifier: ISC */
#ifndef TOOLS_WIFI_WEIGHTS_H
#define TOOLS_WIFI_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Between the parts of wifi_weights: what was read and learned, and its table. */
enum { LABELS_MAX = 512, NAMES_MAX = 512, EXAMPLES_MAX = 16384, TRAITS_MAX = 16384 };
enum { CLASSES_MAX = 16, QUESTIONS = 4, STEPS_MAX = 400, LEAST_MODELS = 3 };
enum { GROUPS = 5 };

struct label {
	char *prefix, *kin, *os, *kind, *model, *vendor;
};

struct example {
	char *address;   /* of the captures: whose it was, or NULL */
	char *said;      /* with all else that it said */
	char *signature; /* of the table: as it stands there */
	unsigned name;   /* genus and species */
	unsigned model;  /* what is left out together */
	const struct label *label;
	unsigned *traits, n;
	double weight;
};

struct question {
	const char *class[CLASSES_MAX];
	size_t n;
	double models[CLASSES_MAX]; /* of each class that it learns from */
	double each;                /* what the models of a class weigh together */
	double *w;                  /* n for each trait */
};

/* What a fit does not see: a model, or up to two groups of them. */
struct out {
	unsigned model, group[2];
};

/* The fields of each line that is no note; the header is skipped. */
void lines(const char *path, bool header, void (*take)(char **field, size_t n));
void fail(const char *what, const char *which) __attribute__((noreturn));

/* wifi_documents.c: what documents say that a trait is worth; 0 if nothing. */
void documents_read(const char *path);
double documented(int question, const char *trait, const char *class);
bool is_documented(int question, const char *trait);

bool is_out(unsigned model, const struct out *);
bool usable(unsigned trait, const struct out *);

extern struct example *examples;
extern char *names[NAMES_MAX], *models[NAMES_MAX], *traits[TRAITS_MAX];
extern unsigned char (*shown)[NAMES_MAX]; /* of a trait, by model */
extern size_t n_examples, n_names, n_models, n_traits;
extern const char *const questions[QUESTIONS];
extern const char *answers[QUESTIONS][NAMES_MAX]; /* of each model */

/* The table without what is out. */
void put_table(FILE *, struct question *, const struct out *without);

#endif
