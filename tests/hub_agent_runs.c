/* Agents that go on running: what they notice without being asked, and what they tell whoever started
 * them. */
#include "commands.h"
#include "file.h"
#include "help/agent_process.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "manifest.h"
#include "status.h"
#include "test.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct event_folder f;
static struct hub_process hub;
static struct agent_process board;
static char code[1024];

static void verb(const struct verb *v, const char *words)
{
	if (event_run(&f, v, words) != EXIT_DONE)
		fail_msg("%s: %s%s", words, f.said, f.talked);
}

static const char *in_board(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", board.data, name);
	return path;
}

static void put(const char *path, struct span bytes)
{
	assert_ok(file_write(path, bytes, 0600));
}

/* An event with a hub and a code; the board is not enrolled yet. */
static int fresh(void **state)
{
	char words[256];

	UNUSED(state);
	event_folder_make(&f);
	verb(&verb_build, "DIR");
	hub_start(&hub, f.dir, "");
	snprintf(board.data, sizeof(board.data), "%s/board", f.dir);
	snprintf(words, sizeof(words), "DIR kiosk --unattended --address http://127.0.0.1:%u",
		hub.port);
	verb(&verb_enrol, words);
	snprintf(code, sizeof(code), "%.900s", f.said);
	code[strcspn(code, "\n")] = '\0';
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	if (board.pid > 0)
		agent_process_end(&board, SIGKILL);
	int status = hub_stop(&hub, SIGTERM);
	event_folder_remove(&f);
	return status;
}

static void assert_says(const char *text)
{
	char line[512];

	if (!agent_process_line(&board, text, line, sizeof(line)))
		fail_msg("it never said %s", text);
}

/* Enrol, and go on running with these words. */
static void run_enrolled(const char *words)
{
	char all[1200];

	snprintf(all, sizeof(all), "--enrol %s %s", code, words);
	agent_process_start(&board, all);
	assert_says("new roster");
}

static bool is_online(void *arg)
{
	struct board_status s;

	return status_read(&s, in_board("status")) == OK && s.online == *(bool *)arg;
}

static void assert_online(bool online)
{
	assert_true(hub_wait(is_online, &online));
}

TEST(a_code_that_is_scanned_while_it_runs_enrols_the_board)
{
	agent_process_start(&board, "");
	assert_true(hub_wait(is_online, &(bool){false}));
	put(in_board("inbox/1"), span_of(code));
	assert_says("compare with the hub");
	assert_says("new roster");
	assert_online(true);
	assert_int_equal(access(in_board("inbox/1"), F_OK), -1);
	assert_int_equal(agent_process_end(&board, SIGTERM), 0);
}

TEST(the_network_that_is_switched_off_is_gone_at_once_and_back_at_once)
{
	run_enrolled("");
	assert_online(true);
	put(in_board("network-off"), span_of(""));
	assert_online(false);
	agent_process_arrivals(&board, 3, NULL);
	assert_int_equal(unlink(in_board("network-off")), 0);
	assert_online(true);
	assert_int_equal(agent_process_end(&board, SIGINT), 0);
	assert_online(false);
}

TEST(a_hub_that_dies_and_comes_back_is_found_again)
{
	char words[64];
	uint16_t port;

	run_enrolled("");
	assert_online(true);
	port = hub.port;
	assert_int_equal(hub_stop(&hub, SIGKILL), -SIGKILL);
	assert_online(false);
	snprintf(words, sizeof(words), "--listen 127.0.0.1:%u", port);
	hub_start(&hub, f.dir, words);
	assert_online(true);
	assert_int_equal(agent_process_end(&board, SIGTERM), 0);
}

TEST(a_stick_is_noticed_when_it_is_put_in)
{
	char stick[200], words[256], path[256];
	struct file_bytes roster;
	struct hub_reply reply = {0};

	snprintf(stick, sizeof(stick), "%s/stick", f.dir);
	assert_int_equal(mkdir(stick, 0700), 0);
	snprintf(words, sizeof(words), "--stick %s", stick);
	run_enrolled(words);
	/* The network goes, and the organiser carries the next version over. */
	put(in_board("network-off"), span_of(""));
	assert_online(false);
	event_edit(&f, "list/people.csv", "Anna", "Anne");
	verb(&verb_build, "DIR");
	assert_ok(file_read(&roster, event_path(&f, "roster.foyer"), ROSTER_MAX));
	for (struct manifest m = {0}; m.sequence != 2;) {
		struct trust t = {0};
		struct roster r;
		assert_ok(roster_open(&r, roster.bytes, &t, 0));
		hub_reply_free(&reply);
		hub_get(&hub, "/v1/manifest", &reply);
		assert_ok(manifest_open(&m, reply.body, r.root, &(struct manifest_floor){0}));
	}
	snprintf(path, sizeof(path), "%s/foyer", stick);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/foyer/roster.foyer", stick);
	put(path, roster.bytes);
	snprintf(path, sizeof(path), "%s/foyer/manifest", stick);
	put(path, reply.body);
	assert_says("new roster sequence=2");
	assert_int_equal(agent_process_end(&board, SIGTERM), 0);
	file_free(&roster);
	hub_reply_free(&reply);
}

TEST(a_second_agent_names_the_first_and_ends)
{
	struct agent_process second = board;
	char pid[32], line[512];

	run_enrolled("");
	snprintf(pid, sizeof(pid), "process %d", (int)board.pid);
	memcpy(second.data, board.data, sizeof(second.data));
	agent_process_start(&second, "");
	assert_true(agent_process_line(&second, pid, line, sizeof(line)));
	assert_int_equal(agent_process_end(&second, 0), 3);
	assert_int_equal(agent_process_end(&board, SIGTERM), 0);
}

/* The next state the manager hears, within ten seconds. */
static void assert_manager_hears(int manager, const char *want)
{
	char text[64] = "";

	while (strcmp(text, want) != 0) {
		ssize_t n = recv(manager, text, sizeof(text) - 1, 0);
		if (n <= 0)
			fail_msg("the manager never heard %s", want);
		text[n] = '\0';
	}
}

TEST(the_service_manager_hears_ready_well_and_stopping)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = 10};

	snprintf(at.sun_path, sizeof(at.sun_path), "%.90s/notify", f.dir);
	int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(manager, (struct sockaddr *)&at, sizeof(at)), 0);
	setsockopt(manager, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setenv("NOTIFY_SOCKET", at.sun_path, 1);
	setenv("WATCHDOG_USEC", "400000", 1);
	agent_process_start(&board, "");
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	assert_manager_hears(manager, "READY=1");
	for (int i = 0; i < 3; i++)
		assert_manager_hears(manager, "WATCHDOG=1");
	assert_int_equal(kill(board.pid, SIGTERM), 0);
	assert_manager_hears(manager, "STOPPING=1");
	assert_int_equal(agent_process_end(&board, 0), 0);
	close(manager);
}

#define WHOLE(t) cmocka_unit_test_setup_teardown(t, fresh, done)

static const struct CMUnitTest tests[] = {
	WHOLE(a_code_that_is_scanned_while_it_runs_enrols_the_board),
	WHOLE(the_network_that_is_switched_off_is_gone_at_once_and_back_at_once),
	WHOLE(a_hub_that_dies_and_comes_back_is_found_again),
	WHOLE(a_stick_is_noticed_when_it_is_put_in),
	WHOLE(a_second_agent_names_the_first_and_ends),
	WHOLE(the_service_manager_hears_ready_well_and_stopping),
};

RUN_TESTS(tests)
