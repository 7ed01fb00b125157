/* What looks a little like a code. */
#include "confuse.h"

#include "stress_inside.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

/* Squares of side pixels, each dark or light by chance, in two greys. */
static void field(uint8_t *grey, unsigned side, struct chance *c)
{
	uint8_t levels[2] = {(uint8_t)chance_below(c, 110), (uint8_t)(145 + chance_below(c, 110))};
	uint8_t row[STRESS_WIDTH];

	for (unsigned y = 0; y < STRESS_HEIGHT; y++) {
		for (unsigned x = 0; x < STRESS_WIDTH && y % side == 0; x++)
			row[x] = x % side == 0 ? levels[chance_below(c, 2)] : row[x - 1];
		memcpy(grey + (size_t)y * STRESS_WIDTH, row, sizeof(row));
	}
}

static void noise(uint8_t *grey, struct chance *c)
{
	for (size_t i = 0; i < STRESS_PIXELS; i++)
		grey[i] = (uint8_t)chance_below(c, 256);
}

static void finder(uint8_t *grey, unsigned module, unsigned left, unsigned top)
{
	for (unsigned y = 0; y < 9 * module; y++)
		for (unsigned x = 0; x < 9 * module; x++) {
			int u = abs((int)(x / module) - 4), v = abs((int)(y / module) - 4);
			int ring = u > v ? u : v;

			grey[(size_t)(top + y) * STRESS_WIDTH + left + x] =
				ring == 2 || ring == 4 ? 230 : 20;
		}
}

static void strew(uint8_t *grey, struct chance *c)
{
	unsigned module = 3 + chance_below(c, 5);

	field(grey, module, c);
	for (unsigned i = 0; i < 40; i++)
		finder(grey, module, chance_below(c, STRESS_WIDTH - 9 * module),
			chance_below(c, STRESS_HEIGHT - 9 * module));
}

static void page(uint8_t *grey, struct chance *c)
{
	static const char letters[] = "eeeeooooaaaattiinnssrrdlu  OQ08B@#%g";
	int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, STRESS_WIDTH);
	cairo_surface_t *s =
		cairo_image_surface_create(CAIRO_FORMAT_A8, STRESS_WIDTH, STRESS_HEIGHT);
	cairo_t *cr = cairo_create(s);
	double size = chance_between(c, 9, 40);
	const uint8_t *at = NULL;

	cairo_set_font_size(cr, size);
	for (double y = size; y < STRESS_HEIGHT; y += 1.2 * size) {
		char line[160] = "";

		for (size_t i = 0; i + 1 < sizeof(line); i++)
			line[i] = letters[chance_below(c, sizeof(letters) - 1)];
		cairo_move_to(cr, 8, y);
		cairo_show_text(cr, line);
	}
	cairo_surface_flush(s);
	at = cairo_image_surface_get_data(s);
	for (unsigned y = 0; y < STRESS_HEIGHT; y++)
		for (unsigned x = 0; x < STRESS_WIDTH; x++)
			grey[(size_t)y * STRESS_WIDTH + x] =
				(uint8_t)(235 - at[(size_t)y * (unsigned)stride + x] * 210 / 255);
	cairo_destroy(cr);
	cairo_surface_destroy(s);
}

void confuse(uint8_t *grey, uint32_t n)
{
	struct chance c = chance_of(3000, 1, 1 + n);

	switch (n % 4) {
	case 0:
		noise(grey, &c);
		break;
	case 1:
		page(grey, &c);
		break;
	case 2:
		field(grey, 2 + chance_below(&c, 11), &c);
		break;
	default:
		strew(grey, &c);
	}
}
