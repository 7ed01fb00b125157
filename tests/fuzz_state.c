/* A state file with any content is read or refused; what is read is written and read back alike. */
#include "state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static char dir[] = "/tmp/foyer-fuzz-XXXXXX";
static bool started;

static void put(const char *name, const uint8_t *p, size_t n)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/state/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, p, n) != (ssize_t)n)
		abort();
	close(fd);
}

static void tidy(void)
{
	static const char *const names[] = {"state/people.csv", "state/numbers.csv",
		"state/revoked.csv", "state/build.csv", "state", ""};
	char path[128];

	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		remove(path);
	}
}

/* Only what the C library writes is silenced: the fuzzer keeps its own voice. */
static void start(void)
{
	char path[128];

	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/state", dir);
	stderr = fopen("/dev/null", "w");
	if (mkdir(path, 0700) != 0 || !stderr || atexit(tidy) != 0)
		abort();
}

/* The first byte says which file the rest is. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const names[] = {
		"people.csv", "numbers.csv", "revoked.csv", "build.csv"};
	struct state s, again;

	/* A folder's random name may have an X of its own, so it cannot say whether it was made. */
	if (!started)
		start();
	started = true;
	if (n == 0)
		return 0;
	for (size_t i = 0; i < COUNT(names); i++)
		put(names[i], p + 1, i == p[0] % COUNT(names) ? n - 1 : 0);
	enum err e = state_load(&s, dir);
	if (e && e != ERR_FORMAT && e != ERR_VERSION)
		abort();
	if (e)
		return 0;
	if (state_save(&s, dir) || state_load(&again, dir))
		abort();
	if (s.people.n != again.people.n || s.numbers.n != again.numbers.n ||
		s.revoked.n != again.revoked.n || s.sequence != again.sequence)
		abort();
	state_free(&s);
	state_free(&again);
	return 0;
}
