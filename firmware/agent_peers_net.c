/* The machine's own network for peers: UDP multicast on every interface, and TCP. */
#include "agent_peers_net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INTERFACES = 16, LOOK_MS = 1000, WAITING = 16, DATAGRAM_BUFFER = 1 << 18 };

struct own_net {
	struct peers_net net;
	struct in_addr group;
	uint16_t port;
	int64_t look_ms;
	size_t n;
	unsigned interfaces[INTERFACES]; /* joined, by index */
};

static struct own_net *own(struct peers_net *net)
{
	return (struct own_net *)(void *)net;
}

static void net_close(struct peers_net *net)
{
	if (net->datagrams >= 0)
		close(net->datagrams);
	if (net->door >= 0)
		close(net->door);
	free(own(net));
}

static void group_change(const struct own_net *o, int how, unsigned interface)
{
	struct ip_mreqn r = {.imr_multiaddr = o->group, .imr_ifindex = (int)interface};

	(void)setsockopt(o->net.datagrams, IPPROTO_IP, how, &r, sizeof(r));
}

static bool joined(const struct own_net *o, unsigned interface)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->interfaces[i] == interface)
			return true;
	return false;
}

/* Loopback takes part, for boards on one machine; the kernel lets it without the multicast flag. */
static bool usable(const struct ifaddrs *a)
{
	return a->ifa_addr && a->ifa_addr->sa_family == AF_INET && (a->ifa_flags & IFF_UP) != 0 &&
	       (a->ifa_flags & (IFF_MULTICAST | IFF_LOOPBACK)) != 0;
}

/* An interface that went down and came back may have lost its membership, so all are joined anew:
 * a second membership of the same is refused by the kernel and changes nothing. */
static void net_tick(struct peers_net *net, int64_t now_ms)
{
	struct own_net *o = own(net);
	struct ifaddrs *all;
	unsigned found[INTERFACES];
	size_t n = 0;

	if (now_ms < o->look_ms || getifaddrs(&all) != 0)
		return;
	o->look_ms = now_ms + LOOK_MS;
	for (const struct ifaddrs *a = all; a && n < INTERFACES; a = a->ifa_next) {
		unsigned interface = usable(a) ? if_nametoindex(a->ifa_name) : 0;
		bool again = interface == 0;
		for (size_t i = 0; i < n; i++)
			again = again || found[i] == interface;
		if (!again)
			found[n++] = interface;
	}
	freeifaddrs(all);
	for (size_t i = 0; i < n; i++)
		group_change(o, IP_ADD_MEMBERSHIP, found[i]);
	struct own_net was = *o;
	memcpy(o->interfaces, found, sizeof(found[0]) * n);
	o->n = n;
	for (size_t i = 0; i < was.n; i++)
		if (!joined(o, was.interfaces[i]))
			group_change(o, IP_DROP_MEMBERSHIP, was.interfaces[i]);
}

static void net_send(struct peers_net *net, struct span datagram)
{
	struct own_net *o = own(net);
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_addr = o->group, .sin_port = htons(o->port)};

	for (size_t i = 0; i < o->n; i++) {
		struct ip_mreqn r = {.imr_ifindex = (int)o->interfaces[i]};
		if (setsockopt(net->datagrams, IPPROTO_IP, IP_MULTICAST_IF, &r, sizeof(r)) == 0)
			(void)sendto(net->datagrams, datagram.p, datagram.n, 0,
				(struct sockaddr *)(void *)&to, sizeof(to));
	}
}

static size_t net_receive(
	struct peers_net *net, uint8_t *out, size_t cap, struct peers_address *from)
{
	struct sockaddr_in sa = {0};
	socklen_t len = sizeof(sa);
	ssize_t n;

	/* An empty datagram, or an error that an earlier one left here, says nothing. */
	do
		n = recvfrom(net->datagrams, out, cap, 0, (struct sockaddr *)(void *)&sa, &len);
	while (n == 0 || (n < 0 && errno != EAGAIN && errno != EBADF && errno != ENOMEM));
	from->ip = sa.sin_addr.s_addr;
	return n > 0 ? (size_t)n : 0;
}

static int net_connect(struct peers_net *net, const struct peers_address *to, uint16_t port)
{
	struct sockaddr_in sa = {
		.sin_family = AF_INET, .sin_addr = {to->ip}, .sin_port = htons(port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	(void)net;
	if (fd >= 0 && connect(fd, (struct sockaddr *)(void *)&sa, sizeof(sa)) != 0 &&
		errno != EINPROGRESS) {
		close(fd);
		return -1;
	}
	return fd;
}

static int net_accept(struct peers_net *net)
{
	return accept4(net->door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static bool nothing_now(void)
{
	return errno == EAGAIN || errno == EINTR || errno == ENOTCONN;
}

static enum err net_read(struct peers_net *net, int stream, uint8_t *out, size_t cap, size_t *n)
{
	ssize_t got = recv(stream, out, cap, 0);

	(void)net;
	*n = got > 0 ? (size_t)got : 0;
	if (got > 0)
		return OK;
	if (got == 0)
		return ERR_ABSENT;
	return nothing_now() ? ERR_BUSY : ERR_IO;
}

static enum err net_write(struct peers_net *net, int stream, struct span bytes, size_t *n)
{
	ssize_t put = send(stream, bytes.p, bytes.n, MSG_NOSIGNAL);

	(void)net;
	*n = put > 0 ? (size_t)put : 0;
	if (put > 0)
		return OK;
	return put == 0 || nothing_now() ? ERR_BUSY : ERR_IO;
}

static void net_hang_up(struct peers_net *net, int stream)
{
	(void)net;
	close(stream);
}

static const struct peers_net_kind own_kind = {net_close, net_tick, net_send, net_receive,
	net_connect, net_accept, net_read, net_write, net_hang_up};

/* Bound to the group, so that only what was said to it comes in; several boards on one machine may
 * listen. */
static int open_datagrams(const struct own_net *o)
{
	struct sockaddr_in sa = {
		.sin_family = AF_INET, .sin_addr = o->group, .sin_port = htons(o->port)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int yes = 1, no = 0, room = DATAGRAM_BUFFER;

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	(void)setsockopt(fd, IPPROTO_IP, IP_MULTICAST_ALL, &no, sizeof(no));
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) != 0 ||
		bind(fd, (struct sockaddr *)(void *)&sa, sizeof(sa)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int listen_at(uint16_t port)
{
	struct sockaddr_in sa = {.sin_family = AF_INET, .sin_port = htons(port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int yes = 1;

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, (struct sockaddr *)(void *)&sa, sizeof(sa)) != 0 || listen(fd, WAITING) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* The number of the datagrams' port, so that a firewall needs one rule; another board on this
 * machine takes any that is free. */
static int open_door(uint16_t wanted, uint16_t *port)
{
	struct sockaddr_in sa = {0};
	socklen_t len = sizeof(sa);
	int fd = listen_at(wanted);

	if (fd < 0)
		fd = listen_at(0);
	if (fd >= 0 && getsockname(fd, (struct sockaddr *)(void *)&sa, &len) != 0) {
		close(fd);
		fd = -1;
	}
	*port = ntohs(sa.sin_port);
	return fd;
}

enum err peers_net_open(struct peers_net **out, const char *group, uint16_t port)
{
	struct own_net o = {.net = {&own_kind, 0, -1, -1}, .port = port};

	*out = NULL;
	if (inet_pton(AF_INET, group, &o.group) != 1 || !IN_MULTICAST(ntohl(o.group.s_addr)))
		return ERR_DENIED;
	struct own_net *made = malloc(sizeof(*made));
	if (!made)
		return ERR_IO;
	o.net.datagrams = open_datagrams(&o);
	o.net.door = open_door(port, &o.net.port);
	*made = o;
	if (o.net.datagrams < 0 || o.net.door < 0) {
		net_close(&made->net);
		return ERR_IO;
	}
	*out = &made->net;
	return OK;
}
