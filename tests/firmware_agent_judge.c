/* The judge: what is believed of a bundle, whoever brought it. */
#include "agent_judge.h"
#include "hex.h"
#include "scratch.h"
#include "test.h"
#include "wire.h"

static struct scratch dir;
static struct wire_hub hub;
static struct wire_device ann, bob;
static struct wire_board board_a, board_b;
static struct store *store;
static struct judge *judge;
static struct trust trust;
static struct grow bundle;

static int fresh(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	wire_hub(&hub, 1, 1);
	wire_device(&ann, &hub, 1);
	wire_device(&bob, &hub, 2);
	wire_board(&board_a, &ann, 1);
	wire_board(&board_b, &bob, 2);
	trust = (struct trust){.known = true, .epoch = 1};
	memcpy(trust.root, hub.root, SEAL_PUBLIC);
	judge = calloc(1, sizeof(*judge));
	struct store_options o = {.where = scratch_name(&dir, "peers.db"), .relaxed = true};
	return !judge || store_sqlite.open(&store, &o) || judge_init(judge, store, &trust);
}

static int done(void **state)
{
	UNUSED(state);
	store_close(store);
	free(judge);
	grow_free(&bundle);
	scratch_remove(&dir);
	return 0;
}

/* Begin the bundle anew, with both certificates. */
static void begin(void)
{
	const struct wire_device *both[] = {&ann, &bob};

	grow_free(&bundle);
	wire_bundle(&bundle, both, 2);
}

static struct judgement take(enum err want)
{
	struct judgement j;

	assert_err(judge_bundle(judge, (struct span){bundle.p, bundle.n}, &j), want);
	return j;
}

static uint64_t events(void)
{
	struct store_stats s;

	assert_ok(store->kind->stats(store, &s));
	return s.events;
}

static void assert_judged(struct judgement j, size_t runs, size_t added, size_t refused)
{
	assert_int_equal(j.runs, runs);
	assert_int_equal(j.added, added);
	assert_int_equal(j.refused, refused);
	assert_int_equal(j.forks, 0);
	assert_false(j.missing);
}

TEST(a_sound_bundle_is_merged_once)
{
	begin();
	wire_run(&board_a, 1, 3, &bundle);
	wire_run(&board_b, 1, 4, &bundle);
	wire_run(&board_a, 1, 5, &bundle);
	assert_judged(take(OK), 3, 12, 0);
	assert_judged(take(OK), 3, 0, 0);
	assert_int_equal(events(), 12);
}

TEST(of_many_other_histories_the_oldest_are_kept)
{
	struct store_stats s;
	struct wire_board copy;

	begin();
	wire_run(&board_a, 1, 2, &bundle);
	assert_judged(take(OK), 1, 2, 0);
	for (unsigned i = 0; i < JUDGE_ASIDE + 2; i++) {
		struct event e = wire_event(EVENT_ARRIVED, 9, i + 1);
		wire_board(&copy, &ann, 1);
		begin();
		wire_events(&copy, 1, &e, 1, &bundle);
		assert_int_equal(take(OK).forks, 1);
	}
	assert_ok(store->kind->stats(store, &s));
	assert_int_equal(s.quarantined, JUDGE_ASIDE);
	assert_int_equal(s.events, 2);
}

TEST(a_device_that_begins_too_many_boards_is_refused)
{
	struct wire_board b;

	begin();
	for (unsigned i = 0; i <= STORE_BOARDS; i++) {
		wire_board(&b, &ann, (uint8_t)i);
		wire_run(&b, 1, 1, &bundle);
	}
	wire_board(&b, &bob, 200);
	wire_run(&b, 1, 1, &bundle);
	assert_judged(take(OK), STORE_BOARDS + 2, STORE_BOARDS + 1, 1);
}

TEST(a_bundle_cut_anywhere_but_between_runs_is_not_taken_in_part)
{
	begin();
	size_t head = bundle.n;
	wire_run(&board_a, 1, 2, &bundle);
	size_t first = bundle.n;
	wire_run(&board_b, 1, 2, &bundle);
	size_t whole = bundle.n;
	for (size_t n = 0; n < whole; n++) {
		bundle.n = n;
		(void)take(n == head || n == first ? OK : ERR_FORMAT);
		assert_int_equal(events(), n >= first ? 2 : 0);
		bundle.n = whole;
	}
}

/* Whatever byte is another one: events come in as they were said, or not at all. */
TEST(no_flipped_bit_makes_an_event)
{
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	for (size_t i = 0; i < bundle.n; i++) {
		struct judgement j;
		/* The certificate of bob, who signed nothing, is not looked at. */
		if (i == BUNDLE_HEAD + PAPER_CERTIFICATE)
			i += PAPER_CERTIFICATE;
		bundle.p[i] ^= (uint8_t)(1U << i % 8);
		enum err e = judge_bundle(judge, (struct span){bundle.p, bundle.n}, &j);
		assert_true(e == ERR_FORMAT || j.refused == 1);
		assert_int_equal(events(), 0);
		bundle.p[i] ^= (uint8_t)(1U << i % 8);
	}
	assert_judged(take(OK), 1, 2, 0);
}

TEST(a_run_without_a_certificate_is_refused_and_the_others_are_taken)
{
	const struct wire_device *only = &bob;

	wire_bundle(&bundle, &only, 1);
	wire_run(&board_a, 1, 2, &bundle);
	wire_run(&board_b, 1, 2, &bundle);
	assert_judged(take(OK), 2, 2, 1);
}

TEST(a_run_signed_by_another_device_is_refused)
{
	struct wire_device thief = ann;

	/* It says that it is ann, and signs with its own key. */
	memcpy(thief.seed, bob.seed, SEAL_SEED);
	board_a.device = &thief;
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	struct judgement j = take(OK);
	/* The run names bob, whose key made it: that is bob's own board then. */
	assert_int_equal(j.added, 2);
	/* But with ann's id over it, it is nobody's. */
	begin();
	size_t at = bundle.n;
	wire_board(&board_a, &thief, 3);
	wire_run(&board_a, 1, 2, &bundle);
	memcpy(bundle.p + at + 4, ann.id, PAPER_DEVICE);
	assert_judged(take(OK), 1, 0, 1);
}

TEST(certificates_of_another_event_or_an_ended_epoch_count_for_nothing)
{
	struct wire_hub other;
	struct wire_device guest;
	const struct wire_device *only = &guest;

	wire_hub(&other, 2, 1);
	wire_device(&guest, &other, 1);
	wire_board(&board_a, &guest, 1);
	wire_bundle(&bundle, &only, 1);
	wire_run(&board_a, 1, 2, &bundle);
	assert_judged(take(OK), 1, 0, 1);
	/* The root has named another hub key: who has no new certificate is not believed. */
	trust.epoch = 2;
	judge_trust(judge, &trust);
	wire_board(&board_a, &ann, 1);
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	assert_judged(take(OK), 1, 0, 1);
	wire_hub(&hub, 1, 2);
	wire_device(&ann, &hub, 1);
	wire_board(&board_a, &ann, 1);
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	assert_judged(take(OK), 1, 2, 0);
}

TEST(who_trusts_nobody_believes_nobody)
{
	trust = (struct trust){0};
	judge_trust(judge, &trust);
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	(void)take(ERR_DENIED);
	assert_int_equal(events(), 0);
}

TEST(a_revoked_device_is_refused_from_the_next_bundle_on)
{
	bool changed;

	begin();
	wire_run(&board_a, 1, 2, &bundle);
	assert_judged(take(OK), 1, 2, 0);
	assert_ok(judge_revoke(judge, (struct span){ann.id, PAPER_DEVICE}, &changed));
	assert_true(changed);
	assert_true(judge_refuses(judge, ann.id));
	assert_false(judge_refuses(judge, bob.id));
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	wire_run(&board_b, 1, 2, &bundle);
	assert_judged(take(OK), 2, 2, 1);
	/* What it said before stays. */
	assert_int_equal(events(), 4);
	/* After a restart as well. */
	assert_ok(judge_init(judge, store, &trust));
	assert_true(judge_refuses(judge, ann.id));
	assert_ok(judge_revoke(judge, (struct span){0}, &changed));
	assert_judged(take(OK), 2, 2, 0);
}

TEST(a_gap_is_told_and_nothing_is_taken_across_it)
{
	struct grow lost = {0};

	begin();
	wire_run(&board_a, 1, 2, &lost);
	wire_run(&board_a, 1, 2, &bundle);
	struct judgement j = take(OK);
	assert_true(j.missing);
	assert_int_equal(j.added, 0);
	grow_free(&lost);
}

TEST(another_history_goes_to_quarantine)
{
	struct wire_board copy = board_a;
	struct event e = wire_event(EVENT_ARRIVED, 77, 7);
	struct store_stats s;
	struct store_head before, after;

	begin();
	wire_run(&board_a, 1, 2, &bundle);
	assert_judged(take(OK), 1, 2, 0);
	assert_ok(store->kind->head(store, board_a.id, &before));
	begin();
	wire_events(&copy, 1, &e, 1, &bundle);
	wire_run(&board_b, 1, 1, &bundle);
	struct judgement j = take(OK);
	assert_int_equal(j.forks, 1);
	assert_int_equal(j.added, 1);
	assert_ok(store->kind->head(store, board_a.id, &after));
	assert_memory_equal(before.hash, after.hash, EVENT_HASH);
	assert_ok(store->kind->stats(store, &s));
	assert_int_equal(s.quarantined, 1);
}

TEST(the_certificate_of_who_was_believed_is_kept_for_those_who_ask)
{
	uint8_t bytes[PAPER_CERTIFICATE];

	assert_err(judge_certificate(judge, ann.id, bytes), ERR_ABSENT);
	begin();
	wire_run(&board_a, 1, 2, &bundle);
	(void)take(OK);
	assert_ok(judge_certificate(judge, ann.id, bytes));
	assert_memory_equal(bytes, ann.certificate, sizeof(bytes));
	assert_err(judge_certificate(judge, bob.id, bytes), ERR_ABSENT);
}

#define WHOLE(t) cmocka_unit_test_setup_teardown(t, fresh, done)

static const struct CMUnitTest tests[] = {
	WHOLE(a_sound_bundle_is_merged_once),
	WHOLE(of_many_other_histories_the_oldest_are_kept),
	WHOLE(a_device_that_begins_too_many_boards_is_refused),
	WHOLE(a_bundle_cut_anywhere_but_between_runs_is_not_taken_in_part),
	WHOLE(no_flipped_bit_makes_an_event),
	WHOLE(a_run_without_a_certificate_is_refused_and_the_others_are_taken),
	WHOLE(a_run_signed_by_another_device_is_refused),
	WHOLE(certificates_of_another_event_or_an_ended_epoch_count_for_nothing),
	WHOLE(who_trusts_nobody_believes_nobody),
	WHOLE(a_revoked_device_is_refused_from_the_next_bundle_on),
	WHOLE(a_gap_is_told_and_nothing_is_taken_across_it),
	WHOLE(another_history_goes_to_quarantine),
	WHOLE(the_certificate_of_who_was_believed_is_kept_for_those_who_ask),
};

RUN_TESTS(tests)
