/* Who came: every number of the report, no name unless it is asked for, and speed. */
#include "test.h"

#include "commands.h"
#include "help/desk.h"

#include <jansson.h>
#include <unistd.h>

enum { CROWD = 500, EVENTS = 40000, AT_ONCE = 1000 };

static struct event_folder f;
static struct desk desk;
static json_t *report;

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
	json_decref(report);
	report = NULL;
	event_folder_remove(&f);
	return 0;
}

static void ask(const char *words)
{
	event_must(&f, &verb_report, words);
	json_decref(report);
	report = json_loads(f.said, 0, NULL);
	assert_non_null(report);
}

/* The number at "people arrived", "by role vip listed", "activities 0 entered". */
static long long at(const char *path)
{
	char copy[128], *rest = NULL;
	json_t *o = report;

	snprintf(copy, sizeof(copy), "%s", path);
	for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		o = json_is_array(o) ? json_array_get(o, (size_t)atoi(w)) : json_object_get(o, w);
	if (!json_is_integer(o))
		fail_msg("no number at %s in %s", path, f.said);
	return (long long)json_integer_value(o);
}

static struct event_id say(enum event_kind kind, const char *id)
{
	struct event e = desk_event(&desk, kind, id);

	e.issue = 1;
	return desk_say(&desk, e);
}

static struct event_id go(enum event_kind kind, const char *id, uint16_t activity)
{
	struct event e = desk_event(&desk, kind, id);

	e.activity = activity;
	return desk_say(&desk, e);
}

TEST(an_event_without_events_says_what_to_do)
{
	UNUSED(state);
	ask("DIR --json");
	assert_int_equal(at("people listed"), 4);
	assert_int_equal(at("people arrived"), 0);
	assert_int_equal(at("people protected"), 1);
	assert_int_equal(at("people protected_arrived"), 0);
	assert_non_null(strstr(f.talked, "foyer serve"));
	assert_int_equal(unlink(event_path(&f, "hub.db")), 0);
	event_must(&f, &verb_report, "DIR");
	assert_non_null(strstr(f.said, "0 of 4 arrived"));
	assert_non_null(strstr(f.said, "\nprotected   0 of 1 arrived\n"));
	assert_non_null(strstr(f.talked, "foyer enrol"));
}

TEST(arrivals_are_counted_once_under_every_heading_and_doubles_apart)
{
	UNUSED(state);
	say(EVENT_ARRIVED, "a1");
	say(EVENT_ARRIVED, "a1");
	say(EVENT_ARRIVED, "c3");
	ask("DIR --json");
	assert_int_equal(at("people arrived"), 2);
	assert_int_equal(at("people doubles"), 1);
	assert_int_equal(at("people protected_arrived"), 1);
	assert_int_equal(at("by role delegate arrived"), 1);
	assert_int_equal(at("by role official arrived"), 1);
	assert_int_equal(at("by role vip listed"), 1);
	assert_int_equal(at("by language fr arrived"), 1);
	assert_int_equal(at("by organisation_kind company arrived"), 2);
	assert_int_equal(at("by organisation_kind company listed"), 4);
	assert_int_equal(at("by delegation none listed"), 4);
	assert_int_equal(at("by day 2030-05-06 arrived"), 2);
}

TEST(an_arrival_after_midnight_utc_counts_for_the_day_of_the_place)
{
	UNUSED(state);
	desk.now_ms += (int64_t)14 * 3600 * 1000 + 1800 * 1000; /* 22:30 UTC is 00:30 there */
	say(EVENT_ARRIVED, "a1");
	ask("DIR --json");
	assert_int_equal(at("by day 2030-05-07 arrived"), 1);
}

TEST(arrivals_are_counted_by_the_boards_that_took_them)
{
	UNUSED(state);
	say(EVENT_ARRIVED, "a1");
	ask("DIR --json");
	json_t *by = json_object_get(json_object_get(report, "by"), "board");
	json_t *row = json_object_get(by, "board 1");
	assert_int_equal(json_integer_value(json_object_get(row, "arrived")), 1);
}

TEST(an_undone_arrival_is_none)
{
	UNUSED(state);
	struct event e = desk_event(&desk, EVENT_UNDO, "a1");
	e.target = say(EVENT_ARRIVED, "a1");
	desk_say(&desk, e);
	ask("DIR --json");
	assert_int_equal(at("people arrived"), 0);
}

TEST(each_activity_says_who_booked_entered_and_is_missing)
{
	UNUSED(state);
	go(EVENT_ENTERED, "b2", 1);
	go(EVENT_ENTERED, "d4", 1);
	go(EVENT_LEFT, "d4", 1);
	go(EVENT_OVERRIDE, "d4", 1);
	ask("DIR --json");
	assert_int_equal(at("activities 0 booked"), 1);
	assert_int_equal(at("activities 0 missing"), 1);
	assert_int_equal(at("activities 1 booked"), 2);
	assert_int_equal(at("activities 1 entered"), 2);
	assert_int_equal(at("activities 1 inside"), 1);
	assert_int_equal(at("activities 1 missing"), 1);
	assert_int_equal(at("activities 1 overrides"), 1);
	assert_int_equal(at("by place villa entered"), 2);
	event_must(&f, &verb_report, "DIR");
	assert_non_null(strstr(f.said, "      2       2      1       1      1  Clandestine\n"));
}

TEST(badges_are_printed_uncertain_replaced_and_revoked)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 1);
	desk_issue(&desk, "a1", 2);
	struct event e = desk_event(&desk, EVENT_BADGE_UNCERTAIN, "b2");
	e.target = say(EVENT_BADGE_PREPARED, "b2");
	desk_say(&desk, e);
	say(EVENT_REVOKED, "b2");
	ask("DIR --json");
	assert_int_equal(at("badges printed"), 2);
	assert_int_equal(at("badges uncertain"), 1);
	assert_int_equal(at("badges replaced"), 1);
	assert_int_equal(at("badges revoked"), 1);
}

TEST(what_is_asked_of_the_organiser_waits)
{
	UNUSED(state);
	say(EVENT_CORRECTION_ASKED, "a1");
	struct event late = desk_event(&desk, EVENT_LATE, NULL);
	memset(late.person, 0x77, EVENT_PERSON);
	desk_say(&desk, late);
	ask("DIR --json");
	assert_int_equal(at("people corrections_waiting"), 1);
	assert_int_equal(at("people late_waiting"), 1);
	assert_int_equal(at("people unknown"), 1);
}

TEST(a_report_names_nobody)
{
	static const char *const names[] = {"Anna", "Vandersteenkiste", "Bruno", "Hoogenboomgaerd",
		"Clara", "Quisthoudtsberg", "Dries", "Overmeulebroeck"};
	UNUSED(state);

	say(EVENT_ARRIVED, "a1");
	say(EVENT_ARRIVED, "a1");
	for (int json = 0; json < 2; json++) {
		event_must(&f, &verb_report, json ? "DIR --json" : "DIR");
		for (size_t i = 0; i < COUNT(names); i++)
			assert_null(strstr(f.said, names[i]));
	}
}

TEST(with_names_it_says_who_is_missing_but_protected_people_only_by_id)
{
	UNUSED(state);
	say(EVENT_ARRIVED, "b2");
	say(EVENT_ARRIVED, "b2");
	event_must(&f, &verb_report, "DIR --names");
	assert_non_null(strstr(f.said, "not arrived\n  a1               Anna Vandersteenkiste\n"));
	assert_non_null(
		strstr(f.said, "scanned again\n  b2               Bruno Hoogenboomgaerd\n"));
	assert_non_null(strstr(f.said, "  c3"));
	assert_null(strstr(f.said, "Clara"));
	assert_null(strstr(f.said, "Quisthoudtsberg"));
}

TEST(boards_are_listed_with_their_last_contact)
{
	UNUSED(state);
	event_must(&f, &verb_report, "DIR");
	assert_non_null(strstr(f.said, "board 1"));
	assert_non_null(strstr(f.said, "enrolled  never"));
}

TEST(staff_are_not_counted_where_nobody_knows_whom_to_believe)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	assert_int_equal(unlink(event_path(&f, "roster.foyer")), 0);
	ask("DIR --json");
	assert_int_equal(at("badges replaced"), 0);
	assert_non_null(strstr(f.talked, "What staff said is not counted"));
}

TEST(wrong_use_says_so)
{
	static const char *const wrong[] = {"", "DIR DIR", "DIR --what", "DIR --store"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(event_run(&f, &verb_report, wrong[i]), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_report, "/nonexistent"), EXIT_WORLD);
	/* A name mistyped must not look like an event to which nobody came. */
	assert_int_equal(event_run(&f, &verb_report, "DIR --store sqlite:/nonexistent/x/hub.db"),
		EXIT_WORLD);
	assert_string_equal(f.said, "");
	assert_non_null(strstr(f.talked, "/nonexistent/x/hub.db cannot be opened"));
}

static void put_crowd(void)
{
	static char text[64 * 1024];
	size_t n = (size_t)snprintf(text, sizeof(text),
		"id,given_name,family_name,organisation,role,protected,language\n"
		"d4,Dries,Overmeulebroeck,org,staff,no,en\n");

	for (unsigned i = 0; i < CROWD; i++)
		n += (size_t)snprintf(
			text + n, sizeof(text) - n, "g%u,G%u,N%u,org,delegate,no,fr\n", i, i, i);
	event_put(&f, "list/people.csv", text);
	event_put(&f, "list/bookings.csv", "person,activity\ng1,opening\n");
	event_put(&f, "list/meetings.csv", "id,start,end,place,host,guest\n");
}

TEST(five_hundred_people_and_forty_thousand_events_take_seconds)
{
	static const enum event_kind kinds[] = {
		EVENT_ARRIVED, EVENT_ENTERED, EVENT_LEFT, EVENT_BADGE_PREPARED};
	static struct event events[AT_ONCE];
	static uint8_t handles[CROWD][EVENT_PERSON];
	char id[16];
	UNUSED(state);

	put_crowd();
	event_must(&f, &verb_build, "DIR");
	for (unsigned i = 0; i < CROWD; i++) {
		snprintf(id, sizeof(id), "g%u", i);
		desk_handle(&desk, id, handles[i]);
	}
	for (unsigned n = 0; n < EVENTS; n += AT_ONCE) {
		for (unsigned i = 0; i < AT_ONCE; i++) {
			events[i] = desk_event(&desk, kinds[(n + i) / CROWD % COUNT(kinds)], NULL);
			memcpy(events[i].person, handles[i % CROWD], EVENT_PERSON);
			events[i].issue = 1;
			events[i].activity = i % 2;
		}
		desk_write(&desk, events, AT_ONCE);
	}
	int64_t begin = clock_now().boot_ms;
	ask("DIR --json");
	int64_t took = clock_now().boot_ms - begin;
	print_message("%d people, %d events: %lld ms\n", CROWD, EVENTS, (long long)took);
	assert_int_equal(at("events"), EVENTS);
	assert_int_equal(at("people arrived"), CROWD);
	assert_int_equal(at("people listed"), CROWD + 1);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(an_event_without_events_says_what_to_do),
	EACH(arrivals_are_counted_once_under_every_heading_and_doubles_apart),
	EACH(an_arrival_after_midnight_utc_counts_for_the_day_of_the_place),
	EACH(arrivals_are_counted_by_the_boards_that_took_them),
	EACH(an_undone_arrival_is_none),
	EACH(each_activity_says_who_booked_entered_and_is_missing),
	EACH(badges_are_printed_uncertain_replaced_and_revoked),
	EACH(what_is_asked_of_the_organiser_waits),
	EACH(a_report_names_nobody),
	EACH(with_names_it_says_who_is_missing_but_protected_people_only_by_id),
	EACH(boards_are_listed_with_their_last_contact),
	EACH(staff_are_not_counted_where_nobody_knows_whom_to_believe),
	EACH(wrong_use_says_so),
	EACH(five_hundred_people_and_forty_thousand_events_take_seconds),
};
RUN_TESTS(tests)
