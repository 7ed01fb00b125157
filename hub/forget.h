/* Forgetting one person: her rows of the list, her place in the state, what the hub shows of her.
 *
 * A state that has forgotten her keeps a tombstone of her slot under a keyed hash in place of her id: all her
 * codes are among the revoked labels, and if the id ever comes back it is somebody new, whom no event of
 * before is about. Her events stay in the boards' chains, under a handle that only the event secret could
 * lead from her id. One thread. */
#ifndef HUB_FORGET_H
#define HUB_FORGET_H

#include "past.h"

enum { FORGET_FILES = 4 };

struct forgotten {
	size_t rows[FORGET_FILES]; /* of people, bookings, meetings, staff */
	bool in_state;
	size_t events, sealed; /* about her in the store; of them with payloads sealed to the hub */
};
extern const char *const forget_files[FORGET_FILES]; /* "list/people.csv" … */

/* What there is of her. returns: OK; as the list's files and the store */
MUST_CHECK enum err forget_look(
	const struct folder *f, const struct past *p, const char *id, struct forgotten *out);
/* Take her rows out of the list's files, every other byte stays.
 * returns: OK; as file_read and file_write: run it again */
MUST_CHECK enum err forget_in_list(const struct folder *f, const char *id);
/* In memory: state_save keeps it. She may be gone already. returns: OK; ERR_IO, memory */
MUST_CHECK enum err forget_in_state(struct folder *f, const char *id);
/* Let the hub open no request about her any more; s may be written.
 * returns: as the store */
MUST_CHECK enum err forget_requests(
	struct store *s, const struct past *p, const uint8_t handle[static EVENT_PERSON]);

#endif
