/* The whole agent and events: own ones reach the hub once and are counted, others' come, and whoever
 * tells another history is not believed. */
#include "agent_world.h"
#include "file.h"
#include "hex.h"
#include "journal.h"
#include "protocol.h"
#include "run.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

static struct agent_world w;
static uint8_t board[EVENT_BOARD];

static int open_world(void **state)
{
	UNUSED(state);
	agent_world_open(&w, 1);
	agent_world_offer(&w, 7);
	return 0;
}

static int close_world(void **state)
{
	UNUSED(state);
	agent_world_close(&w);
	return 0;
}

/* "WHAT/BOARD" of the kiosk's board. */
static const char *note_of(const char *what)
{
	static char key[STORE_KEY];
	char digits[2 * EVENT_BOARD + 1];

	hex_write((struct span){board, EVENT_BOARD}, digits);
	snprintf(key, sizeof(key), "%s/%s", what, digits);
	return key;
}

static void assert_delivered(uint64_t seq)
{
	struct store_head head = fake_hub_head(w.server, board);
	uint8_t mark[12];

	assert_int_equal(head.id.seq, seq);
	assert_int_equal(agent_world_note(&w, note_of("acked"), mark, sizeof(mark)), 12);
	assert_int_equal(load_u32(mark), head.id.epoch);
	assert_int_equal(load_u64(mark + 4), seq);
	assert_int_equal(agent_world_undelivered(&w), 0);
}

TEST(what_happens_on_the_board_reaches_the_hub_once)
{
	uint64_t events;

	agent_world_arrivals(&w, 5, board);
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(5);
	/* And the clock of this boot. */
	events = fake_hub_events(w.server);
	assert_int_equal(events, 6);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(fake_hub_events(w.server), events);
}

TEST(events_without_a_hub_are_counted_and_sent_when_it_is_back)
{
	fake_hub_lie(w.server, "", FAKE_SILENT);
	agent_world_arrivals(&w, 5, board);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_undelivered(&w), 5);
	agent_world_arrivals(&w, 2, NULL);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_undelivered(&w), 7);
	fake_hub_lie(w.server, "", FAKE_HONEST);
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(2); /* of the second epoch */
}

TEST(an_answer_that_was_lost_costs_nothing)
{
	agent_world_arrivals(&w, 5, board);
	fake_hub_lie(w.server, "/v1/events", FAKE_SILENT);
	assert_int_equal(agent_world_round(&w), 3);
	/* The hub has them, the board does not know. */
	assert_int_equal(fake_hub_head(w.server, board).id.seq, 5);
	assert_int_equal(agent_world_undelivered(&w), 6);
	fake_hub_lie(w.server, "", FAKE_HONEST);
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(5);
	assert_int_equal(fake_hub_events(w.server), 6);
}

TEST(a_backlog_of_thousands_goes_in_several_uploads)
{
	agent_world_arrivals(&w, 9000, board);
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(9000);
	assert_true(fake_hub_asked(w.server, "/v1/events") > 3);
}

TEST(a_hub_that_lost_events_gets_them_again)
{
	agent_world_arrivals(&w, 5, board);
	assert_int_equal(agent_world_round(&w), 0);
	fake_hub_forget(w.server, scratch_name(&w.dir, "empty.db"));
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(5);
	assert_int_equal(fake_hub_events(w.server), 6);
}

TEST(a_store_that_was_lost_is_filled_again)
{
	struct store_stats before, after;

	agent_world_arrivals(&w, 5, board);
	assert_int_equal(agent_world_round(&w), 0);
	before = agent_world_stats(&w);
	assert_int_equal(unlink(agent_world_name(&w, "peers.db")), 0);
	(void)unlink(agent_world_name(&w, "peers.db-wal"));
	(void)unlink(agent_world_name(&w, "peers.db-shm"));
	assert_int_equal(agent_world_round(&w), 0);
	after = agent_world_stats(&w);
	assert_int_equal(after.events, before.events);
	assert_delivered(5);
}

TEST(a_store_that_is_damaged_is_put_aside_and_filled_again)
{
	agent_world_arrivals(&w, 5, board);
	assert_int_equal(agent_world_round(&w), 0);
	agent_world_put(&w, "peers.db", span_of("this is no database, and never was one at all"));
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(5);
	assert_int_equal(access(agent_world_name(&w, "peers.db.damaged-1"), F_OK), 0);
}

/* A bundle of n events of another board. */
static struct span others(struct grow *g, const struct wire_device *d, uint8_t number, size_t n)
{
	struct wire_board other;

	wire_board(&other, d, number);
	wire_bundle(g, &d, 1);
	wire_run(&other, 1, n, g);
	return (struct span){g->p, g->n};
}

TEST(what_happened_elsewhere_comes)
{
	struct wire_device other;
	struct grow g = {0};
	char key[STORE_KEY] = "certificate/";
	uint8_t certificate[PAPER_CERTIFICATE];

	wire_device(&other, &w.hub, 2);
	fake_hub_merge(w.server, others(&g, &other, 1, 20));
	grow_free(&g);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_stats(&w).events, 21);
	hex_write((struct span){other.id, PAPER_DEVICE}, key + strlen(key));
	assert_int_equal(
		agent_world_note(&w, key, certificate, sizeof(certificate)), PAPER_CERTIFICATE);
	/* Not twice, and not asked for twice. */
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_stats(&w).events, 21);
}

TEST(a_revoked_boards_events_are_refused)
{
	struct wire_device thief;
	struct grow g = {0};
	struct span roster = agent_world_roster(&w.hub, 7);
	struct manifest_source m = agent_world_manifest(&w.hub, 7, roster);

	wire_device(&thief, &w.hub, 2);
	m.m.revoked_count = 1;
	m.revoked = (const uint8_t(*)[PAPER_DEVICE]) & thief.id;
	agent_world_serve(&w, roster);
	agent_world_say(&w, &m);
	fake_hub_merge(w.server, others(&g, &thief, 1, 20));
	grow_free(&g);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_stats(&w).events, 1);
	free((void *)(uintptr_t)roster.p);
}

TEST(a_board_that_is_revoked_is_told_so_and_keeps_its_events)
{
	agent_world_arrivals(&w, 5, board);
	fake_hub_refuses(w.server, 403);
	assert_int_equal(agent_world_round(&w), 1);
	assert_true(agent_world_status(&w).revoked);
	assert_int_equal(agent_world_undelivered(&w), 6);
	/* The manifest and the roster are everybody's. */
	assert_int_equal(agent_world_version(&w), 7);
	fake_hub_refuses(w.server, 0);
	assert_int_equal(agent_world_round(&w), 0);
	assert_false(agent_world_status(&w).revoked);
	assert_delivered(5);
}

TEST(a_board_that_the_manifest_lists_is_revoked_whatever_an_upload_says)
{
	struct span roster = agent_world_roster(&w.hub, 7);
	struct manifest_source m = agent_world_manifest(&w.hub, 7, roster);

	m.m.revoked_count = 1;
	m.revoked = (const uint8_t(*)[PAPER_DEVICE]) & w.device.id;
	agent_world_serve(&w, roster);
	agent_world_say(&w, &m);
	assert_int_equal(agent_world_round(&w), 1);
	assert_true(agent_world_status(&w).revoked);
	/* Taken off the list, it is one of them again. */
	m.m.revoked_count = 0;
	m.m.signed_at++;
	agent_world_say(&w, &m);
	assert_int_equal(agent_world_round(&w), 0);
	assert_false(agent_world_status(&w).revoked);
	free((void *)(uintptr_t)roster.p);
}

TEST(a_403_that_nobody_vouches_for_revokes_nobody)
{
	fake_hub_refuses(w.server, 403);
	fake_hub_vouches(w.server, false);
	assert_int_equal(agent_world_round(&w), 1);
	assert_false(agent_world_status(&w).revoked);
}

TEST(a_mark_that_nobody_vouches_for_delivers_nothing)
{
	agent_world_arrivals(&w, 5, board);
	fake_hub_vouches(w.server, false);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(agent_world_undelivered(&w), 6);
}

/* The board's card is copied, the original writes on; then the copy is put back. */
TEST(a_card_that_was_put_back_is_an_alarm_and_its_epoch_is_remembered)
{
	struct file_bytes old;
	uint8_t epoch[4];

	agent_world_arrivals(&w, 5, board);
	assert_int_equal(agent_world_round(&w), 0);
	assert_ok(file_read(&old, agent_world_name(&w, "journal.db"), 1 << 20));
	agent_world_arrivals(&w, 3, NULL);
	agent_world_arrivals(&w, 3, NULL);
	assert_int_equal(agent_world_round(&w), 0);
	assert_delivered(3);
	agent_world_put(&w, "journal.db", old.bytes);
	file_free(&old);
	(void)unlink(agent_world_name(&w, "journal.db-wal"));
	(void)unlink(agent_world_name(&w, "journal.db-shm"));
	assert_int_equal(unlink(agent_world_name(&w, "peers.db")), 0);
	(void)unlink(agent_world_name(&w, "peers.db-wal"));
	(void)unlink(agent_world_name(&w, "peers.db-shm"));
	(void)agent_world_round(&w);
	assert_int_equal(
		agent_world_note(&w, note_of("seen-epoch"), epoch, sizeof(epoch)), sizeof(epoch));
	assert_int_equal(load_u32(epoch), 3);
	/* The kiosk's next life writes under another board id, and that is delivered. */
	struct journal *j;
	struct event e = {.kind = EVENT_ARRIVED, .person = {9}, .issue = 1};
	uint8_t mark[12];
	assert_ok(journal_open(
		&j, &(struct journal_options){.path = agent_world_name(&w, "journal.db"),
			    .seen_epoch = load_u32(epoch)}));
	assert_ok(journal_append(j, &e, 1));
	memcpy(board, journal_board(j), EVENT_BOARD);
	journal_close(j);
	(void)agent_world_round(&w);
	assert_int_equal(agent_world_note(&w, note_of("acked"), mark, sizeof(mark)), sizeof(mark));
	assert_int_equal(load_u32(mark), e.id.epoch);
	assert_int_equal(load_u64(mark + 4), e.id.seq);
	assert_int_equal(fake_hub_head(w.server, board).id.seq, e.id.seq);
}

TEST(another_history_at_the_hub_is_not_taken_for_delivery)
{
	struct wire_board same;
	struct grow g = {0};
	const struct wire_device *d = &w.device;

	agent_world_arrivals(&w, 5, board);
	/* Somebody with this board's key told the hub another story of it. */
	wire_board(&same, d, 1);
	memcpy(same.id, board, EVENT_BOARD);
	wire_bundle(&g, &d, 1);
	wire_run(&same, 1, 5, &g);
	fake_hub_merge(w.server, (struct span){g.p, g.n});
	grow_free(&g);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_undelivered(&w), 5);
	assert_int_equal(agent_world_stats(&w).quarantined, 1);
}

TEST(a_second_agent_does_not_use_the_folder)
{
	struct file_lock lock;
	pid_t holder;

	assert_ok(file_lock(&lock, agent_world_name(&w, "agent.lock"), &holder));
	assert_int_equal(agent_world_round(&w), 3);
	file_unlock(&lock);
	assert_int_equal(agent_world_round(&w), 0);
}

TEST(a_switched_off_network_is_none)
{
	agent_world_put(&w, "network-off", span_of(""));
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(fake_hub_asked(w.server, "/"), 0);
	assert_int_equal(unlink(agent_world_name(&w, "network-off")), 0);
	assert_int_equal(agent_world_round(&w), 0);
}

#define WHOLE(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

static const struct CMUnitTest tests[] = {
	WHOLE(what_happens_on_the_board_reaches_the_hub_once),
	WHOLE(events_without_a_hub_are_counted_and_sent_when_it_is_back),
	WHOLE(an_answer_that_was_lost_costs_nothing),
	WHOLE(a_backlog_of_thousands_goes_in_several_uploads),
	WHOLE(a_hub_that_lost_events_gets_them_again),
	WHOLE(a_store_that_was_lost_is_filled_again),
	WHOLE(a_store_that_is_damaged_is_put_aside_and_filled_again),
	WHOLE(what_happened_elsewhere_comes),
	WHOLE(a_revoked_boards_events_are_refused),
	WHOLE(a_board_that_is_revoked_is_told_so_and_keeps_its_events),
	WHOLE(a_board_that_the_manifest_lists_is_revoked_whatever_an_upload_says),
	WHOLE(a_403_that_nobody_vouches_for_revokes_nobody),
	WHOLE(a_mark_that_nobody_vouches_for_delivers_nothing),
	WHOLE(a_card_that_was_put_back_is_an_alarm_and_its_epoch_is_remembered),
	WHOLE(another_history_at_the_hub_is_not_taken_for_delivery),
	WHOLE(a_second_agent_does_not_use_the_folder),
	WHOLE(a_switched_off_network_is_none),
};

RUN_TESTS(tests)
