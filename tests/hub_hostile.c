/* A hub among strangers: what is torn, endless, too long, forged or never finished harms nobody else. */
#include "commands.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "protocol.h"
#include "test.h"

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NEVER_DONE = 64, SERVED = 50 };

static struct event_folder f;
static struct hub_process hub;
static struct hub_reply reply;
static struct hub_board board;
static struct grow request, bundle;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE)
		return -1;
	hub_board_enrol(&board, f.dir, 1);
	hub_start(&hub, f.dir, "");
	return 0;
}

/* Whatever was done to it, it still serves, and ends in order (a sanitizer would not let it). */
static int done(void **state)
{
	UNUSED(state);
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/manifest", &reply);
	int status = reply.status == 200 ? 0 : -1;
	hub_reply_free(&reply);
	grow_free(&request);
	grow_free(&bundle);
	request = bundle = (struct grow){0};
	if (hub_stop(&hub, SIGTERM) != 0)
		status = -1;
	event_folder_remove(&f);
	return status;
}

static struct span span_of_grow(const struct grow *g)
{
	return (struct span){g->p, g->n};
}

/* Send bytes on a connection of their own; what comes back is in reply. */
static void say(struct span bytes)
{
	int fd = hub_dial(&hub);

	hub_send(fd, bytes);
	hub_reply_free(&reply);
	hub_read(fd, false, &reply);
	close(fd);
}

/* Send bytes and go without waiting for an answer. */
static void say_and_go(struct span bytes)
{
	int fd = hub_dial(&hub);

	hub_send(fd, bytes);
	close(fd);
}

static void say_text(const char *text)
{
	say(span_of(text));
}

/* A sound upload of n events into request. */
static void make_upload(size_t n)
{
	request.n = bundle.n = 0;
	hub_board_write(&board, n, &bundle);
	hub_request(&request, "POST", "/v1/events", span_of_grow(&bundle), &board);
}

static void assert_nothing_kept(void)
{
	assert_int_equal(hub_head(f.dir, &board).id.epoch, 0);
}

TEST(a_body_that_is_too_long_is_refused_before_it_is_sent)
{
	UNUSED(state);
	say_text("POST /v1/events HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n");
	assert_int_equal(reply.status, 413);
	say_text("POST /v1/events HTTP/1.1\r\nHost: h\r\nContent-Length: "
		 "99999999999999999999999999\r\n\r\n");
	assert_int_equal(reply.status, 413);
	say_text("POST /v1/events HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n");
	assert_int_equal(reply.status, 400);
	say_text("GET /v1/manifest HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
	assert_int_equal(reply.status, 413);
}

TEST(the_longest_upload_is_read_and_judged)
{
	UNUSED(state);
	uint8_t *junk = calloc(1, PROTOCOL_UPLOAD_MAX);
	hub_request(
		&request, "POST", "/v1/events", (struct span){junk, PROTOCOL_UPLOAD_MAX}, &board);
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 400);
	free(junk);
	assert_nothing_kept();
}

TEST(a_body_without_a_length_or_in_endless_chunks_is_refused)
{
	UNUSED(state);
	say_text("POST /v1/events HTTP/1.1\r\nHost: h\r\n\r\n");
	assert_int_equal(reply.status, 411);
	int fd = hub_dial(&hub);
	hub_send(fd, span_of("POST /v1/events HTTP/1.1\r\nHost: h\r\n"
			     "Transfer-Encoding: chunked\r\n\r\n"));
	/* The hub answers at once and goes; more chunks find nobody. */
	for (int i = 0; i < 1000; i++)
		hub_send(fd, span_of("5\r\nhello\r\n"));
	close(fd);
	fd = hub_dial(&hub);
	hub_send(fd, span_of("POST /v1/events HTTP/1.1\r\nHost: h\r\n"
			     "Transfer-Encoding: chunked\r\n\r\n"));
	hub_reply_free(&reply);
	hub_read(fd, false, &reply);
	assert_int_equal(reply.status, 411);
	close(fd);
}

TEST(an_upload_cut_at_any_length_leaves_nothing)
{
	UNUSED(state);
	make_upload(1);
	for (size_t n = 0; n < request.n; n++)
		say_and_go((struct span){request.p, n});
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/health", &reply);
	assert_int_equal(reply.status, 200);
	assert_nothing_kept();
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 200);
}

TEST(an_upload_broken_at_any_byte_is_not_believed)
{
	UNUSED(state);
	make_upload(1);
	const uint8_t *end = memmem(request.p, request.n, "\r\n\r\n", 4);
	const uint8_t *mac = memmem(request.p, request.n, "Authorization: Foyer ", 21);
	assert_true(end && mac);
	for (size_t i = (size_t)(mac + 21 - request.p); i < request.n; i++) {
		/* The lengths of the head are another test's. */
		if (request.p + i >= mac + 21 + PROTOCOL_AUTHORIZATION - 6 &&
			request.p + i < end + 4)
			continue;
		request.p[i] ^= 1;
		say(span_of_grow(&request));
		request.p[i] ^= 1;
		assert_int_equal(reply.status, 401);
	}
	assert_nothing_kept();
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 200);
}

TEST(a_head_broken_at_any_byte_brings_nobody_down)
{
	UNUSED(state);
	make_upload(1);
	const uint8_t *end = memmem(request.p, request.n, "\r\n\r\n", 4);
	assert_non_null(end);
	for (size_t i = 0; i < (size_t)(end + 4 - request.p); i++)
		for (unsigned bit = 0; bit < 8; bit += 3) {
			request.p[i] ^= (uint8_t)(1 << bit);
			say_and_go(span_of_grow(&request));
			request.p[i] ^= (uint8_t)(1 << bit);
		}
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 200);
	assert_int_equal(hub_head(f.dir, &board).id.seq, 1);
}

TEST(a_length_that_is_not_the_bodys_is_noticed)
{
	char *length;
	UNUSED(state);

	make_upload(2);
	length = memmem(request.p, request.n, "Content-Length: ", 16);
	assert_non_null(length);
	length[16]++; /* more than comes */
	say_and_go(span_of_grow(&request));
	length[16]--;
	length[17]--; /* less than comes: the MAC is of all of it */
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 401);
	assert_nothing_kept();
}

TEST(garbage_is_no_request)
{
	enum { UNREAD = -1, CLOSED = 0 };
	static const struct {
		int status;
		const char *text;
	} garbage[] = {
		{UNREAD, "\r\n\r\n"},
		{UNREAD, "\n"},
		{UNREAD, "\x16\x03\x01\x02\x01\x01\xfc\x03\x03"},
		{CLOSED, "hello\r\n\r\n"},
		{CLOSED, "GET\r\n\r\n"},
		{400, "GET /v1/manifest\r\n\r\n"},
		{400, "GET /v1/manifest HTTP/1.1\r\nA\r\n\r\n"},
		{505, "GET /v1/manifest HTTP/9.9\r\n\r\n"},
		{505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
		{404, "GET http://elsewhere/ HTTP/1.1\r\nHost: h\r\n\r\n"},
		{404, "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"},
		{404, "CONNECT a:1 HTTP/1.1\r\nHost: h\r\n\r\n"},
		{405, "GEeeeeeeeeeeeeeeeeeeeeeeeeeeeT /v1/manifest HTTP/1.1\r\nHost: h\r\n\r\n"},
		{405, "\xff\xfe\xfd /v1/manifest HTTP/1.1\r\nHost: h\r\n\r\n"},
	};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(garbage); i++) {
		if (garbage[i].status == UNREAD) {
			say_and_go(span_of(garbage[i].text));
			continue;
		}
		say_text(garbage[i].text);
		if (reply.status != garbage[i].status)
			fail_msg("garbage %zu: %d", i, reply.status);
	}
}

TEST(heads_that_are_too_long_are_refused)
{
	static char text[70000];
	UNUSED(state);

	memset(text, 'a', sizeof(text) - 1);
	memcpy(text, "GET /v1/roster/", 15);
	memcpy(text + 2000, " HTTP/1.1\r\nHost: h\r\n\r\n", 23);
	say_text(text);
	assert_int_equal(reply.status, 414);
	memset(text, 'a', sizeof(text) - 1);
	memcpy(text, "GET /v1/manifest HTTP/1.1\r\nX: ", 30);
	say_text(text);
	assert_int_equal(reply.status, 431);
	size_t n = (size_t)snprintf(text, sizeof(text), "GET /v1/manifest HTTP/1.1\r\n");
	while (n < 60000)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "A%zu: b\r\n", n);
	snprintf(text + n, sizeof(text) - n, "\r\n");
	say_text(text);
	assert_int_equal(reply.status, 431);
}

TEST(requests_that_come_together_are_answered_in_order)
{
	int fd = hub_dial(&hub);
	UNUSED(state);

	for (size_t i = 0; i < 3; i++) {
		bundle.n = 0;
		hub_board_write(&board, 1, &bundle);
		hub_request(&request, "POST", "/v1/events", span_of_grow(&bundle), &board);
		hub_request(&request, "GET", i == 1 ? "/v1/none" : "/v1/manifest",
			(struct span){NULL, 0}, NULL);
	}
	hub_send(fd, span_of_grow(&request));
	for (size_t i = 0; i < 6; i++) {
		hub_reply_free(&reply);
		hub_read(fd, false, &reply);
		assert_int_equal(reply.status, i == 3 ? 404 : 200);
		if (i % 2 == 0)
			assert_int_equal(load_u64(reply.body.p + 12), i / 2 + 1);
	}
	close(fd);
}

/* Connections at every stage of never being finished. */
static void never_finish(int fd, size_t i)
{
	static const char *const begun[] = {"", "G", "GET /v1/man",
		"GET /v1/manifest HTTP/1.1\r\nA: ",
		"POST /v1/events HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n",
		"POST /v1/events HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\nabc"};

	if (i % 8 < COUNT(begun)) {
		hub_send(fd, span_of(begun[i % 8]));
	} else if (i % 8 == 6) {
		/* Half a sound upload. */
		hub_send(fd, (struct span){request.p, request.n - 1});
	} else {
		/* Much is asked for, and never read. */
		struct grow asked = {0};
		for (int n = 0; n < 200; n++)
			hub_request(&asked, "GET", "/v1/health", (struct span){NULL, 0}, NULL);
		hub_send(fd, span_of_grow(&asked));
		grow_free(&asked);
	}
}

TEST(sixty_four_connections_that_never_finish_hold_up_nobody)
{
	struct hub_board other;
	int fds[NEVER_DONE];
	size_t served = 0;
	UNUSED(state);

	hub_board_enrol(&other, f.dir, 2);
	make_upload(1);
	for (size_t i = 0; i < NEVER_DONE; i++) {
		fds[i] = hub_dial(&hub);
		never_finish(fds[i], i);
	}
	for (size_t i = 0; i < SERVED; i++) {
		struct grow sound = {0};
		/* They go on, a byte at a time. */
		for (size_t j = 0; j < NEVER_DONE; j++)
			hub_send(fds[j], span_of("x"));
		hub_board_write(&other, 1, &sound);
		hub_reply_free(&reply);
		hub_ask(&hub, "POST", "/v1/events", span_of_grow(&sound), &other, &reply);
		served += reply.status == 200;
		grow_free(&sound);
	}
	assert_int_equal(served, SERVED);
	assert_int_equal(hub_head(f.dir, &other).id.seq, SERVED);
	for (size_t i = 0; i < NEVER_DONE; i++)
		close(fds[i]);
}

TEST(sixty_four_certificates_that_nobody_signed_convince_nobody)
{
	uint8_t certificate[PAPER_CERTIFICATE];
	struct wire_hub elsewhere;
	struct wire_device bogus[BUNDLE_CERTIFICATES];
	const struct wire_device *all[BUNDLE_CERTIFICATES];
	UNUSED(state);

	wire_hub(&elsewhere, 9, 1);
	for (uint8_t i = 0; i < BUNDLE_CERTIFICATES; i++) {
		wire_device(&bogus[i], &elsewhere, (uint8_t)(i + 1));
		all[i] = &bogus[i];
	}
	all[0] = &board.device;
	wire_bundle(&bundle, all, BUNDLE_CERTIFICATES);
	for (uint8_t i = 1; i < BUNDLE_CERTIFICATES; i++) {
		struct wire_board journal;
		wire_board(&journal, &bogus[i], (uint8_t)(100 + i));
		wire_run(&journal, 1, 2, &bundle);
	}
	board.journal.device = &board.device;
	wire_run(&board.journal, 1, 2, &bundle);
	hub_request(&request, "POST", "/v1/events", span_of_grow(&bundle), &board);
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 200);
	assert_int_equal(reply.body.n, BUNDLE_CERTIFICATES * PROTOCOL_MARK);
	assert_int_equal(hub_head(f.dir, &board).id.seq, 2);
	struct store *s = hub_store(f.dir);
	struct store_stats stats;
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.boards, 1);
	assert_int_equal(stats.quarantined, BUNDLE_CERTIFICATES - 1);
	store_close(s);
	/* One whose key is ours and whose signature is not, as the speaker. */
	memcpy(certificate, board.device.certificate, sizeof(certificate));
	certificate[PAPER_CERTIFICATE - 1] ^= 1;
	struct hub_board stranger;
	hub_board_make(&stranger, f.dir, 7);
	stranger.device.certificate[PAPER_CERTIFICATE - 1] ^= 1;
	bundle.n = request.n = 0;
	hub_board_write(&stranger, 1, &bundle);
	hub_request(&request, "POST", "/v1/events", span_of_grow(&bundle), &stranger);
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 401);
}

TEST(a_request_that_was_overheard_and_is_played_again_changes_nothing)
{
	UNUSED(state);
	make_upload(3);
	say(span_of_grow(&request));
	assert_int_equal(reply.status, 200);
	for (int i = 0; i < 5; i++) {
		say(span_of_grow(&request));
		assert_int_equal(reply.status, 200);
		assert_int_equal(load_u64(reply.body.p + 12), 3);
	}
	struct store *s = hub_store(f.dir);
	struct store_stats stats;
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.events, 3);
	store_close(s);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(a_body_that_is_too_long_is_refused_before_it_is_sent),
	EACH(the_longest_upload_is_read_and_judged),
	EACH(a_body_without_a_length_or_in_endless_chunks_is_refused),
	EACH(an_upload_cut_at_any_length_leaves_nothing),
	EACH(an_upload_broken_at_any_byte_is_not_believed),
	EACH(a_head_broken_at_any_byte_brings_nobody_down),
	EACH(a_length_that_is_not_the_bodys_is_noticed),
	EACH(garbage_is_no_request),
	EACH(heads_that_are_too_long_are_refused),
	EACH(requests_that_come_together_are_answered_in_order),
	EACH(sixty_four_connections_that_never_finish_hold_up_nobody),
	EACH(sixty_four_certificates_that_nobody_signed_convince_nobody),
	EACH(a_request_that_was_overheard_and_is_played_again_changes_nothing),
};
RUN_TESTS(tests)
