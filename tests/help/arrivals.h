/* A program that stands in for a kiosk: it appends events to a board's journal as guests come, and
 * notes which it was about to write and which the journal has acknowledged. It may be killed at any
 * time. */
#ifndef TESTS_HELP_ARRIVALS_H
#define TESTS_HELP_ARRIVALS_H

#include "event.h"
#include "grow.h"

#include <sys/types.h>

/* One event of a writer: its payload is nothing but this number, which no other has. */
struct arrival {
	uint64_t number;
	struct event_id id; /* acknowledged ones only */
	uint8_t hash[EVENT_HASH];
};

/* For main: where argv asks for a writer be one, and never return. */
void arrivals_main(int argc, char **argv);
/* Start one for FOLDER/journal.db. It keeps FOLDER/meant and FOLDER/acked. pace_ms: between two
 * appends on average; 0: it writes one event for each line it gets by ask, and says its id on
 * answer.
 * returns: its process */
pid_t arrivals_start(const char *folder, unsigned number, int pace_ms, int ask, int answer);

/* What the writers of a folder have meant to write (number only), and what was acknowledged,
 * appended to out. A torn last line is passed over. */
void arrivals_meant(const char *folder, struct grow *out);
void arrivals_acked(const char *folder, struct grow *out);

#endif
