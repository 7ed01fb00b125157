/* Every screen of a door in the states it can be in. */
#ifndef TESTS_DOOR_SCENES_H
#define TESTS_DOOR_SCENES_H

#include "scenes.h"

enum { DOOR_SCENES = 35 };
extern const struct scene door_scenes[DOOR_SCENES];

#endif
