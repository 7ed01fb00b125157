/* A board with a fake hub, for tests of the whole agent: it runs in this process, one round at a time.
 * The clock is the test's. A failure ends the program. */
#ifndef TESTS_HELP_AGENT_WORLD_H
#define TESTS_HELP_AGENT_WORLD_H

#include "agent_options.h"
#include "fake_hub.h"
#include "manifest.h"
#include "scratch.h"
#include "status.h"

struct agent_world {
	struct scratch dir;
	char board[80]; /* the board's folder */
	struct wire_hub hub;
	struct wire_device device;
	struct fake_hub *server;
	struct agent_options options; /* of the next round: --once, no peers */
	struct instant now;           /* what clock_now says */
};

/* An event of that number; the board is enrolled at the hub, which offers nothing yet. */
void agent_world_open(struct agent_world *b, uint8_t number);
/* The same, the board's folder empty. */
void agent_world_open_new(struct agent_world *b, uint8_t number);
void agent_world_close(struct agent_world *b);

/* One round. returns: the exit status */
int agent_world_round(struct agent_world *b);

/* A small roster of that version, signed by the hub; the bytes are the caller's to free. */
struct span agent_world_roster(const struct wire_hub *w, uint64_t sequence);
/* What a manifest for it says; to be changed, then written by agent_world_say. */
struct manifest_source agent_world_manifest(
	const struct wire_hub *w, uint64_t sequence, struct span roster);
/* Sign it, and let the hub serve it. */
void agent_world_say(struct agent_world *b, const struct manifest_source *m);
void agent_world_serve(struct agent_world *b, struct span roster);
/* All of it: the hub has this version, and says so. The roster's bytes are freed. */
void agent_world_offer(struct agent_world *b, uint64_t sequence);

/* The version of the roster in the board's folder, 0 if there is none that opens under its trust. */
uint64_t agent_world_version(struct agent_world *b);
struct board_status agent_world_status(struct agent_world *b);
/* Path of a file in the board's folder. Static memory. */
const char *agent_world_name(struct agent_world *b, const char *name);
void agent_world_put(struct agent_world *b, const char *name, struct span bytes);
/* The kiosk's journal gets n arrivals more. board: its id, may be NULL. */
void agent_world_arrivals(struct agent_world *b, size_t n, uint8_t *board);
/* How many events of that kind the agent's own journal holds; 0 if there is none. */
size_t agent_world_own_events(struct agent_world *b, unsigned kind);
/* A note of the board's store. returns: its length, 0 if there is none */
size_t agent_world_note(struct agent_world *b, const char *key, uint8_t *out, size_t max);
uint64_t agent_world_undelivered(struct agent_world *b);
/* How many events are in the board's store, and how often something was put in quarantine. */
struct store_stats agent_world_stats(struct agent_world *b);

#endif
