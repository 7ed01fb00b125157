/* What foyer check finds between rows and in names, line for line. */
#include "list.h"
#include "list_folder.h"
#include "test.h"

/* check of an event with this file says exactly this */
static void expect(const char *file, const char *text, const char *want)
{
	char *got = list_folder_faults(file, text, strlen(text));
	assert_string_equal(got, want);
	free(got);
}

TEST(a_faultless_event_has_no_fault)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p1,print|door\n",
		"");
	UNUSED(state);
}

TEST(an_unknown_reference_is_named_with_the_nearest_id)
{
	expect("list/bookings.csv",
		"person,activity\n"
		"p11,a1\n",
		"bookings.csv:2: person: error: `p11` is no id of people.csv; did you mean "
		"`p1`?\n");
	UNUSED(state);
}

TEST(a_reference_to_nothing_near_is_named)
{
	expect("list/bookings.csv",
		"person,activity\n"
		"p1,lunch\n",
		"bookings.csv:2: activity: error: `lunch` is no id of activities.csv; correct it "
		"or add the row there\n");
	UNUSED(state);
}

TEST(an_id_given_twice_names_the_first_line)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p2,Eve,Maes,delegate,nl,\n",
		"people.csv:5: id: error: `p2` is the id of line 3 already; give one of them "
		"another\n");
	UNUSED(state);
}

TEST(an_id_of_other_letters_is_refused)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p 4,Eve,Maes,delegate,nl,\n",
		"people.csv:5: id: error: `p 4` is no id; use 1 to 32 of A-Z a-z 0-9 . _ -\n");
	UNUSED(state);
}

TEST(an_id_of_33_letters_is_refused)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"a23456789012345678901234567890123,Eve,Maes,delegate,nl,\n",
		"people.csv:5: id: error: `a23456789012345678901234567890123` is no id; use 1 to "
		"32 of A-Z a-z 0-9 . _ -\n");
	UNUSED(state);
}

TEST(an_end_before_the_start_is_an_error)
{
	expect("list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,2\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n"
		"a3,visit,f,n,d,e,2025-10-06 09:30,2025-10-06 09:15,pl1,\n",
		"activities.csv:4: end: error: `a3` ends before it starts; correct start or end\n");
	UNUSED(state);
}

TEST(overlapping_bookings_of_one_person_name_both)
{
	expect("list/bookings.csv",
		"person,activity,status\n"
		"p1,a1,\n"
		"p1,a3,\n",
		"bookings.csv:3: activity: error: `p1` is booked on `a3` and on `a1` (line 2) at "
		"the same time; cancel one of them\n");
	UNUSED(state);
}

TEST(a_cancelled_or_waiting_booking_overlaps_with_nothing)
{
	expect("list/bookings.csv",
		"person,activity,status\n"
		"p1,a1,cancelled\n"
		"p1,a3,\n"
		"p2,a1,waiting\n"
		"p2,a3,\n",
		"");
	UNUSED(state);
}

TEST(one_booking_given_twice_is_an_error)
{
	expect("list/bookings.csv",
		"person,activity\n"
		"p2,a1\n"
		"p2,a1\n",
		"bookings.csv:3: activity: error: `p2` is booked on `a1` in line 2 already; remove "
		"one of them\n");
	UNUSED(state);
}

TEST(meetings_of_one_person_that_clash_are_an_error)
{
	expect("list/meetings.csv",
		"id,start,end,place,host,guest,table\n"
		"m1,2025-10-06 14:00,2025-10-06 14:20,pl1,p1,p2,1\n"
		"m2,2025-10-06 14:10,2025-10-06 14:40,pl1,p3,p2,2\n",
		"meetings.csv:3: start: error: `m2`: `p2` is in meeting `m1` (line 2) at the same "
		"time; move one of them\n");
	UNUSED(state);
}

TEST(two_meetings_at_one_table_are_an_error)
{
	expect("list/meetings.csv",
		"id,start,end,place,host,guest,table\n"
		"m1,2025-10-06 14:00,2025-10-06 14:20,pl1,p1,Bay,1\n"
		"m2,2025-10-06 14:10,2025-10-06 14:40,pl1,p2,Bay,1\n",
		"meetings.csv:3: table: error: table 1 is taken by `m1` (line 2) at the same time; "
		"use another table\n");
	UNUSED(state);
}

TEST(a_meeting_during_a_booking_is_a_warning)
{
	expect("list/meetings.csv",
		"id,start,end,place,host,guest,table\n"
		"m1,2025-10-06 10:30,2025-10-06 10:40,pl1,p1,Bay,1\n",
		"meetings.csv:2: start: warning: `m1`: `p1` meets at the time of `a2` "
		"(bookings.csv:3); move one of them\n");
	UNUSED(state);
}

TEST(a_meeting_with_oneself_is_an_error)
{
	expect("list/meetings.csv",
		"id,start,end,place,host,guest,table\n"
		"m1,2025-10-06 14:00,2025-10-06 14:20,pl1,p1,p1,1\n",
		"meetings.csv:2: guest: error: `m1` has one person as host and guest; correct one "
		"of them\n");
	UNUSED(state);
}

TEST(a_guest_that_looks_like_an_id_is_a_warning)
{
	expect("list/meetings.csv",
		"id,start,end,place,host,guest,table\n"
		"m1,2025-10-06 14:00,2025-10-06 14:20,pl1,p1,p22,1\n",
		"meetings.csv:2: guest: warning: `p22` is no id of people.csv and is taken as a "
		"company's name; did you mean `p2`?\n");
	UNUSED(state);
}

TEST(more_bookings_than_seats_are_an_error)
{
	expect("list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,1\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n",
		"activities.csv:2: capacity: error: `a1` has 2 confirmed bookings for 1 seats; put "
		"1 on the waiting list\n");
	UNUSED(state);
}

TEST(more_bookings_than_the_place_holds_are_a_warning)
{
	expect("list/places.csv",
		"id,name,city,time_zone,capacity\n"
		"pl1,Hall,SF,America/Los_Angeles,1\n",
		"activities.csv:2: capacity: warning: `a1` offers 2 seats, the place `pl1` holds "
		"1; use a larger one\n"
		"activities.csv:2: place: warning: `a1` has 2 confirmed bookings, the place `pl1` "
		"holds 1; use a larger one\n"
		"activities.csv:3: capacity: warning: `a2` offers 2 seats, the place `pl1` holds "
		"1; use a larger one\n");
	UNUSED(state);
}

TEST(the_same_name_and_organisation_twice_is_a_warning)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p4,Ánn,PEETERS,delegate,nl,o1\n",
		"people.csv:5: family_name: warning: same name and organisation as line 2; remove "
		"one if it is the same person\n");
	UNUSED(state);
}

TEST(a_title_missing_in_a_language_is_a_warning)
{
	expect("list/tracks.csv",
		"id,title_fr,title_nl,title_de,title_en\n"
		"t1,a,,c,d\n",
		"tracks.csv:2: title_nl: warning: is empty; who reads Dutch will see another "
		"language\n");
	UNUSED(state);
}

TEST(no_title_at_all_is_an_error)
{
	expect("list/tracks.csv",
		"id,title_fr,title_nl,title_de,title_en\n"
		"t1,,,,\n",
		"tracks.csv:2: title_en: error: there is no text in any language; give one at "
		"least\n");
	UNUSED(state);
}

TEST(a_name_of_129_letters_is_an_error)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p4,Eve,"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,delegate,nl,\n",
		"people.csv:5: family_name: error: 129 letters long, at most 128 fit; shorten "
		"it\n");
	UNUSED(state);
}

TEST(a_name_of_260_bytes_is_an_error)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p4,Eve,"
		"小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小"
		"小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小小"
		"小小小小小,delegate,nl,\n",
		"people.csv:5: family_name: error: 261 bytes long, at most 256 fit; shorten it\n");
	UNUSED(state);
}

/* As long as the roster and the desk's page hold. */
TEST(a_note_for_the_desk_of_241_letters_is_an_error)
{
	char list[1024], note[242];
	UNUSED(state);

	memset(note, 'x', 241);
	note[241] = '\0';
	snprintf(list, sizeof(list),
		"id,given_name,family_name,role,language,organisation,note_for_desk\n"
		"p1,Ann,Peeters,staff,nl,o1,%s\n"
		"p2,Bob,Dupont,delegate,fr,o1,%s\n"
		"p3,,Suharto,delegate,en,,\n",
		note + 1, note);
	expect("list/people.csv", list,
		"people.csv:3: note_for_desk: error: 241 letters long, at most 240 fit; shorten "
		"it\n");
}

TEST(an_organisation_of_201_letters_is_an_error)
{
	expect("list/organisations.csv",
		"id,name,kind\n"
		"o1,"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,company\n",
		"organisations.csv:2: name: error: 201 letters long, at most 200 fit; shorten "
		"it\n");
	UNUSED(state);
}

TEST(an_organisation_of_200_letters_is_good)
{
	expect("list/organisations.csv",
		"id,name,kind\n"
		"o1,"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,company\n",
		"");
	UNUSED(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_faultless_event_has_no_fault),
	cmocka_unit_test(an_unknown_reference_is_named_with_the_nearest_id),
	cmocka_unit_test(a_reference_to_nothing_near_is_named),
	cmocka_unit_test(an_id_given_twice_names_the_first_line),
	cmocka_unit_test(an_id_of_other_letters_is_refused),
	cmocka_unit_test(an_id_of_33_letters_is_refused),
	cmocka_unit_test(an_end_before_the_start_is_an_error),
	cmocka_unit_test(overlapping_bookings_of_one_person_name_both),
	cmocka_unit_test(a_cancelled_or_waiting_booking_overlaps_with_nothing),
	cmocka_unit_test(one_booking_given_twice_is_an_error),
	cmocka_unit_test(meetings_of_one_person_that_clash_are_an_error),
	cmocka_unit_test(two_meetings_at_one_table_are_an_error),
	cmocka_unit_test(a_meeting_during_a_booking_is_a_warning),
	cmocka_unit_test(a_meeting_with_oneself_is_an_error),
	cmocka_unit_test(a_guest_that_looks_like_an_id_is_a_warning),
	cmocka_unit_test(more_bookings_than_seats_are_an_error),
	cmocka_unit_test(more_bookings_than_the_place_holds_are_a_warning),
	cmocka_unit_test(the_same_name_and_organisation_twice_is_a_warning),
	cmocka_unit_test(a_title_missing_in_a_language_is_a_warning),
	cmocka_unit_test(no_title_at_all_is_an_error),
	cmocka_unit_test(a_name_of_129_letters_is_an_error),
	cmocka_unit_test(a_name_of_260_bytes_is_an_error),
	cmocka_unit_test(a_note_for_the_desk_of_241_letters_is_an_error),
	cmocka_unit_test(an_organisation_of_201_letters_is_an_error),
	cmocka_unit_test(an_organisation_of_200_letters_is_good),
};

RUN_TESTS(tests)
