/* The boards of an event that is over: told to wipe themselves, and what they say of it. */
#include "boards.h"
#include "hex.h"
#include "wipe.h"

#include <stdio.h>

enum { KEY = 8 + 2 * PAPER_DEVICE };

enum err boards_wipe(struct store *s)
{
	enum err e = s->kind->note_put(s, "wipe", span_of("yes"), false);

	return e ? e : boards_tell_change(s);
}

enum err boards_are_wiped(struct store *s, bool *wiped)
{
	uint8_t word[8];
	size_t n;

	enum err e = store_note(s, "wipe", word, sizeof(word), &n);
	*wiped = e == OK;
	return e == ERR_ABSENT ? OK : e;
}

static void note_key(const uint8_t device[static PAPER_DEVICE], char key[static KEY])
{
	char hex[2 * PAPER_DEVICE + 1];

	hex_write((struct span){device, PAPER_DEVICE}, hex);
	snprintf(key, KEY, "wiped/%s", hex);
}

static enum err believe(
	const struct keys *k, const struct board *b, struct span statement, int64_t *at)
{
	uint8_t event[ROSTER_EVENT];

	paper_event(k->root, event);
	return wipe_read(statement, event, b->certificate.key, at);
}

enum err boards_note_wiped(struct store *s, const struct keys *k, struct span statement)
{
	uint8_t device[PAPER_DEVICE];
	struct board b;
	char key[KEY];
	int64_t at;

	enum err e = wipe_device(statement, device);
	if (e == OK)
		e = boards_get(s, device, k->root, &b);
	if (e == OK)
		e = believe(k, &b, statement, &at);
	note_key(device, key);
	return e ? e : s->kind->note_put(s, key, statement, false);
}

enum err boards_wiped_at(struct store *s, const struct keys *k, const struct board *b, int64_t *at)
{
	uint8_t statement[WIPE_STATEMENT];
	char key[KEY];
	size_t n;

	*at = 0;
	note_key(b->certificate.device, key);
	enum err e = store_note(s, key, statement, sizeof(statement), &n);
	return e ? e : believe(k, b, (struct span){statement, n}, at);
}
