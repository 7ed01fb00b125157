/* Where other machines may find a hub on this one. */
#include "own_addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>

enum { PORT = 8600, MOST = 2 };

uint8_t own_addresses(char out[static CODE_ADDRESSES][CODE_ADDRESS + 1])
{
	struct ifaddrs *all = NULL;
	uint8_t n = 0;

	if (getifaddrs(&all) != 0)
		all = NULL;
	for (const struct ifaddrs *a = all; a && n < MOST; a = a->ifa_next) {
		char text[INET_ADDRSTRLEN];
		if (!a->ifa_addr || a->ifa_addr->sa_family != AF_INET ||
			(a->ifa_flags & (IFF_UP | IFF_LOOPBACK)) != IFF_UP)
			continue;
		const struct sockaddr_in *in = (const void *)a->ifa_addr;
		if (inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text)))
			snprintf(out[n++], CODE_ADDRESS + 1, "http://%s:%d", text, PORT);
	}
	if (all)
		freeifaddrs(all);
	if (n == 0)
		snprintf(out[n++], CODE_ADDRESS + 1, "http://127.0.0.1:%d", PORT);
	return n;
}
