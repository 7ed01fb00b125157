/* Brother QL raster: the bytes of a job, read back by a reader of its own, and the status grammar. */
#include "test.h"

#include "help/page_decode.h"
#include "language.h"
#include "model.h"

enum { JOB_MAX = 4 << 20 };

static uint8_t job_bytes[JOB_MAX], dots[90 * 12000];
static struct decoded seen;
static uint32_t chance = 1;

static uint8_t next_byte(void)
{
	chance = chance * 1664525u + 1013904223u;
	return (uint8_t)(chance >> 24);
}

static const struct printer_model *model(const char *name)
{
	const struct printer_model *m = model_by_name(span_of(name));
	assert_non_null(m);
	return m;
}

static struct bitmap blank(uint32_t height)
{
	struct bitmap b;
	assert_ok(bitmap_init(&b, 696, height, dots, sizeof(dots)));
	bitmap_clear(&b);
	return b;
}

static struct span encode(const char *name, const char *media, const struct bitmap *page)
{
	const struct printer_model *m = model(name);
	const struct lang_job job = {
		.model = m, .media = media_by_name(m, span_of(media)), .page = page};
	struct sink k = sink_on(job_bytes, lang_brother.bound(m, page->height));

	assert_true(k.cap <= sizeof(job_bytes));
	assert_ok(lang_brother.encode(&job, &k));
	return (struct span){k.p, k.n};
}

static void assert_comes_back(const char *name, const char *media, const struct bitmap *page)
{
	const struct printer_model *m = model(name);
	unsigned right = 12 + (m->row == 162 ? 44 : 0);

	decode_brother(encode(name, media, page), m->row, &seen);
	if (seen.fault)
		fail_msg("%s at %zu", seen.fault, seen.at);
	assert_int_equal(seen.rows, page->height);
	unsigned black = 0, pins = 0;
	for (uint32_t y = 0; y < page->height; y++) {
		for (uint32_t x = 0; x < page->width; x++) {
			bool is = bitmap_get(page, x, y);
			black += is;
			if (decode_brother_dot(&seen, page->width, right, x, y) != is)
				fail_msg("%s: dot %u,%u differs", name, x, y);
		}
		for (unsigned i = 0; i < m->row; i++)
			pins += (unsigned)__builtin_popcount(seen.dots[y][i]);
	}
	assert_int_equal(black, pins);
}

static const char *const all[] = {
	"QL-700", "QL-800", "QL-810W", "QL-820NWB", "QL-1100", "QL-1110NWB"};

TEST(brother_gives_random_dots_back_on_every_model)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	for (size_t i = 0; i < b.height * b.stride; i++)
		dots[i] = next_byte();
	for (size_t i = 0; i < COUNT(all); i++)
		assert_comes_back(all[i], "62x100", &b);
}

TEST(brother_gives_runs_and_lone_dots_back)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	for (size_t i = 0; i < b.height * b.stride; i++)
		dots[i] = next_byte() < 40 ? next_byte() : next_byte() < 128 ? 0 : 0xff;
	for (size_t i = 0; i < COUNT(all); i++)
		assert_comes_back(all[i], "62x100", &b);
}

TEST(brother_gives_each_corner_dot_back)
{
	UNUSED(state);
	static const uint32_t corners[][2] = {{0, 0}, {695, 0}, {0, 1108}, {695, 1108}};
	for (size_t i = 0; i < COUNT(corners); i++) {
		struct bitmap b = blank(1109);
		bitmap_set(&b, corners[i][0], corners[i][1], true);
		assert_comes_back("QL-820NWB", "62x100", &b);
		assert_comes_back("QL-1100", "62x100", &b);
	}
}

TEST(brother_gives_a_page_all_black_back)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	memset(dots, 0xff, b.height * b.stride);
	assert_comes_back("QL-820NWB", "62x100", &b);
	assert_true(seen.compressed);
	assert_comes_back("QL-800", "62x100", &b);
	assert_false(seen.compressed);
}

TEST(brother_sends_raw_what_packing_would_make_longer)
{
	UNUSED(state);
	struct bitmap b = blank(400);
	for (size_t i = 0; i < b.height * b.stride; i++)
		dots[i] = (uint8_t)(i % 87 * 3 + 1);
	assert_comes_back("QL-820NWB", "62", &b);
	assert_false(seen.compressed);
}

TEST(brother_sends_a_blank_row_as_one_byte_where_it_may)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	bitmap_set(&b, 5, 5, true);
	assert_comes_back("QL-820NWB", "62x100", &b);
	assert_int_equal(seen.blank_rows, 1108);
	assert_comes_back("QL-800", "62x100", &b);
	assert_int_equal(seen.blank_rows, 0);
	assert_comes_back("QL-700", "62x100", &b);
	assert_int_equal(seen.blank_rows, 0);
}

TEST(brother_job_begins_with_400_zeros_and_init)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	struct span job = encode("QL-820NWB", "62x100", &b);
	decode_brother(job, 90, &seen);
	assert_int_equal(seen.zeros, 400);
	assert_memory_equal(job.p + 400, "\x1b@\x1bia\x01\x1bi!\x00\x1biz\x4e\x0b\x3e\x64", 16);
}

TEST(brother_job_lets_the_printer_speak_up)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	for (size_t i = 0; i < COUNT(all); i++) {
		decode_brother(encode(all[i], "62x100", &b), model(all[i])->row, &seen);
		assert_int_equal(seen.notify, 0);
	}
}

TEST(brother_job_never_asks_for_recovery)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	for (size_t i = 0; i < COUNT(all); i++) {
		decode_brother(encode(all[i], "62x100", &b), model(all[i])->row, &seen);
		assert_int_equal(seen.flags & 0x80, 0);
	}
}

TEST(brother_job_says_its_label_and_cuts)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	decode_brother(encode("QL-820NWB", "62x100", &b), 90, &seen);
	assert_int_equal(seen.type, 0x0b);
	assert_int_equal(seen.width_mm, 62);
	assert_int_equal(seen.length_mm, 100);
	assert_int_equal(seen.said_rows, 1109);
	assert_int_equal(seen.margin, 0);
	assert_true(seen.cuts);
}

TEST(brother_job_on_endless_paper_feeds_its_margin)
{
	UNUSED(state);
	struct bitmap b = blank(500);
	decode_brother(encode("QL-820NWB", "62", &b), 90, &seen);
	assert_null(seen.fault);
	assert_int_equal(seen.type, 0x0a);
	assert_int_equal(seen.length_mm, 0);
	assert_int_equal(seen.said_rows, 500);
	assert_int_equal(seen.margin, 35);
	assert_int_equal(seen.flags & 0x08, 0);
}

TEST(brother_ql_700_is_not_told_its_mode)
{
	UNUSED(state);
	struct bitmap b = blank(1109);
	decode_brother(encode("QL-700", "62x100", &b), 90, &seen);
	assert_int_equal(seen.mode, 0);
	decode_brother(encode("QL-800", "62x100", &b), 90, &seen);
	assert_int_equal(seen.mode, 1);
}

TEST(brother_refuses_a_page_of_another_width)
{
	UNUSED(state);
	const struct printer_model *m = model("QL-820NWB");
	struct bitmap b;
	assert_ok(bitmap_init(&b, 576, 1109, dots, sizeof(dots)));
	const struct lang_job job = {
		.model = m, .media = media_by_name(m, span_of("62x100")), .page = &b};
	struct sink k = sink_on(job_bytes, sizeof(job_bytes));
	assert_err(lang_brother.encode(&job, &k), ERR_FORMAT);
}

TEST(brother_says_full_at_every_size_too_small)
{
	UNUSED(state);
	struct bitmap b = blank(301);
	for (size_t i = 0; i < b.height * b.stride; i++)
		dots[i] = next_byte();
	size_t whole = encode("QL-820NWB", "62", &b).n;
	const struct printer_model *m = model("QL-820NWB");
	const struct lang_job job = {
		.model = m, .media = media_by_name(m, span_of("62")), .page = &b};
	for (size_t n = 0; n < whole; n += 97) {
		struct sink k = sink_on(job_bytes, n);
		assert_err(lang_brother.encode(&job, &k), ERR_FULL);
	}
}

/* A status: kind at 18, phase at 19, error bytes, notification. */
static void frame(uint8_t out[32], uint8_t kind, uint8_t phase, uint8_t e1, uint8_t e2)
{
	memset(out, 0, 32);
	memcpy(out, "\x80\x20\x42\x34\x41\x30", 6);
	out[8] = e1;
	out[9] = e2;
	out[10] = 62;
	out[11] = 0x0b;
	out[17] = 100;
	out[18] = kind;
	out[19] = phase;
}

static struct lang_state start(void)
{
	return (struct lang_state){.fault = PRINTER_READY};
}

static void feed(struct lang_state *s, const uint8_t *p, size_t n)
{
	size_t at = 0, used = 1;
	while (at < n && used > 0) {
		struct span rest = {p + at, n - at};
		if (lang_brother.answer(rest, s, &used) == REPLY_MORE)
			break;
		at += used;
	}
	assert_int_equal(at, n);
}

TEST(brother_status_is_read_from_every_split)
{
	UNUSED(state);
	uint8_t f[32];
	size_t used;
	frame(f, 0, 0, 0, 0);
	for (size_t n = 1; n < 32; n++) {
		struct lang_state s = start();
		assert_int_equal(lang_brother.answer((struct span){f, n}, &s, &used), REPLY_MORE);
		assert_int_equal(used, 0);
		assert_false(s.answered);
	}
	struct lang_state s = start();
	assert_int_equal(lang_brother.answer((struct span){f, 32}, &s, &used), REPLY_WHOLE);
	assert_int_equal(used, 32);
	assert_true(s.answered);
	assert_int_equal(s.width_mm, 62);
	assert_int_equal(s.length_mm, 100);
}

TEST(brother_two_statuses_in_one_packet_are_two)
{
	UNUSED(state);
	uint8_t f[64];
	struct lang_state s = start();
	frame(f, 1, 0, 0, 0);
	frame(f + 32, 6, 0, 0, 0);
	feed(&s, f, 64);
	assert_true(s.completed);
	assert_true(s.received);
}

TEST(brother_garbage_before_a_status_is_passed_over)
{
	UNUSED(state);
	uint8_t f[32 + 5] = {0x00, 0x80, 0x20, 0x80, 0x42};
	struct lang_state s = start();
	frame(f + 5, 0, 0, 0, 0);
	feed(&s, f, sizeof(f));
	assert_true(s.answered);
}

TEST(brother_reads_noise_to_its_end)
{
	UNUSED(state);
	uint8_t noise[2000];
	struct lang_state s = start();
	for (int round = 0; round < 200; round++) {
		size_t at = 0, used = 1;
		for (size_t i = 0; i < sizeof(noise); i++)
			noise[i] = (uint8_t)(next_byte() < 30 ? 0x80 : next_byte());
		while (at < sizeof(noise) && used > 0) {
			struct span rest = {noise + at, sizeof(noise) - at};
			enum reply r = lang_brother.answer(rest, &s, &used);
			assert_true(r == REPLY_MORE ? used == 0 : used > 0);
			assert_true(used <= rest.n);
			at += used;
		}
		assert_true(sizeof(noise) - at < 32);
	}
}

TEST(brother_faults_have_each_their_state)
{
	UNUSED(state);
	static const struct {
		uint8_t e1, e2;
		enum printer_state state;
	} faults[] = {{1, 0, PRINTER_PAPER_OUT}, {2, 0, PRINTER_PAPER_OUT},
		{0, 0x40, PRINTER_PAPER_OUT}, {4, 0, PRINTER_JAM}, {0, 1, PRINTER_WRONG_ROLL},
		{0, 0x10, PRINTER_COVER_OPEN}, {1, 0x10, PRINTER_COVER_OPEN},
		{0x80, 0, PRINTER_FAULT}, {0, 0x80, PRINTER_FAULT}, {0x10, 0, PRINTER_BUSY}};
	for (size_t i = 0; i < COUNT(faults); i++) {
		uint8_t f[32];
		struct lang_state s = start();
		frame(f, 0, 0, faults[i].e1, faults[i].e2);
		feed(&s, f, 32);
		assert_int_equal(s.fault, faults[i].state);
		frame(f, 0, 0, 0, 0);
		feed(&s, f, 32);
		assert_int_equal(s.fault, PRINTER_READY);
	}
}

TEST(brother_without_a_roll_is_out_of_paper)
{
	UNUSED(state);
	uint8_t f[32];
	struct lang_state s = start();
	frame(f, 0, 0, 0, 0);
	f[10] = f[11] = f[17] = 0;
	feed(&s, f, 32);
	assert_int_equal(s.fault, PRINTER_PAPER_OUT);
}

TEST(brother_cooling_begins_and_ends)
{
	UNUSED(state);
	uint8_t f[32];
	struct lang_state s = start();
	frame(f, 5, 0, 0, 0);
	f[22] = 3;
	feed(&s, f, 32);
	assert_true(s.hot);
	f[22] = 4;
	feed(&s, f, 32);
	assert_false(s.hot);
}

TEST(brother_reserved_bytes_mean_nothing)
{
	UNUSED(state);
	static const uint8_t reserved[] = {6, 7, 12, 13, 14, 16, 23, 24, 26, 31};
	uint8_t f[32];
	struct lang_state plain = start(), odd = start();
	frame(f, 0, 0, 0, 0);
	feed(&plain, f, 32);
	for (size_t i = 0; i < COUNT(reserved); i++)
		f[reserved[i]] = 0xff;
	feed(&odd, f, 32);
	assert_memory_equal(&plain, &odd, sizeof(plain));
}

TEST(brother_completed_alone_confirms_nothing)
{
	UNUSED(state);
	uint8_t f[32];
	struct lang_state s = start();
	lang_brother.begin(&s, (const uint8_t *)"AAAA");
	frame(f, 1, 1, 0, 0);
	feed(&s, f, 32);
	assert_false(lang_brother.confirmed(NULL, &s, true));
	frame(f, 6, 0, 0, 0);
	feed(&s, f, 32);
	assert_false(lang_brother.confirmed(NULL, &s, false));
	assert_true(lang_brother.confirmed(NULL, &s, true));
}

TEST(brother_a_jam_after_completion_confirms_nothing)
{
	UNUSED(state);
	uint8_t f[32];
	struct lang_state s = start();
	lang_brother.begin(&s, (const uint8_t *)"AAAA");
	frame(f, 1, 1, 0, 0);
	feed(&s, f, 32);
	frame(f, 2, 0, 4, 0);
	feed(&s, f, 32);
	frame(f, 6, 0, 0, 0);
	feed(&s, f, 32);
	assert_false(lang_brother.confirmed(NULL, &s, true));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(brother_gives_random_dots_back_on_every_model),
	cmocka_unit_test(brother_gives_runs_and_lone_dots_back),
	cmocka_unit_test(brother_gives_each_corner_dot_back),
	cmocka_unit_test(brother_gives_a_page_all_black_back),
	cmocka_unit_test(brother_sends_raw_what_packing_would_make_longer),
	cmocka_unit_test(brother_sends_a_blank_row_as_one_byte_where_it_may),
	cmocka_unit_test(brother_job_begins_with_400_zeros_and_init),
	cmocka_unit_test(brother_job_lets_the_printer_speak_up),
	cmocka_unit_test(brother_job_never_asks_for_recovery),
	cmocka_unit_test(brother_job_says_its_label_and_cuts),
	cmocka_unit_test(brother_job_on_endless_paper_feeds_its_margin),
	cmocka_unit_test(brother_ql_700_is_not_told_its_mode),
	cmocka_unit_test(brother_refuses_a_page_of_another_width),
	cmocka_unit_test(brother_says_full_at_every_size_too_small),
	cmocka_unit_test(brother_status_is_read_from_every_split),
	cmocka_unit_test(brother_two_statuses_in_one_packet_are_two),
	cmocka_unit_test(brother_garbage_before_a_status_is_passed_over),
	cmocka_unit_test(brother_reads_noise_to_its_end),
	cmocka_unit_test(brother_faults_have_each_their_state),
	cmocka_unit_test(brother_without_a_roll_is_out_of_paper),
	cmocka_unit_test(brother_cooling_begins_and_ends),
	cmocka_unit_test(brother_reserved_bytes_mean_nothing),
	cmocka_unit_test(brother_completed_alone_confirms_nothing),
	cmocka_unit_test(brother_a_jam_after_completion_confirms_nothing),
};
RUN_TESTS(tests)
