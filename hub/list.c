/* The master list as a whole: memory, faults, and the order in which its files are read. */
#include "list.h"

#include "check.h"
#include "list_inside.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK = 1 << 20, FAULT_WORDS = 1024, PATH = 4096 };
#define FILE_MOST ((off_t)1 << 31)

struct block {
	struct block *next;
	size_t used, cap;
	char bytes[];
};

void *list_more(void *p, size_t count, size_t size)
{
	void *more = size == 0 || count > SIZE_MAX / size ? NULL : realloc(p, count * size);

	if (!more) {
		fputs("foyer: there is not enough memory for this list\n", stderr);
		exit(3);
	}
	return more;
}

char *list_room(struct list *l, size_t n)
{
	struct block *b = l->memory->blocks;

	if (!b || b->cap - b->used < n) {
		size_t cap = n > BLOCK ? n : BLOCK;
		b = list_more(NULL, 1, sizeof(*b) + cap);
		*b = (struct block){.next = l->memory->blocks, .cap = cap};
		l->memory->blocks = b;
	}
	char *p = b->bytes + b->used;
	b->used += n;
	return p;
}

/* A fault is one line of good UTF-8 whatever the list says. returns: its length */
static size_t tidy(char *words, bool cut)
{
	size_t n = strlen(words), start = n;

	while (cut && start > 0 && (words[start - 1] & 0xC0) == 0x80)
		start--;
	if (cut && start > 0)
		n = start - 1;
	for (size_t i = 0; i < n; i++)
		if ((uint8_t)words[i] < 0x20 || words[i] == 0x7F)
			words[i] = ' ';
	return n;
}

void list_fault(struct list *l, struct origin at, const char *column, enum severity severity,
	const char *fmt, ...)
{
	char words[FAULT_WORDS];
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(words, sizeof(words), fmt, args);
	va_end(args);
	size_t len = n < 0 ? 0 : tidy(words, (size_t)n >= sizeof(words));
	if (l->faults_n == l->memory->faults_cap) {
		l->memory->faults_cap = l->faults_n ? l->faults_n * 2 : 64;
		l->faults = list_more(l->faults, l->memory->faults_cap, sizeof(*l->faults));
	}
	char *kept = list_room(l, len + 1);
	memcpy(kept, words, len);
	kept[len] = 0;
	l->faults[l->faults_n++] =
		(struct fault){.at = at, .column = column, .severity = severity, .words = kept};
	l->errors_n += severity == SEVERITY_ERROR;
}

uint8_t *list_rows(const struct list *l, enum table_id t)
{
	uint8_t *rows;

	memcpy(&rows, (const uint8_t *)l + list_tables[t].rows_at, sizeof(rows));
	return rows;
}

size_t list_count(const struct list *l, enum table_id t)
{
	size_t n;

	memcpy(&n, (const uint8_t *)l + list_tables[t].count_at, sizeof(n));
	return n;
}

enum err list_slurp(const char *dir, const char *name, struct span *out)
{
	char path[PATH];
	struct stat st;
	uint8_t *p = NULL;

	*out = (struct span){0};
	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >= sizeof(path))
		return ERR_ABSENT;
	FILE *f = fopen(path, "rb");
	if (!f && (errno == ENOENT || errno == ENOTDIR))
		return ERR_ABSENT;
	if (!f || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
		goto fail;
	if (st.st_size >= FILE_MOST) {
		errno = EFBIG;
		goto fail;
	}
	p = list_more(NULL, (size_t)st.st_size + 1, 1);
	size_t n = fread(p, 1, (size_t)st.st_size, f);
	if (ferror(f))
		goto fail;
	fclose(f);
	*out = (struct span){.p = p, .n = n};
	return OK;
fail:
	fprintf(stderr, "foyer: %s: %s\n", path, errno ? strerror(errno) : "is not a file");
	free(p);
	if (f)
		fclose(f);
	return ERR_IO;
}

static int by_file_and_line(const void *pa, const void *pb)
{
	const struct fault *a = pa, *b = pb;
	int d = strcmp(a->at.file, b->at.file);

	if (d == 0)
		d = (a->at.line > b->at.line) - (a->at.line < b->at.line);
	if (d == 0)
		d = strcmp(a->column, b->column);
	return d ? d : strcmp(a->words, b->words);
}

enum err list_load(struct list *out, const char *dir)
{
	*out = (struct list){0};
	out->memory = list_more(NULL, 1, sizeof(*out->memory));
	*out->memory = (struct list_memory){0};
	enum err e = list_read_event(out, dir);
	for (int t = 0; t < TABLES && e == OK; t++) {
		e = list_read_table(out, dir, (enum table_id)t);
		if (e == ERR_ABSENT && t != TABLE_PEOPLE)
			e = OK;
	}
	if (e != OK) {
		list_free(out);
		return e;
	}
	list_check(out);
	if (out->faults_n)
		qsort(out->faults, out->faults_n, sizeof(*out->faults), by_file_and_line);
	return OK;
}

void list_free(struct list *l)
{
	if (!l->memory)
		return;
	for (struct block *b = l->memory->blocks, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	for (int t = 0; t < TABLES; t++) {
		free(l->memory->ids[t].slots);
		free(list_rows(l, (enum table_id)t));
	}
	free(l->faults);
	free(l->memory);
	*l = (struct list){0};
}

int32_t list_person_by_id(const struct list *l, const char *id)
{
	return list_find(l, TABLE_PEOPLE, id);
}

bool list_is_staff(const struct list *l, const char *id)
{
	int32_t person = list_person_by_id(l, id);

	for (size_t i = 0; i < l->staff_n; i++)
		if (person >= 0 && l->staff[i].person == person)
			return true;
	return false;
}
