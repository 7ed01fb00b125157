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

/* U+0080 to U+009F are controls as well: C2 80 to C2 9F. */
static bool is_control(struct span character)
{
	const uint8_t *p = character.p;
	if (character.n == 1)
		return p[0] < ' ' || p[0] == 0x7f;
	return character.n == 2 && p[0] == 0xc2 && p[1] < 0xa0;
}

static enum err count(struct span text, size_t *points)
{
	*points = 0;
	while (text.n > 0) {
		size_t n = span_character(text);
		if (n == 0 || is_control((struct span){text.p, n}))
			return ERR_FORMAT;
		text = span_cut(text, n, text.n - n);
		++*points;
	}
	return OK;
}

enum err field_insert(struct field *f, struct span text)
{
	size_t points;
	enum err e = count(text, &points);
	if (e != OK)
		return e;
	if (text.n > (size_t)(f->bytes_max - f->n) || points > (size_t)(f->points_max - f->points))
		return ERR_FULL;
	memmove(f->text + f->at + text.n, f->text + f->at, (size_t)(f->n - f->at));
	if (text.n > 0)
		memcpy(f->text + f->at, text.p, text.n);
	f->n = (uint16_t)(f->n + text.n);
	f->at = (uint16_t)(f->at + text.n);
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

struct span field_before(const struct field *f)
{
	return (struct span){f->text, f->at};
}

struct span field_last(const struct field *f)
{
	size_t from = f->at;
	while (from > 0 && (f->text[--from] & 0xc0) == 0x80)
		;
	return (struct span){f->text + from, f->at - from};
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

bool field_erase(struct field *f)
{
	return field_left(f) && field_delete(f);
}

bool field_delete(struct field *f)
{
	size_t n = span_character((struct span){f->text + f->at, (size_t)(f->n - f->at)});
	if (n == 0)
		return false;
	memmove(f->text + f->at, f->text + f->at + n, f->n - f->at - n);
	f->n = (uint16_t)(f->n - n);
	f->points--;
	seal_wipe(f->text + f->n, n);
	return true;
}

bool field_left(struct field *f)
{
	struct span last = field_last(f);
	f->at = (uint16_t)(f->at - last.n);
	return last.n > 0;
}

bool field_right(struct field *f)
{
	size_t n = span_character((struct span){f->text + f->at, (size_t)(f->n - f->at)});
	f->at = (uint16_t)(f->at + n);
	return n > 0;
}

bool field_home(struct field *f)
{
	bool moved = f->at > 0;
	f->at = 0;
	return moved;
}

bool field_end(struct field *f)
{
	bool moved = f->at < f->n;
	f->at = f->n;
	return moved;
}
