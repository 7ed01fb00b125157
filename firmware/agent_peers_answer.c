/* Peers: what this board gives to one who asks. */
#include "agent_peers_inside.h"

#include <string.h>

enum { CHUNK = 64 << 10, GIVEN_MAX = 8 << 20, BUNDLE = 1, LAST = 2 };

enum err answer_begin(struct peers *p, struct pull *l)
{
	enum err e;
	size_t n = l->in.n - SEAL_MESSAGE_OVERHEAD;
	uint8_t *plain = grow_room(&l->asked, n);

	if (!plain)
		return ERR_IO;
	peer_pull_key(p->peer_key, l->challenge, l->key);
	e = peer_frame_open((struct span){l->in.p, l->in.n}, &l->place, l->key, plain);
	if (!e)
		e = peer_ask_open(&l->ask, (struct span){plain, n});
	if (!e && p->owner.refuses(p->owner.arg, l->ask.device))
		e = ERR_DENIED;
	if (e)
		return e;
	l->place.answer = true;
	memcpy(l->place.ask, l->in.p, SEAL_MESSAGE_NONCE);
	return OK;
}

/* The first board after the last one given of which the asker lacks something. */
static bool next_board(const struct peers *p, struct pull *l)
{
	for (size_t i = 0; i < GROW_COUNT(&p->heads, struct store_head); i++) {
		const struct store_head *h = &GROW_ARRAY(&p->heads, struct store_head)[i];
		if (memcmp(h->board, l->after.board, EVENT_BOARD) <= 0)
			continue;
		struct event_id theirs = peer_ask_head(&l->ask, h->board);
		if (event_id_compare(&theirs, &h->id) < 0) {
			l->after = theirs;
			l->within = true;
			return true;
		}
	}
	return false;
}

static void give(struct pull *l, const struct grow *plain)
{
	(void)peer_frame_seal(&l->out, &l->place, l->key, (struct span){plain->p, plain->n});
	l->given += plain->n;
	l->place.number++;
}

/* The runs in bytes that one device has signed, as many as a frame holds; the last event of them
 * becomes l->after. */
static struct span runs_of_one(struct pull *l, struct span bytes, uint8_t device[PAPER_DEVICE])
{
	struct cursor c = cursor_at(bytes);
	struct run r;
	size_t n = 0;

	while (run_read(&c, &r) == OK) {
		if (n == 0)
			memcpy(device, r.device, PAPER_DEVICE);
		if (memcmp(device, r.device, PAPER_DEVICE) != 0 || r.bytes.n > RUN_MAX - n)
			break;
		n += r.bytes.n;
		l->after = r.last;
	}
	return span_cut(bytes, 0, n);
}

/* The owner may know the papers of others only. */
static enum err certificate_of(
	struct peers *p, const uint8_t device[static PAPER_DEVICE], uint8_t out[PAPER_CERTIFICATE])
{
	if (memcmp(device, p->device, PAPER_DEVICE) != 0)
		return p->owner.certificate(p->owner.arg, device, out);
	memcpy(out, p->certificate, PAPER_CERTIFICATE);
	return OK;
}

/* The next chunk of the board at hand into plain, as an answer. */
static enum err read_chunk(struct peers *p, struct pull *l, struct grow *plain)
{
	uint8_t device[PAPER_DEVICE] = {0}, certificate[PAPER_CERTIFICATE];
	struct span papers = {certificate, PAPER_CERTIFICATE};
	uint8_t head[1 + BUNDLE_HEAD + PAPER_CERTIFICATE] = {BUNDLE};
	struct sink k = {head, sizeof(head), 1, false};
	struct grow runs = {0};

	enum err e = p->store->kind->read_board(p->store, &l->after, CHUNK, &runs);
	struct span give = {0};
	if (!e && !runs.failed)
		give = runs_of_one(l, (struct span){runs.p, runs.n}, device);
	l->within = give.n > 0;
	if (l->within && certificate_of(p, device, certificate) != OK)
		l->within = false;
	if (l->within) {
		bundle_write_head(&k, &papers, 1);
		grow_bytes(plain, head, k.n);
		grow_bytes(plain, give.p, give.n);
		const struct store_head *h = peers_head(p, l->after.board);
		l->within = h && event_id_compare(&l->after, &h->id) < 0;
	}
	grow_free(&runs);
	return e;
}

enum err answer_next(struct peers *p, struct pull *l)
{
	struct grow plain = {0};
	enum err e = OK;
	bool more = l->given >= GIVEN_MAX;

	while (!e && !more && plain.n == 0 && (l->within || next_board(p, l)))
		e = read_chunk(p, l, &plain);
	if (plain.n == 0) {
		uint8_t last[] = {LAST, more};
		grow_bytes(&plain, last, sizeof(last));
		l->state = PULL_LAST;
	}
	give(l, &plain);
	if (plain.failed || l->out.failed)
		e = ERR_IO;
	grow_free(&plain);
	return e ? ERR_IO : OK;
}
