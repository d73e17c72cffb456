/* SPDX-License-Identifier: ISC */
/*
 * Users of SCIM 2.0: RFC 7643 sections 4.1 and 4.3 for the attributes, RFC 7644 section
 * 3.4.2 for the list around them; one user alone is a list of one. A person's id is the
 * userName, as the resource's own id is nobody's word.
 */
#include "base/csv.h"
#include "import/jsonscan.h"
#include "import/thing.h"

enum field {
	SCHEMAS,
	RESOURCES,
	USER_NAME,
	DISPLAY,
	FORMATTED,
	GIVEN,
	FAMILY,
	TITLE,
	TYPE,
	EMAILS,
	GROUPS,
	ADDRESSES,
	DEPARTMENT,
	ACTIVE,
	FIELDS
};

static const char *const paths[FIELDS] = {
	[SCHEMAS] = "schemas",
	[RESOURCES] = "Resources",
	[USER_NAME] = "userName",
	[DISPLAY] = "displayName",
	[FORMATTED] = "name/formatted",
	[GIVEN] = "name/givenName",
	[FAMILY] = "name/familyName",
	[TITLE] = "title",
	[TYPE] = "userType",
	[EMAILS] = "emails",
	[GROUPS] = "groups",
	[ADDRESSES] = "addresses",
	[DEPARTMENT] =
	    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department",
	[ACTIVE] = "active",
};

enum part { VALUE, DISPLAYED, PRIMARY, LOCALITY, PARTS };

static const char *const part_paths[PARTS] = { "value", "display", "primary",
	"locality" };

struct scim {
	struct things things; /* of its ids: which were there already */
	struct scan_keys *keys, *parts;
	struct pick picks[FIELDS];
};

/* The value that is primary, or the first: of emails and addresses. */
static struct text
first_of(struct scim *s, enum field list, enum part wanted)
{
	struct text rest = s->picks[list].raw, found = { "", 0 };
	struct pick one, parts[PARTS];
	struct scan_error error;

	if (s->picks[list].type != PICK_ARRAY)
		return found;
	while (scan_each(&rest, &one)) {
		if (!scan_object(s->parts, one.raw, parts, &error))
			continue;
		if (found.len == 0 || parts[PRIMARY].type == PICK_TRUE)
			found = pick_text(&s->things.r->arena, &parts[wanted]);
		if (parts[PRIMARY].type == PICK_TRUE)
			break;
	}
	return found;
}

static void
add(struct writer *w, struct text group)
{
	if (group.len == 0)
		return;
	put(w, w->len > 0 ? ";" : "");
	for (size_t i = 0; i < group.len; i++)
		put_char(w, group.s[i] == ';' ? ',' : group.s[i]);
}

/* Groups by the names that are shown, and the department as one of them. */
static struct text
groups(struct scim *s)
{
	struct reader *r = s->things.r;
	struct text rest = s->picks[GROUPS].raw;
	struct pick one, parts[PARTS];
	struct scan_error error;
	struct writer w;

	writer_to_memory(&w);
	add(&w, pick_text(&r->arena, &s->picks[DEPARTMENT]));
	while (s->picks[GROUPS].type == PICK_ARRAY && scan_each(&rest, &one))
		if (scan_object(s->parts, one.raw, parts, &error))
			add(&w,
			    pick_text(&r->arena,
			        &parts[parts[DISPLAYED].type == PICK_STRING ? DISPLAYED
			                                                    : VALUE]));
	struct text all = arena_text(&r->arena, writer_text(&w));
	(void)writer_close(&w);
	return all;
}

static struct text
name(struct scim *s)
{
	struct arena *a = &s->things.r->arena;
	struct text given = pick_text(a, &s->picks[GIVEN]);
	struct text family = pick_text(a, &s->picks[FAMILY]);
	struct writer w;

	if (s->picks[DISPLAY].type == PICK_STRING)
		return pick_text(a, &s->picks[DISPLAY]);
	if (s->picks[FORMATTED].type == PICK_STRING)
		return pick_text(a, &s->picks[FORMATTED]);
	writer_to_memory(&w);
	put_text(&w, given);
	put(&w, given.len > 0 && family.len > 0 ? " " : "");
	put_text(&w, family);
	struct text both = arena_text(a, writer_text(&w));
	(void)writer_close(&w);
	return both;
}

static void
user(struct scim *s)
{
	struct reader *r = s->things.r;
	struct text cells[PERSON_CELLS];

	/* A group, or another resource. */
	if (s->picks[USER_NAME].type != PICK_STRING) {
		r->counts->other++;
		return;
	}
	cells[PERSON_ID] = pick_text(&r->arena, &s->picks[USER_NAME]);
	cells[PERSON_NAME] = name(s);
	cells[PERSON_EMAIL] = first_of(s, EMAILS, VALUE);
	cells[PERSON_GROUPS] = groups(s);
	cells[PERSON_ROLE] = pick_text(&r->arena, &s->picks[TITLE]);
	cells[PERSON_RANK] = pick_text(&r->arena, &s->picks[TYPE]);
	cells[PERSON_SITE] = first_of(s, ADDRESSES, LOCALITY);
	cells[PERSON_LEFT] = (struct text){ "", 0 };
	if (s->picks[ACTIVE].type == PICK_FALSE && !things_left(r, &cells[PERSON_LEFT]))
		return;
	if (cells[PERSON_ID].len == 0) {
		(void)reader_wrong(r, 0, "the userName is empty");
	} else if (things_first(&s->things, "userName", cells[PERSON_ID])) {
		r->counts->records++;
		reader_row(r, PAPER_PERSON, cells);
	}
}

static void
users(struct scim *s, struct text whole)
{
	struct reader *r = s->things.r;
	struct text list = s->picks[RESOURCES].raw;
	const char *at = whole.s;
	struct scan_error error;
	struct pick one;

	if (s->picks[RESOURCES].type != PICK_ARRAY) {
		user(s);
		return;
	}
	while (!r->counts->stopped && scan_each(&list, &one)) {
		arena_reset(&r->arena);
		for (; at < one.raw.s; at++)
			r->number += *at == '\n';
		if (scan_object(s->keys, one.raw, s->picks, &error))
			user(s);
		else
			(void)reader_wrong(r, 0, "%s", error.what);
	}
}

bool
import_scim_is(struct text head)
{
	struct text t = text_trim(head);
	static const char schema[] = "urn:ietf:params:scim:";

	return t.len > 0 && t.s[0] == '{' &&
	    memmem(t.s, t.len, schema, sizeof schema - 1) != NULL;
}

void
import_scim_read(struct reader *r)
{
	struct scim s = { .things = { .r = r } };
	struct scan_error error;
	struct text whole;

	if (!reader_whole(r, &whole))
		return;
	for (size_t i = 0; i < whole.len; i++)
		r->counts->lines += whole.s[i] == '\n' || i + 1 == whole.len;
	s.keys = scan_keys_new(paths, FIELDS);
	s.parts = scan_keys_new(part_paths, PARTS);
	r->number = 1;
	if (scan_object(s.keys, whole, s.picks, &error)) {
		users(&s, whole);
	} else {
		for (size_t i = 0; i < error.at; i++)
			r->number += whole.s[i] == '\n';
		(void)reader_wrong(r, 0, "%s", error.what);
		r->counts->stopped = true;
	}
	scan_keys_free(s.keys);
	scan_keys_free(s.parts);
	things_end(&s.things);
}
