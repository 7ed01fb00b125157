/* The desk's forms: what is typed becomes what is asked for, and a badge; and how they look. */
#include "test.h"

#include "desk_scenes.h"
#include "screen_judges.h"
#include "screens.h"

static struct form f;
static uint8_t bytes[ASKED_BYTES];
static size_t n;

static void set(enum asked_field field, const char *text)
{
	assert_ok(field_set(&f.fields[field], span_of(text)));
}

static struct asked written(const struct guest *g)
{
	struct asked a;

	assert_ok(form_write(&f, g, bytes, &n));
	assert_ok(asked_read(&a, (struct span){bytes, n}));
	return a;
}

TEST(a_correction_asks_for_nothing_but_what_differs)
{
	struct guest *g = &v.guest;

	visitor_guest(g, LANGUAGE_FR);
	form_correct(&f, g);
	assert_err(form_write(&f, g, bytes, &n), ERR_ABSENT);
	set(ASKED_FAMILY, "  Peeters-d’Udekem ");
	set(ASKED_FUNCTION, "");
	struct asked a = written(g);
	assert_int_equal(a.what, ASKED_CORRECTION);
	assert_string_equal(a.text[ASKED_FAMILY], "Peeters-d’Udekem");
	assert_false(a.has[ASKED_GIVEN]);
	assert_false(a.has[ASKED_ORGANISATION]);
	assert_int_equal(a.has[ASKED_FUNCTION], g->function.n > 0);
}

TEST(a_name_too_long_for_a_form_stays_as_it_is)
{
	struct guest *g = &v.guest;

	visitor_guest(g, LANGUAGE_FR);
	g->organisation = (struct text){0, ASKED_TEXT + 1};
	form_correct(&f, g);
	assert_int_equal(f.fields[ASKED_ORGANISATION].n, 0);
	set(ASKED_GIVEN, "Ann");
	assert_false(written(g).has[ASKED_ORGANISATION]);
	set(ASKED_ORGANISATION, "Acme");
	assert_true(written(g).has[ASKED_ORGANISATION]);
}

TEST(a_name_of_many_letters_that_nobody_touched_is_not_asked_to_go)
{
	enum { LONGEST = 128 }; /* letters of a name in a list */
	struct guest *g = &v.guest;

	visitor_guest(g, LANGUAGE_FR);
	memset(g->text, 'e', LONGEST);
	g->given = (struct text){0, LONGEST};
	form_correct(&f, g);
	set(ASKED_FUNCTION, "Chair");
	assert_false(written(g).has[ASKED_GIVEN]);
}

TEST(a_late_guest_has_a_name_a_role_and_a_language)
{
	form_late(&f, LANGUAGE_NL);
	assert_err(form_write(&f, &v.guest, bytes, &n), ERR_ABSENT);
	set(ASKED_DISPLAY, "   ");
	assert_err(form_write(&f, &v.guest, bytes, &n), ERR_ABSENT);
	set(ASKED_DISPLAY, "Zoë Coëlho");
	f.role = ROLE_PRESS;
	struct asked a = written(&v.guest);
	assert_int_equal(a.what, ASKED_LATE);
	assert_int_equal(a.role, ROLE_PRESS);
	assert_int_equal(a.language, LANGUAGE_NL);
	assert_string_equal(a.text[ASKED_DISPLAY], "Zoë Coëlho");
	assert_false(a.has[ASKED_ORGANISATION]);
}

TEST(fields_follow_each_other_round)
{
	form_late(&f, LANGUAGE_NL);
	assert_int_equal(form_next(&f, ASKED_DISPLAY), ASKED_ORGANISATION);
	assert_int_equal(form_next(&f, ASKED_ORGANISATION), ASKED_DISPLAY);
	visitor_guest(&v.guest, LANGUAGE_FR);
	form_correct(&f, &v.guest);
	assert_int_equal(form_next(&f, ASKED_FUNCTION), ASKED_GIVEN);
}

TEST(more_than_can_be_sent_at_once_is_refused)
{
	char longest[ASKED_TEXT + 1];

	visitor_guest(&v.guest, LANGUAGE_FR);
	form_correct(&f, &v.guest);
	memset(longest, 'x', 120);
	longest[120] = '\0';
	set(ASKED_GIVEN, longest);
	set(ASKED_FAMILY, longest);
	set(ASKED_DISPLAY, longest);
	set(ASKED_FUNCTION, longest);
	assert_err(form_write(&f, &v.guest, bytes, &n), ERR_FULL);
	assert_int_equal(n, 0);
}

/* From here on the model. */

static struct staff_answer a;

static void answer(enum staff_word word, enum err result, uint16_t kind, uint32_t issue)
{
	a = (struct staff_answer){.word = word, .result = result, .kind = kind, .issue = issue};
	at_desk_answer(&v, &a);
}

/* Zoë was taken in: it is written down. */
static void taken_in(void)
{
	a = (struct staff_answer){
		.word = STAFF_WORD_DONE, .kind = EVENT_BADGE_ISSUED, .issue = 1, .row_n = 1};
	memset(a.rows[0].person, 'z', EVENT_PERSON);
	at_desk_answer(&v, &a);
}

static void go_correct(enum language l, uint16_t rights)
{
	at_desk_person(&v, rights);
	(void)l;
	visitor_tap(&v, "correct");
}

static void start_at(uint16_t width, uint16_t height)
{
	at_desk_start(&v, LANGUAGE_EN, width, height);
}

static void key(enum key k)
{
	struct app_words words;
	struct msg e;

	app_view(&v.m, &v.m.look, &d);
	assert_ok(app_key(&v.m, &d, k, &words, &e));
	visitor_tell(&v, e);
}

TEST(a_correction_is_drawn_then_printed_and_sent)
{
	start_at(1280, 800);
	go_correct(LANGUAGE_EN, DESK_ALL);
	assert_int_equal(v.m.screen, SCREEN_CORRECT);
	visitor_tap(&v, "preview");
	assert_int_equal(v.m.screen, SCREEN_CORRECT);
	at_desk_type(&v, "-Marie");
	visitor_tap(&v, "preview");
	assert_int_equal(v.m.screen, SCREEN_BADGE);
	assert_int_equal(v.todo.staff.verb, STAFF_DRAW);
	assert_int_equal(v.todo.staff.kind, EVENT_CORRECTION_ASKED);
	struct asked asked;
	assert_ok(asked_read(&asked, (struct span){v.todo.staff.text, v.todo.staff.text_n}));
	assert_string_equal(asked.text[ASKED_GIVEN], "Anne-Marie");
	answer(STAFF_WORD_DRAWN, OK, 0, 2);
	assert_true(v.todo.render);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "print");
	assert_int_equal(v.todo.staff.verb, STAFF_ISSUE);
	assert_int_equal(v.todo.staff.reason, ISSUE_CORRECTED);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	answer(STAFF_WORD_DONE, OK, EVENT_BADGE_ISSUED, 2);
	assert_int_equal(v.todo.print, PRINT_BADGE);
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	at_desk_answer(&v, at_desk_page(&v));
	assert_int_equal(v.m.screen, SCREEN_PERSON);
	assert_int_equal(v.m.desk.form.what, 0);
}

TEST(a_correction_may_be_sent_alone)
{
	start_at(1280, 800);
	go_correct(LANGUAGE_EN, RIGHT_CORRECT);
	at_desk_type(&v, "tje");
	visitor_tap(&v, "preview");
	assert_int_equal(v.m.screen, SCREEN_CORRECT);
	visitor_tap(&v, "send");
	assert_int_equal(v.todo.staff.verb, STAFF_SAY);
	assert_int_equal(v.todo.staff.kind, EVENT_CORRECTION_ASKED);
	assert_memory_equal(v.todo.staff.person, v.m.guest.handle, EVENT_PERSON);
	answer(STAFF_WORD_DONE, ERR_DENIED, EVENT_CORRECTION_ASKED, 0);
	assert_int_equal(v.m.screen, SCREEN_CORRECT);
	assert_int_equal(v.m.desk.form.what, ASKED_CORRECTION);
}

static bool has_code(void)
{
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_CODE &&
			span_equal(draw_text_of(&d, &d.commands[i]), span_of(v.m.desk.code)))
			return true;
	return false;
}

TEST(a_late_guest_is_typed_by_keys_alone_and_gets_her_badge)
{
	start_at(1280, 800);
	at_desk_unlock(&v, RIGHT_LATE);
	visitor_tap(&v, "late");
	assert_int_equal(v.m.screen, SCREEN_LATE);
	at_desk_type(&v, "Zoë Coëlho");
	assert_true(v.m.desk.keyboard.folded);
	key(KEY_ENTER);
	at_desk_type(&v, "VRT");
	visitor_tap(&v, "role-4");
	visitor_tap(&v, "speaks-3");
	visitor_tap(&v, "preview");
	assert_int_equal(v.m.screen, SCREEN_BADGE);
	assert_int_equal(v.todo.staff.kind, EVENT_LATE);
	struct asked asked;
	assert_ok(asked_read(&asked, (struct span){v.todo.staff.text, v.todo.staff.text_n}));
	assert_string_equal(asked.text[ASKED_ORGANISATION], "VRT");
	assert_int_equal(asked.role, ROLE_PRESS);
	assert_int_equal(asked.language, LANGUAGE_NL);
	answer(STAFF_WORD_DRAWN, OK, 0, 1);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "print");
	assert_int_equal(v.todo.staff.verb, STAFF_ISSUE);
	assert_int_equal(v.todo.note_count, 0);
	taken_in();
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_memory_equal(v.todo.staff.person, "zzzzzzzz", EVENT_PERSON);
	at_desk_answer(&v, at_desk_late(&v, true));
	assert_int_equal(v.m.screen, SCREEN_PERSON);
	assert_int_equal(v.m.desk.form.what, 0);
	assert_true(has_code());
}

TEST(where_no_printer_is_a_late_guest_gets_her_code)
{
	start_at(1280, 800);
	at_desk_unlock(&v, RIGHT_LATE);
	visitor_tell(&v, (struct msg){.kind = MSG_PRINTER, .printer_there = false});
	visitor_tap(&v, "late");
	at_desk_type(&v, "Zoë Coëlho");
	visitor_tap(&v, "preview");
	answer(STAFF_WORD_DRAWN, OK, 0, 1);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "print");
	taken_in();
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	at_desk_answer(&v, at_desk_late(&v, true));
	assert_true(has_code());
}

TEST(a_late_guest_is_typed_by_touch_alone)
{
	start_at(1280, 800);
	at_desk_unlock(&v, RIGHT_LATE);
	visitor_tap(&v, "late");
	assert_false(v.m.desk.keyboard.folded);
	visitor_tap(&v, "key-z");
	visitor_tap(&v, "key-o");
	visitor_tap(&v, "key-e");
	visitor_tap(&v, "key-accents");
	visitor_tap(&v, "swap-ë");
	assert_true(span_equal(field_text(&v.m.desk.form.fields[ASKED_DISPLAY]), span_of("Zoë")));
	visitor_tap(&v, "organisation");
	visitor_tap(&v, "key-v");
	visitor_tap(&v, "key-done");
	assert_true(
		span_equal(field_text(&v.m.desk.form.fields[ASKED_ORGANISATION]), span_of("V")));
	assert_true(v.m.desk.keyboard.folded);
}

TEST(back_from_the_badge_leads_to_what_was_typed)
{
	start_at(1280, 800);
	at_desk_unlock(&v, RIGHT_LATE);
	visitor_tap(&v, "late");
	at_desk_type(&v, "Zoë");
	visitor_tap(&v, "preview");
	answer(STAFF_WORD_DRAWN, ERR_DENIED, 0, 0);
	visitor_tap(&v, "back");
	assert_int_equal(v.m.screen, SCREEN_LATE);
	assert_true(span_equal(field_text(&v.m.desk.form.fields[ASKED_DISPLAY]), span_of("Zoë")));
	visitor_tap(&v, "back");
	assert_int_equal(v.m.screen, SCREEN_DESK);
	assert_int_equal(v.m.desk.form.what, 0);
}

TEST(without_the_right_there_is_no_form)
{
	start_at(1280, 800);
	go_correct(LANGUAGE_EN, RIGHT_PRINT);
	assert_int_equal(v.m.screen, SCREEN_PERSON);
	start_at(1280, 800);
	at_desk_unlock(&v, RIGHT_PRINT | RIGHT_CORRECT);
	visitor_tap(&v, "late");
	assert_int_equal(v.m.screen, SCREEN_DESK);
}

TEST(a_locked_desk_forgets_what_was_typed)
{
	start_at(1280, 800);
	at_desk_unlock(&v, RIGHT_LATE);
	visitor_tap(&v, "late");
	at_desk_type(&v, "Coëlho");
	visitor_wait(&v, 125);
	assert_int_equal(v.m.screen, SCREEN_STAFF);
	assert_null(memmem(&v.m, sizeof(v.m), "Coëlho", strlen("Coëlho")));
}

/* From here on how they look. */

static void to_correct(struct visitor *w, enum language l)
{
	at_desk_start(w, l, w->m.look.width, w->m.look.height);
	at_desk_person(w, DESK_ALL);
	visitor_tap(w, "correct");
}
static void to_correct_touch(struct visitor *w, enum language l)
{
	to_correct(w, l);
	visitor_tap(w, "family");
}
static void to_correct_long(struct visitor *w, enum language l)
{
	to_correct(w, l);
	for (int i = 1; i < ASKED_FIELDS; i++)
		assert_ok(field_set(&w->m.desk.form.fields[i],
			span_of("Marie-Antoinette-Philippine-Wilhelmina-Christophorine-Emmanuelle "
				"Van den Broeck-Van de Velde")));
}
static void to_correct_badge(struct visitor *w, enum language l)
{
	to_correct(w, l);
	at_desk_type(w, "-Marie");
	visitor_tap(w, "preview");
	a = (struct staff_answer){.word = STAFF_WORD_DRAWN, .issue = 2};
	at_desk_answer(w, &a);
	visitor_rendered(w, OK);
}
static void to_late(struct visitor *w, enum language l)
{
	at_desk_start(w, l, w->m.look.width, w->m.look.height);
	at_desk_unlock(w, DESK_ALL);
	visitor_tap(w, "late");
	at_desk_type(w, "Zoë Coëlho");
	visitor_tap(w, "role-4");
}
static void to_late_touch(struct visitor *w, enum language l)
{
	at_desk_start(w, l, w->m.look.width, w->m.look.height);
	at_desk_unlock(w, DESK_ALL);
	visitor_tap(w, "late");
	visitor_tap(w, "key-z");
}
static void to_late_badge(struct visitor *w, enum language l)
{
	to_late(w, l);
	visitor_tap(w, "preview");
	a = (struct staff_answer){.word = STAFF_WORD_DRAWN, .issue = 1};
	at_desk_answer(w, &a);
	visitor_rendered(w, OK);
}
static void to_late_printed(struct visitor *w, enum language l)
{
	to_late_badge(w, l);
	visitor_tap(w, "print");
	a = (struct staff_answer){.word = STAFF_WORD_DONE, .kind = EVENT_BADGE_ISSUED, .issue = 1};
	at_desk_answer(w, &a);
	visitor_job(w, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	at_desk_answer(w, at_desk_late(w, true));
}
static void to_late_unprinted(struct visitor *w, enum language l)
{
	to_late(w, l);
	visitor_tell(w, (struct msg){.kind = MSG_PRINTER, .printer_there = false});
	visitor_tap(w, "preview");
	a = (struct staff_answer){.word = STAFF_WORD_DRAWN, .issue = 1};
	at_desk_answer(w, &a);
	visitor_rendered(w, OK);
}

static const struct scene scenes_of_forms[] = {
	{"desk-correct", to_correct, SCREEN_CORRECT},
	{"desk-correct-touch", to_correct_touch, SCREEN_CORRECT},
	{"desk-correct-long", to_correct_long, SCREEN_CORRECT},
	{"desk-correct-badge", to_correct_badge, SCREEN_BADGE},
	{"desk-late", to_late, SCREEN_LATE},
	{"desk-late-touch", to_late_touch, SCREEN_LATE},
	{"desk-late-badge", to_late_badge, SCREEN_BADGE},
	{"desk-late-printed", to_late_printed, SCREEN_PERSON},
	{"desk-late-unprinted", to_late_unprinted, SCREEN_BADGE},
};
static const struct scene_set forms = {
	scenes_of_forms, COUNT(scenes_of_forms), desk_styles, scene_sizes};

static void judge(const char *where, const struct size *z, const struct style *y)
{
	judge_list(where, z, y);
	judge_regions(where, z, y);
	judge_fit(where, z, y);
}

TEST(every_form_fits_its_glass_and_is_for_fingers)
{
	judge_each(&forms, judge);
}

TEST(every_form_is_drawn_as_expected)
{
	judge_goldens(&forms);
}

TEST(the_painter_knows_every_character_and_picture)
{
	judge_pictures(&forms);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_correction_asks_for_nothing_but_what_differs),
	cmocka_unit_test(a_name_too_long_for_a_form_stays_as_it_is),
	cmocka_unit_test(a_name_of_many_letters_that_nobody_touched_is_not_asked_to_go),
	cmocka_unit_test(a_late_guest_has_a_name_a_role_and_a_language),
	cmocka_unit_test(fields_follow_each_other_round),
	cmocka_unit_test(more_than_can_be_sent_at_once_is_refused),
	cmocka_unit_test(a_correction_is_drawn_then_printed_and_sent),
	cmocka_unit_test(a_correction_may_be_sent_alone),
	cmocka_unit_test(a_late_guest_is_typed_by_keys_alone_and_gets_her_badge),
	cmocka_unit_test(where_no_printer_is_a_late_guest_gets_her_code),
	cmocka_unit_test(a_late_guest_is_typed_by_touch_alone),
	cmocka_unit_test(back_from_the_badge_leads_to_what_was_typed),
	cmocka_unit_test(without_the_right_there_is_no_form),
	cmocka_unit_test(a_locked_desk_forgets_what_was_typed),
	cmocka_unit_test(every_form_fits_its_glass_and_is_for_fingers),
	cmocka_unit_test(every_form_is_drawn_as_expected),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
