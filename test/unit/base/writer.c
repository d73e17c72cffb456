/* SPDX-License-Identifier: ISC */
#include "base/writer.h"

#include "base/digest.h"
#include "test.h"

TEST(a_real_is_printed_as_printf_does)
{
	static const double some[] = { 0, -0.0, 0.5, 1, 0.00005, 0.00015, 0.12345,
		0.99995, 0.999949999, 1.0005, 2.5, 9999.99995, 10000, 1e300, -0.25,
		1.0 / 3, 0.045, 0.0449999, 123.4565 };
	char want[400];
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < sizeof some / sizeof *some + 20000; i++) {
		size_t n = sizeof some / sizeof *some;
		double x = i < n ? some[i] : (double)(i - n) * 0.000073;
		for (unsigned digits = 1; digits <= 6; digits++) {
			w.len = 0;
			put_real(&w, x, digits);
			put_char(&w, '\0');
			(void)snprintf(want, sizeof want, "%.*f", (int)digits, x);
			SAME(w.buf, want);
		}
	}
	(void)writer_close(&w);
}

TEST(what_leaves_is_summed)
{
	char sum[SHA256_TEXT], same[SHA256_TEXT];
	FILE *to = tmpfile();
	struct writer w;

	OK(to != NULL);
	writer_to_fd(&w, fileno(to));
	w.sum = sha256_new();
	for (int i = 0; i < 30000; i++)
		put(&w, "0123456789");
	struct sha256 *s = w.sum;
	EQ(writer_close(&w), 0);
	EQ(w.total, 300000);
	sha256_take(s, sum);
	writer_to_memory(&w);
	for (int i = 0; i < 30000; i++)
		put(&w, "0123456789");
	sha256_hex(w.buf, w.len, same);
	SAME(sum, same);
	(void)writer_close(&w);
	sha256_free(s);
	(void)fclose(to);
}
