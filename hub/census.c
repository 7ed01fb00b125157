/* Who is who. */
#include "census.h"

#include "source.h"
#include "voice.h"

#include <stdlib.h>
#include <string.h>

enum { NOBODY = -1, DAY_S = 86400 };

static int by_handle(const void *a, const void *b)
{
	return memcmp(((const struct census_person *)a)->handle,
		((const struct census_person *)b)->handle, EVENT_PERSON);
}

static enum err count_people(struct census *c)
{
	const struct folder *f = c->folder;
	const struct state_person *p = GROW_ARRAY(&f->state.people, const struct state_person);
	size_t n = GROW_COUNT(&f->state.people, struct state_person);

	for (size_t i = 0; i < n; i++) {
		struct census_person *out = GROW_ONE(&c->people, struct census_person);
		if (!out)
			return ERR_IO;
		source_handle(&f->keys, &p[i], out->handle);
		out->row = list_person_by_id(&f->list, p[i].id);
		out->slot = p[i].slot;
	}
	if (n > 1)
		qsort(c->people.p, n, sizeof(struct census_person), by_handle);
	return OK;
}

static int32_t activity_row(const struct list *l, const char *id)
{
	for (size_t i = 0; i < l->activities_n; i++)
		if (strcmp(l->activities[i].id, id) == 0)
			return (int32_t)i;
	return NOBODY;
}

static enum err count_activities(struct census *c)
{
	const struct state *s = &c->folder->state;
	const struct state_number *numbers = GROW_ARRAY(&s->numbers, const struct state_number);

	c->activities = malloc((UINT16_MAX + 1) * sizeof(*c->activities));
	if (!c->activities)
		return ERR_IO;
	for (c->activity_count = 0; c->activity_count <= UINT16_MAX; c->activity_count++)
		c->activities[c->activity_count] = NOBODY;
	for (size_t i = 0; i < GROW_COUNT(&s->numbers, struct state_number); i++)
		if (!numbers[i].place)
			c->activities[numbers[i].number] =
				activity_row(&c->folder->list, numbers[i].id);
	return OK;
}

enum err census_make(struct census *out, const struct folder *f, const struct past *p)
{
	*out = (struct census){
		.folder = f, .hub = {.state = BOARD_ENROLLED, .certificate = {.name = "hub"}}};
	voice_device(&f->keys, out->hub.certificate.device);
	enum err e = count_people(out);
	if (e == OK)
		e = count_activities(out);
	if (e == OK && p->store)
		e = boards_load(p->store, f->keys.root, &out->boards);
	boards_sort(&out->boards);
	if (e == OK && p->store)
		e = boards_seen_load(p->store, &out->seen);
	if (e == OK && p->store)
		e = p->store->kind->heads(p->store, &out->heads);
	if (e)
		census_free(out);
	return e;
}

void census_free(struct census *c)
{
	struct grow *const all[] = {&c->people, &c->boards, &c->seen, &c->heads, &c->cards};

	for (size_t i = 0; i < COUNT(all); i++)
		grow_free(all[i]);
	free(c->activities);
	*c = (struct census){0};
}

const struct census_person *census_find(
	const struct census *c, const uint8_t handle[static EVENT_PERSON])
{
	struct census_person key = {0};
	size_t n = GROW_COUNT(&c->people, struct census_person);

	memcpy(key.handle, handle, EVENT_PERSON);
	return n ? bsearch(&key, c->people.p, n, sizeof(key), by_handle) : NULL;
}

const struct census_person *census_at(const struct census *c, size_t slot)
{
	const struct state *s = &c->folder->state;
	uint8_t handle[EVENT_PERSON];

	if (slot >= GROW_COUNT(&s->people, struct state_person))
		return NULL;
	source_handle(
		&c->folder->keys, GROW_ARRAY(&s->people, const struct state_person) + slot, handle);
	return census_find(c, handle);
}

const char *census_id(const struct census *c, const struct census_person *p)
{
	return GROW_ARRAY(&c->folder->state.people, const struct state_person)[p->slot].id;
}

uint32_t census_badge(const struct census *c, const struct census_person *p)
{
	return GROW_ARRAY(&c->folder->state.people, const struct state_person)[p->slot].badge;
}

const struct list_person *census_row(const struct census *c, const struct census_person *p)
{
	return p && p->row >= 0 ? &c->folder->list.people[p->row] : NULL;
}

const struct list_activity *census_activity(const struct census *c, uint16_t number)
{
	int32_t row = number < c->activity_count ? c->activities[number] : NOBODY;

	return row >= 0 ? &c->folder->list.activities[row] : NULL;
}

static const struct board *board_of(const struct census *c, const uint8_t *device)
{
	const struct board *b = GROW_ARRAY(&c->boards, const struct board);

	for (size_t i = 0; i < GROW_COUNT(&c->boards, struct board); i++)
		if (memcmp(b[i].certificate.device, device, PAPER_DEVICE) == 0)
			return &b[i];
	return memcmp(c->hub.certificate.device, device, PAPER_DEVICE) == 0 ? &c->hub : NULL;
}

const struct board *census_board(const struct census *c, const uint8_t board[static EVENT_BOARD])
{
	const struct store_head *h = GROW_ARRAY(&c->heads, const struct store_head);

	for (size_t i = 0; i < GROW_COUNT(&c->heads, struct store_head); i++)
		if (memcmp(h[i].board, board, EVENT_BOARD) == 0)
			return board_of(c, h[i].device);
	return NULL;
}

int64_t census_seen(const struct census *c, const uint8_t device[static PAPER_DEVICE])
{
	const struct board_seen *s = GROW_ARRAY(&c->seen, const struct board_seen);

	for (size_t i = 0; i < GROW_COUNT(&c->seen, struct board_seen); i++)
		if (memcmp(s[i].device, device, PAPER_DEVICE) == 0)
			return s[i].at_ms;
	return 0;
}

const char *census_zone(const struct census *c, int64_t wall_ms)
{
	const struct list *l = &c->folder->list;
	const char *zone = NULL;

	for (size_t i = 0; i < l->event.leg_count; i++)
		if (!zone || wall_ms / 1000 >= l->event.legs[i].first)
			zone = l->event.legs[i].time_zone;
	for (size_t i = 0; i < l->places_n && (!zone || !*zone); i++)
		if (strcmp(l->places[i].id, l->event.desk_place) == 0)
			zone = l->places[i].time_zone;
	return zone && *zone ? zone : "UTC";
}
