/* Peers: whom this board asks for what it lacks, and what it does with the answer. */
#include "agent_peers_inside.h"

#include <string.h>

enum { SECOND_MS = 150, PATIENCE_MS = 250, PATIENCE_MAX_MS = 15000 };

static bool asking(const struct peers *p, const struct neighbour *n)
{
	for (size_t i = 0; i < ASKS; i++)
		if (p->pulls[i].state != PULL_FREE && p->pulls[i].session == n->session)
			return true;
	return false;
}

/* One at a time; where nothing comes from it, another may be asked meanwhile. */
static struct pull *place_for_ask(struct peers *p, int64_t now_ms)
{
	struct pull *place = NULL;

	for (size_t i = 0; i < ASKS; i++) {
		if (p->pulls[i].state == PULL_FREE)
			place = &p->pulls[i];
		else if (now_ms - p->pulls[i].idle_ms < SECOND_MS)
			return NULL;
	}
	return place;
}

static void be_patient(struct peers *p, struct neighbour *n, int64_t now_ms)
{
	n->patience_ms = n->patience_ms == 0 ? PATIENCE_MS : n->patience_ms * 2;
	if (n->patience_ms > PATIENCE_MAX_MS)
		n->patience_ms = PATIENCE_MAX_MS;
	n->retry_ms = now_ms + n->patience_ms / 2 + peers_chance(p, n->patience_ms);
}

void asks_begin(struct peers *p, int64_t now_ms)
{
	struct pull *l = place_for_ask(p, now_ms);
	size_t first = p->near_n > 0 ? (size_t)peers_chance(p, (int64_t)p->near_n) : 0;

	for (size_t i = 0; l && i < p->near_n; i++) {
		struct neighbour *n = &p->near[(first + i) % p->near_n];
		if (!n->ahead || n->port == 0 || now_ms < n->retry_ms ||
			now_ms - n->heard_ms > NEAR_MS || asking(p, n))
			continue;
		int stream = p->net->kind->connect(p->net, &n->address, n->port);
		if (stream < 0) {
			be_patient(p, n, now_ms);
			continue;
		}
		pull_begin(l, PULL_CHALLENGE, stream, now_ms);
		l->session = n->session;
		memcpy(l->device, n->device, PAPER_DEVICE);
		return;
	}
}

void ask_write(struct peers *p, struct pull *l, int64_t now_ms)
{
	size_t n = GROW_COUNT(&p->heads, struct store_head);
	struct grow plain = {0};

	grow_bytes(&plain, p->device, PAPER_DEVICE);
	for (size_t i = 0; i < n && i < PEER_ASKED_MAX; i++) {
		const struct store_head *h = &GROW_ARRAY(&p->heads, struct store_head)[i];
		uint8_t row[PEER_ASKED];
		struct sink k = sink_on(row, sizeof(row));
		sink_bytes(&k, h->board, EVENT_BOARD);
		sink_u32(&k, peers_deaf(p, l->device, h->board, now_ms) ? PEER_EPOCH_NOTHING
									: h->id.epoch);
		sink_u64(&k, h->id.seq);
		grow_bytes(&plain, row, k.n);
	}
	peer_pull_key(p->peer_key, l->challenge, l->key);
	l->place = (struct peer_place){0};
	size_t at = peer_frame_seal(&l->out, &l->place, l->key, (struct span){plain.p, plain.n});
	l->out.failed = l->out.failed || plain.failed;
	grow_free(&plain);
	l->place.answer = true;
	if (!l->out.failed)
		memcpy(l->place.ask, l->out.p + at, SEAL_MESSAGE_NONCE);
}

enum err ask_take(struct peers *p, struct pull *l, int64_t now_ms)
{
	struct grow plain = {0};
	struct peer_answer a;
	bool missing;
	uint8_t *room = grow_room(&plain, l->in.n - SEAL_MESSAGE_OVERHEAD);

	if (!room)
		return ERR_IO;
	enum err e = peer_frame_open((struct span){l->in.p, l->in.n}, &l->place, l->key, room);
	if (!e)
		e = peer_answer_open(&a, (struct span){plain.p, plain.n});
	if (!e && a.last) {
		l->more = a.more;
		e = ERR_ABSENT;
	} else if (!e) {
		l->added += peers_take(p, l->device, a.bundle, &missing, now_ms);
		l->place.number++;
	}
	grow_free(&plain);
	return e;
}

void ask_over(struct peers *p, const struct pull *l, enum err why, int64_t now_ms)
{
	struct neighbour *n = peers_neighbour(p, l->device, l->session);

	p->stats.pulls++;
	p->stats.pulls_failed += why != OK;
	/* What others have may be known by now: their next beacons tell. */
	for (size_t i = 0; l->added > 0 && i < p->near_n; i++)
		p->near[i].ahead = false;
	if (!n)
		return;
	n->ahead = why != OK || l->more;
	if (l->added > 0)
		n->patience_ms = n->retry_ms = 0;
	else
		be_patient(p, n, now_ms);
}
