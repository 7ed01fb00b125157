/* The event's secrets: made once, kept together, refused when they are not whole. */
#include "help/event_folder.h"
#include "keys.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

static struct event_folder f;
static struct keys keys;

static int start(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	return keys_load(&keys, f.dir);
}

static int stop(void **state)
{
	UNUSED(state);
	event_folder_remove(&f);
	return 0;
}

TEST(keys_made_from_a_seed_are_the_same_again)
{
	struct event_folder other;
	struct keys again;
	UNUSED(state);

	event_folder_make(&other);
	assert_ok(keys_load(&again, other.dir));
	assert_memory_equal(&again, &keys, sizeof(keys));
	event_folder_remove(&other);
}

TEST(keys_are_never_made_over_others)
{
	struct keys again;
	UNUSED(state);

	assert_err(keys_create(f.dir, NULL), ERR_BUSY);
	/* One that is left is enough: a mixture of two sets opens nothing. */
	assert_int_equal(unlink(event_path(&f, "keys/event")), 0);
	assert_err(keys_create(f.dir, NULL), ERR_BUSY);
	assert_int_equal(access(event_path(&f, "keys/event"), F_OK), -1);
	assert_err(keys_load(&again, f.dir), ERR_ABSENT);
}

TEST(keys_at_random_differ)
{
	struct event_folder other;
	struct keys a, b;
	UNUSED(state);

	event_folder_make(&other);
	for (int i = 0; i < 2; i++) {
		static const char *const names[] = {
			"event", "root", "root.pub", "hub", "delegation"};
		for (size_t n = 0; n < COUNT(names); n++) {
			char name[32];
			snprintf(name, sizeof(name), "keys/%s", names[n]);
			assert_int_equal(unlink(event_path(&other, name)), 0);
		}
		assert_ok(keys_create(other.dir, NULL));
		assert_ok(keys_load(i ? &b : &a, other.dir));
	}
	assert_memory_not_equal(a.secret, b.secret, SEAL_KEY);
	assert_memory_not_equal(a.root, b.root, SEAL_PUBLIC);
	event_folder_remove(&other);
}

TEST(key_files_are_the_owners_alone)
{
	static const char *const names[] = {
		"keys/event", "keys/root", "keys/hub", "keys/delegation"};
	struct stat st;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(names); i++) {
		assert_int_equal(stat(event_path(&f, names[i]), &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	assert_int_equal(stat(event_path(&f, "keys"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

TEST(a_key_that_others_may_read_is_denied)
{
	static const struct keys nothing;
	struct keys k;
	UNUSED(state);

	for (mode_t m = 1; m < 0100; m <<= 1) {
		assert_int_equal(chmod(event_path(&f, "keys/event"), 0600 | m), 0);
		memset(&k, 0xaa, sizeof(k));
		assert_err(keys_load(&k, f.dir), ERR_DENIED);
		assert_memory_equal(&k, &nothing, sizeof(k));
	}
	assert_int_equal(chmod(event_path(&f, "keys/event"), 0600), 0);
	assert_int_equal(chmod(event_path(&f, "keys/root.pub"), 0644), 0);
	assert_ok(keys_load(&k, f.dir));
}

TEST(a_damaged_key_is_refused)
{
	static const char *const damaged[] = {"", "\n", "00\n", "zz", "0123456789abcdef\n"};
	struct event_folder other;
	struct keys k;
	UNUSED(state);

	event_folder_make(&other);
	for (size_t i = 0; i < COUNT(damaged); i++) {
		event_put(&other, "keys/event", damaged[i]);
		assert_err(keys_load(&k, other.dir), ERR_FORMAT);
	}
	event_folder_remove(&other);
}

TEST(keys_that_do_not_belong_together_are_refused)
{
	static const char seed[] =
		"00000000000000000000000000000000000000000000000000000000000000ff\n";
	struct event_folder other;
	struct keys k;
	UNUSED(state);

	event_folder_make(&other);
	event_put(&other, "keys/hub", seed);
	assert_err(keys_load(&k, other.dir), ERR_FORMAT);
	event_folder_remove(&other);
	event_folder_make(&other);
	event_put(&other, "keys/root.pub", seed);
	assert_err(keys_load(&k, other.dir), ERR_FORMAT);
	event_folder_remove(&other);
}

TEST(a_hub_works_on_without_the_root)
{
	struct event_folder other;
	struct keys k;
	UNUSED(state);

	event_folder_make(&other);
	assert_int_equal(unlink(event_path(&other, "keys/root")), 0);
	assert_ok(keys_load(&k, other.dir));
	event_folder_remove(&other);
}

TEST(every_token_differs_by_kind_epoch_issue_and_person)
{
	static const struct {
		enum token_kind kind;
		uint32_t epoch, issue;
		const char *id;
	} ways[] = {{TOKEN_INVITATION, 1, 1, "a1"}, {TOKEN_BADGE, 1, 1, "a1"},
		{TOKEN_CARD, 1, 1, "a1"}, {TOKEN_BADGE, 2, 1, "a1"}, {TOKEN_BADGE, 1, 2, "a1"},
		{TOKEN_BADGE, 1, 1, "a11"}, {TOKEN_BADGE, 1, 1, "b1"}};
	struct token t[COUNT(ways)];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(ways); i++) {
		keys_token(&keys, ways[i].kind, ways[i].epoch, ways[i].issue, ways[i].id, &t[i]);
		assert_int_equal(t[i].kind, ways[i].kind);
		assert_int_equal(t[i].epoch, ways[i].epoch);
		for (size_t n = 0; n < i; n++)
			assert_memory_not_equal(t[i].secret, t[n].secret, TOKEN_SECRET);
	}
}

TEST(every_derived_key_differs_by_name_and_epoch)
{
	uint8_t key[2 * (KEY_PROTOCOL + 1)][SEAL_KEY];
	UNUSED(state);

	for (unsigned i = 0; i < COUNT(key); i++) {
		keys_derive(&keys, i / 2, 1 + i % 2, key[i]);
		for (unsigned n = 0; n < i; n++)
			assert_memory_not_equal(key[i], key[n], SEAL_KEY);
	}
}

TEST(a_records_key_changes_with_generation_incarnation_and_protection)
{
	const struct record_key ways[] = {{"a1", 0, 1, 1, false}, {"a1", 0, 2, 1, false},
		{"a1", 1, 1, 1, false}, {"a1", 0, 1, 1, true}, {"a1", 0, 1, 2, true},
		{"a2", 0, 1, 1, false}};
	uint8_t key[COUNT(ways)][SEAL_RECORD_KEY];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(ways); i++) {
		keys_record(&keys, ways[i], key[i]);
		for (size_t n = 0; n < i; n++)
			assert_memory_not_equal(key[i], key[n], SEAL_RECORD_KEY);
	}
}

TEST(a_pin_is_eight_digits_and_a_new_number_gives_another)
{
	char pin[PIN_DIGITS + 1], other[PIN_DIGITS + 1];
	UNUSED(state);

	for (uint32_t i = 1; i < 200; i++) {
		keys_pin(&keys, (struct card_pin){1, i, "d4"}, pin);
		assert_int_equal(strlen(pin), PIN_DIGITS);
		assert_int_equal(strspn(pin, "0123456789"), PIN_DIGITS);
		keys_pin(&keys, (struct card_pin){1, i + 1, "d4"}, other);
		assert_string_not_equal(pin, other);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(keys_made_from_a_seed_are_the_same_again),
	cmocka_unit_test(keys_at_random_differ),
	cmocka_unit_test(key_files_are_the_owners_alone),
	cmocka_unit_test(a_key_that_others_may_read_is_denied),
	cmocka_unit_test(a_damaged_key_is_refused),
	cmocka_unit_test(keys_that_do_not_belong_together_are_refused),
	cmocka_unit_test(a_hub_works_on_without_the_root),
	cmocka_unit_test(every_token_differs_by_kind_epoch_issue_and_person),
	cmocka_unit_test(every_derived_key_differs_by_name_and_epoch),
	cmocka_unit_test(a_records_key_changes_with_generation_incarnation_and_protection),
	cmocka_unit_test(a_pin_is_eight_digits_and_a_new_number_gives_another),
	cmocka_unit_test(keys_are_never_made_over_others),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
