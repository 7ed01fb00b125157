/* A LAN in memory for peers: datagrams that are lost, doubled and come in another order, streams
 * that take a few bytes at a time, parts that do not hear each other. All by a seed, nothing by a
 * clock. */
#ifndef TESTS_HELP_MEMORY_LAN_H
#define TESTS_HELP_MEMORY_LAN_H

#include "agent_peers_net.h"
#include "grow.h"

enum { LAN_HOSTS = 9, LAN_QUEUE = 512, LAN_ENDS = 128, LAN_IN_FLIGHT = 16 << 10, LAN_PORT = 1000 };

struct memory_lan;

struct lan_datagram {
	size_t from, n;
	uint8_t bytes[1280];
};

struct lan_host {
	struct peers_net net;
	struct memory_lan *lan;
	size_t index;
	unsigned part; /* hosts of different parts do not hear each other */
	struct lan_datagram queue[LAN_QUEUE];
	size_t queued;
	int callers[16];
	size_t caller_n;
};

struct lan_end {
	bool used, stuck;
	size_t host;
	int other; /* below 0: closed over there */
	struct grow in;
	size_t at;
};

struct memory_lan {
	unsigned seed, lost, doubled, mixed; /* of 1000 datagrams */
	unsigned stuck;                      /* of 1000 streams: nothing ever comes through */
	struct lan_host hosts[LAN_HOSTS];
	struct lan_end ends[LAN_ENDS];
	struct lan_datagram last; /* that anybody said */
	size_t said, calls;
};

/* memory is the caller's, and large: make it static. */
void memory_lan_init(struct memory_lan *lan, unsigned seed);
void memory_lan_done(struct memory_lan *lan);
/* Say something to all, as if host from did. */
void memory_lan_say(struct memory_lan *lan, size_t from, struct span datagram);
/* Calls of a test's own, as if it were host from. returns: a stream */
int memory_lan_call(struct memory_lan *lan, size_t from, size_t to);
/* Read what is there, write what goes; returns: how many bytes. */
size_t memory_lan_read(struct memory_lan *lan, int stream, uint8_t *out, size_t cap);
size_t memory_lan_write(struct memory_lan *lan, int stream, struct span bytes);
void memory_lan_hang_up(struct memory_lan *lan, int stream);
/* The other end has hung up. */
bool memory_lan_over(const struct memory_lan *lan, int stream);

#endif
