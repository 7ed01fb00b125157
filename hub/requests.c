/* What desks and guests ask of the organiser. */
#include "requests.h"

#include "hex.h"
#include "staff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char prefix[] = "request/";
static const char *const words[] = {
	[REQUEST_APPLIED] = "applied", [REQUEST_DONE] = "done", [REQUEST_FORGOTTEN] = "forgotten"};

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

static enum request_state state_of(struct span value)
{
	for (size_t i = 1; i < COUNT(words); i++)
		if (span_equal(value, span_of(words[i])))
			return (enum request_state)i;
	return REQUEST_DONE;
}

/* A request that is asked for the second time by name is no other one: notes are few, lists short. */
static void mark(void *arg, const char *key, struct span value)
{
	const struct grow *out = arg;
	struct request *r = GROW_ARRAY(out, struct request);
	char name[REQUEST_NAME];

	for (size_t i = 0; i < GROW_COUNT(out, struct request); i++) {
		request_name(&r[i].event.id, name);
		if (strcmp(key + sizeof(prefix) - 1, name) == 0)
			r[i].state = state_of(value);
	}
}

enum err requests_collect(const struct past *p, struct grow *out)
{
	struct collecting c = {p, out};

	enum err e = past_walk(p, take, &c);
	if (e == OK && p->store)
		e = p->store->kind->note_each(p->store, prefix, mark, out);
	struct request *r = GROW_ARRAY(out, struct request);
	size_t kept = 0;
	for (size_t i = 0; i < GROW_COUNT(out, struct request); i++)
		if (r[i].state != REQUEST_FORGOTTEN)
			r[kept++] = r[i];
	out->n = kept * sizeof(*r);
	return e;
}

enum err request_open(const struct keys *k, const struct request *r, struct asked *out)
{
	enum asked_what wanted = r->event.kind == EVENT_LATE ? ASKED_LATE : ASKED_CORRECTION;
	uint8_t plain[EVENT_PAYLOAD];
	struct staff_said said;

	memset(out, 0, sizeof(*out));
	if (staff_read(&r->event, &said) != OK)
		return ERR_ABSENT;
	if (said.said.n < SEAL_TO_OVERHEAD)
		return ERR_FORMAT;
	enum err e = seal_from(k->hub_seed, said.said, plain);
	if (e == OK)
		e = asked_read(out, (struct span){plain, said.said.n - SEAL_TO_OVERHEAD});
	if (e == OK && out->what != wanted) {
		seal_wipe(out, sizeof(*out));
		e = ERR_FORMAT;
	}
	seal_wipe(plain, sizeof(plain));
	return e;
}

enum err request_note(struct store *s, const struct event_id *id, enum request_state state)
{
	char key[sizeof(prefix) + REQUEST_NAME], name[REQUEST_NAME];

	request_name(id, name);
	snprintf(key, sizeof(key), "%s%s", prefix, name);
	return s->kind->note_put(s, key, span_of(words[state]), false);
}
