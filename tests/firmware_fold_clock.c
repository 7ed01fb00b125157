/* The fold: a signed time mends the clocks of its boot, whenever it comes in. */
#include "test.h"

#include "fold.h"
#include "help/judges.h"

enum { OFFSET = 1000000, MANY = 400, BOOTS = 4, PEOPLE = 9 };

static const uint8_t anna[EVENT_PERSON] = {0xa, 1}, ben[EVENT_PERSON] = {0xb, 2};
static const uint8_t today[EVENT_BOOT] = {1}, tomorrow[EVENT_BOOT] = {2}, none[EVENT_BOOT];

static struct fold *fold;
static uint64_t seq;

static int set_up(void **state)
{
	UNUSED(state);
	seq = 0;
	if (fold_open(&fold) != OK)
		return -1;
	fold_believe(fold, judge_all, NULL);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	fold_close(fold);
	return 0;
}

/* An event a second after the one before; its wall clock says 1970. */
static struct event event(unsigned kind, const uint8_t boot[static EVENT_BOOT])
{
	struct event e = {.kind = (uint16_t)kind, .issue = 1};

	seq++;
	e.id = (struct event_id){.board = {1}, .epoch = 1, .seq = seq};
	memcpy(e.boot, boot, EVENT_BOOT);
	e.boot_ms = 1000 * (int64_t)seq;
	e.wall_ms = (int64_t)seq;
	e.hash[0] = (uint8_t)seq;
	e.hash[1] = (uint8_t)(seq >> 8);
	return e;
}

static struct event arrival(
	const uint8_t person[static EVENT_PERSON], const uint8_t boot[static EVENT_BOOT])
{
	struct event e = event(EVENT_ARRIVED, boot);

	memcpy(e.person, person, EVENT_PERSON);
	return e;
}

static struct event clock_of(const uint8_t boot[static EVENT_BOOT], int64_t offset)
{
	struct event e = event(EVENT_CLOCK, boot);

	e.payload_n = 8;
	store_u64(e.payload, (uint64_t)offset);
	return e;
}

static struct event undo_of(const struct event *target)
{
	struct event e = event(EVENT_UNDO, today);

	e.target = target->id;
	return e;
}

static void add(struct event e)
{
	assert_ok(fold_add(fold, &e));
}

static void assert_arrived_at(
	const uint8_t person[static EVENT_PERSON], int64_t wall_ms, bool trusted)
{
	struct fold_person p;

	assert_ok(fold_find(fold, person, &p));
	assert_int_equal(p.arrival.wall_ms, wall_ms);
	assert_int_equal(p.arrival.trusted, trusted);
}

TEST(a_signed_time_mends_what_came_before_and_after_it)
{
	add(arrival(anna, today));
	assert_arrived_at(anna, 1, false);
	add(clock_of(today, OFFSET));
	assert_arrived_at(anna, OFFSET + 1000, true);
	add(arrival(ben, today));
	assert_arrived_at(ben, OFFSET + 3000, true);
}

TEST(clocks_that_were_trusted_are_left_alone)
{
	struct event e = arrival(anna, today);

	e.trusted = true;
	e.wall_ms = 77;
	add(e);
	add(clock_of(today, OFFSET));
	assert_arrived_at(anna, 77, true);
}

TEST(another_boot_is_another_clock)
{
	add(arrival(anna, today));
	add(clock_of(tomorrow, OFFSET));
	assert_arrived_at(anna, 1, false);
}

TEST(machines_without_a_boot_id_do_not_mend_each_other)
{
	add(arrival(anna, none));
	add(clock_of(none, OFFSET));
	assert_arrived_at(anna, 1, false);
}

TEST(a_signed_time_that_is_no_number_mends_nothing)
{
	for (uint16_t n = 0; n < 17; n++) {
		struct event e = clock_of(today, OFFSET);
		e.payload_n = n;
		if (n != 8)
			add(e);
	}
	add(arrival(anna, today));
	assert_arrived_at(anna, (int64_t)seq, false);
}

TEST(of_several_signed_times_the_lowest_id_counts)
{
	struct event first = clock_of(today, OFFSET), second = clock_of(today, 2 * OFFSET),
		     third = clock_of(today, 3 * OFFSET);
	struct event e = arrival(anna, today);

	first.id.board[0] = 1;
	second.id.board[0] = 2;
	third.id.board[0] = 3;
	second.wall_ms = -5;
	add(e);
	add(third);
	assert_arrived_at(anna, 3 * OFFSET + 4000, true);
	add(first);
	assert_arrived_at(anna, OFFSET + 4000, true);
	add(second);
	assert_arrived_at(anna, OFFSET + 4000, true);
	add(undo_of(&first));
	assert_arrived_at(anna, 2 * OFFSET + 4000, true);
	add(undo_of(&third));
	add(undo_of(&second));
	assert_arrived_at(anna, 4, false);
}

TEST(a_signed_time_that_is_undone_before_it_comes_mends_nothing)
{
	struct event clock = clock_of(today, OFFSET);

	add(arrival(anna, today));
	add(undo_of(&clock));
	add(clock);
	assert_arrived_at(anna, 2, false);
}

TEST(a_mended_clock_can_make_a_double_the_arrival)
{
	struct event early = arrival(anna, today), late = arrival(anna, tomorrow);
	struct fold_person p;

	late.trusted = true;
	late.wall_ms = OFFSET + 5000;
	add(late);
	add(early);
	assert_arrived_at(anna, late.wall_ms, true);
	add(clock_of(today, OFFSET));
	assert_arrived_at(anna, OFFSET + 1000, true);
	assert_ok(fold_find(fold, anna, &p));
	assert_int_equal(p.doubles, 1);
}

TEST(a_cloned_signed_time_gives_way_to_the_lower_hash)
{
	struct event high = clock_of(today, OFFSET), low = high;

	high.hash[0] = 9;
	low.hash[0] = 8;
	store_u64(low.payload, 2 * OFFSET);
	add(arrival(anna, today));
	add(high);
	assert_arrived_at(anna, OFFSET + 2000, true);
	assert_err(fold_add(fold, &low), ERR_FORGED);
	assert_arrived_at(anna, 2 * OFFSET + 2000, true);
	/* and to one that mends another boot */
	memcpy(low.boot, tomorrow, EVENT_BOOT);
	low.hash[0] = 7;
	assert_err(fold_add(fold, &low), ERR_FORGED);
	assert_arrived_at(anna, 2, false);
}

TEST(a_cloned_arrival_is_mended_in_its_own_boot)
{
	struct event high = arrival(anna, today), low = high;

	high.hash[0] = 9;
	low.hash[0] = 8;
	memcpy(low.boot, tomorrow, EVENT_BOOT);
	add(high);
	assert_err(fold_add(fold, &low), ERR_FORGED);
	add(clock_of(today, OFFSET));
	assert_arrived_at(anna, 1, false);
	add(clock_of(tomorrow, 2 * OFFSET));
	assert_arrived_at(anna, 2 * OFFSET + 1000, true);
}

TEST(an_endless_offset_is_no_fault)
{
	struct event e = arrival(anna, today);
	struct fold_person p;

	e.boot_ms = INT64_MAX;
	add(e);
	add(clock_of(today, INT64_MAX));
	assert_ok(fold_find(fold, anna, &p));
	e = arrival(ben, tomorrow);
	e.boot_ms = INT64_MIN;
	add(e);
	add(clock_of(tomorrow, INT64_MIN));
	assert_ok(fold_find(fold, ben, &p));
}

static struct event many[MANY];

static void make_many(unsigned *seed)
{
	static const unsigned kinds[] = {EVENT_ARRIVED, EVENT_ARRIVED, EVENT_BADGE_PREPARED,
		EVENT_BADGE_PRINTED, EVENT_BADGE_UNCERTAIN, EVENT_UNDO, EVENT_CLOCK};

	for (size_t i = 0; i < MANY; i++) {
		uint8_t boot[EVENT_BOOT] = {(uint8_t)(rand_r(seed) % BOOTS)};
		many[i] = event(kinds[(size_t)rand_r(seed) % COUNT(kinds)], boot);
		many[i].id.board[0] = (uint8_t)(1 + rand_r(seed) % 3);
		many[i].person[0] = (uint8_t)(1 + rand_r(seed) % PEOPLE);
		many[i].trusted = rand_r(seed) % 3 == 0;
		many[i].boot_ms = rand_r(seed) % 50;
		many[i].wall_ms = rand_r(seed) % 50;
		many[i].payload_n = 8;
		store_u64(many[i].payload, (uint64_t)(rand_r(seed) % 100) - 50);
		if (i > 0 && many[i].kind != EVENT_BADGE_PREPARED)
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

static void shuffle(unsigned *seed)
{
	for (size_t i = MANY - 1; i > 0; i--) {
		size_t k = (size_t)rand_r(seed) % (i + 1);
		struct event e = many[i];
		many[i] = many[k];
		many[k] = e;
	}
}

TEST(any_order_and_any_repeats_give_the_same_bytes)
{
	static uint8_t want[1 << 16], got[1 << 16];
	unsigned seed = 20251006;

	for (int set = 0; set < 8; set++) {
		size_t n = 0;
		make_many(&seed);
		for (int round = 0; round < 12; round++) {
			struct fold *other;
			assert_ok(fold_open(&other));
			fold_believe(other, judge_all, NULL);
			for (size_t i = 0; i < MANY; i++) {
				assert_ok(fold_add(other, &many[i]));
				assert_ok(fold_add(other, &many[(size_t)rand_r(&seed) % MANY]));
			}
			if (round == 0)
				n = state_of(other, want, sizeof(want));
			assert_int_equal(state_of(other, got, sizeof(got)), n);
			assert_memory_equal(got, want, n);
			fold_close(other);
			shuffle(&seed);
		}
	}
}

/* The rule, told once more and simply: the set, its clocks, then the earliest arrival. */
static bool is_undone(const struct event *e)
{
	for (size_t i = 0; i < MANY; i++)
		if (many[i].kind == EVENT_UNDO && event_id_compare(&many[i].target, &e->id) == 0)
			return true;
	return false;
}

static struct event mended(struct event e)
{
	const struct event *clock = NULL;

	for (size_t i = 0; i < MANY; i++) {
		const struct event *c = &many[i];
		if (c->kind == EVENT_CLOCK && memcmp(c->boot, e.boot, EVENT_BOOT) == 0 &&
			!is_undone(c) && (!clock || event_id_compare(&c->id, &clock->id) < 0))
			clock = c;
	}
	if (e.trusted || !clock || e.boot[0] == 0)
		return e;
	e.trusted = true;
	e.wall_ms = e.boot_ms + (int64_t)load_u64(clock->payload);
	return e;
}

TEST(the_arrival_is_the_one_that_the_rule_names)
{
	unsigned seed = 7;

	make_many(&seed);
	for (size_t i = 0; i < MANY; i++)
		add(many[i]);
	for (uint8_t who = 1; who <= PEOPLE; who++) {
		uint8_t person[EVENT_PERSON] = {who};
		struct event first = {0};
		for (size_t i = 0; i < MANY; i++) {
			struct event e = mended(many[i]);
			if (e.kind == EVENT_ARRIVED && e.person[0] == who && !is_undone(&e) &&
				(first.kind == 0 || event_compare(&e, &first) < 0))
				first = e;
		}
		assert_int_equal(first.kind, EVENT_ARRIVED);
		assert_arrived_at(person, first.wall_ms, first.trusted);
	}
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(a_signed_time_mends_what_came_before_and_after_it),
	AT(clocks_that_were_trusted_are_left_alone),
	AT(another_boot_is_another_clock),
	AT(machines_without_a_boot_id_do_not_mend_each_other),
	AT(a_signed_time_that_is_no_number_mends_nothing),
	AT(of_several_signed_times_the_lowest_id_counts),
	AT(a_signed_time_that_is_undone_before_it_comes_mends_nothing),
	AT(a_mended_clock_can_make_a_double_the_arrival),
	AT(a_cloned_signed_time_gives_way_to_the_lower_hash),
	AT(a_cloned_arrival_is_mended_in_its_own_boot),
	AT(an_endless_offset_is_no_fault),
	AT(any_order_and_any_repeats_give_the_same_bytes),
	AT(the_arrival_is_the_one_that_the_rule_names),
};

RUN_TESTS(tests)
