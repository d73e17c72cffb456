/* SPDX-License-Identifier: ISC */
/* What documents say that a trait of 802.11 is worth: tools/wifi_documents.tsv. */
#include <stdlib.h>
#include <string.h>

#include "wifi_weights.h"

struct document {
	int question;
	char *trait, *class;
	double weight;
};

static struct document list[64];
static size_t n_list;

/* question, trait, class, weight, why */
static void
take_document(char **field, size_t n)
{
	int question = 0;

	if (n < 5 || n_list == sizeof list / sizeof *list)
		fail("a wrong document", field[0]);
	while (question < QUESTIONS && strcmp(questions[question], field[0]) != 0)
		question++;
	if (question == QUESTIONS)
		fail("no such question", field[0]);
	list[n_list++] = (struct document){ question, strdup(field[1]),
		strdup(field[2]), strtod(field[3], NULL) };
}

void
documents_read(const char *path)
{
	lines(path, false, take_document);
}

double
documented(int question, const char *trait, const char *class)
{
	for (size_t i = 0; i < n_list; i++)
		if (list[i].question == question && strcmp(list[i].trait, trait) == 0 &&
		    strcmp(list[i].class, class) == 0)
			return list[i].weight;
	return 0;
}

bool
is_documented(int question, const char *trait)
{
	for (size_t i = 0; i < n_list; i++)
		if (list[i].question == question && strcmp(list[i].trait, trait) == 0)
			return true;
	return false;
}
