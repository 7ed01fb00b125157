/* A hub, its devices and their signed runs, for tests: every key and name comes from small numbers, so
 * two test programs that name the same ones speak of the same event. A failure ends the program;
 * seal_start is run by wire_hub. */
#ifndef TESTS_HELP_WIRE_H
#define TESTS_HELP_WIRE_H

#include "grow.h"
#include "paper.h"

/* 5 October 2025, 08:00 UTC, and the last day of all papers. */
#define WIRE_NOW   ((int64_t)1759651200)
#define WIRE_UNTIL ((int64_t)1767225600)

struct wire_hub {
	uint8_t root_seed[SEAL_SEED], seed[SEAL_SEED]; /* seed: the hub key's */
	uint8_t root[SEAL_PUBLIC], key[SEAL_PUBLIC];
	uint8_t event[ROSTER_EVENT], delegation[PAPER_DELEGATION];
	uint8_t peer_key[SEAL_KEY]; /* of peer epoch 1 */
	uint32_t epoch;             /* of the delegation */
};
/* number gives other roots, so other events; epoch gives other hub keys of one root. */
void wire_hub(struct wire_hub *out, uint8_t number, uint32_t epoch);

struct wire_device {
	uint8_t seed[SEAL_SEED], key[SEAL_PUBLIC], id[PAPER_DEVICE];
	uint8_t certificate[PAPER_CERTIFICATE], credential[PAPER_CREDENTIAL]; /* "board N", kiosk */
};
void wire_device(struct wire_device *out, const struct wire_hub *hub, uint8_t number);

#endif
