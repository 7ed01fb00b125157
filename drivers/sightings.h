/* What a camera sees, as what was shown to it: a code held up is read thirty times a second and is
 * meant once.
 *
 * A code counts when it comes into view; it counts again when it has been out of view for
 * SIGHTING_AWAY_MS. Another code counts at once. A code of something else counts for nothing beside
 * one of ours: an invitation may carry both. Only hashes are kept. Pure. */
#ifndef DRIVERS_SIGHTINGS_H
#define DRIVERS_SIGHTINGS_H

#include "base.h"

enum {
	SIGHTING_AWAY_MS = 3000,
	SIGHTING_BESIDE_MS = 1000, /* ours is in view: it was read so long ago at most */
	SIGHTING_HELD_MS = 1200, /* one that counted is still held up: so too; what does not move is
				      looked at twice a second (scan_gate.h) */
	SIGHTINGS = 8,           /* codes in view that are told apart */
};

struct sightings {
	int64_t ours_ms, held_ms; /* when one of ours, and one that had counted, was last read */
	bool ours, held;          /* … if ever */
	struct {
		uint8_t hash[16];
		int64_t last_ms;
		bool used;
	} seen[SIGHTINGS];
};

/* text was read at now_ms; ours: it is a Foyer code. Does it count? */
bool sightings_count(struct sightings *s, struct span text, bool ours, int64_t now_ms);
/* Is a code that counted before being held up? */
bool sightings_held(const struct sightings *s, int64_t now_ms);

#endif
