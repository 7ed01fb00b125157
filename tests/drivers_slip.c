/* The agenda slip: what is on it, and when there is none. */
#include "test.h"

#include "slip.h"
#include "small_roster.h"

enum { MANY = 60 };

static struct small_roster small;
static struct roster roster;
static struct painter *p;
static struct visit v;
static uint8_t memory[SLIP_HEIGHT * 87];
static struct bitmap dots;
static size_t next;

static void name_day(enum language language, int64_t local, char *out, size_t cap)
{
	UNUSED(language);
	snprintf(out, cap, "Day %lld", (long long)(local / 86400));
}

static const struct slip_words words = {"Your agenda", "Mission 2025", "table", "seat", "leave by",
	"waiting list", "nothing booked", "goes on", "list from 08:00", NULL, name_day};

static void open_visit(enum small_person who)
{
	struct token t = small_token(1, who, SMALL_INVITATION);
	struct found found;

	assert_ok(roster_find(&roster, &t, &found));
	assert_ok(roster_visit(&roster, &found, &v));
}

static struct slip slip_at(int64_t now, uint32_t width, uint32_t dpi)
{
	return (struct slip){&roster, &v, &words, now, width, dpi, 0};
}

static unsigned black_dots(void)
{
	unsigned n = 0;

	for (uint32_t y = 0; y < dots.height; y++)
		for (uint32_t x = 0; x < dots.width; x++)
			n += bitmap_get(&dots, x, y);
	return n;
}

TEST(a_slip_is_as_wide_as_its_paper)
{
	static const uint32_t papers[][2] = {{576, 203}, {512, 180}, {696, 300}};

	open_visit(SMALL_DELEGATE);
	for (size_t i = 0; i < COUNT(papers); i++) {
		struct slip s = slip_at(0, papers[i][0], papers[i][1]);

		assert_ok(slip_paint(p, &s, memory, sizeof(memory), &dots, &next));
		assert_int_equal(dots.width, papers[i][0]);
		assert_true(black_dots() > 3000);
	}
}

TEST(what_has_ended_is_left_out)
{
	struct slip all = slip_at(0, 576, 203), late = slip_at(SMALL_EXPIRES, 576, 203);
	uint32_t height = 0;

	open_visit(SMALL_DELEGATE);
	assert_ok(slip_paint(p, &all, memory, sizeof(memory), &dots, &next));
	height = dots.height;
	assert_ok(slip_paint(p, &late, memory, sizeof(memory), &dots, &next));
	assert_true(dots.height < height);
}

TEST(an_empty_agenda_says_so)
{
	struct slip s = slip_at(0, 576, 203);

	open_visit(SMALL_OFFICIAL);
	assert_ok(slip_paint(p, &s, memory, sizeof(memory), &dots, &next));
	assert_true(black_dots() > 1000);
}

TEST(a_demo_has_a_black_strip)
{
	struct slip_words demo = words;
	struct slip s = slip_at(0, 576, 203);
	unsigned before = 0;

	open_visit(SMALL_DELEGATE);
	assert_ok(slip_paint(p, &s, memory, sizeof(memory), &dots, &next));
	before = black_dots();
	demo.demo = "DEMO";
	s.words = &demo;
	assert_ok(slip_paint(p, &s, memory, sizeof(memory), &dots, &next));
	assert_true(black_dots() > before + 10000);
}

TEST(a_day_that_is_not_open_is_not_printed)
{
	struct slip s = slip_at(0, 576, 203);

	open_visit(SMALL_DELEGATE);
	v.day_open = false;
	assert_err(slip_paint(p, &s, memory, sizeof(memory), &dots, &next), ERR_DENIED);
}

/* Sixty meetings in a day at 300 dpi: more than a slip is long. */
TEST(what_is_too_long_for_one_slip_goes_on_on_the_next)
{
	struct slip s = slip_at(0, 696, 300);
	size_t slips = 0;

	open_visit(SMALL_DELEGATE);
	assert_int_equal(v.meeting_count, 1);
	v.booking_count = 0;
	for (; v.meeting_count < MANY; v.meeting_count++) {
		v.meetings[v.meeting_count] = v.meetings[0];
		v.meetings[v.meeting_count].start += 60 * (int64_t)v.meeting_count;
		v.meetings[v.meeting_count].end += 60 * (int64_t)v.meeting_count;
	}
	do {
		assert_ok(slip_paint(p, &s, memory, sizeof(memory), &dots, &next));
		assert_true(dots.height <= SLIP_HEIGHT);
		assert_true(next == 0 || next > s.first);
		s.first = next;
		slips++;
	} while (next > 0);
	assert_in_range(slips, 2, 4);
}

TEST(a_slip_too_long_for_its_memory_is_refused)
{
	struct slip s = slip_at(0, 576, 203);

	open_visit(SMALL_DELEGATE);
	assert_err(slip_paint(p, &s, memory, 100, &dots, &next), ERR_FULL);
}

static int set_up(void **state)
{
	UNUSED(state);
	small_roster_init(&small, 1, false);
	struct roster_fault fault;

	if (small_roster_build(&small, &fault) != OK)
		return 1;
	small_roster_open(&small, &roster);
	return painter_new(&p) != OK;
}

static int tear_down(void **state)
{
	UNUSED(state);
	painter_free(p);
	small_roster_free(&small);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_slip_is_as_wide_as_its_paper),
	cmocka_unit_test(what_has_ended_is_left_out),
	cmocka_unit_test(an_empty_agenda_says_so),
	cmocka_unit_test(a_demo_has_a_black_strip),
	cmocka_unit_test(a_day_that_is_not_open_is_not_printed),
	cmocka_unit_test(what_is_too_long_for_one_slip_goes_on_on_the_next),
	cmocka_unit_test(a_slip_too_long_for_its_memory_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
