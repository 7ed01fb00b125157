/* What a build gathers beside the list: the organiser's templates, and the rules of time zones. */
#include "commands.h"
#include "file.h"
#include "help/event_folder.h"
#include "roster.h"
#include "test.h"
#include "zone_rules.h"

#include <sys/stat.h>
#include <unistd.h>

static const char template[] =
	"<svg xmlns='http://www.w3.org/2000/svg' width='62mm' height='100mm' viewBox='0 0 62 100'>"
	"<rect id='name' x='5' y='20' width='50' height='20'/>"
	"<rect id='qr' x='5' y='60' width='24' height='24'/></svg>";

static const char receipt[] =
	"<svg xmlns='http://www.w3.org/2000/svg' width='80mm' height='100mm' viewBox='0 0 80 100'>"
	"<rect id='name' x='10' y='20' width='50' height='20'/>"
	"<rect id='qr' x='10' y='60' width='30' height='30'/></svg>";

static struct event_folder f;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	event_folder_remove(&f);
	return 0;
}

/* The file of that name in the roster as it is built now; its length, -1 where it is not there. */
static long in_roster(const char *name, uint8_t out[static 1024])
{
	struct trust nobody = {0};
	struct file_bytes bytes;
	struct span found;
	struct roster r;
	long n = -1;

	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_DONE);
	assert_ok(file_read(&bytes, event_path(&f, "roster.foyer"), 1 << 24));
	assert_ok(roster_open(&r, bytes.bytes, &nobody, 0));
	if (roster_file(&r, span_of(name), &found) == OK) {
		assert_true(found.n <= 1024);
		memcpy(out, found.p, found.n);
		n = (long)found.n;
	}
	file_free(&bytes);
	return n;
}

static void make_badge_folder(void)
{
	assert_true(mkdir(event_path(&f, "badge"), 0700) == 0 || access(f.path, F_OK) == 0);
}

TEST(an_organisers_template_travels_in_the_roster)
{
	uint8_t out[1024];

	UNUSED(state);
	make_badge_folder();
	event_put(&f, "badge/guest.62x100.svg", template);
	assert_int_equal(in_roster("badge/guest.62x100.svg", out), strlen(template));
	assert_memory_equal(out, template, strlen(template));
}

TEST(what_is_no_template_stays_at_home)
{
	uint8_t out[1024];

	UNUSED(state);
	make_badge_folder();
	event_put(&f, "badge/notes.txt", "the minister's name");
	assert_int_equal(in_roster("badge/notes.txt", out), -1);
}

TEST(a_template_that_is_gone_is_gone_from_the_next_roster)
{
	uint8_t out[1024];

	UNUSED(state);
	make_badge_folder();
	event_put(&f, "badge/guest.80.svg", receipt);
	assert_true(in_roster("badge/guest.80.svg", out) > 0);
	assert_int_equal(unlink(event_path(&f, "badge/guest.80.svg")), 0);
	assert_int_equal(in_roster("badge/guest.80.svg", out), -1);
}

TEST(templates_that_cannot_be_read_are_not_passed_over)
{
	UNUSED(state);
	assert_true(rmdir(event_path(&f, "badge")) == 0 || access(f.path, F_OK) != 0);
	event_put(&f, "badge", "no folder");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "/badge: "));
}

static void assert_template_refused(const char *name, const char *svg, const char *why)
{
	make_badge_folder();
	event_put(&f, name, svg);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	if (!strstr(f.talked, why))
		fail_msg("\"%s\" does not say \"%s\"", f.talked, why);
}

TEST(a_template_that_no_board_could_print_stops_the_build)
{
	UNUSED(state);
	assert_template_refused("badge/guest.62x100.svg", "<svg", "badge/guest.62x100.svg: ");
	assert_template_refused("badge/guest.62x100.svg",
		"<svg xmlns='http://www.w3.org/2000/svg' width='62mm' height='100mm' viewBox='0 0 "
		"62 100'>"
		"<rect id='name' x='5' y='20' width='50' height='20'/></svg>",
		"qr");
}

TEST(a_template_for_no_known_paper_stops_the_build)
{
	UNUSED(state);
	assert_template_refused("badge/guest.svg", template, ".62x100.svg or .80.svg");
}

static struct grow rules;

static const struct source_rule *rule(size_t i)
{
	return &GROW_ARRAY(&rules, struct source_rule)[i];
}

/* 5 October and 10 November 2025, 00:00 UTC. */
enum { OCTOBER = 1759622400, NOVEMBER = 1762732800 };

TEST(a_zone_whose_clocks_turn_has_a_rule_from_the_very_second)
{
	size_t n;

	UNUSED(state);
	assert_ok(zone_rules("America/Los_Angeles", OCTOBER, NOVEMBER, &rules, &n));
	assert_int_equal(n, 2);
	assert_true(rule(0)->from == OCTOBER);
	assert_int_equal(rule(0)->minutes, -420);
	assert_true(span_equal(rule(0)->abbreviation, span_of("PDT")));
	/* 2 November 2025, 09:00 UTC. */
	assert_true(rule(1)->from == 1762074000);
	assert_int_equal(rule(1)->minutes, -480);
	assert_true(span_equal(rule(1)->abbreviation, span_of("PST")));
	grow_free(&rules);
}

TEST(a_zone_whose_clocks_stand_has_one_rule)
{
	size_t n;

	UNUSED(state);
	assert_ok(zone_rules("Asia/Kathmandu", OCTOBER, NOVEMBER, &rules, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rule(0)->minutes, 345);
	grow_free(&rules);
}

TEST(a_zone_that_nobody_knows_is_absent)
{
	size_t n;

	UNUSED(state);
	assert_err(zone_rules("Mars/Olympus_Mons", OCTOBER, NOVEMBER, &rules, &n), ERR_ABSENT);
	assert_int_equal(n, 0);
}

#define FRESH(sentence) cmocka_unit_test_setup_teardown(sentence, fresh, done)
static const struct CMUnitTest tests[] = {
	FRESH(an_organisers_template_travels_in_the_roster),
	FRESH(what_is_no_template_stays_at_home),
	FRESH(a_template_that_is_gone_is_gone_from_the_next_roster),
	FRESH(templates_that_cannot_be_read_are_not_passed_over),
	FRESH(a_template_that_no_board_could_print_stops_the_build),
	FRESH(a_template_for_no_known_paper_stops_the_build),
	cmocka_unit_test(a_zone_whose_clocks_turn_has_a_rule_from_the_very_second),
	cmocka_unit_test(a_zone_whose_clocks_stand_has_one_rule),
	cmocka_unit_test(a_zone_that_nobody_knows_is_absent),
};

RUN_TESTS(tests)
