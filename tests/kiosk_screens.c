/* Every screen as it is drawn: in four languages, sizes and looks. FOYER_SHOTS=DIR writes PNGs. */
#include "test.h"

#include "screen_judges.h"

static void see(const struct scene *s, enum language l, const struct size *z, const struct style *y)
{
	scene_see(&v, &d, s, l, z, y);
	assert_int_equal(v.m.screen, s->screen);
}

TEST(every_screen_fits_its_list_and_its_glass)
{
	judge_each(&all_scenes, judge_list);
}

TEST(every_target_is_large_apart_and_speaks)
{
	judge_each(&all_scenes, judge_regions);
}

TEST(every_text_fits_its_box)
{
	judge_each(&all_scenes, judge_fit);
}

static bool holds(const char *text)
{
	struct span want = span_of(text);
	return memmem(d.bytes, d.bytes_n, want.p, want.n) != NULL;
}

TEST(the_idle_screen_invites_in_four_languages_at_once)
{
	see(&scenes[0], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	assert_true(holds("Zeigen Sie Ihren Code"));
	assert_true(holds("Show your code"));
	assert_true(holds("Présentez votre code"));
	assert_true(holds("Toon uw code"));
}

TEST(an_unknown_code_is_explained_in_four_languages_with_time_and_desk)
{
	see(&scenes[13], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	assert_true(holds("This kiosk's list is from 08:15"));
	assert_true(holds("De lijst van deze zuil is van 08:15"));
	assert_true(holds("État de la liste de cette borne : 08:15"));
	assert_true(holds("Stand der Liste dieses Terminals: 08:15"));
	assert_true(holds("Hotel Meridian, Lobby"));
}

TEST(a_protected_person_is_never_named)
{
	see(&scenes[14], LANGUAGE_NL, &scene_sizes[0], &scene_styles[0]);
	assert_false(holds("Anne"));
	assert_false(holds("Peeters"));
	assert_true(holds("protocolbalie"));
}

TEST(a_withheld_day_shows_no_appointment)
{
	see(&scenes[3], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	assert_false(holds("factory"));
	assert_false(holds("Room 204"));
	assert_false(holds("print-agenda"));
	assert_true(holds("print-badge"));
}

TEST(a_name_of_a_hundred_characters_stands_whole)
{
	see(&scenes[2], LANGUAGE_DE, &scene_sizes[3], &scene_styles[2]);
	assert_true(holds("Marie-Antoinette-Philippine-Wilhelmina-Christophorine-Emmanuelle"));
}

TEST(a_screen_speaks_one_language_only)
{
	static const char *const marks[LANGUAGES] = {"Fertig", "Done", "Terminer", "Klaar"};
	for (int l = 0; l < LANGUAGES; l++) {
		see(&scenes[1], (enum language)l, &scene_sizes[0], &scene_styles[0]);
		for (int k = 0; k < LANGUAGES; k++)
			assert_int_equal(holds(marks[k]), k == l);
	}
}

TEST(demo_and_amber_lease_stand_in_the_strip)
{
	see(&scenes[5], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	assert_true(holds("DEMO"));
	assert_true(holds("may be out of date"));
}

TEST(the_preview_shows_the_badge_in_its_own_shape)
{
	see(&scenes[7], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *c = &d.commands[i];
		if (c->op != DRAW_PICTURE || !span_equal(draw_text_of(&d, c), span_of("badge")))
			continue;
		assert_in_range(c->at.h * 696 - c->at.w * 1109 + 2000, 0, 4000);
		return;
	}
	fail_msg("no badge");
}

static bool shows(struct span title)
{
	return title.n > 0 && memmem(d.bytes, d.bytes_n, title.p, title.n) != NULL;
}

TEST(an_agenda_shows_four_appointments_at_a_glance)
{
	for (int l = 0; l < LANGUAGES; l++) {
		for (size_t z = 0; z < 3; z++) {
			unsigned n = 0;
			see(&scenes[1], (enum language)l, &scene_sizes[z], &scene_styles[0]);
			const struct guest *g = &v.m.guest;
			for (uint32_t i = 0; i < g->entry_count; i++) {
				const struct entry *e = &g->entries[i];
				n += shows(guest_text(
					g, e->meeting ? e->counterpart : e->title.in[l]));
			}
			assert_in_range(n, 4, g->entry_count);
		}
	}
}

TEST(the_idle_screen_shows_three_activities_to_come)
{
	unsigned n[LANGUAGES] = {0}, most = 0;
	see(&scenes[0], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	const struct programme *p = &v.m.programme;
	for (uint32_t i = 0; i < p->entry_count * LANGUAGES; i++) {
		uint32_t l = i % LANGUAGES;
		n[l] += shows(programme_text(p, p->entries[i / LANGUAGES].title.in[l]));
		most = n[l] > most ? n[l] : most;
	}
	assert_in_range(most, 3, p->entry_count);
}

TEST(the_same_model_gives_the_same_list)
{
	static struct draw before;
	see(&scenes[1], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	memcpy(&before, &d, sizeof(d));
	app_view(&v.m, &v.m.look, &d);
	assert_memory_equal(before.commands, d.commands, d.n * sizeof(*d.commands));
	assert_memory_equal(before.bytes, d.bytes, d.bytes_n);
}

TEST(every_screen_is_drawn_as_expected)
{
	judge_goldens(&all_scenes);
}

TEST(the_painter_knows_every_character_and_picture)
{
	judge_pictures(&all_scenes);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_screen_fits_its_list_and_its_glass),
	cmocka_unit_test(every_target_is_large_apart_and_speaks),
	cmocka_unit_test(every_text_fits_its_box),
	cmocka_unit_test(the_idle_screen_invites_in_four_languages_at_once),
	cmocka_unit_test(an_unknown_code_is_explained_in_four_languages_with_time_and_desk),
	cmocka_unit_test(a_protected_person_is_never_named),
	cmocka_unit_test(a_withheld_day_shows_no_appointment),
	cmocka_unit_test(a_name_of_a_hundred_characters_stands_whole),
	cmocka_unit_test(a_screen_speaks_one_language_only),
	cmocka_unit_test(demo_and_amber_lease_stand_in_the_strip),
	cmocka_unit_test(the_preview_shows_the_badge_in_its_own_shape),
	cmocka_unit_test(an_agenda_shows_four_appointments_at_a_glance),
	cmocka_unit_test(the_idle_screen_shows_three_activities_to_come),
	cmocka_unit_test(the_same_model_gives_the_same_list),
	cmocka_unit_test(every_screen_is_drawn_as_expected),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
