/* Every venue screen as it is drawn: in four languages, sizes and looks. FOYER_SHOTS=DIR writes PNGs. */
#include "test.h"

#include "screen_judges.h"
#include "venue_scenes.h"
#include "venue_view.h"
#include "when.h"

/* A 43-inch panel, 16:9, and capitals of Noto Sans. */
enum { PANEL_SHORTER_MM = 535, CAPITAL_PERMILLE = 714 };

/* Which scene is judged, and the height of the smallest capitals of what must be read in it. */
static double capital_mm(const struct draw_command *c, const struct size *z)
{
	int shorter = z->width < z->height ? z->width : z->height;
	struct painter_fit fit;

	assert_int_not_equal(painter_measure(painter, &d, c, &fit), ERR_ABSENT);
	return (double)fit.size * CAPITAL_PERMILLE / 1000 * PANEL_SHORTER_MM / shorter;
}

static void each_is_at_least(const char *where, const struct size *z, struct span text, double mm)
{
	char said[128] = "is not there";
	size_t seen = 0;

	for (size_t i = 0; i < d.n && text.n > 0; i++) {
		const struct draw_command *c = &d.commands[i];
		if (c->op != DRAW_TEXT || !span_equal(draw_text_of(&d, c), text))
			continue;
		double is = capital_mm(c, z);
		seen += is >= mm;
		snprintf(said, sizeof(said), "%.*s: %.1f mm, not %.0f",
			(int)(text.n < 40 ? text.n : 40), (const char *)text.p, is, mm);
	}
	if (text.n > 0 && seen == 0)
		fault(where, said, (struct rect){0});
}

TEST(every_screen_fits_its_list_and_its_glass)
{
	judge_each(&all_venue_scenes, judge_list);
}

TEST(every_text_fits_its_box)
{
	judge_each(&all_venue_scenes, judge_fit);
}

/* The ink of each. */
static void judge_apart(const char *where, const struct size *z, const struct style *y)
{
	struct rect ink[64];
	size_t n = 0;
	UNUSED(z);
	UNUSED(y);

	for (size_t i = 0; i < d.n; i++) {
		struct painter_fit fit;
		if (d.commands[i].op != DRAW_TEXT)
			continue;
		assert_int_not_equal(
			painter_measure(painter, &d, &d.commands[i], &fit), ERR_ABSENT);
		assert_true(n < COUNT(ink));
		ink[n++] = fit.ink;
		for (size_t k = 0; k + 1 < n; k++)
			if (overlap(ink[k], ink[n - 1]))
				fault(where, "two texts touch", ink[n - 1]);
	}
}

TEST(no_two_texts_touch)
{
	faults = 0;
	scene_each(&all_venue_scenes, &v, &d, judge_apart);
	assert_int_equal(faults, 0);
}

TEST(every_screen_is_drawn_as_expected)
{
	judge_goldens(&all_venue_scenes);
}

TEST(the_painter_knows_every_character_and_picture)
{
	judge_pictures(&all_venue_scenes);
}

TEST(nothing_can_be_touched)
{
	for (size_t s = 0; s < VENUE_SCENES; s++) {
		scene_see(&v, &d, &venue_scenes[s], LANGUAGE_EN, all_venue_scenes.sizes,
			all_venue_scenes.styles);
		for (size_t i = 0; i < d.n; i++)
			assert_int_not_equal(d.commands[i].op, DRAW_REGION);
	}
}

/* What is of the first row: its time, its room. */
static void judge_far(const char *where, const struct size *z, const struct style *y)
{
	const struct venue *venue = &v.m.venue;
	const struct venue_entry *e = &venue->entries[0];
	bool list = v.m.screen != SCREEN_ROOM;
	UNUSED(y);

	if (venue->entry_n == 0 || (!list && venue_runs(e, VISITOR_NOW)) || strstr(where, "-long-"))
		return;
	struct venue_moment when = venue_when(venue, e);
	uint8_t clock[8];
	struct sink k = sink_on(clock, sizeof(clock));
	when_time(&k, when.at, when.offset);
	each_is_at_least(where, z, (struct span){clock, k.n}, 40);
	if (v.m.screen == SCREEN_LOBBY)
		each_is_at_least(where, z, venue_text(venue, e->room), 36);
}

TEST(time_and_room_are_read_from_8_m)
{
	judge_each(&all_venue_scenes, judge_far);
}

/* The title of what is shown first, and that it is large. */
static void judge_title(const char *where, const struct size *z, const struct style *y)
{
	const struct venue *venue = &v.m.venue;
	const struct venue_entry *e = &venue->entries[0];
	UNUSED(y);

	if (venue->entry_n == 0)
		return;
	struct span title =
		venue_main_title(venue_text(venue, texts_in(&e->title, venue->languages[0])));
	bool upright = z->height > z->width, longest = strstr(where, "-long-");
	bool less = strstr(where, "offline") || strstr(where, "doubtful") ||
		    strstr(where, "changed") || strstr(where, "moved");
	double mm = longest ? 14 : upright ? 30 : 40;
	each_is_at_least(where, z, title, less ? mm * 3 / 4 : mm);
}

TEST(a_title_is_read_from_8_m_upright_from_6_and_the_longest_from_3)
{
	judge_each(&all_venue_scenes, judge_title);
}

/* Glasses that are turned upright without being long, and one that is very long. */
TEST(upright_glass_shows_as_many_rows_as_it_is_high_for)
{
	static const struct size glasses[SCENE_SIZES] = {
		{"1200x1920", 1200, 1920},
		{"1200x1600", 1200, 1600},
		{"1024x1280", 1024, 1280},
		{"1440x3440", 1440, 3440},
	};
	const struct scene_set set = {venue_scenes, VENUE_LONG, all_venue_scenes.styles, glasses};

	faults = 0;
	scene_each(&set, &v, &d, judge_apart);
	assert_int_equal(faults, 0);
	judge_each(&set, judge_fit);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_screen_fits_its_list_and_its_glass),
	cmocka_unit_test(every_text_fits_its_box),
	cmocka_unit_test(no_two_texts_touch),
	cmocka_unit_test(every_screen_is_drawn_as_expected),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
	cmocka_unit_test(nothing_can_be_touched),
	cmocka_unit_test(time_and_room_are_read_from_8_m),
	cmocka_unit_test(a_title_is_read_from_8_m_upright_from_6_and_the_longest_from_3),
	cmocka_unit_test(upright_glass_shows_as_many_rows_as_it_is_high_for),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
