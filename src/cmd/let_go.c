/* SPDX-License-Identifier: ISC */
/* What the orders want before a thing goes, whichever command says that it went. */
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

/* Of a device that was never seen, every order in force is thought of. */
static bool
is_covered(const struct verdicts *list, const struct directive *order,
    const struct device *device)
{
	for (size_t i = 0; device != NULL && i < list->n; i++)
		if (list->list[i].device == device_number(device) &&
		    list->list[i].directive == order)
			return list->list[i].object != NOT_COVERED;
	return true;
}

bool
orders_let_go(struct event *e, const struct going *g, const struct verdicts *list)
{
	const struct device *device = event_device(e, g->identifier, g->type);
	bool good = true;

	for (size_t i = 0; i < e->scan.n_directives; i++) {
		const struct directive *order = e->scan.directives[i];
		if (order->status != STATUS_IN_FORCE ||
		    !is_covered(list, order, device))
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
	return good;
}
