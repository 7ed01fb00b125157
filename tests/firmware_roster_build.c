/* Builds of a roster: the same source, the same bytes; what is wrong is refused; what was replaced opens
 * nothing any more. */
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

/* Revoked: the hub drops the entry, lists the label, lifts the generation, so Kd is another, and the epoch
 * of what she may open. */
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
	for (size_t i = 0; i < COUNT(new->places); i++)
		new->places[i].epoch++;
	for (size_t i = 0; i < COUNT(new->activities); i++)
		new->activities[i].epoch++;
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

TEST(a_file_travels_in_the_roster_byte_for_byte)
{
	static const uint8_t svg[] = {'<', 's', 'v', 'g', '/', '>', 0, 0xff};
	const struct source_file files[] = {{span_of("badge/vip.62x100.svg"), {svg, sizeof(svg)}},
		{span_of("logo.png"), {svg, 1}}};
	struct small_roster with;
	struct roster_fault fault;
	struct roster opened;
	struct span file;
	UNUSED(state);

	small_roster_init(&with, 1, false);
	with.source.files = files;
	with.source.file_count = COUNT(files);
	assert_ok(small_roster_build(&with, &fault));
	small_roster_open(&with, &opened);
	assert_ok(roster_file(&opened, span_of("badge/vip.62x100.svg"), &file));
	assert_true(span_equal(file, (struct span){svg, sizeof(svg)}));
	assert_ok(roster_file(&opened, span_of("logo.png"), &file));
	assert_int_equal(file.n, 1);
	assert_err(roster_file(&opened, span_of("logo"), &file), ERR_ABSENT);
	small_roster_free(&with);
}

TEST(a_card_that_cannot_be_made_short_enough_names_the_person)
{
	static char honorific[2100];
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	memset(honorific, 'h', sizeof(honorific) - 1);
	small_roster_init(&other, 1, false);
	other.people[SMALL_OFFICIAL].honorific = span_of(honorific);
	assert_err(small_roster_build(&other, &fault), ERR_FULL);
	assert_int_equal(fault.person, SMALL_OFFICIAL);
}

TEST(more_keys_than_a_visit_holds_are_a_build_error)
{
	static struct source_activity many[VISIT_OBJECTS + 8];
	static struct booking bookings[VISIT_OBJECTS + 8];
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	for (size_t i = 0; i < COUNT(many); i++) {
		many[i] = other.activities[2];
		bookings[i] = (struct booking){(uint16_t)i, BOOKING_CONFIRMED, {0}};
	}
	many[0] = other.activities[0];
	other.source.activities = many;
	other.source.activity_count = COUNT(many);
	other.people[SMALL_VIP].bookings = bookings;
	other.people[SMALL_VIP].booking_count = COUNT(bookings);
	assert_err(small_roster_build(&other, &fault), ERR_FULL);
	assert_int_equal(fault.person, SMALL_VIP);
}

/* Small enough for the record, but not for who reads it. */
TEST(more_bookings_or_meetings_than_a_visit_holds_are_a_build_error)
{
	static struct booking bookings[VISIT_BOOKINGS + 1];
	static struct meeting meetings[VISIT_MEETINGS + 1];
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	other.people[SMALL_OFFICIAL].bookings = bookings;
	other.people[SMALL_OFFICIAL].booking_count = VISIT_BOOKINGS;
	assert_ok(small_roster_build(&other, &fault));
	other.people[SMALL_OFFICIAL].booking_count = COUNT(bookings);
	assert_err(small_roster_build(&other, &fault), ERR_FULL);
	assert_int_equal(fault.person, SMALL_OFFICIAL);
	small_roster_init(&other, 1, false);
	for (size_t i = 0; i < COUNT(meetings); i++)
		meetings[i] = (struct meeting){.start = SMALL_BASE, .end = SMALL_BASE + 60};
	other.people[SMALL_OFFICIAL].meetings = meetings;
	other.people[SMALL_OFFICIAL].meeting_count = VISIT_MEETINGS;
	assert_ok(small_roster_build(&other, &fault));
	other.people[SMALL_OFFICIAL].meeting_count = COUNT(meetings);
	assert_err(small_roster_build(&other, &fault), ERR_FULL);
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
	cmocka_unit_test(a_file_travels_in_the_roster_byte_for_byte),
	cmocka_unit_test(a_card_that_cannot_be_made_short_enough_names_the_person),
	cmocka_unit_test(more_keys_than_a_visit_holds_are_a_build_error),
	cmocka_unit_test(more_bookings_or_meetings_than_a_visit_holds_are_a_build_error),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
