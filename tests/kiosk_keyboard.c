/* The keyboard on the glass and the PIN pad: what keys write, and how they look. FOYER_SHOTS=DIR writes
 * PNGs. */
#include "test.h"

#include "app.h"
#include "keyboard.h"
#include "keypad.h"
#include "screen_judges.h"
#include "ui.h"

static struct model m;
static struct ui u;
static struct keyboard k;
static struct keypad pad;
static struct field f;

static void fresh(enum language l, bool names, const char *text)
{
	keyboard_start(&k, l, names);
	field_init(&f, 200, 200);
	assert_ok(field_set(&f, span_of(text)));
	keyboard_turn(&k, &f);
}

static void reads(const char *text)
{
	char got[FIELD_BYTES + 1];
	assert_ok(span_copy_text(field_text(&f), got, sizeof(got)));
	assert_string_equal(got, text);
}

/* Names of keys without "key-", apart by spaces. */
static void tap(const char *keys)
{
	char name[APP_NAME];
	while (*keys) {
		size_t n = strcspn(keys, " ");
		snprintf(name, sizeof(name), "key-%.*s", (int)n, keys);
		assert_int_not_equal(keyboard_tap(&k, &f, name), KEYBOARD_NOTHING);
		keys += n + (keys[n] == ' ');
	}
}

TEST(each_language_finds_the_layout_it_is_used_to)
{
	static const enum key_layout used[LANGUAGES] = {
		LAYOUT_QWERTZ, LAYOUT_QWERTY, LAYOUT_AZERTY, LAYOUT_QWERTY};
	for (int l = 0; l < LANGUAGES; l++) {
		fresh((enum language)l, false, "");
		assert_int_equal(k.layout, used[l]);
	}
	tap("layout layout");
	assert_int_equal(k.layout, LAYOUT_AZERTY);
	tap("layout");
	assert_int_equal(k.layout, LAYOUT_QWERTY);
}

TEST(every_layout_has_every_letter_once)
{
	for (int l = 0; l < KEY_LAYOUTS; l++) {
		for (char c = 'a'; c <= 'z'; c++) {
			char name[] = "key-a";
			name[4] = c;
			fresh(LANGUAGE_EN, false, "");
			k.layout = (enum key_layout)l;
			assert_int_equal(keyboard_tap(&k, &f, name), KEYBOARD_TYPED);
			assert_int_equal(f.n, 1);
			assert_int_equal(f.text[0], c);
		}
	}
}

TEST(a_name_begins_with_a_capital_of_itself)
{
	fresh(LANGUAGE_DE, true, "");
	tap("h a n s - p e t e r space m ü l l e r");
	reads("Hans-Peter Müller");
	fresh(LANGUAGE_EN, true, "");
	tap("o ' b r i e n");
	reads("O'Brien");
}

TEST(a_particle_begins_small_after_one_tap_on_shift)
{
	fresh(LANGUAGE_EN, true, "Jan ");
	tap("shift d e space v r i e s");
	reads("Jan de Vries");
}

TEST(shift_is_for_one_letter_and_twice_for_all)
{
	fresh(LANGUAGE_EN, false, "");
	tap("shift a b shift shift c d space e shift f");
	reads("Ab"
	      "CD E"
	      "f");
}

TEST(backspace_makes_a_capital_again_where_a_name_begins)
{
	fresh(LANGUAGE_EN, true, "");
	tap("x erase y");
	reads("Y");
	tap("erase");
	assert_int_equal(k.shift, SHIFT_ONCE);
	assert_int_equal(keyboard_tap(&k, &f, "key-erase"), KEYBOARD_MOVED);
}

TEST(the_last_letter_takes_its_accent)
{
	fresh(LANGUAGE_NL, true, "");
	tap("a n d r e accents");
	assert_int_equal(keyboard_tap(&k, &f, "swap-é"), KEYBOARD_TYPED);
	reads("André");
	assert_int_equal(k.sheet, SHEET_LETTERS);
	tap("accents");
	assert_int_equal(keyboard_tap(&k, &f, "swap-ë"), KEYBOARD_TYPED);
	reads("Andrë");
}

TEST(a_capital_keeps_its_size_with_its_accent)
{
	fresh(LANGUAGE_FR, true, "");
	tap("e accents");
	assert_int_equal(keyboard_tap(&k, &f, "swap-é"), KEYBOARD_TYPED);
	reads("É");
	tap("m i l e");
	reads("Émile");
}

TEST(an_accented_letter_is_one_tap_away_where_none_stands_before)
{
	fresh(LANGUAGE_EN, true, "");
	tap("accents");
	assert_int_equal(keyboard_tap(&k, &f, "swap-é"), KEYBOARD_NOTHING);
	tap("ö");
	reads("Ö");
	assert_int_equal(k.sheet, SHEET_LETTERS);
	tap("accents accents");
	assert_int_equal(k.sheet, SHEET_LETTERS);
}

/* Names as they are in the four languages, with the taps that write them. */
TEST(names_of_four_languages_can_be_written)
{
	static const struct {
		enum language l;
		const char *want;
	} names[] = {
		{LANGUAGE_DE, "groß weiß üßöä"},
		{LANGUAGE_FR, "françois œuvré noël hélène"},
		{LANGUAGE_NL, "zoë coëlho ijsbrand"},
		{LANGUAGE_EN, "siân o'neill & sons, ltd."},
		{LANGUAGE_EN, "łukasz dvořák şahin nuñez åse øyvind"},
		{LANGUAGE_EN, "saint-gobain (be) c/o 3m @ 50+"},
	};
	for (size_t i = 0; i < COUNT(names); i++) {
		fresh(names[i].l, false, "");
		for (struct span rest = span_of(names[i].want); rest.n > 0;) {
			size_t n = span_character(rest);
			char name[APP_NAME];
			static const char *const before[] = {"", "key-accents", "key-signs"};
			snprintf(name, sizeof(name), "key-%.*s", (int)n, (const char *)rest.p);
			bool done = *rest.p == ' ' &&
				    keyboard_tap(&k, &f, "key-space") == KEYBOARD_TYPED;
			for (size_t s = 0; !done && s < COUNT(before); s++) {
				(void)keyboard_tap(&k, &f, before[s]);
				done = keyboard_tap(&k, &f, name) == KEYBOARD_TYPED;
				if (!done && s > 0)
					(void)keyboard_tap(&k, &f, before[s]);
			}
			/* Else it is an accent of a letter that is typed first. */
			static const char plain[] = "aceilnorsuyz";
			for (size_t p = 0; !done && plain[p]; p++) {
				char base[] = "key-a";
				base[4] = plain[p];
				k.sheet = SHEET_LETTERS;
				(void)keyboard_tap(&k, &f, base);
				snprintf(name, sizeof(name), "swap-%.*s", (int)n,
					(const char *)rest.p);
				(void)keyboard_tap(&k, &f, "key-accents");
				done = keyboard_tap(&k, &f, name) == KEYBOARD_TYPED;
				if (!done)
					(void)keyboard_tap(&k, &f, "key-erase");
			}
			if (k.sheet == SHEET_SIGNS)
				(void)keyboard_tap(&k, &f, "key-signs");
			rest = span_cut(rest, n, rest.n - n);
		}
		reads(names[i].want);
	}
}

TEST(a_full_field_takes_no_key_and_loses_no_letter)
{
	fresh(LANGUAGE_EN, false, "");
	field_init(&f, 3, 3);
	tap("a b e");
	assert_int_equal(keyboard_tap(&k, &f, "key-x"), KEYBOARD_FULL);
	tap("accents");
	assert_int_equal(keyboard_tap(&k, &f, "swap-é"), KEYBOARD_FULL);
	reads("abe");
}

TEST(clear_empties_and_done_folds)
{
	fresh(LANGUAGE_EN, true, "Somebody");
	tap("clear a");
	reads("A");
	assert_int_equal(keyboard_tap(&k, &f, "key-done"), KEYBOARD_DONE);
	assert_true(k.folded);
	assert_int_equal(keyboard_tap(&k, &f, "key-a"), KEYBOARD_NOTHING);
	assert_int_equal(keyboard_tap(&k, &f, "elsewhere"), KEYBOARD_NOTHING);
}

TEST(a_keyboard_on_a_cable_folds_the_one_on_the_glass)
{
	fresh(LANGUAGE_EN, true, "");
	assert_int_equal(keyboard_typed(&k, &f, span_of("Zoë")), KEYBOARD_TYPED);
	assert_true(k.folded);
	reads("Zoë");
	assert_int_equal(keyboard_typed(&k, &f, span_of("\x1b")), KEYBOARD_FULL);
	reads("Zoë");
	assert_int_equal(keyboard_typed(&k, &f, span_of("\b")), KEYBOARD_TYPED);
	reads("Zo");
	field_wipe(&f);
	assert_int_equal(keyboard_typed(&k, &f, span_of("\b")), KEYBOARD_MOVED);
}

static void begin(enum language l, const struct size *z, const struct style *y)
{
	struct look look = {.language = l,
		.scale = y->scale,
		.contrast = y->contrast,
		.reach = y->reach,
		.width = z->width,
		.height = z->height};
	app_start(&m, look, MODE_DESK);
	draw_clear(&d);
	u = (struct ui){.m = &m, .look = &m.look, .language = l, .d = &d};
	ui_begin(&u, 0, false);
}

enum face { FACE_LETTERS, FACE_CAPITALS, FACE_ACCENTS, FACE_SIGNS, FACE_PIN, FACE_PIN_OFF, FACES };
static const char *const faces[FACES] = {
	"letters", "capitals", "accents", "signs", "pin", "pin-off"};

/* Keys as a form has them: fields above, and the keyboard at the foot. */
static void see(enum face face, enum language l, const struct size *z, const struct style *y)
{
	static const struct field_look looks[] = {
		{"field-1", "Access", false}, {"field-2", "Your day", true}};
	begin(l, z, y);
	keypad_wipe(&pad);
	if (face >= FACE_PIN) {
		(void)keypad_typed(&pad, span_of(face == FACE_PIN ? "1234" : "12345678"));
		keypad_view(&u, layout_reach(u.look, u.l.main), &pad, face == FACE_PIN_OFF);
		return;
	}
	fresh(l, face == FACE_CAPITALS, face == FACE_CAPITALS ? "Jean " : "renée");
	if (face == FACE_ACCENTS || face == FACE_SIGNS)
		tap(face == FACE_ACCENTS ? "accents" : "signs");
	struct rect rest = u.l.main;
	struct rect keys = cut_bottom(&rest, keyboard_height(&u, &k), u.l.gap);
	struct rect line = cut_bottom(&rest, field_height(&u), 0);
	for (int32_t i = 0; i < 2; i++)
		field_view(&u, column(line, i, 2, u.l.gap), &f, &looks[i]);
	keyboard_view(&u, keys, &k, &f);
}

static void see_each(void (*judge)(const char *where, const struct size *z, const struct style *y))
{
	faults = 0;
	for (int i = 0; i < FACES * LANGUAGES * SCENE_SIZES * SCENE_STYLES; i++) {
		const struct style *y = &scene_styles[i % SCENE_STYLES];
		const struct size *z = &scene_sizes[i / SCENE_STYLES % SCENE_SIZES];
		int l = i / SCENE_STYLES / SCENE_SIZES % LANGUAGES;
		enum face face = (enum face)(i / SCENE_STYLES / SCENE_SIZES / LANGUAGES);
		char where[96];
		snprintf(where, sizeof(where), "%s-%s-%s-%s", faces[face], language_codes[l],
			z->name, y->name);
		see(face, (enum language)l, z, y);
		judge(where, z, y);
	}
	assert_int_equal(faults, 0);
}

static void judge_face(const char *where, const struct size *z, const struct style *y)
{
	judge_list(where, z, y);
	judge_regions(where, z, y);
}

TEST(every_key_is_for_a_finger_of_somebody_standing)
{
	see_each(judge_face);
}

TEST(the_painter_knows_every_key)
{
	take_shots(scene_styles, scene_sizes);
	see_each(judge_picture);
}

TEST(every_face_is_drawn_as_expected)
{
	for (int face = 0; face < FACES; face++) {
		for (int l = 0; l < LANGUAGES; l++) {
			char name[64];
			snprintf(name, sizeof(name), "%s-%s", faces[face], language_codes[l]);
			see((enum face)face, (enum language)l, &scene_sizes[0], &scene_styles[0]);
			assert_screen_golden(&d, "keys", name);
		}
	}
}

TEST(a_pin_is_eight_digits_and_then_entered)
{
	keypad_wipe(&pad);
	assert_int_equal(keypad_tap(&pad, "pin-enter"), KEYPAD_NOTHING);
	assert_int_equal(keypad_tap(&pad, "pin-7"), KEYPAD_TYPED);
	assert_int_equal(keypad_tap(&pad, "pin-erase"), KEYPAD_TYPED);
	assert_int_equal(keypad_tap(&pad, "pin-erase"), KEYPAD_NOTHING);
	assert_int_equal(keypad_tap(&pad, "pin-x"), KEYPAD_NOTHING);
	assert_int_equal(keypad_tap(&pad, "pin-12"), KEYPAD_NOTHING);
	assert_int_equal(keypad_tap(&pad, "other"), KEYPAD_NOTHING);
	assert_int_equal(keypad_typed(&pad, span_of("x12 34\b")), KEYPAD_TYPED);
	for (int i = 0; i < 5; i++)
		assert_int_equal(keypad_tap(&pad, "pin-0"), KEYPAD_TYPED);
	assert_int_equal(keypad_tap(&pad, "pin-0"), KEYPAD_NOTHING);
	assert_true(span_equal(keypad_text(&pad), span_of("12300000")));
	assert_int_equal(keypad_tap(&pad, "pin-enter"), KEYPAD_ENTER);
	keypad_wipe(&pad);
	assert_int_equal(keypad_text(&pad).n, 0);
}

TEST(a_pin_is_seen_and_heard_by_nobody)
{
	static struct draw before;
	begin(LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	keypad_wipe(&pad);
	(void)keypad_typed(&pad, span_of("1234"));
	keypad_view(&u, u.l.main, &pad, false);
	memcpy(&before, &d, sizeof(d));
	begin(LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	keypad_wipe(&pad);
	(void)keypad_typed(&pad, span_of("9870"));
	keypad_view(&u, u.l.main, &pad, false);
	assert_memory_equal(&before, &d, sizeof(d));
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_REGION)
			for (char c = '0'; c <= '9'; c++)
				assert_null(memchr(draw_text_of(&d, &d.commands[i]).p, c,
					draw_text_of(&d, &d.commands[i]).n));
}

TEST(a_pad_that_waits_takes_no_finger)
{
	char name[APP_NAME];
	see(FACE_PIN_OFF, LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *c = &d.commands[i];
		if (c->op == DRAW_REGION)
			assert_err(app_touch(&d, c->at.x + 1, c->at.y + 1, name), ERR_ABSENT);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_language_finds_the_layout_it_is_used_to),
	cmocka_unit_test(every_layout_has_every_letter_once),
	cmocka_unit_test(a_name_begins_with_a_capital_of_itself),
	cmocka_unit_test(a_particle_begins_small_after_one_tap_on_shift),
	cmocka_unit_test(shift_is_for_one_letter_and_twice_for_all),
	cmocka_unit_test(backspace_makes_a_capital_again_where_a_name_begins),
	cmocka_unit_test(the_last_letter_takes_its_accent),
	cmocka_unit_test(a_capital_keeps_its_size_with_its_accent),
	cmocka_unit_test(an_accented_letter_is_one_tap_away_where_none_stands_before),
	cmocka_unit_test(names_of_four_languages_can_be_written),
	cmocka_unit_test(a_full_field_takes_no_key_and_loses_no_letter),
	cmocka_unit_test(clear_empties_and_done_folds),
	cmocka_unit_test(a_keyboard_on_a_cable_folds_the_one_on_the_glass),
	cmocka_unit_test(every_key_is_for_a_finger_of_somebody_standing),
	cmocka_unit_test(the_painter_knows_every_key),
	cmocka_unit_test(every_face_is_drawn_as_expected),
	cmocka_unit_test(a_pin_is_eight_digits_and_then_entered),
	cmocka_unit_test(a_pin_is_seen_and_heard_by_nobody),
	cmocka_unit_test(a_pad_that_waits_takes_no_finger),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
