/* What each kind of code opens in a roster, on bytes, as design.md section 15 promises it. */
#include "help/names.h"
#include "help/small_roster.h"
#include "roster_inside.h"
#include "test.h"

static struct small_roster s;
static struct roster r;
static struct visit *v;

static enum err find(enum small_person who, enum small_code code, struct found *f)
{
	struct token t = small_token(1, who, code);

	return roster_find(&r, &t, f);
}

static enum err visit_by(enum small_person who, enum small_code code)
{
	struct found f;

	enum err e = find(who, code, &f);
	return e ? e : roster_visit(&r, &f, v);
}

static void assert_text(struct span got, const char *want)
{
	char text[512];

	assert_ok(span_copy_text(got, text, sizeof(text)));
	assert_string_equal(text, want);
}

/* Whether text stands anywhere in the visit, the parts of it that are not in use included. */
static bool holds(const char *text)
{
	return memmem(v, sizeof(*v), text, strlen(text)) != NULL;
}

static void forget(void)
{
	memset(v, 0, sizeof(*v));
}

TEST(an_invitation_opens_the_whole_day)
{
	struct activity a;
	struct place p;
	UNUSED(state);

	forget();
	assert_ok(visit_by(SMALL_DELEGATE, SMALL_INVITATION));
	assert_int_equal(v->kind, TOKEN_INVITATION);
	assert_int_equal(v->issue, 1);
	assert_true(v->day_open);
	assert_text(v->id, "p1");
	assert_text(v->given_name, "Élodie");
	assert_text(v->family_name, "Vandersteenkiste");
	assert_text(v->organisation, "Nimbusworks Aerospace");
	assert_text(v->function, "Export manager");
	assert_int_equal(v->booking_count, 2);
	assert_text(v->bookings[0].seat, "A12");
	assert_ok(roster_activity(&r, v, v->bookings[1].activity, &a));
	assert_text(a.title.in[LANGUAGE_EN], "Clandestine dinner");
	assert_ok(roster_place(&r, v, a.place, &p));
	assert_text(p.address, "1 Hidden Terrace");
	assert_int_equal(v->meeting_count, 1);
	assert_text(v->meetings[0].counterpart, "Orville Featherstonehaugh");
	assert_true(v->meetings[0].host);
	assert_int_equal(v->meetings[0].end - v->meetings[0].start, 1800);
}

TEST(an_invitation_holds_the_badge_to_print)
{
	struct token badge = small_token(1, SMALL_DELEGATE, SMALL_BADGE);
	UNUSED(state);

	assert_ok(visit_by(SMALL_DELEGATE, SMALL_INVITATION));
	assert_int_equal(v->badge_issue, 1);
	assert_memory_equal(&v->badge_token, &badge, sizeof(badge));
}

TEST(a_delegates_badge_opens_the_day_and_says_it_is_a_badge)
{
	UNUSED(state);
	assert_ok(visit_by(SMALL_DELEGATE, SMALL_BADGE));
	assert_int_equal(v->kind, TOKEN_BADGE);
	assert_true(v->day_open);
	assert_int_equal(v->meeting_count, 1);
}

TEST(the_badge_of_a_vip_or_official_opens_the_card_only)
{
	struct activity a;
	UNUSED(state);

	forget();
	assert_ok(visit_by(SMALL_VIP, SMALL_BADGE));
	assert_false(v->day_open);
	assert_text(v->display_name, "H.E. Maximiliaan Hoogenboomgaerd");
	assert_int_equal(v->booking_count, 1);
	assert_int_equal(v->object_count, 0);
	assert_err(roster_activity(&r, v, v->bookings[0].activity, &a), ERR_ABSENT);
	struct token badge = small_token(1, SMALL_VIP, SMALL_BADGE);
	assert_null(memmem(v, sizeof(*v), badge.secret, TOKEN_SECRET));
	assert_ok(visit_by(SMALL_OFFICIAL, SMALL_BADGE));
	assert_false(v->day_open);
}

TEST(a_card_key_does_not_open_the_day_box)
{
	struct found f;
	UNUSED(state);

	assert_ok(find(SMALL_VIP, SMALL_BADGE, &f));
	f.card_only = false;
	assert_err(roster_visit(&r, &f, v), ERR_FORGED);
}

TEST(a_vips_invitation_opens_his_day)
{
	UNUSED(state);
	assert_ok(visit_by(SMALL_VIP, SMALL_INVITATION));
	assert_true(v->day_open);
	assert_int_equal(v->object_count, 2);
}

TEST(a_protected_persons_codes_give_handle_issue_language_and_nothing_else)
{
	static const char *const secrets[] = {"Seraphine", "Quisthoudt", "Nimbusworks",
		"Export manager", "p3", "wallonia", "Head"};
	UNUSED(state);

	for (int code = 0; code < SMALL_CODES; code++) {
		forget();
		assert_ok(visit_by(SMALL_PROTECTED, code));
		assert_true(v->is_protected);
		assert_false(v->day_open);
		assert_int_equal(v->language, LANGUAGE_NL);
		assert_memory_equal(v->handle, s.people[SMALL_PROTECTED].handle, HANDLE);
		assert_int_equal(v->booking_count, 0);
		assert_int_equal(v->object_count, 0);
		assert_false(v->family_first);
		for (size_t i = 0; i < COUNT(secrets); i++)
			assert_false(holds(secrets[i]));
	}
}

TEST(the_desk_key_does_not_open_a_protected_person_and_the_protocol_key_does)
{
	struct staff_keys keys = {0};
	struct found f;
	UNUSED(state);

	memcpy(keys.desk, s.source.keys.desk, SEAL_KEY);
	memcpy(keys.door, s.source.keys.door, SEAL_KEY);
	assert_err(roster_find_slot(&r, &keys, SMALL_PROTECTED, &f), ERR_DENIED);
	memcpy(keys.protocol, s.source.keys.protocol, SEAL_KEY);
	assert_ok(roster_find_slot(&r, &keys, SMALL_PROTECTED, &f));
	assert_ok(roster_visit(&r, &f, v));
	assert_text(v->family_name, "Quisthoudtsberg");
	assert_true(v->family_first);
	assert_text(v->bookings[0].seat, "Head");
}

TEST(the_desk_key_opens_the_day_of_everybody_else)
{
	struct staff_keys keys = {0};
	struct found f;
	UNUSED(state);

	memcpy(keys.desk, s.source.keys.desk, SEAL_KEY);
	for (uint32_t slot = 0; slot < SMALL_PEOPLE; slot++) {
		if (slot == SMALL_PROTECTED)
			continue;
		assert_ok(roster_find_slot(&r, &keys, slot, &f));
		assert_false(f.card_only);
		assert_ok(roster_visit(&r, &f, v));
		assert_true(v->day_open);
		assert_int_equal(v->kind, 0);
	}
}

TEST(the_door_key_opens_cards_and_no_day)
{
	struct staff_keys keys = {0};
	struct found f;
	UNUSED(state);

	memcpy(keys.door, s.source.keys.door, SEAL_KEY);
	assert_ok(roster_find_slot(&r, &keys, SMALL_DELEGATE, &f));
	assert_true(f.card_only);
	assert_ok(roster_visit(&r, &f, v));
	assert_text(v->family_name, "Vandersteenkiste");
	assert_int_equal(v->meeting_count, 0);
	f.card_only = false;
	assert_err(roster_visit(&r, &f, v), ERR_FORGED);
}

TEST(no_key_opens_nothing_and_an_empty_slot_is_absent)
{
	struct staff_keys none = {0}, desk = {0};
	struct found f;
	UNUSED(state);

	memcpy(desk.desk, s.source.keys.desk, SEAL_KEY);
	assert_err(roster_find_slot(&r, &none, 0, &f), ERR_DENIED);
	assert_err(roster_find_slot(&r, &desk, SMALL_PEOPLE, &f), ERR_ABSENT);
	assert_int_equal(roster_slot_count(&r), SMALL_SLOTS);
	assert_err(roster_find_slot(&r, &desk, SMALL_SLOTS, &f), ERR_ABSENT);
	assert_err(roster_find_slot(&r, &desk, UINT32_MAX, &f), ERR_ABSENT);
}

TEST(the_next_two_badges_are_known_and_the_one_after_is_not)
{
	struct token t = small_token(1, SMALL_DELEGATE, SMALL_AFTER_NEXT);
	struct found f;
	UNUSED(state);

	assert_ok(visit_by(SMALL_DELEGATE, SMALL_NEXT));
	assert_int_equal(v->issue, 2);
	assert_ok(visit_by(SMALL_DELEGATE, SMALL_AFTER_NEXT));
	assert_int_equal(v->issue, 3);
	assert_int_equal(v->badge_issue, 1);
	t.secret[0] ^= 1;
	assert_err(roster_find(&r, &t, &f), ERR_ABSENT);
}

TEST(all_255_other_kinds_and_epochs_of_a_valid_code_are_unknown)
{
	struct found f;
	UNUSED(state);

	for (int code = 0; code < SMALL_CODES; code++)
		for (unsigned other = 1; other < 256; other++) {
			struct token t = small_token(1, SMALL_DELEGATE, code);
			t.kind ^= (uint8_t)other;
			assert_err(roster_find(&r, &t, &f), ERR_ABSENT);
			t = small_token(1, SMALL_DELEGATE, code);
			t.epoch ^= (uint8_t)other;
			assert_err(roster_find(&r, &t, &f), ERR_ABSENT);
		}
}

TEST(a_code_of_another_event_is_unknown)
{
	struct found f;
	UNUSED(state);

	for (int who = 0; who < SMALL_PEOPLE; who++) {
		struct token t = small_token(2, who, SMALL_INVITATION);
		assert_err(roster_find(&r, &t, &f), ERR_ABSENT);
	}
}

TEST(every_code_of_everybody_finds_the_right_record)
{
	UNUSED(state);
	for (int who = 0; who < SMALL_PEOPLE; who++)
		for (int code = 0; code < SMALL_CODES; code++) {
			assert_ok(visit_by(who, code));
			assert_int_equal(v->slot, who);
			assert_memory_equal(v->handle, s.people[who].handle, HANDLE);
			assert_int_equal(v->kind, code ? TOKEN_BADGE : TOKEN_INVITATION);
		}
}

TEST(one_persons_key_opens_nobody_elses_record)
{
	struct found f;
	UNUSED(state);

	for (uint32_t slot = 0; slot < SMALL_SLOTS + 1; slot++) {
		assert_ok(find(SMALL_DELEGATE, SMALL_INVITATION, &f));
		if (slot == f.slot)
			continue;
		f.slot = slot;
		assert_err(roster_visit(&r, &f, v), ERR_FORGED);
	}
}

TEST(a_label_the_box_does_not_know_is_a_forgery)
{
	struct found f;
	UNUSED(state);

	assert_ok(find(SMALL_DELEGATE, SMALL_INVITATION, &f));
	memset(f.label, 0, sizeof(f.label));
	assert_err(roster_visit(&r, &f, v), ERR_FORGED);
}

TEST(long_names_come_back_whole)
{
	UNUSED(state);
	assert_ok(visit_by(SMALL_LONG_NAMES, SMALL_INVITATION));
	assert_true(span_equal(v->given_name, s.people[SMALL_LONG_NAMES].given_name));
	assert_true(span_equal(v->family_name, s.people[SMALL_LONG_NAMES].family_name));
	assert_true(span_equal(v->organisation, s.people[SMALL_LONG_NAMES].organisation));
	assert_ok(visit_by(SMALL_LONG_NAMES, SMALL_BADGE));
	assert_true(span_equal(v->family_name, s.people[SMALL_LONG_NAMES].family_name));
}

TEST(a_failed_visit_leaves_nothing_of_the_guest_before)
{
	struct found f;
	UNUSED(state);

	forget();
	assert_ok(visit_by(SMALL_DELEGATE, SMALL_INVITATION));
	assert_true(holds("Vandersteenkiste"));
	assert_ok(find(SMALL_VIP, SMALL_INVITATION, &f));
	f.key[0] ^= 1;
	assert_err(roster_visit(&r, &f, v), ERR_FORGED);
	assert_false(holds("Vandersteenkiste"));
	assert_false(holds("Featherstonehaugh"));
}

TEST(the_public_programme_needs_no_code)
{
	struct event_info event;
	struct activity a;
	struct track track;
	struct place p;
	struct leg leg;
	UNUSED(state);

	roster_event(&r, &event);
	assert_text(event.name.in[LANGUAGE_DE], "Kleine Mission");
	assert_text(event.desk_place, "hall");
	assert_int_equal(event.lease_withhold_min, 5760);
	assert_int_equal(roster_activity_count(&r), 1);
	assert_ok(roster_activity_at(&r, 0, &a));
	assert_text(a.title.in[LANGUAGE_FR], "Séance d'ouverture");
	assert_err(roster_activity_at(&r, 1, &a), ERR_ABSENT);
	assert_ok(roster_place_by_id(&r, span_of("hall"), &p));
	assert_int_equal(p.capacity, 300);
	assert_err(roster_place_by_id(&r, span_of("residence"), &p), ERR_ABSENT);
	assert_ok(roster_leg(&r, 0, &leg));
	assert_int_equal(leg.first, SMALL_BASE + 7 * 3600);
	assert_err(roster_leg(&r, 1, &leg), ERR_ABSENT);
	assert_ok(roster_track(&r, 0, &track));
	assert_int_equal(track.rgb[2], 3);
	assert_err(roster_track(&r, 1, &track), ERR_ABSENT);
}

TEST(what_is_not_public_needs_a_key)
{
	struct activity a;
	struct place p;
	UNUSED(state);

	assert_err(roster_activity(&r, NULL, 2, &a), ERR_ABSENT);
	assert_err(roster_place(&r, NULL, 2, &p), ERR_ABSENT);
	assert_ok(visit_by(SMALL_OFFICIAL, SMALL_INVITATION));
	assert_err(roster_activity(&r, v, 2, &a), ERR_ABSENT);
	assert_err(roster_activity(&r, v, UINT16_MAX, &a), ERR_ABSENT);
}

TEST(a_time_zone_changes_at_its_rule)
{
	int64_t change = SMALL_BASE + 28 * 86400;
	UNUSED(state);

	assert_int_equal(roster_offset(&r, 0, change - 1).minutes, -420);
	assert_int_equal(roster_offset(&r, 0, change).minutes, -480);
	assert_text(roster_offset(&r, 0, change).abbreviation, "PST");
	assert_int_equal(roster_offset(&r, 0, 0).minutes, -420);
	assert_int_equal(roster_offset(&r, 9, change).minutes, 0);
}

TEST(no_name_organisation_or_private_title_stands_in_the_file)
{
	static const char *const words[] = {"Vandersteenkiste", "Élodie", "Hoogenboomgaerd",
		"Maximiliaan", "Quisthoudtsberg", "Seraphine", "Ngwabwétsø", "Overmeulebroeck",
		"Nimbusworks", "Featherstonehaugh", "Skyhook", "Propulsion", "Clandestine",
		"Geheimes", "discret", "Consulate", "Hidden Terrace", "Export manager", "dinner",
		"residence"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(words); i++) {
		const char *how = names_found(s.file, span_of(words[i]));
		if (how)
			fail_msg("%s stands in the file as %s", words[i], how);
	}
	assert_string_equal(names_found(s.file, span_of("Moscone")), "UTF-8");
}

TEST(the_search_for_names_finds_them_however_they_are_written)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *how;
	} hiding[] = {
		{"a Dupré.",            9,  "UTF-8"              },
		{"a DUPRÉ.",            9,  "capitals"           },
		{"xD\0u\0p\0r\0\xe9\0y", 12, "UTF-16LE"           },
		{"x\0D\0u\0p\0r\0\xe9y", 12, "UTF-16BE"           },
		{"RHVwcsOp",             8,  "base64"             },
		{"eER1cHLDqQ",           10, "base64, second byte"},
		{"eHhEdXByw6k",          11, "base64, third byte" },
	};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(hiding); i++) {
		const char *how =
			names_found((struct span){(const uint8_t *)hiding[i].bytes, hiding[i].n},
				span_of("Dupré"));
		assert_non_null(how);
		assert_string_equal(how, hiding[i].how);
	}
	assert_null(names_found(span_of("Duprés Duprat xDupré"), span_of("Dupré")));
}

/* Builds. */

TEST(the_same_source_gives_the_same_bytes)
{
	struct small_roster other;
	UNUSED(state);

	small_roster_make(&other);
	assert_true(span_equal(other.file, s.file));
	small_roster_free(&other);
}

TEST(building_again_from_what_the_first_build_decided_changes_nothing)
{
	struct small_roster other;
	struct roster_fault fault;
	uint8_t first[32], second[32];
	UNUSED(state);

	small_roster_make(&other);
	roster_content(other.file, first);
	assert_ok(small_roster_build(&other, &fault));
	roster_content(other.file, second);
	assert_memory_equal(first, second, sizeof(first));
	small_roster_free(&other);
}

/* One card may need more than the usual size and cannot be shortened. */
TEST(building_again_with_one_large_card_changes_nothing_either)
{
	static char honorific[200];
	struct small_roster other;
	struct roster_fault fault;
	uint8_t first[32], second[32];
	UNUSED(state);

	memset(honorific, 'h', sizeof(honorific) - 1);
	small_roster_init(&other, 1, false);
	other.people[SMALL_VIP].honorific = span_of(honorific);
	assert_ok(small_roster_build(&other, &fault));
	roster_content(other.file, first);
	assert_ok(small_roster_build(&other, &fault));
	roster_content(other.file, second);
	assert_memory_equal(first, second, sizeof(first));
	small_roster_free(&other);
}

TEST(a_changed_record_leaves_the_others_bytes_alone)
{
	struct small_roster other;
	struct roster_fault fault;
	struct roster changed;
	UNUSED(state);

	small_roster_make(&other);
	other.people[SMALL_OFFICIAL].function = span_of("Envoy");
	assert_ok(small_roster_build(&other, &fault));
	small_roster_open(&other, &changed);
	assert_int_equal(other.file.n, s.file.n);
	for (int who = 0; who < SMALL_PEOPLE; who++) {
		const struct source_person *p = &other.people[who];
		struct span before = span_cut(
			r.section[SECTION_RECORDS].bytes, p->at * SLOT_UNIT, p->units * SLOT_UNIT);
		struct span after = span_cut(changed.section[SECTION_RECORDS].bytes,
			p->at * SLOT_UNIT, p->units * SLOT_UNIT);
		assert_true(span_equal(before, after) == (who != SMALL_OFFICIAL));
	}
	small_roster_free(&other);
}

TEST(the_same_code_twice_is_a_build_error)
{
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	other.people[SMALL_VIP].entries[0].token = other.people[SMALL_DELEGATE].entries[0].token;
	assert_err(small_roster_build(&other, &fault), ERR_BUSY);
	assert_string_equal(fault.words, "two codes share a label");
	assert_null(other.file.p);
}

TEST(wrong_references_places_and_slots_are_build_errors)
{
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	other.bookings[0].activity = 1;
	assert_err(small_roster_build(&other, &fault), ERR_FORMAT);
	assert_int_equal(fault.person, SMALL_DELEGATE);
	small_roster_init(&other, 1, false);
	other.meetings[0].place = SMALL_PLACES;
	assert_err(small_roster_build(&other, &fault), ERR_FORMAT);
	small_roster_init(&other, 1, false);
	other.people[1].slot = 0;
	assert_err(small_roster_build(&other, &fault), ERR_FORMAT);
	small_roster_init(&other, 1, false);
	other.people[1].slot = SMALL_SLOTS;
	assert_err(small_roster_build(&other, &fault), ERR_FORMAT);
}

TEST(two_records_in_one_place_are_a_build_error)
{
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_make(&other);
	other.people[SMALL_VIP].at = other.people[SMALL_DELEGATE].at;
	assert_err(small_roster_build(&other, &fault), ERR_FORMAT);
	assert_string_equal(fault.words, "two records share a place");
	small_roster_make(&other);
	other.people[SMALL_VIP].units = 300;
	assert_err(small_roster_build(&other, &fault), ERR_FORMAT);
	small_roster_free(&other);
}

TEST(a_day_too_long_for_a_record_names_the_person)
{
	static struct meeting many[100];
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = other.meetings[0];
	other.people[SMALL_VIP].meetings = many;
	other.people[SMALL_VIP].meeting_count = COUNT(many);
	assert_err(small_roster_build(&other, &fault), ERR_FULL);
	assert_int_equal(fault.person, SMALL_VIP);
}

/* Revoked: the hub drops the entry, lists the label and lifts the generation, so Kd is another. */
static void replace_delegates_badge(struct small_roster *new)
{
	struct source_person *p = &new->people[SMALL_DELEGATE];
	struct token old = p->entries[SMALL_BADGE].token;
	struct roster_fault fault;

	small_roster_init(new, 1, false);
	p->entries[SMALL_BADGE] = p->entries[SMALL_NEXT];
	p->entries[SMALL_NEXT] = p->entries[SMALL_AFTER_NEXT];
	p->entries[SMALL_AFTER_NEXT].token.secret[0] ^= 1;
	p->entries[SMALL_AFTER_NEXT].issue = 4;
	p->badge_issue = 2;
	p->generation = 2;
	p->day_key[0] ^= 1;
	old = small_token(1, SMALL_DELEGATE, SMALL_BADGE);
	token_label(&old, new->revoked[0]);
	new->source.revoked = (const uint8_t(*)[TOKEN_LABEL]) new->revoked;
	new->source.revoked_count = 1;
	assert_ok(small_roster_build(new, &fault));
}

TEST(a_replaced_badge_is_said_to_be_replaced)
{
	struct small_roster new;
	struct roster later;
	struct found f;
	UNUSED(state);

	replace_delegates_badge(&new);
	small_roster_open(&new, &later);
	struct token t = small_token(1, SMALL_DELEGATE, SMALL_BADGE);
	assert_err(roster_find(&later, &t, &f), ERR_EXPIRED);
	t = small_token(1, SMALL_DELEGATE, SMALL_NEXT);
	assert_ok(roster_find(&later, &t, &f));
	assert_ok(roster_visit(&later, &f, v));
	assert_int_equal(v->issue, 2);
	t = small_token(1, SMALL_DELEGATE, SMALL_INVITATION);
	assert_ok(roster_find(&later, &t, &f));
	assert_ok(roster_visit(&later, &f, v));
	assert_int_equal(v->badge_issue, 2);
	small_roster_free(&new);
}

TEST(an_old_roster_and_a_revoked_badge_open_nothing_of_the_new_one)
{
	struct small_roster new;
	struct roster later;
	struct found f;
	UNUSED(state);

	replace_delegates_badge(&new);
	small_roster_open(&new, &later);
	assert_ok(find(SMALL_DELEGATE, SMALL_BADGE, &f));
	for (uint32_t slot = 0; slot < SMALL_PEOPLE; slot++)
		for (int card_only = 0; card_only < 2; card_only++) {
			struct found tried = f;
			tried.slot = slot;
			tried.card_only = card_only;
			if (card_only)
				roster_card_key(f.key, tried.key);
			assert_err(roster_visit(&later, &tried, v), ERR_FORGED);
		}
	small_roster_free(&new);
}

TEST(an_objects_key_from_the_old_roster_opens_no_object_of_the_new_one)
{
	uint8_t ad[OBJECT_AD], plain[OBJECT_MAX];
	struct small_roster new;
	struct roster later;
	UNUSED(state);

	replace_delegates_badge(&new);
	small_roster_open(&new, &later);
	assert_ok(visit_by(SMALL_DELEGATE, SMALL_INVITATION));
	assert_int_equal(v->object_count, 2);
	for (size_t k = 0; k < v->object_count; k++)
		for (uint32_t i = 0; i < later.section[SECTION_OBJECTS].count; i++) {
			struct span box = roster_record(&later.section[SECTION_OBJECTS], i);
			if (box.n == 0)
				continue;
			roster_object_ad(later.event, i, ad);
			assert_err(seal_open(v->objects[k].key, (struct span){ad, sizeof(ad)}, box,
					   plain),
				ERR_FORGED);
		}
	small_roster_free(&new);
}

/* Who is protected must not show by what stays while all else changes. */
TEST(every_half_of_the_directory_changes_with_its_generation)
{
	struct small_roster new;
	struct roster_fault fault;
	struct roster later;
	UNUSED(state);

	small_roster_init(&new, 1, false);
	for (int who = 0; who < SMALL_PEOPLE; who++)
		new.people[who].generation = 2;
	assert_ok(small_roster_build(&new, &fault));
	small_roster_open(&new, &later);
	const uint8_t *before = r.section[SECTION_DIRECTORY].bytes.p,
		      *after = later.section[SECTION_DIRECTORY].bytes.p;
	for (size_t half = 0; half < 2 * SMALL_PEOPLE; half++)
		assert_memory_not_equal(before + half * SEAL_RECORD_KEY,
			after + half * SEAL_RECORD_KEY, SEAL_RECORD_KEY);
	small_roster_free(&new);
}

static int start(void **state)
{
	UNUSED(state);
	small_roster_make(&s);
	small_roster_open(&s, &r);
	v = seal_secret_memory(sizeof(*v));
	return v ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	seal_secret_free(v);
	small_roster_free(&s);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_invitation_opens_the_whole_day),
	cmocka_unit_test(an_invitation_holds_the_badge_to_print),
	cmocka_unit_test(a_delegates_badge_opens_the_day_and_says_it_is_a_badge),
	cmocka_unit_test(the_badge_of_a_vip_or_official_opens_the_card_only),
	cmocka_unit_test(a_card_key_does_not_open_the_day_box),
	cmocka_unit_test(a_vips_invitation_opens_his_day),
	cmocka_unit_test(a_protected_persons_codes_give_handle_issue_language_and_nothing_else),
	cmocka_unit_test(the_desk_key_does_not_open_a_protected_person_and_the_protocol_key_does),
	cmocka_unit_test(the_desk_key_opens_the_day_of_everybody_else),
	cmocka_unit_test(the_door_key_opens_cards_and_no_day),
	cmocka_unit_test(no_key_opens_nothing_and_an_empty_slot_is_absent),
	cmocka_unit_test(the_next_two_badges_are_known_and_the_one_after_is_not),
	cmocka_unit_test(all_255_other_kinds_and_epochs_of_a_valid_code_are_unknown),
	cmocka_unit_test(a_code_of_another_event_is_unknown),
	cmocka_unit_test(every_code_of_everybody_finds_the_right_record),
	cmocka_unit_test(one_persons_key_opens_nobody_elses_record),
	cmocka_unit_test(a_label_the_box_does_not_know_is_a_forgery),
	cmocka_unit_test(long_names_come_back_whole),
	cmocka_unit_test(a_failed_visit_leaves_nothing_of_the_guest_before),
	cmocka_unit_test(the_public_programme_needs_no_code),
	cmocka_unit_test(what_is_not_public_needs_a_key),
	cmocka_unit_test(a_time_zone_changes_at_its_rule),
	cmocka_unit_test(no_name_organisation_or_private_title_stands_in_the_file),
	cmocka_unit_test(the_search_for_names_finds_them_however_they_are_written),
	cmocka_unit_test(the_same_source_gives_the_same_bytes),
	cmocka_unit_test(building_again_from_what_the_first_build_decided_changes_nothing),
	cmocka_unit_test(building_again_with_one_large_card_changes_nothing_either),
	cmocka_unit_test(a_changed_record_leaves_the_others_bytes_alone),
	cmocka_unit_test(the_same_code_twice_is_a_build_error),
	cmocka_unit_test(wrong_references_places_and_slots_are_build_errors),
	cmocka_unit_test(two_records_in_one_place_are_a_build_error),
	cmocka_unit_test(a_day_too_long_for_a_record_names_the_person),
	cmocka_unit_test(a_replaced_badge_is_said_to_be_replaced),
	cmocka_unit_test(an_old_roster_and_a_revoked_badge_open_nothing_of_the_new_one),
	cmocka_unit_test(an_objects_key_from_the_old_roster_opens_no_object_of_the_new_one),
	cmocka_unit_test(every_half_of_the_directory_changes_with_its_generation),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
