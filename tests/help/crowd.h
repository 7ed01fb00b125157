/* Many boards in one process: each with a device's key and certificate, and a chain of its own. */
#ifndef TESTS_HELP_CROWD_H
#define TESTS_HELP_CROWD_H

#include "grow.h"
#include "protocol.h"
#include "run.h"

struct crowd_board {
	uint8_t seed[SEAL_SEED], key[SEAL_PUBLIC], device[PAPER_DEVICE];
	uint8_t certificate[PAPER_CERTIFICATE], credential[PAPER_CREDENTIAL];
	uint8_t pair[SEAL_KEY];
	struct event_id last;
	uint8_t head[EVENT_HASH];
};

struct crowd {
	size_t n;
	struct crowd_board *boards;
};

/* n boards of the event in dir, whose keys sign their papers. Ends the program if it cannot. */
void crowd_make(struct crowd *c, size_t n, const char *dir);
void crowd_free(struct crowd *c);

/* Its next n arrivals as a whole POST /v1/events, head and body, appended to out. */
void crowd_post(struct crowd_board *b, unsigned n, struct grow *out);
/* GET target with its authorization. */
void crowd_get(const struct crowd_board *b, const char *target, struct grow *out);

#endif
