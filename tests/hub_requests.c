/* What desks ask for: shown as a diff, written into the list with every other byte as it was. */
#include "test.h"

#include "asked.h"
#include "commands.h"
#include "csv_edit.h"
#include "file.h"
#include "help/desk.h"

static struct event_folder f;
static struct desk desk;
static char name[64];

static const char people[] =
	"id;given_name;family_name;note;organisation;role;protected;language\r\n"
	"a1;Anna;\"Vander;steenkiste\";x, y;org;delegate;no;fr\r\n"
	"\r\n"
	"b2;Bruno;Hoogenboomgaerd;\"he \"\"said\"\"\";org;vip;no;nl\r\n"
	"c3;Clara;Quisthoudtsberg;;org;official;yes;de\r\n"
	"d4;Dries;Overmeulebroeck;;org;staff;no;en";

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	event_put(&f, "list/people.csv", people);
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

static const char *list(void)
{
	static char text[16 * 1024];
	struct file_bytes bytes;

	assert_ok(file_read(&bytes, event_path(&f, "list/people.csv"), sizeof(text) - 1));
	assert_ok(span_copy_text(bytes.bytes, text, sizeof(text)));
	file_free(&bytes);
	return text;
}

static void correct(const char *id, enum asked_field field, const char *text)
{
	struct asked a = {.what = ASKED_CORRECTION};

	a.has[field] = true;
	snprintf(a.text[field], sizeof(a.text[field]), "%s", text);
	desk_ask(&desk, desk_event(&desk, EVENT_CORRECTION_ASKED, id), &a);
}

static void late(uint8_t handle, const char *who, const char *organisation)
{
	struct asked a = {.what = ASKED_LATE, .role = ROLE_PRESS, .language = LANGUAGE_NL};
	struct event e = desk_event(&desk, EVENT_LATE, NULL);

	memset(e.person, handle, EVENT_PERSON);
	a.has[ASKED_DISPLAY] = true;
	snprintf(a.text[ASKED_DISPLAY], sizeof(a.text[0]), "%s", who);
	a.has[ASKED_ORGANISATION] = true;
	snprintf(a.text[ASKED_ORGANISATION], sizeof(a.text[0]), "%s", organisation);
	desk_ask(&desk, e, &a);
}

static void assert_shown(const char *words)
{
	event_must(&f, &verb_requests, "DIR");
	if (!strstr(f.said, words))
		fail_msg("no %s in\n%s", words, f.said);
}

TEST(without_requests_it_says_so)
{
	UNUSED(state);
	event_must(&f, &verb_requests, "DIR");
	assert_string_equal(f.said, "");
	assert_non_null(strstr(f.talked, "Nobody has asked"));
}

TEST(a_correction_is_shown_as_what_changes)
{
	UNUSED(state);
	correct("a1", ASKED_FAMILY, "Vandersteenkiste");
	assert_shown("  changed   a1\n            family_name: Vander;steenkiste -> "
		     "Vandersteenkiste\n");
	assert_string_equal(list(), people);
}

TEST(applying_changes_one_cell_and_no_other_byte)
{
	char want[sizeof(people)], *at;
	UNUSED(state);

	correct("a1", ASKED_FAMILY, "Vandersteenkiste");
	event_must(&f, &verb_requests, "DIR --apply all");
	assert_non_null(strstr(f.talked, "foyer check"));
	strcpy(want, people);
	at = strstr(want, "\"Vander;steenkiste\"");
	memmove(at + 16, at + 19, strlen(at + 19) + 1);
	memcpy(at, "Vandersteenkiste", 16);
	assert_string_equal(list(), want);
	event_must(&f, &verb_build, "DIR");
	event_must(&f, &verb_requests, "DIR");
	assert_string_equal(f.said, "");
}

TEST(a_column_that_is_not_there_is_added_to_every_row)
{
	UNUSED(state);
	correct("b2", ASKED_FUNCTION, "Chair; acting");
	event_must(&f, &verb_requests, "DIR --apply all");
	assert_non_null(strstr(list(), "language;function\r\n"));
	assert_non_null(strstr(list(), "b2;Bruno;Hoogenboomgaerd;\"he \"\"said\"\"\";org;vip;no;nl;"
				       "\"Chair; acting\"\r\n"));
	assert_non_null(strstr(list(), "d4;Dries;Overmeulebroeck;;org;staff;no;en;"));
	event_must(&f, &verb_build, "DIR");
}

TEST(both_names_corrected_at_a_desk_stay_the_same_person)
{
	struct asked a = {.what = ASKED_CORRECTION};
	UNUSED(state);

	a.has[ASKED_GIVEN] = a.has[ASKED_FAMILY] = true;
	strcpy(a.text[ASKED_GIVEN], "Zoe");
	strcpy(a.text[ASKED_FAMILY], "Quasimodo");
	desk_ask(&desk, desk_event(&desk, EVENT_CORRECTION_ASKED, "a1"), &a);
	event_must(&f, &verb_requests, "DIR --apply all");
	event_must(&f, &verb_build, "DIR");
	assert_ok(desk_finds(&desk, "a1", 1, 1));
}

TEST(a_late_guest_becomes_a_row_and_keeps_her_handle)
{
	uint8_t handle[EVENT_PERSON], want[EVENT_PERSON];
	UNUSED(state);

	late(0x55, "Zoé Quasimodo", "nimbusWORKS");
	assert_shown("  added     late-1\n            id: late-1\n            family_name: Zoé "
		     "Quasimodo\n            organisation: org\n            role: press\n"
		     "            language: nl\n");
	event_must(&f, &verb_requests, "DIR --apply all");
	assert_non_null(strstr(list(), "staff;no;en\r\nlate-1;;Zoé Quasimodo;;org;press;;nl\r\n"));
	event_must(&f, &verb_build, "DIR");
	desk_handle(&desk, "late-1", handle);
	memset(want, 0x55, sizeof(want));
	assert_memory_equal(handle, want, sizeof(want));
	assert_ok(desk_finds(&desk, "late-1", 1, 1));
}

TEST(a_late_guest_who_was_asked_for_twice_is_one_row)
{
	UNUSED(state);
	late(0x55, "Zoé Quasimodo", "");
	late(0x55, "Zoé Quasimodo", "");
	event_must(&f, &verb_requests, "DIR --apply all");
	assert_null(strstr(list(), "late-2"));
	event_must(&f, &verb_build, "DIR");
}

/* Neither code nor badge was left, so a desk took her in anew: two handles, one guest. */
TEST(a_guest_who_was_taken_in_anew_is_told_of_and_her_first_badge_dies_with_her_older_row)
{
	uint8_t older[EVENT_PERSON], newer[EVENT_PERSON];
	UNUSED(state);

	memset(older, 0x55, sizeof(older));
	memset(newer, 0x56, sizeof(newer));
	late(0x55, "Zoé Quasimodo", "");
	event_must(&f, &verb_requests, "DIR");
	assert_null(strstr(f.said, "another late guest"));
	late(0x56, "zoé quasimodo", "");
	assert_shown("            another late guest of this name: ");
	event_must(&f, &verb_requests, "DIR --apply all");
	assert_non_null(strstr(list(), "late-1;;Zoé Quasimodo;"));
	assert_non_null(strstr(list(), "late-2;;zoé quasimodo;"));
	event_must(&f, &verb_build, "DIR");
	assert_false(desk_drops(&desk, older, 1));
	event_edit(&f, "list/people.csv", "late-1;;Zoé Quasimodo;;;press;;nl\r\n", "");
	event_must(&f, &verb_build, "DIR");
	assert_true(desk_drops(&desk, older, 1));
	assert_false(desk_drops(&desk, newer, 1));
	assert_ok(desk_finds(&desk, "late-2", 1, 1));
}

TEST(a_guest_who_is_taken_in_anew_after_the_list_knew_her_is_doubtful_with_the_way_out)
{
	uint8_t older[EVENT_PERSON];
	UNUSED(state);

	memset(older, 0x55, sizeof(older));
	late(0x55, "Zoé Quasimodo", "");
	event_must(&f, &verb_requests, "DIR --apply all");
	late(0x56, "Zoé Quasimodo", "");
	assert_shown("a late guest of this name is in the list. If it is she, taken in anew: ");
	assert_int_equal(event_run(&f, &verb_requests, "DIR --apply all"), EXIT_NO);
	event_edit(&f, "list/people.csv", "late-1;;Zoé Quasimodo;;;press;;nl\r\n", "");
	event_must(&f, &verb_requests, "DIR --apply all");
	event_must(&f, &verb_build, "DIR");
	assert_true(desk_drops(&desk, older, 1));
	assert_ok(desk_finds(&desk, "late-2", 1, 1));
}

TEST(what_people_must_decide_is_doubtful_and_not_applied)
{
	UNUSED(state);
	late(0x51, "Zoé Quasimodo", "Nobody knows it");
	assert_shown("doubtful  late-1: list/organisations.csv has no such name");
	late(0x52, "anna vander;steenkiste", "");
	assert_shown("somebody of this name is in the list");
	correct("b2", ASKED_GIVEN, "=HYPERLINK(1)");
	assert_shown(
		"  doubtful  b2: a text begins as a formula does; write it into the list by hand\n"
		"            given_name: Bruno -> =HYPERLINK(1)\n");
	late(0x53, "+Zoé", "Nimbusworks");
	assert_shown("a text begins as a formula does; write it into the list by hand\n"
		     "            id: late-1\n            family_name: +Zoé\n");
	correct("b2", ASKED_FAMILY, "");
	assert_shown("a family name must be there");
	assert_int_equal(event_run(&f, &verb_requests, "DIR --apply all"), EXIT_NO);
	assert_string_equal(list(), people);
}

TEST(a_late_guest_with_the_handle_of_another_is_doubtful)
{
	struct asked a = {.what = ASKED_LATE};
	UNUSED(state);

	a.has[ASKED_DISPLAY] = true;
	strcpy(a.text[ASKED_DISPLAY], "Zoé");
	desk_ask(&desk, desk_event(&desk, EVENT_LATE, "a1"), &a);
	assert_shown("the handle of somebody who is there");
	assert_int_equal(event_run(&f, &verb_requests, "DIR --apply all"), EXIT_NO);
}

/* Her second badge is a code of its own, which doors know without any key of the roster's. */
TEST(a_late_guest_whose_badge_was_replaced_before_is_taken_in_without_complaint)
{
	struct event e = desk_event(&desk, EVENT_BADGE_ISSUED, NULL);
	UNUSED(state);

	late(0x60, "Zoé Ó Briain", "");
	memset(e.person, 0x60, EVENT_PERSON);
	e.issue = 2;
	desk_say(&desk, e);
	event_must(&f, &verb_requests, "DIR --apply all");
	event_must(&f, &verb_build, "DIR");
	if (strstr(f.talked, "no longer in use"))
		fail_msg("%s", f.talked);
}

TEST(hostile_payloads_are_said_to_be_unreadable)
{
	UNUSED(state);
	for (uint16_t n = 0; n < STAFF_SAID; n = (uint16_t)(n + 37)) {
		struct event e = desk_event(&desk, EVENT_LATE, NULL);
		memset(e.person, 0x60, EVENT_PERSON);
		memset(e.payload, 0xff, n);
		e.payload_n = n;
		desk_say(&desk, e);
	}
	assert_shown("it cannot be opened");
	assert_shown("it is not well-formed");
	assert_int_equal(event_run(&f, &verb_requests, "DIR --apply all"), EXIT_NO);
	assert_string_equal(list(), people);
}

TEST(a_guest_who_asked_herself_is_to_be_asked_and_done)
{
	UNUSED(state);
	desk_say(&desk, desk_event(&desk, EVENT_CORRECTION_ASKED, "a1"));
	assert_shown("  to ask    a1\n");
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(f.said, " "), f.said);
	char words[128];
	snprintf(words, sizeof(words), "DIR --done %s", name);
	event_must(&f, &verb_requests, words);
	event_must(&f, &verb_requests, "DIR");
	assert_string_equal(f.said, "");
}

TEST(only_what_is_named_is_applied)
{
	char words[128];
	UNUSED(state);

	correct("a1", ASKED_GIVEN, "Annie");
	assert_shown("Annie");
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(f.said, " "), f.said);
	correct("b2", ASKED_GIVEN, "Bert");
	snprintf(words, sizeof(words), "DIR --apply %s", name);
	event_must(&f, &verb_requests, words);
	assert_non_null(strstr(list(), "a1;Annie;"));
	assert_non_null(strstr(list(), "b2;Bruno;"));
	assert_int_equal(event_run(&f, &verb_requests, words), EXIT_NO);
	assert_shown("Bert");
}

TEST(what_no_card_signed_is_not_shown)
{
	struct event e = desk_event(&desk, EVENT_LATE, NULL);
	UNUSED(state);

	desk_write(&desk, &e, 1);
	event_must(&f, &verb_requests, "DIR");
	assert_string_equal(f.said, "");
}

TEST(a_row_is_taken_out_and_the_others_stay)
{
	struct grow file = {0};
	size_t rows;
	UNUSED(state);

	grow_bytes(&file, people, strlen(people));
	assert_ok(csv_edit_remove(&file, "id", "b2", &rows));
	assert_int_equal(rows, 1);
	grow_bytes(&file, "", 1);
	assert_null(strstr((char *)file.p, "Bruno"));
	assert_non_null(strstr((char *)file.p, "fr\r\n\r\nc3;Clara"));
	file.n--;
	assert_ok(csv_edit_remove(&file, "id", "d4", &rows));
	assert_int_equal(rows, 1);
	assert_err(csv_edit_remove(&file, "nothing", "d4", &rows), ERR_ABSENT);
	assert_err(csv_edit_set(&file, "zz", NULL, 0), ERR_ABSENT);
	grow_free(&file);
}

TEST(wrong_use_says_so)
{
	static const char *const wrong[] = {
		"", "DIR DIR", "DIR --apply", "DIR --done", "DIR --what", "DIR --apply a --done b"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(event_run(&f, &verb_requests, wrong[i]), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_requests, "DIR --apply a"), EXIT_NO);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(without_requests_it_says_so),
	EACH(a_correction_is_shown_as_what_changes),
	EACH(applying_changes_one_cell_and_no_other_byte),
	EACH(a_column_that_is_not_there_is_added_to_every_row),
	EACH(both_names_corrected_at_a_desk_stay_the_same_person),
	EACH(a_late_guest_becomes_a_row_and_keeps_her_handle),
	EACH(a_guest_who_was_taken_in_anew_is_told_of_and_her_first_badge_dies_with_her_older_row),
	EACH(a_guest_who_is_taken_in_anew_after_the_list_knew_her_is_doubtful_with_the_way_out),
	EACH(a_late_guest_who_was_asked_for_twice_is_one_row),
	EACH(what_people_must_decide_is_doubtful_and_not_applied),
	EACH(a_late_guest_with_the_handle_of_another_is_doubtful),
	EACH(a_late_guest_whose_badge_was_replaced_before_is_taken_in_without_complaint),
	EACH(hostile_payloads_are_said_to_be_unreadable),
	EACH(a_guest_who_asked_herself_is_to_be_asked_and_done),
	EACH(only_what_is_named_is_applied),
	EACH(what_no_card_signed_is_not_shown),
	EACH(a_row_is_taken_out_and_the_others_stay),
	EACH(wrong_use_says_so),
};
RUN_TESTS(tests)
