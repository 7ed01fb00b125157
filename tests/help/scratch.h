/* A folder of a test's own, gone when it is given back. */
#ifndef TESTS_HELP_SCRATCH_H
#define TESTS_HELP_SCRATCH_H

struct scratch {
	char folder[64];
	char path[128]; /* the last name given by scratch_name */
};

/* Ends the program if no folder can be made. */
void scratch_make(struct scratch *s);
/* folder/name, in s->path. */
const char *scratch_name(struct scratch *s, const char *name);
/* Removes the folder with the files in it. */
void scratch_remove(struct scratch *s);

#endif
