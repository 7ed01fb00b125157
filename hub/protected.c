/* Who is protected, to a serving hub. */
#include "protected.h"

#include "source.h"
#include "zone.h"

#include <string.h>

static struct protected_person *find(
	struct protected_people *p, const uint8_t handle[static EVENT_PERSON])
{
	struct protected_person *all = GROW_ARRAY(&p->all, struct protected_person);

	for (size_t i = 0; i < GROW_COUNT(&p->all, struct protected_person); i++)
		if (memcmp(all[i].handle, handle, EVENT_PERSON) == 0)
			return &all[i];
	return NULL;
}

static void add(struct protected_people *old, struct grow *to, const struct keys *keys,
	const struct state_person *who)
{
	struct protected_person *one = GROW_ONE(to, struct protected_person);

	if (!one)
		return;
	source_handle(keys, who, one->handle);
	const struct protected_person *before = find(old, one->handle);
	one->told = before && before->told;
}

enum err protected_read(struct protected_people *p, const char *dir, const struct keys *keys)
{
	struct grow all = {0};
	struct state s;

	enum err e = state_load(&s, dir);
	if (e)
		return e;
	const struct state_person *people = GROW_ARRAY(&s.people, const struct state_person);
	for (size_t i = 0; i < GROW_COUNT(&s.people, struct state_person); i++)
		if (!people[i].gone && (people[i].opens & STATE_PROTECTED))
			add(p, &all, keys, &people[i]);
	state_free(&s);
	if (all.failed) {
		grow_free(&all);
		return ERR_IO;
	}
	grow_free(&p->all);
	p->all = all;
	return OK;
}

static void tell(const struct event *e, const struct device *at)
{
	char iso[ZONE_ISO];

	zone_iso("UTC", e->wall_ms, iso);
	log_line(LOG_NOTE, "hub/intake", "a protected person has arrived at=%s board=\"%s\"",
		e->trusted ? iso : "unknown", at ? at->board.certificate.name : "unknown");
}

static void look_at_run(
	struct protected_people *p, const struct run *r, const struct devices *devices)
{
	struct cursor c = run_events(r);
	struct event e;

	while (c.rest.n > 0 && !c.bad) {
		event_read(&c, &e);
		struct protected_person *who = e.kind == EVENT_ARRIVED ? find(p, e.person) : NULL;
		if (!who || who->told)
			continue;
		who->told = true;
		tell(&e, devices_at(devices, r->device));
	}
}

void protected_look(struct protected_people *p, const struct store_item *items, size_t n,
	const struct devices *devices)
{
	for (size_t i = 0; i < n && p->all.n > 0; i++)
		if (items[i].result == OK && items[i].added > 0)
			look_at_run(p, &items[i].run, devices);
}

void protected_free(struct protected_people *p)
{
	grow_free(&p->all);
}
