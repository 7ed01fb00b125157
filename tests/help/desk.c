/* A desk of a small event, and what it writes. */
#include "help/desk.h"

#include "commands.h"
#include "file.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "desk: %s failed\n", what);
	abort();
}

void desk_open(struct desk *d, struct event_folder *f, uint8_t number)
{
	memset(d, 0, sizeof(*d));
	d->folder = f;
	hub_board_enrol(&d->board, f->dir, number);
	d->board.journal.device = &d->board.device;
	d->now_ms = (int64_t)1904284800 * 1000; /* 2030-05-06 08:00 UTC */
}

static struct roster built(struct desk *d, struct file_bytes *bytes)
{
	const struct trust nobody = {0};
	struct roster r;

	need(file_read(bytes, event_path(d->folder, "roster.foyer"), ROSTER_MAX) == OK, "roster");
	need(roster_open(&r, bytes->bytes, &nobody, 0) == OK, "roster_open");
	return r;
}

void desk_unlock(struct desk *d, const char *id)
{
	struct file_bytes bytes;
	struct token card;
	char words[64];

	snprintf(words, sizeof(words), "DIR %s --kind staff", id);
	need(event_run(d->folder, &verb_token, words) == EXIT_DONE, "token");
	need(token_read(&card, (struct span){(uint8_t *)d->folder->said, TOKEN_TEXT}) == OK,
		"token");
	snprintf(words, sizeof(words), "DIR %s", id);
	need(event_run(d->folder, &verb_pin, words) == EXIT_DONE, "pin");
	struct roster r = built(d, &bytes);
	const struct span pin = {(uint8_t *)d->folder->said, PIN_DIGITS};
	need(roster_unlock(&r, &card, pin, 0, &d->card) == OK, "unlock");
	file_free(&bytes);
}

void desk_handle(const struct desk *d, const char *id, uint8_t out[static EVENT_PERSON])
{
	struct state s;
	struct keys k;

	need(keys_load(&k, d->folder->dir) == OK && state_load(&s, d->folder->dir) == OK, "state");
	const struct state_person *p = state_person(&s, id);
	need(p != NULL, id);
	source_handle(&k, p, out);
	state_free(&s);
	keys_wipe(&k);
}

struct event desk_event(struct desk *d, enum event_kind kind, const char *id)
{
	struct event e = {.kind = (uint16_t)kind, .trusted = true, .wall_ms = d->now_ms};

	d->now_ms += 1000;
	if (id)
		desk_handle(d, id, e.person);
	return e;
}

void desk_sign(struct desk *d, struct event *e)
{
	struct file_bytes bytes;
	struct roster r = built(d, &bytes);

	need(staff_sign(e, &r, &d->card, e->wall_ms, false) == OK, "staff_sign");
	file_free(&bytes);
}

void desk_write(struct desk *d, struct event *events, size_t n)
{
	struct store *s = hub_store(d->folder->dir);
	struct store_item item = {0};
	struct grow run = {0};

	wire_events(&d->board.journal, 1, events, n, &run);
	struct cursor c = cursor_at((struct span){run.p, run.n});
	need(run_read(&c, &item.run) == OK, "run_read");
	need(s->kind->merge(s, &item, 1) == OK && item.result == OK, "merge");
	store_close(s);
	grow_free(&run);
}

struct event_id desk_say(struct desk *d, struct event e)
{
	if (staff_rights_for(&e))
		desk_sign(d, &e);
	desk_write(d, &e, 1);
	return e.id;
}

void desk_ask(struct desk *d, struct event e, const struct asked *a)
{
	uint8_t plain[ASKED_BYTES], public_key[SEAL_PUBLIC];
	struct keys k;
	size_t n;

	need(keys_load(&k, d->folder->dir) == OK, "keys");
	seal_keypair(k.hub_seed, public_key);
	need(asked_write(a, plain, &n) == OK, "asked_write");
	need(seal_to(public_key, (struct span){plain, n}, e.payload) == OK, "seal_to");
	e.payload_n = (uint16_t)(n + SEAL_TO_OVERHEAD);
	desk_say(d, e);
	keys_wipe(&k);
}

struct event_id desk_issue(struct desk *d, const char *id, uint32_t issue)
{
	struct event job = desk_event(d, EVENT_BADGE_PREPARED, id);
	struct event printed = desk_event(d, EVENT_BADGE_PRINTED, id);
	struct event e = desk_event(d, EVENT_BADGE_ISSUED, id);

	e.issue = job.issue = printed.issue = issue;
	printed.target = desk_say(d, job);
	desk_say(d, printed);
	return desk_say(d, e);
}

enum err desk_finds(struct desk *d, const char *id, uint32_t issue, uint32_t epoch)
{
	struct file_bytes bytes;
	struct found found;
	struct token t;
	struct keys k;

	need(keys_load(&k, d->folder->dir) == OK, "keys");
	keys_token(&k, TOKEN_BADGE, epoch, issue, id, &t);
	struct roster r = built(d, &bytes);
	enum err e = roster_find(&r, &t, &found);
	file_free(&bytes);
	keys_wipe(&k);
	return e;
}

bool desk_drops(struct desk *d, const uint8_t handle[static EVENT_PERSON], uint32_t issue)
{
	uint8_t label[TOKEN_LABEL];
	struct file_bytes bytes;

	late_label(handle, issue, label);
	struct roster r = built(d, &bytes);
	bool drops = roster_drops(&r, label);
	file_free(&bytes);
	return drops;
}
