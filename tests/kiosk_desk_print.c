/* A desk prints: a badge comes out only when that is written down, and its page says what became of it. */
#include "test.h"

#include "desk_glass.h"

TEST(a_replacement_prints_only_when_it_is_written_down)
{
	at_desk_person(&v, DESK_ALL);
	drawn();
	visitor_tap(&v, "lost");
	assert_int_equal(v.todo.staff.verb, STAFF_ISSUE);
	assert_int_equal(v.todo.staff.reason, ISSUE_LOST);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	visitor_tap(&v, "lost");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	done(EVENT_BADGE_ISSUED, OK);
	assert_int_equal(v.todo.print, PRINT_BADGE);
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_int_equal(v.todo.sound, SOUND_GOOD);
}

TEST(a_badge_that_waits_is_told_of_on_its_page_which_is_opened_anew_when_it_came_out)
{
	at_desk_person(&v, DESK_ALL);
	drawn();
	visitor_tap(&v, "lost");
	done(EVENT_BADGE_ISSUED, OK);
	visitor_job(&v, PRINT_BADGE, JOB_WAITING, FAULT_PAPER_OUT);
	assert_true(says("The printer is out of paper"));
	assert_true(says("Put in a new roll; it then goes on by itself."));
	visitor_tap(&v, "back");
	at_desk_answer(&v, at_desk_page(&v));
	assert_screen(SCREEN_PERSON);
	assert_true(says("The printer is out of paper. The badge waits; back at the search it is "
			 "given up."));
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_memory_equal(v.todo.staff.person, v.guest.handle, EVENT_PERSON);
	at_desk_answer(&v, at_desk_page(&v));
	assert_true(says("The badge is printed."));
	assert_false(says("The badge waits"));
}

TEST(what_became_of_a_badge_is_said_until_something_else_is_done)
{
	static const struct {
		enum job over;
		const char *words;
	} ends[] = {{JOB_FAILED, "The badge was not printed."},
		{JOB_UNCERTAIN, "Nobody knows whether the badge came out. Please look."}};

	for (size_t i = 0; i < COUNT(ends); i++) {
		fresh(NULL);
		at_desk_person(&v, DESK_ALL);
		drawn();
		visitor_tap(&v, "lost");
		done(EVENT_BADGE_ISSUED, OK);
		visitor_job(&v, PRINT_BADGE, ends[i].over, FAULT_NONE);
		at_desk_answer(&v, at_desk_page(&v));
		assert_screen(SCREEN_PERSON);
		assert_true(says(ends[i].words));
		visitor_tap(&v, "revoke");
		visitor_tap(&v, "no");
		assert_false(says(ends[i].words));
	}
}

TEST(a_replacement_that_is_refused_prints_nothing)
{
	at_desk_person(&v, DESK_ALL);
	drawn();
	visitor_tap(&v, "damaged");
	done(EVENT_BADGE_ISSUED, ERR_DENIED);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	has("back");
	assert_true(holds(d.bytes, d.bytes_n, "Your card does not have this right."));
}

TEST(before_the_badge_is_drawn_no_reason_means_anything)
{
	at_desk_person(&v, DESK_ALL);
	visitor_tap(&v, "badge");
	visitor_tap(&v, "lost");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
}

TEST(who_gets_a_first_badge_at_the_desk_has_arrived)
{
	struct staff_answer *page;

	at_desk_unlock(&v, DESK_ALL);
	at_desk_type(&v, "pee");
	at_desk_found(&v);
	visitor_tap(&v, "row-0");
	page = at_desk_page(&v);
	memset(&page->facts, 0, sizeof(page->facts));
	page->facts.next_issue = 1;
	page->facts.may_draw = true;
	at_desk_answer(&v, page);
	drawn();
	visitor_tap(&v, "print");
	assert_int_equal(v.todo.note_count, 1);
	assert_int_equal(v.todo.notes[0].kind, EVENT_ARRIVED);
}

TEST(what_was_printed_is_not_said_again_of_what_came_after)
{
	at_desk_person(&v, DESK_ALL);
	v.m.printed = true;
	assert_true(says("The badge is printed."));
	visitor_tap(&v, "revoke");
	visitor_tap(&v, "yes");
	done(EVENT_REVOKED, OK);
	at_desk_answer(&v, at_desk_page(&v));
	assert_screen(SCREEN_PERSON);
	assert_false(says("The badge is printed."));
	v.m.printed = true;
	visitor_tap(&v, "correct");
	visitor_tap(&v, "back");
	at_desk_answer(&v, at_desk_page(&v));
	assert_screen(SCREEN_PERSON);
	assert_false(says("The badge is printed."));
}

static const struct CMUnitTest tests[] = {
	AT_A_DESK(a_replacement_prints_only_when_it_is_written_down),
	AT_A_DESK(a_badge_that_waits_is_told_of_on_its_page_which_is_opened_anew_when_it_came_out),
	AT_A_DESK(what_became_of_a_badge_is_said_until_something_else_is_done),
	AT_A_DESK(a_replacement_that_is_refused_prints_nothing),
	AT_A_DESK(before_the_badge_is_drawn_no_reason_means_anything),
	AT_A_DESK(who_gets_a_first_badge_at_the_desk_has_arrived),
	AT_A_DESK(what_was_printed_is_not_said_again_of_what_came_after),
};

RUN_TESTS(tests)
