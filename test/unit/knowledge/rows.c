/* SPDX-License-Identifier: ISC */
#include "knowledge/knowledge.h"

#include <stdio.h>
#include <string.h>

#include "knowledge/rule.h"
#include "test.h"

static struct knowledge *
load(void)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	if (!OK(k != NULL))
		(void)printf("\t%s\n", err.line);
	return k;
}

/* Whether this rule is among those that match the value under one of its keys. */
static bool
found(struct knowledge *k, const struct rule *r, struct text value)
{
	struct hit hits[TABLES_MAX];

	for (unsigned key = 1; key < KEYS; key++) {
		if (!key_set_has(&r->keys, key))
			continue;
		size_t n = rules_match(k, key, value, hits);
		for (size_t i = 0; i < n; i++)
			if (hits[i].rule->row.id == r->row.id)
				return true;
	}
	return false;
}

TEST(the_example_of_every_row_matches_it_and_the_counterexample_does_not)
{
	struct knowledge *k = load();

	for (size_t t = 0; k != NULL && t < k->n_tables; t++)
		for (size_t i = 0; i < k->tables[t].n; i++) {
			const struct rule *r = k->tables[t].rules[i];
			if (!found(k, r, r->example)) {
				unsigned key = 1;
				while (!key_set_has(&r->keys, key))
					key++;
				struct hit h = rules_best(k, key, r->example);
				(void)printf("%s: example '%s' of %s gives %s\n",
				    k->tables[t].name, r->example.s, r->row.id,
				    h.rule != NULL ? h.rule->row.id : "nothing");
				OK(false);
			}
			if (r->counterexample.len > 0 &&
			    found(k, r, r->counterexample)) {
				(void)printf("%s: counterexample '%s' of %s matches\n",
				    k->tables[t].name, r->counterexample.s, r->row.id);
				OK(false);
			}
		}
	knowledge_free(k);
}

TEST(the_rows_of_every_table_are_sorted_bytewise)
{
	struct knowledge *k = load();

	for (size_t t = 0; k != NULL && t < k->n_tables; t++)
		for (size_t i = 1; i < k->tables[t].n; i++)
			if (!OK(strcmp(k->tables[t].rules[i - 1]->row.id,
			            k->tables[t].rules[i]->row.id) < 0))
				(void)printf("\t%s: %s\n", k->tables[t].name,
				    k->tables[t].rules[i]->row.id);
	knowledge_free(k);
}

/* By which row a host name is taken, "" for none. */
TEST(a_host_name_is_read_by_its_words_and_its_first_label)
{
	static const struct {
		enum fact_key key;
		const char *name, *row;
	} cases[] = {
		{ FACT_DHCP_FQDN, "DESKTOP-AB12CD3.corp.example.com", "name/desktop" },
		{ FACT_DHCPV6_FQDN, "iPhone.example.org", "name/iphone-default" },
		{ FACT_DHCP_HOSTNAME, "fritz.box", "name/fritz" },
		{ FACT_DHCP_HOSTNAME, "Jo.Doe-iPhone", "name/iphone" },
		/* Scripts without blanks, and signs, stand beside a word. */
		{ FACT_MDNS_INSTANCE, "太郎のiPhone", "name/iphone" },
		{ FACT_MDNS_INSTANCE, "“王小明”的iPad", "name/ipad" },
		{ FACT_MDNS_INSTANCE, "iPhone—Иван", "name/iphone" },
		{ FACT_MDNS_INSTANCE, "🙂iPhone", "name/iphone" },
		{ FACT_MDNS_INSTANCE, "ÉiPhone", "" },
		{ FACT_MDNS_INSTANCE, "яiPad", "" },
		/* The last word says what the thing is. */
		{ FACT_DHCP_HOSTNAME, "iphone-backup-server", "name/last-word-server" },
	};
	struct knowledge *k = load();

	for (size_t i = 0; k != NULL && i < sizeof cases / sizeof *cases; i++) {
		const struct row *rows[MATCHES_MAX];
		const char *row = "";
		size_t n = knowledge_match(k, cases[i].key, text_of(cases[i].name),
		    rows);
		for (size_t r = 0; r < n; r++)
			if (strncmp(rows[r]->id, "name/", 5) == 0)
				row = rows[r]->id;
		SAME(row, cases[i].row);
	}
	knowledge_free(k);
}

TEST(a_syn_is_known_some_hops_away)
{
	static const struct {
		const char *syn, *row;
	} cases[] = {
		{ "4:128+0:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0",
		    "tcp.syn/windows" },
		{ "4:127+1:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0",
		    "tcp.syn/windows" },
		{ "4:57+7:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0",
		    "tcp.syn/apple" },
		{ "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0",
		    "tcp.syn/windows" },
		{ "4:128+1:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", "" },
		{ "4:200+200:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", "" },
	};
	struct knowledge *k = load();

	for (size_t i = 0; k != NULL && i < sizeof cases / sizeof *cases; i++) {
		const struct row *rows[MATCHES_MAX];
		size_t n = knowledge_match(k, FACT_TCP_SYN, text_of(cases[i].syn),
		    rows);
		SAME(n > 0 ? rows[0]->id : "", cases[i].row);
	}
	knowledge_free(k);
}

TEST(what_is_made_of_a_fact_is_wanted_of_a_capture)
{
	static const enum fact_key keys[] = { FACT_HTTP_USER_AGENT, FACT_WIFI_PROBE,
		FACT_WIFI_ASSOC, FACT_WIFI_WPS_MODEL, FACT_WIFI_WPS_MANUFACTURER,
		FACT_EAP_WPS_MODEL, FACT_EAP_WPS_MANUFACTURER };
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	OK(k != NULL);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		OK(knowledge_has(k, keys[i]));
	knowledge_free(k);
}
