/* How peers reach the network: datagrams to all, and streams to one. The machine's own is UDP
 * multicast and TCP; tests put a lossy one in memory in its place.
 *
 * No call waits. Streams are small numbers (descriptors on the machine's own). */
#ifndef FIRMWARE_AGENT_PEERS_NET_H
#define FIRMWARE_AGENT_PEERS_NET_H

#include "base.h"

struct peers_net;

/* Where a datagram came from: an IPv4 address in network order. */
struct peers_address {
	uint32_t ip;
};

struct peers_net_kind {
	void (*close)(struct peers_net *net);
	/* Follow interfaces that come and go; called at every step. */
	void (*tick)(struct peers_net *net, int64_t now_ms);

	/* To all, on every interface; what cannot be sent is lost, as datagrams are. */
	void (*send)(struct peers_net *net, struct span datagram);
	/* The next that came in, whole or cut at cap. returns: its length, 0 if there is none */
	size_t (*receive)(
		struct peers_net *net, uint8_t *out, size_t cap, struct peers_address *from);

	/* Begin to connect. returns: a stream, below 0 if it cannot be had */
	int (*connect)(struct peers_net *net, const struct peers_address *to, uint16_t port);
	/* returns: a stream that somebody opened, below 0 if there is none */
	int (*accept)(struct peers_net *net);
	/* returns: OK, *n at least 1
	 *          ERR_BUSY, nothing now
	 *          ERR_ABSENT, the other end has closed
	 *          ERR_IO */
	enum err (*read)(struct peers_net *net, int stream, uint8_t *out, size_t cap, size_t *n);
	/* returns: OK, *n at least 1
	 *          ERR_BUSY, nothing now (also while connecting)
	 *          ERR_IO */
	enum err (*write)(struct peers_net *net, int stream, struct span bytes, size_t *n);
	void (*hang_up)(struct peers_net *net, int stream);
};

struct peers_net {
	const struct peers_net_kind *kind;
	uint16_t port; /* of the pull service */
	int datagrams,
		door; /* descriptors to poll, -1 if there are none; then streams are none too */
};

/* The machine's own: group (IPv4 multicast, as text), port for datagrams, the same for pulls or,
 * where that is taken, any.
 * returns: OK
 *          ERR_DENIED, if group is no IPv4 multicast address
 *          ERR_IO */
MUST_CHECK enum err peers_net_open(struct peers_net **out, const char *group, uint16_t port);

#endif
