/* PGM: the format that needs no library. */
#include "picture_inside.h"

/* The next byte, or 0 at the end and after a fault, which is not part of any word. */
static uint8_t peek(const struct cursor *c)
{
	return !c->bad && c->rest.n > 0 ? c->rest.p[0] : 0;
}

static bool is_space(uint8_t b)
{
	return b == ' ' || (b >= '\t' && b <= '\r');
}

static void skip_space(struct cursor *c)
{
	while (is_space(peek(c)) || peek(c) == '#')
		if (cursor_u8(c) == '#')
			while (c->rest.n > 0 && cursor_u8(c) != '\n')
				;
}

/* A decimal number after any white space and comments; what cannot be is a fault of c. */
static uint32_t number(struct cursor *c)
{
	uint32_t v = 0;

	skip_space(c);
	if (peek(c) < '0' || peek(c) > '9')
		c->bad = true;
	while (!c->bad && peek(c) >= '0' && peek(c) <= '9') {
		v = v * 10 + (cursor_u8(c) - (uint32_t)'0');
		if (v > 9999999)
			c->bad = true;
	}
	return v;
}

static uint32_t sample(struct cursor *c, bool plain, uint32_t white)
{
	if (plain)
		return number(c);
	if (white < 256)
		return cursor_u8(c);
	uint32_t high = cursor_u8(c);
	return high << 8 | cursor_u8(c);
}

static enum err read_pixels(struct picture *p, struct cursor *c, bool plain, uint32_t white)
{
	size_t n = (size_t)p->luma.width * p->luma.height;

	for (size_t i = 0; i < n; i++) {
		uint32_t v = sample(c, plain, white);
		if (c->bad && c->rest.n == 0)
			return picture_cut_off(p);
		if (c->bad || v > white)
			return picture_damaged(p, "a pixel is no number up to the white level");
		p->pixels[i] = (uint8_t)(v * 255 / white);
	}
	return OK;
}

enum err picture_pgm(struct picture *p, struct span file)
{
	struct cursor c = cursor_at(file);

	cursor_u8(&c);
	bool plain = cursor_u8(&c) == '2';
	uint32_t width = number(&c), height = number(&c), white = number(&c);
	bool ends = plain || is_space(cursor_u8(&c));
	if (c.bad && c.rest.n == 0)
		return picture_cut_off(p);
	if (c.bad || !ends || white == 0 || white > 65535)
		return picture_damaged(p, "no width, height and white level");
	enum err e = picture_take_size(p, width, height);
	return e ? e : read_pixels(p, &c, plain, white);
}
