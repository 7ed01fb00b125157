/* The demo event: the promised counts, the same bytes again, not one fault. */
#include "demo.h"
#include "list.h"
#include "list_folder.h"
#include "test.h"

#include <sys/stat.h>

static void make(char *dir, uint32_t people, uint64_t seed)
{
	struct demo_options o = {.people = people, .seed = seed};

	strcpy(dir, "/tmp/foyer-demo-XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_ok(demo_write_list(dir, &o));
}

static struct list load(uint32_t people, uint64_t seed)
{
	char dir[64];
	struct list l;

	make(dir, people, seed);
	assert_ok(list_load(&l, dir));
	list_folder_remove(dir);
	return l;
}

static bool same_file(const char *a, const char *b, const char *name)
{
	char path[2][128];
	int x, y;

	snprintf(path[0], sizeof(path[0]), "%s/%s", a, name);
	snprintf(path[1], sizeof(path[1]), "%s/%s", b, name);
	FILE *f = fopen(path[0], "rb"), *g = fopen(path[1], "rb");
	assert_non_null(f);
	assert_non_null(g);
	do {
		x = fgetc(f);
		y = fgetc(g);
	} while (x == y && x != EOF);
	fclose(f);
	fclose(g);
	return x == y;
}

TEST(the_demo_checks_without_error_or_warning)
{
	struct list l = load(DEMO_PEOPLE, 1);
	assert_int_equal(l.faults_n, 0);
	list_free(&l);
	UNUSED(state);
}

TEST(the_demo_has_the_counts_of_the_mission)
{
	uint32_t kinds[ORGANISATION_KINDS] = {0};
	struct list l = load(DEMO_PEOPLE, 1);
	assert_int_equal(l.people_n, 560);
	assert_int_equal(l.activities_n, 80);
	assert_int_equal(l.meetings_n, 900);
	assert_int_equal(l.tracks_n, 6);
	assert_int_equal(l.places_n, 25);
	assert_int_equal(l.staff_n, 20);
	assert_int_equal(l.event.leg_count, 2);
	assert_true(l.event.demo);
	for (size_t i = 0; i < l.organisations_n; i++)
		kinds[l.organisations[i].kind]++;
	assert_int_equal(kinds[ORGANISATION_FEDERATION] + kinds[ORGANISATION_CHAMBER], 17);
	assert_int_equal(kinds[ORGANISATION_ACADEMIC], 15);
	list_free(&l);
	UNUSED(state);
}

TEST(everybody_has_eight_to_ten_confirmed_bookings)
{
	uint32_t count[DEMO_PEOPLE] = {0};
	struct list l = load(DEMO_PEOPLE, 1);
	for (size_t i = 0; i < l.bookings_n; i++)
		count[l.bookings[i].person] += l.bookings[i].status == BOOKING_CONFIRMED;
	for (size_t i = 0; i < DEMO_PEOPLE; i++)
		assert_in_range(count[i], 8, 10);
	list_free(&l);
	UNUSED(state);
}

TEST(the_same_seed_gives_the_same_bytes)
{
	static const char *const names[] = {"event.ini", "list/people.csv", "list/bookings.csv",
		"list/meetings.csv", "list/organisations.csv", "list/activities.csv",
		"list/staff.csv"};
	char a[64], b[64];
	make(a, DEMO_PEOPLE, 7);
	make(b, DEMO_PEOPLE, 7);
	for (size_t i = 0; i < COUNT(names); i++)
		assert_true(same_file(a, b, names[i]));
	list_folder_remove(b);
	make(b, DEMO_PEOPLE, 8);
	assert_false(same_file(a, b, "list/people.csv"));
	list_folder_remove(a);
	list_folder_remove(b);
	UNUSED(state);
}

TEST(other_seeds_and_sizes_have_no_error)
{
	static const struct {
		uint32_t people;
		uint64_t seed;
	} cases[] = {{1, 1}, {60, 2}, {559, 3}, {560, 4}, {561, 5}, {3000, 6}};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct list l = load(cases[i].people, cases[i].seed);
		assert_int_equal(l.errors_n, 0);
		assert_int_equal(l.people_n, cases[i].people);
		assert_true(l.staff_n <= DEMO_CARDS_MOST);
		list_free(&l);
	}
	UNUSED(state);
}

TEST(names_are_as_long_and_as_short_as_life)
{
	size_t hundred = 0, alone = 0, family_first = 0;
	struct list l = load(DEMO_PEOPLE, 1);
	for (size_t i = 0; i < l.people_n; i++) {
		hundred += strcmp(l.people[i].family_name, demo_long_name) == 0;
		alone += !*l.people[i].given_name;
		family_first += l.people[i].family_first;
		assert_true(strlen(l.people[i].family_name) >= 2);
	}
	assert_int_equal(hundred, 1);
	assert_true(alone > 1);
	assert_true(family_first > 10);
	list_free(&l);
	UNUSED(state);
}

TEST(speakers_are_nobody_of_the_mission)
{
	struct list l = load(DEMO_PEOPLE, 1);
	for (size_t i = 0; i < l.people_n; i++)
		for (size_t k = 0; k < l.activities_n; k++)
			assert_null(
				strlen(l.people[i].family_name) > 3
					? strstr(l.activities[k].speakers, l.people[i].family_name)
					: NULL);
	list_free(&l);
	UNUSED(state);
}

TEST(ministers_and_the_household_are_protected)
{
	size_t guarded = 0;
	struct list l = load(DEMO_PEOPLE, 1);
	for (size_t i = 0; i < l.people_n; i++) {
		guarded += l.people[i].is_protected;
		if (l.people[i].role == ROLE_VIP)
			assert_true(l.people[i].is_protected);
	}
	assert_int_equal(guarded, 23);
	list_free(&l);
	UNUSED(state);
}

TEST(a_folder_with_an_event_is_left_alone)
{
	char dir[64];
	struct demo_options o = {.people = 10, .seed = 1};
	make(dir, 10, 1);
	assert_err(demo_write_list(dir, &o), ERR_BUSY);
	list_folder_remove(dir);
	UNUSED(state);
}

TEST(a_start_that_is_no_date_is_refused)
{
	struct demo_options o = {.people = 10, .seed = 1, .start = "2025-02-30"};
	assert_err(demo_write_list("/tmp/foyer-demo-never", &o), ERR_FORMAT);
	UNUSED(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_demo_checks_without_error_or_warning),
	cmocka_unit_test(the_demo_has_the_counts_of_the_mission),
	cmocka_unit_test(everybody_has_eight_to_ten_confirmed_bookings),
	cmocka_unit_test(the_same_seed_gives_the_same_bytes),
	cmocka_unit_test(other_seeds_and_sizes_have_no_error),
	cmocka_unit_test(names_are_as_long_and_as_short_as_life),
	cmocka_unit_test(speakers_are_nobody_of_the_mission),
	cmocka_unit_test(ministers_and_the_household_are_protected),
	cmocka_unit_test(a_folder_with_an_event_is_left_alone),
	cmocka_unit_test(a_start_that_is_no_date_is_refused),
};

RUN_TESTS(tests)
