/* Boards in one room, each with a store and peers, on a LAN in memory and a clock that is turned: a
 * minute takes as long as the computing in it. */
#ifndef TESTS_HELP_PEER_ROOM_H
#define TESTS_HELP_PEER_ROOM_H

#include "agent_peers.h"
#include "help/memory_lan.h"
#include "help/scratch.h"
#include "help/wire.h"
#include "peer.h"

enum { ROOM_BOARDS = 8, ROOM_STEP_MS = 5 };

struct room;

struct room_board {
	struct room *room;
	struct wire_device device;
	struct wire_board journal;
	struct store *store;
	struct peers *peers;
	const struct wire_device *refused; /* its datagrams and asks; NULL: nobody */
	size_t judged, put_aside;          /* runs */
};

struct room {
	struct memory_lan lan;
	struct scratch folder;
	struct wire_hub hub;
	struct room_board boards[ROOM_BOARDS];
	size_t n;
	int64_t now_ms;
	const char *group; /* NULL: the LAN in memory, else this machine's own network */
	uint16_t port;
};

/* n boards whose stores are empty. room is large: make it static. */
void room_open(struct room *r, size_t n, unsigned seed);
/* The same on this machine's own network and clock: time goes by in room_pass_real only. */
void room_open_real(struct room *r, size_t n, const char *group, uint16_t port);
void room_close(struct room *r);
/* The peers of one board end, as by a cut of power, and begin again. */
void room_restart(struct room *r, size_t board);
/* A board writes n arrivals into its journal and its store, and tells (or says nothing). */
void room_write(struct room *r, size_t board, size_t n, bool tell);
/* Merge runs into a board's store as if a hub had sent them. */
void room_give(struct room *r, size_t board, struct span runs);
/* So much time goes by. */
void room_pass(struct room *r, int64_t ms);
/* Wait for the network and the clock, once. */
void room_pass_real(struct room *r);
/* Do all stores hold the same? */
bool room_agrees(const struct room *r);
/* Until they do, at most so long. returns: how long it took; max_ms + 1 if they never did */
int64_t room_until_agreed(struct room *r, int64_t max_ms);
/* Events in a board's store. */
uint64_t room_events(const struct room *r, size_t board);
void room_stats(const struct room *r, size_t board, struct peers_stats *out);

#endif
