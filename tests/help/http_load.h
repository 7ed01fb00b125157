/* A load of HTTP/1.1 requests on loopback, from one thread: many kept-alive connections, each with one
 * request on its way at a time. */
#ifndef TESTS_HELP_HTTP_LOAD_H
#define TESTS_HELP_HTTP_LOAD_H

#include "base.h"

struct http_answer {
	size_t connection;
	int status;              /* 0: the connection broke */
	struct span head, body;  /* for the call only */
	int64_t sent_ns, got_ns; /* CLOCK_MONOTONIC */
};

struct http_load {
	uint16_t port;
	size_t connections;
	void *arg;
	/* The next request of a connection, which must stay until it is answered; p == NULL for none now,
	 * and then *at_ns is when to ask again, INT64_MAX: never (the connection is done). */
	struct span (*next)(void *arg, size_t connection, int64_t now_ns, int64_t *at_ns);
	void (*answered)(void *arg, const struct http_answer *a);
};

/* Run until every connection is done or until_ns has come. returns: OK, ERR_IO (no connection),
 * ERR_TIMEOUT (until_ns came first) */
MUST_CHECK enum err http_load_run(const struct http_load *l, int64_t until_ns);

int64_t http_now_ns(void);
/* Does anybody listen on that port of loopback? */
bool http_listens(uint16_t port);

/* The value of a header in a, or an empty span. name without colon, in any case. */
struct span http_header(const struct http_answer *a, const char *name);

#endif
