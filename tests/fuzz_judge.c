/* A bundle of any bytes, judged: nothing of it comes into the store but what the devices of the sound one
 * beside it have signed, and a sound one still comes in afterwards. */
#include "agent_judge.h"
#include "help/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { EVENTS = 8 };

static struct judge judge;
static struct grow sound;

static void need(bool holds)
{
	if (!holds)
		abort();
}

static uint64_t events(void)
{
	struct store_stats s;

	need(judge.store->kind->stats(judge.store, &s) == OK);
	return s.events;
}

/* The board's one history, in runs of two; a sound bundle of all of it. */
static void set_up(void)
{
	static struct wire_device device;
	const struct wire_device *only = &device;
	struct wire_hub hub;
	struct wire_board board;
	struct trust trust = {.known = true, .epoch = 1};
	char folder[] = "/tmp/foyer-fuzz-XXXXXX", path[64];
	struct store *store;

	log_level_set(LOG_FAULT);
	wire_hub(&hub, 9, 1);
	wire_device(&device, &hub, 1);
	wire_board(&board, &device, 1);
	memcpy(trust.root, hub.root, SEAL_PUBLIC);
	wire_bundle(&sound, &only, 1);
	for (size_t i = 0; i < EVENTS; i += 2)
		wire_run(&board, 1, 2, &sound);
	need(mkdtemp(folder) != NULL);
	snprintf(path, sizeof(path), "%s/peers.db", folder);
	need(store_sqlite.open(&store, &(struct store_options){.where = path, .relaxed = true}) ==
		OK);
	need(judge_init(&judge, store, &trust) == OK);
	/* Open files live on without a name. */
	const char *const names[] = {"", "-wal", "-shm", ".lock"};
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/peers.db%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct judgement j;

	if (sound.n == 0)
		set_up();
	uint64_t before = events();
	enum err e = judge_bundle(&judge, (struct span){p, n}, &j);
	need(e == OK || e == ERR_FORMAT);
	need(events() == before + j.added && events() <= EVENTS);
	need(e == OK || j.added == 0);
	if (n % 64 == 0) {
		need(judge_bundle(&judge, (struct span){sound.p, sound.n}, &j) == OK);
		need(j.refused == 0 && j.forks == 0 && events() == EVENTS);
	}
	return 0;
}
