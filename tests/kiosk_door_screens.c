/* Every screen of a door as it is drawn: in four languages, sizes and looks. */
#include "test.h"

#include "door_scenes.h"
#include "screen_judges.h"

static const struct scene_set door = {door_scenes, DOOR_SCENES, scene_styles, scene_sizes};

TEST(every_screen_fits_its_list_and_its_glass)
{
	judge_each(&door, judge_list);
}

TEST(every_target_is_large_apart_and_speaks)
{
	judge_each(&door, judge_regions);
}

TEST(every_text_fits_its_box)
{
	judge_each(&door, judge_fit);
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
