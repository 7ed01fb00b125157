/* What the process gives up before it opens anything. */
#include "harden.h"

#include "base.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static const char tunables[] = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0";

void harden_process(char **argv)
{
	const char *set = getenv("GLIBC_TUNABLES");
	const char *slice = getenv("G_SLICE");

	if (setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
		log_line(LOG_WARN, "kiosk/harden", "core dumps are not off");
	if (set && strcmp(set, tunables) == 0 && slice && strcmp(slice, "always-malloc") == 0)
		return;
	/* glibc reads its tunables at start only: hence a second start. */
	if (setenv("GLIBC_TUNABLES", tunables, 1) || setenv("G_SLICE", "always-malloc", 1))
		return;
	execv("/proc/self/exe", argv);
	log_line(LOG_WARN, "kiosk/harden", "freed memory is not overwritten");
}
