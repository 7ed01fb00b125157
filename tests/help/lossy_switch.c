/* An Ethernet switch that loses, doubles, delays and parts. */
#include "lossy_switch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Frames carry the kernel's note on checksums and segments before them, so that large ones and those
 * whose checksum is still to be made pass as they are. */
enum { FRAME = sizeof(struct virtio_net_hdr) + (68 << 10), LATE = 512, MACS = 64 };

struct late {
	int64_t at_ms;
	size_t port, n;
	uint8_t *frame;
};

struct lossy_switch {
	size_t n;
	int fds[SWITCH_PORTS], stop;
	struct switch_weather *weather;
	unsigned seed;
	pthread_t thread;
	struct {
		uint8_t mac[ETH_ALEN];
		size_t port;
	} known[MACS];
	size_t known_n;
	struct late late[LATE];
	size_t late_n;
	uint8_t frame[FRAME];
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool chance(struct lossy_switch *s, unsigned of_1000)
{
	return (unsigned)rand_r(&s->seed) % 1000 < of_1000;
}

static void send_now(struct lossy_switch *s, size_t port, const uint8_t *frame, size_t n)
{
	if (send(s->fds[port], frame, n, MSG_DONTWAIT) == (ssize_t)n)
		s->weather->passed++;
	else
		s->weather->dropped++;
}

static void send_later(struct lossy_switch *s, size_t port, size_t n)
{
	uint8_t *copy = s->late_n < LATE ? malloc(n) : NULL;

	if (!copy) {
		s->weather->dropped++;
		return;
	}
	memcpy(copy, s->frame, n);
	s->late[s->late_n++] = (struct late){now_ms() + 1 + rand_r(&s->seed) % 50, port, n, copy};
	s->weather->delayed++;
}

static void pass(struct lossy_switch *s, size_t from, size_t to, size_t n)
{
	struct switch_weather *w = s->weather;

	if (w->group[from] != w->group[to] || chance(s, w->lost)) {
		w->dropped++;
		return;
	}
	if (chance(s, w->doubled)) {
		w->twice++;
		send_now(s, to, s->frame, n);
	}
	if (chance(s, w->late))
		send_later(s, to, n);
	else
		send_now(s, to, s->frame, n);
}

static size_t port_of(const struct lossy_switch *s, const uint8_t *mac)
{
	for (size_t i = 0; i < s->known_n; i++)
		if (memcmp(s->known[i].mac, mac, ETH_ALEN) == 0)
			return s->known[i].port;
	return SWITCH_PORTS;
}

static void learn(struct lossy_switch *s, const uint8_t *mac, size_t port)
{
	if (port_of(s, mac) != SWITCH_PORTS || s->known_n == MACS)
		return;
	memcpy(s->known[s->known_n].mac, mac, ETH_ALEN);
	s->known[s->known_n++].port = port;
}

static void take_frames(struct lossy_switch *s, size_t from)
{
	struct sockaddr_ll at;
	socklen_t size = sizeof(at);
	ssize_t n;

	while ((n = recvfrom(s->fds[from], s->frame, sizeof(s->frame), MSG_DONTWAIT,
			(struct sockaddr *)&at, &size)) > 0) {
		const struct ether_header *e =
			(const void *)(s->frame + sizeof(struct virtio_net_hdr));
		size = sizeof(at);
		if (at.sll_pkttype == PACKET_OUTGOING ||
			(size_t)n < sizeof(struct virtio_net_hdr) + sizeof(*e))
			continue;
		learn(s, e->ether_shost, from);
		size_t to = port_of(s, e->ether_dhost);
		for (size_t i = 0; i < s->n; i++)
			if (i != from && (to == SWITCH_PORTS || to == i))
				pass(s, from, i, (size_t)n);
	}
}

static int send_due(struct lossy_switch *s)
{
	int64_t now = now_ms(), next = now + 1000;

	for (size_t i = 0; i < s->late_n;) {
		struct late *l = &s->late[i];
		if (l->at_ms > now) {
			next = l->at_ms < next ? l->at_ms : next;
			i++;
			continue;
		}
		send_now(s, l->port, l->frame, l->n);
		free(l->frame);
		*l = s->late[--s->late_n];
	}
	return (int)(next - now);
}

static void *run(void *arg)
{
	struct lossy_switch *s = arg;
	struct pollfd p[SWITCH_PORTS + 1];

	for (size_t i = 0; i < s->n; i++)
		p[i] = (struct pollfd){s->fds[i], POLLIN, 0};
	p[s->n] = (struct pollfd){s->stop, POLLIN, 0};
	while (!p[s->n].revents) {
		if (poll(p, s->n + 1, send_due(s)) < 0)
			continue;
		for (size_t i = 0; i < s->n; i++)
			if (p[i].revents)
				take_frames(s, i);
	}
	return NULL;
}

static enum err plug_in(int *out, const char *name)
{
	struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	struct packet_mreq all = {.mr_type = PACKET_MR_PROMISC};
	int yes = 1;

	at.sll_ifindex = (int)if_nametoindex(name);
	all.mr_ifindex = at.sll_ifindex;
	if (at.sll_ifindex == 0)
		return ERR_ABSENT;
	*out = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
	if (*out < 0)
		return errno == EPERM || errno == EACCES ? ERR_DENIED : ERR_IO;
	if (setsockopt(*out, SOL_PACKET, PACKET_VNET_HDR, &yes, sizeof(yes)) ||
		setsockopt(*out, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof(all)) ||
		bind(*out, (struct sockaddr *)&at, sizeof(at)))
		return ERR_IO;
	return OK;
}

static void give_back(struct lossy_switch *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->fds[i] >= 0)
			close(s->fds[i]);
	for (size_t i = 0; i < s->late_n; i++)
		free(s->late[i].frame);
	if (s->stop >= 0)
		close(s->stop);
	free(s);
}

enum err lossy_switch_open(struct lossy_switch **out, const char *const *names, size_t n,
	struct switch_weather *weather, unsigned seed)
{
	struct lossy_switch *s = calloc(1, sizeof(*s));
	enum err e = s && n <= SWITCH_PORTS ? OK : ERR_IO;

	*out = NULL;
	if (!s)
		return e;
	s->weather = weather;
	s->seed = seed;
	s->n = n <= SWITCH_PORTS ? n : 0;
	for (size_t i = 0; i < s->n; i++)
		s->fds[i] = -1;
	s->stop = eventfd(0, EFD_CLOEXEC);
	for (size_t i = 0; i < s->n && e == OK; i++)
		e = plug_in(&s->fds[i], names[i]);
	if (e == OK && (s->stop < 0 || pthread_create(&s->thread, NULL, run, s) != 0))
		e = ERR_IO;
	if (e != OK) {
		give_back(s);
		return e;
	}
	*out = s;
	return OK;
}

void lossy_switch_close(struct lossy_switch *s)
{
	if (!s)
		return;
	(void)!eventfd_write(s->stop, 1);
	pthread_join(s->thread, NULL);
	give_back(s);
}
