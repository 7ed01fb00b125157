/* A small invented roster for tests. */
#include "help/small_roster.h"

#include "roster_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, DAY = 86400 };

static void fill_key(uint8_t number, uint8_t what, uint8_t *out, size_t n)
{
	const uint8_t message[] = {'s', 'm', 'a', 'l', 'l', number, what};

	seal_hash((struct span){0}, (struct span){message, sizeof(message)}, out, n);
}

struct token small_token(uint8_t number, enum small_person who, enum small_code code)
{
	struct token t = {
		.kind = code == SMALL_INVITATION ? TOKEN_INVITATION : TOKEN_BADGE, .epoch = 1};

	fill_key(number, (uint8_t)(100 + who * SMALL_CODES + code), t.secret, sizeof(t.secret));
	return t;
}

struct token small_card_token(enum small_card which)
{
	struct token t = {.kind = TOKEN_CARD, .epoch = 1};

	fill_key(0, (uint8_t)(50 + which), t.secret, sizeof(t.secret));
	return t;
}

static struct words all(const char *de, const char *en, const char *fr, const char *nl)
{
	return (struct words){{span_of(de), span_of(en), span_of(fr), span_of(nl)}};
}

static void add_programme(struct small_roster *s)
{
	static const struct source_rule rules[] = {
		{SMALL_BASE - 30 * DAY, -420, {(const uint8_t *)"PDT", 3}},
		{SMALL_BASE + 28 * DAY, -480, {(const uint8_t *)"PST", 3}},
	};
	static const struct source_zone zone = {
		{(const uint8_t *)"America/Los_Angeles", 19}, rules, 2};
	static struct leg leg;
	static struct track track;

	leg = (struct leg){all("Westküste", "West Coast", "Côte ouest", "Westkust"),
		span_of("San Francisco"), span_of("America/Los_Angeles"), SMALL_BASE + 7 * HOUR,
		SMALL_BASE + 31 * HOUR};
	track = (struct track){span_of("tech"), all("", "Technology", "", ""), {1, 2, 3}};
	s->places[0] = (struct source_place){true, true, 0,
		{.id = span_of("hall"),
			.name = span_of("Moscone Center"),
			.city = span_of("San Francisco"),
			.room = span_of("Room 204"),
			.address = span_of("747 Howard Street"),
			.directions = all("", "Second floor", "", ""),
			.capacity = 300}};
	s->places[2] = (struct source_place){true, false, 0,
		{.id = span_of("residence"),
			.name = span_of("Consulate Residence"),
			.city = span_of("San Francisco"),
			.address = span_of("1 Hidden Terrace")}};
	s->activities[0] = (struct source_activity){true, 0,
		{.id = span_of("opening"),
			.kind = ACTIVITY_SEMINAR,
			.title = all(
				"Eröffnung", "Opening session", "Séance d'ouverture", "Opening"),
			.start = SMALL_BASE + 34 * HOUR,
			.end = SMALL_BASE + 35 * HOUR,
			.open_to_all = true,
			.speakers = span_of("A. Speaker|B. Speaker")}};
	s->activities[2] = (struct source_activity){true, 0,
		{.number = 2,
			.id = span_of("dinner"),
			.kind = ACTIVITY_RECEPTION,
			.access = ACCESS_INVITED,
			.title = all("Geheimes Essen", "Clandestine dinner", "Dîner discret", ""),
			.start = SMALL_BASE + 44 * HOUR,
			.end = SMALL_BASE + 46 * HOUR,
			.leave_by = SMALL_BASE + 43 * HOUR,
			.place = 2,
			.track = -1}};
	s->source.legs = &leg;
	s->source.leg_count = 1;
	s->source.zones = &zone;
	s->source.zone_count = 1;
	s->source.tracks = &track;
	s->source.track_count = 1;
	s->source.places = s->places;
	s->source.place_count = SMALL_PLACES;
	s->source.activities = s->activities;
	s->source.activity_count = SMALL_ACTIVITIES;
}

static void add_person(struct small_roster *s, uint8_t number, enum small_person who)
{
	struct source_person *p = &s->people[who];

	p->slot = (uint32_t)who;
	p->generation = 1;
	p->role = ROLE_DELEGATE;
	p->language = LANGUAGE_FR;
	p->badge_issue = 1;
	p->badge_opens_day = who != SMALL_VIP && who != SMALL_OFFICIAL;
	fill_key(number, (uint8_t)(10 + who), p->handle, sizeof(p->handle));
	fill_key(number, (uint8_t)(20 + who), p->day_key, sizeof(p->day_key));
	p->badge_token = small_token(number, who, SMALL_BADGE);
	p->entry_count = SMALL_CODES;
	for (int code = 0; code < SMALL_CODES; code++)
		p->entries[code] = (struct source_entry){small_token(number, who, code),
			code == SMALL_INVITATION ? 1 : (uint32_t)code};
	p->organisation_id = span_of("nimbus");
	p->organisation = span_of("Nimbusworks Aerospace");
	p->function = span_of("Export manager");
	p->delegation = span_of("wallonia");
}

static void name(struct source_person *p, const char *id, const char *given, const char *family)
{
	p->id = span_of(id);
	p->given_name = span_of(given);
	p->family_name = span_of(family);
}

static void add_people(struct small_roster *s, uint8_t number)
{
	static char given[121], family[121], organisation[201];

	memset(given, 'g', 120);
	memset(family, 'f', 120);
	memset(organisation, 'o', 200);
	for (int who = 0; who < SMALL_PEOPLE; who++)
		add_person(s, number, who);
	name(&s->people[SMALL_DELEGATE], "p1", "Élodie", "Vandersteenkiste");
	name(&s->people[SMALL_VIP], "p2", "Maximiliaan", "Hoogenboomgaerd");
	name(&s->people[SMALL_PROTECTED], "p3", "Seraphine", "Quisthoudtsberg");
	name(&s->people[SMALL_LONG_NAMES], "p4", given, family);
	name(&s->people[SMALL_OFFICIAL], "p5", "", "Ngwabwétsø");
	name(&s->people[SMALL_STAFF], "p6", "Thijs", "Overmeulebroeck");
	s->people[SMALL_VIP].role = ROLE_VIP;
	s->people[SMALL_VIP].display_name = span_of("H.E. Maximiliaan Hoogenboomgaerd");
	s->people[SMALL_PROTECTED].is_protected = true;
	s->people[SMALL_PROTECTED].family_first = true;
	s->people[SMALL_PROTECTED].language = LANGUAGE_NL;
	s->people[SMALL_LONG_NAMES].organisation = span_of(organisation);
	s->people[SMALL_OFFICIAL].role = ROLE_OFFICIAL;
	s->people[SMALL_STAFF].role = ROLE_STAFF;
	s->people[SMALL_DELEGATE].note = span_of("Badge in large print, please");
	s->people[SMALL_PROTECTED].note = span_of("Enters by the east gate");
	s->source.people = s->people;
	s->source.person_count = SMALL_PEOPLE;
}

static void add_days(struct small_roster *s)
{
	s->bookings[0] = (struct booking){0, BOOKING_CONFIRMED, span_of("A12")};
	s->bookings[1] = (struct booking){2, BOOKING_CONFIRMED, span_of("T3")};
	s->bookings[2] = (struct booking){2, BOOKING_WAITING, {0}};
	s->bookings[3] = (struct booking){2, BOOKING_CONFIRMED, span_of("Head")};
	s->meetings[0] = (struct meeting){.id = span_of("m1"),
		.start = SMALL_BASE + 36 * HOUR,
		.end = SMALL_BASE + 36 * HOUR + 1800,
		.table = span_of("14"),
		.subject = span_of("Propulsion licences"),
		.counterpart = span_of("Orville Featherstonehaugh"),
		.counterpart_organisation = span_of("Skyhook Industries"),
		.host = true};
	s->people[SMALL_DELEGATE].bookings = &s->bookings[0];
	s->people[SMALL_DELEGATE].booking_count = 2;
	s->people[SMALL_DELEGATE].meetings = s->meetings;
	s->people[SMALL_DELEGATE].meeting_count = 1;
	s->people[SMALL_VIP].bookings = &s->bookings[2];
	s->people[SMALL_VIP].booking_count = 1;
	s->people[SMALL_PROTECTED].bookings = &s->bookings[3];
	s->people[SMALL_PROTECTED].booking_count = 1;
}

static void add_cards(struct small_roster *s)
{
	static const uint16_t rights[SMALL_CARDS] = {
		RIGHT_PRINT | RIGHT_CORRECT, RIGHT_DOOR, RIGHT_PROTOCOL};

	for (int i = 0; i < SMALL_CARDS; i++) {
		struct source_card *c = &s->cards[i];
		c->token = small_card_token(i);
		c->rights = rights[i];
		c->until = SMALL_EXPIRES;
		fill_key(0, (uint8_t)(60 + i), c->salt, sizeof(c->salt));
		if (roster_card_secret(&c->token, span_of(SMALL_PIN), c->salt, c->secret))
			abort();
	}
	s->source.cards = s->cards;
	s->source.card_count = SMALL_CARDS;
}

void small_roster_init(struct small_roster *s, uint8_t number, bool with_cards)
{
	struct source_keys *k = &s->source.keys;
	uint8_t hub[SEAL_PUBLIC];

	if (seal_start())
		abort();
	memset(s, 0, sizeof(*s));
	fill_key(number, 1, s->root_seed, SEAL_SEED);
	fill_key(number, 2, s->hub_seed, SEAL_SEED);
	uint8_t *const keys[] = {k->object, k->filler, k->desk, k->door, k->protocol, k->issuing};
	for (size_t i = 0; i < COUNT(keys); i++)
		fill_key(number, (uint8_t)(3 + i), keys[i], SEAL_KEY);
	s->epoch = 1;
	s->sequence = 7;
	seal_keypair(s->hub_seed, hub);
	roster_delegate(s->root_seed, hub, s->epoch, SMALL_EXPIRES, s->source.delegation);
	s->source.expires_at = SMALL_EXPIRES;
	s->source.base = SMALL_BASE;
	s->source.name = all("Kleine Mission", "Small mission", "Petite mission", "Kleine missie");
	s->source.id = span_of("small");
	s->source.desk_place = span_of("hall");
	s->source.lease_amber_min = 720;
	s->source.lease_withhold_min = 5760;
	s->source.slot_count = SMALL_SLOTS;
	add_programme(s);
	add_people(s, number);
	add_days(s);
	if (with_cards)
		add_cards(s);
}

enum err small_roster_build(struct small_roster *s, struct roster_fault *fault)
{
	uint32_t card_bytes;

	small_roster_free(s);
	enum err e = roster_write(&s->source, &s->file, &card_bytes, fault);
	s->source.card_bytes = card_bytes;
	if (e == OK)
		roster_sign((uint8_t *)(uintptr_t)s->file.p, s->file.n, s->sequence, SMALL_BUILT,
			s->hub_seed);
	return e;
}

void small_roster_make(struct small_roster *s)
{
	struct roster_fault fault;

	small_roster_init(s, 1, false);
	if (small_roster_build(s, &fault)) {
		fprintf(stderr, "small roster: %s\n", fault.words);
		abort();
	}
}

void small_roster_free(struct small_roster *s)
{
	free((void *)(uintptr_t)s->file.p);
	s->file = (struct span){0};
}

void small_roster_open(const struct small_roster *s, struct roster *r)
{
	struct trust nobody = {0};

	enum err e = roster_open(r, s->file, &nobody, 0);
	if (e) {
		fprintf(stderr, "small roster: %s\n", err_text(e));
		abort();
	}
}

void small_roster_resign(const struct small_roster *s, uint8_t *file, size_t n)
{
	store_u64(file + HEADER_FILE_AT, n);
	seal_sign(s->hub_seed, roster_label, (struct span){file, n - SEAL_SIGNATURE},
		file + n - SEAL_SIGNATURE);
}

size_t small_section_at(const struct roster *r, unsigned id)
{
	return (size_t)(r->section[id].bytes.p - r->file.p);
}
