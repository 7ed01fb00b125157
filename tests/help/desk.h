/* A desk of a small event: a board that the hub knows, a staff card, and what both write, put straight into
 * DIR/hub.db as the hub keeps it. A failure ends the program. */
#ifndef TESTS_HELP_DESK_H
#define TESTS_HELP_DESK_H

#include "asked.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "late.h"
#include "staff.h"

struct desk {
	struct event_folder *folder;
	struct hub_board board;
	struct staff_keys card;
	int64_t now_ms; /* of the next event, a second later each */
};

/* Board `number` of the event. */
void desk_open(struct desk *d, struct event_folder *f, uint8_t number);
/* Unlock the card of a person of the list, by the version in DIR/roster.foyer. */
void desk_unlock(struct desk *d, const char *id);
/* P of a person of the list. */
void desk_handle(const struct desk *d, const char *id, uint8_t out[static EVENT_PERSON]);
/* An event about her (NULL: nobody), not written yet. */
struct event desk_event(struct desk *d, enum event_kind kind, const char *id);
/* The card signs it, by the version in DIR/roster.foyer. */
void desk_sign(struct desk *d, struct event *e);
/* Write n events (at most RUN_EVENTS), ids and hashes are filled in. */
void desk_write(struct desk *d, struct event *events, size_t n);
/* One event as above, signed where it needs it. returns: its id */
struct event_id desk_say(struct desk *d, struct event e);
/* The same with what is asked of the organiser as its payload, sealed to the hub. */
void desk_ask(struct desk *d, struct event e, const struct asked *a);
/* Her badge of this issue was issued, and printed. */
struct event_id desk_issue(struct desk *d, const char *id, uint32_t issue);
/* What the built version says of a badge of hers, made under this staff epoch. */
enum err desk_finds(struct desk *d, const char *id, uint32_t issue, uint32_t epoch);
/* Does it drop the late codes of this handle and issue? */
bool desk_drops(struct desk *d, const uint8_t handle[static EVENT_PERSON], uint32_t issue);

#endif
