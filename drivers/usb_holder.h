/* Who holds a USB device: looked up in /proc, where this user may look. */
#ifndef DRIVERS_USB_HOLDER_H
#define DRIVERS_USB_HOLDER_H

#include "base.h"

/* "cupsd, process 712" for the first other process that has the device's node open; "" if none is
 * seen. A kernel driver has no process. */
void usb_holder_name(uint8_t bus, uint8_t address, char *out, size_t cap);

#endif
