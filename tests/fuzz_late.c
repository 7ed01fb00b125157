/* Late codes: any text, and any bytes as a text; what is read is written back to the same bytes, and only
 * what was signed is believed. */
#include "code_text.h"
#include "help/staff_room.h"
#include "late.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct staff_room room;
static struct staff_keys keys;

static void need(bool holds)
{
	if (!holds)
		abort();
}

/* Signed anew, it is believed; a changed handle is not. */
static void sign_again(struct late *l)
{
	l->until = l->until % SMALL_EXPIRES;
	need(late_sign(l, &room.roster, &keys) == OK);
	need(late_check(&room.roster, l, 0) == OK);
	l->person[0] ^= 1;
	need(late_check(&room.roster, l, 0) == ERR_FORGED);
}

static void read_text(struct span text)
{
	static const struct late nothing;
	char written[LATE_TEXT];
	struct late l, again;

	enum err e = late_read(&l, text);
	need(e == OK || e == ERR_ABSENT || e == ERR_FORMAT);
	if (e) {
		need(memcmp(&l, &nothing, sizeof(l)) == 0);
		return;
	}
	need(late_write(&l, l.badge, written) == OK);
	need(late_read(&again, span_of(written)) == OK);
	need(memcmp(&l, &again, sizeof(l)) == 0);
	need(late_write(&l, true, written) == OK && late_read(&again, span_of(written)) == OK);
	need(again.badge && memcmp(l.digest, again.digest, LATE_DIGEST) == 0);
	if (!l.badge)
		sign_again(&l);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char text[CODE_TEXT_LENGTH(LATE_BYTES + 8) + 1];

	if (!room.roster.file.n) {
		staff_room_open(&room, 1);
		staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_LATE, SMALL_EXPIRES);
		staff_room_unlock(&room, SMALL_CARD_DESK, &keys);
	}
	read_text((struct span){p, n});
	if (n <= LATE_BYTES + 8) {
		code_text_write((struct span){p, n}, text);
		read_text(span_of(text));
	}
	return 0;
}
