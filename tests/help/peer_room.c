/* Boards in one room, on a LAN in memory. */
#include "peer_room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = RUN_EVENTS };

static void must(enum err e, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "peer_room: %s: %s\n", what, err_text(e));
	exit(3);
}

/* A judge that believes the devices of the room's hub, and no other signature. */
static bool believed(const struct room *room, const struct bundle *b, const struct run *r)
{
	struct certificate c;
	struct span paper;

	return bundle_certificate(b, r->device, &paper) == OK &&
	       certificate_open(&c, paper, room->hub.root, room->hub.epoch, 0) == OK &&
	       run_verify(r, c.key) == OK;
}

static enum err judge(void *arg, struct span bytes, size_t *added, bool *missing)
{
	struct room_board *b = arg;
	struct bundle in;
	struct store_item item = {0};
	enum err e = bundle_open(&in, bytes);

	while (!e) {
		e = run_read(&in.runs, &item.run);
		if (e)
			break;
		b->judged++;
		bool good = believed(b->room, &in, &item.run);
		if (good)
			e = b->store->kind->merge(b->store, &item, 1);
		if (!good || (!e && item.result == ERR_FORGED)) {
			b->put_aside++;
			must(b->store->kind->quarantine(
				     b->store, item.run.device, "test", item.run.bytes),
				"quarantine");
			continue;
		}
		*added += item.added;
		*missing = *missing || item.result == ERR_ABSENT;
	}
	return e == ERR_ABSENT ? OK : e;
}

static enum err certificate(
	void *arg, const uint8_t device[static PAPER_DEVICE], uint8_t out[PAPER_CERTIFICATE])
{
	const struct room *room = ((struct room_board *)arg)->room;

	for (size_t i = 0; i < ROOM_BOARDS; i++) {
		const struct wire_device *d = &room->boards[i].device;
		if (memcmp(d->id, device, PAPER_DEVICE) != 0)
			continue;
		memcpy(out, d->certificate, PAPER_CERTIFICATE);
		return OK;
	}
	return ERR_ABSENT;
}

static bool refuses(void *arg, const uint8_t device[static PAPER_DEVICE])
{
	const struct room_board *b = arg;

	return b->refused && memcmp(b->refused->id, device, PAPER_DEVICE) == 0;
}

static void peers_begin(struct room *r, size_t i)
{
	struct room_board *b = &r->boards[i];
	struct credential c;
	struct span paper = {b->device.credential, PAPER_CREDENTIAL};

	must(credential_open(&c, paper, r->hub.root, 0, b->device.seed), "credential");
	struct peers_options o = {.credential = &c,
		.store = b->store,
		.owner = {b, judge, certificate, refuses},
		.seed = 1 + i,
		.group = r->group,
		.port = r->port,
		.net = r->group ? NULL : &r->lan.hosts[i].net};
	must(peers_open(&b->peers, &o), "peers");
}

void room_restart(struct room *r, size_t board)
{
	peers_close(r->boards[board].peers);
	peers_begin(r, board);
}

static void boards_open(struct room *r, size_t n)
{
	char name[32];

	r->n = n;
	scratch_make(&r->folder);
	wire_hub(&r->hub, 1, 1);
	for (size_t i = 0; i < ROOM_BOARDS; i++)
		wire_device(&r->boards[i].device, &r->hub, (uint8_t)(i + 1));
	for (size_t i = 0; i < n; i++) {
		struct room_board *b = &r->boards[i];
		b->room = r;
		snprintf(name, sizeof(name), "peers%zu.db", i);
		struct store_options o = {.where = scratch_name(&r->folder, name), .relaxed = true};
		must(store_sqlite.open(&b->store, &o), "store");
		wire_board(&b->journal, &b->device, (uint8_t)(i + 1));
		peers_begin(r, i);
	}
}

void room_open(struct room *r, size_t n, unsigned seed)
{
	memset(r, 0, sizeof(*r)); /* too large for a literal on the stack */
	r->now_ms = 1000;
	memory_lan_init(&r->lan, seed);
	boards_open(r, n);
}

void room_open_real(struct room *r, size_t n, const char *group, uint16_t port)
{
	memset(r, 0, sizeof(*r));
	r->now_ms = clock_now().boot_ms;
	r->group = group;
	r->port = port;
	boards_open(r, n);
}

void room_close(struct room *r)
{
	for (size_t i = 0; i < r->n; i++) {
		peers_close(r->boards[i].peers);
		store_close(r->boards[i].store);
	}
	memory_lan_done(&r->lan);
	scratch_remove(&r->folder);
}

static void merge(struct room_board *b, struct span runs)
{
	struct cursor c = cursor_at(runs);
	struct store_item item = {0};

	while (run_read(&c, &item.run) == OK) {
		must(b->store->kind->merge(b->store, &item, 1), "merge");
		must(item.result, "an own run");
	}
}

void room_write(struct room *r, size_t board, size_t n, bool tell)
{
	struct room_board *b = &r->boards[board];
	struct grow runs = {0};

	for (size_t left = n; left > 0;) {
		size_t now = left < ITEMS ? left : ITEMS;
		wire_run(
			&b->journal, b->journal.last.epoch ? b->journal.last.epoch : 1, now, &runs);
		left -= now;
	}
	struct span bytes = {runs.p, runs.n};
	merge(b, bytes);
	if (tell)
		peers_news(b->peers, bytes, r->now_ms);
	grow_free(&runs);
}

void room_give(struct room *r, size_t board, struct span runs)
{
	merge(&r->boards[board], runs);
	peers_news(r->boards[board].peers, (struct span){0}, r->now_ms);
}

void room_pass(struct room *r, int64_t ms)
{
	for (int64_t end = r->now_ms + ms; r->now_ms < end; r->now_ms += ROOM_STEP_MS)
		for (size_t i = 0; i < r->n; i++)
			(void)peers_step(r->boards[i].peers, r->now_ms);
}

void room_pass_real(struct room *r)
{
	struct pollfd fds[ROOM_BOARDS * PEERS_FDS];
	int64_t next = r->now_ms + 1000;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		int64_t at = peers_step(r->boards[i].peers, r->now_ms);
		next = at < next ? at : next;
		n += peers_fds(r->boards[i].peers, fds + n, PEERS_FDS);
	}
	(void)poll(fds, n, (int)(next - r->now_ms));
	r->now_ms = clock_now().boot_ms;
}

static void digest(const struct room *r, size_t board, uint8_t out[PEER_DIGEST])
{
	struct store *s = r->boards[board].store;
	struct grow heads = {0};

	must(s->kind->heads(s, &heads), "heads");
	peer_digest(
		GROW_ARRAY(&heads, struct store_head), GROW_COUNT(&heads, struct store_head), out);
	grow_free(&heads);
}

bool room_agrees(const struct room *r)
{
	uint8_t first[PEER_DIGEST], next[PEER_DIGEST];

	digest(r, 0, first);
	for (size_t i = 1; i < r->n; i++) {
		digest(r, i, next);
		if (memcmp(first, next, PEER_DIGEST) != 0)
			return false;
	}
	return true;
}

int64_t room_until_agreed(struct room *r, int64_t max_ms)
{
	int64_t begin = r->now_ms;

	while (!room_agrees(r)) {
		if (r->now_ms - begin > max_ms)
			return max_ms + 1;
		room_pass(r, ROOM_STEP_MS);
	}
	return r->now_ms - begin;
}

uint64_t room_events(const struct room *r, size_t board)
{
	struct store_stats s;

	must(r->boards[board].store->kind->stats(r->boards[board].store, &s), "stats");
	return s.events;
}

void room_stats(const struct room *r, size_t board, struct peers_stats *out)
{
	peers_stats(r->boards[board].peers, r->now_ms, out);
}
