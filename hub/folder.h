/* What most verbs open: an event's folder with its list, keys and state, under one lock. */
#ifndef HUB_FOLDER_H
#define HUB_FOLDER_H

#include "file.h"
#include "keys.h"
#include "list.h"
#include "state.h"

struct folder {
	const char *dir;
	struct keys keys;
	struct list list;
	struct state state;
	struct file_lock lock;
};

enum folder_parts { FOLDER_KEYS = 1, FOLDER_LIST = 2, FOLDER_STATE = 4 };

/* Open the parts of dir; what fails is said on standard error with the remedy, under the verb's name. The
 * state is locked against a second program until folder_close.
 * returns: OK
 *          ERR_ABSENT, ERR_FORMAT, ERR_IO, ERR_DENIED, ERR_BUSY (a second program) as the parts say */
MUST_CHECK enum err folder_open(
	struct folder *f, const char *verb, const char *dir, unsigned parts);
void folder_close(struct folder *f);

/* Why a file could not be written, in words for people; e as file_write answers it. */
const char *folder_unwritten(enum err e);

/* The exit status for an err of folder_open: 1 for damage, 3 for what is missing or unreadable. */
int folder_exit(enum err e);

/* The person's row of the list and of the state (bringing a new one into the state), or a message and
 * ERR_ABSENT. */
MUST_CHECK enum err folder_person(
	struct folder *f, const char *verb, const char *id, struct state_person *out);

#endif
