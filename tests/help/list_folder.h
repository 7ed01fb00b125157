/* A small faultless event in a temporary folder, with one file changed, and what check says of it. */
#ifndef TESTS_HELP_LIST_FOLDER_H
#define TESTS_HELP_LIST_FOLDER_H

#include "base.h"

#include <stddef.h>

/* Make the folder, name it in dir[64]. */
void list_folder_make(char *dir);
void list_folder_remove(const char *dir);
/* Replace file ("list/people.csv") by n bytes. */
void list_folder_put(const char *dir, const char *file, const void *bytes, size_t n);

/* All faults of the event with one file changed, a line each, as foyer check prints them. The
 * caller frees them. */
char *list_folder_faults(const char *file, const void *bytes, size_t n);

#endif
