/* Scanners that type: marked, grabbed, torn, plugged out and in. */
#include "test.h"

#include "help/fake_evdev.h"
#include "help/scanner_desk.h"
#include "help/typist.h"

#include <linux/input.h>
#include <unistd.h>

static int plug_set_up(void **state)
{
	fake_evdev_grabbed_elsewhere(false);
	fake_evdev_has_keys(true);
	return set_up(state);
}

static void type(int device, int layout, const char *text)
{
	struct press presses[4 * 64 + 2];
	size_t n = typist_type(&(struct typist){.layout = layout}, text, true, presses);

	for (size_t i = 0; i < n; i++)
		fake_evdev_key(device, presses[i].key, presses[i].value);
}

static void mark(const char *line)
{
	FILE *f = fopen(scratch_name(&scratch, "c0:0"), "w");

	assert_non_null(f);
	fprintf(f, "I:12345\n%s\n", line);
	fclose(f);
}

static struct scanner *open_typed(const char *path)
{
	struct scanner *s;
	char uri[160];

	snprintf(uri, sizeof(uri), "evdev:%s", path);
	assert_ok(scanner_open(&s, uri));
	return s;
}

TEST(a_typing_scanner_is_grabbed_and_read)
{
	char path[128];
	int grabs = fake_evdev_grabs();
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 0x0c2e, 0x0b61);
	struct scanner *s = open_typed(path);
	assert_int_equal(fake_evdev_grabs(), grabs + 1);
	for (int layout = 0; layout < TYPISTS; layout++) {
		type(device, layout, code);
		enum err e = ERR_ABSENT;
		struct scan out;
		for (int i = 0; i < 20 && e == ERR_ABSENT; i++)
			e = scanner_read(s, &out);
		assert_ok(e);
		assert_string_equal(out.text, code);
		assert_nothing(s);
	}
	scanner_close(s);
	fake_evdev_unplug(path, device);
}

TEST(a_torn_event_waits_for_its_rest)
{
	struct input_event e = {.type = EV_KEY, .code = KEY_A, .value = 1};
	const uint8_t *bytes = (const uint8_t *)&e;
	char path[128];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	struct scanner *s = open_typed(path);
	assert_int_equal(write(device, bytes, 10), 10);
	assert_nothing(s);
	assert_int_equal(write(device, bytes + 10, sizeof(e) - 10), sizeof(e) - 10);
	fake_evdev_key(device, KEY_ENTER, 1);
	assert_scan(s, SCAN_FOREIGN, "a");
	scanner_close(s);
	fake_evdev_unplug(path, device);
}

TEST(keys_the_kernel_dropped_tear_the_code)
{
	char path[128];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	struct scanner *s = open_typed(path);
	fake_evdev_key(device, KEY_A, 1);
	fake_evdev_sync(device, SYN_DROPPED);
	fake_evdev_key(device, KEY_B, 1); /* up to the next report: not to be trusted */
	fake_evdev_key(device, KEY_C, 1);
	fake_evdev_key(device, KEY_ENTER, 1);
	assert_scan(s, SCAN_FOREIGN, "c");
	scanner_close(s);
	fake_evdev_unplug(path, device);
}

TEST(silence_ends_a_typed_code)
{
	char path[128];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	struct scanner *s = open_typed(path);
	fake_evdev_key(device, KEY_A, 1);
	assert_nothing(s);
	assert_int_equal(scanner_wait_ms(s), WEDGE_QUIET_MS);
	now.boot_ms += WEDGE_QUIET_MS;
	assert_scan(s, SCAN_FOREIGN, "a");
	assert_int_equal(scanner_wait_ms(s), -1);
	scanner_close(s);
	fake_evdev_unplug(path, device);
}

TEST(alone_evdev_takes_only_a_marked_device)
{
	struct scanner *s;
	char path[128];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	mark("E:ID_INPUT_KEYBOARD=1");
	assert_ok(scanner_open(&s, "evdev:"));
	assert_false(scanner_present(s));
	mark("E:FOYER_SCANNER=10");
	now.boot_ms += scanner_wait_ms(s);
	assert_nothing(s);
	assert_false(scanner_present(s));
	mark("E:FOYER_SCANNER=1");
	now.boot_ms += scanner_wait_ms(s);
	assert_nothing(s);
	assert_true(scanner_present(s));
	scanner_close(s);
	fake_evdev_unplug(path, device);
}

TEST(evdev_by_id_takes_that_device)
{
	char first[128], second[128];
	struct scanner *s;
	UNUSED(state);

	strcpy(first, scratch_name(&scratch, "event4"));
	strcpy(second, scratch_name(&scratch, "event10"));
	int one = fake_evdev_plug(first, 0x0c2e, 1), two = fake_evdev_plug(second, 0x0c2e, 2);
	fake_evdev_plug_other(scratch_name(&scratch, "event5"));
	assert_ok(scanner_open(&s, "evdev:0c2e:0002"));
	assert_true(scanner_present(s));
	type(one, TYPIST_US, "ONE");
	type(two, TYPIST_US, "TWO");
	assert_scan(s, SCAN_FOREIGN, "TWO");
	assert_nothing(s);
	scanner_close(s);
	fake_evdev_unplug(first, one);
	fake_evdev_unplug(second, two);
}

TEST(a_device_without_letters_is_no_scanner)
{
	struct scanner *s;
	char path[128], uri[160];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	fake_evdev_has_keys(false);
	snprintf(uri, sizeof(uri), "evdev:%s", path);
	assert_err(scanner_open(&s, uri), ERR_FORMAT);
	assert_err(scanner_open(&s, "evdev:/dev/null"), ERR_FORMAT);
	fake_evdev_unplug(path, device);
}

TEST(a_device_grabbed_by_another_program_is_busy)
{
	struct scanner *s;
	char path[128], uri[160];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	fake_evdev_grabbed_elsewhere(true);
	snprintf(uri, sizeof(uri), "evdev:%s", path);
	assert_err(scanner_open(&s, uri), ERR_BUSY);
	assert_err(scanner_open(&s, "evdev:1:2"), ERR_BUSY);
	fake_evdev_unplug(path, device);
}

TEST(a_scanner_unplugged_in_mid_code_comes_back_clean)
{
	char path[128];
	UNUSED(state);

	strcpy(path, scratch_name(&scratch, "event4"));
	int device = fake_evdev_plug(path, 1, 2);
	struct scanner *s = open_typed(path);
	fake_evdev_key(device, KEY_Z, 1);
	fake_evdev_key(device, KEY_Q, 1);
	assert_nothing(s);
	fake_evdev_unplug(path, device);
	assert_gone(s);
	now.boot_ms += scanner_wait_ms(s);
	assert_nothing(s);
	assert_false(scanner_present(s));
	device = fake_evdev_plug(path, 1, 2);
	now.boot_ms += scanner_wait_ms(s);
	type(device, TYPIST_FR, "AB");
	assert_scan(s, SCAN_FOREIGN, "QB");
	assert_true(scanner_present(s));
	scanner_close(s);
	fake_evdev_unplug(path, device);
}

TEST(a_missing_input_folder_is_no_fault)
{
	struct scanner *s;
	UNUSED(state);

	scanner_evdev_places = (struct scanner_places){"/nowhere", "/nowhere"};
	assert_ok(scanner_open(&s, "evdev:"));
	assert_false(scanner_present(s));
	scanner_close(s);
	assert_false(scanner_evdev_marked("/nowhere/event0"));
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, plug_set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(a_typing_scanner_is_grabbed_and_read),
	AT(a_torn_event_waits_for_its_rest),
	AT(keys_the_kernel_dropped_tear_the_code),
	AT(silence_ends_a_typed_code),
	AT(alone_evdev_takes_only_a_marked_device),
	AT(evdev_by_id_takes_that_device),
	AT(a_device_without_letters_is_no_scanner),
	AT(a_device_grabbed_by_another_program_is_busy),
	AT(a_scanner_unplugged_in_mid_code_comes_back_clean),
	AT(a_missing_input_folder_is_no_fault),
};

RUN_TESTS(tests)
