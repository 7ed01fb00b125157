/* The emergency in the model: what it takes, what it leaves alone, when it gives way; and how a desk says it. */
#include "test.h"

#include "alarm.h"
#include "alarm_scenes.h"
#include "desk_scenes.h"

static struct visitor v;
static struct draw d;

static void start(enum mode mode)
{
	struct look look = {.language = LANGUAGE_EN, .width = 1280, .height = 800};

	visitor_start(&v, look.width, look.height);
	app_start(&v.m, look, mode);
	visitor_tell(&v, (struct msg){.kind = MSG_LOOK, .look = look});
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER, .programme = &v.programme});
}

#define assert_screen(id) assert_string_equal(app_screen_name(v.m.screen), app_screen_name(id))

static bool on_screen(const char *text)
{
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_TEXT &&
			span_equal(draw_text_of(&d, &d.commands[i]), span_of(text)))
			return true;
	return false;
}

TEST(a_kiosk_that_nobody_stands_at_shows_it_until_it_is_over)
{
	start(MODE_KIOSK);
	assert_screen(SCREEN_IDLE);
	alarm_tell(&v, alarm_one);
	assert_screen(SCREEN_EMERGENCY);
	assert_true(on_screen(alarm_one));
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	visitor_wait(&v, 300);
	assert_screen(SCREEN_EMERGENCY);
	alarm_tell(&v, "");
	assert_screen(SCREEN_IDLE);
	assert_int_equal(v.todo.sound, SOUND_NONE);
}

TEST(the_same_again_makes_no_sound_and_another_one_does)
{
	start(MODE_KIOSK);
	alarm_tell(&v, alarm_one);
	alarm_tell(&v, alarm_one);
	assert_int_equal(v.todo.sound, SOUND_NONE);
	alarm_tell(&v, "Stay where you are");
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_true(on_screen("Stay where you are"));
}

TEST(a_guest_goes_on_below_it_in_her_language_and_leaves_it_behind)
{
	start(MODE_KIOSK);
	visitor_greeted(&v, LANGUAGE_FR);
	alarm_tell(&v, alarm_four);
	assert_screen(SCREEN_AGENDA);
	assert_true(on_screen("Rejoignez vite la fontaine"));
	assert_false(on_screen("Please walk to the fountain"));
	visitor_tap(&v, "done");
	assert_screen(SCREEN_EMERGENCY);
}

TEST(a_code_is_read_while_it_holds)
{
	start(MODE_KIOSK);
	alarm_tell(&v, alarm_four);
	visitor_greeted(&v, LANGUAGE_NL);
	assert_screen(SCREEN_AGENDA);
	assert_true(on_screen("Ga nu rustig naar de fontein"));
}

TEST(desk_and_door_keep_their_tools)
{
	start(MODE_DESK);
	alarm_tell(&v, alarm_one);
	assert_screen(SCREEN_STAFF);
	assert_true(on_screen(alarm_one));
	start(MODE_DOOR);
	alarm_tell(&v, alarm_one);
	assert_screen(SCREEN_DOOR);
	assert_true(on_screen(alarm_one));
}

/* Room, lobby and transfers alike, on whichever page. */
TEST(a_venue_screen_shows_nothing_else)
{
	static const struct {
		enum venue_layout layout;
		enum screen_id screen;
	} rows[] = {{VENUE_ROOM, SCREEN_ROOM}, {VENUE_LOBBY, SCREEN_LOBBY},
		{VENUE_TRANSFERS, SCREEN_TRANSFERS}};
	static struct venue venue;

	for (size_t i = 0; i < COUNT(rows); i++) {
		start(MODE_SCREEN);
		venue = (struct venue){
			.layout = rows[i].layout, .language_n = 1, .languages = {LANGUAGE_EN}};
		visitor_tell(&v, (struct msg){.kind = MSG_VENUE, .venue = &venue});
		assert_screen(rows[i].screen);
		visitor_wait(&v, 13);
		alarm_tell(&v, alarm_four);
		assert_screen(SCREEN_EMERGENCY);
		visitor_tell(&v, (struct msg){.kind = MSG_VENUE, .venue = &venue});
		visitor_wait(&v, 13);
		assert_screen(SCREEN_EMERGENCY);
		alarm_tell(&v, "");
		assert_screen(rows[i].screen);
	}
}

TEST(who_reads_another_language_gets_one_that_is_there)
{
	start(MODE_KIOSK);
	alarm_tell(&v, "fr\tSortez\nnl\tGa naar buiten");
	assert_true(span_equal(alarm_words(&v.m, LANGUAGE_NL), span_of("Ga naar buiten")));
	assert_true(span_equal(alarm_words(&v.m, LANGUAGE_DE), span_of("Sortez")));
	alarm_tell(&v, "Out");
	assert_true(span_equal(alarm_words(&v.m, LANGUAGE_DE), span_of("Out")));
	alarm_tell(&v, "");
	assert_int_equal(alarm_words(&v.m, LANGUAGE_DE).n, 0);
}

TEST(what_a_newer_program_said_is_an_emergency_all_the_same)
{
	start(MODE_KIOSK);
	alarm_tell(&v, "\x02video");
	assert_screen(SCREEN_EMERGENCY);
	assert_true(on_screen("Please follow the instructions of the staff."));
	assert_true(on_screen("Volg de aanwijzingen van het personeel."));
}

/* The desk. */

static void open_form(void)
{
	start(MODE_DESK);
	at_desk_unlock(&v, RIGHT_ADMIN);
	visitor_tap(&v, "emergency");
	assert_screen(SCREEN_ALARM);
}

static void type_into(const char *field, const char *text)
{
	visitor_tap(&v, field);
	at_desk_type(&v, text);
}

static bool has_region(const char *name)
{
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_REGION && d.commands[i].state != REGION_DISABLED &&
			span_equal(draw_name_of(&d, &d.commands[i]), span_of(name)))
			return true;
	return false;
}

TEST(without_the_right_the_desk_does_not_offer_it)
{
	start(MODE_DESK);
	at_desk_unlock(&v, DESK_ALL & ~RIGHT_ADMIN);
	assert_false(has_region("emergency"));
	visitor_tap(&v, "emergency");
	assert_screen(SCREEN_DESK);
}

TEST(the_desk_says_what_was_typed_after_it_was_asked)
{
	const struct staff_ask *a = &v.todo.staff;

	open_form();
	assert_false(has_region("show"));
	type_into("text-nl", "Ga naar buiten ");
	type_into("text-fr", "Sortez");
	assert_true(has_region("show"));
	visitor_tap(&v, "show");
	assert_int_equal(a->verb, STAFF_NOTHING);
	assert_true(on_screen("Sortez"));
	visitor_tap(&v, "yes");
	assert_int_equal(a->verb, STAFF_SAY);
	assert_int_equal(a->kind, EVENT_EMERGENCY);
	assert_true(span_equal(
		(struct span){a->text, a->text_n}, span_of("fr\tSortez\nnl\tGa naar buiten")));
	at_desk_answer(
		&v, &(struct staff_answer){.word = STAFF_WORD_DONE, .kind = EVENT_EMERGENCY});
	assert_screen(SCREEN_DESK);
	assert_int_equal(v.todo.sound, SOUND_GOOD);
	assert_int_equal(v.m.desk.alarm.in[LANGUAGE_FR].n, 0);
}

TEST(who_says_no_has_said_nothing)
{
	open_form();
	type_into("text-en", "Out");
	visitor_tap(&v, "show");
	visitor_tap(&v, "no");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	assert_screen(SCREEN_ALARM);
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
}

TEST(the_desk_ends_what_holds_and_only_that)
{
	open_form();
	assert_false(has_region("end"));
	visitor_tap(&v, "end");
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	alarm_tell(&v, alarm_one);
	visitor_tap(&v, "key-done");
	assert_true(has_region("end"));
	visitor_tap(&v, "end");
	assert_true(on_screen(alarm_one));
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_SAY);
	assert_int_equal(v.todo.staff.text_n, 0);
}

TEST(an_emergency_that_came_while_the_desk_was_asked_about_another_does_not_end)
{
	open_form();
	alarm_tell(&v, alarm_one);
	visitor_tap(&v, "key-done");
	visitor_tap(&v, "end");
	alarm_tell(&v, alarm_four);
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	assert_true(has_region("end"));
}

TEST(a_refusal_is_said_and_what_was_typed_stays)
{
	open_form();
	type_into("text-en", "Out");
	visitor_tap(&v, "show");
	visitor_tap(&v, "yes");
	at_desk_answer(&v,
		&(struct staff_answer){
			.word = STAFF_WORD_DONE, .result = ERR_DENIED, .kind = EVENT_EMERGENCY});
	assert_screen(SCREEN_ALARM);
	assert_true(on_screen("Your card does not have this right."));
	assert_int_equal(v.m.desk.alarm.in[LANGUAGE_EN].n, 3);
}

TEST(more_than_fits_is_not_offered)
{
	char text[EMERGENCY_TEXT + 1];

	memset(text, 'x', EMERGENCY_TEXT);
	text[EMERGENCY_TEXT] = '\0';
	open_form();
	type_into("text-de", text);
	at_desk_type(&v, "y");
	assert_int_equal(v.m.desk.alarm.in[LANGUAGE_DE].n, EMERGENCY_TEXT);
	type_into("text-en", text);
	assert_true(has_region("show"));
	type_into("text-fr", text);
	assert_false(has_region("show"));
	assert_true(on_screen("This is too long to be sent at once."));
	visitor_tap(&v, "show");
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
}

TEST(enter_leads_from_language_to_language)
{
	struct app_words words;
	struct msg m = {0};

	open_form();
	type_into("text-de", "Raus");
	app_view(&v.m, &v.m.look, &d);
	assert_ok(app_key(&v.m, &d, KEY_ENTER, &words, &m));
	visitor_tell(&v, m);
	at_desk_type(&v, "Out");
	assert_int_equal(v.m.desk.alarm.in[LANGUAGE_EN].n, 3);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_kiosk_that_nobody_stands_at_shows_it_until_it_is_over),
	cmocka_unit_test(the_same_again_makes_no_sound_and_another_one_does),
	cmocka_unit_test(a_guest_goes_on_below_it_in_her_language_and_leaves_it_behind),
	cmocka_unit_test(a_code_is_read_while_it_holds),
	cmocka_unit_test(desk_and_door_keep_their_tools),
	cmocka_unit_test(a_venue_screen_shows_nothing_else),
	cmocka_unit_test(who_reads_another_language_gets_one_that_is_there),
	cmocka_unit_test(what_a_newer_program_said_is_an_emergency_all_the_same),
	cmocka_unit_test(without_the_right_the_desk_does_not_offer_it),
	cmocka_unit_test(the_desk_says_what_was_typed_after_it_was_asked),
	cmocka_unit_test(who_says_no_has_said_nothing),
	cmocka_unit_test(the_desk_ends_what_holds_and_only_that),
	cmocka_unit_test(
		an_emergency_that_came_while_the_desk_was_asked_about_another_does_not_end),
	cmocka_unit_test(a_refusal_is_said_and_what_was_typed_stays),
	cmocka_unit_test(more_than_fits_is_not_offered),
	cmocka_unit_test(enter_leads_from_language_to_language),
};

RUN_TESTS(tests)
