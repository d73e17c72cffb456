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
	enum foreseen does = of_phase(v->phase);
	if (does == FORESEE_OBSERVE || (no = falls_short(v, does)) == NULL)
		return does;
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
