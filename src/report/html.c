/* SPDX-License-Identifier: ISC */
#include "report/html.h"

#include <stdarg.h>
#include <string.h>

static void
escaped(struct writer *w, const char *s)
{
	for (; s != NULL && *s != '\0'; s++) {
		size_t plain = strcspn(s, "&<>\"'");
		put_bytes(w, s, plain);
		s += plain;
		switch (*s) {
		case '&':
			put(w, "&amp;");
			break;
		case '<':
			put(w, "&lt;");
			break;
		case '>':
			put(w, "&gt;");
			break;
		case '"':
			put(w, "&quot;");
			break;
		case '\'':
			put(w, "&#39;");
			break;
		default:
			return;
		}
	}
}

void
html(struct page *page, const char *format, ...)
{
	struct writer *w = page->w;
	va_list args;

	va_start(args, format);
	for (const char *s = format; *s != '\0';) {
		size_t plain = strcspn(s, "%");
		put_bytes(w, s, plain);
		s += plain;
		if (s[0] == '%' && s[1] == 's') {
			escaped(w, va_arg(args, const char *));
			s += 2;
		} else if (s[0] == '%' && s[1] == 'u') {
			put_number(w, va_arg(args, unsigned));
			s += 2;
		} else if (s[0] == '%' && s[1] == 'z' && s[2] == 'u') {
			put_number(w, va_arg(args, size_t));
			s += 3;
		} else if (s[0] == '%' && s[1] == '.' && s[3] == 'f') {
			putf(w, "%.*f", s[2] - '0', va_arg(args, double));
			s += 4;
		} else if (s[0] == '%' && s[1] == '%') {
			put_char(w, '%');
			s += 2;
		} else if (s[0] == '%') {
			FAULT("a conversion that a page does not know");
		}
	}
	va_end(args);
}

void
html_standing(struct page *page, enum standing s)
{
	static const char *const classes[STANDINGS] = { "failed", "due", "undecided",
		"met", "excepted", "none" };

	html(page, "<span class=\"st %s\">%s</span>", classes[s], standing_name(s));
}

void
html_state(struct page *page, enum duty_state s)
{
	static const char *const classes[] = {
		[DUTY_NOT_APPLICABLE] = "none",
		[DUTY_MET] = "met",
		[DUTY_DUE] = "due",
		[DUTY_FAILED] = "failed",
		[DUTY_UNDECIDED] = "undecided",
	};

	html(page, "<span class=\"st %s\">%s</span>", classes[s], duty_state_name(s));
}

void
html_bar(struct page *page, double p)
{
	html(page,
	    "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:%.0f%%"
	    "\"></span></span>",
	    p * 100);
}

void
html_device_link(struct page *page, const struct device *d)
{
	const char *id = spell_device(page->v, d);

	html(page, "<a class=\"id\" href=\"#%s\">%s</a>", id, id);
}

void
html_due(struct page *page, const struct verdict *v, const struct duty *d)
{
	if (d == NULL) {
		html(page, "nothing");
		return;
	}
	html(page, "%s ", verb_name(d->obligation->verb));
	html_state(page, d->state);
	html(page, "<br><span class=\"soft\"><span class=\"t\">%s</span>",
	    spell_due(page->v, v->directive, d));
	if (d->state == DUTY_FAILED)
		html(page, "%sfailed since <span class=\"t\">%s</span>",
		    d->due == TIME_NONE ? "" : "; ",
		    spell_time(page->v, v->directive->zone, d->failed_since));
	html(page, "</span>");
}

void
html_term(struct page *page, const char *term, const char *value)
{
	if (value != NULL && value[0] != '\0')
		html(page, "<div><dt>%s</dt><dd>%s</dd></div>\n", term, value);
}

void
html_reasons(struct page *page, const struct reason *list, size_t n)
{
	if (n == 1)
		html(page, "<p class=\"reason\">%s</p>\n",
		    spell_words(page->v, list[0].text));
	if (n < 2)
		return;
	html(page, "<ul class=\"reasons\">");
	for (size_t i = 0; i < n; i++)
		html(page, "<li>%s</li>", spell_words(page->v, list[i].text));
	html(page, "</ul>\n");
}

static void
contents(struct page *page)
{
	html(page, "<nav aria-label=\"Contents\"><ol>\n");
	html(page, "<li><a href=\"#coverage\">Coverage and blind spots</a></li>\n");
	for (size_t i = 0; i < page->v->summary.n; i++)
		html(page, "<li><a href=\"#order-%zu\">%s</a></li>\n", i + 1,
		    page->v->summary.n == 1
		        ? "Compliance with the order"
		        : page->v->summary.tallies[i].directive->id);
	html(page,
	    "<li><a href=\"#custody\">Replacement and disposal</a></li>\n"
	    "<li><a href=\"#devices\">Devices</a></li>\n"
	    "<li><a href=\"#method\">Method</a></li>\n"
	    "<li><a href=\"#limits\">Limits</a></li>\n"
	    "<li><a href=\"#check\">How to check this report</a></li>\n</ol></nav>\n");
}

static void
order(struct page *page, size_t i)
{
	const struct tally *t = &page->v->summary.tallies[i];

	html(page, "<section id=\"order-%zu\">\n<h2>%s</h2>\n", i + 1,
	    page->v->summary.n == 1 ? "Compliance with the order"
	                            : spell_words(page->v, t->directive->title));
	html_outcome(page, t);
	html_burndown(page, t);
	html_obligations(page, t);
	html_population(page, t);
	html_people(page, t);
	html_declared(page, t);
	html_persons_without(page, t);
	html_exceptions(page, t);
	html_sources(page, t);
	html(page, "</section>\n");
}

void
report_html(const struct report *r, struct writer *w)
{
	struct page page = { view_new(r), w };
	struct arena kept = view_lines_begin(page.v);

	html(&page, "<!DOCTYPE html>\n<html lang=\"en\">\n");
	html_head(&page);
	for (size_t i = 0; i < page.v->summary.n; i++)
		html_summary(&page, &page.v->summary.tallies[i]);
	contents(&page);
	html_coverage(&page);
	for (size_t i = 0; i < page.v->summary.n; i++)
		order(&page, i);
	html_custody(&page);
	html_devices(&page);
	html_method(&page);
	html_limits(&page);
	html_check(&page);
	html(&page, "</main>\n</body>\n</html>\n");
	view_lines_end(page.v, kept);
	view_free(page.v);
}
