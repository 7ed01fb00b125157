/* The machine of sync.h: a round is a set of tasks that are done in order. */
#include "sync.h"

#include <string.h>

static const enum sync_state state_of[SYNC_TASKS] = {
	[SYNC_SEND_ENROLMENT] = SYNC_JOIN,
	[SYNC_ASK_CONFIRMED] = SYNC_JOIN,
	[SYNC_ASK_MANIFEST] = SYNC_HELLO,
	[SYNC_ASK_TIME] = SYNC_HELLO,
	[SYNC_ASK_CREDENTIAL] = SYNC_HELLO,
	[SYNC_ASK_PATCH] = SYNC_PULL,
	[SYNC_ASK_ROSTER] = SYNC_PULL,
	[SYNC_SEND_EVENTS] = SYNC_PUSH,
	[SYNC_ASK_EVENTS] = SYNC_FETCH,
};

void sync_init(struct sync *s)
{
	*s = (struct sync){.state = SYNC_OFFLINE};
}

static void put(struct sync *s, enum sync_task t)
{
	s->todo |= 1U << t;
}

static void drop(struct sync *s, enum sync_task t)
{
	s->todo &= ~(1U << t);
}

static bool has(const struct sync *s, enum sync_task t)
{
	return (s->todo & 1U << t) != 0;
}

/* From part to the whole of ms. Boards that lost one hub together shall not come back together. */
static int64_t jitter(int64_t ms, int64_t part, uint32_t chance)
{
	return part + (ms - part) * (int64_t)(chance % 1024) / 1024;
}

static void wait_until(struct sync *s, enum sync_state state, int64_t until_ms)
{
	s->state = state;
	s->now = (struct sync_action){
		.task = SYNC_WAIT, .address = s->address, .until_ms = until_ms};
}

static int64_t sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void rest(struct sync *s, const struct sync_event *e)
{
	s->backoff_ms = 0;
	int64_t until = sooner(s->manifest_ms, s->time_ms);
	if (e->facts.enrolled) {
		until = sooner(until, s->poll_ms);
		if (e->facts.pending)
			until = sooner(until, s->push_ms);
	}
	wait_until(s, SYNC_REST, until);
}

/* The next task of the round, or rest. */
static void next(struct sync *s, const struct sync_event *e)
{
	for (enum sync_task t = SYNC_WAIT + 1; t < SYNC_TASKS; t++)
		if (has(s, t)) {
			s->state = state_of[t];
			s->now = (struct sync_action){.task = t,
				.address = s->address,
				.introduce = t == SYNC_SEND_EVENTS && !s->introduced};
			return;
		}
	rest(s, e);
}

/* A new contact: everything from the manifest on. */
static void begin(struct sync *s, const struct sync_event *e)
{
	s->todo = 0;
	s->introduced = false;
	if (e->facts.addresses == 0 || (!e->facts.joining && !e->facts.trusted)) {
		wait_until(s, SYNC_OFFLINE, INT64_MAX);
		return;
	}
	s->address %= e->facts.addresses;
	if (e->facts.joining) {
		put(s, SYNC_SEND_ENROLMENT);
		next(s, e);
		return;
	}
	put(s, SYNC_ASK_MANIFEST);
	if (e->now_ms >= s->time_ms)
		put(s, SYNC_ASK_TIME);
	if (e->facts.enrolled && (!s->revoked || e->now_ms >= s->push_ms)) {
		put(s, SYNC_SEND_EVENTS);
		put(s, SYNC_ASK_EVENTS);
	}
	next(s, e);
}

static void cut(struct sync *s)
{
	s->todo = 0;
	s->online = false;
	s->tried = 0;
	wait_until(s, SYNC_OFFLINE, INT64_MAX);
}

/* The next address at once; after the last of them, a wait. Where there is but one, what was left of
 * the round is gone on with afterwards: on a bad network a whole round may never come through. */
static void failed(struct sync *s, const struct sync_event *e)
{
	s->online = false;
	s->tried++;
	if (e->facts.addresses > 1) {
		s->address++;
		s->todo = 0;
	}
	if (s->tried < e->facts.addresses) {
		begin(s, e);
		return;
	}
	s->tried = 0;
	/* A hub that answers now and then is worth more tries than one that is away. */
	bool flaky = s->answered_ms != 0 && e->now_ms - s->answered_ms < SYNC_FLAKY_MS;
	int64_t most = flaky ? SYNC_BACKOFF_FLAKY_MS : SYNC_BACKOFF_MAX_MS;
	s->backoff_ms = s->backoff_ms == 0 ? SYNC_BACKOFF_MS : sooner(2 * s->backoff_ms, most);
	wait_until(
		s, SYNC_OFFLINE, e->now_ms + jitter(s->backoff_ms, s->backoff_ms / 2, e->chance));
}

static void woken(struct sync *s, const struct sync_event *e)
{
	if (e->now_ms < s->now.until_ms && !(s->state == SYNC_REST && e->facts.pending)) {
		wait_until(s, s->state, s->now.until_ms);
		return;
	}
	if (s->state == SYNC_OFFLINE && s->todo == 0) {
		begin(s, e);
		return;
	}
	/* A hub that fails at one thing may have news of another. */
	if (s->state != SYNC_JOIN && e->now_ms >= s->manifest_ms)
		put(s, SYNC_ASK_MANIFEST);
	if (s->state == SYNC_REST) {
		if (e->now_ms >= s->time_ms)
			put(s, SYNC_ASK_TIME);
		if (e->facts.enrolled && e->facts.pending && e->now_ms >= s->push_ms)
			put(s, SYNC_SEND_EVENTS);
		if (e->facts.enrolled && e->now_ms >= s->poll_ms)
			put(s, s->revoked ? SYNC_SEND_EVENTS : SYNC_ASK_EVENTS);
	}
	next(s, e);
}

/* The hub says that this board is revoked: ask again now and then, with an upload. */
static void refused(struct sync *s, const struct sync_event *e)
{
	s->revoked = true;
	s->push_ms = s->poll_ms = e->now_ms + SYNC_REVOKED_MS;
	drop(s, SYNC_SEND_EVENTS);
	drop(s, SYNC_ASK_EVENTS);
	next(s, e);
}

static void joined(struct sync *s, const struct sync_event *e)
{
	enum sync_task t = s->now.task;

	drop(s, t);
	if (e->what == SYNC_NOT_YET) {
		put(s, SYNC_ASK_CONFIRMED);
		wait_until(s, SYNC_JOIN, e->now_ms + SYNC_CONFIRM_MS);
		return;
	}
	if (e->what != SYNC_DONE || t == SYNC_ASK_CONFIRMED) {
		begin(s, e);
		return;
	}
	put(s, SYNC_ASK_CONFIRMED);
	next(s, e);
}

static void had_manifest(struct sync *s, const struct sync_event *e)
{
	s->manifest_ms = e->now_ms + SYNC_MANIFEST_MS;
	s->heard = e->sequence;
	if (e->wanted && e->now_ms >= s->pull_ms)
		put(s, e->patch ? SYNC_ASK_PATCH : SYNC_ASK_ROSTER);
	if (e->credential)
		put(s, SYNC_ASK_CREDENTIAL);
}

/* A hub that tells of another roster than ours is asked for its manifest, once for each it tells. */
static void heard(struct sync *s, const struct sync_event *e)
{
	if (e->sequence == 0 || e->sequence == e->facts.sequence || e->sequence == s->heard)
		return;
	s->heard = e->sequence;
	put(s, SYNC_ASK_MANIFEST);
}

static void sent_events(struct sync *s, const struct sync_event *e)
{
	bool ok = e->what == SYNC_DONE;

	s->push_ms = e->now_ms + (ok ? SYNC_BATCH_MS : SYNC_HOLD_MS);
	if (ok) {
		s->introduced = true;
		if (s->revoked)
			put(s, SYNC_ASK_EVENTS);
		s->revoked = false;
		heard(s, e);
	}
	if (!ok || !e->more)
		drop(s, SYNC_SEND_EVENTS);
}

static void had_events(struct sync *s, const struct sync_event *e)
{
	if (e->what == SYNC_DONE && e->more)
		return;
	drop(s, SYNC_ASK_EVENTS);
	int64_t pause = e->what == SYNC_DONE ? SYNC_POLL_MS : SYNC_HOLD_MS;
	s->poll_ms = e->now_ms + jitter(pause, pause * 3 / 4, e->chance);
	if (e->what == SYNC_DONE)
		heard(s, e);
}

/* DONE, or something of no use, of a task of an ordinary round. */
static void answered(struct sync *s, const struct sync_event *e)
{
	enum sync_task t = s->now.task;
	bool ok = e->what == SYNC_DONE;

	if (e->what != SYNC_FAILED) {
		s->online = true;
		s->tried = 0;
		s->answered_ms = e->now_ms;
	}
	/* A manifest alone is no progress where the next address begins with one again. */
	if (ok && (t != SYNC_ASK_MANIFEST || e->facts.addresses == 1))
		s->backoff_ms = 0;
	if (t != SYNC_SEND_EVENTS && t != SYNC_ASK_EVENTS)
		drop(s, t);
	if (t == SYNC_ASK_MANIFEST)
		had_manifest(s, e);
	else if (t == SYNC_ASK_TIME)
		s->time_ms = e->now_ms + (ok ? SYNC_TIME_MS : SYNC_HOLD_MS);
	else if (t == SYNC_ASK_PATCH && !ok)
		put(s, SYNC_ASK_ROSTER);
	else if (t == SYNC_ASK_ROSTER && e->what == SYNC_FAILED)
		s->manifest_ms = e->now_ms + SYNC_POLL_MS; /* it is still wanted */
	else if (t == SYNC_ASK_ROSTER && !ok)
		s->pull_ms = e->now_ms + SYNC_HOLD_MS;
	else if (t == SYNC_SEND_EVENTS)
		sent_events(s, e);
	else if (t == SYNC_ASK_EVENTS)
		had_events(s, e);
	next(s, e);
}

/* Without these a round goes on: if the hub is gone, the next task will tell. */
static bool is_optional(enum sync_task t)
{
	return t == SYNC_ASK_TIME || t == SYNC_ASK_CREDENTIAL || t == SYNC_ASK_PATCH ||
	       t == SYNC_ASK_ROSTER;
}

static void request_ended(struct sync *s, const struct sync_event *e)
{
	enum sync_task t = s->now.task;

	if ((e->what == SYNC_FAILED && !is_optional(t)) ||
		(e->what != SYNC_DONE && t == SYNC_ASK_MANIFEST))
		failed(s, e);
	else if (t == SYNC_SEND_ENROLMENT || t == SYNC_ASK_CONFIRMED)
		joined(s, e);
	else if (e->what == SYNC_REFUSED && (t == SYNC_SEND_EVENTS || t == SYNC_ASK_EVENTS))
		refused(s, e);
	else if (e->what == SYNC_STRANGER && t == SYNC_ASK_EVENTS && !s->introduced &&
		 e->now_ms >= s->push_ms) {
		put(s, SYNC_SEND_EVENTS);
		next(s, e);
	} else if (e->what == SYNC_STRANGER && t == SYNC_ASK_EVENTS) {
		/* It knew us when we came and has begun anew, or it took no upload: introduce us in
		 * the next round. */
		s->introduced = false;
		answered(s, e);
	} else
		answered(s, e);
}

void sync_step(struct sync *s, const struct sync_event *e, struct sync_action *out)
{
	bool waiting = s->now.task == SYNC_WAIT;

	if (e->what == SYNC_CUT)
		cut(s);
	else if (e->what == SYNC_TRY && waiting) {
		s->backoff_ms = 0;
		s->tried = 0;
		if (s->state == SYNC_REST || s->state == SYNC_JOIN)
			s->now.until_ms = e->now_ms;
		if (s->state == SYNC_OFFLINE)
			begin(s, e); /* with a new reason, everything anew */
		else
			woken(s, e);
	} else if (e->what == SYNC_WAKE && waiting)
		woken(s, e);
	else if (!waiting)
		request_ended(s, e);
	*out = s->now;
}
