/* What desks and guests ask of the organiser. */
#include "requests.h"

#include "hex.h"
#include "staff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char prefix[] = "request/";

struct collecting {
	const struct past *past;
	struct grow *out;
};

void request_name(const struct event_id *id, char out[static REQUEST_NAME])
{
	hex_write((struct span){id->board, EVENT_BOARD}, out);
	snprintf(out + 2 * EVENT_BOARD, REQUEST_NAME - 2 * EVENT_BOARD, "-%" PRIu32 "-%" PRIu64,
		id->epoch, id->seq);
}

static enum err take(void *arg, const struct event *event)
{
	struct collecting *c = arg;
	struct fold_arrival seen;

	if (event->kind != EVENT_CORRECTION_ASKED && event->kind != EVENT_LATE)
		return OK;
	if (fold_look(c->past->fold, &event->id, &seen) != OK)
		return OK;
	struct request *r = GROW_ONE(c->out, struct request);
	if (!r)
		return ERR_IO;
	r->event = *event;
	r->wall_ms = seen.wall_ms;
	return OK;
}

/* A request that is asked for the second time by name is no other one: notes are few, lists short. */
static void mark(void *arg, const char *key, struct span value)
{
	const struct grow *out = arg;
	struct request *r = GROW_ARRAY(out, struct request);
	char name[REQUEST_NAME];

	(void)value;
	for (size_t i = 0; i < GROW_COUNT(out, struct request); i++) {
		request_name(&r[i].event.id, name);
		if (strcmp(key + sizeof(prefix) - 1, name) == 0)
			r[i].dealt = true;
	}
}

enum err requests_collect(const struct past *p, struct grow *out)
{
	struct collecting c = {p, out};

	enum err e = past_walk(p, take, &c);
	if (e == OK && p->store)
		e = p->store->kind->note_each(p->store, prefix, mark, out);
	return e;
}
