/* Every screen of the desk as it is drawn: in four languages, sizes and looks. */
#include "test.h"

#include "desk_scenes.h"
#include "screen_judges.h"

static const struct scene_set desk = {desk_scenes, DESK_SCENES, desk_styles, scene_sizes};

static void judge_scene(const char *where, const struct size *z, const struct style *y)
{
	UNUSED(z);
	UNUSED(y);
	/* The scene's own name stands before the language. */
	for (size_t i = 0; i < DESK_SCENES; i++) {
		size_t n = strlen(desk_scenes[i].name);
		if (strncmp(where, desk_scenes[i].name, n) == 0 && where[n + 3] == '-' &&
			where[n + 4] >= '0' && where[n + 4] <= '9' &&
			v.m.screen != desk_scenes[i].screen)
			fault(where, "another screen", (struct rect){0});
	}
}

TEST(every_scene_leads_to_its_screen)
{
	judge_each(&desk, judge_scene);
}

TEST(every_screen_fits_its_list_and_its_glass)
{
	judge_each(&desk, judge_list);
}

TEST(every_target_is_large_apart_and_speaks)
{
	judge_each(&desk, judge_regions);
}

TEST(every_text_fits_its_box)
{
	judge_each(&desk, judge_fit);
}

TEST(every_screen_is_drawn_as_expected)
{
	judge_goldens(&desk);
}

TEST(the_painter_knows_every_character_and_picture)
{
	judge_pictures(&desk);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_scene_leads_to_its_screen),
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
