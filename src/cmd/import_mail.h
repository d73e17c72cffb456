/* SPDX-License-Identifier: ISC */
#ifndef CMD_IMPORT_MAIL_H
#define CMD_IMPORT_MAIL_H

#include "base/arena.h"
#include "base/slots.h"
#include "base/text.h"

/*
 * Inventories name a holder by the mail address of an account, where the roster has an
 * id: whose address it is. One that several persons have is nobody's.
 */
struct mails {
	struct arena *arena;
	struct slots by_mail;
	struct mail *list;
	size_t n, cap;
};

void mails_end(struct mails *);
/* A row of the roster, as the ledger has it. */
void mails_add(struct mails *, struct text body);
struct text mails_id(const struct mails *, struct text mail); /* s NULL: nobody's */

#endif
