/* Badges: templates that are refused, names that fit, codes that a scanner reads. */
#include "test.h"

#include "badge.h"

#include <zbar.h>

static struct painter *p;
static struct badge_template *label, *strip, *narrow; /* narrow: 512 dots at 180 dpi */
static struct visit v;
static struct badge_words words;
static struct badge_report report;
static uint8_t memory[256 * 1200];
static struct bitmap dots;
static char fault[BADGE_FAULT];

struct person {
	const char *given, *family, *organisation, *organisation_short;
	enum role role;
	bool family_first;
};

static const struct person people[] = {
	{"Li", "Wu", "ACME", "", ROLE_DELEGATE, false},
	{"Ada", "Lovelace", "Engines", "", ROLE_SPEAKER, false},
	{"Jean-Baptiste", "de la Vallée Poussin", "Institut", "", ROLE_VIP, false},
	{"Marie-Antoinette", "Van den Broecke-Vandenbossche",
		"Federale Overheidsdienst Buitenlandse Zaken, Buitenlandse Handel", "FOD", ROLE_VIP,
		false},
	{"Wolfeschlegelsteinhausenbergerdorff Maximilian Alexander",
		"Featherstonehaugh-Cholmondeley von Hohenlohe", "Kurz", "", ROLE_PRESS, false},
	{"小明", "王", "清华大学", "", ROLE_OFFICIAL, true},
	{"محمد عبد الله", "الأنصاري", "جامعة", "", ROLE_STAFF, false},
	{"Nguyễn Thị", "Phượng Ưỡng", "Bách khoa", "", ROLE_PARTNER, false},
	{"Ελευθερία", "Παπαδοπούλου", "Πολυτεχνείο", "", ROLE_DELEGATE, false},
	{"", "Björk", "", "", ROLE_SECURITY, false},
	{"Łukasz", "Żółć-Brzęczyszczykiewicz", "Gdańsk", "", ROLE_DELEGATE, false},
	{"Þórgunnur", "İbrahimoğlu", "Østfold", "", ROLE_DELEGATE, false},
};

static void become(const struct person *who)
{
	memset(&v, 0, sizeof(v));
	v.given_name = span_of(who->given);
	v.family_name = span_of(who->family);
	v.organisation = span_of(who->organisation);
	v.organisation_short = span_of(who->organisation_short);
	v.role = who->role;
	v.family_first = who->family_first;
	v.badge_token.kind = TOKEN_BADGE;
	v.badge_token.epoch = 1;
	memset(v.badge_token.secret, who->given[0] + 1, sizeof(v.badge_token.secret));
	words = (struct badge_words){
		"Déléguée", "Delegate", NULL, "Mission 2025", NULL, NULL, NULL};
}

static void paint_on(struct badge_template *t)
{
	assert_ok(bitmap_init(&dots, badge_width(t), badge_height(t), memory, sizeof(memory)));
	assert_ok(badge_paint(p, t, &v, &words, &dots, &report));
}

static unsigned black_in(struct rect r)
{
	unsigned n = 0;

	for (int32_t y = r.y; y < r.y + r.h; y++)
		for (int32_t x = r.x; x < r.x + r.w; x++)
			n += bitmap_get(&dots, (uint32_t)x, (uint32_t)y);
	return n;
}

static struct rect field_at(const struct badge_template *t, enum badge_field field)
{
	struct rect r;

	assert_ok(badge_field_at(t, field, &r));
	return r;
}

/* What a scanner sees: grain times grain dots blurred into grey, dark gained or not. */
static void read_back(bool blur)
{
	size_t n = (size_t)dots.width * dots.height;
	uint8_t *grey = malloc(n);
	char want[TOKEN_TEXT + 1];
	zbar_image_t *image = zbar_image_create();
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();

	assert_non_null(grey);
	for (uint32_t y = 0; y < dots.height; y++)
		for (uint32_t x = 0; x < dots.width; x++) {
			unsigned dark = 0;

			for (uint32_t k = 0; k < 9; k++) {
				uint32_t at_x = x + k % 3 - 1, at_y = y + k / 3 - 1;

				if (at_x < dots.width && at_y < dots.height)
					dark += bitmap_get(&dots, at_x, at_y);
			}
			if (!blur)
				dark = bitmap_get(&dots, x, y) ? 9 : 0;
			/* A heated dot is rounder and larger than its square. */
			grey[(size_t)y * dots.width + x] =
				(uint8_t)(dark >= 3 ? 20 : 255 - dark * 40);
		}
	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, dots.width, dots.height);
	zbar_image_set_data(image, grey, n, NULL);
	assert_int_equal(zbar_scan_image(scanner, image), 1);
	token_text(&v.badge_token, want);
	assert_string_equal(zbar_symbol_get_data(zbar_image_first_symbol(image)),
		words.code ? words.code : want);
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(grey);
}

TEST(every_name_fits_each_paper)
{
	struct badge_template *const papers[] = {label, strip, narrow};

	for (size_t i = 0; i < COUNT(people) * COUNT(papers); i++) {
		struct badge_template *t = papers[i % COUNT(papers)];

		become(&people[i / COUNT(papers)]);
		paint_on(t);
		assert_int_equal(report.overflow, 0);
		assert_int_equal(report.unknown, 0);
		assert_true(black_in(field_at(t, BADGE_NAME)) > 300);
	}
}

TEST(the_name_of_an_event_may_be_long_on_each_paper)
{
	struct badge_template *const papers[] = {label, strip, narrow};
	static const char *const names[] = {
		"Mission économique en Californie (démo)",
		"Economische missie naar Californië (demo)",
		"Wirtschaftsmission nach Kalifornien (Demo)",
		"Economic mission to California (demo)",
		"San Francisco",
		"San Francisco",
		"San Francisco",
		"San Francisco",
		"Los Angeles",
		"Los Angeles",
		"Los Angeles",
		"Los Angeles",
	};

	for (size_t i = 0; i < COUNT(names) * COUNT(papers); i++) {
		become(&people[1]);
		words.event = names[i / COUNT(papers)];
		paint_on(papers[i % COUNT(papers)]);
		assert_int_equal(report.overflow, 0);
		assert_int_equal(report.shortened, 0);
	}
}

TEST(judging_needs_no_paper)
{
	become(&people[4]);
	assert_ok(badge_paint(p, label, &v, &words, NULL, &report));
	assert_int_equal(report.overflow, 0);
}

TEST(nothing_of_a_name_lies_outside_its_box)
{
	struct rect box = field_at(label, BADGE_NAME);

	for (size_t i = 0; i < COUNT(people); i++) {
		become(&people[i]);
		v.organisation.n = 0;
		paint_on(label);
		assert_int_equal(black_in((struct rect){0, box.y, box.x - 2, box.h}), 0);
		assert_int_equal(black_in((struct rect){box.x + box.w + 2, box.y,
					 (int32_t)dots.width - box.x - box.w - 2, box.h}),
			0);
		assert_int_equal(black_in((struct rect){box.x, box.y + box.h + 2, box.w, 8}), 0);
	}
}

TEST(an_impossible_name_is_reported)
{
	static char name[257];

	become(&people[0]);
	memset(name, 'W', sizeof(name) - 1);
	for (size_t i = 9; i < sizeof(name) - 1; i += 10)
		name[i] = ' ';
	v.organisation = span_of(name);
	paint_on(label);
	assert_int_equal(report.overflow, 1 << BADGE_ORGANISATION);
	assert_int_equal(report.shortened & (1 << BADGE_NAME), 0);
}

TEST(the_short_form_is_taken_when_the_long_one_does_not_fit)
{
	static char name[257];

	become(&people[0]);
	memset(name, 'W', sizeof(name) - 1);
	v.organisation = span_of(name);
	v.organisation_short = span_of("WWW");
	paint_on(label);
	assert_int_equal(report.overflow, 0);
	assert_int_equal(report.shortened, 1 << BADGE_ORGANISATION);
}

TEST(a_display_name_is_shown_in_place_of_the_parts)
{
	static uint8_t first[sizeof(memory)];

	become(&people[1]);
	paint_on(label);
	memcpy(first, memory, sizeof(memory));
	v.display_name = span_of("Countess of Lovelace");
	paint_on(label);
	assert_memory_not_equal(first, memory, dots.stride * dots.height);
}

TEST(a_broken_name_is_refused_not_printed)
{
	become(&people[1]);
	v.display_name = span_of("\xff\xff");
	assert_err(badge_paint(p, label, &v, &words, NULL, &report), ERR_IO);
}

TEST(a_scanner_reads_the_code_on_both_papers)
{
	become(&people[1]);
	paint_on(label);
	read_back(false);
	paint_on(strip);
	read_back(false);
}

TEST(a_scanner_reads_the_code_after_dot_gain)
{
	become(&people[2]);
	paint_on(label);
	read_back(true);
	paint_on(strip);
	read_back(true);
}

/* As long as a late guest's (late.h): a symbol of 53 modules. */
static const char *late_code(size_t n)
{
	static char code[BADGE_CODE + 2];

	memset(code, 0, sizeof(code));
	memcpy(code, "ZQM1", 4);
	for (size_t i = 4; i < n; i++)
		code[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[i * i % 31];
	return code;
}

TEST(a_late_guests_longer_code_is_read_on_every_paper)
{
	become(&people[1]);
	words.code = late_code(187);
	paint_on(label);
	read_back(false);
	read_back(true);
	paint_on(strip);
	read_back(false);
	paint_on(narrow);
	read_back(false);
	assert_int_equal(report.overflow & 1u << BADGE_QR, 0);
}

TEST(a_code_too_long_to_be_read_is_reported)
{
	become(&people[1]);
	words.code = late_code(BADGE_CODE);
	paint_on(narrow);
	assert_int_equal(report.overflow & 1u << BADGE_QR, 1u << BADGE_QR);
	words.code = late_code(BADGE_CODE + 1);
	assert_err(badge_paint(p, label, &v, &words, NULL, &report), ERR_FULL);
}

static void demand_whole_modules(struct badge_template *t, int32_t side)
{
	struct rect box = field_at(t, BADGE_QR);
	int32_t all = side + 8, scale = (box.w < box.h ? box.w : box.h) / all, whole = all * scale;
	int32_t x0 = box.x + (box.w - whole) / 2 + 4 * scale,
		y0 = box.y + (box.h - whole) / 2 + 4 * scale;

	assert_true(scale >= (side == 29 ? 4 : 3));
	for (int32_t y = 0; y < side; y++)
		for (int32_t x = 0; x < side; x++) {
			unsigned black = black_in(
				(struct rect){x0 + x * scale, y0 + y * scale, scale, scale});

			assert_true(black == 0 || black == (unsigned)(scale * scale));
		}
	assert_int_equal(
		black_in((struct rect){x0 - 4 * scale, y0 - 4 * scale, whole, 4 * scale}), 0);
	assert_int_equal(black_in((struct rect){x0 - 4 * scale, y0, 4 * scale, side * scale}), 0);
	assert_int_equal(
		black_in((struct rect){x0 + side * scale, y0, 4 * scale, side * scale}), 0);
	assert_int_equal(
		black_in((struct rect){x0 - 4 * scale, y0 + side * scale, whole, 4 * scale}), 0);
}

TEST(every_module_is_the_same_whole_number_of_dots)
{
	become(&people[3]);
	paint_on(label);
	demand_whole_modules(label, 29);
	paint_on(strip);
	demand_whole_modules(strip, 29);
	words.code = late_code(187);
	paint_on(label);
	demand_whole_modules(label, 53);
	paint_on(strip);
	demand_whole_modules(strip, 53);
}

TEST(the_code_is_at_least_18_mm_wide)
{
	assert_true(field_at(label, BADGE_QR).w >= 18 * 300 / 25.4);
	assert_true(field_at(strip, BADGE_QR).w >= 18 * 203 / 25.4);
}

TEST(without_a_token_the_codes_place_stays_empty)
{
	become(&people[1]);
	v.badge_token.kind = 0;
	paint_on(label);
	assert_int_equal(black_in(field_at(label, BADGE_QR)), 0);
}

TEST(the_demo_strip_is_there_only_for_a_demo)
{
	become(&people[1]);
	paint_on(label);
	assert_int_equal(black_in(field_at(label, BADGE_DEMO)), 0);
	words.demo = "DEMO";
	paint_on(label);
	struct rect at = field_at(label, BADGE_DEMO);

	assert_true(black_in(at) > (unsigned)(at.w * at.h) / 2);
}

TEST(a_vip_has_a_black_band_and_a_delegate_an_outline)
{
	struct rect at = field_at(label, BADGE_ROLE);

	become(&people[2]);
	paint_on(label);
	assert_true(black_in(at) > (unsigned)(at.w * at.h) / 2);
	become(&people[0]);
	paint_on(label);
	assert_true(black_in(at) < (unsigned)(at.w * at.h) / 3);
}

TEST(the_standard_label_has_the_dots_of_its_printer)
{
	assert_int_equal(badge_width(label), 696);
	assert_int_equal(badge_height(label), 1109);
	assert_int_equal(badge_width(strip), 576);
}

TEST(a_receipt_printer_of_180_dpi_has_a_badge_too)
{
	become(&people[1]);
	paint_on(narrow);
	assert_int_equal(dots.width, 512);
	read_back(false);
}

TEST(a_bitmap_of_another_size_is_refused)
{
	become(&people[0]);
	assert_ok(bitmap_init(&dots, 100, 100, memory, sizeof(memory)));
	assert_err(badge_paint(p, label, &v, &words, &dots, &report), ERR_FORMAT);
}

TEST(no_name_is_left_in_the_template)
{
	become(&people[1]);
	paint_on(label);
	painter_forget(p);
	paint_on(label);
	badge_forget(label);
	assert_int_equal(report.overflow, 0);
}

#define PAGE(inside)                                                                               \
	"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "      \
	"width='62mm' height='100mm' viewBox='0 0 62 100'>" inside "</svg>"
#define NAME "<rect id='name' x='5' y='20' width='50' height='20'/>"
#define QR   "<rect id='qr' x='5' y='60' width='24' height='24'/>"

/* The exact error, and the place in its words. */
static void refuse(const char *svg, enum err e, const char *said)
{
	struct badge_template *t = NULL;

	assert_err(badge_template_load(&t, span_of(svg), &badge_paper_62x100, fault), e);
	assert_null(t);
	if (strstr(fault, said) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", fault, said);
}

TEST(a_small_sound_template_is_taken)
{
	struct badge_template *t = NULL;
	struct rect r;

	assert_ok(badge_template_load(&t, span_of(PAGE(NAME QR)), &badge_paper_62x100, fault));
	assert_string_equal(fault, "");
	assert_err(badge_field_at(t, BADGE_ROLE, &r), ERR_ABSENT);
	become(&people[2]);
	words.demo = "DEMO";
	paint_on(t);
	badge_template_free(t);
}

TEST(a_moved_group_moves_its_fields)
{
	struct badge_template *t = NULL;

	assert_ok(badge_template_load(&t,
		span_of(PAGE("<g transform='translate(0, 10) scale(1)'>" NAME "</g>" QR)),
		&badge_paper_62x100, fault));
	assert_in_range(field_at(t, BADGE_NAME).y, 30 * 300 / 25.4 - 38, 30 * 300 / 25.4 - 34);
	badge_template_free(t);
}

TEST(a_rotated_field_is_refused)
{
	refuse(PAGE(QR "<rect id='name' transform='rotate(90)' x='5' y='20' width='9' "
		       "height='9'/>"),
		ERR_FORMAT, "name: a field stands upright");
	refuse(PAGE(QR "<g transform='translate(1) skewX(4)'>" NAME "</g>"), ERR_FORMAT,
		"name: a field stands upright");
	refuse(PAGE(QR "<g style='transform:rotate(3deg)'>" NAME "</g>"), ERR_FORMAT,
		"name: a field stands upright");
}

TEST(artwork_may_be_rotated)
{
	struct badge_template *t = NULL;

	assert_ok(badge_template_load(&t,
		span_of(PAGE(NAME QR "<path transform='rotate(9)' d='M9 9h9'/>")),
		&badge_paper_62x100, fault));
	badge_template_free(t);
}

TEST(a_reference_outside_the_file_is_refused)
{
	refuse(PAGE(NAME QR "<image id='logo' xlink:href='file:///etc/passwd'/>"), ERR_FORMAT,
		"logo: refers to something outside");
	refuse(PAGE(NAME QR "<image href='http://example.org/a.png'/>"), ERR_FORMAT,
		"image: refers to something outside");
	refuse(PAGE(NAME QR "<path style='fill:url( \"a.svg#x\")'/>"), ERR_FORMAT,
		"path: refers to something outside");
	refuse(PAGE("<style>@import 'a.css';</style>" NAME QR), ERR_FORMAT,
		"style: refers to something outside");
	refuse("<?xml-stylesheet href='a.css'?>" PAGE(NAME QR), ERR_FORMAT, "xml-stylesheet");
}

TEST(a_reference_inside_the_file_is_taken)
{
	struct badge_template *t = NULL;

	assert_ok(badge_template_load(&t,
		span_of(PAGE("<defs><path id='dot' d='M9 9h9'/></defs>" NAME QR
			     "<use href='#dot' fill='url(#none)'/>")),
		&badge_paper_62x100, fault));
	badge_template_free(t);
}

TEST(a_broken_file_is_refused)
{
	refuse("", ERR_FORMAT, "no well-formed SVG");
	refuse("<svg", ERR_FORMAT, "no well-formed SVG");
	refuse("<html/>", ERR_FORMAT, "this is no SVG drawing");
	refuse(PAGE("<g>"), ERR_FORMAT, "no well-formed SVG");
	refuse("<!DOCTYPE svg [<!ENTITY a 'b'>]>" PAGE(NAME QR), ERR_FORMAT, "document type");
}

TEST(name_and_code_must_be_there)
{
	refuse(PAGE(QR), ERR_FORMAT, "name: draw a <rect>");
	refuse(PAGE(NAME), ERR_FORMAT, "qr: draw a <rect>");
}

TEST(a_field_is_a_rect_and_there_once)
{
	refuse(PAGE(NAME QR "<path id='role' d='M0 0h9'/>"), ERR_FORMAT,
		"role: a field is a <rect>");
	refuse(PAGE(NAME QR NAME), ERR_FORMAT, "name: this id is given twice");
}

TEST(a_field_outside_the_printed_area_is_refused)
{
	refuse(PAGE(QR "<rect id='name' x='0' y='20' width='50' height='9'/>"), ERR_FORMAT,
		"name: lies outside");
	refuse(PAGE(QR "<rect id='name' x='5' y='98' width='50' height='9'/>"), ERR_FORMAT,
		"name: lies outside");
}

TEST(a_field_too_small_is_refused)
{
	refuse(PAGE(NAME "<rect id='qr' x='5' y='60' width='9' height='9'/>"), ERR_FORMAT,
		"qr: is 106 x 105 dots");
	refuse(PAGE(QR "<rect id='name' x='5' y='20' width='50' height='1'/>"), ERR_FORMAT,
		"make it at least 2.0 mm");
}

TEST(a_page_of_another_size_is_refused)
{
	refuse("<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='100mm'>" NAME QR
	       "</svg>",
		ERR_FORMAT, "90.0 x 100.0 mm");
	refuse("<svg xmlns='http://www.w3.org/2000/svg' width='62mm' height='900mm'>" NAME QR
	       "</svg>",
		ERR_FULL, "longer than 300 mm");
}

TEST(a_wish_that_makes_no_sense_is_refused)
{
	refuse(PAGE(QR "<rect id='name' data-align='left'/>"), ERR_FORMAT, "name: data-align");
	refuse(PAGE(QR "<rect id='name' data-down='low'/>"), ERR_FORMAT, "name: data-down");
	refuse(PAGE(QR "<rect id='name' data-size='big'/>"), ERR_FORMAT, "name: data-size");
	refuse(PAGE(QR "<rect id='name' data-aim='1e9'/>"), ERR_FORMAT, "name: data-aim");
	refuse(PAGE(QR "<rect id='name' data-lines='0'/>"), ERR_FORMAT, "name: data-lines");
	refuse(PAGE(QR "<rect id='name' data-weight='fat'/>"), ERR_FORMAT, "name: data-weight");
}

TEST(a_file_too_large_is_refused)
{
	static uint8_t large[BADGE_SVG_MAX + 1];
	struct badge_template *t = NULL;

	assert_err(badge_template_load(
			   &t, (struct span){large, sizeof(large)}, &badge_paper_62x100, NULL),
		ERR_FULL);
}

TEST(every_truncation_of_the_standard_template_is_refused)
{
	struct span svg = badge_standard(&badge_paper_62x100);
	struct badge_template *t = NULL;

	for (size_t n = 0; n + 8 < svg.n; n += 7)
		assert_err(badge_template_load(&t, span_cut(svg, 0, n), &badge_paper_62x100, fault),
			ERR_FORMAT);
}

static int set_up(void **state)
{
	UNUSED(state);
	return painter_new(&p) != OK ||
	       badge_template_load(&label, badge_standard(&badge_paper_62x100), &badge_paper_62x100,
		       fault) != OK ||
	       badge_template_load(
		       &strip, badge_standard(&badge_paper_80), &badge_paper_80, fault) != OK ||
	       badge_template_load(&narrow, badge_standard(&badge_paper_80_180),
		       &badge_paper_80_180, fault) != OK;
}

static int tear_down(void **state)
{
	UNUSED(state);
	badge_template_free(label);
	badge_template_free(strip);
	badge_template_free(narrow);
	painter_free(p);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_name_fits_each_paper),
	cmocka_unit_test(the_name_of_an_event_may_be_long_on_each_paper),
	cmocka_unit_test(judging_needs_no_paper),
	cmocka_unit_test(nothing_of_a_name_lies_outside_its_box),
	cmocka_unit_test(an_impossible_name_is_reported),
	cmocka_unit_test(the_short_form_is_taken_when_the_long_one_does_not_fit),
	cmocka_unit_test(a_display_name_is_shown_in_place_of_the_parts),
	cmocka_unit_test(a_broken_name_is_refused_not_printed),
	cmocka_unit_test(a_scanner_reads_the_code_on_both_papers),
	cmocka_unit_test(a_scanner_reads_the_code_after_dot_gain),
	cmocka_unit_test(a_late_guests_longer_code_is_read_on_every_paper),
	cmocka_unit_test(a_code_too_long_to_be_read_is_reported),
	cmocka_unit_test(every_module_is_the_same_whole_number_of_dots),
	cmocka_unit_test(the_code_is_at_least_18_mm_wide),
	cmocka_unit_test(without_a_token_the_codes_place_stays_empty),
	cmocka_unit_test(the_demo_strip_is_there_only_for_a_demo),
	cmocka_unit_test(a_vip_has_a_black_band_and_a_delegate_an_outline),
	cmocka_unit_test(the_standard_label_has_the_dots_of_its_printer),
	cmocka_unit_test(a_receipt_printer_of_180_dpi_has_a_badge_too),
	cmocka_unit_test(a_bitmap_of_another_size_is_refused),
	cmocka_unit_test(no_name_is_left_in_the_template),
	cmocka_unit_test(a_small_sound_template_is_taken),
	cmocka_unit_test(a_moved_group_moves_its_fields),
	cmocka_unit_test(a_rotated_field_is_refused),
	cmocka_unit_test(artwork_may_be_rotated),
	cmocka_unit_test(a_reference_outside_the_file_is_refused),
	cmocka_unit_test(a_reference_inside_the_file_is_taken),
	cmocka_unit_test(a_broken_file_is_refused),
	cmocka_unit_test(name_and_code_must_be_there),
	cmocka_unit_test(a_field_is_a_rect_and_there_once),
	cmocka_unit_test(a_field_outside_the_printed_area_is_refused),
	cmocka_unit_test(a_field_too_small_is_refused),
	cmocka_unit_test(a_page_of_another_size_is_refused),
	cmocka_unit_test(a_wish_that_makes_no_sense_is_refused),
	cmocka_unit_test(a_file_too_large_is_refused),
	cmocka_unit_test(every_truncation_of_the_standard_template_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
