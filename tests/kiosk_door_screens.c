/* Every screen of a door as it is drawn: in four languages, sizes and looks. */
#include "test.h"

#include "door_scenes.h"
#include "screen_judges.h"

static const struct scene_set door = {door_scenes, DOOR_SCENES, scene_styles, scene_sizes};

TEST(every_screen_fits_its_list_and_its_glass)
{
	faults = 0;
	scene_each(&door, &v, &d, judge_list);
	assert_int_equal(faults, 0);
}

TEST(every_target_is_large_apart_and_speaks)
{
	faults = 0;
	scene_each(&door, &v, &d, judge_regions);
	assert_int_equal(faults, 0);
}

TEST(every_text_fits_its_box)
{
	faults = 0;
	scene_each(&door, &v, &d, judge_fit);
	assert_int_equal(faults, 0);
}

TEST(every_screen_is_drawn_as_expected)
{
	judge_goldens(&door);
}

TEST(the_painter_knows_every_character_and_picture)
{
	judge_pictures(&door);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_screen_fits_its_list_and_its_glass),
	cmocka_unit_test(every_target_is_large_apart_and_speaks),
	cmocka_unit_test(every_text_fits_its_box),
	cmocka_unit_test(every_screen_is_drawn_as_expected),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
