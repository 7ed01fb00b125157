/* What the files of agent_peers share; nobody else includes this.
 *
 * agent_peers.c        open, the turn of the loop, beacons and news out
 * agent_peers_hear.c   beacons and news in, who is near
 * agent_peers_pull.c   both ends of a pull: streams, frames, time-outs
 * agent_peers_ask.c    whom to ask, what comes back
 * agent_peers_answer.c what is given to an asker
 * agent_peers_net.c    the machine's own network */
#ifndef FIRMWARE_AGENT_PEERS_INSIDE_H
#define FIRMWARE_AGENT_PEERS_INSIDE_H

#include "agent_peers.h"
#include "agent_peers_net.h"
#include "peer.h"

enum {
	NEIGHBOURS = 1024,
	ASKS = 2,
	ANSWERS = 8,
	PULLS = ASKS + ANSWERS, /* asks first */
	CHANGED = 32,
	NEWS = 8,
	DEAF = 64,
	NEAR_MS = 10000,
};

/* Somebody who was heard: one session of one device. */
struct neighbour {
	uint8_t device[PAPER_DEVICE];
	uint64_t session;
	struct peer_window window;
	struct peers_address address;
	uint16_t port;
	uint8_t digest[PEER_DIGEST];
	int64_t heard_ms;
	bool ahead; /* knows something that this board does not */
	int64_t retry_ms, patience_ms;
};

/* What this board has told lately. */
struct news {
	uint8_t body[PEER_BODY];
	size_t n;
	struct event_id last;
	unsigned left; /* so often it may be said again; 0: nothing is here */
	int64_t at_ms; /* when it is; 0: not now */
};

enum pull_state {
	PULL_FREE,
	PULL_CHALLENGE, /* asker: the answerer's challenge comes */
	PULL_LENGTH,    /* either: four bytes of a frame come */
	PULL_FRAME,     /* either: the rest of it comes */
	PULL_GIVING,    /* answerer: frames go out */
	PULL_LAST,      /* answerer: the last one goes out */
};

struct pull {
	enum pull_state state;
	int stream;
	int64_t began_ms, idle_ms; /* idle: when something last moved */
	uint8_t challenge[PEER_CHALLENGE], key[SEAL_KEY];
	struct peer_place place; /* of the next frame */
	struct grow in, out;     /* what comes until want, what goes from out_at */
	size_t want, out_at;
	/* asker */
	uint64_t session; /* of the neighbour */
	uint8_t device[PAPER_DEVICE];
	size_t added;
	bool more;
	/* answerer */
	struct grow asked; /* its ask, plain */
	struct peer_ask ask;
	struct event_id after; /* the board being given, and how far; epoch 0: at its begin */
	bool within;           /* there is such a board, and more of it */
	size_t given;
};

struct peers {
	struct peers_net *net;
	bool net_is_ours;
	struct store *store;
	struct peers_owner owner;
	uint8_t device[PAPER_DEVICE], certificate[PAPER_CERTIFICATE];
	uint8_t peer_key[SEAL_KEY], datagram_key[SEAL_KEY];
	uint64_t session, counter, chance;

	struct grow heads; /* struct store_head, by board */
	bool heads_stale;  /* the store could not be read */
	uint8_t digest[PEER_DIGEST];
	struct {
		uint8_t board[EVENT_BOARD];
		int64_t until_ms;
	} changed[CHANGED]; /* told first */
	size_t changed_at, rotate_at;

	int64_t beacon_ms, beaconed_ms; /* next, last */
	unsigned agreeing;              /* said the same as this board, since it last changed */
	bool urgent;                    /* what changed is this board's own */
	struct news news[NEWS];
	size_t news_at;

	struct neighbour near[NEIGHBOURS];
	size_t near_n, live; /* live: heard lately, as of the last beacon */
	struct {
		uint8_t device[PAPER_DEVICE], board[EVENT_BOARD];
		int64_t until_ms;
	} deaf[DEAF]; /* what a neighbour gives of a board was not believed */
	size_t deaf_at;
	struct pull pulls[PULLS];
	struct peers_stats stats;
};

/* agent_peers.c */
/* Below `below`, from the seeded chance; below is not 0. */
int64_t peers_chance(struct peers *p, int64_t below);
/* Read the heads again; what changed will be told in beacons. */
void peers_reload(struct peers *p, int64_t now_ms);
/* NULL if the board is not in the store. */
const struct store_head *peers_head(const struct peers *p, const uint8_t board[static EVENT_BOARD]);

/* Somebody has come no further than this with a board: tell it again what was news of it. */
void peers_news_again(struct peers *p, const struct event_id *behind, int64_t now_ms);

/* agent_peers_hear.c */
void peers_hear(struct peers *p, int64_t now_ms);
/* NULL if it is not known any more. */
struct neighbour *peers_neighbour(
	struct peers *p, const uint8_t device[static PAPER_DEVICE], uint64_t session);
/* Judge a bundle that device gave. returns: how many events were new */
size_t peers_take(struct peers *p, const uint8_t device[static PAPER_DEVICE], struct span bundle,
	bool *missing, int64_t now_ms);
/* Nothing of this board is wanted from that device for a while. */
bool peers_deaf(const struct peers *p, const uint8_t device[static PAPER_DEVICE],
	const uint8_t board[static EVENT_BOARD], int64_t now_ms);

/* agent_peers_pull.c */
void pulls_accept(struct peers *p, int64_t now_ms);
void pulls_advance(struct peers *p, int64_t now_ms);
void pull_begin(struct pull *l, enum pull_state state, int stream, int64_t now_ms);
void pull_end(struct peers *p, struct pull *l);
/* When the pull is given up, if nothing moves. */
int64_t pull_deadline(const struct pull *l);

/* agent_peers_ask.c */
void asks_begin(struct peers *p, int64_t now_ms);
/* The challenge is in: write the ask. */
void ask_write(struct peers *p, struct pull *l, int64_t now_ms);
/* A frame is in. returns: OK, go on
 *                         ERR_ABSENT, it was the last
 *                         ERR_FORMAT, ERR_FORGED, ERR_IO, end the pull */
MUST_CHECK enum err ask_take(struct peers *p, struct pull *l, int64_t now_ms);
/* A pull of this board's is over. */
void ask_over(struct peers *p, const struct pull *l, enum err why, int64_t now_ms);

/* agent_peers_answer.c */
/* The ask is in. returns: OK, ERR_FORMAT, ERR_FORGED, ERR_DENIED, ERR_IO */
MUST_CHECK enum err answer_begin(struct peers *p, struct pull *l);
/* Put the next frame into l->out, which is empty; state becomes PULL_LAST with the last one.
 * returns: OK, ERR_IO */
MUST_CHECK enum err answer_next(struct peers *p, struct pull *l);

#endif
