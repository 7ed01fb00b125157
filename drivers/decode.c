/* The chain of decoders. */
#include "decode.h"

#include "zbar_eye.h"
#include "zxing.h"

#include <stdlib.h>
#include <string.h>

enum { SYMBOLS_MAX = 16, PACKED_MAX = 4096 * 4096 };

struct decoder {
	struct zbar_eye *zbar;
	uint8_t *packed;
};

enum err decode_open(struct decoder **out)
{
	struct decoder *d = calloc(1, sizeof(*d));

	*out = NULL;
	if (d == NULL)
		return ERR_IO;
	d->packed = malloc(PACKED_MAX);
	if (d->packed == NULL || zbar_eye_open(&d->zbar) != OK) {
		decode_close(d);
		return ERR_IO;
	}
	*out = d;
	return OK;
}

void decode_close(struct decoder *d)
{
	if (d == NULL)
		return;
	zbar_eye_close(d->zbar);
	free(d->packed);
	free(d);
}

/* libzbar wants rows that lie end to end. */
static enum err second_opinion(
	struct decoder *d, const struct luma *l, reading_sink *sink, void *to)
{
	struct luma packed = {d->packed, l->width, l->height, l->width};

	if (l->stride == l->width)
		return zbar_eye_read(d->zbar, l, "zbar/raw", sink, to);
	if ((size_t)l->width * l->height > PACKED_MAX)
		return ERR_ABSENT;
	for (size_t y = 0; y < l->height; y++)
		memcpy(d->packed + y * l->width, l->at + y * l->stride, l->width);
	return zbar_eye_read(d->zbar, &packed, "zbar/raw", sink, to);
}

enum err decode_picture(struct decoder *d, const struct luma *picture, unsigned budget_ms,
	reading_sink *sink, void *to)
{
	enum err e = zxing_read(picture, SYMBOLS_MAX, "zxing/raw", sink, to);

	(void)budget_ms;
	return e == ERR_ABSENT ? second_opinion(d, picture, sink, to) : e;
}

enum err decode_frame(struct decoder *d, const struct luma *frame, unsigned budget_ms,
	reading_sink *sink, void *to)
{
	return decode_picture(d, frame, budget_ms, sink, to);
}
