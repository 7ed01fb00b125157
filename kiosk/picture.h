/* foyer-kiosk --badge and --slip: the very dots that print, as a picture. */
#ifndef KIOSK_PICTURE_H
#define KIOSK_PICTURE_H

#include "options.h"

/* What is wrong is said on standard error.
 * returns: the exit status of design.md section 2 */
int picture_run(const struct options *options);

#endif
