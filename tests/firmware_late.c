/* Late codes: one signature for the guest's code and her badge's, and nothing else passes. */
#include "test.h"

#include "code_text.h"
#include "help/names.h"
#include "help/staff_room.h"
#include "late.h"

static const int64_t until = SMALL_BUILT + 86400;
static const char longest_name[] = "Marie-Madeleine van der Straeten-Ponthoz-Limburg";
static const char longest_organisation[] = "Chambre de commerce de Wallonie.";

static struct staff_room room, other;
static struct staff_keys keys;

static void desk(uint16_t rights, int64_t last)
{
	staff_room_rights(&room, SMALL_CARD_DESK, rights, last);
	staff_room_unlock(&room, SMALL_CARD_DESK, &keys);
}

static struct late guest(void)
{
	struct late l = {.person = {8, 7, 6, 5, 4, 3, 2, 1},
		.role = ROLE_PARTNER,
		.language = LANGUAGE_NL,
		.issue = 1,
		.until = until};

	strcpy(l.name, longest_name);
	strcpy(l.organisation, longest_organisation);
	return l;
}

static struct late signed_guest(void)
{
	struct late l = guest();

	desk(RIGHT_LATE, SMALL_EXPIRES);
	assert_ok(late_sign(&l, &room.roster, &keys));
	return l;
}

static const char *text_of(const struct late *l, bool badge)
{
	static char text[LATE_TEXT];

	assert_ok(late_write(l, badge, text));
	return text;
}

static struct late read_back(const struct late *l, bool badge)
{
	struct late got;

	assert_ok(late_read(&got, span_of(text_of(l, badge))));
	return got;
}

static enum err check(const struct late *l)
{
	return late_check(&room.roster, l, SMALL_BUILT);
}

TEST(a_guest_comes_back_as_she_was_written)
{
	struct late l = signed_guest(), got = read_back(&l, false);
	UNUSED(state);

	assert_int_equal(strlen(longest_name), LATE_NAME);
	assert_int_equal(strlen(longest_organisation), LATE_ORGANISATION);
	assert_memory_equal(&got, &l, sizeof(got));
	assert_ok(check(&got));
}

TEST(the_badge_says_the_same_without_a_name_by_the_same_signature)
{
	struct late l = signed_guest(), full = read_back(&l, false), got = read_back(&full, true);
	UNUSED(state);

	assert_true(got.badge);
	assert_string_equal(got.name, "");
	assert_string_equal(got.organisation, "");
	assert_memory_equal(got.person, l.person, EVENT_PERSON);
	assert_int_equal(got.role, l.role);
	assert_int_equal(got.language, l.language);
	assert_int_equal(got.until, until);
	assert_ok(check(&got));
}

TEST(a_badge_does_not_give_the_full_code_back)
{
	char text[LATE_TEXT] = "x";
	UNUSED(state);

	struct late l = signed_guest(), badge = read_back(&l, true);
	assert_err(late_write(&badge, false, text), ERR_ABSENT);
	assert_string_equal(text, "");
	struct late again = read_back(&badge, true);
	assert_memory_equal(&again, &badge, sizeof(again));
}

TEST(a_badge_that_replaces_another_says_so_in_both_forms)
{
	UNUSED(state);

	desk(RIGHT_LATE, SMALL_EXPIRES);
	for (uint32_t issue = 1; issue <= LATE_ISSUES; issue++) {
		struct late l = guest();
		l.issue = issue;
		assert_ok(late_sign(&l, &room.roster, &keys));
		for (int badge = 0; badge < 2; badge++) {
			struct late got = read_back(&l, badge);
			assert_int_equal(got.issue, issue);
			assert_ok(check(&got));
			got.issue = issue % LATE_ISSUES + 1;
			assert_err(check(&got), ERR_FORGED);
		}
	}
	struct late l = guest();
	l.issue = LATE_ISSUES + 1;
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
	l.issue = 0;
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
}

TEST(the_badges_symbol_holds_no_name)
{
	struct late l = signed_guest();
	uint8_t bytes[LATE_BYTES];
	UNUSED(state);

	const char *text = text_of(&l, true);
	size_t n = strlen(text) - CODE_TEXT_MAGIC;
	assert_int_equal(n * 5 / 8, LATE_BADGE_BYTES);
	assert_ok(code_text_bytes(text + CODE_TEXT_MAGIC, n, bytes));
	assert_null(names_found((struct span){bytes, LATE_BADGE_BYTES}, span_of("Straeten")));
}

TEST(the_longest_code_is_short_enough_for_paper)
{
	struct late l = signed_guest();
	UNUSED(state);

	assert_int_equal(strlen(text_of(&l, false)), LATE_TEXT - 1);
	assert_true(LATE_BYTES <= 200);
	/* What a QR symbol of version 9-Q takes in alphanumeric mode. */
	assert_true(strlen(text_of(&l, true)) <= 189);
}

TEST(a_scanner_hands_both_forms_on_as_signed_codes)
{
	struct late l = signed_guest();
	struct token t;
	UNUSED(state);

	for (int badge = 0; badge < 2; badge++)
		assert_err(token_read(&t, span_of(text_of(&l, badge))), ERR_FULL);
}

TEST(the_hub_signs_late_codes_too)
{
	struct late l = guest();
	UNUSED(state);

	assert_ok(late_sign_hub(&l, &room.roster, room.small.hub_seed));
	assert_ok(check(&l));
	for (int badge = 0; badge < 2; badge++) {
		struct late got = read_back(&l, badge);
		assert_ok(check(&got));
	}
	assert_ok(late_sign_hub(&l, &room.roster, other.small.hub_seed));
	assert_err(check(&l), ERR_FORGED);
}

TEST(without_the_right_nobody_is_let_in_late)
{
	struct late believed = signed_guest(), l = guest();
	UNUSED(state);

	desk((uint16_t)(~RIGHT_LATE & ((1 << RIGHTS) - 1)), SMALL_EXPIRES);
	assert_err(late_sign(&l, &room.roster, &keys), ERR_DENIED);
	assert_err(check(&believed), ERR_DENIED);
	keys.rights = RIGHT_LATE;
	assert_ok(late_sign(&l, &room.roster, &keys));
	assert_err(check(&l), ERR_DENIED);
}

TEST(a_code_ends_with_its_card_at_the_latest)
{
	struct late believed = signed_guest(), l = guest();
	UNUSED(state);

	desk(RIGHT_LATE, until - 1);
	assert_err(late_sign(&l, &room.roster, &keys), ERR_DENIED);
	assert_err(check(&believed), ERR_DENIED);
	desk(RIGHT_LATE, until);
	assert_ok(late_sign(&l, &room.roster, &keys));
	assert_ok(check(&believed));
	assert_ok(late_check(&room.roster, &believed, until));
	assert_err(late_check(&room.roster, &believed, until + 1), ERR_EXPIRED);
}

TEST(a_dropped_card_takes_its_codes_with_it)
{
	struct late l = signed_guest();
	UNUSED(state);

	room.small.source.card_count = 0;
	staff_room_rebuild(&room);
	assert_err(check(&l), ERR_ABSENT);
	room.small.source.card_count = SMALL_CARDS;
	staff_room_rebuild(&room);
	assert_ok(check(&l));
}

TEST(an_issue_that_the_roster_dropped_is_replaced)
{
	struct late l = signed_guest(), next = guest();
	uint8_t label[TOKEN_LABEL];

	next.issue = 2;
	assert_ok(late_sign(&next, &room.roster, &keys));
	late_label(l.person, 1, label);
	staff_room_drop(&room, label);
	enum err dropped = check(&l), other_issue = check(&next);
	staff_room_drop(&room, NULL);
	assert_err(dropped, ERR_OLDER);
	assert_ok(other_issue);
	assert_ok(check(&l));
}

TEST(another_event_is_another_event)
{
	struct late l = signed_guest();
	UNUSED(state);

	assert_err(late_check(&other.roster, &l, SMALL_BUILT), ERR_FOREIGN);
	/* The half that stands in the code may be copied; the signature covers the whole. */
	memcpy(l.event, other.roster.event, sizeof(l.event));
	assert_err(late_check(&other.roster, &l, SMALL_BUILT), ERR_FORGED);
}

TEST(staff_and_nobody_without_a_name_come_late)
{
	struct late l = guest();
	UNUSED(state);

	desk(RIGHT_LATE, SMALL_EXPIRES);
	l.role = ROLE_STAFF;
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
	l = guest();
	l.name[0] = '\0';
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
	l = guest();
	l.name[3] = '\n';
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
	l = guest();
	strcpy(l.name, "turned \u202e round");
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
	l = guest();
	l.organisation[3] = '\xff';
	assert_err(late_sign(&l, &room.roster, &keys), ERR_FORMAT);
}

/* Both forms as bytes; a change of any bit is torn, unknown, foreign or forged. */
TEST(every_bit_is_signed)
{
	struct late l = signed_guest();
	uint8_t bytes[LATE_BYTES];
	char text[LATE_TEXT];
	UNUSED(state);

	for (int badge = 0; badge < 2; badge++) {
		assert_ok(late_write(&l, badge, text));
		size_t n = badge ? LATE_BADGE_BYTES : LATE_BYTES;
		assert_ok(code_text_bytes(
			text + CODE_TEXT_MAGIC, strlen(text) - CODE_TEXT_MAGIC, bytes));
		for (size_t bit = 0; bit < 8 * n; bit++) {
			struct late got;
			bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
			code_text_write((struct span){bytes, n}, text);
			enum err e = late_read(&got, span_of(text));
			if (e == OK)
				e = check(&got);
			assert_true(e == ERR_ABSENT || e == ERR_FORMAT || e == ERR_FOREIGN ||
				    e == ERR_FORGED);
			bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
	}
}

TEST(every_length_but_the_whole_is_torn)
{
	static const struct late nothing;
	struct late l = signed_guest(), got;
	char text[LATE_TEXT + 8];
	UNUSED(state);

	for (int badge = 0; badge < 2; badge++) {
		assert_ok(late_write(&l, badge, text));
		size_t whole = strlen(text);
		strcat(text, "00000");
		for (size_t n = 0; n < whole + 6; n++) {
			if (n == whole)
				continue;
			enum err e = late_read(&got, (struct span){(uint8_t *)text, n});
			assert_err(e, n < CODE_TEXT_MAGIC ? ERR_ABSENT : ERR_FORMAT);
			assert_memory_equal(&got, &nothing, sizeof(got));
		}
	}
}

TEST(other_codes_are_not_late_ones)
{
	char text[TOKEN_TEXT + 1];
	struct late got;
	UNUSED(state);

	for (uint8_t kind = 0; kind < 8; kind++) {
		struct token t = {.kind = kind, .epoch = 1};
		token_text(&t, text);
		assert_err(late_read(&got, span_of(text)),
			kind == TOKEN_LATE ? ERR_FORMAT : ERR_ABSENT);
	}
	assert_err(late_read(&got, span_of("WIFI:S:guests;;")), ERR_ABSENT);
}

static int start(void **state)
{
	UNUSED(state);
	staff_room_open(&room, 1);
	staff_room_open(&other, 2);
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	staff_room_close(&room);
	staff_room_close(&other);
	return 0;
}

#define AT(name) cmocka_unit_test(name)
static const struct CMUnitTest tests[] = {
	AT(a_guest_comes_back_as_she_was_written),
	AT(the_badge_says_the_same_without_a_name_by_the_same_signature),
	AT(a_badge_does_not_give_the_full_code_back),
	AT(a_badge_that_replaces_another_says_so_in_both_forms),
	AT(the_badges_symbol_holds_no_name),
	AT(the_longest_code_is_short_enough_for_paper),
	AT(a_scanner_hands_both_forms_on_as_signed_codes),
	AT(the_hub_signs_late_codes_too),
	AT(without_the_right_nobody_is_let_in_late),
	AT(a_code_ends_with_its_card_at_the_latest),
	AT(a_dropped_card_takes_its_codes_with_it),
	AT(an_issue_that_the_roster_dropped_is_replaced),
	AT(another_event_is_another_event),
	AT(staff_and_nobody_without_a_name_come_late),
	AT(every_bit_is_signed),
	AT(every_length_but_the_whole_is_torn),
	AT(other_codes_are_not_late_ones),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
