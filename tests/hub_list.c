/* What foyer check finds in cells and files, line for line. */
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

TEST(a_control_character_in_a_name_is_an_error)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p4,E\007ve,Maes,delegate,nl,\n",
		"people.csv:5: given_name: error: a control character (U+0007) in the text; remove "
		"it\n");
	UNUSED(state);
}

TEST(a_turn_of_direction_in_a_name_is_an_error)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p4,\342\200\256Eve,Maes,delegate,nl,\n",
		"people.csv:5: given_name: error: an invisible character that turns the direction "
		"of writing (U+202E) in the text; remove it\n");
	UNUSED(state);
}

TEST(a_missing_column_is_an_error)
{
	expect("list/staff.csv",
		"person\n"
		"p1\n",
		"staff.csv:1: rights: error: the column is missing; add it to the header\n");
	UNUSED(state);
}

TEST(an_unknown_column_is_a_warning_with_the_nearest)
{
	expect("list/staff.csv",
		"person,rights,x\n"
		"p1,print,\n",
		"staff.csv:1: x: warning: no such column, it is not read; remove it or rename "
		"it\n");
	UNUSED(state);
}

TEST(a_mistyped_column_is_missing_and_suggested)
{
	expect("list/staff.csv",
		"person,right\n"
		"p1,print\n",
		"staff.csv:1: right: warning: no such column, it is not read; did you mean "
		"`rights`?\n"
		"staff.csv:1: rights: error: the column is missing; add it to the header\n");
	UNUSED(state);
}

TEST(an_unknown_kind_lists_the_allowed_ones)
{
	expect("list/organisations.csv",
		"id,name,kind\n"
		"o1,Acme,compny\n",
		"organisations.csv:2: kind: error: `compny` is not allowed; allowed are company, "
		"federation, chamber, academic, administration, government, household or partner; "
		"did you mean `company`?\n");
	UNUSED(state);
}

TEST(an_unknown_right_lists_the_allowed_ones)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p1,print|fly\n",
		"staff.csv:2: rights: error: `fly` is no right; allowed are print, correct, late, "
		"revoke, door, protocol or admin, separated by |\n");
	UNUSED(state);
}

TEST(an_empty_family_name_is_an_error_and_an_empty_given_name_is_none)
{
	expect("list/people.csv",
		"id,given_name,family_name,role,language,organisation\n"
		"p1,Ann,Peeters,staff,nl,o1\n"
		"p2,Bob,Dupont,delegate,fr,o1\n"
		"p3,,Suharto,delegate,en,\n"
		"p4,Eve,,delegate,nl,\n",
		"people.csv:5: family_name: error: is empty; it must be given\n");
	UNUSED(state);
}

TEST(an_hour_that_does_not_exist_is_an_error)
{
	expect("list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,2\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n"
		"a3,visit,f,n,d,e,2025-03-09 02:30,2025-03-09 04:00,pl1,\n",
		"activities.csv:4: start: error: `2025-03-09 02:30` does not exist in "
		"America/Los_Angeles: clocks go forward over it; use another hour\n");
	UNUSED(state);
}

TEST(an_hour_that_comes_twice_is_an_error)
{
	expect("list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,2\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n"
		"a3,visit,f,n,d,e,2025-11-02 00:30,2025-11-02 01:30,pl1,\n",
		"activities.csv:4: end: error: `2025-11-02 01:30` comes twice in "
		"America/Los_Angeles: clocks go back over it; use another hour\n");
	UNUSED(state);
}

TEST(a_time_of_another_form_is_an_error)
{
	expect("list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,2\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n"
		"a3,visit,f,n,d,e,6/10/2025 9h,2025-10-06 09:45,pl1,\n",
		"activities.csv:4: start: error: `6/10/2025 9h` is no time; write YYYY-MM-DD "
		"HH:MM, in the place's own time\n");
	UNUSED(state);
}

TEST(a_bad_time_zone_is_an_error)
{
	expect("list/places.csv",
		"id,name,city,time_zone,capacity\n"
		"pl1,Hall,SF,Mars/Olympus,2\n",
		"places.csv:2: time_zone: error: `Mars/Olympus` is no time zone; write a name like "
		"Europe/Brussels\n");
	UNUSED(state);
}

TEST(staff_without_the_role_staff_is_a_warning)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p2,print\n",
		"staff.csv:2: person: warning: `p2` has the role delegate in people.csv; staff "
		"should have the role staff\n");
	UNUSED(state);
}

TEST(a_person_twice_in_staff_is_an_error)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p1,print\n"
		"p1,door\n",
		"staff.csv:3: person: error: `p1` stands in line 2 already; give all rights in one "
		"line\n");
	UNUSED(state);
}

TEST(an_activity_on_no_day_of_a_leg_is_a_warning)
{
	expect("list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,2\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n"
		"a3,visit,f,n,d,e,2025-11-11 09:30,2025-11-11 09:45,pl1,\n",
		"activities.csv:4: start: warning: `a3` is on no day of the event's legs; correct "
		"it or the legs in event.ini\n");
	UNUSED(state);
}

TEST(a_row_with_too_few_cells_is_an_error)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p1\n",
		"staff.csv:2: error: the row has 1 cells, the header has 2; a cell that holds the "
		"separator must be quoted\n");
	UNUSED(state);
}

TEST(a_capacity_that_is_no_number_is_an_error)
{
	expect("list/places.csv",
		"id,name,city,time_zone,capacity\n"
		"pl1,Hall,SF,America/Los_Angeles,lots\n",
		"places.csv:2: capacity: error: `lots` is no number of seats; write a whole number "
		"below 10000000, or nothing\n");
	UNUSED(state);
}

TEST(a_colour_that_is_none_is_an_error)
{
	expect("list/tracks.csv",
		"id,title_fr,title_nl,title_de,title_en,colour\n"
		"t1,a,b,c,d,red\n",
		"tracks.csv:2: colour: error: `red` is no colour; write #rrggbb\n");
	UNUSED(state);
}

TEST(damage_is_named_and_the_next_line_is_read)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p1,pr\"int\n"
		"p1,fly\n",
		"staff.csv:2: error: column 6 of the line: a quote inside an unquoted cell; quote "
		"the whole cell and double the quote\n"
		"staff.csv:3: rights: error: `fly` is no right; allowed are print, correct, late, "
		"revoke, door, protocol or admin, separated by |\n");
	UNUSED(state);
}

TEST(an_empty_row_is_one_warning_and_is_not_read)
{
	expect("list/staff.csv",
		"person,rights\n"
		"p1,print\n"
		",\n"
		"\"\", ,,\n"
		"\n",
		"staff.csv:3: warning: the row is empty and is not read\n"
		"staff.csv:4: warning: the row is empty and is not read\n");
	UNUSED(state);
}

TEST(an_empty_row_above_the_header_is_not_the_header)
{
	expect("list/staff.csv", ";\nperson;rights\np1;print\n",
		"staff.csv:1: warning: the row is empty and is not read\n");
	UNUSED(state);
}

TEST(a_line_that_names_the_separator_is_no_fault)
{
	expect("list/staff.csv", "\xEF\xBB\xBFsep=;\r\nperson;rights\r\np1;print\r\n", "");
	expect("list/staff.csv", "sep=,\nperson,rights\np1,print\n", "");
	expect("list/staff.csv", "\"sep=;\"\nperson;rights\np1;print\n", "");
	UNUSED(state);
}

TEST(semicolons_mark_and_cr_lf_are_no_fault)
{
	expect("list/staff.csv",
		"\357\273\277person;rights\r\n"
		"p1;print\r\n",
		"");
	UNUSED(state);
}

TEST(latin_1_is_recognised_and_read_on)
{
	expect("list/organisations.csv",
		"id,name,kind\n"
		"o1,Caf\351,fish\n",
		"organisations.csv:2: error: byte E9 is not UTF-8; the file looks like Latin-1: "
		"`foyer check --fix` rewrites it\n"
		"organisations.csv:2: kind: error: `fish` is not allowed; allowed are company, "
		"federation, chamber, academic, administration, government, household or "
		"partner\n");
	UNUSED(state);
}

TEST(windows_1252_is_recognised)
{
	expect("list/organisations.csv",
		"id,name,kind\n"
		"o1,Caf\351 \200,company\n",
		"organisations.csv:2: error: byte E9 is not UTF-8; the file looks like "
		"Windows-1252: `foyer check --fix` rewrites it\n");
	UNUSED(state);
}

TEST(retention_before_the_end_is_an_error)
{
	expect("event.ini",
		"[event]\n"
		"id = e\n"
		"name_fr = F\n"
		"name_nl = N\n"
		"name_de = D\n"
		"name_en = E\n"
		"retention = 2025-10-01\n"
		"[leg 1]\n"
		"name_fr = F\n"
		"name_nl = N\n"
		"name_de = D\n"
		"name_en = E\n"
		"time_zone = America/Los_Angeles\n"
		"first = 2025-03-01\n"
		"last = 2025-11-10\n",
		"event.ini:7: retention: error: the retention day comes before the event's end; "
		"kiosks would refuse the file\n");
	UNUSED(state);
}

TEST(an_unknown_desk_and_a_mistyped_key_are_named)
{
	expect("event.ini",
		"[event]\n"
		"id = e\n"
		"name_fr = F\n"
		"name_nl = N\n"
		"name_de = D\n"
		"name_en = E\n"
		"desk_place = pl2\n"
		"retension = x\n"
		"retention = 2025-12-01\n"
		"[leg 1]\n"
		"name_fr = F\n"
		"name_nl = N\n"
		"name_de = D\n"
		"name_en = E\n"
		"time_zone = America/Los_Angeles\n"
		"first = 2025-03-01\n"
		"last = 2025-11-10\n",
		"event.ini:7: desk_place: error: `pl2` is no id of places.csv; did you mean "
		"`pl1`?\n"
		"event.ini:8: retension: warning: no such key in [event], it is not read; did you "
		"mean `retention`?\n");
	UNUSED(state);
}

TEST(an_event_without_anything_says_what_it_needs)
{
	expect("event.ini", "[event]\n",
		"event.ini:1: error: the event has no leg; add a section [leg NAME] with its days\n"
		"event.ini:1: id: error: the event has no id; add `id = …` under [event]\n"
		"event.ini:1: name_en: error: there is no text in any language; give one at least\n"
		"event.ini:1: retention: error: the event has no retention day; add `retention = "
		"YYYY-MM-DD` under [event]\n");
	UNUSED(state);
}

TEST(summer_time_begins_in_san_francisco_at_two)
{
	int64_t t;
	assert_ok(list_time("2025-03-09 01:59", "America/Los_Angeles", &t));
	assert_int_equal(t, 1741514340); /* 09:59 UTC */
	assert_err(list_time("2025-03-09 02:00", "America/Los_Angeles", &t), ERR_ABSENT);
	assert_err(list_time("2025-03-09 02:59", "America/Los_Angeles", &t), ERR_ABSENT);
	assert_ok(list_time("2025-03-09 03:00", "America/Los_Angeles", &t));
	assert_int_equal(t, 1741514400); /* 10:00 UTC */
	UNUSED(state);
}

TEST(summer_time_ends_in_brussels_at_three)
{
	int64_t t;
	assert_ok(list_time("2025-10-26 01:59", "Europe/Brussels", &t));
	assert_int_equal(t, 1761436740); /* 23:59 UTC of the day before */
	assert_err(list_time("2025-10-26 02:00", "Europe/Brussels", &t), ERR_BUSY);
	assert_err(list_time("2025-10-26 02:59", "Europe/Brussels", &t), ERR_BUSY);
	assert_ok(list_time("2025-10-26 03:00", "Europe/Brussels", &t));
	assert_int_equal(t, 1761444000); /* 02:00 UTC */
	UNUSED(state);
}

TEST(a_bare_date_is_midnight)
{
	int64_t t;
	assert_ok(list_time("2025-10-05", "America/Los_Angeles", &t));
	assert_int_equal(t, 1759647600); /* 07:00 UTC */
	UNUSED(state);
}

TEST(text_that_is_no_time_is_refused)
{
	static const char *const bad[] = {"", "2025-10-5", "2025-02-29", "2025-13-01",
		"2025-10-05T09:00", "2025-10-05 24:00", "2025-10-05 09:60", "2025-10-05 09:00:00",
		"1970-01-01", "x025-10-05"};
	int64_t t;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_err(list_time(bad[i], "UTC", &t), ERR_FORMAT);
	UNUSED(state);
}

TEST(a_zone_is_a_name_of_the_database_and_no_path)
{
	static const char *const bad[] = {
		"", "Mars/Olympus", "PST", "../UTC", "/etc/passwd", "Europe/"};
	int64_t t;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_err(list_time("2025-10-05", bad[i], &t), ERR_ABSENT);
	UNUSED(state);
}

TEST(utf_16_is_recognised_in_both_orders)
{
	char *got = list_folder_faults(
		"list/staff.csv", "\xFF\xFEp\0e\0r\0s\0o\0n\0,\0r\0i\0g\0h\0t\0s\0", 28);
	assert_string_equal(got,
		"staff.csv:1: error: the file is UTF-16 (little-endian), not UTF-8; "
		"`foyer check --fix` rewrites it\n");
	free(got);
	got = list_folder_faults("list/staff.csv", "\0p\0e\0r\0s\0o\0n\0,\0r\0i\0g\0h\0t\0s", 26);
	assert_string_equal(got, "staff.csv:1: error: the file is UTF-16 (big-endian), not UTF-8; "
				 "`foyer check --fix` rewrites it\n");
	free(got);
	UNUSED(state);
}

TEST(a_folder_without_people_is_no_list)
{
	struct list l;
	assert_err(list_load(&l, "/nonexistent"), ERR_ABSENT);
	UNUSED(state);
}

TEST(rows_are_read_into_their_places)
{
	char dir[64];
	struct list l;
	list_folder_make(dir);
	assert_ok(list_load(&l, dir));
	assert_int_equal(l.errors_n, 0);
	assert_int_equal(list_person_by_id(&l, "p2"), 1);
	assert_int_equal(list_person_by_id(&l, "p9"), -1);
	assert_int_equal(l.people[1].role, ROLE_DELEGATE);
	assert_int_equal(l.people[1].organisation, 0);
	assert_string_equal(l.people[1].organisation_id, "o1");
	assert_string_equal(l.people[2].given_name, "");
	assert_int_equal(l.meetings[0].guest, 1);
	assert_string_equal(l.meetings[0].guest_text, "");
	assert_int_equal(l.meetings[1].guest, -1);
	assert_string_equal(l.meetings[1].guest_text, "Bay, Inc.");
	assert_int_equal(l.tracks[0].rgb[1], 0x34);
	assert_int_equal(l.staff[0].rights, 1 << 0 | 1 << 4);
	assert_int_equal(l.activities[0].start, 1759766400); /* 16:00 UTC */
	assert_int_equal(l.activities[0].at.line, 2);
	assert_int_equal(l.event.opens[ROLE_VIP], OPENS_CARD);
	assert_int_equal(l.event.lease_withhold_min, 96 * 60);
	list_free(&l);
	list_folder_remove(dir);
	UNUSED(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_control_character_in_a_name_is_an_error),
	cmocka_unit_test(a_turn_of_direction_in_a_name_is_an_error),
	cmocka_unit_test(a_missing_column_is_an_error),
	cmocka_unit_test(an_unknown_column_is_a_warning_with_the_nearest),
	cmocka_unit_test(a_mistyped_column_is_missing_and_suggested),
	cmocka_unit_test(an_unknown_kind_lists_the_allowed_ones),
	cmocka_unit_test(an_unknown_right_lists_the_allowed_ones),
	cmocka_unit_test(an_empty_family_name_is_an_error_and_an_empty_given_name_is_none),
	cmocka_unit_test(an_hour_that_does_not_exist_is_an_error),
	cmocka_unit_test(an_hour_that_comes_twice_is_an_error),
	cmocka_unit_test(a_time_of_another_form_is_an_error),
	cmocka_unit_test(a_bad_time_zone_is_an_error),
	cmocka_unit_test(staff_without_the_role_staff_is_a_warning),
	cmocka_unit_test(a_person_twice_in_staff_is_an_error),
	cmocka_unit_test(an_activity_on_no_day_of_a_leg_is_a_warning),
	cmocka_unit_test(a_row_with_too_few_cells_is_an_error),
	cmocka_unit_test(a_capacity_that_is_no_number_is_an_error),
	cmocka_unit_test(a_colour_that_is_none_is_an_error),
	cmocka_unit_test(damage_is_named_and_the_next_line_is_read),
	cmocka_unit_test(an_empty_row_is_one_warning_and_is_not_read),
	cmocka_unit_test(an_empty_row_above_the_header_is_not_the_header),
	cmocka_unit_test(a_line_that_names_the_separator_is_no_fault),
	cmocka_unit_test(semicolons_mark_and_cr_lf_are_no_fault),
	cmocka_unit_test(latin_1_is_recognised_and_read_on),
	cmocka_unit_test(windows_1252_is_recognised),
	cmocka_unit_test(retention_before_the_end_is_an_error),
	cmocka_unit_test(an_unknown_desk_and_a_mistyped_key_are_named),
	cmocka_unit_test(an_event_without_anything_says_what_it_needs),
	cmocka_unit_test(summer_time_begins_in_san_francisco_at_two),
	cmocka_unit_test(summer_time_ends_in_brussels_at_three),
	cmocka_unit_test(a_bare_date_is_midnight),
	cmocka_unit_test(text_that_is_no_time_is_refused),
	cmocka_unit_test(a_zone_is_a_name_of_the_database_and_no_path),
	cmocka_unit_test(utf_16_is_recognised_in_both_orders),
	cmocka_unit_test(a_folder_without_people_is_no_list),
	cmocka_unit_test(rows_are_read_into_their_places),
};

RUN_TESTS(tests)
