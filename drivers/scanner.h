/* Scanners: whatever reads codes, as a thing to poll and short texts by value.
 *
 * URI: evdev: (the device our udev rule marks, drivers/60-foyer-scanner.rules), evdev:PATH,
 * evdev:VID:PID (hexadecimal), serial:DEV, camera:DEV, stdin:. An evdev device is grabbed, so that
 * nothing scanned reaches a console. A camera is seen through by a process of its own (scan_pipe.h),
 * which is killed and started again within 200 ms when it hangs or ends, later only if it does so
 * again and again; DEV is whatever `foyer-scan --camera` takes, a file too; a code that is held up
 * counts once (sightings.h). A scanner that is unplugged is looked for again by itself. One thread at
 * a time. */
#ifndef DRIVERS_SCANNER_H
#define DRIVERS_SCANNER_H

#include "wedge.h"

struct scanner;

/* Open the scanner of uri. One that is only not there yet is OK: scanner_fault tells, and it is
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

/* What is wrong with it. */
enum scanner_fault {
	SCANNER_FINE,
	SCANNER_UNPLUGGED,
	/* of cameras only: */
	SCANNER_DENIED,
	SCANNER_BUSY,   /* another program holds it */
	SCANNER_UNFIT,  /* it is no camera, or has no picture that can be used */
	SCANNER_BROKEN, /* its process does not live */
	SCANNER_FAULTS
};
enum scanner_fault scanner_fault(const struct scanner *s);
static inline bool scanner_present(const struct scanner *s)
{
	return scanner_fault(s) == SCANNER_FINE;
}

/* The memory of a camera's live picture (scan_view.h), borrowed; -1 for scanners of other kinds. */
int scanner_view(const struct scanner *s);
/* Has that picture changed since the last call? */
bool scanner_looks(struct scanner *s);
/* Is a code held up to the camera that has counted already? */
bool scanner_holds(const struct scanner *s);

/* Take what is there, without waiting. Call until it does not say OK.
 * returns: OK, one text, in *out
 *          ERR_ABSENT, none is whole yet: poll
 *          ERR_IO, the device has gone: tell once; reading goes on when it is back (never for an
 *          ended stdin) */
MUST_CHECK enum err scanner_read(struct scanner *s, struct scan *out);

#endif
