/* Peers: both ends of a pull, as far as they are alike: streams, frames, time-outs. */
#include "agent_peers_inside.h"

#include <string.h>

/* An exchange that makes way may take WHOLE_MS, a stranger who only holds the line has ASK_MS. */
enum {
	ASK_MS = 2000,
	IDLE_MS = 3000,
	WHOLE_MS = 30000,
	READ_STEP = 64 << 10,
	FRAMES_A_STEP = 4,
};

void pull_begin(struct pull *l, enum pull_state state, int stream, int64_t now_ms)
{
	*l = (struct pull){.state = state, .stream = stream, .began_ms = now_ms, .idle_ms = now_ms};
	l->want = state == PULL_CHALLENGE ? PEER_CHALLENGE : PEER_FRAME_HEAD;
}

void pull_end(struct peers *p, struct pull *l)
{
	p->net->kind->hang_up(p->net, l->stream);
	grow_free(&l->in);
	grow_free(&l->out);
	grow_free(&l->asked);
	seal_wipe(l, sizeof(*l));
}

static bool is_ask(const struct peers *p, const struct pull *l)
{
	return l < &p->pulls[ASKS];
}

int64_t pull_deadline(const struct pull *l)
{
	bool stranger = l->asked.n == 0 && l->state != PULL_CHALLENGE && !l->place.answer;
	int64_t idle = l->idle_ms + IDLE_MS;
	int64_t whole = l->began_ms + (stranger ? ASK_MS : WHOLE_MS);

	return idle < whole ? idle : whole;
}

/* Take what has come, until want bytes are in. Room is made only for what is there, whatever length
 * was announced.
 * returns: OK, they are in; ERR_BUSY, not yet; ERR_ABSENT, ERR_IO, the other end is gone */
static enum err pull_read(struct peers *p, struct pull *l, int64_t now_ms)
{
	while (l->in.n < l->want) {
		size_t n, room = l->want - l->in.n;
		if (room > READ_STEP)
			room = READ_STEP;
		uint8_t *to = grow_room(&l->in, room);
		if (!to)
			return ERR_IO;
		enum err e = p->net->kind->read(p->net, l->stream, to, room, &n);
		l->in.n -= room - (e ? 0 : n);
		if (e)
			return e;
		p->stats.bytes_in += n;
		l->idle_ms = now_ms;
	}
	return OK;
}

/* returns: OK, all is out; ERR_BUSY, not yet; ERR_IO */
static enum err pull_write(struct peers *p, struct pull *l, int64_t now_ms)
{
	while (l->out_at < l->out.n) {
		size_t n;
		enum err e = p->net->kind->write(p->net, l->stream,
			(struct span){l->out.p + l->out_at, l->out.n - l->out_at}, &n);
		if (e)
			return e;
		p->stats.bytes_out += n;
		l->out_at += n;
		l->idle_ms = now_ms;
	}
	l->out.n = l->out_at = 0;
	return OK;
}

static void expect(struct pull *l, enum pull_state state, size_t want)
{
	l->state = state;
	l->want = want;
	l->in.n = 0;
}

static enum err take_length(struct peers *p, struct pull *l)
{
	size_t n;
	enum err e = peer_frame_length(l->in.p, is_ask(p, l) ? PEER_ANSWER_MAX : PEER_ASK_MAX, &n);

	if (!e)
		expect(l, PULL_FRAME, n);
	return e;
}

static enum err take_frame(struct peers *p, struct pull *l, int64_t now_ms)
{
	enum err e;

	if (!is_ask(p, l)) {
		e = answer_begin(p, l);
		if (!e)
			l->state = PULL_GIVING;
		return e;
	}
	e = ask_take(p, l, now_ms);
	if (!e)
		expect(l, PULL_LENGTH, PEER_FRAME_HEAD);
	return e;
}

/* One thing that a pull can do now.
 * returns: OK, there may be more; ERR_BUSY, it waits for the other end; ERR_ABSENT, it is over;
 *          ERR_TIMEOUT and others, it failed */
static enum err pull_turn(struct peers *p, struct pull *l, int64_t now_ms)
{
	enum err e = pull_write(p, l, now_ms);

	if (e)
		return e;
	if (l->state == PULL_LAST)
		return ERR_ABSENT;
	if (l->state == PULL_GIVING)
		return answer_next(p, l);
	e = pull_read(p, l, now_ms);
	if (e)
		return e == ERR_ABSENT ? ERR_IO : e;
	if (l->state == PULL_LENGTH)
		return take_length(p, l);
	if (l->state == PULL_FRAME)
		return take_frame(p, l, now_ms);
	memcpy(l->challenge, l->in.p, PEER_CHALLENGE);
	ask_write(p, l, now_ms);
	expect(l, PULL_LENGTH, PEER_FRAME_HEAD);
	return l->out.failed ? ERR_IO : OK;
}

static void pull_over(struct peers *p, struct pull *l, enum err why, int64_t now_ms)
{
	p->stats.refused += why == ERR_FORMAT || why == ERR_FORGED || why == ERR_DENIED;
	if (is_ask(p, l))
		ask_over(p, l, why == ERR_ABSENT ? OK : why, now_ms);
	else
		p->stats.answered += why == ERR_ABSENT;
	pull_end(p, l);
}

void pulls_advance(struct peers *p, int64_t now_ms)
{
	for (size_t i = 0; i < PULLS; i++) {
		struct pull *l = &p->pulls[i];
		enum err e = OK;
		if (l->state == PULL_FREE)
			continue;
		for (size_t turn = 0; !e && turn < 3 * FRAMES_A_STEP; turn++)
			e = pull_turn(p, l, now_ms);
		if (e == ERR_BUSY && now_ms >= pull_deadline(l))
			e = ERR_TIMEOUT;
		if (e && e != ERR_BUSY)
			pull_over(p, l, e, now_ms);
	}
}

/* A free place for a caller, or that of one by chance who has not yet shown the key: whoever holds
 * it shows it in the first few milliseconds, and who is unlucky calls again. */
static struct pull *place_for_caller(struct peers *p, int64_t now_ms)
{
	size_t first = (size_t)peers_chance(p, ANSWERS);

	for (size_t i = ASKS; i < PULLS; i++)
		if (p->pulls[i].state == PULL_FREE)
			return &p->pulls[i];
	for (size_t i = 0; i < ANSWERS; i++) {
		struct pull *l = &p->pulls[ASKS + (first + i) % ANSWERS];
		if (l->asked.n > 0)
			continue;
		pull_over(p, l, ERR_TIMEOUT, now_ms);
		return l;
	}
	return NULL;
}

void pulls_accept(struct peers *p, int64_t now_ms)
{
	for (size_t i = 0; i < ANSWERS; i++) {
		int stream = p->net->kind->accept(p->net);
		if (stream < 0)
			return;
		struct pull *l = place_for_caller(p, now_ms);
		if (!l) {
			p->net->kind->hang_up(p->net, stream);
			continue;
		}
		pull_begin(l, PULL_LENGTH, stream, now_ms);
		seal_random(l->challenge, PEER_CHALLENGE);
		grow_bytes(&l->out, l->challenge, PEER_CHALLENGE);
		if (l->out.failed)
			pull_end(p, l);
	}
}
