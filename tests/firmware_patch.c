/* Patches: they turn the old file into the new one, or say that they cannot. */
#include "test.h"

#include "patch.h"

enum { OLD = 60000, MORE = 3000 };

static uint8_t old_bytes[OLD], new_bytes[OLD + MORE], got[OLD + MORE];
static const struct span old_file = {old_bytes, OLD}, new_file = {new_bytes, OLD + MORE};

/* Like a roster: noise, of which some places change, and more at the end. */
static int set_up(void **state)
{
	unsigned seed = 7;

	UNUSED(state);
	for (size_t i = 0; i < OLD + MORE; i++)
		new_bytes[i] = (uint8_t)rand_r(&seed);
	memcpy(old_bytes, new_bytes, OLD);
	for (size_t at = 5000; at < OLD; at += 9000)
		for (size_t i = 0; i < 200; i++)
			old_bytes[at + i] = (uint8_t)rand_r(&seed);
	return 0;
}

static void give_back(struct span patch)
{
	free((void *)(uintptr_t)patch.p);
}

static struct span make(struct span from, struct span to)
{
	struct span patch;

	assert_ok(patch_make(from, to, &patch));
	return patch;
}

TEST(a_patch_turns_the_old_file_into_the_new_one)
{
	struct span patch = make(old_file, new_file);
	UNUSED(state);

	assert_ok(patch_apply(old_file, patch, got, new_file.n));
	assert_memory_equal(got, new_bytes, new_file.n);
	give_back(patch);
}

TEST(a_patch_is_little_more_than_what_changed)
{
	struct span patch = make(old_file, new_file), back = make(new_file, old_file);
	UNUSED(state);

	assert_in_range(patch.n, 7 * 200 + MORE, 7 * 240 + MORE + 200);
	assert_in_range(back.n, 7 * 200, 7 * 240 + 200);
	assert_ok(patch_apply(new_file, back, got, old_file.n));
	assert_memory_equal(got, old_bytes, old_file.n);
	give_back(patch);
	give_back(back);
}

TEST(files_of_any_length_are_patched)
{
	static const size_t lengths[] = {0, 1, 2, 63, 1000, OLD};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(lengths); i++)
		for (size_t k = 0; k < COUNT(lengths); k++) {
			struct span from = {old_bytes, lengths[i]}, to = {new_bytes, lengths[k]};
			struct span patch = make(from, to);
			memset(got, 0xee, sizeof(got));
			assert_ok(patch_apply(from, patch, got, to.n));
			assert_memory_equal(got, to.p, to.n);
			assert_int_equal(got[to.n], 0xee);
			give_back(patch);
		}
}

TEST(the_same_files_give_the_same_patch)
{
	struct span one = make(old_file, new_file), two = make(old_file, new_file);
	UNUSED(state);

	assert_true(span_equal(one, two));
	give_back(one);
	give_back(two);
}

TEST(what_lies_far_back_in_a_long_file_is_found)
{
	enum { LONG = 20 << 20 };
	uint8_t *a = malloc(LONG), *b = malloc(LONG), *c = malloc(LONG);
	uint32_t x = 1;
	UNUSED(state);

	for (size_t i = 0; i < LONG; i++) {
		x = x * 1664525 + 1013904223;
		a[i] = (uint8_t)(x >> 24);
	}
	/* The halves change places. */
	memcpy(b, a + LONG / 2, LONG / 2);
	memcpy(b + LONG / 2, a, LONG / 2);
	struct span patch = make((struct span){a, LONG}, (struct span){b, LONG});
	assert_true(patch.n < 20000);
	assert_ok(patch_apply((struct span){a, LONG}, patch, c, LONG));
	assert_memory_equal(c, b, LONG);
	give_back(patch);
	free(a);
	free(b);
	free(c);
}

TEST(a_patch_of_another_length_is_refused)
{
	struct span patch = make(old_file, new_file);
	UNUSED(state);

	for (size_t n = 0; n < new_file.n; n += n < 100 ? 1 : 997)
		assert_err(patch_apply(old_file, patch, got, n), ERR_FORMAT);
	uint8_t *more = malloc(new_file.n + 9);
	assert_err(patch_apply(old_file, patch, more, new_file.n + 9), ERR_FORMAT);
	free(more);
	give_back(patch);
}

TEST(every_truncation_is_refused)
{
	struct span patch = make(old_file, new_file);
	UNUSED(state);

	for (size_t n = 0; n < patch.n; n += n < 300 || n + 300 > patch.n ? 1 : 13) {
		/* Memory of exactly that length: a read beyond is seen. */
		uint8_t *cut = malloc(n > 0 ? n : 1);
		memcpy(cut, patch.p, n);
		assert_err(
			patch_apply(old_file, (struct span){cut, n}, got, new_file.n), ERR_FORMAT);
		free(cut);
	}
	give_back(patch);
}

TEST(every_flipped_bit_is_found)
{
	struct span patch = make(old_file, new_file);
	uint8_t *bad = malloc(patch.n);
	size_t refused = 0, all = 0;
	UNUSED(state);

	memcpy(bad, patch.p, patch.n);
	for (size_t at = 0; at < patch.n; at += at < 400 || at + 50 > patch.n ? 1 : 29)
		for (unsigned bit = 0; bit < 8; bit++, all++) {
			bad[at] ^= (uint8_t)(1U << bit);
			enum err e =
				patch_apply(old_file, (struct span){bad, patch.n}, got, new_file.n);
			refused += e == ERR_FORMAT;
			/* A few bits of a frame say nothing about what comes out. */
			if (e == OK)
				assert_memory_equal(got, new_bytes, new_file.n);
			else
				assert_err(e, ERR_FORMAT);
			bad[at] ^= (uint8_t)(1U << bit);
		}
	assert_true(all - refused < 40);
	free(bad);
	give_back(patch);
}

TEST(another_old_file_is_found)
{
	struct span patch = make(old_file, new_file);
	UNUSED(state);

	for (size_t at = 0; at < OLD; at += 1009) {
		old_bytes[at] ^= 1;
		enum err e = patch_apply(old_file, patch, got, new_file.n);
		/* What changed anyway is not looked at. */
		if (e == OK)
			assert_memory_equal(got, new_bytes, new_file.n);
		else
			assert_err(e, ERR_FORMAT);
		old_bytes[at] ^= 1;
		assert_err(patch_apply((struct span){old_bytes, at}, patch, got, new_file.n),
			ERR_FORMAT);
	}
	give_back(patch);
}

TEST(what_is_no_patch_is_refused)
{
	UNUSED(state);

	assert_err(patch_apply(old_file, (struct span){0}, got, 10), ERR_FORMAT);
	assert_err(patch_apply(old_file, span_of("no patch"), got, 10), ERR_FORMAT);
	assert_err(patch_apply(old_file, new_file, got, new_file.n), ERR_FORMAT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_patch_turns_the_old_file_into_the_new_one),
	cmocka_unit_test(a_patch_is_little_more_than_what_changed),
	cmocka_unit_test(files_of_any_length_are_patched),
	cmocka_unit_test(the_same_files_give_the_same_patch),
	cmocka_unit_test(what_lies_far_back_in_a_long_file_is_found),
	cmocka_unit_test(a_patch_of_another_length_is_refused),
	cmocka_unit_test(every_truncation_is_refused),
	cmocka_unit_test(every_flipped_bit_is_found),
	cmocka_unit_test(another_old_file_is_found),
	cmocka_unit_test(what_is_no_patch_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, NULL);
}
