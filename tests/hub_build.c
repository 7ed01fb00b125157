/* From list to file and back: builds, versions, people who leave and return, revocations, wrong use. */
#include "commands.h"
#include "file.h"
#include "help/event_folder.h"
#include "help/names.h"
#include "keys.h"
#include "roster_inside.h"
#include "test.h"

#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIN_TEXT = 9 };
static struct event_folder f;
static char token[TOKEN_TEXT + 1];

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	unsetenv("SOURCE_DATE_EPOCH");
	event_folder_remove(&f);
	return 0;
}

static void build(void)
{
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE)
		fail_msg("build: %s%s", f.said, f.talked);
}

/* The built file, opened. */
static struct roster open_built(struct file_bytes *bytes)
{
	struct trust nobody = {0};
	struct roster r;

	assert_ok(file_read(bytes, event_path(&f, "roster.foyer"), ROSTER_MAX));
	assert_ok(roster_open(&r, bytes->bytes, &nobody, 0));
	return r;
}

static uint64_t sequence_built(void)
{
	struct file_bytes bytes;
	uint64_t sequence = open_built(&bytes).sequence;

	file_free(&bytes);
	return sequence;
}

/* The code that `foyer token DIR words` prints. */
static const char *code(const char *words)
{
	char line[128];

	snprintf(line, sizeof(line), "DIR %s", words);
	assert_int_equal(event_run(&f, &verb_token, line), EXIT_DONE);
	assert_int_equal(strlen(f.said), TOKEN_TEXT + 1);
	memcpy(token, f.said, TOKEN_TEXT);
	return token;
}

static enum err find_code(const char *text)
{
	struct file_bytes bytes;
	struct token t;
	struct found found;
	struct roster r = open_built(&bytes);

	assert_ok(token_read(&t, span_of(text)));
	enum err e = roster_find(&r, &t, &found);
	file_free(&bytes);
	return e;
}

static int show(const char *text, const char *options)
{
	char line[512];

	snprintf(line, sizeof(line), "%s %s %s", event_path(&f, "roster.foyer"), text, options);
	return event_run(&f, &verb_show, line);
}

TEST(building_twice_gives_the_same_bytes_and_version)
{
	struct file_bytes one, two;
	UNUSED(state);

	setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
	build();
	assert_ok(file_read(&one, event_path(&f, "roster.foyer"), ROSTER_MAX));
	setenv("SOURCE_DATE_EPOCH", "1800000000", 1);
	build();
	assert_ok(file_read(&two, event_path(&f, "roster.foyer"), ROSTER_MAX));
	assert_true(span_equal(one.bytes, two.bytes));
	assert_int_equal(sequence_built(), 1);
	assert_non_null(strstr(f.talked, "(unchanged)"));
	file_free(&one);
	file_free(&two);
}

TEST(source_date_epoch_is_the_time_of_a_build)
{
	struct file_bytes bytes;
	UNUSED(state);

	setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
	build();
	assert_int_equal(open_built(&bytes).built_at, 1700000000);
	file_free(&bytes);
	setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_WRONG_USE);
	setenv("SOURCE_DATE_EPOCH", "-1", 1);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_WRONG_USE);
}

TEST(another_folder_with_the_same_list_and_keys_gives_the_same_bytes)
{
	struct file_bytes one, two;
	struct event_folder other;
	UNUSED(state);

	setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
	build();
	assert_ok(file_read(&one, event_path(&f, "roster.foyer"), ROSTER_MAX));
	event_folder_make(&other);
	assert_int_equal(event_run(&other, &verb_build, "DIR"), EXIT_DONE);
	assert_ok(file_read(&two, event_path(&other, "roster.foyer"), ROSTER_MAX));
	assert_true(span_equal(one.bytes, two.bytes));
	file_free(&one);
	file_free(&two);
	event_folder_remove(&other);
}

static struct span slot_record(const struct roster *r, uint32_t slot)
{
	uint32_t where = load_u32(r->section[SECTION_SLOTS].bytes.p + slot * SLOT_ENTRY + 4);

	return span_cut(r->section[SECTION_RECORDS].bytes,
		(where & ((1u << SLOT_PLACE_BITS) - 1)) * SLOT_UNIT,
		(where >> SLOT_PLACE_BITS) * SLOT_UNIT);
}

TEST(a_changed_list_is_the_next_version_and_others_keep_their_bytes)
{
	struct file_bytes one, two;
	UNUSED(state);

	build();
	struct roster before = open_built(&one);
	event_edit(&f, "list/people.csv", "Dries", "Andries");
	build();
	struct roster after = open_built(&two);
	assert_int_equal(after.sequence, 2);
	for (uint32_t slot = 0; slot < 4; slot++)
		assert_true(span_equal(slot_record(&before, slot), slot_record(&after, slot)) ==
			    (slot != 3));
	file_free(&one);
	file_free(&two);
}

TEST(a_list_with_errors_builds_nothing)
{
	UNUSED(state);
	event_edit(&f, "list/bookings.csv", "a1,opening", "a9,opening");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	assert_non_null(strstr(f.said, "bookings.csv:2:"));
	assert_int_equal(access(event_path(&f, "roster.foyer"), F_OK), -1);
}

TEST(who_leaves_is_known_as_dropped_and_may_return)
{
	static const char row[] = "b2,Bruno,Hoogenboomgaerd,org,vip,no,nl\n";
	char invitation[TOKEN_TEXT + 1], badge[TOKEN_TEXT + 1];
	UNUSED(state);

	build();
	strcpy(invitation, code("b2"));
	strcpy(badge, code("b2 --kind badge"));
	assert_ok(find_code(invitation));
	event_edit(&f, "list/people.csv", row, "");
	event_edit(&f, "list/bookings.csv", "b2,dinner,confirmed,T2\n", "");
	event_edit(&f, "list/meetings.csv", "a1,b2,4", "a1,Somebody,4");
	build();
	assert_err(find_code(invitation), ERR_EXPIRED);
	assert_err(find_code(badge), ERR_EXPIRED);
	assert_int_equal(show(invitation, ""), EXIT_NO);
	event_edit(&f, "list/people.csv", "c3,Clara",
		"b2,Bruno,Hoogenboomgaerd,org,vip,no,nl\nc3,Clara");
	build();
	assert_ok(find_code(invitation));
	assert_ok(find_code(badge));
	assert_int_equal(show(invitation, "--json"), EXIT_DONE);
	assert_non_null(strstr(f.said, "Hoogenboomgaerd"));
}

TEST(two_new_names_under_one_id_are_refused_until_it_is_said_who_it_is)
{
	char before[TOKEN_TEXT + 1];
	UNUSED(state);

	build();
	strcpy(before, code("a1"));
	event_edit(&f, "list/people.csv", "Anna,Vandersteenkiste", "Zoe,Quasimodo");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	assert_non_null(strstr(f.talked, "people.csv:2: both names of a1 changed"));
	assert_null(strstr(f.talked, "Zoe"));
	assert_int_equal(sequence_built(), 1);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 --same-person"), EXIT_DONE);
	build();
	assert_ok(find_code(before));
}

TEST(a_new_person_under_an_old_id_gets_codes_of_her_own)
{
	char invitation[TOKEN_TEXT + 1], badge[3][TOKEN_TEXT + 1];
	UNUSED(state);

	build();
	strcpy(invitation, code("a1"));
	strcpy(badge[0], code("a1 --kind badge"));
	strcpy(badge[1], code("a1 --kind badge --issue 2"));
	strcpy(badge[2], code("a1 --kind badge --issue 3"));
	event_edit(&f, "list/people.csv", "Anna,Vandersteenkiste", "Zoe,Quasimodo");
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 --new-person"), EXIT_DONE);
	build();
	assert_err(find_code(invitation), ERR_EXPIRED);
	for (int i = 0; i < 3; i++)
		assert_err(find_code(badge[i]), ERR_EXPIRED);
	assert_ok(find_code(code("a1")));
	assert_ok(find_code(code("a1 --kind badge")));
}

TEST(one_changed_name_is_a_correction)
{
	UNUSED(state);
	build();
	event_edit(&f, "list/people.csv", "Vandersteenkiste", "Vandersteenkiste-Janssens");
	build();
	assert_int_equal(sequence_built(), 2);
}

TEST(the_current_badge_and_the_next_two_are_known_and_no_more)
{
	UNUSED(state);
	build();
	assert_ok(find_code(code("a1 --kind badge --issue 1")));
	assert_ok(find_code(code("a1 --kind badge --issue 2")));
	assert_ok(find_code(code("a1 --kind badge --issue 3")));
	assert_err(find_code(code("a1 --kind badge --issue 4")), ERR_ABSENT);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1"), EXIT_DONE);
	build();
	assert_err(find_code(code("a1 --kind badge --issue 1")), ERR_EXPIRED);
	assert_ok(find_code(code("a1 --kind badge --issue 4")));
	assert_err(find_code(code("a1 --kind badge --issue 5")), ERR_ABSENT);
}

TEST(a_revoked_invitation_is_replaced_by_another)
{
	char before[TOKEN_TEXT + 1];
	UNUSED(state);

	build();
	strcpy(before, code("a1"));
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 --kind invitation"), EXIT_DONE);
	build();
	assert_err(find_code(before), ERR_EXPIRED);
	assert_string_not_equal(before, code("a1"));
	assert_ok(find_code(token));
}

TEST(a_code_as_a_picture_is_for_its_owners_eyes)
{
	char words[512];
	struct stat st;
	UNUSED(state);

	build();
	snprintf(words, sizeof(words), "DIR d4 --kind staff --png %s/card.png", f.dir);
	event_must(&f, &verb_token, words);
	assert_int_equal(stat(event_path(&f, "card.png"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

TEST(a_revoked_card_changes_the_staffs_keys_and_leaves_badges_valid)
{
	char badge[TOKEN_TEXT + 1], pin[PIN_TEXT];
	uint8_t desk[2][SEAL_RECORD_KEY];
	struct staff_keys keys;
	struct file_bytes bytes;
	struct token card;
	UNUSED(state);

	build();
	strcpy(badge, code("a1 --kind badge"));
	assert_ok(token_read(&card, span_of(code("d4 --kind staff"))));
	assert_int_equal(event_run(&f, &verb_pin, "DIR d4"), EXIT_DONE);
	snprintf(pin, sizeof(pin), "%.8s", f.said);
	struct roster r = open_built(&bytes);
	assert_ok(roster_unlock(&r, &card, span_of(pin), 0, &keys));
	memcpy(desk[0], keys.desk, sizeof(desk[0]));
	file_free(&bytes);

	assert_int_equal(event_run(&f, &verb_revoke, "DIR d4 --kind staff"), EXIT_DONE);
	build();
	assert_ok(find_code(badge));
	r = open_built(&bytes);
	struct staff_keys after;
	struct found found;
	assert_err(roster_unlock(&r, &card, span_of(pin), 0, &after), ERR_EXPIRED);
	for (uint32_t slot = 0; slot < 4; slot++)
		assert_err(roster_find_slot(&r, &keys, slot, &found), ERR_DENIED);
	assert_ok(token_read(&card, span_of(code("d4 --kind staff"))));
	assert_int_equal(event_run(&f, &verb_pin, "DIR d4"), EXIT_DONE);
	snprintf(pin, sizeof(pin), "%.8s", f.said);
	assert_ok(roster_unlock(&r, &card, span_of(pin), 0, &after));
	memcpy(desk[1], after.desk, sizeof(desk[1]));
	assert_memory_not_equal(desk[0], desk[1], sizeof(desk[0]));
	file_free(&bytes);
}

/* The card and its PIN of before, on the roster of now: nothing. */
static void assert_card_is_void(const char *staff_csv)
{
	char pin[PIN_TEXT];
	struct staff_keys before, after;
	struct file_bytes bytes;
	struct found found;
	struct token card;

	build();
	assert_ok(token_read(&card, span_of(code("d4 --kind staff"))));
	assert_int_equal(event_run(&f, &verb_pin, "DIR d4"), EXIT_DONE);
	snprintf(pin, sizeof(pin), "%.8s", f.said);
	struct roster r = open_built(&bytes);
	assert_ok(roster_unlock(&r, &card, span_of(pin), 0, &before));
	file_free(&bytes);
	event_put(&f, "list/staff.csv", staff_csv);
	build();
	r = open_built(&bytes);
	assert_err(roster_unlock(&r, &card, span_of(pin), 0, &after), ERR_EXPIRED);
	for (uint32_t slot = 0; slot < 4; slot++)
		assert_err(roster_find_slot(&r, &before, slot, &found), ERR_DENIED);
	file_free(&bytes);
}

TEST(a_card_taken_out_of_the_list_opens_nothing_of_the_next_build)
{
	UNUSED(state);
	assert_card_is_void("person,rights\n");
}

TEST(a_card_with_fewer_rights_must_be_made_anew)
{
	UNUSED(state);
	assert_card_is_void("person,rights\nd4,door\n");
}

TEST(a_card_with_more_rights_stays_the_same_card)
{
	char before[TOKEN_TEXT + 1];
	UNUSED(state);

	build();
	strcpy(before, code("d4 --kind staff"));
	event_put(&f, "list/staff.csv", "person,rights\nd4,print|correct|door\n");
	build();
	assert_string_equal(before, code("d4 --kind staff"));
	assert_string_equal(before, code("d4 --kind card"));
}

/* Whoever held the card knows the key that badges were issued under. */
TEST(the_badge_that_replaces_all_of_a_persons_codes_is_made_under_new_keys)
{
	char text[TOKEN_TEXT + 1];
	struct token t;
	struct keys k;
	UNUSED(state);

	build();
	assert_int_equal(event_run(&f, &verb_revoke, "DIR d4 --kind all"), EXIT_DONE);
	build();
	assert_ok(keys_load(&k, f.dir));
	keys_token(&k, TOKEN_BADGE, 1, 2, "d4", &t);
	token_text(&t, text);
	assert_err(find_code(text), ERR_ABSENT);
	assert_ok(find_code(code("d4 --kind badge")));
	keys_wipe(&k);
}

TEST(a_new_pin_holds_from_the_next_build_on)
{
	char old[PIN_TEXT], new[PIN_TEXT];
	struct staff_keys keys;
	struct file_bytes bytes;
	struct token card;
	UNUSED(state);

	build();
	assert_ok(token_read(&card, span_of(code("d4 --kind staff"))));
	assert_int_equal(event_run(&f, &verb_pin, "DIR d4"), EXIT_DONE);
	snprintf(old, sizeof(old), "%.8s", f.said);
	assert_int_equal(event_run(&f, &verb_pin, "DIR d4 --new"), EXIT_DONE);
	snprintf(new, sizeof(new), "%.8s", f.said);
	assert_string_not_equal(old, new);
	build();
	struct roster r = open_built(&bytes);
	assert_err(roster_unlock(&r, &card, span_of(old), 0, &keys), ERR_DENIED);
	assert_ok(roster_unlock(&r, &card, span_of(new), 0, &keys));
	file_free(&bytes);
}

static void assert_columns(json_t *o, const char *const *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!json_is_string(json_object_get(o, columns[i])))
			fail_msg("no column %s in %s", columns[i], f.said);
}

TEST(show_gives_the_columns_of_the_list)
{
	static const char *const person[] = {"id", "given_name", "family_name", "display_name",
		"name_order", "honorific", "organisation", "function", "role", "protected",
		"language", "delegation", "badge"};
	static const char *const booking[] = {"activity", "title", "start", "end", "place", "table",
		"counterpart", "seat", "status"};
	static const char *const meeting[] = {
		"activity", "title", "start", "end", "place", "table", "counterpart"};
	UNUSED(state);

	build();
	assert_int_equal(show(code("a1"), "--json"), EXIT_DONE);
	json_t *o = json_loads(f.said, 0, NULL);
	assert_non_null(o);
	assert_columns(o, person, COUNT(person));
	json_t *bookings = json_object_get(o, "bookings"),
	       *meetings = json_object_get(o, "meetings");
	assert_int_equal(json_array_size(bookings), 2);
	assert_int_equal(json_array_size(meetings), 1);
	assert_columns(json_array_get(bookings, 1), booking, COUNT(booking));
	assert_columns(json_array_get(meetings, 0), meeting, COUNT(meeting));
	assert_string_equal(
		json_string_value(json_object_get(o, "family_name")), "Vandersteenkiste");
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(bookings, 1), "activity")),
		"dinner");
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(bookings, 1), "start")),
		"2030-05-06T19:00:00+02:00");
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(meetings, 0), "table")), "4");
	json_decref(o);
}

TEST(show_names_no_protected_person)
{
	UNUSED(state);
	build();
	assert_int_equal(show(code("c3"), ""), EXIT_DONE);
	assert_non_null(strstr(f.said, "protected: yes"));
	assert_null(strstr(f.said, "Clara"));
	assert_null(strstr(f.said, "Quisthoudtsberg"));
	assert_null(strstr(f.said, "official"));
	assert_null(strstr(f.said, "name_order"));
	assert_null(strstr(f.said, "c3"));
}

TEST(a_protected_person_is_named_in_nobodys_day)
{
	UNUSED(state);
	event_edit(&f, "list/meetings.csv", "a1,b2,4", "a1,c3,4");
	build();
	assert_int_equal(show(code("a1"), "--json"), EXIT_DONE);
	assert_non_null(strstr(f.said, "Licences"));
	assert_null(strstr(f.said, "Clara"));
	assert_null(strstr(f.said, "Quisthoudtsberg"));
	assert_null(strstr(f.said, "c3"));
}

TEST(show_of_a_vips_badge_says_no_private_activity)
{
	UNUSED(state);
	build();
	assert_int_equal(show(code("b2 --kind badge"), "--json"), EXIT_DONE);
	assert_non_null(strstr(f.said, "Hoogenboomgaerd"));
	assert_null(strstr(f.said, "Clandestine"));
	assert_null(strstr(f.said, "Licences"));
}

TEST(show_says_no_to_unknown_torn_and_foreign)
{
	char line[512];
	UNUSED(state);

	build();
	assert_int_equal(show("ZQM1040G00820C20A1G7104GM2RC1M70ZX25", ""), EXIT_NO);
	assert_int_equal(show("ZQM1040G00820C20A1G7104GM2RC1M70ZX26", ""), EXIT_NO);
	assert_int_equal(show("HELLO", ""), EXIT_NO);
	assert_int_equal(show(code("d4 --kind staff"), ""), EXIT_NO);
	assert_non_null(strstr(f.talked, "PIN"));
	event_put(&f, "other.pub",
		"00000000000000000000000000000000000000000000000000000000000000aa\n");
	snprintf(line, sizeof(line), "%s/roster.foyer --trust %s/other.pub", f.dir, f.dir);
	assert_int_equal(event_run(&f, &verb_show, line), EXIT_NO);
	assert_non_null(strstr(f.talked, "another event"));
	snprintf(line, sizeof(line), "%s/roster.foyer --trust %s/keys/root.pub", f.dir, f.dir);
	assert_int_equal(event_run(&f, &verb_show, line), EXIT_DONE);
	snprintf(line, sizeof(line), "%s/missing.foyer", f.dir);
	assert_int_equal(event_run(&f, &verb_show, line), EXIT_WORLD);
	snprintf(line, sizeof(line), "%s/event.ini", f.dir);
	assert_int_equal(event_run(&f, &verb_show, line), EXIT_NO);
}

TEST(invitations_are_a_row_and_a_code_for_everybody)
{
	char line[256], text[TOKEN_TEXT + 1];
	struct file_bytes rows;
	struct stat st;
	UNUSED(state);

	snprintf(line, sizeof(line), "DIR -o %s/out", f.dir);
	assert_int_equal(event_run(&f, &verb_invitations, line), EXIT_DONE);
	strcpy(text, code("a1"));
	assert_ok(file_read(&rows, event_path(&f, "out/invitations.csv"), 1 << 20));
	assert_non_null(memmem(rows.bytes.p, rows.bytes.n, text, TOKEN_TEXT));
	file_free(&rows);
	assert_int_equal(stat(f.path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	assert_int_equal(access(event_path(&f, "out/codes/d4.png"), R_OK), 0);
}

TEST(no_name_stands_in_the_built_file)
{
	static const char *const words[] = {"Anna", "Vandersteenkiste", "Bruno", "Hoogenboomgaerd",
		"Clara", "Quisthoudtsberg", "Dries", "Overmeulebroeck", "Nimbusworks",
		"Clandestine", "Residence", "Licences"};
	struct file_bytes bytes;
	UNUSED(state);

	build();
	assert_ok(file_read(&bytes, event_path(&f, "roster.foyer"), ROSTER_MAX));
	for (size_t i = 0; i < COUNT(words); i++)
		if (names_found(bytes.bytes, span_of(words[i])))
			fail_msg("%s stands in the file", words[i]);
	file_free(&bytes);
}

TEST(no_name_stands_in_the_state)
{
	struct file_bytes bytes;
	UNUSED(state);

	build();
	assert_ok(file_read(&bytes, event_path(&f, "state/people.csv"), 1 << 20));
	assert_null(names_found(bytes.bytes, span_of("Vandersteenkiste")));
	file_free(&bytes);
}

TEST(every_verb_used_wrongly_says_so)
{
	static const struct {
		const struct verb *verb;
		const char *words;
	} wrong[] = {
		{&verb_build, ""},
		{&verb_build, "DIR DIR"},
		{&verb_build, "DIR -o"},
		{&verb_build, "DIR --what"},
		{&verb_show, ""},
		{&verb_show, "DIR/roster.foyer A B"},
		{&verb_show, "--trust"},
		{&verb_token, "DIR"},
		{&verb_token, "DIR a1 b2"},
		{&verb_token, "DIR a1 --kind lease"},
		{&verb_token, "DIR a1 --issue 0"},
		{&verb_token, "DIR a1 --issue x"},
		{&verb_token, "DIR a1 --issue 4294967297"},
		{&verb_token, "DIR a1 --issue 1000001"},
		{&verb_token, "DIR a1 --png"},
		{&verb_pin, "DIR"},
		{&verb_pin, "DIR d4 --old"},
		{&verb_revoke, "DIR"},
		{&verb_revoke, "DIR a1 --kind lease"},
		{&verb_revoke, "DIR a1 --kind"},
		{&verb_revoke, "DIR a1 b2 a1 --code"},
		{&verb_invitations, "DIR"},
		{&verb_invitations, "-o DIR/out"},
	};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (event_run(&f, wrong[i].verb, wrong[i].words) != EXIT_WRONG_USE)
			fail_msg("%s %s was taken", wrong[i].verb->name, wrong[i].words);
}

TEST(a_person_who_is_not_there_is_a_no_and_a_folder_that_is_not_there_a_fault)
{
	UNUSED(state);
	assert_int_equal(event_run(&f, &verb_token, "DIR a9"), EXIT_NO);
	assert_int_equal(event_run(&f, &verb_token, "DIR a1 --kind staff"), EXIT_NO);
	assert_int_equal(event_run(&f, &verb_pin, "DIR a1"), EXIT_NO);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a9"), EXIT_NO);
	assert_int_equal(event_run(&f, &verb_build, "/nonexistent"), EXIT_WORLD);
	assert_int_equal(event_run(&f, &verb_token, "/nonexistent a1"), EXIT_WORLD);
}

TEST(damaged_keys_and_state_stop_a_build)
{
	UNUSED(state);
	build();
	event_edit(&f, "state/people.csv", "a1,0,", "a1,zero,");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	assert_non_null(strstr(f.talked, "people.csv:2:"));
	event_put(&f, "keys/event", "nonsense\n");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	assert_non_null(strstr(f.talked, "keys/event"));
	assert_int_equal(unlink(event_path(&f, "keys/event")), 0);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_WORLD);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(building_twice_gives_the_same_bytes_and_version),
	EACH(source_date_epoch_is_the_time_of_a_build),
	EACH(another_folder_with_the_same_list_and_keys_gives_the_same_bytes),
	EACH(a_changed_list_is_the_next_version_and_others_keep_their_bytes),
	EACH(a_list_with_errors_builds_nothing),
	EACH(who_leaves_is_known_as_dropped_and_may_return),
	EACH(two_new_names_under_one_id_are_refused_until_it_is_said_who_it_is),
	EACH(a_new_person_under_an_old_id_gets_codes_of_her_own),
	EACH(one_changed_name_is_a_correction),
	EACH(the_current_badge_and_the_next_two_are_known_and_no_more),
	EACH(a_revoked_invitation_is_replaced_by_another),
	EACH(a_code_as_a_picture_is_for_its_owners_eyes),
	EACH(a_revoked_card_changes_the_staffs_keys_and_leaves_badges_valid),
	EACH(a_card_taken_out_of_the_list_opens_nothing_of_the_next_build),
	EACH(a_card_with_fewer_rights_must_be_made_anew),
	EACH(a_card_with_more_rights_stays_the_same_card),
	EACH(the_badge_that_replaces_all_of_a_persons_codes_is_made_under_new_keys),
	EACH(a_new_pin_holds_from_the_next_build_on),
	EACH(show_gives_the_columns_of_the_list),
	EACH(show_names_no_protected_person),
	EACH(a_protected_person_is_named_in_nobodys_day),
	EACH(show_of_a_vips_badge_says_no_private_activity),
	EACH(show_says_no_to_unknown_torn_and_foreign),
	EACH(invitations_are_a_row_and_a_code_for_everybody),
	EACH(no_name_stands_in_the_built_file),
	EACH(no_name_stands_in_the_state),
	EACH(every_verb_used_wrongly_says_so),
	EACH(a_person_who_is_not_there_is_a_no_and_a_folder_that_is_not_there_a_fault),
	EACH(damaged_keys_and_state_stop_a_build),
};
RUN_TESTS(tests)
