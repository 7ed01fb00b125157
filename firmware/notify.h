/* Notify: tell the service manager how things are, by one datagram to $NOTIFY_SOCKET (sd_notify(3)),
 * without its library. Where nobody listens, nothing is sent. */
#ifndef FIRMWARE_NOTIFY_H
#define FIRMWARE_NOTIFY_H

#include "base.h"

/* "READY=1", "WATCHDOG=1", "STOPPING=1". */
void notify_send(const char *state);
/* How often the manager wants WATCHDOG=1, at the latest, in milliseconds: half of $WATCHDOG_USEC if it
 * is meant for this process; 0: not at all. */
int64_t notify_watchdog_ms(void);

#endif
