/* Reading the agent's database. */
#include "others.h"

#include "hex.h"
#include "journal.h"
#include "store.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PORTION = 256 << 10, BATCH = 64 };

struct others {
	char database[PATH_MAX], journal[PATH_MAX];
	struct store *store;
	struct store_cursor cursor;
	/* so many events of a board are in its journal after the one, up to the other */
	struct event_id counted_from, counted_to;
	uint64_t counted;
	struct event batch[BATCH];
};

enum err others_make(struct others **out, const char *folder)
{
	struct others *o = calloc(1, sizeof(*o));

	*out = NULL;
	if (!o)
		return ERR_IO;
	if (snprintf(o->database, PATH_MAX, "%s/peers.db", folder) >= PATH_MAX ||
		snprintf(o->journal, PATH_MAX, "%s/journal.db", folder) >= PATH_MAX) {
		free(o);
		return ERR_FULL;
	}
	*out = o;
	return OK;
}

void others_renew(struct others *o)
{
	store_close(o->store);
	o->store = NULL;
}

void others_free(struct others *o)
{
	if (!o)
		return;
	others_renew(o);
	free(o);
}

/* ERR_ABSENT: there is none, or the agent is just making it. */
static enum err need_store(struct others *o)
{
	struct store_options options = {.where = o->database, .read_only = true};

	return o->store ? OK : store_sqlite.open(&o->store, &options);
}

struct listener {
	void (*each)(void *arg, const struct event *e);
	void *arg;
};

static enum err give_events(const struct run *r, const struct listener *l)
{
	uint8_t chain[EVENT_HASH];
	struct cursor c = run_events(r);
	struct event e;

	memcpy(chain, r->before, EVENT_HASH);
	while (c.rest.n > 0 && !c.bad) {
		run_next_event(&c, chain, &e);
		if (!c.bad)
			l->each(l->arg, &e);
	}
	return c.bad ? ERR_FORMAT : OK;
}

static enum err give_runs(
	struct span runs, const uint8_t own[static EVENT_BOARD], const struct listener *l)
{
	struct cursor c = cursor_at(runs);
	struct run r;

	for (;;) {
		enum err e = run_read(&c, &r);
		if (e == OK && memcmp(r.board, own, EVENT_BOARD) != 0)
			e = give_events(&r, l);
		if (e)
			return e == ERR_ABSENT ? OK : e;
	}
}

enum err others_read(struct others *o, const uint8_t own[static EVENT_BOARD],
	void (*each)(void *arg, const struct event *e), void *arg)
{
	struct listener l = {each, arg};
	struct grow runs = {0};
	bool more = true;

	enum err e = need_store(o);
	if (e)
		return e == ERR_ABSENT ? OK : e;
	while (e == OK && more) {
		runs.n = 0;
		e = o->store->kind->read(o->store, &o->cursor, PORTION, &runs);
		more = runs.n > 0;
		if (e == OK)
			e = give_runs((struct span){runs.p, runs.n}, own, &l);
	}
	grow_free(&runs);
	if (e != OK && e != ERR_BUSY)
		others_renew(o);
	return e;
}

static enum err read_name(struct others *o, const uint8_t board[static EVENT_BOARD],
	const uint8_t root[static SEAL_PUBLIC], char out[static PAPER_NAME + 1])
{
	char key[STORE_KEY + 1] = "certificate/";
	uint8_t bytes[PAPER_CERTIFICATE];
	struct certificate c;
	struct store_head head;
	size_t n = 0;

	enum err e = o->store->kind->head(o->store, board, &head);
	if (e)
		return e;
	if (head.id.epoch == 0)
		return ERR_ABSENT;
	hex_write((struct span){head.device, PAPER_DEVICE}, key + strlen(key));
	e = store_note(o->store, key, bytes, sizeof(bytes), &n);
	if (e == OK)
		e = certificate_open(&c, (struct span){bytes, n}, root, 0, 0);
	if (e == OK)
		memcpy(out, c.name, sizeof(c.name));
	return e;
}

enum err others_name(struct others *o, const uint8_t board[static EVENT_BOARD],
	const uint8_t root[static SEAL_PUBLIC], char out[static PAPER_NAME + 1])
{
	out[0] = '\0';
	enum err e = need_store(o);
	if (e == OK)
		e = read_name(o, board, root, out);
	if (e == ERR_IO)
		others_renew(o);
	return e;
}

/* The little-endian number of a note, 0 without one. */
static uint64_t read_number(struct others *o, const char *key)
{
	uint8_t bytes[8] = {0};
	size_t n;

	if (need_store(o) || store_note(o->store, key, bytes, sizeof(bytes), &n))
		return 0;
	return load_u64(bytes);
}

/* With an agent that does not run these may be many: each is read once. */
static uint64_t count_after(struct others *o, const struct event_id *from)
{
	struct journal_options options = {.path = o->journal, .read_only = true};
	struct journal *j;
	size_t n = BATCH;

	if (event_id_compare(&o->counted_from, from) != 0) {
		o->counted_from = o->counted_to = *from;
		o->counted = 0;
	}
	if (journal_open(&j, &options))
		return o->counted;
	while (n == BATCH && journal_read(j, &o->counted_to, o->batch, BATCH, &n) == OK)
		for (size_t i = 0; i < n; i++) {
			if (memcmp(o->batch[i].id.board, from->board, EVENT_BOARD) != 0) {
				n = 0;
				break;
			}
			o->counted_to = o->batch[i].id;
			o->counted++;
		}
	journal_close(j);
	return o->counted;
}

/* How far the agent counted this board in the note "undelivered" (agent_own.h): not at all, if it is not
 * named there. */
static struct event_id counted_to(struct cursor c, const uint8_t own[static EVENT_BOARD])
{
	struct event_id at = {0};

	while (c.rest.n > 0 && !c.bad) {
		struct span board = cursor_bytes(&c, EVENT_BOARD);
		uint32_t epoch = cursor_u32(&c);
		uint64_t seq = cursor_u64(&c);
		if (c.bad || memcmp(board.p, own, EVENT_BOARD) != 0)
			continue;
		at.epoch = epoch;
		at.seq = seq;
	}
	memcpy(at.board, own, EVENT_BOARD);
	return at;
}

uint64_t others_undelivered(struct others *o, const uint8_t own[static EVENT_BOARD])
{
	struct grow note = {0};
	uint64_t n = 0;

	if (need_store(o))
		return 0;
	enum err e = o->store->kind->note_get(o->store, "undelivered", &note);
	if (e == OK || e == ERR_ABSENT) {
		struct cursor c = cursor_at((struct span){note.p, note.n});
		n = note.n > 0 ? cursor_u64(&c) : 0;
		struct event_id from = counted_to(c, own);
		n += count_after(o, &from);
	}
	grow_free(&note);
	return n;
}

uint32_t others_seen_epoch(struct others *o, const char *journal)
{
	struct journal_options options = {.path = journal, .read_only = true};
	char key[STORE_KEY + 1] = "seen-epoch/";
	struct journal *j;

	if (journal_open(&j, &options))
		return 0;
	hex_write((struct span){journal_board(j), EVENT_BOARD}, key + strlen(key));
	journal_close(j);
	uint64_t seen = read_number(o, key);
	return seen > UINT32_MAX ? 0 : (uint32_t)seen;
}
