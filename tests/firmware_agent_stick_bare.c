/* A stick on which nobody has put a roster: it still takes events along, and brings codes. */
#include "test.h"

#include "help/agent_parts.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static struct agent_parts b;
static char stick[128], foyer[160], out[192];

static int set_up(void **state)
{
	UNUSED(state);
	agent_parts_open(&b);
	strcpy(stick, "/tmp/foyer-stick-XXXXXX");
	assert_non_null(mkdtemp(stick));
	snprintf(foyer, sizeof(foyer), "%s/foyer", stick);
	snprintf(out, sizeof(out), "%s/out", foyer);
	assert_int_equal(mkdir(foyer, 0700), 0);
	b.options.stick = stick;
	return 0;
}

static int tear_down(void **state)
{
	char path[512];
	struct dirent *entry;
	UNUSED(state);

	DIR *d = opendir(out);
	while (d && (entry = readdir(d)) != NULL)
		unlinkat(dirfd(d), entry->d_name, 0);
	if (d)
		closedir(d);
	rmdir(out);
	snprintf(path, sizeof(path), "%s/codes.txt", foyer);
	unlink(path);
	assert_int_equal(rmdir(foyer), 0);
	rmdir(stick);
	agent_parts_close(&b);
	return 0;
}

static size_t files_out(void)
{
	struct dirent *entry;
	size_t n = 0;

	DIR *d = opendir(out);
	while (d && (entry = readdir(d)) != NULL)
		n += entry->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

TEST(events_are_put_on_a_stick_without_a_manifest)
{
	agent_parts_arrivals(&b, 3);
	stick_look(&b.agent, 1000);
	assert_int_equal(files_out(), 1);
	assert_false(b.agent.refused);
}

TEST(a_code_on_a_stick_without_a_manifest_is_taken)
{
	struct signed_code code = {.kind = TOKEN_REVOCATION,
		.number = 1,
		.revoked_count = 1,
		.revoked = {{.person = {7}, .issue = 1}}};
	char text[CODE_TEXT], path[512];

	memcpy(code.event, b.hub.event, ROSTER_EVENT);
	assert_ok(signed_code_write(&code, b.hub.epoch, b.hub.seed, text));
	snprintf(path, sizeof(path), "%s/codes.txt", foyer);
	assert_ok(file_write(path, span_of(text), 0600));
	stick_look(&b.agent, 1000);
	assert_true(b.agent.look_own);
	assert_non_null(b.agent.own.mine);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	CASE(events_are_put_on_a_stick_without_a_manifest),
	CASE(a_code_on_a_stick_without_a_manifest_is_taken),
};

RUN_TESTS(tests)
