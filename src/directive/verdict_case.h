/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_VERDICT_CASE_H
#define DIRECTIVE_VERDICT_CASE_H

#include "base/lately.h"
#include "directive/verdict.h"

/* What the parts of the judge share. Nothing outside it includes this. */

enum { REASONS_MAX = 32, EXCUSES_MAX = 32, FAMILIES_MAX = 16 };

/* Reasons while they are collected; what goes over the end is left out. */
struct telling {
	struct reason list[REASONS_MAX];
	size_t n;
};

/* Where a stay was. NOWHERE has no address that a segment could have. */
enum place { PLACE_NOWHERE, PLACE_UNKNOWN, PLACE_GUEST, PLACE_OFFICIAL };

/* Announced as not the object: at most as likely as not. */
enum { NOT_OBJECTS = 51 };

/* What counts as use for one duty. */
enum use_kind { USE_OF_OFFICIAL, USE_OF_CORE, USE_OF_ANY };

/* A device beside what does not hang on the order. */
struct subject {
	const struct device *device;
	size_t number; /* of the device: a walk may have forgotten it itself */
	struct text *hostnames, *client_ids;
	size_t n_hostnames, n_client_ids;
	const struct custody *custody; /* now, else when it was last seen, else NULL */
	bool custody_is_over;          /* no row holds now */
	const struct person *holder;
	const struct person *left; /* who had it, has left, did not hand it in */
	enum use_state use;
	int64_t last_official, last_seen;
	struct subject *next_of_holder;
	const char *official_name; /* segment or service of the last official use */
	bool official_service;
};

/* A notice of a device, under the identifier in its one spelling. */
struct noticed {
	const char *key;
	const struct notice *notice;
};

/* Whether a claim of knowledge speaks for the object: what was found before. */
struct spoken {
	const struct claim *claim;
	double lift;
};

struct judging {
	const struct case_file *matter;
	verdict_take *take;
	void *state;
	/*
	 * What lives as long as a verdict, and what all share: one, where a list keeps
	 * the verdicts.
	 */
	struct arena *arena, *kept, *gathered; /* gathered: what subjects have */
	bool quiet;          /* nobody keeps a verdict, or reads its reasons */
	struct lately *said; /* else: sentences, of which many are alike */
	const struct calendar *calendar;
	size_t n_subjects;
	struct subject *subjects;
	struct subject **of_person; /* by the roster's order: what each holds */
	int64_t first_seen, last_packet;

	/* The order at hand, and its number in the case. */
	size_t order;
	const struct directive *directive;
	const struct phase *phase;
	struct class_data data; /* for its expressions */
	struct spoken *spoken;  /* SPOKEN of them, by the claim's address */
	double base;            /* share of the object among all devices */
	struct device blank;    /* a device of which nothing is known */
	struct duty *no_duties;
	struct reason *not_object; /* NOT_OBJECTS, by hundredths of probability */
	const struct exception **blankets;
	size_t n_blankets;
	struct noticed *noticed; /* of the order at hand, sorted by what they name */
	size_t n_noticed;
	const struct notice **noticed_person; /* the first to each person, or NULL */
	char *official_words; /* what official use means, the same for all */
	size_t n_unclaimed;   /* may be of the object, with no known holder */
};

/* verdict.c: verdicts of a list, while it grows. */
struct listing {
	struct verdict *list;
	size_t n, cap;
};
void list_add(struct listing *, const struct verdict *);

/* verdict_reason.c */
void because(const struct judging *, struct telling *, const char *format, ...)
    PRINTF_LIKE(3, 4);
void say_evidence(const struct judging *, struct telling *, uint64_t evidence,
    const char *format, ...) PRINTF_LIKE(4, 5);
void because_text(struct telling *, char *text);
struct reason *telling_end(const struct judging *, const struct telling *, uint32_t *n);
/* An instant in the order's zone. */
const char *at_text(const struct judging *, int64_t, char buf[TIME_TEXT]);
const char *p_text(double p, char buf[16]);
/* Words with commas between them, at most a handful. */
const char *list_text(const struct judging *, const char *const *words, size_t n);

/* verdict_family.c: which evidence speaks for the object. */
void families_begin(struct judging *);
void families_end(struct judging *);
unsigned families_tell(struct judging *, const struct device *, struct telling *);

/* verdict_subject.c */
void subjects_gather(struct judging *, const struct device *const *, size_t n);
void subject_gather(struct judging *, struct subject *, const struct device *);
void subject_hold(struct judging *, struct subject *);
enum place place_of(const struct judging *, const struct stay *,
    const struct segment **);
/* Whether an order names segments or wireless networks, and whether this is one. */
bool has_places(const struct directive *);
bool is_place_of(const struct directive *, const struct segment *);
bool subject_has(const struct subject *, const char *identifier);
/* A use of a service of the site file; its name, or NULL. */
const char *service_of(const struct judging *, const struct evidence *);

/* verdict_scope.c: whether the order applies; the reasons only where asked. */
enum truth scope_of_device(const struct judging *, const struct subject *,
    struct telling *);
enum truth scope_of_person(const struct judging *, const struct person *,
    struct telling *);

/* verdict_excuse.c */
struct excuses {
	const struct exception *list[EXCUSES_MAX]; /* good ones, at any time */
	size_t n;
	const struct exception *now; /* in force at the time asked, or NULL */
};

void excuses_gather(struct judging *, const struct subject *, const struct person *,
    struct excuses *, struct telling *);
void excuses_blankets(struct judging *);

/* verdict_use.c */
struct seen {
	int64_t first, last;
	const char *name; /* of the first: segment or service; NULL: presence alone */
	bool service;
};

/* The first instant at or after one that no exception excuses. */
int64_t unexcused(const struct excuses *, int64_t at);
/* Use from an instant on that no exception excuses. */
bool use_since(const struct judging *, const struct subject *, enum use_kind,
    int64_t from, const struct excuses *, struct seen *);
/*
 * True when sensors saw all the time the segments on which such use could have been:
 * the official ones, or all of them. Else tells what they did not see.
 */
bool watched_since(const struct judging *, enum use_kind, int64_t from,
    struct telling *);

/*
 * True when the device was seen since and hides the names that it looks up, while the
 * site knows official services by their names alone, or hides in a tunnel whatever it
 * does: their use would not be seen.
 */
bool use_may_hide(const struct judging *, const struct subject *, enum use_kind,
    int64_t from, struct telling *);

/* verdict_duty.c */
void duties_judge(struct judging *, struct verdict *, const struct subject *,
    const struct excuses *);
/* The obligation's next date and turn; its state is still nothing. */
struct duty *duty_begin(const struct judging *, const struct verdict *,
    size_t obligation, int64_t discovered);
void say_excepted(const struct judging *, const struct verdict *, struct telling *);
const char *no_duty_reason(const struct judging *);

/* verdict_app.c: duties on apps; false when the duty is none. */
bool app_duty(struct judging *, const struct subject *, const struct excuses *,
    struct duty *, struct telling *);

/* verdict_table.c: duties that the order's table decides; false when it does not. */
bool table_duty(struct judging *, const struct subject *, struct duty *,
    struct telling *);

/* verdict_clock.c */
void notices_begin(struct judging *); /* of the order at hand */
void clocks_set(const struct judging *, struct verdict *, const struct subject *);
/* The first notice under the order at hand, to a person or of a device; or NULL. */
const struct notice *notice_of(const struct judging *, const struct subject *,
    const struct person *);

/* verdict_custody.c: duties that custody proves. */
void custody_duty(struct judging *, const struct verdict *, const struct subject *,
    const struct excuses *, struct duty *, struct telling *);
void custody_history(const struct judging *, const struct subject *, struct telling *);

/* verdict_records.c: duties that records prove: notices, examinations, wipings. */
bool on_record(const struct judging *, const struct subject *, struct duty *,
    struct telling *);
/* A plan, an attestation or a report that was handed over, or should have been. */
bool is_submitted(const struct judging *, const struct subject *, struct duty *,
    struct telling *);
/* The latest record of a kind by an instant, or NULL. */
const struct deed *deed_of(const struct judging *, const struct subject *,
    enum deed_kind, int64_t until);
/* Whether a record shows that a verb was done by an instant. */
bool record_came_first(const struct judging *, const struct subject *, enum verb,
    int64_t until);
/* Whether what was given instead is told to be of a class. */
enum truth told_fits(const struct judging *, const struct class *with,
    const struct custody *given);
/* What was done with a thing that went away. */
void deeds_history(const struct judging *, const struct subject *, struct telling *);

/* verdict_person.c: those of whom nothing was seen, and what persons declared. */
void persons_judge(struct judging *);
const struct statement *denial_of(const struct judging *, const struct subject *,
    struct telling *);

/* verdict.c */
void judging_begin(struct judging *, const struct case_file *, int64_t last_packet);
void order_begin(struct judging *, size_t order);
void devices_judge(struct judging *);
struct verdict verdict_new(const struct judging *);
void verdict_give(struct judging *, const struct verdict *);

#endif
