/* SPDX-License-Identifier: ISC */
/*
 * share/knowledge/wifi.tsv from labelled signatures of 802.11: one row for each
 * signature that the table holds, and what each trait of a signature is worth.
 *
 *	wifi_weights LABELS DOCUMENTS TABLE CAPTURES            the table, to stdout
 *	wifi_weights LABELS DOCUMENTS TABLE CAPTURES FOLDER     for each model N,
 *without it: FOLDER/N.tsv, FOLDER/N.test
 *
 * Traits of one signature hang together: to add what each alone is worth would count
 * one thing many times. So the weights are those of a multinomial logistic regression,
 *
 *	log p(class | traits) = sum of w(class, trait) - log of all
 *
 * fitted together, on a mix in which each class weighs the same, with a ridge that
 * draws what few models show towards nothing: for one trait alone the penalty of half a
 * square stands for the m-estimate's few made-up devices. Where documents say what a
 * trait is worth, they draw to that instead (DOCUMENTS). A model counts once, however
 * many rows and captures it has; each of its signatures is learned whole, as a probe
 * alone and as an association alone, since a message alone must do. What is written is
 *a likelihood ratio against the even mix; how common a class is, priors.tsv says.
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
#include "wifi_weights.h"

/*
 * The ridge of each question is the one under which models held out were told best
 * (least log loss, each class weighing the same). The models are in GROUPS parts. For
 * the table each part is held out in turn. For a model left out, its own part is never
 * looked at: the ridge is chosen among the other parts alone, so that no ridge has seen
 * what it is measured on. (Before, the ridges were set by hand and moved twice after a
 * look at the models left out. That classes weigh the same is the better of two designs
 * of which both were measured on the models left out.)
 */
enum { RIDGES = 5, NO_GROUP = GROUPS };
static const double ridges[RIDGES] = { 10, 3, 1, 0.3, 0.1 };
/* Of a fit without groups a and b: the loss on the models of a. [b][b]: without b. */
static double loss[QUESTIONS][RIDGES][GROUPS][GROUPS];
static struct label labels[LABELS_MAX];
static size_t n_labels;
struct example *examples;
char *names[NAMES_MAX], *models[NAMES_MAX], *traits[TRAITS_MAX];
unsigned char (*shown)[NAMES_MAX];
size_t n_examples, n_names, n_models, n_traits;

const char *const questions[QUESTIONS] = { "wifi.kin", "wifi.kind-apple",
	"wifi.kind-android", "wifi.kind-else" };
static const char *const kins[] = { "apple", "android", "else" };

void
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

void
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
	if (n < 7 || n_labels == LABELS_MAX)
		fail("a wrong label", field[0]);
	labels[n_labels++] = (struct label){ strdup(field[0]), strdup(field[1]),
		strdup(field[2]), strdup(field[3]), strdup(field[4]),
		strdup(field[6][0] != '\0' ? field[6] : "-") };
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
add_example(const char *name, const char *signature, const char *address,
    const char *said)
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
			.said = said != NULL && view == 0 ? strdup(said) : NULL,
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
	add_example(name, field[0], NULL, NULL);
}

/* name, signature, address, all that it said: of the labelled captures */
static void
take_capture(char **field, size_t n)
{
	if (n < 4)
		fail("a wrong line", field[0]);
	add_example(field[0], field[1], field[2], field[3]);
}

static bool
alike(const struct example *a, const struct example *b)
{
	return a->model == b->model && a->label == b->label && a->n == b->n &&
	    memcmp(a->traits, b->traits, a->n * sizeof *a->traits) == 0;
}

/*
 * Each model weighs one, in equal parts for each of its examples; those that are alike
 * are counted with the first of them.
 */
static void
weigh(void)
{
	static double count[NAMES_MAX];

	for (size_t i = 0; i < n_examples; i++)
		count[examples[i].model]++;
	for (size_t i = 0; i < n_examples; i++) {
		size_t first = 0;
		while (!alike(&examples[first], &examples[i]))
			first++;
		examples[first].weight += 1 / count[examples[i].model];
	}
	shown = must_alloc(n_traits, sizeof *shown);
	for (size_t i = 0; i < n_examples; i++)
		for (unsigned k = 0; k < examples[i].n; k++)
			shown[examples[i].traits[k]][examples[i].model] = 1;
}

static const struct out nothing = { UINT32_MAX, { NO_GROUP, NO_GROUP } };

bool
is_out(unsigned model, const struct out *out)
{
	unsigned group = model % GROUPS;

	return model == out->model || group == out->group[0] || group == out->group[1];
}

/* What fewer models show is chance. */
bool
usable(unsigned trait, const struct out *out)
{
	unsigned n = 0;

	for (unsigned m = 0; m < n_models && n < LEAST_MODELS; m++)
		n += shown[trait][m] && !is_out(m, out);
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

const char *answers[QUESTIONS][NAMES_MAX];

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

/* All classes as likely as each other, but for the traits. */
static void
scores(const struct question *q, const double *w, const struct example *e, double *p)
{
	double sum = 0, top = -1e9;

	for (size_t c = 0; c < q->n; c++)
		p[c] = 0;
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

static double
weight_of(const struct question *q, const struct asked *a)
{
	return a->e->weight * q->each / q->models[a->class];
}

static size_t
ask(struct question *q, int question, const struct out *out, struct asked *list)
{
	size_t n = 0;
	double all = 0;

	q->n = 0;
	memset(q->models, 0, sizeof q->models);
	for (size_t i = 0; i < n_examples; i++) { /* classes in the order of all */
		const char *word = answer(&examples[i], question);
		if (word == NULL)
			continue;
		size_t c = class_of(q, word);
		answers[question][examples[i].model] = word;
		if (is_out(examples[i].model, out) || examples[i].weight <= 0)
			continue;
		list[n++] = (struct asked){ &examples[i], c };
		q->models[c] += examples[i].weight;
		all += examples[i].weight;
	}
	q->each = all / (double)q->n;
	return n;
}

/* The gradient of the penalised loss at v. */
static void
gradient(const struct question *q, const double *v, const struct asked *list, size_t n,
    const bool *use, const double *drawn, double ridge, double *g)
{
	double p[CLASSES_MAX];

	for (size_t i = 0; i < n_traits * q->n; i++)
		g[i] = ridge * (v[i] - drawn[i]);
	for (size_t i = 0; i < n; i++) {
		const struct example *e = list[i].e;
		double weight = weight_of(q, &list[i]);
		scores(q, v, e, p);
		p[list[i].class] -= 1;
		for (unsigned k = 0; k < e->n; k++)
			if (use[e->traits[k]])
				for (size_t c = 0; c < q->n; c++)
					g[e->traits[k] * q->n + c] += weight * p[c];
	}
}

/* Whatever the radio is, systems of any kin run beside it: held out, it misleads. */
static bool
asks(int question, const char *trait)
{
	return question > 0 || strstr(trait, ":radio:") == NULL;
}

/* What the ridge draws to, for each trait and class. */
static double *
drawn_to(const struct question *q, int question, const bool *use)
{
	double *drawn = must_alloc(n_traits * q->n, sizeof *drawn);

	for (size_t t = 0; t < n_traits; t++)
		for (size_t c = 0; use[t] && c < q->n; c++)
			drawn[t * q->n + c] = documented(question, traits[t],
			    q->class[c]);
	return drawn;
}

/*
 * Nesterov's accelerated descent, each trait with a step of its own: half the weight
 * of the examples that show it, times the traits beside it, bounds the curvature.
 */
static void
fit(struct question *q, int question, const struct out *out, double ridge)
{
	static struct asked list[EXAMPLES_MAX];
	size_t n = ask(q, question, out, list), size = n_traits * q->n;
	double *w = must_alloc(size, sizeof *w), *v = must_alloc(size, sizeof *v);
	double *g = must_alloc(size, sizeof *g),
	       *bound = must_alloc(n_traits, sizeof *g);
	bool *use = must_alloc(n_traits, sizeof *use);
	double t = 1;

	for (unsigned i = 0; i < n_traits; i++)
		use[i] = usable(i, out) && asks(question, traits[i]);
	double *drawn = drawn_to(q, question, use);
	for (size_t i = 0; i < n; i++)
		for (unsigned k = 0; k < list[i].e->n; k++)
			bound[list[i].e->traits[k]] += 0.5 * weight_of(q, &list[i]) *
			    list[i].e->n;
	if (q->w != NULL) /* of a fit that was much like it */
		memcpy(w, q->w, size * sizeof *w);
	memcpy(v, w, size * sizeof *v);
	for (int step = 0; step < STEPS_MAX; step++) {
		double t2 = (1 + sqrt(1 + 4 * t * t)) / 2, moved = 0;
		gradient(q, v, list, n, use, drawn, ridge, g);
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
	free(drawn);
	free(bound);
	free(use);
}

/* How many models of each class there are, whether it learns from them or not. */
static void
count_models(const struct question *q, int question, double *of)
{
	for (size_t i = 0; i < n_examples; i++) {
		const char *word = answer(&examples[i], question);
		for (size_t c = 0; word != NULL && c < q->n; c++)
			if (strcmp(q->class[c], word) == 0)
				of[c] += examples[i].weight;
	}
}

/* How badly the models of a group are told: -log p of what is right, a class one. */
static double
loss_on(const struct question *q, int question, unsigned group)
{
	double p[CLASSES_MAX], models_of[CLASSES_MAX] = { 0 }, sum = 0;

	count_models(q, question, models_of);

	for (size_t i = 0; i < n_examples; i++) {
		const struct example *e = &examples[i];
		const char *word = answer(e, question);
		if (e->model % GROUPS != group || word == NULL || e->weight <= 0)
			continue;
		scores(q, q->w, e, p);
		for (size_t c = 0; c < q->n; c++)
			if (strcmp(q->class[c], word) == 0)
				sum -= e->weight / models_of[c] * log(p[c]);
	}
	return sum;
}

static void
hold_out(int question, unsigned a, unsigned b)
{
	struct out out = { UINT32_MAX, { a, b } };
	struct question q = { .n = 0 };

	for (int r = 0; r < RIDGES; r++) {
		fit(&q, question, &out, ridges[r]);
		loss[question][r][a][b] = loss_on(&q, question, a);
		loss[question][r][b][a] = loss_on(&q, question, b);
	}
	free(q.w);
}

/* Each group alone, for the table; each two, for what is chosen without one. */
static void
hold_out_all(bool in_pairs)
{
	for (int question = 0; question < QUESTIONS; question++)
		for (unsigned a = 0; a < GROUPS; a++)
			if (!in_pairs)
				hold_out(question, a, a);
			else
				for (unsigned b = a + 1; b < GROUPS; b++)
					hold_out(question, a, b);
}

/* The ridge for a question, without a look at a group; NO_GROUP: at all of them. */
static double
chosen(int question, unsigned group)
{
	int best = 0;
	double least_loss = 0;

	for (int r = 0; r < RIDGES; r++) {
		double sum = 0;
		for (unsigned a = 0; a < GROUPS; a++)
			if (a != group)
				sum +=
				    loss[question][r][a][group == NO_GROUP ? a : group];
		if (r == 0 || sum < least_loss) {
			best = r;
			least_loss = sum;
		}
	}
	return ridges[best];
}

static double *
start(const double *w, size_t n)
{
	double *copy = must_alloc(n, sizeof *copy);

	memcpy(copy, w, n * sizeof *copy);
	return copy;
}

static bool
is_captured(unsigned model)
{
	for (size_t i = 0; i < n_examples; i++)
		if (examples[i].model == model && examples[i].said != NULL)
			return true;
	return false;
}

/* What one model left out leaves, and what to ask of it. */
static void
fold(const char *folder, unsigned model, const struct question *all)
{
	char path[4096];
	struct question q[QUESTIONS] = { 0 };
	struct out without = { model, { NO_GROUP, NO_GROUP } };
	FILE *out;

	for (int i = 0; i < QUESTIONS; i++) {
		q[i].w = start(all[i].w, n_traits * all[i].n);
		fit(&q[i], i, &without, chosen(i, model % GROUPS));
	}
	(void)snprintf(path, sizeof path, "%s/%u.tsv", folder, model);
	if ((out = fopen(path, "w")) == NULL)
		fail("cannot be written", path);
	put_table(out, q, &without);
	(void)fclose(out);
	(void)snprintf(path, sizeof path, "%s/%u.test", folder, model);
	if ((out = fopen(path, "w")) == NULL)
		fail("cannot be written", path);
	for (size_t i = 0; i < n_examples; i++)
		if (examples[i].model == model && examples[i].said != NULL)
			(void)fprintf(out, "%s\t%s\t%s\t%s\t%s\n", models[model],
			    names[examples[i].name], examples[i].label->os,
			    examples[i].label->kind, examples[i].said);
	(void)fclose(out);
	for (int i = 0; i < QUESTIONS; i++)
		free(q[i].w);
}

int
main(int argc, char **argv)
{
	static struct question q[QUESTIONS];

	if (argc < 5)
		fail("usage", "wifi_weights LABELS DOCUMENTS TABLE CAPTURES [FOLDER]");
	examples = must_alloc(EXAMPLES_MAX, sizeof *examples);
	lines(argv[1], false, take_label);
	documents_read(argv[2]);
	lines(argv[3], true, take_row);
	lines(argv[4], false, take_capture);
	weigh();
	hold_out_all(argc > 5);
	for (int i = 0; i < QUESTIONS; i++)
		fit(&q[i], i, &nothing, chosen(i, argc > 5 ? 0 : NO_GROUP));
	if (argc == 5)
		put_table(stdout, q, &nothing);
	for (unsigned m = 0; argc > 5 && m < n_models; m++)
		if (is_captured(m))
			fold(argv[5], m, q);
	return ferror(stdout) != 0;
}
