/* Scanners: the table of links, reading, and taking a scanner back that was unplugged. */
#include "scanner_link.h"

#include "seal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RETRY_FIRST_MS = 250, RETRY_LAST_MS = 2000, BUFFER = 4096 };

static const struct scanner_link *const links[] = {
	&scanner_evdev,
	&scanner_serial,
	&scanner_camera,
	&scanner_stdin,
};

struct scanner {
	const struct scanner_link *link;
	char where[PATH_MAX];
	int fd;
	bool ended; /* nothing will ever come again */
	int64_t retry_at, retry_ms;
	struct scanner_input in;
	size_t at, n; /* of buffer, not yet fed */
	uint8_t buffer[BUFFER];
};

static int64_t now_ms(void)
{
	return clock_now().boot_ms;
}

static void forget_input(struct scanner *s)
{
	wedge_reset(&s->in.wedge);
	s->in.torn = false;
	seal_wipe(&s->in.line, sizeof(s->in.line));
	seal_wipe(s->buffer, sizeof(s->buffer));
	s->at = s->n = 0;
}

static void try_later(struct scanner *s)
{
	if (s->link->pause) {
		s->retry_at = now_ms() + s->link->pause(&s->in);
		return;
	}
	s->retry_at = now_ms() + s->retry_ms;
	s->retry_ms = s->retry_ms * 2 < RETRY_LAST_MS ? s->retry_ms * 2 : RETRY_LAST_MS;
}

static enum err try_open(struct scanner *s)
{
	enum err e = s->link->open(&s->in, s->where, now_ms(), &s->fd);

	if (e == OK) {
		s->retry_ms = RETRY_FIRST_MS;
		return OK;
	}
	s->fd = -1;
	try_later(s);
	return e;
}

static const struct scanner_link *find_link(const char *uri)
{
	for (size_t i = 0; i < COUNT(links); i++)
		if (strncmp(uri, links[i]->scheme, strlen(links[i]->scheme)) == 0)
			return links[i];
	return NULL;
}

enum err scanner_open(struct scanner **out, const char *uri)
{
	const struct scanner_link *link = find_link(uri);

	*out = NULL;
	if (!link)
		return ERR_FORMAT;
	struct scanner *s = calloc(1, sizeof(*s));
	if (!s)
		return ERR_IO;
	s->link = link;
	s->retry_ms = RETRY_FIRST_MS;
	wedge_init(&s->in.wedge);
	enum err e = ERR_FORMAT;
	if (span_copy_text(span_of(uri + strlen(link->scheme)), s->where, sizeof(s->where)) == OK)
		e = try_open(s);
	if (e != OK && !(e == ERR_ABSENT && link->comes_back)) {
		s->fd = -1;
		scanner_close(s);
		return e;
	}
	*out = s;
	return OK;
}

void scanner_close(struct scanner *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	if (s->link->done)
		s->link->done(&s->in);
	seal_wipe(s, sizeof(*s));
	free(s);
}

int scanner_fd(const struct scanner *s)
{
	return s->fd;
}

static bool is_camera(const struct scanner *s)
{
	return s->link == &scanner_camera;
}

enum scanner_fault scanner_fault(const struct scanner *s)
{
	if (is_camera(s))
		return s->in.camera.fault;
	return s->fd >= 0 ? SCANNER_FINE : SCANNER_UNPLUGGED;
}

int scanner_view(const struct scanner *s)
{
	return is_camera(s) && s->in.camera.has_view ? s->in.camera.view : -1;
}

bool scanner_looks(struct scanner *s)
{
	return scanner_view(s) >= 0 && scan_view_changed(&s->in.camera.looked);
}

bool scanner_holds(const struct scanner *s)
{
	return is_camera(s) && sightings_held(&s->in.camera.sightings, now_ms());
}

static int at_least_now(int64_t ms)
{
	return ms > 0 ? (int)ms : 0;
}

int scanner_wait_ms(const struct scanner *s)
{
	if (s->n - s->at >= s->link->unit)
		return 0;
	if (s->fd < 0)
		return s->ended ? -1 : at_least_now(s->retry_at - now_ms());
	int64_t quiet = s->link->quiet_in(&s->in, now_ms());
	return quiet < 0 ? -1 : at_least_now(quiet);
}

/* Feed what was read until a text is whole. */
static enum err feed(struct scanner *s, struct scan *out)
{
	while (s->n - s->at >= s->link->unit) {
		const uint8_t *unit = s->buffer + s->at;
		s->at += s->link->unit;
		enum err e = s->link->feed(&s->in, unit, now_ms(), out);
		if (e != ERR_ABSENT)
			return e;
	}
	/* A torn unit stays for the next read; the rest may have been a secret. */
	memmove(s->buffer, s->buffer + s->at, s->n - s->at);
	s->n -= s->at;
	s->at = 0;
	memset(s->buffer + s->n, 0, sizeof(s->buffer) - s->n);
	return ERR_ABSENT;
}

static enum err gone(struct scanner *s, struct scan *out)
{
	close(s->fd);
	s->fd = -1;
	if (s->link->close)
		s->link->close(&s->in, now_ms());
	s->ended = !s->link->comes_back;
	if (s->ended && s->link->end(&s->in, out) == OK)
		return OK;
	forget_input(s);
	s->retry_ms = RETRY_FIRST_MS;
	try_later(s);
	return ERR_IO;
}

/* Asked by poll rather than by O_NONBLOCK, which would reach everybody who shares our stdin. */
static bool is_readable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	return poll(&p, 1, 0) > 0;
}

static enum err take_bytes(struct scanner *s, struct scan *out)
{
	if (!is_readable(s->fd)) {
		if (s->link->quiet_in(&s->in, now_ms()) == 0)
			return s->link->end(&s->in, out);
		return ERR_ABSENT;
	}
	ssize_t n = read(s->fd, s->buffer + s->n, sizeof(s->buffer) - s->n);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return ERR_ABSENT;
	if (n <= 0)
		return ERR_IO;
	s->n += (size_t)n;
	return feed(s, out);
}

enum err scanner_read(struct scanner *s, struct scan *out)
{
	memset(out, 0, sizeof(*out));
	enum err e = feed(s, out);
	if (e == ERR_ABSENT && s->fd < 0) {
		if (s->ended)
			return ERR_IO;
		if (now_ms() < s->retry_at || try_open(s) != OK)
			return ERR_ABSENT;
	}
	if (e == ERR_ABSENT)
		e = take_bytes(s, out);
	return e == OK || e == ERR_ABSENT ? e : gone(s, out);
}
