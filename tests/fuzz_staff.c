/* Statements: any event is judged without a fault, and only what was signed as it stands is believed. */
#include "help/staff_room.h"
#include "signed_code.h"

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

static void start(void)
{
	if (room.roster.file.n)
		return;
	staff_room_open(&room, 1);
	staff_room_rights(&room, SMALL_CARD_DESK, (1 << RIGHTS) - 1, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &keys);
}

/* What may be said is believed once it is signed, and is no longer when its issue changes. */
static void sign(struct event *e)
{
	uint16_t rights;
	enum err err = staff_sign(e, &room.roster, &keys, SMALL_BUILT * 1000, false);

	need(err == OK || err == ERR_FULL);
	/* What needs no signature got none, and may turn into what was signed before. */
	if (err || staff_rights_for(e) == 0)
		return;
	need(staff_check(&room.roster, e, &rights) == OK);
	e->issue ^= 2;
	need(staff_rights_for(e) == 0 || staff_check(&room.roster, e, &rights) != OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct cursor c = cursor_at((struct span){p, n});
	struct staff_said said;
	struct event e;
	uint16_t rights;

	start();
	event_read(&c, &e);
	if (c.bad)
		return 0;
	enum err err = staff_check(&room.roster, &e, &rights);
	if (staff_rights_for(&e) == 0)
		need(err == OK && rights == 0);
	else
		need(err == OK || err == ERR_ABSENT || err == ERR_DENIED || err == ERR_FORGED);
	if (staff_read(&e, &said) == OK)
		need(said.said.n + STAFF_SIGNATURE == e.payload_n);
	sign(&e);
	return 0;
}
