/* Starting and ending the camera's process. */
#include "scan_child.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { VIEW = 3, ENVIRONMENT = 256 };

const char *scan_child_program;

/* The kiosk and its eye are of one release, wherever they lie. */
static const char *find_program(char path[static PATH_MAX])
{
	static const char name[] = "foyer-scan";
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (scan_child_program)
		return scan_child_program;
	if (n <= 0)
		return name;
	path[n] = '\0';
	char *slash = strrchr(path, '/');
	size_t room = slash ? (size_t)(path + PATH_MAX - slash - 1) : 0;
	if (room < sizeof(name))
		return name;
	memcpy(slash + 1, name, sizeof(name));
	return access(path, X_OK) == 0 ? path : name;
}

static bool stays(const char *variable)
{
	static const char *const ours[] = {"GLIBC_TUNABLES=", "G_SLICE="};

	for (size_t i = 0; i < COUNT(ours); i++)
		if (strncmp(variable, ours[i], strlen(ours[i])) == 0)
			return false;
	return true;
}

static void pass_on(char *out[static ENVIRONMENT])
{
	size_t n = 0;

	for (char **v = environ; v && *v && n + 1 < ENVIRONMENT; v++)
		if (stays(*v))
			out[n++] = *v;
	out[n] = NULL;
}

static int set_files(posix_spawn_file_actions_t *f, int pipe, int view)
{
	int e = posix_spawn_file_actions_addopen(f, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

	if (e == 0)
		e = posix_spawn_file_actions_adddup2(f, view, VIEW);
	if (e == 0)
		e = posix_spawn_file_actions_adddup2(f, pipe, STDOUT_FILENO);
	return e ? e : posix_spawn_file_actions_addclosefrom_np(f, VIEW + 1);
}

static int set_signals(posix_spawnattr_t *a)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	int e = posix_spawnattr_setsigmask(a, &none);
	if (e == 0)
		e = posix_spawnattr_setsigdefault(a, &all);
	return e ? e : posix_spawnattr_setflags(a, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(pid_t *pid, const char *where, int pipe, int view)
{
	char path[PATH_MAX], fd[16], *environment[ENVIRONMENT];
	const char *program = find_program(path);
	const char *argv[] = {"foyer-scan", "--camera", where, "--pipe", "--view", fd, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;

	snprintf(fd, sizeof(fd), "%d", VIEW);
	pass_on(environment);
	if (posix_spawn_file_actions_init(&files))
		return ENOMEM;
	if (posix_spawnattr_init(&attributes)) {
		posix_spawn_file_actions_destroy(&files);
		return ENOMEM;
	}
	int e = set_files(&files, pipe, view);
	if (e == 0)
		e = set_signals(&attributes);
	if (e == 0)
		e = posix_spawnp(pid, program, &files, &attributes, (char **)argv, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return e;
}

/* A zombie of before, now that its driver has let go of it. */
static void reap_late(struct scan_child *c)
{
	if (c->late > 0 && waitpid(c->late, NULL, WNOHANG) != 0)
		c->late = 0;
}

enum err scan_child_start(struct scan_child *c, const char *where, int view, int *fd)
{
	int ends[2];

	*fd = -1;
	c->pid = 0;
	reap_late(c);
	if (pipe2(ends, O_CLOEXEC))
		return ERR_IO;
	/* Above what the child is given, or one of the two would be overwritten by the other. */
	int pipe = fcntl(ends[1], F_DUPFD_CLOEXEC, VIEW + 1);
	int picture = fcntl(view, F_DUPFD_CLOEXEC, VIEW + 1);
	int e = pipe < 0 || picture < 0 ? EMFILE : spawn(&c->pid, where, pipe, picture);
	close(ends[1]);
	if (pipe >= 0)
		close(pipe);
	if (picture >= 0)
		close(picture);
	if (e == 0) {
		*fd = ends[0];
		return OK;
	}
	close(ends[0]);
	c->pid = 0;
	return file_error(e);
}

static bool has_ended(pid_t pid, int within_ms)
{
	int fd = pidfd_open(pid, 0);

	if (fd >= 0) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		(void)poll(&p, 1, within_ms);
		close(fd);
	}
	return waitpid(pid, NULL, WNOHANG) != 0;
}

void scan_child_end(struct scan_child *c)
{
	reap_late(c);
	if (c->pid <= 0)
		return;
	(void)kill(c->pid, SIGKILL);
	if (!has_ended(c->pid, SCAN_CHILD_DIES_MS))
		c->late = c->pid;
	c->pid = 0;
}
