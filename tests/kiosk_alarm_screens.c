/* The emergency as it is drawn: on glass of every size it can be read from afar, every other screen has room
 * for its words, and the desk's form is a screen like any other. */
#include "test.h"

#include "alarm_scenes.h"
#include "desk_scenes.h"
#include "screen_judges.h"

static const struct scene_set alarms = {alarm_scenes, ALARM_SCENES, desk_styles, scene_sizes};
static const struct scene_set desk = {desk_scenes, DESK_SCENES, desk_styles, scene_sizes};

/* What hangs in halls. */
static const struct size walls[] = {{"1280x720", 1280, 720}, {"1920x1080", 1920, 1080},
	{"3840x2160", 3840, 2160}, {"1080x1920", 1080, 1920}};

TEST(every_screen_fits_its_list_and_its_glass)
{
	judge_each(&alarms, judge_list);
}

/* The emergency itself is spoken, and nothing on it can be pressed. */
static void judge_targets(const char *where, const struct size *z, const struct style *y)
{
	if (v.m.screen != SCREEN_EMERGENCY) {
		judge_regions(where, z, y);
		return;
	}
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_REGION && d.commands[i].state != REGION_DISABLED)
			fault(where, "can be pressed", d.commands[i].at);
}

TEST(every_target_is_large_apart_and_speaks)
{
	judge_each(&alarms, judge_targets);
}

TEST(every_text_fits_its_box)
{
	judge_each(&alarms, judge_fit);
}

TEST(every_screen_is_drawn_as_expected)
{
	judge_goldens(&alarms);
}

TEST(the_painter_knows_every_character_and_picture)
{
	judge_pictures(&alarms);
}

/* The longest text there is, above a screen that knew nothing of it. */
static void with_alarm(const struct scene_set *set, const struct style *y, const struct size *z)
{
	char text[EMERGENCY_TEXT + 1], where[96];

	memset(text, 'n', EMERGENCY_TEXT);
	for (size_t i = 7; i < EMERGENCY_TEXT; i += 8)
		text[i] = ' ';
	text[EMERGENCY_TEXT - 1] = 'n';
	text[EMERGENCY_TEXT] = '\0';
	for (size_t i = 0; i < set->n; i++)
		for (int l = 0; l < LANGUAGES; l++) {
			snprintf(where, sizeof(where), "%s-%s-%s-%s under an emergency",
				set->scenes[i].name, language_codes[l], z->name, y->name);
			scene_see(&v, &d, &set->scenes[i], (enum language)l, z, y);
			v.m.alarm.on = true;
			v.m.alarm.n = EMERGENCY_TEXT;
			memcpy(v.m.alarm.said, text, EMERGENCY_TEXT);
			app_view(&v.m, &v.m.look, &d);
			judge_list(where, z, y);
			judge_regions(where, z, y);
			judge_fit(where, z, y);
		}
}

TEST(every_other_screen_has_room_for_its_words)
{
	faults = 0;
	for (size_t z = 0; z < SCENE_SIZES; z++)
		for (size_t y = 0; y < SCENE_STYLES; y++) {
			with_alarm(&all_scenes, &scene_styles[y], &scene_sizes[z]);
			with_alarm(&desk, &desk_styles[y], &scene_sizes[z]);
		}
	assert_int_equal(faults, 0);
}

/* The size of the text that holds these words; 0: there is none. */
static int32_t size_of(struct span words)
{
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_TEXT &&
			span_equal(draw_text_of(&d, &d.commands[i]), words))
			return d.commands[i].style.size;
	return 0;
}

/* Capitals of 1/200 of eight metres on a 43-inch panel, 535 mm on its shorter side; they are 71 hundredths of
 * an em. */
static int32_t least_em(const struct size *z)
{
	int32_t side = z->width < z->height ? z->width : z->height;

	return (side * 40 * 100 / 535 + 70) / 71;
}

TEST(thirty_letters_in_each_of_four_languages_are_read_from_eight_metres)
{
	const char *const said[] = {alarm_one, alarm_four};

	for (size_t i = 0; i < COUNT(walls); i++)
		for (size_t k = 0; k < COUNT(said); k++) {
			visitor_start(&v, walls[i].width, walls[i].height);
			alarm_tell(&v, said[k]);
			app_view(&v.m, &v.m.look, &d);
			struct emergency e;
			assert_ok(emergency_read(&e, span_of(said[k])));
			if (e.everybody.p)
				assert_true(size_of(e.everybody) >= least_em(&walls[i]));
			for (int l = 0; l < LANGUAGES; l++)
				if (e.in[l].p && size_of(e.in[l]) < least_em(&walls[i]))
					fail_msg("%s: %d of %d", walls[i].name, size_of(e.in[l]),
						least_em(&walls[i]));
			faults = 0;
			judge_fit(walls[i].name, &walls[i], &desk_styles[0]);
			assert_int_equal(faults, 0);
		}
}

TEST(on_every_wall_every_emergency_fits)
{
	faults = 0;
	shots = getenv("FOYER_SHOTS");
	for (size_t i = 0; i < COUNT(walls); i++)
		for (size_t s = 0; s < ALARM_GLASS; s++) {
			struct painter_report report = {0};
			char path[512];
			scene_see(
				&v, &d, &alarm_scenes[s], LANGUAGE_EN, &walls[i], &desk_styles[0]);
			judge_list(walls[i].name, &walls[i], &desk_styles[0]);
			judge_fit(walls[i].name, &walls[i], &desk_styles[0]);
			if (!shots)
				continue;
			snprintf(path, sizeof(path), "%s/wall-%s-%s.png", shots,
				alarm_scenes[s].name, walls[i].name);
			assert_ok(shot(painter, &d, walls[i].width, walls[i].height, PALETTE_NORMAL,
				path, &report));
		}
	assert_int_equal(faults, 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_screen_fits_its_list_and_its_glass),
	cmocka_unit_test(every_target_is_large_apart_and_speaks),
	cmocka_unit_test(every_text_fits_its_box),
	cmocka_unit_test(every_screen_is_drawn_as_expected),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
	cmocka_unit_test(every_other_screen_has_room_for_its_words),
	cmocka_unit_test(thirty_letters_in_each_of_four_languages_are_read_from_eight_metres),
	cmocka_unit_test(on_every_wall_every_emergency_fits),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
