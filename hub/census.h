/* Who is who: people, activities, boards and cards as events name them (by handle, number, id and key),
 * in the words of the list. One thread. */
#ifndef HUB_CENSUS_H
#define HUB_CENSUS_H

#include "boards.h"
#include "past.h"

struct census_person {
	uint8_t handle[EVENT_PERSON];
	int32_t row;   /* in the list; -1: she has left it */
	uint32_t slot; /* in the state */
};

struct census {
	const struct folder *folder;
	struct grow people; /* struct census_person, by handle */
	struct grow boards; /* struct board */
	struct board hub;   /* for what it says itself: its device and name */
	struct grow seen;   /* struct board_seen */
	struct grow heads;  /* struct store_head */
	struct grow cards;  /* struct census_card */
	bool cards_known;
	int32_t *activities; /* rows of the list by number, -1 */
	size_t activity_count;
};

/* From a folder with list, keys and state, and its past. The folder must outlive it.
 * returns: OK; as the store; ERR_IO also if memory is out */
MUST_CHECK enum err census_make(struct census *out, const struct folder *f, const struct past *p);
void census_free(struct census *c);

/* The person whom events call so, or NULL. */
const struct census_person *census_find(
	const struct census *c, const uint8_t handle[static EVENT_PERSON]);
/* Everybody in the order of slots; NULL after the last. */
const struct census_person *census_at(const struct census *c, size_t slot);
/* Her id, as the list or the state has it. */
const char *census_id(const struct census *c, const struct census_person *p);
/* The badge issue that a version is built with: lower ones are void by the list itself. */
uint32_t census_badge(const struct census *c, const struct census_person *p);
/* Her row of the list, or NULL. p may be NULL. */
const struct list_person *census_row(const struct census *c, const struct census_person *p);
/* The activity with this number, or NULL. */
const struct list_activity *census_activity(const struct census *c, uint16_t number);

/* The board that wrote a journal, by the device that signed its events; NULL. */
const struct board *census_board(const struct census *c, const uint8_t board[static EVENT_BOARD]);
/* When it was last heard, milliseconds since 1970; 0: never. */
int64_t census_seen(const struct census *c, const uint8_t device[static PAPER_DEVICE]);

/* The person whose card, of today or of an earlier day, signs so: her slot in the state, or -1. The first
 * question takes the work of all cards' PINs, a tenth of a second for each that keys/pins does not hold.
 * returns: OK; ERR_IO, if that cannot be done */
MUST_CHECK enum err census_signer(
	struct census *c, const uint8_t signer[static EVENT_PERSON], int32_t *slot);

/* The time zone of what happens at this time: that of the leg it falls into or that came before it, else of
 * the desk's place, else UTC. */
const char *census_zone(const struct census *c, int64_t wall_ms);

#endif
