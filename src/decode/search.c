/* SPDX-License-Identifier: ISC */
/*
 * Answers to a search of SSDP or WS-Discovery go to the port that asked, and may come
 * from any (UPnP Device Architecture 1.1 section 1.3.3; SOAP-over-UDP 1.1 section 3.2):
 * neither is the protocol's own, so they are known by how they begin.
 */
#include "decode/walk.h"

enum { PORT_SSDP = 1900, PORT_WSD = 3702 };

void
walk_search_answer(struct walk *w, struct cursor c)
{
	static const struct text head = { "HTTP/1.1 200", 12 };

	if (cur_peek(&c, 0) == '<')
		(void)walk_offer(w, ON_UDP, PORT_WSD, c);
	else if (cur_peek(&c, 0) == 'H' && text_starts(text_from(c), head))
		(void)walk_offer(w, ON_UDP, PORT_SSDP, c);
}
