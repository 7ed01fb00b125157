/* What the kiosk reads of other boards: their names, by certificates that the agent believed. */
#include "test.h"

#include "help/scratch.h"
#include "help/wire.h"
#include "hex.h"
#include "others.h"
#include "store.h"

static struct scratch dir;
static struct wire_hub hub, other;
static struct wire_device device;
static struct wire_board board;
static struct others *others;

static int fresh(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	wire_hub(&hub, 1, 1);
	wire_hub(&other, 2, 1);
	wire_device(&device, &hub, 7);
	wire_board(&board, &device, 7);
	assert_ok(others_make(&others, dir.folder));
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	others_free(others);
	scratch_remove(&dir);
	return 0;
}

/* The agent has heard the board, and keeps these bytes as its certificate. */
static void heard(struct span certificate)
{
	struct store_options o = {.where = scratch_name(&dir, "peers.db")};
	char key[STORE_KEY + 1] = "certificate/";
	struct grow run = {0};
	struct store_item item = {0};
	struct store *s;

	wire_run(&board, 1, 2, &run);
	struct cursor c = cursor_at((struct span){run.p, run.n});
	assert_ok(run_read(&c, &item.run));
	assert_ok(store_sqlite.open(&s, &o));
	assert_ok(s->kind->merge(s, &item, 1));
	hex_write((struct span){device.id, PAPER_DEVICE}, key + strlen(key));
	assert_ok(s->kind->note_put(s, key, certificate, false));
	store_close(s);
	grow_free(&run);
}

static void assert_name(const uint8_t *root, enum err want, const char *name)
{
	char got[PAPER_NAME + 1] = "?";

	assert_err(others_name(others, board.id, root, got), want);
	assert_string_equal(got, name);
}

TEST(a_board_that_was_heard_has_the_name_on_its_certificate)
{
	UNUSED(state);
	assert_name(hub.root, ERR_ABSENT, "");
	heard((struct span){device.certificate, PAPER_CERTIFICATE});
	assert_name(hub.root, OK, "board 7");
	board.id[0] ^= 1;
	assert_name(hub.root, ERR_ABSENT, "");
}

TEST(a_name_that_this_events_hub_did_not_give_is_none)
{
	UNUSED(state);
	heard((struct span){device.certificate, PAPER_CERTIFICATE});
	assert_name(other.root, ERR_FOREIGN, "");
	others_renew(others);
	device.certificate[PAPER_CERTIFICATE - 1] ^= 1;
	heard((struct span){device.certificate, PAPER_CERTIFICATE});
	assert_name(hub.root, ERR_FORGED, "");
	heard((struct span){device.certificate, 10});
	assert_name(hub.root, ERR_FORMAT, "");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)
static const struct CMUnitTest tests[] = {
	EACH(a_board_that_was_heard_has_the_name_on_its_certificate),
	EACH(a_name_that_this_events_hub_did_not_give_is_none),
};

RUN_TESTS(tests)
