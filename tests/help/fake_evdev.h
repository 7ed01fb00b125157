/* A libevdev that answers for named pipes: what a test writes into one is what the device types. */
#ifndef TESTS_HELP_FAKE_EVDEV_H
#define TESTS_HELP_FAKE_EVDEV_H

#include <stdbool.h>

/* Make the pipe at path and let it be a device. Returns its writing end. */
int fake_evdev_plug(const char *path, int vendor, int product);
/* The pipe is there and is no event device. */
void fake_evdev_plug_other(const char *path);
void fake_evdev_unplug(const char *path, int writing_end);
/* For all devices from now on. */
void fake_evdev_grabbed_elsewhere(bool grabbed);
void fake_evdev_has_keys(bool keys);
/* How many grabs were asked for and given. */
int fake_evdev_grabs(void);
/* One press or report. */
void fake_evdev_key(int writing_end, unsigned key, int value);
void fake_evdev_sync(int writing_end, unsigned code);

#endif
