/* A network with nothing but loopback. */
#include "own_network.h"

#include "test.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool own;

static bool loopback(void)
{
	struct ifreq r = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	bool done = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &r) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

void own_network_leave(void)
{
	own = (unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) &&
	      loopback();
}

void own_network_need(void)
{
	if (own)
		return;
	print_message("skipped: no network namespace may be made\n");
	skip();
}
