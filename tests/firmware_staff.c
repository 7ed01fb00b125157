/* What staff say: each right refused where it is missing, and every bit of a statement counts. */
#include "test.h"

#include "help/staff_room.h"
#include "signed_code.h"

enum { ALL_RIGHTS = (1 << RIGHTS) - 1 };
#define CARD SMALL_CARD_DESK
static const int64_t now_ms = (SMALL_BUILT + 3600) * 1000;

static struct staff_room room, other;
static struct staff_keys keys;

/* One statement of each kind that needs a card. */
static const struct {
	enum event_kind kind;
	uint32_t issue;
	uint16_t payload, rights;
} statements[] = {
	{EVENT_BADGE_ISSUED, 2, 0, RIGHT_PRINT},
	{EVENT_CORRECTION_ASKED, 1, 100, RIGHT_CORRECT},
	{EVENT_REVOKED, 1, 0, RIGHT_REVOKE},
	{EVENT_UNDO, 0, 0, RIGHT_CORRECT | RIGHT_ADMIN},
	{EVENT_OVERRIDE, 1, 0, RIGHT_DOOR},
	{EVENT_EMERGENCY, 0, 30, RIGHT_ADMIN},
	{EVENT_LATE, 1, STAFF_SAID, RIGHT_LATE},
};

static struct event statement(size_t i)
{
	struct event e = {.id = {.board = {1}, .epoch = 1, .seq = 5},
		.kind = (uint16_t)statements[i].kind,
		.issue = statements[i].issue,
		.person = {1, 2, 3, 4, 5, 6, 7, 8},
		.activity = 9,
		.target = {.board = {2}, .epoch = 3, .seq = 4},
		.payload_n = statements[i].payload};

	memset(e.payload, 0x5a, e.payload_n);
	return e;
}

static void rights(uint16_t r)
{
	staff_room_rights(&room, CARD, r, SMALL_EXPIRES);
	staff_room_unlock(&room, CARD, &keys);
}

static enum err sign(struct event *e)
{
	return staff_sign(e, &room.roster, &keys, now_ms, false);
}

static enum err check(const struct event *e)
{
	uint16_t got = 0xffff;
	enum err err = staff_check(&room.roster, e, &got);

	assert_int_equal(got, err == OK && staff_rights_for(e) ? keys.rights : 0);
	return err;
}

static struct event signed_statement(size_t i)
{
	struct event e = statement(i);

	assert_ok(sign(&e));
	return e;
}

TEST(each_statement_is_signed_with_its_right_and_believed)
{
	struct staff_said said;
	uint8_t signer[STAFF_SIGNER];
	struct token card = small_card_token(CARD);
	UNUSED(state);

	for (size_t i = 0; i < COUNT(statements); i++) {
		rights(statements[i].rights);
		struct event e = statement(i), before = e;
		assert_int_equal(staff_rights_for(&e), statements[i].rights);
		assert_ok(sign(&e));
		assert_int_equal(e.payload_n, before.payload_n + STAFF_SIGNATURE);
		assert_ok(check(&e));
		assert_ok(staff_read(&e, &said));
		assert_int_equal(said.at_ms, now_ms);
		assert_int_equal(said.said.n, before.payload_n);
		assert_memory_equal(said.said.p, before.payload, said.said.n);
		assert_ok(staff_signer_of(&room.roster, &card, signer));
		assert_memory_equal(said.signer, signer, STAFF_SIGNER);
	}
}

TEST(a_missing_right_is_refused_by_who_signs_and_by_who_reads)
{
	UNUSED(state);

	for (size_t i = 0; i < COUNT(statements); i++) {
		rights(ALL_RIGHTS);
		struct event believed = signed_statement(i), e = statement(i), before = e;
		rights(ALL_RIGHTS & ~statements[i].rights);
		assert_err(sign(&e), ERR_DENIED);
		assert_memory_equal(&e, &before, sizeof(e));
		assert_err(check(&believed), ERR_DENIED);
		/* Who changes the program on a board still has no right. */
		keys.rights = ALL_RIGHTS;
		assert_ok(sign(&e));
		keys.rights = ALL_RIGHTS & ~statements[i].rights;
		assert_err(check(&e), ERR_DENIED);
	}
}

TEST(an_undo_needs_one_of_its_two_rights)
{
	static const uint16_t one[] = {RIGHT_CORRECT, RIGHT_ADMIN};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(one); i++) {
		rights(one[i]);
		struct event e = {.kind = EVENT_UNDO, .target = {{1}, 2, 3}};
		assert_ok(sign(&e));
		assert_ok(check(&e));
	}
}

TEST(what_needs_no_card_is_left_as_it_is_and_passes)
{
	static const struct event harmless[] = {
		{.kind = EVENT_ARRIVED, .issue = 1},
		{.kind = EVENT_BADGE_ISSUED, .issue = 1},
		{.kind = EVENT_CORRECTION_ASKED},
		{.kind = EVENT_ENTERED, .activity = 2},
		{.kind = EVENT_STAFF_REFUSED, .payload_n = STAFF_SIGNER},
		{.kind = EVENT_CLOCK, .payload_n = 8},
		{.kind = 60000, .payload_n = 3},
	};
	struct staff_said said;
	UNUSED(state);

	rights(0);
	for (size_t i = 0; i < COUNT(harmless); i++) {
		struct event e = harmless[i];
		assert_ok(sign(&e));
		assert_memory_equal(&e, &harmless[i], sizeof(e));
		assert_ok(check(&e));
		assert_err(staff_read(&e, &said), ERR_ABSENT);
	}
}

TEST(a_statement_without_a_signature_is_forged)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	for (size_t i = 0; i < COUNT(statements); i++) {
		struct event whole = signed_statement(i), e = whole;
		for (uint16_t n = 0; n < whole.payload_n; n++) {
			e.payload_n = n;
			if (staff_rights_for(&e) == 0)
				continue;
			/* What stands at the end is then no card's name. */
			assert_err(check(&e), n < STAFF_SIGNATURE ? ERR_FORGED : ERR_ABSENT);
		}
	}
}

TEST(every_bit_of_a_statement_is_signed)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	for (size_t i = 0; i < COUNT(statements); i++) {
		const struct event whole = signed_statement(i);
		for (size_t bit = 0; bit < 8u * whole.payload_n; bit++) {
			struct event e = whole;
			e.payload[bit / 8] ^= (uint8_t)(1 << bit % 8);
			/* Another signer is a card that nobody knows. */
			size_t at = bit / 8 - (whole.payload_n - STAFF_SIGNATURE) - 8;
			assert_err(check(&e), at < STAFF_SIGNER ? ERR_ABSENT : ERR_FORGED);
		}
	}
}

TEST(every_field_of_a_statement_is_signed)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	for (size_t i = 0; i < COUNT(statements); i++) {
		const struct event whole = signed_statement(i);
		struct event changed[7];
		for (size_t k = 0; k < COUNT(changed); k++)
			changed[k] = whole;
		changed[0].person[7]++;
		changed[1].issue += 5;
		changed[2].activity++;
		changed[3].target.board[0]++;
		changed[4].target.epoch++;
		changed[5].target.seq++;
		changed[6].kind = whole.kind == EVENT_OVERRIDE ? EVENT_UNDO : EVENT_OVERRIDE;
		for (size_t k = 0; k < COUNT(changed); k++)
			assert_err(check(&changed[k]), ERR_FORGED);
	}
}

/* Not the board, its clock or its number: whoever repeats a statement says the same. */
TEST(a_statement_is_believed_from_any_board)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	struct event e = signed_statement(0);
	e.id = (struct event_id){.board = {9}, .epoch = 9, .seq = 9};
	e.wall_ms = e.boot_ms = 5;
	e.trusted = true;
	assert_ok(check(&e));
}

TEST(a_card_of_another_event_or_a_dropped_one_is_unknown)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	struct event e = signed_statement(0);
	uint16_t got;
	assert_err(staff_check(&other.roster, &e, &got), ERR_FORGED);
	room.small.source.card_count = CARD;
	staff_room_rebuild(&room);
	assert_err(check(&e), ERR_ABSENT);
	room.small.source.card_count = SMALL_CARDS;
	staff_room_rebuild(&room);
	assert_ok(check(&e));
}

TEST(a_card_says_nothing_after_its_last_day)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	struct event e = signed_statement(0);
	staff_room_rights(&room, CARD, ALL_RIGHTS, now_ms / 1000);
	assert_ok(check(&e));
	staff_room_rights(&room, CARD, ALL_RIGHTS, now_ms / 1000 - 1);
	assert_err(check(&e), ERR_DENIED);
}

TEST(more_than_fits_is_refused)
{
	UNUSED(state);

	rights(ALL_RIGHTS);
	struct event e = {.kind = EVENT_LATE, .payload_n = STAFF_SAID + 1};
	assert_err(sign(&e), ERR_FULL);
	e = (struct event){.kind = EVENT_REVOKED, .payload_n = 1};
	assert_err(sign(&e), ERR_FULL);
}

/* What the hub itself says. */

static struct event said_by_hub(const char *text)
{
	struct event e = {.kind = EVENT_EMERGENCY, .payload_n = (uint16_t)strlen(text)};

	memcpy(e.payload, text, e.payload_n);
	assert_ok(staff_sign_hub(&e, room.roster.event, room.small.hub_seed, now_ms));
	return e;
}

TEST(the_hub_says_an_emergency_and_is_believed_without_a_card)
{
	struct event e = said_by_hub("Leave by the north door");
	struct staff_said said;
	uint16_t got = 0xffff;

	assert_ok(staff_check(&room.roster, &e, &got));
	assert_int_equal(got, 0);
	assert_ok(staff_read(&e, &said));
	assert_true(span_equal(said.said, span_of("Leave by the north door")));
	assert_int_equal(said.at_ms, now_ms);
	assert_true(staff_is_hub(room.roster.hub, said.signer));
	assert_false(staff_is_hub(other.roster.hub, said.signer));
	assert_err(staff_check(&other.roster, &e, &got), ERR_ABSENT);
}

TEST(every_bit_and_field_of_what_the_hub_says_is_signed)
{
	const struct event whole = said_by_hub("Out");
	struct event changed[] = {whole, whole, whole, whole, whole};
	uint16_t got;

	for (size_t bit = 0; bit < 8u * whole.payload_n; bit++) {
		struct event e = whole;
		e.payload[bit / 8] ^= (uint8_t)(1 << bit % 8);
		size_t at = bit / 8 - (whole.payload_n - STAFF_SIGNATURE) - 8;
		assert_err(staff_check(&room.roster, &e, &got),
			at < STAFF_SIGNER ? ERR_ABSENT : ERR_FORGED);
	}
	changed[0].person[0]++;
	changed[1].issue++;
	changed[2].activity++;
	changed[3].target.seq++;
	changed[4].payload_n--;
	for (size_t i = 0; i + 1 < COUNT(changed); i++)
		assert_err(staff_check(&room.roster, &changed[i], &got), ERR_FORGED);
	assert_err(staff_check(&room.roster, &changed[4], &got), ERR_ABSENT);
}

TEST(the_hub_says_nothing_but_emergencies)
{
	uint16_t got;

	for (size_t i = 0; i < COUNT(statements); i++) {
		struct event e = statement(i), hub = said_by_hub("");
		e.payload_n = 0;
		if (e.kind == EVENT_EMERGENCY)
			continue;
		assert_err(staff_sign_hub(&e, room.roster.event, room.small.hub_seed, now_ms),
			ERR_DENIED);
		/* Nor does its word for one stand for another kind. */
		hub.kind = e.kind;
		hub.issue = e.issue;
		assert_err(staff_check(&room.roster, &hub, &got), ERR_ABSENT);
	}
	struct event e = {.kind = EVENT_EMERGENCY, .payload_n = STAFF_SAID + 1};
	assert_err(staff_sign_hub(&e, room.roster.event, room.small.hub_seed, now_ms), ERR_FULL);
}

/* Neither by a key of its own under the hub's label, nor under the hub's name. */
TEST(a_card_is_not_taken_for_the_hub)
{
	struct event e = {.kind = EVENT_EMERGENCY};
	uint16_t got;

	rights(ALL_RIGHTS);
	assert_ok(staff_sign_hub(&e, room.roster.event, keys.signing_seed, now_ms));
	assert_err(staff_check(&room.roster, &e, &got), ERR_ABSENT);
	struct event hub = said_by_hub("");
	memcpy(e.payload + 8, hub.payload + 8, STAFF_SIGNER);
	assert_err(staff_check(&room.roster, &e, &got), ERR_FORGED);
}

/* The hub's code, as the agent writes it down. */

static struct signed_code revocation(void)
{
	struct signed_code c = {.kind = TOKEN_REVOCATION,
		.number = 77,
		.revoked_count = 2,
		.revoked = {{{1}, 3}, {{2}, 1}}};
	char text[CODE_TEXT];

	memcpy(c.event, room.roster.event, ROSTER_EVENT);
	assert_ok(signed_code_write(&c, room.roster.epoch, room.small.hub_seed, text));
	assert_ok(signed_code_read(&c, span_of(text)));
	return c;
}

static struct event revoked_by_code(const struct signed_code *c, size_t i)
{
	struct event e = {
		.kind = EVENT_REVOKED, .issue = c->revoked[i].issue, .payload_n = (uint16_t)c->n};

	memcpy(e.person, c->revoked[i].person, EVENT_PERSON);
	memcpy(e.payload, c->bytes, c->n);
	return e;
}

TEST(a_revocation_is_believed_by_the_hubs_own_code)
{
	struct signed_code c = revocation();
	UNUSED(state);

	for (size_t i = 0; i < c.revoked_count; i++) {
		struct event e = revoked_by_code(&c, i);
		uint16_t got;
		assert_ok(staff_check(&room.roster, &e, &got));
		assert_int_equal(got, 0);
		assert_err(staff_check(&other.roster, &e, &got), ERR_FORGED);
	}
}

TEST(a_code_revokes_nobody_and_no_issue_it_does_not_name)
{
	struct signed_code c = revocation();
	UNUSED(state);

	struct event e = revoked_by_code(&c, 0);
	e.person[0] = 2;
	assert_err(check(&e), ERR_FORGED);
	e = revoked_by_code(&c, 0);
	e.issue = 4;
	assert_err(check(&e), ERR_FORGED);
	e = revoked_by_code(&c, 0);
	for (size_t bit = 0; bit < 8 * c.n; bit++) {
		e.payload[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_err(check(&e), ERR_FORGED);
		e.payload[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (uint16_t n = 0; n < c.n; n++) {
		e.payload_n = n;
		assert_true(check(&e) == ERR_FORGED || n == STAFF_SIGNATURE);
	}
}

TEST(a_lease_code_revokes_nobody)
{
	struct signed_code c = {.kind = TOKEN_LEASE, .number = 77, .time = SMALL_BUILT};
	char text[CODE_TEXT];
	UNUSED(state);

	memcpy(c.event, room.roster.event, ROSTER_EVENT);
	assert_ok(signed_code_write(&c, room.roster.epoch, room.small.hub_seed, text));
	assert_ok(signed_code_read(&c, span_of(text)));
	struct event e = revoked_by_code(&c, 0);
	assert_err(check(&e), ERR_FORGED);
}

TEST(who_may_undo_is_who_could_have_said_it_or_an_administrator)
{
	UNUSED(state);

	assert_true(staff_may_undo(RIGHT_ADMIN, EVENT_REVOKED, RIGHT_REVOKE));
	assert_true(staff_may_undo(RIGHT_ADMIN, EVENT_CLOCK, 0));
	assert_false(staff_may_undo(RIGHT_CORRECT, EVENT_CLOCK, 0));
	assert_true(staff_may_undo(RIGHT_CORRECT, EVENT_ARRIVED, 0));
	assert_true(staff_may_undo(RIGHT_CORRECT, EVENT_CORRECTION_ASKED, RIGHT_CORRECT));
	assert_false(staff_may_undo(RIGHT_CORRECT, EVENT_REVOKED, RIGHT_REVOKE));
	assert_true(staff_may_undo(RIGHT_CORRECT | RIGHT_REVOKE, EVENT_REVOKED, RIGHT_REVOKE));
	assert_false(staff_may_undo(RIGHT_REVOKE, EVENT_REVOKED, RIGHT_REVOKE));
	assert_false(staff_may_undo(0, EVENT_ARRIVED, 0));
}

TEST(a_signer_is_no_label_of_the_card)
{
	struct token card = small_card_token(CARD), badge = staff_room_badge(&room, SMALL_VIP, 1);
	uint8_t signer[STAFF_SIGNER], label[TOKEN_LABEL];
	struct roster_card found;
	UNUSED(state);

	assert_ok(staff_signer_of(&room.roster, &card, signer));
	token_label(&card, label);
	assert_memory_not_equal(signer, label, TOKEN_LABEL);
	assert_ok(staff_card(&room.roster, signer, &found));
	assert_int_equal(found.rights, room.small.cards[CARD].rights);
	assert_err(staff_card(&room.roster, label, &found), ERR_ABSENT);
	assert_err(staff_signer_of(&room.roster, &badge, signer), ERR_ABSENT);
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

TEST(what_a_list_has_built_in_is_beyond_an_undo)
{
	UNUSED(state);
	assert_false(staff_is_built(EVENT_REVOKED, 2, 2));
	assert_true(staff_is_built(EVENT_REVOKED, 2, 3));
	assert_false(staff_is_built(EVENT_BADGE_ISSUED, 2, 1));
	assert_true(staff_is_built(EVENT_BADGE_ISSUED, 2, 2));
	assert_false(staff_is_built(EVENT_ARRIVED, 2, 9));
	assert_false(staff_is_built(EVENT_REVOKED, UINT32_MAX, UINT32_MAX));
}

#define AT(name) cmocka_unit_test(name)
static const struct CMUnitTest tests[] = {
	AT(each_statement_is_signed_with_its_right_and_believed),
	AT(a_missing_right_is_refused_by_who_signs_and_by_who_reads),
	AT(an_undo_needs_one_of_its_two_rights),
	AT(what_a_list_has_built_in_is_beyond_an_undo),
	AT(what_needs_no_card_is_left_as_it_is_and_passes),
	AT(a_statement_without_a_signature_is_forged),
	AT(every_bit_of_a_statement_is_signed),
	AT(every_field_of_a_statement_is_signed),
	AT(a_statement_is_believed_from_any_board),
	AT(a_card_of_another_event_or_a_dropped_one_is_unknown),
	AT(a_card_says_nothing_after_its_last_day),
	AT(more_than_fits_is_refused),
	AT(the_hub_says_an_emergency_and_is_believed_without_a_card),
	AT(every_bit_and_field_of_what_the_hub_says_is_signed),
	AT(the_hub_says_nothing_but_emergencies),
	AT(a_card_is_not_taken_for_the_hub),
	AT(a_revocation_is_believed_by_the_hubs_own_code),
	AT(a_code_revokes_nobody_and_no_issue_it_does_not_name),
	AT(a_lease_code_revokes_nobody),
	AT(who_may_undo_is_who_could_have_said_it_or_an_administrator),
	AT(a_signer_is_no_label_of_the_card),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
