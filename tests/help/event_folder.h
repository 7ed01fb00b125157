/* A small event folder with a list of four people, and the verbs of foyer run on it in this process. */
#ifndef TESTS_HELP_EVENT_FOLDER_H
#define TESTS_HELP_EVENT_FOLDER_H

#include "base.h"

struct verb;

enum { EVENT_PATH = 256, EVENT_SAID = 64 * 1024 };

struct event_folder {
	char dir[EVENT_PATH / 2];
	char path[EVENT_PATH];   /* the last name given by event_path */
	char said[EVENT_SAID];   /* what the last verb wrote to standard output */
	char talked[EVENT_SAID]; /* and to standard error */
};

/* Anna (a1, delegate), Bruno (b2, vip), Clara (c3, protected official), Dries (d4, staff with a card that
 * prints); keys from a seed. Ends the program if it cannot be made. */
void event_folder_make(struct event_folder *f);
void event_folder_remove(struct event_folder *f);

/* dir/name, in f->path. */
const char *event_path(struct event_folder *f, const char *name);
/* Put text into dir/name. */
void event_put(struct event_folder *f, const char *name, const char *text);
/* Replace the first `from` in dir/name by `to`; ends the program where it is not there. */
void event_edit(struct event_folder *f, const char *name, const char *from, const char *to);
/* Run a verb with words separated by spaces, "DIR" standing for the folder, '' for an empty one.
 * returns: its exit status */
int event_run(struct event_folder *f, const struct verb *verb, const char *words);
/* The same; the test fails with what was said, unless it was done. */
void event_must(struct event_folder *f, const struct verb *verb, const char *words);

#endif
