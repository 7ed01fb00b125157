/* An agent without its loop and network: the parts of one enrolled board, in a folder of the test's own.
 * The board's clock is the test's. A failure ends the program. */
#ifndef TESTS_HELP_AGENT_PARTS_H
#define TESTS_HELP_AGENT_PARTS_H

#include "agent_inside.h"
#include "help/scratch.h"
#include "help/wire.h"

struct agent_parts {
	struct scratch folder;
	struct wire_hub hub;
	struct wire_device device;
	struct agent_options options;
	struct instant now;
	struct agent agent;
};

/* It is large: make it static. */
void agent_parts_open(struct agent_parts *b);
void agent_parts_close(struct agent_parts *b);
/* The kiosk writes n arrivals into journal.db, and the agent takes them over. */
void agent_parts_arrivals(struct agent_parts *b, size_t n);
/* What the board's only journal ends with, in the agent's store. */
struct store_head agent_parts_head(struct agent_parts *b);
/* How many of its own events the agent thinks the hub lacks. */
uint64_t agent_parts_undelivered(const struct agent_parts *b);

/* A request is under way: task, its MAC by the pair's key. */
void agent_parts_ask(struct agent_parts *b, enum sync_task task);
/* The hub's answer to it; vouched: with its MAC. What sync is told comes back. */
struct sync_event agent_parts_answer(
	struct agent_parts *b, const struct protocol_answer *said, bool vouched);
/* A manifest of the hub, or of another with the same root. */
void agent_parts_manifest(const struct wire_hub *hub, int64_t signed_at,
	const struct wire_device *revoked, struct grow *out);

#endif
