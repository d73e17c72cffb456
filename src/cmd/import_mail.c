/* SPDX-License-Identifier: ISC */
#include "cmd/import_mail.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "store/store.h"

enum { MAIL_SEED = 0x6d };

struct mail {
	struct text mail, id; /* id.s NULL: of several */
};

void
mails_end(struct mails *m)
{
	slots_free(&m->by_mail);
	free(m->list);
}

static struct mail *
find(const struct mails *m, struct text mail)
{
	size_t at;
	uint64_t hash = hash_word(mail, MAIL_SEED);

	for (uint32_t i = slots_first(&m->by_mail, hash, &at); i != SLOT_NONE;
	     i = slots_next(&m->by_mail, hash, &at))
		if (text_equal_word(m->list[i].mail, mail))
			return &m->list[i];
	return NULL;
}

void
mails_add(struct mails *m, struct text body)
{
	struct text id = body_get(body, "id", m->arena);
	struct text mail = body_get(body, "email", m->arena);
	struct mail *had;

	if (mail.len == 0)
		return;
	if ((had = find(m, mail)) != NULL) {
		if (had->id.s != NULL && !text_equal(had->id, id))
			had->id = (struct text){ NULL, 0 };
		return;
	}
	if (m->n == m->cap) {
		m->cap = m->cap > 0 ? m->cap * 2 : 256;
		m->list = must_grow(m->list, m->cap, sizeof *m->list);
	}
	m->list[m->n] = (struct mail){ mail, id };
	slots_add(&m->by_mail, hash_word(mail, MAIL_SEED), (uint32_t)m->n++);
}

struct text
mails_id(const struct mails *m, struct text mail)
{
	const struct mail *found = find(m, mail);

	return found != NULL ? found->id : (struct text){ NULL, 0 };
}
