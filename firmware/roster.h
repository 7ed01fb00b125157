/* The roster: one sealed, signed, immutable file that holds an event.
 *
 * THE FORMAT, version 1. Numbers are little-endian. `varint` is base 128, low bits first, shortest
 * form. `text` is a varint length and so many bytes of UTF-8. `words` is four texts: de, en, fr, nl.
 * `minutes` is a varint of minutes after the event's base time. Whatever follows the fields named
 * here in a record, and any section not named here, is skipped by a reader: that is how it grows.
 *
 *   at  bytes  header
 *    0      8  magic 89 46 4f 59 45 52 0d 0a ("\x89FOYER\r\n": a text-mode copy breaks it)
 *    8      2  format (1)
 *   10      2  min_reader: the oldest reader that understands it (1)
 *   12      4  header length, 224 + 24 n: where the sections begin
 *   16      8  length of the whole file
 *   24     16  event = BLAKE2b-128("event" || root key)
 *   40      8  sequence
 *   48      8  built at, seconds since 1970
 *   56      8  expires at, the same: after it the file is refused as a new one
 *   64      4  number of sections
 *   68      4  zero
 *   72    152  delegation: root key 32, hub key 32, role u32 (1: may sign rosters), epoch u32,
 *              until u64, zero u64, then the root's signature 64 over these 88 bytes, under the
 *              label "foyer delegation"
 *  224   24 n  sections, by id: id u32, count of records u32, at u64, bytes u64; at is a multiple
 *              of 8; sections follow each other without overlap, gaps are zero
 *  last    64  the hub key's signature over all bytes before it, under the label "foyer roster"
 *
 * A signature is Ed25519 over BLAKE2b-512(label || 0 || bytes). A reader also demands that the event
 * belongs to the root key, the role is 1 and built at is not after until. The order of two rosters
 * is (delegation epoch, sequence).
 *
 * A box under a secret of 16 bytes is nonce 12, cipher text, tag 16: ChaCha20-Poly1305 (RFC 8439).
 * BLAKE2b-512(secret, "nonce") is a nonce key and then a box key of 32 bytes each; the nonce is
 * BLAKE2b-96(nonce key, plain text), and is compared again after opening.
 *
 * Small numbers: language 0 de, 1 en, 2 fr, 3 nl. Role 0 delegate, 1 vip, 2 official, 3 speaker,
 * 4 press, 5 staff, 6 security, 7 partner. Activity kind 0 seminar, 1 visit, 2 b2b, 3 signing,
 * 4 reception, 5 official, 6 transfer, 7 other. Access 0 open, 1 booked, 2 invited. Status of a
 * booking 0 confirmed, 1 waiting, 2 cancelled. Kind of a token 1 invitation, 2 badge, 3 card. Rights
 * 1 print, 2 correct, 4 late, 8 revoke, 16 door, 32 protocol, 64 admin.
 *
 * A section of records with sizes of their own is "a table": first count x u32, where each record
 * ends, counted from the end of these numbers; then the records, without gaps. The sections:
 *
 *   1 event      table of 1: words name, text id, u64 base time, u8 demo, varint card box bytes,
 *                text desk place id, varint lease amber minutes, varint lease withhold minutes,
 *                32 hub key for sealed letters (seal_to)
 *   2 legs       table: words name, text city, text zone, minutes first day, minutes last day
 *   3 zones      table: text name (tz database), varint n, n x {minutes from, varint offset + 1440
 *                (minutes east of UTC), text abbreviation}; from rises, the first holds before too
 *   4 places     table by number, empty where sealed or gone: text id, text name, text city, text
 *                room, text address, words directions, varint zone, varint capacity
 *   5 tracks     table: text id, words title, u8 red, u8 green, u8 blue
 *   6 activities table by number, empty where sealed or gone: text id, u8 kind, u8 access, words
 *                title, minutes start, minutes end, varint leave_by (0 none, else minutes + 1),
 *                varint place, varint track (0 none, else index + 1), varint capacity, text
 *                speakers, text meeting point, text dress
 *   7 objects    table of boxes, AD = "object" || event || object number u32;
 *                object 3 n is activity n, 3 n + 1 place n, 3 n + 2 a long text; empty where there
 *                is none. Plain text: varint length, a record as in section 6 or 4 or plain UTF-8,
 *                zeros to a multiple of 64. An object's key changes when one of those who may open
 *                it loses that right, or is given another generation.
 *   8 index      count x 28, by label: label 8, locator u32, wrapped key 16
 *   9 slots      count x 8: generation u32, then u32: where the record lies in section 10, in units
 *                of 64 bytes (low 24 bits), and its length in such units (high 8 bits; 0: no record)
 *  10 records    a record: handle P 8, card box, day box, zeros to a multiple of 64. AD of a box =
 *                event || P || box kind u8 (1 card, 2 day); the count is that of people
 *  11 directory  count x 32, one a slot: Kd wrapped for the desk 16, Kc wrapped for the doors 16
 *  12 cards      count x 224, by label: label 8, salt 16, public key 32, rights u16, zero u16, valid
 *                until u64, sealed bundle 28 + 4 x 32
 *  13 revoked    count x 8: labels of dropped entries and of dropped late codes (late.h), sorted
 *  14 files      table: text name, then the bytes (badge templates, logos)
 *  15 order      count x 2: numbers of the public activities, by start
 *  16 notes      what the organiser tells the desk; no such section where there is nothing to tell.
 *                count x {label 8, box}, by label, all of one size: the longest text, filled with zeros
 *                to a multiple of 64 of at most 512. Plain text: a text. AD as of a person's box, kind 3
 *
 * Keys. H-n(k, m) is n bits of BLAKE2b keyed with k; || joins; numbers in m are u32.
 *   label   = H-64(token secret, "label" || kind u8 || epoch u8)
 *   locator = (slot | 1 << 31 where the entry opens the card only) XOR H-32(token secret, "slot")
 *   wrapped = Kd (or Kc) XOR H-128(token secret, "wrap" || generation of the slot)
 *   Kc      = H-128(Kd, "card")
 *   desk    = Kd XOR H-128(desk key, "desk" || slot || generation); a protected person's Kd is
 *             wrapped with the protocol key instead of the desk key, and her door half is noise
 *   door    = Kc XOR H-128(door key, "door" || slot || generation)
 *   note    = H-192(desk key, "note" || slot || generation): its label 8, its box's secret 16; of a
 *             protected person with the protocol key instead
 *   bundle  = box under H-128(C, "bundle"), C = card secret || Argon2id-256(PIN of 8 digits, salt;
 *             version 1.3, 3 passes, 64 MiB, 1 lane), AD = "card" ||
 *             event || label; plain text: desk key, door key, protocol key, issuing key, 32 bytes
 *             each, zero where the card lacks the right. The card's signing seed is H-256(C, "sign")
 *
 * Card box, plain text, zeros up to the event's card box bytes:
 *   u8 flags (1 protected), u8 language, varint badge issue,
 *   varint n, u8 prefix bytes p, n x {the first p bytes of the label, u8 kind, varint issue}: p is as
 *   many as tell this person's labels apart; then, unless protected, the person:
 *   u8 role, u8 name order (1 family name first), text id, ltext given name, ltext family name,
 *   ltext display name, text honorific,
 *   text organisation id, ltext organisation, ltext its short name, ltext function, text delegation,
 *   text badge template, varint n, n x key {varint object, 16}, varint n, n x varint (activity
 *   number << 2 | status)
 * `ltext` is a varint v: where v is even, a text of v / 2 bytes follows; where it is odd, the text
 * stands in object v >> 1, whose key is among those that follow.
 *
 * Day box, plain text, zeros up to 128 x {1, 2, 3, 4, 6, 8, 12, 16}, the largest that fits the record:
 *   for a protected person first the person as above; then
 *   u8 badge epoch, 16 badge secret (of the badge issue in the card box),
 *   varint n, n x key, then for each booking in the person's order: text seat,
 *   varint n, n x meeting {text id, minutes start, varint length in minutes, varint (place number
 *   << 1 | host), text table, text subject, text counterpart, text counterpart organisation}
 *
 * WHAT IT PROMISES. The file alone: the public programme, how many people come roughly, of how many there
 * is a note and which slots changed between two versions; no name. One code: its person's card or day,
 * and nothing else's; no note. A reader verifies first, checks every offset once, and trusts nothing of an unverified file.
 *
 * A reader may refuse: more than 1 GiB or 64 sections, a base time above 2^40, a card box above 2048
 * bytes, more than 4096 rules a zone, and a person with more than 64 labels, 128 bookings, 128
 * meetings or 128 keys. */
#ifndef FIRMWARE_ROSTER_H
#define FIRMWARE_ROSTER_H

#include "base.h"
#include "seal.h"
#include "token.h"
#include "visit.h"

enum { ROSTER_FORMAT = 1, ROSTER_EVENT = 16, ROSTER_SECTIONS = 17, ROSTER_MAX = 1 << 30 };

/* Whom a reader believes: the event's root key and the newest version it has seen. All zero: the
 * first roster decides, and trust is learnt from it. */
struct trust {
	bool known;
	uint8_t root[SEAL_PUBLIC];
	uint32_t epoch;
	uint64_t sequence;
};

struct roster_section {
	uint32_t count;
	struct span bytes;
};

/* An open roster: spans into the file, which must outlive it. Plain value, copy freely, read-only,
 * any thread. */
struct roster {
	struct span file;
	uint8_t event[ROSTER_EVENT], root[SEAL_PUBLIC], hub[SEAL_PUBLIC];
	uint32_t epoch;
	uint64_t sequence;
	int64_t built_at, expires_at, base;
	uint32_t card_bytes;
	bool demo;
	struct roster_section section[ROSTER_SECTIONS];
};

/* Verify and check file, in this order: length and magic, version, root, signatures, order, every
 * offset and length. Nothing is copied, nothing allocated. now: seconds since 1970, to refuse a new
 * file past its last day; 0 for one already in use.
 * returns: OK
 *          ERR_FORMAT, if it is cut short, lengthened, no roster, or its parts do not fit together
 *          ERR_VERSION, if it needs a newer reader
 *          ERR_FOREIGN, if its root key is not the trusted one
 *          ERR_FORGED, if a signature does not hold, or the signer may not sign rosters
 *          ERR_OLDER, if (epoch, sequence) is below the trusted one, or the sequence jumps by more
 *          than 1,000,000 within an epoch
 *          ERR_EXPIRED, if now is past its last day */
MUST_CHECK enum err roster_open(
	struct roster *out, struct span file, const struct trust *trust, int64_t now);

/* What trust becomes by accepting r. */
struct trust roster_trust(const struct roster *r);

/* The public parts. Index i is below the section's count; number is an activity's or place's number.
 * returns: OK
 *          ERR_ABSENT, if there is none */
struct event_info {
	struct words name;
	struct span id;
	struct span desk_place; /* a place's id, or empty */
	uint32_t lease_amber_min, lease_withhold_min;
	uint8_t letters[SEAL_PUBLIC]; /* seal_to this for the hub */
};
void roster_event(const struct roster *r, struct event_info *out);
struct leg {
	struct words name;
	struct span city, zone;
	int64_t first, last; /* midnights, UTC seconds of the local days */
};
MUST_CHECK enum err roster_leg(const struct roster *r, uint32_t i, struct leg *out);
uint32_t roster_activity_count(const struct roster *r);
MUST_CHECK enum err roster_activity_at(const struct roster *r, uint32_t i, struct activity *out);
struct track {
	struct span id;
	struct words title;
	uint8_t rgb[3];
};
MUST_CHECK enum err roster_track(const struct roster *r, uint32_t i, struct track *out);
/* A file that travels in the roster: a badge template or a logo, by name. */
MUST_CHECK enum err roster_file(const struct roster *r, struct span name, struct span *out);
MUST_CHECK enum err roster_place_by_id(const struct roster *r, struct span id, struct place *out);

/* Local time. offset is minutes east of UTC at that instant, abbreviation e.g. "PDT". */
struct local_offset {
	int32_t minutes;
	struct span abbreviation;
};
struct local_offset roster_offset(const struct roster *r, uint16_t zone, int64_t utc);

/* What a token found. Holds a key: wipe it. */
struct found {
	uint32_t slot;
	bool card_only;
	bool by_staff; /* through the directory: no label */
	uint8_t label[TOKEN_LABEL];
	uint8_t key[SEAL_RECORD_KEY]; /* Kd, or Kc if card_only */
};
/* returns: OK
 *          ERR_ABSENT, if no entry is for this token (unknown, of another event, a changed kind)
 *          ERR_EXPIRED, if it was dropped: replaced or revoked */
MUST_CHECK enum err roster_find(const struct roster *r, const struct token *t, struct found *out);
/* Is this label one of what was dropped? */
bool roster_drops(const struct roster *r, const uint8_t label[static TOKEN_LABEL]);

/* Open the record that f leads to. v's memory is used: zeroed before its first use, wiped here before
 * any other; on any error v is wiped.
 * returns: OK
 *          ERR_FORGED, if a box does not open under f's key, or does not know f's label
 *          ERR_FORMAT, if what it holds is not well-formed
 *          ERR_FULL, if it holds more than v has memory for */
MUST_CHECK enum err roster_visit(const struct roster *r, const struct found *f, struct visit *v);

/* The activity or place with this number: a public one, or a sealed one that v holds the key of (its
 * text then takes room in v's memory). v may be NULL.
 * returns: OK
 *          ERR_ABSENT, if there is none or v holds no key for it
 *          ERR_FULL, if v's memory is used up
 *          ERR_FORGED, ERR_FORMAT as roster_visit */
MUST_CHECK enum err roster_activity(
	const struct roster *r, struct visit *v, uint16_t number, struct activity *out);
MUST_CHECK enum err roster_place(
	const struct roster *r, struct visit *v, uint16_t number, struct place *out);

/* Is there an activity with this number that is not public? That it is there is no secret. */
bool roster_is_sealed(const struct roster *r, uint16_t number);

/* Staff cards: what a card and its PIN unlock. Keys a right does not need are zero. */
enum right {
	RIGHT_PRINT = 1 << 0,
	RIGHT_CORRECT = 1 << 1,
	RIGHT_LATE = 1 << 2,
	RIGHT_REVOKE = 1 << 3,
	RIGHT_DOOR = 1 << 4,
	RIGHT_PROTOCOL = 1 << 5,
	RIGHT_ADMIN = 1 << 6,
};
enum { RIGHTS = 7 };
extern const char *const right_codes[RIGHTS];
/* What everybody may know of a card. */
struct roster_card {
	uint8_t public_key[SEAL_PUBLIC];
	uint16_t rights;
	int64_t until; /* seconds since 1970 */
};
/* The card at place i, or the one that a token is.
 * returns: OK
 *          ERR_ABSENT, if there is none */
MUST_CHECK enum err roster_card_at(const struct roster *r, uint32_t i, struct roster_card *out);
MUST_CHECK enum err roster_card_of(
	const struct roster *r, const struct token *card, struct roster_card *out);
struct staff_keys {
	uint16_t rights;
	uint8_t desk[SEAL_KEY], door[SEAL_KEY], protocol[SEAL_KEY], issuing[SEAL_KEY];
	uint8_t signing_seed[SEAL_SEED];
};
/* Takes about a tenth of a second (seal_pin). On any error out is wiped.
 * returns: OK
 *          ERR_ABSENT, if the card is none of the roster's
 *          ERR_DENIED, if the PIN is wrong
 *          ERR_EXPIRED, if now is past the card's last day, or the card was dropped
 *          ERR_IO, if the work memory cannot be had */
MUST_CHECK enum err roster_unlock(const struct roster *r, const struct token *card, struct span pin,
	int64_t now, struct staff_keys *out);
/* Slot by slot through the directory, with what keys hold: the desk's view (Kd) if desk, or
 * protocol for protected people, else the doors' (Kc).
 * returns: OK
 *          ERR_ABSENT, if the slot is empty or past the end
 *          ERR_DENIED, if no key at hand opens it */
MUST_CHECK enum err roster_find_slot(
	const struct roster *r, const struct staff_keys *keys, uint32_t slot, struct found *out);
uint32_t roster_slot_count(const struct roster *r);
/* What the organiser tells the desk of the person who is open in v: UTF-8, of several lines perhaps. On any
 * error out is "".
 * returns: OK
 *          ERR_ABSENT, if nothing is told, or only to whoever holds other keys
 *          ERR_FORGED, ERR_FORMAT as roster_visit */
enum { ROSTER_NOTE = 512 };
MUST_CHECK enum err roster_note(const struct roster *r, const struct staff_keys *keys,
	const struct visit *v, char out[static ROSTER_NOTE]);
/* The slot whose record carries this handle: who is known may be asked without a key. Looks at all.
 * returns: OK
 *          ERR_ABSENT, if the roster does not know her */
MUST_CHECK enum err roster_slot_of(
	const struct roster *r, const uint8_t handle[static 8], uint32_t *slot);

#endif
