/* What an event remembers from one build to the next: state/ in its folder. It belongs to the event as
 * the list does: keep it with the list (it is text, a line a thing, and diffs well). It holds no name:
 * of names only a keyed hash, so that a changed one is noticed.
 *
 *   state/build.csv    key,value: sequence, built_at, content, card_bytes, units, slots, staff_epoch
 *   state/people.csv   a line a person, in the order of slots; people who are gone stay as tombstones.
 *                      Last what the last build let her open, by number: a6 is activity 6, p3 place 3
 *   state/numbers.csv  activity or place, its number, its id, the epoch of its key where it is sealed
 *   state/revoked.csv  labels of codes that were replaced or revoked, hexadecimal
 *   state/late.csv     id and handle of late guests who were taken into the list: events know them by
 *                      the handle that a desk gave them
 *
 * One thread; memory is the state's own, freed with state_free. */
#ifndef HUB_STATE_H
#define HUB_STATE_H

#include "event.h"
#include "grow.h"
#include "list.h"
#include "roster_write.h"
#include "token.h"

enum state_opens {
	STATE_BADGE_OPENS_DAY = 1,
	STATE_PROTECTED = 2,
};

struct state_person {
	char id[LIST_ID + 1];
	bool gone;
	uint32_t slot, at, units, incarnation, generation;
	uint32_t invitation, badge; /* current issues, 1 first */
	uint32_t badge_epoch;       /* staff epoch under which the current badge issue was made */
	uint32_t card, pin;         /* current card issue, number of its PIN */
	uint32_t opens;             /* enum state_opens: what the last build gave */
	uint32_t rights;            /* enum right: what her card held in the last build */
	uint64_t given, family;     /* keyed hashes of the names of the last build; 0: none yet */
	bool late;                  /* she was a late guest, and this is her handle: */
	uint8_t handle[EVENT_PERSON];
	uint32_t read_generation;  /* that of the last build */
	size_t read_first, read_n; /* in reads */
};

struct state_number {
	bool place; /* else an activity */
	uint16_t number;
	uint32_t epoch;
	char id[LIST_ID + 1];
};

struct state {
	uint64_t sequence; /* 0: nothing built yet */
	int64_t built_at;
	uint8_t content[32];
	uint32_t card_bytes, units, slots, staff_epoch;
	uint32_t late; /* how many people are late guests */
	/* of the files that were read: how many they were at the last build; late.csv was there */
	uint32_t late_told;
	bool late_there;
	struct grow people;  /* struct state_person, by slot */
	struct grow numbers; /* struct state_number */
	struct grow revoked; /* TOKEN_LABEL bytes each */
	struct grow reads;   /* struct source_reading, people after people */
	uint32_t *map;       /* ids of people to index + 1 */
	size_t map_n;
};

/* A state that was never built is empty, with staff_epoch 1.
 * returns: OK
 *          ERR_FORMAT, if a file is damaged (file and line are named on standard error), or one is
 *          missing though something was built
 *          ERR_IO, ERR_DENIED as file_read */
MUST_CHECK enum err state_load(struct state *out, const char *dir);
/* Write all of it, or nothing: every file goes beside its old one as NAME.new, build.csv.new last. Once that is
 * there they are what state_load reads, whatever has become of their names since.
 * returns: as file_write */
MUST_CHECK enum err state_save(const struct state *s, const char *dir);
void state_free(struct state *s);

/* The person with this id, or NULL. Valid until the next state_add_person. */
struct state_person *state_person(const struct state *s, const char *id);
/* A new person with the next slot and all issues 1.
 * returns: OK, ERR_IO (memory) */
MUST_CHECK enum err state_add_person(struct state *s, const char *id);
/* She is a late guest, and events call her so. returns: OK; ERR_BUSY, if somebody else has the handle */
MUST_CHECK enum err state_take_late(
	struct state *s, struct state_person *p, const uint8_t handle[static EVENT_PERSON]);
/* Somebody else has her id now. */
void state_drop_late(struct state *s, struct state_person *p);
/* The late guest with this handle, or NULL. */
struct state_person *state_late(const struct state *s, const uint8_t handle[static EVENT_PERSON]);
/* She is found under another id from now on; at most one of a person's ids is in use. */
void state_rename(struct state *s, struct state_person *p, const char *id);
/* The number of an activity or place, given now if it has none yet.
 * returns: OK
 *          ERR_FULL, if there are 65,536 already
 *          ERR_IO (memory) */
MUST_CHECK enum err state_number_of(struct state *s, bool place, const char *id, uint16_t *number);
/* New keys for all cards: the staff epoch rises, and with it every record's generation. Badges that are
 * out keep the epoch they were made under. */
void state_renew_staff(struct state *s);
/* Remember that this code is dropped. returns: OK, ERR_IO (memory) */
MUST_CHECK enum err state_revoke(struct state *s, const struct token *t);
MUST_CHECK enum err state_revoke_label(struct state *s, const uint8_t label[static TOKEN_LABEL]);

#endif
