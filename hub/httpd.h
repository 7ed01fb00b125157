/* The hub's HTTP: connections, requests and answers, on libmicrohttpd with our own loop.
 *
 * A request is routed and its head judged before a byte of its body is taken: an upload says its
 * length and is at most as long as its route allows. A connection that has not asked anything whole
 * for HTTPD_PATIENCE_MS is closed, however busy it looks; while it is answered it may be as slow as
 * it likes, for that costs no memory: most answers are shared, and all others together are bounded. One
 * thread. */
#ifndef HUB_HTTPD_H
#define HUB_HTTPD_H

#include "grow.h"

#include <microhttpd.h>

enum {
	HTTPD_CONNECTIONS = 4096,
	HTTPD_TARGET = 1024,           /* longest target */
	HTTPD_SPARE = 256,             /* requests kept for the next, */
	HTTPD_SPARE_BODY = 8 << 10,    /* with room for a body of at most so much */
	HTTPD_HEAD = 16 << 10,         /* memory of a connection: its head and the answer's */
	HTTPD_SILENCE_S = 60,          /* a connection without a byte is closed after so long */
	HTTPD_PATIENCE_MS = 30 * 1000, /* see above */
	HTTPD_BODIES = 256 << 20,      /* all bodies under way */
	HTTPD_ANSWERS = 256 << 20,     /* all long answers that are made for one request */
};

struct hub;
struct request;

struct route {
	const char *method;
	/* One that ends with '/' or '=' begins a target, the rest of which is the request's tail. */
	const char *path;
	bool head;       /* HEAD works too */
	size_t body_max; /* 0: no body */
	/* The whole request is here. Calls one of httpd_answer, httpd_refuse, httpd_answer_with or
	 * httpd_wait. */
	void (*answer)(struct hub *h, struct request *q);
};

struct request {
	struct MHD_Connection *connection;
	const struct route *route;
	const char *tail;
	struct grow body;
	bool begun, waits;
	enum MHD_Result result;
	struct MHD_Response *ready; /* what a request that waits is answered with */
	unsigned status;
	const char *why; /* it is refused, from its head on */
	/* its route's: who speaks, by which MAC, and its place in a list */
	void *device;
	uint8_t id[8], mac[32];
	struct request *next;
	char target[HTTPD_TARGET + 1]; /* as it was sent */
};

struct connection;

struct httpd {
	struct hub *hub;
	const struct route *routes;
	size_t route_count;
	struct MHD_Daemon *daemon;
	struct connection *connections; /* all that are open */
	size_t bodies;                  /* bytes of all bodies under way */
	size_t answers;                 /* bytes of rooms under way (httpd_room) */
	size_t under_way;               /* requests begun and not answered to the end */
	struct request *spare;          /* done with, by next */
	size_t spare_count;
};

struct httpd_options {
	struct hub *hub; /* handed to the routes */
	const struct route *routes;
	size_t route_count;
	int listening;          /* taken over, also on an error */
	const char *cert, *key; /* PEM texts, or NULL both */
};

/* returns: OK; ERR_FORMAT, if certificate and key do not fit; ERR_IO */
MUST_CHECK enum err httpd_start(struct httpd *httpd, const struct httpd_options *o);
/* Take no more connections. */
void httpd_quiesce(struct httpd *httpd);
void httpd_stop(struct httpd *httpd);
/* To be waited for, at most httpd_timeout_ms (-1: as long as it takes). */
int httpd_fd(const struct httpd *httpd);
int httpd_timeout_ms(const struct httpd *httpd);
/* Read, answer, write what can be done now. */
void httpd_turn(struct httpd *httpd);
/* Close connections that have used up our patience. now: CLOCK_BOOTTIME in milliseconds. */
void httpd_tidy(struct httpd *httpd, int64_t now_ms);

/* The value of a request's header, or NULL. */
const char *httpd_header(const struct request *q, const char *name);

/* A response that owns a copy of bytes; type e.g. "application/json". NULL if memory is out. */
struct MHD_Response *httpd_response(const char *type, struct span bytes);
/* Room for an answer that may be long, n bytes; it goes into httpd_room_response, and is given back when
 * the answer was sent or its connection is gone. NULL if memory is out, or HTTPD_ANSWERS would be
 * exceeded: readers are too slow. */
uint8_t *httpd_room(struct httpd *httpd, size_t n);
/* NULL if room is, or memory is out; room is taken. */
struct MHD_Response *httpd_room_response(const char *type, uint8_t *room);
/* One with the JSON {"error":"why"}, and the headers that go with status; why is static, without quotes
 * and controls. */
struct MHD_Response *httpd_error(const struct request *q, unsigned status, const char *why);
/* NULL is passed over. */
void httpd_set(struct MHD_Response *r, const char *name, const char *value);

/* Answer with a response that is the request's own; NULL: memory was out. */
void httpd_answer(struct request *q, unsigned status, struct MHD_Response *r);
/* Answer with a response that others share. Not for requests that wait. */
void httpd_answer_shared(struct request *q, unsigned status, struct MHD_Response *r);
void httpd_refuse(struct request *q, unsigned status, const char *why);
/* Let a request wait; one of the functions above answers it later, before the next httpd_turn. */
void httpd_wait(struct request *q);

#endif
