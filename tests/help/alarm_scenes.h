/* An emergency on every kind of screen, and the desk that says it. */
#ifndef TESTS_ALARM_SCENES_H
#define TESTS_ALARM_SCENES_H

#include "scenes.h"

enum { ALARM_SCENES = 17, ALARM_GLASS = 8 }; /* the first ones are the emergency itself */
extern const struct scene alarm_scenes[ALARM_SCENES];
/* Words as they travel: thirty letters in each language, and one text for everybody. */
extern const char alarm_four[], alarm_one[];

/* An emergency holds with these words, said four minutes ago; "": it is over. */
void alarm_tell(struct visitor *v, const char *said);

#endif
