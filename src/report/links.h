/* SPDX-License-Identifier: ISC */
#ifndef REPORT_LINKS_H
#define REPORT_LINKS_H

#include "report/view.h"

/* "a and b are one device, p 0.990"; "… are likely one device, p 0.83; not joined". */
const char *spell_link(struct view *, const struct link *);
const char *spell_link_why(struct view *, const struct link *);
/* The links of all devices, each once. */
size_t links_count(const struct view *);
void links_print(struct view *, struct writer *, unsigned width);

#endif
