/* SPDX-License-Identifier: ISC */
/* Which apps a device was seen to contact the services of, or to have. */
#include <stdlib.h>
#include <string.h>

#include "base/unset.h"
#include "device/register.h"

enum { APPS_MAX = 64 };

static int
app_order(const void *left, const void *right)
{
	const struct app *a = left, *b = right;
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.s, b->name.s, n);

	return order != 0 ? order
	                  : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

/* False when there is no room for it. */
static bool
note(struct app *apps, size_t *n, struct text name, const struct saying *e, bool speaks)
{
	struct app *a = apps;

	while (a < apps + *n && !text_equal_word(a->name, name))
		a++;
	if (a == apps + APPS_MAX)
		return false;
	if (a == apps + *n) {
		*a = (struct app){ .name = name, .first = e->first, .last = e->last };
		++*n;
	}
	a->first = e->first < a->first ? e->first : a->first;
	a->last = e->last > a->last ? e->last : a->last;
	a->speaks |= speaks;
	if (!speaks)
		a->contacts = e->count < UINT32_MAX - a->contacts
		    ? a->contacts + e->count
		    : UINT32_MAX;
	return true;
}

/* What names several apps names none of them for sure. False when one is left out. */
static bool
note_saying(struct app *apps, size_t *n, const struct value *v, const struct saying *s)
{
	bool speaks = strcmp(fact_family((enum fact_key)v->key), "names") != 0;
	bool all = true;

	for (size_t r = 0; r < v->n_rows; r++)
		for (size_t c = 0; c < v->rows[r]->n_claims; c++) {
			const struct claim *claim = &v->rows[r]->claims[c];
			if (claim->attribute != ATTR_APP || claim->weight <= 0)
				continue;
			all &= claim->n == 1 &&
			    note(apps, n, claim->values[0], s, speaks);
		}
	return all;
}

void
device_apps(struct register_ *r, struct device *d, const struct saying *s,
    size_t n_said)
{
	struct app apps[APPS_MAX] UNSET;
	size_t n = 0;

	for (size_t i = 0; i < n_said; i++)
		d->more_apps |= !note_saying(apps, &n, value_at(r, s[i].value), &s[i]);
	if (n == 0)
		return;
	qsort(apps, n, sizeof *apps, app_order);
	d->apps = arena_take(&r->settled, n * sizeof *d->apps);
	memcpy(d->apps, apps, n * sizeof *d->apps);
	d->n_apps = n;
}
