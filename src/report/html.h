/* SPDX-License-Identifier: ISC */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/view.h"

/*
 * The page for the authority: HTML5 in one file, with no script and nothing from
 * outside. html() is the only way words get onto it.
 */
struct page {
	struct view *v;
	struct writer *w;
};

/*
 * Prints the format as it stands and each %s escaped; %zu, %u and %.Nf are the
 * only other conversions. A NULL string prints nothing.
 */
void html(struct page *, const char *format, ...) PRINTF_LIKE(2, 3);

/* The state as a coloured word with a sign of its own: never by colour alone. */
void html_standing(struct page *, enum standing);
void html_state(struct page *, enum duty_state);
/* A probability as a bar with its number. */
void html_bar(struct page *, double p);
/* A link to the section of a device, or its id alone when it has none. */
void html_device_link(struct page *, const struct device *);
void html_due(struct page *, const struct verdict *, const struct duty *);
/* A term and what it is, in a list of such; nothing when the value is empty. */
void html_term(struct page *, const char *term, const char *value);
void html_reasons(struct page *, const struct reason *, size_t n);

/* The sections, in the order of the page. */
void html_head(struct page *);
void html_summary(struct page *, const struct tally *);
void html_coverage(struct page *);
void html_population(struct page *, const struct tally *);
void html_burndown(struct page *, const struct tally *);
void html_obligations(struct page *, const struct tally *);
void html_people(struct page *, const struct tally *);
void html_declared(struct page *, const struct tally *);
void html_persons_without(struct page *, const struct tally *);
void html_exceptions(struct page *, const struct tally *);
void html_sources(struct page *, const struct tally *);
void html_custody(struct page *);
void html_devices(struct page *);
void html_evidence(struct page *, const struct device *, size_t most);
void html_said(struct page *, const struct said *);
void html_outcome(struct page *, const struct tally *);
void html_measured(struct page *);
void html_filing(struct page *);
void html_seal(struct page *);
void html_method(struct page *);
void html_limits(struct page *);
void html_check(struct page *);

/* The device has a section of its own: the most pressing ones come first. */
enum { DEVICE_SECTIONS = 2000 };

extern const char *const report_style[]; /* ends with NULL */

#endif
