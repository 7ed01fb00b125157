/* Reads a Brother QL raster job as the printer would. */
#include "page_decode.h"

#include <string.h>

static bool fail(struct decoded *d, const char *why)
{
	if (!d->fault)
		d->fault = why;
	return false;
}

static bool unpack(struct cursor *c, size_t n, uint8_t *row, unsigned row_bytes)
{
	unsigned o = 0;
	struct cursor in = cursor_at(cursor_bytes(c, n));

	while (in.rest.n > 0) {
		int8_t head = (int8_t)cursor_u8(&in);
		unsigned count = head >= 0 ? (unsigned)head + 1 : 1 - (unsigned)(int)head;
		if (head == -128)
			continue;
		if (o + count > row_bytes)
			return false;
		uint8_t same = head < 0 ? cursor_u8(&in) : 0;
		for (unsigned i = 0; i < count; i++)
			row[o++] = head < 0 ? same : cursor_u8(&in);
	}
	return !in.bad && o == row_bytes;
}

static bool read_row(struct cursor *c, struct decoded *d)
{
	uint8_t zero = cursor_u8(c), n = cursor_u8(c);
	uint8_t *row = d->dots[d->rows];

	if (zero != 0 || d->rows >= DECODE_ROWS)
		return fail(d, "row head");
	d->rows++;
	if (d->compressed)
		return unpack(c, n, row, d->row_bytes) || fail(d, "packed row");
	struct span raw = cursor_bytes(c, n);
	if (n != d->row_bytes || !raw.p)
		return fail(d, "raw row");
	memcpy(row, raw.p, n);
	return true;
}

static bool read_set_up(struct cursor *c, struct decoded *d)
{
	uint8_t word = cursor_u8(c);

	if (word == '@')
		return ++d->inits == 1 || fail(d, "second init");
	if (word != 'i')
		return fail(d, "unknown ESC");
	switch (cursor_u8(c)) {
	case 'a':
		d->mode = cursor_u8(c);
		return d->mode == 1 || fail(d, "not raster mode");
	case '!':
		d->notify = cursor_u8(c);
		return true;
	case 'z':
		d->flags = cursor_u8(c);
		d->type = cursor_u8(c);
		d->width_mm = cursor_u8(c);
		d->length_mm = cursor_u8(c);
		d->said_rows = cursor_u32(c);
		return cursor_u16(c) == 0 || fail(d, "not the first page");
	case 'M':
		d->cuts = cursor_u8(c) & 0x40;
		return true;
	case 'A':
	case 'K':
		cursor_u8(c);
		return true;
	case 'd':
		d->margin = cursor_u16(c);
		return true;
	default:
		return fail(d, "unknown ESC i");
	}
}

static bool step(struct cursor *c, struct decoded *d)
{
	switch (cursor_u8(c)) {
	case 0x1b:
		return read_set_up(c, d);
	case 'M':
		d->compressed = cursor_u8(c) == 2;
		return true;
	case 'g':
		return read_row(c, d);
	case 'Z':
		d->blank_rows++;
		return d->rows++ < DECODE_ROWS && (d->compressed || fail(d, "blank row, raw"));
	case 0x1a:
		return false;
	default:
		return fail(d, "unknown byte");
	}
}

void decode_brother(struct span job, unsigned row_bytes, struct decoded *out)
{
	struct cursor c = cursor_at(job);

	memset(out, 0, sizeof(*out));
	out->row_bytes = row_bytes;
	out->notify = 99;
	while (c.rest.n > 0 && c.rest.p[0] == 0) {
		out->zeros++;
		cursor_u8(&c);
	}
	while (!c.bad && step(&c, out))
		;
	out->at = job.n - c.rest.n;
	if (c.bad)
		out->fault = "cut off";
	if (!out->fault && c.rest.n > 0)
		out->fault = "more after the page";
	if (!out->fault && out->rows != out->said_rows)
		out->fault = "another number of rows than said";
}

bool decode_brother_dot(
	const struct decoded *d, unsigned width, unsigned right, uint32_t x, uint32_t y)
{
	unsigned pin = right + (width - 1 - x);
	return d->dots[y][pin / 8] & (1u << (7 - pin % 8));
}
