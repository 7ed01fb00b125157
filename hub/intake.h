/* The intake: events that boards send, and their answers only after the store's commit.
 *
 * Uploads wait until the end of the loop's turn; then the runs of all of them are merged in one
 * transaction, and each is told what the hub has now. A run of the speaker's own key is taken on the
 * word of its MAC, and its signature looked at within a second (checks.c); a run that was relayed is
 * verified here. What is not believed is kept in quarantine. One thread. */
#ifndef HUB_INTAKE_H
#define HUB_INTAKE_H

#include "grow.h"

struct hub;
struct request;

enum {
	INTAKE_TURN = 8 << 20,    /* bytes of uploads that one transaction takes */
	INTAKE_ASIDE = 512 << 20, /* bytes in quarantine, of all devices and from all times */
};

struct intake {
	struct request *first, **last; /* waiting, in the order they came */
	/* Of one turn, and room for the next: struct store_item, struct upload, and marks of one. */
	struct grow items, uploads, marks;
	bool counted;     /* aside is what the store said, and what came since */
	uint64_t aside;   /* bytes in quarantine */
	size_t strangers; /* bytes kept of devices that the store does not know */
};

/* Merge what waits, at most INTAKE_TURN bytes (one upload at least), and answer it.
 * returns: how many requests were answered */
size_t intake_turn(struct hub *h);
void intake_free(struct intake *in);

#endif
