/* Staff cards: what a card and its PIN unlock, and the golden roster that is read for ever. */
#include "file.h"
#include "help/small_roster.h"
#include "roster_inside.h"
#include "staff.h"
#include "test.h"

#define GOLDEN "tests/golden/roster-1.foyer"
#define NOTES  "tests/golden/roster-1-notes.foyer"

static struct small_roster s;
static struct roster r;
static const uint8_t none[SEAL_KEY];

static enum err unlock(enum small_card which, const char *pin, int64_t now, struct staff_keys *k)
{
	struct token t = small_card_token(which);

	return roster_unlock(&r, &t, span_of(pin), now, k);
}

TEST(a_print_card_unlocks_desk_door_and_issuing_but_not_protocol)
{
	struct staff_keys k;
	UNUSED(state);

	assert_ok(unlock(SMALL_CARD_DESK, SMALL_PIN, SMALL_BUILT, &k));
	assert_int_equal(k.rights, RIGHT_PRINT | RIGHT_CORRECT);
	assert_memory_equal(k.desk, s.source.keys.desk, SEAL_KEY);
	assert_memory_equal(k.door, s.source.keys.door, SEAL_KEY);
	assert_memory_equal(k.issuing, s.source.keys.issuing, SEAL_KEY);
	assert_memory_equal(k.protocol, none, SEAL_KEY);
}

TEST(a_door_card_unlocks_the_door_key_alone)
{
	struct staff_keys k;
	struct found f;
	UNUSED(state);

	assert_ok(unlock(SMALL_CARD_DOOR, SMALL_PIN, SMALL_BUILT, &k));
	assert_memory_equal(k.door, s.source.keys.door, SEAL_KEY);
	assert_memory_equal(k.desk, none, SEAL_KEY);
	assert_memory_equal(k.protocol, none, SEAL_KEY);
	assert_memory_equal(k.issuing, none, SEAL_KEY);
	assert_ok(roster_find_slot(&r, &k, SMALL_DELEGATE, &f));
	assert_true(f.card_only);
	assert_err(roster_find_slot(&r, &k, SMALL_PROTECTED, &f), ERR_DENIED);
}

TEST(a_protocol_card_opens_protected_people_and_nobody_else)
{
	struct staff_keys k;
	struct found f;
	UNUSED(state);

	assert_ok(unlock(SMALL_CARD_PROTOCOL, SMALL_PIN, SMALL_BUILT, &k));
	assert_memory_equal(k.desk, none, SEAL_KEY);
	assert_memory_equal(k.door, none, SEAL_KEY);
	assert_memory_equal(k.issuing, none, SEAL_KEY);
	for (uint32_t slot = 0; slot < SMALL_PEOPLE; slot++)
		assert_err(roster_find_slot(&r, &k, slot, &f),
			slot == SMALL_PROTECTED ? OK : ERR_DENIED);
}

TEST(a_card_has_a_key_of_its_own_that_the_roster_vouches_for)
{
	uint8_t public_key[SEAL_PUBLIC], label[TOKEN_LABEL];
	struct token t = small_card_token(SMALL_CARD_DESK);
	struct staff_keys k;
	bool found = false;
	UNUSED(state);

	assert_ok(unlock(SMALL_CARD_DESK, SMALL_PIN, SMALL_BUILT, &k));
	seal_keypair(k.signing_seed, public_key);
	token_label(&t, label);
	const uint8_t *entry = r.section[SECTION_CARDS].bytes.p;
	for (uint32_t i = 0; i < r.section[SECTION_CARDS].count; i++, entry += CARD_ENTRY)
		if (memcmp(entry, label, TOKEN_LABEL) == 0) {
			assert_memory_equal(entry + CARD_PUBLIC_AT, public_key, SEAL_PUBLIC);
			found = true;
		}
	assert_true(found);
}

TEST(a_card_and_its_pin_sign_what_the_roster_believes)
{
	struct event e = {.kind = EVENT_BADGE_ISSUED, .issue = 2};
	struct staff_keys k;
	uint16_t rights;
	UNUSED(state);

	assert_ok(unlock(SMALL_CARD_DESK, SMALL_PIN, SMALL_BUILT, &k));
	assert_ok(staff_sign(&e, &r, &k, SMALL_BUILT * 1000, false));
	assert_ok(staff_check(&r, &e, &rights));
	assert_int_equal(rights, k.rights);
	e = (struct event){.kind = EVENT_REVOKED, .issue = 1};
	assert_err(staff_sign(&e, &r, &k, SMALL_BUILT * 1000, false), ERR_DENIED);
}

TEST(a_wrong_pin_is_denied_and_leaves_no_key)
{
	static const char *const pins[] = {"12345679", "", "1234567", "123456780"};
	static const struct staff_keys nothing;
	struct staff_keys k;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(pins); i++) {
		memset(&k, 0xaa, sizeof(k));
		assert_err(unlock(SMALL_CARD_DESK, pins[i], SMALL_BUILT, &k), ERR_DENIED);
		assert_memory_equal(&k, &nothing, sizeof(k));
	}
}

TEST(a_card_without_its_pin_opens_no_record)
{
	struct found f;
	UNUSED(state);

	for (int i = 0; i < SMALL_CARDS; i++) {
		struct token t = small_card_token(i);
		assert_err(roster_find(&r, &t, &f), ERR_ABSENT);
	}
}

TEST(a_card_past_its_last_day_is_expired)
{
	struct staff_keys k;
	UNUSED(state);

	assert_err(unlock(SMALL_CARD_DESK, SMALL_PIN, SMALL_EXPIRES + 1, &k), ERR_EXPIRED);
	assert_ok(unlock(SMALL_CARD_DESK, SMALL_PIN, SMALL_EXPIRES, &k));
}

TEST(a_card_of_nobody_is_unknown_and_a_badge_is_no_card)
{
	struct token t = small_card_token(SMALL_CARD_DESK);
	struct staff_keys k;
	UNUSED(state);

	t.secret[3] ^= 1;
	assert_err(roster_unlock(&r, &t, span_of(SMALL_PIN), 0, &k), ERR_ABSENT);
	t = small_token(1, SMALL_STAFF, SMALL_BADGE);
	assert_err(roster_unlock(&r, &t, span_of(SMALL_PIN), 0, &k), ERR_ABSENT);
	for (unsigned other = 1; other < 256; other++) {
		t = small_card_token(SMALL_CARD_DESK);
		t.kind ^= (uint8_t)other;
		assert_err(roster_unlock(&r, &t, span_of(SMALL_PIN), 0, &k), ERR_ABSENT);
	}
}

TEST(a_dropped_card_is_expired)
{
	struct token t = small_card_token(SMALL_CARD_DESK);
	struct small_roster without;
	struct roster_fault fault;
	struct staff_keys k;
	struct roster later;
	UNUSED(state);

	small_roster_init(&without, 1, false);
	token_label(&t, without.revoked[0]);
	without.source.revoked = (const uint8_t(*)[TOKEN_LABEL])without.revoked;
	without.source.revoked_count = 1;
	assert_ok(small_roster_build(&without, &fault));
	small_roster_open(&without, &later);
	assert_err(roster_unlock(&later, &t, span_of(SMALL_PIN), 0, &k), ERR_EXPIRED);
	small_roster_free(&without);
}

/* The golden rosters: written once by format 1, and again when it had grown by the notes; read by every
 * later release. */

static void open_golden(const char *path, struct file_bytes *file, struct roster *golden)
{
	struct trust trust = {.known = true};

	seal_keypair(s.root_seed, trust.root);
	assert_ok(file_read(file, path, 8192));
	assert_ok(roster_open(golden, file->bytes, &trust, 0));
}

static void assert_text(struct span got, const char *want)
{
	char text[256];

	assert_ok(span_copy_text(got, text, sizeof(text)));
	assert_string_equal(text, want);
}

TEST(the_golden_roster_is_read)
{
	struct token t = small_token(1, SMALL_DELEGATE, SMALL_INVITATION);
	struct visit *v = seal_secret_memory(sizeof(*v));
	struct file_bytes file;
	struct roster golden;
	struct activity a;
	struct found f;
	struct place p;
	UNUSED(state);

	open_golden(GOLDEN, &file, &golden);
	assert_int_equal(golden.sequence, 7);
	assert_int_equal(golden.built_at, SMALL_BUILT);
	assert_int_equal(golden.expires_at, SMALL_EXPIRES);
	assert_ok(roster_activity_at(&golden, 0, &a));
	assert_text(a.id, "opening");
	assert_int_equal(a.start, 1759744800);
	assert_text(a.speakers, "A. Speaker|B. Speaker");
	assert_ok(roster_find(&golden, &t, &f));
	assert_ok(roster_visit(&golden, &f, v));
	assert_text(v->given_name, "Élodie");
	assert_text(v->family_name, "Vandersteenkiste");
	assert_int_equal(v->language, LANGUAGE_FR);
	assert_text(v->bookings[1].seat, "T3");
	assert_ok(roster_activity(&golden, v, v->bookings[1].activity, &a));
	assert_text(a.title.in[LANGUAGE_DE], "Geheimes Essen");
	assert_int_equal(a.leave_by, 1759777200);
	assert_ok(roster_place(&golden, v, a.place, &p));
	assert_text(p.name, "Consulate Residence");
	assert_int_equal(v->meetings[0].start, 1759752000);
	assert_text(v->meetings[0].counterpart_organisation, "Skyhook Industries");
	t = small_token(1, SMALL_LONG_NAMES, SMALL_BADGE);
	assert_ok(roster_find(&golden, &t, &f));
	assert_ok(roster_visit(&golden, &f, v));
	assert_int_equal(v->organisation.n, 200);
	seal_secret_free(v);
	file_free(&file);
}

TEST(the_golden_rosters_cards_unlock)
{
	struct token t = small_card_token(SMALL_CARD_PROTOCOL);
	struct visit *v = seal_secret_memory(sizeof(*v));
	struct file_bytes file;
	struct roster golden;
	struct staff_keys k;
	struct found f;
	UNUSED(state);

	open_golden(GOLDEN, &file, &golden);
	assert_ok(roster_unlock(&golden, &t, span_of(SMALL_PIN), SMALL_BUILT, &k));
	assert_ok(roster_find_slot(&golden, &k, SMALL_PROTECTED, &f));
	assert_ok(roster_visit(&golden, &f, v));
	assert_text(v->family_name, "Quisthoudtsberg");
	seal_secret_free(v);
	file_free(&file);
}

/* What is told the desk in a golden roster of the person that keys open in a slot. */
static enum err golden_note(const char *path, const struct staff_keys *k, uint32_t slot, char *note)
{
	struct visit *v = seal_secret_memory(sizeof(*v));
	struct file_bytes file;
	struct roster golden;
	struct found f;

	open_golden(path, &file, &golden);
	assert_ok(roster_find_slot(&golden, k, slot, &f));
	assert_ok(roster_visit(&golden, &f, v));
	enum err e = roster_note(&golden, k, v, note);
	seal_secret_free(v);
	file_free(&file);
	return e;
}

TEST(a_golden_rosters_notes_are_read_and_one_from_before_them_has_none)
{
	struct staff_keys k = {0};
	char note[ROSTER_NOTE];
	UNUSED(state);

	memcpy(k.desk, s.source.keys.desk, SEAL_KEY);
	assert_ok(golden_note(NOTES, &k, SMALL_DELEGATE, note));
	assert_string_equal(note, "Badge in large print, please");
	assert_err(golden_note(NOTES, &k, SMALL_VIP, note), ERR_ABSENT);
	assert_err(golden_note(GOLDEN, &k, SMALL_DELEGATE, note), ERR_ABSENT);
	assert_string_equal(note, "");
}

static int start(void **state)
{
	const char *golden = getenv("FOYER_GOLDEN");
	struct roster_fault fault;
	UNUSED(state);

	small_roster_init(&s, 1, true);
	enum err e = small_roster_build(&s, &fault);
	if (e == OK && golden && strcmp(golden, "write") == 0)
		e = file_write(NOTES, s.file, 0644);
	if (e)
		return -1;
	small_roster_open(&s, &r);
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	small_roster_free(&s);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_print_card_unlocks_desk_door_and_issuing_but_not_protocol),
	cmocka_unit_test(a_door_card_unlocks_the_door_key_alone),
	cmocka_unit_test(a_protocol_card_opens_protected_people_and_nobody_else),
	cmocka_unit_test(a_card_has_a_key_of_its_own_that_the_roster_vouches_for),
	cmocka_unit_test(a_card_and_its_pin_sign_what_the_roster_believes),
	cmocka_unit_test(a_wrong_pin_is_denied_and_leaves_no_key),
	cmocka_unit_test(a_card_without_its_pin_opens_no_record),
	cmocka_unit_test(a_card_past_its_last_day_is_expired),
	cmocka_unit_test(a_card_of_nobody_is_unknown_and_a_badge_is_no_card),
	cmocka_unit_test(a_dropped_card_is_expired),
	cmocka_unit_test(the_golden_roster_is_read),
	cmocka_unit_test(the_golden_rosters_cards_unlock),
	cmocka_unit_test(a_golden_rosters_notes_are_read_and_one_from_before_them_has_none),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
