/* Events: what happened on a board, as a value; its bytes, its hash, its order.
 *
 * THE ENCODING (little-endian), which the hash covers and which travels:
 *
 *   at  bytes
 *    0      8  board
 *    8      4  epoch: rises by one or more at each opening of the board's journal
 *   12      8  seq: from 1 in each epoch
 *   20     16  boot id (the kernel's)
 *   36      8  CLOCK_BOOTTIME, milliseconds
 *   44      8  wall clock, milliseconds since 1970
 *   52      1  the wall clock was trusted (0, 1)
 *   53      2  kind
 *   55      8  person: the handle P, zeros if none
 *   63      4  badge issue, 0 if none
 *   67      2  activity number, 0 if the kind has none
 *   69     20  target: board, epoch, seq of another event, zeros if none
 *   89      2  length of the payload, at most 512
 *   91      n  payload
 *
 * hash = BLAKE2b-256(no key, "foyer event" || hash of the board's event before || encoding); before
 * a board's first event stand 32 zeros. One board's events form one chain over all its epochs. */
#ifndef FIRMWARE_EVENT_H
#define FIRMWARE_EVENT_H

#include "base.h"

enum {
	EVENT_BOARD = 8,
	EVENT_PERSON = 8,
	EVENT_BOOT = 16,
	EVENT_HASH = 32,
	EVENT_PAYLOAD = 512,
	EVENT_BYTES = 91, /* without payload */
	EVENT_BYTES_MAX = EVENT_BYTES + EVENT_PAYLOAD,
};

/* The numbers are fixed for ever. A kind not named here is kept and forwarded as it is.
 * A badge's way through a printer is a job; it is named by its EVENT_BADGE_PREPARED, and all later
 * events of the job have that as their target. What staff say (staff.h) ends with a signature. */
enum event_kind {
	EVENT_ARRIVED = 1,           /* person, issue of the code shown */
	EVENT_BADGE_PREPARED = 2,    /* a job begins; no byte has left */
	EVENT_BADGE_SENDING = 3,     /* committed before byte 0 leaves */
	EVENT_BADGE_SENT = 4,        /* the last byte has left; not yet confirmed */
	EVENT_BADGE_PRINTED = 5,     /* the printer (or staff, asked) confirmed it */
	EVENT_BADGE_UNCERTAIN = 6,   /* it may have come out: a crash or cut in between */
	EVENT_BADGE_FAILED = 7,      /* it certainly did not come out */
	EVENT_BADGE_ISSUED = 8,      /* person, issue n: lower issues are replaced; payload: why,
				      * u8 enum issue_reason */
	EVENT_ENTERED = 9,           /* person, activity */
	EVENT_LEFT = 10,             /* person, activity */
	EVENT_CORRECTION_ASKED = 11, /* person; payload: none where the guest asked herself, else
				      * sealed to the hub, by staff */
	EVENT_STAFF_UNLOCKED = 12,   /* payload: the card's signer (staff.h) */
	EVENT_REVOKED = 13,          /* person; issues up to issue are dead; payload: a card's
				      * signature alone, or the signed code that said so
				      * (signed_code.h), from its kind to its signature */
	EVENT_UNDO = 14,             /* target: the event that counts as never written */
	EVENT_HEALTH = 15,           /* payload: readings */
	/* A signed time came in: payload i64, milliseconds to add to CLOCK_BOOTTIME in the boot named by
	 * boot to get the wall clock. It mends the clocks of all events of that boot. A known limit: a
	 * kiosk's and its agent's journals are two boards of one machine, joined by the boot id alone, so
	 * any certified device may say this of a boot whose id it has seen. It changes times and order of
	 * events whose clock was not trusted, hides none, and its signed run tells who it was. */
	EVENT_CLOCK = 16,
	EVENT_OVERRIDE = 17,      /* person, activity: let in against the light */
	EVENT_EMERGENCY = 18,     /* payload: emergency.h; empty: it is over */
	EVENT_STAFF_REFUSED = 19, /* a wrong PIN; payload: the card's signer */
	EVENT_LATE = 20,          /* person; payload: what was typed of her, sealed to the hub */
	/* Staff looked at somebody and changed nothing. Committed before it is shown; unsigned, as a board that
	 * keeps silent about it needs no forged signature. */
	EVENT_LOOKED_UP =
		21, /* person: her page, once in an unlocking; payload: the card's signer */
	/* Names were listed; what was typed is never kept. payload: the card's signer, u32 how many searches
	 * since the desk was unlocked: written at the first, the 16th, the 256th …, so that reading the whole
	 * list leaves its trace though the board's plug be pulled. Or the signer alone, and the activity of
	 * which a door listed who is missing. */
	EVENT_SEARCHED = 22,
};

/* Why a badge was issued anew. */
enum issue_reason { ISSUE_OTHER, ISSUE_LOST, ISSUE_DAMAGED, ISSUE_CORRECTED, ISSUE_REASONS };

struct event_id {
	uint8_t board[EVENT_BOARD];
	uint32_t epoch; /* 0: names no event */
	uint64_t seq;
};

struct event {
	struct event_id id;
	uint8_t boot[EVENT_BOOT];
	int64_t boot_ms, wall_ms;
	bool trusted;
	uint16_t kind; /* enum event_kind, or a newer one */
	uint8_t person[EVENT_PERSON];
	uint32_t issue;
	uint16_t activity;
	struct event_id target;
	uint16_t payload_n;
	uint8_t payload[EVENT_PAYLOAD];
	uint8_t hash[EVENT_HASH]; /* not part of the encoding */
};

/* The encoding of e into k. */
void event_write(struct sink *k, const struct event *e);
/* Read one encoding; c->bad tells a fault, and *out is then zeroed. hash stays zero. */
void event_read(struct cursor *c, struct event *out);
/* The hash of e after previous. */
void event_hash(const struct event *e, const uint8_t previous[static EVENT_HASH],
	uint8_t out[static EVENT_HASH]);
/* The same of its encoding, where that is at hand. */
void event_hash_bytes(struct span encoding, const uint8_t previous[static EVENT_HASH],
	uint8_t out[static EVENT_HASH]);

/* Order by board, epoch, seq: below, at or above 0. */
int event_id_compare(const struct event_id *a, const struct event_id *b);
/* The order of what happened: trusted clocks first, wall clock, board, epoch, seq. */
int event_compare(const struct event *a, const struct event *b);
/* "arrived", "badge printed" …, or "unknown". Static. */
const char *event_kind_name(unsigned kind);

#endif
