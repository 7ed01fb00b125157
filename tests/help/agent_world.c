/* A board with a fake hub. */
#include "agent_world.h"

#include "agent.h"
#include "agent_own.h"
#include "file.h"
#include "hex.h"
#include "journal.h"
#include "small_roster.h"
#include "trust.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool holds)
{
	if (!holds)
		abort();
}

const char *agent_world_name(struct agent_world *b, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", b->board, name);
	return path;
}

void agent_world_put(struct agent_world *b, const char *name, struct span bytes)
{
	need(file_write(agent_world_name(b, name), bytes, 0600) == OK);
}

void agent_world_open_new(struct agent_world *b, uint8_t number)
{
	memset(b, 0, sizeof(*b));
	scratch_make(&b->dir);
	snprintf(b->board, sizeof(b->board), "%s/board", b->dir.folder);
	wire_hub(&b->hub, number, 1);
	wire_device(&b->device, &b->hub, 1);
	b->server = fake_hub_start(&b->hub, scratch_name(&b->dir, "hub.db"));
	b->now = (struct instant){
		.wall_ms = WIRE_NOW * 1000, .boot_ms = 100 * 1000, .trusted = true};
	clock_fake(&b->now);
	need(file_make_folder(b->board) == OK);
	b->options = (struct agent_options){.data = b->board, .peers = "off", .once = true};
}

void agent_world_open(struct agent_world *b, uint8_t number)
{
	char digits[2 * SEAL_SEED + 1];
	struct trust t = {.known = true, .epoch = 1};

	agent_world_open_new(b, number);
	memcpy(t.root, b->hub.root, SEAL_PUBLIC);
	need(trust_write(&t, agent_world_name(b, "trust")) == OK);
	hex_write((struct span){b->device.seed, SEAL_SEED}, digits);
	agent_world_put(b, "key", span_of(digits));
	agent_world_put(b, "hubs", span_of(fake_hub_address(b->server)));
	agent_world_put(b, "credential", (struct span){b->device.credential, PAPER_CREDENTIAL});
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

void agent_world_close(struct agent_world *b)
{
	fake_hub_stop(b->server);
	clock_fake(NULL);
	nftw(b->dir.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int agent_world_round(struct agent_world *b)
{
	return agent_run(&b->options);
}

struct span agent_world_roster(const struct wire_hub *w, uint64_t sequence)
{
	struct small_roster s;
	struct roster_fault fault;

	small_roster_init(&s, 1, false);
	memcpy(s.source.delegation, w->delegation, PAPER_DELEGATION);
	memcpy(s.hub_seed, w->seed, SEAL_SEED);
	s.sequence = sequence;
	need(small_roster_build(&s, &fault) == OK);
	return s.file;
}

struct manifest_source agent_world_manifest(
	const struct wire_hub *w, uint64_t sequence, struct span roster)
{
	struct manifest_source m = {.m = {.sequence = sequence,
					    .built_at = SMALL_BUILT,
					    .size = roster.n,
					    .signed_at = WIRE_NOW,
					    .live = true},
		.delegation = w->delegation,
		.hub_seed = w->seed};

	seal_hash((struct span){0}, roster, m.m.hash, MANIFEST_HASH);
	return m;
}

void agent_world_say(struct agent_world *b, const struct manifest_source *m)
{
	static uint8_t bytes[MANIFEST_MAX];
	struct sink k = sink_on(bytes, sizeof(bytes));

	manifest_write(&k, m);
	need(!k.full);
	fake_hub_page(b->server, "/v1/manifest", 200, (struct span){bytes, k.n});
}

void agent_world_serve(struct agent_world *b, struct span roster)
{
	uint8_t hash[MANIFEST_HASH];
	char path[128] = "/v1/roster/";

	seal_hash((struct span){0}, roster, hash, MANIFEST_HASH);
	hex_write((struct span){hash, MANIFEST_HASH}, path + strlen(path));
	fake_hub_page(b->server, path, 200, roster);
}

void agent_world_offer(struct agent_world *b, uint64_t sequence)
{
	struct span roster = agent_world_roster(&b->hub, sequence);
	struct manifest_source m = agent_world_manifest(&b->hub, sequence, roster);

	m.m.signed_at = b->now.wall_ms / 1000;
	agent_world_serve(b, roster);
	agent_world_say(b, &m);
	free((void *)(uintptr_t)roster.p);
}

uint64_t agent_world_version(struct agent_world *b)
{
	struct file_bytes f;
	struct roster r = {0};
	struct trust t;

	if (trust_read(&t, agent_world_name(b, "trust")) != OK ||
		file_read(&f, agent_world_name(b, "roster.foyer"), 1 << 24) != OK)
		return 0;
	enum err e = roster_open(&r, f.bytes, &t, 0);
	file_free(&f);
	return e == OK ? r.sequence : 0;
}

struct board_status agent_world_status(struct agent_world *b)
{
	struct board_status s;

	need(status_read(&s, agent_world_name(b, "status")) == OK);
	return s;
}

void agent_world_arrivals(struct agent_world *b, size_t n, uint8_t *board)
{
	struct journal *j;
	struct event *e = calloc(n, sizeof(*e));

	need(e && journal_open(&j, &(struct journal_options){
					   .path = agent_world_name(b, "journal.db")}) == OK);
	for (size_t i = 0; i < n; i++)
		e[i] = wire_event(EVENT_ARRIVED, (uint8_t)(i + 1), (unsigned)i);
	need(journal_append(j, e, n) == OK);
	if (board)
		memcpy(board, journal_board(j), EVENT_BOARD);
	journal_close(j);
	free(e);
}

size_t agent_world_own_events(struct agent_world *b, unsigned kind)
{
	struct journal *j;
	struct event_id after = {0};
	struct event e;
	size_t n, found = 0;
	struct journal_options o = {.path = agent_world_name(b, "agent.db"), .read_only = true};

	if (journal_open(&j, &o) != OK)
		return 0;
	while (journal_read(j, &after, &e, 1, &n) == OK && n == 1) {
		after = e.id;
		found += e.kind == kind;
	}
	journal_close(j);
	return found;
}

static struct store *open_store(struct agent_world *b)
{
	struct store *s;
	struct store_options o = {.where = agent_world_name(b, "peers.db"), .read_only = true};

	need(store_sqlite.open(&s, &o) == OK);
	return s;
}

size_t agent_world_note(struct agent_world *b, const char *key, uint8_t *out, size_t max)
{
	struct store *s = open_store(b);
	size_t n = 0;

	enum err e = store_note(s, key, out, max, &n);
	need(e == OK || e == ERR_ABSENT);
	store_close(s);
	return e == OK ? n : 0;
}

uint64_t agent_world_undelivered(struct agent_world *b)
{
	uint8_t note[OWN_UNDELIVERED];

	need(agent_world_note(b, "undelivered", note, sizeof(note)) >= 8);
	return load_u64(note);
}

struct store_stats agent_world_stats(struct agent_world *b)
{
	struct store *s = open_store(b);
	struct store_stats stats;

	need(s->kind->stats(s, &stats) == OK);
	store_close(s);
	return stats;
}
