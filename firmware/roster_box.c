/* The roster's writer, boxes: what stands in a card box, a day box and a public record. */
#include "roster_build.h"

#include <string.h>

enum { MINUTE = 60 };

static void put_words(struct sink *k, const struct words *w)
{
	for (int i = 0; i < LANGUAGES; i++)
		sink_text(k, w->in[i]);
}

static uint64_t minutes(const struct roster_source *s, int64_t t)
{
	return t < s->base ? 0 : (uint64_t)(t - s->base) / MINUTE;
}

void write_activity(struct sink *k, const struct roster_source *s, const struct activity *a)
{
	sink_text(k, a->id);
	sink_u8(k, (uint8_t)a->kind);
	sink_u8(k, (uint8_t)a->access);
	put_words(k, &a->title);
	sink_varint(k, minutes(s, a->start));
	sink_varint(k, minutes(s, a->end));
	sink_varint(k, a->leave_by ? minutes(s, a->leave_by) + 1 : 0);
	sink_varint(k, a->place);
	sink_varint(k, (uint64_t)(a->track + 1));
	sink_varint(k, a->capacity);
	sink_text(k, a->speakers);
	sink_text(k, a->meeting_point);
	sink_text(k, a->dress);
}

void write_place(struct sink *k, const struct place *p)
{
	sink_text(k, p->id);
	sink_text(k, p->name);
	sink_text(k, p->city);
	sink_text(k, p->room);
	sink_text(k, p->address);
	put_words(k, &p->directions);
	sink_varint(k, p->zone);
	sink_varint(k, p->capacity);
}

/* Text t of the person: here, or the number of the object it was moved to. */
static void put_person_text(
	struct sink *k, const struct source_person *p, const struct objects *o, size_t i, int t)
{
	struct span texts[PERSON_TEXTS];

	person_texts(p, texts);
	if (o->person[i].moved & 1 << t) {
		sink_varint(k, (uint64_t)objects_text(o, texts[t]) << 1 | 1);
		return;
	}
	sink_varint(k, (uint64_t)texts[t].n << 1);
	sink_bytes(k, texts[t].p, texts[t].n);
}

static void put_keys(struct sink *k, const struct objects *o, size_t from, size_t to)
{
	sink_varint(k, to - from);
	for (size_t i = from; i < to; i++) {
		uint32_t number = load_u32(o->refs.p + i * 4);
		sink_varint(k, number);
		sink_bytes(k, objects_at(o, number)->key, SEAL_RECORD_KEY);
	}
}

static void put_person(
	struct sink *k, const struct source_person *p, const struct objects *o, size_t i)
{
	sink_u8(k, (uint8_t)p->role);
	sink_u8(k, p->family_first);
	sink_text(k, p->id);
	put_person_text(k, p, o, i, 0);
	put_person_text(k, p, o, i, 1);
	put_person_text(k, p, o, i, 2);
	sink_text(k, p->honorific);
	sink_text(k, p->organisation_id);
	put_person_text(k, p, o, i, 3);
	put_person_text(k, p, o, i, 4);
	put_person_text(k, p, o, i, 5);
	sink_text(k, p->delegation);
	sink_text(k, p->badge);
	put_keys(k, o, o->person[i].first, o->person[i].day);
	sink_varint(k, p->booking_count);
	for (size_t b = 0; b < p->booking_count; b++)
		sink_varint(k,
			(uint64_t)p->bookings[b].activity << 2 | (uint64_t)p->bookings[b].status);
}

/* How many first bytes tell n labels apart. */
static uint8_t prefix_of(uint8_t (*labels)[TOKEN_LABEL], size_t n)
{
	uint8_t prefix = 1;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			while (prefix < TOKEN_LABEL && memcmp(labels[i], labels[j], prefix) == 0)
				prefix++;
	return prefix;
}

static void put_labels(struct sink *k, const struct source_person *p)
{
	uint8_t labels[SOURCE_ENTRIES][TOKEN_LABEL];

	for (size_t n = 0; n < p->entry_count; n++)
		token_label(&p->entries[n].token, labels[n]);
	uint8_t prefix = prefix_of(labels, p->entry_count);
	sink_varint(k, p->entry_count);
	sink_u8(k, prefix);
	for (size_t n = 0; n < p->entry_count; n++) {
		sink_bytes(k, labels[n], prefix);
		sink_u8(k, p->entries[n].token.kind);
		sink_varint(k, p->entries[n].issue);
	}
}

void write_card(struct sink *k, const struct roster_source *s, const struct objects *o, size_t i)
{
	const struct source_person *p = &s->people[i];

	sink_u8(k, p->is_protected ? FLAG_PROTECTED : 0);
	sink_u8(k, (uint8_t)p->language);
	sink_varint(k, p->badge_issue);
	put_labels(k, p);
	if (!p->is_protected)
		put_person(k, p, o, i);
}

static void put_meeting(struct sink *k, const struct roster_source *s, const struct meeting *m)
{
	sink_text(k, m->id);
	sink_varint(k, minutes(s, m->start));
	sink_varint(k, m->end > m->start ? (uint64_t)(m->end - m->start) / MINUTE : 0);
	sink_varint(k, (uint64_t)m->place << 1 | (m->host ? 1 : 0));
	sink_text(k, m->table);
	sink_text(k, m->subject);
	sink_text(k, m->counterpart);
	sink_text(k, m->counterpart_organisation);
}

void write_day(struct sink *k, const struct roster_source *s, const struct objects *o, size_t i)
{
	const struct source_person *p = &s->people[i];

	if (p->is_protected)
		put_person(k, p, o, i);
	sink_u8(k, p->badge_token.epoch);
	sink_bytes(k, p->badge_token.secret, TOKEN_SECRET);
	put_keys(k, o, o->person[i].day, o->person[i].end);
	for (size_t b = 0; b < p->booking_count; b++)
		sink_text(k, p->bookings[b].seat);
	sink_varint(k, p->meeting_count);
	for (size_t m = 0; m < p->meeting_count; m++)
		put_meeting(k, s, &p->meetings[m]);
}
