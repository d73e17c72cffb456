/* SPDX-License-Identifier: ISC */
/* The evidence behind a belief: for and against, down to the frame and the row. */
#include "report/html.h"

static void
says(struct page *page, const struct claim *c)
{
	html(page, "%s ", attribute_name(c->attribute));
	if (c->attribute == ATTR_VERSION) {
		html(page, "%s%s%s", c->min != NULL ? c->min : "",
		    c->min == NULL       ? "up to "
		        : c->max == NULL ? " or later"
		                         : " to ",
		    c->max != NULL ? c->max : "");
		return;
	}
	for (size_t i = 0; i < c->n && i < 6; i++)
		html(page, "%s%s", i > 0 ? ", " : "",
		    spell_text(page->v, c->values[i]));
	if (c->n > 6)
		html(page, " and %zu more", c->n - 6);
}

static void
where(struct page *page, const struct evidence *e)
{
	html(page, "%s", spell_where(page->v, e));
	if (e->count > 1)
		html(page, " <span class=\"soft\">and %u more</span>", e->count - 1);
}

void
html_said(struct page *page, const struct said *s)
{
	const struct evidence *e = s->evidence;

	html(page, s->counted ? "<tr>" : "<tr class=\"uncounted\">");
	html(page,
	    "<td data-is=\"Fact\"><span class=\"soft\">%s</span> <code>%s</code></td>"
	    "<td data-is=\"Says\">",
	    e == NULL ? "link-layer address" : fact_name(e->key),
	    e == NULL ? "" : spell_value(page->v, e->key, e->value));
	says(page, s->claim);
	html(page,
	    "</td><td class=\"num\" data-is=\"Weight\">%s%.2f</td>"
	    "<td data-is=\"Family\">%s, %s</td><td data-is=\"Where\">",
	    s->weight < 0 ? "\xe2\x88\x92" : "+",
	    s->weight < 0 ? -s->weight : s->weight, s->row->family,
	    s->counted ? "counted" : "not counted");
	if (e != NULL)
		where(page, e);
	html(page, "</td><td data-is=\"Row\"><code>%s</code></td></tr>\n", s->row->id);
}

struct telling {
	struct page *page;
	size_t told, most;
};

static void
tell(void *state, const struct said *said)
{
	struct telling *t = state;

	if (t->told++ == 0)
		html(t->page,
		    "<table class=\"cards evidence\">\n<caption>Evidence, the "
		    "strongest "
		    "first; a family counts once, by its "
		    "strongest</caption>\n<thead><tr>"
		    "<th scope=\"col\">Fact</th><th scope=\"col\">Says</th><th "
		    "scope=\"col\" class=\"num\">Weight</th><th "
		    "scope=\"col\">Family</th>"
		    "<th scope=\"col\">Where</th><th scope=\"col\">Row of "
		    "knowledge</th>"
		    "</tr></thead>\n<tbody>\n");
	if (t->told <= t->most)
		html_said(t->page, said);
}

void
html_evidence(struct page *page, const struct device *d, size_t most)
{
	const struct case_file *c = page->v->report.matter;
	struct telling t = { page, 0, most };

	if (c->knowledge != NULL)
		belief_explain(c->knowledge, d, c->as_of, tell, &t);
	if (t.told == 0) {
		html(page, "<p class=\"note\">No evidence was matched.</p>\n");
		return;
	}
	html(page, "</tbody>\n</table>\n");
	if (t.told > most)
		html(page,
		    "<p class=\"note\">%zu more; <code>interdict explain</code> prints "
		    "all."
		    "</p>\n",
		    t.told - most);
}
