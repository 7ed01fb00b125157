/* Scanners: lines of a pipe and of a pseudo-terminal, ends, silence, unplugging. */
#include "test.h"

#include "help/scanner_desk.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

/* Standard input, as the reading end of a pipe; the writing end is returned. */
static struct scanner *open_stdin(int *writer)
{
	struct scanner *s;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	close(ends[0]);
	*writer = ends[1];
	assert_ok(scanner_open(&s, "stdin:"));
	return s;
}

static void say(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

TEST(an_unknown_uri_is_refused)
{
	static const char *const wrong[] = {"", "usb:", "evdev", "evdev:12345:1", "evdev:xyz",
		"evdev:1:", "evdev::1", "evdev:1:2:3", "serial:", "serial:ttyS0", "stdin:x",
		"camera:"};
	struct scanner *s;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_err(scanner_open(&s, wrong[i]), ERR_FORMAT);
		assert_null(s);
	}
}

TEST(an_endless_uri_is_refused)
{
	static char uri[PATH_MAX + 16];
	struct scanner *s;
	UNUSED(state);

	memset(uri, 'x', sizeof(uri) - 1);
	memcpy(uri, "serial:/", 8);
	assert_err(scanner_open(&s, uri), ERR_FORMAT);
}

TEST(ids_are_hexadecimal)
{
	unsigned vendor, product;
	UNUSED(state);

	assert_ok(scanner_evdev_ids("0c2E:b61", &vendor, &product));
	assert_int_equal(vendor, 0x0c2e);
	assert_int_equal(product, 0xb61);
	assert_err(scanner_evdev_ids("0c2e", &vendor, &product), ERR_FORMAT);
	assert_err(scanner_evdev_ids("0c2e:00001", &vendor, &product), ERR_FORMAT);
}

TEST(lines_of_a_pipe_are_codes)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	assert_nothing(s);
	say(writer, "ZQM1AAAA\nZQM1BBBB\r\n\n");
	assert_scan(s, SCAN_CODE, "ZQM1AAAA");
	assert_scan(s, SCAN_CODE, "ZQM1BBBB");
	assert_nothing(s);
	close(writer);
	scanner_close(s);
}

TEST(a_second_code_of_one_read_is_not_waited_for)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	say(writer, "ZQM1AAAA\nZQM1BBBB\n");
	assert_scan(s, SCAN_CODE, "ZQM1AAAA");
	assert_int_equal(scanner_wait_ms(s), 0);
	assert_scan(s, SCAN_CODE, "ZQM1BBBB");
	assert_int_equal(scanner_wait_ms(s), -1);
	close(writer);
	scanner_close(s);
}

TEST(a_code_may_come_in_pieces)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	for (const char *c = code; *c; c++) {
		say(writer, (char[]){*c, '\0'});
		assert_nothing(s);
		now.boot_ms += 60000;
	}
	say(writer, "\n");
	assert_scan(s, SCAN_CODE, code);
	close(writer);
	scanner_close(s);
}

TEST(the_end_of_stdin_ends_the_last_line)
{
	struct scan out;
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	say(writer, code);
	assert_nothing(s);
	close(writer);
	assert_scan(s, SCAN_CODE, code);
	assert_err(scanner_read(s, &out), ERR_IO);
	assert_int_equal(scanner_fd(s), -1);
	assert_int_equal(scanner_wait_ms(s), -1);
	scanner_close(s);
}

TEST(an_empty_stdin_ends_at_once)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	close(writer);
	assert_gone(s);
	scanner_close(s);
}

TEST(closing_the_scanner_leaves_stdin_open)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	scanner_close(s);
	assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
	close(writer);
}

TEST(a_wrong_layout_in_a_line_is_undone)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	say(writer, "WA?&à&é\"'(-è_çQBCDEFGHJK?NPARSTVZXYW\n");
	assert_scan(s, SCAN_CODE, code);
	close(writer);
	scanner_close(s);
}

TEST(three_kilobytes_in_a_line_are_one_answer)
{
	char garbage[3073];
	struct scanner *s;
	int writer;
	UNUSED(state);

	memset(garbage, '#', sizeof(garbage) - 1);
	garbage[3072] = '\0';
	s = open_stdin(&writer);
	say(writer, garbage);
	assert_nothing(s);
	say(writer, "\n");
	assert_scan(s, SCAN_LONG, "");
	say(writer, "ZQM1AAAA\n");
	assert_scan(s, SCAN_CODE, "ZQM1AAAA");
	close(writer);
	scanner_close(s);
}

TEST(control_characters_in_a_line_are_dropped)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	say(writer, "\x02ZQ\x1dM1\x1b"
		    "AA\x7f"
		    "AA\x03");
	assert_scan(s, SCAN_CODE, "ZQM1AAAA");
	assert_int_equal(write(writer, "ZQM1BBBB\0", 9), 9);
	assert_scan(s, SCAN_CODE, "ZQM1BBBB");
	close(writer);
	scanner_close(s);
}

TEST(another_text_is_a_foreign_code)
{
	struct scanner *s;
	int writer;
	UNUSED(state);

	s = open_stdin(&writer);
	say(writer, "https://example.org/ticket/5\n");
	assert_scan(s, SCAN_FOREIGN, "https://example.org/ticket/5");
	close(writer);
	scanner_close(s);
}

/* A pseudo-terminal: the master plays the scanner. */
static struct scanner *open_serial(int *master, char device[static 128])
{
	struct scanner *s;
	char uri[160];

	*master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(*master >= 0);
	assert_int_equal(grantpt(*master), 0);
	assert_int_equal(unlockpt(*master), 0);
	assert_int_equal(ptsname_r(*master, device, 128), 0);
	snprintf(uri, sizeof(uri), "serial:%s", device);
	assert_ok(scanner_open(&s, uri));
	return s;
}

static void wait_for(struct scanner *s)
{
	struct pollfd p = {.fd = scanner_fd(s), .events = POLLIN};
	assert_int_equal(poll(&p, 1, 10000), 1);
}

TEST(a_serial_scanner_is_read)
{
	struct scanner *s;
	char device[128];
	int master;
	UNUSED(state);

	s = open_serial(&master, device);
	assert_nothing(s);
	say(master, "ZQM1AAAA\r\n");
	wait_for(s);
	assert_scan(s, SCAN_CODE, "ZQM1AAAA");
	assert_nothing(s);
	scanner_close(s);
	close(master);
}

TEST(a_serial_line_is_raw_and_echoes_nothing)
{
	struct scanner *s;
	struct termios t;
	char device[128];
	int master;
	UNUSED(state);

	s = open_serial(&master, device);
	assert_int_equal(tcgetattr(scanner_fd(s), &t), 0);
	assert_int_equal(t.c_lflag & (ECHO | ICANON | ISIG), 0);
	say(master, "\x03"
		    "ZQM1AAAA\x03");
	wait_for(s);
	assert_scan(s, SCAN_CODE, "ZQM1AAAA");
	scanner_close(s);
	close(master);
}

TEST(silence_ends_a_serial_code_without_terminator)
{
	struct scanner *s;
	char device[128];
	int master;
	UNUSED(state);

	s = open_serial(&master, device);
	assert_int_equal(scanner_wait_ms(s), -1);
	say(master, code);
	wait_for(s);
	assert_nothing(s);
	assert_int_equal(scanner_wait_ms(s), SCANNER_QUIET_MS);
	now.boot_ms += SCANNER_QUIET_MS - 1;
	assert_nothing(s);
	now.boot_ms += 1;
	assert_int_equal(scanner_wait_ms(s), 0);
	assert_scan(s, SCAN_CODE, code);
	assert_nothing(s);
	scanner_close(s);
	close(master);
}

TEST(an_unplugged_serial_scanner_is_told_once_and_looked_for)
{
	struct scanner *s;
	char device[128];
	int master;
	UNUSED(state);

	s = open_serial(&master, device);
	say(master, "ZQM1");
	wait_for(s);
	assert_nothing(s);
	close(master);
	assert_gone(s);
	assert_nothing(s);
	assert_in_range(scanner_wait_ms(s), 1, 2000);
	for (int i = 0; i < 20; i++) {
		now.boot_ms += scanner_wait_ms(s);
		assert_nothing(s);
		assert_in_range(scanner_wait_ms(s), 1, 2000);
	}
	scanner_close(s);
}

TEST(what_is_no_serial_line_is_refused)
{
	struct scanner *s;
	UNUSED(state);

	assert_err(scanner_open(&s, "serial:/dev/null"), ERR_FORMAT);
}

TEST(a_serial_scanner_not_there_yet_is_waited_for)
{
	struct scanner *s;
	UNUSED(state);

	assert_ok(scanner_open(&s, "serial:/dev/no-such-line"));
	assert_false(scanner_present(s));
	assert_in_range(scanner_wait_ms(s), 1, 2000);
	scanner_close(s);
}

TEST(closing_nothing_is_fine)
{
	UNUSED(state);
	scanner_close(NULL);
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(an_unknown_uri_is_refused),
	AT(an_endless_uri_is_refused),
	AT(ids_are_hexadecimal),
	AT(lines_of_a_pipe_are_codes),
	AT(a_second_code_of_one_read_is_not_waited_for),
	AT(a_code_may_come_in_pieces),
	AT(the_end_of_stdin_ends_the_last_line),
	AT(an_empty_stdin_ends_at_once),
	AT(closing_the_scanner_leaves_stdin_open),
	AT(a_wrong_layout_in_a_line_is_undone),
	AT(three_kilobytes_in_a_line_are_one_answer),
	AT(control_characters_in_a_line_are_dropped),
	AT(another_text_is_a_foreign_code),
	AT(a_serial_scanner_is_read),
	AT(a_serial_line_is_raw_and_echoes_nothing),
	AT(silence_ends_a_serial_code_without_terminator),
	AT(an_unplugged_serial_scanner_is_told_once_and_looked_for),
	AT(what_is_no_serial_line_is_refused),
	AT(a_serial_scanner_not_there_yet_is_waited_for),
	AT(closing_nothing_is_fine),
};

RUN_TESTS(tests)
