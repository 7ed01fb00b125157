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

TEST(a_day_that_does_not_open_takes_the_card_with_it)
{
	const struct source_person *p = &s.people[SMALL_DELEGATE];
	uint8_t *copy = malloc(s.file.n);
	struct trust nobody = {0};
	struct roster damaged;
	struct found f;
	UNUSED(state);

	assert_non_null(copy);
	memcpy(copy, s.file.p, s.file.n);
	copy[small_section_at(&r, SECTION_RECORDS) + p->at * SLOT_UNIT + HANDLE + SEAL_OVERHEAD +
		r.card_bytes] ^= 1;
	small_roster_resign(&s, copy, s.file.n);
	assert_ok(roster_open(&damaged, (struct span){copy, s.file.n}, &nobody, 0));
	forget();
	assert_ok(find(SMALL_DELEGATE, SMALL_INVITATION, &f));
	assert_err(roster_visit(&damaged, &f, v), ERR_FORGED);
	assert_false(holds("Vandersteenkiste"));
	free(copy);
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

TEST(what_is_not_public_is_there_even_before_anybody_is_booked)
{
	static struct small_roster unbooked;
	struct roster_fault fault;
	struct roster other;
	UNUSED(state);

	assert_false(roster_is_sealed(&r, 0));
	assert_false(roster_is_sealed(&r, 1));
	assert_true(roster_is_sealed(&r, 2));
	assert_false(roster_is_sealed(&r, 3));
	small_roster_init(&unbooked, 1, false);
	unbooked.source.person_count = 0;
	unbooked.source.slot_count = 0;
	assert_ok(small_roster_build(&unbooked, &fault));
	small_roster_open(&unbooked, &other);
	assert_true(roster_is_sealed(&other, 2));
	small_roster_free(&unbooked);
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
		{"a Dupré.", 9, "UTF-8"},
		{"a DUPRÉ.", 9, "capitals"},
		{"xD\0u\0p\0r\0\xe9\0y", 12, "UTF-16LE"},
		{"x\0D\0u\0p\0r\0\xe9y", 12, "UTF-16BE"},
		{"RHVwcsOp", 8, "base64"},
		{"eER1cHLDqQ", 10, "base64, second byte"},
		{"eHhEdXByw6k", 11, "base64, third byte"},
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
	cmocka_unit_test(a_day_that_does_not_open_takes_the_card_with_it),
	cmocka_unit_test(the_public_programme_needs_no_code),
	cmocka_unit_test(what_is_not_public_needs_a_key),
	cmocka_unit_test(what_is_not_public_is_there_even_before_anybody_is_booked),
	cmocka_unit_test(a_time_zone_changes_at_its_rule),
	cmocka_unit_test(no_name_organisation_or_private_title_stands_in_the_file),
	cmocka_unit_test(the_search_for_names_finds_them_however_they_are_written),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
