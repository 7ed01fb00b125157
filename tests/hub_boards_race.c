/* Two organisers at one store: what the one writes back takes nothing from what the other has said. */
#include "test.h"

#include "boards.h"
#include "help/scratch.h"
#include "help/wire.h"
#include "hex.h"

static struct scratch folder;
static struct wire_hub hub;
static struct wire_device lost, stolen, mine;
static struct keys keys;
static struct store *one, *other;
static struct store_kind hooked; /* SQLite, with somebody else in front of the victim's note */
static const struct wire_device *victim;
static void (*meanwhile)(void);

static enum err note_put(struct store *s, const char *key, struct span value, bool fresh)
{
	void (*go)(void) = meanwhile;
	char note[STORE_KEY] = "board/";

	if (go) {
		hex_write((struct span){victim->id, PAPER_DEVICE}, note + strlen(note));
		if (strcmp(key, note) == 0) {
			meanwhile = NULL;
			go();
		}
	}
	return store_sqlite.note_put(s, key, value, fresh);
}

static struct store *open_store(void)
{
	struct store_options o = {.where = scratch_name(&folder, "hub.db")};
	struct store *s;

	assert_ok(store_sqlite.open(&s, &o));
	return s;
}

static void enrol(const struct wire_device *d, const char *name)
{
	struct board_order order = {.name = name, .role = BOARD_KIOSK, .now = WIRE_NOW};

	memcpy(order.key, d->key, SEAL_PUBLIC);
	assert_ok(boards_enrol(one, &keys, &order));
}

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&folder);
	wire_hub(&hub, 1, 1);
	wire_device(&lost, &hub, 1);
	wire_device(&stolen, &hub, 2);
	wire_device(&mine, &hub, 3);
	memcpy(keys.root, hub.root, SEAL_PUBLIC);
	memcpy(keys.hub_seed, hub.seed, SEAL_SEED);
	memcpy(keys.delegation, hub.delegation, PAPER_DELEGATION);
	one = open_store();
	other = open_store();
	hooked = store_sqlite;
	hooked.note_put = note_put;
	one->kind = &hooked;
	meanwhile = NULL;
	enrol(&lost, "lost");
	enrol(&stolen, "stolen");
	enrol(&mine, "mine");
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	store_close(one);
	store_close(other);
	scratch_remove(&folder);
	return 0;
}

static struct board get(const struct wire_device *d)
{
	struct board b;

	assert_ok(boards_get(one, d->id, hub.root, &b));
	return b;
}

static enum board_state loaded_state(const struct wire_device *d)
{
	struct grow boards = {0};
	enum board_state found = 0;

	assert_ok(boards_load(one, hub.root, &boards));
	for (size_t i = 0; i < GROW_COUNT(&boards, struct board); i++) {
		const struct board *b = &GROW_ARRAY(&boards, const struct board)[i];
		if (memcmp(b->certificate.device, d->id, PAPER_DEVICE) == 0)
			found = b->state;
	}
	grow_free(&boards);
	return found;
}

static void revoke_stolen(void)
{
	struct board b;

	assert_ok(boards_get(other, stolen.id, hub.root, &b));
	assert_ok(boards_revoke(other, &keys, &b, WIRE_NOW));
}

static void break_mine(void)
{
	struct board b;

	assert_ok(boards_get(other, mine.id, hub.root, &b));
	assert_ok(boards_mark(other, &b, BOARD_BROKEN, WIRE_NOW));
}

TEST(two_boards_revoked_at_once_both_are)
{
	struct board b = get(&lost);

	victim = &stolen;
	meanwhile = revoke_stolen;
	assert_ok(boards_revoke(one, &keys, &b, WIRE_NOW));
	assert_int_equal(loaded_state(&lost), BOARD_REVOKED);
	assert_int_equal(loaded_state(&stolen), BOARD_REVOKED);
	assert_int_equal(get(&stolen).state, BOARD_REVOKED);
	assert_int_equal(loaded_state(&mine), BOARD_ENROLLED);
	/* Neither of the two knows the newest peer key. */
	assert_true(get(&mine).peer_epoch > get(&lost).peer_epoch);
	assert_true(get(&mine).peer_epoch > get(&stolen).peer_epoch);
}

TEST(a_board_found_broken_meanwhile_stays_broken)
{
	struct board b = get(&lost);

	victim = &mine;
	meanwhile = break_mine;
	assert_ok(boards_revoke(one, &keys, &b, WIRE_NOW));
	assert_int_equal(loaded_state(&mine), BOARD_BROKEN);
}

TEST(a_revoked_board_that_a_hub_finds_broken_stays_revoked)
{
	struct board before = get(&stolen);

	revoke_stolen();
	assert_ok(boards_mark(one, &before, BOARD_BROKEN, WIRE_NOW));
	assert_int_equal(get(&stolen).state, BOARD_REVOKED);
	assert_int_equal(loaded_state(&stolen), BOARD_REVOKED);
	/* Its name is free, and its key is let in no more. */
	struct board_order order = {.name = "stolen", .role = BOARD_KIOSK, .now = WIRE_NOW};
	memcpy(order.key, stolen.key, SEAL_PUBLIC);
	assert_err(boards_enrol(one, &keys, &order), ERR_DENIED);
	struct wire_device fresh;
	wire_device(&fresh, &hub, 4);
	memcpy(order.key, fresh.key, SEAL_PUBLIC);
	assert_ok(boards_enrol(one, &keys, &order));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	CASE(two_boards_revoked_at_once_both_are),
	CASE(a_board_found_broken_meanwhile_stays_broken),
	CASE(a_revoked_board_that_a_hub_finds_broken_stays_revoked),
};

RUN_TESTS(tests)
