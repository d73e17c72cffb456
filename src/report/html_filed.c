/* SPDX-License-Identifier: ISC */
/* What the authority counts, against the report before; what was measured; the seal. */
#include "report/html.h"

static const char *const meanings[COUNTS] = {
	[COUNT_SEEN] = "devices judged",
	[COUNT_FOUND] = "of the order's object and scope, the excepted among them",
	[COUNT_REMOVED] =
	    "of these, out of use: every duty that ends its use is met, or "
	    "custody records where it went",
	[COUNT_REPLACED] = "of these, something else is on record as given instead",
	[COUNT_REMAINING] = "of these, not known to be out of use",
	[COUNT_EXCEPTED] = "of these, excused by the register of exceptions",
	[COUNT_UNDECIDED] =
	    "whether covered, or whether a duty was met: in no other line "
	    "as compliant",
	[COUNT_FAILED] = "a duty was not met in time",
	[COUNT_DUE] = "a duty is open, in time",
	[COUNT_MET] = "every duty is met",
	[COUNT_PERSONS_WITHOUT] = "persons in scope of whom no device was seen",
};

static const char *const shown[COUNTS] = { "seen", "found", "removed", "replaced",
	"remaining", "excepted", "undecided", "failed", "due", "met",
	"persons, nothing seen" };

static const struct past_report *
past_of(const struct view *v, const struct tally *t)
{
	const struct filing *f = v->report.filing;
	size_t order = (size_t)(t - v->summary.tallies);

	if (f == NULL || f->before == NULL || f->before[order].as_of == TIME_NONE)
		return NULL;
	return &f->before[order];
}

static void
change_cells(struct page *page, const struct past_report *past, enum outcome c,
    size_t now)
{
	size_t then = (size_t)past->counts[c];

	html(page,
	    "<td class=\"num\" data-is=\"Before\">%zu</td><td class=\"num\" "
	    "data-is=\"Change\">%s%zu</td>",
	    then,
	    now == then      ? ""
	        : now > then ? "+"
	                     : "\u2212",
	    now > then ? now - then : then - now);
}

static void
changes_words(struct page *page, const struct tally *t, const struct past_report *past)
{
	html(page, "<h4>Changes since the last report</h4>\n");
	if (past == NULL) {
		html(page, "<p>No earlier report under this order is on record.</p>\n");
		return;
	}
	html(page,
	    "<p>The last report was as of %s; the digest of its manifest is "
	    "<code>%s</code>.</p>\n",
	    spell_instant(page->v, t->directive->zone, past->as_of), past->manifest);
}

void
html_outcome(struct page *page, const struct tally *t)
{
	const struct past_report *past = past_of(page->v, t);

	html(page,
	    "<h3>Found, removed, replaced</h3>\n<table class=\"cards\">\n<caption>"
	    "found = removed + remaining + excepted</caption>\n<thead><tr><th "
	    "scope=\"col\">Devices</th><th scope=\"col\" class=\"num\">Now</th>");
	if (past != NULL)
		html(page,
		    "<th scope=\"col\" class=\"num\">Before</th><th scope=\"col\" "
		    "class=\"num\">Change</th>");
	html(page, "<th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n");
	for (enum outcome c = 0; c < COUNTS; c++) {
		html(page,
		    "<tr><th scope=\"row\">%s</th><td class=\"num\" data-is=\"Now\">"
		    "%zu</td>",
		    shown[c], t->counts[c]);
		if (past != NULL)
			change_cells(page, past, c, t->counts[c]);
		html(page, "<td data-is=\"Meaning\">%s</td></tr>\n", meanings[c]);
	}
	html(page, "</tbody>\n</table>\n");
	if (page->v->report.filing != NULL)
		changes_words(page, t, past);
}

void
html_measured(struct page *page)
{
	static const char *const titles[MEASURED_CELLS] = { "Attribute", "Devices",
		"Decided", "Right", "Precision", "at least", "at most" };
	const struct report *r = &page->v->report;

	if (r->n_measured == 0)
		return;
	html(page,
	    "<h3>Measured accuracy</h3>\n<table>\n<caption>On labelled captures, a "
	    "device that stands in several counted once; the interval is Wilson&#39;s "
	    "at 95 %%. What they lack is in ACCURACY.md</caption>\n<thead><tr>");
	for (size_t i = 0; i < MEASURED_CELLS; i++)
		html(page,
		    i == 0 ? "<th scope=\"col\">%s</th>"
		           : "<th scope=\"col\" class=\"num\">%s</th>",
		    titles[i]);
	html(page, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < r->n_measured; i++) {
		html(page, "<tr>");
		for (size_t k = 0; k < MEASURED_CELLS; k++)
			html(page,
			    k == 0 ? "<th scope=\"row\">%s</th>"
			           : "<td class=\"num\">%s</td>",
			    r->measured[i].cells[k]);
		html(page, "</tr>\n");
	}
	html(page, "</tbody>\n</table>\n");
}

void
html_filing(struct page *page)
{
	const struct filing *f = page->v->report.filing;

	if (f == NULL)
		return;
	html_term(page, "Contact", spell_words(page->v, f->contact));
	html(page,
	    "<div class=\"wide\"><dt>Signer: Ed25519 public key</dt><dd><code>%s</code>"
	    "</dd></div>\n",
	    f->signer);
	if (f->ledger_seq > 0)
		html(page,
		    "<div class=\"wide\"><dt>Ledger: entry %zu, hash</dt><dd><code>%s"
		    "</code></dd></div>\n",
		    (size_t)f->ledger_seq, f->ledger_hash);
}

void
html_seal(struct page *page)
{
	if (page->v->report.filing == NULL)
		return;
	html(page,
	    "<li>Check that nothing was changed, taken away or added: "
	    "<code>interdict verify report FOLDER --key FILE</code>. The digests of "
	    "all "
	    "files stand in <code>manifest.json</code>, its signature in "
	    "<code>manifest.sig</code>. Get the key from the signer by another way; "
	    "the one beside the manifest proves only that the folder is of one piece."
	    "</li>\n");
}
