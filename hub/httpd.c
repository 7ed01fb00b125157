/* The hub's HTTP on libmicrohttpd: connections, and requests from their first line to their answer. */
#include "httpd.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { HEX_DIGITS = 20 };

struct connection {
	struct connection *before, *after;
	int fd;
	bool answering, cut;
	int64_t since_ms; /* when it last had no request under way, or began */
};

static struct connection *connection_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void on_connection(void *arg, struct MHD_Connection *c, void **context,
	enum MHD_ConnectionNotificationCode what)
{
	struct httpd *httpd = arg;
	struct connection *mine = *context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info =
			MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
		mine = calloc(1, sizeof(*mine));
		*context = mine;
		if (!mine)
			return;
		mine->fd = info ? info->connect_fd : -1;
		mine->since_ms = clock_now().boot_ms;
		mine->after = httpd->connections;
		if (mine->after)
			mine->after->before = mine;
		httpd->connections = mine;
	} else if (mine) {
		if (mine->before)
			mine->before->after = mine->after;
		else
			httpd->connections = mine->after;
		if (mine->after)
			mine->after->before = mine->before;
		free(mine);
		*context = NULL;
	}
}

void httpd_tidy(struct httpd *httpd, int64_t now_ms)
{
	for (struct connection *c = httpd->connections; c; c = c->after)
		if (!c->answering && !c->cut && now_ms - c->since_ms > HTTPD_PATIENCE_MS) {
			c->cut = true;
			shutdown(c->fd, SHUT_RDWR);
		}
}

/* One that is done with, with the room of its body, or a new one: many small requests a turn would tear
 * the heap, and the time that costs is a good part of theirs. */
static struct request *need_request(struct httpd *httpd, struct MHD_Connection *c)
{
	struct request *q = httpd->spare;
	struct grow room = {0};

	if (q) {
		httpd->spare = q->next;
		httpd->spare_count--;
		room = q->body;
	} else
		q = malloc(sizeof(*q));
	if (!q)
		return NULL;
	memset(q, 0, offsetof(struct request, target));
	q->connection = c;
	q->result = MHD_YES;
	q->body = room;
	httpd->bodies += room.cap;
	return q;
}

static void give_back(struct httpd *httpd, struct request *q)
{
	httpd->bodies -= q->body.cap;
	if (httpd->spare_count == HTTPD_SPARE || q->body.cap > HTTPD_SPARE_BODY || q->body.failed) {
		grow_free(&q->body);
		free(q);
		return;
	}
	q->body.n = 0;
	q->next = httpd->spare;
	httpd->spare = q;
	httpd->spare_count++;
}

/* The first that is heard of a request: its target as it was sent. */
static void *on_target(void *arg, const char *target, struct MHD_Connection *c)
{
	struct httpd *httpd = arg;
	size_t n = strlen(target);

	if (n > HTTPD_TARGET)
		return NULL;
	struct request *q = need_request(httpd, c);
	if (!q)
		return NULL;
	memcpy(q->target, target, n + 1);
	httpd->under_way++;
	return q;
}

static void on_completed(
	void *arg, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode how)
{
	struct httpd *httpd = arg;
	struct request *q = *state;
	struct connection *mine = connection_of(c);

	(void)how;
	if (mine) {
		mine->answering = false;
		mine->since_ms = clock_now().boot_ms;
	}
	if (!q)
		return;
	if (q->ready)
		MHD_destroy_response(q->ready);
	httpd->under_way--;
	give_back(httpd, q);
	*state = NULL;
}

const char *httpd_header(const struct request *q, const char *name)
{
	return MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, name);
}

struct MHD_Response *httpd_response(const char *type, struct span bytes)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(
		bytes.n, (void *)(uintptr_t)bytes.p, MHD_RESPMEM_MUST_COPY);

	httpd_set(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	return r;
}

struct room {
	struct httpd *httpd;
	size_t n;
	uint8_t bytes[];
};

uint8_t *httpd_room(struct httpd *httpd, size_t n)
{
	struct room *r = n <= HTTPD_ANSWERS - httpd->answers ? malloc(sizeof(*r) + n) : NULL;

	if (!r) {
		log_line(LOG_WARN, "hub/httpd", "answers hold %zu bytes: one is not made",
			httpd->answers);
		return NULL;
	}
	*r = (struct room){.httpd = httpd, .n = n};
	httpd->answers += n;
	return r->bytes;
}

static void free_room(void *arg)
{
	struct room *r = arg;

	r->httpd->answers -= r->n;
	free(r);
}

struct MHD_Response *httpd_room_response(const char *type, uint8_t *room)
{
	if (!room)
		return NULL;
	struct room *whole = (struct room *)(void *)(room - offsetof(struct room, bytes));
	struct MHD_Response *r = MHD_create_response_from_buffer_with_free_callback_cls(
		whole->n, room, free_room, whole);
	if (!r)
		free_room(whole);
	httpd_set(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	return r;
}

struct MHD_Response *httpd_error(const struct request *q, unsigned status, const char *why)
{
	char json[256];
	struct sink k = sink_on((uint8_t *)json, sizeof(json));

	sink_bytes(&k, "{\"error\":\"", 10);
	sink_bytes(&k, why, strlen(why));
	sink_bytes(&k, "\"}\n", 3);
	struct MHD_Response *r = httpd_response("application/json", (struct span){k.p, k.n});
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		httpd_set(
			r, MHD_HTTP_HEADER_ALLOW, q->route->head ? "GET, HEAD" : q->route->method);
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		httpd_set(r, MHD_HTTP_HEADER_RETRY_AFTER, "1");
	return r;
}

void httpd_set(struct MHD_Response *r, const char *name, const char *value)
{
	if (r)
		MHD_add_response_header(r, name, value);
}

void httpd_answer_shared(struct request *q, unsigned status, struct MHD_Response *r)
{
	struct connection *mine = connection_of(q->connection);

	if (mine)
		mine->answering = true;
	/* Without memory for an answer the connection is closed. */
	q->result = r ? MHD_queue_response(q->connection, status, r) : MHD_NO;
}

void httpd_answer(struct request *q, unsigned status, struct MHD_Response *r)
{
	if (q->waits) {
		q->ready = r;
		q->status = status;
		MHD_resume_connection(q->connection);
		return;
	}
	httpd_answer_shared(q, status, r);
	if (r)
		MHD_destroy_response(r);
}

void httpd_refuse(struct request *q, unsigned status, const char *why)
{
	httpd_answer(q, status, httpd_error(q, status, why));
}

void httpd_wait(struct request *q)
{
	struct connection *mine = connection_of(q->connection);

	if (mine)
		mine->answering = true;
	q->waits = true;
	MHD_suspend_connection(q->connection);
}

/* The route for a target; the one with another method if there is none better. */
static const struct route *find_route(
	const struct httpd *httpd, const char *method, const char *target, size_t *tail)
{
	const struct route *other = NULL;

	for (size_t i = 0; i < httpd->route_count; i++) {
		const struct route *r = &httpd->routes[i];
		size_t n = strlen(r->path);
		bool open = r->path[n - 1] == '/' || r->path[n - 1] == '=';
		if (strncmp(target, r->path, n) != 0 || (!open && target[n] != '\0'))
			continue;
		*tail = n;
		other = r;
		if (strcmp(method, r->method) == 0 ||
			(r->head && strcmp(method, MHD_HTTP_METHOD_HEAD) == 0))
			return r;
	}
	return other;
}

/* returns: false, if text is no length of at most max */
static bool read_length(const char *text, size_t max, size_t *out)
{
	size_t n = 0;

	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9' || c - text >= HEX_DIGITS)
			return false;
		n = n * 10 + (size_t)(*c - '0');
		if (n > max)
			return false;
	}
	*out = n;
	return *text != '\0';
}

static void judge(struct request *q, unsigned status, const char *why)
{
	q->status = status;
	q->why = why;
}

/* Is it wrong to send this body there? */
static void judge_body(struct request *q, const char *length)
{
	size_t n = 0;

	if (httpd_header(q, MHD_HTTP_HEADER_TRANSFER_ENCODING) ||
		(q->route->body_max > 0 && !length))
		judge(q, MHD_HTTP_LENGTH_REQUIRED, "the length of the body is wanted");
	else if (length && !read_length(length, q->route->body_max, &n))
		judge(q, MHD_HTTP_CONTENT_TOO_LARGE, "the body is too long");
}

static void judge_head(struct httpd *httpd, struct request *q, const char *method)
{
	const char *length = httpd_header(q, MHD_HTTP_HEADER_CONTENT_LENGTH);
	size_t tail = 0;

	q->begun = true;
	q->route = find_route(httpd, method, q->target, &tail);
	q->tail = q->target + tail;
	if (!q->route)
		judge(q, MHD_HTTP_NOT_FOUND, "there is nothing at this address");
	else if (strcmp(method, q->route->method) != 0 &&
		 !(q->route->head && strcmp(method, MHD_HTTP_METHOD_HEAD) == 0))
		judge(q, MHD_HTTP_METHOD_NOT_ALLOWED, "this method is not for this address");
	else
		judge_body(q, length);
	/* An answer at this moment ends the connection: only to be rid of a body. */
	if (q->why && (length || httpd_header(q, MHD_HTTP_HEADER_TRANSFER_ENCODING)))
		httpd_refuse(q, q->status, q->why);
}

static enum MHD_Result take_body(struct httpd *httpd, struct request *q, struct span bytes)
{
	httpd->bodies -= q->body.cap;
	grow_bytes(&q->body, bytes.p, bytes.n);
	httpd->bodies += q->body.cap;
	if (!q->body.failed && httpd->bodies <= HTTPD_BODIES)
		return MHD_YES;
	log_line(LOG_WARN, "hub/httpd", "uploads hold %zu bytes: one is dropped", httpd->bodies);
	return MHD_NO;
}

/* Its parameters are libmicrohttpd's. NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
	const char *method, const char *version, const char *data, size_t *n, void **state)
{
	struct httpd *httpd = arg;
	struct request *q = *state;

	(void)url, (void)version;
	if (!q) {
		struct request none = {.connection = c, .result = MHD_YES};
		httpd_refuse(&none, MHD_HTTP_URI_TOO_LONG, "the address is too long");
		return none.result;
	}
	if (!q->begun) {
		judge_head(httpd, q, method);
	} else if (*n > 0) {
		struct span bytes = {(const uint8_t *)data, *n};
		*n = 0;
		return take_body(httpd, q, bytes);
	} else if (q->waits) {
		struct MHD_Response *r = q->ready;
		q->waits = false;
		q->ready = NULL;
		httpd_answer(q, q->status, r);
	} else if (q->why) {
		httpd_refuse(q, q->status, q->why);
	} else {
		q->route->answer(httpd->hub, q);
	}
	return q->result;
}

enum err httpd_start(struct httpd *httpd, const struct httpd_options *o)
{
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (o->cert ? MHD_USE_TLS : 0);
	struct MHD_OptionItem tls[] = {
		{MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)o->key},
		{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)o->cert},
		{MHD_OPTION_END, 0, NULL},
	};

	*httpd = (struct httpd){.hub = o->hub, .routes = o->routes, .route_count = o->route_count};
	httpd->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, httpd,
		MHD_OPTION_LISTEN_SOCKET, o->listening, MHD_OPTION_URI_LOG_CALLBACK, on_target,
		httpd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, httpd,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, httpd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)HTTPD_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTPD_HEAD,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTPD_SILENCE_S, MHD_OPTION_ARRAY,
		o->cert ? tls : &tls[COUNT(tls) - 1], MHD_OPTION_END);
	return httpd->daemon ? OK : o->cert ? ERR_FORMAT : ERR_IO;
}

void httpd_quiesce(struct httpd *httpd)
{
	MHD_quiesce_daemon(httpd->daemon);
}

void httpd_stop(struct httpd *httpd)
{
	if (httpd->daemon)
		MHD_stop_daemon(httpd->daemon);
	httpd->daemon = NULL;
	while (httpd->spare) {
		struct request *q = httpd->spare;
		httpd->spare = q->next;
		grow_free(&q->body);
		free(q);
	}
	httpd->spare_count = 0;
}

int httpd_fd(const struct httpd *httpd)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(httpd->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	return info ? info->epoll_fd : -1;
}

int httpd_timeout_ms(const struct httpd *httpd)
{
	enum { LONGEST = 60 * 1000 };
	MHD_UNSIGNED_LONG_LONG ms;

	if (MHD_get_timeout(httpd->daemon, &ms) != MHD_YES)
		return -1;
	return ms > LONGEST ? LONGEST : (int)ms;
}

void httpd_turn(struct httpd *httpd)
{
	MHD_run(httpd->daemon);
}
