/* foyer-scan --image: look at pictures, one after the other. */
#ifndef DRIVERS_SCAN_IMAGE_H
#define DRIVERS_SCAN_IMAGE_H

#include "scan_options.h"

/* Open them all, enter the sandbox, read them. What is wrong is said on standard error, with the
 * file's name and a remedy; the others are read all the same.
 * returns: the worst of SCAN_DONE; SCAN_NO, one holds no code, or is no sound picture; SCAN_WORLD */
int scan_images(const struct scan_options *o);

#endif
