/* A late guest's code at a kiosk whose roster does not know her: believed if its card may say so. And what of a
 * code a revoked badge takes with it. */
#include "test.h"

#include "help/scratch.h"
#include "help/staff_room.h"
#include "news.h"
#include "opening.h"
#include "screens.h"
#include "seal.h"
#include "visitor.h"

static struct staff_room room, other;
static struct staff_keys keys;
static struct scratch scratch;
static struct traffic traffic;
static struct mailbox ui;
static struct news slots[NEWS_SLOTS];
static struct notes *notes;
static struct instant now;
static struct visit visit;
static struct found found;
static struct guest guest;
static struct press_badge badge;
static struct opening opening;

static const struct opened into = {&visit, &found, &guest, &badge};
static const uint8_t her[EVENT_PERSON] = {8, 7, 6, 5, 4, 3, 2, 1};

static struct late signed_issue(uint32_t issue)
{
	struct late l = {.role = ROLE_PRESS,
		.language = LANGUAGE_FR,
		.issue = issue,
		.until = SMALL_BUILT + 86400};

	memcpy(l.person, her, sizeof(her));
	strcpy(l.name, "Zoë Peeters");
	strcpy(l.organisation, "Le Soir");
	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_LATE, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &keys);
	assert_ok(late_sign(&l, &room.roster, &keys));
	return l;
}

static struct late signed_guest(void)
{
	return signed_issue(1);
}

static enum answer show(const struct roster *r, const char *code)
{
	opening_make(&opening, r, notes, span_of(code), &into);
	return opening.answer;
}

static enum answer show_late(const struct roster *r, const struct late *l, bool as_badge)
{
	char code[LATE_TEXT];

	assert_ok(late_write(l, as_badge, code));
	return show(r, code);
}

static bool is_wiped(const void *p, size_t n)
{
	const uint8_t *b = p;

	for (size_t i = 0; i < n; i++)
		if (b[i])
			return false;
	return true;
}

static void assert_refused(enum answer got, enum answer want)
{
	assert_int_equal(got, want);
	assert_null(opening.guest);
	assert_true(is_wiped(&guest, sizeof(guest)));
	assert_true(is_wiped(&badge, sizeof(badge)));
}

TEST(she_is_greeted_by_name_without_a_programme)
{
	struct late l = signed_guest();

	assert_int_equal(show_late(&room.roster, &l, false), ANSWER_GUEST);
	assert_true(guest.known);
	assert_int_equal(guest.shown, TOKEN_LATE);
	assert_true(span_equal(guest_text(&guest, guest.name), span_of("Zoë Peeters")));
	assert_true(span_equal(guest_text(&guest, guest.organisation), span_of("Le Soir")));
	assert_int_equal(guest.language, LANGUAGE_FR);
	assert_int_equal(guest.entry_count, 0);
	assert_memory_equal(guest.handle, her, sizeof(her));
	assert_true(badge.is_late);
	assert_false(opening.arrived);
}

TEST(her_badge_greets_without_a_name_and_prints_nothing)
{
	struct late l = signed_guest();

	assert_int_equal(show_late(&room.roster, &l, true), ANSWER_GUEST);
	assert_int_equal(guest.name.n, 0);
	assert_memory_equal(guest.handle, her, sizeof(her));
}

TEST(her_code_goes_on_to_a_desk_also_where_it_is_void)
{
	struct late l = signed_guest();
	char code[LATE_TEXT], token[TOKEN_TEXT + 1];
	struct token t = small_token(1, SMALL_DELEGATE, SMALL_INVITATION);

	assert_ok(late_write(&l, true, code));
	show(&room.roster, code);
	assert_true(span_equal(opening.late, span_of(code)));
	(void)signed_issue(2);
	notes_saw(notes, her, 2);
	assert_int_equal(show(&room.roster, code), ANSWER_REPLACED);
	assert_true(span_equal(opening.late, span_of(code)));
	token_text(&t, token);
	assert_int_equal(show(&room.roster, token), ANSWER_GUEST);
	assert_int_equal(opening.late.n, 0);
}

TEST(a_roster_that_does_not_know_her_card_may_be_too_old)
{
	struct late l = signed_guest();

	room.small.source.card_count = 0;
	staff_room_rebuild(&room);
	enum answer a = show_late(&room.roster, &l, false);
	room.small.source.card_count = SMALL_CARDS;
	staff_room_rebuild(&room);
	assert_refused(a, ANSWER_UNKNOWN);
}

TEST(a_code_that_the_roster_dropped_is_replaced_and_leads_to_her_page)
{
	struct late l = signed_guest();
	uint8_t label[TOKEN_LABEL];

	late_label(her, 1, label);
	staff_room_drop(&room, label);
	enum answer a = show_late(&room.roster, &l, false);
	staff_room_drop(&room, NULL);
	assert_refused(a, ANSWER_REPLACED);
	assert_true(opening.named);
	assert_memory_equal(opening.person, her, sizeof(her));
}

TEST(a_card_without_the_right_lets_nobody_in)
{
	struct late l = signed_guest();

	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_PRINT | RIGHT_CORRECT, SMALL_EXPIRES);
	assert_refused(show_late(&room.roster, &l, false), ANSWER_ENDED);
	assert_refused(show_late(&room.roster, &l, true), ANSWER_ENDED);
}

TEST(a_code_of_another_event_is_foreign)
{
	struct late l = signed_guest();

	assert_refused(show_late(&other.roster, &l, false), ANSWER_FOREIGN);
}

TEST(a_code_past_its_last_second_is_refused)
{
	struct late l = signed_guest();

	now.wall_ms = (SMALL_BUILT + 86400) * 1000;
	assert_int_equal(show_late(&room.roster, &l, false), ANSWER_GUEST);
	now.wall_ms += 1000;
	assert_refused(show_late(&room.roster, &l, false), ANSWER_ENDED);
	now.wall_ms = SMALL_BUILT * 1000;
}

TEST(a_code_changed_in_any_letter_is_refused)
{
	struct late l = signed_guest();
	char code[LATE_TEXT];

	assert_ok(late_write(&l, false, code));
	for (size_t i = 4; code[i]; i++) {
		char was = code[i];
		code[i] = was == '0' ? '1' : '0';
		assert_int_not_equal(show(&room.roster, code), ANSWER_GUEST);
		assert_true(is_wiped(&guest, sizeof(guest)));
		code[i] = was;
	}
}

TEST(a_code_cut_anywhere_is_refused)
{
	struct late l = signed_guest();
	char code[LATE_TEXT];

	assert_ok(late_write(&l, false, code));
	for (size_t n = strlen(code); n-- > 0;) {
		code[n] = '\0';
		assert_int_not_equal(show(&room.roster, code), ANSWER_GUEST);
	}
}

TEST(without_a_roster_nobody_is_believed)
{
	struct late l = signed_guest();

	assert_refused(show_late(NULL, &l, false), ANSWER_NO_ROSTER);
}

static void note(enum event_kind kind, uint32_t issue)
{
	struct event e = {.kind = (uint16_t)kind, .issue = issue};

	memcpy(e.person, her, sizeof(her));
	assert_ok(notes_commit(notes, &e));
}

TEST(what_happened_before_is_known_by_her_handle)
{
	struct late l = signed_guest();

	note(EVENT_ARRIVED, 1);
	assert_int_equal(show_late(&room.roster, &l, false), ANSWER_GUEST);
	assert_true(opening.arrived);
	assert_false(opening.printed);
	note(EVENT_BADGE_PREPARED, 1);
	note(EVENT_BADGE_SENDING, 1);
	assert_int_equal(show_late(&room.roster, &l, false), ANSWER_GUEST);
	assert_true(opening.printed);
}

TEST(a_badge_that_replaces_hers_makes_the_one_before_void_where_it_is_shown)
{
	struct late first = signed_guest(), next = signed_issue(2);

	assert_int_equal(show_late(&room.roster, &next, true), ANSWER_GUEST);
	for (int as_badge = 0; as_badge < 2; as_badge++)
		assert_refused(show_late(&room.roster, &first, as_badge), ANSWER_REPLACED);
	assert_true(opening.named);
	assert_memory_equal(opening.person, her, sizeof(her));
	assert_int_equal(show_late(&room.roster, &next, false), ANSWER_GUEST);
	assert_int_equal(guest.badge_issue, 2);
	assert_int_equal(badge.issue, 2);
}

/* From here on the model. */

static struct visitor v;

static void greet(bool as_badge)
{
	struct late l = signed_guest();

	visitor_start(&v, 1280, 800);
	visitor_printer(&v, FAULT_NONE);
	assert_int_equal(show_late(&room.roster, &l, as_badge), ANSWER_GUEST);
	v.opening = opening;
	memcpy(&v.guest, &guest, sizeof(guest));
	v.opening.guest = &v.guest;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
}

TEST(a_kiosk_notes_her_arrival_and_offers_her_badge)
{
	greet(false);
	assert_int_equal(v.m.screen, SCREEN_AGENDA);
	assert_int_equal(v.m.look.language, LANGUAGE_FR);
	assert_int_equal(v.todo.note_count, 1);
	assert_int_equal(v.todo.notes[0].kind, EVENT_ARRIVED);
	assert_int_equal(v.todo.notes[0].issue, 1);
	assert_true(v.todo.render);
	assert_true(app_prints(&v.m));
}

TEST(her_badge_alone_prints_no_other)
{
	greet(true);
	assert_int_equal(v.m.screen, SCREEN_AGENDA);
	assert_int_equal(v.todo.note_count, 1);
	assert_false(v.todo.render);
	assert_false(app_prints(&v.m));
}

/* What a desk elsewhere has said of somebody, from now on believed. */
static struct event_id hear(
	uint64_t seq, enum event_kind kind, const uint8_t *person, struct event_id target)
{
	struct event e = {
		.id = {"another", 1, seq}, .kind = (uint16_t)kind, .issue = 1, .target = target};

	staff_room_rights(
		&room, SMALL_CARD_DESK, RIGHT_REVOKE | RIGHT_LATE | RIGHT_CORRECT, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &keys);
	notes_believe(notes, &room.roster);
	memcpy(e.person, person, sizeof(e.person));
	assert_ok(staff_sign(&e, &room.roster, &keys, SMALL_BUILT * 1000, false));
	event_hash(&e, (const uint8_t[EVENT_HASH]){0}, e.hash);
	notes_hear(notes, &e);
	return e.id;
}

/* The number of an invitation is none of a badge. */
TEST(an_invitation_shows_the_day_of_a_badge_that_was_revoked_and_prints_none)
{
	struct token t = small_token(1, SMALL_DELEGATE, SMALL_INVITATION);
	char invitation[TOKEN_TEXT + 1], badge_1[TOKEN_TEXT + 1];

	(void)hear(
		1, EVENT_REVOKED, room.small.people[SMALL_DELEGATE].handle, (struct event_id){0});
	token_text(&t, invitation);
	t = staff_room_badge(&room, SMALL_DELEGATE, 1);
	token_text(&t, badge_1);
	enum answer shown = show(&room.roster, badge_1);
	assert_refused(shown, ANSWER_REPLACED);
	shown = show(&room.roster, invitation);
	notes_believe(notes, NULL);
	assert_int_equal(shown, ANSWER_GUEST);
	assert_int_equal(opening.newest_issue, 2);
}

TEST(who_was_taken_in_and_taken_back_has_a_void_code)
{
	struct late l = signed_guest();

	struct event_id in = hear(1, EVENT_LATE, her, (struct event_id){0});
	enum answer before = show_late(&room.roster, &l, true);
	(void)hear(2, EVENT_UNDO, her, in);
	enum answer after = show_late(&room.roster, &l, true);
	notes_believe(notes, NULL);
	assert_int_equal(before, ANSWER_GUEST);
	assert_refused(after, ANSWER_REPLACED);
}

static int start(void **state)
{
	UNUSED(state);
	if (seal_start())
		return -1;
	now = (struct instant){.wall_ms = SMALL_BUILT * 1000, .boot_ms = 1000, .trusted = true};
	clock_fake(&now);
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

static int setup(void **state)
{
	UNUSED(state);
	scratch_make(&scratch);
	mailbox_init(&ui, slots, sizeof(*slots), COUNT(slots), &traffic);
	return notes_start(
		       &notes, &(struct notes_options){.path = scratch_name(&scratch, "journal.db"),
				       .ui = &ui,
				       .traffic = &traffic}) == OK
		       ? 0
		       : -1;
}

static int teardown(void **state)
{
	UNUSED(state);
	notes_stop(notes);
	mailbox_done(&ui);
	scratch_remove(&scratch);
	return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(she_is_greeted_by_name_without_a_programme),
	CASE(her_badge_greets_without_a_name_and_prints_nothing),
	CASE(her_code_goes_on_to_a_desk_also_where_it_is_void),
	CASE(a_roster_that_does_not_know_her_card_may_be_too_old),
	CASE(a_code_that_the_roster_dropped_is_replaced_and_leads_to_her_page),
	CASE(a_card_without_the_right_lets_nobody_in),
	CASE(a_code_of_another_event_is_foreign),
	CASE(a_code_past_its_last_second_is_refused),
	CASE(a_code_changed_in_any_letter_is_refused),
	CASE(a_code_cut_anywhere_is_refused),
	CASE(without_a_roster_nobody_is_believed),
	CASE(what_happened_before_is_known_by_her_handle),
	CASE(a_badge_that_replaces_hers_makes_the_one_before_void_where_it_is_shown),
	CASE(a_kiosk_notes_her_arrival_and_offers_her_badge),
	CASE(her_badge_alone_prints_no_other),
	CASE(who_was_taken_in_and_taken_back_has_a_void_code),
	CASE(an_invitation_shows_the_day_of_a_badge_that_was_revoked_and_prints_none),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
