/* Opening one record: the boxes of a person, and the sealed objects her boxes hold keys for. */
#include "roster_inside.h"

#include <string.h>

enum { MINUTE = 60, LABELS_MAX = 64 };

/* Room for n more bytes in the visit's memory, or NULL. */
static uint8_t *take_room(struct visit *v, size_t n)
{
	if (n > VISIT_MEMORY - v->memory_used)
		return NULL;
	uint8_t *p = v->memory + v->memory_used;
	v->memory_used += n;
	return p;
}

static struct span take_text(struct cursor *c)
{
	struct span s = cursor_text(c);

	if (!span_is_utf8(s))
		c->bad = true;
	return s;
}

/* Open object o into v's memory, once.
 * returns: OK, ERR_ABSENT (no such object), ERR_FULL, ERR_FORGED */
static enum err open_object(const struct roster *r, struct visit *v, struct object_key *o)
{
	struct span box = roster_record(&r->section[SECTION_OBJECTS], o->object);
	uint8_t ad[OBJECT_AD];

	if (o->n > 0)
		return OK;
	if (!box.p || box.n <= SEAL_OVERHEAD)
		return ERR_ABSENT;
	size_t n = box.n - SEAL_OVERHEAD;
	uint8_t *plain = take_room(v, n);
	if (!plain)
		return ERR_FULL;
	roster_object_ad(r->event, o->object, ad);
	enum err e = seal_open(o->key, (struct span){ad, sizeof(ad)}, box, plain);
	if (e)
		return e;
	o->at = (uint32_t)(plain - v->memory);
	o->n = (uint32_t)n;
	return OK;
}

/* The record in one object that v holds the key of.
 * returns: OK, ERR_ABSENT (v holds no key for it, or it is not there), ERR_FULL, ERR_FORGED, ERR_FORMAT */
static enum err find_object(
	const struct roster *r, struct visit *v, uint32_t object, struct span *record)
{
	for (size_t i = 0; v && i < v->object_count; i++) {
		struct object_key *o = &v->objects[i];
		if (o->object != object)
			continue;
		enum err e = open_object(r, v, o);
		if (e)
			return e;
		struct cursor c = cursor_at((struct span){v->memory + o->at, o->n});
		*record = cursor_text(&c);
		return c.bad ? ERR_FORMAT : OK;
	}
	return ERR_ABSENT;
}

enum err roster_activity(
	const struct roster *r, struct visit *v, uint16_t number, struct activity *out)
{
	struct span record = roster_record(&r->section[SECTION_ACTIVITIES], number);
	bool open_to_all = record.n > 0;

	memset(out, 0, sizeof(*out));
	enum err e = open_to_all
			     ? OK
			     : find_object(r, v, OBJECT_KINDS * number + OBJECT_ACTIVITY, &record);
	if (e)
		return e;
	if (!roster_parse_activity(r, record, out) ||
		(!open_to_all && !roster_activity_is_utf8(out)))
		return ERR_FORMAT;
	out->number = number;
	out->open_to_all = open_to_all;
	return OK;
}

bool roster_is_sealed(const struct roster *r, uint16_t number)
{
	uint32_t object = OBJECT_KINDS * number + OBJECT_ACTIVITY;

	return roster_record(&r->section[SECTION_OBJECTS], object).n > 0;
}

enum err roster_place(const struct roster *r, struct visit *v, uint16_t number, struct place *out)
{
	struct span record = roster_record(&r->section[SECTION_PLACES], number);

	memset(out, 0, sizeof(*out));
	enum err e = record.n > 0
			     ? OK
			     : find_object(r, v, OBJECT_KINDS * number + OBJECT_PLACE, &record);
	if (e)
		return e;
	return roster_parse_place(r, record, out) ? OK : ERR_FORMAT;
}

static void take_objects(struct cursor *c, struct visit *v)
{
	uint64_t n = cursor_varint_max(c, VISIT_OBJECTS - v->object_count);

	for (uint64_t i = 0; i < n && !c->bad; i++) {
		struct object_key *o = &v->objects[v->object_count];
		*o = (struct object_key){.object = (uint32_t)cursor_varint_max(c, UINT32_MAX)};
		struct span key = cursor_bytes(c, SEAL_RECORD_KEY);
		if (c->bad)
			return;
		memcpy(o->key, key.p, SEAL_RECORD_KEY);
		v->object_count++;
	}
}

/* A text that stands here, or the number of the object it stands in. */
struct long_text {
	struct span *into;
	bool elsewhere;
	uint32_t object;
};

static void take_long_text(struct cursor *c, struct long_text *t, struct span *into)
{
	uint64_t v = cursor_varint_max(c, UINT32_MAX);

	*t = (struct long_text){.into = into, .elsewhere = v & 1, .object = (uint32_t)(v >> 1)};
	*into = t->elsewhere ? ((struct span){0}) : cursor_bytes(c, (size_t)(v >> 1));
	if (!span_is_utf8(*into))
		c->bad = true;
}

static enum err fetch_long_text(const struct roster *r, struct visit *v, const struct long_text *t)
{
	enum err e = find_object(r, v, t->object, t->into);

	if (e == OK && !span_is_utf8(*t->into))
		e = ERR_FORMAT;
	return e == ERR_ABSENT ? ERR_FORMAT : e;
}

static enum err take_person(const struct roster *r, struct cursor *c, struct visit *v)
{
	struct long_text text[6];

	v->role = cursor_u8(c);
	v->family_first = cursor_u8(c) & 1;
	v->id = take_text(c);
	take_long_text(c, &text[0], &v->given_name);
	take_long_text(c, &text[1], &v->family_name);
	take_long_text(c, &text[2], &v->display_name);
	v->honorific = take_text(c);
	v->organisation_id = take_text(c);
	take_long_text(c, &text[3], &v->organisation);
	take_long_text(c, &text[4], &v->organisation_short);
	take_long_text(c, &text[5], &v->function);
	v->delegation = take_text(c);
	v->badge = take_text(c);
	take_objects(c, v);
	uint64_t n = cursor_varint_max(c, VISIT_BOOKINGS);
	for (uint64_t i = 0; i < n && !c->bad; i++) {
		uint64_t b = cursor_varint_max(c, (UINT16_MAX << 2) | 3);
		v->bookings[i] = (struct booking){.activity = (uint16_t)(b >> 2), .status = b & 3};
		if (v->bookings[i].status >= BOOKING_STATUSES)
			c->bad = true;
		v->booking_count = i + 1;
	}
	if (c->bad || v->role >= ROLES)
		return ERR_FORMAT;
	enum err e = OK;
	for (size_t i = 0; i < COUNT(text) && e == OK; i++)
		if (text[i].elsewhere)
			e = fetch_long_text(r, v, &text[i]);
	return e;
}

/* What the box says of the label that led here: the code's true kind and issue. */
static void take_labels(struct cursor *c, const struct found *f, struct visit *v)
{
	uint64_t n = cursor_varint_max(c, LABELS_MAX);
	uint8_t prefix = cursor_u8(c);

	if (prefix == 0 || prefix > TOKEN_LABEL)
		c->bad = true;
	for (uint64_t i = 0; i < n; i++) {
		struct span label = cursor_bytes(c, prefix);
		uint8_t kind = cursor_u8(c);
		uint32_t issue = (uint32_t)cursor_varint_max(c, UINT32_MAX);
		if (!c->bad && !f->by_staff && memcmp(label.p, f->label, prefix) == 0) {
			v->kind = kind;
			v->issue = issue;
		}
	}
}

static enum err take_card(
	const struct roster *r, struct span plain, const struct found *f, struct visit *v)
{
	struct cursor c = cursor_at(plain);
	uint8_t flags = cursor_u8(&c);

	v->is_protected = flags & FLAG_PROTECTED;
	v->language = cursor_u8(&c);
	v->badge_issue = (uint32_t)cursor_varint_max(&c, UINT32_MAX);
	take_labels(&c, f, v);
	if (c.bad || v->language >= LANGUAGES)
		return ERR_FORMAT;
	if (v->kind == 0 && !f->by_staff)
		return ERR_FORGED;
	return v->is_protected ? OK : take_person(r, &c, v);
}

static bool take_meeting(const struct roster *r, struct cursor *c, struct meeting *m)
{
	m->id = take_text(c);
	m->start = r->base + (int64_t)cursor_varint_max(c, UINT32_MAX) * MINUTE;
	m->end = m->start + (int64_t)cursor_varint_max(c, UINT16_MAX) * MINUTE;
	uint64_t place = cursor_varint_max(c, (UINT16_MAX << 1) | 1);
	m->place = (uint16_t)(place >> 1);
	m->host = place & 1;
	m->table = take_text(c);
	m->subject = take_text(c);
	m->counterpart = take_text(c);
	m->counterpart_organisation = take_text(c);
	return !c->bad;
}

static enum err take_day(const struct roster *r, struct span plain, struct visit *v)
{
	struct cursor c = cursor_at(plain);

	if (v->is_protected) {
		enum err e = take_person(r, &c, v);
		if (e)
			return e;
	}
	v->badge_token.kind = TOKEN_BADGE;
	v->badge_token.epoch = cursor_u8(&c);
	struct span secret = cursor_bytes(&c, TOKEN_SECRET);
	if (!c.bad)
		memcpy(v->badge_token.secret, secret.p, TOKEN_SECRET);
	take_objects(&c, v);
	for (size_t i = 0; i < v->booking_count; i++)
		v->bookings[i].seat = take_text(&c);
	uint64_t n = cursor_varint_max(&c, VISIT_MEETINGS);
	for (uint64_t i = 0; i < n && !c.bad; i++) {
		v->meeting_count = i + 1;
		if (!take_meeting(r, &c, &v->meetings[i]))
			c.bad = true;
	}
	return c.bad ? ERR_FORMAT : OK;
}

/* One of the two boxes of a record, into v's memory. */
static enum err open_box(const struct roster *r, struct span box, uint8_t kind,
	const uint8_t key[static SEAL_RECORD_KEY], struct visit *v, struct span *plain)
{
	uint8_t ad[BOX_AD];
	size_t n = box.n - SEAL_OVERHEAD;
	uint8_t *room = take_room(v, n);

	if (!room)
		return ERR_FULL;
	roster_box_ad(r->event, v->handle, kind, ad);
	*plain = (struct span){room, n};
	return seal_open(key, (struct span){ad, sizeof(ad)}, box, room);
}

/* The day box ends before the zeros that fill the slot: its length is the largest class that fits.
 */
static size_t day_box_bytes(size_t room)
{
	static const size_t classes[] = {16, 12, 8, 6, 4, 3, 2, 1};

	for (size_t i = 0; i < COUNT(classes); i++)
		if (SEAL_OVERHEAD + classes[i] * BOX_DAY_UNIT <= room)
			return SEAL_OVERHEAD + classes[i] * BOX_DAY_UNIT;
	return 0;
}

static struct span slot_bytes(const struct roster *r, uint32_t slot)
{
	if (slot >= roster_slot_count(r))
		return (struct span){0};
	uint32_t where =
		load_u32(r->section[SECTION_SLOTS].bytes.p + (size_t)slot * SLOT_ENTRY + 4);
	return span_cut(r->section[SECTION_RECORDS].bytes,
		(size_t)(where & ((1u << SLOT_PLACE_BITS) - 1)) * SLOT_UNIT,
		(size_t)(where >> SLOT_PLACE_BITS) * SLOT_UNIT);
}

static enum err open_record(const struct roster *r, const struct found *f, struct visit *v)
{
	struct span record = slot_bytes(r, f->slot), plain;
	size_t card_n = r->card_bytes + SEAL_OVERHEAD;
	uint8_t card_key[SEAL_RECORD_KEY];

	if (record.n < HANDLE + card_n)
		return ERR_FORGED;
	v->slot = f->slot;
	v->day_open = !f->card_only;
	memcpy(v->handle, record.p, HANDLE);
	if (f->card_only)
		memcpy(card_key, f->key, sizeof(card_key));
	else
		roster_card_key(f->key, card_key);
	enum err e = open_box(r, span_cut(record, HANDLE, card_n), BOX_CARD, card_key, v, &plain);
	seal_wipe(card_key, sizeof(card_key));
	if (e == OK)
		e = take_card(r, plain, f, v);
	if (e || f->card_only)
		return e;
	size_t day_n = day_box_bytes(record.n - HANDLE - card_n);
	e = open_box(r, span_cut(record, HANDLE + card_n, day_n), BOX_DAY, f->key, v, &plain);
	return e ? e : take_day(r, plain, v);
}

enum err roster_visit(const struct roster *r, const struct found *f, struct visit *v)
{
	visit_wipe(v);
	enum err e = open_record(r, f, v);
	if (e)
		visit_wipe(v);
	return e;
}
