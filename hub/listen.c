/* Where a hub listens. */
#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, PORT_MAX = 65535 };

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static bool read_port(const char *text, uint16_t *out)
{
	unsigned n = 0;

	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9' || c - text >= 5)
			return false;
		n = n * 10 + (unsigned)(*c - '0');
	}
	*out = (uint16_t)n;
	return *text != '\0' && n <= PORT_MAX;
}

/* returns: its length, 0 if host is no address */
static socklen_t resolve(const char *host, uint16_t port, union address *out)
{
	*out = (union address){0};
	if (inet_pton(AF_INET, host, &out->v4.sin_addr) == 1) {
		out->v4.sin_family = AF_INET;
		out->v4.sin_port = htons(port);
		return sizeof(out->v4);
	}
	if (inet_pton(AF_INET6, host, &out->v6.sin6_addr) == 1) {
		out->v6.sin6_family = AF_INET6;
		out->v6.sin6_port = htons(port);
		return sizeof(out->v6);
	}
	return 0;
}

enum err listen_read(struct listen_address *out, const char *text)
{
	const char *colon = strrchr(text, ':');
	union address a;

	*out = (struct listen_address){0};
	if (!colon || !read_port(colon + 1, &out->port))
		return ERR_FORMAT;
	struct span host = {(const uint8_t *)text, (size_t)(colon - text)};
	bool bracketed = host.n > 2 && text[0] == '[' && colon[-1] == ']';
	if (bracketed)
		host = span_cut(host, 1, host.n - 2);
	if (span_copy_text(host, out->host, sizeof(out->host)) ||
		bracketed != (strchr(out->host, ':') != NULL) ||
		resolve(out->host, out->port, &a) == 0)
		return ERR_FORMAT;
	return OK;
}

static enum err listen_error(int number)
{
	if (number == EADDRINUSE)
		return ERR_BUSY;
	if (number == EADDRNOTAVAIL)
		return ERR_ABSENT;
	return number == EACCES || number == EPERM ? ERR_DENIED : ERR_IO;
}

enum err listen_open(const struct listen_address *a, int *fd, char text[static LISTEN_TEXT])
{
	union address want, got = {0};
	socklen_t n = resolve(a->host, a->port, &want), got_n = sizeof(got);
	const int on = 1;

	*fd = socket(want.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (*fd < 0)
		return ERR_IO;
	setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	/* Connections inherit it: an answer leaves when it is written. */
	setsockopt(*fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(*fd, &want.any, n) != 0 || listen(*fd, BACKLOG) != 0 ||
		getsockname(*fd, &got.any, &got_n) != 0) {
		enum err e = listen_error(errno);
		close(*fd);
		*fd = -1;
		return e;
	}
	bool v6 = got.any.sa_family == AF_INET6;
	snprintf(text, LISTEN_TEXT, v6 ? "[%s]:%u" : "%s:%u", a->host,
		(unsigned)ntohs(v6 ? got.v6.sin6_port : got.v4.sin_port));
	return OK;
}
