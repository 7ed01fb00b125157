/* A LAN in memory. */
#include "memory_lan.h"

#include <stdlib.h>
#include <string.h>

static bool chance(struct memory_lan *lan, unsigned of_1000)
{
	return (unsigned)rand_r(&lan->seed) % 1000 < of_1000;
}

static struct lan_host *host_of(struct peers_net *net)
{
	return (struct lan_host *)(void *)net;
}

static void queue_one(struct memory_lan *lan, struct lan_host *to, const struct lan_datagram *d)
{
	if (to->queued == LAN_QUEUE)
		return;
	size_t at = to->queued++;
	if (at > 0 && chance(lan, lan->mixed)) {
		size_t earlier = (size_t)rand_r(&lan->seed) % at;
		to->queue[at] = to->queue[earlier];
		at = earlier;
	}
	to->queue[at] = *d;
}

void memory_lan_say(struct memory_lan *lan, size_t from, struct span datagram)
{
	struct lan_datagram *d = &lan->last;

	d->from = from;
	d->n = datagram.n < sizeof(d->bytes) ? datagram.n : sizeof(d->bytes);
	memcpy(d->bytes, datagram.p, d->n);
	lan->said++;
	for (size_t i = 0; i < LAN_HOSTS; i++) {
		if (lan->hosts[i].part != lan->hosts[from].part || chance(lan, lan->lost))
			continue;
		queue_one(lan, &lan->hosts[i], d);
		if (chance(lan, lan->doubled))
			queue_one(lan, &lan->hosts[i], d);
	}
}

static void net_close(struct peers_net *net)
{
	(void)net;
}

static void net_tick(struct peers_net *net, int64_t now_ms)
{
	(void)net;
	(void)now_ms;
}

static void net_send(struct peers_net *net, struct span datagram)
{
	memory_lan_say(host_of(net)->lan, host_of(net)->index, datagram);
}

static size_t net_receive(
	struct peers_net *net, uint8_t *out, size_t cap, struct peers_address *from)
{
	struct lan_host *h = host_of(net);

	if (h->queued == 0)
		return 0;
	size_t n = h->queue[0].n < cap ? h->queue[0].n : cap;
	memcpy(out, h->queue[0].bytes, n);
	from->ip = (uint32_t)h->queue[0].from;
	h->queued--;
	memmove(&h->queue[0], &h->queue[1], h->queued * sizeof(h->queue[0]));
	return n;
}

static int free_end(struct memory_lan *lan, size_t host)
{
	for (int i = 0; i < LAN_ENDS; i++)
		if (!lan->ends[i].used) {
			lan->ends[i] = (struct lan_end){.used = true, .host = host, .other = -1};
			return i;
		}
	return -1;
}

int memory_lan_call(struct memory_lan *lan, size_t from, size_t to)
{
	struct lan_host *h = &lan->hosts[to];

	lan->calls++;
	if (h->part != lan->hosts[from].part || h->caller_n == sizeof(h->callers) / sizeof(int))
		return -1;
	int here = free_end(lan, from), there = free_end(lan, to);
	if (there < 0)
		abort();
	lan->ends[here].stuck = lan->ends[there].stuck = chance(lan, lan->stuck);
	lan->ends[here].other = there;
	lan->ends[there].other = here;
	h->callers[h->caller_n++] = there;
	return here;
}

static int net_connect(struct peers_net *net, const struct peers_address *to, uint16_t port)
{
	struct lan_host *h = host_of(net);

	if (port != LAN_PORT + to->ip)
		abort();
	return memory_lan_call(h->lan, h->index, to->ip);
}

static int net_accept(struct peers_net *net)
{
	struct lan_host *h = host_of(net);

	if (h->caller_n == 0)
		return -1;
	int stream = h->callers[0];
	h->caller_n--;
	memmove(&h->callers[0], &h->callers[1], h->caller_n * sizeof(h->callers[0]));
	return stream;
}

static bool parted(const struct memory_lan *lan, const struct lan_end *e)
{
	return e->stuck || (e->other >= 0 && lan->hosts[e->host].part !=
						     lan->hosts[lan->ends[e->other].host].part);
}

static enum err net_read(struct peers_net *net, int stream, uint8_t *out, size_t cap, size_t *n)
{
	struct memory_lan *lan = host_of(net)->lan;
	struct lan_end *e = &lan->ends[stream];

	*n = 0;
	if (e->at == e->in.n)
		return e->other < 0 ? ERR_ABSENT : ERR_BUSY;
	if (parted(lan, e))
		return ERR_BUSY;
	*n = 1 + (size_t)rand_r(&lan->seed) % 4000;
	if (*n > cap)
		*n = cap;
	if (*n > e->in.n - e->at)
		*n = e->in.n - e->at;
	memcpy(out, e->in.p + e->at, *n);
	e->at += *n;
	if (e->at == e->in.n)
		e->at = e->in.n = 0;
	return OK;
}

static enum err net_write(struct peers_net *net, int stream, struct span bytes, size_t *n)
{
	struct memory_lan *lan = host_of(net)->lan;
	struct lan_end *e = &lan->ends[stream];

	*n = 0;
	if (e->other < 0)
		return ERR_IO;
	struct grow *in = &lan->ends[e->other].in;
	if (parted(lan, e) || in->n >= LAN_IN_FLIGHT)
		return ERR_BUSY;
	*n = LAN_IN_FLIGHT - in->n < bytes.n ? LAN_IN_FLIGHT - in->n : bytes.n;
	grow_bytes(in, bytes.p, *n);
	return OK;
}

static void net_hang_up(struct peers_net *net, int stream)
{
	memory_lan_hang_up(host_of(net)->lan, stream);
}

void memory_lan_hang_up(struct memory_lan *lan, int stream)
{
	struct lan_end *e = &lan->ends[stream];

	if (e->other >= 0)
		lan->ends[e->other].other = -1;
	grow_free(&e->in);
	*e = (struct lan_end){0};
}

bool memory_lan_over(const struct memory_lan *lan, int stream)
{
	return lan->ends[stream].other < 0;
}

size_t memory_lan_read(struct memory_lan *lan, int stream, uint8_t *out, size_t cap)
{
	size_t n, all = 0;

	while (all < cap && net_read(&lan->hosts[0].net, stream, out + all, cap - all, &n) == OK)
		all += n;
	return all;
}

size_t memory_lan_write(struct memory_lan *lan, int stream, struct span bytes)
{
	size_t n = 0;

	if (net_write(&lan->hosts[0].net, stream, bytes, &n) != OK)
		return 0;
	return n;
}

static const struct peers_net_kind memory_kind = {net_close, net_tick, net_send, net_receive,
	net_connect, net_accept, net_read, net_write, net_hang_up};

void memory_lan_init(struct memory_lan *lan, unsigned seed)
{
	memset(lan, 0, sizeof(*lan)); /* too large for a literal on the stack */
	lan->seed = seed;
	for (size_t i = 0; i < LAN_HOSTS; i++) {
		lan->hosts[i].net =
			(struct peers_net){&memory_kind, (uint16_t)(LAN_PORT + i), -1, -1};
		lan->hosts[i].lan = lan;
		lan->hosts[i].index = i;
	}
}

void memory_lan_done(struct memory_lan *lan)
{
	for (int i = 0; i < LAN_ENDS; i++)
		if (lan->ends[i].used)
			memory_lan_hang_up(lan, i);
}
