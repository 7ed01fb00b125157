/* The roster's writer: lay out the records, seal them, and join the sections. */
#include "paper.h"
#include "roster_build.h"

#include <stdlib.h>
#include <string.h>

/* All that a build carries through its steps. */
struct build {
	struct roster_source *s;
	struct objects objects;
	struct roster_fault *fault;
	uint8_t event[ROSTER_EVENT];
	uint32_t card_bytes;
	struct grow section[ROSTER_SECTIONS];
	uint32_t count[ROSTER_SECTIONS];
};

enum { UNITS_MAX = 255 };
static const size_t day_classes[] = {1, 2, 3, 4, 6, 8, 12, 16};

static enum err fail(struct build *b, int64_t person, const char *words, enum err e)
{
	*b->fault = (struct roster_fault){person, words};
	return e;
}

/* Units of a record whose day box holds n bytes, or 0 where no box is large enough. */
static uint32_t units_for(const struct build *b, size_t n)
{
	for (size_t i = 0; i < COUNT(day_classes); i++) {
		size_t day = day_classes[i] * BOX_DAY_UNIT;
		size_t whole = HANDLE + SEAL_OVERHEAD + b->card_bytes + SEAL_OVERHEAD + day;
		if (n <= day)
			return (uint32_t)((whole + SLOT_UNIT - 1) / SLOT_UNIT);
	}
	return 0;
}

/* A card box's length makes a record without a day a whole number of units: 8 + 28 + 28 are 64. */
static enum err measure_cards(struct build *b)
{
	size_t most = b->s->card_bytes;
	int64_t who = -1;

	for (size_t i = 0; i < b->s->person_count; i++) {
		struct sink k = sink_on(NULL, 0);
		write_card(&k, b->s, &b->objects, i);
		if (k.n > most) {
			most = k.n;
			who = (int64_t)i;
		}
	}
	most = (most + SLOT_UNIT - 1) / SLOT_UNIT * SLOT_UNIT;
	if (most > BOX_CARD_MAX)
		return fail(b, who, "what the badge shows is longer than a record holds", ERR_FULL);
	b->card_bytes = (uint32_t)most;
	return OK;
}

/* Records keep their places from one version to the next, so that a patch is little more than what
 * changed; all move when every one changes anyway, or when a quarter of the room is holes. */
static enum err place_records(struct build *b)
{
	struct roster_source *s = b->s;
	uint64_t used = 0;

	for (size_t i = 0; i < s->person_count; i++)
		used += s->people[i].units;
	bool move_all = b->card_bytes != s->card_bytes || s->units > used + used / 4 + 64;
	if (move_all)
		s->units = 0;
	for (size_t i = 0; i < s->person_count; i++) {
		struct source_person *p = &s->people[i];
		struct sink k = sink_on(NULL, 0);
		write_day(&k, s, &b->objects, i);
		uint32_t units = units_for(b, k.n);
		if (units == 0 || p->booking_count > VISIT_BOOKINGS ||
			p->meeting_count > VISIT_MEETINGS)
			return fail(b, (int64_t)i, "more bookings and meetings than a record holds",
				ERR_FULL);
		if (move_all || units > p->units) {
			p->at = s->units;
			p->units = units;
			s->units += units;
		}
		if (p->at >> SLOT_PLACE_BITS || p->units > UNITS_MAX || p->units > s->units ||
			p->at > s->units - p->units)
			return fail(b, (int64_t)i, "a record's place is out of range", ERR_FORMAT);
	}
	return OK;
}

static void seal_record(const struct build *b, size_t i, uint8_t *record)
{
	const struct source_person *p = &b->s->people[i];
	uint8_t plain[BOX_DAY_MAX > BOX_CARD_MAX ? BOX_DAY_MAX : BOX_CARD_MAX];
	uint8_t ad[BOX_AD], card_key[SEAL_RECORD_KEY];
	size_t room = (size_t)p->units * SLOT_UNIT - HANDLE - SEAL_OVERHEAD - b->card_bytes -
		      SEAL_OVERHEAD;
	size_t day = BOX_DAY_UNIT;

	memset(plain, 0, sizeof(plain));
	memcpy(record, p->handle, HANDLE);
	roster_card_key(p->day_key, card_key);
	roster_box_ad(b->event, p->handle, BOX_CARD, ad);
	struct sink k = sink_on(plain, b->card_bytes);
	write_card(&k, b->s, &b->objects, i);
	seal_box(card_key, (struct span){ad, sizeof(ad)}, (struct span){plain, b->card_bytes},
		record + HANDLE);

	for (size_t c = 0; c < COUNT(day_classes); c++)
		if (day_classes[c] * BOX_DAY_UNIT <= room)
			day = day_classes[c] * BOX_DAY_UNIT;
	memset(plain, 0, sizeof(plain));
	roster_box_ad(b->event, p->handle, BOX_DAY, ad);
	k = sink_on(plain, day);
	write_day(&k, b->s, &b->objects, i);
	seal_box(p->day_key, (struct span){ad, sizeof(ad)}, (struct span){plain, day},
		record + HANDLE + SEAL_OVERHEAD + b->card_bytes);
	seal_wipe(plain, sizeof(plain));
	seal_wipe(card_key, sizeof(card_key));
}

static void wrap(
	const uint8_t key[static SEAL_KEY], struct derive how, const uint8_t *secret, uint8_t *out)
{
	uint8_t pad[SEAL_RECORD_KEY];

	roster_derive((struct span){key, SEAL_KEY}, how, pad, sizeof(pad));
	roster_xor(out, secret, pad, sizeof(pad));
	seal_wipe(pad, sizeof(pad));
}

static void write_directory_entry(
	const struct build *b, const struct source_person *p, uint8_t *entry)
{
	const struct source_keys *keys = &b->s->keys;
	struct derive desk = {"desk", {p->slot, p->generation}, 2},
		      door = {"door", {p->slot, p->generation}, 2};
	uint8_t card_key[SEAL_RECORD_KEY];

	wrap(p->is_protected ? keys->protocol : keys->desk, desk, p->day_key, entry);
	if (p->is_protected) {
		/* Noise that changes when a real key would, or two versions would tell who it is. */
		roster_derive((struct span){keys->filler, SEAL_KEY},
			(struct derive){"noise", {p->slot, p->generation}, 2},
			entry + SEAL_RECORD_KEY, SEAL_RECORD_KEY);
		return;
	}
	roster_card_key(p->day_key, card_key);
	wrap(keys->door, door, card_key, entry + SEAL_RECORD_KEY);
	seal_wipe(card_key, sizeof(card_key));
}

static bool is_free(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static enum err write_records(struct build *b)
{
	struct roster_source *s = b->s;
	uint8_t *slots = grow_room(&b->section[SECTION_SLOTS], (size_t)s->slot_count * SLOT_ENTRY);
	uint8_t *directory =
		grow_room(&b->section[SECTION_DIRECTORY], (size_t)s->slot_count * DIRECTORY_ENTRY);
	uint8_t *records = grow_room(&b->section[SECTION_RECORDS], (size_t)s->units * SLOT_UNIT);

	if (!slots || !directory || !records)
		return ERR_IO;
	b->count[SECTION_SLOTS] = b->count[SECTION_DIRECTORY] = s->slot_count;
	b->count[SECTION_RECORDS] = (uint32_t)s->person_count;
	/* Every entry is noise first, so that empty slots look like the others. */
	for (uint32_t i = 0; i < s->slot_count; i++)
		roster_derive((struct span){s->keys.filler, SEAL_KEY},
			(struct derive){"noise", {i}, 1}, directory + (size_t)i * DIRECTORY_ENTRY,
			DIRECTORY_ENTRY);
	for (size_t i = 0; i < s->person_count; i++) {
		const struct source_person *p = &s->people[i];
		if (p->slot >= s->slot_count || load_u32(slots + (size_t)p->slot * SLOT_ENTRY + 4))
			return fail(
				b, (int64_t)i, "a slot is out of range or taken twice", ERR_FORMAT);
		store_u32(slots + (size_t)p->slot * SLOT_ENTRY, p->generation);
		store_u32(slots + (size_t)p->slot * SLOT_ENTRY + 4,
			p->units << SLOT_PLACE_BITS | p->at);
		uint8_t *record = records + (size_t)p->at * SLOT_UNIT;
		if (!is_free(record, (size_t)p->units * SLOT_UNIT))
			return fail(b, (int64_t)i, "two records share a place", ERR_FORMAT);
		seal_record(b, i, record);
		write_directory_entry(b, p, directory + (size_t)p->slot * DIRECTORY_ENTRY);
	}
	return OK;
}

static void write_entry(
	const struct source_person *p, const struct source_entry *from, uint8_t *entry)
{
	struct span secret = {from->token.secret, TOKEN_SECRET};
	bool card_only =
		p->is_protected || (from->token.kind == TOKEN_BADGE && !p->badge_opens_day);
	uint8_t pad[SEAL_RECORD_KEY], key[SEAL_RECORD_KEY];

	token_label(&from->token, entry);
	roster_derive(secret, (struct derive){.word = "slot"}, pad, 4);
	store_u32(entry + TOKEN_LABEL, (p->slot | (card_only ? CARD_ONLY : 0)) ^ load_u32(pad));
	memcpy(key, p->day_key, sizeof(key));
	if (card_only)
		roster_card_key(p->day_key, key);
	roster_derive(secret, (struct derive){"wrap", {p->generation}, 1}, pad, sizeof(pad));
	roster_xor(entry + TOKEN_LABEL + 4, key, pad, sizeof(pad));
	seal_wipe(pad, sizeof(pad));
	seal_wipe(key, sizeof(key));
}

static int by_label(const void *a, const void *b)
{
	return memcmp(a, b, TOKEN_LABEL);
}

/* Labels in order, and no label twice. */
static enum err sort_labels(struct build *b, enum section_id id, size_t entry)
{
	uint8_t *p = b->section[id].p;
	uint32_t n = b->count[id];

	if (n > 1)
		qsort(p, n, entry, by_label);
	for (uint32_t i = 1; i < n; i++)
		if (memcmp(p + (size_t)(i - 1) * entry, p + (size_t)i * entry, TOKEN_LABEL) == 0)
			return fail(b, -1, "two codes share a label", ERR_BUSY);
	return OK;
}

static enum err write_index(struct build *b)
{
	struct grow *g = &b->section[SECTION_INDEX];

	for (size_t i = 0; i < b->s->person_count; i++) {
		const struct source_person *p = &b->s->people[i];
		for (size_t n = 0; n < p->entry_count; n++) {
			uint8_t *entry = grow_room(g, INDEX_ENTRY);
			if (!entry)
				return ERR_IO;
			write_entry(p, &p->entries[n], entry);
		}
	}
	b->count[SECTION_INDEX] = (uint32_t)(g->n / INDEX_ENTRY);
	return sort_labels(b, SECTION_INDEX, INDEX_ENTRY);
}

static void write_note(
	const struct build *b, const struct source_person *p, size_t room, uint8_t *entry)
{
	const struct source_keys *keys = &b->s->keys;
	struct span key = {p->is_protected ? keys->protocol : keys->desk, SEAL_KEY};
	uint8_t secrets[NOTE_SECRETS], plain[ROSTER_NOTE] = {0}, ad[BOX_AD];
	struct sink k = sink_on(plain, room);

	roster_derive(key, (struct derive){"note", {p->slot, p->generation}, 2}, secrets,
		sizeof(secrets));
	memcpy(entry, secrets, TOKEN_LABEL);
	roster_box_ad(b->event, p->handle, BOX_NOTE, ad);
	sink_text(&k, p->note);
	seal_box(secrets + TOKEN_LABEL, (struct span){ad, sizeof(ad)}, (struct span){plain, room},
		entry + TOKEN_LABEL);
	seal_wipe(secrets, sizeof(secrets));
	seal_wipe(plain, sizeof(plain));
}

/* All notes are of one size, and stand under labels that only their keys tell: which slot has one, and which
 * has the long one, is nobody else's business. */
static enum err write_notes(struct build *b)
{
	struct grow *g = &b->section[SECTION_NOTES];
	size_t most = 0;

	for (size_t i = 0; i < b->s->person_count; i++) {
		struct sink k = sink_on(NULL, 0);
		if (b->s->people[i].note.n > 0)
			sink_text(&k, b->s->people[i].note);
		if (k.n > ROSTER_NOTE)
			return fail(b, (int64_t)i, "the note for the desk is too long", ERR_FULL);
		most = k.n > most ? k.n : most;
	}
	most = (most + NOTE_UNIT - 1) / NOTE_UNIT * NOTE_UNIT;
	for (size_t i = 0; i < b->s->person_count; i++) {
		if (b->s->people[i].note.n == 0)
			continue;
		uint8_t *entry = grow_room(g, NOTE_AROUND + most);
		if (!entry)
			return ERR_IO;
		write_note(b, &b->s->people[i], most, entry);
		b->count[SECTION_NOTES]++;
	}
	return sort_labels(b, SECTION_NOTES, NOTE_AROUND + most);
}

static void put_key(uint8_t *out, const uint8_t *key, bool has)
{
	if (has)
		memcpy(out, key, SEAL_KEY);
}

void roster_card_public(
	const uint8_t secret[static TOKEN_SECRET + SEAL_KEY], uint8_t out[static SEAL_PUBLIC])
{
	const struct span whole = {secret, TOKEN_SECRET + SEAL_KEY};
	uint8_t seed[SEAL_SEED];

	roster_derive(whole, (struct derive){.word = "sign"}, seed, sizeof(seed));
	seal_keypair(seed, out);
	seal_wipe(seed, sizeof(seed));
}

static void write_card_entry(const struct build *b, const struct source_card *c, uint8_t *entry)
{
	enum { DESK = RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_ADMIN };
	const struct source_keys *keys = &b->s->keys;
	struct span whole = {c->secret, sizeof(c->secret)};
	uint8_t bundle[BUNDLE] = {0}, key[SEAL_RECORD_KEY], ad[4 + ROSTER_EVENT + TOKEN_LABEL];

	token_label(&c->token, entry);
	memcpy(entry + CARD_SALT_AT, c->salt, SEAL_SALT);
	roster_card_public(c->secret, entry + CARD_PUBLIC_AT);
	store_u16(entry + CARD_RIGHTS_AT, c->rights);
	store_u64(entry + CARD_UNTIL_AT, (uint64_t)c->until);
	put_key(bundle, keys->desk, c->rights & DESK);
	put_key(bundle + SEAL_KEY, keys->door, c->rights & (RIGHT_DOOR | DESK));
	put_key(bundle + 2 * SEAL_KEY, keys->protocol, c->rights & RIGHT_PROTOCOL);
	put_key(bundle + 3 * SEAL_KEY, keys->issuing, c->rights & RIGHT_PRINT);
	memcpy(ad, "card", 4);
	memcpy(ad + 4, b->event, ROSTER_EVENT);
	memcpy(ad + 4 + ROSTER_EVENT, entry, TOKEN_LABEL);
	roster_derive(whole, (struct derive){.word = "bundle"}, key, sizeof(key));
	seal_box(key, (struct span){ad, sizeof(ad)}, (struct span){bundle, sizeof(bundle)},
		entry + CARD_BUNDLE_AT);
	seal_wipe(bundle, sizeof(bundle));
	seal_wipe(key, sizeof(key));
}

static enum err write_labels(struct build *b)
{
	const struct roster_source *s = b->s;

	for (size_t i = 0; i < s->card_count; i++) {
		uint8_t *entry = grow_room(&b->section[SECTION_CARDS], CARD_ENTRY);
		if (!entry)
			return ERR_IO;
		write_card_entry(b, &s->cards[i], entry);
	}
	b->count[SECTION_CARDS] = (uint32_t)s->card_count;
	grow_bytes(&b->section[SECTION_REVOKED], s->revoked, s->revoked_count * REVOKED_ENTRY);
	b->count[SECTION_REVOKED] = (uint32_t)s->revoked_count;
	if (b->section[SECTION_REVOKED].failed)
		return ERR_IO;
	enum err e = sort_labels(b, SECTION_CARDS, CARD_ENTRY);
	return e ? e : sort_labels(b, SECTION_REVOKED, REVOKED_ENTRY);
}

/* Header, table of sections, sections, room for the signature. */
static enum err join(struct build *b, struct span *file)
{
	struct grow out = {0};
	/* What older writers did not know stands last, and where it is empty not at all. */
	uint32_t n = b->count[SECTION_NOTES] ? SECTION_NOTES : SECTION_ORDER;
	size_t head = HEADER_FIXED + (size_t)n * SECTION_ENTRY;

	uint8_t *p = grow_room(&out, head);
	for (uint32_t id = 1; id <= n && p; id++) {
		grow_align(&out, SECTION_ALIGN);
		uint8_t *entry = out.p + HEADER_FIXED + (size_t)(id - 1) * SECTION_ENTRY;
		store_u32(entry, id);
		store_u32(entry + 4, b->count[id]);
		store_u64(entry + 8, out.n);
		store_u64(entry + 16, b->section[id].n);
		grow_bytes(&out, b->section[id].p, b->section[id].n);
	}
	grow_align(&out, SECTION_ALIGN);
	(void)grow_room(&out, SEAL_SIGNATURE);
	if (out.failed || out.n > ROSTER_MAX) {
		bool failed = out.failed;
		grow_free(&out);
		return failed ? ERR_IO
			      : fail(b, -1, "the file would be larger than 1 GiB", ERR_FULL);
	}
	p = out.p;
	memcpy(p, roster_magic, sizeof(roster_magic));
	store_u16(p + HEADER_FORMAT_AT, ROSTER_FORMAT);
	store_u16(p + HEADER_READER_AT, ROSTER_FORMAT);
	store_u32(p + HEADER_LENGTH_AT, (uint32_t)head);
	store_u64(p + HEADER_FILE_AT, out.n);
	memcpy(p + HEADER_EVENT_AT, b->event, ROSTER_EVENT);
	store_u64(p + HEADER_EXPIRES_AT, (uint64_t)b->s->expires_at);
	store_u32(p + HEADER_SECTIONS_AT, n);
	memcpy(p + HEADER_DELEGATION_AT, b->s->delegation, DELEGATION);
	*file = (struct span){out.p, out.n};
	return OK;
}

enum err roster_write(struct roster_source *source, struct span *file, uint32_t *card_bytes,
	struct roster_fault *fault)
{
	struct build b = {.s = source, .fault = fault};

	*file = (struct span){0};
	*fault = (struct roster_fault){.person = -1, .words = ""};
	paper_event(source->delegation, b.event);
	enum err e = objects_collect(&b.objects, source, fault);
	if (e == OK)
		e = measure_cards(&b);
	if (e == OK)
		e = place_records(&b);
	if (e == OK)
		e = write_records(&b);
	if (e == OK)
		e = write_index(&b);
	if (e == OK)
		e = write_labels(&b);
	if (e == OK)
		e = write_notes(&b);
	if (e == OK)
		e = write_public(b.section, b.count, source, &b.objects, b.card_bytes);
	if (e == OK)
		e = join(&b, file);
	*card_bytes = b.card_bytes;
	for (int i = 0; i < ROSTER_SECTIONS; i++)
		grow_free(&b.section[i]);
	objects_free(&b.objects);
	return e;
}

void roster_content(struct span file, uint8_t out[static 32])
{
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, 32);
	seal_hash_add(&h, file.p, HEADER_SEQUENCE_AT);
	seal_hash_add(&h, file.p + HEADER_EXPIRES_AT, file.n - HEADER_EXPIRES_AT - SEAL_SIGNATURE);
	seal_hash_done(&h, out);
}

void roster_sign(uint8_t *file, size_t n, uint64_t sequence, int64_t built_at,
	const uint8_t seed[static SEAL_SEED])
{
	store_u64(file + HEADER_SEQUENCE_AT, sequence);
	store_u64(file + HEADER_BUILT_AT, (uint64_t)built_at);
	seal_sign(seed, roster_label, (struct span){file, n - SEAL_SIGNATURE},
		file + n - SEAL_SIGNATURE);
}

void roster_delegate(const uint8_t root_seed[static SEAL_SEED],
	const uint8_t hub[static SEAL_PUBLIC], uint32_t epoch, int64_t until,
	uint8_t out[static 152])
{
	memset(out, 0, DELEGATION);
	seal_keypair(root_seed, out);
	memcpy(out + SEAL_PUBLIC, hub, SEAL_PUBLIC);
	store_u32(out + DELEGATION_ROLE_AT, DELEGATION_ROLE_ROSTERS);
	store_u32(out + DELEGATION_EPOCH_AT, epoch);
	store_u64(out + DELEGATION_UNTIL_AT, (uint64_t)until);
	seal_sign(root_seed, paper_delegation_label, (struct span){out, DELEGATION_SIGNED},
		out + DELEGATION_SIGNED);
}
