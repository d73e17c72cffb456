/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "office.h"
#include "test.h"

static const char key[] = "0123456789abcdef0123456789abcdef";

/* A key file of these bytes and this mode; its name is in `name`. */
static void
key_file(char name[32], const char *bytes, size_t n, mode_t mode)
{
	(void)strcpy(name, "/tmp/interdict-key-XXXXXX");
	int fd = mkstemp(name);

	OK(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && fchmod(fd, mode) == 0);
	(void)close(fd);
}

static struct pseudonyms *
keyed(void)
{
	char name[32];
	struct err err;

	bool exposed = true;
	key_file(name, key, 32, 0600);
	struct pseudonyms *p = pseudonyms_load(name, &exposed, &err);
	OK(!exposed);
	(void)unlink(name);
	return p;
}

TEST(a_pseudonym_is_the_hmac_of_kind_and_name)
{
	struct pseudonyms *p = keyed();
	char buf[64];

	/* printf 'person\0p01' | openssl dgst -sha256 -hmac KEY */
	SAME(pseudonym(p, "person", text_of("p01"), buf), "person-9180b6a8");
	SAME(pseudonym(p, "mac", text_of("3c:06:30:01:02:03"), buf), "mac-4d470b8440");
	pseudonyms_free(p);
}

TEST(one_name_has_another_pseudonym_as_another_kind)
{
	struct pseudonyms *p = keyed();
	char host[64], person[64], upper[64];

	(void)pseudonym(p, "host", text_of("anna"), host);
	(void)pseudonym(p, "person", text_of("anna"), person);
	(void)pseudonym(p, "host", text_of("ANNA"), upper);
	OK(strcmp(strchr(host, '-') + 1, strchr(person, '-') + 1) != 0);
	SAME(upper, host);
	pseudonyms_free(p);
}

TEST(a_short_key_is_refused_and_one_that_others_may_read_is_told)
{
	char name[32];
	bool exposed = false;
	struct err err;

	key_file(name, key, 31, 0600);
	OK(pseudonyms_load(name, &exposed, &err) == NULL);
	OK(strstr(err.line, "32") != NULL);
	(void)unlink(name);
	OK(pseudonyms_load(name, &exposed, &err) == NULL);
	OK(strstr(err.line, name) != NULL && !exposed);
	key_file(name, key, 32, 0640);
	struct pseudonyms *p = pseudonyms_load(name, &exposed, &err);
	OK(p != NULL && exposed);
	pseudonyms_free(p);
	(void)unlink(name);
}

TEST(under_pseudonyms_no_printer_tells_a_name_or_an_address)
{
	static const char *const secrets[] = { "Anna", "Petrova", "p01", "p06",
		"3c:06:30", "10.1.1.2", "10.1.2.3", "\u0418\u0432\u0430\u043d",
		"\u7530\u4e2d", "Maria", "anna@office", "Anna-iPhone", "MacBook",
		"000000001a2", "BRN001" };
	void (*const printers[])(const struct report *,
	    struct writer *) = { report_text, report_json, report_csv, report_html };
	struct office *o = office_new();
	struct pseudonyms *p = keyed();

	o->report.pseudonyms = p;
	for (size_t i = 0; i < 4; i++) {
		const char *all = office_print(o, printers[i]);
		for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++)
			if (!OK(strstr(all, secrets[k]) == NULL))
				SAME(secrets[k], "hidden");
	}
	o->report.pseudonyms = NULL;
	pseudonyms_free(p);
	office_free(o);
}
