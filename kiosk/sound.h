/* Three short sounds, made from sine waves; nothing at all where there is no loudspeaker. */
#ifndef KIOSK_SOUND_H
#define KIOSK_SOUND_H

#include "app.h"

/* Look for a device. Without one sound_play does nothing. UI thread. */
void sound_open(void);
void sound_close(void);
/* Queue a sound; does not wait for it. */
void sound_play(enum sound s);

/* The samples of a sound at rate per second, mono: how many there are, at most cap. Pure. */
size_t sound_make(enum sound s, unsigned rate, int16_t *out, size_t cap);

#endif
