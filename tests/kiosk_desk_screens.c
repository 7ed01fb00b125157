/* Every screen of the desk as it is drawn: in four languages, sizes and looks. */
#include "test.h"

#include "desk_scenes.h"
#include "screen_judges.h"

static const struct scene_set desk = {desk_scenes, DESK_SCENES, desk_styles};

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
	faults = 0;
	scene_each_of(&desk, &v, &d, judge_scene);
	assert_int_equal(faults, 0);
}

TEST(every_screen_fits_its_list_and_its_glass)
{
	faults = 0;
	scene_each_of(&desk, &v, &d, judge_list);
	assert_int_equal(faults, 0);
}

TEST(every_target_is_large_apart_and_speaks)
{
	faults = 0;
	scene_each_of(&desk, &v, &d, judge_regions);
	assert_int_equal(faults, 0);
}

TEST(every_text_fits_its_box)
{
	faults = 0;
	scene_each_of(&desk, &v, &d, judge_fit);
	assert_int_equal(faults, 0);
}

TEST(every_screen_is_drawn_as_expected)
{
	for (size_t s = 0; s < DESK_SCENES; s++) {
		for (int l = 0; l < LANGUAGES; l++) {
			char name[96];
			snprintf(name, sizeof(name), "%s-%s", desk_scenes[s].name,
				language_codes[l]);
			scene_see(&v, &d, &desk_scenes[s], (enum language)l, &scene_sizes[0],
				&desk_styles[0]);
			assert_golden(name);
		}
	}
}

TEST(the_painter_knows_every_character_and_picture)
{
	shots = getenv("FOYER_SHOTS");
	if (shots)
		(void)mkdir(shots, 0700);
	faults = 0;
	scene_each_of(&desk, &v, &d, judge_picture);
	assert_int_equal(faults, 0);
}

static int start(void **state)
{
	UNUSED(state);
	return painter_new(&painter) == OK ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	painter_free(painter);
	return 0;
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
