/* What a venue screen shows of a programme, when, and whose turn it is. */
#include "test.h"

#include "help/town.h"
#include "venue.h"
#include "when.h"

enum { HOUR = 3600, MINUTE = 60, DAY = 86400 };

static struct town town;
static struct venue v;
static struct changes changes;

static int fresh(void **state)
{
	UNUSED(state);
	memset(&changes, 0, sizeof(changes));
	town_make(&town);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	town_free(&town);
	return 0;
}

/* What a screen with the town's last roster shows at now. */
static void look(enum venue_layout layout, const char *place, int64_t now)
{
	struct venue_ask ask = {.layout = layout,
		.language_n = LANGUAGES,
		.languages = {LANGUAGE_DE, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL}};

	strcpy(ask.place, place);
	venue_take(&v, &town.roster, &ask, &changes, now);
}

static struct span title(uint32_t i)
{
	return venue_text(&v, v.entries[i].title.in[LANGUAGE_EN]);
}

static void assert_titles(const char *const *want, uint32_t n)
{
	assert_int_equal(v.entry_n, n);
	for (uint32_t i = 0; i < n; i++)
		assert_true(span_equal(title(i), span_of(want[i])));
}

#define SHOWS(...)                                                                                 \
	assert_titles(                                                                             \
		(const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})))

TEST(a_room_shows_what_takes_place_in_it_and_nothing_else)
{
	town_add(&town, TOWN_HALL_A, "First", 9 * HOUR, 60);
	town_add(&town, TOWN_HALL_B, "Elsewhere", 9 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Second", 11 * HOUR, 60);
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(8, 0));
	SHOWS("First", "Second");
	assert_false(venue_runs(&v.entries[0], town_at(9, 0) - 1));
	assert_true(venue_runs(&v.entries[0], town_at(9, 0)));
	look(VENUE_ROOM, "hall-a", town_at(10, 0) - 1);
	SHOWS("First", "Second");
	assert_true(venue_runs(&v.entries[0], town_at(10, 0) - 1));
	assert_false(venue_runs(&v.entries[0], town_at(10, 0)));
	look(VENUE_ROOM, "hall-a", town_at(10, 0));
	SHOWS("Second");
	look(VENUE_ROOM, "hall-a", town_at(12, 0));
	assert_int_equal(v.entry_n, 0);
	assert_int_equal(venue_state_of(&v, town_at(12, 0)), VENUE_OVER);
}

TEST(two_events_in_one_room_at_once_are_both_shown)
{
	town_add(&town, TOWN_HALL_A, "Long", 9 * HOUR, 120);
	town_add(&town, TOWN_HALL_A, "Short", 9 * HOUR, 30);
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(9, 10));
	SHOWS("Short", "Long");
	assert_true(venue_runs(&v.entries[0], town_at(9, 10)));
	assert_true(venue_runs(&v.entries[1], town_at(9, 10)));
}

TEST(what_is_not_public_is_never_shown)
{
	struct activity *a = town_add(&town, TOWN_HALL_A, "Private", 9 * HOUR, 60);
	a->open_to_all = false;
	a->kind = ACTIVITY_TRANSFER;
	town_add(&town, TOWN_HALL_A, "Public", 10 * HOUR, 60);
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(9, 0));
	SHOWS("Public");
	assert_null(memmem(v.text, v.text_n, "Private", 7));
	look(VENUE_LOBBY, "", town_at(9, 0));
	SHOWS("Public");
	look(VENUE_TRANSFERS, "", town_at(9, 0));
	assert_int_equal(v.entry_n, 0);
}

TEST(a_place_with_a_room_is_a_room_and_another_is_a_lobby)
{
	town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	town_add(&town, TOWN_PIER, "Party", 19 * HOUR, 60);
	town_open(&town);
	look(VENUE_BY_PLACE, "hall-a", town_at(8, 0));
	assert_int_equal(v.layout, VENUE_ROOM);
	look(VENUE_BY_PLACE, "pier", town_at(8, 0));
	assert_int_equal(v.layout, VENUE_LOBBY);
	look(VENUE_BY_PLACE, "", town_at(8, 0));
	assert_int_equal(v.layout, VENUE_LOBBY);
}

TEST(a_lobby_shows_its_city_and_without_a_place_all_of_them)
{
	town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	town_add(&town, TOWN_PIER, "Party", 19 * HOUR, 60);
	town_add(&town, TOWN_ATRIUM, "Dinner", 12 * HOUR, 60);
	town_open(&town);
	look(VENUE_LOBBY, "hall-b", town_at(8, 0));
	SHOWS("Talk", "Party");
	look(VENUE_LOBBY, "atrium", town_at(8, 0));
	SHOWS("Dinner");
	assert_int_equal(v.offset, 120);
	look(VENUE_LOBBY, "", town_at(8, 0));
	SHOWS("Talk", "Dinner", "Party");
	assert_int_equal(v.entries[1].offset, 120);
	assert_int_equal(v.entries[2].offset, -420);
}

TEST(a_row_leaves_a_list_only_as_a_round_turns)
{
	town_add(&town, TOWN_HALL_A, "Short", 9 * HOUR, 7);
	town_add(&town, TOWN_HALL_A, "Long", 9 * HOUR, 60);
	town_open(&town);
	look(VENUE_LOBBY, "hall-a", town_at(9, 9));
	SHOWS("Short", "Long");
	assert_false(venue_runs(&v.entries[0], town_at(9, 9)));
	look(VENUE_LOBBY, "hall-a", town_at(9, 10));
	SHOWS("Long");
}

TEST(what_runs_past_midnight_is_still_of_today)
{
	town_add(&town, TOWN_HALL_A, "Night", 22 * HOUR, 180);
	town_add(&town, TOWN_HALL_A, "Morning", DAY + 9 * HOUR, 60);
	town_open(&town);
	look(VENUE_LOBBY, "hall-a", town_at(24, 30));
	SHOWS("Night", "Morning");
	struct venue_day d = venue_day_of(&v, town_at(24, 30));
	assert_true(d.today);
	assert_int_equal(d.first, 0);
	assert_int_equal(d.n, 2);
	/* At one it is over, and the morning is of the day that has begun. */
	look(VENUE_LOBBY, "hall-a", town_at(25, 0));
	d = venue_day_of(&v, town_at(25, 0));
	assert_true(d.today);
	assert_int_equal(d.n, 1);
}

TEST(after_the_last_of_a_day_the_next_one_that_has_any_is_shown)
{
	town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Later", 3 * DAY + 9 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Last", 3 * DAY + 11 * HOUR, 60);
	town_add(&town, TOWN_HALL_B, "Other", 5 * DAY + 11 * HOUR, 60);
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(10, 0));
	struct venue_day d = venue_day_of(&v, town_at(10, 0));
	assert_false(d.today);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.at, TOWN_DAY + 3 * DAY + 9 * HOUR);
	assert_int_equal(venue_state_of(&v, town_at(10, 0)), VENUE_OVER_TODAY);
	look(VENUE_ROOM, "hall-a", TOWN_DAY + 3 * DAY + 12 * HOUR);
	assert_int_equal(venue_state_of(&v, TOWN_DAY + 3 * DAY + 12 * HOUR), VENUE_OVER_HERE);
}

TEST(the_small_hours_are_on_the_list_of_the_evening)
{
	town_add(&town, TOWN_HALL_A, "Dinner", 21 * HOUR, 120);
	town_add(&town, TOWN_HALL_A, "Night", 24 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Morning", 33 * HOUR, 60);
	town_open(&town);
	look(VENUE_LOBBY, "hall-a", town_at(17, 59));
	assert_int_equal(venue_day_of(&v, v.at).n, 1);
	look(VENUE_LOBBY, "hall-a", town_at(18, 5));
	assert_int_equal(venue_day_of(&v, v.at).n, 2);
	look(VENUE_ROOM, "hall-a", town_at(23, 30));
	assert_int_equal(venue_state_of(&v, v.at), VENUE_ON);
	look(VENUE_ROOM, "hall-a", town_at(25, 0));
	assert_int_equal(venue_day_of(&v, v.at).n, 1);
}

TEST(before_the_event_its_first_day_is_shown)
{
	town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	town_open(&town);
	int64_t eve = TOWN_DAY - 1;
	look(VENUE_ROOM, "hall-a", eve);
	assert_int_equal(venue_state_of(&v, eve), VENUE_BEFORE);
	assert_int_equal(venue_day_of(&v, eve).n, 1);
	look(VENUE_ROOM, "hall-a", TOWN_DAY);
	assert_int_equal(venue_state_of(&v, TOWN_DAY), VENUE_ON);
	/* In a room whose first day is later the event has begun all the same. */
	town_add(&town, TOWN_HALL_B, "Later", DAY + 9 * HOUR, 60);
	town_open(&town);
	look(VENUE_ROOM, "hall-b", TOWN_DAY);
	assert_int_equal(venue_state_of(&v, TOWN_DAY), VENUE_OVER_TODAY);
}

TEST(summer_time_may_end_while_something_runs)
{
	/* 2 November, 00:30 to 02:30 in San Francisco: three hours. */
	int64_t start = 27 * DAY + 30 * MINUTE;
	town_add(&town, TOWN_HALL_A, "Night", start, 180);
	town_add(&town, TOWN_HALL_A, "Morning", 27 * DAY + 10 * HOUR, 60);
	town_open(&town);
	look(VENUE_ROOM, "hall-a", TOWN_DAY + start);
	assert_int_equal(v.offset, -420);
	assert_int_equal(v.entries[0].offset, -420);
	assert_int_equal(v.entries[0].end_offset, -480);
	assert_int_equal(when_civil(v.entries[0].end, v.entries[0].end_offset).hour, 2);
	assert_int_equal(when_civil(v.entries[1].start, v.entries[1].offset).hour, 9);
	look(VENUE_ROOM, "hall-a", TOWN_DAY + start + 150 * MINUTE);
	assert_int_equal(v.offset, -480);
	assert_true(venue_runs(&v.entries[0], v.at));
}

TEST(a_day_has_25_hours_when_summer_time_ends)
{
	town_add(&town, TOWN_HALL_A, "Today", 27 * DAY + 25 * HOUR - 30 * MINUTE, 10);
	town_add(&town, TOWN_HALL_A, "Tomorrow", 27 * DAY + 25 * HOUR, 10);
	town_open(&town);
	look(VENUE_LOBBY, "hall-a", TOWN_DAY + 27 * DAY);
	assert_int_equal(venue_day_of(&v, v.at).n, 1);
	assert_true(span_equal(title(0), span_of("Today")));
}

TEST(seats_are_said_where_a_door_counts)
{
	struct activity *a = town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	town_add(&town, TOWN_PIER, "Open air", 9 * HOUR, 60);
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(9, 0));
	assert_int_equal(v.entries[0].capacity, 100);
	struct venue_entry *e = &v.entries[0];
	venue_count(e, &(struct fold_activity){0});
	assert_int_equal(e->seats, VENUE_SEATS_UNSAID);
	venue_count(e, &(struct fold_activity){.entered = 99, .inside = 99});
	assert_int_equal(e->seats, VENUE_SEATS_LEFT);
	assert_int_equal(e->seats_left, 1);
	venue_count(e, &(struct fold_activity){.entered = 100, .inside = 100});
	assert_int_equal(e->seats, VENUE_SEATS_NONE);
	venue_count(e, &(struct fold_activity){.entered = 130, .inside = 120});
	assert_int_equal(e->seats, VENUE_SEATS_NONE);
	assert_int_equal(e->seats_left, 0);
	/* They have all left again. */
	venue_count(e, &(struct fold_activity){.entered = 130, .inside = 0});
	assert_int_equal(e->seats_left, 100);
	/* Its own number of seats goes before the room's. */
	a->capacity = 40;
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(9, 0));
	assert_int_equal(v.entries[0].capacity, 40);
	look(VENUE_ROOM, "pier", town_at(9, 0));
	venue_count(&v.entries[0], &(struct fold_activity){.entered = 5, .inside = 5});
	assert_int_equal(v.entries[0].seats, VENUE_SEATS_UNSAID);
}

TEST(a_coach_boards_for_a_quarter_and_is_shown_for_one_after_it_left)
{
	struct activity *a = town_add(&town, TOWN_PIER, "Party", 19 * HOUR, 120);
	a->leave_by = town_at(18, 20);
	a->meeting_point = span_of("Coach 4");
	town_add(&town, TOWN_HALL_A, "Talk", 18 * HOUR, 60);
	town_open(&town);
	look(VENUE_TRANSFERS, "hall-a", town_at(18, 4));
	SHOWS("Party");
	assert_int_equal(v.entries[0].leave, town_at(18, 20));
	assert_int_equal(venue_coach_of(&v.entries[0], town_at(18, 5) - 1), VENUE_COACH_LATER);
	assert_int_equal(venue_coach_of(&v.entries[0], town_at(18, 5)), VENUE_COACH_BOARDING);
	assert_int_equal(venue_coach_of(&v.entries[0], town_at(18, 20) - 1), VENUE_COACH_BOARDING);
	assert_int_equal(venue_coach_of(&v.entries[0], town_at(18, 20)), VENUE_COACH_LEFT);
	look(VENUE_TRANSFERS, "hall-a", town_at(18, 35) - 1);
	SHOWS("Party");
	look(VENUE_TRANSFERS, "hall-a", town_at(18, 35));
	assert_int_equal(v.entry_n, 0);
}

TEST(coaches_are_listed_as_they_leave)
{
	struct activity *a = town_add(&town, TOWN_PIER, "Early party", 18 * HOUR, 120);
	a->leave_by = town_at(17, 30);
	a = town_add(&town, TOWN_BAY, "Ride", 17 * HOUR, 30);
	a->kind = ACTIVITY_TRANSFER;
	a = town_add(&town, TOWN_ATRIUM, "Opera", 20 * HOUR, 60);
	a->leave_by = town_at(16, 0);
	town_open(&town);
	look(VENUE_TRANSFERS, "", town_at(12, 0));
	SHOWS("Opera", "Ride", "Early party");
	look(VENUE_TRANSFERS, "hall-a", town_at(12, 0));
	SHOWS("Ride", "Early party");
}

static struct span follows(uint32_t i)
{
	return venue_text(&v, v.entries[i].follows.in[LANGUAGE_EN]);
}

TEST(a_ride_says_what_it_is_for_where_that_can_be_told)
{
	struct activity *ride =
		town_add(&town, TOWN_BAY, "Coaches to Pier 9 Pavilion", 17 * HOUR, 30);
	ride->kind = ACTIVITY_TRANSFER;
	town_add(&town, TOWN_PIER, "Party", 18 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Talk", 18 * HOUR, 60);
	town_open(&town);
	look(VENUE_TRANSFERS, "hall-a", town_at(16, 0));
	assert_true(span_equal(follows(0), span_of("Party")));
	/* Two things begin there: nobody knows which. */
	struct activity *more = town_add(&town, TOWN_PIER, "Another", 18 * HOUR + 600, 60);
	town_open(&town);
	look(VENUE_TRANSFERS, "hall-a", town_at(16, 0));
	assert_int_equal(follows(0).n, 0);
	/* Not public, it is not there to be meant. */
	more->open_to_all = false;
	town_open(&town);
	look(VENUE_TRANSFERS, "hall-a", town_at(16, 0));
	assert_true(span_equal(follows(0), span_of("Party")));
}

TEST(a_ride_is_for_what_one_has_to_leave_for_at_that_time)
{
	struct activity *ride = town_add(&town, TOWN_BAY, "Shuttles", 17 * HOUR, 30);
	ride->kind = ACTIVITY_TRANSFER;
	struct activity *a = town_add(&town, TOWN_PIER, "Party", 18 * HOUR, 60);
	a->leave_by = town_at(17, 0);
	town_open(&town);
	look(VENUE_TRANSFERS, "hall-a", town_at(16, 0));
	SHOWS("Shuttles", "Party");
	assert_true(span_equal(follows(0), span_of("Party")));
	a->leave_by = town_at(17, 10);
	town_open(&town);
	look(VENUE_TRANSFERS, "hall-a", town_at(16, 0));
	assert_int_equal(follows(0).n, 0);
}

static void come(int64_t now)
{
	(void)changes_compare(&changes, town_open(&town), now);
}

TEST(both_rooms_say_that_something_moved)
{
	struct activity *a = town_add(&town, TOWN_HALL_A, "Talk", 14 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Other", 16 * HOUR, 60);
	come(town_at(9, 0));
	a->place = TOWN_HALL_B;
	come(town_at(13, 30));
	look(VENUE_ROOM, "hall-b", town_at(14, 0));
	SHOWS("Talk");
	assert_int_equal(v.entries[0].marks, VENUE_MOVED_HERE);
	assert_true(span_equal(venue_text(&v, v.entries[0].was_place), span_of("Hall A")));
	assert_true(venue_runs(&v.entries[0], town_at(14, 0)));
	look(VENUE_ROOM, "hall-a", town_at(14, 0));
	SHOWS("Other");
	assert_int_equal(v.gone_n, 1);
	const struct venue_entry *gone = &v.entries[v.entry_n];
	assert_int_equal(gone->marks, VENUE_MOVED_AWAY);
	assert_true(span_equal(venue_text(&v, gone->room), span_of("Hall B")));
	assert_false(venue_runs(gone, town_at(14, 0)));
	/* The lobby of both lists it once. */
	look(VENUE_LOBBY, "hall-a", town_at(14, 0));
	SHOWS("Talk", "Other");
	assert_int_equal(v.entries[0].marks, VENUE_MOVED_HERE);
	look(VENUE_ROOM, "hall-a", town_at(14, 30));
	assert_int_equal(v.gone_n, 0);
}

TEST(a_room_that_lost_all_it_had_still_says_where_that_went)
{
	struct activity *a = town_add(&town, TOWN_ATRIUM, "Talk", 14 * HOUR, 60);
	come(town_at(9, 0));
	a->place = TOWN_HALL_B;
	town.places[TOWN_ATRIUM].open_to_all = false;
	come(town_at(13, 30));
	look(VENUE_ROOM, "atrium", town_at(13, 30));
	assert_int_equal(v.where, VENUE_UNKNOWN);
	assert_int_equal(v.entry_n, 0);
	assert_int_equal(v.gone_n, 1);
	assert_int_equal(venue_state_of(&v, town_at(13, 30)), VENUE_OVER_HERE);
	look(VENUE_ROOM, "atrium", town_at(14, 30));
	assert_int_equal(venue_state_of(&v, town_at(14, 30)), VENUE_PLACE_UNKNOWN);
}

TEST(what_is_cancelled_is_told_however_much_follows)
{
	for (int i = 0; i < VENUE_ENTRIES + 2; i++)
		town_add(&town, TOWN_HALL_A, i == 1 ? "Talk" : "Other", (9 + i) * HOUR, 30);
	come(town_at(7, 0));
	town.activities[1].present = false;
	come(town_at(8, 0));
	look(VENUE_LOBBY, "hall-a", town_at(8, 30));
	assert_int_equal(v.entry_n, VENUE_ENTRIES);
	assert_true(v.more);
	assert_int_equal(v.entries[1].marks, VENUE_CANCELLED);
	assert_true(span_equal(title(1), span_of("Talk")));
}

TEST(what_is_cancelled_keeps_its_row_and_does_not_run)
{
	town_add(&town, TOWN_HALL_A, "Talk", 14 * HOUR, 60);
	town_add(&town, TOWN_HALL_A, "Other", 16 * HOUR, 60);
	come(town_at(9, 0));
	town.activities[0].present = false;
	come(town_at(13, 30));
	look(VENUE_LOBBY, "hall-a", town_at(14, 0));
	SHOWS("Talk", "Other");
	assert_int_equal(v.entries[0].marks, VENUE_CANCELLED);
	assert_true(span_equal(venue_text(&v, v.entries[0].room), span_of("Hall A")));
	assert_false(venue_runs(&v.entries[0], town_at(14, 0)));
	look(VENUE_ROOM, "hall-a", town_at(14, 0));
	SHOWS("Other");
	assert_int_equal(v.gone_n, 1);
	look(VENUE_ROOM, "hall-b", town_at(14, 0));
	assert_int_equal(v.gone_n, 0);
	look(VENUE_LOBBY, "atrium", town_at(14, 0));
	assert_int_equal(v.entry_n, 0);
}

TEST(a_room_tells_a_new_time_and_coaches_tell_when_they_leave_now)
{
	struct activity *a = town_add(&town, TOWN_PIER, "Party", 19 * HOUR, 60);
	a->leave_by = town_at(18, 0);
	a->meeting_point = span_of("Coach 4");
	come(town_at(9, 0));
	a->start += HOUR;
	a->end += HOUR;
	a->leave_by += 600;
	a->meeting_point = span_of("Coach 7");
	come(town_at(10, 0));
	look(VENUE_LOBBY, "pier", town_at(10, 0));
	assert_int_equal(v.entries[0].marks, VENUE_NEW_TIME);
	assert_int_equal(v.entries[0].was, town_at(19, 0));
	look(VENUE_TRANSFERS, "pier", town_at(10, 0));
	assert_int_equal(v.entries[0].marks, VENUE_NEW_TIME | VENUE_MOVED_HERE);
	assert_int_equal(v.entries[0].was, town_at(18, 0));
	assert_true(span_equal(venue_text(&v, v.entries[0].was_place), span_of("Coach 4")));
}

TEST(more_than_fits_is_left_out_from_the_end)
{
	for (int i = 0; i < VENUE_ENTRIES + 9; i++)
		town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR + i * MINUTE, 60);
	town_open(&town);
	look(VENUE_LOBBY, "hall-a", town_at(8, 0));
	assert_int_equal(v.entry_n, VENUE_ENTRIES);
	assert_true(v.more);
	assert_int_equal(v.entries[VENUE_ENTRIES - 1].activity, VENUE_ENTRIES - 1);
}

TEST(texts_that_do_not_fit_leave_their_rows_out_whole)
{
	static char longest[4000];
	memset(longest, 'x', sizeof(longest) - 1);

	for (int i = 0; i < 8; i++) {
		struct activity *a =
			town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR + i * MINUTE, 60);
		for (int l = 0; l < LANGUAGES; l++)
			a->title.in[l] = span_of(longest);
	}
	town_open(&town);
	look(VENUE_LOBBY, "hall-a", town_at(8, 0));
	assert_true(v.more);
	assert_in_range(v.entry_n, 2, 4);
	for (uint32_t i = 0; i < v.entry_n; i++)
		assert_int_equal(title(i).n, sizeof(longest) - 1);
	assert_int_equal(v.entries[v.entry_n].end, 0);
}

TEST(a_page_is_shown_in_each_language_before_the_next)
{
	town_open(&town);
	look(VENUE_LOBBY, "", 0);
	for (int64_t turn = 0; turn < 24; turn++)
		for (int64_t s = 0; s < VENUE_TURN_S; s += VENUE_TURN_S - 1) {
			struct venue_turn t = venue_turn_of(&v, 3, 0, turn * VENUE_TURN_S + s);
			assert_int_equal(t.page, turn / 4 % 3);
			assert_int_equal(t.language, v.languages[turn % 4]);
		}
}

TEST(what_comes_soon_is_shown_more_often_than_what_comes_later)
{
	static const uint32_t pages[] = {0, 1, 2, 0, 1, 3, 0, 1, 4, 0, 1, 2};
	static const uint32_t one_soon[] = {0, 1, 0, 2, 0, 1, 0, 2};

	town_open(&town);
	look(VENUE_LOBBY, "", 0);
	v.language_n = 1;
	for (uint32_t i = 0; i < COUNT(pages); i++)
		assert_int_equal(venue_turn_of(&v, 5, 2, i * VENUE_TURN_S).page, pages[i]);
	for (uint32_t i = 0; i < COUNT(one_soon); i++)
		assert_int_equal(venue_turn_of(&v, 3, 1, i * VENUE_TURN_S).page, one_soon[i]);
	for (uint32_t soon = 0; soon < 5; soon += 4)
		for (uint32_t i = 0; i < 8; i++)
			assert_int_equal(venue_turn_of(&v, 4, soon, i * VENUE_TURN_S).page, i % 4);
}

TEST(soon_is_what_runs_or_begins_within_an_hour_of_a_round)
{
	town_add(&town, TOWN_HALL_A, "Runs", 9 * HOUR, 120);
	town_add(&town, TOWN_HALL_A, "Soon", 10 * HOUR + 35 * MINUTE, 60);
	town_add(&town, TOWN_HALL_A, "Later", 10 * HOUR + 36 * MINUTE, 60);
	town_open(&town);
	look(VENUE_LOBBY, "", town_at(9, 30));
	assert_int_equal(venue_soon_of(&v, town_at(9, 30)), 2);
	assert_int_equal(venue_soon_of(&v, town_at(9, 35) - 1), 2);
	assert_int_equal(venue_soon_of(&v, town_at(9, 35)), 3);
	/* Nothing of tomorrow is. */
	look(VENUE_LOBBY, "", TOWN_DAY - 2 * HOUR);
	assert_int_equal(venue_soon_of(&v, TOWN_DAY - 2 * HOUR), 0);
}

TEST(a_board_ticks_at_each_turn)
{
	int64_t t = town_at(9, 0);
	town_open(&town);
	look(VENUE_LOBBY, "", t);
	assert_int_equal(venue_tick_ms(&v, t), VENUE_TURN_S * 1000);
	assert_int_equal(venue_tick_ms(&v, t + 1), (VENUE_TURN_S - 1) * 1000);
	assert_int_equal(venue_tick_ms(&v, t - 1), 1000);
	assert_int_equal(venue_tick_ms(&v, -1), 1000);
	look(VENUE_ROOM, "hall-a", t);
	assert_int_equal(venue_tick_ms(&v, t), VENUE_TURN_S * 1000);
	/* Where neither page nor language turns, by the minute. */
	v.language_n = 1;
	assert_int_equal(venue_tick_ms(&v, t + 1), 59 * 1000);
	assert_int_equal(60 % VENUE_TURN_S, 0);
	assert_int_equal(VENUE_ROUND_S % 60, 0);
}

TEST(speakers_are_separated_by_commas)
{
	struct activity *a = town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	a->speakers = span_of("Ada Example|Bo Sample");
	town_open(&town);
	look(VENUE_ROOM, "hall-a", town_at(9, 0));
	assert_true(span_equal(
		venue_text(&v, v.entries[0].speakers), span_of("Ada Example, Bo Sample")));
}

TEST(without_a_roster_only_what_was_asked_is_there)
{
	struct venue_ask ask = {
		.layout = VENUE_TRANSFERS, .language_n = 1, .languages = {LANGUAGE_FR}};

	venue_take(&v, NULL, &ask, NULL, town_at(9, 0));
	assert_false(v.known);
	assert_int_equal(v.layout, VENUE_TRANSFERS);
	assert_int_equal(venue_state_of(&v, town_at(9, 0)), VENUE_NO_LIST);
	assert_int_equal(venue_turn_of(&v, 1, 0, town_at(9, 0)).language, LANGUAGE_FR);
	town_open(&town);
	look(VENUE_ROOM, "cellar", town_at(9, 0));
	assert_int_equal(venue_state_of(&v, town_at(9, 0)), VENUE_PLACE_UNKNOWN);
	look(VENUE_LOBBY, "", town_at(9, 0));
	assert_int_equal(venue_state_of(&v, town_at(9, 0)), VENUE_NOTHING_YET);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
static const struct CMUnitTest tests[] = {
	T(a_room_shows_what_takes_place_in_it_and_nothing_else),
	T(two_events_in_one_room_at_once_are_both_shown),
	T(what_is_not_public_is_never_shown),
	T(a_place_with_a_room_is_a_room_and_another_is_a_lobby),
	T(a_lobby_shows_its_city_and_without_a_place_all_of_them),
	T(a_row_leaves_a_list_only_as_a_round_turns),
	T(what_runs_past_midnight_is_still_of_today),
	T(after_the_last_of_a_day_the_next_one_that_has_any_is_shown),
	T(the_small_hours_are_on_the_list_of_the_evening),
	T(before_the_event_its_first_day_is_shown),
	T(summer_time_may_end_while_something_runs),
	T(a_day_has_25_hours_when_summer_time_ends),
	T(seats_are_said_where_a_door_counts),
	T(a_coach_boards_for_a_quarter_and_is_shown_for_one_after_it_left),
	T(coaches_are_listed_as_they_leave),
	T(a_ride_says_what_it_is_for_where_that_can_be_told),
	T(a_ride_is_for_what_one_has_to_leave_for_at_that_time),
	T(both_rooms_say_that_something_moved),
	T(a_room_that_lost_all_it_had_still_says_where_that_went),
	T(what_is_cancelled_is_told_however_much_follows),
	T(what_is_cancelled_keeps_its_row_and_does_not_run),
	T(a_room_tells_a_new_time_and_coaches_tell_when_they_leave_now),
	T(more_than_fits_is_left_out_from_the_end),
	T(texts_that_do_not_fit_leave_their_rows_out_whole),
	T(a_page_is_shown_in_each_language_before_the_next),
	T(what_comes_soon_is_shown_more_often_than_what_comes_later),
	T(soon_is_what_runs_or_begins_within_an_hour_of_a_round),
	T(a_board_ticks_at_each_turn),
	T(speakers_are_separated_by_commas),
	T(without_a_roster_only_what_was_asked_is_there),
};
RUN_TESTS(tests)
