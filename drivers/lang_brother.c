/* The Brother QL raster language (Raster Command Reference QL-800/810W/820NWB, QL-1100, QL-700). */
#include "language.h"
#include "model.h"

#include <string.h>

enum {
	INVALIDATE = 400, /* longer than any command that may be cut off in the printer */
	STATUS = 32,      /* bytes of a status */
	ROW_MAX = 162,
	HEAD = INVALIDATE + 64,
};

static void put(struct sink *k, const char *bytes, size_t n)
{
	sink_bytes(k, bytes, n);
}
#define PUT(k, literal) put((k), literal, sizeof(literal) - 1)

static size_t bound(const struct printer_model *m, uint32_t height)
{
	/* A raw row: 67 00 nn and its bytes. Compressed jobs that come out longer are sent raw. */
	return HEAD + (size_t)height * (3 + m->row + m->row / 64 + 2);
}

static uint8_t mirrored(uint8_t b)
{
	b = (uint8_t)((b & 0xf0) >> 4 | (b & 0x0f) << 4);
	b = (uint8_t)((b & 0xcc) >> 2 | (b & 0x33) << 2);
	return (uint8_t)((b & 0xaa) >> 1 | (b & 0x55) << 1);
}

/* The head sees paper from below: the row is mirrored, its last dot stands right bits from the
 * head's first. Returns whether the row has any black dot. */
static bool place_row(const struct bitmap *page, uint32_t y, unsigned right, uint8_t *out, size_t n)
{
	size_t used = (page->width + 7) / 8;
	const uint8_t *row = page->dots + (size_t)y * page->stride;
	/* Bits the page does not have stand at the front of the mirrored row. */
	unsigned spare = (unsigned)(used * 8 - page->width);
	unsigned shift =
		right + 8 - spare; /* from one byte before out, so that it is never below 0 */
	unsigned bits = shift % 8;
	size_t at = shift / 8;
	uint8_t seen = 0;

	memset(out, 0, n);
	for (size_t i = 0; i < used; i++, at++) {
		uint8_t b = row[used - 1 - i];
		if (b == 0)
			continue;
		seen |= b;
		b = mirrored(b);
		if (at >= 1 && at - 1 < n)
			out[at - 1] |= (uint8_t)(b >> bits);
		if (bits > 0 && at < n)
			out[at] |= (uint8_t)(b << (8 - bits));
	}
	return seen != 0;
}

static size_t run_length(const uint8_t *p, size_t n)
{
	size_t i = 1;
	while (i < n && i < 128 && p[i] == p[0])
		i++;
	return i;
}

/* PackBits (TIFF 6.0 section 9): count - 1 and that many bytes, or 1 - count and one repeated. */
static size_t pack(const uint8_t *in, size_t n, uint8_t *out)
{
	size_t o = 0, at = 0;

	while (at < n) {
		size_t run = run_length(in + at, n - at);
		if (run >= 2) {
			out[o++] = (uint8_t)(257 - run);
			out[o++] = in[at];
			at += run;
			continue;
		}
		size_t from = at++;
		/* A run of two inside a literal saves nothing. */
		while (at < n && at - from < 128 &&
			!(n - at > 2 && in[at] == in[at + 1] && in[at] == in[at + 2]))
			at++;
		out[o++] = (uint8_t)(at - from - 1);
		memcpy(out + o, in + from, at - from);
		o += at - from;
	}
	return o;
}

static void put_rows(const struct lang_job *job, bool compressed, struct sink *k)
{
	const struct printer_model *m = job->model;
	unsigned right = m->offset + job->media->offset;
	uint8_t raw[ROW_MAX], packed[ROW_MAX + 4];

	for (uint32_t y = 0; y < job->page->height; y++) {
		bool black = place_row(job->page, y, right, raw, m->row);
		if (compressed && !black) {
			sink_u8(k, 0x5a);
			continue;
		}
		size_t n = compressed ? pack(raw, m->row, packed) : m->row;
		const uint8_t head[3] = {0x67, 0x00, (uint8_t)n};
		sink_bytes(k, head, sizeof(head));
		sink_bytes(k, compressed ? packed : raw, n);
	}
}

static void put_set_up(const struct lang_job *job, struct sink *k)
{
	const struct printer_model *m = job->model;
	bool continuous = job->media->length_mm == 0;

	sink_fill(k, 0, INVALIDATE);
	PUT(k, "\x1b@");
	if (m->quirks & QUIRK_HAS_MODES)
		PUT(k, "\x1bia\x01");
	/* The printer speaks up by itself. The setting outlives a job, others' jobs included. */
	PUT(k, "\x1bi!\x00");
	/* Type, width, length (die-cut), quality. Without the recovery flag: a page is never printed
	 * again by the printer itself. */
	PUT(k, "\x1biz");
	sink_u8(k, continuous ? 0x46 : 0x4e);
	sink_u8(k, continuous ? 0x0a : 0x0b);
	sink_u8(k, (uint8_t)job->media->width_mm);
	sink_u8(k, (uint8_t)job->media->length_mm);
	sink_u32(k, job->page->height);
	sink_u16(k, 0);
	if (m->quirks & QUIRK_CUTS)
		PUT(k, "\x1biM\x40\x1biA\x01\x1biK\x08");
	else
		PUT(k, "\x1biM\x00\x1biK\x00");
	PUT(k, "\x1bi\x64");
	sink_u16(k, job->media->margin);
}

static enum err encode(const struct lang_job *job, struct sink *k)
{
	bool compressed = (job->model->quirks & QUIRK_COMPRESSES) != 0;

	if (job->page->width != job->media->width || job->model->row > ROW_MAX)
		return ERR_FORMAT;
	put_set_up(job, k);

	struct sink mark = *k;
	PUT(k, "M");
	sink_u8(k, compressed ? 2 : 0);
	put_rows(job, compressed, k);
	if (compressed && k->n - mark.n > 2 + (size_t)job->page->height * (3 + job->model->row)) {
		*k = mark;
		PUT(k, "M\x00");
		put_rows(job, false, k);
	}
	sink_u8(k, 0x1a);
	return k->full ? ERR_FULL : OK;
}

static void ask(struct lang_state *state, struct sink *k)
{
	state->answered = false;
	PUT(k, "\x1biS");
}

static void reset(struct sink *k)
{
	sink_fill(k, 0, INVALIDATE);
	PUT(k, "\x1b@");
}

static void begin(struct lang_state *state, const uint8_t id[static 4])
{
	memcpy(state->job, id, sizeof(state->job));
	state->completed = state->received = state->failed = false;
}

/* Error bytes 1 and 2 in the order of what to do first. */
static enum printer_state fault_of(uint8_t first, uint8_t second)
{
	static const struct {
		uint8_t first, second;
		enum printer_state fault;
	} faults[] = {
		{0x00, 0x10, PRINTER_COVER_OPEN},
		{0x03, 0x40, PRINTER_PAPER_OUT},
		{0x00, 0x01, PRINTER_WRONG_ROLL},
		{0x04, 0x00, PRINTER_JAM},
		{0x10, 0x00, PRINTER_BUSY},
		{0x20, 0x00, PRINTER_UNPLUGGED},
		{0xff, 0xff, PRINTER_FAULT},
	};
	for (size_t i = 0; i < COUNT(faults); i++)
		if ((first & faults[i].first) || (second & faults[i].second))
			return faults[i].fault;
	return PRINTER_READY;
}

static void take_status(const uint8_t *s, struct lang_state *state)
{
	enum { REPLY, COMPLETED, ERROR, TURNED_OFF = 4, NOTIFICATION, PHASE };
	uint8_t kind = s[18];
	enum printer_state fault = fault_of(s[8], s[9]);

	state->model[0] = s[3];
	state->model[1] = s[4];
	state->width_mm = s[10];
	state->length_mm = s[17];
	state->two_colour = (s[25] & 0x80) != 0;
	/* A completion or phase change carries no error bytes of its own: it does not end a fault. */
	if (kind == REPLY || kind == ERROR || fault != PRINTER_READY)
		state->fault = kind == ERROR && fault == PRINTER_READY ? PRINTER_FAULT : fault;
	if (kind == TURNED_OFF)
		state->fault = PRINTER_UNPLUGGED;
	if (kind == REPLY && s[11] == 0 && state->fault == PRINTER_READY)
		state->fault = PRINTER_PAPER_OUT;
	if (kind == REPLY)
		state->answered = true;
	if (kind == ERROR || kind == TURNED_OFF || fault != PRINTER_READY)
		state->failed = true;
	if (kind == REPLY || kind == PHASE)
		state->printing = s[19] == 1;
	if (kind == COMPLETED)
		state->completed = true;
	if (kind == PHASE && s[19] == 0 && state->completed)
		state->received = true;
	if (kind == NOTIFICATION && (s[22] == 3 || s[22] == 4))
		state->hot = s[22] == 3;
}

static enum reply answer(struct span in, struct lang_state *state, size_t *consumed)
{
	static const uint8_t mark[3] = {0x80, 0x20, 0x42};
	size_t at = 0;

	/* The first place where a status begins, or may begin if more comes. */
	while (at < in.n && memcmp(in.p + at, mark, in.n - at < 3 ? in.n - at : 3) != 0)
		at++;
	*consumed = at;
	if (at > 0)
		return REPLY_WRONG;
	if (in.n < STATUS)
		return REPLY_MORE;
	take_status(in.p, state);
	*consumed = STATUS;
	return REPLY_WHOLE;
}

/* Completion comes before the feed and the cut: only the phase after it and a clean status say that
 * the page is out. */
static bool confirmed(const struct printer_model *model, const struct lang_state *state, bool asked)
{
	(void)model;
	return state->completed && state->received && asked && state->fault == PRINTER_READY &&
	       !state->failed;
}

const struct printer_language lang_brother = {
	"Brother QL raster",
	bound,
	encode,
	ask,
	reset,
	begin,
	answer,
	confirmed,
	.asks_while_printing = false,
	.error_drops_job = true,
};
