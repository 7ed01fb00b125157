/* A venue screen as a whole board: what it hears from doors, what it remembers over a restart. */
#include "test.h"

#include "file.h"
#include "kiosk_runs.h"
#include "seal.h"
#include "stage.h"
#include "story.h"

/* 6 October 2025, 00:00 in San Francisco. */
#define MIDNIGHT ((int64_t)1759734000)

static struct stage stage;
static struct options options;
static struct instant clock_at;

static int64_t at(int hour, int minute)
{
	return MIDNIGHT + hour * 3600 + minute * 60;
}

static void run(const char *line)
{
	int status = runs_shell(line);

	if (status != 0)
		print_error("exit %d\n%s\n", status, runs_said);
	assert_int_equal(status, 0);
}

/* A board in front of a room; its folder is as it was left. */
static void start(const char *screen, int64_t now)
{
	/* The options point to this. */
	static char data[256];
	const char *const argv[] = {"foyer-kiosk", "--mode", "screen", "--screen", screen,
		"--languages", "en", "--size", "1280x720", "--data", data};

	snprintf(data, sizeof(data), "%s/board", runs_folder.folder);
	assert_ok(options_read(&options, COUNT(argv), argv));
	clock_at = (struct instant){.wall_ms = now * 1000, .boot_ms = now * 1000, .trusted = true};
	clock_fake(&clock_at);
	assert_ok(stage_start(&stage, &options, data, true, NULL));
	stage_show(&stage);
}

static void stop(void)
{
	stage_stop(&stage);
	clock_fake(NULL);
}

static void tick(int64_t now)
{
	clock_at.wall_ms = clock_at.boot_ms = now * 1000;
	stage_tick(&stage);
	stage_show(&stage);
}

static bool says(const char *text)
{
	return story_sees(stage_frame(&stage), span_of(text));
}

/* Until another list is in use. */
static void put_list(const char *name)
{
	uint64_t before = stage.holding->roster.sequence;
	char path[256];

	snprintf(path, sizeof(path), "%s", scratch_name(&runs_folder, name));
	assert_ok(keeper_try(stage.keeper, path));
	for (int i = 0; i < 2000 && stage.holding->roster.sequence == before; i++)
		stage_turn(&stage, 10);
	assert_int_not_equal(stage.holding->roster.sequence, before);
	stage_show(&stage);
}

static uint16_t number_of(const char *id)
{
	struct activity a;

	for (uint32_t i = 0; roster_activity_at(&stage.holding->roster, i, &a) == OK; i++)
		if (span_equal(a.id, span_of(id)))
			return a.number;
	fail_msg("no activity %s", id);
	return 0;
}

/* Somebody passes a door's board. */
static void pass(uint16_t kind, uint16_t activity, uint8_t who, int64_t when)
{
	static uint64_t seq;
	struct event e = {.id = {{7}, 1, ++seq},
		.kind = kind,
		.activity = activity,
		.wall_ms = when * 1000,
		.trusted = true,
		.issue = 1,
		.person = {who, 1}};

	e.hash[0] = (uint8_t)seq;
	notes_hear(stage.notes, &e);
}

TEST(a_room_says_how_many_seats_are_left_as_its_doors_count)
{
	run("rm -rf board; mkdir -m 700 board; cp roster.foyer board");
	start("room:sf-bayline-1", at(9, 20));
	uint16_t talk = number_of("a11");
	assert_true(says("Trustworthy artificial intelligence"));
	assert_false(says("seat"));
	for (uint8_t who = 1; who <= 3; who++)
		pass(EVENT_ENTERED, talk, who, at(9, 20));
	tick(at(9, 21));
	assert_true(says("197 seats left"));
	pass(EVENT_LEFT, talk, 2, at(9, 21));
	tick(at(9, 22));
	assert_true(says("198 seats left"));
	/* What a door counts elsewhere is not this room's. */
	pass(EVENT_ENTERED, number_of("a12"), 4, at(9, 22));
	tick(at(9, 23));
	assert_true(says("198 seats left"));
	for (unsigned who = 10; who < 10 + 198; who++)
		pass(EVENT_ENTERED, talk, (uint8_t)who, at(9, 23));
	tick(at(9, 24));
	assert_true(says("Full"));
	assert_false(says("seats left"));
	stop();
}

TEST(a_change_is_told_for_an_hour_whatever_happens_to_the_power)
{
	run("rm -rf board; mkdir -m 700 board; cp roster.foyer board");
	start("room:sf-bayline-1", at(8, 0));
	assert_false(says("New time"));
	put_list("moved.foyer");
	assert_true(says("New time, was 09:30"));
	assert_true(says("09:50"));
	stop();
	run("cp moved.foyer board/roster.foyer");
	start("room:sf-bayline-1", at(8, 59));
	assert_true(says("New time, was 09:30"));
	tick(at(9, 0));
	assert_false(says("New time"));
	assert_true(says("09:50"));
	stop();
}

TEST(what_came_while_the_power_was_off_is_told_as_well)
{
	run("rm -rf board; mkdir -m 700 board; cp roster.foyer board");
	start("room:sf-bayline-2", at(8, 0));
	assert_true(says("From molecule to patient"));
	stop();
	run("cp moved.foyer board/roster.foyer");
	start("room:sf-bayline-2", at(8, 30));
	assert_true(says("Moved to Salon Alcatraz, Harbor Crest Hotel"));
	stop();
}

TEST(what_is_not_for_everybody_any_more_is_not_kept)
{
	struct file_bytes file;

	run("rm -rf board; mkdir -m 700 board; cp moved.foyer board/roster.foyer");
	start("room:sf-bayline-1", at(8, 0));
	stop();
	run("grep -aq 'Small satellites' board/changes");
	run("cp hidden.foyer board/roster.foyer");
	start("room:sf-bayline-1", at(8, 10));
	assert_false(says("Small satellites"));
	assert_false(says("Cancelled"));
	stop();
	run("! grep -aq 'Small satellites' board/changes");
	assert_ok(file_read(&file, scratch_name(&runs_folder, "board/changes"), CHANGES_FILE));
	file_free(&file);
}

TEST(a_damaged_memory_is_begun_anew)
{
	run("rm -rf board; mkdir -m 700 board; cp roster.foyer board; echo rubbish >board/changes");
	start("room:sf-bayline-1", at(8, 0));
	assert_true(says("Trustworthy artificial intelligence"));
	assert_false(says("New"));
	put_list("moved.foyer");
	assert_true(says("New time, was 09:30"));
	stop();
}

/* The demo with a talk twenty minutes later and another in another room; then with a third for the few. */
static const char lists[] =
	"cp -r event moved && cd moved && "
	"sed -i 's/^\\(a11,.*\\)2025-10-06 09:30,2025-10-06 11:00/\\12025-10-06 09:50,2025-10-06 "
	"11:20/; "
	"s/^\\(a12,.*\\)sf-bayline-2/\\1sf-salon-a/; s/^a15,.*$//' list/activities.csv && "
	"sed -i '/,a15,/d' list/bookings.csv && sed -i '/^$/d' list/activities.csv && cd .. && "
	"$FOYER build moved -o moved.foyer >moved.log 2>&1 && cp -r moved hidden && cd hidden && "
	"sed -i '/^a21,/s/,booked,yes,/,booked,no,/' list/activities.csv && cd .. && "
	"$FOYER build hidden -o hidden.foyer >>moved.log 2>&1";

static int set_up(void **state)
{
	if (runs_set_up(state) != 0 || seal_start())
		return -1;
	int status = runs_shell(lists);
	if (status != 0)
		(void)(runs_shell("cat moved.log"), print_error("%s\n", runs_said));
	return status;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_room_says_how_many_seats_are_left_as_its_doors_count),
	cmocka_unit_test(a_change_is_told_for_an_hour_whatever_happens_to_the_power),
	cmocka_unit_test(what_came_while_the_power_was_off_is_told_as_well),
	cmocka_unit_test(what_is_not_for_everybody_any_more_is_not_kept),
	cmocka_unit_test(a_damaged_memory_is_begun_anew),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, runs_tear_down);
}
