/* A damaged roster is refused, and with the error that says what is wrong. */
#include "help/small_roster.h"
#include "roster_inside.h"
#include "test.h"

static struct small_roster s;
static struct trust trusted, nobody;
static struct roster sound;
static uint8_t *copy;

static enum err open_bytes(const uint8_t *p, size_t n, const struct trust *trust)
{
	struct roster r;

	return roster_open(&r, (struct span){p, n}, trust, 0);
}

/* A fresh copy in memory of exactly its size, so that a read past its end is seen. */
static uint8_t *fresh(size_t n)
{
	free(copy);
	copy = malloc(n);
	assert_non_null(copy);
	memcpy(copy, s.file.p, n < s.file.n ? n : s.file.n);
	return copy;
}

/* Open the copy after signing it again. */
static enum err open_resigned(void)
{
	small_roster_resign(&s, copy, s.file.n);
	return open_bytes(copy, s.file.n, &trusted);
}

static uint8_t *line_of(unsigned id)
{
	return copy + HEADER_FIXED + (id - 1) * SECTION_ENTRY;
}

static uint8_t *inside(unsigned id)
{
	return copy + small_section_at(&sound, id);
}

/* What a change of the byte at must give when the root is trusted. */
static enum err due(size_t at, uint8_t was, uint8_t is)
{
	bool length = at >= HEADER_FILE_AT && at < HEADER_FILE_AT + 8;
	bool reader = at == HEADER_READER_AT || at == HEADER_READER_AT + 1;
	bool root = at >= HEADER_DELEGATION_AT && at < HEADER_DELEGATION_AT + SEAL_PUBLIC;

	if (at < sizeof(roster_magic) || length)
		return ERR_FORMAT;
	if (reader && is > was)
		return ERR_VERSION;
	return root ? ERR_FOREIGN : ERR_FORGED;
}

TEST(the_sound_roster_opens)
{
	UNUSED(state);
	assert_ok(open_bytes(s.file.p, s.file.n, &trusted));
	assert_ok(open_bytes(s.file.p, s.file.n, &nobody));
	fresh(s.file.n);
	assert_ok(open_resigned());
}

TEST(a_roster_cut_at_any_length_is_refused)
{
	UNUSED(state);
	for (size_t n = 0; n < s.file.n; n++)
		assert_err(open_bytes(fresh(n), n, &trusted), ERR_FORMAT);
}

TEST(a_roster_with_bytes_after_its_end_is_refused)
{
	UNUSED(state);
	for (size_t more = 1; more <= 64; more++) {
		fresh(s.file.n + more);
		memset(copy + s.file.n, 0, more);
		assert_err(open_bytes(copy, s.file.n + more, &trusted), ERR_FORMAT);
	}
}

TEST(any_changed_byte_is_refused_with_its_own_error)
{
	static const uint8_t masks[] = {0x01, 0x80, 0xff};
	UNUSED(state);

	fresh(s.file.n);
	for (size_t at = 0; at < s.file.n; at++)
		for (size_t m = 0; m < COUNT(masks); m++) {
			uint8_t was = copy[at];
			copy[at] ^= masks[m];
			assert_err(open_bytes(copy, s.file.n, &trusted), due(at, was, copy[at]));
			copy[at] = was;
		}
}

TEST(without_trust_a_changed_root_is_a_forgery)
{
	UNUSED(state);
	fresh(s.file.n);
	for (size_t i = 0; i < SEAL_PUBLIC; i++) {
		copy[HEADER_DELEGATION_AT + i] ^= 1;
		assert_err(open_bytes(copy, s.file.n, &nobody), ERR_FORGED);
		copy[HEADER_DELEGATION_AT + i] ^= 1;
	}
}

TEST(garbage_and_nothing_are_no_roster)
{
	uint8_t garbage[1024];
	UNUSED(state);

	for (size_t i = 0; i < sizeof(garbage); i++)
		garbage[i] = (uint8_t)(i * 7);
	assert_err(open_bytes(garbage, sizeof(garbage), &nobody), ERR_FORMAT);
	assert_err(open_bytes(NULL, 0, &nobody), ERR_FORMAT);
}

TEST(a_refused_roster_leaves_nothing_open)
{
	static const struct roster nothing;
	struct roster r;
	UNUSED(state);

	memset(&r, 0xaa, sizeof(r));
	fresh(s.file.n);
	copy[s.file.n - 1] ^= 1;
	assert_err(roster_open(&r, (struct span){copy, s.file.n}, &nobody, 0), ERR_FORGED);
	assert_memory_equal(&r, &nothing, sizeof(r));
}

/* From here on the damage is signed by the right key. */

TEST(a_newer_format_that_older_readers_may_read_is_read)
{
	UNUSED(state);
	fresh(s.file.n);
	store_u16(copy + HEADER_FORMAT_AT, 9);
	assert_ok(open_resigned());
	store_u16(copy + HEADER_READER_AT, 2);
	assert_err(open_resigned(), ERR_VERSION);
}

TEST(an_unknown_section_is_skipped)
{
	UNUSED(state);
	fresh(s.file.n);
	store_u32(line_of(SECTION_NOTES), 4711);
	assert_ok(open_resigned());
}

TEST(sections_out_of_order_or_twice_are_refused)
{
	UNUSED(state);
	for (unsigned id = 2; id < ROSTER_SECTIONS; id++) {
		fresh(s.file.n);
		store_u32(line_of(id), id - 1);
		assert_err(open_resigned(), ERR_FORMAT);
	}
	fresh(s.file.n);
	store_u32(line_of(1), 0);
	assert_err(open_resigned(), ERR_FORMAT);
}

TEST(a_section_off_its_alignment_is_refused)
{
	UNUSED(state);
	for (unsigned id = 1; id < ROSTER_SECTIONS; id++) {
		fresh(s.file.n);
		store_u64(line_of(id) + 8, load_u64(line_of(id) + 8) + 4);
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

TEST(sections_that_overlap_are_refused)
{
	UNUSED(state);
	for (unsigned id = 2; id < ROSTER_SECTIONS; id++) {
		fresh(s.file.n);
		if (load_u64(line_of(id - 1) + 16) == 0)
			continue;
		store_u64(line_of(id) + 8, load_u64(line_of(id - 1) + 8));
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

TEST(a_section_past_the_end_is_refused)
{
	static const uint64_t far[] = {1 << 20, 1ull << 32, 1ull << 63, UINT64_MAX & ~7ull};
	UNUSED(state);

	for (unsigned id = 1; id < ROSTER_SECTIONS; id++)
		for (size_t i = 0; i < COUNT(far); i++) {
			fresh(s.file.n);
			store_u64(line_of(id) + 8, far[i]);
			assert_err(open_resigned(), ERR_FORMAT);
			fresh(s.file.n);
			store_u64(line_of(id) + 16, far[i]);
			assert_err(open_resigned(), ERR_FORMAT);
		}
}

TEST(a_wrong_count_of_records_is_refused)
{
	static const uint32_t counts[] = {1000000, UINT32_MAX, 0x40000000, 0x80000000};
	UNUSED(state);

	for (unsigned id = 1; id < ROSTER_SECTIONS; id++)
		for (size_t i = 0; i < COUNT(counts) && id != SECTION_RECORDS; i++) {
			fresh(s.file.n);
			store_u32(line_of(id) + 4, counts[i]);
			assert_err(open_resigned(), ERR_FORMAT);
		}
}

TEST(a_missing_section_of_the_event_is_refused)
{
	UNUSED(state);
	fresh(s.file.n);
	store_u32(copy + HEADER_SECTIONS_AT, 0);
	assert_err(open_resigned(), ERR_FORMAT);
	store_u32(copy + HEADER_LENGTH_AT, HEADER_FIXED);
	assert_err(open_resigned(), ERR_FORMAT);
	store_u32(copy + HEADER_SECTIONS_AT, UINT32_MAX);
	assert_err(open_resigned(), ERR_FORMAT);
}

TEST(bytes_between_sections_must_be_zero)
{
	bool tried = false;
	UNUSED(state);

	for (unsigned id = 1; id < ROSTER_SECTIONS; id++) {
		fresh(s.file.n);
		size_t end = (size_t)(load_u64(line_of(id) + 8) + load_u64(line_of(id) + 16));
		if (end % SECTION_ALIGN == 0)
			continue;
		copy[end] = 1;
		assert_err(open_resigned(), ERR_FORMAT);
		tried = true;
	}
	assert_true(tried);
}

TEST(labels_out_of_order_or_twice_are_refused)
{
	UNUSED(state);
	fresh(s.file.n);
	memcpy(inside(SECTION_INDEX) + INDEX_ENTRY, inside(SECTION_INDEX), TOKEN_LABEL);
	assert_err(open_resigned(), ERR_FORMAT);
	fresh(s.file.n);
	memset(inside(SECTION_INDEX), 0xff, TOKEN_LABEL);
	assert_err(open_resigned(), ERR_FORMAT);
	fresh(s.file.n);
	memcpy(inside(SECTION_REVOKED) + REVOKED_ENTRY, inside(SECTION_REVOKED), REVOKED_ENTRY);
	assert_err(open_resigned(), ERR_FORMAT);
}

TEST(a_slot_that_points_past_the_records_is_refused)
{
	uint32_t units = (uint32_t)(sound.section[SECTION_RECORDS].bytes.n / SLOT_UNIT);
	UNUSED(state);

	for (uint32_t slot = 0; slot < SMALL_PEOPLE; slot++) {
		fresh(s.file.n);
		uint8_t *where = inside(SECTION_SLOTS) + slot * SLOT_ENTRY + 4;
		uint32_t n = load_u32(where) >> SLOT_PLACE_BITS;
		store_u32(where, n << SLOT_PLACE_BITS | (units - n + 1));
		assert_err(open_resigned(), ERR_FORMAT);
		store_u32(where, n << SLOT_PLACE_BITS | ((1u << SLOT_PLACE_BITS) - 1));
		assert_err(open_resigned(), ERR_FORMAT);
		store_u32(where, UINT32_MAX);
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

TEST(a_record_too_short_for_its_boxes_is_refused)
{
	UNUSED(state);
	fresh(s.file.n);
	store_u32(inside(SECTION_SLOTS) + 4, 1u << SLOT_PLACE_BITS);
	assert_err(open_resigned(), ERR_FORMAT);
}

TEST(a_table_whose_ends_fall_or_pass_its_bytes_is_refused)
{
	static const unsigned ids[] = {SECTION_EVENT, SECTION_LEGS, SECTION_ZONES, SECTION_PLACES,
		SECTION_TRACKS, SECTION_ACTIVITIES, SECTION_OBJECTS};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(ids); i++) {
		uint32_t count = sound.section[ids[i]].count;
		fresh(s.file.n);
		store_u32(inside(ids[i]) + (count - 1) * 4, UINT32_MAX);
		assert_err(open_resigned(), ERR_FORMAT);
		fresh(s.file.n);
		uint8_t *last = inside(ids[i]) + (count - 1) * 4;
		store_u32(last, load_u32(last) - 1);
		assert_err(open_resigned(), ERR_FORMAT);
		if (count == 1)
			continue;
		fresh(s.file.n);
		uint32_t k = 1;
		while (k + 1 < count && load_u32(inside(ids[i]) + (k - 1) * 4) == 0)
			k++;
		if (k + 1 < count) {
			store_u32(
				inside(ids[i]) + k * 4, load_u32(inside(ids[i]) + (k - 1) * 4) - 1);
			assert_err(open_resigned(), ERR_FORMAT);
		}
		fresh(s.file.n);
		store_u32(inside(ids[i]), (uint32_t)sound.section[ids[i]].bytes.n);
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

/* The bytes of a text of the public programme. */
static uint8_t *find_text(const char *text)
{
	uint8_t *p = memmem(copy, s.file.n, text, strlen(text));

	assert_non_null(p);
	return p;
}

TEST(text_that_is_not_utf_8_is_refused)
{
	static const char *const texts[] = {"Small mission", "West Coast", "Technology",
		"Opening session", "Moscone Center", "Second floor", "PDT", "A. Speaker"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(texts); i++) {
		fresh(s.file.n);
		*find_text(texts[i]) = 0xc0;
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

TEST(a_text_longer_than_its_record_is_refused)
{
	static const char *const texts[] = {"Small mission", "West Coast", "Technology",
		"Opening session", "Moscone Center", "Second floor", "PST"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(texts); i++) {
		fresh(s.file.n);
		find_text(texts[i])[-1] = 0x7f;
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

TEST(an_activity_in_no_place_or_track_is_refused)
{
	UNUSED(state);
	/* kind, access, then the title begins */
	fresh(s.file.n);
	find_text("opening")[7] = ACTIVITY_KINDS;
	assert_err(open_resigned(), ERR_FORMAT);
	fresh(s.file.n);
	find_text("opening")[8] = ACCESSES;
	assert_err(open_resigned(), ERR_FORMAT);
	/* leave_by, place, track, capacity stand before the speakers' length */
	fresh(s.file.n);
	find_text("A. Speaker")[-3] = SMALL_PLACES;
	assert_err(open_resigned(), ERR_FORMAT);
	fresh(s.file.n);
	find_text("A. Speaker")[-4] = SMALL_PLACES;
	assert_err(open_resigned(), ERR_FORMAT);
}

TEST(a_list_by_time_that_names_no_public_activity_is_refused)
{
	UNUSED(state);
	fresh(s.file.n);
	store_u16(inside(SECTION_ORDER), 2);
	assert_err(open_resigned(), ERR_FORMAT);
	store_u16(inside(SECTION_ORDER), UINT16_MAX);
	assert_err(open_resigned(), ERR_FORMAT);
}

TEST(a_base_time_out_of_all_reason_is_refused)
{
	static const uint64_t bases[] = {BASE_MAX + 1, INT64_MAX, 1ull << 63, UINT64_MAX};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(bases); i++) {
		fresh(s.file.n);
		store_u64(find_text("small") + 5, bases[i]);
		assert_err(open_resigned(), ERR_FORMAT);
	}
}

TEST(what_follows_a_record_of_today_is_skipped)
{
	struct roster r;
	struct activity a;
	UNUSED(state);

	/* The activity loses its dress, last and empty; what was it is now a tail of one byte. */
	fresh(s.file.n);
	uint8_t *speakers = find_text("A. Speaker|B. Speaker");
	speakers[-1] = 0;
	memset(speakers, 0, 2);
	assert_ok(open_resigned());
	assert_ok(roster_open(&r, (struct span){copy, s.file.n}, &trusted, 0));
	assert_ok(roster_activity(&r, NULL, 0, &a));
	assert_int_equal(a.speakers.n, 0);
}

/* Whole files by somebody with some of the keys. */

TEST(a_roster_of_another_event_is_foreign)
{
	struct small_roster other;
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&other, 2, false);
	assert_ok(small_roster_build(&other, &fault));
	assert_err(open_bytes(other.file.p, other.file.n, &trusted), ERR_FOREIGN);
	assert_ok(open_bytes(other.file.p, other.file.n, &nobody));
	small_roster_free(&other);
}

/* Sign the copy under a delegation with these differences. */
static enum err open_delegated(uint32_t role, int64_t until, const uint8_t *root_seed)
{
	uint8_t hub[SEAL_PUBLIC], *d = copy + HEADER_DELEGATION_AT;

	seal_keypair(s.hub_seed, hub);
	roster_delegate(root_seed, hub, 1, until, d);
	store_u32(d + DELEGATION_ROLE_AT, role);
	seal_sign(root_seed, paper_delegation_label, (struct span){d, DELEGATION_SIGNED},
		d + DELEGATION_SIGNED);
	small_roster_resign(&s, copy, s.file.n);
	return open_bytes(copy, s.file.n, &nobody);
}

TEST(a_key_delegated_for_another_role_signs_no_roster)
{
	UNUSED(state);
	fresh(s.file.n);
	assert_ok(open_delegated(DELEGATION_ROLE_ROSTERS, SMALL_EXPIRES, s.root_seed));
	assert_err(open_delegated(2, SMALL_EXPIRES, s.root_seed), ERR_FORGED);
	assert_err(open_delegated(0, SMALL_EXPIRES, s.root_seed), ERR_FORGED);
}

TEST(a_delegation_that_had_ended_when_the_roster_was_built_is_refused)
{
	UNUSED(state);
	fresh(s.file.n);
	assert_ok(open_delegated(DELEGATION_ROLE_ROSTERS, SMALL_BUILT, s.root_seed));
	assert_err(
		open_delegated(DELEGATION_ROLE_ROSTERS, SMALL_BUILT - 1, s.root_seed), ERR_FORGED);
}

TEST(another_root_cannot_take_the_events_id)
{
	uint8_t seed[SEAL_SEED] = {9};
	UNUSED(state);

	fresh(s.file.n);
	assert_err(open_delegated(DELEGATION_ROLE_ROSTERS, SMALL_EXPIRES, seed), ERR_FORGED);
	assert_err(open_bytes(copy, s.file.n, &trusted), ERR_FOREIGN);
}

static enum err open_version(uint32_t epoch, uint64_t sequence, struct trust trust)
{
	uint8_t hub[SEAL_PUBLIC];
	struct roster r;

	fresh(s.file.n);
	seal_keypair(s.hub_seed, hub);
	roster_delegate(s.root_seed, hub, epoch, SMALL_EXPIRES, copy + HEADER_DELEGATION_AT);
	roster_sign(copy, s.file.n, sequence, SMALL_BUILT, s.hub_seed);
	return roster_open(&r, (struct span){copy, s.file.n}, &trust, 0);
}

TEST(an_older_version_is_refused_and_the_same_is_not)
{
	struct trust t = trusted;
	UNUSED(state);

	t.sequence = 100;
	t.epoch = 3;
	assert_err(open_version(3, 99, t), ERR_OLDER);
	assert_ok(open_version(3, 100, t));
	assert_ok(open_version(3, 101, t));
	assert_err(open_version(2, 5000, t), ERR_OLDER);
}

TEST(a_jump_of_more_than_a_million_is_refused_and_a_new_epoch_is_the_way_back)
{
	struct trust t = trusted;
	UNUSED(state);

	t.sequence = 100;
	assert_ok(open_version(1, 1000100, t));
	assert_err(open_version(1, 1000101, t), ERR_OLDER);
	assert_err(open_version(1, UINT64_MAX, t), ERR_OLDER);
	assert_ok(open_version(2, 1, t));
}

TEST(a_new_file_past_its_last_day_is_expired_and_one_in_use_is_not)
{
	struct roster r;
	UNUSED(state);

	assert_ok(roster_open(&r, s.file, &trusted, SMALL_EXPIRES));
	assert_err(roster_open(&r, s.file, &trusted, SMALL_EXPIRES + 1), ERR_EXPIRED);
	assert_ok(roster_open(&r, s.file, &trusted, 0));
}

static int start(void **state)
{
	UNUSED(state);
	small_roster_init(&s, 1, false);
	memset(s.revoked[0], 1, TOKEN_LABEL);
	memset(s.revoked[1], 2, TOKEN_LABEL);
	s.source.revoked = (const uint8_t(*)[TOKEN_LABEL])s.revoked;
	s.source.revoked_count = 2;
	struct roster_fault fault;
	enum err e = small_roster_build(&s, &fault);
	if (e)
		return -1;
	small_roster_open(&s, &sound);
	trusted = roster_trust(&sound);
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	free(copy);
	small_roster_free(&s);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_sound_roster_opens),
	cmocka_unit_test(a_roster_cut_at_any_length_is_refused),
	cmocka_unit_test(a_roster_with_bytes_after_its_end_is_refused),
	cmocka_unit_test(any_changed_byte_is_refused_with_its_own_error),
	cmocka_unit_test(without_trust_a_changed_root_is_a_forgery),
	cmocka_unit_test(garbage_and_nothing_are_no_roster),
	cmocka_unit_test(a_refused_roster_leaves_nothing_open),
	cmocka_unit_test(a_newer_format_that_older_readers_may_read_is_read),
	cmocka_unit_test(an_unknown_section_is_skipped),
	cmocka_unit_test(sections_out_of_order_or_twice_are_refused),
	cmocka_unit_test(a_section_off_its_alignment_is_refused),
	cmocka_unit_test(sections_that_overlap_are_refused),
	cmocka_unit_test(a_section_past_the_end_is_refused),
	cmocka_unit_test(a_wrong_count_of_records_is_refused),
	cmocka_unit_test(a_missing_section_of_the_event_is_refused),
	cmocka_unit_test(bytes_between_sections_must_be_zero),
	cmocka_unit_test(labels_out_of_order_or_twice_are_refused),
	cmocka_unit_test(a_slot_that_points_past_the_records_is_refused),
	cmocka_unit_test(a_record_too_short_for_its_boxes_is_refused),
	cmocka_unit_test(a_table_whose_ends_fall_or_pass_its_bytes_is_refused),
	cmocka_unit_test(text_that_is_not_utf_8_is_refused),
	cmocka_unit_test(a_text_longer_than_its_record_is_refused),
	cmocka_unit_test(an_activity_in_no_place_or_track_is_refused),
	cmocka_unit_test(a_list_by_time_that_names_no_public_activity_is_refused),
	cmocka_unit_test(a_base_time_out_of_all_reason_is_refused),
	cmocka_unit_test(what_follows_a_record_of_today_is_skipped),
	cmocka_unit_test(a_roster_of_another_event_is_foreign),
	cmocka_unit_test(a_key_delegated_for_another_role_signs_no_roster),
	cmocka_unit_test(a_delegation_that_had_ended_when_the_roster_was_built_is_refused),
	cmocka_unit_test(another_root_cannot_take_the_events_id),
	cmocka_unit_test(an_older_version_is_refused_and_the_same_is_not),
	cmocka_unit_test(a_jump_of_more_than_a_million_is_refused_and_a_new_epoch_is_the_way_back),
	cmocka_unit_test(a_new_file_past_its_last_day_is_expired_and_one_in_use_is_not),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
