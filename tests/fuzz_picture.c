/* Whatever foyer-scan --image is given: a grey picture within the limits, or a fault with words; and
 * what it shows is looked at by the decoders. */
#include "decode.h"
#include "picture_in.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* The decoders are slow beside the readers: the raw pass sees one small picture in 16, and another pass
 * one in 512, which it is hangs on its bytes. Our own decoder has a fuzzer of its own. */
enum { MOST = 1 << 14, LOOKED_AT = 96 * 96, ONE_IN = 16, CLOSELY = 512, TEXT_MOST = READING_TEXT };

static void on_reading(void *to, const struct reading *r)
{
	(void)to;
	if (r->n > TEXT_MOST || r->text[r->n] != '\0' || !r->path)
		abort();
}

static void judge(struct picture *pic, struct span file)
{
	static struct decoder *d;
	uint32_t mixed = 1;
	enum err e = picture_read(pic, file);

	if (e) {
		if (pic->luma.at || pic->fault[0] == '\0' || (e != ERR_FORMAT && e != ERR_FULL))
			abort();
		return;
	}
	if (!luma_sound(&pic->luma) || pic->luma.width * pic->luma.height > MOST)
		abort();
	for (uint32_t y = 0; y < pic->luma.height; y++)
		for (uint32_t x = 0; x < pic->luma.width; x++)
			mixed = mixed * 31 + pic->luma.at[(size_t)y * pic->luma.stride + x];
	/* Every pixel was looked at, and so was checked for being there. Many a mutation changes none. */
	for (size_t i = 0; i < file.n; i++)
		mixed = mixed * 31 + file.p[i];
	if (!d && decode_open(&d) != OK)
		abort();
	mixed >>= 8;
	if (pic->luma.width * pic->luma.height <= LOOKED_AT && mixed % ONE_IN == 0)
		(void)!decode_frame(d, &pic->luma, mixed % CLOSELY == 0 ? 2 : 0, on_reading, NULL);
}

/* PNG specification, annex D, four bits at a time. */
static uint32_t crc(const uint8_t *p, size_t n)
{
	static const uint32_t table[] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190,
		0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		c = table[(c ^ p[i]) & 15] ^ c >> 4;
		c = table[(c ^ p[i] >> 4) & 15] ^ c >> 4;
	}
	return ~c;
}

static uint32_t load_big(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Mutations break checksums: mend them, so that what lies behind is reached. */
static bool mend_png(uint8_t *p, size_t n)
{
	if (n < 8 || memcmp(p, "\x89PNG\r\n\x1a\n", 8) != 0)
		return false;
	for (size_t at = 8; n - at >= 12;) {
		uint32_t length = load_big(p + at);
		if (length > n - at - 12)
			break;
		uint32_t c = crc(p + at + 4, length + 4);
		for (int i = 0; i < 4; i++)
			p[at + 8 + length + i] = (uint8_t)(c >> (24 - 8 * i));
		at += 12 + length;
	}
	return true;
}

static void hangs(int number)
{
	(void)number;
	abort();
}

/* A hang is a second of the processor: by the clock on the wall a busy machine hangs, too. */
static void bound_time(void)
{
	struct itimerval second = {.it_value = {.tv_sec = 1}};

	if (signal(SIGPROF, hangs) == SIG_ERR || setitimer(ITIMER_PROF, &second, NULL) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct picture pic;
	uint8_t *copy = malloc(n + !n);

	bound_time();
	if (!copy)
		abort();
	memcpy(copy, p, n);
	pic.most = MOST;
	judge(&pic, (struct span){p, n});
	if (mend_png(copy, n))
		judge(&pic, (struct span){copy, n});
	free(copy);
	return 0;
}
