/* SPDX-License-Identifier: ISC */
/* What was learned, as rows of share/knowledge/wifi.tsv. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "wifi_weights.h"

/* Weights that change no answer are not written. */
static const double least = 0.02;

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
    const struct out *without)
{
	for (size_t c = 0; c < q->n; c++) {
		unsigned all = 0, shows = 0;
		for (unsigned m = 0; m < n_models; m++) {
			if (is_out(m, without) || !answers[question][m] ||
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
    const struct out *without)
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
	(void)fprintf(out, "; tools/wifi_weights.c%s\tApache-2.0\t%s\t\n",
	    is_documented(question, traits[trait]) ? ", wifi_documents.tsv" : "",
	    traits[trait]);
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
	(void)fprintf(out, ":6.9 ");
}

/* Longer ones are no sensor's: zeros that were read as elements. */
enum { SIGNATURE_MAX = 1024 };

/* One row a signature; what several models share, the row says of all of them. */
static void
put_exact(FILE *out, size_t first, const struct out *without)
{
	char vendor[256] = "", os[256] = "", kind[256] = "", model[1024] = "";
	const struct example *e = &examples[first];
	int n = (int)bare(e->signature);

	if (n > SIGNATURE_MAX)
		return;
	for (size_t i = 0; i < n_examples; i++) {
		const struct example *o = &examples[i];
		if (o->signature == NULL || is_out(o->model, without) ||
		    !same_bare(o, e))
			continue;
		if (i < first)
			return;
		join(vendor, sizeof vendor, o->label->vendor);
		join(os, sizeof os, o->label->os);
		join(kind, sizeof kind, o->label->kind);
		join(model, sizeof model, names[o->name]);
	}
	for (char *c = model; *c != '\0'; c++)
		*c = *c == '"' ? '\'' : *c;
	(void)fprintf(out, "wifi.signature/%.*s\twifi.signature\texact\t%.*s\t", n,
	    e->signature, n, e->signature);
	put_words(out, "vendor", vendor);
	put_words(out, "os", os);
	put_words(out, "kind", kind);
	(void)fprintf(out, "model=");
	for (char *rest = model, *one; (one = strsep(&rest, "|")) != NULL;)
		(void)fprintf(out, "\"%s\"%s", one, rest != NULL ? "|" : ":3");
	(void)fprintf(out,
	    "\twifi\twifi_taxonomy: %s; weight assumed\tApache-2.0\t%.*s\t\n",
	    e->address == NULL ? "its table" : "its captures", n, e->signature);
}

void
put_table(FILE *out, struct question *q, const struct out *without)
{
	for (int i = 0; i < QUESTIONS; i++)
		for (unsigned t = 0; t < n_traits; t++)
			put_trait(out, &q[i], i, t, without);
	for (size_t i = 0; i < n_examples; i++)
		if (examples[i].signature != NULL &&
		    !is_out(examples[i].model, without))
			put_exact(out, i, without);
}
