/* Scanners: whatever reads codes, as a thing to poll and short texts by value.
 *
 * URI: evdev: (the device our udev rule marks, drivers/60-foyer-scanner.rules), evdev:PATH,
 * evdev:VID:PID (hexadecimal), serial:DEV, stdin:. An evdev device is grabbed, so that nothing
 * scanned reaches a console. A scanner that is unplugged is looked for again by itself. One thread
 * at a time. */
#ifndef DRIVERS_SCANNER_H
#define DRIVERS_SCANNER_H

#include "wedge.h"

struct scanner;

/* Open the scanner of uri. One that is only not there yet is OK: scanner_present tells, and it is
 * taken when it comes.
 * returns: OK
 *          ERR_FORMAT, if uri is none of those above, or the device is of another kind
 *          ERR_BUSY, if another program has grabbed the device
 *          ERR_DENIED, if it may not be opened
 *          ERR_IO, if memory is out */
MUST_CHECK enum err scanner_open(struct scanner **out, const char *uri);
/* NULL is fine. */
void scanner_close(struct scanner *s);

/* What to poll for POLLIN, or -1 while it is unplugged (or stdin has ended). Ask before each poll.
 */
int scanner_fd(const struct scanner *s);
/* The longest poll before scanner_read wants to be called, in milliseconds; -1: for ever. */
int scanner_wait_ms(const struct scanner *s);
bool scanner_present(const struct scanner *s);

/* Take what is there, without waiting. Call until it does not say OK.
 * returns: OK, one text, in *out
 *          ERR_ABSENT, none is whole yet: poll
 *          ERR_IO, the device has gone: tell once; reading goes on when it is back (never for an
 *          ended stdin) */
MUST_CHECK enum err scanner_read(struct scanner *s, struct scan *out);

#endif
