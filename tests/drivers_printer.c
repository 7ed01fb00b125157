/* The printer over links that fail as told, and over files: states, jobs, addresses. */
#include "test.h"

#include "help/fake_link.h"
#include "help/page_decode.h"
#include "help/scratch.h"
#include "model.h"
#include "usb_holder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct printer *printer;
static struct printer_times times;
static uint8_t dots[87 * 1109];
static struct bitmap page;
static struct scratch scratch;

static int set_up(void **state)
{
	(void)state;
	static const struct link_address any = {.any = true};
	fake_link_reset();
	times = fake_link_times();
	scratch_make(&scratch);
	for (size_t i = 0; i < sizeof(dots); i++)
		dots[i] = (uint8_t)(i * 2654435761u >> 13);
	if (bitmap_init(&page, 696, 1109, dots, sizeof(dots)) != OK)
		return 1;
	return printer_open_link(&printer, &fake_link_table, &any, "", &times) != OK;
}

static int tear_down(void **state)
{
	(void)state;
	printer_close(printer);
	scratch_remove(&scratch);
	printer = NULL;
	return 0;
}

static enum printer_state after(unsigned ms)
{
	struct printer_status s;
	int64_t end = fake_link.now + ms;
	while (fake_link.now < end)
		printer_wait(printer, 100, &s);
	return s.state;
}

struct notes {
	enum printer_job states[8];
	size_t n;
	enum printer_job refused;
	bool refuses;
	const char *path; /* a file of states */
	enum printer_job die_at;
};

static enum err note(void *context, enum printer_job s)
{
	struct notes *t = context;
	assert_true(t->n < COUNT(t->states));
	t->states[t->n++] = s;
	return t->refuses && s == t->refused ? ERR_IO : OK;
}

static enum err print(struct notes *t, enum printer_job *end)
{
	const struct printer_watch w = {.note = note, .context = t};
	return printer_print(printer, &page, &w, end);
}

static void assert_notes(const struct notes *t, const enum printer_job *want, size_t n)
{
	assert_int_equal(t->n, n);
	assert_memory_equal(t->states, want, n * sizeof(*want));
}
#define ASSERT_NOTES(t, ...)                                                                       \
	assert_notes(t, (const enum printer_job[]){__VA_ARGS__},                                   \
		COUNT(((const enum printer_job[]){__VA_ARGS__})))

TEST(printer_confirmed_job_passes_every_state)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	assert_ok(print(&t, &end));
	ASSERT_NOTES(&t, PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_SENT,
		PRINTER_JOB_CONFIRMED);
	assert_int_equal(fake_link.sends, 1);
}

TEST(printer_sends_nothing_if_prepared_cannot_be_noted)
{
	UNUSED(state);
	struct notes t = {.refuses = true, .refused = PRINTER_JOB_PREPARED};
	enum printer_job end;
	assert_err(print(&t, &end), ERR_IO);
	ASSERT_NOTES(&t, PRINTER_JOB_PREPARED, PRINTER_JOB_FAILED);
	assert_int_equal(fake_link.sends, 0);
}

TEST(printer_sends_nothing_if_sending_cannot_be_noted)
{
	UNUSED(state);
	struct notes t = {.refuses = true, .refused = PRINTER_JOB_SENDING};
	enum printer_job end;
	assert_err(print(&t, &end), ERR_IO);
	ASSERT_NOTES(&t, PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_FAILED);
	assert_int_equal(fake_link.sends, 0);
}

TEST(printer_job_goes_on_if_what_is_out_already_cannot_be_noted)
{
	UNUSED(state);
	struct notes t = {.refuses = true, .refused = PRINTER_JOB_SENT};
	enum printer_job end;
	assert_ok(print(&t, &end));
	ASSERT_NOTES(&t, PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_SENT,
		PRINTER_JOB_CONFIRMED);
	assert_int_equal(fake_link.sends, 1);
}

static bool nobody_waits(void *context, const struct printer_status *status)
{
	UNUSED(context);
	UNUSED(status);
	return false;
}

TEST(printer_that_is_not_known_yet_and_not_waited_for_gets_nothing)
{
	UNUSED(state);
	const struct printer_watch w = {.wait = nobody_waits};
	enum printer_job end;
	fake_link.mute = true;
	fake_link.arrivals++;
	assert_err(printer_print(printer, &page, &w, &end), ERR_BUSY);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	assert_int_equal(fake_link.sends, 0);
}

TEST(printer_that_does_not_take_the_paper_asked_for_is_unknown)
{
	UNUSED(state);
	static const struct link_address any = {.any = true};
	enum printer_job end;
	printer_close(printer);
	assert_ok(printer_open_link(&printer, &fake_link_table, &any, "80", &times));
	assert_int_equal(after(3000), PRINTER_UNKNOWN);
	assert_err(printer_print(printer, &page, NULL, &end), ERR_BUSY);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	assert_int_equal(fake_link.sends, 0);
}

TEST(printer_address_with_a_part_that_is_too_long_is_full)
{
	UNUSED(state);
	static char path[700] = "file:";
	struct printer *p;
	assert_err(printer_open(&p, "file:x?media=aaaaaaaaaaaaaaaaaaaa", NULL), ERR_FULL);
	assert_null(p);
	memset(path + 5, 'a', sizeof(path) - 6);
	assert_err(printer_open(&p, path, NULL), ERR_FULL);
}

TEST(printer_that_never_confirms_leaves_a_job_uncertain)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	fake_link.confirms = false;
	assert_err(print(&t, &end), ERR_TIMEOUT);
	ASSERT_NOTES(&t, PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_SENT,
		PRINTER_JOB_UNCERTAIN);
	assert_int_equal(fake_link.sends, 1);
}

TEST(printer_that_stops_taking_bytes_is_given_up_after_20_s)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	fake_link.accepts = 5000;
	assert_err(print(&t, &end), ERR_TIMEOUT);
	assert_true(fake_link.now >= 20000 && fake_link.now < 30000);
	ASSERT_NOTES(&t, PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_UNCERTAIN);
	after(5000);
	assert_int_equal(fake_link.sends, 1);
}

TEST(printer_without_paper_in_mid_job_is_waited_for_longer)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	fake_link.accepts = 5000;
	fake_link.port = 0x30;
	assert_err(print(&t, &end), ERR_TIMEOUT);
	assert_true(fake_link.now >= 600000);
}

/* Paper comes after a minute; the printer draws it in for 5 s before it takes bytes again. */
static bool refill(void *context, const struct printer_status *status)
{
	UNUSED(context);
	UNUSED(status);
	if (fake_link.now >= 60000)
		fake_link.port = 0x18;
	if (fake_link.now >= 65000)
		fake_link.accepts = SIZE_MAX;
	return true;
}

TEST(printer_that_got_paper_has_the_usual_time_to_go_on)
{
	UNUSED(state);
	const struct printer_watch w = {NULL, refill, NULL};
	enum printer_job end;
	fake_link.accepts = 5000;
	fake_link.port = 0x30;
	assert_ok(printer_print(printer, &page, &w, &end));
	assert_int_equal(end, PRINTER_JOB_CONFIRMED);
	assert_int_equal(fake_link.sends, 1);
}

TEST(printer_link_that_fails_leaves_a_job_uncertain)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	fake_link.accepts = 5000;
	fake_link.refuses = ERR_IO;
	assert_err(print(&t, &end), ERR_IO);
	assert_int_equal(end, PRINTER_JOB_UNCERTAIN);
}

TEST(printer_that_is_not_there_gets_no_job)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	fake_link.there = PRINTER_UNPLUGGED;
	after(100);
	assert_err(print(&t, &end), ERR_ABSENT);
	ASSERT_NOTES(&t, PRINTER_JOB_FAILED);
}

TEST(printer_refuses_a_page_of_another_size)
{
	UNUSED(state);
	struct notes t = {0};
	enum printer_job end;
	after(3000);
	page.height = 1108;
	assert_err(print(&t, &end), ERR_FORMAT);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	assert_int_equal(fake_link.sends, 0);
}

TEST(printer_takes_endless_paper_for_a_label)
{
	UNUSED(state);
	struct printer_page g;
	fake_link.length_mm = 0;
	assert_int_equal(after(3000), PRINTER_READY);
	printer_page(printer, &g);
	assert_int_equal(g.height, 1109);
	assert_string_equal(g.media, "62x100");
}

TEST(printer_with_another_roll_says_wrong_roll_until_changed)
{
	UNUSED(state);
	fake_link.width_mm = 29;
	assert_int_equal(after(3000), PRINTER_WRONG_ROLL);
	fake_link.width_mm = 62;
	assert_int_equal(after(3000), PRINTER_READY);
}

TEST(printer_with_a_two_colour_roll_says_wrong_roll)
{
	UNUSED(state);
	fake_link.length_mm = 0;
	fake_link.two_colour = 1;
	assert_int_equal(after(3000), PRINTER_WRONG_ROLL);
}

TEST(printer_that_does_not_answer_is_silent_then_heals)
{
	UNUSED(state);
	fake_link.mute = true;
	assert_int_equal(after(12000), PRINTER_SILENT);
	fake_link.mute = false;
	assert_int_equal(after(6000), PRINTER_READY);
}

TEST(printer_every_state_has_words_and_a_remedy)
{
	UNUSED(state);
	for (unsigned i = 0; i < PRINTER_STATES; i++) {
		assert_true(strlen(printer_state_word((enum printer_state)i)) > 0);
		assert_true(strlen(printer_state_text((enum printer_state)i)) > 0);
		if (i != PRINTER_READY)
			assert_true(strlen(printer_state_remedy((enum printer_state)i)) > 0);
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(printer_state_word((enum printer_state)i),
				printer_state_word((enum printer_state)k));
	}
}

TEST(printer_address_that_is_none_is_refused)
{
	UNUSED(state);
	static const char *const wrong[] = {"", "usb", "file", "file:", "tcp:host:9100", "usb:12",
		"usb:12345:1", "usb:xx:yy", "usb:?model=QL-9", "usb:?media=99", "file:x?media=80",
		"file:x?colour=red", "file:%0", "file:%zz", "file:a%00b"};
	struct printer *p;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_err(printer_open(&p, wrong[i], NULL), ERR_FORMAT);
}

TEST(printer_models_are_found_in_any_case)
{
	UNUSED(state);
	assert_ptr_equal(model_by_name(span_of("ql-820nwb")), model_by_name(span_of("QL-820NWB")));
	assert_ptr_equal(model_by_name(span_of("esc/pos 203")), &models[model_count - 1]);
	assert_null(model_by_name(span_of("QL-82")));
}

static const char *file_uri(const char *name, const char *query)
{
	static char uri[256];
	snprintf(uri, sizeof(uri), "file:%s%s", scratch_name(&scratch, name), query);
	return uri;
}

static size_t file_size(const char *name)
{
	struct stat s;
	return stat(scratch_name(&scratch, name), &s) == 0 ? (size_t)s.st_size : 0;
}

TEST(printer_file_gets_the_bytes_of_a_job_and_no_more)
{
	UNUSED(state);
	static uint8_t bytes[1 << 18];
	static struct decoded d;
	struct printer *p;
	enum printer_job end;
	assert_ok(printer_open(&p, file_uri("a", "?model=ql-820nwb&media=62x100"), NULL));
	assert_ok(printer_print(p, &page, NULL, &end));
	assert_int_equal(end, PRINTER_JOB_CONFIRMED);
	printer_close(p);
	int fd = open(scratch_name(&scratch, "a"), O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, bytes, sizeof(bytes));
	close(fd);
	assert_true(n > 0);
	decode_brother((struct span){bytes, (size_t)n}, 90, &d);
	assert_null(d.fault);
	assert_int_equal(d.rows, 1109);
}

TEST(printer_file_of_a_second_job_is_appended)
{
	UNUSED(state);
	struct printer *p;
	enum printer_job end;
	assert_ok(printer_open(&p, file_uri("b%20c", ""), NULL));
	assert_ok(printer_print(p, &page, NULL, &end));
	size_t once = file_size("b c");
	assert_ok(printer_print(p, &page, NULL, &end));
	printer_close(p);
	assert_true(once > 400);
	assert_int_equal(file_size("b c"), 2 * once);
}

TEST(printer_file_on_a_full_disk_is_uncertain)
{
	UNUSED(state);
	struct printer *p;
	enum printer_job end;
	assert_ok(printer_open(&p, "file:/dev/full", NULL));
	assert_err(printer_print(p, &page, NULL, &end), ERR_IO);
	assert_int_equal(end, PRINTER_JOB_UNCERTAIN);
	printer_close(p);
}

TEST(printer_file_in_no_folder_is_no_file)
{
	UNUSED(state);
	struct printer *p;
	struct printer_status s;
	enum printer_job end;
	assert_ok(printer_open(&p, file_uri("no/such/folder", ""), NULL));
	printer_wait(p, 1, &s);
	assert_int_equal(s.state, PRINTER_NO_FILE);
	assert_err(printer_print(p, &page, NULL, &end), ERR_ABSENT);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	printer_close(p);
}

TEST(printer_page_of_each_paper)
{
	UNUSED(state);
	struct printer *p;
	struct printer_page g;
	assert_ok(printer_open(&p, file_uri("c", "?model=TM-T88V"), NULL));
	printer_page(p, &g);
	assert_int_equal(g.width, 512);
	assert_int_equal(g.dpi, 180);
	printer_close(p);
	assert_ok(printer_open(&p, file_uri("c", "?model=ESC/POS%20203&media=80"), NULL));
	printer_page(p, &g);
	assert_int_equal(g.width, 576);
	assert_int_equal(g.dpi, 203);
	printer_close(p);
}

TEST(printer_file_wait_is_ended_by_waking)
{
	UNUSED(state);
	struct printer *p;
	assert_ok(printer_open(&p, file_uri("w", ""), NULL));
	printer_wake(p);
	printer_wait(p, 600000, NULL);
	printer_close(p);
}

TEST(printer_holder_is_named_with_its_process)
{
	UNUSED(state);
	static const char *const folders[] = {"bus", "bus/usb", "bus/usb/001"};
	char name[64], want[32], ready;
	int ends[2];
	for (size_t i = 0; i < COUNT(folders); i++)
		assert_int_equal(mkdir(scratch_name(&scratch, folders[i]), 0700), 0);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		int fd = open(scratch_name(&scratch, "bus/usb/001/237"), O_CREAT | O_RDWR, 0600);
		if (fd < 0 || write(ends[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ends[0], &ready, 1), 1);
	usb_holder_name(1, 237, name, sizeof(name));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ends[0]);
	close(ends[1]);
	snprintf(want, sizeof(want), "process %d", (int)child);
	assert_non_null(strstr(name, want));
	usb_holder_name(1, 237, name, sizeof(name));
	assert_string_equal(name, "");
	unlink(scratch_name(&scratch, "bus/usb/001/237"));
	for (size_t i = COUNT(folders); i-- > 0;)
		rmdir(scratch_name(&scratch, folders[i]));
}

/* The child's journal: one byte a state, on the disk before the state is entered. */
static enum err note_and_die(void *context, enum printer_job s)
{
	const struct notes *t = context;
	char c = (char)('0' + s);
	int fd = open(t->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	bool written = fd >= 0 && write(fd, &c, 1) == 1 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (s == t->die_at)
		raise(SIGKILL);
	return written ? OK : ERR_IO;
}

static void print_and_die(enum printer_job die_at, char last[static 1])
{
	char journal[200], uri[256];
	struct printer *p;
	enum printer_job end;
	int status;
	snprintf(journal, sizeof(journal), "%s", scratch_name(&scratch, "journal"));
	snprintf(uri, sizeof(uri), "%s", file_uri("paper", ""));
	pid_t child = fork();
	if (child == 0) {
		struct notes t = {.path = journal, .die_at = die_at};
		const struct printer_watch w = {.note = note_and_die, .context = &t};
		if (printer_open(&p, uri, NULL) == OK && printer_print(p, &page, &w, &end) == OK)
			_exit(0);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	FILE *f = fopen(journal, "re");
	assert_non_null(f);
	for (int c; (c = fgetc(f)) != EOF;)
		*last = (char)c;
	fclose(f);
	/* The next life: it opens the printer, and sends nothing by itself. */
	size_t before = file_size("paper");
	assert_ok(printer_open(&p, uri, NULL));
	printer_wait(p, 1, NULL);
	printer_close(p);
	assert_int_equal(file_size("paper"), before);
}

TEST(printer_killed_before_byte_0_has_sent_nothing)
{
	UNUSED(state);
	char last = 0;
	print_and_die(PRINTER_JOB_PREPARED, &last);
	assert_int_equal(last, '0' + PRINTER_JOB_PREPARED);
	assert_int_equal(file_size("paper"), 0);
	print_and_die(PRINTER_JOB_SENDING, &last);
	assert_int_equal(last, '0' + PRINTER_JOB_SENDING);
	assert_int_equal(file_size("paper"), 0);
}

TEST(printer_killed_after_byte_0_is_uncertain_and_sent_once)
{
	UNUSED(state);
	char last = 0;
	print_and_die(PRINTER_JOB_SENT, &last);
	assert_int_equal(last, '0' + PRINTER_JOB_SENT);
	size_t once = file_size("paper");
	assert_true(once > 400);
	print_and_die(PRINTER_JOB_CONFIRMED, &last);
	assert_int_equal(last, '0' + PRINTER_JOB_CONFIRMED);
	assert_int_equal(file_size("paper"), 2 * once);
}

#define PRINTER_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	PRINTER_TEST(printer_confirmed_job_passes_every_state),
	PRINTER_TEST(printer_sends_nothing_if_prepared_cannot_be_noted),
	PRINTER_TEST(printer_sends_nothing_if_sending_cannot_be_noted),
	PRINTER_TEST(printer_job_goes_on_if_what_is_out_already_cannot_be_noted),
	PRINTER_TEST(printer_that_is_not_known_yet_and_not_waited_for_gets_nothing),
	PRINTER_TEST(printer_that_does_not_take_the_paper_asked_for_is_unknown),
	PRINTER_TEST(printer_address_with_a_part_that_is_too_long_is_full),
	PRINTER_TEST(printer_that_never_confirms_leaves_a_job_uncertain),
	PRINTER_TEST(printer_that_stops_taking_bytes_is_given_up_after_20_s),
	PRINTER_TEST(printer_without_paper_in_mid_job_is_waited_for_longer),
	PRINTER_TEST(printer_that_got_paper_has_the_usual_time_to_go_on),
	PRINTER_TEST(printer_link_that_fails_leaves_a_job_uncertain),
	PRINTER_TEST(printer_that_is_not_there_gets_no_job),
	PRINTER_TEST(printer_refuses_a_page_of_another_size),
	PRINTER_TEST(printer_takes_endless_paper_for_a_label),
	PRINTER_TEST(printer_with_another_roll_says_wrong_roll_until_changed),
	PRINTER_TEST(printer_with_a_two_colour_roll_says_wrong_roll),
	PRINTER_TEST(printer_that_does_not_answer_is_silent_then_heals),
	PRINTER_TEST(printer_every_state_has_words_and_a_remedy),
	PRINTER_TEST(printer_address_that_is_none_is_refused),
	PRINTER_TEST(printer_models_are_found_in_any_case),
	PRINTER_TEST(printer_file_gets_the_bytes_of_a_job_and_no_more),
	PRINTER_TEST(printer_file_of_a_second_job_is_appended),
	PRINTER_TEST(printer_file_on_a_full_disk_is_uncertain),
	PRINTER_TEST(printer_file_in_no_folder_is_no_file),
	PRINTER_TEST(printer_page_of_each_paper),
	PRINTER_TEST(printer_file_wait_is_ended_by_waking),
	PRINTER_TEST(printer_holder_is_named_with_its_process),
	PRINTER_TEST(printer_killed_before_byte_0_has_sent_nothing),
	PRINTER_TEST(printer_killed_after_byte_0_is_uncertain_and_sent_once),
};
RUN_TESTS(tests)
