/* The board and its agent as the model sees them: network, enrolment, signed codes. */
#include "test.h"

#include "visitor.h"

static struct visitor v;
static struct draw d;

static int fresh(void **state)
{
	UNUSED(state);
	visitor_start(&v, 1280, 800);
	return 0;
}

static void assert_screen(enum screen_id want)
{
	assert_string_equal(app_screen_name(v.m.screen), app_screen_name(want));
}

static void assert_trouble(enum trouble want)
{
	assert_screen(SCREEN_TROUBLE);
	assert_int_equal(v.m.trouble, want);
}

static bool holds(const char *text)
{
	app_view(&v.m, &v.m.look, &d);
	return memmem(d.bytes, d.bytes_n, text, strlen(text)) != NULL;
}

/* The idle screen in English. */
static bool idle_holds(const char *text)
{
	assert_screen(SCREEN_IDLE);
	while (v.m.wall / 8 % LANGUAGES != LANGUAGE_EN)
		visitor_wait(&v, 1);
	return holds(text);
}

static struct network joining(void)
{
	return (struct network){.agent = true, .words = "babo dufa kina rosa"};
}

static void no_list(void)
{
	memset(&v.programme, 0, sizeof(v.programme));
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER,
				 .roster_news = ROSTER_MISSING,
				 .programme = &v.programme});
}

TEST(a_board_without_an_agent_says_nothing_of_a_network)
{
	assert_false(idle_holds("network"));
	assert_false(idle_holds("Connected"));
	assert_false(idle_holds("enrolled"));
}

TEST(staff_see_that_the_hub_is_there_and_how_old_the_list_is)
{
	visitor_network(&v, visitor_online());
	assert_true(idle_holds("Connected · list of 08:15"));
	assert_false(idle_holds("to deliver"));
	assert_false(idle_holds("heard"));
}

TEST(a_list_of_another_day_is_said_with_its_day)
{
	v.programme.built_at -= 86400;
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER, .programme = &v.programme});
	visitor_network(&v, visitor_online());
	assert_true(idle_holds("Connected · list of 5 October, 08:15"));
}

TEST(without_network_staff_see_what_waits_and_since_when)
{
	visitor_network(&v, visitor_offline(12, 25));
	assert_true(idle_holds("No network · list of 08:15"));
	assert_true(idle_holds("12 events to deliver · hub heard 25 minutes ago"));
	visitor_network(&v, visitor_offline(1, 1));
	assert_true(idle_holds("1 event to deliver · hub heard 1 minute ago"));
	visitor_network(&v, visitor_offline(0, 0));
	assert_false(idle_holds("to deliver"));
	assert_false(idle_holds("heard"));
	visitor_network(&v, visitor_online());
	assert_true(idle_holds("Connected"));
}

TEST(silence_is_said_in_minutes_hours_and_days)
{
	static const struct {
		int64_t minutes;
		const char *words;
	} rows[] = {{59, "heard 59 minutes ago"}, {60, "heard 1 hour ago"},
		{119, "heard 1 hour ago"}, {2879, "heard 47 hours ago"}, {2880, "heard 2 days ago"},
		{100000, "heard 69 days ago"}};

	for (size_t i = 0; i < COUNT(rows); i++) {
		visitor_network(&v, visitor_offline(3, rows[i].minutes));
		assert_true(idle_holds(rows[i].words));
	}
	visitor_network(&v, visitor_offline(3, -1));
	assert_false(idle_holds("heard"));
}

TEST(a_board_that_was_never_enrolled_or_was_revoked_says_so)
{
	struct network n = {.agent = true};

	visitor_network(&v, n);
	assert_true(idle_holds("Not enrolled"));
	fresh(NULL);
	n = visitor_online();
	n.revoked = true;
	visitor_network(&v, n);
	assert_true(idle_holds("This kiosk was withdrawn"));
}

TEST(faults_take_turns_beside_the_network)
{
	visitor_network(&v, visitor_online());
	visitor_printer(&v, FAULT_PAPER_OUT);
	visitor_tell(&v, (struct msg){.kind = MSG_JOURNAL, .result = ERR_IO});
	bool paper = false, journal = false;
	for (int i = 0; i < 2; i++) {
		assert_true(idle_holds("Connected"));
		paper |= holds("out of paper");
		journal |= holds("Arrivals cannot be saved");
		assert_true(paper || journal);
		visitor_wait(&v, 32);
	}
	assert_true(paper && journal);
}

TEST(a_guest_sees_her_agenda_whatever_becomes_of_the_network)
{
	visitor_greeted(&v, LANGUAGE_EN);
	visitor_network(&v, visitor_offline(3, 10));
	assert_screen(SCREEN_AGENDA);
	visitor_network(&v, joining());
	assert_screen(SCREEN_AGENDA);
	visitor_network(&v, visitor_online());
	assert_screen(SCREEN_AGENDA);
}

TEST(while_enrolling_the_four_words_are_shown_until_it_is_over)
{
	no_list();
	visitor_network(&v, joining());
	assert_trouble(TROUBLE_ENROLLING);
	assert_true(holds("babo dufa kina rosa"));
	assert_true(holds("compare these four words"));
	visitor_wait(&v, 300);
	assert_trouble(TROUBLE_ENROLLING);
	visitor_network(&v, visitor_online());
	assert_trouble(TROUBLE_ENROLLED);
	assert_int_equal(v.todo.sound, SOUND_GOOD);
	assert_true(holds("Its name is Lobby 1."));
	visitor_wait(&v, 31);
	assert_trouble(TROUBLE_NO_ROSTER);
}

TEST(words_that_go_without_a_credential_leave_the_board_as_it_was)
{
	visitor_network(&v, joining());
	assert_trouble(TROUBLE_ENROLLING);
	visitor_network(&v, (struct network){.agent = true});
	assert_screen(SCREEN_IDLE);
}

TEST(a_guest_who_scans_while_it_enrols_is_served_and_the_words_come_back)
{
	visitor_network(&v, joining());
	visitor_greeted(&v, LANGUAGE_EN);
	assert_screen(SCREEN_AGENDA);
	visitor_tap(&v, "done");
	assert_trouble(TROUBLE_ENROLLING);
}

TEST(a_board_that_starts_enrolled_makes_no_fuss_of_it)
{
	visitor_network(&v, visitor_online());
	assert_screen(SCREEN_IDLE);
	assert_int_equal(v.todo.sound, SOUND_NONE);
}

static void scan_code(void)
{
	visitor_scan(&v, "ZQM1");
	v.opening = (struct opening){.answer = ANSWER_CODE};
	visitor_opened(&v);
}

static void judge(uint64_t codes, enum status_answer answer)
{
	struct network n = visitor_online();

	n.codes = codes;
	n.answer = answer;
	visitor_network(&v, n);
}

TEST(each_answer_of_the_agent_has_its_words)
{
	static const struct {
		enum status_answer answer;
		enum trouble trouble;
		const char *words[2];
	} rows[] = {
		{STATUS_CODE_TAKEN, TROUBLE_CODE_TAKEN, {"This code was accepted", "angenommen"}},
		{STATUS_CODE_OLDER, TROUBLE_CODE_OLDER, {"This code is too old", "trop ancien"}},
		{STATUS_CODE_FOREIGN, TROUBLE_CODE_EVENT, {"another event", "ander evenement"}},
		{STATUS_CODE_FORGED, TROUBLE_CODE_FORGED, {"is not valid", "nicht gültig"}},
		{STATUS_CODE_ENROLLED, TROUBLE_CODE_KNOWN, {"already enrolled", "Lobby 1"}},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		fresh(NULL);
		judge(7, STATUS_CODE_TAKEN);
		scan_code();
		assert_trouble(TROUBLE_CODE_WAIT);
		assert_int_equal(v.todo.sound, SOUND_WAIT);
		assert_true(holds("One moment"));
		judge(8, rows[i].answer);
		assert_trouble(rows[i].trouble);
		assert_int_equal(v.todo.sound, i == 0 ? SOUND_GOOD : SOUND_PROBLEM);
		assert_true(holds(rows[i].words[0]));
		assert_true(holds(rows[i].words[1]));
		visitor_wait(&v, 31);
		assert_screen(SCREEN_IDLE);
	}
}

TEST(an_answer_to_an_earlier_code_answers_nothing)
{
	judge(7, STATUS_CODE_TAKEN);
	scan_code();
	judge(7, STATUS_CODE_TAKEN);
	assert_trouble(TROUBLE_CODE_WAIT);
}

TEST(an_agent_that_does_not_answer_is_said_to_be_so)
{
	judge(7, STATUS_CODE_TAKEN);
	scan_code();
	visitor_wait(&v, 9);
	assert_trouble(TROUBLE_CODE_WAIT);
	assert_true(app_next_tick_ms(&v.m) <= 1000);
	visitor_wait(&v, 2);
	assert_trouble(TROUBLE_CODE_SILENT);
	judge(8, STATUS_CODE_TAKEN);
	assert_trouble(TROUBLE_CODE_SILENT);
}

TEST(without_an_agent_a_signed_code_leads_nowhere_and_says_so)
{
	scan_code();
	assert_trouble(TROUBLE_CODE_NOWHERE);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
}

TEST(a_code_that_cannot_be_handed_over_is_said_to_be_so)
{
	visitor_network(&v, visitor_online());
	scan_code();
	visitor_tell(&v, (struct msg){.kind = MSG_POSTED, .visit = v.m.visit, .result = OK});
	assert_trouble(TROUBLE_CODE_WAIT);
	visitor_tell(&v, (struct msg){.kind = MSG_POSTED, .visit = v.m.visit, .result = ERR_FULL});
	assert_trouble(TROUBLE_CODE_NOWHERE);
}

TEST(an_enrolment_code_leads_to_the_words_whichever_comes_first)
{
	struct network n = joining();

	for (int i = 0; i < 2; i++) {
		fresh(NULL);
		visitor_network(&v, (struct network){.agent = true});
		scan_code();
		struct network taken = {.agent = true, .codes = 1, .answer = STATUS_CODE_TAKEN};
		if (i == 0) {
			visitor_network(&v, taken);
			assert_trouble(TROUBLE_CODE_TAKEN);
		}
		n.codes = 1;
		n.answer = STATUS_CODE_TAKEN;
		visitor_network(&v, n);
		assert_trouble(TROUBLE_ENROLLING);
	}
}

TEST(a_code_that_enrols_at_once_ends_with_the_boards_name)
{
	visitor_network(&v, (struct network){.agent = true});
	scan_code();
	judge(1, STATUS_CODE_TAKEN);
	assert_trouble(TROUBLE_ENROLLED);
}

TEST(the_next_scan_ends_the_wait_for_a_code)
{
	visitor_network(&v, visitor_online());
	scan_code();
	v.opening = (struct opening){.answer = ANSWER_GUEST, .guest = &v.guest};
	visitor_greeted(&v, LANGUAGE_FR);
	judge(8, STATUS_CODE_FORGED);
	assert_screen(SCREEN_AGENDA);
}

#define AT(sentence) cmocka_unit_test_setup(sentence, fresh)

static const struct CMUnitTest tests[] = {
	AT(a_board_without_an_agent_says_nothing_of_a_network),
	AT(staff_see_that_the_hub_is_there_and_how_old_the_list_is),
	AT(a_list_of_another_day_is_said_with_its_day),
	AT(without_network_staff_see_what_waits_and_since_when),
	AT(silence_is_said_in_minutes_hours_and_days),
	AT(a_board_that_was_never_enrolled_or_was_revoked_says_so),
	AT(faults_take_turns_beside_the_network),
	AT(a_guest_sees_her_agenda_whatever_becomes_of_the_network),
	AT(while_enrolling_the_four_words_are_shown_until_it_is_over),
	AT(words_that_go_without_a_credential_leave_the_board_as_it_was),
	AT(a_guest_who_scans_while_it_enrols_is_served_and_the_words_come_back),
	AT(a_board_that_starts_enrolled_makes_no_fuss_of_it),
	AT(each_answer_of_the_agent_has_its_words),
	AT(an_answer_to_an_earlier_code_answers_nothing),
	AT(an_agent_that_does_not_answer_is_said_to_be_so),
	AT(without_an_agent_a_signed_code_leads_nowhere_and_says_so),
	AT(a_code_that_cannot_be_handed_over_is_said_to_be_so),
	AT(an_enrolment_code_leads_to_the_words_whichever_comes_first),
	AT(a_code_that_enrols_at_once_ends_with_the_boards_name),
	AT(the_next_scan_ends_the_wait_for_a_code),
};

RUN_TESTS(tests)
