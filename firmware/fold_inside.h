/* What the files of the fold share; nobody else includes it.
 *
 * Nothing is added up when an event comes in: the set is kept, and a question walks the few events
 * of one person. So order, repeats and undoing need no case of their own. */
#ifndef FIRMWARE_FOLD_INSIDE_H
#define FIRMWARE_FOLD_INSIDE_H

#include "fold.h"

/* What an id stands for: an event, an undo of it that came first, or both. */
struct slot {
	struct event_id id, target;
	int64_t wall_ms;
	uint8_t person[EVENT_PERSON], hash[EVENT_HASH];
	uint32_t issue;
	uint16_t kind;
	bool trusted, there;
	uint32_t undone; /* how many undo events name it */
};

struct person {
	uint8_t handle[EVENT_PERSON];
	struct slot **slots; /* by event_compare */
	size_t n, cap;
};

/* Open addressing over pointers; cap is a power of two, at most three quarters are used. */
struct table {
	void **at;
	size_t cap, n;
};

struct fold {
	struct table slots, people;
};

/* The person with that handle, or NULL. */
struct person *fold_person_at(const struct fold *f, const uint8_t handle[static EVENT_PERSON]);

#endif
