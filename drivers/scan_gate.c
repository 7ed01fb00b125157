/* Motion and exposure, from the brightness of cells. */
#include "scan_gate.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNIT = 16, /* a grey level */
	/* Movement: so many cells changed by so much, and by this part of their own brightness; less is
	 * noise, which a cell's some hundred pixels average to well below a level. */
	CELLS_MOVED = 2,
	LEVELS_MOVED = 3 * UNIT,
	PART_MOVED = 32,
	/* The brightest and the darkest cell no further apart: a covered lens, a blinding lamp. */
	LEVELS_FLAT = 2 * UNIT,
};

struct cells {
	uint16_t cell[SCAN_GATE_ROWS][SCAN_GATE_COLUMNS];
	uint32_t sum;
	uint16_t darkest, brightest;
};

static uint32_t sum_row(const uint8_t *p, uint32_t n)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += p[i];
	return sum;
}

/* Every other row is enough. A frame narrower than the grid has cells of one pixel, some twice. */
static uint16_t mean_of(const struct luma *f, uint32_t row, uint32_t column)
{
	uint32_t left = f->width * column / SCAN_GATE_COLUMNS;
	uint32_t right = f->width * (column + 1) / SCAN_GATE_COLUMNS;
	uint32_t top = f->height * row / SCAN_GATE_ROWS;
	uint32_t bottom = f->height * (row + 1) / SCAN_GATE_ROWS;
	uint64_t sum = 0;

	right = right > left ? right : left + 1;
	bottom = bottom > top ? bottom : top + 1;
	for (uint32_t y = top; y < bottom; y += 2)
		sum += sum_row(f->at + (size_t)y * f->stride + left, right - left);
	return (uint16_t)(sum * UNIT / ((uint64_t)(right - left) * ((bottom - top + 1) / 2)));
}

static void measure(const struct luma *f, struct cells *c)
{
	c->sum = 0;
	c->darkest = UINT16_MAX;
	c->brightest = 0;
	for (uint32_t y = 0; y < SCAN_GATE_ROWS; y++)
		for (uint32_t x = 0; x < SCAN_GATE_COLUMNS; x++) {
			uint16_t mean = mean_of(f, y, x);

			c->cell[y][x] = mean;
			c->sum += mean;
			c->darkest = mean < c->darkest ? mean : c->darkest;
			c->brightest = mean > c->brightest ? mean : c->brightest;
		}
}

/* Has anything changed that the change of all light together does not explain? */
static bool moved(const struct scan_gate *g, const struct cells *now)
{
	uint32_t before = 1, cells = 0;
	const uint16_t *was = &g->cell[0][0], *is = &now->cell[0][0];

	for (size_t i = 0; i < sizeof(g->cell) / sizeof(**g->cell); i++)
		before += was[i];
	for (size_t i = 0; i < sizeof(g->cell) / sizeof(**g->cell); i++) {
		int64_t expected = (int64_t)was[i] * (now->sum + 1) / before;
		int64_t change = llabs(is[i] - expected);

		cells += change > LEVELS_MOVED + expected / PART_MOVED;
	}
	return cells >= CELLS_MOVED;
}

enum scan_gate_answer scan_gate_next(struct scan_gate *g, const struct luma *frame)
{
	struct cells now;

	measure(frame, &now);
	if (now.brightest - now.darkest < LEVELS_FLAT)
		return SCAN_GATE_REST;
	if (!g->started || moved(g, &now)) {
		memcpy(g->cell, now.cell, sizeof(g->cell));
		g->started = true;
		g->open = SCAN_GATE_OPEN;
		g->still = 0;
	}
	if (g->open > 0) {
		g->open--;
		return SCAN_GATE_LOOK;
	}
	return ++g->still % SCAN_GATE_GLANCE == 0 ? SCAN_GATE_PEEP : SCAN_GATE_REST;
}
