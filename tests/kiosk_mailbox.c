/* Mailboxes: order, refusal when full, closing, wiping, and the count of what is under way. */
#include "test.h"

#include "mailbox.h"

struct value {
	int n;
	char secret[12];
};

static struct traffic traffic;
static struct mailbox box;
static struct value slots[4];

static int setup(void **state)
{
	UNUSED(state);
	mailbox_init(&box, slots, sizeof(*slots), COUNT(slots), &traffic);
	return 0;
}

static int teardown(void **state)
{
	UNUSED(state);
	mailbox_done(&box);
	return 0;
}

static void put(int n)
{
	struct value v = {n, "word"};
	assert_ok(mailbox_put(&box, &v));
}

static int take(void)
{
	struct value v;
	assert_ok(mailbox_take(&box, &v, 0));
	mailbox_settle(&box);
	return v.n;
}

TEST(values_come_out_in_the_order_they_went_in)
{
	UNUSED(state);
	for (int round = 0; round < 5; round++) {
		put(1);
		put(2);
		put(3);
		assert_int_equal(take(), 1);
		assert_int_equal(take(), 2);
		assert_int_equal(take(), 3);
	}
}

TEST(a_full_mailbox_refuses_and_keeps_what_it_has)
{
	UNUSED(state);
	struct value more = {5, ""};

	for (int i = 1; i <= 4; i++)
		put(i);
	assert_err(mailbox_put(&box, &more), ERR_BUSY);
	for (int i = 1; i <= 4; i++)
		assert_int_equal(take(), i);
	assert_true(traffic_is_calm(&traffic));
}

TEST(what_may_be_lost_leaves_room_for_what_may_not)
{
	UNUSED(state);
	struct value more = {5, ""};

	put(1);
	put(2);
	assert_err(mailbox_put_sparing(&box, &more, 2), ERR_BUSY);
	put(3);
	put(4);
	assert_int_equal(take(), 1);
	assert_int_equal(take(), 2);
	assert_int_equal(take(), 3);
	assert_ok(mailbox_put_sparing(&box, &more, 2));
	assert_int_equal(take(), 4);
	assert_int_equal(take(), 5);
}

TEST(an_empty_mailbox_times_out)
{
	UNUSED(state);
	struct value v;

	assert_err(mailbox_take(&box, &v, 0), ERR_TIMEOUT);
	assert_err(mailbox_take(&box, &v, 1), ERR_TIMEOUT);
}

TEST(a_closed_mailbox_is_emptied_and_then_ends)
{
	UNUSED(state);
	struct value v = {0};

	put(1);
	mailbox_close(&box);
	assert_err(mailbox_put(&box, &v), ERR_ABSENT);
	assert_int_equal(take(), 1);
	assert_err(mailbox_take(&box, &v, -1), ERR_ABSENT);
}

TEST(a_taken_value_leaves_no_trace_in_its_slot)
{
	UNUSED(state);
	const uint8_t zeros[sizeof(slots)] = {0};

	put(1);
	assert_string_equal(slots[0].secret, "word");
	assert_int_equal(take(), 1);
	assert_memory_equal(slots, zeros, sizeof(slots));
}

TEST(traffic_is_calm_only_when_the_last_value_is_settled)
{
	UNUSED(state);
	struct value v;

	assert_true(traffic_is_calm(&traffic));
	put(1);
	put(2);
	assert_int_equal(take(), 1);
	assert_ok(mailbox_take(&box, &v, 0));
	assert_false(traffic_is_calm(&traffic));
	mailbox_settle(&box);
	assert_true(traffic_is_calm(&traffic));
}

static void count_call(void *arg)
{
	++*(int *)arg;
}

TEST(each_put_wakes_and_a_refused_one_does_not)
{
	UNUSED(state);
	int calls = 0;
	struct value v = {0};

	mailbox_set_wake(&box, count_call, &calls);
	for (int i = 0; i < 4; i++)
		put(i);
	assert_err(mailbox_put(&box, &v), ERR_BUSY);
	assert_int_equal(calls, 4);
	mailbox_close(&box);
	assert_int_equal(calls, 5);
}

static void *feed(void *arg)
{
	UNUSED(arg);
	for (int i = 1; i <= 1000; i++) {
		struct value v = {i, ""};
		while (mailbox_put(&box, &v) == ERR_BUSY)
			sched_yield();
	}
	mailbox_close(&box);
	return NULL;
}

TEST(two_threads_lose_nothing_between_them)
{
	UNUSED(state);
	pthread_t feeder;
	struct value v;
	int sum = 0;

	assert_int_equal(pthread_create(&feeder, NULL, feed, NULL), 0);
	while (mailbox_take(&box, &v, -1) == OK) {
		sum += v.n;
		mailbox_settle(&box);
	}
	pthread_join(feeder, NULL);
	assert_int_equal(sum, 500500);
	assert_true(traffic_is_calm(&traffic));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(values_come_out_in_the_order_they_went_in),
	CASE(a_full_mailbox_refuses_and_keeps_what_it_has),
	CASE(what_may_be_lost_leaves_room_for_what_may_not),
	CASE(an_empty_mailbox_times_out),
	CASE(a_closed_mailbox_is_emptied_and_then_ends),
	CASE(a_taken_value_leaves_no_trace_in_its_slot),
	CASE(traffic_is_calm_only_when_the_last_value_is_settled),
	CASE(each_put_wakes_and_a_refused_one_does_not),
	CASE(two_threads_lose_nothing_between_them),
};
RUN_TESTS(tests)
