/* From the master list, the keys and the state to what the roster's writer takes. */
#include "source.h"

#include "card_work.h"
#include "late.h"
#include "source_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void source_token(const struct keys *k, const struct state_person *p, enum token_kind kind,
	uint32_t issue, struct token *out, uint32_t staff_epoch)
{
	uint32_t epoch = 1;

	if (kind == TOKEN_BADGE)
		epoch = issue > p->badge ? staff_epoch : p->badge_epoch;
	keys_token(k, kind, epoch, issue, p->id, out);
}

enum err source_drop_late(struct state *s, const struct state_person *p, uint32_t issue)
{
	uint8_t label[TOKEN_LABEL];
	enum err e = OK;

	for (uint32_t i = 1; p->late && i <= issue && i <= LATE_ISSUES && e == OK; i++) {
		late_label(p->handle, i, label);
		e = state_revoke_label(s, label);
	}
	return e;
}

enum err source_drop(const struct keys *k, struct state *s, const struct state_person *p,
	enum token_kind kind, uint32_t issue)
{
	struct token t;

	source_token(k, p, kind, issue, &t, s->staff_epoch);
	enum err e = state_revoke(s, &t);
	seal_wipe(&t, sizeof(t));
	return e == OK && kind == TOKEN_BADGE ? source_drop_late(s, p, issue) : e;
}

void source_handle(
	const struct keys *k, const struct state_person *p, uint8_t out[static EVENT_PERSON])
{
	if (p->late)
		memcpy(out, p->handle, EVENT_PERSON);
	else
		keys_handle(k, p->id, p->incarnation, out);
}

static uint64_t name_hash(const struct keys *k, const char *name)
{
	uint8_t key[SEAL_KEY], hash[8];

	keys_derive(k, KEY_PERSON, 1, key);
	seal_hash((struct span){key, SEAL_KEY}, span_of(name), hash, sizeof(hash));
	seal_wipe(key, sizeof(key));
	return load_u64(hash);
}

void source_tombstone(const struct keys *k, const char *id, char out[static LIST_ID + 1])
{
	char word[LIST_ID + 16];

	snprintf(word, sizeof(word), "forgotten %s", id);
	snprintf(out, LIST_ID + 1, "gone-%016llx", (unsigned long long)name_hash(k, word));
}

enum err source_add_person(const struct keys *k, struct state *s, const char *id)
{
	char name[LIST_ID + 1];

	source_tombstone(k, id, name);
	struct state_person *p = state_person(s, name);
	if (!p)
		return state_add_person(s, id);
	state_rename(s, p, id);
	return OK;
}

/* One person of the list meets what the state knows of her. */
static enum err reconcile_person(
	struct state *s, const struct list *l, const struct keys *k, size_t i)
{
	const struct list_person *from = &l->people[i];

	if (!state_person(s, from->id)) {
		enum err e = source_add_person(k, s, from->id);
		if (e)
			return e;
	}
	struct state_person *p = state_person(s, from->id);
	uint64_t given = name_hash(k, from->given_name), family = name_hash(k, from->family_name);
	if (p->family && p->given != given && p->family != family) {
		fprintf(stderr,
			"%s:%u: both names of %s changed. If it is somebody else now: foyer revoke "
			"DIR %s "
			"--new-person. If it is the same person: foyer revoke DIR %s "
			"--same-person\n",
			from->at.file, from->at.line, from->id, from->id, from->id);
		return ERR_DENIED;
	}
	uint32_t opens = (l->event.opens[from->role] == OPENS_DAY ? STATE_BADGE_OPENS_DAY : 0) |
			 (from->is_protected ? STATE_PROTECTED : 0);
	bool built = p->units > 0 || p->gone;
	if (built && (p->opens != opens || p->gone))
		p->generation++;
	p->given = given;
	p->family = family;
	p->opens = opens;
	p->gone = false;
	return OK;
}

/* Who is no longer in the list leaves a tombstone: her slot, and the issues her codes had. */
static enum err bury(struct state *s, const struct list *l)
{
	struct state_person *people = GROW_ARRAY(&s->people, struct state_person);
	size_t n = GROW_COUNT(&s->people, struct state_person);
	bool *here = calloc(n + 1, sizeof(*here));

	if (!here)
		return ERR_IO;
	for (size_t i = 0; i < l->people_n; i++) {
		const struct state_person *p = state_person(s, l->people[i].id);
		if (p)
			here[p->slot] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (!here[i]) {
			people[i].gone = true;
			people[i].at = people[i].units = 0;
		}
	free(here);
	return OK;
}

/* A card that may no longer do all it could still holds the keys for it: it is dropped, and what the
 * other cards hold is made anew. */
static enum err withdraw_card(struct state *s, const struct keys *k, struct state_person *p)
{
	enum err e = source_drop(k, s, p, TOKEN_CARD, p->card);

	p->card++;
	fprintf(stderr,
		"%s has fewer rights than before: the card that was out is void, and every card's "
		"keys are "
		"new\n",
		p->id);
	return e;
}

static enum err reconcile_rights(struct state *s, const struct list *l, const struct keys *k)
{
	struct state_person *people = GROW_ARRAY(&s->people, struct state_person);
	size_t n = GROW_COUNT(&s->people, struct state_person);
	uint32_t *rights = calloc(n + 1, sizeof(*rights));
	bool withdrawn = false;
	enum err e = rights ? OK : ERR_IO;

	for (size_t i = 0; rights && i < l->staff_n; i++)
		rights[state_person(s, l->people[l->staff[i].person].id)->slot] |=
			l->staff[i].rights;
	for (size_t i = 0; i < n && e == OK; i++) {
		if (people[i].rights & ~rights[i]) {
			e = withdraw_card(s, k, &people[i]);
			withdrawn = true;
		}
		people[i].rights = rights[i];
	}
	if (withdrawn)
		state_renew_staff(s);
	free(rights);
	return e;
}

static enum err reconcile(struct state *s, const struct list *l, const struct keys *k)
{
	enum err e = bury(s, l);

	for (size_t i = 0; i < l->people_n && e == OK; i++)
		e = reconcile_person(s, l, k, i);
	if (e == OK)
		e = reconcile_rights(s, l, k);
	s->slots = (uint32_t)GROW_COUNT(&s->people, struct state_person);
	return e;
}

static void add_entry(struct source_person *p, const struct token *t, uint32_t issue)
{
	p->entries[p->entry_count++] = (struct source_entry){*t, issue};
}

static void gather_codes(struct source_person *out, const struct state_person *p,
	const struct keys *k, uint32_t staff_epoch)
{
	struct token t;

	source_token(k, p, TOKEN_INVITATION, p->invitation, &t, staff_epoch);
	add_entry(out, &t, p->invitation);
	for (uint32_t issue = p->badge; issue <= p->badge + SOURCE_BADGES_AHEAD; issue++) {
		source_token(k, p, TOKEN_BADGE, issue, &t, staff_epoch);
		add_entry(out, &t, issue);
		if (issue == p->badge)
			out->badge_token = t;
	}
	seal_wipe(&t, sizeof(t));
}

static void gather_words(
	struct source_person *out, const struct list *l, const struct list_person *from)
{
	out->id = span_of(from->id);
	out->given_name = span_of(from->given_name);
	out->family_name = span_of(from->family_name);
	out->display_name = span_of(from->display_name);
	out->honorific = span_of(from->honorific);
	out->organisation_id = span_of(from->organisation_id);
	out->organisation = out->organisation_short = (struct span){0};
	if (from->organisation >= 0) {
		out->organisation = span_of(l->organisations[from->organisation].name);
		out->organisation_short = span_of(l->organisations[from->organisation].short_name);
	}
	out->function = span_of(from->function);
	out->delegation = span_of(from->delegation);
	out->badge = span_of(from->badge);
	out->note = span_of(from->note_for_desk);
}

static enum err gather_people(
	struct source *o, const struct list *l, const struct keys *k, const struct state *s)
{
	for (size_t i = 0; i < l->people_n; i++) {
		const struct list_person *from = &l->people[i];
		const struct state_person *p = state_person(s, from->id);
		struct source_person *out = GROW_ONE(&o->people, struct source_person);
		if (!out)
			return ERR_IO;
		out->slot = p->slot;
		out->at = p->at;
		out->units = p->units;
		out->generation = p->generation;
		out->badge_opens_day = p->opens & STATE_BADGE_OPENS_DAY;
		out->is_protected = from->is_protected;
		out->family_first = from->family_first;
		out->role = from->role;
		out->language = from->language;
		out->badge_issue = p->badge;
		source_handle(k, p, out->handle);
		struct record_key which = {
			p->id, p->incarnation, p->generation, s->staff_epoch, from->is_protected};
		keys_record(k, which, out->day_key);
		gather_words(out, l, from);
		gather_codes(out, p, k, s->staff_epoch);
	}
	return OK;
}

static int slot_order(const void *a, const void *b)
{
	const struct source_person *x = a, *y = b;

	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

/* Bookings and meetings lie sorted by the list's order of people; the writer wants slots in order. */
static void point_and_sort(struct source *o)
{
	struct source_person *people = GROW_ARRAY(&o->people, struct source_person);
	const struct booking *bookings = GROW_ARRAY(&o->bookings, struct booking);
	const struct meeting *meetings = GROW_ARRAY(&o->meetings, struct meeting);
	size_t n = GROW_COUNT(&o->people, struct source_person);

	for (size_t i = 0; i < n; i++) {
		people[i].bookings = bookings;
		people[i].meetings = meetings;
		bookings += people[i].booking_count;
		meetings += people[i].meeting_count;
	}
	if (n > 1)
		qsort(people, n, sizeof(*people), slot_order);
}

static enum err gather_revoked(struct source *o, const struct keys *k, const struct state *s)
{
	const struct state_person *people = GROW_ARRAY(&s->people, struct state_person);
	uint8_t label[TOKEN_LABEL];
	struct source_person codes;

	grow_bytes(&o->revoked, s->revoked.p, s->revoked.n);
	for (size_t i = 0; i < GROW_COUNT(&s->people, struct state_person); i++) {
		if (!people[i].gone)
			continue;
		memset(&codes, 0, sizeof(codes));
		gather_codes(&codes, &people[i], k, s->staff_epoch);
		for (size_t n = 0; n < codes.entry_count; n++) {
			token_label(&codes.entries[n].token, label);
			grow_bytes(&o->revoked, label, sizeof(label));
		}
		/* Those below were dropped one by one. */
		for (uint32_t n = people[i].badge; people[i].late && n <= LATE_ISSUES; n++) {
			late_label(people[i].handle, n, label);
			grow_bytes(&o->revoked, label, sizeof(label));
		}
	}
	return o->revoked.failed ? ERR_IO : OK;
}

static void gather_keys(struct source *o, const struct keys *k, const struct state *s)
{
	struct source_keys *keys = &o->roster.keys;
	uint8_t key[SEAL_KEY];
	struct span whole = {key, SEAL_KEY};

	keys_derive(k, KEY_RECORD, 1, key);
	seal_hash(whole, span_of("object"), keys->object, SEAL_KEY);
	keys_derive(k, KEY_DIRECTORY, s->staff_epoch, key);
	seal_hash(whole, span_of("filler"), keys->filler, SEAL_KEY);
	seal_hash(whole, span_of("desk"), keys->desk, SEAL_KEY);
	seal_hash(whole, span_of("door"), keys->door, SEAL_KEY);
	keys_derive(k, KEY_PROTOCOL, s->staff_epoch, keys->protocol);
	keys_derive(k, KEY_BADGE, s->staff_epoch, keys->issuing);
	seal_wipe(key, sizeof(key));
}

static void gather_event(struct source *o, const struct list *l, const struct keys *k)
{
	struct roster_source *r = &o->roster;

	memcpy(r->delegation, k->delegation, sizeof(r->delegation));
	r->expires_at = l->event.retention;
	r->base = gather_base_time(l);
	r->demo = l->event.demo;
	r->name = words_of(&l->event.name);
	r->id = span_of(l->event.id);
	r->desk_place = span_of(l->event.desk_place);
	r->lease_amber_min = l->event.lease_amber_min;
	r->lease_withhold_min = l->event.lease_withhold_min;
}

/* Everything is gathered and stands still: hand out the arrays. */
static void point_roster(struct source *o, const struct state *s)
{
	struct roster_source *r = &o->roster;

	r->card_bytes = s->card_bytes;
	r->units = s->units;
	r->slot_count = s->slots;
	r->legs = GROW_ARRAY(&o->legs, struct leg);
	r->leg_count = GROW_COUNT(&o->legs, struct leg);
	r->zones = GROW_ARRAY(&o->zones, struct source_zone);
	r->zone_count = GROW_COUNT(&o->zones, struct source_zone);
	r->places = GROW_ARRAY(&o->places, struct source_place);
	r->place_count = GROW_COUNT(&o->places, struct source_place);
	r->tracks = GROW_ARRAY(&o->tracks, struct track);
	r->track_count = GROW_COUNT(&o->tracks, struct track);
	r->activities = GROW_ARRAY(&o->activities, struct source_activity);
	r->activity_count = GROW_COUNT(&o->activities, struct source_activity);
	r->people = GROW_ARRAY(&o->people, struct source_person);
	r->person_count = GROW_COUNT(&o->people, struct source_person);
	r->cards = GROW_ARRAY(&o->cards, struct source_card);
	r->card_count = GROW_COUNT(&o->cards, struct source_card);
	r->revoked = (const uint8_t(*)[TOKEN_LABEL])o->revoked.p;
	r->revoked_count = o->revoked.n / TOKEN_LABEL;
	r->files = GROW_ARRAY(&o->files, struct source_file);
	r->file_count = GROW_COUNT(&o->files, struct source_file);
}

enum err source_make(struct source *out, const struct list *l, const struct keys *k,
	struct state *s, const char *dir)
{
	*out = (struct source){0};
	enum err e = reconcile(s, l, k);
	if (e)
		return e;
	gather_event(out, l, k);
	gather_keys(out, k, s);
	e = gather_places(out, l, s);
	if (e == OK)
		e = gather_activities(out, l, s);
	if (e == OK)
		e = gather_tracks_and_legs(out, l);
	if (e == OK)
		e = gather_people(out, l, k, s);
	if (e == OK)
		e = gather_bookings(out, l);
	if (e == OK)
		e = gather_meetings(out, l);
	if (e == OK)
		e = gather_revoked(out, k, s);
	if (e == OK)
		e = card_work(&out->cards, l, k, s, dir);
	if (e == OK)
		e = gather_files(out, dir);
	point_and_sort(out);
	point_roster(out, s);
	return e == OK ? gather_readers(out, s) : e;
}

void source_free(struct source *s)
{
	struct grow *const all[] = {&s->zones, &s->rules, &s->places, &s->activities, &s->tracks,
		&s->legs, &s->people, &s->bookings, &s->meetings, &s->cards, &s->revoked,
		&s->files};
	char **kept = GROW_ARRAY(&s->kept, char *);

	for (size_t i = 0; i < GROW_COUNT(&s->kept, char *); i++)
		free(kept[i]);
	grow_free(&s->kept);
	for (size_t i = 0; i < COUNT(all); i++)
		grow_free(all[i]);
	free(s->place_numbers);
	free(s->activity_numbers);
	*s = (struct source){0};
}
