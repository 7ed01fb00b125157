/* What a kiosk shows of its camera, and of codes that are something else. */
#ifndef TESTS_EYE_SCENES_H
#define TESTS_EYE_SCENES_H

#include "scenes.h"

enum { EYE_SCENES = FOREIGNS + 6 };
extern const struct scene eye_scenes[EYE_SCENES];

/* What such a camera sees: a hall, somebody in it, and a telephone with a code, as large as a picture for
 * the kiosk is. */
void eye_scene_view(struct painter *p);

#endif
