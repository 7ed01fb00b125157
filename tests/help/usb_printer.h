/* A USB printer that is not there: the real libusb talks to it through umockdev. */
#ifndef TESTS_HELP_USB_PRINTER_H
#define TESTS_HELP_USB_PRINTER_H

#include "base.h"

#include <stdatomic.h>

struct usb_bus;

struct usb_facts {
	unsigned number; /* device address on the bus, 2 to 9 */
	uint16_t vid, pid;
	const char *serial;
	const char *id; /* IEEE-1284 device id, NULL: none */
	bool id_little; /* its length the wrong way round */
	bool escpos;
	bool vendor; /* its interface is of the vendor's own class */
	bool disk;   /* shows a mass-storage interface instead of a printer's */
};

/* What the test turns and sees; any thread. */
struct usb_printer {
	struct usb_facts facts;
	struct usb_bus *bus;
	void *inside;
	atomic_bool busy; /* claiming is refused */
	atomic_bool gone;
	atomic_int out_fails;       /* an errno: the next OUT of a job ends with it */
	atomic_int in_fails;        /* an errno: the next IN ends with it */
	atomic_bool jams;           /* the cutter jams once a page is said to be complete */
	atomic_bool split;          /* answers come as 1 byte, then the rest */
	atomic_bool mute;           /* no answers */
	atomic_uint error1, error2; /* Brother error bytes; ESC/POS: error2 is the cover */
	atomic_uint port;           /* GET_PORT_STATUS */
	atomic_size_t accepts;      /* OUT bytes taken in all; beyond it NAK */
	atomic_size_t got;          /* OUT bytes of jobs so far */
	atomic_uint pages;          /* whole pages printed */
	uint8_t job[1 << 20];       /* OUT bytes of jobs, questions left out */
};

/* False, with the reason said, where umockdev cannot work. */
bool usb_bus_open(struct usb_bus **out);
void usb_bus_close(struct usb_bus *b);
struct usb_printer *usb_plug(struct usb_bus *b, const struct usb_facts *facts);
void usb_unplug(struct usb_printer *p);
/* Bytes that the printer sends of itself; none is an empty packet, unless something waits. */
void usb_say(struct usb_printer *p, const uint8_t *bytes, size_t n);

#endif
