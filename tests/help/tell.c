/* How long it takes until every board has what one has just written. */
#include "tell.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LONGEST_MS = 60000, LOOK_MS = 2, BETWEEN_MS = 200 };

static bool has(struct store *s, const struct event_id *id)
{
	struct store_head h;

	return s && s->kind->head(s, id->board, &h) == OK && event_id_compare(&h.id, id) >= 0;
}

/* returns: how long it took, LONGEST_MS if it never came to all */
static int64_t tell_one(struct fleet *f, struct store *const *stores, size_t board)
{
	struct event_id id;
	size_t next = 0;

	if (write(f->ask[board], "", 1) != 1 ||
		read(f->answer[board], &id, sizeof(id)) != sizeof(id))
		return LONGEST_MS;
	int64_t begin = fleet_now_ms();
	while (fleet_now_ms() - begin < LONGEST_MS) {
		while (next < FLEET_BOARDS && has(stores[next], &id))
			next++;
		if (next == FLEET_BOARDS)
			return fleet_now_ms() - begin;
		fleet_tick(f);
		(void)poll(NULL, 0, LOOK_MS);
	}
	return LONGEST_MS;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

void tell_many(struct fleet *f, size_t n, unsigned lost, unsigned *seed, struct told *out)
{
	struct store *stores[FLEET_BOARDS];
	int64_t *took = calloc(n, sizeof(*took));

	*out = (struct told){.n = n};
	if (!took)
		abort();
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		stores[i] = fleet_peers(f, i);
	f->spaces.weather.lost = lost;
	for (size_t i = 0; i < n; i++) {
		took[i] = tell_one(f, stores, (size_t)rand_r(seed) % FLEET_BOARDS);
		out->missed += took[i] >= LONGEST_MS;
		(void)poll(NULL, 0, rand_r(seed) % BETWEEN_MS);
	}
	f->spaces.weather.lost = 0;
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		store_close(stores[i]);
	qsort(took, n, sizeof(*took), by_size);
	out->p50_ms = took[n / 2];
	out->p99_ms = took[(n * 99 + 99) / 100 - 1];
	out->worst_ms = took[n - 1];
	free(took);
}
