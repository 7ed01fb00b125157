/* Changes: what is different in the public programme from what was said before, for an hour.
 *
 * A venue screen remembers what it announced, so that it can say "new time, was 14:00" when another
 * roster comes, even after a restart. Only public facts are in here and in the file that keeps them
 * (changes, in the board's folder); an activity that is no longer public is forgotten, not cancelled.
 *
 * THE FILE. Numbers are little-endian; varint and text are as in roster.h.
 *   8 "FOYERCH1", 16 event, u32 epoch, u64 sequence of the roster last compared, u8 more (0, 1),
 *   varint n, n x past, varint n, n x {u8 changes, u64 noted, past}
 *   past: u16 activity, u16 place, u8 kind, u64 start, u64 end, u64 leave
 *   (0: none), 3 x u16 offset + 1440 (of start, end, leave), 4 texts title (de, en, fr, nl), texts
 *   place id, place, room, city, meeting point
 * Times are seconds since 1970. A file that is anything else is refused whole.
 *
 * Pure. Plain values, some hundreds of KB. */
#ifndef KIOSK_CHANGES_H
#define KIOSK_CHANGES_H

#include "roster.h"
#include "text.h"

enum {
	CHANGES_KNOWN =
		256, /* the next activities that are remembered; later ones are not compared */
	CHANGES_TEXT = 96 * 1024,
	CHANGES_MARKS = 64,
	CHANGES_LAST_S = 60 * 60,
	CHANGE_TEXT = 1536,
	CHANGES_FILE = 512 * 1024, /* no file is longer */
};

enum change_kind {
	CHANGE_NEW = 1 << 0,
	CHANGE_TIME = 1 << 1,  /* start */
	CHANGE_LEAVE = 1 << 2, /* when its coach leaves */
	CHANGE_PLACE = 1 << 3,
	CHANGE_MEETING = 1 << 4, /* the meeting point */
	CHANGE_CANCELLED = 1 << 5,
	CHANGE_ALL = (1 << 6) - 1
};

/* An activity as it was said to be. Its texts are in the memory of what holds it. */
struct past {
	uint16_t activity, place; /* numbers */
	enum activity_kind kind;
	int64_t start, end, leave;
	int32_t offset, end_offset, leave_offset;
	struct texts title;
	struct text place_id, place_name, room, city, meeting_point;
};

struct change {
	uint8_t what; /* of enum change_kind */
	int64_t noted;
	struct past was; /* of CHANGE_NEW: as it is */
	uint32_t text_n;
	uint8_t text[CHANGE_TEXT];
};

struct changes {
	bool known; /* false: nothing was said yet */
	uint8_t event[ROSTER_EVENT];
	uint32_t epoch;
	uint64_t sequence;
	bool more;       /* later activities were not remembered */
	uint32_t past_n; /* by start */
	struct past past[CHANGES_KNOWN];
	uint32_t text_n;
	uint8_t text[CHANGES_TEXT];
	uint32_t mark_n;
	struct change marks[CHANGES_MARKS];
};

/* When people leave for a: of a transfer always, else where it is said; 0: nobody leaves. */
int64_t changes_leave(const struct activity *a);

/* From now on this is what was said: the next public activities of r that end after now. */
void changes_learn(struct changes *c, const struct roster *r, int64_t now);
/* Note what r says otherwise, if it is another version of the same event, and learn it. Of another event,
 * all is forgotten. True: there is something to write down. */
bool changes_compare(struct changes *c, const struct roster *r, int64_t now);

/* The change of an activity that is still to be told at now, or NULL. Dies with the next compare. */
const struct change *changes_of(const struct changes *c, uint16_t activity, int64_t now);
/* Is this one? */
bool change_is_fresh(const struct change *c, int64_t now);
struct span change_text(const struct change *c, struct text t);

/* The file's bytes into k. */
void changes_write(const struct changes *c, struct sink *k);
/* returns: OK
 *          ERR_FORMAT, if it is not as above; *out is then empty */
MUST_CHECK enum err changes_read(struct changes *out, struct span file);

#endif
