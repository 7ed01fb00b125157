/* The gate: what opens it, what does not, and for how long. */
#include "test.h"

#include "scan_gate.h"

enum { WIDE = 320, HIGH = 180 };
static uint8_t pixels[WIDE * HIGH];
static const struct luma frame = {pixels, WIDE, HIGH, WIDE};
static struct scan_gate gate;
static uint32_t chance;

static uint32_t roll(void)
{
	return (chance = chance * 1664525 + 1013904223) >> 16;
}

/* A room: light from the left, a few things in it, noise of so many levels. */
static void room(unsigned light, unsigned noise)
{
	for (unsigned y = 0; y < HIGH; y++)
		for (unsigned x = 0; x < WIDE; x++) {
			unsigned grey = 60 + x / 4 + (x / 40 + y / 30) % 2 * 60;
			unsigned v = grey * light / 100 + (noise > 0 ? roll() % (2 * noise) : 0);

			pixels[y * WIDE + x] = (uint8_t)(v > 255 ? 255 : v);
		}
}

static void thing(unsigned x, unsigned y, unsigned side, uint8_t grey)
{
	for (unsigned j = 0; j < side; j++)
		memset(pixels + (y + j) * WIDE + x, grey, side);
}

/* A gate that has looked at the room for as long as it does. */
static void closed(unsigned noise)
{
	memset(&gate, 0, sizeof(gate));
	chance = 1;
	for (unsigned i = 0; i < SCAN_GATE_OPEN; i++) {
		room(100, noise);
		assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_LOOK);
	}
}

TEST(a_still_room_is_left_alone_but_for_a_glance)
{
	closed(0);
	for (unsigned i = 1; i <= 4 * SCAN_GATE_GLANCE; i++)
		assert_int_equal(scan_gate_next(&gate, &frame),
			i % SCAN_GATE_GLANCE == 0 ? SCAN_GATE_PEEP : SCAN_GATE_REST);
}

TEST(what_comes_into_the_picture_opens_it_for_as_long_as_before)
{
	closed(0);
	assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_REST);
	thing(200, 80, 24, 20);
	for (unsigned i = 0; i < SCAN_GATE_OPEN; i++)
		assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_LOOK);
	assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_REST);
}

TEST(what_leaves_the_picture_opens_it_too)
{
	closed(0);
	thing(200, 80, 24, 20);
	for (unsigned i = 0; i < SCAN_GATE_OPEN; i++)
		assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_LOOK);
	room(100, 0);
	assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_LOOK);
}

TEST(noise_is_no_movement)
{
	closed(8);
	for (unsigned i = 1; i < SCAN_GATE_GLANCE; i++) {
		room(100, 8);
		assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_REST);
	}
}

TEST(light_that_changes_everywhere_is_no_movement)
{
	static const unsigned lights[] = {95, 90, 80, 70, 110, 100};

	closed(0);
	for (size_t i = 0; i < COUNT(lights); i++) {
		room(lights[i], 0);
		assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_REST);
	}
}

TEST(a_thing_that_comes_while_the_light_changes_is_seen)
{
	closed(0);
	room(80, 0);
	thing(40, 100, 40, 250);
	assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_LOOK);
}

TEST(a_covered_lens_is_never_looked_at)
{
	memset(&gate, 0, sizeof(gate));
	memset(pixels, 3, sizeof(pixels));
	for (unsigned i = 0; i < 2 * SCAN_GATE_GLANCE; i++)
		assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_REST);
	memset(pixels, 255, sizeof(pixels));
	assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_REST);
	room(100, 0);
	assert_int_equal(scan_gate_next(&gate, &frame), SCAN_GATE_LOOK);
}

TEST(frames_of_any_size_are_taken)
{
	static const uint32_t sides[] = {1, 2, 17, 31, 33, 180};

	for (size_t i = 0; i < COUNT(sides); i++)
		for (size_t j = 0; j < COUNT(sides); j++) {
			struct luma small = {pixels, sides[i], sides[j], sides[i]};

			memset(&gate, 0, sizeof(gate));
			(void)scan_gate_next(&gate, &small);
			assert_true(gate.open <= SCAN_GATE_OPEN);
		}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_still_room_is_left_alone_but_for_a_glance),
	cmocka_unit_test(what_comes_into_the_picture_opens_it_for_as_long_as_before),
	cmocka_unit_test(what_leaves_the_picture_opens_it_too),
	cmocka_unit_test(noise_is_no_movement),
	cmocka_unit_test(light_that_changes_everywhere_is_no_movement),
	cmocka_unit_test(a_thing_that_comes_while_the_light_changes_is_seen),
	cmocka_unit_test(a_covered_lens_is_never_looked_at),
	cmocka_unit_test(frames_of_any_size_are_taken),
};
RUN_TESTS(tests)
