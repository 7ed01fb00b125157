/* A draw list as a PNG. */
#include "shot.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

enum err shot(struct painter *p, const struct draw *d, int32_t width, int32_t height,
	enum palette palette, const char *path, struct painter_report *report)
{
	size_t stride = (size_t)width * 4;
	uint32_t *pixels = calloc((size_t)height, stride);
	if (!pixels)
		return ERR_IO;
	struct glass g = {pixels, width, height, stride, palette};
	enum err err = painter_glass(p, &g, d, NULL, 0, report);
	if (err == OK && path) {
		png_image image = {.version = PNG_IMAGE_VERSION,
			.width = (png_uint_32)width,
			.height = (png_uint_32)height,
			.format = PNG_FORMAT_BGRA};
		if (!png_image_write_to_file(&image, path, 0, pixels, 0, NULL))
			err = ERR_IO;
	}
	free(pixels);
	return err;
}
