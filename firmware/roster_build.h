/* What the parts of the roster's writer share: the objects pass and the boxes pass. */
#ifndef FIRMWARE_ROSTER_BUILD_H
#define FIRMWARE_ROSTER_BUILD_H

#include "grow.h"
#include "roster_inside.h"
#include "roster_write.h"

/* All card boxes are of one size, so one long name must not set it: from a card that would be longer than
 * this, the longest texts move into objects of their own. Multiples of 64 fill a record without waste. */
enum { CARD_BYTES_AIM = 192, TEXT_MOVED_LEAST = 24, PERSON_TEXTS = 6 };

/* What is sealed once for several people. */
struct object {
	bool wanted;
	struct span text; /* of a long text */
	struct seal_hash readers;
	uint8_t key[SEAL_RECORD_KEY];
};

/* The objects a person needs: those of her person part, then those of her day. */
struct object_refs {
	size_t first, day, end; /* in refs */
	uint8_t moved;          /* bits of person_texts that stand in objects */
};

struct objects {
	struct grow of[OBJECT_KINDS]; /* struct object each; object number = index x 3 + kind */
	struct grow refs;             /* u32 object numbers, people after people */
	struct object_refs *person;   /* one a person of the source */
	uint32_t *text_map;           /* open addressing over of[OBJECT_TEXT], index + 1 */
	size_t text_map_n;
};

/* Find out which objects there are and who reads them, and derive their keys.
 * returns: OK
 *          ERR_IO, if memory ran out
 *          ERR_FORMAT, if a booking or meeting refers to what is not there
 *          ERR_FULL, if a person would need more keys than a visit holds */
MUST_CHECK enum err objects_collect(
	struct objects *o, const struct roster_source *s, struct roster_fault *fault);
void objects_free(struct objects *o);
struct object *objects_at(const struct objects *o, uint32_t number);
/* The number of the object that holds this long text, which was collected. */
uint32_t objects_text(const struct objects *o, struct span text);
/* The texts of a person that may stand in objects, in the format's order. */
void person_texts(const struct source_person *p, struct span out[static PERSON_TEXTS]);

/* The sections that are in clear, and the sealed objects: firmware/roster_tables.c.
 * returns: OK
 *          ERR_IO, if memory ran out
 *          ERR_FULL, if an object is longer than a reader takes */
MUST_CHECK enum err write_public(struct grow *section, uint32_t *count,
	const struct roster_source *s, const struct objects *o, uint32_t card_bytes);

/* Records as section 6 and 4 have them. */
void write_activity(struct sink *k, const struct roster_source *s, const struct activity *a);
void write_place(struct sink *k, const struct place *p);

/* The plain text of person i's two boxes, without padding. */
void write_card(struct sink *k, const struct roster_source *s, const struct objects *o, size_t i);
void write_day(struct sink *k, const struct roster_source *s, const struct objects *o, size_t i);

#endif
