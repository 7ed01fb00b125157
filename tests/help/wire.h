/* A hub, its devices and their signed runs, for tests: every key and name comes from small numbers, so
 * two test programs that name the same ones speak of the same event. A failure ends the program;
 * seal_start is run by wire_hub. */
#ifndef TESTS_HELP_WIRE_H
#define TESTS_HELP_WIRE_H

#include "grow.h"
#include "run.h"

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

/* One journal of a device, as far as it is written. */
struct wire_board {
	const struct wire_device *device;
	uint8_t id[EVENT_BOARD];
	struct event_id last; /* epoch 0: nothing yet */
	uint8_t hash[EVENT_HASH];
};
/* number gives other board ids; device must outlive it. */
void wire_board(struct wire_board *out, const struct wire_device *device, uint8_t number);
/* An event for wire_events, at a given minute after WIRE_NOW: person gives other handles. */
struct event wire_event(enum event_kind kind, uint8_t person, unsigned minute);
/* Let the board write these n events (at most RUN_EVENTS): ids, clock of the boot and hashes are filled
 * in here; epoch is the last one or a later one. The signed run is appended to out. */
void wire_events(
	struct wire_board *b, uint32_t epoch, struct event *events, size_t n, struct grow *out);
/* The same with n arrivals of persons 1, 2, 3 …, a minute after each other. */
void wire_run(struct wire_board *b, uint32_t epoch, size_t n, struct grow *out);
/* Begin a bundle with these n devices' certificates; runs follow by wire_run. */
void wire_bundle(struct grow *out, const struct wire_device *const *devices, size_t n);

#endif
