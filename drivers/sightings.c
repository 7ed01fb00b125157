/* Telling what was shown from what is seen. */
#include "sightings.h"

#include "seal.h"

#include <string.h>

/* The slot of hash; else one that is free, or the one that was not seen for longest. */
static size_t slot_of(const struct sightings *s, const uint8_t hash[static 16])
{
	size_t best = 0;

	for (size_t i = 0; i < SIGHTINGS; i++) {
		if (s->seen[i].used && seal_equal(s->seen[i].hash, hash, sizeof(s->seen[i].hash)))
			return i;
		bool older = s->seen[i].last_ms < s->seen[best].last_ms;
		if (s->seen[best].used && (!s->seen[i].used || older))
			best = i;
	}
	return best;
}

bool sightings_count(struct sightings *s, struct span text, bool ours, int64_t now_ms)
{
	uint8_t hash[16];

	if (!ours && s->ours && now_ms - s->ours_ms <= SIGHTING_BESIDE_MS)
		return false;
	s->ours |= ours;
	s->ours_ms = ours ? now_ms : s->ours_ms;
	seal_hash((struct span){0}, text, hash, sizeof(hash));
	size_t i = slot_of(s, hash);
	bool again = s->seen[i].used && seal_equal(s->seen[i].hash, hash, sizeof(hash)) &&
		     now_ms - s->seen[i].last_ms < SIGHTING_AWAY_MS;
	memcpy(s->seen[i].hash, hash, sizeof(hash));
	s->seen[i].last_ms = now_ms;
	s->seen[i].used = true;
	if (again) {
		s->held = true;
		s->held_ms = now_ms;
	}
	return !again;
}

bool sightings_held(const struct sightings *s, int64_t now_ms)
{
	return s->held && now_ms - s->held_ms <= SIGHTING_HELD_MS;
}
