/* What the judge keeps in the store beside events: certificates for others, and who is revoked. */
#include "test.h"

#include "agent_judge.h"
#include "help/scratch.h"
#include "help/wire.h"

static struct scratch folder;
static struct wire_hub hub;
static struct wire_device device, thief;
static struct trust trust;
static struct judge judge;
static struct store *store;
static struct store_kind stubborn; /* as SQLite, but notes are refused while busy */
static bool busy, damaged;

static enum err note_put(struct store *s, const char *key, struct span value, bool fresh)
{
	return busy ? ERR_BUSY : store_sqlite.note_put(s, key, value, fresh);
}

static enum err merge(struct store *s, struct store_item *items, size_t n)
{
	return damaged ? ERR_FORMAT : store_sqlite.merge(s, items, n);
}

static struct store *open_store(const char *name)
{
	struct store_options o = {.where = scratch_name(&folder, name), .relaxed = true};
	struct store *s;

	assert_ok(store_sqlite.open(&s, &o));
	stubborn = store_sqlite;
	stubborn.note_put = note_put;
	stubborn.merge = merge;
	s->kind = &stubborn;
	return s;
}

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&folder);
	wire_hub(&hub, 1, 1);
	wire_device(&device, &hub, 1);
	wire_device(&thief, &hub, 2);
	trust = (struct trust){.known = true, .epoch = hub.epoch};
	memcpy(trust.root, hub.root, SEAL_PUBLIC);
	busy = damaged = false;
	store = open_store("peers.db");
	assert_ok(judge_init(&judge, store, &trust));
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	store_close(store);
	scratch_remove(&folder);
	return 0;
}

/* The next arrival of a board, in a bundle of its own. */
static enum err tell(struct wire_board *b, struct judgement *out)
{
	const struct wire_device *papers[] = {b->device};
	struct grow g = {0};

	wire_bundle(&g, papers, 1);
	wire_run(b, 1, 1, &g);
	enum err e = judge_bundle(&judge, (struct span){g.p, g.n}, out);
	grow_free(&g);
	return e;
}

static void assert_certificate(const struct wire_device *d)
{
	uint8_t kept[PAPER_CERTIFICATE];

	assert_ok(judge_certificate(&judge, d->id, kept));
	assert_memory_equal(kept, d->certificate, PAPER_CERTIFICATE);
}

TEST(a_certificate_that_could_not_be_kept_is_kept_with_the_next_bundle)
{
	struct wire_board b;
	struct judgement j;
	uint8_t kept[PAPER_CERTIFICATE];

	wire_board(&b, &device, 1);
	struct wire_board again = b;
	busy = true;
	assert_err(tell(&again, &j), ERR_BUSY);
	assert_err(judge_certificate(&judge, device.id, kept), ERR_ABSENT);
	busy = false;
	assert_ok(tell(&b, &j));
	assert_int_equal(j.added, 1);
	assert_certificate(&device);
}

/* Else the sender would be thought to be at fault, and the store never be opened anew. */
TEST(a_store_that_is_found_damaged_is_the_stores_failure)
{
	struct wire_board b;
	struct judgement j;

	wire_board(&b, &device, 1);
	damaged = true;
	assert_err(tell(&b, &j), ERR_IO);
}

TEST(a_new_store_gets_the_certificates_again)
{
	struct wire_board b;
	struct judgement j;

	wire_board(&b, &device, 1);
	assert_ok(tell(&b, &j));
	store_close(store);
	store = open_store("filled-again.db");
	assert_ok(judge_use(&judge, store));
	wire_board(&b, &device, 1);
	assert_ok(tell(&b, &j));
	assert_int_equal(j.added, 1);
	assert_certificate(&device);
}

TEST(a_new_store_is_told_who_is_revoked)
{
	struct wire_board b;
	struct judgement j;
	bool changed;

	assert_ok(judge_revoke(&judge, (struct span){thief.id, PAPER_DEVICE}, &changed));
	assert_true(changed);
	store_close(store);
	store = open_store("filled-again.db");
	assert_ok(judge_use(&judge, store));
	/* As after a restart: only the store remembers. */
	assert_ok(judge_init(&judge, store, &trust));
	assert_true(judge_refuses(&judge, thief.id));
	wire_board(&b, &thief, 1);
	assert_ok(tell(&b, &j));
	assert_int_equal(j.refused, 1);
	assert_int_equal(j.added, 0);
}

TEST(who_is_revoked_is_written_down_at_last)
{
	bool changed;

	busy = true;
	assert_err(judge_revoke(&judge, (struct span){thief.id, PAPER_DEVICE}, &changed), ERR_BUSY);
	assert_true(judge_refuses(&judge, thief.id));
	busy = false;
	assert_ok(judge_revoke(&judge, (struct span){thief.id, PAPER_DEVICE}, &changed));
	assert_ok(judge_init(&judge, store, &trust));
	assert_true(judge_refuses(&judge, thief.id));
}

TEST(a_thousand_devices_are_revoked_and_none_again)
{
	static uint8_t all[MANIFEST_REVOKED][PAPER_DEVICE];
	bool changed;

	for (size_t i = 0; i < MANIFEST_REVOKED; i++)
		store_u64(all[i], i + 1);
	assert_ok(judge_revoke(&judge, (struct span){all[0], sizeof(all)}, &changed));
	assert_ok(judge_init(&judge, store, &trust));
	assert_int_equal(judge.revoked_count, MANIFEST_REVOKED);
	assert_true(judge_refuses(&judge, all[0]));
	assert_true(judge_refuses(&judge, all[MANIFEST_REVOKED - 1]));
	assert_ok(judge_revoke(&judge, (struct span){0}, &changed));
	assert_true(changed);
	assert_ok(judge_init(&judge, store, &trust));
	assert_int_equal(judge.revoked_count, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	CASE(a_certificate_that_could_not_be_kept_is_kept_with_the_next_bundle),
	CASE(a_store_that_is_found_damaged_is_the_stores_failure),
	CASE(a_new_store_gets_the_certificates_again),
	CASE(a_new_store_is_told_who_is_revoked),
	CASE(who_is_revoked_is_written_down_at_last),
	CASE(a_thousand_devices_are_revoked_and_none_again),
};

RUN_TESTS(tests)
