/* The stress set: what light, lens, sensor and compression do to a frame. */
#include "stress_inside.h"

#include <stdio.h>

#include <jpeglib.h>
#include <math.h>
#include <string.h>

enum { TAPS = 129 };

static const double degree = 3.14159265358979323846 / 180;
static float spare[STRESS_PIXELS];

static int held(int v, int n)
{
	return v < 0 ? 0 : v >= n ? n - 1 : v;
}

/* A Gaussian, a row or column at a time, by step. */
static void smear_line(float *line, int n, int step, const float *weight, int reach)
{
	static float copy[STRESS_WIDTH];

	for (int i = 0; i < n; i++)
		copy[i] = line[i * step];
	for (int i = 0; i < n; i++) {
		float sum = 0;

		for (int k = -reach; k <= reach; k++)
			sum += weight[k + reach] * copy[held(i + k, n)];
		line[i * step] = sum;
	}
}

static void blur(float *canvas, double sigma)
{
	float weight[TAPS], sum = 0;
	int reach = (int)ceil(3 * sigma);

	if (sigma <= 0)
		return;
	if (reach > TAPS / 2)
		reach = TAPS / 2;
	for (int k = -reach; k <= reach; k++)
		sum += weight[k + reach] = (float)exp(-k * k / (2 * sigma * sigma));
	for (int k = 0; k <= 2 * reach; k++)
		weight[k] /= sum;
	for (int y = 0; y < STRESS_HEIGHT; y++)
		smear_line(&canvas[y * STRESS_WIDTH], STRESS_WIDTH, 1, weight, reach);
	for (int x = 0; x < STRESS_WIDTH; x++)
		smear_line(&canvas[x], STRESS_HEIGHT, STRESS_WIDTH, weight, reach);
}

static float between(const float *from, double x, double y)
{
	int x0 = (int)floor(x), y0 = (int)floor(y);
	float fx = (float)(x - x0), fy = (float)(y - y0);
	const float *a = &from[held(y0, STRESS_HEIGHT) * STRESS_WIDTH],
		    *b = &from[held(y0 + 1, STRESS_HEIGHT) * STRESS_WIDTH];
	int l = held(x0, STRESS_WIDTH), r = held(x0 + 1, STRESS_WIDTH);

	return (a[l] * (1 - fx) + a[r] * fx) * (1 - fy) + (b[l] * (1 - fx) + b[r] * fx) * fy;
}

static void move(float *canvas, double length, double way)
{
	int steps = (int)ceil(length * 1.5);

	if (length <= 0)
		return;
	memcpy(spare, canvas, sizeof(spare));
	for (int y = 0; y < STRESS_HEIGHT; y++)
		for (int x = 0; x < STRESS_WIDTH; x++) {
			float sum = 0;

			for (int k = 0; k <= steps; k++) {
				double t = length * ((double)k / steps - 0.5);
				sum += between(spare, x + t * cos(way), y + t * sin(way));
			}
			canvas[y * STRESS_WIDTH + x] = sum / (float)(steps + 1);
		}
}

/* A lamp in the glass: where it is the picture is white, with a soft edge. */
static void glare(float *canvas, const struct scene *s, double side, struct chance *c)
{
	double long_axis = chance_between(c, 1, 1.8), way = chance_between(c, 0, 180) * degree;
	double r = sqrt(s->glare / 100 * side * side / 3.14159);
	double x0 = s->x + chance_between(c, -0.4, 0.4) * side,
	       y0 = s->y + chance_between(c, -0.4, 0.4) * side;

	if (s->glare <= 0)
		return;
	for (int y = 0; y < STRESS_HEIGHT; y++)
		for (int x = 0; x < STRESS_WIDTH; x++) {
			double a = ((x - x0) * cos(way) + (y - y0) * sin(way)) / (r * long_axis);
			double b = ((y - y0) * cos(way) - (x - x0) * sin(way)) / r * long_axis;
			double d = sqrt(a * a + b * b);

			if (d < 2)
				canvas[y * STRESS_WIDTH + x] +=
					(float)(255 / (1 + exp((d - 1) * 12)));
		}
}

/* The left of the code in light, the right of it in somebody's shadow. */
static void shadow(float *canvas, const struct scene *s, double side, struct chance *c)
{
	double way = chance_between(c, 0, 360) * degree, soft = chance_between(c, 0.05, 0.3) * side;
	double off = chance_between(c, -0.3, 0.3) * side;

	if (s->shadow >= 1)
		return;
	for (int y = 0; y < STRESS_HEIGHT; y++)
		for (int x = 0; x < STRESS_WIDTH; x++) {
			double d = (x - s->x) * cos(way) + (y - s->y) * sin(way) - off;

			canvas[y * STRESS_WIDTH + x] *=
				(float)(s->shadow + (1 - s->shadow) / (1 + exp(d / soft * 2)));
		}
}

/* Too long exposed: light adds up past white and runs over into what is dark. */
static void bloom(float *canvas, double much, double side)
{
	if (much <= 0)
		return;
	memcpy(spare, canvas, sizeof(spare));
	blur(spare, side / 29 * 0.8);
	for (int i = 0; i < STRESS_PIXELS; i++)
		canvas[i] = (float)(canvas[i] * (1 + 0.4 * much) + spare[i] * 0.45 * much);
}

static void moire(float *canvas, double much, struct chance *c)
{
	double a = chance_between(c, 0, 180) * degree, b = a + chance_between(c, 60, 120) * degree;
	double fa = 6.28318 / chance_between(c, 2.2, 9), fb = 6.28318 / chance_between(c, 2.2, 9);

	if (much <= 0)
		return;
	for (int y = 0; y < STRESS_HEIGHT; y++)
		for (int x = 0; x < STRESS_WIDTH; x++)
			canvas[y * STRESS_WIDTH + x] +=
				(float)(much / 2 *
					(sin(fa * (x * cos(a) + y * sin(a))) +
						sin(fb * (x * cos(b) + y * sin(b)))));
}

void stress_light(float *canvas, const struct scene *s, unsigned side, struct chance *c)
{
	double module = s->size / 29, pixels = module * side;

	shadow(canvas, s, pixels, c);
	glare(canvas, s, pixels, c);
	bloom(canvas, s->bloom, s->size);
	for (int i = 0; i < STRESS_PIXELS; i++)
		canvas[i] = canvas[i] > 255 ? 255 : canvas[i];
	move(canvas, s->motion * module, s->motion_way * degree);
	blur(canvas, sqrt(s->blur * module * s->blur * module + 0.25));
	moire(canvas, s->moire, c);
}

static void compress(uint8_t *grey, int quality)
{
	static unsigned char jpeg[STRESS_PIXELS * 2];
	unsigned char *at = jpeg;
	unsigned long n = sizeof(jpeg);
	struct jpeg_error_mgr errors;
	struct jpeg_compress_struct out = {.err = jpeg_std_error(&errors)};
	struct jpeg_decompress_struct in = {.err = &errors};

	jpeg_create_compress(&out);
	jpeg_mem_dest(&out, &at, &n);
	out.image_width = STRESS_WIDTH;
	out.image_height = STRESS_HEIGHT;
	out.input_components = 1;
	out.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&out);
	jpeg_set_quality(&out, quality, TRUE);
	jpeg_start_compress(&out, TRUE);
	while (out.next_scanline < STRESS_HEIGHT) {
		JSAMPROW row = &grey[out.next_scanline * STRESS_WIDTH];
		jpeg_write_scanlines(&out, &row, 1);
	}
	jpeg_finish_compress(&out);
	jpeg_destroy_compress(&out);
	jpeg_create_decompress(&in);
	jpeg_mem_src(&in, at, n);
	jpeg_read_header(&in, TRUE);
	jpeg_start_decompress(&in);
	while (in.output_scanline < STRESS_HEIGHT) {
		JSAMPROW row = &grey[in.output_scanline * STRESS_WIDTH];
		jpeg_read_scanlines(&in, &row, 1);
	}
	jpeg_finish_decompress(&in);
	jpeg_destroy_decompress(&in);
}

void stress_sensor(uint8_t *grey, const float *canvas, const struct scene *s, struct chance *c)
{
	for (int i = 0; i < STRESS_PIXELS; i++) {
		double v = canvas[i] + s->noise * chance_normal(c) + 0.5;
		grey[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
	}
	if (s->jpeg > 0)
		compress(grey, (int)s->jpeg);
}
