/* The program foyer-print as a technician meets it: exit status, words, bytes. */
#include "test.h"

#include "bitmap.h"
#include "help/page_decode.h"
#include "help/program_desk.h"

#include <jansson.h>
#include <sys/stat.h>

/* The exit status of foyer-print with these words, in the test's folder. */
static int run(const char *words)
{
	char line[1024];

	snprintf(line, sizeof(line), "\"$FOYER_BIN/foyer-print\" %s", words);
	return run_line(line);
}

static void assert_wrong_use(const char *words, const char *said)
{
	assert_int_equal(run(words), 2);
	assert_string_equal(out, "");
	assert_says(err, said);
}

/* Bytes that stand in the file of a file: printer. */
static size_t read_job(const char *name, uint8_t *to, size_t cap)
{
	FILE *f = fopen(scratch_name(&folder, name), "rb");

	if (!f)
		return 0;
	size_t n = fread(to, 1, cap, f);
	fclose(f);
	return n;
}

static bool is_there(const char *name)
{
	struct stat st;

	return stat(scratch_name(&folder, name), &st) == 0;
}

static void write_page(const char *name, uint32_t width, uint32_t height)
{
	static uint8_t dots[87 * 1109];
	struct bitmap b;

	for (size_t i = 0; i < sizeof(dots); i++)
		dots[i] = (uint8_t)(i * 2654435761u >> 11);
	assert_ok(bitmap_init(&b, width, height, dots, sizeof(dots)));
	assert_ok(bitmap_write_png(&b, scratch_name(&folder, name), 300));
}

TEST(print_help_is_an_answer)
{
	UNUSED(state);
	assert_int_equal(run("--help"), 0);
	assert_says(out, "usage: foyer-print VERB");
	assert_string_equal(err, "");
	assert_int_equal(run("help"), 0);
	assert_int_equal(run("-h"), 0);
}

TEST(print_every_verb_has_its_help)
{
	static const char *const words[] = {
		"list --help", "status -h", "test --help", "png --help"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(words); i++) {
		assert_int_equal(run(words[i]), 0);
		assert_says(out, "usage: foyer-print ");
		assert_string_equal(err, "");
	}
}

TEST(print_without_a_verb_or_with_a_wrong_one_is_wrong_use)
{
	UNUSED(state);
	assert_wrong_use("", "usage: foyer-print VERB");
	assert_wrong_use("frobnicate", "there is no verb `frobnicate`");
}

TEST(print_words_that_a_verb_does_not_know_are_wrong_use)
{
	UNUSED(state);
	assert_wrong_use("list usb:", "`usb:` is not understood here");
	assert_wrong_use("list --all", "`--all` is not understood here");
	assert_wrong_use("status --models", "`--models` is not understood here");
	assert_wrong_use("status usb: usb:", "`usb:` is not understood here");
	assert_wrong_use("test --json", "`--json` is not understood here");
	assert_wrong_use("png", "usage: foyer-print png FILE [URI]");
	assert_wrong_use("png a.png usb: more", "`more` is not understood here");
}

TEST(print_address_that_is_none_is_wrong_use)
{
	UNUSED(state);
	assert_wrong_use("status ftp:there", "`ftp:there` is no printer's address: it begins");
	assert_wrong_use("status usb:xyz", "is no printer's address: usb: wants");
	assert_wrong_use("status file:", "is no printer's address: the path");
	assert_wrong_use("test 'file:a?model=LaserJet'", "address: no such model");
	assert_wrong_use("status 'usb:?media=A4'", "address: no such media");
	assert_wrong_use("status 'file:a?model=TM-T88V&media=62x100'", "address: no such media");
	assert_wrong_use("status 'usb:?colour=red'", "address: behind ? stand only");
}

TEST(print_lists_every_model_it_knows)
{
	UNUSED(state);
	assert_int_equal(run("list --models"), 0);
	assert_says(out, "QL-820NWB");
	assert_says(out, "TM-m30");
	assert_says(out, "ESC/POS 203");
	assert_string_equal(err, "");
}

TEST(print_lists_models_for_machines)
{
	UNUSED(state);
	assert_int_equal(run("list --models --json"), 0);
	json_t *all = json_loads(out, 0, NULL);
	assert_true(json_is_array(all) && json_array_size(all) >= 11);
	for (size_t i = 0; i < json_array_size(all); i++) {
		json_t *one = json_array_get(all, i);
		assert_true(json_is_string(json_object_get(one, "model")));
		assert_true(json_integer_value(json_object_get(one, "dpi")) >= 180);
	}
	json_decref(all);
}

TEST(print_file_is_a_ready_printer)
{
	UNUSED(state);
	assert_int_equal(run("status 'file:job?model=TM-T88V'"), 0);
	assert_says(out, "TM-T88V ready: ");
	assert_int_equal(run("status file:job --json"), 0);
	json_t *said = json_loads(out, 0, NULL);
	assert_true(json_is_true(json_object_get(said, "ready")));
	assert_string_equal(json_string_value(json_object_get(said, "state")), "ready");
	assert_string_equal(json_string_value(json_object_get(said, "model")), "QL-820NWB");
	json_decref(said);
}

TEST(print_asking_a_file_does_not_make_it)
{
	UNUSED(state);
	assert_int_equal(run("status file:asked"), 0);
	assert_false(is_there("asked"));
}

TEST(print_file_in_no_folder_is_3_with_the_path_and_why)
{
	UNUSED(state);
	assert_int_equal(run("status file:nowhere/job"), 3);
	assert_says(out, "no-file: ");
	assert_says(out, "nowhere/job: No such file or directory");
	assert_int_equal(run("status file:nowhere/job --json"), 3);
	json_t *said = json_loads(out, 0, NULL);
	assert_true(json_is_false(json_object_get(said, "ready")));
	json_decref(said);
	assert_int_equal(run("test file:nowhere/job"), 3);
	assert_says(err, "nowhere/job: No such file or directory");
	assert_says(err, "make its folder");
	assert_null(strstr(err, "busy"));
	assert_false(is_there("nowhere"));
}

TEST(print_usb_printer_that_is_not_there_is_3)
{
	UNUSED(state);
	assert_int_equal(run("status usb:ffff:fffe"), 3);
	assert_says(out, "none: ");
	assert_int_equal(run("status usb:ffff:fffe --json"), 3);
	assert_int_equal(run("test usb:ffff:fffe"), 3);
	assert_says(err, "none: ");
}

TEST(print_test_page_has_a_frame_of_black_dots)
{
	static uint8_t bytes[1 << 20];
	static struct decoded d;
	UNUSED(state);

	assert_int_equal(run("test 'file:test.bin?model=QL-820NWB'"), 0);
	assert_says(err, "it came out");
	size_t n = read_job("test.bin", bytes, sizeof(bytes));
	decode_brother((struct span){bytes, n}, 90, &d);
	assert_null(d.fault);
	for (uint32_t x = 0; x < 696; x++)
		assert_true(decode_brother_dot(&d, 696, 12, x, 0));
	for (uint32_t y = 0; y < 1109; y++)
		assert_true(decode_brother_dot(&d, 696, 12, 0, y) &&
			    decode_brother_dot(&d, 696, 12, 695, y));
	assert_false(decode_brother_dot(&d, 696, 12, 90, 90));
}

TEST(print_test_page_of_each_language_goes_out_whole)
{
	static uint8_t bytes[1 << 20];
	static struct decoded d;
	UNUSED(state);

	assert_int_equal(run("test 'file:t.bin?model=tm-t20iii'"), 2);
	assert_int_equal(run("test 'file:t.bin?model=TM-T88V'"), 0);
	size_t n = read_job("t.bin", bytes, sizeof(bytes));
	decode_escpos((struct span){bytes, n}, &d);
	assert_null(d.fault);
	assert_true(d.rows > 500);
}

TEST(print_png_sends_the_pictures_very_dots)
{
	static uint8_t bytes[1 << 20];
	static struct decoded d;
	struct bitmap b;
	UNUSED(state);

	write_page("page.png", 696, 1109);
	assert_int_equal(run("png page.png file:png.bin"), 0);
	size_t n = read_job("png.bin", bytes, sizeof(bytes));
	decode_brother((struct span){bytes, n}, 90, &d);
	assert_null(d.fault);
	assert_ok(bitmap_read_png(&b, scratch_name(&folder, "page.png")));
	for (uint32_t y = 0; y < b.height; y++)
		for (uint32_t x = 0; x < b.width; x++)
			assert_true(decode_brother_dot(&d, 696, 12, x, y) == bitmap_get(&b, x, y));
	free(b.dots);
}

TEST(print_png_of_another_size_says_both_sizes_and_sends_nothing)
{
	UNUSED(state);
	write_page("small.png", 100, 50);
	assert_int_equal(run("png small.png file:small.bin"), 1);
	assert_says(err, "does not fit");
	assert_says(err, "it has 100 x 50 dots, 62x100 takes 696 x 1109");
	assert_false(is_there("small.bin"));
}

TEST(print_png_that_is_missing_or_none_is_named)
{
	UNUSED(state);
	assert_int_equal(run("png missing.png file:x.bin"), 3);
	assert_says(err, "missing.png: ");
	assert_int_equal(run("png out file:x.bin"), 1);
	assert_says(err, "out: is no PNG");
	assert_false(is_there("x.bin"));
}

TEST(print_png_with_a_wrong_address_is_wrong_use)
{
	UNUSED(state);
	write_page("page.png", 696, 1109);
	assert_wrong_use("png page.png nowhere", "`nowhere` is no printer's address");
}

TEST(print_on_a_full_disk_says_that_it_may_have_come_out)
{
	UNUSED(state);
	assert_int_equal(run("test file:/dev/full"), 3);
	assert_says(err, "please look");
}

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&folder);
	return getenv("FOYER_BIN") ? 0 : -1;
}

static int tear_down(void **state)
{
	UNUSED(state);
	scratch_remove(&folder);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(print_help_is_an_answer),
	cmocka_unit_test(print_every_verb_has_its_help),
	cmocka_unit_test(print_without_a_verb_or_with_a_wrong_one_is_wrong_use),
	cmocka_unit_test(print_words_that_a_verb_does_not_know_are_wrong_use),
	cmocka_unit_test(print_address_that_is_none_is_wrong_use),
	cmocka_unit_test(print_lists_every_model_it_knows),
	cmocka_unit_test(print_lists_models_for_machines),
	cmocka_unit_test(print_file_is_a_ready_printer),
	cmocka_unit_test(print_asking_a_file_does_not_make_it),
	cmocka_unit_test(print_file_in_no_folder_is_3_with_the_path_and_why),
	cmocka_unit_test(print_usb_printer_that_is_not_there_is_3),
	cmocka_unit_test(print_test_page_has_a_frame_of_black_dots),
	cmocka_unit_test(print_test_page_of_each_language_goes_out_whole),
	cmocka_unit_test(print_png_sends_the_pictures_very_dots),
	cmocka_unit_test(print_png_of_another_size_says_both_sizes_and_sends_nothing),
	cmocka_unit_test(print_png_that_is_missing_or_none_is_named),
	cmocka_unit_test(print_png_with_a_wrong_address_is_wrong_use),
	cmocka_unit_test(print_on_a_full_disk_says_that_it_may_have_come_out),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
