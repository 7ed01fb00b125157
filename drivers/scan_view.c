/* The live picture: a memfd of a fixed length and a sequence lock. */
#include "scan_view.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL };

/* What lies at v->at. */
struct page {
	_Atomic uint32_t sequence;
	uint16_t width, height;
	uint8_t pixels[SCAN_VIEW_PIXELS];
};
_Static_assert(sizeof(struct page) == SCAN_VIEW_BYTES, "the format of scan_view.h");

static struct page *page_of(const struct scan_view *v)
{
	return (struct page *)(void *)v->at;
}

enum err scan_view_make(int *fd)
{
	*fd = memfd_create("foyer-view", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (*fd < 0)
		return ERR_IO;
	if (ftruncate(*fd, SCAN_VIEW_BYTES) == 0 && fcntl(*fd, F_ADD_SEALS, SEALS) == 0)
		return OK;
	close(*fd);
	*fd = -1;
	return ERR_IO;
}

enum err scan_view_map(struct scan_view *v, int fd, bool writable)
{
	struct stat st;

	memset(v, 0, sizeof(*v));
	if (fcntl(fd, F_GET_SEALS) != SEALS || fstat(fd, &st) != 0 || st.st_size != SCAN_VIEW_BYTES)
		return ERR_FORMAT;
	void *at = mmap(NULL, SCAN_VIEW_BYTES, writable ? PROT_READ | PROT_WRITE : PROT_READ,
		MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return ERR_IO;
	v->at = at;
	return OK;
}

void scan_view_unmap(struct scan_view *v)
{
	if (v->at)
		munmap(v->at, SCAN_VIEW_BYTES);
	memset(v, 0, sizeof(*v));
}

static uint32_t shrink_of(const struct luma *l)
{
	uint32_t across = (l->width + SCAN_VIEW_WIDTH - 1) / SCAN_VIEW_WIDTH;
	uint32_t down = (l->height + SCAN_VIEW_HEIGHT - 1) / SCAN_VIEW_HEIGHT;
	uint32_t more = across > down ? across : down;

	return more > 1 ? more : 1;
}

/* One row of the view: the mean of shrink x shrink pixels each. */
static void shrink_row(
	uint8_t *out, uint32_t width, const struct luma *l, uint32_t y, uint32_t shrink)
{
	uint32_t sums[SCAN_VIEW_WIDTH] = {0};

	for (uint32_t i = 0; i < shrink; i++) {
		const uint8_t *p = l->at + (size_t)(y + i) * l->stride;
		for (uint32_t x = 0; x < width; x++)
			for (uint32_t j = 0; j < shrink; j++)
				sums[x] += *p++;
	}
	for (uint32_t x = 0; x < width; x++)
		out[x] = (uint8_t)(sums[x] / (shrink * shrink));
}

void scan_view_show(struct scan_view *v, const struct luma *frame)
{
	struct page *g = page_of(v);
	uint32_t shrink = shrink_of(frame);
	uint32_t width = frame->width / shrink, height = frame->height / shrink;

	if (!g || !luma_sound(frame) || width == 0 || height == 0)
		return;
	/* One that was killed while it wrote has left an odd number. */
	uint32_t odd = atomic_load_explicit(&g->sequence, memory_order_relaxed) | 1;
	atomic_store_explicit(&g->sequence, odd, memory_order_relaxed);
	atomic_thread_fence(memory_order_release);
	g->width = (uint16_t)width;
	g->height = (uint16_t)height;
	for (uint32_t y = 0; y < height; y++)
		shrink_row(g->pixels + (size_t)y * width, width, frame, y * shrink, shrink);
	atomic_store_explicit(&g->sequence, odd + 1, memory_order_release);
}

static int32_t clamp(int32_t v, uint32_t side_of_view)
{
	int32_t most = side_of_view > 0 ? (int32_t)side_of_view - 1 : 0;
	return v < 0 ? 0 : v < most ? v : most;
}

struct corner scan_view_corner(const struct luma *frame, struct corner c)
{
	uint32_t shrink = shrink_of(frame);

	return (struct corner){clamp(c.x / (int32_t)shrink, frame->width / shrink),
		clamp(c.y / (int32_t)shrink, frame->height / shrink)};
}

bool scan_view_changed(struct scan_view *v)
{
	uint32_t now = atomic_load_explicit(&page_of(v)->sequence, memory_order_acquire);

	if (now == v->seen || (now & 1))
		return false;
	v->seen = now;
	return true;
}

void scan_view_size(const struct scan_view *v, uint32_t *width, uint32_t *height)
{
	struct page *g = page_of(v);
	/* Read once: the writer may change them under our eyes. */
	uint32_t w = *(volatile uint16_t *)&g->width, h = *(volatile uint16_t *)&g->height;

	*width = w < SCAN_VIEW_WIDTH ? w : SCAN_VIEW_WIDTH;
	*height = h < SCAN_VIEW_HEIGHT ? h : SCAN_VIEW_HEIGHT;
}

enum err scan_view_take(struct scan_view *v, uint8_t pixels[static SCAN_VIEW_PIXELS],
	uint32_t *width, uint32_t *height)
{
	struct page *g = page_of(v);
	uint32_t before = atomic_load_explicit(&g->sequence, memory_order_acquire);

	*width = *height = 0;
	if (before == v->seen)
		return ERR_ABSENT;
	if (before & 1)
		return ERR_BUSY;
	/* Read once: the writer may change them under our eyes. */
	uint32_t w = *(volatile uint16_t *)&g->width, h = *(volatile uint16_t *)&g->height;
	if (w == 0 || h == 0 || w > SCAN_VIEW_WIDTH || h > SCAN_VIEW_HEIGHT)
		return ERR_FORMAT;
	memcpy(pixels, g->pixels, (size_t)w * h);
	atomic_thread_fence(memory_order_acquire);
	if (atomic_load_explicit(&g->sequence, memory_order_relaxed) != before)
		return ERR_BUSY;
	v->seen = before;
	*width = w;
	*height = h;
	return OK;
}
