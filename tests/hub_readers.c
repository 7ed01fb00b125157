/* Who may open what is sealed: nobody who lost that right opens anything of the next version, and one who
 * is given it changes nobody else's record. */
#include "commands.h"
#include "file.h"
#include "help/event_folder.h"
#include "keys.h"
#include "roster_inside.h"
#include "test.h"

static struct event_folder f;
static struct file_bytes old_bytes, new_bytes;
static struct roster old, new;
static struct visit visit;

/* Anna and Bruno are at the dinner, which is in the villa; neither is public. */
static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	file_free(&old_bytes);
	file_free(&new_bytes);
	event_folder_remove(&f);
	return 0;
}

static void build(struct file_bytes *bytes, struct roster *out)
{
	struct trust nobody = {0};

	file_free(bytes);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE)
		fail_msg("build: %s%s", f.said, f.talked);
	assert_ok(file_read(bytes, event_path(&f, "roster.foyer"), ROSTER_MAX));
	assert_ok(roster_open(out, bytes->bytes, &nobody, 0));
}

static void open_visit(const struct roster *r, const char *id)
{
	char line[32], text[TOKEN_TEXT + 1] = "";
	struct found found;
	struct token t;

	snprintf(line, sizeof(line), "DIR %s", id);
	assert_int_equal(event_run(&f, &verb_token, line), EXIT_DONE);
	memcpy(text, f.said, TOKEN_TEXT);
	assert_ok(token_read(&t, span_of(text)));
	assert_ok(roster_find(r, &t, &found));
	assert_ok(roster_visit(r, &found, &visit));
}

/* How many sealed things of r the keys of the last visit open. */
static size_t opened_of(const struct roster *r)
{
	uint8_t ad[OBJECT_AD], plain[OBJECT_MAX];
	size_t opened = 0;

	for (size_t k = 0; k < visit.object_count; k++)
		for (uint32_t i = 0; i < r->section[SECTION_OBJECTS].count; i++) {
			struct span box = roster_record(&r->section[SECTION_OBJECTS], i);
			if (box.n == 0)
				continue;
			roster_object_ad(r->event, i, ad);
			opened += seal_open(visit.objects[k].key, (struct span){ad, sizeof(ad)},
					  box, plain) == OK;
		}
	return opened;
}

static struct span slot_record(const struct roster *r, uint32_t slot)
{
	uint32_t where = load_u32(r->section[SECTION_SLOTS].bytes.p + slot * SLOT_ENTRY + 4);

	return span_cut(r->section[SECTION_RECORDS].bytes,
		(where & ((1u << SLOT_PLACE_BITS) - 1)) * SLOT_UNIT,
		(where >> SLOT_PLACE_BITS) * SLOT_UNIT);
}

static size_t changed_records(void)
{
	size_t changed = 0;

	for (uint32_t slot = 0; slot < 4; slot++)
		changed += !span_equal(slot_record(&old, slot), slot_record(&new, slot));
	return changed;
}

TEST(a_late_booking_changes_no_other_record)
{
	UNUSED(state);

	build(&old_bytes, &old);
	event_edit(&f, "list/bookings.csv", "a1,dinner", "d4,dinner,confirmed,\na1,dinner");
	build(&new_bytes, &new);
	assert_int_equal(changed_records(), 1);
	open_visit(&new, "d4");
	assert_int_equal(opened_of(&new), 2);
}

TEST(a_late_guest_changes_no_other_record)
{
	UNUSED(state);

	build(&old_bytes, &old);
	event_edit(&f, "list/people.csv", "a1,", "e5,Eva,Claes,org,delegate,,fr\na1,");
	event_edit(&f, "list/bookings.csv", "a1,dinner", "e5,dinner,confirmed,\na1,dinner");
	build(&new_bytes, &new);
	assert_int_equal(changed_records(), 0);
	open_visit(&new, "e5");
	assert_int_equal(opened_of(&new), 2);
}

/* What she kept of the old version, her keys above all, is tried on the new one. */
static void assert_shut_out(const char *id)
{
	open_visit(&old, id);
	assert_int_equal(opened_of(&old), 2);
	assert_int_equal(opened_of(&new), 0);
}

TEST(who_loses_a_booking_opens_nothing_sealed_of_the_next_version)
{
	UNUSED(state);

	build(&old_bytes, &old);
	event_edit(&f, "list/bookings.csv", "b2,dinner,confirmed", "b2,dinner,cancelled");
	build(&new_bytes, &new);
	assert_shut_out("b2");
	open_visit(&new, "a1");
	assert_int_equal(opened_of(&new), 2);
}

TEST(who_leaves_the_list_opens_nothing_sealed_of_the_next_version)
{
	UNUSED(state);

	build(&old_bytes, &old);
	open_visit(&old, "a1");
	event_edit(
		&f, "list/bookings.csv", "a1,opening,confirmed,12\na1,dinner,confirmed,T1\n", "");
	event_edit(&f, "list/meetings.csv", "a1,b2", "d4,b2");
	event_edit(&f, "list/people.csv", "a1,Anna", "e5,Eva");
	build(&new_bytes, &new);
	assert_int_equal(opened_of(&old), 2);
	assert_int_equal(opened_of(&new), 0);
}

TEST(a_revoked_code_opens_nothing_sealed_of_the_next_version)
{
	UNUSED(state);

	build(&old_bytes, &old);
	open_visit(&old, "b2");
	assert_int_equal(event_run(&f, &verb_revoke, "DIR b2 --kind all"), EXIT_DONE);
	build(&new_bytes, &new);
	assert_int_equal(opened_of(&old), 2);
	assert_int_equal(opened_of(&new), 0);
}

TEST(a_right_lost_in_one_of_many_builds_stays_lost)
{
	UNUSED(state);

	build(&old_bytes, &old);
	event_edit(&f, "list/bookings.csv", "b2,dinner,confirmed", "b2,dinner,cancelled");
	build(&new_bytes, &new);
	event_edit(&f, "list/people.csv", "Dries", "Andries");
	build(&new_bytes, &new);
	build(&new_bytes, &new);
	assert_shut_out("b2");
	/* When she is booked again, she opens it by new keys. */
	event_edit(&f, "list/bookings.csv", "b2,dinner,cancelled", "b2,dinner,confirmed");
	build(&new_bytes, &new);
	assert_shut_out("b2");
	open_visit(&new, "b2");
	assert_int_equal(opened_of(&new), 2);
}

#define AT_FOLDER(sentence) cmocka_unit_test_setup_teardown(sentence, fresh, done)

static const struct CMUnitTest tests[] = {
	AT_FOLDER(a_late_booking_changes_no_other_record),
	AT_FOLDER(a_late_guest_changes_no_other_record),
	AT_FOLDER(who_loses_a_booking_opens_nothing_sealed_of_the_next_version),
	AT_FOLDER(who_leaves_the_list_opens_nothing_sealed_of_the_next_version),
	AT_FOLDER(a_revoked_code_opens_nothing_sealed_of_the_next_version),
	AT_FOLDER(a_right_lost_in_one_of_many_builds_stays_lost),
};

RUN_TESTS(tests)
