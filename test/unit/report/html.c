/* SPDX-License-Identifier: ISC */
#include "report/html.h"

#include "office.h"
#include "test.h"

TEST(tmp_write)
{
	struct office *o = office_new();
	FILE *f = fopen("/tmp/out/report.html", "w");
	(void)fputs(office_print(o, report_html), f);
	(void)fclose(f);
	f = fopen("/tmp/out/report.txt", "w");
	(void)fputs(office_print(o, report_text), f);
	(void)fclose(f);
	f = fopen("/tmp/out/report.json", "w");
	(void)fputs(office_print(o, report_json), f);
	(void)fclose(f);
	f = fopen("/tmp/out/report.csv", "w");
	(void)fputs(office_print(o, report_csv), f);
	(void)fclose(f);
	office_free(o);
}
