/* Films, frame by frame. */
#include "film.h"

#include "symbol.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uint8_t pixels[FILM_WIDTH * FILM_HEIGHT];

static void must(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "film: %s\n", what);
	exit(1);
}

static void box(unsigned x, unsigned y, unsigned w, unsigned h, int grey)
{
	for (unsigned i = 0; i < h; i++)
		memset(pixels + (size_t)(y + i) * FILM_WIDTH + x, grey, w);
}

/* In the middle of the telephone's glass, as large as it goes. */
static void code(unsigned x, unsigned y, unsigned side, const char *text)
{
	static struct symbol s;

	must(symbol_make(&s, span_of(text)) == OK, "a code");
	unsigned scale = side / (s.side + 2 * SYMBOL_QUIET), edge = (side - s.side * scale) / 2;
	must(scale > 0, "room for the code");
	for (unsigned i = 0; i < s.side * s.side; i++)
		if (symbol_dark(&s, i % s.side, i / s.side))
			box(x + edge + i % s.side * scale, y + edge + i / s.side * scale, scale,
				scale, 20);
}

static void hall(void)
{
	for (unsigned i = 0; i < FILM_WIDTH * FILM_HEIGHT; i++)
		pixels[i] = (uint8_t)(90 + i % FILM_WIDTH / 20);
	box(80, 60, 250, 400, 225);
	box(520, 300, 260, 420, 70);
	box(560, 130, 180, 170, 165);
}

void film_begin(FILE *f)
{
	must(fprintf(f, "YUV4MPEG2 W%d H%d F%d:1 Cmono\n", FILM_WIDTH, FILM_HEIGHT, FILM_RATE) > 0,
		"the header");
}

void film_frame(FILE *f, const char *text, unsigned n)
{
	unsigned x = 700 - 4 * (n < 20 ? n : 20);

	hall();
	if (text) {
		box(x, 150, 280, 460, 25);
		box(x + 10, 160, 260, 440, 235);
		code(x + 10, 250, 260, text);
	}
	must(fputs("FRAME\n", f) >= 0, "a frame");
	must(fwrite(pixels, 1, sizeof(pixels), f) == sizeof(pixels), "a frame");
	must(fflush(f) == 0, "a frame");
}

void film_write(const char *path, const char *text, unsigned empty, unsigned held)
{
	FILE *f = fopen(path, "wb");

	must(f != NULL, path);
	film_begin(f);
	for (unsigned i = 0; i < empty; i++)
		film_frame(f, NULL, i);
	for (unsigned i = 0; i < held; i++)
		film_frame(f, text, i);
	must(fclose(f) == 0, path);
}
