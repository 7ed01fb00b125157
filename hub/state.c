/* What an event remembers from one build to the next. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAP_FIRST = 256 };

void state_free(struct state *s)
{
	grow_free(&s->people);
	grow_free(&s->numbers);
	grow_free(&s->revoked);
	grow_free(&s->reads);
	free(s->map);
	*s = (struct state){0};
}

static size_t id_place(const struct state *s, const char *id)
{
	const struct state_person *people = GROW_ARRAY(&s->people, struct state_person);
	uint64_t h = span_hash(span_of(id));
	size_t at = (size_t)(h ^ h >> 32) & (s->map_n - 1);
	while (s->map[at] && strcmp(people[s->map[at] - 1].id, id) != 0)
		at = (at + 1) & (s->map_n - 1);
	return at;
}

struct state_person *state_person(const struct state *s, const char *id)
{
	if (s->map_n == 0)
		return NULL;
	uint32_t i = s->map[id_place(s, id)];
	return i ? GROW_ARRAY(&s->people, struct state_person) + i - 1 : NULL;
}

static enum err grow_map(struct state *s)
{
	size_t n = GROW_COUNT(&s->people, struct state_person);
	const struct state_person *people = GROW_ARRAY(&s->people, struct state_person);

	if (n * 2 < s->map_n)
		return OK;
	free(s->map);
	s->map_n = s->map_n ? s->map_n * 4 : MAP_FIRST;
	s->map = calloc(s->map_n, sizeof(*s->map));
	if (!s->map) {
		s->map_n = 0;
		return ERR_IO;
	}
	for (size_t i = 0; i < n; i++)
		s->map[id_place(s, people[i].id)] = (uint32_t)i + 1;
	return OK;
}

enum err state_add_person(struct state *s, const char *id)
{
	enum err e = grow_map(s);
	if (e)
		return e;
	uint32_t slot = (uint32_t)GROW_COUNT(&s->people, struct state_person);
	struct state_person *p = GROW_ONE(&s->people, struct state_person);
	if (!p)
		return ERR_IO;
	*p = (struct state_person){.slot = slot,
		.generation = 1,
		.invitation = 1,
		.badge = 1,
		.badge_epoch = s->staff_epoch,
		.card = 1,
		.pin = 1};
	snprintf(p->id, sizeof(p->id), "%s", id);
	s->map[id_place(s, id)] = slot + 1;
	return OK;
}

struct state_person *state_late(const struct state *s, const uint8_t handle[static EVENT_PERSON])
{
	struct state_person *p = GROW_ARRAY(&s->people, struct state_person);

	for (size_t i = 0; i < GROW_COUNT(&s->people, struct state_person); i++)
		if (p[i].late && memcmp(p[i].handle, handle, EVENT_PERSON) == 0)
			return &p[i];
	return NULL;
}

enum err state_take_late(
	struct state *s, struct state_person *p, const uint8_t handle[static EVENT_PERSON])
{
	if (state_late(s, handle))
		return ERR_BUSY;
	s->late += !p->late;
	p->late = true;
	memcpy(p->handle, handle, EVENT_PERSON);
	return OK;
}

/* The old place in the map leads to an id that it is not, and is passed over. */
void state_rename(struct state *s, struct state_person *p, const char *id)
{
	snprintf(p->id, sizeof(p->id), "%s", id);
	s->map[id_place(s, id)] = p->slot + 1;
}

void state_drop_late(struct state *s, struct state_person *p)
{
	s->late -= p->late;
	p->late = false;
}

enum err state_number_of(struct state *s, bool place, const char *id, uint16_t *number)
{
	const struct state_number *numbers = GROW_ARRAY(&s->numbers, struct state_number);
	uint32_t next = 0;

	for (size_t i = 0; i < GROW_COUNT(&s->numbers, struct state_number); i++) {
		if (numbers[i].place != place)
			continue;
		*number = numbers[i].number;
		if (strcmp(numbers[i].id, id) == 0)
			return OK;
		if (numbers[i].number >= next)
			next = numbers[i].number + 1u;
	}
	if (next > UINT16_MAX)
		return ERR_FULL;
	struct state_number *new = GROW_ONE(&s->numbers, struct state_number);
	if (!new)
		return ERR_IO;
	new->place = place;
	*number = new->number = (uint16_t)next;
	snprintf(new->id, sizeof(new->id), "%s", id);
	return OK;
}

enum err state_revoke_label(struct state *s, const uint8_t label[static TOKEN_LABEL])
{
	for (size_t i = 0; i < s->revoked.n; i += TOKEN_LABEL)
		if (memcmp(s->revoked.p + i, label, TOKEN_LABEL) == 0)
			return OK;
	grow_bytes(&s->revoked, label, TOKEN_LABEL);
	return s->revoked.failed ? ERR_IO : OK;
}

enum err state_revoke(struct state *s, const struct token *t)
{
	uint8_t label[TOKEN_LABEL];

	token_label(t, label);
	return state_revoke_label(s, label);
}

void state_renew_staff(struct state *s)
{
	struct state_person *people = GROW_ARRAY(&s->people, struct state_person);

	s->staff_epoch++;
	for (size_t i = 0; i < GROW_COUNT(&s->people, struct state_person); i++)
		people[i].generation++;
}
