/* PNG, by libpng. */
#include "picture_inside.h"

#include <png.h>
#include <string.h>

struct job {
	struct picture *picture;
	struct cursor file;
	png_structp png;
	png_infop info;
	char says[80];
};

static void stop(png_structp png, png_const_charp text)
{
	struct job *j = png_get_error_ptr(png);

	if (span_copy_text(span_of(text), j->says, sizeof(j->says)))
		strcpy(j->says, "libpng");
	png_longjmp(png, 1);
}

static void be_quiet(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

static void more(png_structp png, png_bytep out, size_t n)
{
	struct job *j = png_get_io_ptr(png);
	struct span s = cursor_bytes(&j->file, n);

	if (j->file.bad)
		png_error(png, "cut off");
	memcpy(out, s.p, n);
}

/* Any kind becomes one grey byte a pixel. What shines through a transparent one is grey as well:
 * light enough for dark modules, dark enough for light ones. */
static int ask_for_grey(struct job *j)
{
	enum { GROUND = 0xb0 };
	png_color_16 ground = {0, GROUND, GROUND, GROUND, GROUND};

	png_set_expand(j->png);
	png_set_background(j->png, &ground, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
	png_set_scale_16(j->png);
	if (png_get_color_type(j->png, j->info) & PNG_COLOR_MASK_COLOR)
		png_set_rgb_to_gray(j->png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT,
			PNG_RGB_TO_GRAY_DEFAULT);
	int passes = png_set_interlace_handling(j->png);
	png_read_update_info(j->png, j->info);
	return passes;
}

static enum err read_pixels(struct job *j)
{
	struct picture *p = j->picture;

	if (setjmp(png_jmpbuf(j->png)))
		return j->file.bad ? picture_cut_off(p) : picture_damaged(p, j->says);
	/* Texts, profiles and the like are stepped over: a bomb in them never goes off. */
	png_set_keep_unknown_chunks(j->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	/* Above the limit of picture_take_size, which says it better. */
	png_set_user_limits(j->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
	png_set_chunk_malloc_max(j->png, 1 << 20);
	png_set_read_fn(j->png, j, more);
	png_read_info(j->png, j->info);
	enum err e = picture_take_size(
		p, png_get_image_width(j->png, j->info), png_get_image_height(j->png, j->info));
	if (e)
		return e;
	int passes = ask_for_grey(j);
	if (png_get_rowbytes(j->png, j->info) != p->luma.width)
		return picture_damaged(p, "not to be made grey");
	for (; passes > 0; passes--)
		for (uint32_t y = 0; y < p->luma.height; y++)
			png_read_row(j->png, p->pixels + (size_t)y * p->luma.stride, NULL);
	return OK;
}

enum err picture_png(struct picture *p, struct span file)
{
	struct job j = {.picture = p, .file = cursor_at(file)};
	enum err e = ERR_IO;

	j.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &j, stop, be_quiet);
	if (j.png)
		j.info = png_create_info_struct(j.png);
	if (j.info)
		e = read_pixels(&j);
	png_destroy_read_struct(&j.png, &j.info, NULL);
	return e == ERR_IO && p->fault[0] == '\0' ? picture_no_memory(p) : e;
}
