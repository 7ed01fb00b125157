/* HTTP for the agent: one request at a time, in the agent's own poll loop. The only file that knows
 * libcurl. Nothing that comes in is believed, and no more of it is taken than was asked for: not one
 * byte over max, no endless headers, no redirect, no drip slower than a floor. One thread. */
#ifndef FIRMWARE_AGENT_HTTP_H
#define FIRMWARE_AGENT_HTTP_H

#include "grow.h"
#include "protocol.h"
#include "store.h"

#include <poll.h>

enum {
	HTTP_URL = 1024,
	HTTP_CONNECT_S = 5,
	HTTP_LEAST_S = 20,           /* for a short answer */
	HTTP_SLOWEST = 8 << 10,      /* bytes a second that a long one must come with */
	HTTP_HEADERS_MAX = 64 << 10, /* of all headers together */
};

struct http;

struct http_request {
	const char *url;           /* copied */
	const char *authorization; /* value of the header, NULL for none; copied */
	const char *ca;            /* file of certificates for https://, NULL for the system's */
	bool post;
	struct span body; /* of a POST; must stay until the answer is there */
	size_t max;       /* bytes of the answer's body */
};

struct http_answer {
	/* OK: the answer is whole
	 * ERR_FULL: its body is longer than max
	 * ERR_FORMAT: its headers are endless
	 * ERR_TIMEOUT: it did not come in time
	 * ERR_IO: no connection, or it broke off */
	enum err err;
	unsigned status; /* of HTTP */
	struct grow body;
	bool more;                      /* Foyer-More: 1 */
	uint64_t sequence;              /* Foyer-Sequence, 0 if it did not say */
	bool has_mac;                   /* Foyer-Mac was there, and well-formed */
	uint8_t mac[PROTOCOL_MAC];      /* not yet compared */
	char cursor[STORE_CURSOR_TEXT]; /* Foyer-Cursor, "" if it did not say */
	int64_t asked_ms, answered_ms;  /* CLOCK_BOOTTIME */
};

/* returns: OK, ERR_IO */
MUST_CHECK enum err http_open(struct http **out);
/* NULL is fine. */
void http_close(struct http *h);

/* "http://" or "https://", then printable ASCII without spaces, at most CODE_ADDRESS characters. */
bool http_address_is_fit(const char *address);

/* Begin. returns: OK
 *                 ERR_BUSY, if one is under way
 *                 ERR_FULL, if the address is too long
 *                 ERR_IO */
MUST_CHECK enum err http_start(struct http *h, const struct http_request *r);
/* Drop the request under way, if there is one. */
void http_cancel(struct http *h);
bool http_busy(const struct http *h);

/* Wait for the request, for fds (revents is filled in), or for timeout_ms; then go on with the request.
 * returns: OK, ERR_IO */
MUST_CHECK enum err http_wait(struct http *h, struct pollfd *fds, size_t n, int timeout_ms);
/* The answer, once it is there; NULL before. Valid until the next http_start. */
struct http_answer *http_take(struct http *h);

#endif
