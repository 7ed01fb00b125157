/* Every venue screen in the states it can be in: an invented morning in a hall, built by hand. */
#ifndef TESTS_VENUE_SCENES_H
#define TESTS_VENUE_SCENES_H

#include "scenes.h"

enum { VENUE_SCENES = 26, VENUE_LONG = 23 };
/* Those from VENUE_LONG on have titles, speakers and places as long as they come. */
extern const struct scene venue_scenes[VENUE_SCENES];
extern const struct scene_set all_venue_scenes;

/* Show the venue that v->venue was made into. */
void venue_show(struct visitor *v, const struct venue *venue);

#endif
