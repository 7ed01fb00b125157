/* The hub's signed words, as the agent takes them: no older one undoes a newer, and a new epoch is the
 * way back from a clock that ran ahead. */
#include "test.h"

#include "help/agent_parts.h"

enum { MINUTE = 60, DAY = 86400 };

static struct agent_parts b;
static struct wire_device thief;

static int set_up(void **state)
{
	UNUSED(state);
	agent_parts_open(&b);
	wire_device(&thief, &b.hub, 2);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	agent_parts_close(&b);
	return 0;
}

static enum err hear(
	const struct wire_hub *hub, int64_t signed_at, const struct wire_device *revoked)
{
	struct grow g = {0};

	agent_parts_manifest(hub, signed_at, revoked, &g);
	enum err e = fetch_manifest(&b.agent, &b.agent.fetch, (struct span){g.p, g.n});
	grow_free(&g);
	return e;
}

TEST(a_manifest_played_again_takes_no_revoked_device_back)
{
	assert_ok(hear(&b.hub, WIRE_NOW, &thief));
	assert_true(judge_refuses(&b.agent.judge, thief.id));
	/* Hubs' clocks may differ a little, so it is no reason to go to another address. */
	assert_ok(hear(&b.hub, WIRE_NOW - 5 * MINUTE, NULL));
	assert_true(judge_refuses(&b.agent.judge, thief.id));
	assert_ok(hear(&b.hub, WIRE_NOW + 1, NULL));
	assert_false(judge_refuses(&b.agent.judge, thief.id));
}

TEST(a_new_epoch_is_the_way_back_from_a_clock_that_ran_ahead)
{
	const struct wire_hub *wrong = &b.hub;
	struct board_status *s = &b.agent.status;
	struct wire_hub right;

	/* The hub's clock was two months ahead: manifest, roster and time say so. */
	assert_ok(hear(wrong, WIRE_NOW + 60 * DAY, NULL));
	s->floor = WIRE_NOW + 60 * DAY;
	s->offset_ms = (WIRE_NOW + 60 * DAY) * 1000 - b.now.boot_ms;
	assert_ok(hear(wrong, WIRE_NOW, NULL));
	assert_true(b.agent.fetch.stale);
	assert_int_equal(s->fresh, WIRE_NOW + 60 * DAY);

	wire_hub(&right, 1, 2);
	assert_ok(hear(&right, WIRE_NOW, &thief));
	assert_false(b.agent.fetch.stale);
	assert_int_equal(s->fresh, WIRE_NOW);
	assert_int_equal(s->floor, WIRE_NOW);
	assert_int_equal(s->offset_ms, 0);
	assert_true(judge_refuses(&b.agent.judge, thief.id));
	/* And from there on only forwards. */
	assert_ok(hear(&right, WIRE_NOW + MINUTE, NULL));
	assert_int_equal(s->fresh, WIRE_NOW + MINUTE);
}

TEST(a_new_epoch_signed_later_moves_no_clock_back)
{
	struct wire_hub next;

	assert_ok(hear(&b.hub, WIRE_NOW, NULL));
	b.agent.status.offset_ms = 1234;
	wire_hub(&next, 1, 2);
	assert_ok(hear(&next, WIRE_NOW + MINUTE, NULL));
	assert_int_equal(b.agent.status.fresh, WIRE_NOW + MINUTE);
	assert_int_equal(b.agent.status.offset_ms, 1234);
}

static size_t clocks_written(void)
{
	struct event_id after = {0};
	struct event e;
	struct journal *j;
	size_t n, found = 0;

	assert_ok(own_journal(&b.agent.own, &j));
	while (journal_read(j, &after, &e, 1, &n) == OK && n == 1) {
		after = e.id;
		found += e.kind == EVENT_CLOCK;
	}
	return found;
}

/* The status file knew the time, and the agent was cut off before its journal did. */
TEST(a_clock_that_was_not_written_down_is_after_a_restart)
{
	b.agent.status.offset_ms = WIRE_NOW * 1000 - b.now.boot_ms;
	for (int start = 0; start < 3; start++) {
		time_start(&b.agent);
		time_settle(&b.agent);
		assert_int_equal(clocks_written(), 1);
		assert_false(b.agent.clock_owed);
	}
}

static int64_t counted_at(void)
{
	struct board_status s;

	assert_ok(agent_write_status(&b.agent));
	assert_ok(status_read(&s, scratch_name(&b.folder, "status")));
	return s.counted_at_ms;
}

/* By that a kiosk tells an agent that is online from one that has died online. */
TEST(an_agent_that_is_online_says_so_every_minute)
{
	b.agent.written_ms = INT64_MIN;
	b.agent.status.online = true;
	int64_t first = counted_at();
	b.now.boot_ms += 59 * 1000;
	assert_int_equal(counted_at(), first);
	b.now.boot_ms += 1000;
	assert_int_equal(counted_at(), b.now.boot_ms);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	CASE(a_manifest_played_again_takes_no_revoked_device_back),
	CASE(a_new_epoch_is_the_way_back_from_a_clock_that_ran_ahead),
	CASE(a_new_epoch_signed_later_moves_no_clock_back),
	CASE(a_clock_that_was_not_written_down_is_after_a_restart),
	CASE(an_agent_that_is_online_says_so_every_minute),
};

RUN_TESTS(tests)
