/* SPDX-License-Identifier: ISC */
/* The papers, in one input with a 0xff byte between them. */
#include "people/people.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct text rest = { (const char *)bytes, n }, part;
	struct papers papers = { 0 };
	struct paper *const each[] = { &papers.roster, &papers.custody,
		&papers.statements, &papers.exceptions, &papers.links,
		&papers.corrections };
	static const char *const names[] = { "roster", "custody", "statements",
		"exceptions", "links", "corrections" };
	struct complaints complaints = { 0 };
	struct writer w;

	for (size_t i = 0; i < 6 && n > 0 && text_split(&rest, '\xff', &part); i++)
		if (part.len > 0)
			*each[i] = (struct paper){ names[i], part };
	struct people *p = people_read(&papers, NULL, &complaints);
	for (size_t i = 0; p != NULL && i < p->n_custody; i++) {
		const struct custody *c = &p->custody[i];
		struct text name = text_of(c->identifier);
		(void)custody_at(p, &c->mac, 1, &name, 1, &name, 1, c->from);
	}
	writer_to_memory(&w);
	complaints_print(&complaints, &w);
	(void)writer_close(&w);
	complaints_free(&complaints);
	people_free(p);
	return 0;
}
