/* The fold: order and repeats change nothing, shown with many seeded events. */
#include "test.h"

#include "fold.h"
#include "help/judges.h"
#include "staff.h"

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
		unsigned kind = 1 + (unsigned)rand_r(seed) % EVENT_SEARCHED;
		many[i] = event(kind, person);
		many[i].id.board[0] = (uint8_t)(1 + rand_r(seed) % 3);
		many[i].trusted = rand_r(seed) % 4 != 0;
		many[i].wall_ms = rand_r(seed) % 50;
		many[i].boot[0] = (uint8_t)(1 + rand_r(seed) % 4);
		many[i].boot_ms = rand_r(seed) % 50;
		many[i].issue = 1 + (uint32_t)rand_r(seed) % 3;
		many[i].activity = (uint16_t)(rand_r(seed) % 3);
		many[i].payload_n = (uint16_t)(kind == EVENT_CLOCK ? 8 : rand_r(seed) % 3 * 50);
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
	fold_believe(fold, judge_by_hash, NULL);
	make_many(&seed);
	for (size_t i = 0; i < MANY; i++)
		assert_ok(fold_add(fold, &many[i]));
	size_t n = state_of(fold, want, sizeof(want));
	assert_true(n > 1000);
	for (int round = 0; round < 50; round++) {
		struct fold *other;
		assert_ok(fold_open(&other));
		if (round % 2)
			fold_believe(other, judge_by_hash, NULL);
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
		fold_believe(other, judge_by_hash, NULL);
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
	fold_believe(fold, judge_by_hash, NULL);
	make_many(&seed);
	assert_ok(fold_open(&other));
	fold_believe(other, judge_by_hash, NULL);
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

/* A roster comes in between, and goes again: what is believed now decides, not what ever was. */
TEST(another_judge_says_the_same_as_if_he_had_been_asked_from_the_start)
{
	static uint8_t want[1 << 16], got[1 << 16];
	static const uint8_t numbers[] = {1, 2, 3};
	struct fold *fold, *fresh;
	unsigned seed = 77;
	UNUSED(state);

	assert_ok(fold_open(&fold));
	make_many(&seed);
	for (size_t i = 0; i < MANY; i++) {
		if (i % 100 == 0)
			fold_believe(fold, judge_by_hash, &numbers[i / 100 % COUNT(numbers)]);
		assert_ok(fold_add(fold, &many[i]));
	}
	for (size_t k = 0; k <= COUNT(numbers); k++) {
		const void *context = k < COUNT(numbers) ? &numbers[k] : NULL;
		fold_judge *judge = k < COUNT(numbers) ? judge_by_hash : NULL;
		fold_believe(fold, judge, context);
		assert_ok(fold_open(&fresh));
		fold_believe(fresh, judge, context);
		for (size_t i = 0; i < MANY; i++)
			assert_ok(fold_add(fresh, &many[MANY - 1 - i]));
		size_t n = state_of(fresh, want, sizeof(want));
		assert_int_equal(state_of(fold, got, sizeof(got)), n);
		assert_memory_equal(got, want, n);
		fold_close(fresh);
	}
	fold_close(fold);
}

/* The rules, told once more and simply, over the set as it is. */

static bool believed(const struct event *e, uint16_t *rights)
{
	*rights = 0;
	return staff_rights_for(e) == 0 || judge_by_hash(NULL, e, rights) == OK;
}

static bool counts(const struct event *e)
{
	uint16_t rights;

	if (!believed(e, &rights))
		return false;
	for (size_t i = 0; i < MANY && e->kind != EVENT_UNDO; i++)
		if (many[i].kind == EVENT_UNDO && believed(&many[i], &rights) &&
			event_id_compare(&many[i].target, &e->id) == 0 &&
			staff_may_undo(rights, e->kind, staff_rights_for(e)))
			return false;
	return true;
}

/* When it happened, by the clock of its boot. */
static struct event mended(const struct event *e)
{
	const struct event *clock = NULL;
	struct event out = *e;

	for (size_t i = 0; i < MANY; i++)
		if (many[i].kind == EVENT_CLOCK && many[i].boot[0] == e->boot[0] &&
			counts(&many[i]) &&
			(!clock || event_id_compare(&many[i].id, &clock->id) < 0))
			clock = &many[i];
	if (clock && !e->trusted) {
		out.trusted = true;
		out.wall_ms = e->boot_ms + (int64_t)load_u64(clock->payload);
	}
	return out;
}

static void attend(const uint8_t *person, uint16_t activity, struct fold_attendance *out)
{
	struct event last = {0}, first = {0};

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < MANY; i++) {
		struct event e = mended(&many[i]);
		bool door = e.kind == EVENT_ENTERED || e.kind == EVENT_LEFT;
		if (memcmp(e.person, person, EVENT_PERSON) != 0 || e.activity != activity ||
			!counts(&many[i]))
			continue;
		out->overrides += e.kind == EVENT_OVERRIDE;
		out->in += e.kind == EVENT_ENTERED;
		out->out += e.kind == EVENT_LEFT;
		if (door && (last.kind == 0 || event_compare(&e, &last) > 0))
			last = e;
		if (e.kind == EVENT_ENTERED && (first.kind == 0 || event_compare(&e, &first) < 0))
			first = e;
	}
	out->entered = first.kind != 0;
	out->first_ms = first.wall_ms;
	out->inside = last.kind == EVENT_ENTERED;
	out->last_ms = last.wall_ms;
}

TEST(the_fold_says_what_the_rules_say)
{
	struct fold_attendance got, want;
	struct fold *fold;
	UNUSED(state);

	for (unsigned seed = 1; seed < 6; seed++) {
		unsigned random = seed;
		assert_ok(fold_open(&fold));
		fold_believe(fold, judge_by_hash, NULL);
		make_many(&random);
		for (size_t i = 0; i < MANY; i++)
			assert_ok(fold_add(fold, &many[i]));
		for (uint16_t activity = 0; activity < 4; activity++) {
			struct fold_activity all, sum = {0};
			for (uint8_t who = 0; who < 12; who++) {
				const uint8_t person[EVENT_PERSON] = {who, 1};
				attend(person, activity, &want);
				bool any = want.in + want.out + want.overrides > 0;
				assert_err(fold_attendance(fold, person, activity, &got),
					any ? OK : ERR_ABSENT);
				assert_memory_equal(&got, &want, sizeof(got));
				sum.entered += want.entered;
				sum.inside += want.inside;
				sum.overrides += want.overrides > 0;
				if (want.last_ms > sum.last_ms)
					sum.last_ms = want.last_ms;
			}
			fold_activity(fold, activity, &all);
			assert_memory_equal(&all, &sum, sizeof(all));
		}
		fold_close(fold);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(shuffled_and_repeated_events_give_the_same_bytes),
	cmocka_unit_test(two_halves_agree_once_they_meet),
	cmocka_unit_test(another_judge_says_the_same_as_if_he_had_been_asked_from_the_start),
	cmocka_unit_test(the_fold_says_what_the_rules_say),
};

RUN_TESTS(tests)
