/* Processes that share a pipe: a look is short enough to be written whole. */
#include "crew.h"

#include "bench.h"

#include <limits.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HANDS_MAX = 16, EVERY_MS = 10000 };

struct parcel {
	unsigned item;
	struct look look;
};
_Static_assert(sizeof(struct parcel) <= PIPE_BUF, "written whole");

static _Noreturn void work(
	int out, unsigned first, unsigned hands, unsigned items, crew_look *look, void *to)
{
	for (unsigned i = first; i < items; i += hands) {
		struct parcel p = {.item = i};

		look(to, i, &p.look);
		if (write(out, &p, sizeof(p)) != sizeof(p))
			_exit(3);
	}
	_exit(0);
}

static void gather(int in, const char *what, unsigned items, struct scores *s)
{
	double told = wall_ms();
	struct parcel p;
	unsigned n = 0;

	for (; n < items && read(in, &p, sizeof(p)) == sizeof(p); n++) {
		s->at[p.item] = p.look;
		if (wall_ms() - told >= EVERY_MS) {
			told = wall_ms();
			fprintf(stderr, "  ... %s: %u of %u\n", what, n + 1, items);
		}
	}
	if (n < items)
		die("a process that looks at pictures died");
}

struct scores crew_run(const char *what, unsigned items, crew_look *look, void *to)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned hands = processors < 1           ? 1
			 : processors > HANDS_MAX ? HANDS_MAX
						  : (unsigned)processors;
	struct scores s = {items, calloc(items + 1, sizeof(*s.at))};
	int ends[2];

	fflush(stdout);
	if (s.at == NULL || pipe(ends) != 0)
		die("no pipe");
	for (unsigned i = 0; i < hands; i++) {
		pid_t p = fork();

		if (p < 0)
			die("no process");
		if (p == 0)
			work(ends[1], i, hands, items, look, to);
	}
	close(ends[1]);
	gather(ends[0], what, items, &s);
	close(ends[0]);
	while (wait(NULL) > 0)
		;
	return s;
}
