/* The fake process: copies a FIFO to its standard output, and does what begins with an exclamation mark. */
#include "fake_eye.h"

#include "scan_child.h"
#include "scan_view.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ORDER = 64, SIDE = 16 };

static void die(const char *what)
{
	fprintf(stderr, "fake eye: %s: %s\n", what, strerror(errno));
	_exit(3);
}

static void put(const void *p, size_t n)
{
	if (write(STDOUT_FILENO, p, n) != (ssize_t)n)
		_exit(0);
}

static void put_line(const struct scan_line *l, int fd)
{
	uint8_t bytes[SCAN_PIPE_LINE];
	struct sink k = sink_on(bytes, sizeof(bytes));

	scan_line_write(&k, l);
	if (write(fd, bytes, k.n) != (ssize_t)k.n && fd == STDOUT_FILENO)
		_exit(0);
}

static struct scan_line symbol(const char *text)
{
	struct scan_line l = {.news = SCAN_SYMBOL, .pledge_ms = SCAN_PLEDGE_MOST, .path = "fake"};

	l.n = strlen(text);
	l.whole = (uint32_t)l.n;
	memcpy(l.text, text, l.n);
	for (size_t i = 0; i < COUNT(l.corner); i++)
		l.corner[i] = (struct corner){i == 1 || i == 2 ? 90 : 10, i > 1 ? 90 : 10};
	return l;
}

static void tell(const char *what, long n)
{
	char text[32];

	snprintf(text, sizeof(text), "%s %ld", what, n);
	struct scan_line l = symbol(text);
	put_line(&l, STDOUT_FILENO);
}

static void show(const char *view, int grey)
{
	static uint8_t pixels[SIDE * SIDE];
	static struct scan_view v;

	if (!v.at && scan_view_map(&v, atoi(view), true))
		die("no view");
	memset(pixels, grey, sizeof(pixels));
	/* Left and right are told apart: the first column is black. */
	for (int y = 0; y < SIDE; y++)
		pixels[y * SIDE] = 0;
	scan_view_show(&v, &(struct luma){pixels, SIDE, SIDE, SIDE});
}

static long files(void)
{
	DIR *d = opendir("/proc/self/fd");
	long n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 3; /* . and .. and the folder itself */
}

static long blocked(void)
{
	sigset_t mask;
	long n = 0;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	for (int i = 1; i < 32; i++)
		n += sigismember(&mask, i);
	return n;
}

static void obey(const char *order, const char *view)
{
	if (strncmp(order, "!view ", 6) == 0)
		show(view, atoi(order + 6));
	else if (strncmp(order, "!env ", 5) == 0)
		tell(getenv(order + 5) ? "set" : "unset", 1);
	else if (strcmp(order, "!files") == 0)
		tell("files", files());
	else if (strcmp(order, "!mask") == 0)
		tell("mask", blocked());
}

static void copy(int from, const char *view)
{
	char order[ORDER], bytes[4096];
	size_t n = 0, said = 0;
	bool start = true, ordered = false;
	ssize_t got;

	while ((got = read(from, bytes, sizeof(bytes))) > 0) {
		said = 0;
		for (size_t i = 0; i < (size_t)got; i++) {
			if (start && bytes[i] == '!') {
				put(bytes + said, i - said);
				ordered = true;
				n = 0;
			}
			start = bytes[i] == '\n';
			if (!ordered)
				continue;
			said = i + 1;
			if (!start && n + 1 < sizeof(order))
				order[n++] = bytes[i];
			if (!start)
				continue;
			order[n] = '\0';
			ordered = false;
			obey(order, view);
		}
		put(bytes + said, (size_t)got - said);
	}
}

bool fake_eye_was(int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "--camera") != 0)
		return false;
	if (argc != 6 || strcmp(argv[3], "--pipe") != 0 || strcmp(argv[4], "--view") != 0)
		die("not the arguments of the contract");
	int from = open(argv[2], O_RDONLY | O_CLOEXEC);
	if (from < 0)
		die(argv[2]);
	copy(from, argv[5]);
	_exit(0);
}

void fake_eye_start(struct fake_eye *f)
{
	scratch_make(&f->scratch);
	const char *path = scratch_name(&f->scratch, "eye");
	if (mkfifo(path, 0600))
		die(path);
	snprintf(f->uri, sizeof(f->uri), "camera:%s", path);
	f->pen = -1;
	scan_child_program = "/proc/self/exe";
	signal(SIGPIPE, SIG_IGN);
}

void fake_eye_stop(struct fake_eye *f)
{
	fake_eye_leave(f);
	scan_child_program = NULL;
	scratch_remove(&f->scratch);
}

void fake_eye_meet(struct fake_eye *f)
{
	fake_eye_leave(f);
	f->pen = open(f->uri + strlen("camera:"), O_WRONLY | O_CLOEXEC);
	if (f->pen < 0)
		die(f->uri);
}

void fake_eye_leave(struct fake_eye *f)
{
	if (f->pen >= 0)
		close(f->pen);
	f->pen = -1;
}

bool fake_eye_dead(const struct fake_eye *f)
{
	struct pollfd p = {.fd = f->pen};

	return poll(&p, 1, 10000) == 1 && (p.revents & POLLERR);
}

void fake_eye_bytes(struct fake_eye *f, const void *p, size_t n)
{
	/* One that was killed in the middle of it hears no more. */
	for (size_t at = 0; at < n;) {
		ssize_t w = write(f->pen, (const char *)p + at, n - at);
		if (w <= 0)
			return;
		at += (size_t)w;
	}
}

void fake_eye_say(struct fake_eye *f, const char *text)
{
	fake_eye_bytes(f, text, strlen(text));
}

void fake_eye_line(struct fake_eye *f, const struct scan_line *l)
{
	put_line(l, f->pen);
}

void fake_eye_beat(struct fake_eye *f, uint32_t pledge_ms)
{
	fake_eye_line(f, &(struct scan_line){.news = SCAN_BEAT, .pledge_ms = pledge_ms});
}

void fake_eye_code(struct fake_eye *f, const char *text)
{
	struct scan_line l = symbol(text);

	fake_eye_line(f, &l);
}
