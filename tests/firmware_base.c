/* The shared words: foreign bytes are never read past their end, numbers have one spelling. */
#include "test.h"

#include <unistd.h>

static const uint8_t some[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const struct span ten = {some, sizeof(some)};

TEST(each_error_has_words_of_its_own)
{
	UNUSED(state);
	for (int a = OK; a <= ERR_BUG; a++) {
		assert_string_not_equal(err_text(a), "unknown error");
		for (int b = OK; b < a; b++)
			assert_string_not_equal(err_text(a), err_text(b));
	}
	assert_string_equal(err_text(ERR_BUG + 1), "unknown error");
	assert_string_equal(err_text(-1), "unknown error");
}

TEST(an_exit_is_done_no_or_the_world)
{
	static const enum err no[] = {ERR_ABSENT, ERR_FULL, ERR_DENIED, ERR_FORMAT, ERR_FORGED,
		ERR_VERSION, ERR_FOREIGN, ERR_OLDER, ERR_EXPIRED};
	static const enum err world[] = {ERR_BUSY, ERR_IO, ERR_TIMEOUT, ERR_BUG};
	UNUSED(state);

	assert_int_equal(err_exit(OK), 0);
	for (size_t i = 0; i < COUNT(no); i++)
		assert_int_equal(err_exit(no[i]), 1);
	for (size_t i = 0; i < COUNT(world); i++)
		assert_int_equal(err_exit(world[i]), 3);
	assert_int_equal(err_exit(ERR_BUG + 1), 3);
}

TEST(a_cut_is_inside_or_nothing)
{
	UNUSED(state);
	for (size_t at = 0; at <= 11; at++)
		for (size_t n = 0; n <= 11; n++) {
			struct span s = span_cut(ten, at, n);
			if (at + n <= 10) {
				assert_ptr_equal(s.p, some + at);
				assert_int_equal(s.n, n);
			} else {
				assert_null(s.p);
				assert_int_equal(s.n, 0);
			}
		}
}

TEST(a_cut_cannot_wrap_round)
{
	UNUSED(state);
	assert_null(span_cut(ten, SIZE_MAX, 2).p);
	assert_null(span_cut(ten, 2, SIZE_MAX).p);
	assert_null(span_cut(ten, SIZE_MAX, SIZE_MAX).p);
}

TEST(spans_are_equal_by_content)
{
	UNUSED(state);
	assert_true(span_equal(span_of("abc"), span_of("abc")));
	assert_false(span_equal(span_of("abc"), span_of("abd")));
	assert_false(span_equal(span_of("abc"), span_of("ab")));
	assert_true(span_equal((struct span){0}, span_of("")));
}

TEST(a_text_is_copied_whole_or_not_at_all)
{
	char out[4] = "xyz";
	UNUSED(state);

	assert_ok(span_copy_text(span_of("abc"), out, sizeof(out)));
	assert_string_equal(out, "abc");
	assert_err(span_copy_text(span_of("abcd"), out, sizeof(out)), ERR_FULL);
	assert_string_equal(out, "");
	assert_ok(span_copy_text((struct span){0}, out, 1));
	assert_err(span_copy_text((struct span){0}, out, 0), ERR_FULL);
}

TEST(a_character_is_as_long_as_its_first_byte_says)
{
	static const char *const whole[] = {"a", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x98\x80"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(whole); i++) {
		struct span s = span_of(whole[i]);
		assert_int_equal(span_character(s), i + 1);
		assert_true(span_is_utf8(s));
		for (size_t n = 1; n < s.n; n++)
			assert_int_equal(span_character(span_cut(s, 0, n)), 0);
	}
	assert_int_equal(span_character((struct span){0}), 0);
	assert_true(span_is_utf8((struct span){0}));
}

TEST(what_is_not_utf_8_is_no_character)
{
	static const char *const wrong[] = {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",
		"\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
		"\xc3(", "\xe2\x82("};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_int_equal(span_character(span_of(wrong[i])), 0);
		assert_false(span_is_utf8(span_of(wrong[i])));
	}
	assert_false(span_is_utf8(span_of("abc\xff")));
	assert_true(span_is_utf8(span_of("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf")));
}

TEST(a_character_is_the_code_point_it_says)
{
	static const struct {
		const char *text;
		uint32_t point;
	} rows[] = {{"a", 'a'}, {"\xc3\xa9", 0xe9}, {"\xe4\xb8\xad", 0x4e2d},
		{"\xf0\x9f\x98\x80", 0x1f600}, {"\xf4\x8f\xbf\xbf", 0x10ffff}, {"\xed\xa0\x80", 0},
		{"", 0}};
	uint32_t point;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct span s = span_of(rows[i].text);
		assert_int_equal(span_point(s, &point), span_character(s));
		assert_int_equal(point, rows[i].point);
	}
}

TEST(a_line_has_no_control_no_turn_and_nothing_unseen)
{
	static const char *const fit[] = {"", "Zoë Peeters", "Иван 李", "soft\xc2\xa0space"};
	static const char *const unfit[] = {"a\tb", "a\n", "\x7f", "\xc2\x9b\x33\x31m",
		"a\xe2\x80\xa8", "\xe2\x80\xaetxt", "\xe2\x80\x8f", "\xe2\x81\xa6x", "\xd8\x9c",
		"\xef\xbb\xbfx", "lost \xef\xbf\xbd", "\xef\xb7\x90", "\xf0\x9f\xbf\xbe",
		"torn \xc3"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(fit); i++)
		assert_true(span_is_line(span_of(fit[i])));
	for (size_t i = 0; i < COUNT(unfit); i++)
		assert_false(span_is_line(span_of(unfit[i])));
	assert_false(span_is_line((struct span){(const uint8_t *)"a\0b", 3}));
}

TEST(numbers_are_stored_low_byte_first_at_any_address)
{
	uint8_t b[9] = {0};
	UNUSED(state);

	store_u64(b + 1, 0x1122334455667788);
	assert_int_equal(b[1], 0x88);
	assert_int_equal(b[8], 0x11);
	assert_int_equal(load_u64(b + 1), 0x1122334455667788);
	assert_int_equal(load_u32(b + 1), 0x55667788);
	assert_int_equal(load_u16(b + 1), 0x7788);
	store_u32(b, UINT32_MAX);
	assert_int_equal(load_u32(b), UINT32_MAX);
	store_u16(b, 0xabcd);
	assert_int_equal(load_u16(b), 0xabcd);
}

TEST(a_cursor_reads_what_a_sink_wrote)
{
	uint8_t b[64];
	struct sink k = sink_on(b, sizeof(b));
	UNUSED(state);

	sink_u8(&k, 1);
	sink_u16(&k, 0x203);
	sink_u32(&k, 0x4050607);
	sink_u64(&k, UINT64_MAX);
	sink_text(&k, span_of("text"));
	sink_fill(&k, 0xee, 3);
	struct cursor c = cursor_at((struct span){b, k.n});
	assert_int_equal(cursor_u8(&c), 1);
	assert_int_equal(cursor_u16(&c), 0x203);
	assert_int_equal(cursor_u32(&c), 0x4050607);
	assert_int_equal(cursor_u64(&c), UINT64_MAX);
	assert_true(span_equal(cursor_text(&c), span_of("text")));
	assert_int_equal(cursor_bytes(&c, 3).p[2], 0xee);
	assert_int_equal(c.rest.n, 0);
	assert_false(c.bad);
}

TEST(a_cursor_stops_at_the_first_fault_for_good)
{
	struct cursor c = cursor_at(ten);
	UNUSED(state);

	assert_null(cursor_bytes(&c, 11).p);
	assert_true(c.bad);
	assert_int_equal(cursor_u8(&c), 0);
	assert_int_equal(cursor_u16(&c), 0);
	assert_int_equal(cursor_u32(&c), 0);
	assert_int_equal(cursor_u64(&c), 0);
	assert_int_equal(cursor_varint(&c), 0);
	assert_int_equal(cursor_text(&c).n, 0);
	assert_true(c.bad);
}

TEST(a_cursor_refuses_each_number_one_byte_short)
{
	UNUSED(state);
	struct cursor c = cursor_at(span_cut(ten, 0, 0));
	cursor_u8(&c);
	assert_true(c.bad);
	c = cursor_at(span_cut(ten, 0, 1));
	cursor_u16(&c);
	assert_true(c.bad);
	c = cursor_at(span_cut(ten, 0, 3));
	cursor_u32(&c);
	assert_true(c.bad);
	c = cursor_at(span_cut(ten, 0, 7));
	cursor_u64(&c);
	assert_true(c.bad);
}

static size_t varint_length(uint64_t v)
{
	struct sink k = sink_on(NULL, 0);

	sink_varint(&k, v);
	return k.n;
}

TEST(varints_hold_at_every_boundary)
{
	uint8_t b[10];
	UNUSED(state);

	for (unsigned bits = 0; bits <= 64; bits++)
		for (int step = -1; step <= 1; step++) {
			uint64_t v =
				(bits < 64 ? (uint64_t)1 << bits : 0) + (uint64_t)(int64_t)step;
			struct sink k = sink_on(b, sizeof(b));
			sink_varint(&k, v);
			assert_false(k.full);
			struct cursor c = cursor_at((struct span){b, k.n});
			assert_int_equal(cursor_varint(&c), v);
			assert_false(c.bad);
			assert_int_equal(c.rest.n, 0);
			for (size_t n = 0; n < k.n; n++) {
				c = cursor_at((struct span){b, n});
				cursor_varint(&c);
				assert_true(c.bad);
			}
		}
}

TEST(a_varint_takes_a_byte_more_each_seven_bits)
{
	UNUSED(state);
	for (size_t n = 1; n < 10; n++) {
		assert_int_equal(varint_length(((uint64_t)1 << 7 * n) - 1), n);
		assert_int_equal(varint_length((uint64_t)1 << 7 * n), n + 1);
	}
	assert_int_equal(varint_length(0), 1);
	assert_int_equal(varint_length(UINT64_MAX), 10);
}

TEST(a_varint_has_one_spelling)
{
	static const struct {
		uint8_t b[11];
		size_t n;
	} wrong[] = {{{0x80, 0x00}, 2}, {{0xff, 0x80, 0x00}, 3},
		{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}, 10},
		{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0x00}, 11},
		{{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, 10}};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct cursor c = cursor_at((struct span){wrong[i].b, wrong[i].n});
		assert_int_equal(cursor_varint(&c), 0);
		assert_true(c.bad);
	}
}

TEST(a_varint_above_its_bound_is_a_fault)
{
	static const uint8_t b[] = {100};
	UNUSED(state);

	struct cursor c = cursor_at((struct span){b, 1});
	assert_int_equal(cursor_varint_max(&c, 100), 100);
	assert_false(c.bad);
	c = cursor_at((struct span){b, 1});
	assert_int_equal(cursor_varint_max(&c, 99), 0);
	assert_true(c.bad);
}

TEST(a_text_longer_than_the_rest_is_a_fault)
{
	static const uint8_t b[] = {4, 'a', 'b', 'c'};
	UNUSED(state);

	struct cursor c = cursor_at((struct span){b, sizeof(b)});
	assert_null(cursor_text(&c).p);
	assert_true(c.bad);
}

TEST(a_sink_refuses_rather_than_grows)
{
	uint8_t b[4] = {9, 9, 9, 9};
	struct sink k = sink_on(b, 3);
	UNUSED(state);

	sink_u16(&k, 0x0101);
	sink_u16(&k, 0x0202);
	assert_true(k.full);
	assert_int_equal(k.n, 2);
	sink_u8(&k, 3);
	sink_fill(&k, 3, 1);
	assert_int_equal(k.n, 2);
	assert_int_equal(b[2], 9);
	assert_int_equal(b[3], 9);
}

TEST(a_sink_may_be_filled_to_its_last_byte)
{
	uint8_t b[4];
	struct sink k = sink_on(b, sizeof(b));
	UNUSED(state);

	sink_u32(&k, 1);
	sink_bytes(&k, NULL, 0);
	assert_false(k.full);
	sink_fill(&k, 0, 1);
	assert_true(k.full);
}

TEST(a_sink_without_memory_counts)
{
	struct sink k = sink_on(NULL, 0);
	UNUSED(state);

	sink_u64(&k, 1);
	sink_text(&k, span_of("abc"));
	sink_fill(&k, 0, 1000);
	assert_false(k.full);
	assert_int_equal(k.n, 8 + 4 + 1000);
}

TEST(the_clock_moves_only_as_the_fake_says)
{
	struct instant fake = {.wall_ms = 5, .boot_ms = 6, .trusted = true};
	UNUSED(state);

	clock_fake(&fake);
	assert_int_equal(clock_now().wall_ms, 5);
	fake.wall_ms = 7;
	assert_int_equal(clock_now().wall_ms, 7);
	clock_fake(NULL);
	assert_true(clock_now().wall_ms > 1000000000000);
	assert_true(clock_now().boot_ms > 0);
}

TEST(a_shifted_clock_is_ahead_by_that_much)
{
	UNUSED(state);
	int64_t before = clock_now().wall_ms;
	clock_shift(1000000000);
	assert_true(clock_now().wall_ms >= before + 1000000000);
	assert_false(clock_now().trusted);
	assert_int_equal(clock_shifted(), 1000000000);
	clock_shift(0);
	assert_true(clock_now().wall_ms < before + 1000000000);
	assert_true(clock_now().trusted);
}

static struct instant doubt(struct instant system)
{
	return (struct instant){.wall_ms = 5, .boot_ms = system.boot_ms};
}

TEST(a_clock_that_is_judged_says_what_the_judge_says)
{
	UNUSED(state);
	clock_correct(doubt);
	assert_int_equal(clock_now().wall_ms, 5);
	assert_true(clock_now().boot_ms > 0);
	assert_false(clock_now().trusted);
	clock_shift(1000000000);
	assert_true(clock_now().wall_ms > 1000000000000);
	clock_shift(0);
	clock_correct(NULL);
	assert_true(clock_now().wall_ms > 1000000000000);
	assert_true(clock_now().trusted);
}

/* What log_line says, caught from standard error. */
static size_t said(char *out, size_t cap, void (*talk)(void))
{
	FILE *f = tmpfile();
	int keep = dup(2);

	fflush(stderr);
	dup2(fileno(f), 2);
	talk();
	fflush(stderr);
	dup2(keep, 2);
	close(keep);
	rewind(f);
	size_t n = fread(out, 1, cap - 1, f);
	out[n] = '\0';
	fclose(f);
	return n;
}

static void talk_thrice(void)
{
	for (int i = 0; i < 3; i++)
		log_line(LOG_WARN, "tests/base", "paper=%s", "out");
}

TEST(a_line_is_said_once_a_minute)
{
	char out[512];
	UNUSED(state);

	said(out, sizeof(out), talk_thrice);
	assert_string_equal(out, "warn tests/base paper=out\n");
}

static void talk_quietly(void)
{
	log_line(LOG_DEBUG, "tests/base", "quiet");
	log_level_set(LOG_FAULT);
	log_line(LOG_WARN, "tests/base", "not said");
	log_level_set(LOG_NOTE);
}

TEST(lines_below_the_level_are_left_out)
{
	char out[512];
	UNUSED(state);

	assert_int_equal(said(out, sizeof(out), talk_quietly), 0);
}

static void talk_long(void)
{
	log_line(LOG_NOTE, "tests/base", "%0600d", 1);
}

TEST(a_long_line_is_cut)
{
	char out[1024];
	UNUSED(state);

	assert_in_range(said(out, sizeof(out), talk_long), 200, 256);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_error_has_words_of_its_own),
	cmocka_unit_test(an_exit_is_done_no_or_the_world),
	cmocka_unit_test(a_cut_is_inside_or_nothing),
	cmocka_unit_test(a_cut_cannot_wrap_round),
	cmocka_unit_test(spans_are_equal_by_content),
	cmocka_unit_test(a_text_is_copied_whole_or_not_at_all),
	cmocka_unit_test(a_character_is_as_long_as_its_first_byte_says),
	cmocka_unit_test(what_is_not_utf_8_is_no_character),
	cmocka_unit_test(a_character_is_the_code_point_it_says),
	cmocka_unit_test(a_line_has_no_control_no_turn_and_nothing_unseen),
	cmocka_unit_test(numbers_are_stored_low_byte_first_at_any_address),
	cmocka_unit_test(a_cursor_reads_what_a_sink_wrote),
	cmocka_unit_test(a_cursor_stops_at_the_first_fault_for_good),
	cmocka_unit_test(a_cursor_refuses_each_number_one_byte_short),
	cmocka_unit_test(varints_hold_at_every_boundary),
	cmocka_unit_test(a_varint_takes_a_byte_more_each_seven_bits),
	cmocka_unit_test(a_varint_has_one_spelling),
	cmocka_unit_test(a_varint_above_its_bound_is_a_fault),
	cmocka_unit_test(a_text_longer_than_the_rest_is_a_fault),
	cmocka_unit_test(a_sink_refuses_rather_than_grows),
	cmocka_unit_test(a_sink_may_be_filled_to_its_last_byte),
	cmocka_unit_test(a_sink_without_memory_counts),
	cmocka_unit_test(the_clock_moves_only_as_the_fake_says),
	cmocka_unit_test(a_shifted_clock_is_ahead_by_that_much),
	cmocka_unit_test(a_clock_that_is_judged_says_what_the_judge_says),
	cmocka_unit_test(a_line_is_said_once_a_minute),
	cmocka_unit_test(lines_below_the_level_are_left_out),
	cmocka_unit_test(a_long_line_is_cut),
};

RUN_TESTS(tests)
