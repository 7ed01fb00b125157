/* Own events: what the hub has of them, and what it is sent. */
#include "agent_own.h"

#include "agent_own_inside.h"
#include "protocol.h"

#include <string.h>

enum err own_write_undelivered(struct own *o)
{
	uint8_t note[OWN_UNDELIVERED];
	struct sink k = sink_on(note, sizeof(note));

	sink_u64(&k, o->undelivered);
	for (size_t i = 0; i < o->count; i++) {
		sink_bytes(&k, o->boards[i].board, EVENT_BOARD);
		sink_u32(&k, o->boards[i].counted.epoch);
		sink_u64(&k, o->boards[i].counted.seq);
	}
	if (k.n == o->noted_n && memcmp(note, o->noted, k.n) == 0)
		return OK;
	enum err e =
		o->store->kind->note_put(o->store, "undelivered", (struct span){note, k.n}, false);
	if (!e) {
		memcpy(o->noted, note, k.n);
		o->noted_n = k.n;
	}
	return e;
}

static bool lacks(const struct own_board *b)
{
	return !b->forked && b->head.epoch > 0 && event_id_compare(&b->acked, &b->head) < 0;
}

bool own_pending(const struct own *o)
{
	for (size_t i = 0; i < o->count; i++)
		if (lacks(&o->boards[i]))
			return true;
	return false;
}

enum err own_bundle(struct own *o, bool introduce, struct grow *out)
{
	struct span certificate = {o->board->credential.bytes, PAPER_CERTIFICATE};
	uint8_t head[BUNDLE_HEAD + PAPER_CERTIFICATE];
	struct sink k = sink_on(head, sizeof(head));
	enum err e = OK;

	bundle_write_head(&k, &certificate, 1);
	grow_bytes(out, head, k.n);
	for (size_t i = 0; i < o->count && !e; i++) {
		const struct own_board *b = &o->boards[i];
		struct event_id after = b->acked;
		if (b->head.epoch == 0 || b->forked || (!lacks(b) && !introduce))
			continue;
		if (PROTOCOL_UPLOAD_MAX - out->n < OWN_RUN_BYTES)
			break; /* in the next upload */
		if (!lacks(b)) {
			after = b->head;
			after.seq--;
		}
		e = o->store->kind->read_board(o->store, &after, PROTOCOL_UPLOAD_MAX - out->n, out);
	}
	return e ? e : out->failed ? ERR_IO : OK;
}

/* The hash of an event of ours that is in the store. returns: OK; ERR_ABSENT; as the store */
static enum err hash_at(struct own *o, const struct event_id *id, uint8_t out[static EVENT_HASH])
{
	struct event_id before = *id;
	struct grow g = {0};
	struct run r;

	before.seq--;
	enum err e = o->store->kind->read_board(o->store, &before, 1, &g);
	struct cursor c = cursor_at((struct span){g.p, g.n});
	if (!e)
		e = run_read(&c, &r);
	if (!e) {
		struct cursor events = run_events(&r);
		struct event ev = {0};
		memcpy(out, r.before, EVENT_HASH);
		while (events.rest.n > 0 && event_id_compare(&ev.id, id) != 0)
			run_next_event(&events, out, &ev);
		if (event_id_compare(&ev.id, id) != 0)
			e = ERR_ABSENT;
	}
	grow_free(&g);
	return e;
}

/* How many events one journal holds above low, up to high. */
static enum err count_in(struct own *o, struct journal *j, const struct event_id *low,
	const struct event_id *high, uint64_t *count)
{
	struct event_id at = *low;
	size_t n = OWN_RUN;

	while (n == OWN_RUN) {
		enum err e = journal_read(j, &at, o->batch, OWN_RUN, &n);
		if (e)
			return e;
		for (size_t i = 0; i < n; i++) {
			at = o->batch[i].id;
			if (event_id_compare(&at, high) > 0)
				return OK;
			++*count;
		}
	}
	return OK;
}

static enum err count_between(
	struct own *o, const struct event_id *low, const struct event_id *high, uint64_t *out)
{
	enum err e = OK;

	*out = 0;
	if (o->kiosk)
		e = count_in(o, o->kiosk, low, high, out);
	if (!e && o->mine)
		e = count_in(o, o->mine, low, high, out);
	return e;
}

static enum err move_mark(struct own *o, struct own_board *b, const struct event_id *to)
{
	uint8_t mark[OWN_MARK];
	char key[STORE_KEY];
	uint64_t n;
	bool up = event_id_compare(&b->acked, to) < 0;

	enum err e = up ? count_between(o, &b->acked, to, &n) : count_between(o, to, &b->acked, &n);
	if (e)
		return e;
	store_u32(mark, to->epoch);
	store_u64(mark + 4, to->seq);
	own_note_name("acked", b->board, key);
	e = o->store->kind->note_put(o->store, key, (struct span){mark, sizeof(mark)}, false);
	if (e)
		return e;
	o->undelivered = up ? o->undelivered - (n < o->undelivered ? n : o->undelivered)
			    : o->undelivered + n;
	b->acked = *to;
	return OK;
}

/* The hub has everything up to its mark only if it has our history. A mark that is beyond ours is of
 * events we do not know: this card was put back. */
static enum err take_mark(
	struct own *o, struct own_board *b, const struct store_head *mark, bool *moved)
{
	uint8_t hash[EVENT_HASH];
	struct event_id to = mark->id;

	if (to.epoch == 0)
		to.seq = 0;
	else if (event_id_compare(&to, &b->head) > 0 && event_id_compare(&to, &b->counted) <= 0)
		return OK; /* the store was lost and is filled again: not so far yet */
	else if (event_id_compare(&to, &b->head) > 0) {
		own_forked(b, "the hub has more, or");
		return own_seen(o, b, to.epoch);
	} else {
		enum err e = hash_at(o, &to, hash);
		if (e == ERR_ABSENT || (!e && memcmp(hash, mark->hash, EVENT_HASH) != 0)) {
			own_forked(b, "the hub has");
			return OK;
		}
		if (e)
			return e;
	}
	if (event_id_compare(&to, &b->acked) == 0)
		return OK;
	*moved = true;
	return move_mark(o, b, &to);
}

enum err own_marks(struct own *o, struct span marks, bool *moved)
{
	struct cursor c = cursor_at(marks);
	enum err e = OK;

	*moved = false;
	if (marks.n % PROTOCOL_MARK != 0)
		return ERR_FORMAT;
	while (c.rest.n > 0 && !e) {
		struct store_head mark;
		memcpy(mark.board, cursor_bytes(&c, EVENT_BOARD).p, EVENT_BOARD);
		memcpy(mark.id.board, mark.board, EVENT_BOARD);
		mark.id.epoch = cursor_u32(&c);
		mark.id.seq = cursor_u64(&c);
		memcpy(mark.hash, cursor_bytes(&c, EVENT_HASH).p, EVENT_HASH);
		for (size_t i = 0; i < o->count && !e; i++)
			if (memcmp(o->boards[i].board, mark.board, EVENT_BOARD) == 0)
				e = take_mark(o, &o->boards[i], &mark, moved);
	}
	return e ? e : own_write_undelivered(o);
}
