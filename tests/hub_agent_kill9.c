/* kill -9 of an agent at random moments, while its board writes and the organiser builds: afterwards the
 * roster opens and trust fits it, nothing that was acknowledged is lost, nothing is at the hub twice.
 * FOYER_KILLS=N rounds (20), FOYER_SEED (1) the moments. */
#include "commands.h"
#include "file.h"
#include "folder_store.h"
#include "help/agent_process.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "hex.h"
#include "journal.h"
#include "test.h"
#include "trust.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 20, LATEST_MS = 400, BUILD_EACH = 5, WRITES = 6 };

static struct event_folder f;
static struct hub_process hub;
static struct agent_process board;
static unsigned seed;
static uint64_t written, versions;
static size_t acknowledged;

static unsigned chance(unsigned below)
{
	return (unsigned)rand_r(&seed) % below;
}

static int number(const char *name, int usual)
{
	const char *text = getenv(name);

	return text ? atoi(text) : usual;
}

static void verb(const struct verb *v, const char *words)
{
	if (event_run(&f, v, words) != EXIT_DONE)
		fail_msg("%s: %s%s", words, f.said, f.talked);
}

static int fresh(void **state)
{
	UNUSED(state);
	seed = (unsigned)number("FOYER_SEED", 1);
	event_folder_make(&f);
	verb(&verb_build, "DIR");
	versions = 1;
	hub_start(&hub, f.dir, "");
	snprintf(board.data, sizeof(board.data), "%s/board", f.dir);
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

static void nap(unsigned ms)
{
	struct timespec t = {0, (long)ms * 1000000};

	nanosleep(&t, NULL);
}

/* Another name in the list, and a roster of it. */
static void build(void)
{
	bool even = versions % 2 == 0;

	event_edit(&f, "list/people.csv", even ? "Anne" : "Anna", even ? "Anna" : "Anne");
	verb(&verb_build, "DIR");
	versions++;
}

static const char *in_board(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", board.data, name);
	return path;
}

/* What a start after the cut would find. */
static void check_roster(void)
{
	struct file_bytes bytes;
	struct trust t;
	struct roster r;

	assert_ok(trust_read(&t, in_board("trust")));
	enum err e = file_read(&bytes, in_board("roster.foyer"), ROSTER_MAX);
	if (e == ERR_ABSENT && t.sequence == 0)
		return;
	assert_ok(e);
	/* The file is never older than trust says; it may be one version ahead. */
	assert_ok(roster_open(&r, bytes.bytes, &t, 0));
	assert_true(r.sequence >= t.sequence && r.sequence <= versions);
	file_free(&bytes);
}

static void check_mark(void *arg, const char *key, struct span value)
{
	struct store *at_hub = arg;
	struct store_head head;
	uint8_t id[EVENT_BOARD];
	struct event_id acked;

	assert_ok(hex_read(span_of(key + strlen("acked/")), id, sizeof(id)));
	memcpy(acked.board, id, sizeof(id));
	acked.epoch = load_u32(value.p);
	acked.seq = load_u64(value.p + 4);
	assert_ok(at_hub->kind->head(at_hub, id, &head));
	memcpy(head.id.board, id, sizeof(id));
	assert_true(event_id_compare(&acked, &head.id) <= 0);
	acknowledged++;
}

static void check_marks(void)
{
	struct store *mine = agent_process_store(&board), *its = hub_store(f.dir);

	assert_ok(mine->kind->note_each(mine, "acked/", check_mark, its));
	store_close(mine);
	store_close(its);
}

static void run_and_kill(int round)
{
	unsigned left = chance(LATEST_MS);

	agent_process_start(&board, "");
	for (int i = 0; i < WRITES && left > 0; i++) {
		unsigned pause = left < LATEST_MS / WRITES ? left : LATEST_MS / WRITES;
		if (chance(2)) {
			size_t n = 1 + chance(40);
			agent_process_arrivals(&board, n, NULL);
			written += n;
		}
		nap(pause);
		left -= pause;
		if (i == 0 && round % BUILD_EACH == BUILD_EACH - 1)
			build();
	}
	assert_int_equal(agent_process_end(&board, SIGKILL), -SIGKILL);
}

static size_t own_events(void)
{
	struct journal *j;
	struct event_id after = {0};
	struct event e;
	size_t n, all = 0;

	assert_ok(journal_open(
		&j, &(struct journal_options){.path = in_board("agent.db"), .read_only = true}));
	while (journal_read(j, &after, &e, 1, &n) == OK && n == 1) {
		after = e.id;
		all++;
	}
	journal_close(j);
	return all;
}

TEST(kill_9_of_an_agent_loses_and_doubles_nothing)
{
	int kills = number("FOYER_KILLS", KILLS);
	struct store_stats stats;
	struct store_head head;
	struct event last;
	char words[1024];

	snprintf(words, sizeof(words), "DIR kiosk --unattended --address http://127.0.0.1:%u",
		hub.port);
	verb(&verb_enrol, words);
	snprintf(words, sizeof(words), "--once --enrol %.900s", f.said);
	words[strcspn(words, "\n")] = '\0';
	assert_int_equal(agent_process_run(&board, words), 0);
	for (int i = 0; i < kills; i++) {
		run_and_kill(i);
		check_roster();
		check_marks();
	}
	agent_process_arrivals(&board, 1, &last);
	written++;
	assert_int_equal(agent_process_run(&board, "--once"), 0);
	struct store *s = hub_store(f.dir);
	assert_ok(s->kind->head(s, last.id.board, &head));
	assert_memory_equal(head.hash, last.hash, EVENT_HASH);
	assert_ok(s->kind->stats(s, &stats));
	store_close(s);
	assert_int_equal(stats.events, written + own_events());
	assert_int_equal(stats.quarantined, 0);
	print_message("%d kills: %llu events written, all at the hub once; %zu marks looked at; "
		      "%llu versions\n",
		kills, (unsigned long long)written, acknowledged, (unsigned long long)versions);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(kill_9_of_an_agent_loses_and_doubles_nothing, fresh, done),
};

RUN_TESTS(tests)
