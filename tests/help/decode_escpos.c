/* Reads an ESC/POS job as the printer would, the bytes it obeys at once included. */
#include "page_decode.h"

#include <string.h>

static bool fail(struct decoded *d, const char *why)
{
	d->fault = why;
	return false;
}

static bool read_picture(struct cursor *c, struct decoded *d)
{
	uint8_t sub = cursor_u8(c), mode = cursor_u8(c);
	unsigned wide = cursor_u16(c), high = cursor_u16(c);

	if (sub != '0' || mode != 0 || wide == 0 || wide > DECODE_ROW || high == 0)
		return fail(d, "picture head");
	if (d->row_bytes != 0 && d->row_bytes != wide)
		return fail(d, "pictures of two widths");
	d->row_bytes = wide;
	d->bands++;
	d->tallest = high > d->tallest ? high : d->tallest;
	for (unsigned i = 0; i < high && d->rows < DECODE_ROWS; i++) {
		struct span row = cursor_bytes(c, wide);
		if (!row.p)
			return fail(d, "picture cut off");
		memcpy(d->dots[d->rows++], row.p, wide);
	}
	return true;
}

static bool read_gs(struct cursor *c, struct decoded *d)
{
	switch (cursor_u8(c)) {
	case 'v':
		return read_picture(c, d);
	case 'a':
		cursor_u8(c);
		return true;
	case 'V':
		d->has_cut = true;
		return cursor_u8(c) == 'B' ? cursor_u8(c) == 0 : fail(d, "cut");
	case '(':
		if (cursor_u8(c) != 'H' || cursor_u16(c) != 6 || cursor_u16(c) != 0x3030)
			return fail(d, "GS (");
		struct span id = cursor_bytes(c, 4);
		d->has_id = id.p != NULL;
		if (id.p)
			memcpy(d->id, id.p, 4);
		return true;
	default:
		return fail(d, "unknown GS");
	}
}

static bool step(struct cursor *c, struct decoded *d)
{
	switch (cursor_u8(c)) {
	case 0:
		d->zeros++;
		return true;
	case 0x1b:
		d->inits++;
		return cursor_u8(c) == '@' || fail(d, "unknown ESC");
	case 0x1d:
		return read_gs(c, d);
	default:
		return fail(d, "unknown byte");
	}
}

void decode_escpos(struct span job, struct decoded *out)
{
	struct cursor c = cursor_at(job);

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i + 1 < job.n && !out->fault; i++) {
		uint8_t next = job.p[i + 1];
		if (job.p[i] == 0x10 && (next == 4 || next == 5 || next == 0x14)) {
			out->at = i;
			out->fault = "obeyed at once";
		}
	}
	while (!out->fault && !c.bad && c.rest.n > 0 && step(&c, out))
		out->at = job.n - c.rest.n;
	if (c.bad && !out->fault)
		out->fault = "cut off";
}
