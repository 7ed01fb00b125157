/* Changes as a file, there and back. */
#include "changes.h"

#include <string.h>

static const uint8_t magic[8] = "FOYERCH1";

/* No time of an event is later, in seconds since 1970; an offset is at most a day. */
enum { OFFSET = 1440 };
#define TIME_MAX ((uint64_t)1 << 41)

static void write_text(struct sink *k, struct span bytes, struct text t)
{
	sink_text(k, span_cut(bytes, t.at, t.n));
}

static void write_past(struct sink *k, const struct past *p, struct span bytes)
{
	sink_u16(k, p->activity);
	sink_u16(k, p->place);
	sink_u8(k, (uint8_t)p->kind);
	sink_u64(k, (uint64_t)p->start);
	sink_u64(k, (uint64_t)p->end);
	sink_u64(k, (uint64_t)p->leave);
	sink_u16(k, (uint16_t)(p->offset + OFFSET));
	sink_u16(k, (uint16_t)(p->end_offset + OFFSET));
	sink_u16(k, (uint16_t)(p->leave_offset + OFFSET));
	for (int i = 0; i < LANGUAGES; i++)
		write_text(k, bytes, p->title.in[i]);
	write_text(k, bytes, p->place_id);
	write_text(k, bytes, p->place_name);
	write_text(k, bytes, p->room);
	write_text(k, bytes, p->city);
	write_text(k, bytes, p->meeting_point);
}

void changes_write(const struct changes *c, struct sink *k)
{
	sink_bytes(k, magic, sizeof(magic));
	sink_bytes(k, c->event, sizeof(c->event));
	sink_u32(k, c->epoch);
	sink_u64(k, c->sequence);
	sink_u8(k, c->more);
	sink_varint(k, c->past_n);
	for (uint32_t i = 0; i < c->past_n; i++)
		write_past(k, &c->past[i], (struct span){c->text, c->text_n});
	sink_varint(k, c->mark_n);
	for (uint32_t i = 0; i < c->mark_n; i++) {
		const struct change *m = &c->marks[i];
		sink_u8(k, m->what);
		sink_u64(k, (uint64_t)m->noted);
		write_past(k, &m->was, (struct span){m->text, m->text_n});
	}
}

static int64_t read_time(struct cursor *c)
{
	uint64_t v = cursor_u64(c);

	c->bad |= v > TIME_MAX;
	return (int64_t)v;
}

static int32_t read_offset(struct cursor *c)
{
	uint16_t v = cursor_u16(c);

	c->bad |= v > 2 * OFFSET;
	return (int32_t)v - OFFSET;
}

static struct text read_text(struct cursor *c, struct text_memory *m)
{
	struct span s = cursor_text(c);

	c->bad |= !span_is_utf8(s);
	struct text t = text_keep(m, s);
	c->bad |= m->full;
	return t;
}

static void read_past(struct cursor *c, struct past *p, struct text_memory *m)
{
	p->activity = cursor_u16(c);
	p->place = cursor_u16(c);
	uint8_t kind = cursor_u8(c);
	c->bad |= kind >= ACTIVITY_KINDS;
	p->kind = c->bad ? ACTIVITY_OTHER : (enum activity_kind)kind;
	p->start = read_time(c);
	p->end = read_time(c);
	p->leave = read_time(c);
	c->bad |= p->end < p->start;
	p->offset = read_offset(c);
	p->end_offset = read_offset(c);
	p->leave_offset = read_offset(c);
	for (int i = 0; i < LANGUAGES; i++)
		p->title.in[i] = read_text(c, m);
	p->place_id = read_text(c, m);
	p->place_name = read_text(c, m);
	p->room = read_text(c, m);
	p->city = read_text(c, m);
	p->meeting_point = read_text(c, m);
}

static void read_pasts(struct cursor *c, struct changes *out)
{
	struct text_memory m = {out->text, &out->text_n, sizeof(out->text), false};
	uint64_t n = cursor_varint_max(c, CHANGES_KNOWN);

	for (uint64_t i = 0; i < n && !c->bad; i++)
		read_past(c, &out->past[out->past_n++], &m);
}

static void read_marks(struct cursor *c, struct changes *out)
{
	uint64_t n = cursor_varint_max(c, CHANGES_MARKS);

	for (uint64_t i = 0; i < n && !c->bad; i++) {
		struct change *mark = &out->marks[out->mark_n++];
		struct text_memory m = {mark->text, &mark->text_n, sizeof(mark->text), false};
		mark->what = cursor_u8(c);
		c->bad |= mark->what == 0 || (mark->what & ~CHANGE_ALL);
		mark->noted = read_time(c);
		read_past(c, &mark->was, &m);
	}
}

enum err changes_read(struct changes *out, struct span file)
{
	struct cursor c = cursor_at(file);
	struct span head = cursor_bytes(&c, sizeof(magic));

	memset(out, 0, sizeof(*out));
	c.bad |= !span_equal(head, (struct span){magic, sizeof(magic)});
	struct span event = cursor_bytes(&c, sizeof(out->event));
	out->epoch = cursor_u32(&c);
	out->sequence = cursor_u64(&c);
	uint8_t more = cursor_u8(&c);
	c.bad |= more > 1;
	out->more = more;
	if (!c.bad)
		memcpy(out->event, event.p, sizeof(out->event));
	read_pasts(&c, out);
	read_marks(&c, out);
	out->known = !c.bad && c.rest.n == 0;
	if (out->known)
		return OK;
	memset(out, 0, sizeof(*out));
	return ERR_FORMAT;
}
