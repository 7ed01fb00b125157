/* A link that loses, delays and refuses as told; its clock moves only by waiting. */
#ifndef TESTS_HELP_FAKE_LINK_H
#define TESTS_HELP_FAKE_LINK_H

#include "link.h"

struct fake_link {
	int64_t now;
	enum printer_state there; /* ASKING: plugged in */
	unsigned arrivals;
	uint8_t error1, error2, width_mm, length_mm, two_colour; /* of the next status */
	bool mute;
	bool confirms; /* a whole job is answered by completion */
	uint8_t port;
	size_t accepts;          /* bytes taken in a job; the rest waits until it rises */
	enum err refuses;        /* how a send fails after `accepts` bytes */
	size_t job_bytes, sends; /* bytes and number of sends that were no question */
};

extern struct fake_link fake_link;
extern const struct link fake_link_table;
/* Plugged in, ready, a 62 x 100 roll. */
void fake_link_reset(void);
/* The usual limits by the fake's clock. */
struct printer_times fake_link_times(void);

#endif
