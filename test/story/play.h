/* SPDX-License-Identifier: ISC */
#ifndef STORY_PLAY_H
#define STORY_PLAY_H

#include "story/story.h"
#include "story/wire.h"

/* Plays every stay of the story onto the film. */
void play(struct story *, struct film *);

#endif
