/* What is seen of a camera, and of codes that are something else: in four languages, sizes and looks. */
#include "test.h"

#include "eye_scenes.h"
#include "screen_judges.h"

static const struct scene_set eye = {eye_scenes, EYE_SCENES, scene_styles, scene_sizes};

TEST(every_screen_fits_its_list_and_its_glass)
{
	judge_each(&eye, judge_list);
}

TEST(every_target_is_large_apart_and_speaks)
{
	judge_each(&eye, judge_regions);
}

TEST(every_text_fits_its_box)
{
	judge_each(&eye, judge_fit);
}

/* The four languages stand side by side: one picture each. */
TEST(every_code_of_something_else_is_drawn_as_expected)
{
	for (size_t s = 0; s < FOREIGNS; s++) {
		scene_see(&v, &d, &eye_scenes[s], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
		assert_int_equal(v.m.screen, eye_scenes[s].screen);
		assert_screen_golden(&d, "kiosk", eye_scenes[s].name);
	}
}

/* What is seen of the camera is said in one language after the other, or was read by somebody. */
TEST(every_screen_of_the_camera_is_drawn_as_expected)
{
	static const struct scene_set camera = {
		eye_scenes + FOREIGNS, EYE_SCENES - FOREIGNS, scene_styles, scene_sizes};

	judge_goldens(&camera);
}

static bool holds(const char *text)
{
	return memmem(d.bytes, d.bytes_n, text, strlen(text)) != NULL;
}

TEST(a_boarding_pass_is_named_in_four_languages_with_what_to_show_instead)
{
	scene_see(&v, &d, &eye_scenes[FOREIGN_BOARDING], LANGUAGE_EN, &scene_sizes[0],
		&scene_styles[0]);
	assert_true(holds("This is a boarding pass"));
	assert_true(holds("Das ist eine Bordkarte"));
	assert_true(holds("C’est une carte d’embarquement"));
	assert_true(holds("Dit is een instapkaart"));
	assert_true(holds("please show the code of your invitation or badge"));
}

TEST(the_painter_knows_every_character_and_picture)
{
	eye_scene_view(painter);
	judge_pictures(&eye);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_screen_fits_its_list_and_its_glass),
	cmocka_unit_test(every_target_is_large_apart_and_speaks),
	cmocka_unit_test(every_text_fits_its_box),
	cmocka_unit_test(every_code_of_something_else_is_drawn_as_expected),
	cmocka_unit_test(every_screen_of_the_camera_is_drawn_as_expected),
	cmocka_unit_test(a_boarding_pass_is_named_in_four_languages_with_what_to_show_instead),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
