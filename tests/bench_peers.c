/* Peers: how soon eight real boards agree with no hub, on a sound network and on a bad one. */
#include "bench.h"
#include "seal.h"
#include "tell.h"

#include <string.h>

enum { TELLS = 200 };

static struct fleet fleet;

static void line(unsigned lost, unsigned *seed)
{
	struct told t;
	char what[80];

	tell_many(&fleet, TELLS, lost, seed, &t);
	snprintf(what, sizeof(what), "%zu events, %u %% of frames lost", t.n, lost / 10);
	bench_line(what, "p50 %lld ms, p99 %lld ms (aim: 2000), worst %lld ms%s",
		(long long)t.p50_ms, (long long)t.p99_ms, (long long)t.worst_ms,
		t.missed ? ", SOME NEVER CAME" : "");
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/foyer-bench-XXXXXX", address[128], remove[128];
	unsigned seed = 1;

	arrivals_main(argc, argv);
	puts("peers: one board writes, all eight have it; no hub");
	if (seal_start() != OK || !mkdtemp(folder))
		return 3;
	snprintf(address, sizeof(address), "sqlite:%s/hub.db", folder);
	snprintf(remove, sizeof(remove), "rm -rf %s", folder);
	if (spaces_enter() != OK) {
		puts("  skipped: no network namespaces here");
		return system(remove) == 0 ? 0 : 3;
	}
	fleet_open(&fleet, folder, address, seed);
	for (size_t i = 0; i < fleet.hub_n; i++)
		fleet_kill(&fleet, &fleet.hubs[i], -1);
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		fleet_start(&fleet, &fleet.writers[i]);
	line(0, &seed);
	line(50, &seed);
	line(200, &seed);
	fleet_close(&fleet);
	return system(remove) == 0 ? 0 : 3;
}
