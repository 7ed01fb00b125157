/* The store: cursors as text, notes, closing. */
#include "store_inside.h"

#include "hex.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void store_cursor_write(const struct store_cursor *c, char out[static STORE_CURSOR_TEXT])
{
	enum { ONE = STORE_CURSOR_TEXT / STORE_WRITERS };

	out[0] = '\0';
	for (size_t i = 0, n = 0; i < c->n && i < STORE_WRITERS; i++) {
		char writer[2 * STORE_WRITER + 1];
		hex_write((struct span){c->at[i].writer, STORE_WRITER}, writer);
		n += (size_t)snprintf(
			out + n, ONE, "%s%s:%" PRIu64, i > 0 ? "," : "", writer, c->at[i].number);
	}
}

/* One number, one spelling: no sign, no zero in front, within what SQL holds. */
static bool read_number(struct cursor *c, uint64_t *out)
{
	*out = 0;
	while (c->rest.n > 0 && c->rest.p[0] >= '0' && c->rest.p[0] <= '9') {
		uint64_t digit = (uint64_t)(cursor_u8(c) - '0');
		if (*out > (INT64_MAX - digit) / 10 || (*out == 0 && digit == 0))
			return false;
		*out = *out * 10 + digit;
	}
	return *out > 0;
}

static bool read_writer(struct cursor *c, uint8_t out[static STORE_WRITER])
{
	struct span text = cursor_bytes(c, (size_t)2 * STORE_WRITER);
	char again[2 * STORE_WRITER + 1];

	if (c->bad || hex_read(text, out, STORE_WRITER) != OK)
		return false;
	hex_write((struct span){out, STORE_WRITER}, again);
	return memcmp(again, text.p, text.n) == 0;
}

static bool read_cursor(struct store_cursor *out, struct cursor c)
{
	while (c.rest.n > 0) {
		size_t i = out->n;
		if (i == STORE_WRITERS || (i > 0 && cursor_u8(&c) != ','))
			return false;
		if (!read_writer(&c, out->at[i].writer) || cursor_u8(&c) != ':' ||
			!read_number(&c, &out->at[i].number))
			return false;
		if (i > 0 && memcmp(out->at[i - 1].writer, out->at[i].writer, STORE_WRITER) >= 0)
			return false;
		out->n++;
	}
	return true;
}

enum err store_cursor_read(struct store_cursor *out, struct span text)
{
	memset(out, 0, sizeof(*out));
	if (read_cursor(out, cursor_at(text)))
		return OK;
	memset(out, 0, sizeof(*out));
	return ERR_FORMAT;
}

static size_t place_of(const struct store_cursor *c, const uint8_t writer[static STORE_WRITER])
{
	size_t i = 0;

	while (i < c->n && memcmp(c->at[i].writer, writer, STORE_WRITER) < 0)
		i++;
	return i;
}

static bool is_at(const struct store_cursor *c, size_t i, const uint8_t writer[static STORE_WRITER])
{
	return i < c->n && memcmp(c->at[i].writer, writer, STORE_WRITER) == 0;
}

uint64_t store_cursor_number(
	const struct store_cursor *c, const uint8_t writer[static STORE_WRITER])
{
	size_t i = place_of(c, writer);

	return is_at(c, i, writer) ? c->at[i].number : 0;
}

enum err store_cursor_set(
	struct store_cursor *c, const uint8_t writer[static STORE_WRITER], uint64_t number)
{
	size_t i = place_of(c, writer);

	if (!is_at(c, i, writer)) {
		if (c->n == STORE_WRITERS)
			return ERR_FULL;
		memmove(&c->at[i + 1], &c->at[i], (c->n - i) * sizeof(c->at[0]));
		memcpy(c->at[i].writer, writer, STORE_WRITER);
		c->n++;
	}
	c->at[i].number = number;
	return OK;
}

bool store_is_key(const char *key, bool prefix)
{
	size_t n = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789/.-");

	return n <= STORE_KEY && key[n] == '\0' && (prefix || n > 0);
}

enum err store_note(struct store *s, const char *key, uint8_t *out, size_t max, size_t *n)
{
	struct grow g = {0};
	enum err e = s->kind->note_get(s, key, &g);

	*n = 0;
	if (e == OK && g.n > max)
		e = ERR_FULL;
	if (e == OK && g.n > 0)
		memcpy(out, g.p, g.n);
	if (e == OK)
		*n = g.n;
	grow_free(&g);
	return e;
}

enum err store_failure(enum err e)
{
	return e == ERR_FORMAT ? ERR_IO : e;
}

void store_close(struct store *s)
{
	if (s)
		s->kind->close(s);
}
