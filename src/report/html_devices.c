/* SPDX-License-Identifier: ISC */
/* The devices: one table of all, then a section for each with what stands behind it. */
#include <stdlib.h>

#include "device/hidden.h"
#include "report/html.h"
#include "report/links.h"

enum { EVIDENCE_MOST = 200, EVIDENCE_FEW = 5, STAYS_MOST = 40, ADDRESSES_MOST = 24 };

/* Devices in the order of the page: the most pressing first, then by address. */
struct ranked {
	enum standing standing;
	size_t device;
};

static int
by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->standing != y->standing)
		return x->standing < y->standing ? -1 : 1;
	return (x->device > y->device) - (x->device < y->device);
}

static void
addresses(struct page *page, const struct addr *list, size_t n)
{
	for (size_t i = 0; i < n && i < ADDRESSES_MOST; i++)
		html(page, "%s<code>%s</code>", i > 0 ? " " : "",
		    spell_addr(page->v, list[i]));
	if (n > ADDRESSES_MOST)
		html(page, " and %zu more", n - ADDRESSES_MOST);
}

/* The holder by whichever order knows one. */
static const struct verdict *
held(const struct view *v, size_t device)
{
	const struct verdict *list = v->report.verdicts->list;
	const struct verdict *any = NULL;

	for (size_t i = v->begin[device]; i < v->begin[device + 1]; i++) {
		const struct verdict *verdict = &list[v->of_device[i]];
		if (any == NULL || (any->holder == NULL && verdict->holder != NULL))
			any = verdict;
	}
	return any;
}

static const char *
holder_words(struct view *v, const struct verdict *verdict)
{
	bool known = verdict != NULL &&
	    (verdict->holder != NULL || verdict_left(verdict) != NULL);

	return known ? spell_holder(v, verdict) : "not known";
}

static void
verdict_words(struct page *page, size_t device)
{
	const struct view *v = page->v;

	for (size_t i = v->begin[device]; i < v->begin[device + 1]; i++) {
		const struct verdict *verdict =
		    &v->report.verdicts->list[v->of_device[i]];
		if (i > v->begin[device])
			html(page, "<br>");
		if (v->summary.n > 1)
			html(page, "<span class=\"soft\">%s</span> ",
			    verdict->directive->id);
		html_standing(page, verdict_standing(verdict));
	}
}

static void
device_row(struct page *page, size_t device)
{
	struct view *v = page->v;
	const struct device *d = view_device(v, device);
	const struct verdict *verdict = held(v, device);

	html(page, "<tr><th scope=\"row\">");
	html_device_link(page, d);
	html(page, "<br>");
	addresses(page, d->n_macs > 0 ? d->macs : d->ips,
	    d->n_macs > 0 ? 1 : d->n_ips > 0);
	if (d->n_macs > 1)
		html(page, " <span class=\"soft\">and %zu more</span>", d->n_macs - 1);
	html(page,
	    "</th><td data-is=\"What it is\">%s</td><td class=\"num\" data-is=\"How "
	    "surely\">%s</td><td data-is=\"Holder\"><bdi>%s</bdi></td>"
	    "<td data-is=\"Verdict\">",
	    spell_what(v, d), spell_p(v, how_surely(d)), holder_words(v, verdict));
	verdict_words(page, device);
	html(page,
	    "</td><td data-is=\"First seen\">%s</td><td data-is=\"Last seen\">%s"
	    "</td></tr>\n",
	    spell_time(v, v->zone, d->first_seen),
	    spell_time(v, v->zone, last_seen(v, d)));
}

static void
belief_row(struct page *page, const char *attribute, const struct marginal *m)
{
	bool decided = m->value.len > 0;
	struct text value = decided ? m->value : m->leading;
	double p = decided ? m->p : m->leading_p;

	if (value.len == 0)
		return;
	html(page, "<tr><th scope=\"row\">%s</th><td>%s%s</td><td class=\"share\">",
	    attribute, spell_text(page->v, value),
	    decided ? "" : " (best guess; undecided)");
	html_bar(page, p);
	html(page, "</td><td class=\"num\">%.4f</td></tr>\n", p);
}

static void
members(struct page *page, const struct belief *b)
{
	if (b->n_members == 0)
		return;
	html(page,
	    "<p class=\"note\">%zu devices are behind this address (a hotspot, address "
	    "translation, a bridge, virtual machines). Each is told by itself; nothing "
	    "is averaged.</p>\n<ol>\n",
	    b->n_members);
	for (size_t i = 0; i < b->n_members; i++) {
		const struct member *m = &b->members[i];
		struct device one = { .belief = m->belief };
		html(page, "<li>%s, p %.4f. <span class=\"soft\">%s",
		    spell_what(page->v, &one), how_surely(&one), m->words);
		if (m->key != FACT_NONE)
			html(page, " %s is <code>%s</code>.", fact_name(m->key),
			    spell_value(page->v, m->key, m->value));
		html(page, "</span></li>\n");
	}
	html(page, "</ol>\n");
}

static void
belief(struct page *page, const struct device *d)
{
	const struct belief *b = &d->belief;
	const char *version = spell_version(page->v, b);

	html(page,
	    "<table class=\"belief\">\n<caption>What it is, and how surely; decided at "
	    "0.90</caption>\n<thead><tr><th scope=\"col\">Attribute</th><th "
	    "scope=\"col\">"
	    "Value</th><th scope=\"col\">Probability</th><th scope=\"col\" "
	    "class=\"num\">"
	    "p</th></tr></thead>\n<tbody>\n");
	belief_row(page, "vendor", &b->vendor);
	belief_row(page, "kind", &b->kind);
	belief_row(page, "os", &b->os);
	belief_row(page, "model", &b->model);
	if (version[0] != '\0')
		html(page,
		    "<tr><th "
		    "scope=\"row\">version</th><td>%s</td><td></td><td></td></tr>\n",
		    version);
	html(page, "</tbody>\n</table>\n");
	for (size_t i = 0; i < d->n_told; i++) {
		const struct told *t = d->told[i];
		html(page,
		    "<p class=\"note\">Told, not inferred: its %s is "
		    "<strong>%s</strong>, "
		    "by <bdi>%s</bdi> on %s (line %u of the corrections "
		    "file)%s%s.</p>\n",
		    attribute_name(t->attribute), spell_text(page->v, t->value),
		    t->by != NULL ? spell_somebody(page->v, t->by) : "a person",
		    spell_day(page->v, page->v->zone, t->date), t->line,
		    t->reason != NULL ? ": " : "",
		    t->reason != NULL ? spell_words(page->v, t->reason) : "");
	}
	if (b->conflict)
		html(page,
		    "<p class=\"note\">Two families of evidence say different "
		    "things of it.</p>\n");
	if (d->hides != 0)
		html(page,
		    "<p class=\"note\">Hidden: this device uses %s. Names that were "
		    "not seen prove nothing.</p>\n",
		    spell_hidden(page->v, d));
	members(page, b);
}

static void
links(struct page *page, const struct device *d)
{
	if (d->n_links == 0)
		return;
	html(page, "<h4>One device, several addresses</h4>\n<ul class=\"custody\">");
	for (size_t i = 0; i < d->n_links && i < ADDRESSES_MOST; i++)
		html(page, "<li>%s: <span class=\"soft\">%s</span></li>",
		    spell_link(page->v, d->links[i]),
		    spell_link_why(page->v, d->links[i]));
	if (d->n_links > ADDRESSES_MOST)
		html(page, "<li>and %zu more</li>", d->n_links - ADDRESSES_MOST);
	html(page, "</ul>\n");
}

/* The words keep apart who contacted a service and who has the app. */
static void
apps(struct page *page, const struct device *d)
{
	if (d->n_apps == 0)
		return;
	html(page, "<div><dt>Services of apps contacted</dt><dd>");
	for (size_t i = 0; i < d->n_apps; i++) {
		const struct app *a = &d->apps[i];
		html(page, "%s%s <span class=\"soft\">(%s, %s to %s)</span>",
		    i > 0 ? "; " : "", spell_text(page->v, a->name),
		    a->speaks ? "the app named itself; it or its service heard"
		              : "contacted",
		    spell_day(page->v, page->v->zone, a->first),
		    spell_day(page->v, page->v->zone, a->last));
	}
	html(page, "</dd></div>\n");
}

static void
names(struct page *page, const struct device *d)
{
	if (d->n_labels == 0)
		return;
	html(page, "<div><dt>Names</dt><dd>");
	for (size_t i = 0; i < d->n_labels && i < ADDRESSES_MOST; i++)
		html(page, "%s<bdi>%s</bdi> <span class=\"soft\">(%s%s)</span>",
		    i > 0 ? "; " : "",
		    spell_value(page->v, d->labels[i].key, d->labels[i].value),
		    fact_name(d->labels[i].key),
		    d->labels[i].is_default ? ", the maker's default" : "");
	html(page, "</dd></div>\n");
}

/* Where a device stayed, all times at one address and network put together. */
struct spot {
	struct addr ip;
	uint16_t vlan;
	int64_t first, last;
	size_t times;
};

static size_t
spots_find(const struct view *v, const struct device *d, struct spot spots[STAYS_MOST])
{
	int64_t as_of = v->report.matter->as_of;
	size_t n = 0;

	for (size_t i = 0; i < d->n_stays; i++) {
		const struct stay *s = &d->stays[i];
		size_t k = 0;
		if (s->first > as_of)
			continue;
		while (k < n &&
		    !(addr_equal(spots[k].ip, s->ip) && spots[k].vlan == s->vlan))
			k++;
		if (k == STAYS_MOST)
			continue;
		if (k == n)
			spots[n++] = (struct spot){ s->ip, s->vlan, s->first, s->last,
				0 };
		spots[k].times++;
		if (s->last > spots[k].last)
			spots[k].last = s->last < as_of ? s->last : as_of;
	}
	return n;
}

static void
spot_row(struct page *page, const struct spot *s)
{
	const struct site *site = page->v->report.matter->site;
	const struct zone *zone = page->v->zone;
	const struct segment *segment = site == NULL
	    ? NULL
	    : site_segment(site, s->ip, s->vlan);

	html(page, "<tr><td data-is=\"Address\">");
	if (s->ip.kind == ADDR_NONE)
		html(page, "<span class=\"soft\">no IP address</span>");
	else
		html(page, "<code>%s</code>", spell_addr(page->v, s->ip));
	if (s->vlan != 0)
		html(page, " <span class=\"soft\">VLAN %u</span>", (unsigned)s->vlan);
	html(page, "</td><td data-is=\"Segment\">");
	if (segment != NULL)
		html(page, "%s, %s", spell_place(page->v, segment->name),
		    segment->official ? "official" : "not official");
	else
		html(page,
		    "<span class=\"soft\">in no segment of the site file</span>");
	html(page,
	    "</td><td class=\"t\" data-is=\"First\">%s</td><td class=\"t\" "
	    "data-is=\"Last\">%s</td><td class=\"num\" data-is=\"Stays\">%zu</td>"
	    "</tr>\n",
	    spell_time(page->v, zone, s->first), spell_time(page->v, zone, s->last),
	    s->times);
}

static void
stays(struct page *page, const struct device *d)
{
	struct spot spots[STAYS_MOST];
	size_t n = spots_find(page->v, d, spots);

	if (n == 0)
		return;
	html(page,
	    "<table class=\"cards\">\n<caption>Where and when it was active</caption>\n"
	    "<thead><tr><th scope=\"col\">Address</th><th scope=\"col\">Segment</th>"
	    "<th scope=\"col\">First</th><th scope=\"col\">Last</th><th scope=\"col\" "
	    "class=\"num\">Stays</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < n; i++)
		spot_row(page, &spots[i]);
	html(page, "</tbody>\n</table>\n");
	if (n == STAYS_MOST)
		html(page, "<p class=\"note\">Only the first %zu are shown.</p>\n", n);
}

static void
duty_row(struct page *page, const struct verdict *v, const struct duty *d)
{
	html(page,
	    "<tr><th scope=\"row\" class=\"t\">%s<br><span "
	    "class=\"soft\">%s</span></th>"
	    "<td data-is=\"State\">",
	    verb_name(d->obligation->verb), modality_name(d->obligation->modality));
	html_state(page, d->state);
	html(page,
	    "</td><td class=\"t\" data-is=\"Due\">%s</td><td class=\"t\" "
	    "data-is=\"Failed since\">%s</td>"
	    "<td data-is=\"Why\">",
	    spell_due(page->v, v->directive, d),
	    spell_time(page->v, v->directive->zone, d->failed_since));
	html_reasons(page, d->reasons, d->n_reasons);
	html(page, "</td></tr>\n");
}

static void
verdict(struct page *page, const struct verdict *v)
{
	html(page, "<div class=\"verdict\"><p><strong>%s</strong> ", v->directive->id);
	html_standing(page, verdict_standing(v));
	html(page,
	    " <span class=\"soft\">object: %s, p&nbsp;%.4f; %u %s of evidence "
	    "speak for it",
	    object_state_name(v->object), v->p, v->families,
	    v->families == 1 ? "family" : "families");
	if (v->phase != NULL)
		html(page, "; phase: %s", phase_name(v->phase->what));
	html(page, "</span></p>\n");
	html_reasons(page, v->reasons, v->n_reasons);
	if (v->object != NOT_COVERED && v->n_duties > 0) {
		html(page,
		    "<table class=\"cards\">\n<caption>Duties under "
		    "%s</caption>\n<thead>"
		    "<tr><th scope=\"col\">Obligation</th><th scope=\"col\">State</th>"
		    "<th scope=\"col\">Due</th><th scope=\"col\">Failed since</th>"
		    "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n",
		    v->directive->id);
		for (size_t i = 0; i < v->n_duties; i++)
			duty_row(page, v, &v->duties[i]);
		html(page, "</tbody>\n</table>\n");
	}
	html(page, "</div>\n");
}

/* Whether a custody row speaks of this device. */
static bool
names_device(const struct custody *c, const struct device *d)
{
	for (size_t i = 0; c->type == BY_MAC && i < d->n_macs; i++)
		if (addr_equal(c->mac, d->macs[i]))
			return true;
	for (size_t i = 0; c->type != BY_MAC && i < d->n_labels; i++)
		if (text_is_word(d->labels[i].value, c->identifier))
			return true;
	return false;
}

static void
custody_history(struct page *page, const struct device *d)
{
	const struct people *people = page->v->report.matter->people;
	struct view *v = page->v;
	size_t rows = 0;

	for (size_t i = 0; people != NULL && i < people->n_custody; i++) {
		const struct custody *c = &people->custody[i];
		if (!names_device(c, d))
			continue;
		html(page,
		    rows++ == 0 ? "<h4>Custody</h4>\n<ul class=\"custody\">" : "");
		html(page, "<li>%s to <bdi>%s</bdi> <span class=\"soft\">(%s)</span>",
		    custody_event_name(c->event), spell_person(v, c->person),
		    ownership_name(c->ownership));
		if (c->from != TIME_NONE)
			html(page, ", from %s", spell_day(v, v->zone, c->from));
		if (c->until != TIME_NONE)
			html(page, ", until %s", spell_day(v, v->zone, c->until));
		html(page, "; line %u of the custody file</li>", c->line);
	}
	if (rows > 0)
		html(page, "</ul>\n");
}

static void
section(struct page *page, size_t device)
{
	struct view *v = page->v;
	const struct device *d = view_device(v, device);
	bool brief = v->summary.n > 0 && view_standing(v, device) == STANDS_NOT_COVERED;

	html(page,
	    "<article class=\"device%s\" id=\"%s\">\n<h3>%s <span class=\"id\">%s"
	    "</span></h3>\n<dl class=\"meta\">\n",
	    brief ? " brief" : "", spell_device(v, d), spell_what(v, d),
	    spell_device(v, d));
	if (d->n_macs > 0) {
		html(page, "<div><dt>MAC</dt><dd>");
		addresses(page, d->macs, d->n_macs);
		html(page, "</dd></div>\n");
	}
	if (d->n_ips > 0) {
		html(page, "<div><dt>IP</dt><dd>");
		addresses(page, d->ips, d->n_ips);
		html(page, "</dd></div>\n");
	}
	names(page, d);
	apps(page, d);
	html_term(page, "Seen",
	    spell(v, "%s to %s", spell_time(v, v->zone, d->first_seen),
	        spell_time(v, v->zone, last_seen(v, d))));
	html_term(page, "Holder", holder_words(v, held(v, device)));
	html(page, "</dl>\n");
	for (size_t i = v->begin[device]; i < v->begin[device + 1]; i++)
		verdict(page, &v->report.verdicts->list[v->of_device[i]]);
	links(page, d);
	belief(page, d);
	html_evidence(page, d, brief ? EVIDENCE_FEW : EVIDENCE_MOST);
	if (!brief)
		stays(page, d);
	custody_history(page, d);
	html(page, "</article>\n");
}

static void
devices_table(struct page *page, const struct ranked *ranked, size_t n)
{
	html(page,
	    "<table class=\"cards\">\n<caption>Devices seen, the most pressing first; "
	    "times in %s</caption>\n<thead><tr><th scope=\"col\">Device</th><th "
	    "scope=\"col\">What it is</th><th scope=\"col\" class=\"num\">How "
	    "surely</th>"
	    "<th scope=\"col\">Holder</th><th scope=\"col\">Verdict</th><th "
	    "scope=\"col\">First seen</th><th scope=\"col\">Last "
	    "seen</th></tr></thead>\n"
	    "<tbody>\n",
	    page->v->zone == NULL ? "UTC" : zone_name(page->v->zone));
	struct arena kept = view_lines_begin(page->v);
	for (size_t i = 0; i < n; i++) {
		device_row(page, ranked[i].device);
		view_line_done(page->v);
	}
	view_lines_end(page->v, kept);
	html(page, "</tbody>\n</table>\n");
}

void
html_devices(struct page *page)
{
	size_t all = page->v->n_devices;
	size_t n = all < DEVICE_SECTIONS ? all : DEVICE_SECTIONS;
	struct ranked *ranked = must_alloc(all + 1, sizeof *ranked);

	for (size_t i = 0; i < all; i++)
		ranked[i] = (struct ranked){ view_standing(page->v, i), i };
	qsort(ranked, all, sizeof *ranked, by_rank);
	html(page, "<section id=\"devices\">\n<h2>Devices</h2>\n");
	if (n < all)
		html(page,
		    "<p class=\"note\">Of %zu devices the %zu most pressing stand "
		    "here, "
		    "to keep the page readable; <code>--json</code> and "
		    "<code>--csv</code> "
		    "hold all of them.</p>\n",
		    all, n);
	if (n > 0)
		devices_table(page, ranked, n);
	else
		html(page, "<p>None was seen.</p>\n");
	struct arena kept = view_lines_begin(page->v);
	for (size_t i = 0; i < n; i++) {
		section(page, ranked[i].device);
		view_line_done(page->v);
	}
	view_lines_end(page->v, kept);
	html(page, "</section>\n");
	free(ranked);
}
