/* A printer on the bus that umockdev plays, opened with times short enough for a test. */
#ifndef TESTS_HELP_USB_DESK_H
#define TESTS_HELP_USB_DESK_H

#include "test.h"

#include "printer.h"
#include "usb_printer.h"

static const struct usb_facts ql = {.number = 2,
	.vid = 0x04f9,
	.pid = 0x209d,
	.serial = "A1",
	.id = "MFG:Brother;CMD:PT-CBP;MDL:QL-820NWB;CLS:PRINTER;"};
static const struct printer_times quick = {.poll = 20,
	.answer = 300,
	.chunk = 60,
	.stuck = 1000,
	.refill = 20000,
	.confirm = 3000,
	.search = 20,
	.backoff = 5};

static struct usb_bus *bus;
static struct printer *printer;
static uint8_t dots[87 * 1109];
static struct bitmap page;

static inline int set_up(void **state)
{
	(void)state;
	if (!usb_bus_open(&bus))
		return 0;
	for (size_t i = 0; i < sizeof(dots); i++)
		dots[i] = (uint8_t)(i * 2654435761u >> 13);
	return bitmap_init(&page, 696, 1109, dots, sizeof(dots)) != OK;
}

static inline int tear_down(void **state)
{
	(void)state;
	printer_close(printer);
	usb_bus_close(bus);
	printer = NULL;
	bus = NULL;
	return 0;
}

#define NEED_BUS()                                                                                 \
	do {                                                                                       \
		UNUSED(state);                                                                     \
		if (!bus)                                                                          \
			skip();                                                                    \
	} while (0)

/* Wait, with a generous end, until the printer is in that state. */
static inline void assert_becomes(enum printer_state want)
{
	struct printer_status s;
	printer_now(printer, &s);
	for (int i = 0; i < 500 && s.state != want; i++)
		printer_wait(printer, 20, &s);
	assert_string_equal(printer_state_word(s.state), printer_state_word(want));
}

static inline struct usb_printer *plug_and_open(const struct usb_facts *facts)
{
	struct usb_printer *p = usb_plug(bus, facts);
	assert_ok(printer_open(&printer, "usb:", &quick));
	assert_becomes(PRINTER_READY);
	return p;
}

#endif
