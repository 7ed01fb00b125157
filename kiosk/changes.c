/* Changes of the public programme. */
#include "changes.h"

#include <string.h>

/* A clock that was set back a little makes no change untold. */
enum { SET_BACK_S = 60 };

int64_t changes_leave(const struct activity *a)
{
	if (a->leave_by > 0)
		return a->leave_by;
	return a->kind == ACTIVITY_TRANSFER ? a->start : 0;
}

/* An activity of a roster, with its place. */
struct present {
	const struct roster *roster;
	struct activity a;
	struct place p;
};

static bool read_public(struct present *x, uint32_t i)
{
	return roster_activity_at(x->roster, i, &x->a) == OK && x->a.open_to_all &&
	       roster_place(x->roster, NULL, x->a.place, &x->p) == OK;
}

static bool find_public(struct present *x, uint16_t number)
{
	return roster_activity(x->roster, NULL, number, &x->a) == OK && x->a.open_to_all &&
	       roster_place(x->roster, NULL, x->a.place, &x->p) == OK;
}

static void keep(struct past *out, struct text_memory *m, const struct present *x)
{
	const struct activity *a = &x->a;
	int64_t leave = changes_leave(a);

	*out = (struct past){.activity = a->number,
		.place = a->place,
		.kind = a->kind,
		.start = a->start,
		.end = a->end,
		.leave = leave,
		.offset = roster_offset(x->roster, x->p.zone, a->start).minutes,
		.end_offset = roster_offset(x->roster, x->p.zone, a->end).minutes,
		.leave_offset = roster_offset(x->roster, x->p.zone, leave).minutes,
		.title = texts_keep(m, &a->title)};
	out->place_id = text_keep(m, x->p.id);
	out->place_name = text_keep(m, x->p.name);
	out->room = text_keep(m, x->p.room);
	out->city = text_keep(m, x->p.city);
	out->meeting_point = text_keep(m, a->meeting_point);
}

void changes_learn(struct changes *c, const struct roster *r, int64_t now)
{
	struct text_memory m = {c->text, &c->text_n, sizeof(c->text), false};
	struct present x = {.roster = r};
	uint32_t n = roster_activity_count(r);

	c->known = true;
	memcpy(c->event, r->event, sizeof(c->event));
	c->epoch = r->epoch;
	c->sequence = r->sequence;
	c->past_n = c->text_n = 0;
	c->more = false;
	for (uint32_t i = 0; i < n && !c->more; i++) {
		uint32_t used = c->text_n;
		if (!read_public(&x, i) || x.a.end <= now)
			continue;
		c->more = c->past_n == CHANGES_KNOWN;
		if (!c->more)
			keep(&c->past[c->past_n], &m, &x);
		c->more |= m.full;
		if (c->more)
			c->text_n = used;
		else
			c->past_n++;
	}
}

static const struct past *past_of(const struct changes *c, uint16_t activity)
{
	for (uint32_t i = 0; i < c->past_n; i++)
		if (c->past[i].activity == activity)
			return &c->past[i];
	return NULL;
}

bool change_is_fresh(const struct change *c, int64_t now)
{
	return now >= c->noted - SET_BACK_S && now < c->noted + CHANGES_LAST_S;
}

static struct change *mark_of(struct changes *c, uint16_t activity)
{
	for (uint32_t i = 0; i < c->mark_n; i++)
		if (c->marks[i].was.activity == activity)
			return &c->marks[i];
	return NULL;
}

const struct change *changes_of(const struct changes *c, uint16_t activity, int64_t now)
{
	for (uint32_t i = 0; i < c->mark_n; i++)
		if (c->marks[i].was.activity == activity && change_is_fresh(&c->marks[i], now))
			return &c->marks[i];
	return NULL;
}

static void drop(struct changes *c, const struct change *mark)
{
	size_t at = (size_t)(mark - c->marks);

	c->mark_n--;
	memmove(&c->marks[at], &c->marks[at + 1], (c->mark_n - at) * sizeof(*c->marks));
}

static void drop_stale(struct changes *c, int64_t now)
{
	for (uint32_t i = c->mark_n; i-- > 0;)
		if (!change_is_fresh(&c->marks[i], now))
			drop(c, &c->marks[i]);
}

struct span change_text(const struct change *c, struct text t)
{
	return span_cut((struct span){c->text, c->text_n}, t.at, t.n);
}

/* The texts of from, which lie in bytes, become out's own. */
static void take_texts(struct change *out, const struct past *from, struct span bytes)
{
	struct text_memory m = {out->text, &out->text_n, sizeof(out->text), false};
	const struct text *in[] = {
		&from->place_id, &from->place_name, &from->room, &from->city, &from->meeting_point};
	struct text *to[] = {&out->was.place_id, &out->was.place_name, &out->was.room,
		&out->was.city, &out->was.meeting_point};

	for (size_t i = 0; i < COUNT(in); i++)
		*to[i] = text_keep(&m, span_cut(bytes, in[i]->at, in[i]->n));
	for (int i = 0; i < LANGUAGES; i++)
		out->was.title.in[i] =
			text_keep(&m, span_cut(bytes, from->title.in[i].at, from->title.in[i].n));
}

/* The oldest makes room. */
static struct change *add(struct changes *c)
{
	if (c->mark_n == CHANGES_MARKS)
		drop(c, c->marks);
	return &c->marks[c->mark_n++];
}

static void move_text(
	struct change *to, struct text *into, const struct change *from, struct text t)
{
	struct text_memory m = {to->text, &to->text_n, sizeof(to->text), false};

	*into = text_keep(&m, change_text(from, t));
}

/* What was told of it less than an hour ago and has not been changed again is told on. */
static void tell_on(struct change *next, const struct change *old)
{
	uint8_t kept = old->what & (uint8_t)~next->what;

	if ((old->what | next->what) & CHANGE_CANCELLED)
		return;
	next->what |= kept;
	if (kept & CHANGE_TIME) {
		next->was.start = old->was.start;
		next->was.offset = old->was.offset;
	}
	if (kept & CHANGE_LEAVE) {
		next->was.leave = old->was.leave;
		next->was.leave_offset = old->was.leave_offset;
	}
	if (kept & CHANGE_PLACE) {
		move_text(next, &next->was.place_id, old, old->was.place_id);
		move_text(next, &next->was.place_name, old, old->was.place_name);
		move_text(next, &next->was.room, old, old->was.room);
		move_text(next, &next->was.city, old, old->was.city);
	}
	if (kept & CHANGE_MEETING)
		move_text(next, &next->was.meeting_point, old, old->was.meeting_point);
}

static void mark(struct changes *c, const struct past *was, uint8_t what, int64_t now)
{
	struct change *old = mark_of(c, was->activity);
	struct change next = {.what = what, .noted = now, .was = *was};

	take_texts(&next, was, (struct span){c->text, c->text_n});
	if (old) {
		tell_on(&next, old);
		drop(c, old);
	}
	*add(c) = next;
}

static uint8_t differences(
	const struct changes *c, const struct past *was, const struct present *is)
{
	struct span met = span_cut(
		(struct span){c->text, c->text_n}, was->meeting_point.at, was->meeting_point.n);
	uint8_t what = 0;

	what |= was->start != is->a.start ? CHANGE_TIME : 0;
	what |= was->leave != changes_leave(&is->a) ? CHANGE_LEAVE : 0;
	what |= was->place != is->a.place ? CHANGE_PLACE : 0;
	what |= span_equal(met, is->a.meeting_point) ? 0 : CHANGE_MEETING;
	return what;
}

static void compare_known(struct changes *c, const struct roster *r, int64_t now)
{
	struct present x = {.roster = r};

	for (uint32_t i = 0; i < c->past_n; i++) {
		const struct past *was = &c->past[i];
		bool there = find_public(&x, was->activity);
		uint8_t what = there ? differences(c, was, &x) : CHANGE_CANCELLED;
		bool told = there ? x.a.end > now : was->end > now;
		if (what && told && (there || !roster_is_sealed(r, was->activity)))
			mark(c, was, what, now);
	}
	/* What is not for everybody any more is nobody's news. */
	for (uint32_t i = c->mark_n; i-- > 0;)
		if (roster_is_sealed(r, c->marks[i].was.activity))
			drop(c, &c->marks[i]);
}

/* Whether what begins after all that was remembered is new, nobody knows. */
static bool was_unsaid(const struct changes *c, const struct activity *a)
{
	bool beyond = c->more && (c->past_n == 0 || a->start >= c->past[c->past_n - 1].start);

	return !beyond && !past_of(c, a->number);
}

static void compare_new(struct changes *c, const struct roster *r, int64_t now)
{
	struct present x = {.roster = r};
	uint32_t n = roster_activity_count(r);

	for (uint32_t i = 0; i < n; i++) {
		if (!read_public(&x, i) || x.a.end <= now || !was_unsaid(c, &x.a))
			continue;
		struct past is = {.activity = x.a.number,
			.place = x.a.place,
			.kind = x.a.kind,
			.start = x.a.start,
			.end = x.a.end};
		mark(c, &is, CHANGE_NEW, now);
	}
}

bool changes_compare(struct changes *c, const struct roster *r, int64_t now)
{
	bool same = c->known && memcmp(c->event, r->event, sizeof(c->event)) == 0;

	if (same && c->epoch == r->epoch && c->sequence == r->sequence)
		return false;
	if (same) {
		drop_stale(c, now);
		compare_known(c, r, now);
		compare_new(c, r, now);
	} else {
		c->mark_n = 0;
	}
	changes_learn(c, r, now);
	return true;
}
