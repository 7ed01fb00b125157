/* What an event remembers: written and read back alike, and refused when a line is damaged. */
#include "help/event_folder.h"
#include "state.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

static struct event_folder f;
static struct state s;

static int start(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	s = (struct state){.staff_epoch = 1};
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	state_free(&s);
	event_folder_remove(&f);
	return 0;
}

/* Two people, an activity, a place and a revoked code, saved. */
static void save_sample(void)
{
	const struct token t = {.kind = TOKEN_BADGE, .epoch = 1, .secret = {1}};
	uint16_t number;

	state_free(&s);
	s = (struct state){.sequence = 3,
		.built_at = 1700000000,
		.content = {9},
		.card_bytes = 192,
		.units = 18,
		.slots = 2,
		.staff_epoch = 2};
	assert_ok(state_add_person(&s, "a1"));
	assert_ok(state_add_person(&s, "b2"));
	struct state_person *b = state_person(&s, "b2");
	*b = (struct state_person){.id = "b2",
		.slot = 1,
		.at = 9,
		.units = 9,
		.incarnation = 1,
		.generation = 5,
		.invitation = 2,
		.badge = 3,
		.badge_epoch = 2,
		.card = 4,
		.pin = 6,
		.opens = STATE_PROTECTED,
		.rights = 5,
		.gone = true,
		.given = UINT64_MAX,
		.family = 0x0123456789abcdef,
		.read_generation = 4,
		.read_n = 2};
	grow_bytes(&s.reads, (struct source_reading[]){{true, 0}, {false, 65535}},
		2 * sizeof(struct source_reading));
	assert_ok(state_number_of(&s, true, "hall", &number));
	assert_ok(state_number_of(&s, false, "opening", &number));
	GROW_ARRAY(&s.numbers, struct state_number)[1].epoch = 7;
	assert_ok(state_revoke(&s, &t));
	assert_ok(state_save(&s, f.dir));
}

/* Put text as a state file, and see that the line is named on standard error. */
static void assert_refused(const char *file, const char *text, const char *where)
{
	char name[64], talked[512] = "";
	FILE *talk = tmpfile();

	save_sample();
	snprintf(name, sizeof(name), "state/%s", file);
	event_put(&f, name, text);
	assert_non_null(talk);
	fflush(stderr);
	int kept = dup(STDERR_FILENO);
	dup2(fileno(talk), STDERR_FILENO);
	struct state back;
	enum err e = state_load(&back, f.dir);
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(talk);
	talked[fread(talked, 1, sizeof(talked) - 1, talk)] = '\0';
	fclose(talk);
	assert_err(e, ERR_FORMAT);
	if (!strstr(talked, where))
		fail_msg("\"%s\" does not name %s", talked, where);
}

TEST(columns_of_another_version_are_named_as_such)
{
	struct state back;

	UNUSED(state);
	save_sample();
	event_edit(&f, "state/people.csv", "opens,rights", "opens");
	assert_err(state_load(&back, f.dir), ERR_VERSION);
	save_sample();
	event_edit(&f, "state/revoked.csv", "label", "etiket");
	assert_err(state_load(&back, f.dir), ERR_VERSION);
}

TEST(an_event_never_built_has_an_empty_state)
{
	struct state fresh;
	UNUSED(state);

	assert_ok(state_load(&fresh, f.dir));
	assert_int_equal(fresh.sequence, 0);
	assert_int_equal(fresh.staff_epoch, 1);
	assert_int_equal(GROW_COUNT(&fresh.people, struct state_person), 0);
	state_free(&fresh);
}

TEST(a_state_comes_back_as_it_was)
{
	struct state back;
	UNUSED(state);

	save_sample();
	assert_ok(state_load(&back, f.dir));
	assert_int_equal(back.sequence, 3);
	assert_int_equal(back.built_at, 1700000000);
	assert_memory_equal(back.content, s.content, sizeof(s.content));
	assert_int_equal(back.card_bytes, 192);
	assert_int_equal(back.staff_epoch, 2);
	assert_int_equal(back.people.n, s.people.n);
	const struct state_person *p = state_person(&back, "b2"), *q = state_person(&s, "b2");
	assert_non_null(p);
	assert_int_equal(p->badge, 3);
	assert_int_equal(p->generation, q->generation);
	assert_int_equal(p->pin, 6);
	assert_true(p->gone);
	assert_true(p->given == UINT64_MAX && p->family == q->family);
	assert_int_equal(p->read_generation, 4);
	assert_int_equal(p->read_n, 2);
	const struct source_reading *r = GROW_ARRAY(&back.reads, struct source_reading);
	assert_true(r[0].place && r[0].number == 0 && !r[1].place && r[1].number == 65535);
	assert_int_equal(GROW_ARRAY(&back.numbers, struct state_number)[1].epoch, 7);
	assert_int_equal(back.revoked.n, TOKEN_LABEL);
	assert_memory_equal(back.revoked.p, s.revoked.p, TOKEN_LABEL);
	state_free(&back);
}

TEST(saving_what_was_loaded_changes_no_byte)
{
	static const char *const names[] = {
		"state/people.csv", "state/numbers.csv", "state/revoked.csv", "state/build.csv"};
	char before[COUNT(names)][4096], after[4096];
	struct state back;
	UNUSED(state);

	save_sample();
	for (size_t i = 0; i < COUNT(names); i++) {
		FILE *in = fopen(event_path(&f, names[i]), "r");
		assert_non_null(in);
		before[i][fread(before[i], 1, 4095, in)] = '\0';
		fclose(in);
	}
	assert_ok(state_load(&back, f.dir));
	assert_ok(state_save(&back, f.dir));
	for (size_t i = 0; i < COUNT(names); i++) {
		FILE *in = fopen(event_path(&f, names[i]), "r");
		assert_non_null(in);
		after[fread(after, 1, 4095, in)] = '\0';
		fclose(in);
		assert_string_equal(before[i], after);
	}
	state_free(&back);
}

TEST(numbers_stay_with_their_ids_and_new_ones_follow)
{
	uint16_t number;
	UNUSED(state);

	save_sample();
	assert_ok(state_number_of(&s, false, "opening", &number));
	assert_int_equal(number, 0);
	assert_ok(state_number_of(&s, false, "dinner", &number));
	assert_int_equal(number, 1);
	assert_ok(state_number_of(&s, true, "villa", &number));
	assert_int_equal(number, 1);
	assert_ok(state_number_of(&s, true, "hall", &number));
	assert_int_equal(number, 0);
}

TEST(a_code_is_revoked_once_however_often_it_is_said)
{
	const struct token t = {.kind = TOKEN_BADGE, .epoch = 1, .secret = {1}};
	UNUSED(state);

	save_sample();
	assert_ok(state_revoke(&s, &t));
	assert_int_equal(s.revoked.n, TOKEN_LABEL);
}

/* A late guest is forgotten: people.csv knows her by another name then, late.csv not at all. */
static void forget_her(void)
{
	state_drop_late(&s, state_person(&s, "a1"));
	state_rename(&s, state_person(&s, "a1"), "gone-0123456789abcdef");
}

static void assert_loaded(bool forgotten)
{
	struct state got;

	assert_ok(state_load(&got, f.dir));
	assert_int_equal(state_person(&got, "a1") == NULL, forgotten);
	assert_int_equal(got.late, forgotten ? 0 : 1);
	state_free(&got);
}

TEST(what_was_saved_in_part_is_as_if_it_was_not)
{
	static const uint8_t handle[EVENT_PERSON] = {1};
	UNUSED(state);

	save_sample();
	assert_ok(state_take_late(&s, state_person(&s, "a1"), handle));
	assert_ok(state_save(&s, f.dir));
	/* A folder in its way: no file can be late.csv.new. */
	assert_int_equal(mkdir(event_path(&f, "state/late.csv.new"), 0700), 0);
	forget_her();
	assert_err(state_save(&s, f.dir), ERR_IO);
	assert_loaded(false);
	assert_int_equal(rmdir(event_path(&f, "state/late.csv.new")), 0);
	assert_ok(state_save(&s, f.dir));
	assert_loaded(true);
}

TEST(what_was_saved_whole_counts_though_its_names_were_not_all_taken)
{
	static const char *const names[] = {
		"people.csv", "numbers.csv", "revoked.csv", "late.csv", "build.csv"};
	static const uint8_t handle[EVENT_PERSON] = {1};
	char path[EVENT_PATH], from[64];
	UNUSED(state);

	for (size_t taken = 0; taken < COUNT(names); taken++) {
		save_sample();
		assert_ok(state_take_late(&s, state_person(&s, "a1"), handle));
		assert_ok(state_save(&s, f.dir));
		for (size_t i = taken; i < COUNT(names); i++) {
			snprintf(from, sizeof(from), "state/%s", names[i]);
			strcpy(path, event_path(&f, from));
			strcat(from, ".old");
			assert_int_equal(rename(path, event_path(&f, from)), 0);
		}
		forget_her();
		assert_ok(state_save(&s, f.dir));
		for (size_t i = taken; i < COUNT(names); i++) {
			snprintf(from, sizeof(from), "state/%s.new", names[i]);
			strcpy(path, event_path(&f, from));
			from[strlen(from) - 4] = '\0';
			assert_int_equal(rename(event_path(&f, from), path), 0);
			strcpy(path, event_path(&f, from));
			strcat(from, ".old");
			assert_int_equal(rename(event_path(&f, from), path), 0);
		}
		assert_loaded(true);
		assert_ok(state_save(&s, f.dir));
		assert_loaded(true);
		snprintf(from, sizeof(from), "state/%s.new", names[4]);
		assert_int_not_equal(access(event_path(&f, from), F_OK), 0);
	}
}

TEST(a_thousand_people_are_found_by_id)
{
	char id[16];
	UNUSED(state);

	save_sample();
	for (int i = 0; i < 1000; i++) {
		snprintf(id, sizeof(id), "p%d", i);
		assert_null(state_person(&s, id));
		assert_ok(state_add_person(&s, id));
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(id, sizeof(id), "p%d", i);
		assert_int_equal(state_person(&s, id)->slot, i + 2);
	}
	assert_null(state_person(&s, "p1000"));
}

#define PEOPLE                                                                                     \
	"id,slot,at,units,incarnation,generation,invitation,badge,badge_epoch,card,pin,opens,"     \
	"rights,gone,"                                                                             \
	"given,family,read_generation,reads\n"
#define ROW "a1,0,0,9,0,1,1,1,1,1,1,1,0,0,0123456789abcdef,0123456789abcdef,1,a0 p3\n"

TEST(a_damaged_person_is_named_by_file_and_line)
{
	UNUSED(state);
	assert_refused("people.csv", PEOPLE "a1,0\n", "people.csv:2:");
	assert_refused("people.csv", PEOPLE ROW ROW, "people.csv:3:");
	assert_refused(
		"people.csv", PEOPLE ROW "b2,5,0,9,0,1,1,1,1,1,1,1,0,0,0,0,0,\n", "people.csv:3:");
	assert_refused(
		"people.csv", PEOPLE "a1,0,-1,9,0,1,1,1,1,1,1,1,0,0,0,0,0,\n", "people.csv:2:");
	assert_refused(
		"people.csv", PEOPLE "a1,0, 1,9,0,1,1,1,1,1,1,1,0,0,0,0,0,\n", "people.csv:2:");
	assert_refused("people.csv", PEOPLE "a1,0,4294967296,9,0,1,1,1,1,1,1,1,0,0,0,0,0,\n",
		"people.csv:2:");
	assert_refused("people.csv", PEOPLE ",0,1,9,0,1,1,1,1,1,1,1,0,0,0,0,0,\n", "people.csv:2:");
	assert_refused(
		"people.csv", PEOPLE "a1,0,1,9,0,1,1,1,1,1,1,1,0,0,xyz,0,0,\n", "people.csv:2:");
	assert_refused("people.csv", PEOPLE "a1,0,1,9,0,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,\n",
		"people.csv:2:");
	assert_refused("people.csv",
		PEOPLE "a123456789012345678901234567890123,0,1,9,0,1,1,1,1,1,1,1,0,0,0,0,0,\n",
		"people.csv:2:");
	static const char *const reads[] = {
		"b3", "a", "a65536", "a-1", "a1  p2", "a1 ", " a1", "a1;p2", "a1 p2 x"};
	for (size_t i = 0; i < COUNT(reads); i++) {
		char text[300];
		snprintf(text, sizeof(text), "%sa1,0,1,9,0,1,1,1,1,1,1,1,0,0,0,0,1,%s\n", PEOPLE,
			reads[i]);
		assert_refused("people.csv", text, "people.csv:2:");
	}
}

TEST(a_line_without_its_end_is_a_torn_file)
{
	UNUSED(state);
	assert_refused("people.csv", PEOPLE "a1,0,0,9,0,1,1", "people.csv:");
	assert_refused("revoked.csv", "label\n0011223344556677\n0011", "revoked.csv:");
	assert_refused("build.csv", "key", "build.csv:1:");
}

TEST(a_damaged_number_is_refused)
{
	UNUSED(state);
	assert_refused("numbers.csv", "kind,number,id,epoch\nroom,0,hall,0\n", "numbers.csv:2:");
	assert_refused(
		"numbers.csv", "kind,number,id,epoch\nplace,65536,hall,0\n", "numbers.csv:2:");
	assert_refused("numbers.csv", "kind,number,id,epoch\nplace,0,hall\n", "numbers.csv:2:");
	assert_refused("numbers.csv", "kind,number,id,epoch\nplace,0,hall,x\n", "numbers.csv:2:");
	assert_refused("numbers.csv", "kind,number,id,epoch\nplace,0,hall,0\nplace,0,villa,0\n",
		"numbers.csv:3:");
	assert_refused("numbers.csv",
		"kind,number,id,epoch\nplace,1,hall,0\nactivity,0,x,0\nplace,0,villa,0\n",
		"numbers.csv:4:");
}

TEST(a_damaged_label_is_refused)
{
	UNUSED(state);
	assert_refused("revoked.csv", "label\n001122334455667\n", "revoked.csv:2:");
	assert_refused("revoked.csv", "label\n00112233445566zz\n", "revoked.csv:2:");
	assert_refused("revoked.csv", "label\n0011223344556677,1\n", "revoked.csv:2:");
}

TEST(a_damaged_build_is_refused)
{
	UNUSED(state);
	assert_refused("build.csv", "key,value\nsequence,x\n", "build.csv:2:");
	assert_refused("build.csv", "key,value\nsequence,18446744073709551616\n", "build.csv:2:");
	assert_refused("build.csv", "key,value\nsequence,1\ncontent,00\n", "build.csv:3:");
	assert_refused("build.csv", "key,value\nother,1\n", "build.csv:2:");
	assert_refused("build.csv", "key,value\nbuilt_at,9223372036854775808\n", "build.csv:2:");
}

/* Or a code that was replaced would be good again. */
TEST(half_a_state_is_refused)
{
	static const char *const names[] = {
		"state/people.csv", "state/numbers.csv", "state/revoked.csv"};
	struct state back;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(names); i++) {
		save_sample();
		assert_int_equal(unlink(event_path(&f, names[i])), 0);
		assert_err(state_load(&back, f.dir), ERR_FORMAT);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_event_never_built_has_an_empty_state),
	cmocka_unit_test(columns_of_another_version_are_named_as_such),
	cmocka_unit_test(a_state_comes_back_as_it_was),
	cmocka_unit_test(saving_what_was_loaded_changes_no_byte),
	cmocka_unit_test(numbers_stay_with_their_ids_and_new_ones_follow),
	cmocka_unit_test(a_code_is_revoked_once_however_often_it_is_said),
	cmocka_unit_test(what_was_saved_in_part_is_as_if_it_was_not),
	cmocka_unit_test(what_was_saved_whole_counts_though_its_names_were_not_all_taken),
	cmocka_unit_test(a_thousand_people_are_found_by_id),
	cmocka_unit_test(a_damaged_person_is_named_by_file_and_line),
	cmocka_unit_test(a_line_without_its_end_is_a_torn_file),
	cmocka_unit_test(a_damaged_number_is_refused),
	cmocka_unit_test(a_damaged_label_is_refused),
	cmocka_unit_test(a_damaged_build_is_refused),
	cmocka_unit_test(half_a_state_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
