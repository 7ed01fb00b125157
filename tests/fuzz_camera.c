/* What a camera's process, taken over by what it was shown, may say and show to the kiosk. */
#include "foreign.h"
#include "scanner_link.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void judge(const struct scan *s)
{
	if (s->n > WEDGE_TEXT || s->text[s->n] != '\0' || (s->kind == SCAN_LONG && s->n > 0) ||
		!span_is_utf8((struct span){(const uint8_t *)s->text, s->n}))
		abort();
	for (size_t i = 0; i < s->n; i++)
		if ((unsigned char)s->text[i] < ' ' || s->text[i] == 0x7f)
			abort();
}

/* The kiosk's ear, fed byte by byte until it hangs up. */
static void judge_stream(struct span s)
{
	static struct scanner_input in;
	struct scan out = {0};

	memset(&in, 0, sizeof(in));
	for (size_t i = 0; i < s.n; i++) {
		enum err e = scanner_camera.feed(&in, s.p + i, (int64_t)i, &out);
		if (e == OK)
			judge(&out);
		else if (e != ERR_ABSENT)
			break;
		if (in.camera.pledge_ms > SCAN_PLEDGE_MOST || in.camera.fault >= SCANNER_FAULTS)
			abort();
	}
}

/* Whatever lies in the picture's memory. */
static void judge_view(struct span s)
{
	static uint8_t page[SCAN_VIEW_BYTES + 8], pixels[SCAN_VIEW_PIXELS];
	struct scan_view v = {.at = page};
	uint32_t w, h;

	memset(page, 0, sizeof(page));
	memcpy(page, s.p, s.n < sizeof(page) ? s.n : sizeof(page));
	enum err e = scan_view_take(&v, pixels, &w, &h);
	if (w > SCAN_VIEW_WIDTH || h > SCAN_VIEW_HEIGHT || (e == OK) != (w > 0 && h > 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct span all = {p, n};

	if (foreign_kind(all) >= FOREIGNS)
		abort();
	judge_stream(all);
	judge_view(all);
	return 0;
}
