/* The staff's room, from the other side of its door: what the UI thread asks and takes away. */
#include "staffroom_inside.h"

#include <string.h>

enum err staffroom_card(struct staffroom *s, uint32_t visit, struct span code)
{
	struct staffroom_request r = {.kind = ROOM_CARD, .visit = visit};

	r.card_read = token_read(&r.card, code);
	if (r.card_read == OK && r.card.kind != TOKEN_CARD)
		r.card_read = ERR_ABSENT;
	enum err e = mailbox_put(&s->box, &r);
	seal_wipe(&r, sizeof(r));
	return e;
}

enum err staffroom_ask(struct staffroom *s, uint32_t visit, const struct staff_ask *ask)
{
	struct staffroom_request r = {.kind = ROOM_ASK, .visit = visit, .ask = *ask};

	enum err e = mailbox_put(&s->box, &r);
	seal_wipe(&r, sizeof(r));
	return e;
}

void staffroom_roster(struct staffroom *s, struct holding *h)
{
	struct staffroom_request r = {.kind = ROOM_ROSTER, .holding = holding_share(h)};

	if (mailbox_put(&s->box, &r) == OK)
		return;
	log_line(LOG_FAULT, "kiosk/staffroom", "the box is full");
	holding_close(h);
}

enum err staffroom_answer(struct staffroom *s, struct staff_answer *out)
{
	enum err e = mailbox_take(&s->answers, out, 0);

	if (e)
		return ERR_ABSENT;
	mailbox_settle(&s->answers);
	return OK;
}

enum err staffroom_guest(struct staffroom *s, struct guest *out)
{
	struct staffroom_parcel *p = &s->x->parcel;

	pthread_mutex_lock(&s->lock);
	bool there = p->has_guest;
	if (there)
		memcpy(out, &p->guest, sizeof(*out));
	seal_wipe(&p->guest, sizeof(p->guest));
	p->has_guest = false;
	pthread_mutex_unlock(&s->lock);
	return there ? OK : ERR_ABSENT;
}

enum err staffroom_badge(struct staffroom *s, struct found *found, struct press_badge *badge)
{
	struct staffroom_parcel *p = &s->x->parcel;

	pthread_mutex_lock(&s->lock);
	bool there = p->has_badge;
	if (there) {
		*found = p->found;
		*badge = p->badge;
	}
	seal_wipe(&p->found, sizeof(p->found));
	seal_wipe(&p->badge, sizeof(p->badge));
	p->has_badge = false;
	pthread_mutex_unlock(&s->lock);
	return there ? OK : ERR_ABSENT;
}
