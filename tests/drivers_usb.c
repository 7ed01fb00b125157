/* The USB link, with the real libusb and a printer that umockdev plays. */
#include "test.h"

#include "help/page_decode.h"
#include "help/usb_desk.h"

#include <errno.h>
#include <pthread.h>

static const struct usb_facts tm = {.number = 2,
	.vid = 0x04b8,
	.pid = 0x0e99,
	.serial = "M3",
	.id = "MFG:EPSON;CMD:ESC/POS;MDL:TM-m30;CLS:PRINTER;",
	.escpos = true};

struct story {
	enum printer_job states[8];
	size_t n;
	struct usb_printer *p;
	void (*turn)(struct story *);
	bool turned;
	enum printer_state seen;
};

static enum err note(void *context, enum printer_job s)
{
	struct story *st = context;
	assert_true(st->n < 8);
	st->states[st->n++] = s;
	return OK;
}

static bool waiting(void *context, const struct printer_status *status)
{
	struct story *st = context;
	if (st->turn && !st->turned)
		st->turn(st);
	if (status->state != PRINTER_PRINTING)
		st->seen = status->state;
	return true;
}

static void assert_states(const struct story *st, const enum printer_job *want, size_t n)
{
	assert_int_equal(st->n, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(st->states[i], want[i]);
}

static const enum printer_job whole[] = {
	PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_SENT, PRINTER_JOB_CONFIRMED};
static const enum printer_job cut[] = {
	PRINTER_JOB_PREPARED, PRINTER_JOB_SENDING, PRINTER_JOB_UNCERTAIN};

static enum err print(struct story *st, enum printer_job *end)
{
	const struct printer_watch w = {note, waiting, st};
	return printer_print(printer, &page, &w, end);
}

TEST(usb_printer_is_listed_by_its_device_id)
{
	NEED_BUS();
	struct printer_found f[4];
	size_t n;
	usb_plug(bus, &ql);
	assert_ok(printer_list(f, 4, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].model, "QL-820NWB");
	assert_string_equal(f[0].uri, "usb:04f9:209d:A1");
	assert_int_equal(f[0].state, PRINTER_ASKING);
}

TEST(usb_without_a_printer_says_none)
{
	NEED_BUS();
	assert_ok(printer_open(&printer, "usb:", &quick));
	assert_becomes(PRINTER_NONE);
}

static void assert_model(const struct usb_facts *facts, const char *model)
{
	struct printer_found f[4];
	size_t n;
	usb_plug(bus, facts);
	assert_ok(printer_list(f, 4, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].model, model);
}

TEST(usb_device_id_comes_before_the_numbers)
{
	NEED_BUS();
	struct usb_facts odd = ql;
	odd.id = "MFG:Brother;MDL:QL-800;CLS:PRINTER;";
	assert_model(&odd, "QL-800");
}

TEST(usb_device_id_with_its_length_turned_round_is_read)
{
	NEED_BUS();
	struct usb_facts odd = tm;
	odd.id_little = true;
	assert_model(&odd, "TM-m30");
}

TEST(usb_without_a_device_id_the_numbers_count)
{
	NEED_BUS();
	struct usb_facts odd = ql;
	odd.id = NULL;
	assert_model(&odd, "QL-820NWB");
}

TEST(usb_short_device_id_is_no_device_id)
{
	NEED_BUS();
	struct usb_facts odd = ql;
	odd.id = "MDL:QL-8";
	assert_model(&odd, "QL-820NWB");
}

TEST(usb_status_names_the_roll)
{
	NEED_BUS();
	struct printer_status s;
	plug_and_open(&ql);
	printer_now(printer, &s);
	assert_int_equal(s.width_mm, 62);
	assert_int_equal(s.length_mm, 100);
	assert_string_equal(s.model, "QL-820NWB");
}

TEST(usb_status_that_comes_in_two_packets_is_read)
{
	NEED_BUS();
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->split, true);
	atomic_store(&p->error2, 0x10);
	assert_becomes(PRINTER_COVER_OPEN);
	atomic_store(&p->error2, 0);
	assert_becomes(PRINTER_READY);
}

TEST(usb_paper_out_ends_by_itself)
{
	NEED_BUS();
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->error1, 1);
	assert_becomes(PRINTER_PAPER_OUT);
	atomic_store(&p->error1, 0);
	assert_becomes(PRINTER_READY);
}

TEST(usb_silent_printer_is_called_silent)
{
	NEED_BUS();
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->mute, true);
	assert_becomes(PRINTER_SILENT);
	atomic_store(&p->mute, false);
	assert_becomes(PRINTER_READY);
}

TEST(usb_badge_arrives_dot_for_dot_and_is_confirmed)
{
	NEED_BUS();
	static struct decoded d;
	struct story st = {0};
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	assert_ok(print(&st, &end));
	assert_int_equal(end, PRINTER_JOB_CONFIRMED);
	assert_states(&st, whole, COUNT(whole));
	assert_int_equal(atomic_load(&p->pages), 1);
	decode_brother((struct span){p->job, atomic_load(&p->got)}, 90, &d);
	assert_null(d.fault);
	for (uint32_t y = 0; y < page.height; y++)
		for (uint32_t x = 0; x < page.width; x++)
			assert_true(
				decode_brother_dot(&d, 696, 12, x, y) == bitmap_get(&page, x, y));
}

static void refill(struct story *st)
{
	/* The roll is changed once the printer is seen to be out of paper. */
	if (st->seen != PRINTER_PAPER_OUT)
		return;
	atomic_store(&st->p->port, 0x18);
	atomic_store(&st->p->error1, 0);
	atomic_store(&st->p->accepts, SIZE_MAX);
	st->turned = true;
}

TEST(usb_paper_out_in_mid_badge_goes_on_after_a_refill)
{
	NEED_BUS();
	struct story st = {.turn = refill};
	enum printer_job end;
	st.p = plug_and_open(&tm);
	assert_ok(bitmap_init(&page, 576, 800, dots, sizeof(dots)));
	atomic_store(&st.p->accepts, 30000);
	atomic_store(&st.p->port, 0x30);
	assert_ok(print(&st, &end));
	assert_true(st.turned);
	assert_states(&st, whole, COUNT(whole));
	static struct decoded d;
	decode_escpos((struct span){st.p->job, atomic_load(&st.p->got)}, &d);
	assert_null(d.fault);
	assert_int_equal(d.rows, 800);
	assert_int_equal(atomic_load(&st.p->pages), 1);
}

TEST(usb_word_that_a_page_came_out_is_read_from_two_packets)
{
	NEED_BUS();
	struct story st = {0};
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&tm);
	assert_ok(bitmap_init(&page, 576, 800, dots, sizeof(dots)));
	atomic_store(&p->split, true);
	assert_ok(print(&st, &end));
	assert_int_equal(end, PRINTER_JOB_CONFIRMED);
}

static bool not_any_more(void *context, const struct printer_status *status)
{
	(void)status;
	return atomic_load(&((const struct story *)context)->p->got) == 0;
}

TEST(usb_job_that_nobody_waits_for_any_more_is_uncertain)
{
	NEED_BUS();
	struct story st = {0};
	enum printer_job end;
	st.p = plug_and_open(&ql);
	const struct printer_watch w = {note, not_any_more, &st};
	atomic_store(&st.p->accepts, 20000);
	assert_err(printer_print(printer, &page, &w, &end), ERR_TIMEOUT);
	assert_states(&st, cut, COUNT(cut));
}

TEST(usb_printer_gone_before_the_job_gets_none)
{
	NEED_BUS();
	struct story st = {0};
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	usb_unplug(p);
	assert_becomes(PRINTER_UNPLUGGED);
	assert_err(print(&st, &end), ERR_ABSENT);
	assert_int_equal(end, PRINTER_JOB_FAILED);
}

TEST(usb_naks_without_a_cause_end_uncertain)
{
	NEED_BUS();
	struct story st = {0};
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->accepts, 20000);
	assert_err(print(&st, &end), ERR_TIMEOUT);
	assert_states(&st, cut, COUNT(cut));
	assert_int_equal(atomic_load(&p->got), 20000);
}

TEST(usb_stall_ends_uncertain_and_heals)
{
	NEED_BUS();
	struct story st = {0};
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->accepts, 20000);
	atomic_store(&p->out_fails, EPIPE);
	assert_err(print(&st, &end), ERR_IO);
	assert_int_equal(end, PRINTER_JOB_UNCERTAIN);
	atomic_store(&p->accepts, SIZE_MAX);
	assert_becomes(PRINTER_READY);
}

static void pull(struct story *st)
{
	if (atomic_load(&st->p->got) < 16000)
		return;
	usb_unplug(st->p);
	st->turned = true;
}

TEST(usb_unplug_in_mid_badge_is_uncertain_and_replug_sends_nothing)
{
	NEED_BUS();
	struct story st = {.turn = pull};
	enum printer_job end;
	st.p = plug_and_open(&ql);
	atomic_store(&st.p->accepts, 20000);
	assert_err(print(&st, &end), ERR_ABSENT);
	assert_true(st.turned);
	assert_states(&st, cut, COUNT(cut));
	assert_becomes(PRINTER_UNPLUGGED);
	struct usb_facts again = ql;
	again.number = 3;
	struct usb_printer *p = usb_plug(bus, &again);
	assert_becomes(PRINTER_READY);
	for (int i = 0; i < 5; i++)
		printer_wait(printer, 20, NULL);
	assert_int_equal(atomic_load(&p->got), 0);
	assert_int_equal(atomic_load(&p->pages), 0);
}

TEST(usb_printer_that_is_out_of_paper_gets_no_byte)
{
	NEED_BUS();
	struct story st = {0};
	enum printer_job end;
	struct usb_printer *p = plug_and_open(&ql);
	atomic_store(&p->error1, 1);
	assert_becomes(PRINTER_PAPER_OUT);
	assert_err(print(&st, &end), ERR_BUSY);
	assert_int_equal(end, PRINTER_JOB_FAILED);
	assert_int_equal(st.n, 1);
	assert_int_equal(atomic_load(&p->got), 0);
}

TEST(usb_two_alike_are_told_apart_by_serial)
{
	NEED_BUS();
	struct usb_facts second = ql;
	struct printer_status s;
	second.number = 3;
	second.serial = "B2";
	usb_plug(bus, &ql);
	usb_plug(bus, &second);
	assert_ok(printer_open(&printer, "usb:04f9:209d:B2", &quick));
	assert_becomes(PRINTER_READY);
	printer_now(printer, &s);
	assert_string_equal(s.serial, "B2");
}

TEST(usb_busy_printer_is_taken_once_it_is_free)
{
	NEED_BUS();
	struct usb_printer *p = usb_plug(bus, &ql);
	atomic_store(&p->busy, true);
	assert_ok(printer_open(&printer, "usb:", &quick));
	assert_becomes(PRINTER_BUSY);
	atomic_store(&p->busy, false);
	assert_becomes(PRINTER_READY);
}

TEST(usb_editor_lite_is_recognised)
{
	NEED_BUS();
	struct usb_facts lite = ql;
	lite.pid = 0x209e;
	lite.disk = true;
	usb_plug(bus, &lite);
	assert_ok(printer_open(&printer, "usb:", &quick));
	assert_becomes(PRINTER_EDITOR_LITE);
}

static void *wake_up(void *p)
{
	printer_wake(p);
	return NULL;
}

TEST(usb_wait_is_ended_by_another_thread)
{
	NEED_BUS();
	pthread_t thread;
	plug_and_open(&ql);
	assert_int_equal(pthread_create(&thread, NULL, wake_up, printer), 0);
	printer_wait(printer, 600000, NULL);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

#define USB_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	USB_TEST(usb_printer_is_listed_by_its_device_id),
	USB_TEST(usb_without_a_printer_says_none),
	USB_TEST(usb_device_id_comes_before_the_numbers),
	USB_TEST(usb_device_id_with_its_length_turned_round_is_read),
	USB_TEST(usb_without_a_device_id_the_numbers_count),
	USB_TEST(usb_short_device_id_is_no_device_id),
	USB_TEST(usb_status_names_the_roll),
	USB_TEST(usb_status_that_comes_in_two_packets_is_read),
	USB_TEST(usb_paper_out_ends_by_itself),
	USB_TEST(usb_silent_printer_is_called_silent),
	USB_TEST(usb_badge_arrives_dot_for_dot_and_is_confirmed),
	USB_TEST(usb_paper_out_in_mid_badge_goes_on_after_a_refill),
	USB_TEST(usb_word_that_a_page_came_out_is_read_from_two_packets),
	USB_TEST(usb_job_that_nobody_waits_for_any_more_is_uncertain),
	USB_TEST(usb_printer_gone_before_the_job_gets_none),
	USB_TEST(usb_naks_without_a_cause_end_uncertain),
	USB_TEST(usb_stall_ends_uncertain_and_heals),
	USB_TEST(usb_unplug_in_mid_badge_is_uncertain_and_replug_sends_nothing),
	USB_TEST(usb_printer_that_is_out_of_paper_gets_no_byte),
	USB_TEST(usb_two_alike_are_told_apart_by_serial),
	USB_TEST(usb_busy_printer_is_taken_once_it_is_free),
	USB_TEST(usb_editor_lite_is_recognised),
	USB_TEST(usb_wait_is_ended_by_another_thread),
};
RUN_TESTS(tests)
