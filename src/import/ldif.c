/* SPDX-License-Identifier: ISC */
/*
 * Persons of a directory: LDIF, RFC 2849; attributes of RFC 4519, RFC 2798
 * (inetOrgPerson) and of Active Directory. An entry counts as a person by its
 * objectClass; a machine has an account there, too, and is a `computer` as well, and
 * who left has one that is disabled (MS-ADTS 2.2.16). The id is uid, else
 * sAMAccountName, else mail. Groups are those that the entry itself names: memberOf by
 * the first part of the name, departmentNumber and department. Changes other than `add`
 * are of no use: they say nothing of how the entry is. Attributes with options, as
 * cn;lang-de, are the same again in other words.
 */
#include <stdlib.h>

#include "base/csv.h"
#include "import/thing.h"

enum { ENTRY_MOST = 1 << 20, GROUPS_MOST = 256 };

enum attribute {
	UID,
	SAM,
	MAIL,
	DISPLAY,
	CN,
	TITLE,
	EMPLOYEE_TYPE,
	SITE,
	LOCALITY,
	SINGLE /* from here on: any number of them */
};

static const char *const single[SINGLE] = { "uid", "sAMAccountName", "mail",
	"displayName", "cn", "title", "employeeType", "physicalDeliveryOfficeName",
	"l" };

struct ldif {
	struct things things;
	struct arena arena;         /* of the entry */
	struct writer line;         /* the logical line: RFC 2849, note 2 */
	uint64_t line_at, entry_at; /* where they begin; 0: none */
	struct text values[SINGLE], groups[GROUPS_MOST];
	size_t n_groups;
	bool person, machine, disabled, change, bad;
};

enum { ACCOUNT_DISABLED = 2 };

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 4648 section 4. */
static bool
base64(struct arena *a, struct text t, struct text *out)
{
	char *to = arena_take(a, t.len + 1);
	size_t n = 0, pads = 0;
	unsigned bits = 0, have = 0;

	for (size_t i = 0; i < t.len; i++) {
		int d = base64_digit(t.s[i]);
		pads += t.s[i] == '=';
		if (t.s[i] == '=')
			continue;
		if (d < 0 || pads > 0)
			return false;
		bits = (bits << 6 | (unsigned)d) & 0xffffff;
		if ((have += 6) >= 8) {
			have -= 8;
			to[n++] = (char)(bits >> have);
		}
	}
	*out = (struct text){ to, n };
	return pads <= 2 && (t.len % 4) == 0;
}

/* "CN=domestic-policy,OU=…": domestic-policy. A backslash hides a comma (RFC 4514). */
static struct text
first_part(struct ldif *l, struct text dn)
{
	size_t from = text_find(dn, '=', 0) + 1, n = 0;

	if (from > dn.len)
		return dn;
	char *to = arena_take(&l->arena, dn.len);
	for (size_t i = from; i < dn.len && dn.s[i] != ','; i++) {
		if (dn.s[i] == '\\' && i + 1 < dn.len)
			i++;
		to[n++] = dn.s[i];
	}
	return (struct text){ to, n };
}

static void
add_group(struct ldif *l, struct text group)
{
	for (size_t i = 0; i < l->n_groups; i++)
		if (text_equal(l->groups[i], group))
			return;
	if (l->n_groups < GROUPS_MOST && group.len > 0)
		l->groups[l->n_groups++] = group;
}

static void
attribute(struct ldif *l, struct text name, struct text value)
{
	unsigned long long flags = 0;

	value = arena_text(&l->arena, value);
	if (text_is_word(name, "objectClass") && text_is_word(value, "computer"))
		l->machine = true;
	else if (text_is_word(name, "objectClass"))
		l->person |= text_is_word(value, "person") ||
		    text_is_word(value, "inetOrgPerson") ||
		    text_is_word(value, "organizationalPerson") ||
		    text_is_word(value, "posixAccount") || text_is_word(value, "user");
	else if (text_is_word(name, "userAccountControl"))
		l->disabled = text_number(value, &flags) && (flags & ACCOUNT_DISABLED);
	else if (text_is_word(name, "changetype"))
		l->change |= !text_is_word(value, "add");
	else if (text_is_word(name, "memberOf"))
		add_group(l, first_part(l, value));
	else if (text_is_word(name, "departmentNumber") ||
	    text_is_word(name, "department"))
		add_group(l, value);
	for (unsigned a = 0; a < SINGLE; a++)
		if (text_is_word(name, single[a]) && l->values[a].len == 0)
			l->values[a] = value;
}

static bool
is_wanted(struct text name)
{
	static const char *const others[] = { "objectClass", "changetype", "memberOf",
		"departmentNumber", "department", "userAccountControl" };

	for (unsigned a = 0; a < SINGLE; a++)
		if (text_is_word(name, single[a]))
			return true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (text_is_word(name, others[i]))
			return true;
	return false;
}

/* What ldapsearch(1) prints beside entries without -LLL: how it ended, referrals. */
static bool
is_of_search(struct text name)
{
	return text_is_word(name, "search") || text_is_word(name, "result") ||
	    text_is_word(name, "ref");
}

static void
wrong(struct ldif *l, const char *what)
{
	l->bad = true;
	(void)reader_wrong_at(l->things.r, l->line_at, 0, "%s", what);
}

/* `name: value`, `name:: base64`, `name:< URL`; a change's `-` alone. */
static void
take_line(struct ldif *l)
{
	struct text t = writer_text(&l->line), value;
	size_t colon = text_find(t, ':', 0);
	struct text name = { t.s, colon };

	if (l->line_at == 0 || t.len == 0)
		return;
	if (colon == t.len) {
		if (!text_is(t, "-"))
			wrong(l, "want an attribute and a colon");
	} else if (colon + 1 < t.len && t.s[colon + 1] == '<') {
		if (is_wanted(name))
			wrong(l, "a value that lies in another file is not read");
	} else {
		bool coded = colon + 1 < t.len && t.s[colon + 1] == ':';
		size_t from = colon + 1 + coded;
		while (from < t.len && t.s[from] == ' ')
			from++;
		value = (struct text){ t.s + from, t.len - from };
		if (text_is_word(name, "version") && l->entry_at == 0) {
			if (!text_is(value, "1"))
				wrong(l, "want version: 1");
		} else {
			if (l->entry_at == 0) {
				l->entry_at = l->line_at;
				if (!text_is_word(name, "dn") && !is_of_search(name))
					wrong(l, "want dn: at the start of an entry");
			}
			if (!is_wanted(name))
				; /* photographs, certificates */
			else if (coded && !base64(&l->arena, value, &value))
				wrong(l, "this is no base64");
			else if (!text_is_utf8(value))
				wrong(l, "bytes that are no UTF-8");
			else
				attribute(l, name, value);
		}
	}
	l->line.len = 0;
	l->line_at = 0;
}

static struct text
all_groups(struct ldif *l)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < l->n_groups; i++) {
		put(&w, i > 0 ? ";" : "");
		for (size_t k = 0; k < l->groups[i].len; k++)
			put_char(&w,
			    l->groups[i].s[k] == ';' ? ',' : l->groups[i].s[k]);
	}
	struct text all = arena_text(&l->arena, writer_text(&w));
	(void)writer_close(&w);
	return all;
}

static struct text
either(const struct ldif *l, enum attribute a, enum attribute b)
{
	return l->values[a].len > 0 ? l->values[a] : l->values[b];
}

static void
person(struct ldif *l)
{
	struct reader *r = l->things.r;
	struct text cells[PERSON_CELLS] = {
		[PERSON_ID] = either(l, UID, SAM),
		[PERSON_NAME] = either(l, DISPLAY, CN),
		[PERSON_EMAIL] = l->values[MAIL],
		[PERSON_GROUPS] = all_groups(l),
		[PERSON_ROLE] = l->values[TITLE],
		[PERSON_RANK] = l->values[EMPLOYEE_TYPE],
		[PERSON_SITE] = either(l, SITE, LOCALITY),
	};

	if (cells[PERSON_ID].len == 0)
		cells[PERSON_ID] = l->values[MAIL];
	if (cells[PERSON_ID].len == 0) {
		(void)reader_wrong_at(r, l->entry_at, 0,
		    "a person without uid, sAMAccountName or mail");
		return;
	}
	uint64_t now = r->number;
	r->number = l->entry_at;
	if ((!l->disabled || things_left(r, &cells[PERSON_LEFT])) &&
	    things_first(&l->things, "id", cells[PERSON_ID])) {
		r->counts->records++;
		reader_row(r, PAPER_PERSON, cells);
	}
	r->number = now;
}

static void
finish(struct ldif *l)
{
	take_line(l);
	if (l->entry_at != 0 && !l->bad) {
		if (l->person && !l->machine && !l->change)
			person(l);
		else
			l->things.r->counts->other++;
	}
	memset(l->values, 0, sizeof l->values);
	l->n_groups = 0;
	l->entry_at = 0;
	l->person = l->machine = l->disabled = l->change = l->bad = false;
	arena_reset(&l->arena);
}

bool
import_ldif_is(struct text head)
{
	struct text rest = head, line;

	while (text_split(&rest, '\n', &line)) {
		line = text_trim(line);
		if (line.len == 0 || line.s[0] == '#')
			continue;
		size_t colon = text_find(line, ':', 0);
		struct text name = { line.s, colon }, value = line;
		if (colon == line.len)
			return false;
		value.s += colon + 1;
		value.len -= colon + 1;
		/* no blank need follow (RFC 2849); a name has a `=`, or is in base64 */
		return text_is_word(name, "version") ? text_is(text_trim(value), "1")
		                                     : text_is_word(name, "dn") &&
		        (text_starts(value, text_of(":")) ||
		            text_find(value, '=', 0) < value.len);
	}
	return false;
}

void
import_ldif_read(struct reader *r)
{
	struct ldif l = { .things = { .r = r } };
	bool comment = false;

	writer_to_memory(&l.line);
	while (reader_line(r)) {
		bool folded = r->line.len > 0 && r->line.s[0] == ' ';
		if (folded && comment)
			continue;
		if (folded && l.line_at != 0) {
			put_bytes(&l.line, r->line.s + 1, r->line.len - 1);
			if (l.line.len > ENTRY_MOST) {
				wrong(&l, "a value of more than a megabyte");
				l.line.len = 0;
			}
			continue;
		}
		take_line(&l);
		comment = r->line.len > 0 && r->line.s[0] == '#';
		if (r->line.len == 0) {
			finish(&l);
		} else if (!comment) {
			put_text(&l.line, r->line);
			l.line_at = r->number;
		}
	}
	if (!r->counts->stopped)
		finish(&l);
	(void)writer_close(&l.line);
	arena_free(&l.arena);
	things_end(&l.things);
}
