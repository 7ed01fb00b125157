/* A progress bar on a terminal: one line on standard error, drawn ten times a second at most. */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { QUIET_MS = 500, REDRAWS = 1000, BAR = 30 };

struct progress progress_start(const char *what, uint64_t total)
{
	struct progress p = {.what = what, .total = total, .on = isatty(STDERR_FILENO) == 1};

	p.since_ms = p.on ? clock_now().boot_ms : 0;
	return p;
}

static void draw(struct progress *p, uint64_t done)
{
	char bar[BAR + 1];

	if (!p->total) {
		fprintf(stderr, "\r%s %llu\033[K", p->what, (unsigned long long)done);
		return;
	}
	uint64_t share = done < p->total ? done : p->total;
	size_t full = (size_t)(share * BAR / p->total);
	memset(bar, '.', BAR);
	memset(bar, '#', full);
	bar[BAR] = 0;
	fprintf(stderr, "\r%s [%s] %llu %%\033[K", p->what, bar,
		(unsigned long long)(share * 100 / p->total));
}

void progress_at(struct progress *p, uint64_t done)
{
	if (!p->on || done < p->next)
		return;
	p->next = done + (p->total ? p->total / REDRAWS : 1000) + 1;
	if (clock_now().boot_ms - p->since_ms < QUIET_MS)
		return;
	draw(p, done);
	p->drawn = true;
}

void progress_end(struct progress *p)
{
	if (p->drawn)
		fputs("\r\033[K", stderr);
	p->on = p->drawn = false;
}
