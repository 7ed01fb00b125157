/* The stress set: a busy room, and a code on a page before it. */
#include "stress_inside.h"

#include <math.h>
#include <string.h>

enum { TEXELS = 12, PAGE_SIDE = 100 * TEXELS }; /* of the page a module; of the page altogether */

static const double degree = 3.14159265358979323846 / 180;

static void fill_box(float *canvas, int x, int y, int w, int h, float grey)
{
	for (int j = y < 0 ? 0 : y; j < y + h && j < STRESS_HEIGHT; j++)
		for (int i = x < 0 ? 0 : x; i < x + w && i < STRESS_WIDTH; i++)
			canvas[j * STRESS_WIDTH + i] = grey;
}

static void fill_disc(float *canvas, int x, int y, int rx, int ry, float grey)
{
	for (int j = y - ry; j <= y + ry; j++) {
		double t = 1 - (double)(j - y) * (j - y) / ((double)ry * ry);
		int half = t > 0 ? (int)(rx * sqrt(t)) : 0;

		fill_box(canvas, x - half, j, 2 * half, 1, grey);
	}
}

/* Lines of print, as on a banner or a screen behind the guest. */
static void fill_words(float *canvas, int x, int y, int height, float grey, struct chance *c)
{
	int lines = 2 + (int)chance_below(c, 6);

	for (int line = 0; line < lines; line++)
		for (int at = 0, n = 6 + (int)chance_below(c, 30); n > 0; n--) {
			int w = 1 + (int)chance_below(c, (uint32_t)height / 2 + 1);

			if (chance_below(c, 6) != 0)
				fill_box(canvas, x + at, y + line * height * 2, w,
					1 + (int)chance_below(c, (uint32_t)height), grey);
			at += w + 1 + (int)chance_below(c, 4);
		}
}

static void fill_checks(float *canvas, int x, int y, int cell, float a, float b)
{
	for (int j = 0; j < 8; j++)
		for (int i = 0; i < 8; i++)
			fill_box(canvas, x + i * cell, y + j * cell, cell, cell,
				(i + j) % 2 ? a : b);
}

void stress_background(float *canvas, struct chance *c)
{
	double base = chance_between(c, 60, 190), dx = chance_between(c, -60, 60),
	       dy = chance_between(c, -60, 60);

	for (int j = 0; j < STRESS_HEIGHT; j++)
		for (int i = 0; i < STRESS_WIDTH; i++)
			canvas[j * STRESS_WIDTH + i] =
				(float)(base + dx * i / STRESS_WIDTH + dy * j / STRESS_HEIGHT);
	for (int n = 50 + (int)chance_below(c, 50); n > 0; n--) {
		int x = (int)chance_below(c, STRESS_WIDTH + 200) - 100;
		int y = (int)chance_below(c, STRESS_HEIGHT + 200) - 100;
		float a = (float)chance_between(c, 5, 250), b = (float)chance_between(c, 5, 250);
		int w = 4 + (int)chance_below(c, 220), h = 4 + (int)chance_below(c, 220);

		switch (chance_below(c, 5)) {
		case 0:
			fill_box(canvas, x, y, w, h, a);
			break;
		case 1:
			fill_disc(canvas, x, y, w / 2, h / 2, a);
			fill_disc(canvas, x, y, w / 4, h / 4, b);
			break;
		case 2:
			fill_words(canvas, x, y, 4 + (int)chance_below(c, 14), a, c);
			break;
		case 3:
			fill_checks(canvas, x, y, 2 + (int)chance_below(c, 14), a, b);
			break;
		default:
			fill_box(canvas, x, y, w, 2 + h / 20, a);
			break;
		}
	}
}

static void multiply(double out[3][3], double a[3][3], double b[3][3])
{
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			out[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
}

/* Turned in the picture by rotation; tilted by tilt about an axis that lies at lean. */
struct pose pose_of(const struct scene *s, unsigned side)
{
	double r = s->rotation * degree, t = s->tilt * degree, l = s->lean * degree;
	double spin[3][3] = {{cos(r - l), -sin(r - l), 0}, {sin(r - l), cos(r - l), 0}, {0, 0, 1}};
	double tilt[3][3] = {{1, 0, 0}, {0, cos(t), -sin(t)}, {0, sin(t), cos(t)}};
	double back[3][3] = {{cos(l), -sin(l), 0}, {sin(l), cos(l), 0}, {0, 0, 1}};
	double half[3][3];
	struct pose p = {.focal = 1000};

	multiply(half, tilt, spin);
	multiply(p.turn, back, half);
	p.at[2] = p.focal * 29 / s->size;
	p.at[0] = (s->x - STRESS_WIDTH / 2.0) * p.at[2] / p.focal;
	p.at[1] = (s->y - STRESS_HEIGHT / 2.0) * p.at[2] / p.focal;
	p.radius = s->arc > 0 ? side / (s->arc * degree) : 0;
	return p;
}

void pose_project(const struct pose *p, double u, double v, double *x, double *y)
{
	double o[3] = {u, v, 0}, w[3];

	if (p->radius > 0) {
		o[0] = p->radius * sin(u / p->radius);
		o[2] = p->radius * (1 - cos(u / p->radius));
	}
	for (int i = 0; i < 3; i++)
		w[i] = p->turn[i][0] * o[0] + p->turn[i][1] * o[1] + p->turn[i][2] * o[2] +
		       p->at[i];
	*x = STRESS_WIDTH / 2.0 + p->focal * w[0] / w[2];
	*y = STRESS_HEIGHT / 2.0 + p->focal * w[1] / w[2];
}

bool pose_meet(const struct pose *p, double x, double y, double *u, double *v)
{
	double w[3] = {
		(x - STRESS_WIDTH / 2.0) / p->focal, (y - STRESS_HEIGHT / 2.0) / p->focal, 1};
	double o[3] = {0}, d[3] = {0}, t = 0;

	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++) {
			d[i] += p->turn[j][i] * w[j];
			o[i] -= p->turn[j][i] * p->at[j];
		}
	if (p->radius > 0) {
		double a = d[0] * d[0] + d[2] * d[2], z = o[2] - p->radius;
		double b = o[0] * d[0] + z * d[2], e = o[0] * o[0] + z * z - p->radius * p->radius;

		if (b * b - a * e <= 0)
			return false;
		t = (-b - sqrt(b * b - a * e)) / a;
		*u = p->radius * atan2(o[0] + t * d[0], -(z + t * d[2]));
	} else {
		t = -o[2] / d[2];
		*u = o[0] + t * d[0];
	}
	*v = o[1] + t * d[1];
	return t > 0;
}

/* The page flat: TEXELS a module, 0 where the room shows. */
static uint8_t page[PAGE_SIDE * PAGE_SIDE];
static int page_side;

static void page_box(double u, double v, double w, double h, uint8_t grey)
{
	int x0 = (int)lround(u * TEXELS) + page_side / 2,
	    x1 = (int)lround((u + w) * TEXELS) + page_side / 2;
	int y0 = (int)lround(v * TEXELS) + page_side / 2,
	    y1 = (int)lround((v + h) * TEXELS) + page_side / 2;

	for (int y = y0 < 0 ? 0 : y0; y < y1 && y < page_side; y++)
		for (int x = x0 < 0 ? 0 : x0; x < x1 && x < page_side; x++)
			page[y * page_side + x] = grey;
}

/* Blots, and scratches that light shows or dirt fills, until they cover what they should. */
static void damage_page(const struct scene *s, unsigned side, struct chance *c)
{
	double left = s->damage / 100 * side * side, half = side / 2.0;

	while (left > 0) {
		double u = chance_between(c, -half, half), v = chance_between(c, -half, half);
		uint8_t grey = (uint8_t)(chance_below(c, 2) ? s->white : s->black);
		double w = chance_between(c, 0.8, 3), h = chance_between(c, 0.8, 3);

		if (chance_below(c, 3) == 0) {
			w = chance_between(c, side / 4.0, side / 2.0);
			h = 0.5;
		}
		if (w * h > left)
			w = left / h;
		if (chance_below(c, 2) == 0)
			page_box(u, v, w, h, grey);
		else
			page_box(u, v, h, w, grey);
		left -= w * h;
	}
}

static void draw_page(const struct scene *s, const struct symbol *symbol, struct chance *c)
{
	double half = symbol->side / 2.0, whole = half + s->quiet, edge = whole + s->page;
	uint8_t light = (uint8_t)(s->inverted != 0 ? s->black : s->white);
	uint8_t dark = (uint8_t)(s->inverted != 0 ? s->white : s->black);
	uint8_t sheet = (uint8_t)(s->page_dark != 0 ? s->black : s->white);

	page_side = (int)ceil(2 * edge) * TEXELS;
	if (page_side > PAGE_SIDE)
		page_side = PAGE_SIDE;
	memset(page, sheet > 0 ? sheet : 1, (size_t)page_side * page_side);
	for (double v = whole + 1; v < edge - 1; v += 2)
		for (double u = -half; u < half; u += chance_between(c, 0.5, 3))
			page_box(u, v, chance_between(c, 0.2, 1), 1,
				s->page_dark != 0 ? light : dark);
	page_box(-whole, -whole, 2 * whole, 2 * whole, light > 0 ? light : 1);
	for (unsigned y = 0; y < symbol->side; y++)
		for (unsigned x = 0; x < symbol->side; x++)
			if (symbol_dark(symbol, x, y))
				page_box(x - half, y - half, 1, 1, dark > 0 ? dark : 1);
	damage_page(s, symbol->side, c);
}

/* The mean of finer rays through one pixel; those that miss the page leave the room as it was. */
static void see_pixel(float *canvas, const struct pose *p, int x, int y, int fine)
{
	float *at = &canvas[y * STRESS_WIDTH + x], room = *at;
	double sum = 0, u = 0, v = 0;

	for (int j = 0; j < fine; j++)
		for (int i = 0; i < fine; i++) {
			uint8_t texel = 0;

			if (pose_meet(p, x + (i + 0.5) / fine, y + (j + 0.5) / fine, &u, &v)) {
				int px = (int)floor(u * TEXELS) + page_side / 2;
				int py = (int)floor(v * TEXELS) + page_side / 2;

				if (px >= 0 && py >= 0 && px < page_side && py < page_side)
					texel = page[py * page_side + px];
			}
			sum += texel > 0 ? (float)texel : room;
		}
	*at = (float)(sum / (fine * fine));
}

void stress_code(
	float *canvas, const struct scene *s, const struct symbol *symbol, struct chance *c)
{
	struct pose p = pose_of(s, symbol->side);
	double half = 0, low[2] = {1e9, 1e9}, high[2] = {-1e9, -1e9};
	int fine = s->size > 150 ? 3 : 5;

	draw_page(s, symbol, c);
	half = page_side / (2.0 * TEXELS);
	for (int i = 0; i <= 20; i++)
		for (int j = 0; j <= 20; j++) {
			double at[2];

			pose_project(
				&p, (i - 10) * half / 10, (j - 10) * half / 10, &at[0], &at[1]);
			for (int k = 0; k < 2; k++) {
				low[k] = at[k] < low[k] ? at[k] : low[k];
				high[k] = at[k] > high[k] ? at[k] : high[k];
			}
		}
	for (int y = low[1] < 1 ? 0 : (int)low[1] - 1; y < STRESS_HEIGHT && y < high[1] + 2; y++)
		for (int x = low[0] < 1 ? 0 : (int)low[0] - 1; x < STRESS_WIDTH && x < high[0] + 2;
			x++)
			see_pixel(canvas, &p, x, y, fine);
}
