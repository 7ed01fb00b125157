/* The real kiosk, seeing through the real foyer-scan: films of codes held up to it. */
#include "test.h"

#include "film.h"
#include "kiosk_runs.h"

/* A story before the film of text; its pictures go to shots. */
static void play(const char *text, const char *more, const char *steps)
{
	char line[1024];
	FILE *f = fopen(scratch_name(&runs_folder, "text.story"), "w");

	assert_non_null(f);
	fputs(steps, f);
	fclose(f);
	if (text)
		film_write(scratch_name(&runs_folder, "film.y4m"), text, 6, 6);
	snprintf(line, sizeof(line),
		"rm -rf board; $K --roster roster.foyer --data board --story text.story --shots "
		"shots %s",
		more);
	if (runs_shell(line) != 0)
		fail_msg("%s", runs_said);
}

TEST(a_code_held_up_opens_the_agenda_and_counts_once)
{
	play(runs_code(1), "--scanner camera:film.y4m",
		"expect agenda\n"
		"tap done\n"
		"expect idle\n"
		"expect text \"Deze code is gelezen\"\n"
		"expect no text \"Toon uw code\"\n"
		"wait 100\n"
		"expect idle\n");
	assert_false(runs_said_text("ZQM1"));
}

TEST(whoever_stands_before_the_idle_screen_sees_herself)
{
	film_write(scratch_name(&runs_folder, "film.y4m"), NULL, 2, 0);
	play(NULL, "--scanner camera:film.y4m",
		"expect idle\n"
		"expect picture viewfinder\n"
		"shot camera\n"
		"wait 8000\n"
		"expect idle\n");
	assert_true(runs_size("shots/camera.png") > 0);
}

TEST(a_boarding_pass_is_named_and_not_shown)
{
	play("M1PEETERS/ANNE        EABC123 BRUSFOUA 0951 279J001A0025 100",
		"--scanner camera:film.y4m",
		"expect trouble\n"
		"expect text \"This is a boarding pass\"\n"
		"expect no text \"PEETERS\"\n");
	assert_false(runs_said_text("PEETERS"));
}

/* Longer than any text that the eye hands on: its beginning says what it is. */
TEST(a_health_certificate_is_named)
{
	char text[640] = "HC1:6BF+70790T9WJWG";

	memset(text + strlen(text), 'A', sizeof(text) - 1 - strlen(text));
	play(text, "--scanner camera:film.y4m",
		"expect trouble\n"
		"expect text \"This is a health certificate\"\n");
}

TEST(without_a_camera_the_kiosk_says_so_to_guests_and_to_staff)
{
	play(NULL, "--scanner camera:nowhere",
		"now 2025-10-06T08:40-07:00\n"
		"expect text \"Out of order\"\n"
		"expect text \"Hors service\"\n"
		"wait 8000\n"
		"expect text \"Camera niet gevonden\"\n"
		"scan ZQM1040\n"
		"expect trouble\n");
}

TEST(a_camera_without_a_name_is_wrong_use)
{
	assert_int_equal(runs_shell("$K --roster roster.foyer --scanner camera:"), 2);
	assert_true(runs_said_text("no such address"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_code_held_up_opens_the_agenda_and_counts_once),
	cmocka_unit_test(whoever_stands_before_the_idle_screen_sees_herself),
	cmocka_unit_test(a_boarding_pass_is_named_and_not_shown),
	cmocka_unit_test(a_health_certificate_is_named),
	cmocka_unit_test(without_a_camera_the_kiosk_says_so_to_guests_and_to_staff),
	cmocka_unit_test(a_camera_without_a_name_is_wrong_use),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
