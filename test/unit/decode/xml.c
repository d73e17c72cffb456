/* SPDX-License-Identifier: ISC */
#include "decode/xml.h"
#include "test.h"

/* The elements as `name=text;`. */
static const char *
elements(const char *document)
{
	static char out[512];
	struct line l = line_over(out, sizeof out - 1);
	struct xml x = { text_of(document) };
	struct xml_element e;

	while (xml_next(&x, &e)) {
		line_put(&l, e.name);
		line_char(&l, '=');
		xml_put(&l, &e);
		line_char(&l, ';');
	}
	out[l.len] = '\0';
	return out;
}

TEST(elements_that_hold_text_are_found_at_any_depth)
{
	SAME(elements("<?xml version=\"1.0\"?><a><b>one</b><c>two</c></a>"),
	    "b=one;c=two;");
	SAME(elements("<s:a xmlns:s=\"u\"><s:b k=\"1>2\" j='x'>\r\n one\t</s:b></s:a>"),
	    "b=one;");
	SAME(elements("<a><b/><c></c><d>x</d></a>"), "c=;d=x;");
}

TEST(entities_are_read_and_unknown_ones_stay)
{
	SAME(elements("<a>Ann &amp; Bob&#39;s &lt;TV&gt; &#xe9;&#8364;</a>"),
	    "a=Ann & Bob's <TV> \xc3\xa9\xe2\x82\xac;");
	SAME(elements("<a>&nbsp; &; &#x110000; &#0; R&D</a>"),
	    "a=&nbsp; &; &#x110000; &#0; R&D;");
	SAME(elements("<a><![CDATA[ 1 < 2 &amp; ]]></a>"), "a=1 < 2 &amp;;");
}

TEST(what_is_not_xml_is_passed_over)
{
	SAME(elements(""), "");
	SAME(elements("<"), "");
	SAME(elements("<<<a>x</a>"), "a=x;");
	SAME(elements("<a>x</b><c>y</c>"), "c=y;");
	SAME(elements("<!-- <a>no</a> --><b>yes</b>"), "b=yes;");
	SAME(elements("<!-- <a>no</a>"), "");
	SAME(elements("<a k=\"never closed>x</a><b>y</b>"), "");
	SAME(elements("<a>cut of"), "");
}
