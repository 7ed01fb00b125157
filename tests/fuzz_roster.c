/* Rosters that are damaged and then signed again by the right key, so that all behind the signature is
 * reached: nothing is read outside the file, and what opens can be walked through. */
#include "help/small_roster.h"
#include "paper.h"
#include "roster_inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { PATCH = 4, FILE_MOST = 1 << 16 };

static struct small_roster s;
static struct visit *v;

static void walk_programme(const struct roster *r)
{
	struct event_info event;
	struct activity a;
	struct track track;
	struct place p;
	struct span file;
	struct leg leg;

	roster_event(r, &event);
	for (uint32_t i = 0; i < r->section[SECTION_LEGS].count; i++)
		if (roster_leg(r, i, &leg))
			abort();
	for (uint32_t i = 0; i < r->section[SECTION_TRACKS].count; i++)
		if (roster_track(r, i, &track))
			abort();
	for (uint32_t i = 0; i < roster_activity_count(r); i++)
		if (roster_activity_at(r, i, &a))
			abort();
	(void)roster_place_by_id(r, span_of("hall"), &p);
	(void)roster_file(r, span_of("badge/x.svg"), &file);
	(void)roster_offset(r, 0, SMALL_BUILT);
}

static void walk_visit(const struct roster *r, const struct staff_keys *keys, const struct found *f)
{
	struct activity a;
	struct place p;

	char note[ROSTER_NOTE];

	if (roster_visit(r, f, v))
		return;
	(void)!roster_note(r, keys, v, note);
	for (size_t i = 0; i < v->booking_count; i++)
		if (roster_activity(r, v, v->bookings[i].activity, &a) == OK)
			(void)roster_place(r, v, a.place, &p);
	for (size_t i = 0; i < v->meeting_count; i++)
		(void)roster_place(r, v, v->meetings[i].place, &p);
}

static void walk_people(const struct roster *r)
{
	struct staff_keys keys = {0};
	struct found f;

	memcpy(keys.desk, s.source.keys.desk, SEAL_KEY);
	memcpy(keys.protocol, s.source.keys.protocol, SEAL_KEY);
	for (int who = 0; who < SMALL_PEOPLE; who++)
		for (int code = 0; code < SMALL_CODES; code++) {
			struct token t = small_token(1, who, code);
			if (roster_find(r, &t, &f) == OK)
				walk_visit(r, &keys, &f);
		}
	for (uint32_t slot = 0; slot < SMALL_SLOTS; slot++)
		if (roster_find_slot(r, &keys, slot, &f) == OK)
			walk_visit(r, &keys, &f);
}

/* The first byte chooses: 1, the input is a whole file; 0, a list of patches {u16 at, u16 value}; 2, what
 * a person's card box holds; 4, what a note does. */
static size_t make_file(uint8_t *file, const uint8_t *p, size_t n)
{
	if (p[0] & 1) {
		memcpy(file, p + 1, n - 1);
		return n - 1;
	}
	memcpy(file, s.file.p, s.file.n);
	for (size_t i = 1; i + PATCH <= n; i += PATCH) {
		size_t at = load_u16(p + i) % (s.file.n - 1);
		store_u16(file + at, load_u16(p + i + 2));
	}
	return s.file.n;
}

/* A card box around the input: what a visit reads once a key holds. */
static void seal_card(uint8_t *file, size_t size, const uint8_t *p, size_t n)
{
	uint8_t plain[BOX_CARD_MAX] = {0}, ad[BOX_AD], key[SEAL_RECORD_KEY];
	const struct source_person *person = &s.people[SMALL_DELEGATE];
	struct trust nobody = {0};
	struct roster r;

	if (roster_open(&r, (struct span){file, size}, &nobody, 0))
		return;
	uint8_t *record = file + small_section_at(&r, SECTION_RECORDS) + person->at * SLOT_UNIT;
	memcpy(plain, p, n < r.card_bytes ? n : r.card_bytes);
	roster_card_key(person->day_key, key);
	roster_box_ad(r.event, record, BOX_CARD, ad);
	seal_box(key, (struct span){ad, sizeof(ad)}, (struct span){plain, r.card_bytes},
		record + HANDLE);
}

/* The same with the note's box. */
static void seal_note(uint8_t *file, size_t size, const uint8_t *p, size_t n)
{
	const struct source_person *person = &s.people[SMALL_DELEGATE];
	uint8_t plain[ROSTER_NOTE] = {0}, ad[BOX_AD], secrets[NOTE_SECRETS];
	struct span key = {s.source.keys.desk, SEAL_KEY};
	struct trust nobody = {0};
	struct roster r;

	if (roster_open(&r, (struct span){file, size}, &nobody, 0))
		return;
	const struct roster_section *notes = &r.section[SECTION_NOTES];
	size_t room = roster_note_bytes(notes);
	uint8_t *entry = file + small_section_at(&r, SECTION_NOTES);
	memcpy(plain, p, n < room ? n : room);
	roster_derive(key, (struct derive){"note", {person->slot, person->generation}, 2}, secrets,
		sizeof(secrets));
	while (memcmp(entry, secrets, TOKEN_LABEL) != 0)
		entry += NOTE_AROUND + room;
	roster_box_ad(r.event, person->handle, BOX_NOTE, ad);
	seal_box(secrets + TOKEN_LABEL, (struct span){ad, sizeof(ad)}, (struct span){plain, room},
		entry + TOKEN_LABEL);
}

static void sign_again(uint8_t *file, size_t size)
{
	uint8_t hub[SEAL_PUBLIC];

	seal_keypair(s.hub_seed, hub);
	roster_delegate(s.root_seed, hub, 1, INT64_MAX, file + HEADER_DELEGATION_AT);
	paper_event(file + HEADER_DELEGATION_AT, file + HEADER_EVENT_AT);
	memcpy(file, roster_magic, sizeof(roster_magic));
	small_roster_resign(&s, file, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static uint8_t room[FILE_MOST];
	struct trust nobody = {0};
	struct roster r;

	if (!v) {
		small_roster_make(&s);
		v = seal_secret_memory(sizeof(*v));
	}
	if (n < 2 || n > FILE_MOST)
		return 0;
	size_t size =
		p[0] & 6 ? make_file(room, (const uint8_t *)"\0\0", 2) : make_file(room, p, n);
	if (p[0] & 2)
		seal_card(room, size, p + 1, n - 1);
	else if (p[0] & 4)
		seal_note(room, size, p + 1, n - 1);
	if (size < HEADER_FIXED + SEAL_SIGNATURE)
		return 0;
	/* Exactly its size on the heap, so that a step outside is seen. */
	uint8_t *file = malloc(size);
	memcpy(file, room, size);
	sign_again(file, size);
	if (roster_open(&r, (struct span){file, size}, &nobody, 0) == OK) {
		walk_programme(&r);
		walk_people(&r);
	}
	free(file);
	return 0;
}
