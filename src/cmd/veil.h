/* SPDX-License-Identifier: ISC */
#ifndef CMD_VEIL_H
#define CMD_VEIL_H

#include "report/report.h"
#include "store/store.h"

/*
 * Entries of the ledger under pseudonyms: the same ones as in a report under that key.
 * It is shown every entry once, so that it knows whom they name, then prints them.
 */
struct veil;

/*
 * The key of the file that --pseudonyms names; NULL where it names none. False with err
 * when there is none in it. Warns when others may read it.
 */
bool veil_key(const char *command, const char *keyfile, struct pseudonyms **,
    struct err *);

struct veil *veil_new(const struct pseudonyms *);
void veil_free(struct veil *);
void veil_learn(struct veil *, const struct entry *);
/* The body, as JSON. */
void veil_body(struct veil *, struct writer *, const struct entry *);
/* Who wrote it down: the name of an account is a person's. */
const char *veil_actor(struct veil *, struct text actor, char buf[64]);

#endif
