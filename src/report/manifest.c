/* SPDX-License-Identifier: ISC */
#include "report/manifest.h"

#include <string.h>

#include "base/time.h"
#include "base/yaml.h"
#include "report/json_parts.h"

static void
put_orders(struct json *j, const struct case_file *c)
{
	json_key(j, "directives");
	json_open(j, '[');
	for (size_t i = 0; i < c->n_directives; i++) {
		json_open(j, '{');
		json_key_string(j, "directive", c->directives[i]->id);
		json_key_string(j, "sha256", c->directives[i]->digest);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
put_files(struct json *j, const struct manifest_file *files, size_t n)
{
	json_key(j, "files");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		json_key_string(j, "name", files[i].name);
		json_key_uint(j, "size", files[i].size);
		json_key_string(j, "sha256", files[i].digest);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void
manifest_print(const struct report *r, const struct manifest_file *files, size_t n,
    struct writer *w)
{
	const struct knowledge *known = r->matter->knowledge;
	struct json j = json_over(w);

	json_open(&j, '{');
	json_key_string(&j, "format", "interdict report 1");
	json_key_string(&j, "program", "interdict " VERSION);
	json_time(&j, "as_of", r->matter->as_of);
	put_orders(&j, r->matter);
	json_key(&j, "ledger");
	json_open(&j, '{');
	json_key_uint(&j, "seq", r->filing->ledger_seq);
	json_key_string(&j, "hash", r->filing->ledger_hash);
	json_close(&j, '}');
	json_key(&j, "knowledge");
	json_open(&j, '{');
	json_key_string(&j, "date", known == NULL ? NULL : knowledge_date(known));
	json_key_string(&j, "digest", known == NULL ? NULL : knowledge_digest(known));
	json_close(&j, '}');
	json_key_string(&j, "signer", r->filing->signer);
	json_key(&j, "pseudonyms");
	json_bool(&j, r->pseudonyms != NULL);
	json_key(&j, "withheld");
	json_bool(&j, r->withhold);
	json_key(&j, "synthetic");
	json_bool(&j, r->synthetic);
	put_files(&j, files, n);
	json_close(&j, '}');
	json_line(&j);
}

static const char *
word_of(const struct yaml *object, const char *key, struct arena *arena)
{
	const struct yaml *y = object == NULL || object->kind != YAML_MAPPING
	    ? NULL
	    : yaml_get(object, key);

	return y == NULL || y->kind != YAML_SCALAR ? NULL
	                                           : arena_string(arena, y->scalar);
}

/* A name within the folder: nothing that leads out of it. */
static bool
is_plain_name(const char *name)
{
	return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

static int
read_file(const struct yaml *y, struct arena *arena, struct manifest_file *f)
{
	const char *size = word_of(y, "size", arena);
	const char *digest = word_of(y, "sha256", arena);
	unsigned long long n;

	f->name = word_of(y, "name", arena);
	if (f->name == NULL || size == NULL || digest == NULL ||
	    !is_plain_name(f->name) || !text_number(text_of(size), &n) ||
	    strlen(digest) != sizeof f->digest - 1)
		return -1;
	f->size = n;
	memcpy(f->digest, digest, sizeof f->digest);
	return 0;
}

static int
read_tree(const struct yaml *top, struct arena *arena, struct manifest *m,
    struct err *err)
{
	const char *format = word_of(top, "format", arena);
	const struct yaml *files = format == NULL ? NULL : yaml_get(top, "files");

	if (format == NULL || strcmp(format, "interdict report 1") != 0)
		return err_set(err, "it is no manifest of a report that is known here");
	m->as_of = word_of(top, "as_of", arena);
	if (m->as_of == NULL || files == NULL || files->kind != YAML_SEQUENCE)
		return err_set(err, "it lacks the time or the files");
	for (const struct yaml *y = files->first; y != NULL; y = y->next) {
		if (m->n == MANIFEST_FILES)
			return err_set(err, "it names too many files");
		if (read_file(y, arena, &m->files[m->n]) != 0)
			return err_set(err, "file %zu in it is named wrongly",
			    m->n + 1);
		m->n++;
	}
	return 0;
}

/* JSON is YAML, and that has a reader with limits. */
int
manifest_read(struct text text, struct arena *arena, struct manifest *m,
    struct err *err)
{
	struct complaints wrong = { 0 };
	const struct yaml *top = yaml_read(arena, MANIFEST_FILE, text, &wrong);
	int failed = 0;

	*m = (struct manifest){ .n = 0 };
	if (top == NULL || wrong.errors > 0)
		failed = err_set(err, "it cannot be read: %s",
		    wrong.n > 0 ? wrong.list[0].text : "it is empty");
	else
		failed = read_tree(top, arena, m, err);
	complaints_free(&wrong);
	return failed;
}
