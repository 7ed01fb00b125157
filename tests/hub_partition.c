/* Eight boards and two hubs on one PostgreSQL store, each in a network namespace, while the network
 * parts, loses, doubles and reorders, cables are pulled, and anything is killed (kill -9). When it
 * is over: every event that was acknowledged is in the store once, none was invented, all boards
 * agree. Then the hubs are gone, and what one board writes must come to all others. Without
 * PostgreSQL there is one hub, on SQLite.
 *
 * FOYER_PARTITION_SECONDS (40) how long it storms, FOYER_SEED (1) in which way,
 * FOYER_PARTITION_STORE=sqlite for that store, FOYER_PARTITION_TELLS (40) how many events are told
 * with no hub, FOYER_PARTITION_KEEP=1 leaves all files and says where. */
#include "test.h"

#include "fleet.h"
#include "folder_store.h"
#include "ledger.h"
#include "postgres.h"
#include "seal.h"
#include "tell.h"

#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PACE_MS = 150, QUIET_MS = 180000, TICK_MS = 20, MARKS_MS = 1000 };

static struct fleet fleet;
static char folder[64] = "/tmp/foyer-fleet-XXXXXX";
static char store_address[256];
static unsigned seed;
static bool on_postgres;
static size_t cables, partings, lost_stores, crashes, marks, marks_wrong;

static unsigned chance(unsigned below)
{
	return (unsigned)rand_r(&seed) % below;
}

static int number(const char *name, int usual)
{
	const char *text = getenv(name);

	return text ? atoi(text) : usual;
}

static struct store *hub_store(void)
{
	struct store *s;

	assert_ok(folder_store(&s, "partition", fleet.event, store_address, true));
	assert_non_null(s);
	return s;
}

/* The weather. */

static void calm(void)
{
	struct switch_weather *w = &fleet.spaces.weather;

	for (size_t i = 0; i < SWITCH_PORTS; i++)
		w->group[i] = 0;
	w->lost = w->doubled = w->late = 0;
}

static void part(void)
{
	unsigned parts = 1 + chance(4);

	for (size_t i = 0; i < SWITCH_PORTS; i++)
		fleet.spaces.weather.group[i] = chance(parts);
	partings += parts > 1;
}

static void blow(void)
{
	struct switch_weather *w = &fleet.spaces.weather;

	w->lost = chance(3) == 0 ? 0 : chance(250);
	w->doubled = chance(150);
	w->late = chance(300);
}

static int64_t cable_back_ms[FLEET_BOARDS + FLEET_HUBS];

static void pull_cable(void)
{
	size_t i = chance(FLEET_BOARDS + FLEET_HUBS);

	if (cable_back_ms[i] != 0)
		return;
	spaces_cable(&fleet.spaces, i, false);
	cable_back_ms[i] = fleet_now_ms() + 200 + chance(3000);
	cables++;
}

static void put_cables_back(bool all)
{
	for (size_t i = 0; i < COUNT(cable_back_ms); i++) {
		if (cable_back_ms[i] == 0 || (!all && fleet_now_ms() < cable_back_ms[i]))
			continue;
		spaces_cable(&fleet.spaces, i, true);
		cable_back_ms[i] = 0;
	}
}

/* What the others know may be lost at any time; the journal is the truth. */
static void lose_store(size_t board)
{
	static const char *const names[] = {"peers.db", "peers.db-wal", "peers.db-shm"};

	for (size_t i = 0; i < COUNT(names); i++)
		(void)unlink(fleet_path(&fleet, board, names[i]));
	lost_stores++;
}

static void kill_somebody(void)
{
	int64_t again = chance(4) == 0 ? 0 : chance(3000);
	size_t board = chance(FLEET_BOARDS);

	switch (chance(4)) {
	case 0:
		fleet_kill(&fleet, &fleet.hubs[chance((unsigned)fleet.hub_n)], again);
		break;
	case 1:
		fleet_kill(&fleet, &fleet.writers[board], again);
		break;
	default:
		fleet_kill(&fleet, &fleet.agents[board], again);
		if (chance(10) == 0)
			lose_store(board);
		break;
	}
}

static void crash_the_server(void)
{
	if (!on_postgres || chance(3) != 0)
		return;
	postgres_crash();
	postgres_restart();
	fleet.world_failed_ms = fleet_now_ms();
	crashes++;
}

/* What the agents have as acknowledged by a hub must be in the store at that very moment. */
static void look_at_marks(struct store *s)
{
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		struct store *peers = fleet_peers(&fleet, i);
		struct grow heads = {0};
		if (!peers || peers->kind->heads(peers, &heads) != OK)
			heads.n = 0;
		for (size_t j = 0; j < GROW_COUNT(&heads, struct store_head); j++) {
			struct store_head h = GROW_ARRAY(&heads, struct store_head)[j], at_hub;
			char key[32];
			uint8_t mark[12];
			size_t n;
			snprintf(key, sizeof(key), "acked/%02x%02x%02x%02x%02x%02x%02x%02x",
				h.board[0], h.board[1], h.board[2], h.board[3], h.board[4],
				h.board[5], h.board[6], h.board[7]);
			if (store_note(peers, key, mark, sizeof(mark), &n) != OK || n != 12)
				continue;
			h.id.epoch = load_u32(mark);
			h.id.seq = load_u64(mark + 4);
			if (s->kind->head(s, h.board, &at_hub) != OK)
				continue; /* its server has just crashed */
			marks++;
			marks_wrong += event_id_compare(&at_hub.id, &h.id) < 0;
		}
		grow_free(&heads);
		store_close(peers);
	}
}

static void storm(int seconds)
{
	int64_t end = fleet_now_ms() + seconds * 1000LL, next = 0, next_marks = 0;
	struct store *s = hub_store();

	while (fleet_now_ms() < end) {
		fleet_tick(&fleet);
		put_cables_back(false);
		if (fleet_now_ms() >= next) {
			static void (*const ways[])(void) = {calm, part, part, blow, pull_cable,
				kill_somebody, kill_somebody, kill_somebody, kill_somebody,
				crash_the_server};
			ways[chance(COUNT(ways))]();
			next = fleet_now_ms() + 50 + chance(800);
		}
		if (fleet_now_ms() >= next_marks) {
			look_at_marks(s);
			next_marks = fleet_now_ms() + MARKS_MS;
		}
		(void)poll(NULL, 0, TICK_MS);
	}
	store_close(s);
}

/* Is all over? */

static bool heads_equal(struct store *a, struct store *b)
{
	struct grow x = {0}, y = {0};

	bool equal = a->kind->heads(a, &x) == OK && b->kind->heads(b, &y) == OK && x.n == y.n;
	for (size_t i = 0; equal && i < GROW_COUNT(&x, struct store_head); i++)
		equal = memcmp(GROW_ARRAY(&x, struct store_head)[i].hash,
				GROW_ARRAY(&y, struct store_head)[i].hash, EVENT_HASH) == 0;
	grow_free(&x);
	grow_free(&y);
	return equal;
}

static struct ledger board_journals[FLEET_BOARDS];

static void read_journals(void)
{
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		struct ledger *l = &board_journals[i];
		if (l->fold)
			ledger_close(l);
		ledger_open(l);
		ledger_add_journal(l, fleet_path(&fleet, i, "journal.db"));
		ledger_add_journal(l, fleet_path(&fleet, i, "agent.db"));
		ledger_sort(l);
	}
}

/* Every journal's last event of each epoch is as good as all: chains have no holes. */
static size_t not_in(struct store *s)
{
	struct ledger l;
	size_t lacks = 0;

	ledger_open(&l);
	ledger_add_store(&l, s);
	ledger_sort(&l);
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		lacks += ledger_lacks(&l, GROW_ARRAY(&board_journals[i].rows, struct arrival),
			ledger_count(&board_journals[i]));
	ledger_close(&l);
	return lacks;
}

static size_t boards_apart(struct store *s)
{
	size_t apart = 0;

	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		struct store *peers = fleet_peers(&fleet, i);
		apart += !peers || !heads_equal(peers, s);
		store_close(peers);
	}
	return apart;
}

/* Wait until the store has all that is in the journals, and every board all that the store has. */
static int64_t wait_until_quiet(void)
{
	int64_t begin = fleet_now_ms();
	struct store *s = hub_store();
	size_t lacks, apart;

	for (;;) {
		apart = boards_apart(s);
		read_journals();
		lacks = apart == 0 ? not_in(s) : 1;
		if (lacks == 0 && apart == 0)
			break;
		if (fleet_now_ms() - begin > QUIET_MS) {
			print_error("not quiet: %zu events not in the store, %zu boards apart\n",
				lacks, apart);
			fail();
		}
		for (size_t i = 0; i < 25; i++) {
			fleet_tick(&fleet);
			(void)poll(NULL, 0, TICK_MS);
		}
	}
	store_close(s);
	return fleet_now_ms() - begin;
}

/* The counts. */

struct counts {
	size_t acked, meant, journals, stored, doubles, acked_lost, journal_lost, invented, unknown,
		apart, quarantined;
};

static void count_boards(struct counts *c, const struct ledger *hub, const struct grow *state)
{
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		struct store *peers = fleet_peers(&fleet, i);
		struct store_stats stats;
		struct ledger l;
		struct grow own = {0};
		assert_non_null(peers);
		ledger_open(&l);
		ledger_add_journal(&l, fleet_path(&fleet, i, "journal.db"));
		ledger_add_store(&l, peers);
		ledger_state(&l, &own);
		c->apart += own.n != state->n || memcmp(own.p, state->p, own.n) != 0;
		assert_ok(peers->kind->stats(peers, &stats));
		c->quarantined += stats.quarantined;
		c->unknown += stats.events != ledger_count(hub);
		grow_free(&own);
		ledger_close(&l);
		store_close(peers);
	}
}

static void count_journals(struct counts *c, const struct ledger *hub)
{
	struct ledger all;

	ledger_open(&all);
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		ledger_add_journal(&all, fleet_path(&fleet, i, "journal.db"));
		ledger_add_journal(&all, fleet_path(&fleet, i, "agent.db"));
	}
	ledger_sort(&all);
	c->journals = ledger_count(&all);
	c->journal_lost =
		ledger_lacks(hub, GROW_ARRAY(&all.rows, struct arrival), ledger_count(&all));
	c->invented = ledger_lacks(&all, GROW_ARRAY(&hub->rows, struct arrival), ledger_count(hub));
	ledger_close(&all);
}

static void count(struct counts *c)
{
	struct store *s = hub_store();
	struct grow acked = {0}, meant = {0}, state = {0};
	struct store_stats stats;
	struct ledger hub;

	*c = (struct counts){0};
	ledger_open(&hub);
	ledger_add_store(&hub, s);
	ledger_sort(&hub);
	ledger_state(&hub, &state);
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		arrivals_acked(fleet_path(&fleet, i, ""), &acked);
		arrivals_meant(fleet_path(&fleet, i, ""), &meant);
	}
	c->acked = GROW_COUNT(&acked, struct arrival);
	c->meant = GROW_COUNT(&meant, struct arrival);
	c->stored = ledger_count(&hub);
	c->doubles = ledger_doubles(&hub);
	c->acked_lost = ledger_lacks(&hub, GROW_ARRAY(&acked, struct arrival), c->acked);
	count_journals(c, &hub);
	c->invented += ledger_invented(&hub, &meant);
	count_boards(c, &hub, &state);
	assert_ok(s->kind->stats(s, &stats));
	c->quarantined += stats.quarantined;
	grow_free(&acked);
	grow_free(&meant);
	grow_free(&state);
	ledger_close(&hub);
	store_close(s);
}

static size_t kills_of(const struct player *p, size_t n)
{
	size_t kills = 0;

	for (size_t i = 0; i < n; i++)
		kills += p[i].kills;
	return kills;
}

static void say_storm(int seconds, int64_t quiet_ms, const struct counts *c)
{
	const struct switch_weather *w = &fleet.spaces.weather;

	print_message("%d s of storm, %zu hubs on %s: %zu partitions, %zu cables pulled, %zu "
		      "stores of boards "
		      "lost, kill -9 of %zu agents, %zu writers, %zu hubs, %zu crashes of the "
		      "database\n",
		seconds, fleet.hub_n, on_postgres ? "PostgreSQL" : "SQLite", partings, cables,
		lost_stores, kills_of(fleet.agents, FLEET_BOARDS),
		kills_of(fleet.writers, FLEET_BOARDS), kills_of(fleet.hubs, fleet.hub_n), crashes);
	print_message("frames: %llu passed, %llu dropped, %llu doubled, %llu late\n",
		(unsigned long long)w->passed, (unsigned long long)w->dropped,
		(unsigned long long)w->twice, (unsigned long long)w->delayed);
	print_message("events: %zu meant, %zu acknowledged, %zu in journals (agents' own "
		      "included), %zu in the store; quiet after %.1f s\n",
		c->meant, c->acked, c->journals, c->stored, (double)quiet_ms / 1000);
	print_message("acknowledged and not in the store %zu, in a journal and not in the store "
		      "%zu, twice %zu, invented %zu, hub's marks looked at %zu, of these wrong "
		      "%zu, boards apart %zu, in quarantine %zu, ended by themselves %zu\n",
		c->acked_lost, c->journal_lost, c->doubles, c->invented, marks, marks_wrong,
		c->apart, c->quarantined, fleet.fell);
}

static void stop_writers(void)
{
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		fleet_kill(&fleet, &fleet.writers[i], -1);
}

static void start_writers(int pace_ms)
{
	fleet.pace_ms = pace_ms;
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		fleet_start(&fleet, &fleet.writers[i]);
}

TEST(nothing_acknowledged_is_lost_and_all_agree_after_a_storm)
{
	int seconds = number("FOYER_PARTITION_SECONDS", 40);
	struct counts c;

	if (!*state) {
		print_message("skipped: no network namespaces here\n");
		skip();
	}
	start_writers(PACE_MS);
	storm(seconds);
	stop_writers();
	calm();
	put_cables_back(true);
	fleet_all_up(&fleet);
	int64_t quiet_ms = wait_until_quiet();
	count(&c);
	say_storm(seconds, quiet_ms, &c);
	assert_true(c.acked > 0);
	assert_int_equal(c.acked_lost, 0);
	assert_int_equal(c.journal_lost, 0);
	assert_int_equal(c.doubles, 0);
	assert_int_equal(c.invented, 0);
	assert_int_equal(c.unknown, 0);
	assert_int_equal(c.apart, 0);
	assert_int_equal(c.quarantined, 0);
	assert_int_equal(marks_wrong, 0);
	assert_int_equal(fleet_logged(&fleet, "ALARM"), 0);
	assert_int_equal(fleet.fell, 0);
}

static void tell(size_t n, unsigned lost)
{
	struct told t;

	tell_many(&fleet, n, lost, &seed, &t);
	print_message("no hub, %u %% of frames lost, 8 boards: %zu events told, at all boards "
		      "after p50 %lld ms, p99 %lld ms, worst %lld ms\n",
		lost / 10, t.n, (long long)t.p50_ms, (long long)t.p99_ms, (long long)t.worst_ms);
	assert_int_equal(t.missed, 0);
}

TEST(boards_agree_with_the_hubs_gone)
{
	size_t n = (size_t)number("FOYER_PARTITION_TELLS", 40);

	if (!*state) {
		print_message("skipped: no network namespaces here\n");
		skip();
	}
	for (size_t i = 0; i < fleet.hub_n; i++)
		fleet_kill(&fleet, &fleet.hubs[i], -1);
	stop_writers();
	start_writers(0);
	tell(n, 0);
	tell(n, 50);
	assert_int_equal(fleet.fell, 0);
}

static bool ready;

static int set_up(void **state)
{
	*state = ready ? &fleet : NULL;
	if (!ready)
		return 0;
	fleet_open(&fleet, folder, store_address, seed);
	return 0;
}

static int tear_down(void **state)
{
	char line[128];

	(void)state;
	if (ready)
		fleet_close(&fleet);
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		if (board_journals[i].fold)
			ledger_close(&board_journals[i]);
	snprintf(line, sizeof(line), "rm -rf %s", folder);
	if (getenv("FOYER_PARTITION_KEEP"))
		print_message("all files are in %s\n", folder);
	else
		(void)!system(line);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_acknowledged_is_lost_and_all_agree_after_a_storm),
		cmocka_unit_test(boards_agree_with_the_hubs_gone),
	};

	arrivals_main(argc, argv);
	if (seal_start() != OK || !mkdtemp(folder))
		return 3;
	seed = (unsigned)number("FOYER_SEED", 1);
	const char *store = getenv("FOYER_PARTITION_STORE");
	on_postgres = !(store && strcmp(store, "sqlite") == 0) &&
		      postgres_place(store_address, sizeof(store_address));
	if (!on_postgres)
		snprintf(store_address, sizeof(store_address), "sqlite:%s/hub.db", folder);
	ready = spaces_enter() == OK;
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
