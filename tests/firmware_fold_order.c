/* The fold: order and repeats change nothing, shown with many seeded events. */
#include "test.h"

#include "fold.h"

static uint64_t seq;

/* An event of board `here`, a second later than the one before. */
static struct event event(unsigned kind, const uint8_t person[static EVENT_PERSON])
{
	struct event e = {.kind = (uint16_t)kind, .trusted = true, .issue = 1};

	seq++;
	e.id.board[0] = 1;
	e.id.epoch = 1;
	e.id.seq = seq;
	e.wall_ms = 1000 * (int64_t)seq;
	e.hash[0] = (uint8_t)seq;
	e.hash[1] = (uint8_t)(seq >> 8);
	memcpy(e.person, person, EVENT_PERSON);
	return e;
}

/* Many events of few people and boards: arrivals, jobs, undos, clones of ids never. */
enum { MANY = 600 };
static struct event many[MANY];

static void make_many(unsigned *seed)
{
	for (size_t i = 0; i < MANY; i++) {
		uint8_t person[EVENT_PERSON] = {(uint8_t)(rand_r(seed) % 12), 1};
		unsigned kind = 1 + (unsigned)rand_r(seed) % 14;
		many[i] = event(kind, person);
		many[i].id.board[0] = (uint8_t)(1 + rand_r(seed) % 3);
		many[i].trusted = rand_r(seed) % 4 != 0;
		many[i].wall_ms = rand_r(seed) % 50;
		many[i].issue = 1 + (uint32_t)rand_r(seed) % 3;
		if (i > 0 && kind != EVENT_BADGE_PREPARED)
			many[i].target = many[(size_t)rand_r(seed) % i].id;
	}
}

static size_t state_of(const struct fold *f, uint8_t *out, size_t cap)
{
	struct sink k = sink_on(out, cap);

	fold_write(f, &k);
	assert_false(k.full);
	return k.n;
}

TEST(shuffled_and_repeated_events_give_the_same_bytes)
{
	static uint8_t want[1 << 16], got[1 << 16];
	unsigned seed = 20251006;
	struct fold *fold;
	UNUSED(state);

	assert_ok(fold_open(&fold));
	make_many(&seed);
	for (size_t i = 0; i < MANY; i++)
		assert_ok(fold_add(fold, &many[i]));
	size_t n = state_of(fold, want, sizeof(want));
	assert_true(n > 1000);
	for (int round = 0; round < 50; round++) {
		struct fold *other;
		assert_ok(fold_open(&other));
		for (size_t i = MANY - 1; i > 0; i--) {
			size_t k = (size_t)rand_r(&seed) % (i + 1);
			struct event e = many[i];
			many[i] = many[k];
			many[k] = e;
		}
		for (size_t i = 0; i < MANY; i++) {
			assert_ok(fold_add(other, &many[i]));
			assert_ok(fold_add(other, &many[(size_t)rand_r(&seed) % MANY]));
		}
		assert_int_equal(state_of(other, got, sizeof(got)), n);
		assert_memory_equal(got, want, n);
		fold_close(other);
	}
	fold_close(fold);
}

TEST(two_halves_agree_once_they_meet)
{
	static uint8_t one[1 << 16], two[1 << 16];
	struct fold *fold, *other;
	unsigned seed = 5;
	UNUSED(state);

	assert_ok(fold_open(&fold));
	make_many(&seed);
	assert_ok(fold_open(&other));
	for (size_t i = 0; i < MANY; i++)
		assert_ok(fold_add(i % 2 ? fold : other, &many[i]));
	for (size_t i = 0; i < MANY; i++)
		assert_ok(fold_add(i % 2 ? other : fold, &many[i]));
	size_t n = state_of(fold, one, sizeof(one));
	assert_int_equal(state_of(other, two, sizeof(two)), n);
	assert_memory_equal(one, two, n);
	fold_close(other);
	fold_close(fold);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(shuffled_and_repeated_events_give_the_same_bytes),
	cmocka_unit_test(two_halves_agree_once_they_meet),
};

RUN_TESTS(tests)
