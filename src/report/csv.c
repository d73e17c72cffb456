/* SPDX-License-Identifier: ISC */
/* CSV after RFC 4180: one row a verdict and obligation, or a device without orders. */
#include "base/csv.h"
#include "device/hidden.h"

#include "report/view.h"

static const char *const columns[] = { "as_of", "directive", "device", "macs", "ips",
	"person", "name", "groups", "ownership", "vendor", "kind", "os", "version",
	"object", "p", "obligation", "modality", "state", "due", "failed_since",
	"phase", "exception", "statement", "first_seen", "last_seen", "hidden",
	"reasons", "left" };

/* A row is written cell by cell; the comma belongs to the cell after it. */
struct cells {
	struct view *view;
	struct writer *to;
	bool begun;
};

static void
cell(struct cells *c, const char *s)
{
	if (c->begun)
		put_char(c->to, ',');
	c->begun = true;
	csv_put(c->to, text_of(s == NULL ? "" : s));
}

static void
row_end(struct cells *c)
{
	put(c->to, "\r\n");
	c->begun = false;
}

static void
cell_share(struct cells *c, double p)
{
	if (c->begun)
		put_char(c->to, ',');
	c->begun = true;
	put_real(c->to, p, 4);
}

static void
cell_time(struct cells *c, int64_t at)
{
	char time[TIME_TEXT];

	cell(c, at == TIME_NONE ? "" : time_print(at, time));
}

static void
cell_addrs(struct cells *c, const struct addr *list, size_t n)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < n; i++) {
		put(&w, i > 0 ? "; " : "");
		put(&w, spell_addr(c->view, list[i]));
	}
	cell(c, spell_text(c->view, writer_text(&w)));
	(void)writer_close(&w);
}

static void
put_reason(const struct cells *c, struct writer *w, const struct reason *r)
{
	if (w->len > 0)
		put_char(w, ' ');
	put(w, spell_words(c->view, r->text));
}

static void
cell_reasons(struct cells *c, const struct verdict *v, const struct duty *d)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < v->n_reasons; i++)
		put_reason(c, &w, &v->reasons[i]);
	for (size_t i = 0; d != NULL && i < d->n_reasons; i++)
		if (!verdict_says(v, d->reasons[i].text))
			put_reason(c, &w, &d->reasons[i]);
	cell(c, spell_text(c->view, writer_text(&w)));
	(void)writer_close(&w);
}

static void
cell_groups(struct cells *c, const struct person *p)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; p != NULL && i < p->n_groups; i++)
		putf(&w, "%s%s", i > 0 ? "; " : "", p->groups[i]);
	cell(c, spell_text(c->view, writer_text(&w)));
	(void)writer_close(&w);
}

/* The ways by which names were hidden: what is then not seen, was not absent. */
static void
cell_hidden(struct cells *c, unsigned hides)
{
	struct writer w;

	writer_to_memory(&w);
	for (unsigned way = 0; way < HIDDEN_WAYS; way++)
		if (hides >> way & 1)
			putf(&w, "%s%s", w.len > 0 ? "; " : "",
			    hidden_word((enum hidden)way));
	cell(c, spell_text(c->view, writer_text(&w)));
	(void)writer_close(&w);
}

static void
cells_device(struct cells *c, const struct device *d)
{
	const struct belief *b = &d->belief;

	cell(c, spell_text(c->view, b->vendor.value));
	cell(c, spell_text(c->view, b->kind.value));
	cell(c, spell_text(c->view, b->os.value));
	cell(c, spell_version(c->view, b));
}

static void
row(struct cells *c, const struct verdict *v, const struct duty *d)
{
	const struct device *device = view_device(c->view, v->device);

	cell_time(c, c->view->report.matter->as_of);
	cell(c, v->directive == NULL ? "" : v->directive->id);
	cell(c, device == NULL ? "" : spell_device(c->view, device));
	cell_addrs(c, device == NULL ? NULL : device->macs,
	    device == NULL ? 0 : device->n_macs);
	cell_addrs(c, device == NULL ? NULL : device->ips,
	    device == NULL ? 0 : device->n_ips);
	cell(c, v->holder == NULL ? "" : spell_person_id(c->view, v->holder));
	cell(c, v->holder == NULL ? "" : spell_person(c->view, v->holder));
	cell_groups(c, v->holder);
	cell(c, v->custody == NULL ? "" : ownership_name(v->custody->ownership));
	if (device != NULL)
		cells_device(c, device);
	for (int i = 0; device == NULL && i < 4; i++)
		cell(c, "");
	cell(c, v->directive == NULL ? "" : object_state_name(v->object));
	if (device == NULL || v->directive == NULL)
		cell(c, "");
	else
		cell_share(c, v->p);
	cell(c, d == NULL ? "" : verb_name(d->obligation->verb));
	cell(c, d == NULL ? "" : modality_name(d->obligation->modality));
	cell(c, verdict_state(v, d));
	cell_time(c, d == NULL ? TIME_NONE : d->due);
	cell_time(c, d == NULL ? TIME_NONE : d->failed_since);
	cell(c, v->phase == NULL ? "" : phase_name(v->phase->what));
	cell(c, v->exception == NULL ? "" : spell_words(c->view, v->exception->ground));
	cell(c, v->denial == NULL ? "" : spell_words(c->view, v->denial->text));
	cell_time(c, device == NULL ? TIME_NONE : device->first_seen);
	cell_time(c, device == NULL ? TIME_NONE : last_seen(c->view, device));
	cell_hidden(c, device == NULL ? 0 : device->hides);
	cell_reasons(c, v, d);
	cell(c,
	    verdict_left(v) == NULL ? "" : spell_person_id(c->view, verdict_left(v)));
	row_end(c);
}

void
report_csv(const struct report *r, struct writer *w)
{
	struct view *v = view_new(r);
	struct cells c = { v, w, false };

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		cell(&c, columns[i]);
	row_end(&c);
	struct arena kept = view_lines_begin(v);
	for (size_t i = 0; r->matter->n_directives == 0 && i < v->n_devices; i++) {
		const struct verdict bare = { .device = i };
		row(&c, &bare, NULL);
		view_line_done(v);
		view_walked(v);
	}
	for (size_t i = 0; i < v->report.verdicts->n; i++) {
		const struct verdict *verdict = &v->report.verdicts->list[i];
		if (!verdict_shown(verdict, r->only))
			continue;
		size_t rows = 0;
		for (size_t k = 0; k < verdict->n_duties; k++)
			if (duty_has_line(v, &verdict->duties[k])) {
				row(&c, verdict, &verdict->duties[k]);
				rows++;
			}
		if (rows == 0)
			row(&c, verdict, NULL);
		view_line_done(v);
	}
	view_lines_end(v, kept);
	view_free(v);
}
