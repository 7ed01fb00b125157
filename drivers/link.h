/* What a link is: a way to bring bytes to a printer and back. printer.c and job.c sit on top.
 *
 * The seam of tests: printer_open_link takes a link of the test's own, which may lose, delay, split
 * and refuse as it likes. A link is used by one thread, wake excepted. Nothing in it waits, but
 * open, close, wait and list. */
#ifndef DRIVERS_LINK_H
#define DRIVERS_LINK_H

#include "printer.h"

struct printer_model;

/* Which printer is meant: the address, taken apart. */
struct link_address {
	char path[512]; /* file */
	bool any;       /* usb: whichever comes first */
	uint16_t vid, pid;
	char serial[64];                   /* "": any */
	const struct printer_model *model; /* said in the address, or NULL */
	const char *fault;                 /* why it was refused; static, or NULL */
};

/* What is at the other end. state: ASKING (bytes can go), NONE, UNPLUGGED, BUSY, EDITOR_LITE,
 * NO_PERMISSION, NO_FILE, UNKNOWN, FAULT. */
struct link_device {
	enum printer_state state;
	const struct printer_model
		*model; /* by its device id, else by its USB ids; NULL: unknown */
	uint16_t vid, pid;
	char serial[64];
	char detail[PRINTER_DETAIL];
	unsigned arrivals; /* counts up each time a device is opened */
};

/* How the bytes given to send are getting on. */
struct link_progress {
	size_t done;     /* bytes that the device took, at least */
	bool moving;     /* more are on their way */
	enum err failed; /* OK; ERR_ABSENT: device gone; ERR_IO: it refuses, the link is cleared */
};

struct link {
	const char *scheme; /* "usb" */
	bool answers;       /* bytes come back; otherwise sent is printed */
	enum err (*open)(
		void **out, const struct link_address *address, const struct printer_times *times);
	void (*close)(void *link);
	/* Look for the device if it is not there; let things happen; return early if they did. */
	void (*wait)(void *link, unsigned ms);
	void (*wake)(void *link);
	/* Borrowed; holds until the next wait. */
	const struct link_device *(*device)(const void *link);
	/* Begin to send bytes, which stay the caller's and in place until nothing moves. */
	enum err (*send)(void *link, struct span bytes);
	void (*progress)(const void *link, struct link_progress *out);
	/* Stop sending; waits for the last piece to come to rest. */
	void (*stop)(void *link);
	/* Take up to cap bytes that came in; their number. */
	size_t (*receive)(void *link, uint8_t *out, size_t cap);
	/* USB printer class GET_PORT_STATUS: 0x20 paper empty, 0x08 no error. ERR_ABSENT where
	 * there is no such thing. */
	enum err (*port)(void *link, uint8_t *out);
	/* Make what was sent last (file: fsync). */
	enum err (*settle)(void *link);
	enum err (*list)(struct printer_found *out, size_t cap, size_t *n); /* NULL: none */
};

/* What time it is for a link: the clock of its printer. */
int64_t printer_times_now(const struct printer_times *times);

extern const struct link link_usb, link_file;

/* As printer_open, for a link that is not in the table. times must not be NULL. */
MUST_CHECK enum err printer_open_link(struct printer **out, const struct link *link,
	const struct link_address *address, const char *media, const struct printer_times *times);

#endif
