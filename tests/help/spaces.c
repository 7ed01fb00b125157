/* Network namespaces, one cable each. */
#include "spaces.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static enum err put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return good ? OK : ERR_DENIED;
}

/* iproute2 by words; it says itself what went wrong. */
static enum err ip(const char *format, ...) PRINTF_LIKE(1, 2);
static enum err ip(const char *format, ...)
{
	char words[256], line[300];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	snprintf(line, sizeof(line), "ip %s", words);
	return system(line) == 0 ? OK : ERR_IO;
}

/* The root of a namespace of users, where we are not root outside. */
static enum err enter_as_user(unsigned user, unsigned group)
{
	char line[32];

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
		return ERR_DENIED;
	enum err e = put("/proc/self/setgroups", "deny");
	snprintf(line, sizeof(line), "0 %u 1", user);
	if (!e)
		e = put("/proc/self/uid_map", line);
	snprintf(line, sizeof(line), "0 %u 1", group);
	return e ? e : put("/proc/self/gid_map", line);
}

enum err spaces_enter(void)
{
	enum err e = OK;

	if (unshare(CLONE_NEWNET) != 0)
		e = enter_as_user(geteuid(), getegid());
	if (e) {
		fprintf(stderr, "no network namespace may be made: %s\n", strerror(errno));
		return e;
	}
	(void)put("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	return ip("link set lo up");
}

static void hold(int ready, int go)
{
	char c = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (unshare(CLONE_NEWNET) != 0 || write(ready, &c, 1) != 1)
		_exit(1);
	/* The parent has moved a cable in here. */
	if (read(go, &c, 1) != 1)
		_exit(1);
	pause();
	_exit(0);
}

static enum err make_space(struct space *s, size_t i)
{
	char path[64], c;
	int ready[2], go[2];

	if (pipe2(ready, O_CLOEXEC) != 0 || pipe2(go, O_CLOEXEC) != 0)
		return ERR_IO;
	s->anchor = fork();
	if (s->anchor == 0)
		hold(ready[1], go[0]);
	close(ready[1]);
	close(go[0]);
	enum err e = s->anchor > 0 && read(ready[0], &c, 1) == 1 ? OK : ERR_DENIED;
	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)s->anchor);
	s->net = open(path, O_RDONLY | O_CLOEXEC);
	if (!e && s->net < 0)
		e = ERR_DENIED;
	snprintf(s->address, sizeof(s->address), "10.77.0.%zu", i + 1);
	if (!e)
		e = ip("link add p%zu type veth peer name e0 netns %d", i, (int)s->anchor);
	if (!e)
		e = ip("link set p%zu up", i);
	if (!e && write(go[1], "", 1) != 1)
		e = ERR_IO;
	close(ready[0]);
	close(go[1]);
	return e;
}

/* Run f in namespace i, in a process of its own; returns whether it said 0. */
static enum err inside(const struct space *s, enum err (*f)(const struct space *))
{
	int status = 1;
	pid_t p = fork();

	if (p == 0)
		_exit(setns(s->net, CLONE_NEWNET) == 0 && f(s) == OK ? 0 : 1);
	return p > 0 && waitpid(p, &status, 0) == p && status == 0 ? OK : ERR_IO;
}

static enum err plug_in(const struct space *s)
{
	enum err e = ip("addr add %s/24 dev e0", s->address);

	if (!e)
		e = ip("link set lo up");
	return e ? e : ip("link set e0 up");
}

static enum err cable_in(const struct space *s)
{
	(void)s;
	return ip("link set e0 up");
}

static enum err cable_out(const struct space *s)
{
	(void)s;
	return ip("link set e0 down");
}

enum err spaces_open(struct spaces *s, size_t n, unsigned seed)
{
	char words[SWITCH_PORTS][32];
	const char *names[SWITCH_PORTS];
	enum err e = OK;

	*s = (struct spaces){0};
	for (size_t i = 0; i < n && !e; i++) {
		s->at[i].net = -1;
		s->n = i + 1;
		e = make_space(&s->at[i], i);
		if (!e)
			e = inside(&s->at[i], plug_in);
		snprintf(words[i], sizeof(words[i]), "p%zu", i);
		names[i] = words[i];
	}
	if (!e)
		e = lossy_switch_open(&s->cables, names, n, &s->weather, seed);
	if (e)
		fprintf(stderr, "network namespaces cannot be made: %s\n", err_text(e));
	return e;
}

void spaces_close(struct spaces *s)
{
	lossy_switch_close(s->cables);
	for (size_t i = 0; i < s->n; i++) {
		if (s->at[i].net >= 0)
			close(s->at[i].net);
		if (s->at[i].anchor > 0) {
			kill(s->at[i].anchor, SIGKILL);
			waitpid(s->at[i].anchor, NULL, 0);
		}
	}
	s->n = 0;
}

pid_t spaces_start(const struct spaces *s, size_t i, const char *const *argv, const char *log)
{
	pid_t p = fork();

	if (p != 0)
		return p;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	int in = open("/dev/null", O_RDONLY);
	if (setns(s->at[i].net, CLONE_NEWNET) != 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 ||
		dup2(out, 2) < 0)
		_exit(126);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

void spaces_cable(const struct spaces *s, size_t i, bool in)
{
	(void)inside(&s->at[i], in ? cable_in : cable_out);
}
