/* Peers: what others say to all, and who they are. */
#include "agent_peers_inside.h"

#include <string.h>

enum { DATAGRAMS_A_STEP = 256, DEAF_MS = 60000 };

struct neighbour *peers_neighbour(
	struct peers *p, const uint8_t device[static PAPER_DEVICE], uint64_t session)
{
	for (size_t i = 0; i < p->near_n; i++)
		if (p->near[i].session == session &&
			memcmp(p->near[i].device, device, PAPER_DEVICE) == 0)
			return &p->near[i];
	return NULL;
}

/* Where all places are taken, who was not heard longest makes room. */
static struct neighbour *neighbour_add(struct peers *p, const struct peer_datagram *d)
{
	struct neighbour *n = &p->near[0];

	for (size_t i = 1; i < p->near_n; i++)
		if (p->near[i].heard_ms < n->heard_ms)
			n = &p->near[i];
	if (p->near_n < NEIGHBOURS)
		n = &p->near[p->near_n++];
	*n = (struct neighbour){.session = d->session};
	memcpy(n->device, d->device, PAPER_DEVICE);
	return n;
}

bool peers_deaf(const struct peers *p, const uint8_t device[static PAPER_DEVICE],
	const uint8_t board[static EVENT_BOARD], int64_t now_ms)
{
	for (size_t i = 0; i < DEAF; i++)
		if (now_ms < p->deaf[i].until_ms &&
			memcmp(p->deaf[i].board, board, EVENT_BOARD) == 0 &&
			memcmp(p->deaf[i].device, device, PAPER_DEVICE) == 0)
			return true;
	return false;
}

static void deaf_add(struct peers *p, const uint8_t device[static PAPER_DEVICE],
	const uint8_t board[static EVENT_BOARD], int64_t now_ms)
{
	if (peers_deaf(p, device, board, now_ms))
		return;
	memcpy(p->deaf[p->deaf_at].device, device, PAPER_DEVICE);
	memcpy(p->deaf[p->deaf_at].board, board, EVENT_BOARD);
	p->deaf[p->deaf_at].until_ms = now_ms + DEAF_MS;
	p->deaf_at = (p->deaf_at + 1) % DEAF;
}

/* What was given and is not in the store now was not believed: else it would be asked for
 * for ever. */
static void deaf_to_rest(struct peers *p, const uint8_t device[static PAPER_DEVICE],
	struct span bundle, int64_t now_ms)
{
	struct bundle b;
	struct run r;

	if (bundle_open(&b, bundle) != OK)
		return;
	while (run_read(&b.runs, &r) == OK) {
		const struct store_head *h = peers_head(p, r.board);
		if (!h || event_id_compare(&h->id, &r.last) < 0)
			deaf_add(p, device, r.board, now_ms);
	}
}

size_t peers_take(struct peers *p, const uint8_t device[static PAPER_DEVICE], struct span bundle,
	bool *missing, int64_t now_ms)
{
	size_t added = 0;

	*missing = false;
	enum err e = p->owner.judge(p->owner.arg, bundle, &added, missing);
	if (added > 0) {
		p->stats.added += added;
		peers_reload(p, now_ms);
	}
	if (e)
		log_line(LOG_WARN, "firmware/agent_peers", "what a peer sent was not taken: %s",
			err_text(e));
	else if (!*missing && !p->heads_stale)
		deaf_to_rest(p, device, bundle, now_ms);
	return added;
}

static void hear_mark(
	struct peers *p, struct neighbour *n, const struct peer_mark *m, int64_t now_ms)
{
	const struct store_head *h = peers_head(p, m->id.board);
	int order = h ? event_id_compare(&m->id, &h->id) : 1;

	if (order < 0)
		peers_news_again(p, &m->id, now_ms);
	if (order < 0 || peers_deaf(p, n->device, m->id.board, now_ms))
		return;
	if (order > 0) {
		n->ahead = true;
		return;
	}
	if (memcmp(m->hash, h->hash, sizeof(m->hash)) == 0)
		return;
	p->stats.forks++;
	log_line(LOG_FAULT, "firmware/agent_peers",
		"two histories of one board: its journal was copied or its key is known to others "
		"board=%016llx",
		(unsigned long long)load_u64(h->board));
	deaf_add(p, n->device, m->id.board, now_ms);
}

static void hear_beacon(
	struct peers *p, struct neighbour *n, const struct peer_datagram *d, int64_t now_ms)
{
	struct cursor c = cursor_at(d->body);
	struct peer_mark m;

	if (memcmp(d->digest, p->digest, PEER_DIGEST) == 0) {
		n->ahead = false;
		return;
	}
	while (c.rest.n > 0) {
		peer_mark_read(&c, &m);
		hear_mark(p, n, &m, now_ms);
	}
}

/* News are said twice, and others tell them too: what is there already costs no judge. */
static bool all_known(const struct peers *p, struct span bundle)
{
	struct bundle b;
	struct run r;
	enum err e = bundle_open(&b, bundle);

	while (!e) {
		e = run_read(&b.runs, &r);
		const struct store_head *h = e ? NULL : peers_head(p, r.board);
		int order = h ? event_id_compare(&h->id, &r.last) : -1;
		if (!e && (order < 0 || (order == 0 && memcmp(h->hash, r.hash, EVENT_HASH) != 0)))
			return false;
	}
	return e == ERR_ABSENT;
}

static void hear_news(
	struct peers *p, struct neighbour *n, const struct peer_datagram *d, int64_t now_ms)
{
	bool missing;

	if (memcmp(d->digest, p->digest, PEER_DIGEST) == 0 || all_known(p, d->body))
		return;
	(void)peers_take(p, n->device, d->body, &missing, now_ms);
	n->ahead = n->ahead || missing;
}

static void hear_one(
	struct peers *p, struct span bytes, const struct peers_address *from, int64_t now_ms)
{
	uint8_t plain[PEER_DATAGRAM];
	struct peer_datagram d;

	if (peer_datagram_open(&d, bytes, p->datagram_key, plain) != OK) {
		p->stats.refused++;
		return;
	}
	if (d.session == p->session)
		return;
	if (p->owner.refuses(p->owner.arg, d.device)) {
		p->stats.refused++;
		return;
	}
	struct neighbour *n = peers_neighbour(p, d.device, d.session);
	if (!n)
		n = neighbour_add(p, &d);
	if (!peer_window_take(&n->window, d.counter)) {
		p->stats.refused++;
		return;
	}
	p->stats.heard++;
	p->stats.heard_ms = now_ms;
	n->heard_ms = now_ms;
	if (d.counter == n->window.highest) {
		n->address = *from;
		n->port = d.port;
		memcpy(n->digest, d.digest, PEER_DIGEST);
	}
	if (d.kind == PEER_BEACON)
		hear_beacon(p, n, &d, now_ms);
	else
		hear_news(p, n, &d, now_ms);
	p->agreeing += memcmp(d.digest, p->digest, PEER_DIGEST) == 0;
}

void peers_hear(struct peers *p, int64_t now_ms)
{
	uint8_t bytes[PEER_DATAGRAM + 1];
	struct peers_address from;

	for (size_t i = 0; i < DATAGRAMS_A_STEP; i++) {
		size_t n = p->net->kind->receive(p->net, bytes, sizeof(bytes), &from);
		if (n == 0)
			return;
		hear_one(p, (struct span){bytes, n}, &from, now_ms);
	}
}
