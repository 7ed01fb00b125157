/* Peers: the turn of the loop, and what this board tells all others. */
#include "agent_peers_inside.h"

#include <stdlib.h>
#include <string.h>

/* Multicast is dear on Wi-Fi, so a board speaks at once only when it has something to say; a
 * hundred beacons a second are enough for any number of boards. */
enum {
	BEACON_MS = 500,
	QUIET_MS = 2000,
	BEACON_GAP_MS = 250,
	BEACON_EACH_MS = 10, /* a board more on the LAN makes everybody slower by this */
	BEACON_SLOW_MS = 5000,
	SOON_MS = 150,
	BUSY_MS = 10000,   /* after a change this long no longer quiet */
	CHANGED_MS = 5000, /* so long a change is told first */
	AGAIN_MS = 40,
	NEWS_AGAIN = 6, /* once in any case, then as long as somebody is seen to lack it */
	AGREEING = 2,
	MARKS_QUIET = 4,
	TICK_MS = 1000,
};

int64_t peers_chance(struct peers *p, int64_t below)
{
	p->chance ^= p->chance << 13;
	p->chance ^= p->chance >> 7;
	p->chance ^= p->chance << 17;
	return (int64_t)(p->chance % (uint64_t)below);
}

static int by_board(const void *board, const void *head)
{
	return memcmp(board, ((const struct store_head *)head)->board, EVENT_BOARD);
}

static const struct store_head *head_in(
	const struct grow *heads, const uint8_t board[static EVENT_BOARD])
{
	if (heads->n == 0)
		return NULL;
	return bsearch(board, heads->p, GROW_COUNT(heads, struct store_head),
		sizeof(struct store_head), by_board);
}

const struct store_head *peers_head(const struct peers *p, const uint8_t board[static EVENT_BOARD])
{
	return head_in(&p->heads, board);
}

static void changed_add(struct peers *p, const uint8_t board[static EVENT_BOARD], int64_t now_ms)
{
	size_t at = p->changed_at;

	for (size_t i = 0; i < CHANGED; i++)
		if (memcmp(p->changed[i].board, board, EVENT_BOARD) == 0)
			at = i;
	if (at == p->changed_at)
		p->changed_at = (at + 1) % CHANGED;
	memcpy(p->changed[at].board, board, EVENT_BOARD);
	p->changed[at].until_ms = now_ms + CHANGED_MS;
}

static enum err read_heads(struct peers *p, struct grow *out)
{
	enum err e = p->store->kind->heads(p->store, out);

	if (!e && !out->failed)
		return OK;
	grow_free(out);
	return e ? e : ERR_IO;
}

/* How long a board keeps silent between two beacons, so that many boards do not fill the air. */
static int64_t gap_ms(const struct peers *p, int64_t usual)
{
	int64_t all = (int64_t)p->live * BEACON_EACH_MS;

	if (all > BEACON_SLOW_MS)
		all = BEACON_SLOW_MS;
	return all > usual ? all : usual;
}

static void beacon_soon(struct peers *p, int64_t now_ms)
{
	int64_t at = now_ms + 1 + peers_chance(p, SOON_MS);
	int64_t earliest = p->beaconed_ms + gap_ms(p, BEACON_GAP_MS);

	if (at < earliest)
		at = earliest;
	if (at < p->beacon_ms)
		p->beacon_ms = at;
}

void peers_reload(struct peers *p, int64_t now_ms)
{
	struct grow heads = {0};
	bool changed = false;

	p->heads_stale = read_heads(p, &heads) != OK;
	if (p->heads_stale)
		return;
	for (size_t i = 0; i < GROW_COUNT(&heads, struct store_head); i++) {
		const struct store_head *is = &GROW_ARRAY(&heads, struct store_head)[i];
		const struct store_head *was = peers_head(p, is->board);
		if (was && memcmp(was->hash, is->hash, EVENT_HASH) == 0)
			continue;
		changed_add(p, is->board, now_ms);
		changed = true;
	}
	grow_free(&p->heads);
	p->heads = heads;
	peer_digest(GROW_ARRAY(&heads, struct store_head), GROW_COUNT(&heads, struct store_head),
		p->digest);
	if (!changed)
		return;
	p->agreeing = 0;
	beacon_soon(p, now_ms);
}

static void send_datagram(struct peers *p, enum peer_kind kind, struct span body)
{
	uint8_t out[PEER_DATAGRAM];
	struct peer_datagram d = {.kind = kind,
		.session = p->session,
		.counter = ++p->counter,
		.port = p->net->port,
		.body = body};

	memcpy(d.device, p->device, PAPER_DEVICE);
	memcpy(d.digest, p->digest, PEER_DIGEST);
	size_t n = peer_datagram_seal(&d, p->datagram_key, out);
	p->net->kind->send(p->net, (struct span){out, n});
	p->stats.sent++;
}

static bool all_agree(const struct peers *p, int64_t now_ms)
{
	for (size_t i = 0; i < p->near_n; i++)
		if (now_ms - p->near[i].heard_ms < NEAR_MS &&
			memcmp(p->near[i].digest, p->digest, PEER_DIGEST) != 0)
			return false;
	return true;
}

static size_t near_count(const struct peers *p, int64_t now_ms)
{
	size_t n = 0;

	for (size_t i = 0; i < p->near_n; i++)
		n += now_ms - p->near[i].heard_ms < NEAR_MS;
	return n;
}

static void send_beacon(struct peers *p, int64_t now_ms)
{
	uint8_t body[PEER_BODY];
	struct sink k = sink_on(body, sizeof(body));
	size_t heads = GROW_COUNT(&p->heads, struct store_head);
	bool agree = all_agree(p, now_ms);
	bool lately = false;

	for (size_t i = 0; i < CHANGED; i++) {
		const struct store_head *h =
			now_ms < p->changed[i].until_ms ? peers_head(p, p->changed[i].board) : NULL;
		if (h)
			peer_mark_write(&k, h);
		lately = lately || now_ms < p->changed[i].until_ms + BUSY_MS - CHANGED_MS;
	}
	size_t fill = agree ? MARKS_QUIET : PEER_MARKS;
	for (size_t i = 0; i < heads && i < fill && k.n / PEER_MARK < PEER_MARKS; i++)
		peer_mark_write(
			&k, &GROW_ARRAY(&p->heads, struct store_head)[p->rotate_at++ % heads]);
	send_datagram(p, PEER_BEACON, (struct span){body, k.n});
	p->live = near_count(p, now_ms);
	int64_t usual = gap_ms(p, agree && !lately ? QUIET_MS : BEACON_MS);
	p->beaconed_ms = now_ms;
	p->beacon_ms = now_ms + usual * 3 / 4 + peers_chance(p, usual / 2);
	p->urgent = false;
}

/* Others have said already what this board would say: then its turn comes as usual. */
static void beacon_if_due(struct peers *p, int64_t now_ms)
{
	if (now_ms < p->beacon_ms)
		return;
	if (!p->urgent && p->agreeing >= AGREEING && now_ms < p->beaconed_ms + BEACON_MS) {
		p->beacon_ms = p->beaconed_ms + BEACON_MS + peers_chance(p, BEACON_MS / 2);
		return;
	}
	send_beacon(p, now_ms);
}

/* What is too long for a datagram is pulled by whoever hears of it in a beacon. */
static void send_news(struct peers *p, const struct run *r, int64_t now_ms)
{
	struct span certificate = {p->certificate, PAPER_CERTIFICATE};
	struct news *n = &p->news[p->news_at];
	struct sink k = sink_on(n->body, PEER_BODY);

	n->left = 0;
	bundle_write_head(&k, &certificate, 1);
	sink_bytes(&k, r->bytes.p, r->bytes.n);
	if (k.full)
		return;
	send_datagram(p, PEER_NEWS, (struct span){k.p, k.n});
	n->n = k.n;
	n->last = r->last;
	n->left = NEWS_AGAIN;
	n->at_ms = now_ms + AGAIN_MS + peers_chance(p, AGAIN_MS);
	p->news_at = (p->news_at + 1) % NEWS;
}

void peers_news_again(struct peers *p, const struct event_id *behind, int64_t now_ms)
{
	for (size_t i = 0; i < NEWS; i++) {
		struct news *n = &p->news[i];
		if (n->left > 0 && n->at_ms == 0 &&
			memcmp(n->last.board, behind->board, EVENT_BOARD) == 0 &&
			event_id_compare(behind, &n->last) < 0)
			n->at_ms = now_ms + 1 + peers_chance(p, AGAIN_MS);
	}
}

static void news_if_due(struct peers *p, int64_t now_ms)
{
	for (size_t i = 0; i < NEWS; i++) {
		struct news *n = &p->news[i];
		if (n->left == 0 || n->at_ms == 0 || now_ms < n->at_ms)
			continue;
		n->left--;
		n->at_ms = 0;
		send_datagram(p, PEER_NEWS, (struct span){n->body, n->n});
	}
}

void peers_news(struct peers *p, struct span own, int64_t now_ms)
{
	struct cursor c = cursor_at(own);
	struct run r;

	peers_reload(p, now_ms);
	p->urgent = p->urgent || own.n > 0;
	while (run_read(&c, &r) == OK)
		send_news(p, &r, now_ms);
}

static int64_t earliest(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t next_step(const struct peers *p, int64_t now_ms)
{
	int64_t next = earliest(p->beacon_ms, now_ms + TICK_MS);

	for (size_t i = 0; i < NEWS; i++)
		if (p->news[i].left > 0 && p->news[i].at_ms != 0)
			next = earliest(next, p->news[i].at_ms);
	for (size_t i = 0; i < PULLS; i++)
		if (p->pulls[i].state != PULL_FREE)
			next = earliest(next, pull_deadline(&p->pulls[i]));
	for (size_t i = 0; i < p->near_n; i++)
		if (p->near[i].ahead && p->near[i].retry_ms > now_ms)
			next = earliest(next, p->near[i].retry_ms);
	return next > now_ms ? next : now_ms + 1;
}

int64_t peers_step(struct peers *p, int64_t now_ms)
{
	if (p->heads_stale)
		peers_reload(p, now_ms);
	p->net->kind->tick(p->net, now_ms);
	peers_hear(p, now_ms);
	pulls_accept(p, now_ms);
	asks_begin(p, now_ms);
	pulls_advance(p, now_ms);
	news_if_due(p, now_ms);
	beacon_if_due(p, now_ms);
	return next_step(p, now_ms);
}

size_t peers_fds(const struct peers *p, struct pollfd *out, size_t cap)
{
	size_t n = 0;

	if (p->net->datagrams < 0 || cap < PULLS + 2)
		return 0;
	out[n++] = (struct pollfd){p->net->datagrams, POLLIN, 0};
	out[n++] = (struct pollfd){p->net->door, POLLIN, 0};
	for (size_t i = 0; i < PULLS; i++) {
		const struct pull *l = &p->pulls[i];
		bool writes = l->out_at < l->out.n || l->state >= PULL_GIVING;
		if (l->state != PULL_FREE)
			out[n++] = (struct pollfd){l->stream, writes ? POLLOUT : POLLIN, 0};
	}
	return n;
}

void peers_stats(const struct peers *p, int64_t now_ms, struct peers_stats *out)
{
	*out = p->stats;
	out->near = near_count(p, now_ms);
	out->ahead = 0;
	for (size_t i = 0; i < p->near_n; i++)
		out->ahead += p->near[i].ahead && now_ms - p->near[i].heard_ms < NEAR_MS;
}

enum err peers_open(struct peers **out, const struct peers_options *o)
{
	static const uint8_t no_key[SEAL_KEY];
	const struct credential *c = o->credential;
	enum err e;

	*out = NULL;
	if (seal_equal(c->peer_key, no_key, SEAL_KEY))
		return ERR_DENIED;
	struct peers *p = calloc(1, sizeof(*p));
	if (!p)
		return ERR_IO;
	p->store = o->store;
	p->owner = o->owner;
	memcpy(p->device, c->certificate.device, PAPER_DEVICE);
	memcpy(p->certificate, c->bytes, PAPER_CERTIFICATE);
	memcpy(p->peer_key, c->peer_key, SEAL_KEY);
	peer_datagram_key(p->peer_key, p->datagram_key);
	seal_random(&p->session, sizeof(p->session));
	p->chance = o->seed;
	if (p->chance == 0)
		seal_random(&p->chance, sizeof(p->chance));
	p->chance |= 1;
	e = read_heads(p, &p->heads);
	if (!e) {
		peer_digest(GROW_ARRAY(&p->heads, struct store_head),
			GROW_COUNT(&p->heads, struct store_head), p->digest);
		p->net_is_ours = !o->net;
		p->net = o->net;
		if (!p->net)
			e = peers_net_open(&p->net, o->group ? o->group : PEERS_GROUP,
				o->port ? o->port : PEERS_PORT);
	}
	if (e) {
		peers_close(p);
		return e == ERR_DENIED ? e : ERR_IO;
	}
	*out = p;
	return OK;
}

void peers_close(struct peers *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < PULLS; i++)
		if (p->pulls[i].state != PULL_FREE)
			pull_end(p, &p->pulls[i]);
	if (p->net && p->net_is_ours)
		p->net->kind->close(p->net);
	grow_free(&p->heads);
	seal_wipe(p, sizeof(*p));
	free(p);
}
