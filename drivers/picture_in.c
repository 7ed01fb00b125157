/* Pictures: which format, how large, and the common faults. */
#include "picture_inside.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_FIRST = 1 << 16 };

/* How a file begins: some bytes at some place. */
struct beginning {
	const char *bytes;
	size_t n, at;
	const char *name;
	enum err (*read)(struct picture *p, struct span file); /* NULL: known, but not read */
};
#define BEGINS(text) (text), sizeof(text) - 1

static const struct beginning beginnings[] = {
	{BEGINS("\x89PNG\r\n\x1a\n"), 0, "PNG", picture_png},
	{BEGINS("\xff\xd8"), 0, "JPEG", picture_jpeg},
	{BEGINS("P5"), 0, "PGM", picture_pgm},
	{BEGINS("P2"), 0, "PGM", picture_pgm},
	{BEGINS("WEBP"), 8, "WebP", NULL},
	{BEGINS("ftyp"), 4, "HEIC or AVIF", NULL},
	{BEGINS("GIF8"), 0, "GIF", NULL},
	{BEGINS("BM"), 0, "BMP", NULL},
	{BEGINS("II*\0"), 0, "TIFF", NULL},
	{BEGINS("MM\0*"), 0, "TIFF", NULL},
	{BEGINS("%PDF"), 0, "PDF", NULL},
	{BEGINS("P1"), 0, "PBM", NULL},
	{BEGINS("P3"), 0, "PPM", NULL},
	{BEGINS("P4"), 0, "PBM", NULL},
	{BEGINS("P6"), 0, "PPM", NULL},
};

enum err picture_fault(struct picture *p, enum err e, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(p->fault, sizeof(p->fault), fmt, args);
	va_end(args);
	return e;
}

enum err picture_cut_off(struct picture *p)
{
	return picture_fault(p, ERR_FORMAT, "the picture is cut off: copy it again");
}

enum err picture_damaged(struct picture *p, const char *library_says)
{
	return picture_fault(
		p, ERR_FORMAT, "the picture is damaged: copy it again (%s)", library_says);
}

enum err picture_no_memory(struct picture *p)
{
	return picture_fault(p, ERR_IO, "memory is out: try a smaller picture");
}

enum err picture_take_size(struct picture *p, uint64_t width, uint64_t height)
{
	uint64_t most = p->most > 0 ? p->most : PICTURE_PIXELS;

	if (width == 0 || height == 0)
		return picture_fault(p, ERR_FORMAT, "the picture is empty: copy it again");
	if (width > LUMA_SIDE || height > LUMA_SIDE || width * height > most)
		return picture_fault(p, ERR_FULL,
			"%llu x %llu pixels are too many: make it smaller, at most %u a side and "
			"%llu in all",
			(unsigned long long)width, (unsigned long long)height, LUMA_SIDE,
			(unsigned long long)most);
	size_t n = (size_t)(width * height);
	if (n > p->cap) {
		free(p->pixels);
		p->pixels = malloc(n);
		p->cap = p->pixels ? n : 0;
	}
	if (!p->pixels)
		return picture_no_memory(p);
	p->luma = (struct luma){p->pixels, (uint32_t)width, (uint32_t)height, (uint32_t)width};
	return OK;
}

static const struct beginning *find_beginning(struct span file)
{
	for (size_t i = 0; i < COUNT(beginnings); i++) {
		const struct beginning *b = &beginnings[i];
		struct span there = span_cut(file, b->at, b->n);
		if (there.p && memcmp(there.p, b->bytes, b->n) == 0)
			return b;
	}
	return NULL;
}

enum err picture_read(struct picture *p, struct span file)
{
	const struct beginning *b = find_beginning(file);
	enum err e;

	memset(&p->luma, 0, sizeof(p->luma));
	p->fault[0] = '\0';
	if (file.n == 0)
		e = picture_fault(p, ERR_FORMAT, "the file is empty: copy it again");
	else if (!b)
		e = picture_fault(p, ERR_FORMAT, "no picture: give a PNG, JPEG or PGM file");
	else if (!b->read)
		e = picture_fault(
			p, ERR_FORMAT, "%s is not read here: save it as PNG, JPEG or PGM", b->name);
	else
		e = b->read(p, file);
	if (e)
		memset(&p->luma, 0, sizeof(p->luma));
	return e;
}

static enum err grow_file(struct picture *p)
{
	size_t cap = p->file_cap > 0 ? 2 * p->file_cap : FILE_FIRST;

	if (p->file_cap > PICTURE_FILE)
		return picture_fault(p, ERR_FULL,
			"the file is above %d MiB: make the picture smaller", PICTURE_FILE >> 20);
	/* One byte more than may be: to see that there is one. */
	cap = cap < PICTURE_FILE ? cap : PICTURE_FILE + 1;
	uint8_t *more = realloc(p->file, cap);
	if (!more)
		return picture_no_memory(p);
	p->file = more;
	p->file_cap = cap;
	return OK;
}

enum err picture_read_fd(struct picture *p, int fd)
{
	size_t n = 0;

	memset(&p->luma, 0, sizeof(p->luma));
	for (;;) {
		if (n == p->file_cap) {
			enum err e = grow_file(p);
			if (e)
				return e;
		}
		ssize_t got = read(fd, p->file + n, p->file_cap - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return picture_fault(p, ERR_IO, "cannot be read: %s", strerror(errno));
		if (got == 0)
			return picture_read(p, (struct span){p->file, n});
		n += (size_t)got;
	}
}

void picture_done(struct picture *p)
{
	free(p->pixels);
	free(p->file);
	memset(p, 0, sizeof(*p));
}
