/* The camera in the kiosk's mind, and the thread that hears it. */
#include "test.h"

#include "eye.h"
#include "fake_eye.h"
#include "news.h"
#include "scan_view.h"
#include "visitor.h"

static struct visitor v;
static struct draw d;

static int begin(void **state)
{
	UNUSED(state);
	visitor_start(&v, 1280, 800);
	return 0;
}

static void see(void)
{
	app_view(&v.m, &v.m.look, &d);
}

static bool says(const char *text)
{
	return memmem(d.bytes, d.bytes_n, text, strlen(text)) != NULL;
}

static bool has_ink(enum ink ink)
{
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].ink == ink || d.commands[i].edge == ink)
			return true;
	return false;
}

static void camera(struct camera c)
{
	c.there = true;
	visitor_tell(&v, (struct msg){.kind = MSG_CAMERA, .camera = &c});
	see();
}

static void scanned(bool seen)
{
	visitor_tell(
		&v, (struct msg){.kind = MSG_SCANNED, .code = "ZQM1", .code_n = 4, .seen = seen});
}

TEST(a_code_that_a_camera_read_ticks_and_one_of_a_beeping_scanner_does_not)
{
	scanned(true);
	assert_int_equal(v.todo.sound, SOUND_SEEN);
	scanned(false);
	assert_int_equal(v.todo.sound, SOUND_NONE);
}

TEST(what_is_read_is_told_at_once_and_nothing_is_green_before_it_is_written_down)
{
	scanned(true);
	visitor_opened(&v);
	see();
	assert_true(says("Code lu"));
	assert_false(has_ink(INK_GOOD));
	visitor_noted(&v, OK);
	see();
	assert_false(says("Code lu"));
	assert_true(has_ink(INK_GOOD));
	assert_int_equal(v.todo.sound, SOUND_GOOD);
}

TEST(a_kiosk_without_a_camera_has_no_frame)
{
	see();
	assert_true(says("in front of the reader"));
	assert_false(says("in the frame"));
	camera((struct camera){0});
	assert_false(says("in front of the reader"));
	assert_true(says("in the frame"));
	assert_true(says("in den Rahmen"));
	assert_true(says("dans le cadre"));
	assert_true(says("in het kader"));
	assert_false(says("viewfinder"));
}

TEST(the_live_picture_stands_on_the_idle_screen_only)
{
	camera((struct camera){.live = true});
	assert_true(says("viewfinder"));
	visitor_tap(&v, "access");
	see();
	assert_false(says("viewfinder"));
	assert_false(v.m.camera.live);
	visitor_tap(&v, "back");
	see();
	assert_int_equal(v.m.screen, SCREEN_IDLE);
	assert_false(says("viewfinder"));
}

TEST(a_scan_ends_the_live_picture)
{
	camera((struct camera){.live = true});
	scanned(true);
	assert_false(v.m.camera.live);
	assert_true(v.todo.wipe);
}

TEST(a_code_still_held_up_is_said_to_be_read)
{
	camera((struct camera){.live = true, .held = true});
	assert_true(says("This code was read"));
	assert_false(says("Show your code"));
	assert_false(has_ink(INK_GOOD));
	camera((struct camera){.live = true});
	assert_true(says("Show your code"));
}

TEST(a_blind_kiosk_sends_guests_elsewhere_and_calls_staff)
{
	static const char *const signs[SCANNER_FAULTS] = {
		[SCANNER_UNPLUGGED] = "Camera not found",
		[SCANNER_DENIED] = "This kiosk may not use its camera",
		[SCANNER_BUSY] = "The camera is in use by something else",
		[SCANNER_UNFIT] = "The camera gives no picture that can be used",
		[SCANNER_BROKEN] = "The camera's program does not run",
	};

	while (v.m.wall / 8 % LANGUAGES != LANGUAGE_EN)
		visitor_wait(&v, 1);
	for (unsigned f = SCANNER_FINE + 1; f < SCANNER_FAULTS; f++) {
		camera((struct camera){.fault = (enum scanner_fault)f});
		assert_true(says("Out of order"));
		assert_true(says("Hotel Meridian, Lobby"));
		assert_false(says("Show your code"));
		assert_true(says(signs[f]));
	}
}

/* The thread. */
static struct fake_eye fake;
static struct instant now;
static struct traffic traffic;
static struct mailbox box;
static struct news slots[NEWS_SLOTS];
static struct eye *eye;

static int wake(void **state)
{
	UNUSED(state);
	fake_eye_start(&fake);
	now = (struct instant){.boot_ms = 1000000};
	clock_fake(&now);
	mailbox_init(&box, slots, sizeof(*slots), NEWS_SLOTS, &traffic);
	assert_ok(eye_start(&eye, fake.uri, &box));
	fake_eye_meet(&fake);
	return 0;
}

static int sleep_again(void **state)
{
	UNUSED(state);
	eye_stop(eye);
	mailbox_done(&box);
	clock_fake(NULL);
	fake_eye_stop(&fake);
	return 0;
}

/* The next news. */
static struct news heard(void)
{
	struct news n;

	assert_ok(mailbox_take(&box, &n, 10000));
	mailbox_settle(&box);
	return n;
}

TEST(the_thread_hands_on_a_code_as_seen)
{
	fake_eye_code(&fake, "ZQM1AAAA");
	struct news n = heard();
	assert_int_equal(n.kind, NEWS_SCAN);
	assert_true(n.seen);
	assert_string_equal(n.scan.text, "ZQM1AAAA");
}

TEST(the_thread_tells_what_is_wrong_with_the_camera_and_when_it_is_well)
{
	struct scan_line away = {
		.news = SCAN_AWAY, .pledge_ms = SCAN_PLEDGE_MOST, .why = SCAN_BUSY};

	fake_eye_line(&fake, &away);
	struct news n = heard();
	assert_int_equal(n.kind, NEWS_SCANNER);
	assert_int_equal(n.scanner, SCANNER_BUSY);
	fake_eye_beat(&fake, SCAN_PLEDGE_MOST);
	n = heard();
	assert_int_equal(n.kind, NEWS_SCANNER);
	assert_int_equal(n.scanner, SCANNER_FINE);
}

TEST(the_thread_tells_that_a_code_is_still_held_up)
{
	fake_eye_code(&fake, "ZQM1AAAA");
	assert_int_equal(heard().kind, NEWS_SCAN);
	fake_eye_code(&fake, "ZQM1AAAA");
	struct news n = heard();
	assert_int_equal(n.kind, NEWS_SCANNER);
	assert_true(n.held);
}

TEST(a_picture_is_told_to_whoever_watches_fifteen_times_a_second_at_most)
{
	static uint8_t pixels[SCAN_VIEW_PIXELS];
	struct scan_view view;
	uint32_t w, h;

	assert_ok(scan_view_map(&view, eye_view(eye), false));
	eye_watch(eye, true);
	fake_eye_say(&fake, "!view 20\n");
	fake_eye_beat(&fake, SCAN_PLEDGE_MOST);
	assert_int_equal(heard().kind, NEWS_VIEW);
	assert_ok(scan_view_take(&view, pixels, &w, &h));
	assert_int_equal(pixels[1], 20);
	/* The clock stands still: no other picture is told. */
	fake_eye_say(&fake, "!view 30\n");
	fake_eye_code(&fake, "ZQM1AAAA");
	assert_int_equal(heard().kind, NEWS_SCAN);
	now.boot_ms += 66;
	fake_eye_beat(&fake, SCAN_PLEDGE_MOST);
	assert_int_equal(heard().kind, NEWS_VIEW);
	eye_watch(eye, false);
	now.boot_ms += 66;
	fake_eye_say(&fake, "!view 40\n");
	fake_eye_code(&fake, "ZQM1BBBB");
	assert_int_equal(heard().kind, NEWS_SCAN);
	fake_eye_code(&fake, "ZQM1CCCC");
	assert_int_equal(heard().kind, NEWS_SCAN);
	scan_view_unmap(&view);
}

#define MIND(sentence)   cmocka_unit_test_setup(sentence, begin)
#define THREAD(sentence) cmocka_unit_test_setup_teardown(sentence, wake, sleep_again)

static const struct CMUnitTest tests[] = {
	MIND(a_code_that_a_camera_read_ticks_and_one_of_a_beeping_scanner_does_not),
	MIND(what_is_read_is_told_at_once_and_nothing_is_green_before_it_is_written_down),
	MIND(a_kiosk_without_a_camera_has_no_frame),
	MIND(the_live_picture_stands_on_the_idle_screen_only),
	MIND(a_scan_ends_the_live_picture),
	MIND(a_code_still_held_up_is_said_to_be_read),
	MIND(a_blind_kiosk_sends_guests_elsewhere_and_calls_staff),
	THREAD(the_thread_hands_on_a_code_as_seen),
	THREAD(the_thread_tells_what_is_wrong_with_the_camera_and_when_it_is_well),
	THREAD(the_thread_tells_that_a_code_is_still_held_up),
	THREAD(a_picture_is_told_to_whoever_watches_fifteen_times_a_second_at_most),
};

int main(int argc, char **argv)
{
	if (fake_eye_was(argc, argv))
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
