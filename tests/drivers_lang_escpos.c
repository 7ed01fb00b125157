/* ESC/POS: the bytes of a job, read back by a reader of its own, and the answers. */
#include "test.h"

#include "help/page_decode.h"
#include "language.h"
#include "model.h"

static uint8_t job_bytes[1 << 20], dots[72 * 8000];
static struct decoded seen;
static uint32_t chance = 1;

static uint8_t next_byte(void)
{
	chance = chance * 1664525u + 1013904223u;
	return (uint8_t)(chance >> 24);
}

static struct bitmap blank(uint32_t width, uint32_t height)
{
	struct bitmap b;
	assert_ok(bitmap_init(&b, width, height, dots, sizeof(dots)));
	bitmap_clear(&b);
	return b;
}

static void encode(const char *name, const struct bitmap *page, bool flush)
{
	const struct printer_model *m = model_by_name(span_of(name));
	const struct lang_job job = {.model = m,
		.media = media_by_name(m, span_of("80")),
		.page = page,
		.id = {'A', 'B', 'C', 'D'},
		.flush = flush};
	size_t n = lang_escpos.bound(m, page->height);
	struct sink k = sink_on(job_bytes, n);

	assert_true(n <= sizeof(job_bytes));
	assert_ok(lang_escpos.encode(&job, &k));
	decode_escpos((struct span){k.p, k.n}, &seen);
	if (seen.fault)
		fail_msg("%s at %zu", seen.fault, seen.at);
	assert_int_equal(seen.rows, page->height);
}

/* The page's own byte, where nothing had to be changed. */
static uint8_t at(const struct bitmap *b, size_t i)
{
	size_t row = seen.row_bytes;
	return i % row < b->stride ? b->dots[i / row * b->stride + i % row] : 0;
}

/* Every byte as it was, but a DLE that would have begun a command: that one has a dot more. */
static unsigned assert_comes_back(const struct bitmap *b)
{
	size_t row = seen.row_bytes, n = row * b->height;
	unsigned changed = 0;

	for (size_t i = 0; i < n; i++) {
		uint8_t got = seen.dots[i / row][i % row], is = at(b, i);
		uint8_t next = i + 1 < n ? at(b, i + 1) : 0;
		bool danger = is == 0x10 && (next == 4 || next == 5 || next == 0x14);
		if (got == is)
			continue;
		if (!danger || __builtin_popcount(got ^ is) != 1)
			fail_msg("byte %zu: %02x for %02x", i, got, is);
		changed++;
	}
	return changed;
}

TEST(escpos_gives_random_dots_back)
{
	UNUSED(state);
	static const char *const names[] = {"TM-T20", "TM-L90", "TM-m30", "ESC/POS 203"};
	for (size_t k = 0; k < COUNT(names); k++) {
		struct bitmap b = blank(576, 800);
		for (size_t i = 0; i < b.height * b.stride; i++)
			dots[i] = next_byte();
		encode(names[k], &b, false);
		assert_comes_back(&b);
	}
}

TEST(escpos_never_sends_a_byte_pair_that_is_obeyed)
{
	UNUSED(state);
	static const uint8_t risky[] = {0x10, 0x04, 0x10, 0x05, 0x14, 0x10};
	struct bitmap b = blank(576, 2000);
	for (size_t i = 0; i < b.height * b.stride; i++)
		dots[i] = risky[next_byte() % 6];
	encode("TM-T20", &b, false);
	assert_true(assert_comes_back(&b) > 1000);
}

TEST(escpos_breaks_pairs_across_rows_and_bands)
{
	UNUSED(state);
	struct bitmap b = blank(576, 401);
	for (uint32_t y = 0; y < 400; y++) {
		dots[y * 72 + 71] = 0x10;
		dots[(y + 1) * 72] = (uint8_t[]){4, 5, 0x14}[y % 3];
	}
	encode("TM-T20", &b, false);
	/* Between bands a head stands between the two. */
	assert_int_equal(assert_comes_back(&b), 398);
}

TEST(escpos_sends_bands_of_200_rows_at_most)
{
	UNUSED(state);
	struct bitmap b = blank(576, 401);
	encode("TM-T20", &b, false);
	assert_int_equal(seen.bands, 3);
	assert_int_equal(seen.tallest, 200);
}

TEST(escpos_row_is_as_wide_as_the_head)
{
	UNUSED(state);
	struct bitmap b = blank(576, 10);
	encode("TM-T20", &b, false);
	assert_int_equal(seen.row_bytes, 72);
	b = blank(512, 10);
	encode("TM-T88V", &b, false);
	assert_int_equal(seen.row_bytes, 64);
}

TEST(escpos_narrow_page_is_filled_with_white)
{
	UNUSED(state);
	struct bitmap b = blank(300, 50);
	for (uint32_t y = 0; y < 50; y++)
		for (uint32_t x = 0; x < 300; x++)
			bitmap_set(&b, x, y, true);
	encode("TM-T20", &b, false);
	assert_int_equal(assert_comes_back(&b), 0);
}

TEST(escpos_refuses_a_page_that_is_too_wide)
{
	UNUSED(state);
	const struct printer_model *m = model_by_name(span_of("TM-T88V"));
	struct bitmap b = blank(576, 10);
	const struct lang_job job = {
		.model = m, .media = media_by_name(m, span_of("80")), .page = &b};
	struct sink k = sink_on(job_bytes, sizeof(job_bytes));
	assert_err(lang_escpos.encode(&job, &k), ERR_FORMAT);
}

TEST(escpos_asks_for_a_process_id_only_where_there_is_one)
{
	UNUSED(state);
	struct bitmap b = blank(576, 10);
	encode("TM-m30", &b, false);
	assert_true(seen.has_id);
	assert_memory_equal(seen.id, "ABCD", 4);
	encode("TM-T20", &b, false);
	assert_false(seen.has_id);
	encode("ESC/POS 203", &b, false);
	assert_false(seen.has_id);
}

TEST(escpos_job_ends_with_a_cut)
{
	UNUSED(state);
	struct bitmap b = blank(576, 10);
	encode("TM-T20", &b, false);
	assert_true(seen.has_cut);
}

TEST(escpos_first_job_ends_a_picture_that_was_cut_off)
{
	UNUSED(state);
	struct bitmap b = blank(576, 10);
	encode("TM-T20", &b, true);
	assert_int_equal(seen.zeros, 200 * 72);
	assert_int_equal(seen.inits, 2);
	encode("TM-T20", &b, false);
	assert_int_equal(seen.zeros, 0);
}

static struct lang_state asked(void)
{
	uint8_t out[64];
	struct lang_state s = {.fault = PRINTER_READY};
	struct sink k = sink_on(out, sizeof(out));
	lang_escpos.ask(&s, &k);
	assert_int_equal(k.n, 12);
	return s;
}

static void feed(struct lang_state *s, const uint8_t *p, size_t n)
{
	size_t from = 0, used = 1;
	while (from < n && used > 0) {
		if (lang_escpos.answer((struct span){p + from, n - from}, s, &used) == REPLY_MORE)
			break;
		from += used;
	}
	assert_int_equal(from, n);
}

TEST(escpos_four_answers_make_a_status)
{
	UNUSED(state);
	static const uint8_t clean[4] = {0x12, 0x12, 0x12, 0x12};
	struct lang_state s = asked();
	for (size_t i = 0; i < 4; i++) {
		assert_false(s.answered);
		feed(&s, clean + i, 1);
	}
	assert_true(s.answered);
	assert_int_equal(s.fault, PRINTER_READY);
}

TEST(escpos_faults_have_each_their_state)
{
	UNUSED(state);
	static const struct {
		uint8_t r[4];
		enum printer_state state;
	} faults[] = {{{0x1a, 0x16, 0x12, 0x12}, PRINTER_COVER_OPEN},
		{{0x1a, 0x32, 0x12, 0x72}, PRINTER_PAPER_OUT},
		{{0x12, 0x12, 0x12, 0x72}, PRINTER_PAPER_OUT},
		{{0x1a, 0x52, 0x1a, 0x12}, PRINTER_JAM}, {{0x1a, 0x52, 0x52, 0x12}, PRINTER_HOT},
		{{0x1a, 0x52, 0x32, 0x12}, PRINTER_FAULT},
		{{0x1a, 0x52, 0x12, 0x12}, PRINTER_FAULT},
		{{0x1a, 0x1a, 0x12, 0x12}, PRINTER_PRINTING},
		{{0x1a, 0x12, 0x12, 0x12}, PRINTER_FAULT}};
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct lang_state s = asked();
		feed(&s, faults[i].r, 4);
		assert_true(s.answered);
		assert_int_equal(s.fault, faults[i].state);
	}
}

TEST(escpos_near_end_is_no_fault)
{
	UNUSED(state);
	static const uint8_t low[4] = {0x12, 0x12, 0x12, 0x1e};
	struct lang_state s = asked();
	feed(&s, low, 4);
	assert_true(s.near_end);
	assert_int_equal(s.fault, PRINTER_READY);
}

TEST(escpos_bytes_that_are_no_answer_are_passed_over)
{
	UNUSED(state);
	static const uint8_t mixed[] = {0x00, 0xff, 0x12, 0x80, 0x12, 0x93, 0x12, 0x12};
	struct lang_state s = asked();
	feed(&s, mixed, sizeof(mixed));
	assert_true(s.answered);
}

TEST(escpos_changes_are_told_by_the_printer_itself)
{
	UNUSED(state);
	static const uint8_t cover[4] = {0x30, 0, 0, 0}, paper[4] = {0x18, 0, 0x0c, 0},
			     fine[4] = {0x10, 0, 0, 0};
	struct lang_state s = asked();
	feed(&s, cover, 4);
	assert_int_equal(s.fault, PRINTER_COVER_OPEN);
	feed(&s, paper, 4);
	assert_int_equal(s.fault, PRINTER_PAPER_OUT);
	feed(&s, fine, 4);
	assert_int_equal(s.fault, PRINTER_READY);
	assert_false(s.answered);
}

TEST(escpos_changes_have_each_their_state)
{
	UNUSED(state);
	static const struct {
		uint8_t b[4];
		enum printer_state state;
	} changes[] = {
		{{0x18, 0x08, 0, 0}, PRINTER_JAM},
		{{0x18, 0x04, 0, 0}, PRINTER_JAM},
		{{0x18, 0x20, 0, 0}, PRINTER_FAULT},
		{{0x18, 0x40, 0, 0}, PRINTER_HOT},
	};
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct lang_state s = asked();
		feed(&s, changes[i].b, 4);
		assert_int_equal(s.fault, changes[i].state);
	}
}

TEST(escpos_words_with_a_wrong_byte_in_them_are_passed_over)
{
	UNUSED(state);
	static const uint8_t wrong[] = {0x37, 0x22, 'A', 'B', 'C', 'D', 1, 0x37, 0x00, 0x30, 0x80};
	struct lang_state s = asked();
	lang_escpos.begin(&s, (const uint8_t *)"ABCD");
	feed(&s, wrong, sizeof(wrong));
	assert_false(s.completed);
	assert_int_equal(s.fault, PRINTER_READY);
}

TEST(escpos_own_process_id_confirms)
{
	UNUSED(state);
	static const uint8_t other[7] = {0x37, 0x22, 'Z', 'Z', 'Z', 'Z', 0},
			     own[7] = {0x37, 0x22, 'A', 'B', 'C', 'D', 0};
	const struct printer_model *m = model_by_name(span_of("TM-m30"));
	struct lang_state s = asked();
	lang_escpos.begin(&s, (const uint8_t *)"ABCD");
	feed(&s, other, 7);
	assert_false(lang_escpos.confirmed(m, &s, true));
	feed(&s, own, 7);
	assert_true(lang_escpos.confirmed(m, &s, false));
}

TEST(escpos_clearing_is_no_confirmation)
{
	UNUSED(state);
	static const uint8_t cleared[3] = {0x37, 0x25, 0};
	const struct printer_model *m = model_by_name(span_of("TM-m30"));
	struct lang_state s = asked();
	lang_escpos.begin(&s, (const uint8_t *)"ABCD");
	feed(&s, cleared, 3);
	assert_false(lang_escpos.confirmed(m, &s, true));
}

TEST(escpos_every_truncation_of_an_answer_waits)
{
	UNUSED(state);
	static const uint8_t own[7] = {0x37, 0x22, 'A', 'B', 'C', 'D', 0},
			     change[4] = {0x10, 0, 0, 0};
	size_t used;
	struct lang_state s = asked();
	for (size_t n = 1; n < 7; n++)
		assert_int_equal(lang_escpos.answer((struct span){own, n}, &s, &used), REPLY_MORE);
	for (size_t n = 1; n < 4; n++)
		assert_int_equal(
			lang_escpos.answer((struct span){change, n}, &s, &used), REPLY_MORE);
	assert_int_equal(used, 0);
}

TEST(escpos_without_process_id_only_a_clean_answer_confirms)
{
	UNUSED(state);
	const struct printer_model *m = model_by_name(span_of("TM-T20"));
	struct lang_state s = asked();
	assert_false(lang_escpos.confirmed(m, &s, false));
	assert_true(lang_escpos.confirmed(m, &s, true));
	s.fault = PRINTER_PAPER_OUT;
	assert_false(lang_escpos.confirmed(m, &s, true));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(escpos_gives_random_dots_back),
	cmocka_unit_test(escpos_never_sends_a_byte_pair_that_is_obeyed),
	cmocka_unit_test(escpos_breaks_pairs_across_rows_and_bands),
	cmocka_unit_test(escpos_sends_bands_of_200_rows_at_most),
	cmocka_unit_test(escpos_row_is_as_wide_as_the_head),
	cmocka_unit_test(escpos_narrow_page_is_filled_with_white),
	cmocka_unit_test(escpos_refuses_a_page_that_is_too_wide),
	cmocka_unit_test(escpos_asks_for_a_process_id_only_where_there_is_one),
	cmocka_unit_test(escpos_job_ends_with_a_cut),
	cmocka_unit_test(escpos_first_job_ends_a_picture_that_was_cut_off),
	cmocka_unit_test(escpos_four_answers_make_a_status),
	cmocka_unit_test(escpos_faults_have_each_their_state),
	cmocka_unit_test(escpos_near_end_is_no_fault),
	cmocka_unit_test(escpos_bytes_that_are_no_answer_are_passed_over),
	cmocka_unit_test(escpos_changes_are_told_by_the_printer_itself),
	cmocka_unit_test(escpos_changes_have_each_their_state),
	cmocka_unit_test(escpos_words_with_a_wrong_byte_in_them_are_passed_over),
	cmocka_unit_test(escpos_own_process_id_confirms),
	cmocka_unit_test(escpos_clearing_is_no_confirmation),
	cmocka_unit_test(escpos_every_truncation_of_an_answer_waits),
	cmocka_unit_test(escpos_without_process_id_only_a_clean_answer_confirms),
};
RUN_TESTS(tests)
