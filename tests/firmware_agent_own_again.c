/* Own events when the agent's store was lost: the hub knows more of them than the agent has cut. */
#include "test.h"

#include "help/agent_parts.h"

#include <unistd.h>

static struct agent_parts b;

static int set_up(void **state)
{
	UNUSED(state);
	agent_parts_open(&b);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	agent_parts_close(&b);
	return 0;
}

static void hear_mark(const struct store_head *h)
{
	uint8_t bytes[PROTOCOL_MARK];
	struct sink k = sink_on(bytes, sizeof(bytes));
	bool moved;

	sink_bytes(&k, h->board, EVENT_BOARD);
	sink_u32(&k, h->id.epoch);
	sink_u64(&k, h->id.seq);
	sink_bytes(&k, h->hash, EVENT_HASH);
	assert_ok(own_marks(&b.agent.own, (struct span){bytes, k.n}, &moved));
}

/* The store is gone, and the agent has counted its journal but cut nothing of it yet. */
static void lose_the_store(void)
{
	struct store_options o = {.where = scratch_name(&b.folder, "again.db"), .relaxed = true};
	struct own *own = &b.agent.own;
	struct grow fresh = {0};
	bool more;

	own_close(own);
	store_close(b.agent.store);
	assert_ok(store_sqlite.open(&b.agent.store, &o));
	assert_ok(own_open(own, &b.agent.board, b.agent.store));
	b.agent.board.enrolled = false;
	assert_ok(own_gather(own, &fresh, &more));
	b.agent.board.enrolled = true;
	grow_free(&fresh);
}

static void gather(void)
{
	struct grow fresh = {0};
	bool more = true;

	while (more)
		assert_ok(own_gather(&b.agent.own, &fresh, &more));
	grow_free(&fresh);
}

TEST(a_hub_that_knows_events_not_yet_cut_again_tells_no_other_history)
{
	agent_parts_arrivals(&b, 5);
	struct store_head known = agent_parts_head(&b);
	lose_the_store();
	assert_int_equal(agent_parts_undelivered(&b), 5);
	hear_mark(&known);
	assert_false(b.agent.own.boards[0].forked);
	gather();
	assert_true(own_pending(&b.agent.own));
	hear_mark(&known);
	assert_int_equal(agent_parts_undelivered(&b), 0);
	assert_false(own_pending(&b.agent.own));
}

static enum err damaged_merge(struct store *s, struct store_item *items, size_t n)
{
	UNUSED(s);
	UNUSED(items);
	UNUSED(n);
	return ERR_FORMAT;
}

TEST(a_store_that_is_found_damaged_is_to_be_opened_anew)
{
	struct store_kind damaged = store_sqlite;
	struct grow fresh = {0};
	bool more;

	agent_parts_arrivals(&b, 2);
	lose_the_store();
	damaged.merge = damaged_merge;
	b.agent.store->kind = &damaged;
	assert_err(own_gather(&b.agent.own, &fresh, &more), ERR_IO);
	b.agent.store->kind = &store_sqlite;
	grow_free(&fresh);
	gather();
	assert_int_equal(agent_parts_head(&b).id.seq, 2);
}

/* A page in the middle of peers.db is no page any more. */
static void damage_the_store(void)
{
	FILE *f = fopen(scratch_name(&b.folder, "peers.db"), "r+");

	assert_non_null(f);
	for (long at = 4096; at < 12288; at++) {
		fseek(f, at, SEEK_SET);
		fputc(0xa5, f);
	}
	assert_int_equal(fclose(f), 0);
}

TEST(a_damaged_store_is_put_aside_and_filled_again)
{
	struct wire_device thief;
	uint8_t note[OWN_UNDELIVERED] = {0};
	bool changed;
	size_t n;

	wire_device(&thief, &b.hub, 2);
	agent_parts_arrivals(&b, 5);
	assert_ok(judge_revoke(&b.agent.judge, (struct span){thief.id, PAPER_DEVICE}, &changed));
	store_close(b.agent.store); /* so that all of it is in the file */
	b.agent.store = NULL;
	damage_the_store();
	assert_ok(agent_reopen_store(&b.agent));
	gather();
	assert_int_equal(agent_parts_head(&b).id.seq, 5);
	/* What the kiosk reads. */
	assert_ok(store_note(b.agent.store, "undelivered", note, sizeof(note), &n));
	assert_int_equal(load_u64(note), 5);
	assert_ok(judge_init(&b.agent.judge, b.agent.store, &b.agent.board.trust));
	assert_true(judge_refuses(&b.agent.judge, thief.id));
	assert_int_equal(access(scratch_name(&b.folder, "peers.db.damaged-1"), F_OK), 0);
}

TEST(a_hub_that_knows_events_the_journal_lacks_is_an_alarm)
{
	agent_parts_arrivals(&b, 5);
	struct store_head beyond = agent_parts_head(&b);
	beyond.id.seq++;
	hear_mark(&beyond);
	assert_true(b.agent.own.boards[0].forked);
	assert_int_equal(agent_parts_undelivered(&b), 5);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	CASE(a_hub_that_knows_events_not_yet_cut_again_tells_no_other_history),
	CASE(a_store_that_is_found_damaged_is_to_be_opened_anew),
	CASE(a_damaged_store_is_put_aside_and_filled_again),
	CASE(a_hub_that_knows_events_the_journal_lacks_is_an_alarm),
};

RUN_TESTS(tests)
