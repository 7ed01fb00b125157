/* What a camera's process that was taken over may tell the kiosk: lines within the grammar, or none. */
#include "scan_pipe.h"
#include "scan_view.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* Every byte that may come: printed, it forges no line and says what it was. */
static void judge_escape(struct span text)
{
	static uint8_t out[4 * 4096];
	struct sink k = sink_on(out, sizeof(out));

	scan_escape(&k, text);
	if (k.full || !span_is_utf8((struct span){out, k.n}))
		abort();
	for (size_t i = 0; i < k.n; i++)
		if (out[i] < ' ' || out[i] == 0x7f)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct scan_line l;

	if (n <= 4096)
		judge_escape((struct span){p, n});
	if (scan_line_read(&l, (struct span){p, n}))
		return 0;
	if (n >= SCAN_PIPE_LINE || l.n > SCAN_PIPE_TEXT || l.text[l.n] != '\0' ||
		l.news > SCAN_SYMBOL || l.why >= SCAN_AWAY_COUNT || l.pledge_ms > SCAN_PLEDGE_MOST)
		abort();
	for (size_t i = 0; i < COUNT(l.corner); i++)
		if (l.corner[i].x < 0 || l.corner[i].x >= SCAN_VIEW_WIDTH || l.corner[i].y < 0 ||
			l.corner[i].y >= SCAN_VIEW_HEIGHT)
			abort();
	return 0;
}
