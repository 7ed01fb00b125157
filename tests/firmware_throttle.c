/* The throttle: 1,000 wrong PINs wait for days, however often the board is turned off in between. */
#include "test.h"

#include "throttle.h"

static const uint8_t card[STAFF_SIGNER] = {1}, other_card[STAFF_SIGNER] = {2};
static const uint8_t today[EVENT_BOOT] = {1}, tomorrow[EVENT_BOOT] = {2};

static struct throttle t;

static int set_up(void **state)
{
	UNUSED(state);
	t = throttle_for(card);
	return 0;
}

static void see(unsigned kind, const uint8_t signer[static STAFF_SIGNER],
	const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	struct event e = {.kind = (uint16_t)kind, .boot_ms = boot_ms, .payload_n = STAFF_SIGNER};

	memcpy(e.boot, boot, EVENT_BOOT);
	memcpy(e.payload, signer, STAFF_SIGNER);
	throttle_see(&t, &e);
}

static void refuse(unsigned times, int64_t boot_ms)
{
	for (unsigned i = 0; i < times; i++)
		see(EVENT_STAFF_REFUSED, card, today, boot_ms);
}

#define assert_wait(boot, boot_ms, ms) assert_int_equal(throttle_wait(&t, boot, boot_ms), ms)

TEST(five_tries_are_free)
{
	UNUSED(state);

	for (unsigned i = 0; i < THROTTLE_TRIES; i++) {
		assert_wait(today, 1000, 0);
		refuse(1, 1000);
	}
	assert_wait(today, 1000, 30000);
}

TEST(then_the_wait_doubles_up_to_a_quarter_of_an_hour)
{
	static const int64_t waits[] = {30, 60, 120, 240, 480, 900, 900, 900};
	int64_t now = 1000;
	UNUSED(state);

	refuse(THROTTLE_TRIES, now);
	for (size_t i = 0; i < COUNT(waits); i++) {
		assert_wait(today, now, 1000 * waits[i]);
		assert_wait(today, now + 1000 * waits[i] - 1, 1);
		now += 1000 * waits[i];
		assert_wait(today, now, 0);
		refuse(1, now);
	}
}

TEST(the_right_pin_gives_five_tries_again)
{
	UNUSED(state);

	refuse(THROTTLE_TRIES + 3, 1000);
	see(EVENT_STAFF_UNLOCKED, card, today, 2000);
	assert_wait(today, 2000, 0);
	refuse(THROTTLE_TRIES - 1, 2000);
	assert_wait(today, 2000, 0);
	refuse(1, 2000);
	assert_wait(today, 2000, 30000);
}

TEST(another_card_neither_waits_nor_ends_a_wait)
{
	UNUSED(state);

	refuse(THROTTLE_TRIES, 1000);
	see(EVENT_STAFF_UNLOCKED, other_card, today, 1000);
	assert_wait(today, 1000, 30000);
	set_up(NULL);
	for (unsigned i = 0; i < 50; i++)
		see(EVENT_STAFF_REFUSED, other_card, today, 1000);
	assert_wait(today, 1000, 0);
}

TEST(a_reboot_ends_no_wait_and_time_without_power_is_none)
{
	UNUSED(state);

	refuse(THROTTLE_TRIES, 100000);
	assert_wait(tomorrow, 0, 30000);
	assert_wait(tomorrow, 29999, 1);
	assert_wait(tomorrow, 30000, 0);
}

TEST(powered_on_time_of_earlier_boots_counts_as_far_as_events_prove_it)
{
	static const uint8_t after[EVENT_BOOT] = {3};
	UNUSED(state);

	refuse(THROTTLE_TRIES, 100000);
	see(EVENT_ARRIVED, other_card, today, 110000);
	see(EVENT_HEALTH, card, tomorrow, 5000);
	see(EVENT_HEALTH, card, tomorrow, 8000);
	assert_wait(after, 0, 12000);
	assert_wait(after, 12000, 0);
}

TEST(a_clock_that_runs_backwards_shortens_nothing)
{
	UNUSED(state);

	refuse(THROTTLE_TRIES, 100000);
	see(EVENT_HEALTH, card, today, 90000);
	see(EVENT_HEALTH, card, today, INT64_MIN);
	see(EVENT_HEALTH, card, today, 100000);
	assert_wait(today, 100000, 30000);
	assert_wait(today, INT64_MIN, 30000);
	see(EVENT_HEALTH, card, today, INT64_MAX);
	assert_wait(today, INT64_MAX, 0);
}

TEST(events_that_only_look_like_refusals_do_not_count)
{
	UNUSED(state);

	for (uint16_t n = 0; n <= 2 * STAFF_SIGNER; n++) {
		struct event e = {.kind = EVENT_STAFF_REFUSED, .payload_n = n};
		memcpy(e.payload, card, STAFF_SIGNER);
		if (n != STAFF_SIGNER)
			throttle_see(&t, &e);
	}
	see(EVENT_STAFF_REFUSED + 1000, card, today, 1);
	assert_int_equal(t.refused, 0);
}

/* A thief with the card and a board, who turns the board off and on as he likes: each try is allowed only
 * after its wait, and a thousand take more than nine days. */
TEST(a_thousand_wrong_pins_never_unlock_with_reboots_in_between)
{
	uint8_t boot[EVENT_BOOT] = {1};
	int64_t boot_ms = 0, powered_ms = 0;
	unsigned refused = 0, seed = 4;
	UNUSED(state);

	for (unsigned turn = 0; refused < 1000; turn++) {
		if (rand_r(&seed) % 3 == 0) {
			boot[0]++;
			boot_ms = 0;
		}
		if (throttle_wait(&t, boot, boot_ms) == 0) {
			see(EVENT_STAFF_REFUSED, card, boot, boot_ms);
			refused++;
			assert_int_equal(t.refused, refused);
			if (refused >= THROTTLE_TRIES)
				assert_true(throttle_wait(&t, boot, boot_ms) >= THROTTLE_FIRST_MS);
		}
		boot_ms += 20000;
		powered_ms += 20000;
		see(EVENT_HEALTH, card, boot, boot_ms);
		assert_true(turn < 1000000);
	}
	assert_true(powered_ms >= (int64_t)(1000 - 11) * THROTTLE_MOST_MS);
}

#define AT(name) cmocka_unit_test_setup(name, set_up)
static const struct CMUnitTest tests[] = {
	AT(five_tries_are_free),
	AT(then_the_wait_doubles_up_to_a_quarter_of_an_hour),
	AT(the_right_pin_gives_five_tries_again),
	AT(another_card_neither_waits_nor_ends_a_wait),
	AT(a_reboot_ends_no_wait_and_time_without_power_is_none),
	AT(powered_on_time_of_earlier_boots_counts_as_far_as_events_prove_it),
	AT(a_clock_that_runs_backwards_shortens_nothing),
	AT(events_that_only_look_like_refusals_do_not_count),
	AT(a_thousand_wrong_pins_never_unlock_with_reboots_in_between),
};

RUN_TESTS(tests)
