/* A real kiosk that plays a story and stands still where the test wants to look at it: at a `shot`
 * whose file is a pipe that nobody reads yet. The thread that draws then waits in open(2), all others
 * have nothing to do, and nothing of the picture is made before the test has looked. */
#ifndef TESTS_HELP_STORY_HALT_H
#define TESTS_HELP_STORY_HALT_H

#include "base.h"

#include <sys/types.h>

struct story_halt {
	pid_t pid;
	char shots[200]; /* the folder of pictures */
};

/* Make the pipe of a shot, before the story is started. A failure ends the program. */
void story_halt_at(const struct story_halt *s, const char *shot);
/* Start `program words…` (words separated by spaces) with --shots; its talk goes to log. */
void story_halt_start(
	struct story_halt *s, const char *program, const char *words, const char *log);
/* Wait until it stands at that shot; false if it ended, or did not come there in five minutes. */
bool story_halt_wait(struct story_halt *s, const char *shot);
/* Let it go on. */
void story_halt_go_on(const struct story_halt *s, const char *shot);
/* Wait for its end. returns: the exit status, or minus the signal that ended it */
int story_halt_end(struct story_halt *s);

#endif
