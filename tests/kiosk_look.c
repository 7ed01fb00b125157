/* What a camera sees, on the glass of a whole kiosk: shown alone, mirrored, wiped; and the eye is a fake. */
#include "test.h"

#include "fake_eye.h"
#include "kiosk_runs.h"
#include "options.h"
#include "scan_view.h"
#include "seal.h"
#include "stage.h"
#include "story.h"

enum { WIDTH = 1280, HEIGHT = 800, PATIENCE_MS = 10000, BEATS = 50 };

static struct fake_eye fake;
static struct instant now;
static struct stage stage;
static struct scratch board;
static struct options options;
static char roster[160];

static int set_up(void **state)
{
	UNUSED(state);
	fake_eye_start(&fake);
	scratch_make(&board);
	/* 6 October 2025, 08:40 in San Francisco. */
	now = (struct instant){.wall_ms = 1759765200000, .boot_ms = 1000000};
	clock_fake(&now);
	snprintf(roster, sizeof(roster), "%s/roster.foyer", runs_folder.folder);
	options = (struct options){.roster = roster,
		.data = board.folder,
		.scanner = fake.uri,
		.language = LANGUAGE_EN,
		.width = WIDTH,
		.height = HEIGHT};
	assert_ok(stage_start(&stage, &options, board.folder, false, NULL));
	fake_eye_meet(&fake);
	stage_turn(&stage, 0);
	stage_show(&stage);
	assert_int_equal(stage_model(&stage)->screen, SCREEN_IDLE);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	stage_stop(&stage);
	clock_fake(NULL);
	scratch_remove(&board);
	fake_eye_stop(&fake);
	return 0;
}

static bool wiped(void)
{
	for (size_t i = 0; i < SCAN_VIEW_PIXELS; i++)
		if (stage.secrets->view[i] != 0)
			return false;
	return true;
}

static const struct rect *place(void)
{
	const struct draw *d = stage_frame(&stage);

	for (size_t i = 0; i < d->n; i++)
		if (d->commands[i].op == DRAW_PICTURE &&
			span_equal(draw_text_of(d, &d->commands[i]), span_of("viewfinder")))
			return &d->commands[i].at;
	return NULL;
}

/* The grey of the glass there; -1: a colour. */
static int grey_at(int32_t x, int32_t y)
{
	size_t stride;
	const uint8_t *p =
		display_pixels(stage.outputs[0].display, &stride) + (size_t)y * stride + x * 4;

	return p[0] == p[1] && p[1] == p[2] ? p[0] : -1;
}

static void show(int grey)
{
	char order[32];

	now.boot_ms += 66;
	snprintf(order, sizeof(order), "!view %d\n", grey);
	fake_eye_say(&fake, order);
	fake_eye_beat(&fake, SCAN_PLEDGE_MOST);
	for (int ms = 0; !stage.view_dirty && ms < PATIENCE_MS; ms += 10)
		stage_turn(&stage, 10);
	assert_true(stage.view_dirty);
	stage_show(&stage);
}

TEST(whoever_moves_sees_herself_as_in_a_mirror)
{
	assert_null(place());
	show(200);
	const struct rect *r = place();
	assert_non_null(r);
	assert_int_equal(grey_at(r->x + 4, r->y + 4), 200);
	assert_true(grey_at(r->x + r->w - 2, r->y + 4) < 20);
}

TEST(another_picture_repaints_its_place_and_nothing_else)
{
	show(200);
	struct display_work before = display_work(stage.outputs[0].display);
	show(100);
	struct display_work after = display_work(stage.outputs[0].display);
	const struct rect *r = place();
	assert_int_equal(after.frames - before.frames, 1);
	assert_int_equal(after.pixels - before.pixels, (uint64_t)r->w * (uint64_t)r->h);
	assert_int_equal(grey_at(r->x + 4, r->y + 4), 100);
}

TEST(an_empty_hall_draws_nothing)
{
	struct display_work before = display_work(stage.outputs[0].display);

	for (int i = 0; i < BEATS; i++)
		fake_eye_beat(&fake, SCAN_PLEDGE_MOST);
	stage_turn(&stage, 100);
	stage_show(&stage);
	assert_int_equal(display_work(stage.outputs[0].display).frames, before.frames);
}

TEST(eight_still_seconds_end_and_wipe_the_picture)
{
	show(200);
	assert_false(wiped());
	assert_in_range(stage_patience_ms(&stage), 1, 8000);
	now.boot_ms += 7999;
	stage_tick(&stage);
	stage_show(&stage);
	assert_non_null(place());
	now.boot_ms += 1;
	stage_tick(&stage);
	stage_show(&stage);
	assert_null(place());
	assert_true(wiped());
}

TEST(a_visit_ends_and_wipes_the_picture)
{
	show(200);
	fake_eye_code(&fake, runs_code(1));
	for (int ms = 0; stage_model(&stage)->screen != SCREEN_AGENDA && ms < PATIENCE_MS; ms += 10)
		stage_turn(&stage, 10);
	stage_show(&stage);
	assert_int_equal(stage_model(&stage)->screen, SCREEN_AGENDA);
	assert_null(place());
	assert_true(wiped());
	/* Nobody is looked at during a visit. */
	now.boot_ms += 66;
	fake_eye_say(&fake, "!view 90\n");
	fake_eye_code(&fake, "https://example.org");
	stage_turn(&stage, 200);
	assert_true(wiped());
}

TEST(after_a_visit_she_sees_herself_again)
{
	fake_eye_code(&fake, runs_code(1));
	for (int ms = 0; stage_model(&stage)->screen != SCREEN_AGENDA && ms < PATIENCE_MS; ms += 10)
		stage_turn(&stage, 10);
	stage_show(&stage);
	stage_tap(&stage, "done");
	stage_show(&stage);
	assert_null(place());
	show(120);
	const struct rect *r = place();
	assert_non_null(r);
	assert_int_equal(grey_at(r->x + 4, r->y + 4), 120);
}

TEST(a_camera_that_goes_takes_the_picture_with_it)
{
	struct scan_line away = {.news = SCAN_AWAY, .pledge_ms = SCAN_PLEDGE_MOST};

	show(200);
	fake_eye_line(&fake, &away);
	for (int ms = 0; stage.camera.fault == SCANNER_FINE && ms < PATIENCE_MS; ms += 10)
		stage_turn(&stage, 10);
	stage_show(&stage);
	assert_null(place());
	assert_true(wiped());
	assert_true(story_sees(stage_frame(&stage), span_of("Out of order")));
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(whoever_moves_sees_herself_as_in_a_mirror),
	AT(another_picture_repaints_its_place_and_nothing_else),
	AT(an_empty_hall_draws_nothing),
	AT(eight_still_seconds_end_and_wipe_the_picture),
	AT(a_visit_ends_and_wipes_the_picture),
	AT(after_a_visit_she_sees_herself_again),
	AT(a_camera_that_goes_takes_the_picture_with_it),
};

int main(int argc, char **argv)
{
	if (fake_eye_was(argc, argv))
		return 0;
	if (seal_start())
		return 1;
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
