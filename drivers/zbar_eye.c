/* libzbar, told to read QR symbols and nothing else. */
#include "zbar_eye.h"

#include "zxing.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

/* libzbar keeps 344 bytes of every symbol read (its issue 258): the scanner is made anew now and
 * then, and takes them with it. */
enum { READS_MAX = 256 };

struct zbar_eye {
	zbar_image_scanner_t *scanner;
	zbar_image_t *image;
	unsigned reads;
	struct reading reading;
};

static zbar_image_scanner_t *scanner_make(void)
{
	zbar_image_scanner_t *s = zbar_image_scanner_create();

	if (s == NULL)
		return NULL;
	zbar_image_scanner_set_config(s, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(s, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	/* As text it would load a character set's module from a file, in the middle of a sandbox. */
	zbar_image_scanner_set_config(s, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
	return s;
}

enum err zbar_eye_open(struct zbar_eye **out)
{
	struct zbar_eye *z = calloc(1, sizeof(*z));

	*out = NULL;
	if (z == NULL)
		return ERR_IO;
	z->scanner = scanner_make();
	z->image = zbar_image_create();
	if (z->scanner == NULL || z->image == NULL) {
		zbar_eye_close(z);
		return ERR_IO;
	}
	zbar_image_set_format(z->image, zbar_fourcc('Y', '8', '0', '0'));
	*out = z;
	return OK;
}

void zbar_eye_close(struct zbar_eye *z)
{
	if (z == NULL)
		return;
	if (z->image != NULL)
		zbar_image_destroy(z->image);
	if (z->scanner != NULL)
		zbar_image_scanner_destroy(z->scanner);
	free(z);
}

/* libzbar goes round: top left, bottom left, bottom right, top right. Of a part of several symbols
 * it gives no corners; then all four stay 0. */
static void corners_of(const zbar_symbol_t *symbol, struct corner corner[static 4])
{
	static const unsigned from[4] = {0, 3, 2, 1};

	memset(corner, 0, 4 * sizeof(*corner));
	if (zbar_symbol_get_loc_size(symbol) != 4)
		return;
	for (unsigned i = 0; i < 4; i++)
		corner[i] = (struct corner){zbar_symbol_get_loc_x(symbol, from[i]),
			zbar_symbol_get_loc_y(symbol, from[i])};
}

static bool reading_of(const zbar_symbol_t *symbol, struct reading *r)
{
	struct span bytes = {
		(const uint8_t *)zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol)};

	if (bytes.n == 0 || zxing_text(bytes, r) != OK)
		return false;
	corners_of(symbol, r->corner);
	return true;
}

enum err zbar_eye_read(
	struct zbar_eye *z, const struct luma *l, const char *path, reading_sink *sink, void *to)
{
	enum err answer = ERR_ABSENT;

	if (!luma_sound(l) || l->stride != l->width)
		return ERR_FORMAT;
	if (z->reads >= READS_MAX) {
		zbar_image_scanner_t *fresh = scanner_make();

		if (fresh == NULL)
			return ERR_IO;
		zbar_image_scanner_destroy(z->scanner);
		z->scanner = fresh;
		z->reads = 0;
	}
	zbar_image_set_size(z->image, l->width, l->height);
	zbar_image_set_data(z->image, l->at, (unsigned long)l->width * l->height, NULL);
	if (zbar_scan_image(z->scanner, z->image) > 0) {
		const zbar_symbol_t *s = zbar_image_first_symbol(z->image);

		for (; s != NULL; s = zbar_symbol_next(s), z->reads++)
			if (reading_of(s, &z->reading)) {
				z->reading.path = path;
				sink(to, &z->reading);
				answer = OK;
			}
	}
	/* The picture is the caller's: nothing of it stays behind. */
	zbar_image_set_data(z->image, NULL, 0, NULL);
	return answer;
}
