/* A fleet: real agents with a writer each in place of the kiosk, and real hubs on one store, each
 * board and each hub in a network namespace of its own. Whatever is killed comes back after a
 * while. */
#ifndef TESTS_HELP_FLEET_H
#define TESTS_HELP_FLEET_H

#include "arrivals.h"
#include "spaces.h"
#include "store.h"

enum { FLEET_BOARDS = 8, FLEET_HUBS = 2, FLEET_PATH = 256 };

enum player_kind { PLAYER_AGENT, PLAYER_WRITER, PLAYER_HUB };

struct player {
	enum player_kind kind;
	size_t index;
	pid_t pid;        /* 0: not running */
	int64_t again_ms; /* when it is started again; 0: not by itself */
	bool killed;      /* by us */
	size_t kills;
};

struct fleet {
	char folder[FLEET_PATH / 4], event[FLEET_PATH / 2];
	const char *store;    /* the hubs' address of it */
	const char *bin;      /* where the programs are */
	struct spaces spaces; /* boards, then hubs */
	struct player agents[FLEET_BOARDS], writers[FLEET_BOARDS], hubs[FLEET_HUBS];
	size_t hub_n; /* one on an SQLite store, which is no place for two */
	int pace_ms;  /* of writers; 0: one event when asked */
	int ask[FLEET_BOARDS], answer[FLEET_BOARDS]; /* to writers who are asked */
	int64_t world_failed_ms; /* the caller crashed the database, which a hub may leave over */
	size_t fell;             /* players that ended by themselves */
};

/* Make a demo event in folder (which is there, and whose files are the caller's), a copy of it for
 * each hub, start the hubs and enrol the boards. spaces_enter was called. A failure ends the
 * program. fleet is large: static. */
void fleet_open(struct fleet *f, const char *folder, const char *store, unsigned seed);
void fleet_close(struct fleet *f);

void fleet_start(struct fleet *f, struct player *p);
/* kill -9; again after so many milliseconds, below 0: not by itself. */
void fleet_kill(struct fleet *f, struct player *p, int64_t again_after_ms);
/* See who ended, start who is due. */
void fleet_tick(struct fleet *f);
/* Everybody runs, and cables are in. */
void fleet_all_up(struct fleet *f);

/* FOLDER/boardN/NAME. Static memory, good until the next call. */
const char *fleet_path(const struct fleet *f, size_t board, const char *name);
/* The board's peers.db, read only; NULL while there is none. */
struct store *fleet_peers(const struct fleet *f, size_t board);
int64_t fleet_now_ms(void);
/* Lines with this word in all logs; the first of them go to standard error. */
size_t fleet_logged(const struct fleet *f, const char *word);

#endif
