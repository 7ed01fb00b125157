/* The ESC/POS language of Epson's receipt and label printers and their many cousins. */
#include "language.h"
#include "model.h"

#include <string.h>

enum {
	BAND = 200, /* rows a picture; clones lose bytes of taller ones */
	ROW_MAX = 72,
	BAND_HEAD = 8,
	ASKS = 4,
};

static void put(struct sink *k, const char *bytes, size_t n)
{
	sink_bytes(k, bytes, n);
}
#define PUT(k, literal) put((k), literal, sizeof(literal) - 1)

static size_t bound(const struct printer_model *m, uint32_t height)
{
	size_t bands = ((size_t)height + BAND - 1) / BAND;
	return (size_t)BAND * ROW_MAX + 64 + bands * BAND_HEAD + (size_t)height * m->row;
}

static bool real_time(uint8_t b)
{
	return b == 0x04 || b == 0x05 || b == 0x14;
}

/* DLE EOT, DLE ENQ and DLE DC4 are obeyed at once even inside a picture. A DLE that would begin one
 * gets one more dot beside its own: 18 for 10. It never begins or ends a pair itself. */
static void defuse(uint8_t *p, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (p[i] == 0x10 && real_time(p[i + 1]))
			p[i] = 0x18;
}

static void put_band(const struct lang_job *job, uint32_t from, uint32_t rows, struct sink *k)
{
	const struct bitmap *page = job->page;
	size_t n = job->model->row, used = (page->width + 7) / 8;
	size_t begin = k->n;

	/* GS v 0: a picture, m = 0, width in bytes, height in rows. */
	PUT(k, "\x1dv0\x00");
	sink_u16(k, (uint16_t)n);
	sink_u16(k, (uint16_t)rows);
	for (uint32_t y = from; y < from + rows; y++) {
		sink_bytes(k, page->dots + (size_t)y * page->stride, used);
		sink_fill(k, 0, n - used);
	}
	if (!k->full && k->p)
		defuse(k->p + begin + BAND_HEAD, (size_t)rows * n);
}

static void reset(struct sink *k)
{
	/* Zeros end a picture that was cut off; else they are no command and do nothing. */
	sink_fill(k, 0, (size_t)BAND * ROW_MAX);
	PUT(k, "\x1b@");
}

static enum err encode(const struct lang_job *job, struct sink *k)
{
	const struct bitmap *page = job->page;

	if (page->width > job->media->width || job->model->row > ROW_MAX)
		return ERR_FORMAT;
	if (job->flush)
		reset(k);
	PUT(k, "\x1b@");
	/* GS a: errors, paper and on-line changes are told by the printer itself. */
	PUT(k, "\x1d\x61\x0e");
	for (uint32_t y = 0; y < page->height; y += BAND)
		put_band(job, y, page->height - y < BAND ? page->height - y : BAND, k);
	if (job->model->quirks & QUIRK_CUTS)
		PUT(k, "\x1dVB\x00");
	if (job->model->quirks & QUIRK_PROCESS_ID) {
		PUT(k, "\x1d(H\x06\x00\x30\x30");
		sink_bytes(k, job->id, sizeof(job->id));
	}
	return k->full ? ERR_FULL : OK;
}

static void ask(struct lang_state *state, struct sink *k)
{
	state->answered = false;
	state->round = 0;
	PUT(k, "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04");
}

static void begin(struct lang_state *state, const uint8_t id[static 4])
{
	memcpy(state->job, id, sizeof(state->job));
	state->completed = state->received = state->failed = false;
}

/* The four answers of DLE EOT 1 to 4. */
static void take_round(const uint8_t r[static ASKS], struct lang_state *state)
{
	enum printer_state fault = PRINTER_READY;

	if (r[1] & 0x04)
		fault = PRINTER_COVER_OPEN;
	else if ((r[3] & 0x60) || (r[1] & 0x20))
		fault = PRINTER_PAPER_OUT;
	else if (r[2] & 0x0c)
		fault = PRINTER_JAM;
	else if (r[2] & 0x20)
		fault = PRINTER_FAULT;
	else if (r[2] & 0x40)
		fault = PRINTER_HOT;
	else if (r[1] & 0x40)
		fault = PRINTER_FAULT;
	else if (r[1] & 0x08)
		fault = PRINTER_PRINTING; /* somebody holds the feed key */
	else if (r[0] & 0x08)
		fault = PRINTER_FAULT; /* off-line, and says no more */
	state->near_end = (r[3] & 0x0c) != 0;
	state->fault = fault;
	state->answered = true;
}

/* The four bytes that come by themselves when something changes. */
static void take_change(const uint8_t *b, struct lang_state *state)
{
	enum printer_state fault = PRINTER_READY;

	if (b[0] & 0x20)
		fault = PRINTER_COVER_OPEN;
	else if (b[2] & 0x0c)
		fault = PRINTER_PAPER_OUT;
	else if (b[1] & 0x0c)
		fault = PRINTER_JAM;
	else if (b[1] & 0x20)
		fault = PRINTER_FAULT;
	else if (b[1] & 0x40)
		fault = PRINTER_HOT;
	state->near_end = (b[2] & 0x03) != 0;
	state->fault = fault;
}

/* 37 22 and four bytes and 00: everything before that process id is printed. 37 25 00: cleared. */
static enum reply take_block(struct span in, struct lang_state *state, size_t *consumed)
{
	*consumed = 0;
	if (in.n < 2)
		return REPLY_MORE;
	size_t n = in.p[1] == 0x22 ? 7 : in.p[1] == 0x25 ? 3 : 1;
	if (in.n < n && n > 1)
		return REPLY_MORE;
	*consumed = 1;
	if (n == 1 || in.p[n - 1] != 0)
		return REPLY_WRONG;
	*consumed = n;
	if (n == 7 && memcmp(in.p + 2, state->job, 4) == 0)
		state->completed = state->received = true;
	return REPLY_WHOLE;
}

static enum reply answer(struct span in, struct lang_state *state, size_t *consumed)
{
	uint8_t b = in.p[0];

	*consumed = 1;
	if ((b & 0x93) == 0x12) {
		if (state->round < ASKS)
			state->pieces[state->round++] = b;
		if (state->round < ASKS || state->answered)
			return REPLY_WHOLE;
		take_round(state->pieces, state);
		return REPLY_WHOLE;
	}
	if ((b & 0x93) == 0x10) {
		for (size_t i = 1; i < 4 && i < in.n; i++)
			if (in.p[i] & 0x90)
				return REPLY_WRONG;
		*consumed = in.n < 4 ? 0 : 4;
		if (in.n < 4)
			return REPLY_MORE;
		take_change(in.p, state);
		return REPLY_WHOLE;
	}
	if (b == 0x37)
		return take_block(in, state, consumed);
	return REPLY_WRONG;
}

/* Without a process id the best there is: all bytes taken, and a clean answer afterwards. */
static bool confirmed(const struct printer_model *model, const struct lang_state *state, bool asked)
{
	if (model->quirks & QUIRK_PROCESS_ID)
		return state->completed;
	return asked && state->fault == PRINTER_READY && !state->failed;
}

const struct printer_language lang_escpos = {
	"ESC/POS",
	bound,
	encode,
	ask,
	reset,
	begin,
	answer,
	confirmed,
	.asks_while_printing = true,
	.error_drops_job = false,
};
