/* A real hub and real agents: enrolled, served, heard, revoked; and they agree byte for byte. */
#include "commands.h"
#include "file.h"
#include "folder_store.h"
#include "help/agent_process.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "status.h"
#include "test.h"
#include "trust.h"

#include <signal.h>
#include <unistd.h>

enum { BOARDS = 3 };

static struct event_folder f;
static struct hub_process hub;
static struct agent_process boards[BOARDS];

static void verb(const struct verb *v, const char *words)
{
	if (event_run(&f, v, words) != EXIT_DONE)
		fail_msg("%s: %s%s", words, f.said, f.talked);
}

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	verb(&verb_build, "DIR");
	hub_start(&hub, f.dir, "");
	for (size_t i = 0; i < BOARDS; i++)
		snprintf(boards[i].data, sizeof(boards[i].data), "%s/board-%zu", f.dir, i);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < BOARDS; i++)
		if (boards[i].pid > 0)
			agent_process_end(&boards[i], SIGKILL);
	int status = hub_stop(&hub, SIGTERM);
	event_folder_remove(&f);
	return status;
}

/* A code for board i, as `foyer enrol` prints it. */
static const char *code_for(size_t i, const char *words)
{
	static char code[1024];
	char line[256];

	snprintf(line, sizeof(line), "DIR kiosk-%zu --address http://127.0.0.1:%u %s", i, hub.port,
		words);
	verb(&verb_enrol, line);
	snprintf(code, sizeof(code), "--enrol %.900s", f.said);
	code[strcspn(code, "\n")] = '\0';
	return code;
}

static void enrol(size_t i)
{
	char words[2048];

	snprintf(words, sizeof(words), "%s --once", code_for(i, "--unattended"));
	assert_int_equal(agent_process_run(&boards[i], words), 0);
}

static void once(size_t i, int want)
{
	assert_int_equal(agent_process_run(&boards[i], "--once"), want);
}

static const char *in_board(size_t i, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", boards[i].data, name);
	return path;
}

static struct board_status status_of(size_t i)
{
	struct board_status s;

	assert_ok(status_read(&s, in_board(i, "status")));
	return s;
}

static uint64_t version_of(size_t i)
{
	struct file_bytes bytes;
	struct trust t;
	struct roster r;

	assert_ok(trust_read(&t, in_board(i, "trust")));
	assert_ok(file_read(&bytes, in_board(i, "roster.foyer"), ROSTER_MAX));
	assert_ok(roster_open(&r, bytes.bytes, &t, 0));
	assert_int_equal(t.sequence, r.sequence);
	file_free(&bytes);
	return r.sequence;
}

static struct store_stats stats_of(struct store *s)
{
	struct store_stats stats;

	assert_ok(s->kind->stats(s, &stats));
	store_close(s);
	return stats;
}

static void assert_agree(struct store *a, struct store *b)
{
	struct grow one = {0}, other = {0};

	agent_process_fold(a, &one);
	agent_process_fold(b, &other);
	assert_true(one.n > 0);
	assert_int_equal(one.n, other.n);
	assert_memory_equal(one.p, other.p, one.n);
	grow_free(&one);
	grow_free(&other);
	store_close(a);
	store_close(b);
}

TEST(what_one_board_saw_is_at_the_hub_and_at_the_others_byte_for_byte)
{
	for (size_t i = 0; i < BOARDS; i++) {
		enrol(i);
		agent_process_arrivals(&boards[i], 40 + i, NULL);
		once(i, 0);
	}
	for (size_t i = 0; i < BOARDS; i++) {
		once(i, 0);
		assert_agree(agent_process_store(&boards[i]), hub_store(f.dir));
		assert_int_equal(stats_of(agent_process_store(&boards[i])).events, 123 + BOARDS);
	}
	assert_int_equal(stats_of(hub_store(f.dir)).events, 123 + BOARDS);
	assert_int_equal(version_of(0), 1);
}

TEST(the_organiser_compares_four_words_before_a_board_is_let_in)
{
	char line[256], words[64];

	agent_process_start(&boards[0], code_for(0, ""));
	assert_true(agent_process_line(&boards[0], "compare", line, sizeof(line)));
	snprintf(words, sizeof(words), "%s", strstr(line, "hub: ") + 5);
	assert_false(status_of(0).enrolled);
	/* As the hub shows them. */
	verb(&verb_enrol, "DIR kiosk-0");
	assert_non_null(strstr(f.said, words));
	char dir[160], option[] = "--confirm", name[] = "kiosk-0", enrol_word[] = "enrol";
	snprintf(dir, sizeof(dir), "%s", f.dir);
	char *argv[] = {enrol_word, dir, name, option, words, NULL};
	assert_int_equal(verb_enrol.run(5, argv), EXIT_DONE);
	assert_true(agent_process_line(&boards[0], "new roster", line, sizeof(line)));
	assert_int_equal(agent_process_end(&boards[0], SIGTERM), 0);
	assert_true(status_of(0).enrolled);
	assert_string_equal(status_of(0).name, "kiosk-0");
	assert_int_equal(version_of(0), 1);
}

TEST(a_new_build_is_at_a_running_board_within_seconds)
{
	char line[256];

	enrol(0);
	agent_process_start(&boards[0], "");
	assert_true(agent_process_line(&boards[0], "online", line, sizeof(line)));
	event_edit(&f, "list/people.csv", "Anna", "Anne");
	verb(&verb_build, "DIR");
	assert_true(agent_process_line(&boards[0], "new roster", line, sizeof(line)));
	assert_int_equal(agent_process_end(&boards[0], SIGTERM), 0);
	assert_int_equal(version_of(0), 2);
}

static bool has_seven(void *arg)
{
	UNUSED(arg);
	return stats_of(hub_store(f.dir)).events == 7 + 1;
}

TEST(an_arrival_at_a_running_board_is_at_the_hub_at_once)
{
	char line[256];

	enrol(0);
	agent_process_start(&boards[0], "");
	assert_true(agent_process_line(&boards[0], "online", line, sizeof(line)));
	agent_process_arrivals(&boards[0], 7, NULL);
	assert_true(hub_wait(has_seven, NULL));
	assert_int_equal(agent_process_end(&boards[0], SIGTERM), 0);
	assert_false(status_of(0).online);
}

static bool knows_of_one_revoked(void *arg)
{
	struct hub_reply r;

	UNUSED(arg);
	hub_get(&hub, "/v1/health", &r);
	bool knows = memmem(r.body.p, r.body.n, "\"revoked\": 1", 12) != NULL;
	hub_reply_free(&r);
	return knows;
}

TEST(a_revoked_board_is_heard_no_more_by_hub_and_boards)
{
	enrol(0);
	enrol(1);
	agent_process_arrivals(&boards[0], 5, NULL);
	once(0, 0);
	verb(&verb_revoke, "DIR kiosk-0");
	assert_true(hub_wait(knows_of_one_revoked, NULL));
	agent_process_arrivals(&boards[0], 5, NULL);
	once(0, 1);
	assert_true(status_of(0).revoked);
	/* What it told before stays; what it tells now is kept aside. */
	assert_int_equal(stats_of(hub_store(f.dir)).events, 5 + 2);
	assert_true(stats_of(hub_store(f.dir)).quarantined > 0);
	once(1, 0);
}

TEST(without_a_hub_there_is_exit_3_and_nothing_is_lost)
{
	enrol(0);
	agent_process_arrivals(&boards[0], 5, NULL);
	assert_int_equal(hub_stop(&hub, SIGKILL), -SIGKILL);
	once(0, 3);
	hub_start(&hub, f.dir, "");
	char words[64];
	snprintf(words, sizeof(words), "--once --hub http://127.0.0.1:%u", hub.port);
	assert_int_equal(agent_process_run(&boards[0], words), 0);
	assert_int_equal(stats_of(hub_store(f.dir)).events, 5 + 1);
}

#define WHOLE(t) cmocka_unit_test_setup_teardown(t, fresh, done)

static const struct CMUnitTest tests[] = {
	WHOLE(what_one_board_saw_is_at_the_hub_and_at_the_others_byte_for_byte),
	WHOLE(the_organiser_compares_four_words_before_a_board_is_let_in),
	WHOLE(a_new_build_is_at_a_running_board_within_seconds),
	WHOLE(an_arrival_at_a_running_board_is_at_the_hub_at_once),
	WHOLE(a_revoked_board_is_heard_no_more_by_hub_and_boards),
	WHOLE(without_a_hub_there_is_exit_3_and_nothing_is_lost),
};

RUN_TESTS(tests)
