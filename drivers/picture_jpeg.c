/* JPEG, by libjpeg-turbo: the grey part alone where colours lie apart. */
#include "picture_inside.h"

#include <setjmp.h>
#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>

struct job {
	struct jpeg_decompress_struct jpeg;
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	struct picture *picture;
	enum err error;
	jmp_buf out;
};

static struct job *job_of(j_common_ptr jpeg)
{
	return jpeg->client_data;
}

static _Noreturn void leave(struct job *j, enum err e)
{
	j->error = e;
	longjmp(j->out, 1);
}

static _Noreturn void stop(j_common_ptr jpeg)
{
	char says[JMSG_LENGTH_MAX];
	struct job *j = job_of(jpeg);
	struct picture *p = j->picture;

	switch (jpeg->err->msg_code) {
	case JERR_OUT_OF_MEMORY:
		leave(j, picture_no_memory(p));
	case JERR_NO_BACKING_STORE:
		leave(j, picture_fault(p, ERR_FULL,
				 "a progressive JPEG of this size takes too much memory: save "
				 "it as a baseline one"));
	default:
		jpeg->err->format_message(jpeg, says);
		leave(j, picture_damaged(p, says));
	}
}

/* The library goes on after the end of the bytes, with grey. A picture that is damaged inside may
 * still show its symbol; one that is cut off would only seem to hold none. */
static void warn(j_common_ptr jpeg, int level)
{
	struct job *j = job_of(jpeg);

	if (level < 0 && jpeg->err->msg_code == JWRN_JPEG_EOF)
		leave(j, picture_cut_off(j->picture));
}

static void watch(j_common_ptr jpeg)
{
	struct job *j = job_of(jpeg);

	if (j->jpeg.input_scan_number > PICTURE_SCANS)
		leave(j, picture_fault(j->picture, ERR_FULL,
				 "more than %d scans: save it as a baseline JPEG", PICTURE_SCANS));
}

/* Adobe's programs write ink upside down: 255 is none. */
static void grey_of_inks(uint8_t *out, const uint8_t *inks, uint32_t width, bool upside_down)
{
	uint32_t flip = upside_down ? 0 : 255;

	for (uint32_t x = 0; x < width; x++, inks += 4) {
		uint32_t light =
			299 * (inks[0] ^ flip) + 587 * (inks[1] ^ flip) + 114 * (inks[2] ^ flip);
		out[x] = (uint8_t)(light / 1000 * (inks[3] ^ flip) / 255);
	}
}

static void read_rows(struct job *j)
{
	struct picture *p = j->picture;
	bool inks = j->jpeg.out_color_space == JCS_CMYK;
	JSAMPARRAY four = NULL;

	if (inks)
		four = j->jpeg.mem->alloc_sarray(
			(j_common_ptr)&j->jpeg, JPOOL_IMAGE, 4 * p->luma.width, 1);
	while (j->jpeg.output_scanline < j->jpeg.output_height) {
		uint8_t *row = p->pixels + (size_t)j->jpeg.output_scanline * p->luma.stride;
		jpeg_read_scanlines(&j->jpeg, inks ? four : &row, 1);
		if (inks)
			grey_of_inks(row, four[0], p->luma.width, j->jpeg.saw_Adobe_marker);
	}
}

enum err picture_jpeg(struct picture *p, struct span file)
{
	struct job j = {.picture = p};

	j.jpeg.err = jpeg_std_error(&j.errors);
	j.errors.error_exit = stop;
	j.errors.emit_message = warn;
	j.jpeg.client_data = &j;
	if (setjmp(j.out)) {
		jpeg_destroy_decompress(&j.jpeg);
		return j.error;
	}
	jpeg_create_decompress(&j.jpeg);
	j.jpeg.mem->max_memory_to_use = PICTURE_LIBRARY;
	j.progress.progress_monitor = watch;
	j.jpeg.progress = &j.progress;
	jpeg_mem_src(&j.jpeg, file.p, file.n);
	jpeg_read_header(&j.jpeg, TRUE);
	enum err e = picture_take_size(p, j.jpeg.image_width, j.jpeg.image_height);
	if (e)
		leave(&j, e);
	bool inks = j.jpeg.jpeg_color_space == JCS_CMYK || j.jpeg.jpeg_color_space == JCS_YCCK;
	j.jpeg.out_color_space = inks ? JCS_CMYK : JCS_GRAYSCALE;
	jpeg_start_decompress(&j.jpeg);
	read_rows(&j);
	jpeg_destroy_decompress(&j.jpeg);
	return OK;
}
