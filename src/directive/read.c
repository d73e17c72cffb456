/* SPDX-License-Identifier: ISC */
/* An order out of its YAML: strict, every mistake at once, nothing half loaded. */
#include <stdio.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "directive/tree.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum { ID_MAX = 64, FILE_BYTES = 1024 * 1024 };

static const char *
read_id(struct reader *r, const struct yaml *y, const char *what)
{
	const char *id = schema_text(&r->s, y, what);

	if (id == NULL)
		return NULL;
	bool ok = strchr("-_.", id[0]) == NULL && strlen(id) <= ID_MAX;
	for (const char *c = id; *c != '\0' && ok; c++)
		ok = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
		    strchr("-_.", *c) != NULL;
	if (!ok)
		wrong(&r->s, y,
		    "%s: want at most %d of a-z, 0-9, '-', '_' and '.', the first a "
		    "letter or digit",
		    what, ID_MAX);
	return id;
}

/* One date of the authority: a date, or `unknown`. */
static void
read_authority_date(struct reader *r, const struct yaml *y, enum trigger trigger,
    const char *what, int64_t *at, bool *unknown)
{
	*at = TIME_NONE;
	if (y == NULL)
		return;
	*unknown = y->kind == YAML_SCALAR && text_is(y->scalar, "unknown");
	if (*unknown)
		return;
	if (y->kind == YAML_SCALAR && y->scalar.len > 0 && !date_like(y->scalar)) {
		const char *const words[] = { "unknown" };
		const char *near = text_nearest(y->scalar, words, 1);
		wrong(&r->s, y, "%s: want a date such as 2023-03-20, or 'unknown'%s",
		    what, near != NULL ? ": do you mean 'unknown'?" : "");
	} else {
		(void)schema_date(&r->s, y, what, false, at, NULL);
	}
	r->known[trigger] = true; /* a date that is wrong is complained of once */
}

static void
read_authority(struct reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "issuer", "instrument", "legal-basis",
		"url", "language", "issued", "effective", "reported", "listed" };
	struct directive *d = r->d;

	d->authority.issued = d->authority.effective = TIME_NONE;
	d->authority.reported = d->authority.listed = TIME_NONE;
	r->known[TRIGGER_DISCOVERED] = true;
	if (!schema_mapping(&r->s, y, "authority", keys, COUNT(keys)))
		return;
	d->authority.issuer = schema_text(&r->s,
	    schema_need(&r->s, y, "authority", "issuer"), "issuer");
	d->authority.instrument = schema_text(&r->s, yaml_get(y, "instrument"),
	    "instrument");
	d->authority.legal_basis = schema_text(&r->s, yaml_get(y, "legal-basis"),
	    "legal-basis");
	d->authority.url = schema_text(&r->s, yaml_get(y, "url"), "url");
	d->authority.language = schema_text(&r->s, yaml_get(y, "language"), "language");
	read_authority_date(r, yaml_get(y, "issued"), TRIGGER_ISSUED, "issued",
	    &d->authority.issued, &d->authority.issued_unknown);
	read_authority_date(r, yaml_get(y, "effective"), TRIGGER_EFFECTIVE, "effective",
	    &d->authority.effective, &d->authority.effective_unknown);
	read_authority_date(r, yaml_get(y, "reported"), TRIGGER_NONE, "reported",
	    &d->authority.reported, &d->authority.reported_unknown);
	read_authority_date(r, yaml_get(y, "listed"), TRIGGER_LISTED, "listed",
	    &d->authority.listed, &d->authority.listed_unknown);
}

static void
read_source(struct reader *r, const struct yaml *y, struct source *out)
{
	static const char *const keys[] = { "claim", "source", "url", "grade",
		"confirmed" };

	if (!schema_mapping(&r->s, y, "a source", keys, COUNT(keys)))
		return;
	out->claim = schema_text(&r->s, schema_need(&r->s, y, "a source", "claim"),
	    "claim");
	out->source = schema_text(&r->s, schema_need(&r->s, y, "a source", "source"),
	    "source");
	out->url = schema_text(&r->s, yaml_get(y, "url"), "url");
	int grade = schema_word(&r->s, schema_need(&r->s, y, "a source", "grade"),
	    "grade", grade_words, GRADES);
	out->grade = grade >= 0 ? (enum grade)grade : GRADE_INTERNAL;
	int said = schema_word(&r->s, yaml_get(y, "confirmed"), "confirmed",
	    confirmed_words + 1, CONFIRMEDS - 1);
	out->confirmed = said >= 0 ? (enum confirmed)(said + 1) : CONFIRMED_NOT_SAID;
}

static void
read_sources(struct reader *r, const struct yaml *y)
{
	if (!schema_sequence(&r->s, y, "sources"))
		return;
	r->d->sources = arena_take(r->s.arena,
	    (schema_count(y) + 1) * sizeof *r->d->sources);
	for (const struct yaml *item = y->first; item != NULL; item = item->next)
		read_source(r, item, &r->d->sources[r->d->n_sources++]);
	if (y->first == NULL)
		wrong(&r->s, y, "sources: the list is empty");
}

static void
read_ownership(struct reader *r, const struct yaml *y)
{
	bool *owned = r->d->applies_to.ownership;

	if (y == NULL) {
		owned[0] = owned[1] = owned[2] = true;
		return;
	}
	if (!schema_sequence(&r->s, y, "ownership"))
		return;
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		int which = schema_word(&r->s, item, "ownership", ownership_words,
		    OWNERSHIPS);
		if (which >= 0 && owned[which])
			wrong(&r->s, item, "ownership: '%s' stands twice",
			    ownership_words[which]);
		if (which >= 0)
			owned[which] = true;
	}
	if (y->first == NULL)
		wrong(&r->s, y, "ownership: the list is empty");
}

static void
read_scope(struct reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "groups", "not-groups", "persons", "ranks",
		"sites", "segments", "ssids", "from", "until", "ownership" };
	struct directive *d = r->d;

	read_ownership(r, yaml_get(y, "ownership"));
	d->applies_to.all = true;
	if (!schema_mapping(&r->s, y, "applies-to", keys, COUNT(keys)))
		return;
#define LIST(key, member)                                                     \
	d->applies_to.n_##member = schema_texts(&r->s, yaml_get(y, key), key, \
	    &d->applies_to.member)
	LIST("groups", groups);
	LIST("not-groups", not_groups);
	LIST("persons", persons);
	LIST("ranks", ranks);
	LIST("sites", sites);
	LIST("segments", segments);
	LIST("ssids", ssids);
#undef LIST
	read_day(r, yaml_get(y, "from"), "from", false, &d->applies_to.from);
	read_day(r, yaml_get(y, "until"), "until", true, &d->applies_to.until);
	if (d->applies_to.from.given && d->applies_to.until.given &&
	    d->applies_to.until.at < d->applies_to.from.at)
		wrong(&r->s, yaml_get(y, "until"), "until: comes before from");
	d->applies_to.all = yaml_get(y, "groups") == NULL &&
	    yaml_get(y, "persons") == NULL && yaml_get(y, "ranks") == NULL;
	for (size_t i = 0; i < d->applies_to.n_groups; i++)
		for (size_t j = 0; j < d->applies_to.n_not_groups; j++)
			if (strcmp(d->applies_to.groups[i],
			        d->applies_to.not_groups[j]) == 0)
				wrong(&r->s, yaml_get(y, "not-groups"),
				    "not-groups: '%.60s' stands under groups, too",
				    d->applies_to.groups[i]);
}

const struct class *
read_class(struct reader *r, const struct yaml *y, const char *what)
{
	if (schema_text(&r->s, y, what) == NULL)
		return NULL;
	return class_parse(r->s.arena, y->scalar, r->s.file, y->line, y->text_column,
	    r->s.to);
}

static void
read_exceptions(struct reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "grounds", "approver-role", "longest",
		"blanket" };
	struct directive *d = r->d;
	struct when longest;

	if (!schema_mapping(&r->s, y, "exceptions", keys, COUNT(keys)))
		return;
	d->exceptions.given = true;
	d->exceptions.n_grounds = schema_texts(&r->s,
	    schema_need(&r->s, y, "exceptions", "grounds"), "grounds",
	    &d->exceptions.grounds);
	d->exceptions.approver_role = schema_text(&r->s, yaml_get(y, "approver-role"),
	    "approver-role");
	if (yaml_get(y, "approver-role") == NULL)
		doubtful(&r->s, y, "exceptions: no approver-role: anybody may approve");
	read_every(r, yaml_get(y, "longest"), "longest", &longest);
	if (longest.given) {
		d->exceptions.longest = longest.n;
		d->exceptions.longest_unit = longest.unit;
	}
	d->exceptions.blanket = schema_yes(&r->s, yaml_get(y, "blanket"), "blanket",
	    false);
}

static void
read_report(struct reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "to-role", "every", "nil-return" };
	struct directive *d = r->d;

	if (!schema_mapping(&r->s, y, "report", keys, COUNT(keys)))
		return;
	d->report.given = true;
	d->report.to_role = schema_text(&r->s,
	    schema_need(&r->s, y, "report", "to-role"), "to-role");
	read_every(r, yaml_get(y, "every"), "every", &d->report.every);
	d->report.every_text = d->report.every.written;
	d->report.nil_return = schema_yes(&r->s, yaml_get(y, "nil-return"),
	    "nil-return", false);
}

static void
read_directive(struct reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "directive", "title", "status",
		"supersedes", "zone", "authority", "sources", "applies-to", "object",
		"not-covered", "affiliates", "table", "purpose", "obligations",
		"exceptions", "enforcement", "report" };
	struct schema *s = &r->s;
	struct directive *d = r->d;
	const char *what = "an order";

	if (!schema_mapping(s, y, what, keys, COUNT(keys)))
		return;
	d->id = read_id(r, schema_need(s, y, what, "directive"), "directive");
	d->title = schema_text(s, schema_need(s, y, what, "title"), "title");
	d->supersedes = read_id(r, yaml_get(y, "supersedes"), "supersedes");
	if (d->supersedes != NULL && d->id != NULL && strcmp(d->supersedes, d->id) == 0)
		wrong(s, yaml_get(y, "supersedes"), "supersedes: this order itself");
	int status = schema_word(s, schema_need(s, y, what, "status"), "status",
	    status_words, STATUSES);
	d->status = status >= 0 ? (enum status)status : STATUS_IN_FORCE;
	d->zone = s->zone = schema_zone(s, schema_need(s, y, what, "zone"));
	read_authority(r, schema_need(s, y, what, "authority"));
	read_sources(r, yaml_get(y, "sources"));
	if (yaml_get(y, "sources") == NULL)
		doubtful(s, y,
		    "no sources: reports cannot say what the order rests on");
	read_scope(r, yaml_get(y, "applies-to"));
	d->object = read_class(r, schema_need(s, y, what, "object"), "object");
	d->n_not_covered = schema_texts(s, yaml_get(y, "not-covered"), "not-covered",
	    &d->not_covered);
	read_affiliates(r, yaml_get(y, "affiliates"));
	read_table(r, yaml_get(y, "table"));
	int purpose = schema_word(s, schema_need(s, y, what, "purpose"), "purpose",
	    purpose_words, PURPOSES);
	d->purpose = purpose >= 0 ? (enum purpose)purpose : PURPOSE_OFFICIAL;
	read_obligations(r, schema_need(s, y, what, "obligations"));
	read_exceptions(r, yaml_get(y, "exceptions"));
	read_enforcement(r, yaml_get(y, "enforcement"));
	read_report(r, yaml_get(y, "report"));
}

static const char *
text_of_class(struct arena *a, const struct class *c)
{
	struct writer w;

	writer_to_memory(&w);
	class_print(c, &w);
	const char *text = arena_string(a, writer_text(&w));
	(void)writer_close(&w);
	return text;
}

struct directive *
directive_parse(const char *file, struct text t, struct complaints *to)
{
	struct directive *d = must_alloc(1, sizeof *d);
	struct arena tree = { 0 };
	size_t before = to->errors;
	struct reader r = { .s = { .arena = &d->arena, .file = file, .to = to },
		.d = d };

	d->file = arena_string(&d->arena, text_of(file));
	sha256_hex(t.s, t.len, d->digest);
	const struct yaml *y = yaml_read(&tree, file, t, to);
	if (y != NULL)
		read_directive(&r, y);
	arena_free(&tree);
	if (to->errors >= YAML_MISTAKES)
		caution(to, file, 0, 0, "has more mistakes than are told");
	if (y == NULL || to->errors > before) {
		directive_free(d);
		return NULL;
	}
	d->object_text = text_of_class(&d->arena, d->object);
	return d;
}

struct directive *
directive_load(const char *file, struct complaints *to)
{
	struct arena bytes = { 0 };
	struct directive *d = NULL;
	struct text t;

	if (file_read(&bytes, file, FILE_BYTES, &t, to))
		d = directive_parse(file, t, to);
	arena_free(&bytes);
	return d;
}

void
directive_free(struct directive *d)
{
	if (d != NULL)
		arena_free(&d->arena);
	free(d);
}
