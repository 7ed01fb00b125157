/* The end of an event: a hub tells its boards, they send what they have, wipe themselves and say so; then the
 * hub forgets. */
#include "commands.h"
#include "file.h"
#include "help/agent_process.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "help/postgres.h"
#include "hex.h"
#include "test.h"
#include "wipe.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BOARDS = 2 };

static struct event_folder f;
static struct hub_process hub;
static struct agent_process boards[BOARDS];
static bool serving;

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
	serving = true;
	memset(boards, 0, sizeof(boards));
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
	int status = serving ? hub_stop(&hub, SIGTERM) : 0;
	event_folder_remove(&f);
	return status;
}

static void enrol(size_t i)
{
	char words[2048], line[256];

	snprintf(line, sizeof(line), "DIR kiosk-%zu --address http://127.0.0.1:%u --unattended", i,
		hub.port);
	verb(&verb_enrol, line);
	snprintf(words, sizeof(words), "--enrol %.900s", f.said);
	words[strcspn(words, "\n")] = '\0';
	strcat(words, " --once");
	assert_int_equal(agent_process_run(&boards[i], words), 0);
}

static const char *in_board(size_t i, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", boards[i].data, name);
	return path;
}

static void assert_wiped(size_t i)
{
	static const char *const gone[] = {"roster.foyer", "journal.db", "journal.db-wal",
		"agent.db", "peers.db", "key", "credential", "trust"};

	for (size_t n = 0; n < COUNT(gone); n++)
		if (access(in_board(i, gone[n]), F_OK) == 0)
			fail_msg("%s is still there", gone[n]);
}

/* A hub that serves looks at what it is to say once a second. */
static void run_until_wiped(size_t i)
{
	for (int turn = 0; turn < 200 && access(in_board(i, "was-wiped"), F_OK) != 0; turn++)
		assert_int_equal(agent_process_run(&boards[i], "--once"), 0);
	assert_wiped(i);
	assert_int_equal(access(in_board(i, "was-wiped"), F_OK), 0);
}

static void assert_says(const char *words)
{
	verb(&verb_forget, "DIR --event");
	if (!strstr(f.said, words))
		fail_msg("no %s in %s", words, f.said);
}

TEST(a_board_that_is_told_sends_what_it_has_wipes_itself_and_says_so)
{
	UNUSED(state);
	enrol(0);
	enrol(1);
	agent_process_arrivals(&boards[0], 5, NULL);
	assert_says("(kiosk-0): has not said that it is wiped");
	assert_int_equal(agent_process_run(&boards[1], "--once"), 0);
	assert_int_equal(access(in_board(1, "key"), F_OK), 0);
	verb(&verb_forget, "DIR --event --yes");
	assert_non_null(strstr(f.talked, "2 to go"));
	run_until_wiped(0);
	assert_says("(kiosk-0): wiped roster, journal");
	assert_says("(kiosk-1): has not said that it is wiped");
	verb(&verb_report, "DIR --json");
	/* Five arrivals, and what each agent says of its clock. */
	if (!strstr(f.said, "\"events\": 7"))
		fail_msg("%.80s", f.said);
}

TEST(a_board_that_cannot_tell_stays_wiped_and_tells_later)
{
	UNUSED(state);
	enrol(0);
	verb(&verb_forget, "DIR --event --yes");
	agent_process_start(&boards[0], "");
	char line[512];
	assert_true(agent_process_line(
		&boards[0], "the hub knows that this board was wiped", line, sizeof(line)));
	assert_int_equal(agent_process_end(&boards[0], 0), 0);
	/* As if the hub had not answered. */
	assert_int_equal(rename(in_board(0, "was-wiped"), event_path(&f, "kept")), 0);
	char to[256];
	snprintf(to, sizeof(to), "%s", in_board(0, "wiped"));
	assert_int_equal(rename(event_path(&f, "kept"), to), 0);
	assert_int_equal(agent_process_run(&boards[0], "--once"), 3);
	assert_wiped(0);
	char words[64];
	snprintf(words, sizeof(words), "--once --hub http://127.0.0.1:%u", hub.port);
	assert_int_equal(agent_process_run(&boards[0], words), 0);
	assert_int_equal(access(in_board(0, "was-wiped"), F_OK), 0);
}

TEST(a_statement_that_is_no_boards_is_refused)
{
	uint8_t event[ROSTER_EVENT], seed[SEAL_SEED] = {7}, statement[WIPE_STATEMENT];
	struct hub_reply reply;
	struct keys k;
	UNUSED(state);

	enrol(0);
	assert_ok(keys_load(&k, f.dir));
	paper_event(k.root, event);
	wipe_write(event, seed, 1, statement);
	hub_ask(&hub, "POST", "/v1/wiped", (struct span){statement, sizeof(statement)}, NULL,
		&reply);
	assert_int_equal(reply.status, 403);
	hub_reply_free(&reply);
	hub_ask(&hub, "POST", "/v1/wiped", (struct span){statement, 50}, NULL, &reply);
	assert_int_equal(reply.status, 400);
	hub_reply_free(&reply);
	keys_wipe(&k);
}

TEST(a_statement_with_any_byte_changed_is_refused)
{
	uint8_t event[ROSTER_EVENT] = {1}, seed[SEAL_SEED] = {7}, key[SEAL_PUBLIC],
		s[WIPE_STATEMENT];
	int64_t at;
	UNUSED(state);

	seal_keypair(seed, key);
	wipe_write(event, seed, 1234, s);
	assert_ok(wipe_read((struct span){s, sizeof(s)}, event, key, &at));
	assert_int_equal(at, 1234);
	for (size_t i = 0; i < sizeof(s); i++) {
		enum err want = i < 8 ? ERR_FORMAT : i < 24 ? ERR_FOREIGN : ERR_FORGED;
		s[i] ^= 1;
		assert_err(wipe_read((struct span){s, sizeof(s)}, event, key, &at), want);
		s[i] ^= 1;
		assert_err(wipe_read((struct span){s, i}, event, key, &at), ERR_FORMAT);
	}
}

TEST(without_yes_nothing_is_told_and_nothing_goes)
{
	UNUSED(state);
	enrol(0);
	verb(&verb_forget, "DIR --event");
	assert_non_null(strstr(f.talked, "Nothing was done"));
	verb(&verb_forget, "DIR --event --finish");
	assert_ptr_equal(strstr(f.said, "With --yes this is what "), f.said);
	assert_non_null(strstr(f.talked, "Nothing was done"));
	assert_int_equal(agent_process_run(&boards[0], "--once"), 0);
	assert_int_equal(access(in_board(0, "key"), F_OK), 0);
	verb(&verb_build, "DIR");
	/* Who only looks, once they are told, is not told that nothing was done. */
	verb(&verb_forget, "DIR --event --yes");
	verb(&verb_forget, "DIR --event");
	assert_null(strstr(f.talked, "Nothing was done"));
	assert_non_null(strstr(f.talked, " 1 to go; then: "));
}

/* By who has only the receipt. */
static void assert_signed(struct span text)
{
	uint8_t signature[SEAL_SIGNATURE], delegation[PAPER_DELEGATION];
	struct delegation by;
	const char *at = memmem(text.p, text.n, "\ndelegation ", 12);

	assert_non_null(at);
	assert_ok(hex_read((struct span){(const uint8_t *)at + 12, 2 * PAPER_DELEGATION},
		delegation, sizeof(delegation)));
	assert_ok(delegation_open(&by, delegation, NULL));
	at = memmem(text.p, text.n, "signature ", 10);
	assert_non_null(at);
	assert_ok(hex_read((struct span){(const uint8_t *)at + 10, 2 * SEAL_SIGNATURE}, signature,
		sizeof(signature)));
	size_t n = (size_t)((const uint8_t *)at - text.p);
	assert_ok(seal_verify(by.hub, "foyer receipt", (struct span){text.p, n}, signature));
}

TEST(finished_the_hub_keeps_counts_a_receipt_and_its_last_word)
{
	static const char *const gone[] = {"keys/event", "keys/hub", "keys/root", "list/people.csv",
		"state/people.csv", "hub.db", "hub.db-wal", "roster.foyer"};
	struct file_bytes bytes;
	char words[256];
	UNUSED(state);

	enrol(0);
	enrol(1);
	agent_process_arrivals(&boards[1], 2, NULL);
	verb(&verb_forget, "DIR --event --yes");
	run_until_wiped(0);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	serving = false;
	verb(&verb_forget, "DIR --event --finish --yes");
	assert_non_null(strstr(f.talked, "1 board has not said that it is wiped"));
	for (size_t i = 0; i < COUNT(gone); i++)
		if (access(event_path(&f, gone[i]), F_OK) == 0)
			fail_msg("%s is still there", gone[i]);
	assert_ok(file_read(&bytes, event_path(&f, "forgotten.txt"), 1 << 20));
	assert_signed(bytes.bytes);
	assert_non_null(memmem(bytes.bytes.p, bytes.bytes.n, "(kiosk-0): wiped", 16));
	assert_non_null(memmem(bytes.bytes.p, bytes.bytes.n, "(kiosk-1): has not", 18));
	file_free(&bytes);
	assert_int_equal(access(event_path(&f, "report.json"), R_OK), 0);
	assert_int_equal(event_run(&f, &verb_report, "DIR"), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "was forgotten; report.json there has its counts"));
	/* A board that hears only the stick wipes itself though nobody takes its events. */
	snprintf(words, sizeof(words), "%s/stick", f.dir);
	assert_int_equal(mkdir(words, 0700), 0);
	snprintf(words, sizeof(words), "%s/stick/foyer", f.dir);
	assert_int_equal(rename(event_path(&f, "publish/v1"), words), 0);
	snprintf(words, sizeof(words), "--once --stick %s/stick", f.dir);
	(void)agent_process_run(&boards[1], words);
	assert_wiped(1);
}

/* Keys go first, so that what was left lies beside none. */
TEST(an_end_that_was_cut_short_goes_on)
{
	static const char *const left[] = {"list/people.csv", "state/people.csv", "hub.db"};
	UNUSED(state);

	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	serving = false;
	verb(&verb_forget, "DIR --event --finish --yes");
	for (size_t i = 0; i < COUNT(left); i++)
		event_put(&f, left[i], "id,given_name,family_name\na1,Anna,Peeters\n");
	assert_int_not_equal(event_run(&f, &verb_forget, "DIR --event --finish"), EXIT_DONE);
	assert_int_equal(access(event_path(&f, left[0]), F_OK), 0);
	verb(&verb_forget, "DIR --event --finish --yes");
	for (size_t i = 0; i < COUNT(left); i++)
		if (access(event_path(&f, left[i]), F_OK) == 0)
			fail_msg("%s is still there", left[i]);
	assert_signed((struct span){(const uint8_t *)f.said, strlen(f.said)});
}

TEST(without_receipt_and_keys_nothing_is_destroyed)
{
	UNUSED(state);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	serving = false;
	assert_int_equal(remove(event_path(&f, "keys/event")), 0);
	assert_int_equal(event_run(&f, &verb_forget, "DIR --event --finish --yes"), EXIT_WORLD);
	assert_int_equal(access(event_path(&f, "list/people.csv"), F_OK), 0);
}

TEST(what_is_served_is_not_destroyed)
{
	UNUSED(state);
	assert_int_equal(event_run(&f, &verb_forget, "DIR --event --finish --yes"), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "is served by process"));
	assert_int_equal(access(event_path(&f, "keys/event"), F_OK), 0);
	assert_int_equal(access(event_path(&f, "hub.db"), F_OK), 0);
	assert_int_not_equal(access(event_path(&f, "forgotten.txt"), F_OK), 0);
}

TEST(a_store_in_postgresql_goes_with_the_event_and_not_while_it_is_served)
{
	char url[512], words[1024], finish[1024];
	UNUSED(state);

	if (!postgres_place(url, sizeof(url)))
		skip();
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	snprintf(words, sizeof(words), "--store %s", url);
	snprintf(finish, sizeof(finish), "DIR --event --finish --yes --store %s", url);
	hub_start(&hub, f.dir, words);
	assert_int_equal(event_run(&f, &verb_forget, finish), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "it is served by a hub"));
	assert_int_equal(access(event_path(&f, "keys/event"), F_OK), 0);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	serving = false;
	verb(&verb_forget, finish);
	assert_non_null(strstr(f.said, "store postgresql: 0 events: its tables removed"));
	postgres_sql(url, "SELECT 1 / (1 - least(1, count(*)::int)) FROM pg_tables WHERE tablename"
			  " LIKE 'foyer\\_%' AND schemaname = current_schema()");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(a_board_that_is_told_sends_what_it_has_wipes_itself_and_says_so),
	EACH(a_board_that_cannot_tell_stays_wiped_and_tells_later),
	EACH(a_statement_that_is_no_boards_is_refused),
	EACH(a_statement_with_any_byte_changed_is_refused),
	EACH(without_yes_nothing_is_told_and_nothing_goes),
	EACH(an_end_that_was_cut_short_goes_on),
	EACH(without_receipt_and_keys_nothing_is_destroyed),
	EACH(what_is_served_is_not_destroyed),
	EACH(a_store_in_postgresql_goes_with_the_event_and_not_while_it_is_served),
	EACH(finished_the_hub_keeps_counts_a_receipt_and_its_last_word),
};
RUN_TESTS(tests)
