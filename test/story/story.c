/* SPDX-License-Identifier: ISC */
/* The story's language: one sentence a line, told by its first words. */
#include "story/story.h"

#include "story/dice.h"

enum { WORDS_MAX = 48 };

/* A sentence in words, without the commas and the full stop after them. */
struct words {
	struct text w[WORDS_MAX];
	size_t n, at;
};

/* Cuts at blanks; what stands between double quotes is one word. */
static struct words
words_of(struct text line)
{
	struct words s = { .n = 0 };
	size_t i = 0;

	while (s.n < WORDS_MAX) {
		while (i < line.len && (line.s[i] == ' ' || line.s[i] == '\t'))
			i++;
		if (i == line.len || line.s[i] == '#')
			break;
		bool quoted = line.s[i] == '"';
		size_t end = text_find(line, quoted ? '"' : ' ', i + 1);
		struct text w = { line.s + i + quoted, end - i - quoted };

		i = quoted ? end + (end < line.len) : end;
		while (!quoted && w.len > 0 &&
		    (w.s[w.len - 1] == ',' || w.s[w.len - 1] == '.'))
			w.len--;
		if (w.len > 0)
			s.w[s.n++] = w;
	}
	return s;
}

/* True, and past them, when these words come next. */
static bool
comes(struct words *s, const char *phrase)
{
	struct text rest = text_of(phrase), word;
	size_t at = s->at;

	while (text_split(&rest, ' ', &word))
		if (at >= s->n || !text_equal_word(s->w[at++], word))
			return false;
	s->at = at;
	return true;
}

static struct text
next(struct words *s)
{
	return s->at < s->n ? s->w[s->at++] : (struct text){ "", 0 };
}

static int
want(struct err *err, const char *what, struct text got)
{
	return err_set(err, "want %s, not '%.*s'", what, (int)got.len, got.s);
}

static int
number(struct words *s, unsigned long long most, unsigned long long *n, struct err *err)
{
	struct text w = next(s);

	if (!text_number(w, n) || *n > most)
		return want(err, "a number", w);
	return 0;
}

static int
day(struct words *s, int64_t *out, struct err *err)
{
	struct text w = next(s);
	struct civil c;
	bool has_time;

	if (!civil_parse(w, &c, &has_time) || has_time)
		return want(err, "a date (2023-04-01)", w);
	*out = days_from_civil(c.year, c.month, c.day);
	return 0;
}

static int
clock_time(struct words *s, int *minutes, struct err *err)
{
	struct text w = next(s), rest = w, part;
	unsigned long long h, m;

	if (!text_split(&rest, ':', &part) || !text_number(part, &h) || h > 24 ||
	    !text_number(rest, &m) || m > 59)
		return want(err, "a time of day (09:00)", w);
	*minutes = (int)(h * 60 + m);
	return 0;
}

static int
address(struct words *s, enum addr_kind kind, struct addr *out, struct err *err)
{
	struct text w = next(s);

	if (!addr_parse(w, out) || out->kind != kind)
		return want(err, "an address", w);
	return 0;
}

static int
ip4(struct words *s, uint32_t *ip, struct err *err)
{
	struct addr a;

	if (address(s, ADDR_IP4, &a, err) != 0)
		return -1;
	struct cursor c = cur_over(a.b, 4);
	*ip = cur_u32(&c);
	return 0;
}

static struct place *
place_find(struct story *st, struct text name)
{
	for (size_t i = 0; i < st->n_places; i++)
		if (text_equal(st->places[i].name, name))
			return &st->places[i];
	return NULL;
}

static struct player *
player_find(struct story *st, struct text name)
{
	for (size_t i = 0; i < st->n_players; i++)
		if (text_equal(st->players[i].name, name))
			return &st->players[i];
	return NULL;
}

/* "Segment office is RANGE, VLAN N, router IP with address MAC[, unseen]" */
static int
read_segment(struct story *st, struct words *s, struct err *err)
{
	struct place *p = &st->places[st->n_places];
	struct prefix range;
	unsigned long long vlan;

	if (st->n_places == MOST_PLACES)
		return err_set(err, "too many segments");
	p->name = next(s);
	if (!comes(s, "is") || !prefix_parse(next(s), &range) ||
	    range.net.kind != ADDR_IP4 || !comes(s, "VLAN") ||
	    number(s, 4094, &vlan, err) != 0 || !comes(s, "router"))
		return err_set(err,
		    "want `Segment NAME is RANGE, VLAN N, router "
		    "ADDRESS'");
	struct cursor c = cur_over(range.net.b, 4);
	p->net = cur_u32(&c);
	p->vlan = (uint16_t)vlan;
	if (ip4(s, &p->router, err) != 0 || !comes(s, "with address"))
		return err_set(err, "want the router's two addresses");
	if (address(s, ADDR_MAC, &p->router_mac, err) != 0)
		return -1;
	p->guests = comes(s, "for guests");
	p->unseen = comes(s, "unseen");
	st->n_places++;
	return 0;
}

/* "Person p02 is Марина Лебедева of domestic-policy": the name is for readers. */
static int
read_person(struct story *st, struct words *s, struct err *err)
{
	if (st->n_people == MOST_PEOPLE)
		return err_set(err, "too many people");
	st->people[st->n_people++] = next(s);
	if (!comes(s, "is") || comes(s, "of"))
		return err_set(err, "want `Person ID is NAME of GROUP'");
	while (s->at < s->n && !comes(s, "of"))
		s->at++;
	return next(s).len > 0 ? 0 : err_set(err, "want `of GROUP' after the name");
}

static bool
has_oui(const struct trait *t, struct addr mac)
{
	for (size_t i = 0; i < t->ouis.n; i++) {
		unsigned oui = list_number(t->ouis.item[i], 16);

		if (mac.b[0] == oui >> 16 && mac.b[1] == (oui >> 8 & 255) &&
		    mac.b[2] == (oui & 255))
			return true;
	}
	return false;
}

static int
read_person_of(struct story *st, struct words *s, struct player *p, struct err *err)
{
	struct text id = next(s);

	if (text_is(id, "nobody"))
		return 0;
	for (size_t i = 0; i < st->n_people; i++)
		if (text_equal(st->people[i], id)) {
			p->person = id;
			return 0;
		}
	return want(err, "a person of the story, or `nobody'", id);
}

/* One of the things that may follow the address; false when none does. */
static bool
read_trait(struct words *s, struct player *p, struct err *err, int *failed)
{
	unsigned long long n = 0;

	if (comes(s, "named")) {
		p->host = p->called = next(s);
	} else if (comes(s, "called")) {
		p->called = next(s);
	} else if (comes(s, "with DUID")) {
		p->client_id = next(s);
		p->duid = true;
	} else if (comes(s, "with client id")) {
		p->client_id = next(s);
	} else if (comes(s, "with account")) {
		p->account = next(s);
	} else if (comes(s, "wired address")) {
		*failed = address(s, ADDR_MAC, &p->wired, err);
	} else if (comes(s, "changing by segment")) {
		p->by_segment = true;
	} else if (comes(s, "changing every")) {
		*failed = number(s, 366, &n, err) != 0 || !comes(s, "days")
		    ? err_set(err, "want `changing every N days'")
		    : 0;
		p->changes = (unsigned)n;
	} else {
		return false;
	}
	return *failed == 0;
}

struct addr
mac_of(const struct story *st, const struct player *p, const struct plan *plan,
    int64_t day)
{
	struct addr mac = p->mac;

	if (plan->wired)
		return p->wired;
	if (p->changes == 0 && !p->by_segment)
		return mac;
	uint64_t age = p->changes > 0 ? (uint64_t)(day - st->first_day) / p->changes
	                              : 0;
	uint64_t where = p->by_segment ? plan->place->vlan : 0;
	if (age == 0 && (where == 0 || plan->place == st->places))
		return mac; /* the one that the story tells */
	struct dice d = dice_for(st->seed, p->name, where << 20 | age << 8 | 61);
	uint64_t bits = dice_throw(&d);
	for (int i = 0; i < 6; i++)
		mac.b[i] = (uint8_t)(bits >> i * 8);
	mac.b[0] = (uint8_t)((mac.b[0] & 0xfc) | 2);
	return mac;
}

/* "Device NAME is a KIND of P, [private] address MAC[, named H][, called "N"] …" */
static int
read_device(struct story *st, struct words *s, struct err *err)
{
	struct player *p = &st->players[st->n_players];

	if (st->n_players == MOST_DEVICES)
		return err_set(err, "too many devices");
	p->name = next(s);
	if (!comes(s, "is a") && !comes(s, "is an"))
		return err_set(err, "want `Device NAME is a KIND of PERSON'");
	struct text kind = next(s);
	if ((p->trait = trait_find(&st->traits, kind)) == NULL)
		return want(err, "a kind of traits.tsv", kind);
	if (!comes(s, "of") || read_person_of(st, s, p, err) != 0)
		return err_set(err, "want `of PERSON' or `of nobody'");
	bool private = comes(s, "private");
	if (!comes(s, "address") || address(s, ADDR_MAC, &p->mac, err) != 0)
		return err_set(err, "want `address MAC' or `private address MAC'");
	if (private ? !addr_is_local_admin(p->mac) : !has_oui(p->trait, p->mac))
		return err_set(err, "the address is not of this maker, or not private");
	int failed = 0;
	while (read_trait(s, p, err, &failed))
		;
	if (failed)
		return -1;
	if ((p->changes > 0 || p->by_segment) && !private)
		return err_set(err, "only a private address changes");
	p->number = (unsigned)++st->n_players;
	return 0;
}

/* What follows "NAME is in SEGMENT". */
static int
read_when(struct story *st, struct words *s, struct plan *p, struct err *err)
{
	unsigned long long minutes;

	p->first_day = st->first_day;
	p->last_day = st->last_day;
	p->from = 9 * 60;
	p->until = 18 * 60;
	if (comes(s, "at")) {
		p->sharp = true;
		if (day(s, &p->first_day, err) != 0 ||
		    clock_time(s, &p->from, err) != 0 || !comes(s, "for") ||
		    number(s, 1440, &minutes, err) != 0 || !comes(s, "minutes"))
			return err_set(err, "want `at DATE TIME for N minutes'");
		p->last_day = p->first_day;
		p->until = p->from + (int)minutes;
		return 0;
	}
	p->workdays = comes(s, "on workdays");
	if (!p->workdays && !comes(s, "every day"))
		return err_set(err, "want `on workdays', `every day' or `at DATE'");
	if (comes(s, "from") && day(s, &p->first_day, err) != 0)
		return -1;
	if (comes(s, "to") && day(s, &p->last_day, err) != 0)
		return -1;
	if (comes(s, "between") &&
	    (clock_time(s, &p->from, err) != 0 || !comes(s, "and") ||
	        clock_time(s, &p->until, err) != 0))
		return -1;
	return 0;
}

static int
read_plan(struct story *st, struct words *s, struct err *err)
{
	struct plan *p = &st->plans[st->n_plans];
	struct text name = next(s);

	if (st->n_plans == MOST_PLANS)
		return err_set(err, "too many stays");
	if ((p->player = player_find(st, name)) == NULL)
		return want(err,
		    "a device of the story, or the first word of a "
		    "sentence",
		    name);
	if (comes(s, "is behind")) {
		name = next(s);
		if ((p->behind = player_find(st, name)) == NULL || !comes(s, "in"))
			return want(err, "a device of the story, and `in SEGMENT'",
			    name);
	} else if (comes(s, "is wired in")) {
		p->wired = p->player->wired.kind == ADDR_MAC;
		if (!p->wired)
			return err_set(err, "it has no wired address");
	} else if (!comes(s, "is in")) {
		return err_set(err, "want `is in SEGMENT'");
	}
	name = next(s);
	if ((p->place = place_find(st, name)) == NULL)
		return want(err, "a segment of the story", name);
	st->n_plans++;
	return read_when(st, s, p, err);
}

static int
read_service(struct story *st, struct words *s, struct err *err)
{
	struct service *v = &st->services[st->n_services];

	if (st->n_services == MOST_PLACES)
		return err_set(err, "too many services");
	v->host = next(s);
	if (!comes(s, "is at"))
		return err_set(err, "want `Service HOST is at ADDRESS'");
	st->n_services++;
	return ip4(s, &v->ip, err);
}

static int
read_sentence(struct story *st, struct words *s, struct err *err)
{
	unsigned long long n;

	if (comes(s, "The seed is")) {
		if (number(s, UINT32_MAX, &n, err) != 0)
			return -1;
		st->seed = n;
		return 0;
	}
	if (comes(s, "The story runs from"))
		return day(s, &st->first_day, err) != 0 || !comes(s, "to") ||
		        day(s, &st->last_day, err) != 0
		    ? err_set(err, "want `from DATE to DATE'")
		    : 0;
	if (comes(s, "The clocks are")) {
		if (number(s, 14, &n, err) != 0)
			return -1;
		st->hours_ahead = (int)n;
		return comes(s, "hours ahead of UTC")
		    ? 0
		    : err_set(err, "want `hours ahead of UTC'");
	}
	if (comes(s, "Segment"))
		return read_segment(st, s, err);
	if (comes(s, "Service"))
		return read_service(st, s, err);
	if (comes(s, "Person"))
		return read_person(st, s, err);
	if (comes(s, "Device"))
		return read_device(st, s, err);
	return read_plan(st, s, err);
}

int
story_read(struct story *st, const char *file, struct err *err)
{
	struct text all = slurp(&st->arena, file, err), line;
	unsigned n = 0;

	st->file = file;
	if (all.s == NULL)
		return -1;
	while (text_split(&all, '\n', &line)) {
		struct words s = words_of(line);

		n++;
		if (s.n == 0)
			continue;
		if (read_sentence(st, &s, err) != 0)
			return err_before(err, "%s: line %u", file, n);
		if (s.at < s.n && !text_is_word(s.w[0], "The")) {
			(void)want(err, "the end of the sentence", s.w[s.at]);
			return err_before(err, "%s: line %u", file, n);
		}
	}
	return 0;
}
