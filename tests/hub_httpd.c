/* The hub's HTTP by itself: patience, waiting requests, and the address to listen at. */
#include "help/hub_process.h"
#include "httpd.h"
#include "listen.h"
#include "test.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static struct httpd httpd;
static struct hub_process here; /* only its port is used */
static struct request *waiting;
static struct instant now;

static void answer_now(struct hub *h, struct request *q)
{
	(void)h;
	httpd_answer(q, MHD_HTTP_OK, httpd_response("text/plain", span_of(q->tail)));
}

enum { MUCH = 4 << 20 };

static void answer_much(struct hub *h, struct request *q)
{
	uint8_t *room = httpd_room(&httpd, MUCH);

	(void)h;
	if (room)
		memset(room, 'x', MUCH);
	httpd_answer(q, MHD_HTTP_OK, httpd_room_response("text/plain", room));
}

static void answer_later(struct hub *h, struct request *q)
{
	(void)h;
	waiting = q;
	httpd_wait(q);
}

static const struct route routes[] = {
	{"GET", "/echo/", true, 0, answer_now},
	{"POST", "/later", false, 16, answer_later},
	{"GET", "/much", false, 0, answer_much},
};

static int fresh(void **state)
{
	struct listen_address a;
	char where[LISTEN_TEXT];
	int fd;

	UNUSED(state);
	now = clock_now();
	clock_fake(&now);
	if (seal_start() || listen_read(&a, "127.0.0.1:0") || listen_open(&a, &fd, where))
		return -1;
	here.port = (uint16_t)atoi(strrchr(where, ':') + 1);
	const struct httpd_options o = {
		.routes = routes, .route_count = COUNT(routes), .listening = fd};
	return httpd_start(&httpd, &o) ? -1 : 0;
}

static int done(void **state)
{
	UNUSED(state);
	if (waiting)
		httpd_refuse(waiting, MHD_HTTP_SERVICE_UNAVAILABLE, "the test is over");
	waiting = NULL;
	httpd_stop(&httpd);
	clock_fake(NULL);
	return 0;
}

/* Turn until fd has something to read, or (fd -1) for as long as something happens at once. */
static void turn(int fd)
{
	struct pollfd fds[] = {
		{.fd = httpd_fd(&httpd), .events = POLLIN}, {.fd = fd, .events = POLLIN}};

	do {
		httpd_turn(&httpd);
		poll(fds, 2, fd < 0 ? 20 : 1000);
	} while (fd < 0 ? fds[0].revents || httpd_timeout_ms(&httpd) == 0 : !fds[1].revents);
}

static bool is_closed(int fd)
{
	char byte;

	httpd_turn(&httpd);
	ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT);
	return n == 0 || (n < 0 && errno != EAGAIN);
}

TEST(a_connection_that_never_asks_anything_whole_is_cut_however_busy_it_looks)
{
	int silent = hub_dial(&here), dripping = hub_dial(&here), good = hub_dial(&here);
	struct hub_reply reply;
	UNUSED(state);

	turn(-1);
	hub_send(
		dripping, span_of("POST /later HTTP/1.1\r\nHost: h\r\nContent-Length: 16\r\n\r\n"));
	for (int i = 0; i < 10; i++) {
		now.boot_ms += HTTPD_PATIENCE_MS / 10;
		hub_send(dripping, span_of("x"));
		hub_send(good, span_of("GET /echo/me HTTP/1.1\r\nHost: h\r\n\r\n"));
		turn(good);
		hub_read(good, false, &reply);
		assert_int_equal(reply.status, 200);
		assert_true(span_equal(reply.body, span_of("me")));
		hub_reply_free(&reply);
		httpd_tidy(&httpd, now.boot_ms);
	}
	assert_false(is_closed(silent));
	assert_false(is_closed(dripping));
	now.boot_ms++;
	httpd_tidy(&httpd, now.boot_ms);
	turn(silent);
	assert_true(is_closed(silent));
	turn(dripping);
	assert_true(is_closed(dripping));
	assert_false(is_closed(good));
	assert_int_equal(httpd.under_way, 0);
	close(silent);
	close(dripping);
	close(good);
}

TEST(slow_readers_do_not_fill_the_memory)
{
	enum { READERS = HTTPD_ANSWERS / MUCH + 8 };
	int readers[READERS], small = 4096;
	struct hub_reply reply;
	size_t left_out = 0;
	UNUSED(state);

	for (size_t i = 0; i < READERS; i++) {
		readers[i] = hub_dial(&here);
		setsockopt(readers[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
		hub_send(readers[i], span_of("GET /much HTTP/1.1\r\nHost: h\r\n\r\n"));
		turn(-1);
		assert_true(httpd.answers <= HTTPD_ANSWERS);
	}
	assert_int_equal(httpd.answers, HTTPD_ANSWERS);
	for (size_t i = 0; i < READERS; i++) {
		char byte;
		left_out += recv(readers[i], &byte, 1, MSG_DONTWAIT) == 0;
		close(readers[i]);
	}
	assert_int_equal(left_out, 8);
	turn(-1);
	assert_int_equal(httpd.answers, 0);
	int good = hub_dial(&here);
	hub_send(good, span_of("GET /echo/me HTTP/1.1\r\nHost: h\r\n\r\n"));
	turn(good);
	hub_read(good, false, &reply);
	assert_int_equal(reply.status, 200);
	hub_reply_free(&reply);
	close(good);
}

TEST(a_request_that_waits_is_not_cut_and_is_answered_in_the_end)
{
	int fd = hub_dial(&here);
	struct hub_reply reply;
	UNUSED(state);

	hub_send(fd, span_of("POST /later HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"));
	while (!waiting)
		turn(-1);
	assert_int_equal(waiting->body.n, 3);
	assert_memory_equal(waiting->body.p, "abc", 3);
	assert_int_equal(httpd.under_way, 1);
	now.boot_ms += 10 * HTTPD_PATIENCE_MS;
	httpd_tidy(&httpd, now.boot_ms);
	assert_false(is_closed(fd));
	httpd_refuse(waiting, MHD_HTTP_SERVICE_UNAVAILABLE, "not today");
	waiting = NULL;
	turn(fd);
	hub_read(fd, false, &reply);
	assert_int_equal(reply.status, 503);
	assert_string_equal(hub_header(&reply, "Retry-After"), "1");
	hub_reply_free(&reply);
	turn(-1);
	assert_int_equal(httpd.under_way, 0);
	assert_int_equal(httpd.bodies, 0);
	close(fd);
}

TEST(who_leaves_while_waiting_is_forgotten)
{
	int fd = hub_dial(&here);
	UNUSED(state);

	hub_send(fd, span_of("POST /later HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"));
	while (!waiting)
		turn(-1);
	close(fd);
	turn(-1);
	httpd_answer(waiting, MHD_HTTP_OK, httpd_response("text/plain", span_of("too late")));
	waiting = NULL;
	turn(-1);
	assert_int_equal(httpd.under_way, 0);
}

TEST(an_address_to_listen_at_is_numbers_and_a_port)
{
	static const struct {
		const char *text, *host;
		unsigned port;
	} good[] = {{"127.0.0.1:8600", "127.0.0.1", 8600}, {"0.0.0.0:0", "0.0.0.0", 0},
		{"[::1]:65535", "::1", 65535}, {"[::]:80", "::", 80},
		{"[fe80::1:2:3:4]:00080", "fe80::1:2:3:4", 80}};
	static const char *const bad[] = {"", ":", ":80", "127.0.0.1", "127.0.0.1:", "1.2.3:80",
		"::1:80", "[::1]80", "[::1]", "[127.0.0.1]:80", "localhost:80", "127.0.0.1:65536",
		"127.0.0.1:-1", "127.0.0.1:8o", "127.0.0.1:000080", " 127.0.0.1:80", "[::1:80",
		"[]:80", "[1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd]:80"};
	struct listen_address a;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(good); i++) {
		assert_ok(listen_read(&a, good[i].text));
		assert_string_equal(a.host, good[i].host);
		assert_int_equal(a.port, good[i].port);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		if (listen_read(&a, bad[i]) != ERR_FORMAT)
			fail_msg("\"%s\" was taken", bad[i]);
}

TEST(why_a_port_cannot_be_had_is_told_apart)
{
	struct listen_address a;
	char where[LISTEN_TEXT], taken[LISTEN_TEXT];
	int fd;
	UNUSED(state);

	snprintf(taken, sizeof(taken), "127.0.0.1:%u", (unsigned)here.port);
	assert_ok(listen_read(&a, taken));
	assert_err(listen_open(&a, &fd, where), ERR_BUSY);
	assert_int_equal(fd, -1);
	assert_ok(listen_read(&a, "203.0.113.77:0"));
	assert_err(listen_open(&a, &fd, where), ERR_ABSENT);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(a_connection_that_never_asks_anything_whole_is_cut_however_busy_it_looks),
	EACH(slow_readers_do_not_fill_the_memory),
	EACH(a_request_that_waits_is_not_cut_and_is_answered_in_the_end),
	EACH(who_leaves_while_waiting_is_forgotten),
	EACH(an_address_to_listen_at_is_numbers_and_a_port),
	EACH(why_a_port_cannot_be_had_is_told_apart),
};
RUN_TESTS(tests)
