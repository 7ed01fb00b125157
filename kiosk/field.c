/* Typing into a field. */
#include "field.h"

#include <string.h>

#include "seal.h"

void field_init(struct field *f, size_t bytes_max, size_t points_max)
{
	memset(f, 0, sizeof(*f));
	f->bytes_max = (uint16_t)(bytes_max < FIELD_BYTES ? bytes_max : FIELD_BYTES);
	f->points_max = (uint16_t)(points_max < FIELD_BYTES ? points_max : FIELD_BYTES);
}

void field_wipe(struct field *f)
{
	size_t bytes = f->bytes_max;
	size_t points = f->points_max;
	seal_wipe(f, sizeof(*f));
	field_init(f, bytes, points);
}

/* Of a line: every byte but those that go on with a character. */
static size_t points_of(struct span text)
{
	size_t points = 0;

	for (size_t i = 0; i < text.n; i++)
		points += (text.p[i] & 0xc0) != 0x80;
	return points;
}

enum err field_insert(struct field *f, struct span text)
{
	if (!span_is_line(text))
		return ERR_FORMAT;
	size_t points = points_of(text);
	size_t n = f->chosen ? 0 : f->n, had = f->chosen ? 0 : f->points;
	if (text.n > f->bytes_max - n || points > f->points_max - had)
		return ERR_FULL;
	if (text.n == 0)
		return OK;
	if (f->chosen)
		field_wipe(f);
	memcpy(f->text + f->n, text.p, text.n);
	f->n = (uint16_t)(f->n + text.n);
	f->points = (uint16_t)(f->points + points);
	return OK;
}

enum err field_set(struct field *f, struct span text)
{
	field_wipe(f);
	return field_insert(f, text);
}

struct span field_text(const struct field *f)
{
	return (struct span){f->text, f->n};
}

struct span field_last(const struct field *f)
{
	size_t from = f->n;
	while (from > 0 && (f->text[--from] & 0xc0) == 0x80)
		;
	return (struct span){f->text + from, f->n - from};
}

struct span field_trimmed(const struct field *f)
{
	size_t from = 0;
	size_t to = f->n;
	while (from < to && f->text[from] == ' ')
		from++;
	while (to > from && f->text[to - 1] == ' ')
		to--;
	return (struct span){f->text + from, to - from};
}

void field_choose(struct field *f)
{
	f->chosen = f->n > 0;
}

bool field_erase(struct field *f)
{
	size_t n = field_last(f).n;
	if (n == 0)
		return false;
	if (f->chosen) {
		field_wipe(f);
		return true;
	}
	f->n = (uint16_t)(f->n - n);
	f->points--;
	seal_wipe(f->text + f->n, n);
	return true;
}
