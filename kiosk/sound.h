/* Four short sounds, made from sine waves; nothing at all where there is no loudspeaker. */
#ifndef KIOSK_SOUND_H
#define KIOSK_SOUND_H

#include "app.h"

/* Queue a sound; does not wait for it. The device is opened at the first one. UI thread. */
void sound_play(enum sound s);
/* Give the device back, silent or not: an open one is fed and looked for many times a second, and a
 * kiosk rests most of its life. At the end of a visit, and of the program. */
void sound_rest(void);

/* The samples of a sound at rate per second, mono: how many there are, at most cap. Pure. */
size_t sound_make(enum sound s, unsigned rate, int16_t *out, size_t cap);

#endif
