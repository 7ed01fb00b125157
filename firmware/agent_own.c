/* Own events: gathering them from the journals. What the hub has of them: agent_marks.c. */
#include "agent_own.h"

#include "agent_own_inside.h"
#include "hex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FRESH_MAX = 256 << 10 };

static const char where[] = "firmware/own";

void own_note_name(
	const char *what, const uint8_t board[static EVENT_BOARD], char out[static STORE_KEY])
{
	char digits[2 * EVENT_BOARD + 1];

	hex_write((struct span){board, EVENT_BOARD}, digits);
	snprintf(out, STORE_KEY, "%s/%s", what, digits);
}

enum err own_open(struct own *out, const struct board *board, struct store *store)
{
	*out = (struct own){.board = board, .store = store};
	out->batch = calloc(OWN_RUN, sizeof(*out->batch));
	out->run = malloc(OWN_RUN_BYTES);
	return out->batch && out->run ? OK : ERR_IO;
}

void own_use(struct own *o, struct store *store)
{
	o->store = store;
	o->noted_n = 0;
}

void own_close(struct own *o)
{
	journal_close(o->kiosk);
	journal_close(o->mine);
	free(o->batch);
	free(o->run);
	memset(o, 0, sizeof(*o));
}

static enum err read_note(
	struct own *o, const char *what, const uint8_t *board, uint8_t *out, size_t size)
{
	char key[STORE_KEY];
	size_t n;

	own_note_name(what, board, key);
	enum err e = store_note(o->store, key, out, size, &n);
	return e == OK && n != size ? ERR_FORMAT : e;
}

/* The board's number in our table; it is added if it is new. */
static enum err know_board(struct own *o, const uint8_t board[static EVENT_BOARD], size_t *out)
{
	uint8_t mark[OWN_MARK], epoch[4];

	for (size_t i = 0; i < o->count; i++)
		if (memcmp(o->boards[i].board, board, EVENT_BOARD) == 0) {
			*out = i;
			return OK;
		}
	if (o->count == OWN_BOARDS)
		return ERR_FULL;
	struct own_board b = {0};
	memcpy(b.board, board, EVENT_BOARD);
	memcpy(b.acked.board, board, EVENT_BOARD);
	enum err e = read_note(o, "acked", board, mark, sizeof(mark));
	if (!e) {
		b.acked.epoch = load_u32(mark);
		b.acked.seq = load_u64(mark + 4);
	} else if (e != ERR_ABSENT && e != ERR_FORMAT && e != ERR_FULL)
		return e;
	b.counted = b.acked;
	if (read_note(o, "seen-epoch", board, epoch, sizeof(epoch)) == OK)
		b.seen_epoch = load_u32(epoch);
	*out = o->count;
	o->boards[o->count++] = b;
	return OK;
}

/* The highest epoch noted for the board whose journal is at path; 0 if there is none. */
static uint32_t seen_epoch(struct own *o, const char *path)
{
	struct journal *j;
	uint8_t epoch[4];
	uint32_t seen = 0;

	if (journal_open(&j, &(struct journal_options){.path = path, .read_only = true}) != OK)
		return 0;
	if (read_note(o, "seen-epoch", journal_board(j), epoch, sizeof(epoch)) == OK)
		seen = load_u32(epoch);
	journal_close(j);
	return seen;
}

enum err own_journal(struct own *o, struct journal **out)
{
	char path[PATH_MAX];
	enum err e = OK;

	if (!o->mine) {
		board_path(o->board, "agent.db", path);
		struct journal_options options = {.path = path, .seen_epoch = seen_epoch(o, path)};
		e = journal_open(&o->mine, &options);
		if (e)
			log_line(LOG_WARN, where, "no journal of its own why=\"%s\"", err_text(e));
	}
	*out = o->mine;
	return e;
}

/* The kiosk may put a damaged journal aside and begin another: look which file it is. */
static void open_journals(struct own *o)
{
	char path[PATH_MAX];
	struct journal *mine;
	struct stat st;

	board_path(o->board, "agent.db", path);
	if (!o->mine && stat(path, &st) == 0 && own_journal(o, &mine) != OK)
		o->mine = NULL;
	board_path(o->board, "journal.db", path);
	bool there = stat(path, &st) == 0;
	if (o->kiosk && (!there || st.st_ino != o->kiosk_file)) {
		journal_close(o->kiosk);
		o->kiosk = NULL;
	}
	if (o->kiosk || !there)
		return;
	enum err e =
		journal_open(&o->kiosk, &(struct journal_options){.path = path, .read_only = true});
	if (!e)
		o->kiosk_file = st.st_ino;
	else if (e != ERR_ABSENT)
		log_line(
			LOG_WARN, where, "cannot read the kiosk's journal why=\"%s\"", err_text(e));
}

/* Some events of one board after `after`. */
static enum err read_batch(
	struct own *o, struct journal *j, const struct event_id *after, size_t *n)
{
	enum err e = journal_read(j, after, o->batch, OWN_RUN, n);

	for (size_t i = 0; i < *n && !e; i++)
		if (memcmp(o->batch[i].id.board, after->board, EVENT_BOARD) != 0)
			*n = i;
	return e;
}

static enum err count_new(struct own *o, struct journal *j, struct own_board *b)
{
	size_t n;

	do {
		enum err e = read_batch(o, j, &b->counted, &n);
		if (e)
			return e;
		o->undelivered += n;
		if (n > 0)
			b->counted = o->batch[n - 1].id;
	} while (n == OWN_RUN);
	return OK;
}

static void say_fork(struct own_board *b, const char *who)
{
	char digits[2 * EVENT_BOARD + 1];

	b->forked = true;
	hex_write((struct span){b->board, EVENT_BOARD}, digits);
	log_line(LOG_FAULT, where,
		"ALARM: %s another history of this board: was its card copied or put back, or its "
		"key replaced? board=%s",
		who, digits);
}

void own_forked(struct own_board *b, const char *who)
{
	if (!b->forked)
		say_fork(b, who);
}

/* Cut what follows the head into one run and merge it. Runs end where an epoch ends, so that a stick's
 * files can be named by it. */
static enum err cut_run(
	struct own *o, struct own_board *b, struct store_head *head, size_t n, struct grow *fresh)
{
	struct sink k = sink_on(o->run, OWN_RUN_BYTES);
	struct store_item item = {0};
	uint8_t hash[EVENT_HASH];
	size_t many = 1;

	event_hash(&o->batch[0], head->hash, hash);
	if (memcmp(hash, o->batch[0].hash, EVENT_HASH) != 0) {
		own_forked(b, "the store has");
		return ERR_FORGED;
	}
	while (many < n && o->batch[many].id.epoch == o->batch[0].id.epoch)
		many++;
	run_write(&k, o->batch, many, head->hash, o->board->seed);
	struct cursor c = cursor_at((struct span){o->run, k.n});
	if (k.full || run_read(&c, &item.run) != OK)
		return ERR_BUG;
	enum err e = store_failure(o->store->kind->merge(o->store, &item, 1));
	if (e)
		return e;
	if (item.result != OK) {
		own_forked(b, "the store has");
		return ERR_FORGED;
	}
	*head = item.head;
	b->head = head->id;
	if (fresh->n + k.n <= FRESH_MAX)
		grow_bytes(fresh, o->run, k.n);
	return OK;
}

/* returns: OK; ERR_FORGED, another history; as journal_read, as the store */
static enum err cut_new(struct own *o, struct journal *j, struct own_board *b,
	struct store_head *head, struct grow *fresh)
{
	while (o->budget > 0) {
		size_t n;
		enum err e = read_batch(o, j, &head->id, &n);
		if (e || n == 0)
			return e;
		o->budget -= o->budget < n ? o->budget : n;
		e = cut_run(o, b, head, n, fresh);
		if (e)
			return e;
	}
	return OK;
}

enum err own_seen(struct own *o, struct own_board *b, uint32_t epoch)
{
	uint8_t bytes[4];
	char key[STORE_KEY], digits[2 * EVENT_BOARD + 1];

	if (epoch <= b->seen_epoch)
		return OK;
	b->seen_epoch = epoch;
	hex_write((struct span){b->board, EVENT_BOARD}, digits);
	log_line(LOG_FAULT, where,
		"ALARM: others know events that this board's journal lacks board=%s epoch=%u",
		digits, epoch);
	store_u32(bytes, epoch);
	own_note_name("seen-epoch", b->board, key);
	return store_failure(
		o->store->kind->note_put(o->store, key, (struct span){bytes, 4}, false));
}

/* The board's newest event in the store. */
static enum err read_head(struct own *o, struct own_board *b, struct store_head *head)
{
	enum err e = store_failure(o->store->kind->head(o->store, b->board, head));

	if (e)
		return e;
	memcpy(head->id.board, b->board, EVENT_BOARD);
	b->head = head->id;
	return OK;
}

static enum err look_back(struct own *o, struct own_board *b)
{
	return event_id_compare(&b->head, &b->counted) > 0 ? own_seen(o, b, b->head.epoch) : OK;
}

static bool is_world(enum err e)
{
	return e == ERR_IO || e == ERR_FULL || e == ERR_BUSY;
}

/* All boards of one journal. returns: OK; as the store. */
static enum err gather_from(struct own *o, struct journal *j, struct grow *fresh)
{
	uint8_t at[EVENT_BOARD] = {0};
	struct store_head head;
	size_t i;

	while (journal_next_board(j, at, at) == OK) {
		enum err e = know_board(o, at, &i);
		if (e == ERR_FULL)
			return OK; /* sixteen rescues: the oldest ids come first, and are known */
		if (e)
			return e;
		struct own_board *b = &o->boards[i];
		enum err cut = OK;
		e = read_head(o, b, &head);
		if (!e && o->board->enrolled && !b->forked)
			cut = cut_new(o, j, b, &head, fresh);
		/* Counted after it was cut, since the kiosk goes on writing. */
		if (!e)
			e = count_new(o, j, b);
		if (!e)
			e = cut ? cut : look_back(o, b);
		if (is_world(e))
			return e;
		if (e && e != ERR_FORGED)
			log_line(
				LOG_WARN, where, "cannot take over events why=\"%s\"", err_text(e));
	}
	return OK;
}

enum err own_gather(struct own *o, struct grow *fresh, bool *more)
{
	enum err e = OK;

	o->budget = OWN_GATHER;
	open_journals(o);
	if (o->kiosk)
		e = gather_from(o, o->kiosk, fresh);
	if (!e && o->mine)
		e = gather_from(o, o->mine, fresh);
	*more = o->budget == 0;
	return e ? e : own_write_undelivered(o);
}
