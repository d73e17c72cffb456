/* SPDX-License-Identifier: ISC */
/*
 * share/knowledge/wifi.tsv from labelled signatures of 802.11: one row for each
 * signature that the table holds, and what each trait of a signature is worth.
 *
 *	wifi_weights LABELS TABLE CAPTURES            the table, to stdout
 *	wifi_weights LABELS TABLE CAPTURES FOLDER     for each model N, without it:
 *	                                              FOLDER/N.tsv, FOLDER/N.test
 *
 * Traits of one signature hang together: to add what each alone is worth would count
 * one thing many times. So the weights are those of a multinomial logistic regression,
 *
 *	log p(class | traits) = log share(class) + sum of w(class, trait) - log of all
 *
 * fitted together, with a ridge that draws what few models show towards nothing: for
 * one trait alone the penalty of half a square stands for the m-estimate's few made-up
 * devices. A model counts once, however many rows and captures it has; each of its
 * signatures is learned whole, as a probe alone and as an association alone, since a
 * message alone must do. log share is taken out again: what remains, and is written,
 * is a likelihood ratio against the mix that was learned from.
 *
 * Four questions: whose kin the system is (apple, android, else), and within each of
 * these, the kind. Everything runs in a fixed order: the same input, the same bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "knowledge/wifi_traits.h"

enum { LABELS_MAX = 512, NAMES_MAX = 512, EXAMPLES_MAX = 16384, TRAITS_MAX = 16384 };
enum { CLASSES_MAX = 16, QUESTIONS = 4, STEPS_MAX = 400, LEAST_MODELS = 3 };
/* Of a value more is not compared (src/knowledge/match.c): a frame full of zeros. */
enum { LONGEST = 512 };

/*
 * Of each question. The first round of leave-one-model-out, with 0.1 for all, had the
 * kin too careful (60 % answered, 96 % of those right) and the kinds too sure (54 %,
 * 79 %): that moved them once.
 */
static const double ridges[QUESTIONS] = { 0.03, 1, 1, 1 };
/* Weights that change no answer are not written. */
static const double least = 0.02;

struct label {
	char *prefix, *kin, *os, *kind, *model;
};

struct example {
	char *address;   /* of the captures: whose it was, or NULL */
	char *signature; /* of the table: as it stands there */
	unsigned name;   /* genus and species */
	unsigned model;  /* what is left out together */
	const struct label *label;
	unsigned *traits, n;
	double weight;
};

static struct label labels[LABELS_MAX];
static struct example *examples;
static char *names[NAMES_MAX], *models[NAMES_MAX];
static char *traits[TRAITS_MAX];
static unsigned char (*shown)[NAMES_MAX]; /* of a trait, by model */
static size_t n_labels, n_examples, n_names, n_models, n_traits;

static const char *const questions[QUESTIONS] = { "wifi.kin", "wifi.kind-apple",
	"wifi.kind-android", "wifi.kind-else" };
static const char *const kins[] = { "apple", "android", "else" };

struct question {
	const char *class[CLASSES_MAX];
	size_t n;
	double share[CLASSES_MAX];
	double *w; /* n for each trait */
};

static void
fail(const char *what, const char *which)
{
	(void)fprintf(stderr, "wifi_weights: %s: %s\n", what, which);
	exit(EXIT_FAILURE);
}

static unsigned
enter(char **list, size_t *n, size_t most, const char *s, size_t len)
{
	for (size_t i = 0; i < *n; i++)
		if (strlen(list[i]) == len && memcmp(list[i], s, len) == 0)
			return (unsigned)i;
	if (*n == most)
		fail("too many", s);
	list[*n] = must_alloc(len + 1, 1);
	memcpy(list[*n], s, len);
	return (unsigned)(*n)++;
}

/* The fields of each line that is no note; the header is skipped. */
static void
lines(const char *path, bool header, void (*take)(char **field, size_t n))
{
	char *line = NULL, *field[8];
	size_t cap = 0;
	ssize_t len;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		fail("cannot be read", path);
	while ((len = getline(&line, &cap, f)) > 0) {
		size_t n = 0;
		char *rest = line;
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (header || line[0] == '#') {
			header = false;
			continue;
		}
		while (n < 8 && (field[n] = strsep(&rest, "\t")) != NULL)
			n++;
		take(field, n);
	}
	free(line);
	(void)fclose(f);
}

static void
take_label(char **field, size_t n)
{
	if (n < 5 || n_labels == LABELS_MAX)
		fail("a wrong label", field[0]);
	labels[n_labels++] = (struct label){ strdup(field[0]), strdup(field[1]),
		strdup(field[2]), strdup(field[3]), strdup(field[4]) };
}

static const struct label *
label_of(const char *name)
{
	const struct label *best = NULL;

	for (size_t i = 0; i < n_labels; i++) {
		size_t len = strlen(labels[i].prefix);
		char next = strncmp(name, labels[i].prefix, len) == 0 ? name[len] : 'x';
		bool whole = next == '\0' || strchr(" +/(", next) != NULL ||
		    (next == '-' && name[len] == '-');
		if (whole && (best == NULL || len > strlen(best->prefix)))
			best = &labels[i];
	}
	return best;
}

/* Whole, and each half alone: a third of the weight each. */
static void
add_example(const char *name, const char *signature, const char *address)
{
	static struct wifi_traits found;
	const struct label *label = label_of(name);
	struct text t = text_of(signature);

	if (label == NULL)
		fail("no label for", name);
	for (int view = 0; view < 3; view++) {
		struct wifi_traits kept = { 0 };
		found.n = 0;
		wifi_traits_signature(&found, t);
		for (size_t i = 0; i < found.n; i++)
			if (view == 0 || found.list[i].s[0] == "pa"[view - 1])
				kept.list[kept.n++] = found.list[i];
		if (n_examples == EXAMPLES_MAX)
			fail("too many signatures", name);
		struct example *e = &examples[n_examples++];
		const char *model = label->model[0] != '\0' ? label->model : name;
		*e = (struct example){ .signature = view == 0 ? strdup(signature)
			                                      : NULL,
			.name = enter(names, &n_names, NAMES_MAX, name, strlen(name)),
			.model = enter(models, &n_models, NAMES_MAX, model,
			    strlen(model)),
			.label = label,
			.address = address != NULL ? strdup(address) : NULL,
			.traits = must_alloc(kept.n + 1, sizeof *e->traits),
			.n = (unsigned)kept.n };
		for (size_t i = 0; i < kept.n; i++)
			e->traits[i] = enter(traits, &n_traits, TRAITS_MAX,
			    kept.list[i].s, kept.list[i].len);
	}
}

/* signature, genus, species, band, source */
static void
take_row(char **field, size_t n)
{
	char name[256];

	if (n < 3)
		fail("a wrong row", field[0]);
	(void)snprintf(name, sizeof name, "%s%s%s", field[1],
	    field[2][0] != '\0' ? " " : "", field[2]);
	add_example(name, field[0], NULL);
}

/* name, signature, address: of the labelled captures */
static void
take_capture(char **field, size_t n)
{
	if (n < 3)
		fail("a wrong line", field[0]);
	add_example(field[0], field[1], field[2]);
}

/* Each model weighs one, in equal parts for each of its examples. */
static void
weigh(void)
{
	static double count[NAMES_MAX];

	for (size_t i = 0; i < n_examples; i++)
		count[examples[i].model]++;
	for (size_t i = 0; i < n_examples; i++)
		examples[i].weight = 1 / count[examples[i].model];
	shown = must_alloc(n_traits, sizeof *shown);
	for (size_t i = 0; i < n_examples; i++)
		for (unsigned k = 0; k < examples[i].n; k++)
			shown[examples[i].traits[k]][examples[i].model] = 1;
}

/* What fewer models show is chance. */
static bool
usable(unsigned trait, unsigned without)
{
	unsigned n = 0;

	for (unsigned m = 0; m < n_models && n < LEAST_MODELS; m++)
		n += m != without && shown[trait][m];
	return n >= LEAST_MODELS;
}

/* What the example answers to the question; NULL: it is not asked. */
static const char *
answer(const struct example *e, int question)
{
	const struct label *l = e->label;

	if (l->kin[0] == '-')
		return NULL;
	if (question == 0)
		return l->kin;
	if (strcmp(kins[question - 1], l->kin) != 0 || l->kind[0] == '-')
		return NULL;
	return l->kind;
}

/* Of each model. */
static const char *answers[QUESTIONS][NAMES_MAX];

static size_t
class_of(struct question *q, const char *word)
{
	size_t i = 0;

	while (i < q->n && strcmp(q->class[i], word) != 0)
		i++;
	if (i == CLASSES_MAX)
		fail("too many classes", word);
	if (i == q->n)
		q->class[q->n++] = word;
	return i;
}

static void
scores(const struct question *q, const double *w, const struct example *e, double *p)
{
	double sum = 0, top = -1e9;

	for (size_t c = 0; c < q->n; c++)
		p[c] = log(q->share[c]);
	for (unsigned k = 0; k < e->n; k++)
		for (size_t c = 0; c < q->n; c++)
			p[c] += w[e->traits[k] * q->n + c];
	for (size_t c = 0; c < q->n; c++)
		top = p[c] > top ? p[c] : top;
	for (size_t c = 0; c < q->n; c++)
		sum += p[c] = exp(p[c] - top);
	for (size_t c = 0; c < q->n; c++)
		p[c] /= sum;
}

struct asked {
	const struct example *e;
	size_t class;
};

static size_t
ask(struct question *q, int question, unsigned without, struct asked *list)
{
	size_t n = 0;
	double all = 0;

	q->n = 0;
	memset(q->share, 0, sizeof q->share);
	for (size_t i = 0; i < n_examples; i++) { /* classes in the order of all */
		const char *word = answer(&examples[i], question);
		if (word == NULL)
			continue;
		size_t c = class_of(q, word);
		answers[question][examples[i].model] = word;
		if (examples[i].model == without)
			continue;
		list[n++] = (struct asked){ &examples[i], c };
		q->share[c] += examples[i].weight;
		all += examples[i].weight;
	}
	for (size_t c = 0; c < q->n; c++)
		q->share[c] = (q->share[c] + 0.1) / (all + 0.1 * (double)q->n);
	return n;
}

/* The gradient of the penalised loss at v. */
static void
gradient(const struct question *q, const double *v, const struct asked *list, size_t n,
    const bool *use, double ridge, double *g)
{
	double p[CLASSES_MAX];

	for (size_t i = 0; i < n_traits * q->n; i++)
		g[i] = ridge * v[i];
	for (size_t i = 0; i < n; i++) {
		const struct example *e = list[i].e;
		scores(q, v, e, p);
		p[list[i].class] -= 1;
		for (unsigned k = 0; k < e->n; k++)
			if (use[e->traits[k]])
				for (size_t c = 0; c < q->n; c++)
					g[e->traits[k] * q->n + c] += e->weight * p[c];
	}
}

/*
 * Nesterov's accelerated descent, each trait with a step of its own: half the weight
 * of the examples that show it, times the traits beside it, bounds the curvature.
 */
static void
fit(struct question *q, int question, unsigned without, const double *start)
{
	static struct asked list[EXAMPLES_MAX];
	size_t n = ask(q, question, without, list), size = n_traits * q->n;
	double *w = must_alloc(size, sizeof *w), *v = must_alloc(size, sizeof *v);
	double *g = must_alloc(size, sizeof *g),
	       *bound = must_alloc(n_traits, sizeof *g);
	bool *use = must_alloc(n_traits, sizeof *use);
	double t = 1, ridge = ridges[question];

	for (unsigned i = 0; i < n_traits; i++)
		use[i] = usable(i, without);
	for (size_t i = 0; i < n; i++)
		for (unsigned k = 0; k < list[i].e->n; k++)
			bound[list[i].e->traits[k]] += 0.5 * list[i].e->weight *
			    list[i].e->n;
	if (start != NULL)
		memcpy(w, start, size * sizeof *w);
	memcpy(v, w, size * sizeof *v);
	for (int step = 0; step < STEPS_MAX; step++) {
		double t2 = (1 + sqrt(1 + 4 * t * t)) / 2, moved = 0;
		gradient(q, v, list, n, use, ridge, g);
		for (size_t i = 0; i < size; i++) {
			double next = v[i] - g[i] / (bound[i / q->n] + ridge);
			v[i] = next + (t - 1) / t2 * (next - w[i]);
			moved = fabs(next - w[i]) > moved ? fabs(next - w[i]) : moved;
			w[i] = next;
		}
		t = t2;
		if (moved < 1e-3)
			break;
	}
	free(q->w);
	q->w = w;
	free(v);
	free(g);
	free(bound);
	free(use);
}

/* Three figures, without a sign on nothing. */
static void
put_weight(FILE *out, double w)
{
	w = w > 6.9 ? 6.9 : w < -6.9 ? -6.9 : w;
	(void)fprintf(out, "%.2f", fabs(w) < 0.005 ? 0 : w);
}

/* How many models of the class show the trait, and how many there are. */
static void
put_counts(FILE *out, const struct question *q, int question, unsigned trait,
    unsigned without)
{
	for (size_t c = 0; c < q->n; c++) {
		unsigned all = 0, shows = 0;
		for (unsigned m = 0; m < n_models; m++) {
			if (m == without || !answers[question][m] ||
			    strcmp(answers[question][m], q->class[c]) != 0)
				continue;
			all++;
			shows += shown[trait][m];
		}
		(void)fprintf(out, "%s%s %u/%u", c > 0 ? ", " : "", q->class[c], shows,
		    all);
	}
}

/* The systems of each kin, as priors.tsv has them. */
static const char *
spelled(int question, const char *class)
{
	if (question > 0)
		return class;
	if (strcmp(class, "apple") == 0)
		return "iOS|iPadOS|macOS|tvOS|watchOS|audioOS|visionOS";
	if (strcmp(class, "android") == 0)
		return "Android|\"Fire OS\"|HarmonyOS";
	return "ChromeOS|Linux|Nintendo|PlayStation|\"Roku OS\"|Tizen|Windows|VIDAA|"
	       "webOS|Xbox|other";
}

static void
put_trait(FILE *out, const struct question *q, int question, unsigned trait,
    unsigned without)
{
	bool any = false;

	for (size_t c = 0; c < q->n; c++)
		any |= fabs(q->w[trait * q->n + c]) >= least;
	if (!usable(trait, without) || !any)
		return;
	(void)fprintf(out, "%s/%s\t%s\texact\t%s\t", questions[question], traits[trait],
	    questions[question], traits[trait]);
	for (size_t c = 0, n = 0; c < q->n; c++) {
		double w = q->w[trait * q->n + c];
		if (fabs(w) < least)
			continue;
		(void)fprintf(out, "%s%s=%s:", n++ > 0 ? " " : "",
		    question == 0 ? "os" : "kind", spelled(question, q->class[c]));
		put_weight(out, w);
	}
	(void)fprintf(out, "\twifi\twifi_taxonomy: ");
	put_counts(out, q, question, trait, without);
	(void)fprintf(out, "; tools/wifi_weights.c\tApache-2.0\t%s\t\n", traits[trait]);
}

/* As the sensor says it: without what the table adds of names and makers. */
static size_t
bare(const char *signature)
{
	const char *assoc = strstr(signature, "|assoc:");
	const char *end = assoc != NULL ? strchr(assoc + 1, '|') : NULL;

	return end != NULL ? (size_t)(end - signature) : strlen(signature);
}

static bool
same_bare(const struct example *a, const struct example *b)
{
	size_t n = bare(a->signature);

	return n == bare(b->signature) && memcmp(a->signature, b->signature, n) == 0;
}

static bool
has_word(const char *list, const char *word, size_t n)
{
	for (; list != NULL && *list != '\0'; list += *list == '|')
		if (strcspn(list, "|") == n && strncmp(list, word, n) == 0)
			return true;
		else
			list += strcspn(list, "|");
	return false;
}

/* Adds the words of `list` to `to`, each once; `-` spoils it. */
static void
join(char *to, size_t cap, const char *list)
{
	while (*list != '\0') {
		size_t n = strcspn(list, "|");
		if (!has_word(to, list, n)) {
			size_t len = strlen(to);
			(void)snprintf(to + len, cap - len, "%s%.*s",
			    len > 0 ? "|" : "", (int)n, list);
		}
		list += n + (list[n] == '|');
	}
}

static void
put_words(FILE *out, const char *attribute, const char *list)
{
	if (list[0] == '\0' || has_word(list, "-", 1))
		return;
	(void)fprintf(out, "%s=", attribute);
	while (*list != '\0') {
		size_t n = strcspn(list, "|");
		bool quote = memchr(list, ' ', n) != NULL ||
		    memchr(list, '"', n) != NULL;
		(void)fprintf(out, quote ? "\"%.*s\"" : "%.*s", (int)n, list);
		list += n;
		if (*list == '|')
			(void)fputc(*list++, out);
	}
	(void)fprintf(out, ":4.6 ");
}

/* One row a signature; what several models share, the row says of all of them. */
static void
put_exact(FILE *out, size_t first, unsigned without)
{
	char os[256] = "", kind[256] = "", model[1024] = "";
	const struct example *e = &examples[first];
	int n = (int)bare(e->signature);

	if (n > LONGEST)
		return;
	for (size_t i = 0; i < n_examples; i++) {
		const struct example *o = &examples[i];
		if (o->signature == NULL || o->model == without || !same_bare(o, e))
			continue;
		if (i < first)
			return;
		join(os, sizeof os, o->label->os);
		join(kind, sizeof kind, o->label->kind);
		join(model, sizeof model, names[o->name]);
	}
	for (char *c = model; *c != '\0'; c++)
		*c = *c == '"' ? '\'' : *c;
	(void)fprintf(out, "wifi.signature/%.*s\twifi.signature\texact\t%.*s\t", n,
	    e->signature, n, e->signature);
	put_words(out, "os", os);
	put_words(out, "kind", kind);
	(void)fprintf(out, "model=");
	for (char *rest = model, *one; (one = strsep(&rest, "|")) != NULL;)
		(void)fprintf(out, "\"%s\"%s", one, rest != NULL ? "|" : ":3");
	(void)fprintf(out,
	    "\twifi\twifi_taxonomy: %s; weight assumed\tApache-2.0\t%.*s\t\n",
	    e->address == NULL ? "its table" : "its captures", n, e->signature);
}

static void
put_table(FILE *out, struct question *q, unsigned without)
{
	for (int i = 0; i < QUESTIONS; i++)
		for (unsigned t = 0; t < n_traits; t++)
			put_trait(out, &q[i], i, t, without);
	for (size_t i = 0; i < n_examples; i++)
		if (examples[i].signature != NULL && examples[i].model != without)
			put_exact(out, i, without);
}

/* What one model left out leaves, and what to ask of it. */
static void
fold(const char *folder, unsigned model, const struct question *all)
{
	char path[4096];
	struct question q[QUESTIONS] = { 0 };
	FILE *out;

	for (int i = 0; i < QUESTIONS; i++)
		fit(&q[i], i, model, all[i].w);
	(void)snprintf(path, sizeof path, "%s/%u.tsv", folder, model);
	if ((out = fopen(path, "w")) == NULL)
		fail("cannot be written", path);
	put_table(out, q, model);
	(void)fclose(out);
	(void)snprintf(path, sizeof path, "%s/%u.test", folder, model);
	if ((out = fopen(path, "w")) == NULL)
		fail("cannot be written", path);
	for (size_t i = 0; i < n_examples; i++)
		if (examples[i].model == model && examples[i].signature != NULL)
			(void)fprintf(out, "%s\t%s\t%s\t%s\t%s\t%.*s\n", models[model],
			    names[examples[i].name], examples[i].label->os,
			    examples[i].label->kind,
			    examples[i].address != NULL ? examples[i].address : "-",
			    (int)bare(examples[i].signature), examples[i].signature);
	(void)fclose(out);
	for (int i = 0; i < QUESTIONS; i++)
		free(q[i].w);
}

int
main(int argc, char **argv)
{
	static struct question q[QUESTIONS];

	if (argc < 4)
		fail("usage", "wifi_weights LABELS TABLE CAPTURES [FOLDER]");
	examples = must_alloc(EXAMPLES_MAX, sizeof *examples);
	lines(argv[1], false, take_label);
	lines(argv[2], true, take_row);
	lines(argv[3], false, take_capture);
	weigh();
	for (int i = 0; i < QUESTIONS; i++)
		fit(&q[i], i, UINT32_MAX, NULL);
	if (argc == 4)
		put_table(stdout, q, UINT32_MAX);
	for (unsigned m = 0; argc > 4 && m < n_models; m++)
		fold(argv[4], m, q);
	return ferror(stdout) != 0;
}
