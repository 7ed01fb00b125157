/* Status: what the agent tells the board's other programs, in the file `status` of its folder; and how
 * old the hub's last word is.
 *
 * A BOARD'S FOLDER (0700):
 *   trust          root key and highest version believed (trust.h)
 *   roster.foyer   the roster in use; replaced by rename
 *   journal.db     the kiosk's journal
 *   key            the device's seed, hexadecimal (0600)              )
 *   credential     what the hub signed for it (paper.h)               )
 *   hubs           the hubs' addresses, a line each                   )  the agent's
 *   agent.db       the agent's own journal: clock, codes              )
 *   peers.db       everybody's events, own ones included (store.h)    )
 *   status         this                                               )
 *   changes        what a venue screen announced (changes.h); the kiosk's
 *   inbox/         signed codes as texts, a file each, for the agent; it removes them
 *   kiosk.lock agent.lock
 *   wiped was-wiped  the event is over and this board was wiped (wipe.h); there is nothing else then
 *
 * The agent writes the file whenever something in it changes that a person would see, and at least every
 * five minutes.
 *
 * THE FILE is lines `key value` (`key` alone where the text is empty), in this order, all of them:
 *   enrolled 0|1, online 0|1, revoked 0|1, name TEXT (may be empty), words TEXT (four words to compare
 *   while enrolling, or empty), floor SECONDS (the clock is never before it), fresh SECONDS (newest
 *   signed time), counted MS (powered-on time since fresh, up to the next), boot HEX, counted-at MS
 *   (CLOCK_BOOTTIME in that boot), offset MS (wall clock minus CLOCK_BOOTTIME in that boot, from a
 *   signed time; 0: none), code N (how many codes the inbox has had), answer 0..5 (of the last).
 * Numbers are decimal, without sign, spelt as status_write spells them; times end with the year 9999.
 *
 * The pure functions take everything in. */
#ifndef FIRMWARE_STATUS_H
#define FIRMWARE_STATUS_H

#include "event.h"
#include "paper.h"

enum status_answer {
	STATUS_NO_ANSWER,
	STATUS_CODE_TAKEN,
	STATUS_CODE_OLDER,   /* not newer than the last */
	STATUS_CODE_FOREIGN, /* of another event */
	STATUS_CODE_FORGED,  /* torn, or its signature does not hold */
	STATUS_CODE_ENROLLED /* an enrolled board takes no enrolment code */
};

struct board_status {
	bool enrolled, online, revoked;
	char name[PAPER_NAME + 1];
	char words[20];
	int64_t floor, fresh; /* seconds since 1970; 0 none */
	int64_t counted_ms, counted_at_ms;
	uint8_t boot[EVENT_BOOT];
	int64_t offset_ms;
	uint64_t codes;
	enum status_answer answer;
};

/* returns: OK
 *          ERR_FORMAT, if it is not as above; *out is then zeroed, as where there is none
 *          ERR_ABSENT, ERR_DENIED, ERR_IO as file_read */
MUST_CHECK enum err status_read(struct board_status *out, const char *path);
/* Control characters in the texts are written as spaces.
 * returns: as file_write */
MUST_CHECK enum err status_write(const struct board_status *s, const char *path);

/* Would both be written alike? */
bool status_equal(const struct board_status *a, const struct board_status *b);

/* This machine's boot id, zeros if the kernel does not say. */
void status_boot_id(uint8_t out[static EVENT_BOOT]);

/* Powered-on milliseconds since the newest signed time: what a lease counts. Whatever the wall clock
 * says does not matter; time powered off does not count. boot, boot_ms: now. */
int64_t status_age_ms(
	const struct board_status *s, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms);
/* A signed time came in at boot_ms of boot. If it is above fresh, counting starts anew and the floor is
 * not below it; if not, it is an old word once more, and only status_count is done: a hub, mirror or
 * stick that is frozen makes nothing fresh. */
void status_freshen(struct board_status *s, int64_t signed_at,
	const uint8_t boot[static EVENT_BOOT], int64_t boot_ms);
/* Bring counted up to now, so that it can be written down; of another boot than before, the offset is
 * forgotten: put in a new one after this. */
void status_count(struct board_status *s, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms);

/* How far the age of the hub's word lets this board go; minutes of 0 mean never.
 * 0 fresh, 1 amber, 2 withhold. A board that was never enrolled has no lease: always 0. */
int status_lease(
	const struct board_status *s, int64_t age_ms, uint32_t amber_min, uint32_t withhold_min);

/* The clock to go by: the system's, unless it is before the floor, or before the newest signed time and
 * what was counted since, or a signed time of this boot says otherwise (the last two by more than two
 * minutes). *trusted tells whether it is known to be right: by a signed time of this boot, not below
 * the floor. */
int64_t status_wall_ms(const struct board_status *s, const uint8_t boot[static EVENT_BOOT],
	int64_t boot_ms, int64_t system_wall_ms, bool *trusted);

/* From now on clock_now of this process goes by a copy of *s, as status_wall_ms tells; NULL: by the
 * system alone. Thread-safe. */
void status_steer_clock(const struct board_status *s);

#endif
