/* The roster's public tables: the programme that any screen may show. */
#include "roster_inside.h"

#include <string.h>

enum { MINUTE = 60, OFFSET_ZERO = 1440, OFFSET_MAX = 2 * OFFSET_ZERO, ZONES_MAX = 4096 };

static bool table_sound(const struct roster_section *s)
{
	size_t head = (size_t)s->count * 4, end = 0;

	if (head > s->bytes.n)
		return false;
	for (uint32_t i = 0; i < s->count; i++) {
		size_t next = load_u32(s->bytes.p + (size_t)i * 4);
		if (next < end || next > s->bytes.n - head)
			return false;
		end = next;
	}
	return end == s->bytes.n - head;
}

struct span roster_record(const struct roster_section *s, uint32_t i)
{
	size_t head = (size_t)s->count * 4;

	if (i >= s->count || head > s->bytes.n)
		return (struct span){0};
	const uint8_t *ends = s->bytes.p;
	size_t from = i ? load_u32(ends + (size_t)(i - 1) * 4) : 0,
	       to = load_u32(ends + (size_t)i * 4);
	return to < from ? ((struct span){0}) : span_cut(s->bytes, head + from, to - from);
}

static struct span take_text(struct cursor *c)
{
	struct span s = cursor_text(c);

	if (!span_is_utf8(s))
		c->bad = true;
	return s;
}

static void take_words(struct cursor *c, struct words *out)
{
	for (int i = 0; i < LANGUAGES; i++)
		out->in[i] = take_text(c);
}

static int64_t take_minutes(const struct roster *r, struct cursor *c)
{
	return r->base + (int64_t)cursor_varint_max(c, UINT32_MAX) * MINUTE;
}

static void plain_words(struct cursor *c, struct words *out)
{
	for (int i = 0; i < LANGUAGES; i++)
		out->in[i] = cursor_text(c);
}

bool roster_parse_place(const struct roster *r, struct span record, struct place *out)
{
	struct cursor c = cursor_at(record);

	memset(out, 0, sizeof(*out));
	out->id = cursor_text(&c);
	out->name = cursor_text(&c);
	out->city = cursor_text(&c);
	out->room = cursor_text(&c);
	out->address = cursor_text(&c);
	plain_words(&c, &out->directions);
	out->zone = (uint16_t)cursor_varint_max(&c, UINT16_MAX);
	out->capacity = (uint32_t)cursor_varint_max(&c, UINT32_MAX);
	return !c.bad && out->zone < r->section[SECTION_ZONES].count;
}

bool roster_parse_activity(const struct roster *r, struct span record, struct activity *out)
{
	struct cursor c = cursor_at(record);

	memset(out, 0, sizeof(*out));
	out->id = cursor_text(&c);
	out->kind = cursor_u8(&c);
	out->access = cursor_u8(&c);
	plain_words(&c, &out->title);
	out->start = take_minutes(r, &c);
	out->end = take_minutes(r, &c);
	uint64_t leave = cursor_varint_max(&c, UINT32_MAX);
	out->leave_by = leave ? r->base + (int64_t)(leave - 1) * MINUTE : 0;
	out->place = (uint16_t)cursor_varint_max(&c, UINT16_MAX);
	uint64_t track = cursor_varint_max(&c, UINT16_MAX);
	out->track = (int)track - 1;
	out->capacity = (uint32_t)cursor_varint_max(&c, UINT32_MAX);
	out->speakers = cursor_text(&c);
	out->meeting_point = cursor_text(&c);
	out->dress = cursor_text(&c);
	return !c.bad && out->kind < ACTIVITY_KINDS && out->access < ACCESSES &&
	       out->place < r->section[SECTION_PLACES].count &&
	       track <= r->section[SECTION_TRACKS].count;
}

static bool all_utf8(const struct words *w, const struct span *texts, size_t n)
{
	for (int i = 0; i < LANGUAGES; i++)
		if (!span_is_utf8(w->in[i]))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!span_is_utf8(texts[i]))
			return false;
	return true;
}

bool roster_activity_is_utf8(const struct activity *a)
{
	const struct span texts[] = {a->id, a->speakers, a->meeting_point, a->dress};

	return all_utf8(&a->title, texts, COUNT(texts));
}

bool roster_place_is_utf8(const struct place *p)
{
	const struct span texts[] = {p->id, p->name, p->city, p->room, p->address};

	return all_utf8(&p->directions, texts, COUNT(texts));
}

static bool parse_leg(const struct roster *r, struct span record, struct leg *out)
{
	struct cursor c = cursor_at(record);

	take_words(&c, &out->name);
	out->city = take_text(&c);
	out->zone = take_text(&c);
	out->first = take_minutes(r, &c);
	out->last = take_minutes(r, &c);
	return !c.bad;
}

static bool parse_track(struct span record, struct track *out)
{
	struct cursor c = cursor_at(record);

	out->id = take_text(&c);
	take_words(&c, &out->title);
	for (int i = 0; i < 3; i++)
		out->rgb[i] = cursor_u8(&c);
	return !c.bad;
}

static bool parse_event(struct span record, struct event_info *out)
{
	struct cursor c = cursor_at(record);

	memset(out, 0, sizeof(*out));
	take_words(&c, &out->name);
	out->id = take_text(&c);
	cursor_u64(&c);
	cursor_u8(&c);
	cursor_varint(&c);
	out->desk_place = take_text(&c);
	out->lease_amber_min = (uint32_t)cursor_varint_max(&c, UINT32_MAX);
	out->lease_withhold_min = (uint32_t)cursor_varint_max(&c, UINT32_MAX);
	struct span key = cursor_bytes(&c, SEAL_PUBLIC);
	if (!c.bad)
		memcpy(out->letters, key.p, SEAL_PUBLIC);
	return !c.bad;
}

/* The zone's rule at utc: transitions rise, and the first holds before it as well. */
static bool zone_at(
	const struct roster *r, struct span record, int64_t utc, struct local_offset *out)
{
	struct cursor c = cursor_at(record);
	int64_t last = INT64_MIN;

	take_text(&c);
	uint64_t n = cursor_varint_max(&c, ZONES_MAX);
	for (uint64_t i = 0; i < n && !c.bad; i++) {
		int64_t from = take_minutes(r, &c);
		int32_t minutes = (int32_t)cursor_varint_max(&c, OFFSET_MAX) - OFFSET_ZERO;
		struct span abbreviation = take_text(&c);
		if (from < last)
			return false;
		last = from;
		if (i == 0 || from <= utc)
			*out = (struct local_offset){minutes, abbreviation};
	}
	return !c.bad && n > 0;
}

static bool check_files(const struct roster *r)
{
	for (uint32_t i = 0; i < r->section[SECTION_FILES].count; i++) {
		struct cursor c = cursor_at(roster_record(&r->section[SECTION_FILES], i));
		take_text(&c);
		if (c.bad)
			return false;
	}
	return true;
}

static bool check_records(const struct roster *r)
{
	const struct roster_section *s = r->section;
	struct local_offset offset;
	struct activity activity;
	struct place place;
	struct track track;
	struct leg leg;

	for (uint32_t i = 0; i < s[SECTION_ZONES].count; i++)
		if (!zone_at(r, roster_record(&s[SECTION_ZONES], i), 0, &offset))
			return false;
	for (uint32_t i = 0; i < s[SECTION_PLACES].count; i++) {
		struct span record = roster_record(&s[SECTION_PLACES], i);
		if (record.n &&
			(!roster_parse_place(r, record, &place) || !roster_place_is_utf8(&place)))
			return false;
	}
	for (uint32_t i = 0; i < s[SECTION_TRACKS].count; i++)
		if (!parse_track(roster_record(&s[SECTION_TRACKS], i), &track))
			return false;
	for (uint32_t i = 0; i < s[SECTION_ACTIVITIES].count; i++) {
		struct span record = roster_record(&s[SECTION_ACTIVITIES], i);
		if (record.n && (!roster_parse_activity(r, record, &activity) ||
					!roster_activity_is_utf8(&activity)))
			return false;
	}
	for (uint32_t i = 0; i < s[SECTION_LEGS].count; i++)
		if (!parse_leg(r, roster_record(&s[SECTION_LEGS], i), &leg))
			return false;
	return true;
}

static bool check_order_list(const struct roster *r)
{
	struct activity a;
	int64_t last = INT64_MIN;

	for (uint32_t i = 0; i < roster_activity_count(r); i++) {
		if (roster_activity_at(r, i, &a) != OK || a.start < last)
			return false;
		last = a.start;
	}
	return true;
}

enum err roster_check_public(const struct roster *r)
{
	static const enum section_id tables[] = {SECTION_EVENT, SECTION_LEGS, SECTION_ZONES,
		SECTION_PLACES, SECTION_TRACKS, SECTION_ACTIVITIES, SECTION_OBJECTS, SECTION_FILES};
	struct event_info event;

	for (size_t i = 0; i < COUNT(tables); i++)
		if (!table_sound(&r->section[tables[i]]))
			return ERR_FORMAT;
	if (r->section[SECTION_EVENT].count != 1 ||
		!parse_event(roster_record(&r->section[SECTION_EVENT], 0), &event))
		return ERR_FORMAT;
	return check_records(r) && check_files(r) && check_order_list(r) ? OK : ERR_FORMAT;
}

void roster_event(const struct roster *r, struct event_info *out)
{
	(void)parse_event(roster_record(&r->section[SECTION_EVENT], 0), out);
}

enum err roster_leg(const struct roster *r, uint32_t i, struct leg *out)
{
	memset(out, 0, sizeof(*out));
	struct span record = roster_record(&r->section[SECTION_LEGS], i);
	return record.p && parse_leg(r, record, out) ? OK : ERR_ABSENT;
}

enum err roster_track(const struct roster *r, uint32_t i, struct track *out)
{
	memset(out, 0, sizeof(*out));
	struct span record = roster_record(&r->section[SECTION_TRACKS], i);
	return record.p && parse_track(record, out) ? OK : ERR_ABSENT;
}

uint32_t roster_activity_count(const struct roster *r)
{
	return r->section[SECTION_ORDER].count;
}

enum err roster_activity_at(const struct roster *r, uint32_t i, struct activity *out)
{
	memset(out, 0, sizeof(*out));
	if (i >= roster_activity_count(r))
		return ERR_ABSENT;
	uint16_t number = load_u16(r->section[SECTION_ORDER].bytes.p + (size_t)i * ORDER_ENTRY);
	return roster_activity(r, NULL, number, out);
}

enum err roster_file(const struct roster *r, struct span name, struct span *out)
{
	*out = (struct span){0};
	for (uint32_t i = 0; i < r->section[SECTION_FILES].count; i++) {
		struct cursor c = cursor_at(roster_record(&r->section[SECTION_FILES], i));
		if (!span_equal(cursor_text(&c), name))
			continue;
		*out = c.rest;
		return OK;
	}
	return ERR_ABSENT;
}

enum err roster_place_by_id(const struct roster *r, struct span id, struct place *out)
{
	for (uint32_t i = 0; i < r->section[SECTION_PLACES].count; i++) {
		struct span record = roster_record(&r->section[SECTION_PLACES], i);
		if (record.n && roster_parse_place(r, record, out) && span_equal(out->id, id))
			return OK;
	}
	memset(out, 0, sizeof(*out));
	return ERR_ABSENT;
}

struct local_offset roster_offset(const struct roster *r, uint16_t zone, int64_t utc)
{
	struct local_offset offset = {0};
	struct span record = roster_record(&r->section[SECTION_ZONES], zone);

	if (record.p)
		(void)zone_at(r, record, utc, &offset);
	return offset;
}
