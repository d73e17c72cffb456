/* SPDX-License-Identifier: ISC */
#ifndef KNOWLEDGE_USER_AGENT_H
#define KNOWLEDGE_USER_AGENT_H

#include <string.h>

#include "knowledge/rule.h"

/* What the readers of a User-Agent share: where its words stand, and its versions. */
static inline const char *
find(struct text t, const char *what)
{
	return t.len > 0 ? memmem(t.s, t.len, what, strlen(what)) : NULL;
}

static inline bool
has(struct text t, const char *what)
{
	return find(t, what) != NULL;
}

/* What stands behind `what`, or an empty text. */
static inline struct text
behind(struct text t, const char *what)
{
	const char *hit = find(t, what);

	if (hit == NULL)
		return (struct text){ NULL, 0 };
	hit += strlen(what);
	return (struct text){ hit, (size_t)(t.s + t.len - hit) };
}

static inline bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Digits with points (or underscores) between, at the start of t. */
struct text ua_version_at(struct text t);
/* With points, in buf; at most `parts` of them. */
struct text ua_dotted(struct text v, unsigned parts, char buf[32]);
unsigned ua_major(struct text v);
/* The row `ua.form` of this name; false when there is none. */
bool ua_form(struct knowledge *, const char *name, struct made *);
struct text ua_version_of_level(struct text v);
/* Whether a model in a WPS element is surely one of an Android; series: the same,
 * folded. */
bool ua_line_is_clear(struct knowledge *, struct text model, struct text series);
void ua_set_version(struct knowledge *, struct made *, struct text v, unsigned parts);

/* user_agent_words.c: words that name a kind of thing, and the code of a set. */
bool ua_has_word(struct text, const char *word); /* no letter before it, none behind */
bool ua_says_tv(struct text);
bool ua_is_tv_browser(struct text);
bool ua_is_set(struct text model);
bool ua_says_tablet(struct text);
bool ua_says_phone(struct text);
bool ua_says_box(struct text, bool mobile);

/* user_agent_apple.c: what names an iPhone, iPad, iPod; CFNetwork; Macintosh. */
bool ios_read(struct knowledge *, struct text ua, struct made *);
bool cfnetwork_read(struct knowledge *, struct text ua, struct made *);
bool mac_read(struct knowledge *, struct text ua, struct made *);
bool mac_is_named(struct text ua); /* macOS, Mac OS X, in an app's manner */

/* user_agent_maker.c: how many bytes a maker's name has at the beginning, or 0. */
size_t maker_begins(struct knowledge *, struct text, unsigned *at);
/* The same of one that makes Androids, into `out` with the row of such names. */
size_t maker_named(struct knowledge *, struct text model, struct made *out);
bool maker_built(struct knowledge *, struct text build, struct made *out);
bool maker_listed(struct knowledge *, struct text ua, struct made *out);

#endif
