/* SPDX-License-Identifier: ISC */
/* What the lists of the site say of a device: `list is`, `country is`. */
#include "directive/classtree.h"

#include <string.h>
#include <strings.h>

static enum truth
both(enum truth a, enum truth b)
{
	if (a == FALSE_ || b == FALSE_)
		return FALSE_;
	return a == UNDECIDED || b == UNDECIDED ? UNDECIDED : TRUE_;
}

static bool
has_word(const char *all, struct text word)
{
	struct text rest = text_of(all), one;

	if (text_is_word(word, all))
		return true;
	while (word.len > 0 && text_split(&rest, ' ', &one)) {
		while (one.len > 0 && strchr(",;", one.s[one.len - 1]) != NULL)
			one.len--;
		if (text_equal_word(one, word))
			return true;
	}
	return false;
}

/* A product is the model or the OS, as catalogues name them: "iOS, iPadOS, macOS". */
static enum truth
product_is(struct view *v, const char *product)
{
	enum truth model = view_model_is(v, text_of(product));

	if (model == TRUE_ || has_word(product, v->word[CLASS_OS]))
		return TRUE_;
	if (model == UNDECIDED)
		v->why = "the list has its maker; whether this product, is not known";
	return model;
}

static enum truth
row_is(struct view *v, const struct list *list, const struct list_row *row)
{
	const struct {
		enum class_attribute attribute;
		const char *word;
	} words[] = { { CLASS_VENDOR, row->vendor }, { CLASS_KIND, row->kind },
		{ CLASS_OS, row->os } };
	enum truth all = TRUE_;

	if (row->ends != TIME_NONE && row->ends > v->data->at)
		return FALSE_;
	for (size_t i = 0; i < 3 && all != FALSE_; i++)
		if (words[i].word != NULL)
			all = both(all,
			    view_word_is(v, words[i].attribute,
			        text_of(words[i].word)));
	if (all != FALSE_ && row->product != NULL)
		all = both(all, product_is(v, row->product));
	if (all != FALSE_ && row->app != NULL)
		all = both(all, view_app_is(v, text_of(row->app)));
	if (all != FALSE_ && row->below.n > 0)
		all = both(all, view_version_is(v, "<", &row->below));
	if (all != TRUE_ || !list->without_versions)
		return all;
	v->why = "product listed, version not judged";
	return UNDECIDED;
}

/* On the list by itself: a row with one of its addresses or names. */
static enum truth
is_named(struct view *v, const struct list *list)
{
	const struct device *d = v->device;
	char buf[ADDR_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < d->n_macs && n == 0; i++)
		(void)list_of_identifier(list, text_of(addr_print(d->macs[i], buf)),
		    &n);
	for (size_t i = 0; i < d->n_labels && n == 0; i++)
		(void)list_of_identifier(list, d->labels[i].value, &n);
	return n > 0 ? TRUE_ : FALSE_;
}

static enum truth
any_row(struct view *v, const struct list *list, const struct list_row *const *rows,
    size_t n, enum truth any)
{
	for (size_t i = 0; i < n && any != TRUE_; i++) {
		enum truth one = row_is(v, list, rows[i]);
		any = one == FALSE_ ? any : one;
	}
	return any;
}

enum truth
view_on_list(struct view *v, struct text name)
{
	const struct list *list = v->data == NULL
	    ? NULL
	    : list_find(v->data->lists, v->data->n_lists, name);
	size_t n;

	if (list == NULL || v->device == NULL)
		return UNDECIDED;
	enum truth any = is_named(v, list);
	if (any == TRUE_)
		return any;
	const struct list_row *const *rows = list_of_vendor(list, v->word[CLASS_VENDOR],
	    &n);
	any = any_row(v, list, rows, n, any);
	any = any_row(v, list, list->others, list->n_others, any);
	if (any == FALSE_ && list->strangers && text_is(v->word[CLASS_VENDOR], "other"))
		any = UNDECIDED; /* its maker may be one that only the list knows */
	return any;
}

/* What lists say of a maker's country, as far as any of them does. */
enum truth
view_of_country(struct view *v, struct text country)
{
	bool any = false;
	size_t n;

	for (size_t i = 0; v->data != NULL && i < v->data->n_lists; i++) {
		const struct list_row *const *rows = list_of_vendor(v->data->lists[i],
		    v->word[CLASS_VENDOR], &n);
		for (size_t k = 0; k < n; k++) {
			if (rows[k]->country == NULL)
				continue;
			any = true;
			if (text_is_word(country, rows[k]->country))
				return TRUE_;
		}
	}
	if (!any && v->data != NULL && v->data->n_lists > 0)
		v->why = "no list says of which country its maker is";
	return any ? FALSE_ : UNDECIDED;
}

/* An app that no list has is of no country: such a list is open, and says whom it
 * means. */
enum truth
view_of_app_country(struct view *v, struct text country)
{
	bool any = false;

	if (v->device == NULL)
		return UNDECIDED;
	for (size_t i = 0; v->data != NULL && i < v->data->n_lists; i++) {
		const struct list *list = v->data->lists[i];
		for (size_t k = 0; k < list->n_others; k++) {
			const struct list_row *row = list->others[k];
			if (row->app == NULL || row->country == NULL)
				continue;
			any = true;
			if (text_is_word(country, row->country) &&
			    view_app_is(v, text_of(row->app)) == TRUE_)
				return TRUE_;
		}
	}
	if (any && v->device->hides != 0)
		v->why = "it hides names, and none of those seen is of such an app";
	return any && v->device->hides == 0 ? FALSE_ : UNDECIDED;
}

static bool
part_asks(const struct class_part *e)
{
	if (e->node == CLASS_TEST)
		return e->attribute == CLASS_APP || e->attribute == CLASS_APP_COUNTRY;
	for (const struct class_part *m = e->first; m != NULL; m = m->next)
		if (part_asks(m))
			return true;
	return false;
}

bool
class_asks_for_apps(const struct class *c)
{
	return part_asks(c->root);
}

static bool
app_is_of(struct text app, struct text country, const struct class_data *data)
{
	for (size_t i = 0; data != NULL && i < data->n_lists; i++)
		for (size_t k = 0; k < data->lists[i]->n_others; k++) {
			const struct list_row *row = data->lists[i]->others[k];
			if (row->app != NULL && row->country != NULL &&
			    text_is_word(app, row->app) &&
			    text_is_word(country, row->country))
				return true;
		}
	return false;
}

static bool
part_means(const struct class_part *e, struct text app, const struct class_data *data)
{
	if (e->node == CLASS_NOT)
		return false; /* what an order leaves out it does not mean */
	for (const struct class_part *m = e->first; m != NULL; m = m->next)
		if (part_means(m, app, data))
			return true;
	for (size_t i = 0; e->node == CLASS_TEST && !e->negated && i < e->n; i++)
		if ((e->attribute == CLASS_APP &&
		        text_equal_word(app, e->values[i].text)) ||
		    (e->attribute == CLASS_APP_COUNTRY &&
		        app_is_of(app, e->values[i].text, data)))
			return true;
	return false;
}

bool
class_means_app(const struct class *c, struct text app, const struct class_data *data)
{
	return part_means(c->root, app, data);
}
