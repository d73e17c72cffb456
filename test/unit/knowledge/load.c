/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knowledge/rule.h"
#include "test.h"

static const char priors[] = "# vendor\tos\tkind\tprior\tsource\n"
                             "Apple\tiOS\tphone\t2\tx\n"
                             "Samsung\tAndroid\tphone\t2\tx\n"
                             "other\tother\tother\t4\tx\n";
static const char header[] =
    "# id\tkey\tmatch\tpattern\tsays\tfamily\tsource\tlicence\t"
    "example\tcounterexample\n";

/* The complaint about a table of one row, or "" when there is none. */
static const char *
complaint(const char *row, char buf[512])
{
	struct knowledge *k = must_alloc(1, sizeof *k);
	struct err err = { "" };
	struct writer w;

	writer_to_memory(&w);
	put(&w, header);
	put(&w, row);
	OK(priors_read(k, "priors.tsv", text_of(priors), &err) == 0);
	if (table_read(k, "t.tsv", writer_text(&w), &err) == 0)
		err.line[0] = '\0';
	(void)snprintf(buf, 512, "%s", err.line);
	(void)writer_close(&w);
	knowledge_free(k);
	return buf;
}

TEST(a_wrong_row_is_named_with_its_file_line_and_fault)
{
	char buf[512];

	SAME(complaint("a\tdhcp.hostname\texact\tx\tvendor=Apple:3\t\ts\tl\tx\t\n",
	         buf),
	    "");
	SAME(complaint("a\tdhcp.hostnam\texact\tx\tvendor=Apple:3\t\ts\tl\tx\t\n", buf),
	    "t.tsv: line 2: no fact is called 'dhcp.hostnam'");
	SAME(complaint("a\tdhcp.hostname\texakt\tx\tvendor=Apple:3\t\ts\tl\tx\t\n",
	         buf),
	    "t.tsv: line 2: no way to match is called 'exakt'");
	SAME(complaint("a\tdhcp.hostname\texact\tx\tvendor=Aple:3\t\ts\tl\tx\t\n", buf),
	    "t.tsv: line 2: priors.tsv has no vendor 'Aple'");
	SAME(complaint("a\tdhcp.hostname\texact\tx\tvendor=Apple\t\ts\tl\tx\t\n", buf),
	    "t.tsv: line 2: the claim 'vendor=Apple' has no weight");
	SAME(complaint("a\tdhcp.hostname\texact\tx\tvendor=Apple:19\t\ts\tl\tx\t\n",
	         buf),
	    "t.tsv: line 2: the weight 19 is beyond ln 1000000");
	SAME(complaint("a\tdhcp.hostname\texact\tx\n", buf),
	    "t.tsv: line 2: want 10 fields, with a tab between");
	SAME(complaint("a\tdhcp.hostname\tpcre\t(\tvendor=Apple:3\t\ts\tl\tx\t\n", buf),
	    "t.tsv: line 2: the regular expression is wrong at character 2: missing "
	    "closing parenthesis");
	SAME(complaint("a\tdhcp.hostname\texact\tx\tkind=phone:2 vendor=Apple:3\t\ts\tl"
	               "\tx\t\n",
	         buf),
	    "t.tsv: line 2: the claim on vendor stands behind that on kind");
}

TEST(an_organisation_of_the_registry_becomes_a_row_of_its_own)
{
	struct err err = { "" };
	const struct row *rows[MATCHES_MAX];
	struct addr mac, local;
	struct knowledge *k = knowledge_load("share/knowledge", "/usr/share/ieee-data",
	    &err);

	if (k == NULL) {
		(void)printf("no OUI registry here: not tried\n");
		return;
	}
	OK(addr_parse(text_of("c4:61:8b:35:82:a9"), &mac));
	EQ(knowledge_match_mac(k, mac, rows), 1);
	SAME(rows[0]->id, "oui/c4618b");
	SAME(rows[0]->claims[0].values[0].s, "Apple");
	OK(addr_parse(text_of("9a:4b:87:d9:e9:6e"), &local));
	EQ(knowledge_match_mac(k, local, rows), 1);
	SAME(rows[0]->id, "oui.prefix/local");
	OK(strlen(knowledge_date(k)) == 10 && strlen(knowledge_digest(k)) == 64);
	knowledge_free(k);
}

TEST(a_list_prefix_ends_at_a_comma)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);
	const struct row *rows[MATCHES_MAX];

	EQ(knowledge_match(k, FACT_DHCP_PARAMETERS, text_of("1,121,3,6,15,9"), rows),
	    1);
	SAME(rows[0]->id, "dhcp.parameters/apple");
	EQ(knowledge_match(k, FACT_DHCP_PARAMETERS, text_of("11,121,3,6,15"), rows), 0);
	EQ(knowledge_match(k, FACT_DHCP_PARAMETERS, text_of("1,121,3,6,150"), rows), 0);
	OK(knowledge_is_default_name(k, text_of("iPhone")));
	OK(!knowledge_is_default_name(k, text_of("Lucas-iPhone")));
	knowledge_free(k);
}

TEST(what_a_user_agent_says_of_itself_is_read_by_structure)
{
	static const struct {
		const char *ua, *os, *version, *model;
	} cases[] = {
		{ "Dalvik/2.1.0 (Linux; U; Android 9; Moto G (7) Build/OPPS28.65-37)",
		    "Android", "9", "Moto G (7)" },
		{ "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
		  "Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
		    "Android", "", "" },
		{ "Instagram 7.1.1 Android (19/4.4.2; 480dpi; 1080x1920; samsung; "
		  "GT-I9505; jflte; qcom; it_IT)",
		    "Android", "4.4.2", "GT-I9505" },
		{ "server-bag [iPhone OS,6.1,10B144,iPhone3,2]", "iOS", "6.1",
		    "iPhone3,2" },
		{ "com.google.ios.youtube/19.25.3 (iPhone15,4; U; CPU iOS 17_5_1 like "
		  "Mac OS X; de_DE)",
		    "iOS", "17.5.1", "iPhone15,4" },
		/* A build behind the version, and no model behind that. */
		{ "Snapchat/12.87.0.40 (SM-S918B; Android 14#S918BXXS3BXD1#34; gzip; )",
		    "Android", "14", "SM-S918B" },
		/* Its row knows two makers; the string says which one. */
		{ "Mozilla/5.0 (Linux; U; Android 4.4.2; zh-cn; CHE-TL00H Build/"
		  "HonorCHE-TL00H) AppleWebKit/533.1 (KHTML, like Gecko)",
		    "Android", "4.4.2", "CHE-TL00H" },
		{ "App/3 iPhone12,1 iOS/16.5.1 CFNetwork/1408.0.4 Darwin/22.5.0", "iOS",
		    "16.5.1", "iPhone12,1" },
	};
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *os = "", *version = "", *model = "";
		const struct row *rows[MATCHES_MAX];
		size_t n = knowledge_match(k, FACT_HTTP_USER_AGENT,
		    text_of(cases[i].ua), rows);
		for (size_t r = 0; r < n; r++)
			for (size_t c = 0; c < rows[r]->n_claims; c++) {
				const struct claim *claim = &rows[r]->claims[c];
				if (claim->attribute == ATTR_OS)
					os = claim->values[0].s;
				if (claim->attribute == ATTR_VERSION &&
				    claim->min != NULL)
					version = claim->min;
				if (claim->attribute == ATTR_MODEL)
					model = claim->values[0].s;
			}
		SAME(os, cases[i].os);
		SAME(version, cases[i].version);
		SAME(model, cases[i].model);
	}
	knowledge_free(k);
}
