/* SPDX-License-Identifier: ISC */
#ifndef DECODE_XML_H
#define DECODE_XML_H

#include "decode/line.h"

/*
 * The elements of an XML document that hold text and nothing else, in their order.
 * What devices send is often not well-formed, so there is no tree and no error:
 * prefixes of namespaces, attributes, comments and declarations are passed over, and
 * what cannot be an element is skipped to the next `<`.
 */
struct xml {
	struct text rest;
};

struct xml_element {
	struct text name; /* without its prefix */
	struct text raw;  /* blanks around it taken off; entities as they came */
	bool literal;     /* it was CDATA: nothing in it is an entity */
};

bool xml_next(struct xml *, struct xml_element *);

/* The text with its entities read; one that is not known stays as it is. */
void xml_put(struct line *, const struct xml_element *);

#endif
