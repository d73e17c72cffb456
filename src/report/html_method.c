/* SPDX-License-Identifier: ISC */
/* How the report was made, what it cannot see, and how to check it. */
#include <stdlib.h>
#include <string.h>

#include "report/html.h"

static void
ranges(struct page *page, const struct segment *s)
{
	char buf[ADDR_TEXT];

	if (page->v->report.withhold) {
		html(page, "<span class=\"soft\">withheld</span>");
		return;
	}
	for (size_t i = 0; i < s->n_ranges; i++)
		html(page, "%s<code>%s/%u</code>", i > 0 ? " " : "",
		    addr_print(s->ranges[i].net, buf), (unsigned)s->ranges[i].bits);
	for (size_t i = 0; i < s->n_vlans; i++)
		html(page, " VLAN&nbsp;%u", (unsigned)s->vlans[i]);
	for (size_t i = 0; i < s->n_ssids; i++)
		html(page, " SSID&nbsp;%s", s->ssids[i]);
}

/* Sensors of a segment, or that there is none: the first thing to be known. */
static void
sensors(struct page *page, const struct site *site, const struct segment *s)
{
	int64_t as_of = page->v->report.matter->as_of;
	size_t shown = 0;

	for (size_t i = 0; i < site->n_coverage; i++) {
		const struct coverage *c = &site->coverage[i];
		if (c->segment != s || c->since == TIME_NONE)
			continue;
		int64_t until = c->until == TIME_NONE || c->until > as_of ? as_of
		                                                          : c->until;
		int64_t days = until > c->since ? (until - c->since) / DAY : 0;
		html(page, "%s%s to %s <span class=\"soft\">(%zu days)</span>",
		    shown++ > 0 ? "<br>" : "",
		    spell_time(page->v, site->zone, c->since),
		    c->until == TIME_NONE ? "now"
		                          : spell_time(page->v, site->zone, c->until),
		    (size_t)days);
	}
	if (shown == 0)
		html(page, "<strong>no sensor</strong>: nothing there is seen");
}

static void
segments(struct page *page, const struct site *site)
{
	html(page,
	    "<table class=\"cards\">\n<caption>Segments of the network, and which of "
	    "them "
	    "a sensor sees</caption>\n<thead><tr><th scope=\"col\">Segment</th><th "
	    "scope=\"col\">Use</th><th scope=\"col\">Addresses</th><th scope=\"col\">"
	    "Sensor</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < site->n_segments; i++) {
		const struct segment *s = &site->segments[i];
		html(page,
		    "<tr><th scope=\"row\">%s</th><td data-is=\"Use\">%s</td>"
		    "<td data-is=\"Addresses\">",
		    spell_place(page->v, s->name),
		    s->official ? "official" : "not official");
		ranges(page, s);
		html(page, "</td><td data-is=\"Sensor\">");
		sensors(page, site, s);
		html(page, "</td></tr>\n");
	}
	html(page, "</tbody>\n</table>\n");
}

static void
inputs(struct page *page)
{
	const struct report *r = &page->v->report;

	html(page,
	    "<table class=\"cards\">\n<caption>What was looked "
	    "at</caption>\n<thead><tr>"
	    "<th scope=\"col\">File</th><th scope=\"col\" "
	    "class=\"num\">Frames, lines</th><th "
	    "scope=\"col\" class=\"num\">Bytes</th><th scope=\"col\" class=\"num\">Cut "
	    "short</th><th scope=\"col\" class=\"num\">Dropped</th><th scope=\"col\" "
	    "class=\"num\">Skipped</th><th scope=\"col\">Damage</th></tr></thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < r->n_inputs; i++) {
		const struct input *in = &r->inputs[i];
		html(page,
		    "<tr><th scope=\"row\"><bdi>%s</bdi></th><td class=\"num\" "
		    "data-is=\"Frames, lines\">%s"
		    "</td><td class=\"num\" data-is=\"Bytes\">%zu</td><td "
		    "class=\"num\" "
		    "data-is=\"Cut short\">%zu</td><td class=\"num\" "
		    "data-is=\"Dropped\">"
		    "%zu</td><td class=\"num\" data-is=\"Skipped\">%zu</td>"
		    "<td data-is=\"Damage\">%s</td></tr>\n",
		    spell_text(page->v, text_of(in->name)),
		    in->frames > 0 ? spell(page->v, "%zu", (size_t)in->frames)
		                   : "no traffic", /* papers, too, are inputs */
		    (size_t)in->bytes, (size_t)in->cut, (size_t)in->dropped,
		    (size_t)in->skipped, in->damage == NULL ? "none" : in->damage);
	}
	html(page, "</tbody>\n</table>\n");
}

static void
period(struct page *page)
{
	struct view *v = page->v;
	int64_t first = v->first_seen, last = v->last_seen;

	if (first != TIME_NONE)
		html(page,
		    "<p>Devices were seen from %s to %s, %zu whole days.%s</p>\n",
		    spell_time(v, v->zone, first), spell_instant(v, v->zone, last),
		    (size_t)((last - first) / DAY),
		    last > v->report.matter->as_of ? " The captures go on after the "
		                                     "time of this report; use after "
		                                     "it is left out."
		                                   : "");
}

void
html_coverage(struct page *page)
{
	const struct report *r = &page->v->report;
	const struct site *site = r->matter->site;

	html(page, "<section id=\"coverage\">\n<h2>Coverage and blind spots</h2>\n");
	period(page);
	if (r->n_blind_spots > 0) {
		html(page, "<ul class=\"blind\">\n");
		for (size_t i = 0; i < r->n_blind_spots; i++)
			html(page, "<li>%s</li>\n",
			    spell_words(page->v, r->blind_spots[i].text));
		html(page, "</ul>\n");
	}
	if (site == NULL || site->n_segments == 0)
		html(page,
		    "<p>No site file names the segments of this network. Which of them "
		    "are "
		    "official, and which a sensor sees, is therefore not known, and "
		    "&ldquo;not seen&rdquo; proves nothing.</p>\n");
	else
		segments(page, site);
	if (r->n_inputs > 0)
		inputs(page);
	html(page,
	    "<p class=\"note\">Never seen, whatever the coverage: devices that only "
	    "use a "
	    "mobile network, devices that never join this one, and what a device does "
	    "behind Private Relay or a tunnel.</p>\n</section>\n");
}

/* Priors by one attribute: shares of the hypotheses added up. */
enum { WORDS = 64, SHOWN = 12 };
struct share {
	struct text word;
	double p;
};

static int
by_share(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->p < y->p || x->p > y->p)
		return x->p < y->p ? 1 : -1;
	size_t n = x->word.len < y->word.len ? x->word.len : y->word.len;
	int order = n == 0 ? 0 : memcmp(x->word.s, y->word.s, n);
	return order != 0 ? order
	                  : (x->word.len > y->word.len) - (x->word.len < y->word.len);
}

static struct text
word_of(const struct hypothesis *h, enum attribute a)
{
	return a == ATTR_VENDOR ? h->vendor : a == ATTR_OS ? h->os : h->kind;
}

static void
priors_by(struct page *page, const struct hypothesis *list, size_t n, enum attribute a)
{
	struct share shares[WORDS];
	size_t words = 0;
	double rest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < words && !text_equal(shares[k].word, word_of(&list[i], a)))
			k++;
		if (k == WORDS) {
			rest += list[i].prior;
			continue;
		}
		if (k == words)
			shares[words++] = (struct share){ word_of(&list[i], a), 0 };
		shares[k].p += list[i].prior;
	}
	qsort(shares, words, sizeof *shares, by_share);
	html(page,
	    "<table>\n<caption>Prior, by %s</caption>\n<thead><tr><th scope=\"col\">%s"
	    "</th><th scope=\"col\" class=\"num\">Share</th></tr></thead>\n<tbody>\n",
	    attribute_name(a), attribute_name(a));
	for (size_t k = 0; k < words && k < SHOWN; k++)
		html(page,
		    "<tr><th scope=\"row\">%s</th><td class=\"num\">%.4f</td></tr>\n",
		    spell_text(page->v, shares[k].word), shares[k].p);
	for (size_t k = SHOWN; k < words; k++)
		rest += shares[k].p;
	if (rest > 0)
		html(page,
		    "<tr><th scope=\"row\">all others</th><td "
		    "class=\"num\">%.4f</td></tr>\n",
		    rest);
	html(page, "</tbody>\n</table>\n");
}

static void
priors(struct page *page)
{
	const struct case_file *c = page->v->report.matter;
	size_t n = 0;
	const struct hypothesis *list = c->knowledge == NULL
	    ? NULL
	    : knowledge_hypotheses(c->knowledge, &n);

	html(page, "<h3>Priors</h3>\n");
	if (n > 0) {
		html(page, "<div class=\"pair\">\n");
		priors_by(page, list, n, ATTR_KIND);
		priors_by(page, list, n, ATTR_VENDOR);
		priors_by(page, list, n, ATTR_OS);
		html(page, "</div>\n");
	}
	if (c->site == NULL || c->site->n_priors == 0) {
		html(page, "<p>The site set no priors of its own.</p>\n");
		return;
	}
	html(page, "<p>Set by the site: ");
	for (size_t i = 0; i < c->site->n_priors; i++)
		html(page, "%s%s %s %.4f", i > 0 ? "; " : "",
		    c->site->priors[i].attribute, c->site->priors[i].value,
		    c->site->priors[i].share);
	html(page, ".</p>\n");
}

void
html_method(struct page *page)
{
	const struct knowledge *known = page->v->report.matter->knowledge;

	html(page,
	    "<section id=\"method\">\n<h2>Method</h2>\n"
	    "<p>Devices are told apart by what they say on the network of their own "
	    "accord: address assignment, service announcements, the first message of a "
	    "secured connection, names asked for, browser identifications. Nothing is "
	    "sent, no content is kept. Each such fact that a row of published "
	    "knowledge "
	    "matches is evidence with a weight, the natural logarithm of a likelihood "
	    "ratio: above zero it speaks for what the row says, below zero against it."
	    "</p>\n<ul>\n"
	    "<li>Evidence of one family (all of one DHCP exchange, the TLS stack, "
	    "names "
	    "...) is not independent: a family counts once, by its strongest, and no "
	    "more "
	    "than a fixed cap.</li>\n"
	    "<li>Weights and priors give one probability over vendor, system and kind "
	    "together; what is shown of each is its own share of it.</li>\n"
	    "<li>An attribute is decided at p&nbsp;&ge;&nbsp;0.90. A device is of the "
	    "order's object at p&nbsp;&ge;&nbsp;0.90, not of it at "
	    "p&nbsp;&le;&nbsp;0.10, "
	    "and undecided between.</li>\n"
	    "<li>Addresses that give the same identifier, or the same name that nobody "
	    "else has, are one device from p&nbsp;=&nbsp;0.95 on, and likely one, and "
	    "not joined, from 0.70 on; being there at one time proves two. Every link "
	    "stands with its reason; a person's word stands above it.</li>\n"
	    "<li>Several devices behind one address are told each by itself and never "
	    "averaged; where the order means one of them and not another, nothing is "
	    "decided.</li>\n"
	    "<li>Old evidence fades; the age is counted from the time of this report."
	    "</li>\n"
	    "<li>A holder is known by the custody file: by address, name or "
	    "identifier, "
	    "at the time of the sighting.</li>\n"
	    "<li>Not seen since a deadline counts as met only where a sensor covered "
	    "the "
	    "official segments since; else it is undecided.</li>\n</ul>\n"
	    "<dl class=\"meta\">\n");
	html_term(page, "Knowledge of", known == NULL ? "none" : knowledge_date(known));
	html_term(page, "Program", "interdict " VERSION);
	if (known != NULL)
		html(page,
		    "<div class=\"wide\"><dt>Digest of the knowledge</dt><dd><code>%s"
		    "</code></dd></div>\n",
		    knowledge_digest(known));
	html(page, "</dl>\n");
	html_measured(page);
	priors(page);
	html(page, "</section>\n");
}

void
html_limits(struct page *page)
{
	html(page,
	    "<section id=\"limits\">\n<h2>Limits</h2>\n<ul>\n"
	    "<li><strong>Purpose cannot be read off packets.</strong> &ldquo;Official "
	    "use&rdquo; here is use of an official segment or of an official service "
	    "that "
	    "the site file names. Official business on a private network is not seen."
	    "</li>\n"
	    "<li><strong>A device that is not on this network is not seen.</strong> "
	    "Phones that only use a mobile network, or are left switched off, leave no "
	    "trace here.</li>\n"
	    "<li><strong>Private Relay and tunnels hide</strong> names and services; "
	    "what "
	    "remains are address assignment and announcements.</li>\n"
	    "<li><strong>A name is a hint, not a proof.</strong> A host name that "
	    "holds "
	    "somebody's name was typed by somebody; only the custody file says who "
	    "holds a "
	    "device.</li>\n"
	    "<li><strong>Addresses change.</strong> A phone that gives nothing of its "
	    "own but a private address that goes round is listed once for each of "
	    "them. "
	    "A phone restored from the backup of another takes over its name; only a "
	    "person can tell the two.</li>\n"
	    "<li><strong>A probability is not a certainty.</strong> At "
	    "p&nbsp;=&nbsp;0.90, "
	    "one such verdict in ten may be wrong. Before anything is done to a "
	    "person, "
	    "read the evidence in the device's section.</li>\n");
	if (page->v->report.pseudonyms != NULL)
		html(page,
		    "<li><strong>Pseudonyms are not anonymity.</strong> Names, "
		    "addresses "
		    "and host names are replaced by keyed codes, the same in every "
		    "report "
		    "under the same key. In free text only names that the case files "
		    "know "
		    "are replaced. Whoever has the key can undo them.</li>\n");
	html(page, "</ul>\n</section>\n");
}

void
html_check(struct page *page)
{
	const struct report *r = &page->v->report;

	html(page, "<section id=\"check\">\n<h2>How to check this report</h2>\n<ol>\n");
	html_seal(page);
	html(page,
	    "<li>Compare the digests: <code>sha256sum FILE</code> for the text of the "
	    "order "
	    "(at the head of this page) and for each capture:<ul>\n");
	for (size_t i = 0; i < r->n_inputs; i++)
		html(page, "<li>%s: <code>%s</code></li>\n",
		    spell_text(page->v, text_of(r->inputs[i].name)),
		    r->inputs[i].digest[0] == '\0'
		        ? "no file: a live interface or a pipe"
		        : r->inputs[i].digest);
	html(page,
	    "</ul></li>\n<li>Make it again: <code>interdict %s</code> with the same "
	    "%s, the same knowledge and <code>--as-of &#39;%s&#39;</code> gives "
	    "this "
	    "file, byte for byte.</li>\n"
	    "<li>Ask about one device: <code>interdict explain ADDRESS %s</code> "
	    "prints every piece of evidence for and against, with capture, frame, "
	    "fact, "
	    "row of knowledge, family and weight. The frame numbers are those of "
	    "Wireshark and tshark.</li>\n"
	    "<li>Read the order as the program read it: <code>interdict check "
	    "FILE</code>."
	    "</li>\n</ol>\n</section>\n",
	    r->filing != NULL ? "report" : "scan",
	    r->filing != NULL ? "store" : "files",
	    spell_time(page->v, page->v->zone, r->matter->as_of),
	    r->filing != NULL || r->store != NULL ? "--store" : "CAPTURE");
}
