/* A hub for tests of the agent that serves what it is told to, true or not: any page, cut short, without
 * end, or drop by drop. Honest about time, events and enrolment unless it is told otherwise. One thread
 * of its own on a port of loopback; one connection at a time. A failure ends the program. */
#ifndef TESTS_HELP_FAKE_HUB_H
#define TESTS_HELP_FAKE_HUB_H

#include "store.h"
#include "wire.h"

#include <stdbool.h>
#include <stdint.h>

enum fake_lie {
	FAKE_HONEST,
	FAKE_CUT,     /* the connection breaks in the middle of the body */
	FAKE_ENDLESS, /* the body goes on, whatever length was promised */
	FAKE_DRIP,    /* a byte a second */
	FAKE_HEADERS, /* headers without end */
	FAKE_SILENT,  /* the connection breaks before a word */
};

struct fake_hub;

/* store: where it keeps events, a path of a database. w must outlive it. */
struct fake_hub *fake_hub_start(const struct wire_hub *w, const char *store);
void fake_hub_stop(struct fake_hub *h);
const char *fake_hub_address(const struct fake_hub *h);

/* From now on this page is answered so; body is copied. */
void fake_hub_page(struct fake_hub *h, const char *path, unsigned status, struct span body);
/* Pages whose path begins so are told with that lie. "" is all of them. */
void fake_hub_lie(struct fake_hub *h, const char *path, enum fake_lie lie);
/* From now on it is a mirror: but for its pages there is nothing, which it says with this. */
void fake_hub_mirror(struct fake_hub *h, struct span not_there);
/* From now on another delegation and key sign time; what is known stays. */
void fake_hub_becomes(struct fake_hub *h, const struct wire_hub *w);
/* What its clock says, milliseconds since 1970. */
void fake_hub_clock(struct fake_hub *h, int64_t ms);
/* What POST /v1/events is answered with; 0: as a hub does. */
void fake_hub_refuses(struct fake_hub *h, unsigned status);
/* Whether it vouches for its answers to boards (Foyer-Mac), as a hub does. */
void fake_hub_vouches(struct fake_hub *h, bool vouches);
/* The code it lets a board in with; confirmed: the credential is there to be fetched. */
void fake_hub_code(struct fake_hub *h, const uint8_t secret[static 16]);
void fake_hub_confirm(struct fake_hub *h, bool confirmed);
/* The key of the board that asked last. */
void fake_hub_newcomer(struct fake_hub *h, uint8_t key[static SEAL_PUBLIC]);

/* How often a page whose path begins so was asked for, and how many bytes went out in all. */
unsigned fake_hub_asked(struct fake_hub *h, const char *path);
uint64_t fake_hub_sent(struct fake_hub *h);
/* Give it these events as if boards had sent them: a bundle. */
void fake_hub_merge(struct fake_hub *h, struct span bundle);
/* From now on it keeps events there: what it had is gone. */
void fake_hub_forget(struct fake_hub *h, const char *store);
/* Its newest event of a board. */
struct store_head fake_hub_head(struct fake_hub *h, const uint8_t board[static EVENT_BOARD]);
uint64_t fake_hub_events(struct fake_hub *h);

#endif
