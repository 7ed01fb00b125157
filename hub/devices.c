/* The devices a serving hub knows, in memory. */
#include "devices.h"

#include "protocol.h"

#include <stdlib.h>
#include <string.h>

/* Ids are hashes: their first bytes spread by themselves. Whoever could choose them would have to be
 * enrolled by the organiser as often. */
static size_t slot_of(const struct devices *d, const uint8_t id[static PAPER_DEVICE])
{
	size_t i = (size_t)load_u64(id) & (d->cap - 1);

	while (d->at[i] && memcmp(d->at[i]->board.certificate.device, id, PAPER_DEVICE) != 0)
		i = (i + 1) & (d->cap - 1);
	return i;
}

struct device *devices_at(const struct devices *d, const uint8_t id[static PAPER_DEVICE])
{
	return d->cap ? d->at[slot_of(d, id)] : NULL;
}

static enum err make_room(struct devices *d)
{
	enum { SMALLEST = 64 };
	struct devices wider = {.cap = d->cap ? d->cap * 2 : SMALLEST};

	if (d->n < d->cap / 2)
		return OK;
	wider.at = calloc(wider.cap, sizeof(*wider.at));
	if (!wider.at)
		return ERR_IO;
	for (size_t i = 0; i < d->cap; i++)
		if (d->at[i])
			wider.at[slot_of(&wider, d->at[i]->board.certificate.device)] = d->at[i];
	free(d->at);
	d->at = wider.at;
	d->cap = wider.cap;
	return OK;
}

static enum err take(struct devices *d, const struct board *b, struct device **out)
{
	struct device *known = devices_at(d, b->certificate.device);

	if (!known) {
		enum err e = make_room(d);
		if (e)
			return e;
		known = calloc(1, sizeof(*known));
		if (!known)
			return ERR_IO;
		d->at[slot_of(d, b->certificate.device)] = known;
		d->n++;
	}
	known->board = *b;
	if (out)
		*out = known;
	return OK;
}

enum err devices_refresh(struct devices *d, struct store *s, const struct keys *k)
{
	struct grow boards = {0};
	uint64_t changed;

	enum err e = boards_changed(s, &changed);
	if (e || (d->loaded && changed == d->changed))
		return e;
	e = boards_load(s, k->root, &boards);
	for (size_t i = 0; e == OK && i < GROW_COUNT(&boards, struct board); i++)
		e = take(d, &GROW_ARRAY(&boards, const struct board)[i], NULL);
	if (e == OK)
		e = boards_are_wiped(s, &d->wiped);
	grow_free(&boards);
	d->loaded |= e == OK;
	if (e == OK)
		d->changed = changed;
	return e;
}

enum err devices_find(struct devices *d, struct store *s, const struct keys *k,
	const uint8_t id[static PAPER_DEVICE], struct device **out)
{
	struct board b;

	*out = devices_at(d, id);
	if (*out)
		return OK;
	enum err e = boards_get(s, id, k->root, &b);
	return e ? e : take(d, &b, out);
}

enum err device_pair(struct device *d, const struct keys *k)
{
	if (d->paired)
		return OK;
	enum err e = protocol_pair_key(k->hub_seed, d->board.certificate.key, true, d->pair);
	d->paired = e == OK;
	return e;
}

void device_heard(struct device *d, int64_t wall_ms)
{
	d->seen_first |= d->seen_ms == 0;
	d->seen_ms = wall_ms;
	d->seen_new = true;
}

static unsigned part_of(const struct device *d)
{
	return d->board.certificate.device[0] >> 4;
}

bool devices_first(const struct devices *d, unsigned *part)
{
	for (size_t i = 0; i < d->cap; i++)
		if (d->at[i] && d->at[i]->seen_first) {
			*part = part_of(d->at[i]);
			return true;
		}
	return false;
}

enum err devices_read_seen(struct devices *d, struct store *s)
{
	struct grow all = {0};

	enum err e = boards_seen_load(s, &all);
	const struct board_seen *seen = GROW_ARRAY(&all, const struct board_seen);
	for (size_t i = 0; e == OK && i < GROW_COUNT(&all, struct board_seen); i++) {
		struct device *known = devices_at(d, seen[i].device);
		if (known)
			known->seen_ms = seen[i].at_ms;
	}
	grow_free(&all);
	return e;
}

enum err devices_write_seen(struct devices *d, struct store *s, unsigned part)
{
	struct board_seen seen[BOARDS_SEEN];
	size_t n = 0;

	for (size_t i = 0; i < d->cap && n < BOARDS_SEEN; i++) {
		const struct device *one = d->at[i];
		if (!one || !one->seen_new || part_of(one) != part)
			continue;
		memcpy(seen[n].device, one->board.certificate.device, PAPER_DEVICE);
		seen[n++].at_ms = one->seen_ms;
	}
	enum err e = n > 0 ? boards_seen_put(s, seen, n) : OK;
	for (size_t i = 0; e == OK && i < n; i++) {
		struct device *one = devices_at(d, seen[i].device);
		one->seen_new = one->seen_first = false;
	}
	return e;
}

void devices_free(struct devices *d)
{
	for (size_t i = 0; i < d->cap; i++) {
		if (d->at[i])
			seal_wipe(d->at[i], sizeof(*d->at[i]));
		free(d->at[i]);
	}
	free(d->at);
	*d = (struct devices){0};
}
