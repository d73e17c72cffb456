/* SPDX-License-Identifier: ISC */
#include "report/accuracy.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "test.h"

static const char aliases[] = "# attribute\tword\tmeans\tsource\n"
                              "address\taa:bb:cc\tvendor|os\temulator\n"
                              "kind\tnetwork\trouter|switch\twords\n"
                              "os\tiOS\tiOS|iPadOS\twords\n"
                              "tunnel\tgtp\t-\tapart\n"
                              "version\t10\t10|11\tone kernel\n";

static const char truth[] =
    "capture\taddr_type\taddress\tos_family\tos_version\tkind\tvendor\tmodel\tevidence"
    "\tcertainty\n"
    "lab/a.pcap\tmac\ta4:83:e7:00:00:01\tiOS\t13.4\tphone\tApple\t\tx\thigh\n"
    "lab/b.pcap\tmac\ta4:83:e7:00:00:01\tiOS\t\tphone\tApple\t\tx\thigh\n"
    "lab/a.pcap\tmac\taa:bb:cc:00:00:02\tCisco IOS\t\tnetwork\tCisco\t\tx\thigh\n"
    "lab/a.pcap\tmac\ta4:83:e7:00:00:03\tWindows\t10\tcomputer\t\t\tx\thigh\n"
    "lab/gtp.pcap\tip\t10.0.0.1\tiOS\t\tphone\tApple\t\tx\thigh\n";

static struct truth_table
table(void)
{
	struct truth_table t = { .n = 0 };
	struct err err = { "" };

	EQ(aliases_read(&t, "aliases.tsv", text_of(aliases), &err), 0);
	EQ(truth_read(&t, "truth.tsv", text_of(truth), &err), 0);
	return t;
}

static void
believe(struct truth_row *r, enum attribute a, const char *answer, double p)
{
	r->judged = r->found = true;
	r->leading[a] = text_of(answer);
	r->p[a] = p;
	if (p >= 0.9)
		r->answer[a] = text_of(answer);
}

TEST(words_of_a_truth_table_are_compared_by_the_aliases)
{
	struct truth_table t = table();

	OK(truth_right(&t, ATTR_OS, text_of("iOS"), text_of("iPadOS")));
	OK(!truth_right(&t, ATTR_OS, text_of("iPadOS"), text_of("iOS")));
	OK(truth_right(&t, ATTR_KIND, text_of("network"), text_of("switch")));
	OK(truth_right(&t, ATTR_VERSION, text_of("10.2"), text_of("10.2.1")));
	OK(truth_right(&t, ATTR_VERSION, text_of("10"), text_of("11")));
	OK(!truth_right(&t, ATTR_VERSION, text_of("9"), text_of("90")));
	truth_free(&t);
}

TEST(an_answer_is_as_sure_as_the_word_of_the_table)
{
	struct err err = { "" };
	struct truth_table t = table();
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);
	struct register_ *devices = register_new(k, 10);
	struct sighting seen = { .time = INT64_C(1679904000) * SECOND,
		.frame = 1,
		.src_mac = t.rows[2].address };
	struct fact banner = { .key = FACT_SSH_BANNER,
		.value = text_of("SSH-2.0-Cisco-1.25"),
		.subject = t.rows[2].address,
		.seen = &seen };

	register_fact(devices, &banner);
	register_settle(devices, TIME_NONE);
	EQ(truth_ask(&t, "lab/a.pcap", devices, k), 3);
	const struct device *d = register_find(devices, t.rows[2].address);
	if (OK(d != NULL)) {
		/* A switch leads, and a router would be a network's, too. */
		OK(truth_right(&t, ATTR_KIND, text_of("network"),
		    d->belief.kind.leading));
		OK(t.rows[2].p[ATTR_KIND] > d->belief.kind.leading_p + 0.01);
		OK(t.rows[2].p[ATTR_KIND] <= 1);
	}
	register_free(devices);
	knowledge_free(k);
	truth_free(&t);
}

TEST(a_device_counts_once_and_an_unfound_one_is_undecided)
{
	struct truth_table t = table();
	struct accuracy a;

	believe(&t.rows[0], ATTR_OS, "iOS", 0.95);
	believe(&t.rows[1], ATTR_OS, "macOS", 0.96);
	t.rows[2].judged = t.rows[3].judged = true;
	accuracy_count(&t, false, &a);
	EQ(a.rows, 4);
	EQ(a.judged, 4);
	EQ(a.found, 2);
	/* The emulated router is not scored on its OS. */
	OK(fabs(a.total[ATTR_OS].n - 2) < 1e-9);
	OK(fabs(a.total[ATTR_OS].decided - 1) < 1e-9);
	OK(fabs(a.total[ATTR_OS].right - 0.5) < 1e-9);
	OK(fabs(a.total[ATTR_OS].undecided - 1) < 1e-9);
	accuracy_free(&a);
	accuracy_count(&t, true, &a);
	EQ(a.rows, 1);
	accuracy_free(&a);
	truth_free(&t);
}

TEST(a_wrong_answer_counts_against_the_class_that_it_names)
{
	struct truth_table t = table();
	struct accuracy a;

	believe(&t.rows[3], ATTR_VENDOR, "Apple", 0.99);
	believe(&t.rows[3], ATTR_KIND, "phone", 0.99);
	accuracy_count(&t, false, &a);
	OK(fabs(a.false_iphones - 1) < 1e-9);
	for (size_t i = 0; i < a.n_classes; i++)
		if (text_is(a.classes[i].word, "phone")) {
			OK(fabs(a.classes[i].named - 1) < 1e-9);
			OK(fabs(a.classes[i].right) < 1e-9);
		}
	accuracy_free(&a);
	truth_free(&t);
}

TEST(calibration_measures_the_leading_guess_decided_or_not)
{
	struct truth_table t = table();
	struct accuracy a;

	believe(&t.rows[0], ATTR_OS, "iOS", 0.65);
	believe(&t.rows[3], ATTR_OS, "Linux", 0.65);
	accuracy_count(&t, false, &a);
	const struct calibration *os = &a.calibration[ATTR_OS];
	EQ(os->bins[6].devices, 2);
	OK(fabs(os->brier - (0.35 * 0.35 + 0.65 * 0.65) / 2) < 1e-9);
	OK(fabs(os->ece - 0.15) < 1e-9);
	/* The two, and what else was found: an answer each, in one table. */
	size_t answers = 0;
	for (unsigned at = 0; at < JOINT_ATTRIBUTES; at++)
		answers += a.calibration[at].n_samples;
	EQ(a.calibration[ALL_ANSWERS].n_samples, answers);
	OK(answers > 2);
	accuracy_free(&a);
	truth_free(&t);
}

TEST(few_devices_show_an_ece_though_every_answer_says_how_sure_it_is)
{
	struct sample list[200];
	struct drawn d, again;

	/* Half of those that say 0.5 are right, in both halves of the list. */
	for (size_t i = 0; i < 200; i++) {
		list[i] = (struct sample){ .p = 0.5, .weight = 1, .right = i % 2 == 0 };
		list[i].device.kind = ADDR_MAC;
		list[i].device.b[5] = (uint8_t)i;
	}
	ece_drawn(list, 200, &d);
	OK(d.low < 0.01 && d.high > 0.04 && d.high < 0.12);
	/* The mean distance of a binomial share: sqrt(2 / pi * p * (1 - p) / n). */
	OK(fabs(d.exact_mean - 0.0282) < 0.003);
	OK(d.exact_high > d.exact_mean && d.exact_high < 0.1);
	ece_drawn(list, 200, &again);
	OK(d.low == again.low && d.exact_mean == again.exact_mean);
	/* Right each time: no draw of the devices tells that it might be less. */
	for (size_t i = 0; i < 200; i++)
		list[i].right = true;
	ece_drawn(list, 200, &d);
	OK(fabs(d.low - 0.5) < 1e-9 && d.exact_high < 0.1);
}

TEST(the_interval_of_wilson_is_the_published_one)
{
	double low, high;

	wilson(8, 10, &low, &high);
	OK(fabs(low - 0.4902) < 0.001 && fabs(high - 0.9433) < 0.001);
	wilson(0, 0, &low, &high);
	OK(low == 0 && high == 1);
}

TEST(a_wrong_table_names_its_line)
{
	struct truth_table t = { .n = 0 };
	struct err err = { "" };
	char text[1024];

	memcpy(text, truth, sizeof truth);
	*strstr(text, "a4:83") = 'x';
	EQ(truth_read(&t, "truth.tsv", text_of(text), &err), -1);
	OK(strstr(err.line, "truth.tsv: line 2: ") == err.line);
	truth_free(&t);
}
