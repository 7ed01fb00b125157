/* A camera's process of a test's own: the test program again, saying what the test tells it to. */
#ifndef TESTS_HELP_FAKE_EYE_H
#define TESTS_HELP_FAKE_EYE_H

#include "scan_pipe.h"
#include "scratch.h"

/* To be called first in main: true, this was the process, and it has ended. */
bool fake_eye_was(int argc, char **argv);

struct fake_eye {
	struct scratch scratch;
	char uri[160]; /* camera:…, for scanner_open */
	int pen;       /* what is written here the process says; -1: it is not met */
};

/* From now on cameras are seen through by the fake. */
void fake_eye_start(struct fake_eye *f);
void fake_eye_stop(struct fake_eye *f);
/* Wait until the process is there and listens. */
void fake_eye_meet(struct fake_eye *f);
/* Let go of it: a process that is met no more ends. Close the pen before another one is started. */
void fake_eye_leave(struct fake_eye *f);
/* Has the process that was met ended? */
bool fake_eye_dead(const struct fake_eye *f);

/* Say it to the letter. A line that begins with ! is done instead: !view N shows a picture of grey N;
 * !env NAME, !files, !mask say as a code's text whether it is set, how many descriptors are open, how
 * many signals are blocked. */
void fake_eye_say(struct fake_eye *f, const char *text);
void fake_eye_bytes(struct fake_eye *f, const void *p, size_t n);
void fake_eye_line(struct fake_eye *f, const struct scan_line *l);
void fake_eye_beat(struct fake_eye *f, uint32_t pledge_ms);
void fake_eye_code(struct fake_eye *f, const char *text);

#endif
