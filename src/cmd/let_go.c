/* SPDX-License-Identifier: ISC */
/* What the orders want before a thing goes, whichever command says that it went. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

/* An order that wants something first, and has it not, forbids it. */
static bool
first_is_done(const struct event *e, const struct going *g,
    const struct directive *order, const struct obligation *o)
{
	const char *by = strcmp(e->command, "dispose") == 0
	    ? "say"
	    : "`interdict dispose` writes it down with";
	bool examine = false, wipe = false, good = true;

	for (size_t i = 0; i < o->n_first; i++) {
		examine |= o->first[i] == VERB_EXAMINE;
		wipe |= o->first[i] == VERB_WIPE;
	}
	if (examine && g->examined_at == TIME_NONE) {
		(void)event_refuse(e,
		    "%s wants it examined first: %s --examined DATE --examiner NAME",
		    order->id, by);
		good = false;
	}
	if (wipe && g->wiped_at == TIME_NONE) {
		(void)event_refuse(e,
		    "%s wants it wiped first: %s --wiped DATE --wiper NAME --technique "
		    "TEXT",
		    order->id, by);
		good = false;
	}
	if (good && examine && wipe && g->wiped_at < g->examined_at) {
		(void)event_refuse(e,
		    "it was wiped before it was examined: nothing was left to examine, "
		    "and %s wants that first",
		    order->id);
		good = false;
	}
	return good;
}

/* Of which orders the object is this device. */
struct covering {
	size_t device;
	bool *by; /* one for each order */
};

static void
take(void *state, size_t order, const struct verdict *v)
{
	const struct covering *c = state;

	if (v->device == c->device)
		c->by[order] = v->object != NOT_COVERED;
}

/* Of a device that was never seen, every order in force is thought of. */
static bool *
covering_orders(const struct event *e, const struct device *d)
{
	struct case_file matter = scan_case(&e->scan);
	struct covering c = { NO_DEVICE,
		must_alloc(matter.n_directives, sizeof(bool)) };

	if (d == NULL) {
		memset(c.by, true, matter.n_directives * sizeof(bool));
		return c.by;
	}
	c.device = device_number(d);
	judge_walk(&matter, take, &c);
	return c.by;
}

bool
orders_let_go(struct event *e, const struct going *g)
{
	bool *covers = covering_orders(e, event_device(e, g->identifier, g->type));
	bool good = true;

	for (size_t i = 0; i < e->scan.n_directives; i++) {
		const struct directive *order = e->scan.directives[i];
		if (order->status != STATUS_IN_FORCE || !covers[i])
			continue;
		for (size_t k = 0; k < order->n_obligations; k++) {
			const struct obligation *o = &order->obligations[k];
			if (o->verb != VERB_DISPOSE)
				continue;
			good &= first_is_done(e, g, order, o);
			if (!custody_fulfils(o, g->event))
				(void)event_refuse(e,
				    "warning: '%s' is none of the ways that %s names",
				    g->word, order->id);
		}
	}
	free(covers);
	return good;
}
