/* SPDX-License-Identifier: ISC */
#include "base/json.h"
#include "report/accuracy.h"

static double
part(double of, double n)
{
	return n > 0 ? of / n : 0;
}

static void
totals_text(const struct accuracy *a, struct writer *w)
{
	put(w, "attribute  devices  decided    right  undecided  precision (95 %)\n");
	for (unsigned at = 0; at < SCORED; at++) {
		const struct score *s = &a->total[at];
		double low, high;
		wilson(s->right, s->decided, &low, &high);
		putf(w, "%-9s  %7.1f  %7.1f  %7.1f  %9.1f  ",
		    attribute_name((enum attribute)at), s->n, s->decided, s->right,
		    s->undecided);
		if (s->decided > 0)
			putf(w, "%.3f (%.3f to %.3f)\n", part(s->right, s->decided),
			    low, high);
		else
			put(w, "none decided\n");
	}
}

static void
classes_text(const struct accuracy *a, struct writer *w)
{
	put(w,
	    "\nclass                      devices  decided    right  undecided  "
	    "precision  recall\n");
	for (size_t i = 0; i < a->n_classes; i++) {
		const struct class_score *c = &a->classes[i];
		putf(w, "%-6s is %-16.*s  %7.1f  %7.1f  %7.1f  %9.1f  ",
		    attribute_name(c->attribute), (int)c->word.len, c->word.s, c->n,
		    c->named, c->right, c->undecided);
		if (c->named > 0)
			putf(w, "%9.3f  ", part(c->right, c->named));
		else
			put(w, "        -  ");
		if (c->n > 0)
			putf(w, "%6.3f\n", part(c->right, c->n));
		else
			put(w, "     -\n");
	}
}

static const char *
calibration_name(unsigned at)
{
	return at == ALL_ANSWERS ? "all answers" : attribute_name((enum attribute)at);
}

static void
calibration_text(const struct accuracy *a, struct writer *w)
{
	for (unsigned at = 0; at < CALIBRATIONS; at++) {
		const struct calibration *c = &a->calibration[at];
		const struct drawn *d = &c->drawn;
		putf(w, "\n%s: Brier %.4f, ECE %.4f\n", calibration_name(at), c->brier,
		    c->ece);
		putf(w, "  95 %% of draws from the devices: ECE %.3f to %.3f\n", d->low,
		    d->high);
		putf(w,
		    "  were every p exact, so few would show %.3f, in 95 %% of draws "
		    "below %.3f\n",
		    d->exact_mean, d->exact_high);
		put(w, "  p from    devices  mean p  right (95 %)\n");
		for (int i = 0; i < BINS; i++) {
			const struct bin *b = &c->bins[i];
			double low, high;
			if (b->devices == 0)
				continue;
			wilson(b->right, b->n, &low, &high);
			putf(w, "  %.1f to %.1f  %6.1f   %.3f  %.3f (%.3f to %.3f)\n",
			    (double)i / BINS, (double)(i + 1) / BINS, b->n,
			    part(b->p, b->n), part(b->right, b->n), low, high);
		}
	}
}

void
accuracy_text(const struct accuracy *a, const char *title, struct writer *w)
{
	putf(w, "%s: %zu rows, %zu in the captures judged, %zu found there\n", title,
	    a->rows, a->judged, a->found);
	putf(w, "iPhones so called: %.1f rightly, %.1f wrongly\n\n", a->iphones,
	    a->false_iphones);
	totals_text(a, w);
	classes_text(a, w);
	calibration_text(a, w);
}

static void
real(struct json *j, const char *key, double x)
{
	json_key(j, key);
	json_real(j, x, 4);
}

static void
share(struct json *j, const char *key, double of, double n)
{
	json_key(j, key);
	if (n > 0)
		json_real(j, of / n, 4);
	else
		json_null(j);
}

static void
calibration_json(const struct calibration *c, struct json *j)
{
	real(j, "brier", c->brier);
	real(j, "ece", c->ece);
	real(j, "ece_low", c->drawn.low);
	real(j, "ece_high", c->drawn.high);
	real(j, "ece_if_exact", c->drawn.exact_mean);
	real(j, "ece_if_exact_high", c->drawn.exact_high);
}

static void
totals_json(const struct accuracy *a, struct json *j)
{
	json_key(j, "attributes");
	json_open(j, '{');
	for (unsigned at = 0; at < SCORED; at++) {
		const struct score *s = &a->total[at];
		json_key(j, attribute_name((enum attribute)at));
		json_open(j, '{');
		real(j, "devices", s->n);
		real(j, "decided", s->decided);
		real(j, "right", s->right);
		real(j, "undecided", s->undecided);
		share(j, "precision", s->right, s->decided);
		share(j, "recall", s->right, s->n);
		if (at < JOINT_ATTRIBUTES)
			calibration_json(&a->calibration[at], j);
		json_close(j, '}');
	}
	json_close(j, '}');
	json_key(j, "all_answers");
	json_open(j, '{');
	calibration_json(&a->calibration[ALL_ANSWERS], j);
	json_close(j, '}');
}

static void
reliability_json(const struct accuracy *a, struct json *j)
{
	json_key(j, "reliability");
	json_open(j, '[');
	for (unsigned at = 0; at < CALIBRATIONS; at++)
		for (int i = 0; i < BINS; i++) {
			const struct bin *b = &a->calibration[at].bins[i];
			double low, high;
			if (b->devices == 0)
				continue;
			wilson(b->right, b->n, &low, &high);
			json_open(j, '{');
			json_key(j, "attribute");
			json_cstring(j, calibration_name(at));
			real(j, "from", (double)i / BINS);
			real(j, "to", (double)(i + 1) / BINS);
			real(j, "devices", b->n);
			share(j, "mean_p", b->p, b->n);
			share(j, "right", b->right, b->n);
			real(j, "low", low);
			real(j, "high", high);
			json_close(j, '}');
		}
	json_close(j, ']');
}

void
accuracy_json(const struct accuracy *a, const char *title, struct writer *w)
{
	struct json j = json_over(w);

	json_event(&j, "accuracy", TIME_NONE);
	json_key(&j, "of");
	json_cstring(&j, title);
	json_key(&j, "rows");
	json_uint(&j, a->rows);
	json_key(&j, "judged");
	json_uint(&j, a->judged);
	json_key(&j, "found");
	json_uint(&j, a->found);
	real(&j, "iphones_right", a->iphones);
	real(&j, "iphones_wrong", a->false_iphones);
	totals_json(a, &j);
	json_key(&j, "classes");
	json_open(&j, '[');
	for (size_t i = 0; i < a->n_classes; i++) {
		const struct class_score *c = &a->classes[i];
		json_open(&j, '{');
		json_key(&j, "attribute");
		json_cstring(&j, attribute_name(c->attribute));
		json_key(&j, "class");
		json_string(&j, c->word);
		real(&j, "devices", c->n);
		real(&j, "decided", c->named);
		real(&j, "right", c->right);
		real(&j, "undecided", c->undecided);
		share(&j, "precision", c->right, c->named);
		share(&j, "recall", c->right, c->n);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	reliability_json(a, &j);
	json_event_end(&j);
}
