/* Several hubs on one PostgreSQL store: what one took, another hands on. */
#include "commands.h"
#include "enrolment.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "help/postgres.h"
#include "hex.h"
#include "stores.h"
#include "test.h"

#include <signal.h>

enum { HUBS = 2, ADDRESS = 512 };

static struct event_folder f;
static struct hub_process hubs[HUBS];
static struct hub_reply reply;
static struct keys keys;
static struct hub_board a, b;
static char address[ADDRESS];
static bool running;

static int fresh(void **state)
{
	struct store *s;
	char words[ADDRESS + 16];

	UNUSED(state);
	running = postgres_place(address, sizeof(address));
	if (!running)
		return 0;
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE || keys_load(&keys, f.dir) ||
		stores_open(&s, address, false))
		return -1;
	hub_board_enrol_in(&a, f.dir, 1, s);
	hub_board_enrol_in(&b, f.dir, 2, s);
	store_close(s);
	snprintf(words, sizeof(words), "--store %s", address);
	for (size_t i = 0; i < HUBS; i++)
		hub_start(&hubs[i], f.dir, words);
	return 0;
}

static int done(void **state)
{
	int status = 0;

	UNUSED(state);
	if (!running)
		return 0;
	hub_reply_free(&reply);
	for (size_t i = 0; i < HUBS; i++)
		status |= hub_stop(&hubs[i], SIGTERM);
	event_folder_remove(&f);
	return status;
}

static void need_postgres(void)
{
	if (!running)
		skip();
}

static struct grow bundle;
static void post(size_t hub, const struct hub_board *by)
{
	hub_reply_free(&reply);
	hub_ask(&hubs[hub], "POST", "/v1/events", (struct span){bundle.p, bundle.n}, by, &reply);
}

static void send_more(size_t hub, struct hub_board *by, size_t n)
{
	bundle.n = 0;
	hub_board_write(by, n, &bundle);
	post(hub, by);
}

/* How many events of others' are in what a hub has for a board. */
static size_t count_events(size_t hub, const struct hub_board *by)
{
	struct bundle got;
	struct run r;
	size_t n = 0;

	hub_reply_free(&reply);
	hub_ask(&hubs[hub], "GET", "/v1/events?after=", (struct span){NULL, 0}, by, &reply);
	assert_int_equal(reply.status, 200);
	assert_ok(bundle_open(&got, reply.body));
	while (run_read(&got.runs, &r) == OK)
		n += r.count;
	return n;
}

TEST(what_one_hub_took_another_hands_on)
{
	UNUSED(state);
	need_postgres();
	send_more(0, &a, 3);
	assert_int_equal(reply.status, 200);
	assert_int_equal(count_events(1, &b), 3);
	send_more(1, &b, 2);
	assert_int_equal(reply.status, 200);
	assert_int_equal(count_events(0, &a), 5);
	assert_int_equal(count_events(1, &a), 5);
}

TEST(a_board_may_change_hubs_between_two_uploads)
{
	UNUSED(state);
	need_postgres();
	for (size_t i = 0; i < 10; i++) {
		send_more(i % HUBS, &a, 2);
		assert_int_equal(reply.status, 200);
		assert_int_equal(load_u64(reply.body.p + 12), 2 * (i + 1));
	}
	/* The same once more, to the other hub. */
	post(0, &a);
	assert_int_equal(reply.status, 200);
	assert_int_equal(load_u64(reply.body.p + 12), 20);
	assert_int_equal(count_events(0, &b), 20);
}

TEST(a_code_used_at_one_hub_is_used_at_all)
{
	struct enrolment e = {.role = BOARD_KIOSK, .name = "lobby"};
	struct hub_board first, second;
	uint8_t body[PROTOCOL_ENROL];
	struct store *s;
	UNUSED(state);

	need_postgres();
	int64_t now = clock_now().wall_ms / 1000;
	e.until = now + 600;
	assert_ok(stores_open(&s, address, false));
	assert_ok(enrolment_begin(s, &keys, &e, now));
	store_close(s);
	hub_board_make(&first, f.dir, 11);
	hub_board_make(&second, f.dir, 12);
	const struct hub_board *both[] = {&first, &second};
	for (size_t i = 0; i < HUBS; i++) {
		protocol_enrol_id(e.code, body);
		memcpy(body + 8, both[i]->device.key, SEAL_PUBLIC);
		protocol_enrol_mac(e.code, both[i]->device.key, body + 8 + SEAL_PUBLIC);
		hub_reply_free(&reply);
		hub_ask(&hubs[i], "POST", "/v1/enrol", (struct span){body, sizeof(body)}, NULL,
			&reply);
		assert_int_equal(reply.status, i == 0 ? 200 : 403);
	}
}

static bool takes_again(void *arg)
{
	post(*(const size_t *)arg, &a);
	return reply.status == 200;
}

TEST(while_the_database_is_gone_nothing_is_promised_and_then_it_goes_on)
{
	UNUSED(state);
	need_postgres();
	send_more(0, &a, 2);
	assert_int_equal(reply.status, 200);
	postgres_crash();
	send_more(0, &a, 2);
	assert_int_equal(reply.status, 503);
	assert_string_equal(hub_header(&reply, "Retry-After"), "1");
	hub_reply_free(&reply);
	hub_get(&hubs[0], "/v1/manifest", &reply);
	assert_int_equal(reply.status, 200);
	postgres_restart();
	for (size_t i = 0; i < HUBS; i++) {
		assert_true(hub_wait(takes_again, &i));
		assert_int_equal(load_u64(reply.body.p + 12), 4);
	}
	assert_int_equal(count_events(1, &b), 4);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(what_one_hub_took_another_hands_on),
	EACH(a_board_may_change_hubs_between_two_uploads),
	EACH(a_code_used_at_one_hub_is_used_at_all),
	EACH(while_the_database_is_gone_nothing_is_promised_and_then_it_goes_on),
};
RUN_TESTS(tests)
