/* The staff's room: what it writes down by itself, each before the answer is given. */
#include "staffroom_inside.h"

#include <string.h>

static enum err commit(struct staffroom *s, struct event *e, struct sink *payload)
{
	e->payload_n = (uint16_t)payload->n;
	enum err err = notes_commit(s->notes, e);
	if (err == OK)
		throttle_see(&s->throttle, e);
	return err == ERR_BUSY ? ERR_IO : err;
}

static struct sink under_card(const struct staffroom *s, struct event *e)
{
	struct sink k = sink_on(e->payload, sizeof(e->payload));

	sink_bytes(&k, s->signer, STAFF_SIGNER);
	return k;
}

enum err staffroom_note_try(struct staffroom *s, bool right)
{
	struct event e = {.kind = right ? EVENT_STAFF_UNLOCKED : EVENT_STAFF_REFUSED};
	struct sink k = under_card(s, &e);

	return commit(s, &e, &k);
}

static bool was_looked_up(const struct staffroom *s, const uint8_t person[static EVENT_PERSON])
{
	const struct staffroom_secrets *x = s->x;
	size_t n = x->looks < STAFFROOM_LOOKS ? x->looks : STAFFROOM_LOOKS;

	for (size_t i = 0; i < n; i++)
		if (memcmp(x->looked_up[i], person, EVENT_PERSON) == 0)
			return true;
	return false;
}

enum err staffroom_note_look(struct staffroom *s, const uint8_t person[static EVENT_PERSON])
{
	struct event e = {.kind = EVENT_LOOKED_UP};
	struct sink k = under_card(s, &e);

	if (was_looked_up(s, person))
		return OK;
	memcpy(e.person, person, EVENT_PERSON);
	enum err err = commit(s, &e, &k);
	if (err == OK)
		memcpy(s->x->looked_up[s->x->looks++ % STAFFROOM_LOOKS], person, EVENT_PERSON);
	return err;
}

/* 1, 16, 256 … */
static bool is_told(uint32_t searches)
{
	while (searches > 1 && searches % 16 == 0)
		searches /= 16;
	return searches == 1;
}

enum err staffroom_note_search(struct staffroom *s)
{
	struct event e = {.kind = EVENT_SEARCHED};
	struct sink k = under_card(s, &e);
	uint32_t n = s->x->searches + 1;

	sink_u32(&k, n);
	enum err err = is_told(n) ? commit(s, &e, &k) : OK;
	if (err == OK)
		s->x->searches = n;
	return err;
}

enum err staffroom_note_list(struct staffroom *s, uint16_t activity)
{
	struct event e = {.kind = EVENT_SEARCHED, .activity = activity};
	struct sink k = under_card(s, &e);

	return commit(s, &e, &k);
}

void staffroom_forget_looks(struct staffroom *s)
{
	struct staffroom_secrets *x = s->x;

	memset(x->looked_up, 0, sizeof(x->looked_up));
	x->looks = 0;
	x->searches = 0;
}
