/* SPDX-License-Identifier: ISC */
/* The burn-down, drawn: a step line over bars, the deadline and the baseline. */
#include "report/burndown.h"
#include "report/html.h"

enum { WIDE = 760, HIGH = 250, LEFT = 34, RIGHT = 12, TOP = 26, FOOT = 30 };

struct plot {
	struct page *page;
	const struct burndown *b;
	const struct zone *zone;
	size_t top; /* of the scale */
	double day; /* width of one */
};

static double
x_of(const struct plot *p, double day)
{
	return LEFT + day * p->day;
}

static double
y_of(const struct plot *p, double n)
{
	return HIGH - FOOT - n * (HIGH - FOOT - TOP) / (double)p->top;
}

static size_t
step_of(size_t top)
{
	static const size_t steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000,
		5000, 10000, 20000 };
	size_t i = 0;

	while (i + 1 < sizeof steps / sizeof *steps && top / steps[i] > 5)
		i++;
	return steps[i];
}

static void
scale(struct plot *p)
{
	size_t step = step_of(p->b->baseline);

	for (size_t n = 0; n <= p->top; n += step) {
		double y = y_of(p, (double)n);
		html(p->page,
		    "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
		    "y2=\"%.1f\"/><text class=\"tick\" x=\"%.1f\" y=\"%.1f\" "
		    "text-anchor=\"end\">%zu</text>\n",
		    (double)LEFT, y, (double)(WIDE - RIGHT), y, LEFT - 6.0, y + 4, n);
	}
}

/* A date under about every hundredth pixel. */
static void
days(struct plot *p)
{
	size_t every = (size_t)(96 / p->day) + 1;
	struct civil c;

	every = every > 3 && every < 7 ? 7 : every > 7 && every < 14 ? 14 : every;
	for (size_t i = 0; i < p->b->n; i += every) {
		civil_from_days(p->b->first_day + (int64_t)i, &c);
		html(p->page, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
		    x_of(p, (double)i), HIGH - 10.0,
		    spell(p->page->v, "%04d-%02d-%02d", c.year, c.month, c.day));
	}
}

static void
bars(struct plot *p)
{
	double gap = p->day > 3 ? 1 : 0;

	for (size_t i = 0; i < p->b->n; i++)
		if (p->b->seen[i] > 0)
			html(p->page,
			    "<rect class=\"seen\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
			    "height=\"%.1f\"/>\n",
			    x_of(p, (double)i) + gap, y_of(p, (double)p->b->seen[i]),
			    p->day - 2 * gap,
			    y_of(p, 0) - y_of(p, (double)p->b->seen[i]));
}

static void
curve(struct plot *p)
{
	html(p->page, "<path class=\"still\" d=\"M%.1f %.1f", x_of(p, 0),
	    y_of(p, (double)p->b->still[0]));
	for (size_t i = 0; i < p->b->n; i++) {
		html(p->page, "H%.1f", x_of(p, (double)i + 1));
		if (i + 1 < p->b->n)
			html(p->page, "V%.1f", y_of(p, (double)p->b->still[i + 1]));
	}
	html(p->page, "\"/>\n");
}

static double
deadline_at(const struct plot *p)
{
	struct civil c = zone_from_utc(p->zone, p->b->deadline);
	double days = (double)(days_from_civil(c.year, c.month, c.day) -
	    p->b->first_day);

	return days + (c.hour * 60 + c.minute) / 1440.0;
}

static void
deadline(struct plot *p, bool ground)
{
	if (p->b->deadline == TIME_NONE)
		return;
	double at = deadline_at(p);
	if (at < 0 || at > (double)p->b->n)
		return;
	double x = x_of(p, at);
	if (ground) {
		html(p->page,
		    "<rect class=\"after\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		    "height=\"%.1f\"/>\n",
		    x, (double)TOP, WIDE - RIGHT - x, (double)(HIGH - FOOT - TOP));
		return;
	}
	bool left = at > (double)p->b->n * 0.6;
	html(p->page,
	    "<line class=\"deadline\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
	    "y2=\"%.1f\"/><text class=\"mark\" x=\"%.1f\" y=\"%.1f\" "
	    "text-anchor=\"%s\">deadline: %s %s</text>\n",
	    x, TOP - 10.0, x, (double)(HIGH - FOOT), left ? x - 5 : x + 5,
	    TOP - 12.0 + 4, left ? "end" : "start", verb_name(p->b->obligation->verb),
	    spell_time(p->page->v, p->zone, p->b->deadline));
}

static void
baseline(struct plot *p)
{
	double y = y_of(p, (double)p->b->baseline);

	html(p->page,
	    "<line class=\"baseline\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>"
	    "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">baseline %zu</text>\n",
	    (double)LEFT, y, (double)(WIDE - RIGHT), y, LEFT + 4.0, y - 5,
	    p->b->baseline);
}

static void
draw(struct page *page, const struct tally *t, const struct burndown *b)
{
	struct plot p = { page, b, t->directive->zone, 1,
		(double)(WIDE - LEFT - RIGHT) / (double)b->n };

	html(page,
	    "<svg viewBox=\"0 0 %u %u\" role=\"img\" aria-label=\"Covered devices in "
	    "official use, day by day: %zu at most; %zu on the last day.\">\n",
	    (unsigned)WIDE, (unsigned)HIGH, b->baseline, b->still[b->n - 1]);
	p.top = b->baseline == 0 ? 1 : b->baseline;
	size_t step = step_of(p.top);
	p.top = (p.top + step - 1) / step * step;
	deadline(&p, true);
	scale(&p);
	bars(&p);
	curve(&p);
	baseline(&p);
	deadline(&p, false);
	days(&p);
	html(page, "</svg>\n");
}

static void
legend(struct page *page, const struct tally *t, const struct burndown *b)
{
	const char *use = b->official ? "in official use" : "on any network";

	html(page,
	    "<figcaption><span class=\"key still\"></span> still in use: seen %s by "
	    "that "
	    "day and again on it or later. <span class=\"key seen\"></span> seen %s on "
	    "that day. Counted are the covered devices without an exception; days are "
	    "those of %s. ",
	    use, use,
	    t->directive->zone == NULL ? "UTC" : zone_name(t->directive->zone));
	if (b->official)
		html(page, "Official use is use of an official segment or service. ");
	else
		html(page,
		    "Without a site file official use is not known: any sighting "
		    "counts. ");
	html(page,
	    "The line always falls on the last days: who comes back after them cannot "
	    "be known yet.</figcaption>\n");
}

void
html_burndown(struct page *page, const struct tally *t)
{
	struct burndown b;

	burndown_make(page->v, t, &b);
	html(page, "<h3>Burn-down</h3>\n");
	if (b.baseline == 0) {
		html(page,
		    "<p>No covered device was seen %s, so there is nothing to "
		    "draw.</p>\n",
		    b.official ? "in official use" : "on the network");
		return;
	}
	html(page, "<figure class=\"burndown\">\n");
	draw(page, t, &b);
	legend(page, t, &b);
	html(page, "</figure>\n");
}
