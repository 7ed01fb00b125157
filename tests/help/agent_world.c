/* A board with a fake hub. */
#include "agent_world.h"

#include "agent.h"
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

void agent_world_arrivals(struct agent_world *b, size_t n)
{
	struct journal *j;

	need(journal_open(&j,
		     &(struct journal_options){.path = agent_world_name(b, "journal.db")}) == OK);
	for (size_t i = 0; i < n; i++) {
		struct event e = wire_event(EVENT_ARRIVED, (uint8_t)(i + 1), (unsigned)i);
		need(journal_append(j, &e, 1) == OK);
	}
	journal_close(j);
}
