/* The manifest and the signed time. Where a case of the TUF conformance suite applies, the test has its
 * name. */
#include "test.h"

#include "help/golden.h"
#include "help/wire.h"
#include "manifest.h"
#include "roster_inside.h"
#include "roster_write.h"

enum { PATCHES = 3, REVOKED = 2, SEQUENCE = 7 };

static struct wire_hub hub, later, foreign;
static struct wire_device devices[3];
static struct manifest_patch patches[MANIFEST_PATCHES + 1];
static uint8_t revoked[MANIFEST_REVOKED + 1][PAPER_DEVICE];
static const struct manifest_floor no_floor;
static uint8_t room[MANIFEST_MAX + 1];

/* A sound source of hub's: sequence 7, three patches, two revoked devices. */
static struct manifest_source source_of(const struct wire_hub *h)
{
	struct manifest_source s = {.m = {.sequence = SEQUENCE,
					    .built_at = WIRE_NOW - 60,
					    .size = 123456,
					    .signed_at = WIRE_NOW,
					    .live = true,
					    .patch_count = PATCHES,
					    .revoked_count = REVOKED},
		.patches = patches,
		.revoked = revoked,
		.delegation = h->delegation,
		.hub_seed = h->seed};

	memset(s.m.hash, 'h', MANIFEST_HASH);
	return s;
}

static struct span write_into(uint8_t *out, const struct manifest_source *s)
{
	struct sink k = sink_on(out, MANIFEST_MAX);

	manifest_write(&k, s);
	assert_false(k.full);
	return (struct span){out, k.n};
}

static struct span sound(void)
{
	struct manifest_source s = source_of(&hub);

	return write_into(room, &s);
}

/* Put the length right and sign what stands in out, as the key of seed under label. */
static struct span sign_as(uint8_t *out, size_t n, const uint8_t *seed, const char *label)
{
	store_u32(out + 8, (uint32_t)n);
	seal_sign(seed, label, (struct span){out, n - SEAL_SIGNATURE}, out + n - SEAL_SIGNATURE);
	return (struct span){out, n};
}

static struct span sign_again(size_t n)
{
	return sign_as(room, n, hub.seed, "foyer manifest");
}

static enum err open_above(struct span bytes, struct manifest_floor floor)
{
	static const struct manifest nothing;
	struct manifest m;

	enum err e = manifest_open(&m, bytes, hub.root, &floor);
	if (e)
		assert_memory_equal(&m, &nothing, sizeof(m));
	return e;
}

static enum err open_any(struct span bytes)
{
	return open_above(bytes, no_floor);
}

TEST(a_manifest_comes_back_as_it_was_written)
{
	struct manifest_source s = source_of(&hub);
	struct manifest m;
	UNUSED(state);

	assert_ok(manifest_open(&m, sound(), hub.root, &no_floor));
	assert_memory_equal(m.by.hub, hub.key, SEAL_PUBLIC);
	assert_int_equal(m.by.epoch, 1);
	assert_int_equal(m.sequence, SEQUENCE);
	assert_int_equal(m.built_at, WIRE_NOW - 60);
	assert_int_equal(m.size, 123456);
	assert_memory_equal(m.hash, s.m.hash, MANIFEST_HASH);
	assert_int_equal(m.signed_at, WIRE_NOW);
	assert_true(m.live);
	assert_int_equal(m.patch_count, PATCHES);
	assert_int_equal(m.revoked_count, REVOKED);
	s.m.live = false;
	assert_ok(manifest_open(&m, write_into(room, &s), hub.root, &no_floor));
	assert_false(m.live);
}

TEST(a_manifest_of_no_roster_no_patches_and_nobody_revoked_is_read)
{
	struct manifest_source s = {
		.m = {.signed_at = WIRE_NOW}, .delegation = hub.delegation, .hub_seed = hub.seed};
	struct manifest m;
	UNUSED(state);

	struct span bytes = write_into(room, &s);
	assert_int_equal(bytes.n, MANIFEST_FIXED + 4 + SEAL_SIGNATURE);
	assert_ok(manifest_open(&m, bytes, hub.root, &no_floor));
	assert_int_equal(m.sequence, 0);
	assert_err(manifest_patch_from(&m, hub.root, &patches[PATCHES]), ERR_ABSENT);
	assert_false(manifest_revokes(&m, devices[0].id));
}

TEST(a_patch_is_found_by_the_roster_it_begins_with)
{
	uint8_t from[MANIFEST_HASH] = {0};
	struct manifest_patch got;
	struct manifest m;
	UNUSED(state);

	assert_ok(manifest_open(&m, sound(), hub.root, &no_floor));
	for (size_t i = 0; i < PATCHES; i++) {
		assert_ok(manifest_patch_from(&m, patches[i].from, &got));
		assert_memory_equal(&got, &patches[i], sizeof(got));
	}
	assert_err(manifest_patch_from(&m, from, &got), ERR_ABSENT);
	assert_int_equal(got.size, 0);
	assert_err(manifest_patch_from(&m, patches[0].hash, &got), ERR_ABSENT);
}

TEST(a_revoked_device_is_named_and_no_other)
{
	uint8_t straddling[PAPER_DEVICE];
	struct manifest m;
	UNUSED(state);

	assert_ok(manifest_open(&m, sound(), hub.root, &no_floor));
	assert_true(manifest_revokes(&m, devices[0].id));
	assert_true(manifest_revokes(&m, devices[1].id));
	assert_false(manifest_revokes(&m, devices[2].id));
	memcpy(straddling, (uint8_t *)revoked + 4, PAPER_DEVICE);
	assert_false(manifest_revokes(&m, straddling));
}

TEST(the_longest_lists_fit_and_longer_ones_do_not)
{
	struct manifest_source s = source_of(&hub);
	struct manifest m;
	UNUSED(state);

	s.m.patch_count = MANIFEST_PATCHES;
	s.m.revoked_count = MANIFEST_REVOKED;
	struct span bytes = write_into(room, &s);
	assert_ok(manifest_open(&m, bytes, hub.root, &no_floor));
	assert_true(manifest_revokes(&m, revoked[MANIFEST_REVOKED - 1]));
	assert_ok(manifest_patch_from(&m, patches[MANIFEST_PATCHES - 1].from, &patches[PATCHES]));
	store_u16(room + MANIFEST_FIXED, MANIFEST_PATCHES + 1);
	assert_err(open_any(sign_again(bytes.n)), ERR_FORMAT);
	store_u16(room + MANIFEST_FIXED, MANIFEST_PATCHES);
	store_u16(room + MANIFEST_FIXED + 2 + MANIFEST_PATCHES * MANIFEST_PATCH,
		MANIFEST_REVOKED + 1);
	assert_err(open_any(sign_again(bytes.n + PAPER_DEVICE)), ERR_FORMAT);
}

TEST(what_does_not_fit_the_sink_is_told)
{
	struct manifest_source s = source_of(&hub);
	size_t n = sound().n;
	UNUSED(state);

	for (size_t cap = 0; cap <= n; cap += cap < n - 70 ? 37 : 1) {
		struct sink k = sink_on(room, cap);
		manifest_write(&k, &s);
		assert_true(k.full == (cap < n));
	}
	struct sink count = sink_on(NULL, 0);
	manifest_write(&count, &s);
	assert_int_equal(count.n, n);
}

TEST(lists_longer_than_the_formats_are_not_written)
{
	struct manifest_source s = source_of(&hub);
	struct sink k = sink_on(room, sizeof(room));
	UNUSED(state);

	s.m.patch_count = MANIFEST_PATCHES + 1;
	manifest_write(&k, &s);
	assert_true(k.full);
	k = sink_on(room, sizeof(room));
	s.m.patch_count = 0;
	s.m.revoked_count = MANIFEST_REVOKED + 1;
	manifest_write(&k, &s);
	assert_true(k.full);
}

TEST(short_file)
{
	size_t n = sound().n;
	UNUSED(state);

	for (size_t i = 0; i < n; i++)
		assert_err(open_any((struct span){room, i}), ERR_FORMAT);
	assert_ok(open_any((struct span){room, n}));
}

TEST(endless_data)
{
	size_t n = sound().n;
	UNUSED(state);

	room[n] = 0;
	assert_err(open_any((struct span){room, n + 1}), ERR_FORMAT);
	memset(room + n, 0, sizeof(room) - n);
	assert_err(open_any((struct span){room, MANIFEST_MAX}), ERR_FORMAT);
	assert_err(open_any(sign_again(MANIFEST_MAX + 1)), ERR_FORMAT);
	assert_ok(open_any(sign_again(MANIFEST_MAX)));
}

TEST(invalid_sig)
{
	size_t n = sound().n;
	UNUSED(state);

	for (size_t bit = 0; bit < n * 8; bit++) {
		size_t at = bit / 8;
		room[at] ^= (uint8_t)(1 << bit % 8);
		assert_err(open_any((struct span){room, n}),
			at < 12 ? ERR_FORMAT : (at < 28 + SEAL_PUBLIC ? ERR_FOREIGN : ERR_FORGED));
		room[at] ^= (uint8_t)(1 << bit % 8);
	}
}

TEST(unsigned_manifest)
{
	size_t n = sound().n;
	UNUSED(state);

	memset(room + n - SEAL_SIGNATURE, 0, SEAL_SIGNATURE);
	assert_err(open_any((struct span){room, n}), ERR_FORGED);
}

TEST(wrong_role_signs)
{
	size_t n = sound().n;
	UNUSED(state);

	assert_err(open_any(sign_as(room, n, devices[0].seed, "foyer manifest")), ERR_FORGED);
	assert_err(open_any(sign_as(room, n, hub.root_seed, "foyer manifest")), ERR_FORGED);
	assert_err(open_any(sign_as(room, n, hub.seed, "foyer certificate")), ERR_FORGED);
	assert_ok(open_any(sign_as(room, n, hub.seed, "foyer manifest")));
	uint8_t *by = room + 28;
	store_u32(by + DELEGATION_ROLE_AT, 2);
	seal_sign(hub.root_seed, paper_delegation_label, (struct span){by, DELEGATION_SIGNED},
		by + DELEGATION_SIGNED);
	assert_err(open_any(sign_again(n)), ERR_FORGED);
}

TEST(wrong_event_id)
{
	struct manifest_source s = source_of(&foreign);
	size_t n = write_into(room, &s).n;
	UNUSED(state);

	assert_err(open_any((struct span){room, n}), ERR_FOREIGN);
	memcpy(room + 12, hub.event, ROSTER_EVENT);
	assert_err(open_any(sign_as(room, n, foreign.seed, "foyer manifest")), ERR_FOREIGN);
	n = sound().n;
	memcpy(room + 12, foreign.event, ROSTER_EVENT);
	assert_err(open_any(sign_again(n)), ERR_FOREIGN);
}

TEST(another_hand_than_the_delegations_signs)
{
	struct manifest_source s = source_of(&hub);
	UNUSED(state);

	s.hub_seed = later.seed;
	assert_err(open_any(write_into(room, &s)), ERR_FORGED);
}

TEST(manifest_rollback)
{
	UNUSED(state);
	struct span bytes = sound();

	assert_ok(open_above(bytes, (struct manifest_floor){1, SEQUENCE, WIRE_NOW}));
	assert_ok(open_above(bytes, (struct manifest_floor){1, SEQUENCE - 1, WIRE_NOW - 1}));
	assert_err(open_above(bytes, (struct manifest_floor){1, SEQUENCE + 1, 0}), ERR_OLDER);
	assert_err(open_above(bytes, (struct manifest_floor){1, UINT64_MAX, 0}), ERR_OLDER);
	assert_err(open_above(bytes, (struct manifest_floor){2, 0, 0}), ERR_OLDER);
}

TEST(fresh_rollback)
{
	UNUSED(state);
	struct span bytes = sound();

	assert_err(
		open_above(bytes, (struct manifest_floor){1, SEQUENCE, WIRE_NOW + 1}), ERR_OLDER);
	assert_err(open_above(bytes, (struct manifest_floor){1, 0, WIRE_NOW + 1}), ERR_OLDER);
}

TEST(fast_forward_is_refused_within_an_epoch)
{
	struct manifest_source s = source_of(&hub);
	struct manifest_floor floor = {1, SEQUENCE, WIRE_NOW};
	UNUSED(state);

	s.m.sequence = SEQUENCE + 1000000;
	assert_ok(open_above(write_into(room, &s), floor));
	s.m.sequence++;
	assert_err(open_above(write_into(room, &s), floor), ERR_OLDER);
	s.m.sequence = UINT64_MAX;
	assert_err(open_above(write_into(room, &s), floor), ERR_OLDER);
	assert_ok(open_above(write_into(room, &s), no_floor));
}

/* A thief of the hub key signed far ahead: the root's next delegation begins to count anew. */
TEST(fast_forward_recovery)
{
	struct manifest_floor stolen = {1, SEQUENCE + 900000, WIRE_NOW + 1000000};
	struct manifest_source s = source_of(&later);
	UNUSED(state);

	assert_err(open_above(sound(), stolen), ERR_OLDER);
	struct span bytes = write_into(room, &s);
	assert_ok(open_above(bytes, stolen));
	assert_ok(open_above(bytes, (struct manifest_floor){2, SEQUENCE, WIRE_NOW}));
	assert_err(open_above(sound(), (struct manifest_floor){2, SEQUENCE, WIRE_NOW}), ERR_OLDER);
}

TEST(the_first_manifest_may_have_any_number_also_in_epoch_zero)
{
	struct manifest_source s = source_of(&hub);
	uint8_t delegation[PAPER_DELEGATION];
	UNUSED(state);

	roster_delegate(hub.root_seed, hub.key, 0, WIRE_UNTIL, delegation);
	s.delegation = delegation;
	s.m.sequence = 2000000;
	assert_ok(open_any(write_into(room, &s)));
	assert_err(open_above(write_into(room, &s), (struct manifest_floor){0, 1, 0}), ERR_OLDER);
}

TEST(a_signer_past_its_last_day_is_expired)
{
	struct manifest_source s = source_of(&hub);
	UNUSED(state);

	s.m.signed_at = WIRE_UNTIL;
	assert_ok(open_any(write_into(room, &s)));
	s.m.signed_at++;
	assert_err(open_any(write_into(room, &s)), ERR_EXPIRED);
}

/* The manifest names its roster by hash: last week's roster does not pass for this week's. */
TEST(mix_and_match)
{
	struct manifest_source s = source_of(&hub);
	struct manifest m;
	uint8_t old[MANIFEST_HASH], new[MANIFEST_HASH];
	UNUSED(state);

	seal_hash((struct span){0}, span_of("roster 7"), old, MANIFEST_HASH);
	seal_hash((struct span){0}, span_of("roster 8"), new, MANIFEST_HASH);
	memcpy(s.m.hash, new, MANIFEST_HASH);
	assert_ok(manifest_open(&m, write_into(room, &s), hub.root, &no_floor));
	assert_memory_equal(m.hash, new, MANIFEST_HASH);
	assert_memory_not_equal(m.hash, old, MANIFEST_HASH);
}

TEST(the_end_of_an_event_is_said_in_the_tail)
{
	static uint8_t bytes[MANIFEST_MAX];
	struct manifest_source s = source_of(&hub);
	struct manifest m;
	UNUSED(state);

	for (int wipe = 0; wipe < 2; wipe++) {
		struct sink k = sink_on(bytes, sizeof(bytes));
		s.m.wipe = wipe;
		manifest_write(&k, &s);
		assert_false(k.full);
		assert_ok(manifest_open(&m, (struct span){bytes, k.n}, hub.root, &no_floor));
		assert_int_equal(m.wipe, wipe);
	}
}

TEST(an_unknown_tail_is_passed_over)
{
	size_t n = sound().n;
	struct manifest m;
	UNUSED(state);

	for (size_t tail = 1; tail < 200; tail += 33) {
		memset(room + n - SEAL_SIGNATURE, 0xa5, tail + SEAL_SIGNATURE);
		assert_ok(manifest_open(&m, sign_again(n + tail), hub.root, &no_floor));
		assert_true(manifest_revokes(&m, devices[1].id));
		assert_int_equal(m.revoked_count, REVOKED);
	}
}

TEST(lists_that_do_not_fit_are_refused_though_signed)
{
	static const uint16_t counts[] = {4, 64, 65, 255, 65535};
	size_t n = sound().n, at = MANIFEST_FIXED + 2 + PATCHES * MANIFEST_PATCH;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(counts); i++) {
		store_u16(room + at, counts[i]);
		assert_err(open_any(sign_again(n)), ERR_FORMAT);
	}
	store_u16(room + at, REVOKED);
	for (size_t i = 0; i < COUNT(counts); i++) {
		store_u16(room + MANIFEST_FIXED, counts[i]);
		assert_err(open_any(sign_again(n)), ERR_FORMAT);
	}
	store_u16(room + MANIFEST_FIXED, PATCHES);
	assert_ok(open_any(sign_again(n)));
	for (size_t cut = 1; cut < n - MANIFEST_FIXED - SEAL_SIGNATURE; cut++) {
		n = sound().n;
		assert_err(open_any(sign_again(n - cut)), ERR_FORMAT);
	}
}

static const uint8_t nonce[TIME_NONCE] = {1, 2, 3, 4, 5, 6, 7, 8, 9};

static enum err open_time(struct span bytes, uint32_t min_epoch, int64_t *now)
{
	return time_open(now, bytes, hub.root, min_epoch, nonce);
}

TEST(a_signed_time_tells_the_asker_the_time)
{
	uint8_t bytes[TIME_BYTES];
	int64_t now;
	UNUSED(state);

	time_write(bytes, hub.delegation, hub.seed, nonce, WIRE_NOW * 1000 + 5);
	assert_ok(open_time((struct span){bytes, sizeof(bytes)}, 1, &now));
	assert_int_equal(now, WIRE_NOW * 1000 + 5);
}

TEST(every_bit_and_every_length_of_a_time_counts)
{
	uint8_t bytes[TIME_BYTES + 1] = {0};
	int64_t now;
	UNUSED(state);

	time_write(bytes, hub.delegation, hub.seed, nonce, WIRE_NOW * 1000);
	for (size_t n = 0; n <= sizeof(bytes); n++)
		assert_err(open_time((struct span){bytes, n}, 1, &now),
			n == TIME_BYTES ? OK : ERR_FORMAT);
	for (size_t bit = 0; bit < TIME_BYTES * 8; bit++) {
		size_t at = bit / 8;
		bytes[at] ^= (uint8_t)(1 << bit % 8);
		now = 1;
		assert_err(open_time((struct span){bytes, TIME_BYTES}, 1, &now),
			at < 8 ? ERR_FORMAT : (at < 24 + SEAL_PUBLIC ? ERR_FOREIGN : ERR_FORGED));
		assert_int_equal(now, 0);
		bytes[at] ^= (uint8_t)(1 << bit % 8);
	}
}

TEST(an_old_answer_is_not_played_again)
{
	uint8_t bytes[TIME_BYTES], other[TIME_NONCE] = {0};
	struct span s = {bytes, sizeof(bytes)};
	int64_t now;
	UNUSED(state);

	time_write(bytes, hub.delegation, hub.seed, other, WIRE_NOW * 1000);
	assert_err(open_time(s, 1, &now), ERR_OLDER);
	time_write(bytes, hub.delegation, hub.seed, nonce, WIRE_NOW * 1000);
	assert_err(open_time(s, 2, &now), ERR_OLDER);
	time_write(bytes, later.delegation, later.seed, nonce, WIRE_NOW * 1000);
	assert_ok(open_time(s, 2, &now));
}

TEST(a_time_by_another_hand_or_event_or_after_its_signers_last_day_is_refused)
{
	uint8_t bytes[TIME_BYTES];
	struct span s = {bytes, sizeof(bytes)};
	int64_t now;
	UNUSED(state);

	time_write(bytes, hub.delegation, later.seed, nonce, WIRE_NOW * 1000);
	assert_err(open_time(s, 1, &now), ERR_FORGED);
	time_write(bytes, foreign.delegation, foreign.seed, nonce, WIRE_NOW * 1000);
	assert_err(open_time(s, 1, &now), ERR_FOREIGN);
	time_write(bytes, hub.delegation, hub.seed, nonce, WIRE_UNTIL * 1000 + 999);
	assert_ok(open_time(s, 1, &now));
	time_write(bytes, hub.delegation, hub.seed, nonce, WIRE_UNTIL * 1000 + 1000);
	assert_err(open_time(s, 1, &now), ERR_EXPIRED);
}

TEST(the_golden_manifest_and_time_are_read)
{
	struct file_bytes file;
	uint8_t bytes[TIME_BYTES];
	struct manifest m;
	int64_t now;
	UNUSED(state);

	golden_read(&file, "manifest-1", sound());
	assert_ok(manifest_open(&m, file.bytes, hub.root, &no_floor));
	assert_int_equal(m.sequence, SEQUENCE);
	assert_int_equal(m.signed_at, WIRE_NOW);
	assert_int_equal(m.patch_count, PATCHES);
	assert_true(manifest_revokes(&m, devices[1].id));
	file_free(&file);
	time_write(bytes, hub.delegation, hub.seed, nonce, WIRE_NOW * 1000);
	golden_read(&file, "time-1", (struct span){bytes, sizeof(bytes)});
	assert_ok(open_time(file.bytes, 1, &now));
	assert_int_equal(now, WIRE_NOW * 1000);
	file_free(&file);
}

static int start(void **state)
{
	UNUSED(state);
	wire_hub(&hub, 1, 1);
	wire_hub(&later, 1, 2);
	wire_hub(&foreign, 2, 1);
	for (uint8_t i = 0; i < COUNT(devices); i++)
		wire_device(&devices[i], &hub, (uint8_t)(i + 1));
	for (size_t i = 0; i < COUNT(patches); i++) {
		memset(patches[i].from, (int)(i + 1), MANIFEST_HASH);
		memset(patches[i].hash, (int)(i + 100), MANIFEST_HASH);
		patches[i].size = 1000 + i;
	}
	for (size_t i = 0; i < COUNT(revoked); i++)
		store_u64(revoked[i], i * 0x123456789);
	memcpy(revoked[0], devices[0].id, PAPER_DEVICE);
	memcpy(revoked[1], devices[1].id, PAPER_DEVICE);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_manifest_comes_back_as_it_was_written),
	cmocka_unit_test(a_manifest_of_no_roster_no_patches_and_nobody_revoked_is_read),
	cmocka_unit_test(a_patch_is_found_by_the_roster_it_begins_with),
	cmocka_unit_test(a_revoked_device_is_named_and_no_other),
	cmocka_unit_test(the_longest_lists_fit_and_longer_ones_do_not),
	cmocka_unit_test(what_does_not_fit_the_sink_is_told),
	cmocka_unit_test(lists_longer_than_the_formats_are_not_written),
	cmocka_unit_test(short_file),
	cmocka_unit_test(endless_data),
	cmocka_unit_test(invalid_sig),
	cmocka_unit_test(unsigned_manifest),
	cmocka_unit_test(wrong_role_signs),
	cmocka_unit_test(wrong_event_id),
	cmocka_unit_test(another_hand_than_the_delegations_signs),
	cmocka_unit_test(manifest_rollback),
	cmocka_unit_test(fresh_rollback),
	cmocka_unit_test(fast_forward_is_refused_within_an_epoch),
	cmocka_unit_test(fast_forward_recovery),
	cmocka_unit_test(the_first_manifest_may_have_any_number_also_in_epoch_zero),
	cmocka_unit_test(a_signer_past_its_last_day_is_expired),
	cmocka_unit_test(mix_and_match),
	cmocka_unit_test(the_end_of_an_event_is_said_in_the_tail),
	cmocka_unit_test(an_unknown_tail_is_passed_over),
	cmocka_unit_test(lists_that_do_not_fit_are_refused_though_signed),
	cmocka_unit_test(a_signed_time_tells_the_asker_the_time),
	cmocka_unit_test(every_bit_and_every_length_of_a_time_counts),
	cmocka_unit_test(an_old_answer_is_not_played_again),
	cmocka_unit_test(a_time_by_another_hand_or_event_or_after_its_signers_last_day_is_refused),
	cmocka_unit_test(the_golden_manifest_and_time_are_read),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, NULL);
}
