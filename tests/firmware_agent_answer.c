/* What the agent believes of a hub's answers: nothing that somebody on the way could have said. */
#include "test.h"

#include "help/agent_parts.h"

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

/* The mark that says the hub has all up to here. */
static struct span mark_of(const struct store_head *h, uint8_t out[static PROTOCOL_MARK])
{
	struct sink k = sink_on(out, PROTOCOL_MARK);

	sink_bytes(&k, h->board, EVENT_BOARD);
	sink_u32(&k, h->id.epoch);
	sink_u64(&k, h->id.seq);
	sink_bytes(&k, h->hash, EVENT_HASH);
	return (struct span){out, k.n};
}

static enum err cursor_kept(char *out, size_t cap)
{
	char key[STORE_KEY];
	size_t n;

	agent_cursor_note(&b.agent, key);
	enum err e = store_note(b.agent.store, key, (uint8_t *)out, cap - 1, &n);
	out[n] = '\0';
	return e;
}

TEST(events_are_safe_when_the_hub_vouches_for_its_mark)
{
	uint8_t bytes[PROTOCOL_MARK];

	agent_parts_arrivals(&b, 3);
	assert_int_equal(agent_parts_undelivered(&b), 3);
	struct store_head head = agent_parts_head(&b);
	agent_parts_ask(&b, SYNC_SEND_EVENTS);
	struct protocol_answer said = {200, false, "", mark_of(&head, bytes)};
	struct sync_event e = agent_parts_answer(&b, &said, false);
	assert_int_equal(e.what, SYNC_WRONG);
	assert_int_equal(agent_parts_undelivered(&b), 3);
	e = agent_parts_answer(&b, &said, true);
	assert_int_equal(e.what, SYNC_DONE);
	assert_int_equal(agent_parts_undelivered(&b), 0);
}

TEST(an_answer_to_another_request_is_none)
{
	uint8_t bytes[PROTOCOL_MARK];

	agent_parts_arrivals(&b, 1);
	struct store_head head = agent_parts_head(&b);
	agent_parts_ask(&b, SYNC_SEND_EVENTS);
	struct protocol_answer said = {200, false, "", mark_of(&head, bytes)};
	struct http_answer r = {.status = 200, .has_mac = true};
	grow_bytes(&r.body, said.body.p, said.body.n);
	protocol_answer_mac(b.agent.pair_key, b.agent.request_mac, &said, r.mac);
	b.agent.request_mac[0] ^= 1;
	struct sync_event e = {0};
	agent_answer(&b.agent, &r, &e);
	grow_free(&r.body);
	assert_int_equal(e.what, SYNC_WRONG);
	assert_int_equal(agent_parts_undelivered(&b), 1);
}

TEST(nobody_on_the_way_leads_the_board_past_events)
{
	char kept[STORE_CURSOR_TEXT];
	struct grow bundle = {0};

	wire_bundle(&bundle, NULL, 0);
	agent_parts_ask(&b, SYNC_ASK_EVENTS);
	struct protocol_answer said = {200, false, "0123456789abcdef:42", {bundle.p, bundle.n}};
	struct sync_event e = agent_parts_answer(&b, &said, false);
	assert_int_equal(e.what, SYNC_WRONG);
	assert_err(cursor_kept(kept, sizeof(kept)), ERR_ABSENT);
	e = agent_parts_answer(&b, &said, true);
	assert_int_equal(e.what, SYNC_DONE);
	assert_ok(cursor_kept(kept, sizeof(kept)));
	assert_string_equal(kept, said.cursor);
	grow_free(&bundle);
}

TEST(nobody_on_the_way_revokes_the_board)
{
	const enum sync_task tasks[] = {SYNC_SEND_EVENTS, SYNC_ASK_EVENTS};
	struct protocol_answer said = {
		.status = 403, .cursor = "", .body = {(const uint8_t *)"{}", 2}};

	for (size_t i = 0; i < COUNT(tasks); i++) {
		b.agent.status.revoked = false;
		agent_parts_ask(&b, tasks[i]);
		struct sync_event e = agent_parts_answer(&b, &said, false);
		assert_int_equal(e.what, SYNC_REFUSED);
		assert_false(b.agent.status.revoked);
		said.body.n = 0;
		e = agent_parts_answer(&b, &said, true);
		said.body.n = 2;
		assert_int_equal(e.what, SYNC_REFUSED);
		assert_true(b.agent.status.revoked);
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	CASE(events_are_safe_when_the_hub_vouches_for_its_mark),
	CASE(an_answer_to_another_request_is_none),
	CASE(nobody_on_the_way_leads_the_board_past_events),
	CASE(nobody_on_the_way_revokes_the_board),
};

RUN_TESTS(tests)
