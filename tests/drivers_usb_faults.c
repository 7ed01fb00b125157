/* Faults of a printer on the cable that come at the worst moment, with the real libusb. */
#include "test.h"

#include "help/page_decode.h"
#include "help/usb_desk.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A status that comes by itself: kind 5 is a notification, 3 cooling begins, 4 it ends. */
static void notify(struct usb_printer *p, uint8_t what)
{
	uint8_t f[32] = {0x80, 0x20, 0x42, 0x34, 0x41, 0x30};

	f[10] = 62;
	f[11] = 0x0b;
	f[17] = 100;
	f[18] = 5;
	f[22] = what;
	usb_say(p, f, sizeof(f));
}

struct heat {
	struct usb_printer *p;
	int64_t since; /* when it was first seen hot */
	bool told, over;
};

static bool cool_down(void *context, const struct printer_status *status)
{
	struct heat *h = context;

	if (!h->told && atomic_load(&h->p->got) >= 20000) {
		notify(h->p, 3);
		h->told = true;
	}
	if (status->state == PRINTER_HOT && !h->over) {
		usb_say(h->p, NULL, 0);
		if (h->since == 0)
			h->since = clock_now().boot_ms;
		/* Longer than a printer may stand still that says nothing. */
		if (clock_now().boot_ms - h->since > 2 * (int64_t)quick.stuck) {
			notify(h->p, 4);
			atomic_store(&h->p->accepts, SIZE_MAX);
			h->over = true;
		}
	}
	return true;
}

TEST(usb_printer_that_cools_in_mid_badge_goes_on_by_itself)
{
	NEED_BUS();
	struct heat h = {0};
	const struct printer_watch w = {NULL, cool_down, &h};
	enum printer_job end;
	h.p = plug_and_open(&ql);
	atomic_store(&h.p->accepts, 20000);
	assert_ok(printer_print(printer, &page, &w, &end));
	assert_int_equal(end, PRINTER_JOB_CONFIRMED);
	assert_true(h.over);
	assert_int_equal(atomic_load(&h.p->pages), 1);
}

TEST(usb_cutter_that_jams_after_completed_leaves_the_job_uncertain)
{
	NEED_BUS();
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->jams, true);
	assert_err(printer_print(printer, &page, NULL, &end), ERR_IO);
	assert_int_equal(end, PRINTER_JOB_UNCERTAIN);
	size_t sent = atomic_load(&p->got);
	assert_becomes(PRINTER_JAM);
	assert_err(printer_print(printer, &page, NULL, &end), ERR_BUSY);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	atomic_store(&p->error1, 0);
	assert_becomes(PRINTER_READY);
	assert_int_equal(atomic_load(&p->pages), 1);
	assert_int_equal(atomic_load(&p->got), sent);
}

static bool pull(void *context, const struct printer_status *status)
{
	struct usb_printer *p = context;

	(void)status;
	if (atomic_load(&p->got) >= 16000)
		usb_unplug(p);
	return true;
}

TEST(usb_printer_that_comes_back_as_a_disk_says_editor_lite_until_it_is_right)
{
	NEED_BUS();
	struct usb_facts ql_800 = ql;
	ql_800.pid = 0x209b;
	ql_800.id = "MFG:Brother;CMD:PT-CBP;MDL:QL-800;CLS:PRINTER;";
	struct usb_facts lite = ql_800, again = ql_800;
	enum printer_job end;
	struct usb_printer *p = usb_plug(bus, &ql_800);
	const struct printer_watch w = {NULL, pull, p};
	assert_ok(printer_open(&printer, "usb:04f9:209b", &quick));
	assert_becomes(PRINTER_READY);
	atomic_store(&p->accepts, 20000);
	assert_err(printer_print(printer, &page, &w, &end), ERR_ABSENT);
	assert_int_equal(end, PRINTER_JOB_UNCERTAIN);
	lite.number = 3;
	lite.pid = 0x209e;
	lite.disk = true;
	struct usb_printer *disk = usb_plug(bus, &lite);
	assert_becomes(PRINTER_EDITOR_LITE);
	assert_err(printer_print(printer, &page, NULL, &end), ERR_BUSY);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	usb_unplug(disk);
	again.number = 4;
	struct usb_printer *back = usb_plug(bus, &again);
	assert_becomes(PRINTER_READY);
	assert_int_equal(atomic_load(&back->got), 0);
}

/* The life that is killed: it prints to a printer that takes only half of the page. */
static pid_t start_printing(void)
{
	char program[512];

	snprintf(program, sizeof(program), "%s/foyer-print", getenv("FOYER_BIN"));
	pid_t child = fork();
	if (child == 0) {
		execl(program, program, "test", (char *)NULL);
		_exit(127);
	}
	return child;
}

TEST(usb_killed_in_mid_badge_the_next_life_sends_nothing_by_itself)
{
	NEED_BUS();
	enum printer_job end;
	int status;
	struct usb_printer *p = usb_plug(bus, &ql);
	atomic_store(&p->accepts, 20000);
	pid_t child = start_printing();
	assert_true(child > 0);
	for (int i = 0; i < 20000 && atomic_load(&p->got) < 8192; i++)
		usleep(1000);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	usb_unplug(p);
	/* Switched off and on again, as a technician would. */
	struct usb_facts again = ql;
	again.number = 3;
	p = usb_plug(bus, &again);
	assert_ok(printer_open(&printer, "usb:", &quick));
	assert_becomes(PRINTER_READY);
	for (int i = 0; i < 5; i++)
		printer_wait(printer, 20, NULL);
	assert_int_equal(atomic_load(&p->got), 0);
	assert_ok(printer_print(printer, &page, NULL, &end));
	assert_int_equal(end, PRINTER_JOB_CONFIRMED);
	assert_int_equal(atomic_load(&p->pages), 1);
}

TEST(usb_transfer_error_of_a_printer_that_still_answers_is_uncertain_and_heals)
{
	NEED_BUS();
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->out_fails, EPROTO);
	assert_err(printer_print(printer, &page, NULL, &end), ERR_IO);
	assert_int_equal(end, PRINTER_JOB_UNCERTAIN);
	assert_becomes(PRINTER_READY);
}

TEST(usb_answers_that_stall_or_fail_are_asked_for_again)
{
	NEED_BUS();
	static const int fails[] = {EPIPE, EPROTO};
	struct usb_printer *p = plug_and_open(&ql);
	for (size_t i = 0; i < COUNT(fails); i++) {
		atomic_store(&p->error1, 1);
		atomic_store(&p->in_fails, fails[i]);
		assert_becomes(PRINTER_PAPER_OUT);
		assert_int_equal(atomic_load(&p->in_fails), 0);
		atomic_store(&p->error1, 0);
		assert_becomes(PRINTER_READY);
	}
}

TEST(usb_printer_of_another_serial_or_number_is_left_alone)
{
	NEED_BUS();
	usb_plug(bus, &ql);
	assert_ok(printer_open(&printer, "usb:04f9:209d:B2", &quick));
	assert_becomes(PRINTER_NONE);
	printer_close(printer);
	assert_ok(printer_open(&printer, "usb:04b8:0e99", &quick));
	assert_becomes(PRINTER_NONE);
}

TEST(usb_printer_of_no_known_model_is_unknown_and_named)
{
	NEED_BUS();
	struct usb_facts odd = {.number = 2,
		.vid = 0x1234,
		.pid = 0x5678,
		.serial = "",
		.id = "MFG:Acme;MDL:Odd\tOne;CLS:PRINTER;"};
	struct printer_found f[2];
	size_t n;
	usb_plug(bus, &odd);
	assert_ok(printer_list(f, 2, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].model, "Odd?One");
	assert_string_equal(f[0].uri, "usb:1234:5678");
	assert_int_equal(f[0].state, PRINTER_UNKNOWN);
	assert_ok(printer_open(&printer, "usb:", &quick));
	assert_becomes(PRINTER_UNKNOWN);
}

TEST(usb_printer_of_a_vendors_own_class_counts_only_where_the_table_knows_it)
{
	NEED_BUS();
	struct usb_facts own = ql, odd = {.number = 3, .vid = 0x1234, .pid = 0x5678, .serial = ""};
	struct printer_found f[3];
	size_t n;
	own.vendor = odd.vendor = true;
	usb_plug(bus, &own);
	usb_plug(bus, &odd);
	assert_ok(printer_list(f, 3, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].model, "QL-820NWB");
}

/* The program itself, in a process of its own on the same bus. */
static char said[4096];
static int run(const char *words)
{
	char line[512];

	snprintf(line, sizeof(line), "\"$FOYER_BIN/foyer-print\" %s 2>/dev/null", words);
	FILE *f = popen(line, "re");
	assert_non_null(f);
	said[fread(said, 1, sizeof(said) - 1, f)] = '\0';
	int status = pclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(usb_print_list_says_what_is_plugged_in_and_how_to_call_it)
{
	NEED_BUS();
	assert_int_equal(run("list"), 0);
	assert_string_equal(said, "");
	assert_int_equal(run("status"), 3);
	usb_plug(bus, &ql);
	assert_int_equal(run("list"), 0);
	assert_non_null(strstr(said, "usb:04f9:209d:A1"));
	assert_non_null(strstr(said, "QL-820NWB"));
	assert_int_equal(run("list --json"), 0);
	json_t *all = json_loads(said, 0, NULL);
	assert_int_equal(json_array_size(all), 1);
	json_t *one = json_array_get(all, 0);
	assert_string_equal(json_string_value(json_object_get(one, "state")), "found");
	assert_string_equal(json_string_value(json_object_get(one, "uri")), "usb:04f9:209d:A1");
	json_decref(all);
}

TEST(usb_print_list_says_who_is_no_use_and_why)
{
	NEED_BUS();
	struct usb_facts lite = ql;
	lite.pid = 0x209e;
	lite.disk = true;
	usb_plug(bus, &lite);
	assert_int_equal(run("list"), 0);
	assert_non_null(strstr(said, "editor-lite: "));
}

TEST(usb_print_status_is_0_when_ready_and_1_when_not)
{
	NEED_BUS();
	struct usb_printer *p = usb_plug(bus, &ql);
	assert_int_equal(run("status"), 0);
	assert_non_null(strstr(said, "QL-820NWB ready: "));
	assert_non_null(strstr(said, "roll: labels of 62 x 100 mm"));
	atomic_store(&p->error1, 1);
	assert_int_equal(run("status usb:04f9:209d:A1 --json"), 1);
	json_t *s = json_loads(said, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(s, "state")), "paper-out");
	assert_int_equal(json_integer_value(json_object_get(s, "width_mm")), 62);
	json_decref(s);
	assert_int_equal(run("test"), 1);
	assert_int_equal(atomic_load(&p->got), 0);
}

TEST(usb_print_test_comes_out_once)
{
	NEED_BUS();
	static struct decoded d;
	struct usb_printer *p = usb_plug(bus, &ql);
	assert_int_equal(run("test"), 0);
	assert_int_equal(atomic_load(&p->pages), 1);
	decode_brother((struct span){p->job, atomic_load(&p->got)}, 90, &d);
	assert_null(d.fault);
}

#define USB_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	USB_TEST(usb_printer_that_cools_in_mid_badge_goes_on_by_itself),
	USB_TEST(usb_cutter_that_jams_after_completed_leaves_the_job_uncertain),
	USB_TEST(usb_printer_that_comes_back_as_a_disk_says_editor_lite_until_it_is_right),
	USB_TEST(usb_killed_in_mid_badge_the_next_life_sends_nothing_by_itself),
	USB_TEST(usb_transfer_error_of_a_printer_that_still_answers_is_uncertain_and_heals),
	USB_TEST(usb_answers_that_stall_or_fail_are_asked_for_again),
	USB_TEST(usb_printer_of_another_serial_or_number_is_left_alone),
	USB_TEST(usb_printer_of_no_known_model_is_unknown_and_named),
	USB_TEST(usb_printer_of_a_vendors_own_class_counts_only_where_the_table_knows_it),
	USB_TEST(usb_print_list_says_what_is_plugged_in_and_how_to_call_it),
	USB_TEST(usb_print_list_says_who_is_no_use_and_why),
	USB_TEST(usb_print_status_is_0_when_ready_and_1_when_not),
	USB_TEST(usb_print_test_comes_out_once),
};

RUN_TESTS(tests)
