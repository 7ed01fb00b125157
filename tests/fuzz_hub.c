/* What a hub reads that somebody wrote: the address it listens at, its own notes, a code's answer. */
#include "boards.h"
#include "enrolment.h"
#include "listen.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void listen_at(struct span text)
{
	struct listen_address a;
	char copy[512];

	if (span_copy_text(text, copy, sizeof(copy)) != OK)
		return;
	enum err e = listen_read(&a, copy);
	if (e != OK && e != ERR_FORMAT)
		abort();
	if (e == OK && !memchr(a.host, '\0', sizeof(a.host)))
		abort();
}

static void note_of_board(struct span note)
{
	const uint8_t root[SEAL_PUBLIC] = {1};
	struct board b;

	enum err e = board_read(&b, note, root);
	if (e != ERR_FORMAT && e != ERR_FOREIGN && e != ERR_FORGED)
		abort(); /* nothing here is signed by that root */
}

/* A store whose every note is the same. */
static struct span every_note;

static enum err note_get(struct store *s, const char *key, struct grow *out)
{
	(void)s, (void)key;
	if (every_note.n == 0 || every_note.n > STORE_NOTE)
		return ERR_ABSENT;
	grow_bytes(out, every_note.p, every_note.n);
	return OK;
}

static enum err note_put(struct store *s, const char *key, struct span value, bool fresh)
{
	(void)s, (void)key, (void)value;
	return fresh ? ERR_BUSY : OK;
}

static enum err note_each(struct store *s, const char *prefix,
	void (*each)(void *arg, const char *key, struct span value), void *arg)
{
	(void)s;
	each(arg, prefix, every_note);
	return OK;
}

static void commit(struct span input)
{
	static const struct store_kind kind = {
		.note_get = note_get, .note_put = note_put, .note_each = note_each};
	struct store s = {&kind};
	struct keys k = {.root = {1}};
	uint8_t answer[PROTOCOL_ENROLLED];
	size_t body = input.n < PROTOCOL_ENROL ? input.n : PROTOCOL_ENROL;

	every_note = span_cut(input, body, input.n - body);
	enum err e = enrolment_commit(&s, &k, span_cut(input, 0, body), 1759651200, answer);
	if (e != ERR_FORMAT && e != ERR_DENIED && e != ERR_FULL)
		abort(); /* the MAC would have to be guessed */
	struct enrolment found;
	(void)!enrolment_find(&s, "lobby", &found);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const targets[])(struct span) = {listen_at, note_of_board, commit};

	if (n < 1 || seal_start() != OK)
		return 0;
	log_level_set(LOG_FAULT + 1);
	targets[p[0] % COUNT(targets)]((struct span){p + 1, n - 1});
	return 0;
}
