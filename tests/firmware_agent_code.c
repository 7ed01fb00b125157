/* Signed codes in the inbox: what a person carried to a board that may never see a network. */
#include "agent_world.h"
#include "file.h"
#include "journal.h"
#include "signed_code.h"
#include "staff.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

static struct agent_world w;

static int open_world(void **state)
{
	UNUSED(state);
	agent_world_open(&w, 1);
	agent_world_offer(&w, 7);
	assert_int_equal(agent_world_round(&w), 0);
	assert_ok(file_make_folder(agent_world_name(&w, "inbox")));
	/* From now on there is no network. */
	fake_hub_lie(w.server, "", FAKE_SILENT);
	return 0;
}

static int close_world(void **state)
{
	UNUSED(state);
	agent_world_close(&w);
	return 0;
}

static const char *sign(struct signed_code *c, const struct wire_hub *hub)
{
	static char text[CODE_TEXT];

	memcpy(c->event, hub->event, ROSTER_EVENT);
	assert_ok(signed_code_write(c, hub->epoch, hub->seed, text));
	return text;
}

static const char *lease(const struct wire_hub *hub, uint64_t number, int64_t time)
{
	struct signed_code c = {.kind = TOKEN_LEASE, .number = number, .time = time};

	return sign(&c, hub);
}

static const char *revocation(const struct wire_hub *hub, uint64_t number, unsigned n)
{
	struct signed_code c = {
		.kind = TOKEN_REVOCATION, .number = number, .revoked_count = (uint8_t)n};

	for (unsigned i = 0; i < n; i++) {
		c.revoked[i].person[0] = (uint8_t)(i + 1);
		c.revoked[i].issue = 3;
	}
	return sign(&c, hub);
}

/* Put it into the inbox and let the agent look. */
static void assert_answer(const char *text, enum status_answer want)
{
	struct board_status before = agent_world_status(&w), after;

	agent_world_put(&w, "inbox/code", span_of(text));
	assert_int_equal(agent_world_round(&w), 3);
	after = agent_world_status(&w);
	assert_int_equal(after.codes, before.codes + 1);
	assert_int_equal(after.answer, want);
	assert_int_equal(access(agent_world_name(&w, "inbox/code"), F_OK), -1);
}

TEST(a_lease_is_as_good_as_a_manifest_signed_then)
{
	struct board_status s;

	w.now.boot_ms += 50LL * 3600 * 1000;
	assert_answer(lease(&w.hub, 1, WIRE_NOW + 50LL * 3600), STATUS_CODE_TAKEN);
	s = agent_world_status(&w);
	assert_int_equal(s.fresh, WIRE_NOW + 50LL * 3600);
	assert_int_equal(s.floor, WIRE_NOW + 50LL * 3600);
	assert_int_equal(status_age_ms(&s, s.boot, w.now.boot_ms), 0);
}

TEST(a_lease_that_is_played_again_makes_nothing_fresh)
{
	char first[CODE_TEXT];
	struct board_status s;

	strcpy(first, lease(&w.hub, 1, WIRE_NOW + 3600));
	assert_answer(first, STATUS_CODE_TAKEN);
	w.now.boot_ms += 3600 * 1000;
	assert_answer(first, STATUS_CODE_OLDER);
	/* A higher number with an older time, as a careless hub would sign it. */
	assert_answer(lease(&w.hub, 2, WIRE_NOW), STATUS_CODE_OLDER);
	s = agent_world_status(&w);
	assert_int_equal(status_age_ms(&s, s.boot, w.now.boot_ms), 3600 * 1000);
}

TEST(a_revocation_becomes_events_that_reach_the_hub)
{
	assert_answer(revocation(&w.hub, 5, 3), STATUS_CODE_TAKEN);
	assert_int_equal(agent_world_own_events(&w, EVENT_REVOKED), 3);
	assert_answer(revocation(&w.hub, 5, 3), STATUS_CODE_OLDER);
	assert_answer(revocation(&w.hub, 4, 1), STATUS_CODE_OLDER);
	assert_answer(revocation(&w.hub, 6, 16), STATUS_CODE_TAKEN);
	assert_int_equal(agent_world_own_events(&w, EVENT_REVOKED), 19);
	fake_hub_lie(w.server, "", FAKE_HONEST);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_undelivered(&w), 0);
	assert_int_equal(fake_hub_events(w.server), 20);
}

/* Whoever reads them believes the hub, not this board. */
TEST(the_events_of_a_revocation_carry_the_code_and_are_believed_by_it)
{
	struct trust nobody = {0};
	struct journal_options o = {.read_only = true};
	struct event_id after = {0};
	struct file_bytes file;
	struct roster r;
	struct journal *j;
	struct event e;
	uint16_t rights;
	size_t n, found = 0;

	assert_answer(revocation(&w.hub, 5, 16), STATUS_CODE_TAKEN);
	assert_ok(file_read(&file, agent_world_name(&w, "roster.foyer"), ROSTER_MAX));
	assert_ok(roster_open(&r, file.bytes, &nobody, 0));
	o.path = agent_world_name(&w, "agent.db");
	assert_ok(journal_open(&j, &o));
	while (journal_read(j, &after, &e, 1, &n) == OK && n == 1) {
		after = e.id;
		if (e.kind != EVENT_REVOKED)
			continue;
		found++;
		assert_ok(staff_check(&r, &e, &rights));
		e.person[0] += 100;
		assert_err(staff_check(&r, &e, &rights), ERR_FORGED);
	}
	assert_int_equal(found, 16);
	journal_close(j);
	file_free(&file);
}

TEST(a_number_is_remembered_even_where_the_store_is_lost)
{
	assert_answer(revocation(&w.hub, 5, 1), STATUS_CODE_TAKEN);
	assert_int_equal(unlink(agent_world_name(&w, "peers.db")), 0);
	(void)unlink(agent_world_name(&w, "peers.db-wal"));
	(void)unlink(agent_world_name(&w, "peers.db-shm"));
	assert_answer(revocation(&w.hub, 5, 1), STATUS_CODE_OLDER);
	assert_int_equal(agent_world_own_events(&w, EVENT_REVOKED), 1);
}

/* As a signer says it whose certificate the board holds, and no network is needed for that. */
TEST(a_new_epoch_is_the_way_back_from_numbers_of_the_future)
{
	struct wire_hub old = w.hub;

	assert_answer(revocation(&old, UINT64_MAX, 1), STATUS_CODE_TAKEN);
	assert_answer(lease(&old, UINT64_MAX, WIRE_NOW + 60), STATUS_CODE_TAKEN);
	assert_answer(revocation(&old, 7, 1), STATUS_CODE_OLDER);
	fake_hub_lie(w.server, "", FAKE_HONEST);
	wire_hub(&w.hub, 1, old.epoch + 1);
	agent_world_offer(&w, 8);
	(void)agent_world_round(&w);
	assert_int_equal(agent_world_version(&w), 8);
	fake_hub_lie(w.server, "", FAKE_SILENT);
	assert_answer(revocation(&w.hub, 7, 1), STATUS_CODE_TAKEN);
	assert_answer(revocation(&w.hub, 7, 1), STATUS_CODE_OLDER);
	assert_answer(lease(&w.hub, 7, WIRE_NOW + 120), STATUS_CODE_TAKEN);
	/* The numbers of both epochs stand in the journal, too. */
	assert_int_equal(unlink(agent_world_name(&w, "peers.db")), 0);
	(void)unlink(agent_world_name(&w, "peers.db-wal"));
	(void)unlink(agent_world_name(&w, "peers.db-shm"));
	assert_answer(revocation(&w.hub, 7, 1), STATUS_CODE_OLDER);
	assert_answer(revocation(&w.hub, 8, 1), STATUS_CODE_TAKEN);
}

TEST(what_cannot_be_removed_is_judged_once)
{
	struct board_status s;

	assert_ok(file_make_folder(agent_world_name(&w, "inbox/folder")));
	agent_world_put(&w, "inbox/code", span_of(lease(&w.hub, 1, WIRE_NOW + 3600)));
	for (int i = 0; i < 3; i++)
		assert_int_equal(agent_world_round(&w), 3);
	s = agent_world_status(&w);
	assert_int_equal(s.codes, 1);
	assert_int_equal(s.answer, STATUS_CODE_TAKEN);
	assert_int_equal(access(agent_world_name(&w, "inbox/folder"), F_OK), 0);
}

/* Folders in front must not keep the agent from what lies behind them, nor the round from its end. */
TEST(many_folders_in_the_inbox_hide_no_code)
{
	char name[32];

	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "inbox/%d", i);
		assert_ok(file_make_folder(agent_world_name(&w, name)));
	}
	agent_world_put(&w, "inbox/code", span_of(lease(&w.hub, 1, WIRE_NOW + 3600)));
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_status(&w).codes, 1);
	assert_int_equal(agent_world_status(&w).answer, STATUS_CODE_TAKEN);
}

TEST(a_code_of_another_event_is_foreign_and_one_signed_by_nobody_is_forged)
{
	struct wire_hub other, thief;
	char text[CODE_TEXT];

	wire_hub(&other, 2, 1);
	assert_answer(lease(&other, 9, WIRE_NOW + 3600), STATUS_CODE_FOREIGN);
	/* The right event, another key: an epoch that the root has ended, or has not begun. */
	wire_hub(&thief, 1, 7);
	thief.epoch = 1;
	assert_answer(lease(&thief, 9, WIRE_NOW + 3600), STATUS_CODE_FORGED);
	assert_answer(revocation(&thief, 9, 1), STATUS_CODE_FORGED);
	strcpy(text, lease(&w.hub, 9, WIRE_NOW + 3600));
	for (size_t i = 4; i < strlen(text); i++) {
		char kept = text[i];
		text[i] = kept == '7' ? '8' : '7';
		agent_world_put(&w, "inbox/code", span_of(text));
		(void)agent_world_round(&w);
		assert_int_not_equal(agent_world_status(&w).answer, STATUS_CODE_TAKEN);
		text[i] = kept;
	}
	assert_int_equal(agent_world_own_events(&w, EVENT_REVOKED), 0);
	assert_int_equal(agent_world_status(&w).fresh, WIRE_NOW);
	assert_answer(text, STATUS_CODE_TAKEN);
}

TEST(what_is_no_code_is_answered_and_removed)
{
	char longest[4096];

	memset(longest, 'A', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_answer("", STATUS_CODE_FORGED);
	assert_answer("ZQM1", STATUS_CODE_FORGED);
	assert_answer("hello\n", STATUS_CODE_FORGED);
	assert_answer(longest, STATUS_CODE_FORGED);
	assert_int_equal(mkfifo(agent_world_name(&w, "inbox/fifo"), 0600), 0);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(access(agent_world_name(&w, "inbox/fifo"), F_OK), -1);
}

TEST(a_file_that_is_still_being_written_is_left_alone)
{
	agent_world_put(&w, "inbox/code.a1B2c3", span_of(lease(&w.hub, 1, WIRE_NOW + 3600)));
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_status(&w).codes, 0);
	assert_int_equal(access(agent_world_name(&w, "inbox/code.a1B2c3"), F_OK), 0);
}

TEST(a_full_inbox_is_emptied)
{
	char name[32];

	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "inbox/%d", i);
		agent_world_put(&w, name, span_of("ZQM1"));
	}
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_status(&w).codes, 40);
}

#define WHOLE(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

static const struct CMUnitTest tests[] = {
	WHOLE(a_lease_is_as_good_as_a_manifest_signed_then),
	WHOLE(a_lease_that_is_played_again_makes_nothing_fresh),
	WHOLE(a_revocation_becomes_events_that_reach_the_hub),
	WHOLE(the_events_of_a_revocation_carry_the_code_and_are_believed_by_it),
	WHOLE(a_number_is_remembered_even_where_the_store_is_lost),
	WHOLE(a_new_epoch_is_the_way_back_from_numbers_of_the_future),
	WHOLE(what_cannot_be_removed_is_judged_once),
	WHOLE(many_folders_in_the_inbox_hide_no_code),
	WHOLE(a_code_of_another_event_is_foreign_and_one_signed_by_nobody_is_forged),
	WHOLE(what_is_no_code_is_answered_and_removed),
	WHOLE(a_file_that_is_still_being_written_is_left_alone),
	WHOLE(a_full_inbox_is_emptied),
};

RUN_TESTS(tests)
