/* The demo's panel: buttons that play the scanner, and the network cable of the board's agent. */
#include "test.h"

#include "cable.h"
#include "demo.h"
#include "file.h"
#include "scratch.h"
#include "stage.h"

#include <sys/stat.h>

static struct scratch dir;
static struct stage stage;
static struct demo demo;
static struct draw panel;

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	stage = (struct stage){.data = dir.folder};
	demo = (struct demo){.n = 1, .codes = {{"ZQM1", "a delegate"}}};
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	scratch_remove(&dir);
	return 0;
}

static bool shows(const char *text)
{
	demo_view(&demo, STAGE_PANEL, 800, &panel);
	assert_false(panel.full);
	return memmem(panel.bytes, panel.bytes_n, text, strlen(text)) != NULL;
}

static bool is_pulled(void)
{
	struct stat st;

	return stat(scratch_name(&dir, "network-off"), &st) == 0;
}

TEST(a_pulled_cable_is_a_file_that_the_agent_sees)
{
	assert_true(cable_plugged(dir.folder));
	for (int i = 0; i < 2; i++) {
		assert_ok(cable_set(dir.folder, false));
		assert_false(cable_plugged(dir.folder));
		assert_true(is_pulled());
	}
	for (int i = 0; i < 2; i++) {
		assert_ok(cable_set(dir.folder, true));
		assert_true(cable_plugged(dir.folder));
		assert_false(is_pulled());
	}
	assert_err(cable_set(scratch_name(&dir, "nothing"), false), ERR_ABSENT);
}

TEST(without_an_agent_there_is_no_cable)
{
	assert_false(demo_look(&demo, &stage) && demo.agent);
	assert_false(shows("demo-cable"));
	assert_err(demo_cable(&demo, &stage), ERR_ABSENT);
	assert_true(shows("demo-1"));
}

TEST(the_button_pulls_the_cable_and_plugs_it_in_again)
{
	stage.has_status = true;
	assert_true(demo_look(&demo, &stage));
	assert_false(demo_look(&demo, &stage));
	assert_true(shows("Pull the network cable"));
	assert_ok(demo_cable(&demo, &stage));
	assert_true(is_pulled());
	assert_true(demo_look(&demo, &stage));
	assert_true(shows("Plug the network cable in"));
	assert_ok(demo_cable(&demo, &stage));
	assert_false(is_pulled());
	assert_true(demo_look(&demo, &stage));
	assert_true(shows("Pull the network cable"));
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(a_pulled_cable_is_a_file_that_the_agent_sees),
	AT(without_an_agent_there_is_no_cable),
	AT(the_button_pulls_the_cable_and_plugs_it_in_again),
};

RUN_TESTS(tests)
