/* The place to hold a code: a frame, what the camera sees in it, and whether it has seen a code. Pure. */
#ifndef KIOSK_VIEWFINDER_H
#define KIOSK_VIEWFINDER_H

#include "ui.h"

/* Fill at, on INK_ACCENT, as model.camera is. rest is drawn in the frame while nobody is there. */
void viewfinder(struct ui *u, struct rect at, void (*rest)(struct ui *u, struct rect at));

#endif
