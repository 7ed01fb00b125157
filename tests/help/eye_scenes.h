/* What a kiosk shows of its camera, and of codes that are something else. */
#ifndef TESTS_EYE_SCENES_H
#define TESTS_EYE_SCENES_H

#include "scenes.h"

enum { EYE_SCENES = FOREIGNS };
extern const struct scene eye_scenes[EYE_SCENES];

#endif
