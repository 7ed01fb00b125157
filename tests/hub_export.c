/* The results as CSV files: what stands in them, that no cell is a formula, and that nothing is overwritten
 * unawares. */
#include "test.h"

#include "asked.h"
#include "commands.h"
#include "csv.h"
#include "csv_out.h"
#include "file.h"
#include "help/desk.h"

#include <sys/stat.h>
#include <unistd.h>

static struct event_folder f;
static struct desk desk;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	event_put(&f, "list/staff.csv", "person,rights\nd4,print|correct|late|revoke|door|admin\n");
	event_must(&f, &verb_build, "DIR");
	desk_open(&desk, &f, 1);
	desk_unlock(&desk, "d4");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	event_folder_remove(&f);
	return 0;
}

static int export_all(const char *options)
{
	char words[256];

	snprintf(words, sizeof(words), "DIR -o %s/out %s", f.dir, options);
	return event_run(&f, &verb_export, words);
}

/* One file of a new export, as text. */
static const char *exported(const char *name)
{
	static char text[64 * 1024];
	struct file_bytes bytes;
	char path[64];

	if (export_all("--force") != EXIT_DONE)
		fail_msg("%s%s", f.said, f.talked);
	snprintf(path, sizeof(path), "out/%s", name);
	assert_ok(file_read(&bytes, event_path(&f, path), sizeof(text) - 1));
	assert_true(span_is_utf8(bytes.bytes));
	assert_ok(span_copy_text(bytes.bytes, text, sizeof(text)));
	file_free(&bytes);
	return text;
}

static void assert_has(const char *name, const char *line)
{
	const char *text = exported(name);

	if (!strstr(text, line))
		fail_msg("%s has no %s but\n%s", name, line, text);
}

static struct event_id say(enum event_kind kind, const char *id, uint16_t activity)
{
	struct event e = desk_event(&desk, kind, id);

	e.issue = kind == EVENT_ENTERED || kind == EVENT_LEFT ? 0 : 1;
	e.activity = activity;
	return desk_say(&desk, e);
}

TEST(an_arrival_has_its_person_its_board_and_the_time_of_the_place)
{
	UNUSED(state);
	say(EVENT_ARRIVED, "a1", 0);
	say(EVENT_ARRIVED, "a1", 0);
	assert_has("arrivals.csv",
		"person,given_name,family_name,organisation,role,language,protected,arrived,clock,"
		"board,double\r\n"
		"a1,Anna,Vandersteenkiste,Nimbusworks,delegate,fr,no,2030-05-06T10:00:00+02:00,"
		"right,board 1,no\r\n"
		"a1,Anna,Vandersteenkiste,Nimbusworks,delegate,fr,no,2030-05-06T10:00:01+02:00,"
		"right,board 1,yes\r\n");
}

TEST(attendance_has_who_booked_and_who_came)
{
	UNUSED(state);
	say(EVENT_ENTERED, "a1", 1);
	say(EVENT_LEFT, "a1", 1);
	say(EVENT_ENTERED, "d4", 1);
	assert_has("attendance.csv", ",dinner,Clandestine,confirmed,2030-05-06T10:00:00+02:00,"
				     "2030-05-06T10:00:01+02:00,no,1,1,0\r\n");
	assert_has("attendance.csv", "a1,Anna,Vandersteenkiste,Nimbusworks,delegate,fr,no,opening,"
				     "Opening,confirmed,,,no,0,0,0\r\n");
	assert_has(
		"attendance.csv", ",dinner,Clandestine,,2030-05-06T10:00:02+02:00,,yes,1,0,0\r\n");
}

TEST(badges_have_a_line_an_issue)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 1);
	desk_issue(&desk, "a1", 2);
	assert_has("badges.csv", "delegate,fr,no,1,replaced,2030-05-06T10:00:01+02:00,1,0,0,0\r\n");
	assert_has("badges.csv", "delegate,fr,no,2,valid,2030-05-06T10:00:04+02:00,1,0,0,0\r\n");
}

TEST(staff_are_named_by_the_cards_they_signed_with)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	assert_has("staff.csv", "2030-05-06T10:00:02+02:00,board 1,d4,Overmeulebroeck,badge "
				"issued,yes,a1,Anna,");
}

TEST(staff_say_why_a_badge_was_printed_again)
{
	struct event e = desk_event(&desk, EVENT_BADGE_ISSUED, "a1");
	UNUSED(state);

	e.issue = 2;
	e.payload_n = 1;
	e.payload[0] = ISSUE_LOST;
	desk_say(&desk, e);
	assert_has("staff.csv",
		",badge issued,yes,a1,Anna,Vandersteenkiste,Nimbusworks,delegate,fr,"
		"no,2,,lost\r\n");
	e.payload_n = 1;
	e.payload[0] = ISSUE_REASONS;
	desk_say(&desk, e);
	assert_has("staff.csv", ",no,2,,\r\n");
}

/* An undo names nobody by itself: who it was about stands in what it takes back. */
static void undo(struct event_id target)
{
	struct event e = desk_event(&desk, EVENT_UNDO, NULL);

	e.target = target;
	desk_say(&desk, e);
}

TEST(an_undo_says_of_whom_and_what_it_takes_back)
{
	struct event_id nowhere = {{9, 9}, 1, 7};
	UNUSED(state);

	undo(say(EVENT_ARRIVED, "a1", 0));
	undo(say(EVENT_REVOKED, "b2", 0));
	undo(say(EVENT_OVERRIDE, "b2", 1));
	undo(nowhere);
	assert_has("staff.csv", ",revoked,undone,b2,Bruno,Hoogenboomgaerd,");
	assert_has("staff.csv", "board 1,d4,Overmeulebroeck,undo,yes,a1,Anna,Vandersteenkiste,"
				"Nimbusworks,delegate,fr,no,1,,\"arrived, "
				"2030-05-06T10:00:00+02:00\"\r\n");
	assert_has("staff.csv", ",undo,yes,b2,Bruno,Hoogenboomgaerd,Nimbusworks,vip,nl,no,1,,"
				"\"revoked, 2030-05-06T10:00:02+02:00\"\r\n");
	assert_has("staff.csv", ",undo,yes,b2,Bruno,Hoogenboomgaerd,Nimbusworks,vip,nl,no,1,dinner,"
				"\"override, 2030-05-06T10:00:04+02:00\"\r\n");
	assert_has("staff.csv", ",undo,yes,,,,,,,,0,,an event that has not reached the hub\r\n");
}

TEST(an_undo_after_the_build_brings_no_badge_back_and_says_so)
{
	UNUSED(state);
	desk_issue(&desk, "b2", 1);
	struct event_id target = say(EVENT_REVOKED, "b2", 0);
	assert_has("badges.csv", "b2,Bruno,Hoogenboomgaerd,Nimbusworks,vip,nl,no,1,revoked,");
	event_must(&f, &verb_build, "DIR");
	undo(target);
	assert_has("staff.csv", "+02:00: too late, a version has built it in\"\r\n");
	assert_has("badges.csv", "b2,Bruno,Hoogenboomgaerd,Nimbusworks,vip,nl,no,1,revoked,");
}

static void note(enum event_kind kind, const char *id, uint16_t activity, uint32_t searches)
{
	struct event e = desk_event(&desk, kind, id);
	struct sink k = sink_on(e.payload, sizeof(e.payload));
	uint8_t public_key[SEAL_PUBLIC], signer[STAFF_SIGNER];

	seal_keypair(desk.card.signing_seed, public_key);
	staff_signer(public_key, signer);
	sink_bytes(&k, signer, sizeof(signer));
	if (searches > 0)
		sink_u32(&k, searches);
	e.activity = activity;
	e.payload_n = (uint16_t)k.n;
	desk_write(&desk, &e, 1);
}

TEST(who_looked_at_whom_is_named_and_nothing_that_was_typed)
{
	UNUSED(state);
	note(EVENT_LOOKED_UP, "a1", 0, 0);
	note(EVENT_SEARCHED, NULL, 0, 16);
	note(EVENT_SEARCHED, NULL, 1, 0);
	assert_has("staff.csv", "board 1,d4,Overmeulebroeck,looked up,yes,a1,Anna,Vandersteenkiste,"
				"Nimbusworks,delegate,fr,no,0,,\r\n");
	assert_has("staff.csv", "board 1,d4,Overmeulebroeck,searched,yes,,,,,,,,0,,16\r\n");
	assert_has("staff.csv", "board 1,d4,Overmeulebroeck,searched,yes,,,,,,,,0,dinner,\r\n");
}

TEST(a_card_that_was_revoked_since_is_still_known)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	event_must(&f, &verb_revoke, "DIR d4 --kind card");
	event_must(&f, &verb_build, "DIR");
	assert_has("staff.csv", ",board 1,d4,Overmeulebroeck,badge issued,not believed,a1,Anna,");
	event_put(&f, "list/staff.csv", "person,rights\n");
	event_must(&f, &verb_build, "DIR");
	assert_has("staff.csv", ",board 1,d4,Overmeulebroeck,badge issued,not believed,a1,Anna,");
}

TEST(corrections_are_opened_and_say_what_is_new)
{
	struct asked a = {.what = ASKED_CORRECTION};
	UNUSED(state);

	a.has[ASKED_FAMILY] = true;
	strcpy(a.text[ASKED_FAMILY], "Vandersteenkiste-Janssens");
	desk_ask(&desk, desk_event(&desk, EVENT_CORRECTION_ASKED, "a1"), &a);
	say(EVENT_CORRECTION_ASKED, "b2", 0);
	assert_has("corrections.csv", ",waiting,a1,Anna,Vandersteenkiste,Nimbusworks,delegate,fr,"
				      "no,,,Vandersteenkiste-Janssens,,,\r\n");
	assert_has("corrections.csv", ",the guest herself,,,,,\r\n");
}

TEST(late_guests_are_opened)
{
	struct asked a = {.what = ASKED_LATE, .role = ROLE_PRESS, .language = LANGUAGE_NL};
	struct event e = desk_event(&desk, EVENT_LATE, NULL);
	UNUSED(state);

	memset(e.person, 0x55, EVENT_PERSON);
	a.has[ASKED_DISPLAY] = a.has[ASKED_ORGANISATION] = true;
	strcpy(a.text[ASKED_DISPLAY], "Zoé Quasimodo");
	strcpy(a.text[ASKED_ORGANISATION], "Daily");
	desk_ask(&desk, e, &a);
	assert_has(
		"late.csv", ",board 1,d4,Overmeulebroeck,waiting,Zoé Quasimodo,Daily,press,nl,,,");
	memset(e.person, 0x56, EVENT_PERSON);
	e.payload_n = 0;
	desk_ask(&desk, e, &a);
	assert_has("late.csv", ",waiting,Zoé Quasimodo,Daily,press,nl,another late guest has this "
			       "name,,");
}

TEST(what_is_sealed_to_another_hub_is_said_to_be_unreadable)
{
	struct event e = desk_event(&desk, EVENT_LATE, NULL);
	UNUSED(state);

	memset(e.person, 0x55, EVENT_PERSON);
	e.payload_n = 100;
	desk_say(&desk, e);
	assert_has("late.csv", ",waiting,,,delegate,de,unreadable,,\r\n");
}

static void put_as(const char *text, const char *wanted)
{
	struct csv_out c = {0};

	csv_cell(&c, text);
	assert_int_equal(c.bytes.n, strlen(wanted));
	assert_memory_equal(c.bytes.p, wanted, c.bytes.n);
	grow_free(&c.bytes);
}

TEST(no_cell_begins_as_a_formula)
{
	UNUSED(state);
	put_as("=1+1", "'=1+1");
	put_as("+32 2 123", "'+32 2 123");
	put_as("-1", "'-1");
	put_as("@SUM(A1)", "'@SUM(A1)");
	put_as("\t=1", "'\t'=1");
	put_as("\r=1", "\"'\r'=1\"");
	put_as("\n=1", "\"'\n'=1\"");
	put_as("\uFF1D1", "'\uFF1D1");
	put_as("\uFF0B1", "'\uFF0B1");
	put_as("\uFF0D1", "'\uFF0D1");
	put_as("\uFF20A", "'\uFF20A");
	put_as("Anna", "Anna");
	put_as("a=b-c", "a=b-c");
	put_as("'=1", "'=1");
	put_as("", "");
}

TEST(no_part_of_a_cell_is_a_formula_where_semicolons_separate)
{
	UNUSED(state);
	put_as("x;=1+1", "x;'=1+1");
	put_as("x,=1+1", "\"x,'=1+1\"");
	put_as("x\n=1+1", "\"x\n'=1+1\"");
	put_as("say \"hi\"", "\"say \"\"hi\"\"\"");
}

TEST(a_dangerous_name_of_the_list_is_harmless_in_every_file)
{
	static const char *const first[] = {"=", "+", "-", "@"};
	char name[32], cell[64];
	UNUSED(state);

	say(EVENT_ARRIVED, "a1", 0);
	strcpy(name, "Vandersteenkiste");
	for (size_t i = 0; i < COUNT(first); i++) {
		char next[32];
		snprintf(next, sizeof(next), "%scmd|x!A1", first[i]);
		event_edit(&f, "list/people.csv", name, next);
		strcpy(name, next);
		snprintf(cell, sizeof(cell), "a1,Anna,'%s,", next);
		assert_has("arrivals.csv", cell);
		assert_has("attendance.csv", cell);
	}
}

TEST(every_file_is_read_back_by_our_own_reader)
{
	static const char *const names[] = {"arrivals.csv", "attendance.csv", "badges.csv",
		"corrections.csv", "late.csv", "staff.csv"};
	struct csv_cell cells[64];
	size_t n, columns;
	UNUSED(state);

	say(EVENT_ARRIVED, "a1", 0);
	desk_issue(&desk, "a1", 2);
	say(EVENT_CORRECTION_ASKED, "b2", 0);
	for (size_t i = 0; i < COUNT(names); i++) {
		struct csv c = csv_open(span_of(exported(names[i])));
		assert_ok(csv_row(&c, cells, COUNT(cells), &columns));
		enum err e;
		while ((e = csv_row(&c, cells, COUNT(cells), &n)) == OK)
			if (n != columns)
				fail_msg("%s: %zu cells under %zu names", names[i], n, columns);
		assert_err(e, ERR_ABSENT);
	}
}

TEST(old_results_are_overwritten_only_by_force)
{
	struct file_bytes bytes;
	struct stat st;
	UNUSED(state);

	assert_int_equal(export_all(""), EXIT_DONE);
	event_put(&f, "out/staff.csv", "mine\n");
	assert_int_equal(export_all(""), EXIT_NO);
	assert_non_null(strstr(f.talked, "--force"));
	assert_ok(file_read(&bytes, event_path(&f, "out/staff.csv"), 1024));
	assert_true(span_equal(bytes.bytes, span_of("mine\n")));
	file_free(&bytes);
	assert_int_equal(export_all("--force"), EXIT_DONE);
	assert_int_equal(stat(event_path(&f, "out/staff.csv"), &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	assert_true(st.st_size > 5);
}

TEST(wrong_use_says_so)
{
	static const char *const wrong[] = {"", "DIR", "-o DIR", "DIR -o", "DIR DIR -o DIR",
		"DIR -o DIR --what", "DIR -o DIR --store"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(event_run(&f, &verb_export, wrong[i]), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_export, "DIR -o /nonexistent/out"), EXIT_WORLD);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(an_arrival_has_its_person_its_board_and_the_time_of_the_place),
	EACH(attendance_has_who_booked_and_who_came),
	EACH(badges_have_a_line_an_issue),
	EACH(staff_are_named_by_the_cards_they_signed_with),
	EACH(staff_say_why_a_badge_was_printed_again),
	EACH(an_undo_says_of_whom_and_what_it_takes_back),
	EACH(an_undo_after_the_build_brings_no_badge_back_and_says_so),
	EACH(who_looked_at_whom_is_named_and_nothing_that_was_typed),
	EACH(a_card_that_was_revoked_since_is_still_known),
	EACH(corrections_are_opened_and_say_what_is_new),
	EACH(late_guests_are_opened),
	EACH(what_is_sealed_to_another_hub_is_said_to_be_unreadable),
	EACH(no_cell_begins_as_a_formula),
	EACH(no_part_of_a_cell_is_a_formula_where_semicolons_separate),
	EACH(a_dangerous_name_of_the_list_is_harmless_in_every_file),
	EACH(every_file_is_read_back_by_our_own_reader),
	EACH(old_results_are_overwritten_only_by_force),
	EACH(wrong_use_says_so),
};
RUN_TESTS(tests)
