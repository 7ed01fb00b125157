/* A load of HTTP/1.1 requests on loopback: one epoll, many connections. */
#include "http_load.h"

#include "grow.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ = 64 << 10, EVENTS = 256 };

struct connection {
	int fd;
	bool done;
	struct span out; /* of the request, what has not left yet */
	bool waiting;    /* for an answer */
	int64_t at_ns, sent_ns;
	struct grow in;
};

struct running {
	const struct http_load *load;
	struct connection *all;
	size_t open;
	int epoll;
};

int64_t http_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int dial(uint16_t port)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return fd;
}

bool http_listens(uint16_t port)
{
	int fd = dial(port);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

struct span http_header(const struct http_answer *a, const char *name)
{
	size_t n = strlen(name);
	const char *p = (const char *)a->head.p, *end = p + a->head.n;

	while (p < end) {
		const char *line = memchr(p, '\n', (size_t)(end - p));
		size_t have = line ? (size_t)(line - p) : (size_t)(end - p);
		if (have > n && p[n] == ':' && strncasecmp(p, name, n) == 0) {
			struct span v = {(const uint8_t *)p + n + 1, have - n - 1};
			while (v.n > 0 && *v.p == ' ')
				v = span_cut(v, 1, v.n - 1);
			while (v.n > 0 && (v.p[v.n - 1] == '\r' || v.p[v.n - 1] == ' '))
				v.n--;
			return v;
		}
		p += have + 1;
	}
	return (struct span){0};
}

/* The answer that in begins with; 0 while it is not whole. */
static size_t whole_answer(const struct grow *in, struct http_answer *a)
{
	char number[24];
	const uint8_t *end = in->n ? memmem(in->p, in->n, "\r\n\r\n", 4) : NULL;

	if (!end)
		return 0;
	size_t head = (size_t)(end - in->p) + 4;
	a->head = (struct span){in->p, head};
	struct span length = http_header(a, "Content-Length");
	if (span_copy_text(length, number, sizeof(number)) != OK)
		return 0;
	size_t body = strtoul(number, NULL, 10);
	if (in->n - head < body)
		return 0;
	a->status = head > 12 ? atoi((const char *)in->p + 9) : 0;
	a->body = (struct span){in->p + head, body};
	return head + body;
}

static void watch(struct running *r, size_t i, bool writing)
{
	struct epoll_event e = {.events = EPOLLIN | (writing ? EPOLLOUT : 0u), .data.u64 = i};

	epoll_ctl(r->epoll, EPOLL_CTL_MOD, r->all[i].fd, &e);
}

static void push(struct running *r, size_t i)
{
	struct connection *c = &r->all[i];
	ssize_t put = send(c->fd, c->out.p, c->out.n, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (put > 0)
		c->out = span_cut(c->out, (size_t)put, c->out.n - (size_t)put);
	if (c->out.n > 0)
		watch(r, i, true);
}

static void ask_next(struct running *r, size_t i, int64_t now)
{
	struct connection *c = &r->all[i];

	c->out = r->load->next(r->load->arg, i, now, &c->at_ns);
	if (c->out.p) {
		c->waiting = true;
		c->sent_ns = http_now_ns();
		push(r, i);
	} else if (c->at_ns == INT64_MAX) {
		c->done = true;
		r->open--;
	}
}

static void hand_over(struct running *r, size_t i, struct http_answer *a)
{
	struct connection *c = &r->all[i];

	a->connection = i;
	a->sent_ns = c->sent_ns;
	a->got_ns = http_now_ns();
	c->waiting = false;
	r->load->answered(r->load->arg, a);
}

static void broke(struct running *r, size_t i)
{
	struct connection *c = &r->all[i];
	struct http_answer a = {0};

	close(c->fd);
	c->fd = -1;
	c->done = true;
	r->open--;
	hand_over(r, i, &a);
}

static void take(struct running *r, size_t i)
{
	struct connection *c = &r->all[i];
	uint8_t *room = grow_room(&c->in, READ);
	if (!room) {
		broke(r, i);
		return;
	}
	ssize_t got = recv(c->fd, room, READ, MSG_DONTWAIT);
	c->in.n -= READ - (size_t)(got > 0 ? got : 0);
	if (got == 0 || (got < 0 && errno != EAGAIN)) {
		broke(r, i);
		return;
	}
	struct http_answer a = {0};
	size_t n = whole_answer(&c->in, &a);
	if (n == 0 || !c->waiting)
		return;
	hand_over(r, i, &a);
	c->in.n = 0;
	ask_next(r, i, http_now_ns());
}

static int patience(const struct running *r, int64_t now, int64_t until)
{
	int64_t first = until;

	for (size_t i = 0; i < r->load->connections; i++)
		if (!r->all[i].done && !r->all[i].waiting && r->all[i].at_ns < first)
			first = r->all[i].at_ns;
	int64_t ms = (first - now) / 1000000;
	return ms < 0 ? 0 : (int)(ms < 1000 ? ms : 1000);
}

static void turn(struct running *r, int64_t until)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(r->epoll, events, EVENTS, patience(r, http_now_ns(), until));

	for (int k = 0; k < n; k++) {
		size_t i = (size_t)events[k].data.u64;
		if (r->all[i].done)
			continue;
		if (events[k].events & EPOLLOUT) {
			watch(r, i, false);
			push(r, i);
		}
		if (events[k].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
			take(r, i);
	}
	int64_t now = http_now_ns();
	for (size_t i = 0; i < r->load->connections; i++)
		if (!r->all[i].done && !r->all[i].waiting && r->all[i].at_ns <= now)
			ask_next(r, i, now);
}

enum err http_load_run(const struct http_load *l, int64_t until_ns)
{
	struct running r = {.load = l, .open = l->connections};
	enum err e = OK;

	r.all = calloc(l->connections, sizeof(*r.all));
	r.epoll = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; r.all && i < l->connections; i++) {
		struct epoll_event w = {.events = EPOLLIN, .data.u64 = i};
		r.all[i].fd = dial(l->port);
		if (r.all[i].fd < 0 || epoll_ctl(r.epoll, EPOLL_CTL_ADD, r.all[i].fd, &w) != 0)
			e = ERR_IO;
	}
	while (e == OK && r.all && r.open > 0) {
		if (http_now_ns() >= until_ns)
			e = ERR_TIMEOUT;
		else
			turn(&r, until_ns);
	}
	for (size_t i = 0; r.all && i < l->connections; i++) {
		if (r.all[i].fd >= 0)
			close(r.all[i].fd);
		grow_free(&r.all[i].in);
	}
	close(r.epoll);
	free(r.all);
	return e;
}
