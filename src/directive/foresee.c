/* SPDX-License-Identifier: ISC */
#include "directive/foresee.h"

#include "base/time.h"

static const double weak_below = 0.95;

const char *
foreseen_name(enum foreseen f)
{
	static const char *const names[FORESEEN] = { "nothing", "excused", "observe",
		"warn", "portal", "quarantine", "block", "held" };

	return names[f];
}

bool
foreseen_cuts_off(enum foreseen f)
{
	return f == FORESEE_QUARANTINE || f == FORESEE_BLOCK;
}

static enum foreseen
of_phase(const struct phase *p)
{
	switch (p->what) {
	case DO_OBSERVE:
		return FORESEE_OBSERVE;
	case DO_WARN:
		return FORESEE_WARN;
	case DO_PORTAL:
		return FORESEE_PORTAL;
	case DO_QUARANTINE:
		return FORESEE_QUARANTINE;
	case DO_BLOCK:
		return FORESEE_BLOCK;
	}
	return FORESEE_NOTHING;
}

/* A warning may rest on a probability; a cut-off never on what is undecided. */
static const char *
falls_short(const struct verdict *v, enum foreseen does)
{
	const struct phase *p = v->phase;

	if (foreseen_cuts_off(does) && v->object != COVERED)
		return "Whether it is covered is undecided: nobody is cut off for "
		       "that.";
	if (p->at_least > 0 && v->p < p->at_least)
		return "It is not as sure as the order asks for.";
	if (p->families > 0 && v->families < p->families)
		return "Fewer families of evidence speak for it than the order asks "
		       "for.";
	return NULL;
}

/*
 * What went is not there to be cut off. Released, it is somebody's own: fine as a
 * guest, and a violation in official use. Days are as exact as custody is.
 */
static const char *
is_out_of_reach(const struct verdict *v)
{
	static const char *const unseen[] = {
		[CUSTODY_HANDED_IN] = "It was handed in, and not seen since.",
		[CUSTODY_REPLACED] = "It was replaced, and not seen since.",
		[CUSTODY_RELEASED] = "It was released, and not seen since.",
		[CUSTODY_DESTROYED] = "It was destroyed.",
	};
	const struct custody *c = v->custody;

	if (v->handed == NULL || c == NULL || c->event == CUSTODY_ISSUED ||
	    c->until != TIME_NONE)
		return NULL;
	if (v->handed->last_seen < c->from + DAY)
		return unseen[c->event];
	if (c->event == CUSTODY_RELEASED && v->use != USE_UNKNOWN &&
	    v->directive->purpose == PURPOSE_OFFICIAL &&
	    (v->last_official == TIME_NONE || v->last_official < c->from + DAY))
		return "It was released, and seen since on guest segments only: the "
		       "order has nothing against that.";
	return NULL;
}

/* What went, and is there all the same: the history goes with the answer. */
static const char *
is_seen_again(const struct verdict *v)
{
	static const char *const again[] = {
		[CUSTODY_ISSUED] = "",
		[CUSTODY_HANDED_IN] = "It was handed in, and seen after that.",
		[CUSTODY_REPLACED] = "It was replaced, and seen after that.",
		[CUSTODY_RELEASED] = "It was released, and is in use again.",
		[CUSTODY_DESTROYED] =
		    "It was seen after custody says that it was destroyed.",
	};
	const struct custody *c = v->custody;

	return c == NULL || c->until != TIME_NONE ? "" : again[c->event];
}

enum foreseen
verdict_foresee(const struct verdict *v, const char **why)
{
	const char *no, *unused;

	if (why == NULL)
		why = &unused;
	*why = "";
	if (v->device == NO_DEVICE || v->object == NOT_COVERED ||
	    v->directive->status != STATUS_IN_FORCE)
		return FORESEE_NOTHING;
	if (v->object == EXCEPTED)
		return FORESEE_EXCUSED;
	if (v->phase == NULL)
		return FORESEE_NOTHING;
	if ((no = is_out_of_reach(v)) != NULL) {
		*why = no;
		return FORESEE_NOTHING;
	}
	enum foreseen does = of_phase(v->phase);
	if (does == FORESEE_OBSERVE || (no = falls_short(v, does)) == NULL) {
		*why = is_seen_again(v);
		return does;
	}
	*why = no;
	return FORESEE_HELD;
}

bool
verdict_is_weak(const struct verdict *v)
{
	return foreseen_cuts_off(verdict_foresee(v, NULL)) &&
	    (v->families < 2 || v->p < weak_below);
}

int64_t
ceiling_delay(const struct phase *p, size_t n, int64_t from)
{
	if (p->ceiling == 0)
		return from;
	int64_t rounds = (int64_t)(n / p->ceiling);
	return from + rounds * (p->ceiling_unit == UNIT_HOURS ? HOUR : DAY);
}
