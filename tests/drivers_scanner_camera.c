/* Cameras: what their process says, and what becomes of one that hangs, ends or says what it must not. */
#include "test.h"

#include "fake_eye.h"
#include "scan_child.h"
#include "scanner_link.h"

#include <poll.h>
#include <signal.h>

static const char code[] = "ZQM10123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char other[] = "ZQM1ZYXWVTSRQPNMKJHGFEDCBA9876543210";
static struct fake_eye eye;
static struct scanner *scanner;
static struct instant now;

static int set_up(void **state)
{
	UNUSED(state);
	fake_eye_start(&eye);
	now = (struct instant){.boot_ms = 1000000};
	clock_fake(&now);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	scanner_close(scanner);
	scanner = NULL;
	clock_fake(NULL);
	fake_eye_stop(&eye);
	return 0;
}

static void start(void)
{
	assert_ok(scanner_open(&scanner, eye.uri));
	fake_eye_meet(&eye);
}

/* Read until something is to be told. The clock stands still: no pledge runs out. */
static enum err hear(struct scan *out)
{
	enum err e = ERR_ABSENT;

	while (e == ERR_ABSENT) {
		struct pollfd p = {.fd = scanner_fd(scanner), .events = POLLIN};
		if (scanner_wait_ms(scanner) > 0)
			assert_int_equal(poll(&p, 1, 10000), 1);
		e = scanner_read(scanner, out);
	}
	return e;
}

/* Time passes, while the process says in time that it lives. */
static void pass(int64_t ms)
{
	struct scan out;

	for (int64_t step; ms > 0; ms -= step) {
		step = ms < SCAN_PLEDGE_MOST ? ms : SCAN_PLEDGE_MOST - 1;
		now.boot_ms += step;
		fake_eye_beat(&eye, SCAN_PLEDGE_MOST);
		do {
			struct pollfd p = {.fd = scanner_fd(scanner), .events = POLLIN};
			assert_int_equal(poll(&p, 1, 10000), 1);
			assert_err(scanner_read(scanner, &out), ERR_ABSENT);
		} while (scanner_wait_ms(scanner) != SCAN_PLEDGE_MOST);
	}
}

static void assert_scan(enum scan_kind kind, const char *text)
{
	struct scan out;

	assert_ok(hear(&out));
	assert_int_equal(out.kind, kind);
	assert_string_equal(out.text, text);
}

/* All that was said before has been heard: a code of its own ends it. */
static void assert_nothing_new(void)
{
	static unsigned n;
	char text[32];

	snprintf(text, sizeof(text), "ZQM1END%u", ++n);
	fake_eye_code(&eye, text);
	assert_scan(SCAN_CODE, text);
}

static void assert_ended(void)
{
	struct scan out;

	assert_err(hear(&out), ERR_IO);
	assert_int_equal(scanner_fd(scanner), -1);
	assert_true(fake_eye_dead(&eye));
	fake_eye_leave(&eye);
}

/* The next read starts it again. */
static void assert_starts_again(void)
{
	struct scan out;

	assert_int_equal(scanner_wait_ms(scanner), 0);
	assert_err(scanner_read(scanner, &out), ERR_ABSENT);
	assert_true(scanner_fd(scanner) >= 0);
	fake_eye_meet(&eye);
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
}

TEST(a_code_held_up_is_read)
{
	start();
	fake_eye_beat(&eye, SCAN_PLEDGE_LEAST);
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
	fake_eye_code(&eye, "https://example.org/menu");
	pass(SIGHTING_AWAY_MS);
	fake_eye_code(&eye, "https://example.org/menu");
	assert_scan(SCAN_FOREIGN, "https://example.org/menu");
}

TEST(a_code_held_up_counts_once_however_long)
{
	start();
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
	assert_false(scanner_holds(scanner));
	for (int i = 0; i < 10; i++) {
		pass(800);
		fake_eye_code(&eye, code);
		assert_nothing_new();
		assert_true(scanner_holds(scanner));
	}
	pass(SIGHTING_HELD_MS + 1);
	assert_false(scanner_holds(scanner));
}

TEST(a_code_taken_away_and_shown_again_counts_again)
{
	start();
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
	pass(SIGHTING_AWAY_MS - 1);
	fake_eye_code(&eye, code);
	assert_nothing_new();
	pass(SIGHTING_AWAY_MS);
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
}

TEST(another_code_counts_at_once_and_two_in_view_once_each)
{
	start();
	for (int i = 0; i < 5; i++) {
		fake_eye_code(&eye, code);
		fake_eye_code(&eye, other);
	}
	assert_scan(SCAN_CODE, code);
	assert_scan(SCAN_CODE, other);
	assert_nothing_new();
}

TEST(in_a_crowd_of_codes_the_newest_are_known)
{
	struct sightings s = {0};
	char text[16];

	for (int i = 0; i < 4 * SIGHTINGS; i++) {
		snprintf(text, sizeof(text), "ZQM1%d", i);
		assert_true(sightings_count(&s, span_of(text), true, i));
	}
	for (int i = 3 * SIGHTINGS; i < 4 * SIGHTINGS; i++) {
		snprintf(text, sizeof(text), "ZQM1%d", i);
		assert_false(sightings_count(&s, span_of(text), true, 100));
	}
	assert_true(sightings_count(&s, span_of("ZQM10"), true, 100));
}

TEST(something_else_beside_a_code_of_ours_is_left_alone)
{
	start();
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
	for (int i = 0; i < 5; i++) {
		pass(500);
		fake_eye_code(&eye, "WIFI:S:Lobby;;");
		fake_eye_code(&eye, code);
	}
	assert_nothing_new();
	pass(SIGHTING_BESIDE_MS + 1);
	fake_eye_code(&eye, "WIFI:S:Lobby;;");
	assert_scan(SCAN_FOREIGN, "WIFI:S:Lobby;;");
}

/* The view is 16 pixels wide and high. */
static void hold(const char *text, int32_t x, int32_t y)
{
	struct scan_line l = {.news = SCAN_SYMBOL, .pledge_ms = SCAN_PLEDGE_MOST, .path = "fake"};

	l.n = strlen(text);
	l.whole = (uint32_t)l.n;
	memcpy(l.text, text, l.n);
	for (size_t i = 0; i < COUNT(l.corner); i++)
		l.corner[i] =
			(struct corner){i == 1 || i == 2 ? x + 1 : x - 1, i > 1 ? y + 1 : y - 1};
	fake_eye_line(&eye, &l);
}

TEST(something_else_is_answered_only_where_codes_belong)
{
	static const struct {
		int32_t x, y;
	} outside[] = {{3, 8}, {13, 8}, {8, 1}, {8, 15}};

	start();
	fake_eye_say(&eye, "!view 100\n");
	for (size_t i = 0; i < COUNT(outside); i++)
		hold("WIFI:S:Lobby;;", outside[i].x, outside[i].y);
	hold(code, 3, 8);
	assert_scan(SCAN_CODE, code);
	pass(SIGHTING_BESIDE_MS + 1);
	hold("WIFI:S:Lobby;;", 4, 2);
	assert_scan(SCAN_FOREIGN, "WIFI:S:Lobby;;");
	hold("tel:1", 12, 14);
	assert_scan(SCAN_FOREIGN, "tel:1");
}

TEST(a_text_that_was_cut_is_another_code_by_its_beginning)
{
	struct scan_line l = {.news = SCAN_SYMBOL,
		.pledge_ms = SCAN_PLEDGE_MOST,
		.path = "fake",
		.whole = SCAN_PIPE_TEXT + 1,
		.n = SCAN_PIPE_TEXT};

	start();
	memset(l.text, 'z', l.n);
	fake_eye_line(&eye, &l);
	assert_scan(SCAN_FOREIGN, l.text);
	memcpy(l.text, "HC1:", 4);
	fake_eye_line(&eye, &l);
	assert_scan(SCAN_FOREIGN, l.text);
	/* None of ours is so long. */
	memset(l.text, 'Z', l.n);
	memcpy(l.text, "ZQM1", 4);
	fake_eye_line(&eye, &l);
	assert_scan(SCAN_FOREIGN, l.text);
}

TEST(control_characters_and_broken_letters_of_a_text_are_dropped)
{
	start();
	fake_eye_code(&eye, "BEGIN:VCARD\r\nN:\xc3;Anne\x1b[2J");
	assert_scan(SCAN_FOREIGN, "BEGIN:VCARDN:;Anne[2J");
}

TEST(a_process_that_hangs_is_killed_and_started_again)
{
	struct scan out;

	start();
	fake_eye_beat(&eye, SCAN_PLEDGE_LEAST);
	fake_eye_code(&eye, other);
	assert_scan(SCAN_CODE, other);
	fake_eye_beat(&eye, SCAN_PLEDGE_LEAST);
	struct pollfd p = {.fd = scanner_fd(scanner), .events = POLLIN};
	assert_int_equal(poll(&p, 1, 10000), 1);
	assert_err(scanner_read(scanner, &out), ERR_ABSENT);
	assert_int_equal(scanner_wait_ms(scanner), SCAN_PLEDGE_LEAST);
	now.boot_ms += SCAN_PLEDGE_LEAST - 1;
	assert_err(scanner_read(scanner, &out), ERR_ABSENT);
	assert_int_equal(scanner_wait_ms(scanner), 1);
	now.boot_ms++;
	assert_int_equal(scanner_wait_ms(scanner), 0);
	assert_err(scanner_read(scanner, &out), ERR_IO);
	assert_true(fake_eye_dead(&eye));
	fake_eye_leave(&eye);
	assert_starts_again();
	assert_true(scanner_present(scanner));
}

TEST(a_process_that_never_says_a_word_is_killed)
{
	struct scan out;

	start();
	int ms = scanner_wait_ms(scanner);
	assert_in_range(ms, 1000, 5000);
	now.boot_ms += ms;
	assert_err(scanner_read(scanner, &out), ERR_IO);
	assert_true(fake_eye_dead(&eye));
}

TEST(a_process_that_ends_is_started_again_at_once)
{
	start();
	fake_eye_beat(&eye, SCAN_PLEDGE_MOST);
	fake_eye_leave(&eye);
	struct scan out;
	assert_err(hear(&out), ERR_IO);
	assert_starts_again();
}

static void let_it_die(void)
{
	struct scan out;

	fake_eye_beat(&eye, SCAN_PLEDGE_MOST);
	fake_eye_leave(&eye);
	assert_err(hear(&out), ERR_IO);
}

TEST(one_that_dies_again_and_again_is_given_time_and_told)
{
	struct scan out;
	int before = -1;

	start();
	for (int i = 0; i < 12; i++) {
		let_it_die();
		assert_int_equal(scanner_fault(scanner), i < 2 ? SCANNER_FINE : SCANNER_BROKEN);
		int ms = scanner_wait_ms(scanner);
		assert_in_range(ms, before > 0 ? before : 0, 5000);
		assert_true(i == 0 ? ms == 0 : ms > 0);
		before = ms;
		now.boot_ms += ms;
		assert_err(scanner_read(scanner, &out), ERR_ABSENT);
		fake_eye_meet(&eye);
	}
	assert_int_equal(before, 5000);
	fake_eye_beat(&eye, SCAN_PLEDGE_MOST);
	assert_nothing_new();
	assert_int_equal(scanner_fault(scanner), SCANNER_BROKEN);
	pass(5000);
	assert_nothing_new();
	assert_int_equal(scanner_fault(scanner), SCANNER_FINE);
	let_it_die();
	assert_starts_again();
}

TEST(one_that_says_what_is_no_line_is_killed_and_started_again)
{
	static const char *const wrong[] = {"\n", "beat\n", "beat\t0\n", "beat\t150\t\n",
		"Beat\t150\n", "beat\t150\r\n", "away\t150\n", "away\t150\tasleep\n",
		"code\t150\tZQM1\n", "code\t150\t4\t0,0\t0,0\t0,0\t0,0\tx\tZQM1\\\n",
		"code\t150\t4\t0,0\t0,0\t0,0\t0,999\tx\tZQM1\n",
		"code\t150\t3\t0,0\t0,0\t0,0\t0,0\tx\tZQM1\n",
		"code\t150\t4\t0,0\t0,0\t0,0\t0,0\tx\t\x1b[2J\n", "hello\n"};

	start();
	for (size_t i = 0; i < COUNT(wrong); i++) {
		pass(6000);
		fake_eye_say(&eye, wrong[i]);
		assert_ended();
		assert_starts_again();
	}
}

TEST(a_line_without_end_is_killed)
{
	static char endless[3 * SCAN_PIPE_LINE];

	start();
	memset(endless, 'A', sizeof(endless));
	fake_eye_bytes(&eye, endless, sizeof(endless));
	assert_ended();
	assert_starts_again();
}

TEST(one_that_never_stops_talking_is_killed)
{
	struct scan out;
	enum err e = ERR_ABSENT;

	start();
	while (e == ERR_ABSENT) {
		struct pollfd p = {.fd = scanner_fd(scanner), .events = POLLIN};
		fake_eye_beat(&eye, SCAN_PLEDGE_MOST);
		(void)poll(&p, 1, 0);
		e = scanner_read(scanner, &out);
	}
	assert_err(e, ERR_IO);
	assert_true(fake_eye_dead(&eye));
}

TEST(why_there_is_no_camera_is_known_and_that_it_is_back)
{
	static const enum scanner_fault faults[SCAN_AWAY_COUNT] = {
		SCANNER_UNPLUGGED, SCANNER_DENIED, SCANNER_BUSY, SCANNER_UNFIT};

	start();
	assert_true(scanner_present(scanner));
	for (unsigned i = 0; i < SCAN_AWAY_COUNT; i++) {
		fake_eye_line(&eye, &(struct scan_line){.news = SCAN_AWAY,
					    .pledge_ms = SCAN_PLEDGE_MOST,
					    .why = (enum scan_away)i});
		fake_eye_beat(&eye, SCAN_PLEDGE_MOST - 1);
		fake_eye_line(&eye, &(struct scan_line){.news = SCAN_AWAY,
					    .pledge_ms = SCAN_PLEDGE_MOST,
					    .why = (enum scan_away)i});
		struct scan out;
		do {
			struct pollfd p = {.fd = scanner_fd(scanner), .events = POLLIN};
			assert_int_equal(poll(&p, 1, 10000), 1);
			assert_err(scanner_read(scanner, &out), ERR_ABSENT);
		} while (scanner_fault(scanner) != faults[i]);
	}
	fake_eye_beat(&eye, SCAN_PLEDGE_MOST);
	assert_nothing_new();
	assert_true(scanner_present(scanner));
}

TEST(without_the_program_there_is_no_camera_but_a_scanner_to_wait_for)
{
	struct scan out;

	scan_child_program = "/no/such/foyer-scan";
	assert_ok(scanner_open(&scanner, "camera:/dev/video0"));
	assert_int_equal(scanner_fault(scanner), SCANNER_BROKEN);
	assert_int_equal(scanner_fd(scanner), -1);
	for (int i = 0; i < 10; i++) {
		assert_in_range(scanner_wait_ms(scanner), 1, 5000);
		now.boot_ms += scanner_wait_ms(scanner);
		assert_err(scanner_read(scanner, &out), ERR_ABSENT);
	}
}

TEST(the_picture_is_seen_to_change_and_outlives_the_process)
{
	static uint8_t pixels[SCAN_VIEW_PIXELS];
	struct scan_view v;
	uint32_t w, h;

	start();
	assert_ok(scan_view_map(&v, scanner_view(scanner), false));
	assert_false(scanner_looks(scanner));
	fake_eye_say(&eye, "!view 200\n");
	assert_nothing_new();
	assert_true(scanner_looks(scanner));
	assert_false(scanner_looks(scanner));
	assert_ok(scan_view_take(&v, pixels, &w, &h));
	assert_int_equal(w, 16);
	assert_int_equal(pixels[0], 0);
	assert_int_equal(pixels[1], 200);
	fake_eye_leave(&eye);
	struct scan out;
	assert_err(hear(&out), ERR_IO);
	assert_starts_again();
	fake_eye_say(&eye, "!view 100\n");
	assert_nothing_new();
	assert_true(scanner_looks(scanner));
	assert_ok(scan_view_take(&v, pixels, &w, &h));
	assert_int_equal(pixels[1], 100);
	scan_view_unmap(&v);
}

TEST(the_process_inherits_three_streams_a_picture_and_nothing_else)
{
	sigset_t all, before;

	setenv("GLIBC_TUNABLES", "glibc.malloc.perturb=165", 1);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	start();
	sigprocmask(SIG_SETMASK, &before, NULL);
	unsetenv("GLIBC_TUNABLES");
	fake_eye_say(&eye, "!env GLIBC_TUNABLES\n!env PATH\n!mask\n!files\n");
	assert_scan(SCAN_FOREIGN, "unset 1");
	assert_scan(SCAN_FOREIGN, "set 1");
	assert_scan(SCAN_FOREIGN, "mask 0");
	/* Its own FIFO is the fifth. */
	assert_scan(SCAN_FOREIGN, "files 5");
}

TEST(closing_the_scanner_ends_the_process)
{
	start();
	fake_eye_code(&eye, code);
	assert_scan(SCAN_CODE, code);
	scanner_close(scanner);
	scanner = NULL;
	assert_true(fake_eye_dead(&eye));
}

TEST(other_scanners_have_no_picture)
{
	assert_ok(scanner_open(&scanner, "serial:/dev/no-such-line"));
	assert_int_equal(scanner_view(scanner), -1);
	assert_false(scanner_looks(scanner));
	assert_false(scanner_holds(scanner));
	assert_int_equal(scanner_fault(scanner), SCANNER_UNPLUGGED);
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(a_code_held_up_is_read),
	AT(a_code_held_up_counts_once_however_long),
	AT(a_code_taken_away_and_shown_again_counts_again),
	AT(another_code_counts_at_once_and_two_in_view_once_each),
	AT(in_a_crowd_of_codes_the_newest_are_known),
	AT(something_else_beside_a_code_of_ours_is_left_alone),
	AT(something_else_is_answered_only_where_codes_belong),
	AT(a_text_that_was_cut_is_another_code_by_its_beginning),
	AT(control_characters_and_broken_letters_of_a_text_are_dropped),
	AT(a_process_that_hangs_is_killed_and_started_again),
	AT(a_process_that_never_says_a_word_is_killed),
	AT(a_process_that_ends_is_started_again_at_once),
	AT(one_that_dies_again_and_again_is_given_time_and_told),
	AT(one_that_says_what_is_no_line_is_killed_and_started_again),
	AT(a_line_without_end_is_killed),
	AT(one_that_never_stops_talking_is_killed),
	AT(why_there_is_no_camera_is_known_and_that_it_is_back),
	AT(without_the_program_there_is_no_camera_but_a_scanner_to_wait_for),
	AT(the_picture_is_seen_to_change_and_outlives_the_process),
	AT(the_process_inherits_three_streams_a_picture_and_nothing_else),
	AT(closing_the_scanner_ends_the_process),
	AT(other_scanners_have_no_picture),
};

int main(int argc, char **argv)
{
	if (fake_eye_was(argc, argv))
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
