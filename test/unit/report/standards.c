/* SPDX-License-Identifier: ISC */
/*
 * The forms that others define, against the fields that they require: OCSF
 * (schema.ocsf.io, classes 5001 and 2003) and OSCAL assessment results 1.2.2.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "office.h"
#include "report/summary.h"
#include "test.h"

static const char *
word(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s != NULL ? s : "";
}

static long long
number(const json_t *object, const char *key)
{
	const json_t *n = json_object_get(object, key);

	return json_is_integer(n) ? (long long)json_integer_value(n) : -1;
}

static size_t
is_uuid(const char *s)
{
	return strlen(s) == 36 && s[14] == '5' && strchr("89ab", s[19]) != NULL &&
	    strspn(s, "0123456789abcdef-") == 36;
}

static size_t
is_token(const char *s)
{
	return (s[0] == '_' || (s[0] >= 'a' && s[0] <= 'z')) &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == strlen(s);
}

/* With its zone, and no fraction that ends in a zero. */
static bool
is_instant(const char *s)
{
	const char *zone = strstr(s, "+00:00");

	return zone != NULL && zone[6] == '\0' && s[10] == 'T' &&
	    (zone - s == 19 || (s[19] == '.' && zone - s > 20 && zone[-1] != '0'));
}

/* What stands beside a number is its caption, unless that is Other. */
static void
caption_is_right(const json_t *object, const char *number_key, const char *key)
{
	static const struct {
		long long number;
		const char *key, *caption;
	} captions[] = { { 1, "status", "Pass" }, { 2, "status", "Warning" },
		{ 3, "status", "Fail" }, { 0, "status", "Unknown" },
		{ 5, "type", "Mobile" }, { 4, "type", "Tablet" }, { 7, "type", "IOT" },
		{ 201, "type", "Android" }, { 301, "type", "iOS" } };

	for (size_t i = 0; i < sizeof captions / sizeof *captions; i++)
		if (number(object, number_key) == captions[i].number &&
		    strcmp(key, captions[i].key) == 0)
			SAME(word(object, key), captions[i].caption);
}

static void
base_is_whole(const json_t *line)
{
	const json_t *meta = json_object_get(line, "metadata");
	const json_t *product = json_object_get(meta, "product");

	EQ(number(line, "type_uid"),
	    number(line, "class_uid") * 100 + number(line, "activity_id"));
	EQ(number(line, "category_uid"), number(line, "class_uid") / 1000);
	OK(number(line, "severity_id") >= 1 && number(line, "severity_id") <= 6);
	EQ(number(line, "time"), 1680415200000);
	OK(word(meta, "version")[0] != '\0');
	SAME(word(product, "name"), "interdict");
	SAME(word(product, "vendor_name"), "interdict");
}

static void
device_is_whole(const json_t *line)
{
	const json_t *device = json_object_get(line, "device");

	OK(number(device, "type_id") >= 0);
	OK(strncmp(word(device, "uid"), "d-", 2) == 0);
	OK(word(device, "desc")[0] != '\0');
	caption_is_right(device, "type_id", "type");
	if (json_object_get(device, "os") != NULL)
		caption_is_right(json_object_get(device, "os"), "type_id", "type");
}

static void
finding_is_whole(const json_t *line)
{
	const json_t *compliance = json_object_get(line, "compliance");
	const json_t *standards = json_object_get(compliance, "standards");

	OK(is_uuid(word(json_object_get(line, "finding_info"), "uid")));
	OK(number(compliance, "status_id") >= 0);
	caption_is_right(compliance, "status_id", "status");
	EQ(json_array_size(standards), 1);
	SAME(json_string_value(json_array_get(standards, 0)), "iphone-2023");
	if (json_object_get(line, "device") != NULL)
		device_is_whole(line);
	else
		EQ(json_array_size(json_object_get(line, "resources")), 1);
}

TEST(ocsf_has_a_line_a_device_and_a_line_a_verdict_with_what_is_required)
{
	struct office *o = office_new();
	struct summary s = summarise(&o->arena, &o->report);
	struct text rest = text_of(office_print(o, report_ocsf)), line;
	size_t devices = 0, findings = 0, registers = 0, by_status[100] = { 0 };

	while (text_split(&rest, '\n', &line) && line.len > 0) {
		json_t *j = json_loadb(line.s, line.len, JSON_REJECT_DUPLICATES, NULL);
		if (!OK(j != NULL))
			break;
		base_is_whole(j);
		if (number(j, "class_uid") == 5001) {
			devices++;
			device_is_whole(j);
		} else {
			long long status = number(json_object_get(j, "compliance"),
			    "status_id");
			const json_t *info = json_object_get(j, "finding_info");
			const json_t *types = json_object_get(info, "types");
			registers += types != NULL;
			findings += types == NULL;
			finding_is_whole(j);
			if (json_object_get(j, "device") != NULL && status >= 0)
				by_status[status % 100]++;
		}
		json_decref(j);
	}
	EQ(devices, OFFICE_DEVICES);
	EQ(findings, o->verdicts.n);
	EQ(registers, 1); /* its exception */
	EQ(by_status[3], s.tallies[0].counts[COUNT_FAILED]);
	EQ(by_status[2],
	    s.tallies[0].counts[COUNT_DUE] + s.tallies[0].counts[COUNT_EXCEPTED]);
	EQ(by_status[1], s.tallies[0].counts[COUNT_MET]);
	EQ(by_status[0], s.tallies[0].counts[COUNT_UNDECIDED]);
	office_free(o);
}

static void
observations_are_whole(const json_t *result)
{
	const json_t *list = json_object_get(result, "observations"), *one;
	size_t i;

	OK(json_array_size(list) > 0);
	json_array_foreach(list, i, one)
	{
		OK(is_uuid(word(one, "uuid")) && word(one, "description")[0] != '\0');
		OK(json_array_size(json_object_get(one, "methods")) > 0);
		OK(is_instant(word(one, "collected")));
	}
}

static void
findings_are_whole(const json_t *result, const struct tally *t)
{
	const json_t *list = json_object_get(result, "findings"), *one;
	size_t i;

	EQ(json_array_size(list), t->directive->n_obligations);
	json_array_foreach(list, i, one)
	{
		const json_t *target = json_object_get(one, "target");
		const json_t *status = json_object_get(target, "status");
		OK(is_uuid(word(one, "uuid")) && word(one, "title")[0] != '\0');
		OK(word(one, "description")[0] != '\0');
		SAME(word(target, "type"), "objective-id");
		OK(is_token(word(target, "target-id")));
		/* Two of the office are undecided: nothing can be satisfied. */
		SAME(word(status, "state"), "not-satisfied");
		SAME(word(status, "reason"),
		    t->duties[i][DUTY_FAILED] > 0 ? "fail" : "other");
	}
}

/* The exception of the office, which is in force. */
static void
risks_are_whole(const json_t *result)
{
	const json_t *list = json_object_get(result, "risks");
	const json_t *one = json_array_get(list, 0);

	EQ(json_array_size(list), 1);
	OK(is_uuid(word(one, "uuid")) && word(one, "title")[0] != '\0');
	OK(word(one, "description")[0] != '\0' && word(one, "statement")[0] != '\0');
	SAME(word(one, "status"), "deviation-approved");
	OK(is_instant(word(one, "deadline")));
}

TEST(oscal_has_what_assessment_results_require)
{
	struct office *o = office_new();
	struct summary s = summarise(&o->arena, &o->report);
	const char *all = office_print(o, report_oscal);
	json_t *j = json_loads(all, JSON_REJECT_DUPLICATES, NULL);
	const json_t *ar = json_object_get(j, "assessment-results");
	const json_t *meta = json_object_get(ar, "metadata");
	const json_t *result = json_array_get(json_object_get(ar, "results"), 0);
	const json_t *controls = json_object_get(json_object_get(result,
	                                             "reviewed-controls"),
	    "control-selections");

	OK(is_uuid(word(ar, "uuid")));
	OK(word(meta, "title")[0] != '\0' && word(meta, "version")[0] != '\0');
	SAME(word(meta, "oscal-version"), "1.2.2");
	SAME(word(meta, "last-modified"), "2023-04-02T06:00:00+00:00");
	OK(is_uuid(word(json_object_get(ar, "import-ap"), "href") + 1));
	EQ(json_array_size(json_object_get(ar, "results")), 1);
	OK(is_uuid(word(result, "uuid")) && word(result, "title")[0] != '\0');
	OK(word(result, "description")[0] != '\0' && is_instant(word(result, "start")));
	EQ(json_array_size(controls), 1);
	observations_are_whole(result);
	risks_are_whole(result);
	findings_are_whole(result, &s.tallies[0]);
	SAME(office_print(o, report_oscal), all);
	json_decref(j);
	office_free(o);
}

TEST(an_obligation_that_all_met_is_satisfied)
{
	struct office *o = office_new();
	size_t n = 0;

	/* Only the devices whose order is not in doubt, and each duty met. */
	for (size_t i = 0; i < o->verdicts.n; i++) {
		struct verdict *v = &o->verdicts.list[i];
		if (v->device == NO_DEVICE || v->object == OBJECT_UNDECIDED)
			continue;
		for (size_t k = 0; k < v->n_duties; k++)
			v->duties[k].state = DUTY_MET;
		o->verdicts.list[n++] = *v;
	}
	o->verdicts.n = n;
	const char *all = office_print(o, report_oscal);
	OK(strstr(all, "\"state\":\"satisfied\",\"reason\":\"pass\"") != NULL);
	OK(strstr(all, "\"not-satisfied\"") == NULL);
	struct summary s = summarise(&o->arena, &o->report);
	EQ(s.tallies[0].counts[COUNT_REMAINING], 0);
	EQ(s.tallies[0].counts[COUNT_FOUND],
	    s.tallies[0].counts[COUNT_REMOVED] + s.tallies[0].counts[COUNT_EXCEPTED]);
	office_free(o);
}
