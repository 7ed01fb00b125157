/* A protected person arrives: the hub says so once, quietly, and never who she is. */
#include "test.h"

#include "commands.h"
#include "help/desk.h"

#include <signal.h>
#include <unistd.h>

static struct event_folder f;
static struct desk who;
static struct hub_process hub;
static struct hub_board board;
static char talk[16 * 1024];

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE)
		return -1;
	who = (struct desk){.folder = &f};
	hub_board_enrol(&board, f.dir, 1);
	hub_start(&hub, f.dir, "");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	int status = hub_stop(&hub, SIGTERM);
	event_folder_remove(&f);
	return status;
}

static void send(enum event_kind kind, const char *id)
{
	const struct wire_device *devices[] = {&board.device};
	struct event e = wire_event(kind, 1, 5);
	struct hub_reply reply;
	struct grow bundle = {0};

	desk_handle(&who, id, e.person);
	wire_bundle(&bundle, devices, 1);
	wire_events(&board.journal, 1, &e, 1, &bundle);
	hub_ask(&hub, "POST", "/v1/events", (struct span){bundle.p, bundle.n}, &board, &reply);
	assert_int_equal(reply.status, 200);
	hub_reply_free(&reply);
	grow_free(&bundle);
}

TEST(the_hub_says_that_and_where_and_not_who)
{
	UNUSED(state);
	send(EVENT_ARRIVED, "c3");
	assert_true(hub_says(&hub,
		"a protected person has arrived at=2025-10-05T08:05:00+00:00 board=\"board 1\""));
}

TEST(it_says_so_once_and_of_nobody_else)
{
	UNUSED(state);
	send(EVENT_ENTERED, "c3");
	send(EVENT_ARRIVED, "a1");
	send(EVENT_ARRIVED, "c3");
	send(EVENT_ARRIVED, "c3");
	int said = dup(hub.said);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	ssize_t n = read(said, talk, sizeof(talk) - 1);
	assert_true(n > 0);
	const char *first = strstr(talk, "has arrived");
	assert_non_null(first);
	assert_null(strstr(first + 1, "has arrived"));
	assert_null(strstr(talk, "Quisthoudtsberg"));
	assert_null(strstr(talk, "c3"));
	close(said);
	hub_start(&hub, f.dir, "");
}

TEST(who_became_protected_with_a_build_is_known_at_once)
{
	UNUSED(state);
	event_edit(&f, "list/people.csv", "Bruno,Hoogenboomgaerd,org,vip,no",
		"Bruno,Hoogenboomgaerd,org,vip,yes");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_DONE);
	assert_true(hub_says(&hub, "offering version 2"));
	send(EVENT_ARRIVED, "b2");
	assert_true(hub_says(&hub, "a protected person has arrived"));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)
static const struct CMUnitTest tests[] = {
	EACH(the_hub_says_that_and_where_and_not_who),
	EACH(it_says_so_once_and_of_nobody_else),
	EACH(who_became_protected_with_a_build_is_known_at_once),
};

RUN_TESTS(tests)
