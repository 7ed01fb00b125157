/* What the process gives up before it looks at the first foreign byte. It keeps what it has open and
 * the memory it may still take; it can reach nothing else.
 *
 * A call of the kernel that is not on the list fails (EPERM), so that a library which only tries may
 * go on without. One that only an intruder makes ends the process at once (SIGSYS): to run a program,
 * to make a process or thread, a socket, code out of data, to look into others. The environment is wiped. */
#ifndef DRIVERS_SCAN_SANDBOX_H
#define DRIVERS_SCAN_SANDBOX_H

#include "base.h"

enum scan_sandbox {
	SCAN_SANDBOX_PICTURES, /* read and write what is open */
	SCAN_SANDBOX_CAMERA,   /* and poll it, and give and take a camera's frames */
};

enum {
	/* Bytes of address space, libraries included. */
	SCAN_PICTURES_MEMORY = 1 << 30,
	SCAN_CAMERA_MEMORY = 256 << 20, /* 36 MiB are usual at 1280 x 720 */
	SCAN_PICTURE_CPU_MS = 60000,
	SCAN_FRAME_CPU_MS = 1000,
};

/* Enter it; there is no way back. Core dumps, new file descriptors, new privileges and new processes
 * end here as well. Under a sanitizer the limit of memory is left out: its shadow is larger.
 * returns: OK
 *          ERR_IO, if the kernel refuses: go no further */
MUST_CHECK enum err scan_sandbox_enter(enum scan_sandbox kind);

/* From now on the process may use so much time of the processor; then it says so on standard error
 * and exits with 3. Each call begins anew; 0: no limit. This ends what hangs; what was taken over could
 * grant itself more, but has one thread and so one core at most. */
void scan_sandbox_grant(unsigned cpu_ms);

#endif
