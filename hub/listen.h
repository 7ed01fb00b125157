/* Where a hub listens: the address on its command line, and the socket. */
#ifndef HUB_LISTEN_H
#define HUB_LISTEN_H

#include "base.h"

enum { LISTEN_HOST = 46, LISTEN_TEXT = LISTEN_HOST + 9 };

struct listen_address {
	char host[LISTEN_HOST]; /* of numbers: IPv4 or IPv6 */
	uint16_t port;          /* 0: the system chooses */
};

/* Read "127.0.0.1:8600" or "[::1]:8600".
 * returns: OK, ERR_FORMAT */
MUST_CHECK enum err listen_read(struct listen_address *out, const char *text);

/* Listen there; text is the address as it came to be, spelt as listen_read takes it.
 * returns: OK
 *          ERR_BUSY, if somebody listens there already
 *          ERR_ABSENT, if this machine has no such address
 *          ERR_DENIED, if the port is reserved
 *          ERR_IO */
MUST_CHECK enum err listen_open(
	const struct listen_address *a, int *fd, char text[static LISTEN_TEXT]);

#endif
