/* What agent_own.c and agent_marks.c share; nobody else includes it. */
#ifndef FIRMWARE_AGENT_OWN_INSIDE_H
#define FIRMWARE_AGENT_OWN_INSIDE_H

#include "agent_own.h"

enum {
	OWN_MARK = 4 + 8,
	OWN_RUN_BYTES = RUN_HEAD + OWN_RUN * EVENT_BYTES_MAX + SEAL_SIGNATURE,
};

/* "WHAT/BOARD". */
void own_note_name(
	const char *what, const uint8_t board[static EVENT_BOARD], char out[static STORE_KEY]);
/* Say once that somebody ("the hub has") tells another history of b, and leave it alone from then on. */
void own_forked(struct own_board *b, const char *who);
/* Somebody knows events of b up to that epoch, and its journal does not: an alarm, and the note. */
MUST_CHECK enum err own_seen(struct own *o, struct own_board *b, uint32_t epoch);
/* The note for the kiosk, if it changed. */
MUST_CHECK enum err own_write_undelivered(struct own *o);

#endif
