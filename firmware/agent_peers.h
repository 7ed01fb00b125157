/* Peers: the boards on one LAN tell each other what happened, with no hub between them.
 *
 * Small fresh runs are multicast at once (news); every half second or so a board says how far it
 * has come with each board (a beacon); who hears that another is ahead pulls the rest over TCP. All
 * of it is sealed with the event's peer key (peer.h): without the key nothing can be read, and
 * nothing is taken. What events are worth is said by their signatures alone: everything that comes
 * in goes through the judge.
 *
 * One thread: open, then in turns poll the descriptors and step. No call waits for the network. */
#ifndef FIRMWARE_AGENT_PEERS_H
#define FIRMWARE_AGENT_PEERS_H

#include "paper.h"
#include "store.h"

#include <poll.h>

struct peers;
struct peers_net;

/* Where boards meet if nobody says otherwise: a group of the site's own (RFC 2365). */
#define PEERS_GROUP "239.255.70.89"
enum { PEERS_PORT = 7089, PEERS_FDS = 16 };

/* What the owner does for peers; arg is its own. No call may come back into peers. */
struct peers_owner {
	void *arg;
	/* Believe and merge a bundle. What is not believed is kept in quarantine, and the alarm is
	 * raised, by the judge. *added: events that are new in the store, *missing: a run began
	 * after the head that the store has.
	 * returns: OK, also where some or all of it was refused
	 *          ERR_FORMAT, if it is no bundle, or a run in it is not well-formed
	 *          ERR_IO, ERR_FULL, ERR_BUSY as the store */
	enum err (*judge)(void *arg, struct span bundle, size_t *added, bool *missing);
	/* The certificate of another device whose runs are in the store. returns: OK, ERR_ABSENT */
	enum err (*certificate)(void *arg, const uint8_t device[static PAPER_DEVICE],
		uint8_t out[PAPER_CERTIFICATE]);
	/* The device was revoked: nothing is taken from it, nothing given to it. */
	bool (*refuses)(void *arg, const uint8_t device[static PAPER_DEVICE]);
};

struct peers_options {
	const struct credential *credential; /* copied; with the peer key */
	struct store *store;                 /* borrowed: peers.db */
	struct peers_owner owner;
	const char *group;     /* IPv4 multicast; NULL: PEERS_GROUP */
	uint16_t port;         /* 0: PEERS_PORT */
	uint64_t seed;         /* of the jitter; 0: by chance */
	struct peers_net *net; /* NULL: the machine's own network; else borrowed, for tests */
};

/* Begin to listen. Interfaces that come and go later are followed.
 * returns: OK
 *          ERR_DENIED, if the group is no IPv4 multicast address, or the credential has no peer key
 *          ERR_IO, if the sockets cannot be had, the store failed, or memory is out */
MUST_CHECK enum err peers_open(struct peers **out, const struct peers_options *o);
/* NULL is fine. */
void peers_close(struct peers *p);

/* What to poll for until the next step; at most PEERS_FDS. returns: how many were written. */
size_t peers_fds(const struct peers *p, struct pollfd *out, size_t cap);

/* Do what can be done at once: hear, answer, send. now_ms: a clock that never goes back.
 * returns: when to call again at the latest, on that clock */
int64_t peers_step(struct peers *p, int64_t now_ms);

/* The store has new runs that did not come through peers. own: those of this device, whole and one
 * after the other (run.h), told to all at once; empty where they are others' (from the hub, a
 * stick). */
void peers_news(struct peers *p, struct span own, int64_t now_ms);

struct peers_stats {
	size_t near;          /* peers heard within the last ten seconds */
	size_t ahead;         /* of these, how many know more than this board */
	uint64_t heard, sent; /* datagrams */
	uint64_t refused;     /* datagrams and frames without the key, torn or played again */
	uint64_t pulls, pulls_failed; /* asked by this board, ended; ended badly */
	uint64_t answered;            /* asked by others */
	uint64_t bytes_in, bytes_out; /* of pulls */
	uint64_t forks;               /* boards found to have two histories: an alarm */
	uint64_t added;               /* events that came in through peers */
	int64_t heard_ms;             /* when one was heard last, on peers_step's clock; 0 never */
};
void peers_stats(const struct peers *p, int64_t now_ms, struct peers_stats *out);

#endif
