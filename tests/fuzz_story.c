/* Any text as a story: its steps point into it, or the fault names a line of it. */
#include "story.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void judge(const struct story_step *step, struct span whole, unsigned lines)
{
	struct span s = step->text;

	if (s.n > 0 && (s.p < whole.p || s.n > whole.n || s.p > whole.p + (whole.n - s.n)))
		abort();
	if (step->line == 0 || step->line > lines || step->verb > STORY_EXPECT_SILENCE)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct story story;
	char why[STORY_WHY];
	unsigned line = 0, lines = 1;
	struct span whole = {p, n};

	for (size_t i = 0; i < n; i++)
		lines += p[i] == '\n';
	enum err e = story_read(&story, whole, &line, why);
	if (e && ((e != ERR_FORMAT && e != ERR_FULL) || line == 0 || line > lines ||
			 !memchr(why, '\0', sizeof(why))))
		abort();
	for (size_t i = 0; !e && i < story.n; i++)
		judge(&story.steps[i], whole, lines);
	return 0;
}
