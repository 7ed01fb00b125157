/* Building a roster from rows: the hub and the tests use it, a board never does.
 *
 * The caller keeps all it hands in until roster_write returns. One thread. The same source gives the
 * same bytes. */
#ifndef FIRMWARE_ROSTER_WRITE_H
#define FIRMWARE_ROSTER_WRITE_H

#include "roster.h"

struct source_rule {
	int64_t from; /* seconds since 1970 */
	int32_t minutes;
	struct span abbreviation;
};
struct source_zone {
	struct span name;
	const struct source_rule *rules;
	size_t count;
};
/* epoch: of the key, where the thing is sealed; it must rise when somebody may no longer open it. */
struct source_place {
	bool present, open_to_all;
	uint32_t epoch;
	struct place place;
};
struct source_activity {
	bool present; /* open_to_all is in the activity */
	uint32_t epoch;
	struct activity activity;
};
/* One code that leads to a person. */
struct source_entry {
	struct token token;
	uint32_t issue;
};
enum { SOURCE_ENTRIES = 8 };
struct source_person {
	/* place in the file: units == 0 asks for one; written back */
	uint32_t slot, at, units; /* at and units: of 64 bytes */
	uint32_t generation;
	uint8_t handle[8];
	uint8_t day_key[SEAL_RECORD_KEY]; /* Kd */
	bool badge_opens_day;
	bool is_protected, family_first;
	enum role role;
	enum language language;
	struct span id, given_name, family_name, display_name, honorific, organisation_id,
		organisation;
	struct span organisation_short, function, delegation, badge;
	struct span note; /* for the desk */
	uint32_t badge_issue;
	struct token badge_token; /* of badge_issue */
	size_t entry_count;
	struct source_entry entries[SOURCE_ENTRIES];
	const struct booking *bookings; /* by start of the activity */
	size_t booking_count;
	const struct meeting *meetings; /* by start */
	size_t meeting_count;
};
struct source_card {
	struct token token;
	uint8_t salt[SEAL_SALT];
	uint8_t secret[TOKEN_SECRET + SEAL_KEY]; /* roster_card_secret of token, PIN and salt */
	uint16_t rights;
	int64_t until;
};
/* The key a card signs with, by its secret. */
void roster_card_public(
	const uint8_t secret[static TOKEN_SECRET + SEAL_KEY], uint8_t out[static SEAL_PUBLIC]);

struct source_file {
	struct span name, bytes;
};
/* The event keys that build records; see keys.h of the hub. */
struct source_keys {
	uint8_t object[SEAL_KEY]; /* objects' keys are derived from it */
	uint8_t filler[SEAL_KEY]; /* fills what must look like a wrapped key */
	uint8_t desk[SEAL_KEY], door[SEAL_KEY], protocol[SEAL_KEY], issuing[SEAL_KEY];
};

struct roster_source {
	uint8_t delegation[152]; /* see the format */
	int64_t expires_at, base;
	bool demo;
	struct words name;
	struct span id, desk_place;
	uint32_t lease_amber_min, lease_withhold_min;
	struct source_keys keys;
	uint32_t card_bytes; /* at least this; 0 on the first build */
	uint32_t slot_count; /* slots ever given, empty ones included */
	const struct leg *legs;
	size_t leg_count;
	const struct source_zone *zones;
	size_t zone_count;
	const struct source_place *places; /* by number */
	size_t place_count;
	const struct track *tracks;
	size_t track_count;
	const struct source_activity *activities; /* by number */
	size_t activity_count;
	struct source_person *people; /* by slot, each slot once */
	size_t person_count;
	const struct source_card *cards;
	size_t card_count;
	const uint8_t (*revoked)[TOKEN_LABEL];
	size_t revoked_count;
	const struct source_file *files;
	size_t file_count;
	uint32_t units; /* length of the records section so far, in units of 64; written back */
};

/* The sealed activities and places that person i may open, each once.
 * returns: OK
 *          ERR_FORMAT, if a booking or meeting refers to what is not there
 *          ERR_FULL, if there are more than a visit holds */
struct source_reading {
	bool place; /* else an activity */
	uint16_t number;
};
MUST_CHECK enum err roster_readings(const struct roster_source *s, size_t i,
	struct source_reading out[static VISIT_OBJECTS], size_t *n);

/* Where a build failed, for the message: a person by index into people, or -1. */
struct roster_fault {
	int64_t person;
	const char *words; /* static */
};

/* Build the whole file, unsigned, with sequence and built-at zero. file->p is malloc'd, the caller's.
 * returns: OK
 *          ERR_FULL, if a day or a note does not fit its largest box or a card its; fault names the person
 *          ERR_BUSY, if two codes have the same label (another event key is the way out)
 *          ERR_FORMAT, if a reference or number in source is out of range; fault says which
 *          ERR_IO, if memory ran out */
MUST_CHECK enum err roster_write(struct roster_source *source, struct span *file,
	uint32_t *card_bytes, struct roster_fault *fault);

/* BLAKE2b-256 of all that is in file but sequence, built-at and the signature. */
void roster_content(struct span file, uint8_t out[static 32]);

/* Set sequence and built-at, and sign with the hub's seed. file is what roster_write made. */
void roster_sign(uint8_t *file, size_t n, uint64_t sequence, int64_t built_at,
	const uint8_t seed[static SEAL_SEED]);

/* The root's delegation to a hub key, as in the format. */
void roster_delegate(const uint8_t root_seed[static SEAL_SEED],
	const uint8_t hub[static SEAL_PUBLIC], uint32_t epoch, int64_t until,
	uint8_t out[static 152]);

#endif
