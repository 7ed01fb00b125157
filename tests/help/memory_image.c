/* /proc/PID/mem of the pages that /proc/PID/pagemap says are there. */
#include "help/memory_image.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, NAME = 256 };
/* Of an entry of pagemap. */
#define PRESENT ((uint64_t)1 << 63)
#define SWAPPED ((uint64_t)1 << 62)
#define OF_FILE ((uint64_t)1 << 61) /* or shared */

struct mapping {
	uint64_t from, to;
	bool file;
	char name[NAME];
};

struct reader {
	int mem, pages;
	void (*take)(void *context, struct span bytes, const char *where);
	void *context;
	uint64_t total;
	uint8_t *room;
	size_t cap;
	bool denied;
};

static int open_of(pid_t process, const char *what)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)process, what);
	return open(path, O_RDONLY | O_CLOEXEC);
}

bool memory_image_allowed(void)
{
	int ready[2];
	char c = 0;

	if (pipe(ready) != 0)
		return false;
	pid_t child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || write(ready[1], &c, 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	bool told = child > 0 && read(ready[0], &c, 1) == 1;
	int mem = told ? open_of(child, "mem") : -1;
	if (mem >= 0)
		close(mem);
	if (child > 0) {
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	close(ready[0]);
	close(ready[1]);
	return mem >= 0;
}

static bool wanted(const struct reader *r, const struct mapping *m, uint64_t page)
{
	uint64_t entry = 0;

	if (pread(r->pages, &entry, sizeof(entry), (off_t)(page / PAGE * sizeof(entry))) !=
		sizeof(entry))
		return false;
	return (entry & (PRESENT | SWAPPED)) && !(m->file && (entry & OF_FILE));
}

static void give(struct reader *r, const struct mapping *m, uint64_t from, uint64_t to)
{
	size_t n = (size_t)(to - from);

	if (n == 0)
		return;
	if (n > r->cap) {
		free(r->room);
		r->room = malloc(n);
		r->cap = r->room ? n : 0;
	}
	ssize_t got = r->room ? pread(r->mem, r->room, n, (off_t)from) : -1;
	if (got <= 0) {
		r->denied |= errno == EPERM || errno == EACCES;
		return;
	}
	r->total += (uint64_t)got;
	r->take(r->context, (struct span){r->room, (size_t)got}, m->name);
}

static void read_mapping(struct reader *r, const struct mapping *m)
{
	uint64_t from = m->from;

	for (uint64_t page = m->from; page < m->to; page += PAGE) {
		if (wanted(r, m, page))
			continue;
		give(r, m, from, page);
		from = page + PAGE;
	}
	give(r, m, from, m->to);
}

/* "7f00-7f01 r-xp 00000000 fe:00 123   /usr/lib/x.so" */
static bool read_line(const char *line, struct mapping *m)
{
	unsigned long inode = 0;
	int at = 0;

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %*s %*s %lu %n", &m->from, &m->to, &inode,
		    &at) < 3)
		return false;
	snprintf(m->name, sizeof(m->name), "%s", line + at);
	m->name[strcspn(m->name, "\n")] = '\0';
	m->file = m->name[0] == '/' && strncmp(m->name, "/memfd:", 7) != 0 &&
		  strncmp(m->name, "/dev/shm/", 9) != 0 && strncmp(m->name, "/SYSV", 5) != 0;
	if (m->name[0] == '\0')
		strcpy(m->name, "memory without a name");
	/* The kernel's own, the same in every process. */
	return strncmp(m->name, "[v", 2) != 0;
}

static void read_all(struct reader *r, FILE *maps)
{
	char line[4096];
	struct mapping m;

	while (fgets(line, sizeof(line), maps))
		if (read_line(line, &m))
			read_mapping(r, &m);
}

/* A process that was told to stop does so a moment later. */
static void stand_still(pid_t process)
{
	int status;

	kill(process, SIGSTOP);
	while (waitpid(process, &status, WUNTRACED) < 0 && errno == EINTR)
		continue;
}

enum err memory_image(pid_t process,
	void (*take)(void *context, struct span bytes, const char *where), void *context,
	uint64_t *total)
{
	struct reader r = {.mem = open_of(process, "mem"),
		.pages = open_of(process, "pagemap"),
		.take = take,
		.context = context};
	int maps = open_of(process, "maps");
	FILE *f = maps >= 0 ? fdopen(maps, "r") : NULL;
	enum err e = f && r.mem >= 0 && r.pages >= 0     ? OK
		     : errno == EACCES || errno == EPERM ? ERR_DENIED
							 : ERR_IO;

	if (e == OK) {
		stand_still(process);
		read_all(&r, f);
		kill(process, SIGCONT);
		e = r.denied || r.total == 0 ? ERR_DENIED : OK;
	}
	*total = r.total;
	free(r.room);
	if (f)
		fclose(f);
	if (r.mem >= 0)
		close(r.mem);
	if (r.pages >= 0)
		close(r.pages);
	return e;
}
