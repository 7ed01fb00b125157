/* A kiosk that stands still at a pipe. */
#include "help/story_halt.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 40, LINE = 4096, PATH = 512, TURN_US = 10000, TURNS = 30000, WRITE_MS = 10000 };

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	abort();
}

static const char *pipe_of(const struct story_halt *s, const char *shot)
{
	static char path[PATH];

	snprintf(path, sizeof(path), "%s/%s.png", s->shots, shot);
	return path;
}

void story_halt_at(const struct story_halt *s, const char *shot)
{
	(void)mkdir(s->shots, 0700);
	need(mkfifo(pipe_of(s, shot), 0600) == 0 || errno == EEXIST, pipe_of(s, shot));
}

void story_halt_start(struct story_halt *s, const char *program, const char *words, const char *log)
{
	char text[LINE], *argv[WORDS + 4], *rest = NULL;
	int n = 0;

	snprintf(text, sizeof(text), "%s", words);
	argv[n++] = (char *)(uintptr_t)program;
	argv[n++] = (char *)(uintptr_t) "--shots";
	argv[n++] = s->shots;
	for (char *w = strtok_r(text, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		argv[n++] = w;
	argv[n] = NULL;
	s->pid = fork();
	need(s->pid >= 0, "fork");
	if (s->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		int to = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
		if (to >= 0)
			dup2(to, STDERR_FILENO);
		execv(program, argv);
		_exit(127);
	}
}

/* Is the thread that draws in openat of this file? The kernel says which call it waits in, and where its
 * arguments are. */
static bool stands_at(pid_t process, const char *file)
{
	char path[64], line[256] = "", name[PATH] = "";
	long call = -1;
	uint64_t at = 0;

	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)process);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	need(fd >= 0 || errno == ENOENT || errno == ESRCH, path);
	ssize_t got = fd >= 0 ? read(fd, line, sizeof(line) - 1) : 0;
	if (fd >= 0)
		close(fd);
	if (got <= 0 || sscanf(line, "%ld %*x %" SCNx64, &call, &at) != 2 || call != SYS_openat)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)process);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	need(fd >= 0, path);
	size_t n = strlen(file) + 1;
	got = n <= sizeof(name) ? pread(fd, name, n, (off_t)at) : -1;
	close(fd);
	return got == (ssize_t)n && memcmp(name, file, n) == 0;
}

bool story_halt_wait(struct story_halt *s, const char *shot)
{
	int status;

	for (int i = 0; i < TURNS; i++) {
		if (stands_at(s->pid, pipe_of(s, shot)))
			return true;
		if (waitpid(s->pid, &status, WNOHANG) == s->pid) {
			s->pid = 0;
			return false;
		}
		usleep(TURN_US);
	}
	return false;
}

void story_halt_go_on(const struct story_halt *s, const char *shot)
{
	static char picture[1 << 16];
	int fd = open(pipe_of(s, shot), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct pollfd p = {.fd = fd, .events = POLLIN};

	/* It opens its end when it runs again; a kiosk that has ended never does. */
	need(fd >= 0, shot);
	while (poll(&p, 1, WRITE_MS) > 0 && read(fd, picture, sizeof(picture)) > 0)
		continue;
	close(fd);
}

int story_halt_end(struct story_halt *s)
{
	int status;

	if (s->pid == 0)
		return -1;
	need(waitpid(s->pid, &status, 0) == s->pid, "waitpid");
	s->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
