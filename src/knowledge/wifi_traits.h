/* SPDX-License-Identifier: ISC */
#ifndef KNOWLEDGE_WIFI_TRAITS_H
#define KNOWLEDGE_WIFI_TRAITS_H

#include "base/text.h"

/*
 * The traits of a signature of 802.11, by structure alone; what one is worth, rows of
 * wifi.tsv say. Of the probe request they start with `p`, of the association request
 * with `a`:
 *
 *	p            this half was seen
 *	p:45         an element, p:221(0050f2,4) one of a vendor
 *	p:45>127     one behind another
 *	p:htcap:016e a field with its value
 *	p:htcap.5    a bit that is set in a field (extcap, htcap, vhtcap)
 *	a:txpow/0d   a byte of the power range
 *	a:radio:v2   of 802.11ac (v), 802.11n (h) or older (-), with two streams
 *	p:wps:SM     the letters that a WPS model name starts with
 */
enum { WIFI_TRAITS_MAX = 256, WIFI_TRAIT_TEXT = 48 };

struct wifi_traits {
	size_t n;
	struct {
		char s[WIFI_TRAIT_TEXT];
		size_t len;
	} list[WIFI_TRAITS_MAX]; /* each once */
};

/* One half; `which` is 'p' or 'a'. Adds to what is there. */
void wifi_traits_add(struct wifi_traits *, char which, struct text half);
/* Both halves of `wifi4|probe:...|assoc:...`; what may follow is not looked at. */
void wifi_traits_signature(struct wifi_traits *, struct text signature);

#endif
